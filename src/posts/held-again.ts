import { afresh, awaited } from '../approval/review.ts';
import type { AuditNote, NewEffect } from '../core/change.ts';
import { isUntouched, mayComeBack, stop } from '../dispatch/stop.ts';
import { isOfCorrection, revisionOf } from '../dispatch/thread.ts';
import { correctionGoesOn } from './correction-goes-on.ts';
import { hasEndedFor } from './its-end.ts';
import { stepsOf } from './past.ts';
import type { PostContext, PostState, Step } from './post.ts';
import { stageTimerKeys, stageTimers } from './set-timers.ts';

type HeldStep = Extract<Step, { readonly did: 'held' }>;

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

/** Whether more is to come of a correction that was agreed to after a hold: that does not hold it. */
function isCorrectedSince(post: PostState, { at }: HeldStep): boolean {
  const applied = post.correction?.applied;
  return (
    applied !== undefined &&
    applied.at > at &&
    ['by-itself', 'by-hand', 'for-account', 'for-desk'].includes(correctionGoesOn(post))
  );
}

/** Whether a part is to be held again, and is not yet: a correction that was agreed to since comes first, on all accounts. */
export const isHeldLater = (post: PostState, part: string, now: number): boolean => {
  const publication = publicationOf(post, part);
  const hold = openHold(post);
  return (
    hold !== undefined &&
    publication?.is === 'stopped' &&
    mayComeBack(publication) &&
    publication.at > hold.at &&
    !hasEndedFor(post, part, now)
  );
};

const publicationOf = ({ status }: PostState, part: string) =>
  'publications' in status ? status.publications[part] : undefined;

/**
 * A post with something that an open hold keeps back, held as it was: whoever releases it decides afresh, and is asked
 * from now on. Undefined where nothing is, or while a correction goes on that was agreed to since, which it would hold as
 * well.
 */
export function heldAgain(
  post: PostState,
  { now, newId }: PostContext,
):
  | {
      readonly post: PostState;
      readonly audit: readonly AuditNote[];
      readonly effects: readonly NewEffect[];
      readonly drop: readonly string[];
    }
  | undefined {
  const { status } = post;
  const hold = openHold(post);
  if (hold === undefined || !('publications' in status)) return undefined;
  const parts = Object.keys(status.publications).filter((part) => isHeldLater(post, part, now));
  if (parts.length === 0 || isCorrectedSince(post, hold)) return undefined;
  const { by, at, all, stop: stopped, missed } = hold;
  const review = afresh(status.review, newId('review'), now);
  const out = Object.fromEntries(
    Object.entries(status.publications).map(([part, each]) => [part, stop(each, now)]),
  );
  return {
    post: {
      ...post,
      status: {
        is: 'held',
        by,
        at,
        all,
        ...(stopped === undefined ? {} : { stop: stopped }),
        ...(missed === undefined ? {} : { missed }),
        review,
        plan: status.plan,
        ...(Object.values(out).every(isUntouched) ? {} : { out }),
      },
    },
    audit: [{ action: 'held-again', facts: { by } }],
    effects: stageTimers(review),
    drop: [...stageTimerKeys, 'publish:*'],
  };
}
