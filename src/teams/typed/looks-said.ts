import { plain } from '../../protocol/people.ts';
import { withoutAtEnd } from '../../protocol/text/at-end.ts';
import { reading } from '../../protocol/time-words.ts';
import { parseUntil, splitUntil, splitWhen } from '../../protocol/typed-time.ts';
import type { DeskRules } from '../../posts/post.ts';
import { timeIn } from './manners.ts';
import {
  frontOf,
  isWithinName,
  known,
  leadsOn,
  longest,
  longestName,
  readFront,
  type Front,
} from './front.ts';
import { leavingOut, unreadPlaces } from './left-out.ts';
import { mailAtEnd, mailInFront } from './mail-around.ts';

/** What a text keeps though somebody may have said it to Crier: in front of it, or at its end. Whoever typed it is asked. */

/** What is said to Crier in front of a text by no name of the protocol's; a capital would begin a text. */
const said: readonly RegExp[] = [
  /^(?:(?:hi|hiya|hello|hey|dear)[\s,]+)?@?crier\s?[,;:!–—-]+(?=\s)/iu,
  /^(?:hi|hiya|hello|hey|dear)\s+@?crier(?=\s)/iu,
  /^(?:(?:hi|hiya|hello|hey|dear)(?:\s(?:all|team|there|everyone))?[\s,]+)?(?:(?:please|pls|plz) )?(?:can|could|would|will) (?:you|u|ya) (?:(?:please|pls|plz) )?(?:post|publish|propose|send|share|tweet|put|schedule|get)\b[^\n:]{0,60}:(?![/\d])/iu,
  /^(?:please )?(?:post|publish|propose|send|share|tweet)\s[^\n:]{1,60}:(?![/\d])/u,
  /^(?:this|these|the following|it)(?: (?:post|tweet|message|one))? (?:out|up|on|for|to|via|please|pls|plz)\b[^\n:]{0,60}:(?![/\d])/u,
  /^(?:an? |the |this )?(?:new )?(?:post|tweet|message|draft) (?:saying|that says|to say|about)(?=[\s:])/u,
  /^to (?:everyone|everybody|all)(?:\s[^\n:]{1,30})?:(?![/\d])/u,
  // where it is to go, by a name that nobody knows
  /^(?:only|just) (?:on|via) [^\n:]{1,40}:(?![/\d])/u,
  /^(?:on|via|to) [^\n:]{1,40} (?:only|alone)(?: please)?:(?![/\d])/u,
  /^(?:not|(?:(?:please|on|to|for|via) )*(?:everywhere|everything|all) (?:but|bar|except|excluding|apart from|other than)|(?:please )?(?:do not|don['\u2019]t) (?:post|publish|put|send|share)(?: (?:it|this))? (?:on|to|via)) (?:[^\n:.;!]|[.;!](?!\s)){1,60}:(?![/\d])/u,
  /^(?:URGENT|EMERGENCY|ASAP)[!.…]*(?=\s)/u,
  /^(?:urgent|emergency|asap)[!.…]+(?=\s)/iu,
];

/** Words in front of a text that it keeps, and that somebody may have said to Crier all the same. */
export function lookingLikeFront(text: string, rules: DeskRules): string | undefined {
  const words = said.map((form) => form.exec(text)?.[0]).find((each) => each !== undefined);
  return (
    mailInFront(text) ??
    words?.trim() ??
    timeInFront(text, rules) ??
    markedFront(text, rules) ??
    leavingOut(text, rules) ??
    unreadPlaces(text, rules) ??
    frontWithoutColon(text, rules)
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
    .find((words) => words !== undefined && (isTime(words) || frontAndTime(words, rules) !== undefined));
}

/** Whether words are when a post goes out, be it with when it ends. */
const isTime = (words: string): boolean =>
  reading(timeOf(words)) !== undefined || spanIn(words) !== undefined;

/** `tomorrow 9am until 5pm:` in two: when a post goes out, and when it ends. */
export function spanIn(words: string): { readonly when: string; readonly until: string } | undefined {
  const { when, until } = splitWhen(timeOf(words));
  if (until === undefined || reading(timeIn(when)) === undefined) return undefined;
  // what it comes to does not matter here, so any moment serves
  const end = parseUntil(until, 0);
  return end.ok || end.code !== 'not-understood' ? { when: timeIn(when), until } : undefined;
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
      if (frontOf(front, rules)?.isSubject === false && isTime(time)) return { front, time };
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
    if (isWithinName(words, n, rules)) continue;
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
  const mail = mailAtEnd(text);
  if (mail !== undefined) return mail.trim();
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
  // `Sefton Council` is what a page is called as well
  const isOwnName = front.accounts.length === 0 || !namesNetwork(line, rules);
  const isName = /^\p{Lu}/u.test(line) && isOwnName && !isPlain(front, line);
  return !front.isSubject && !(isName && !front.isAddressed);
}

/** Whether a word of a line alone is a place, such as `Facebook`. */
const namesNetwork = (line: string, rules: DeskRules): boolean =>
  plain(line)
    .split(' ')
    .some((word) => known(rules).get(word)?.is === 'accounts');

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
  ((front.accounts.length > 0 || front.isElsewhere) &&
    /\b(?:only|just|also|too|please|pls|plz)\b/iu.test(words));

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
