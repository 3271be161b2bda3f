import type { Millis } from '../core/time.ts';
import type { Connecting, Connection } from '../dispatch/access.ts';
import type { AccountState } from '../dispatch/account.ts';
import { isAway } from '../posts/deciding/asked.ts';
import type { DeskRules } from '../posts/post.ts';
import { peopleOf } from '../protocol/people.ts';
import type { AccountEntry, NetworkName, Protocol } from '../protocol/protocol.ts';
import { connectCommand, fileOf } from './connect.ts';
import { accountName, departmentName, networkName, sayPeople } from './names.ts';
import { whoStopped } from './stopped.ts';
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

/** Who reads the list of accounts: the desk, which has them connected, or anybody else. */
export type AccountsReader = 'desk' | 'others';

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
 * @param reader `desk`: whoever has an account connected reads how; anybody else whom to ask
 * @returns the account's name, and line by line how it stands
 */
export function accountWords(
  account: AccountShown,
  above: readonly string[],
  reader: AccountsReader,
  rules: DeskRules,
  now: Millis,
): { readonly title: string; readonly lines: readonly LinkedLine[] } {
  const { entry, state } = account;
  const { last } = state ?? {};
  const stopped = stopWords(account, rules, now);
  return {
    title: `${networkName(entry.network)}: ${entry.name}`,
    lines: [
      plain(standing(account, reader, rules, now)),
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
  { entry, state, connection: { is, by, rehearsedBy } }: AccountShown,
  reader: AccountsReader,
  rules: DeskRules,
  now: Millis,
): string {
  const { network } = entry;
  const said = toConnect(entry, by);
  const how = said === '' || reader === 'desk' ? said : ` ${rules.desk.name} can have it connected.`;
  if (network === 'website') return 'Always there: it is our own news site.';
  if (network === 'by-hand') return byHandWords(entry, rules, now);
  if (is === 'rehearsal') {
    return rehearsedBy === undefined
      ? 'Rehearsal: nothing leaves this machine.'
      : `Rehearsal: nobody outside sees what is posted here.${reader === 'desk' ? ` To post for real, whoever runs Crier takes ${rehearsedBy} out and restarts it.` : ''}`;
  }
  if (is === 'not-connected') return `Not connected yet.${how}`;
  if (state?.blocked !== undefined) {
    return `Blocked since ${sayDated(state.blocked.since, now)}: the network refuses Crier. What is meant for it waits.${how}`;
  }
  if (state?.waitUntil !== undefined && state.waitUntil > now) {
    if (state.waitsFor === 'not-reached')
      return 'Connected, but the network could not be reached. It is asked again by itself; what is meant for it waits.';
    return `Connected. The network takes nothing more until ${sayDated(state.waitUntil, now)}; what is meant for it waits.`;
  }
  if (state?.expiring !== undefined) {
    return `Expiring: connected until ${sayDated(state.expiring.at, now)}; what is meant for it waits from then on.${how}`;
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
  return `${accountName(entry.id, rules)} (${entry.name}) does not let Crier in any more since ${sayDated(since, now)}. Posts for it wait.${toConnect(entry, connection.by)} What has waited for less than two hours goes out by itself once it is connected again, unless its end has come by then; anything later is asked about first. Type "accounts" to see how all of them stand.`;
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

/** the title of the list of accounts */
export const accountsTitle = 'Accounts';
