import type { Millis } from '../core/time.ts';
import type { Connecting, Connection } from '../dispatch/access.ts';
import type { AccountState, Stopped } from '../dispatch/account.ts';
import type { Publication } from '../dispatch/publication.ts';
import { isAway } from '../posts/asked.ts';
import type { DeskRules } from '../posts/post.ts';
import type { StillToChange } from '../posts/still-to-change.ts';
import { peopleOf } from '../protocol/people.ts';
import type { AccountEntry, NetworkName, Protocol } from '../protocol/protocol.ts';
import type { Said } from './answers.ts';
import { connectCommand, fileOf } from './connect.ts';
import {
  accountName,
  departmentName,
  networkName,
  onAccount,
  sayPeople,
  sentence,
  postsWords,
  waitsWords,
} from './names.ts';
import { count, onAll } from './posts.ts';
import { notRightYetWords, publicationWords } from './publications.ts';
import { notHeeded } from './several.ts';
import { whoStopped, type StopSaid } from './stopped.ts';
import { isSameDay, sayClock, sayDated, sayOn } from './times.ts';

/** One account as the list of them shows it. */
export interface AccountShown {
  readonly entry: AccountEntry;
  /** what dispatch knows of it; undefined before anything */
  readonly state: AccountState | undefined;
  readonly connection: Connection;
  /** where its last post stands, empty where it has no address; absent: it does not any more */
  readonly lastAt?: string;
}

/** A line of a card, with where it leads; empty: nowhere. */
export interface LinkedLine {
  readonly words: string;
  readonly url: string;
}

const plain = (words: string): LinkedLine => ({ words, url: '' });

/** @returns who stopped an account and how that is lifted; empty where nobody did */
function stopWords({ state }: AccountShown, rules: DeskRules, now: Millis): string {
  const { stopped } = state ?? {};
  if (stopped === undefined) return '';
  return `${whoStopped(stopped, rules, now)}. "resume" lifts that.`;
}

/** @returns who looks after an account */
const ownerWords = ({ entry }: AccountShown, rules: DeskRules): string =>
  `Looked after by: ${departmentName(entry.owner, rules)}`;

/** The same of all of them at once. */
const ownerOfAll = ({ entry }: AccountShown, rules: DeskRules): string =>
  `All accounts are looked after by ${departmentName(entry.owner, rules)}.`;

/** @returns what is true of every account, said once above all of them: who stopped them, who looks after them */
export function everyAccountWords(
  accounts: readonly AccountShown[],
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const ofAll = (words: (account: AccountShown) => string): readonly string[] => {
    const [said = '', ...others] = new Set(accounts.map(words));
    return said === '' || others.length > 0 ? [] : [said];
  };
  return [
    ...ofAll((account) => stopWords(account, rules, now)),
    ...ofAll((account) => ownerOfAll(account, rules)),
  ];
}

/**
 * @param above what is said above all accounts, and here no more
 * @returns the account's name, and line by line how it stands
 */
export function accountWords(
  account: AccountShown,
  above: readonly string[],
  rules: DeskRules,
  now: Millis,
): { readonly title: string; readonly lines: readonly LinkedLine[] } {
  const { entry, state, connection } = account;
  const { last } = state ?? {};
  const stopped = stopWords(account, rules, now);
  return {
    title: `${networkName(entry.network)}: ${entry.name}`,
    lines: [
      plain(standing(entry, state, connection, rules, now)),
      ...(stopped === '' || above.includes(stopped) ? [] : [plain(stopped)]),
      ...(above.includes(ownerOfAll(account, rules)) ? [] : [plain(ownerWords(account, rules))]),
      ...(last === undefined ? [] : [lastWords(last, account.lastAt, now)]),
      ...quotaWords(account, now).map(plain),
    ],
  };
}

/** How a network tells how many posts it still takes: with each post, whenever it is read, or not at all. */
const tellsLeft: Readonly<Record<NetworkName, 'with-a-post' | 'when-read' | 'never'>> = {
  x: 'with-a-post',
  instagram: 'when-read',
  youtube: 'when-read',
  facebook: 'never',
  bluesky: 'never',
  website: 'never',
  'by-hand': 'never',
};

/** How many more posts it takes, as the network last said; nothing of what has no limit, or takes nothing now. */
function quotaWords({ entry, state, connection }: AccountShown, now: Millis): readonly string[] {
  const { network } = entry;
  const isOurs = network === 'website' || network === 'by-hand';
  const waits = state?.waitUntil !== undefined && state.waitUntil > now;
  if (isOurs || waits || connection.is !== 'connected' || state?.blocked !== undefined) return [];
  const name = networkName(network);
  const { quota, read } = state ?? {};
  const said = (at: Millis): string => `as ${name} said ${sayOn(at, now, now)}.`;
  const time = (at: Millis): string => (isSameDay(at, now) ? sayClock(at) : sayDated(at, now));
  if (read?.left !== undefined && read.at > (quota?.at ?? 0))
    return [`${moreWords(read.left)} for now, ${said(read.at)}`];
  if (quota !== undefined)
    return [
      quota.until > now
        ? `${moreWords(quota.left)} until ${time(quota.until)}, ${said(quota.at)}`
        : `${name} counts anew since ${time(quota.until)}, and says with the next post how many it takes.`,
    ];
  const how = tellsLeft[network];
  if (how === 'when-read') return [];
  return [
    how === 'never'
      ? `${name} does not say how many more posts it takes.`
      : `${name} says with each post how many more it takes.`,
  ];
}

const moreWords = (n: number): string => (n === 1 ? '1 more post' : `${String(n)} more posts`);

/** The last post of an account, with its address as long as it stands there. */
function lastWords(
  { number, at }: NonNullable<AccountState['last']>,
  url: string | undefined,
  now: Millis,
): LinkedLine {
  const words = `Last post: #${String(number)} ${sayOn(at, now)}`;
  return url === undefined ? plain(`${words}, taken down since`) : { words, url };
}

/** @returns who posts by hand on an account, by name */
export const handsWords = (entry: AccountEntry, protocol: Protocol): string =>
  sayPeople(peopleOf(entry.postedBy ?? [], entry.owner, protocol), protocol, 'or');

/** Whom Crier asks: while all of them are away, the desk. */
function byHandWords(entry: AccountEntry, rules: DeskRules, now: Millis): string {
  const hands = peopleOf(entry.postedBy ?? [], entry.owner, rules);
  const here = hands.filter((person) => !isAway(person, rules, now));
  if (hands.length === 0 || here.length > 0)
    return `By hand: Crier asks ${sayPeople(here, rules, 'or')} to post there.`;
  const away = `${sayPeople(hands, rules)} ${hands.length === 1 ? 'is' : 'are'} away`;
  return `By hand: ${away}, so Crier asks ${rules.desk.name} to post there.`;
}

function standing(
  entry: AccountEntry,
  state: AccountState | undefined,
  { is, by, rehearsedBy }: Connection,
  rules: DeskRules,
  now: Millis,
): string {
  const { network } = entry;
  if (network === 'website') return 'Always there: it is our own news site.';
  if (network === 'by-hand') return byHandWords(entry, rules, now);
  if (is === 'rehearsal') {
    return rehearsedBy === undefined
      ? 'Rehearsal: nothing leaves this machine.'
      : `Rehearsal: nobody outside sees what is posted here. To post for real, whoever runs Crier takes ${rehearsedBy} out and restarts it.`;
  }
  if (is === 'not-connected') return `Not connected yet.${toConnect(entry, by)}`;
  if (state?.blocked !== undefined) {
    return `Blocked since ${sayDated(state.blocked.since, now)}: the network refuses Crier. What is meant for it waits.${toConnect(entry, by)}`;
  }
  if (state?.waitUntil !== undefined && state.waitUntil > now) {
    return `Connected. The network takes nothing more until ${sayDated(state.waitUntil, now)}; what is meant for it waits.`;
  }
  if (state?.expiring !== undefined) {
    return `Expiring: connected until ${sayDated(state.expiring.at, now)}; what is meant for it waits from then on.${toConnect(entry, by)}`;
  }
  return 'Connected.';
}

/** What whoever runs Crier types and does then; empty where nobody connects it. */
function toConnect(account: AccountEntry, by: Connecting | undefined): string {
  if (by === undefined) return '';
  const { into, gives, insteadOf } = by;
  const command = connectCommand(account, into === 'vault' ? '--vault' : undefined);
  const names = gives.join(', ');
  const out = insteadOf.length === 0 ? '' : `, takes out ${insteadOf.join(', ')}`;
  return into === 'vault'
    ? ` To connect it, whoever runs Crier types "${command}", which writes ${names} to the key vault${out}, and restarts Crier.`
    : ` To connect it, whoever runs Crier types "${command}", sets what that writes to ${fileOf(account.id)} (${names})${out}, and restarts Crier.`;
}

/** @returns that an account refuses Crier, for the desk: what waits, and how it is connected again */
export function blockedWords(
  { entry, state, connection }: AccountShown,
  rules: DeskRules,
  now: Millis,
): string {
  const since = state?.blocked?.since ?? now;
  return `${accountName(entry.id, rules)} (${entry.name}) does not let Crier in any more since ${sayDated(since, now)}. Posts for it wait.${toConnect(entry, connection.by)} Once it is connected again, what waits goes out by itself, unless its end has come by then. Type "accounts" to see how all of them stand.`;
}

/** @returns that an account will soon refuse Crier, for the desk: until when, and how it is connected again before */
export function expiringWords(
  { entry, state, connection }: AccountShown,
  rules: DeskRules,
  now: Millis,
): string {
  const until = state?.expiring?.at ?? now;
  return `${accountName(entry.id, rules)} (${entry.name}) lets Crier in only until ${sayDated(until, now)}. Posts go out as usual until then, and wait afterwards.${toConnect(entry, connection.by)} Type "accounts" to see how all of them stand.`;
}

/** What somebody may ask for about everything at once. */
export type StopWish = Stopped | 'resume';

/** @returns the question whether everything is to stop, or to go on: what is stopped before, how many posts wait, what follows */
export function askStopWords(
  wish: StopWish,
  waits: {
    readonly held: number;
    /** held before, whoever held it */
    readonly already: number;
    readonly left: number;
    /** so many copies that are public are still to be changed, or to come down */
    readonly changing: number;
    readonly unheeded: string;
    /** somebody said yes to a question that is out of date */
    readonly again: boolean;
    readonly before?: StopSaid;
  },
  rules: DeskRules,
  now: Millis,
): Said & { readonly confirm: string } {
  const before = [
    ...(waits.unheeded === '' ? [] : [notHeeded(waits.unheeded)]),
    ...(waits.again
      ? [
          wish === 'resume'
            ? 'There is another stop now than when you were asked, so nothing has happened yet.'
            : 'Posts were let out again after you were asked, so nothing has happened yet.',
        ]
      : []),
    ...(waits.before === undefined ? [] : [`${whoStopped(waits.before, rules, now)}.`]),
  ];
  if (wish === 'resume') {
    return {
      title: 'Let posts go out again?',
      lines: [
        ...before,
        waits.held === 0
          ? 'No post is held by the stop.'
          : `${waitsWords(waits.held)}. None goes out by itself: each needs a decision of its own.`,
        'What is approved from then on goes out as usual.',
      ],
      confirm: 'Yes, resume',
    };
  }
  return {
    title: wish === 'all' ? 'Stop everything?' : 'Pause everything but safety information?',
    lines: [
      ...before,
      waits.held === 0
        ? `No ${waits.already === 0 ? '' : 'other '}post waits to go out at the moment.`
        : `${waitsWords(waits.held)} to go out or to be approved. ${waits.held === 1 ? 'It' : 'Each'} will be held, and needs a decision of its own before it goes out.`,
      ...(waits.already === 0
        ? []
        : [`${postsWords(waits.already)} ${waits.already === 1 ? 'is' : 'are'} held already.`]),
      ...(waits.left === 0 ? [] : [`${postsWords(waits.left)} with safety information can still go out.`]),
      ...(waits.changing === 0
        ? []
        : [
            `What is public ${waits.changing === 1 ? 'in one place' : `in ${count(waits.changing)} places`} is still to be corrected or taken down there. That goes on.`,
          ]),
      `${wish === 'all' ? 'Nothing' : 'Only safety information'} leaves any account until somebody types "resume".`,
    ],
    confirm: wish === 'all' ? 'Yes, stop everything' : 'Yes, pause routine posts',
  };
}

/** @returns what a stop came to, and what it cannot reach */
export function stoppedWords(
  what: Stopped,
  counts: {
    readonly held: number;
    readonly already: number;
    readonly left: number;
    readonly sent: number;
    readonly changing: number;
    readonly going: boolean;
    /** accounts that only a newer release can stop */
    readonly newer: readonly string[];
  },
  rules: DeskRules,
): Said & {
  readonly sent: string;
  readonly changing: string;
  readonly held: string;
  readonly already: string;
  readonly left: string;
  readonly cannot: Said;
} {
  const byHand = Object.values(rules.accounts).filter(({ network }) => network === 'by-hand');
  const held = counts.going
    ? `${postsWords(counts.held)} held so far`
    : counts.held === 0
      ? `no ${counts.already === 0 ? '' : 'other '}post was waiting`
      : `${postsWords(counts.held)} held`;
  return {
    title: `${what === 'all' ? 'Everything is stopped' : 'Routine posts are paused'}: ${held}`,
    lines: [
      what === 'all'
        ? 'Nothing leaves any account until somebody types "resume", whatever is approved meanwhile.'
        : 'Only safety information leaves until somebody types "resume", whatever is approved meanwhile.',
      ...(counts.already === 0
        ? []
        : [`${postsWords(counts.already)} ${counts.already === 1 ? 'was' : 'were'} held before that.`]),
      ...(counts.sent > 0
        ? []
        : [counts.changing === 0 ? 'Nothing was on its way.' : 'No post was on its way.']),
      ...(counts.going
        ? ['So many posts wait that the rest is still being held. None of them can go out meanwhile.']
        : []),
      ...leftToNewerWords(counts.newer, rules),
      'What is public can still be taken down, and corrected where a post can be changed. Where a correction is a new post, it waits too. What is out of a post whose rest is held can be corrected once somebody has pressed "Do not publish the rest".',
    ],
    sent: 'Was already on its way',
    changing: 'Is public, and is still corrected or taken down there',
    held: 'Held',
    already: 'Was held before',
    left: 'Still goes out, because it is safety information',
    cannot: {
      title: 'Crier cannot stop these. Please see to them yourself:',
      lines: [
        "Posts that were scheduled in the networks' own tools",
        'Paid adverts',
        byHand.length === 0
          ? 'What somebody posts by hand'
          : `What somebody posts by hand: ${byHand.map(({ name }) => name).join(', ')}`,
      ],
    },
  };
}

/** @returns that accounts are left to a newer release, which one that does not know it can neither stop nor hold */
export function leftToNewerWords(accounts: readonly string[], rules: DeskRules): readonly string[] {
  if (accounts.length === 0) return [];
  const it = accounts.length === 1 ? 'it' : 'them';
  return [
    `But not ${onAll(accounts, rules)}: a newer Crier looks after ${it}, and the one that you reached cannot stop ${it}. It sends nothing there itself. Please say this again in a few minutes.`,
  ];
}

/** @returns `#12 on X: published at 9:42`, with its address */
export function onItsWayWords(
  sent: { readonly number: number; readonly account: string; readonly publication: Publication },
  rules: DeskRules,
  now: Millis,
): LinkedLine {
  const { number, account, publication } = sent;
  return {
    words: `#${String(number)} ${onAccount(account, rules)}: ${publicationWords(publication, undefined, now)}`,
    url: publication.is === 'published' ? publication.remote.url : '',
  };
}

/** @returns `#12 on Facebook: being corrected`, with the address of what is public */
export function stillToChangeWords(
  {
    number,
    account,
    publication,
    waits,
  }: Omit<StillToChange, 'part'> & {
    readonly number: number;
    readonly account: string;
  },
  rules: DeskRules,
  now: Millis,
): LinkedLine {
  const corrected = waits === undefined ? 'being corrected' : notRightYetWords(waits);
  const words = publication.is === 'removing' ? publicationWords(publication, undefined, now) : corrected;
  return { words: `#${String(number)} ${onAccount(account, rules)}: ${words}`, url: publication.remote.url };
}

/** @returns what resuming came to */
export function resumedWords(counts: { readonly overdue: number; readonly waiting: number }): Said & {
  readonly overdue: string;
  readonly waiting: string;
} {
  const all = counts.overdue + counts.waiting;
  return {
    title: 'Posts can go out again',
    lines: [
      all === 0
        ? 'No post is left held by the stop.'
        : `${sentence(waitsWords(all))}, and none of them goes out by itself. Open one to see who decides it.`,
    ],
    overdue: 'Its planned time has passed: choose another one, or cancel it',
    waiting: 'Waits for a decision',
  };
}

/** the title of the list of accounts */
export const accountsTitle = 'Accounts';
