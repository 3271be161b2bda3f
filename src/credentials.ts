import type { ConfigFault, Environment } from './config.ts';
import type { BlueskyCredentials } from './networks/bluesky/session.ts';
import type { FacebookCredentials } from './networks/facebook/facebook.ts';
import type { InstagramCredentials } from './networks/instagram/instagram.ts';
import type { XCredentials } from './networks/x/access.ts';
import type { YoutubeCredentials } from './networks/youtube/access.ts';
import type { AccountEntry, Protocol } from './protocol/protocol.ts';
import { connectable, connectGives, isConnectable, type Connectable } from './networks/connectable.ts';

/** How an account of the protocol is spoken for. */
export type Credentials =
  | { readonly network: 'x'; readonly credentials: XCredentials }
  | { readonly network: 'facebook'; readonly credentials: FacebookCredentials }
  | { readonly network: 'instagram'; readonly credentials: InstagramCredentials }
  | { readonly network: 'bluesky'; readonly credentials: BlueskyCredentials }
  | { readonly network: 'youtube'; readonly credentials: YoutubeCredentials };

export type ParsedCredentials =
  | {
      readonly ok: true;
      readonly credentials: ReadonlyMap<string, Credentials>;
      /** accounts that rehearse, connected or not */
      readonly rehearsed: ReadonlySet<string>;
    }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** What each network needs, by the last part of the variable's name. Several ways: one of them, whole. */
const ways = {
  x: [
    ['APP_KEY', 'APP_SECRET', 'ACCESS_TOKEN', 'ACCESS_SECRET'],
    ['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'],
  ],
  facebook: [['PAGE_ID', 'PAGE_TOKEN', 'APP_SECRET']],
  instagram: [['USER_ID', 'PAGE_TOKEN', 'APP_SECRET']],
  bluesky: [['HANDLE', 'APP_PASSWORD']],
  youtube: [['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN']],
} as const satisfies Record<Connectable, readonly (readonly string[])[]>;

/** What may stand beside a way, whole or not. */
const beside = {
  x: [],
  facebook: ['APP_ID'],
  instagram: ['APP_ID'],
  bluesky: [],
  youtube: [],
} as const satisfies Record<Connectable, readonly string[]>;

/** The last part of the variable by which an account rehearses. */
const rehearsing = 'REHEARSAL';

/**
 * The beginning of an account's variables: the network, then the account's id in the protocol without it, such as
 * `X_MAIN_` for the account `x-main`.
 */
export function variablePrefix({ id, network }: Pick<AccountEntry, 'id' | 'network'>): string {
  const own = id.startsWith(`${network}-`) ? id.slice(network.length + 1) : id;
  return `${network}_${own}_`.replaceAll('-', '_').toUpperCase();
}

/**
 * @param spoken how it is spoken for now
 * @returns the variables that connecting an account gives, and those that speak for it another way, so that they have
 *   to go; undefined for what nobody connects
 */
export function connectingVariables(
  account: AccountEntry,
  spoken: Credentials | undefined,
): { readonly gives: readonly string[]; readonly insteadOf: readonly string[] } | undefined {
  const { network } = account;
  if (!isConnectable(network)) return undefined;
  const whole = (names: readonly string[]): readonly string[] =>
    names.map((name) => `${variablePrefix(account)}${name}`);
  const another = spoken?.network === 'x' && spoken.credentials.kind === 'oauth1' ? ways.x[0] : [];
  return { gives: whole(connectGives[network]), insteadOf: whole(another) };
}

/** Every variable that accounts of the protocol may have. */
export function accountVariables(accounts: Readonly<Record<string, AccountEntry>>): readonly string[] {
  return Object.values(accounts).flatMap((account) => {
    const { network } = account;
    if (!isConnectable(network)) return [];
    const prefix = variablePrefix(account);
    return [...new Set([...ways[network].flat(), ...beside[network]])].map((name) => `${prefix}${name}`);
  });
}

/** Every variable by which an account of the protocol may rehearse. */
const rehearsalVariables = (accounts: Readonly<Record<string, AccountEntry>>): readonly string[] =>
  Object.values(accounts)
    .filter(({ network }) => isConnectable(network))
    .map(rehearsalVariable);

/** The variable by which one account rehearses while others are real, such as `X_MAIN_REHEARSAL`. */
export const rehearsalVariable = (account: Pick<AccountEntry, 'id' | 'network'>): string =>
  `${variablePrefix(account)}${rehearsing}`;

/** The protocol's accounts, marked where they rehearse, so that everything that names one can say so. */
export function withRehearsed(protocol: Protocol, rehearsed: ReadonlySet<string>): Protocol {
  if (rehearsed.size === 0) return protocol;
  const accounts = Object.entries(protocol.accounts).map(([id, account]): [string, AccountEntry] => [
    id,
    rehearsed.has(id) ? { ...account, rehearsed: true } : account,
  ]);
  return { ...protocol, accounts: Object.fromEntries(accounts) };
}

/**
 * Reads how the accounts of the protocol are spoken for, or every fault at once. An account without any variable is
 * not connected; one with some but not all is a fault, and so is a variable of an account that there is not. One that
 * rehearses may be connected as well: it speaks to nobody until the variable is taken out.
 *
 * @param alsoAs where else a variable could have stood, such as ` or as the secret X-MAIN-APP-KEY`
 */
export function parseCredentials(
  env: Environment,
  accounts: Readonly<Record<string, AccountEntry>>,
  alsoAs?: (variable: string) => string,
): ParsedCredentials {
  const faults: ConfigFault[] = [];
  const credentials = new Map<string, Credentials>();
  const rehearsed = new Set<string>();
  const known = new Set([...accountVariables(accounts), ...rehearsalVariables(accounts)]);
  const given = (variable: string): string => env[variable]?.trim() ?? '';
  for (const account of Object.values(accounts)) {
    const { network } = account;
    if (!isConnectable(network)) continue;
    const prefix = variablePrefix(account);
    const rehearses = given(rehearsalVariable(account));
    if (rehearses === 'on') rehearsed.add(account.id);
    else if (rehearses !== '' && rehearses !== 'off')
      faults.push({
        variable: rehearsalVariable(account),
        problem: `does not say whether ${account.id} rehearses`,
        allowed: 'on or off, or leave it out',
      });
    const begun = ways[network].filter((way) => way.some((name) => given(`${prefix}${name}`) !== ''));
    const [way] = begun;
    if (way === undefined) continue;
    const missing = way.filter((name) => given(`${prefix}${name}`) === '');
    for (const name of missing) {
      faults.push({
        variable: `${prefix}${name}`,
        problem: `is missing, and others of ${account.id} are set`,
        allowed: `what connecting the account gave${alsoAs?.(`${prefix}${name}`) ?? ''}, or leave all of ${prefix}… out`,
      });
    }
    if (begun.length > 1) {
      faults.push({
        variable: `${prefix}…`,
        problem: 'speaks for the account in two ways',
        allowed: `one of them: ${begun.map((each) => each.join(', ')).join('; or ')}`,
      });
    }
    if (missing.length === 0)
      credentials.set(
        account.id,
        speaking(network, way[0], (name) => given(`${prefix}${name}`)),
      );
  }
  for (const variable of Object.keys(env)) {
    const network = connectable.find((each) => variable.startsWith(`${each.toUpperCase()}_`));
    if (network === undefined || known.has(variable) || given(variable) === '') continue;
    faults.push({
      variable,
      problem: `belongs to no ${network} account of the protocol`,
      allowed:
        [...known].filter((name) => name.startsWith(`${network.toUpperCase()}_`)).join(', ') ||
        'nothing: leave it out',
    });
  }
  return faults.length === 0 ? { ok: true, credentials, rehearsed } : { ok: false, faults };
}

function speaking(network: Connectable, first: string, given: (name: string) => string): Credentials {
  switch (network) {
    case 'x':
      return {
        network,
        credentials:
          first === 'APP_KEY'
            ? {
                kind: 'oauth1',
                appKey: given('APP_KEY'),
                appSecret: given('APP_SECRET'),
                accessToken: given('ACCESS_TOKEN'),
                accessSecret: given('ACCESS_SECRET'),
              }
            : {
                kind: 'oauth2',
                clientId: given('CLIENT_ID'),
                clientSecret: given('CLIENT_SECRET'),
                refreshToken: given('REFRESH_TOKEN'),
              },
      };
    case 'facebook':
      return {
        network,
        credentials: {
          pageId: given('PAGE_ID'),
          pageToken: given('PAGE_TOKEN'),
          appSecret: given('APP_SECRET'),
          ...(given('APP_ID') === '' ? {} : { appId: given('APP_ID') }),
        },
      };
    case 'instagram':
      return {
        network,
        credentials: {
          userId: given('USER_ID'),
          pageToken: given('PAGE_TOKEN'),
          appSecret: given('APP_SECRET'),
          ...(given('APP_ID') === '' ? {} : { appId: given('APP_ID') }),
        },
      };
    case 'bluesky':
      return { network, credentials: { handle: given('HANDLE'), appPassword: given('APP_PASSWORD') } };
    case 'youtube':
      return {
        network,
        credentials: {
          clientId: given('CLIENT_ID'),
          clientSecret: given('CLIENT_SECRET'),
          refreshToken: given('REFRESH_TOKEN'),
        },
      };
  }
}
