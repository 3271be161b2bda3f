import type { AccountEntry, NetworkName, Protocol } from '../protocol/protocol.ts';

const left = ' (who has left the protocol)';

/** @returns the person's name; of somebody whom the protocol no longer has, as it was called last, and that */
export function nameOf(person: string, protocol: Protocol): string {
  if (person === 'crier') return 'Crier';
  const present = protocol.people[person];
  if (present !== undefined) return present.name;
  const former = protocol.earlier?.people[person];
  return former === undefined ? 'somebody who has left the protocol' : `${former.name}${left}`;
}

/** @returns sentences that are read one after the other: that somebody has left the protocol is said once of each */
export function leftSaidOnce(lines: readonly string[], { earlier }: Protocol): readonly string[] {
  if (!lines.some((line) => line.includes(left))) return lines;
  const said = new Set<string>();
  const once = (whole: string, name: string): string => {
    if (said.has(name)) return name;
    said.add(name);
    return whole;
  };
  return Object.values(earlier?.people ?? {}).reduce<readonly string[]>(
    (before, { name }) =>
      before.map((line) => line.replaceAll(`${name}${left}`, (whole) => once(whole, name))),
    lines,
  );
}

/** @returns `A`, `A and B`, `A, B and C`; a list longer than `most` ends in `and 3 others` */
export function sayList(items: readonly string[], word: 'and' | 'or' = 'and', most = 4): string {
  if (items.length > most) {
    const shown = items.slice(0, most - 1);
    return `${shown.join(', ')} ${word} ${String(items.length - shown.length)} others`;
  }
  const last = items.at(-1) ?? 'nobody';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** @returns people's names as a list; `nobody` where there is none */
export function sayPeople(people: readonly string[], protocol: Protocol, word: 'and' | 'or' = 'and'): string {
  return sayList(
    people.map((person) => nameOf(person, protocol)),
    word,
  );
}

/** A department, or what it was called last. */
const departmentOf = (id: string, { departments, earlier }: Protocol) =>
  departments[id] ?? earlier?.departments[id];

/** @returns the department's full name; `desk` is the desk's own */
export function departmentName(department: string | undefined, protocol: Protocol): string {
  if (department === 'desk') return protocol.desk.name;
  if (department === undefined) return 'department not chosen yet';
  return departmentOf(department, protocol)?.name ?? 'a department that the protocol no longer has';
}

/** @returns what people say for the department, such as `Highways` */
export function departmentShort(department: string | undefined, protocol: Protocol): string {
  if (department === 'desk') return protocol.desk.name;
  if (department === undefined) return 'a department';
  return departmentOf(department, protocol)?.short ?? 'a department that the protocol no longer has';
}

const networks: Readonly<Record<NetworkName, string>> = {
  website: 'Website',
  x: 'X',
  facebook: 'Facebook',
  instagram: 'Instagram',
  youtube: 'YouTube',
  bluesky: 'Bluesky',
  'by-hand': 'By hand',
};

/** @returns `X`, `Facebook`: what people call the network */
export const networkName = (network: NetworkName): string => networks[network];

/** @returns the same within a sentence: `the website` */
export const networkInSentence = (network: NetworkName): string =>
  network === 'website' ? 'the website' : networks[network];

/** @returns `picture 2`, as the card beside it calls it: `the picture` where there is one alone */
export const mediumName = (kind: 'picture' | 'video', index: number, of: number): string =>
  of === 1 ? `the ${kind}` : `${kind} ${String(index + 1)}`;

/**
 * @returns `X`, or `X (@SeftonLibraries)` where the council has more than one account on that network, and
 * `X (rehearsal)` where it rehearses
 */
export function accountName(account: string, protocol: Protocol): string {
  const entry = protocol.accounts[account];
  if (entry === undefined) {
    const former = protocol.earlier?.accounts[account];
    if (former === undefined) return 'an account that the protocol no longer has';
    return former.network === 'by-hand' ? former.name : `${networks[former.network]} (${former.name})`;
  }
  if (entry.network === 'by-hand') return entry.name;
  const sameNetwork = Object.values(protocol.accounts).filter((other) => other.network === entry.network);
  const beside = [
    ...(sameNetwork.length > 1 ? [entry.name] : []),
    ...(isRehearsal(entry) ? ['rehearsal'] : []),
  ];
  const network = networks[entry.network];
  return beside.length === 0 ? network : `${network} (${beside.join(', ')})`;
}

/** @returns `X (@SeftonCouncil)`, and whether it rehearses: an account for somebody who chooses among all of them */
export function accountInFull(entry: AccountEntry): string {
  const { network, name } = entry;
  return network === 'by-hand'
    ? name
    : `${networks[network]} (${name}${isRehearsal(entry) ? ', rehearsal' : ''})`;
}

/** Whether an account rehearses: in the post that is spoken of, else now. */
const isRehearsal = ({ rehearsed, inPost }: AccountEntry): boolean =>
  inPost === undefined ? rehearsed === true : inPost === 'rehearsal';

/** @returns `X`, whether it rehearses or not, for what says that of it */
export const accountItself = (account: string, protocol: Protocol): string =>
  accountName(account, {
    ...protocol,
    accounts: Object.fromEntries(
      Object.entries(protocol.accounts).map(([id, entry]) => [id, { ...entry, inPost: 'real' }]),
    ),
  });

/** @returns `Rehearsal on X: nobody outside sees it`; empty where none of the accounts rehearses */
export function rehearsedWords(accounts: readonly string[], protocol: Protocol): string {
  const names = accounts.flatMap((id) => {
    const entry = protocol.accounts[id];
    return entry !== undefined && isRehearsal(entry) ? [networks[entry.network]] : [];
  });
  return names.length === 0 ? '' : `Rehearsal on ${sayList([...new Set(names)])}: nobody outside sees it`;
}

/** @returns `on X`, `on the website`, `by hand (Notice board)`: where an account's text stands */
export function onAccount(account: string, protocol: Protocol): string {
  const entry = protocol.accounts[account] ?? protocol.earlier?.accounts[account];
  if (entry === undefined) return 'on an account that the protocol no longer has';
  if (entry.network === 'by-hand') return `by hand (${entry.name})`;
  const name = accountName(account, protocol);
  return entry.network === 'website'
    ? `on the ${name.charAt(0).toLowerCase()}${name.slice(1)}`
    : `on ${name}`;
}

/** @returns `1 post`, `3 posts` */
export const postsWords = (n: number): string => (n === 1 ? '1 post' : `${String(n)} posts`);

/** @returns `1 post waits`, `3 posts wait` */
export const waitsWords = (n: number): string => `${postsWords(n)} ${n === 1 ? 'waits' : 'wait'}`;

/** @returns the sentence with its first letter large */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
