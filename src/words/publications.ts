import type { Millis } from '../core/time.ts';
import { isLookOver } from '../dispatch/perhaps-gone.ts';
import { accountWasBlocked, waitsForAccount, type Publication } from '../dispatch/publication.ts';
import { isRemovalUnclear, isRoomAskedFor } from '../dispatch/tried.ts';
import type { WayToChange } from '../posts/correcting/correctable.ts';
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
      return publication.lastReason === undefined || publication.lastReason === accountWasBlocked
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
      if (publication.left !== undefined)
        return `${refusedWords(publication.reason)}; left as it is ${sayOn(publication.left.at, now, said)}`;
      return way === undefined ? refusedWords(publication.reason) : failedWords(publication.reason, way);
    case 'stopped':
      return 'did not go out';
    case 'removing':
      return removingWords(publication, now, said);
    case 'removed': {
      const { at, publishedAt, instead } = publication;
      const gone =
        instead === undefined
          ? `taken down ${sayOn(at, now, said)}`
          : `deleted ${sayOn(at, now, said)} to be posted again, and its replies and shares with it`;
      return publishedAt === undefined ? gone : `${gone}; published ${sayOn(publishedAt, now, at)}`;
    }
  }
}

function removingWords(publication: Removing, now: Millis, said?: Millis): string {
  const { problem, waits, instead } = publication;
  if (isLookOver(publication)) {
    const { looks = 0, lastLook } = publication.begun;
    return `it was being deleted, and we could not tell whether it is gone.${looksWords(looks, lastLook, now, said)}`;
  }
  if (isRoomAskedFor(publication)) {
    const came = isRemovalUnclear(publication)
      ? 'it was being deleted, to be posted again, and we could not tell whether it is gone'
      : 'it is to be deleted and posted again, and that has not come about';
    return `${came}${becauseWords(waits ?? '')}. It is tried again by itself`;
  }
  if (problem !== undefined)
    return `${notDownWords(publication)}. ${downYourself(publication)}, or press "Take it down" again`;
  if (waits !== undefined) {
    const is = isRemovalUnclear(publication)
      ? 'perhaps gone, which nobody can tell yet'
      : 'not taken down yet';
    return `${is}${becauseWords(waits)}. It will be tried again by itself`;
  }
  return instead === undefined ? 'being taken down' : 'being taken down, to be posted again';
}

/** What stands where a reply came down for another correction, which was not made. */
export const replyLost =
  'the reply that corrected it was deleted, and the post that it answered still says what it said';

/** @returns that what stands somewhere could not be taken down, or may be gone, and why */
export function notDownWords(publication: Removing): string {
  const why = becauseWords(publication.problem ?? '');
  const again = publication.tried?.asked === true ? ', and tried again by itself' : '';
  if (isRemovalUnclear(publication)) return `perhaps gone, which nobody can tell${again}${why}`;
  return again === '' ? `could not be taken down${why}` : `not taken down yet${again}${why}`;
}

/** What somebody is asked to do about what did not come down. */
const downYourself = (publication: Removing): string =>
  isRemovalUnclear(publication)
    ? 'Please look there, and take it down yourself if it still is'
    : 'Please take it down there yourself';

/** @returns why what stands somewhere could not be put right yet; `isUnclear`: it may have been, though nobody can tell */
export const notRightYetWords = (reason: string, isUnclear: boolean): string =>
  `${isUnclear ? 'perhaps corrected, which nobody can tell yet' : 'not corrected yet'}${becauseWords(reason)}. It will be tried again by itself`;

/** @returns what the desk is asked about that a correction tries in vain to change where it stands */
export const changeTriedWords = (reason: string, isUnclear: boolean): string =>
  `${isUnclear ? 'it was being corrected, and we could not tell whether it is' : 'it still says what it said, and could not be corrected so far'}${becauseWords(reason)}. It is tried again by itself`;

type Removing = Extract<Publication, { readonly is: 'removing' }>;

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
