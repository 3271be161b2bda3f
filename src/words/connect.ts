import type { AccountEntry } from '../protocol/protocol.ts';
import { networkName } from './names.ts';

const theWayOut = 'Check the way out (HTTPS_PROXY, NODE_EXTRA_CA_CERTS), then begin again.';

/** The networks whose accounts are connected by the command. */
type ToConnect = 'x' | 'facebook' | 'instagram' | 'youtube' | 'bluesky';

/** What goes wrong while an account is connected. */
export type ConnectFault =
  | 'not-reached'
  | 'not-exchanged'
  | 'refused-there'
  | 'not-the-address'
  | 'port-taken'
  | 'too-little'
  | 'no-facebook'
  | 'no-instagram'
  | 'busy'
  | 'ended'
  | 'another-account';

const faults: Readonly<Record<ConnectFault, string>> = {
  'not-reached': `The network could not be reached, or gave no clear answer. ${theWayOut}`,
  'not-exchanged':
    "The network did not take what was entered. Check the app's id, its secret and the address that it may send people back to, then begin again.",
  'refused-there': "Somebody said no on the network's page, or the network did. Nothing was changed.",
  'not-the-address':
    'That is not the address that the browser ended at, or it is of an earlier try. Copy all of it, from https:// or http:// to its end.',
  'port-taken': 'Another program uses the port. Give another one by --port, and enter it in the app as well.',
  busy: 'The network takes nothing more for now, so that nothing was kept. Wait a quarter of an hour, then begin again.',
  'too-little':
    'The account was let in with fewer rights than Crier needs. Begin again, and leave every tick on the page.',
  'no-facebook':
    'Whoever signed in looks after no Page, or left every Page out on the way. Begin again and choose the Page there.',
  'no-instagram':
    'No Page of whoever signed in has a professional Instagram account. Connect the two in the settings of the Page, then begin again.',
  ended: 'Nothing more was typed, so that the account is not connected. Nothing was changed.',
  'another-account': 'That is another account. Nothing was kept.',
};

/** @returns a fault of connecting, and what to do, for whoever does it */
export const connectFault = (fault: ConnectFault): string => faults[fault];

/**
 * Why an account was not read, and what to do: nothing was kept.
 * @param reason as the network's adapter gives it
 */
export function notReadWords(network: ToConnect, reason: string): string {
  const name = networkName(network);
  switch (reason) {
    case 'not-reached':
      return `${name} could not be reached, so that nothing was kept. ${theWayOut}`;
    case 'no-permission':
      return faults['too-little'];
    case 'busy':
      return faults.busy;
    case 'quota-spent':
      return `${name} takes no more of this app today, so that nothing was kept. Begin again tomorrow.`;
    case 'not-there':
      return `Whoever signed in has no account on ${name} that can be read, so that nothing was kept. Begin again, and choose the council's account there.`;
    default:
  }
  if (reason === 'no-clear-answer' || reason.startsWith('status-5'))
    return `${name} gave no clear answer, so that nothing was kept. Try again in a few minutes. If that goes on: ${theWayOut}`;
  return network === 'bluesky'
    ? 'Bluesky refused the handle or the app password, so that nothing was kept. Check both, and that nobody has taken the app password back, then begin again.'
    : `${name} let Crier in, but then refused to show the account, so that nothing was kept. Check in its settings there that the app is allowed to read it and that the account is not suspended, then begin again.`;
}

/** Why what was typed is not sent anywhere. */
export const notSentWords = {
  empty: 'Nothing was typed.',
  blank: 'That has a blank in it, which none of these has. Copy it once more, alone.',
  appId: 'That is no App ID: it consists of figures alone.',
  handle: 'That is no handle: it looks like sefton.bsky.social or sefton.gov.uk.',
  appPassword:
    "That is no app password: it looks like abcd-2345-efgh-6723. Never enter the account's own password here.",
} as const;

/** Questions of the terminal. */
export const askWords = {
  clientId: 'Client ID:',
  clientSecret: 'Client secret (not shown while you type):',
  appId: 'App ID:',
  appSecret: 'App secret (not shown while you type):',
  handle: (usual: string): string => `Handle (Enter for ${usual}):`,
  appPassword: 'App password (not shown while you type):',
  another: (found: string, { name, id }: AccountEntry): string =>
    `That is ${found}, and the protocol says that ${id} is ${name}. Type "yes" if it is right all the same:`,
} as const;

/** @returns what is said around the network's page */
export function consentWords(by: 'loopback' | 'pasting'): {
  readonly visit: string;
  readonly paste: string;
  readonly back: string;
  readonly stray: string;
} {
  return {
    visit:
      "Now open this address in a browser in which the council's account is signed in, and let Crier in:",
    paste:
      by === 'loopback'
        ? 'If that browser is on this machine, nothing more is to be done. Otherwise paste the address that it ends at:'
        : 'The browser then ends at an address that cannot be opened. Copy it from the address bar and paste it here:',
    back: 'Thank you. Close this page and go back to the terminal.',
    stray: 'This is not an answer that Crier waits for.',
  };
}

/** @returns what has to be set up at the network first */
export function stepsFor(network: ToConnect, redirect: string): readonly string[] {
  switch (network) {
    case 'x':
      return [
        'At https://developer.x.com make an app, and under "User authentication settings":',
        '  App permissions: Read and write',
        '  Type of App: Web App, Automated App or Bot',
        `  Callback URI: ${redirect}`,
        'X then shows a Client ID and a Client Secret.',
      ];
    case 'facebook':
    case 'instagram':
      return [
        'At https://developers.facebook.com make an app of the type Business, add Facebook Login, and in its settings:',
        '  Client OAuth login and Web OAuth login: on',
        `  Valid OAuth Redirect URIs: ${redirect}`,
        network === 'facebook'
          ? 'Sign in later as somebody who may post on the Page.'
          : 'The Instagram account has to be a professional one that is connected to a Page. Sign in later as somebody who may post on that Page.',
        'The App ID and the App secret stand under App settings, Basic.',
      ];
    case 'youtube':
      return [
        'At https://console.cloud.google.com make a project, switch on the YouTube Data API v3, and then:',
        '  OAuth consent screen: publish the app, since the access of one in testing ends after seven days',
        '  Credentials: an OAuth client ID of the type Desktop app',
        'Google then shows a Client ID and a Client secret.',
      ];
    case 'bluesky':
      return [
        "In Bluesky, signed in as the council's account: Settings, Privacy and security, App passwords, Add.",
        "Call it Crier, and leave direct messages off. Never enter the account's own password here.",
      ];
  }
}

/** @returns the Pages to choose from */
export function pageWords(
  network: 'facebook' | 'instagram',
  pages: readonly { readonly name: string; readonly instagram: string }[],
): { readonly lines: readonly string[]; readonly question: string; readonly again: string } {
  return {
    lines: pages.map(
      ({ name, instagram }, n) =>
        `  ${String(n + 1)}. ${name}${network === 'instagram' ? ` (Instagram: ${instagram})` : ''}`,
    ),
    question: `Which one? A number from 1 to ${String(pages.length)}:`,
    again: 'That is none of the numbers.',
  };
}

/** @returns that the account was read: its name, and how many follow it */
export function checkedWords(name: string, followers: number | undefined): string {
  return `Read without leaving anything there: ${name}${followers === undefined ? '' : `, ${String(followers)} followers`}.`;
}

/** @returns what whoever runs Crier types to connect an account, whole: its words are read as they stand here */
export const connectCommand = (
  { id, network }: Pick<AccountEntry, 'id' | 'network'>,
  how = `--file ${fileOf(id)}`,
): string => `npm run connect -- ${network} ${id} ${how}`;

/** @returns the file that an account's variables are written to, where no other is named */
export const fileOf = (id: string): string => `${id}.env`;

/** How the command is typed. */
export const connectUsage = `npm run connect -- x|facebook|instagram|youtube|bluesky [account id] and one of:
  --show         print the variables with their secrets
  --file PATH    write the variables to a new file that this account alone may read
  --vault        write them to the key vault of CRIER_KEY_VAULT
  --keep         seal what is new in the store, in the place of what the variables hold (X, Facebook, Instagram)
and --port N where the answer of the network's page shall come back to another port`;

/** @returns which accounts there are, where it is not clear which one is meant, and what is typed for each */
export function whichAccount(
  network: AccountEntry['network'],
  id: string | undefined,
  ids: readonly string[],
): string {
  if (ids.length === 0)
    return `The protocol has no ${networkName(network)} account. Write it into the protocol first.`;
  const none = id === undefined ? '' : `The protocol has no ${networkName(network)} account "${id}". `;
  return [
    `${none}Say which account:`,
    ...ids.map((each) => `  ${connectCommand({ id: each, network })}`),
  ].join('\n');
}

/** What somebody typed that cannot be read. */
export const notAsTyped = {
  network: (typed: string): string =>
    `There is no network "${typed}" to connect. These there are: x, facebook, instagram, youtube, bluesky.\n${connectUsage}`,
  port: `--port is a number from 1 to 65535.\n${connectUsage}`,
  option: `Something that begins with a dash cannot be read, or lacks what belongs to it.\n${connectUsage}`,
} as const;

/** @returns where everything went */
export const keptWords = {
  shown: 'Set these variables where Crier runs, and restart it. Clear this screen afterwards.',
  file: (path: string): string =>
    `Written to ${path}, which this account alone may read. Set them where Crier runs, restart it, and delete the file.`,
  vault: (names: readonly string[]): string =>
    `Written to the key vault: ${names.join(', ')}. Restart Crier.`,
  store:
    'Sealed in the store. Crier takes it when the network next refuses what it has; after a restart, at once. The variables stay as they are.',
  hidden: (variable: string): string => `${variable}=(secret; --show prints it)`,
} as const;

/** What is said where it was let in, and what that gave cannot be kept as was asked. */
export const elsewhereWords = {
  notKept:
    'The account is connected, but what the network gave is not kept yet, and what was used before may be of no use any more.',
  where: 'Type the path of a new file for it, or "show" to print it here with its secrets:',
  lost: 'Nothing more was typed, so that what the network gave is lost. Connect the account again.',
} as const;

/** Why something cannot be kept where it was asked. */
export const cannotKeepWords = {
  noWay: `Say where what the network gives shall go, before it gives anything:\n${connectUsage}`,
  fileThere: (path: string): string => `${path} is there already. Name a file that is not.`,
  noFile: (path: string, code: string | undefined): string =>
    code === 'ENOENT'
      ? `${path} cannot be written, since the folder is not there. Make it, or name another place.`
      : `${path} cannot be written${code === undefined ? '' : ` (${code})`}. Name another place.`,
  notSealed: (network: string): string =>
    `--keep is for tokens that take the place of another. For ${network}, use --file or --vault.`,
  notYet: (variable: string): string =>
    `--keep needs an account that is connected already: ${variable} is not set here, or the rest of its variables are another app's or Page's. Use --file or --vault.`,
  noVault: '--vault needs CRIER_KEY_VAULT, and MicrosoftAppId with what goes with it.',
} as const;
