import { networkNames, type Department, type NetworkName, type Urgency } from '../../protocol/protocol.ts';
import { plain } from '../../protocol/people.ts';
import { withoutAtEnd } from '../../protocol/text/at-end.ts';
import { reading } from '../../protocol/time-words.ts';
import { splitUntil } from '../../protocol/typed-time.ts';
import type { DeskRules } from '../../posts/post.ts';
import { timeIn } from './manners.ts';

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
  /** `for` or `to` stands in front of the departments, which no text would head itself with */
  readonly isAddressed: boolean;
  /** one department by its name, `Highways` or `for Highways`, or how urgent it is, `Urgent`: no other word */
  readonly isExact: boolean;
  /** nothing is told but that something is proposed: `this post` */
  readonly isSubject: boolean;
}

/** Words that say how what is named beside them is meant. */
const addressing: ReadonlySet<string> = new Set(
  'to for on via as only just please pls plz also too'.split(' '),
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
const joining: ReadonlySet<string> = new Set('and the a an our my new'.split(' '));

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

const more: ReadonlySet<string> = new Set(['also', 'too']);

const denying: ReadonlySet<string> = new Set(['not', 'no', 'without', 'except']);

const urgencyBy: Readonly<Record<string, Urgency>> = {
  urgent: 'urgent',
  urgently: 'urgent',
  asap: 'urgent',
  emergency: 'emergency',
};

/** What people call the places of a network; each account is known by its own name as well. */
const networksBy: Readonly<Record<NetworkName, readonly string[]>> = {
  website: ['website', 'web site', 'news site'],
  x: ['x', 'twitter'],
  facebook: ['facebook', 'fb'],
  instagram: ['instagram', 'insta'],
  youtube: ['youtube'],
  bluesky: ['bluesky', 'bsky'],
  'by-hand': [],
};

/** What says nothing but that something is to be proposed. */
export const emptyFront: Front = {
  departments: [],
  names: 0,
  accounts: [],
  without: [],
  isMore: false,
  isNot: false,
  isEverywhere: false,
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
function known(rules: DeskRules): ReadonlyMap<string, Meaning> {
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
    for (const word of accounts.length === 0 ? [] : networksBy[network])
      add(word, { is: 'accounts', accounts });
  }
  for (const { id, name } of all)
    for (const word of [id, name]) add(word, { is: 'accounts', accounts: [id] });
  const accounts = all.map(({ id }) => id);
  for (const words of everywhere) add(words, { is: 'accounts', accounts, isEverywhere: true });
  return names;
}

/** So many words a name has at most. */
const longestName = 6;

/** Reads words in front of a text; undefined where any of them tells Crier nothing. */
export function readFront(words: string, rules: DeskRules): Front | undefined {
  const names = known(rules);
  const all = plain(words).split(' ');
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
      const isJoining = addressing.has(word) || joining.has(word) || denying.has(word);
      if (!isKind && !isJoining && !subjects.has(word)) return undefined;
      isSubject ||= subjects.has(word);
      if (denying.has(word)) denies = 'nothing yet';
      else if (denies === 'something' && addressing.has(word) && last !== 'and') denies = undefined;
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
      for (const id of meaning.accounts) (denies === undefined ? accounts : without).add(id);
    }
    if (meaning !== undefined && denies !== undefined) denies = 'something';
    before = meaning?.is;
  }
  const told = departments.size + accounts.size + without.size + (urgency === undefined ? 0 : 1);
  if (told === 0 && !isSubject) return undefined;
  // `no post`
  if (isNot && told === 0) return undefined;
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
    isAddressed,
    isExact: told === 1 && accounts.size === 0 && named < 2 && others === (isAddressed ? 1 : 0),
    isSubject: told === 0,
  };
}

/** What words that were a front told, with the marks between them. */
export const frontOf = (words: string, rules: DeskRules): Front | undefined =>
  readFront(words.replace(/[:,!.–—-]+/gu, ' ').trim(), rules);

/** The longest name that words begin with, and how many words it has. */
function longest(
  words: readonly string[],
  names: ReadonlyMap<string, Meaning>,
): readonly [number, Meaning | undefined] {
  for (let n = Math.min(words.length, longestName); n > 0; n -= 1) {
    const meaning = names.get(words.slice(0, n).join(' '));
    if (meaning !== undefined) return [n, meaning];
  }
  return [1, undefined];
}

/** What is said to Crier in front of a text by no name of the protocol's; a capital would begin a text. */
const said: readonly RegExp[] = [
  /^(?:(?:hi|hiya|hello|hey|dear)[\s,]+)?@?crier\s?[,;:!–—-]+(?=\s)/iu,
  /^(?:hi|hiya|hello|hey|dear)\s+@?crier(?=\s)/iu,
  /^(?:please )?(?:can|could|would|will) you (?:please )?(?:post|publish|propose|send|share|tweet|put|schedule)\b[^\n:]{0,60}:(?![/\d])/iu,
  /^(?:please )?(?:post|publish|propose|send|share|tweet)\s[^\n:]{1,60}:(?![/\d])/u,
  /^(?:an? |the |this )?(?:new )?(?:post|tweet|message|draft) (?:saying|that says|to say|about)(?=[\s:])/u,
  /^to (?:everyone|everybody|all)(?:\s[^\n:]{1,30})?:(?![/\d])/u,
  /^(?:URGENT|EMERGENCY|ASAP)[!.…]*(?=\s)/u,
  /^(?:urgent|emergency|asap)[!.…]+(?=\s)/iu,
];

/** Words in front of a text that it keeps, and that somebody may have said to Crier all the same. */
export function lookingLikeFront(text: string, rules: DeskRules): string | undefined {
  const words = said.map((form) => form.exec(text)?.[0]).find((each) => each !== undefined);
  return (
    words?.trim() ?? timeInFront(text, rules) ?? markedFront(text, rules) ?? frontWithoutColon(text, rules)
  );
}

/** What may end a time in front of a text. Behind a dash, or on a line of its own, a figure begins a programme. */
const timesInFront: readonly RegExp[] = [
  /^(?=[\p{Ll}\d]|Schedule\s|Plan\s)(?:[^\n:]|:(?=\d)){2,60}:(?![/\d])/u,
  /^(?=\p{Ll}|Schedule\s|Plan\s)[^\n]{2,60}(?=\n)/u,
  /^(?=\p{Ll}|Schedule\s|Plan\s)[^\n]{2,60}?\s[-–—](?=\s)/u,
];

/** `tomorrow 9am: The road is shut`, `on X, tomorrow 9am: …`; behind a capital it is when something is on. */
function timeInFront(text: string, rules: DeskRules): string | undefined {
  return timesInFront
    .map((form) => form.exec(text)?.[0].trim())
    .find(
      (words) =>
        words !== undefined &&
        (reading(timeOf(words)) !== undefined || frontAndTime(words, rules) !== undefined),
    );
}

/** `for X and Facebook only, tomorrow at 9am:` in two: words of a front and those of a time, whichever comes first. */
export function frontAndTime(
  words: string,
  rules: DeskRules,
): { readonly front: string; readonly time: string } | undefined {
  const all = words.split(/\s+/u);
  for (let n = all.length - 1; n > 0; n -= 1) {
    const [first, second] = [all.slice(0, n).join(' '), all.slice(n).join(' ')];
    for (const [front, time] of [
      [first, second],
      [second, first],
    ] as const)
      if (frontOf(front, rules)?.isSubject === false && reading(timeOf(time)) !== undefined)
        return { front, time };
  }
  return undefined;
}

/** A time without what people write around it: `please schedule for tomorrow 9am:`, `(tomorrow 9am please)`. */
export function timeOf(words: string): string {
  const bare = withoutAtEnd(inside(words.trim()), /[\s:.!–—-]/u);
  return timeIn(
    bare.replace(
      /^(?:(?:please|pls|plz|(?:can|could|would|will) you|schedule|plan|post|publish|put|send|share|tweet|this|it|for|to go out|go out|out|to)(?:[\s,]+|$))+/iu,
      '',
    ),
  );
}

/** Words without the brackets that they stand in: `(urgent)`. */
const inside = (words: string): string => /^[([]([^()[\]]+)[)\]]$/u.exec(words)?.[1]?.trim() ?? words;

/** `(urgent) The road is shut`, `*urgent* The road is shut`; behind a capital only how urgent it is. */
function markedFront(text: string, rules: DeskRules): string | undefined {
  const {
    0: words,
    1: round,
    2: square,
    4: stressed,
  } = /^(?:\(([^()\n]{2,60})\)|\[([^[\]\n]{2,60})\]|([*_]{1,3})([^*_\n]{2,60})\3)[:.!]?(?=\s)/u.exec(text) ??
  [];
  const within = round ?? square ?? stressed;
  if (words === undefined || within === undefined) return undefined;
  const front = readFront(within, rules);
  const isSmall = /^\p{Ll}/u.test(within);
  const isFront = front !== undefined && !front.isSubject && (isSmall || front.urgency !== undefined);
  return isFront || (isSmall && reading(timeOf(within)) !== undefined) ? words : undefined;
}

/** Words of a front behind which another one of it stands. */
const leadsOn: ReadonlySet<string> = new Set([...joining, ...'to for on via as'.split(' ')]);

/**
 * `on facebook The road is open`: small letters name something, and the text begins behind them, with its first capital
 * that belongs to no name. `on facebook only` stands on a line of its own.
 */
function frontWithoutColon(text: string, rules: DeskRules): string | undefined {
  if (!/^\p{Ll}/u.test(text)) return undefined;
  const [line = '', after] = text.slice(0, longestFront).split('\n');
  const words = line.split(' ');
  for (let n = 1; n <= Math.min(words.length, longestName); n += 1) {
    const isEnd = n === words.length ? after !== undefined : /^[\p{Lu}\p{N}]/u.test(words[n] ?? '');
    const front = words.slice(0, n).join(' ');
    if (!isEnd || leadsOn.has(plain(words[n - 1] ?? ''))) continue;
    // `on X, Facebook The road is open`
    if (front.endsWith(',') && longest(words.slice(n).map(plain), known(rules))[1] !== undefined) continue;
    if (readFront(front, rules)?.isSubject === false) return front;
  }
  return undefined;
}

/** So much of a text is looked at for a front without a colon. */
const longestFront = 200;

/** What a text ends with that somebody may have said to Crier: `urgent`, `on Facebook only please`, `(urgent)`. */
export function lookingLikeEnd(text: string, rules: DeskRules): string | undefined {
  // What ends a post is taken off where it stands behind all else.
  const { text: before, until } = splitUntil(text);
  if (until !== undefined) return text.slice(before.length).trim();
  const from = text.lastIndexOf('\n');
  const line = text.slice(from + 1).trim();
  // A line of hashtags is the text's.
  if (line.length < 2 || /[#@]/u.test(line)) return undefined;
  if (from >= 0 && line.length <= longestEnd && isSaid(inside(line), rules)) return line;
  const bracket = /[)\]]$/u.test(line) ? Math.max(line.lastIndexOf('('), line.lastIndexOf('[')) : -1;
  const words = bracket > 0 ? line.slice(bracket) : '';
  return words.length > 2 && words.length <= longestEnd && isPlainlySaid(inside(words), rules)
    ? words
    : undefined;
}

/** A line of so many signs may be said to Crier. */
const longestEnd = 80;

/** Whether a line by itself may be said to Crier; the name of a department alone signs a text. */
function isSaid(line: string, rules: DeskRules): boolean {
  const front = readFront(line, rules);
  if (front === undefined) return isTimeSaid(line) || isSaidWithTime(line, rules);
  const isName =
    /^\p{Lu}/u.test(line) && front.urgency === undefined && front.accounts.length === 0 && !front.isNot;
  return !front.isSubject && !(isName && !front.isAddressed);
}

/** The same of words in brackets: `more (on our website)` is for residents. */
function isPlainlySaid(words: string, rules: DeskRules): boolean {
  const front = readFront(words, rules);
  if (front !== undefined) return isPlain(front, words);
  const both = frontAndTime(words, rules);
  const beside = both === undefined ? undefined : frontOf(both.front, rules);
  return isTimeSaid(words) || (beside !== undefined && isPlain(beside, words));
}

/** Whether it says how something goes out, and not merely where it is. */
const isPlain = (front: Front, words: string): boolean =>
  front.urgency !== undefined ||
  front.isNot ||
  (front.accounts.length > 0 && /\b(?:only|just|also|too|please|pls|plz)\b/iu.test(words));

/**
 * `on X only, tomorrow 9am`: where it goes and when. Behind a capital that is what is on where, unless it says more:
 * `On Facebook, Friday 7pm`; and so it is behind the name of a department, `Highways, tomorrow 9am`.
 */
function isSaidWithTime(line: string, rules: DeskRules): boolean {
  const both = frontAndTime(line, rules);
  const front = both === undefined ? undefined : frontOf(both.front, rules);
  if (front === undefined) return false;
  const isCapital = /^\p{Lu}/u.test(line);
  return isPlain(front, line) || (!isCapital && (front.isAddressed || front.accounts.length > 0));
}

/** `post tomorrow at 9am`, `for tomorrow 9am`, `tomorrow 9am please`; `Tomorrow 9am` is when something is on. */
function isTimeSaid(words: string): boolean {
  const time = reading(timeOf(words));
  if (time === undefined) return false;
  if (/^(?:please\s+)?(?:schedule|plan|post|publish|put|send|go out|to go out)\s/iu.test(words)) return true;
  const hasTime = time.is === 'in' || time.time !== undefined;
  return hasTime && (/^for\s/u.test(words) || /(?:^|\s)(?:please|pls|plz)[.!]?$/iu.test(words));
}
