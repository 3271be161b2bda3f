import { findDepartment, mayPropose, type NearDepartment } from '../../protocol/people.ts';
import type { Department, Urgency } from '../../protocol/protocol.ts';
import type { DeskRules } from '../../posts/post.ts';
import { splitUntil } from '../../protocol/typed-time.ts';
import { emptyFront, lookingLikeEnd, lookingLikeFront, readFront, type Front } from './front.ts';

/** What is asked about words at the front of a text, on the card or below it. */
export type Asked =
  /** they may have meant a department, and stay part of the text */
  | { readonly is: 'stays'; readonly words: string; readonly department: Department }
  /** they may have been for Crier, and stay part of the text; which departments they name */
  | { readonly is: 'front'; readonly words: string; readonly departments: readonly Department[] }
  /** they named several departments, and are no part of the text */
  | { readonly is: 'several'; readonly words: string; readonly departments: readonly Department[] };

/** What somebody wants said, and what they told Crier in front of it. */
export interface Proposal {
  readonly text: string;
  readonly department?: Department;
  readonly urgency: Urgency;
  /** account ids; absent: those that the protocol gives it */
  readonly accounts?: readonly string[];
  /** the accounts are beside those that the protocol gives it */
  readonly isMore?: boolean;
  /** words that were taken off, and which its card alone would not show for what they were */
  readonly taken?: string;
  readonly asked?: Asked;
  /** the last line, which stays part of the text and may have been for Crier */
  readonly ending?: string;
}

/** What is said of words in front of a text and behind it, and what came of them. */
export type FrontOf = Pick<Proposal, 'taken' | 'asked' | 'ending' | 'department' | 'urgency'>;

/** A text that begins with words for Crier, which are taken off or asked about. */
type Begun =
  | {
      readonly is: 'told';
      readonly after: string;
      readonly front: Front;
      readonly taken?: string;
      readonly asked?: Asked;
    }
  | { readonly is: 'asks'; readonly asked: Asked };

/** Three fronts are as many as there are things to tell: `urgent: for Highways: on Facebook: …`. */
const mostFronts = 3;

/** Reads `for Highways: text`, `Highways: text`, `urgent: text`, `on Facebook only: text`, `: text` or `text`. */
export function readProposal(rest: string, person: string, rules: DeskRules): Proposal {
  const read = readFronts(rest, person, rules);
  const words = read.asked === undefined ? lookingLikeFront(read.text, rules) : undefined;
  const ending = lookingLikeEnd(splitUntil(read.text).text, rules);
  return {
    ...read,
    ...(words === undefined ? {} : { asked: { is: 'front', words, departments: [] } }),
    ...(ending === undefined ? {} : { ending }),
  };
}

function readFronts(rest: string, person: string, rules: DeskRules): Proposal {
  let proposal: Proposal = { text: unpointed(rest.trim()), urgency: 'normal' };
  for (let n = 0; n < mostFronts; n += 1) {
    const begun = beginningOf(proposal.text, person, rules);
    if (begun === undefined) break;
    if (begun.is === 'asks') return { ...proposal, asked: begun.asked };
    // `Highways: Roads: …` is for one department, and goes on with a heading.
    if (n > 0 && begun.front.departments.length > 0 && proposal.department !== undefined) return proposal;
    proposal = told(proposal, begun);
  }
  if (proposal.asked !== undefined || proposal.department !== undefined) return proposal;
  return { ...proposal, ...nearlyNamed(proposal.text, person, rules) };
}

/** The text without the mark that stood between it and the word `propose`; a dash may begin a list. */
function unpointed(text: string): string {
  const mark = text.includes('\n')
    ? /^(?::(?:\s+|(?=[\p{L}\p{N}]))|[.;,]\s+)/u
    : /^(?::(?:\s+|(?=[\p{L}\p{N}]))|[.;,–—-]\s+)/u;
  return text.replace(mark, '');
}

function told(
  before: Proposal,
  { after, front, taken, asked }: Extract<Begun, { readonly is: 'told' }>,
): Proposal {
  const [department, ...others] = front.departments;
  const question = asked ?? before.asked;
  const off = [before.taken, taken].filter((each) => each !== undefined).join(' ');
  return {
    ...before,
    text: after,
    ...(department === undefined || others.length > 0 ? {} : { department }),
    ...(front.urgency === undefined ? {} : { urgency: front.urgency }),
    ...(front.accounts.length === 0 ? {} : { accounts: front.accounts, isMore: front.isMore }),
    ...(off === '' ? {} : { taken: off }),
    ...(question === undefined ? {} : { asked: question }),
  };
}

/** Words in front that are all for Crier, with the mark that ends them. */
function beginningOf(text: string, person: string, rules: DeskRules): Begun | undefined {
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
 * meant only by `for`. What is taken off is said where it may have been a heading, or where it changes who decides.
 */
function meantBy(words: string, front: Front, after: string, person: string, rules: DeskRules): Begun {
  const { departments, names, urgency, isAddressed, isExact, isSubject } = front;
  const isCapital = /^\p{Lu}/u.test(words);
  const isTheirs = departments.every(({ id }) => mayPropose(person, id, rules));
  if ((isCapital && !isExact) || (!isTheirs && !isAddressed))
    return { is: 'asks', asked: { is: 'front', words, departments } };
  if (departments.length > 1)
    return {
      is: 'told',
      after,
      front,
      ...(urgency === undefined ? {} : { taken: words }),
      asked: { is: 'several', words, departments },
    };
  const isSaid = isCapital || names > 1 || urgency !== undefined || isSubject;
  return { is: 'told', after, front, ...(isSaid ? { taken: words } : {}) };
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
    return { is: 'told', after, front, taken: `${word}${mark.trim()}` };
  // `Urgent care centre opens`
  return !isSmall && !begins
    ? undefined
    : { is: 'asks', asked: { is: 'front', words: word, departments: [] } };
}

/** `for Highways` and nothing else; its files are all that it is about, if it has any. */
function forWhomAlone(text: string, rules: DeskRules): Begun | undefined {
  if (!/^for(?:\s|$)/iu.test(text)) return undefined;
  if (text.trim().length === 3) return { is: 'told', after: '', front: emptyFront };
  const front = readFront(text, rules);
  return front === undefined ? undefined : { is: 'told', after: '', front };
}

/**
 * A department that is written nearly or is none, in front of a colon; or `for Highways The road is shut`, where nobody
 * can tell whether the words begin the text.
 */
function nearlyNamed(
  text: string,
  person: string,
  rules: DeskRules,
): Pick<Proposal, 'text' | 'department'> | { readonly asked: Asked } | undefined {
  const named = /^(?<for>for\s+)?(?<name>[\p{L}\p{N}&', -]{2,60}):(?![/\d])\s*/iu.exec(text);
  if (named?.groups === undefined) return withoutColon(text, rules);
  const name = (named.groups['name'] ?? '').trim();
  const after = text.slice(named[0].length);
  const found = findDepartment(name, rules);
  const isFor = named.groups['for'] !== undefined;
  const written = `${named.groups['for'] ?? ''}${name}:`;
  if (isFor && found.found === 'nearly' && /^\p{Ll}/u.test(written))
    return { text: after, department: found.department };
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
