import type { Review } from '../approval/review.ts';
import type { Millis } from '../core/time.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { nameOf } from './names.ts';
import { sayOn } from './times.ts';
import type { Happened } from './steps.ts';

/** What comes of a correction that came to nothing before it was made: not agreed to, taken back, or over. */

/**
 * @param said a moment whose day the same card has said above
 * @returns who did not agree to a correction, and what that means
 */
export const correctionRefusedWords = (
  { by, at }: NonNullable<PostState['correctionRefused']>,
  rules: DeskRules,
  now: Millis,
  said?: Millis,
): string =>
  `${nameOf(by, rules)} did not agree to the correction ${sayOn(at, now, said)}. What stands stays as it is.`;

/** Who had agreed to a correction to which somebody after them did not, or which was taken back. */
const agreedInVain = ({ decisions, sentAt }: Review, rules: DeskRules, now: Millis): readonly Happened[] =>
  decisions.map(({ by, at }) => ({
    at,
    words: (said) =>
      `${nameOf(by, rules)} agreed ${sayOn(at, now, said)} to the correction that was asked for ${sayOn(sentAt, now, at)}.`,
  }));

/** @returns who did not agree to a correction, and who had before them */
export function correctionRefusedOf(
  { correctionRefused: refused }: PostState,
  rules: DeskRules,
  now: Millis,
): readonly Happened[] {
  if (refused === undefined) return [];
  return [
    ...(refused.review === undefined ? [] : agreedInVain(refused.review, rules, now)),
    { at: refused.at, words: (said) => correctionRefusedWords(refused, rules, now, said) },
  ];
}

/** @returns who did not agree to corrections before others were asked for, and who had before them: that is told with what happened before */
export const refusedBeforeWords = (
  { correctionsRefused = [] }: PostState,
  rules: DeskRules,
  now: Millis,
): readonly Happened[] =>
  correctionsRefused.flatMap(({ by, at, review }) => [
    ...(review === undefined ? [] : agreedInVain(review, rules, now)),
    {
      at,
      words: (said) => {
        const asked = review === undefined ? '' : ` that was asked for ${sayOn(review.sentAt, now, at)}`;
        return `${nameOf(by, rules)} did not agree ${sayOn(at, now, said)} to the correction${asked}.`;
      },
    },
  ]);

/**
 * @returns that its writer took a correction back, where that is the last that came of any or where it is not: then it is
 *   told with what happened before
 */
export function takenBackWords(
  {
    correctionTakenBack: taken,
    correction,
    corrected,
    madeNowhere = [],
    correctionRefused,
    correctionsRefused = [],
  }: PostState,
  which: 'last' | 'before',
  rules: DeskRules,
  now: Millis,
): readonly Happened[] {
  if (taken === undefined) return [];
  const ended = [...corrected, ...madeNowhere].map(({ at }) => at);
  const refused = [...correctionsRefused.map(({ at }) => at), correctionRefused?.at ?? 0];
  const since = [...ended, ...refused].some((at) => at > taken.at);
  const isLast = correction === undefined && !since;
  if (isLast !== (which === 'last')) return [];
  const { by, at, review } = taken;
  return [
    ...agreedInVain(review, rules, now),
    {
      at,
      words: (said) =>
        `${nameOf(by, rules)} took back ${sayOn(at, now, said)} the correction that they had asked for ${sayOn(review.sentAt, now, at)}.${isLast ? ' What stands stays as it is.' : ''}`,
    },
  ];
}

/** @returns that nobody decides any more on a correction that somebody had asked for */
export const correctionOverWords = (
  { correctionOver: over }: PostState,
  rules: DeskRules,
  now: Millis,
): readonly string[] =>
  over === undefined
    ? []
    : [
        `The correction that ${nameOf(over.by, rules)} asked for ${sayOn(over.at, now)} is over with that: nobody decides on it any more.`,
      ];
