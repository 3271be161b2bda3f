import type { Millis } from '../core/time.ts';
import { isAskedAbout, mayBeGone, waitsForAccount, type Publication } from '../dispatch/publication.ts';
import type { WayToChange } from '../posts/how-it-stands.ts';
import { failureWords, hasWords, whatFailed } from './failures.ts';
import { sayDated, sayOn } from './times.ts';

/**
 * @param way how what failed can be changed now; undefined: nobody is told what to do about it
 * @param said a moment whose day the same card has said above
 * @returns what one account's copy of the post is doing
 */
export function publicationWords(
  publication: Publication,
  way: WayToChange | undefined,
  now: Millis,
  said?: Millis,
): string {
  switch (publication.is) {
    case 'queued':
      if (publication.shownFrom !== undefined) {
        return `is there already, and shown from ${sayDated(publication.shownFrom, now)}`;
      }
      if (waitsForAccount(publication)) return 'waits until the account is connected again';
      return publication.lastReason === undefined
        ? 'waiting for its turn'
        : waitWords(publication.lastReason);
    case 'sending':
      return 'on its way';
    case 'unknown':
      return publication.asked
        ? `we could not tell whether it arrived.${looksWords(publication.looks, publication.lastLook, now, said)}`
        : 'we are looking whether it arrived';
    case 'asked':
      return 'waits for somebody to post it by hand';
    case 'published':
      return `published ${sayOn(publication.at, now, said)}`;
    case 'failed':
      return way === undefined ? refusedWords(publication.reason) : failedWords(publication.reason, way);
    case 'stopped':
      return 'did not go out';
    case 'removing':
      if (mayBeGone(publication) && isAskedAbout(publication)) {
        const { looks = 0, lastLook } = publication.begun;
        return `it was being deleted, and we could not tell whether it is gone.${looksWords(looks, lastLook, now, said)}`;
      }
      if (publication.problem !== undefined) {
        return `${notDownWords(publication.problem)}. Please take it down there yourself, or press "Take it down" again`;
      }
      if (publication.waits !== undefined) {
        return `not taken down yet${becauseWords(publication.waits)}. It will be tried again by itself`;
      }
      return publication.instead === undefined ? 'being taken down' : 'being taken down, to be posted again';
    case 'removed':
      return publication.instead === undefined
        ? `taken down ${sayOn(publication.at, now, said)}`
        : `deleted ${sayOn(publication.at, now, said)} to be posted again, and its replies and shares with it`;
  }
}

/** @returns why what stands somewhere could not be taken down */
export const notDownWords = (problem: string): string => `could not be taken down${becauseWords(problem)}`;

/** @returns why what stands somewhere could not be put right yet */
export const notRightYetWords = (reason: string): string =>
  `not corrected yet${becauseWords(reason)}. It will be tried again by itself`;

/** Why something stands still: nothing is said of a reason that has no words. */
const becauseWords = (reason: string): string => (hasWords(reason) ? `: ${whatFailed(reason)}` : '');

function waitWords(reason: string): string {
  return hasWords(reason)
    ? `did not go through yet: ${whatFailed(reason)}. It will be tried again by itself`
    : 'did not go through yet. It will be tried again by itself';
}

const failedWords = (reason: string, way: WayToChange): string =>
  `${refusedWords(reason)}. ${failureWords(reason, way).next}`;

/** @returns why an account did not take it, without what to do, for those who cannot */
export const refusedWords = (reason: string): string => `not published: ${whatFailed(reason)}`;

function looksWords(looks: number, last: Millis | undefined, now: Millis, said?: Millis): string {
  if (looks === 0 || last === undefined) return '';
  if (looks === 1) return ` Looked once, ${sayOn(last, now, said)}.`;
  return ` Looked ${String(looks)} times, last ${sayOn(last, now, said)}.`;
}
