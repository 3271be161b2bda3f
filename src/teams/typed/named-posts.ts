/** The posts that somebody names after the word of a command, and what else they wrote there. */
export interface NamedPosts {
  readonly numbers: readonly number[];
  /** named as one or the other: `16 or 17` */
  readonly either: readonly number[];
  /** named for a button each, once the others are done: `15 but not yet 13` */
  readonly later: readonly number[];
  /** words that nobody can tell the meaning of; empty where there are none */
  readonly left: string;
}

/**
 * `142` or `#142`. A figure that goes on (`1.5`, `1,500`, `3-7`) is no number of a post: the post that its beginning
 * names is another one.
 */
const numberForm = String.raw`(?:posts? |number |no\.? ?)?#?(?<number>\d{1,9})\b(?!,\d{3}(?!\d)|[./\u2013-]\d)`;

/**
 * `hold 1 second please`, `show 2 mins`: how long, which is said of no post. One `second` may be the second of something:
 * `hold 1 second line is wrong`.
 */
const duration = String.raw`(?:h(?:ou)?rs?|min(?:ute)?s?|secs?|seconds|second(?!\s+(?!(?:please|pls|plz|thanks?|ta|cheers|while|until|till|i|we|let|there|as|so|everyone|all|guys|team)\b)\p{L})|moments?|ticks?|days?|weeks?|months?|years?)`;

const notHowLong = String.raw`(?!\s*${duration}\b)`;

/** `13 for 2 hours`, `1 December`: a number that counts something else. */
const ofSomethingElse = String.raw`(?!\s*(?:%|(?:[ap]\.?m|o'?clock|${duration}|times?|others?|more|posts?|people|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|november|december)\b))`;

/** Not in `A565`, `£19` or `9:30`. */
const anywhere = new RegExp(
  String.raw`(?<![\p{L}\p{N}£$€.,:/\u2013-])${numberForm}(?!:\d)${ofSomethingElse}`,
  'giu',
);

const howLong = new RegExp(String.raw`(?<![\p{L}\p{N}])\d{1,9}\s*${duration}\b`, 'giu');

const firstForm = new RegExp(String.raw`^${numberForm}${notHowLong}[\s:,.]*(?<after>[\s\S]*)$`, 'iu');
const nextForm = new RegExp(
  String.raw`^(?:[\s,;&+]|\b(?:and|also|plus|then)\b)*(?<or>\bor\b[\s,]*)?${numberForm}${ofSomethingElse}`,
  'iu',
);

/** What may stand beside a command without changing it. */
const polite =
  /^(?:[\s,.;:!…–-]|\b(?:please|pls|plz|(?:for |right )?now|right away|straight away|immediately|at once|asap|urgently|quickly|thanks|thank you|thx|ta|cheers|both|too|also|only)\b)*$/iu;

/** Words that change what is asked, or empty: `please`, `now` and a full stop change nothing. */
export const leftOver = (words: string): string =>
  polite.test(words) ? '' : words.replace(/^[\s,.;:]+/u, '').trim();

/** Numbers that may be posts, wherever they stand in words that nobody understands otherwise. */
export function numbersWithin(words: string): readonly number[] {
  return [...new Set([...words.matchAll(anywhere)].map(({ groups }) => Number(groups?.['number'])))];
}

/** Words without what they say of how long: `1 second please`. */
export const withoutHowLong = (words: string): string => words.replace(howLong, '');

/** Reads one number at the beginning of what was typed after a command's word. */
export function readNumber(rest: string): { number: number; after: string } | undefined {
  const match = firstForm.exec(rest.trim());
  if (match?.groups === undefined) return undefined;
  return { number: Number(match.groups['number']), after: (match.groups['after'] ?? '').trim() };
}

/** Each is looked up and answered by itself; whoever names more sends them in several messages. */
const mostNamed = 50;

/** `13-15`, `#13 to #15`: each of them, where they are few enough to be meant one by one. */
const rangeForm = new RegExp(
  String.raw`(?<![\p{L}\p{N}£$€.,:/\u2013-])#?(?<from>\d{1,9})(?:\s*[\u2013-]\s*|\s+(?:to|until)\s+)#?(?<to>\d{1,9})\b(?![.,:/\u2013-]\d)${ofSomethingElse}`,
  'giu',
);

/** So many posts are a range at most; more are a slip of the finger. */
const longestRange = 10;

const withRanges = (rest: string): string =>
  rest.replace(rangeForm, (written, first: string, last: string) => {
    const [from, to] = [Number(first), Number(last)];
    if (to <= from || to - from >= longestRange) return written;
    return Array.from({ length: to - from + 1 }, (_, n) => String(from + n)).join(' ');
  });

/** Reads every number at the beginning, up to so many: `13 14`, `13, 14`, `#13 and #14`, `13 & 14`, `13-15`, `16 or 17?`. */
export function readNumbers(typed: string): NamedPosts | undefined {
  const named = numbersOf(withRanges(typed));
  if (named === undefined) return undefined;
  const { after, ...now } = named;
  const waiting = /^but not yet (?<numbers>.+)$/iu.exec(after.trim())?.groups?.['numbers'];
  const later = waiting === undefined ? undefined : numbersOf(waiting);
  return later !== undefined && leftOver(later.after) === ''
    ? { ...now, later: later.numbers, left: '' }
    : { ...now, later: [], left: leftOver(after) };
}

/** The numbers at the beginning, and what stands behind them. */
function numbersOf(
  rest: string,
): (Pick<NamedPosts, 'numbers' | 'either'> & { readonly after: string }) | undefined {
  const first = readNumber(rest);
  if (first === undefined) return undefined;
  const numbers = new Set([first.number]);
  const either = new Set<number>();
  let after = first.after;
  for (let next = nextForm.exec(after); next !== null; next = nextForm.exec(after)) {
    if (numbers.size + either.size >= mostNamed) break;
    const isOther = next.groups?.['or'] !== undefined || either.size > 0;
    (isOther ? either : numbers).add(Number(next.groups?.['number']));
    after = after.slice(next[0].length);
  }
  return { numbers: [...numbers], either: [...either], after };
}
