import { findDepartment, mayPropose, type NearDepartment } from '../../protocol/people.ts';
import type { Department, Urgency } from '../../protocol/protocol.ts';
import type { DeskRules } from '../../posts/post.ts';
import { splitUntil } from '../../protocol/typed-time.ts';
import { emptyFront, frontOf, readFront, type Front } from './front.ts';
import { lookingLikeEnd, lookingLikeFront } from './looks-said.ts';

/** Words in front of a text that stay part of it, and are asked about. */
export type Asked =
  /** they may have meant a department */
  | { readonly is: 'stays'; readonly words: string; readonly department: Department }
  /** they may have been for Crier; which departments they name */
  | { readonly is: 'front'; readonly words: string; readonly departments: readonly Department[] };

/** What is to be asked about a text: words of it that may have been for Crier. */
export interface Open {
  readonly asked?: Asked;
  /** what the text ends with */
  readonly ending?: string;
}

/** What somebody wants said, and what they told Crier in front of it. */
export interface Proposal extends Open {
  readonly text: string;
  readonly department?: Department;
  readonly urgency: Urgency;
  /** account ids; absent: those that the protocol gives it */
  readonly accounts?: readonly string[];
  /** the accounts are beside those that the protocol gives it */
  readonly isMore?: boolean;
  /** words that were taken off, and which its card alone would not show for what they were */
  readonly taken?: string;
}

/** A text that begins with words for Crier, which are taken off or asked about. */
type Begun =
  | {
      readonly is: 'told';
      readonly words: string;
      readonly after: string;
      readonly front: Front;
      /** its card alone would not show what they were */
      readonly isSaid: boolean;
    }
  | { readonly is: 'asks'; readonly asked: Asked };

/** Three fronts are as many as there are things to tell: `urgent: for Highways: on Facebook: …`. */
const mostFronts = 3;

/** Reads `for Highways: text`, `Highways: text`, `urgent: text`, `on Facebook only: text`, `: text` or `text`. */
export function readProposal(rest: string, person: string, rules: DeskRules): Proposal {
  let read: Proposal = { text: unpointed(rest.trim()), urgency: 'normal' };
  let isFor = false;
  for (let n = 0; n < mostFronts; n += 1) {
    const begun = beginningOf(read.text, person, rules);
    if (begun?.is !== 'told' || (isFor && begun.front.departments.length > 0)) break;
    isFor ||= begun.front.departments.length > 0;
    read = told(read, begun);
  }
  const near = isFor ? undefined : nearlyNamed(read.text, person, rules);
  if (near?.told !== undefined) {
    read = { ...read, ...near.told };
    isFor = true;
  }
  const { asked, ending } = openIn(read.text, splitUntil(read.text).text, isFor, person, rules);
  return {
    ...read,
    ...(asked === undefined ? {} : { asked }),
    ...(ending === undefined ? {} : { ending }),
  };
}

/** `Highways: Roads: …` is for one department, and goes on with a heading. */
const headsOnly = ({ departments, urgency, accounts }: Front): boolean =>
  departments.length > 0 && urgency === undefined && accounts.length === 0;

/**
 * What is left to be asked about the text of a draft, of which nothing is taken off any more.
 *
 * @param before words in front of it that were answered or are still to be, and may have said for whom it is
 */
export function leftToAsk(text: string, before: readonly string[], person: string, rules: DeskRules): Open {
  const isFor = before.some((words) => (frontOf(words, rules)?.departments ?? []).length > 0);
  return openIn(text, text, isFor, person, rules);
}

function openIn(text: string, whole: string, isFor: boolean, person: string, rules: DeskRules): Open {
  const asked = askedInFront(text, isFor, person, rules);
  const ending = lookingLikeEnd(whole, rules);
  return { ...(asked === undefined ? {} : { asked }), ...(ending === undefined ? {} : { ending }) };
}

function askedInFront(text: string, isFor: boolean, person: string, rules: DeskRules): Asked | undefined {
  const begun = beginningOf(text, person, rules);
  if (begun?.is === 'asks') return begun.asked;
  if (begun !== undefined && begun.after !== '' && !(isFor && headsOnly(begun.front)))
    return { is: 'front', words: begun.words, departments: begun.front.departments };
  const near = isFor ? undefined : nearlyNamed(text, person, rules);
  if (near !== undefined) return near.asked;
  const words = lookingLikeFront(text, rules);
  return words === undefined ? undefined : { is: 'front', words, departments: [] };
}

/** The text without the mark that stood between it and the word `propose`; a dash may begin a list. */
function unpointed(text: string): string {
  const mark = text.includes('\n')
    ? /^(?::(?:\s+|(?=[\p{L}\p{N}]))|[.;,]\s+)/u
    : /^(?::(?:\s+|(?=[\p{L}\p{N}]))|[.;,–—-]\s+)/u;
  return text.replace(mark, '');
}

function told(before: Proposal, begun: Extract<Begun, { readonly is: 'told' }>): Proposal {
  const { words, after, front, isSaid } = begun;
  const [department, ...others] = front.departments;
  const taken = [before.taken, isSaid ? words : undefined].filter((each) => each !== undefined).join(' ');
  return {
    ...before,
    text: after,
    ...(department === undefined || others.length > 0 ? {} : { department }),
    ...(front.urgency === undefined ? {} : { urgency: front.urgency }),
    ...(front.accounts.length === 0 ? {} : { accounts: front.accounts, isMore: front.isMore }),
    ...(taken === '' ? {} : { taken }),
  };
}

/** Marks that stand around a text, or around its first words: `"urgent: …"`, `**Highways:** …`. */
export const marksBefore = (text: string): string =>
  /^["\u201C\u2018'*_`]{1,4}(?=[\p{L}\p{N}])/u.exec(text)?.[0] ?? '';

const closing: Readonly<Record<string, string>> = { '\u201C': '\u201D', '\u2018': '\u2019' };

/** Words in front that are all for Crier, with the mark that ends them, and with what stands around them alone. */
function beginningOf(text: string, person: string, rules: DeskRules): Begun | undefined {
  const marks = marksBefore(text);
  const begun = unmarkedBeginning(text.slice(marks.length), person, rules);
  if (marks === '' || begun === undefined) return begun;
  const ends = [...marks]
    .reverse()
    .map((mark) => closing[mark] ?? mark)
    .join('');
  const { words } = begun.is === 'told' ? begun : begun.asked;
  const isWithin = words.includes(ends);
  const isBehind = !isWithin && text.startsWith(`${marks}${words}${ends}`);
  const all = isWithin ? `${marks}${words}` : isBehind ? `${marks}${words}${ends}` : words;
  if (begun.is === 'asks') return { is: 'asks', asked: { ...begun.asked, words: all } };
  const { after } = begun;
  const behind = isWithin ? after : isBehind ? after.slice(ends.length).trimStart() : `${marks}${after}`;
  return { ...begun, words: all, after: behind };
}

function unmarkedBeginning(text: string, person: string, rules: DeskRules): Begun | undefined {
  const [, words, mark, after] =
    /^([^\n:]{1,80}?)(:(?![/\d])[^\S\n]*|[^\S\n]*\n)([\s\S]*)$/u.exec(text) ?? [];
  if (words !== undefined && mark !== undefined && after !== undefined) {
    const front = readFront(words, rules);
    // A line of its own needs no colon where it says for whom it is.
    if (front !== undefined && (mark.startsWith(':') || (front.names === 1 && front.isAddressed)))
      return meantBy(`${words.trim()}${mark.trim()}`, front, after.trimStart(), person, rules);
  }
  // Behind a name that there is, a dash is a colon.
  const {
    before = '',
    dash = '',
    after: behind = '',
  } = /^(?<before>[^\n:]{2,60}?)(?<dash>[^\S\n]+[-–—]\s+)(?<after>[\s\S]+)$/u.exec(text)?.groups ?? {};
  const dashed = readFront(before, rules);
  if (dashed?.isSubject === false)
    return meantBy(`${before}${dash.trimEnd()}`, dashed, behind, person, rules);
  return urgentWithoutColon(text, rules) ?? forWhomAlone(text, rules);
}

/**
 * Whether such words are taken off, and what is said of it. Behind a capital they head the text, unless they are a
 * department of the writer's or how urgent it is and nothing more; a department that somebody does not write for is
 * meant only by `for`; where it is not to go, that it is to go everywhere, and a network
 * on which the council has no account, is asked about. What is taken off is said where it may have been a heading,
 * or where it changes who decides.
 */
function meantBy(
  words: string,
  front: Front,
  after: string,
  person: string,
  rules: DeskRules,
): Begun | undefined {
  const { departments, names, urgency, isAddressed, isExact, isNot, isEverywhere, isElsewhere, isSubject } =
    front;
  const isCapital = /^\p{Lu}/u.test(words);
  // `No Facebook: …` heads a text, and so does what it goes on from in small letters
  const isPlaces = front.without.length > 0 || isElsewhere;
  const heads = !isPlaces || /^no\s/iu.test(words) || goesOnSmall(words, after);
  if (isNot && isCapital && !isEverywhere && heads) return undefined;
  const isTheirs = departments.every(({ id }) => mayPropose(person, id, rules));
  if (isNot || isEverywhere || isElsewhere || (isCapital && !isExact) || (!isTheirs && !isAddressed))
    return { is: 'asks', asked: { is: 'front', words, departments } };
  const isSaid = isCapital || names > 1 || departments.length > 1 || urgency !== undefined || isSubject;
  return { is: 'told', words, after, front, isSaid };
}

/**
 * `urgent The road is shut`: without its colon it is one word of many texts. What begins like a sentence behind small
 * letters is urgent; `Emergency services are here` is a text.
 */
function urgentWithoutColon(text: string, rules: DeskRules): Begun | undefined {
  const [, word = '', mark = '', after = ''] =
    /^(urgent|emergency)((?=[\s,])[\s,]+)([\s\S]*\S[\s\S]*)$/iu.exec(text) ?? [];
  const front = word === '' ? undefined : readFront(word, rules);
  if (front === undefined) return undefined;
  const isSmall = /^\p{Ll}/u.test(word);
  const begins = /^(?:\p{Lu}|for\s|to\s|on\s)/u.test(after);
  if (mark.includes(',') || mark.includes('\n') || (isSmall && begins))
    return { is: 'told', words: `${word}${mark.trim()}`, after, front, isSaid: true };
  // `Urgent care centre opens`
  return !isSmall && !begins
    ? undefined
    : { is: 'asks', asked: { is: 'front', words: word, departments: [] } };
}

/** `for Highways` and nothing else; its files are all that it is about, if it has any. */
function forWhomAlone(text: string, rules: DeskRules): Begun | undefined {
  if (!/^for(?:\s|$)/iu.test(text)) return undefined;
  if (text.trim().length === 3)
    return { is: 'told', words: text, after: '', front: emptyFront, isSaid: false };
  const front = readFront(text, rules);
  return front === undefined ? undefined : { is: 'told', words: text, after: '', front, isSaid: false };
}

/** What is asked about a department that is nearly named; and what is told by it, where it can be no other. */
interface Nearly {
  readonly asked: Asked;
  readonly told?: Required<Pick<Proposal, 'text' | 'department'>>;
}

/**
 * A department that is written nearly or is none, in front of a colon; or `for Highways The road is shut`, where nobody
 * can tell whether the words begin the text.
 */
function nearlyNamed(text: string, person: string, rules: DeskRules): Nearly | undefined {
  const named = /^(?<for>for\s+)?(?<name>[\p{L}\p{N}&', -]{2,60}):(?![/\d])\s*/iu.exec(text);
  if (named?.groups === undefined) return withoutColon(text, rules);
  const name = (named.groups['name'] ?? '').trim();
  const after = text.slice(named[0].length);
  const found = findDepartment(name, rules);
  const isFor = named.groups['for'] !== undefined;
  const written = `${named.groups['for'] ?? ''}${name}:`;
  if (isFor && found.found === 'nearly' && /^\p{Ll}/u.test(written))
    return {
      told: { text: after, department: found.department },
      asked: { is: 'stays', words: written, department: found.department },
    };
  // `For your safety: keep off the ice`
  if (isFor && found.found !== 'nearly')
    return goesOnSmall(written, after)
      ? undefined
      : { asked: { is: 'front', words: written, departments: [] } };
  if (found.found !== 'nearly' || isHeading(name, after, found, person, rules)) return undefined;
  return { asked: { is: 'stays', words: written, department: found.department } };
}

/**
 * Whether `Election` for `Elections` heads the text: what it heads goes on small, while a post that is written for a
 * department begins as a sentence does; or its writer could not mean that department at all.
 */
function isHeading(
  name: string,
  after: string,
  { isOtherNumber, department }: NearDepartment,
  person: string,
  rules: DeskRules,
): boolean {
  if (!isOtherNumber) return false;
  return goesOnSmall(name, after) || !mayPropose(person, department.id, rules);
}

/** `Traffic: the A565 is closed`: what a heading heads goes on small. */
const goesOnSmall = (name: string, after: string): boolean => /^\p{Lu}/u.test(name) && /^\p{Ll}/u.test(after);

/** `for Highways The road is shut`: whether the words begin the text nobody can tell. */
function withoutColon(text: string, rules: DeskRules): { readonly asked: Asked } | undefined {
  const words = /^for\s+(?<rest>[^\n]+)/iu.exec(text)?.groups?.['rest']?.split(/\s+/u) ?? [];
  for (let n = Math.min(words.length, 6); n > 0; n -= 1) {
    const name = words.slice(0, n).join(' ');
    const found = findDepartment(name, rules);
    if (found.found === 'exactly')
      return { asked: { is: 'stays', words: `for ${name}`, department: found.department } };
  }
  return undefined;
}
