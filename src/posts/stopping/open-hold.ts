import { awaited } from '../../approval/review.ts';
import { isOfCorrection, revisionOf } from '../../dispatch/thread.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { stepsOf } from '../telling/past.ts';
import type { PostState, Step } from '../post.ts';

export type HeldStep = Extract<Step, { readonly did: 'held' }>;

/** Who held the post last, and when. */
const lastHold = (post: PostState): HeldStep | undefined =>
  stepsOf(post).findLast((step): step is HeldStep => step.did === 'held');

/** Whether somebody decided, since the post was held last, that nothing more of it is published. */
export const isRestRefused = (post: PostState): boolean =>
  (post.restRefused?.at ?? -Infinity) >= (lastHold(post)?.at ?? 0);

/**
 * The hold of a post that ended by itself, once nothing was left to hold, and that nobody has released: the walk that was
 * to release it was never finished. Whatever of it may leave again waits for a fresh decision.
 */
export function openHold(post: PostState): HeldStep | undefined {
  const { status } = post;
  if (!('publications' in status) || status.is === 'taken-down' || isRestRefused(post)) return undefined;
  return awaited(status.review) === undefined ? undefined : lastHold(post);
}

/** Whether an open hold keeps a part from leaving: not where a correction posts it that was agreed to since. */
export function isKeptBack(post: PostState, part: string): boolean {
  const hold = openHold(post);
  const { correction } = post;
  const isDecidedSince =
    isOfCorrection(part) &&
    revisionOf(part) === correction?.plan.revision &&
    (correction.applied?.at ?? 0) > (hold?.at ?? 0);
  return hold !== undefined && !isDecidedSince;
}

/** Whether what such a hold keeps back is to leave with other words, once somebody agrees to them. */
export const waitsForOtherWords = (post: PostState): boolean =>
  openHold(post) !== undefined && Object.values(publicationsOf(post)).some(({ is }) => is === 'queued');
