import { departmentsToProposeFor } from '../../protocol/people.ts';
import { askWhetherText } from '../../words/several.ts';
import type { Desk } from '../desk.ts';
import { isCaptions } from '../files.ts';
import type { Choice } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { isCommand } from './is-command.ts';
import { isCounting, visible } from './numbered.ts';

/** What may be a text for residents, though it was typed without `propose` and may begin as a command does. */

/** From so many words on what is no command may be what residents should read; from fewer, where it has a capital. */
export const fullSentence = 5;
export const shortSentence = 3;

export const wordsIn = (text: string): number => text.split(/\s+/u).length;

/**
 * Whether words are written for residents, whatever begins them: `People can park here again on Bold Street.`, `Show your
 * support for local shops`, `Why wait? Book today`. What is said to Crier has no sentence behind it, and names its posts.
 */
export function isWrittenAsText(typed: string, word: string, rest: string): boolean {
  if (!/^\p{Lu}/u.test(typed)) return false;
  const count = wordsIn(typed);
  if (count >= (states.test(typed) ? shortSentence : fullSentence) && /[.!]$/u.test(typed)) return true;
  const goesOn = toResidents.test(rest) || inside.test(typed) || (nouns.has(word) && states.test(typed));
  return count >= fullSentence && goesOn && !isForCrier(rest);
}

/** What few words say that ask for nothing. */
const states = /\s(?:is|are|was|were|has|have|had|will|can|must)\s/iu;

/** What residents have, or do. */
const toResidents = /\byour(?:s|self|selves)?\b|\b(?:if|when|before|as|do|are|could) you\b/iu;

/** Whether a sentence that could be said of a post tells residents what to do with what is theirs. */
export const tellsResidents = (sentence: string): boolean =>
  /^\p{Lu}/u.test(sentence) && wordsIn(sentence) > fullSentence && toResidents.test(sentence);

/** A mark behind which a sentence goes on: `Hold tight: the new playground opens`. */
const inside = /\p{L}[:?!] \S+ \S/u;

/** Words of commands that a sentence may speak of. */
const nouns: ReadonlySet<string> = new Set(
  'posts waiting picture captions schedule calendar people accounts help'.split(' '),
);

/** Whether what stands behind a command is said to Crier, of something that both know. */
const isForCrier = (rest: string): boolean =>
  /\b(?:posts?|drafts?|tweets?|please|pls|plz|thanks?|thx|crier|i|me|my|mine|ones?)\b|^(?:it|that|these|those|them|this(?! (?:week|month|year|winter|spring|summer|autumn|christmas|easter|half)))\b(?!:)/iu.test(
    rest,
  );

/** Whether words that a command has answered with a question, or a no, may have been for residents instead. */
export async function mayBeText(
  typed: string,
  word: string,
  rest: string,
  turn: Turn,
  desk: Desk,
): Promise<boolean> {
  const isMarked = /[.!?]$/u.test(typed);
  const isWritten = !/^\p{Lu}/u.test(typed)
    ? isSmallText(typed, word, rest)
    : isMarked
      ? wordsIn(typed) >= (typed.endsWith('?') ? fullSentence : shortSentence)
      : wordsIn(typed) >= fullSentence && !isForCrier(rest) && (!isCommand(word, rest) || isCounting(rest));
  return isWritten && !(await namesPost(rest, turn, desk));
}

/** `hold the line: our new helpline opens.` in small letters, where the command is none; `hold the last one.` is said. */
const isSmallText = (typed: string, word: string, rest: string): boolean =>
  wordsIn(typed) >= fullSentence &&
  /[.!]$/u.test(typed) &&
  !isCommand(word, rest) &&
  !/\b(?:please|pls|plz|thanks?|it|my|our own|this|that|ones?)\b/iu.test(rest);

/** Whoever names a post, or calls it one, speaks to Crier. */
async function namesPost(rest: string, turn: Turn, desk: Desk): Promise<boolean> {
  if (/\b(?:posts?|drafts?)\b/iu.test(rest)) return true;
  const number = /^(?:number |no\.? ?)?#?(?<number>\d{1,9})\b/iu.exec(rest)?.groups?.['number'];
  if (number === undefined || isCounting(rest)) return false;
  return (await visible(Number(number), turn, desk)) !== undefined;
}

/** The question whether residents should read a sentence that is no command; undefined where the person writes for nobody. */
export function forResidents(sentence: string, turn: Turn, desk: Desk): Choice | undefined {
  if (departmentsToProposeFor(turn.person, desk.rules()).length === 0) return undefined;
  return { show: 'choice', ...askWhetherText(sentence, besideWords(turn)) };
}

const besideWords = ({ files }: Turn): 'picture' | 'captions' | undefined =>
  files.length === 0 ? undefined : files.every(({ name }) => isCaptions(name)) ? 'captions' : 'picture';
