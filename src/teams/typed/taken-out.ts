import { leftOver } from './named-posts.ts';

/** What somebody wants out of a post, which they want to stay: `remove "pies" from 3`. */

/** A part of a post, and the number of that post. */
export interface TakenOut {
  readonly number: string;
  /** as it was written: `the last sentence` */
  readonly part: string;
}

const part = String.raw`(?:sentence|line|word|phrase|hashtag|link|comma|full stop|paragraph|picture|photo|image|video|heading|headline|title|emoji|typo)s?`;

/** What a post is made of. */
export const ofPart = new RegExp(String.raw`\b${part}\b`, 'iu');

/** A picture, which no correction changes. */
export const ofPicture = /^(?!["\u201C'\u2018]).*\b(?:picture|photo|image|video)s?\b/iu;

/** Verbs that take something away: of a post the whole, or a part that is named behind them. */
const takes = String.raw`(?:remove|delete|cancel|take|cut|drop|scrap|strip|lose|leave|bin|erase|pull|get rid of)(?: out| away| down)?`;

const number = String.raw`(?:post |draft |number |no\.? ?)?#?(?<number>\d{1,9})`;

/** `take the word pies out of #3` */
const fromPost = new RegExp(
  String.raw`^${takes} (?<part>\S.{0,200}?) (?:out of|out from|from|off|in|of) ${number}\b(?!,\d|[./:\u2013-]\d)(?<after>.*)$`,
  'isu',
);

/** `remove 3 "pies"`, `3: delete the last line`: what the post keeps is written in marks, or called a part of it. */
const ofPost = new RegExp(
  String.raw`^(?:${takes} ${number}|${number.replace('<number>', '<first>')}[:,;]? (?:please )?${takes})[:,;]? (?<part>(?:"[^"]+"|\u201C[^\u201D]+\u201D|'[^']+'|\u2018[^\u2019]+\u2019|(?:(?:the|its|that|last|first|second|third|whole) ){0,3}${part}(?! (?:is|are|was|were|has|have|had|shows?|says?|should|needs?|must)\b)).*)$`,
  'isu',
);

/** What is the post itself, and no part of it. */
const whole =
  /^(?:it|this|that|these|those|them|all|everything|(?:(?:the|my|our|that|this|a) )?(?:\p{L}+ )?(?:posts?|drafts?|ones?|tweets?|messages?))\b/iu;

/** What may follow the number without being counted by it: `from 3, they are sold out`. */
const goesOn =
  /^(?:\s*[,;:.!\u2013\u2014-]|\s+(?:because|as|since|it|its|they|that|which|we|i|down|out)\b)/iu;

/** @returns what words want out of a post, which stays; undefined where they are none */
export function takenOut(typed: string): TakenOut | undefined {
  if (typed.length > longest) return undefined;
  const line = typed.replace(/\s+/gu, ' ').trim();
  const from = fromPost.exec(line)?.groups;
  if (from?.['number'] !== undefined) {
    const { number: of, part: out = '', after = '' } = from;
    return whole.test(out) || (leftOver(after) !== '' && !goesOn.test(after))
      ? undefined
      : { number: of, part: out };
  }
  const { number: behind, first: of = behind, part: out } = ofPost.exec(line)?.groups ?? {};
  return of === undefined || out === undefined ? undefined : { number: of, part: out };
}

/** Who wants a part of a post out says so in a line or two. */
const longest = 300;
