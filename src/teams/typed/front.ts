import { networkNames, type Department, type NetworkName, type Urgency } from '../../protocol/protocol.ts';
import { plain } from '../../protocol/people.ts';
import type { DeskRules } from '../../posts/post.ts';
import { denying, withOneWord } from './denials.ts';

/** The words in front of a text that tell Crier what it is for, where it goes and how urgent it is. */

/** What words in front of a text tell Crier. */
export interface Front {
  /** each once */
  readonly departments: readonly Department[];
  /** how many names they stand under: `bins and recycling` is one department by two */
  readonly names: number;
  /** `normal` by `not urgent` alone, which tells nothing that is not so by itself */
  readonly urgency?: Urgency;
  /** account ids */
  readonly accounts: readonly string[];
  /** those that it does not go to: `not on Facebook` */
  readonly without: readonly string[];
  /** beside those that a post goes to by itself */
  readonly isMore: boolean;
  /** something is not so: `not on Facebook`, `not urgent` */
  readonly isNot: boolean;
  /** it is for every place that there is: `everywhere` */
  readonly isEverywhere: boolean;
  /** a network is named on which the council has no account */
  readonly isElsewhere: boolean;
  /** `for` or `to` stands in front of the departments, which no text would head itself with */
  readonly isAddressed: boolean;
  /** one department by its name, `Highways` or `for Highways`, or how urgent it is, `Urgent`: no other word */
  readonly isExact: boolean;
  /** nothing is told but that something is proposed: `this post` */
  readonly isSubject: boolean;
}

/** Words that say how what is named beside them is meant. */
const addressing: ReadonlySet<string> = new Set(
  'to for on via as out only just please pls plz also too'.split(' '),
);

/** What may be called by name: `the highways team`, `our Facebook page`; behind any other word it is a text's. */
const kinds: Readonly<Record<string, Meaning['is'] | undefined>> = Object.fromEntries([
  ...'department departments dept depts team teams service services'
    .split(' ')
    .map((word) => [word, 'department'] as const),
  ...'account accounts page'.split(' ').map((word) => [word, 'accounts'] as const),
]);

/** What people call what they propose: `propose this post: …`. */
const subjects: ReadonlySet<string> = new Set('this following post tweet draft something'.split(' '));

/** Words that stand between the others. */
export const joining: ReadonlySet<string> = new Set('and the a an our my new'.split(' '));

/** Words that stand between what is denied; between anything else they leave a choice. */
const orWords: ReadonlySet<string> = new Set(['or', 'nor']);

/** Words of a front behind which another one of it stands. */
export const leadsOn: ReadonlySet<string> = new Set([
  ...joining,
  ...orWords,
  ...'to for on via as'.split(' '),
]);

/** What people call all the places together. */
const everywhere: readonly string[] = [
  'everywhere',
  ...'account channel page network platform'
    .split(' ')
    .flatMap((one) => [
      `every ${one}`,
      ...['all', 'all our', 'all the', 'all of our'].map((all) => `${all} ${one}s`),
    ]),
];

/** What people call the networks together. */
const socials: readonly string[] = [
  'socials',
  ...['our', 'the', 'all', 'all our'].flatMap((all) => [`${all} socials`, `${all} social media`]),
];

const more: ReadonlySet<string> = new Set(['also', 'too']);

const urgencyBy: Readonly<Record<string, Urgency>> = {
  urgent: 'urgent',
  urgently: 'urgent',
  asap: 'urgent',
  emergency: 'emergency',
};

/** What people call the places of a network; each account is known by its own name as well. Of a network by hand its name tells. */
const networksBy: Readonly<Record<NetworkName, readonly string[]>> = {
  website: ['website', 'web site', 'news site'],
  x: ['x', 'twitter'],
  facebook: ['facebook', 'fb'],
  instagram: ['instagram', 'insta'],
  youtube: ['youtube'],
  bluesky: ['bluesky', 'bsky'],
  'by-hand': [],
};

/** Networks on which somebody posts by hand, if the council has an account there. */
const postedByHand: readonly string[] = [
  'nextdoor',
  'linkedin',
  'tiktok',
  'threads',
  'whatsapp',
  'mastodon',
  'snapchat',
  'reddit',
  'telegram',
  'pinterest',
];

/** What says nothing but that something is to be proposed. */
export const emptyFront: Front = {
  departments: [],
  names: 0,
  accounts: [],
  without: [],
  isMore: false,
  isNot: false,
  isEverywhere: false,
  isElsewhere: false,
  isAddressed: true,
  isExact: false,
  isSubject: false,
};

type Meaning =
  | { readonly is: 'department'; readonly department: Department }
  | { readonly is: 'urgency'; readonly urgency: Urgency }
  | { readonly is: 'accounts'; readonly accounts: readonly string[]; readonly isEverywhere?: true };

const knownIn = new WeakMap<
  DeskRules['departments'],
  { readonly accounts: DeskRules['accounts']; readonly names: ReadonlyMap<string, Meaning> }
>();

/** The names that the protocol and people have for what a front can tell, gathered once for each protocol. */
export function known(rules: DeskRules): ReadonlyMap<string, Meaning> {
  const { departments, accounts } = rules;
  const before = knownIn.get(departments);
  if (before?.accounts === accounts) return before.names;
  const names = namesIn(rules);
  knownIn.set(departments, { accounts, names });
  return names;
}

/** The names as they are compared. */
function namesIn(rules: DeskRules): ReadonlyMap<string, Meaning> {
  const names = new Map<string, Meaning>();
  const add = (name: string, meaning: Meaning): void => {
    if (!names.has(plain(name))) names.set(plain(name), meaning);
  };
  for (const department of Object.values(rules.departments))
    for (const name of [department.id, department.name, department.short, ...department.aliases])
      add(name, { is: 'department', department });
  for (const [word, urgency] of Object.entries(urgencyBy)) add(word, { is: 'urgency', urgency });
  const all = Object.values(rules.accounts);
  for (const network of networkNames) {
    const accounts = all.filter((each) => each.network === network).map(({ id }) => id);
    for (const word of networksBy[network]) add(word, { is: 'accounts', accounts });
  }
  // Who says so means where people follow the council, and not its own pages.
  const social = all
    .filter(({ network }) => network !== 'website' && network !== 'by-hand')
    .map(({ id }) => id);
  for (const word of socials) add(word, { is: 'accounts', accounts: social, isEverywhere: true });
  for (const { id, name } of all)
    for (const word of [id, name]) add(word, { is: 'accounts', accounts: [id] });
  const byHand = all.filter(({ network }) => network === 'by-hand');
  for (const word of postedByHand) {
    const begins = (text: string): boolean => plain(text).split(' ')[0] === word;
    const there = byHand.filter(({ name, purpose }) => begins(name) || begins(purpose));
    add(word, { is: 'accounts', accounts: there.map(({ id }) => id) });
  }
  const accounts = all.map(({ id }) => id);
  for (const words of everywhere) add(words, { is: 'accounts', accounts, isEverywhere: true });
  return names;
}

/** So many words a name has at most. */
export const longestName = 6;

/** Reads words in front of a text; undefined where any of them tells Crier nothing. */
export function readFront(words: string, rules: DeskRules): Front | undefined {
  const names = known(rules);
  const all = withOneWord(words).split(' ');
  if (all[0] === '') return undefined;
  const departments = new Set<Department>();
  const accounts = new Set<string>();
  const without = new Set<string>();
  let left = all;
  let named = 0;
  let others = 0;
  let before: Meaning['is'] | undefined;
  let urgency: Urgency | undefined;
  let isMore = false;
  let isNot = false;
  let isEverywhere = false;
  let isElsewhere = false;
  let isSubject = false;
  /** what is named is not so: from `not` until something else is said behind what it denies */
  let denies: 'nothing yet' | 'something' | undefined;
  let word = '';
  while (left.length > 0) {
    const [length, meaning] = longest(left, names);
    const last = word;
    word = left[0] ?? '';
    left = left.slice(length);
    if (meaning === undefined) {
      const isKind = before !== undefined && kinds[word] === before;
      const isOr = denies === 'something' && orWords.has(word);
      const isJoining = addressing.has(word) || joining.has(word) || denying.has(word) || isOr;
      if (!isKind && !isJoining && !subjects.has(word)) return undefined;
      isSubject ||= subjects.has(word);
      // `not only on X` is on X as well
      if (last === 'not' && (word === 'only' || word === 'just')) return undefined;
      if (denying.has(word)) denies = 'nothing yet';
      // `on X but also on Facebook`
      else if (last === 'but' && more.has(word)) denies = undefined;
      else if (denies === 'something' && addressing.has(word) && last !== 'and' && !orWords.has(last))
        denies = undefined;
      isNot ||= denying.has(word);
      isMore ||= more.has(word);
      others += 1;
    } else if (meaning.is === 'department') {
      // `not for Highways` tells nothing, since a post is for one department.
      if (denies !== undefined) return undefined;
      departments.add(meaning.department);
      named += 1;
    } else if (meaning.is === 'urgency') {
      // `no emergency` is said to residents
      if (denies !== undefined && meaning.urgency === 'emergency') return undefined;
      if (denies === undefined) urgency = urgency === 'emergency' ? urgency : meaning.urgency;
      else urgency ??= 'normal';
    } else {
      isEverywhere ||= meaning.isEverywhere === true;
      isElsewhere ||= meaning.accounts.length === 0;
      for (const id of meaning.accounts) (denies === undefined ? accounts : without).add(id);
    }
    if (meaning !== undefined && denies !== undefined) denies = 'something';
    before = meaning?.is;
  }
  // `everywhere but`
  if (denies === 'nothing yet') return undefined;
  const told = departments.size + accounts.size + without.size + (urgency === undefined ? 0 : 1);
  if (told === 0 && !isSubject && !isElsewhere) return undefined;
  // `no post`
  if (isNot && told === 0 && !isElsewhere) return undefined;
  const isAddressed = departments.size > 0 && /^(?:for|to)$/u.test(all[0] ?? '');
  return {
    departments: [...departments],
    names: named,
    ...(urgency === undefined ? {} : { urgency }),
    accounts: [...accounts].filter((id) => !without.has(id)),
    without: [...without],
    isMore,
    isNot,
    isEverywhere,
    isElsewhere,
    isAddressed,
    isExact:
      told === 1 && accounts.size === 0 && named < 2 && !isElsewhere && others === (isAddressed ? 1 : 0),
    isSubject: told === 0 && !isElsewhere,
  };
}

/** What words that were a front told, with the marks between them. */
export const frontOf = (words: string, rules: DeskRules): Front | undefined =>
  readFront(words.replace(/[:,!.–—-]+/gu, ' ').trim(), rules);

/** The longest name that words begin with, and how many words it has. */
export function longest(
  words: readonly string[],
  names: ReadonlyMap<string, Meaning>,
): readonly [number, Meaning | undefined] {
  for (let n = Math.min(words.length, longestName); n > 0; n -= 1) {
    const meaning = names.get(words.slice(0, n).join(' '));
    if (meaning !== undefined) return [n, meaning];
  }
  return [1, undefined];
}

/** Whether the first `n` words end within a name: `on Nextdoor Sefton`. */
export const isWithinName = (words: readonly string[], n: number, rules: DeskRules): boolean =>
  words.slice(0, n).some((_word, from) => {
    const [length, meaning] = longest(words.slice(from).map(plain), known(rules));
    return meaning !== undefined && from + length > n;
  });
