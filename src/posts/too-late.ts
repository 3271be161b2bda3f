import { hours, type Millis } from '../core/time.ts';
import type { Publication } from '../dispatch/publication.ts';
import { isAfterwards } from './leaving.ts';
import { publicationsOf } from './what-is-public.ts';
import type { PostState } from './post.ts';

/**
 * For so long Crier may not have been at work, or a network may have failed to take a part, since that was to leave: then
 * it still leaves by itself. However long it has waited for its turn beside that, it goes on.
 */
const longestLate = hours(2);

/** Why a part does not leave by itself any more. */
export type TooLate = 'not-running' | 'not-taken';

/** When an approved post was to leave; undefined while that is to come. */
export function missedTime({ status, when }: PostState, now: Millis): Millis | undefined {
  if (!('decidedAt' in status)) return undefined;
  const at = when?.at ?? status.decidedAt;
  return at <= now ? at : undefined;
}

/** Since when the network of a part that is still to leave fails to take it. */
const notTakenSince = (publication: Publication | undefined): Millis | undefined =>
  publication?.is === 'queued' ? publication.notTakenSince : undefined;

/**
 * @param stoodStill for how long nobody was at work since it was to begin
 * @returns why a part that is to leave is too late for that; undefined: it is not. What puts right what stands never is.
 */
export function tooLate(
  post: PostState,
  part: string,
  now: Millis,
  stoodStill: () => Millis,
): TooLate | undefined {
  const missed = missedTime(post, now);
  if (missed === undefined || isAfterwards(post)) return undefined;
  const since = notTakenSince(publicationsOf(post)[part]);
  if (since !== undefined && now - Math.max(missed, since) > longestLate) return 'not-taken';
  return isMissed(publicationsOf(post)[part]) || isTooLong(stoodStill()) ? 'not-running' : undefined;
}

/** Whether nobody was at work for so long since something was to leave that it does not leave by itself any more. */
export const isTooLong = (stoodStill: Millis): boolean => stoodStill > longestLate;

const isMissed = (publication: Publication | undefined): boolean =>
  publication?.is === 'queued' && publication.missed === true;

/** What is to leave again after an attempt, and why that came to nothing was known so late that it does not by itself. */
export const missing = <P extends Publication>(publication: P, late: true | undefined): P =>
  late === true && publication.is === 'queued' ? { ...publication, missed: true } : publication;

/** The accounts that do not take what is still to leave for the same reason as a part, and that reason. */
export function notTakenWith(
  post: PostState,
  part: string,
): { readonly reason: string; readonly parts: readonly string[] } {
  const publications = publicationsOf(post);
  const reasonOf = (each: Publication | undefined): string | undefined =>
    each?.is === 'queued' && each.notTakenSince !== undefined ? each.lastReason : undefined;
  const reason = reasonOf(publications[part]);
  return {
    reason: reason ?? '',
    parts: Object.keys(publications).filter(
      (each) => each === part || reasonOf(publications[each]) === reason,
    ),
  };
}
