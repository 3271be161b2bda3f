import { hours, type Millis } from '../../core/time.ts';
import { isRefused, type Publication } from '../../dispatch/publication.ts';
import { inSameThread, type Publications } from '../../dispatch/thread.ts';
import { isAfterwards } from './leaving.ts';
import { readPart, seenFrom } from '../writing/plan.ts';
import { publicationsOf } from './what-is-public.ts';
import { plannedPart } from './what-was-sent.ts';
import type { PlannedPart, PostState } from '../post.ts';

/**
 * For so long Crier may not have been at work, or a network may have failed to take a part, since that was to leave: then
 * it still leaves by itself. However long it has waited for its turn beside that, it goes on.
 */
const longestLate = hours(2);

/** Why something did not go out: nobody was at work as it was to. */
export const notRunning = 'not-running';

/** Why a part does not leave by itself any more. */
export type TooLate = typeof notRunning | 'not-taken';

/**
 * Since when a part should be leaving that is to from a time on, such as that for which its effect asks: what is shown later
 * than it leaves is late from then on only.
 */
export const toLeaveFrom = (part: PlannedPart | undefined, due: Millis): Millis =>
  part === undefined ? due : Math.max(due, seenFrom(readPart(part)));

/** When a part of an approved post was to leave; undefined while that is to come. */
export function missedTime(post: PostState, part: string, now: Millis): Millis | undefined {
  const { status, when } = post;
  if (!('decidedAt' in status)) return undefined;
  const at = toLeaveFrom(plannedPart(post, part), when?.at ?? status.decidedAt);
  return at <= now ? at : undefined;
}

/** When the first of what is still to leave was to; undefined while that is to come. */
export function firstMissed(post: PostState, now: Millis): Millis | undefined {
  const times = Object.entries(publicationsOf(post)).flatMap(([part, { is }]) => {
    const at = is === 'queued' ? missedTime(post, part, now) : undefined;
    return at === undefined ? [] : [at];
  });
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Since when the network of a part that is still to leave fails to take it. */
const notTakenSince = (publication: Publication | undefined): Millis | undefined =>
  publication?.is === 'queued' ? publication.notTakenSince : undefined;

/**
 * @param stoodStill for how long nobody was at work since it should be leaving
 * @returns why a part that is to leave is too late for that; undefined: it is not. What puts right what stands never is.
 */
export function tooLate(
  post: PostState,
  part: string,
  now: Millis,
  stoodStill: () => Millis,
): TooLate | undefined {
  const missed = missedTime(post, part, now);
  if (missed === undefined || isAfterwards(post)) return undefined;
  const publication = publicationsOf(post)[part];
  if (isMissed(publication) || isTooLong(stoodStill())) return notRunning;
  const since = notTakenSince(publication);
  return since !== undefined && now - Math.max(missed, since) > longestLate ? 'not-taken' : undefined;
}

/** Until when what its network does not take is tried by itself; undefined while that has no end. */
export function triesUntil(post: PostState, part: string): Millis | undefined {
  const since = notTakenSince(publicationsOf(post)[part]);
  return since === undefined || isAfterwards(post)
    ? undefined
    : notTakenFrom(post, part, since) + longestLate;
}

/** Since when its network fails to take what should have left by then. */
const notTakenFrom = (post: PostState, part: string, since: Millis): Millis =>
  Math.max(missedTime(post, part, since) ?? since, since);

/**
 * Whether a part of which the time had passed was to wait for its turn past all that is late, be it for a window of its
 * network: then it is not that nobody was at work which kept it.
 */
export function waitedItsTurn(post: PostState, part: string, missed: Millis, from: Millis): boolean {
  const publication = publicationsOf(post)[part];
  return !isMissed(publication) && notTakenSince(publication) === undefined && from - missed > longestLate;
}

/** Whether nobody was at work for so long since something was to leave that it does not leave by itself any more. */
export const isTooLong = (stoodStill: Millis): boolean => stoodStill > longestLate;

const isMissed = (publication: Publication | undefined): boolean =>
  publication?.is === 'queued' && publication.missed === true;

/** What came of a part was known so late that neither it, where it is to leave again, nor what follows on it does by itself. */
export const missedFrom = (publications: Publications, part: string): Publications =>
  Object.fromEntries(
    Object.entries(publications).map(([key, each]): [string, Publication] => [
      key,
      each.is === 'queued' && inSameThread(key, part) ? { ...each, missed: true } : each,
    ]),
  );

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

/** Whether a post did not go out as it was to, which many may come to at once; an emergency is told by itself. */
export const isLate = (post: PostState): boolean =>
  post.revision.urgency !== 'emergency' &&
  ((post.status.is === 'held' && post.status.missed !== undefined) ||
    Object.values(publicationsOf(post)).some(isRefused));
