import { networkNames, type Department, type NetworkName, type Urgency } from '../../protocol/protocol.ts';
import { plain } from '../../protocol/people.ts';
import { withoutAtEnd } from '../../protocol/text/at-end.ts';
import { reading } from '../../protocol/time-words.ts';
import type { DeskRules } from '../../posts/post.ts';

/** What words in front of a text tell Crier. */
export interface Front {
  /** each once */
  readonly departments: readonly Department[];
  /** how many names they stand under: `bins and recycling` is one department by two */
  readonly names: number;
  readonly urgency?: Urgency;
  /** account ids */
  readonly accounts: readonly string[];
  /** beside those that a post goes to by itself */
  readonly isMore: boolean;
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

const more: ReadonlySet<string> = new Set(['also', 'too']);

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
  isMore: false,
  isAddressed: true,
  isExact: false,
  isSubject: false,
};

type Meaning =
  | { readonly is: 'department'; readonly department: Department }
  | { readonly is: 'urgency'; readonly urgency: Urgency }
  | { readonly is: 'accounts'; readonly accounts: readonly string[] };

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
  let left = all;
  let named = 0;
  let others = 0;
  let before: Meaning['is'] | undefined;
  let urgency: Urgency | undefined;
  let isMore = false;
  let isSubject = false;
  while (left.length > 0) {
    const [length, meaning] = longest(left, names);
    const [word = ''] = left;
    left = left.slice(length);
    if (meaning === undefined) {
      const isKind = before !== undefined && kinds[word] === before;
      if (!isKind && !addressing.has(word) && !joining.has(word) && !subjects.has(word)) return undefined;
      isSubject ||= subjects.has(word);
      isMore ||= more.has(word);
      others += 1;
    } else if (meaning.is === 'department') {
      departments.add(meaning.department);
      named += 1;
    } else if (meaning.is === 'urgency') {
      urgency = urgency === 'emergency' ? urgency : meaning.urgency;
    } else {
      for (const id of meaning.accounts) accounts.add(id);
    }
    before = meaning?.is;
  }
  const told = departments.size + accounts.size + (urgency === undefined ? 0 : 1);
  if (told === 0 && !isSubject) return undefined;
  const isAddressed = departments.size > 0 && /^(?:for|to)$/u.test(all[0] ?? '');
  return {
    departments: [...departments],
    names: named,
    ...(urgency === undefined ? {} : { urgency }),
    accounts: [...accounts],
    isMore,
    isAddressed,
    isExact: told === 1 && accounts.size === 0 && named < 2 && others === (isAddressed ? 1 : 0),
    isSubject: told === 0,
  };
}

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
  /^(?:URGENT|EMERGENCY|ASAP)[!.…]*(?=\s)/u,
  /^(?:urgent|emergency|asap)[!.…]+(?=\s)/iu,
];

/** Words in front of a text that it keeps, and that somebody may have said to Crier all the same. */
export function lookingLikeFront(text: string, rules: DeskRules): string | undefined {
  const words = said.map((form) => form.exec(text)?.[0]).find((each) => each !== undefined);
  return words?.trim() ?? timeInFront(text) ?? frontWithoutColon(text, rules);
}

/** `tomorrow 9am: The road is shut`; behind a capital it is when something is on. */
function timeInFront(text: string): string | undefined {
  const words = /^(?:[^\n:]|:(?=\d)){2,60}:(?![/\d])/u.exec(text)?.[0] ?? '';
  const isSaid = /^(?:[\p{Ll}\d]|Schedule\s|Plan\s)/u.test(words);
  return isSaid && reading(timeOf(words)) !== undefined ? words : undefined;
}

/** A time without what people write around it: `please schedule for tomorrow 9am:`. */
export function timeOf(words: string): string {
  const bare = withoutAtEnd(words.trim(), /[\s:.!]/u);
  return bare.replace(
    /^(?:(?:please|pls|plz|schedule|plan|post|publish|send|this|it|for|to go out|to)(?:[\s,]+|$))+/iu,
    '',
  );
}

/** `on facebook The road is open`: small letters name something, and the text begins behind them. */
function frontWithoutColon(text: string, rules: DeskRules): string | undefined {
  if (!/^\p{Ll}/u.test(text)) return undefined;
  const [line = ''] = text.slice(0, longestFront).split('\n');
  const words = line.split(' ');
  for (let n = Math.min(words.length - 1, longestName); n > 0; n -= 1) {
    const front = /^[\p{Lu}\p{N}]/u.test(words[n] ?? '') ? words.slice(0, n).join(' ') : '';
    if (readFront(front, rules)?.isSubject === false) return front;
  }
  return undefined;
}

/** So much of a text is looked at for a front without a colon. */
const longestFront = 200;

/** The last line of a text, where somebody may have said it to Crier: `urgent`, `on Facebook only please`. */
export function lookingLikeEnd(text: string, rules: DeskRules): string | undefined {
  const from = text.lastIndexOf('\n');
  const line = text.slice(from + 1).trim();
  // A line of hashtags is the text's.
  if (from < 0 || line.length < 2 || line.length > 80 || /[#@]/u.test(line)) return undefined;
  const front = readFront(line, rules);
  if (front !== undefined) {
    const isName = /^\p{Lu}/u.test(line) && front.urgency === undefined && front.accounts.length === 0;
    return front.isSubject || (isName && !front.isAddressed) ? undefined : line;
  }
  const isPlanned = /^(?:please\s+)?(?:schedule|plan|post|publish|send)\s/iu.test(line);
  return isPlanned && reading(timeOf(line)) !== undefined ? line : undefined;
}
