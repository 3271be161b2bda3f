import { afresh, awaited } from '../approval/review.ts';
import type { AuditNote, NewEffect } from '../core/change.ts';
import { askedAndHere } from './asked.ts';
import { withCard } from './copies.ts';
import { stepsOf } from './past.ts';
import { tell } from './post-effect.ts';
import type { PostContext, PostState, Status, Step } from './post.ts';
import { withPublications } from './publications.ts';
import { stageTimerKeys, stageTimers } from './set-timers.ts';

type HeldStep = Extract<Step, { readonly did: 'held' }>;

/** Who held the post last, and when. */
const lastHold = (post: PostState): HeldStep | undefined =>
  stepsOf(post).findLast((step): step is HeldStep => step.did === 'held');

/** Whether somebody decided, since the post was held last, that nothing more of it is published. */
export const isRestRefused = (post: PostState): boolean =>
  (post.restRefused?.at ?? -Infinity) >= (lastHold(post)?.at ?? 0);

/**
 * How a post was held by a hold that ended by itself, once nothing was left to hold: where something is again, it is held
 * as it was, since nobody has let it go on. The walk that was to release it was never finished then. Whoever releases it
 * decides afresh, and is asked from now on. Undefined where it was let go on, or was never held.
 */
export function heldAgain(
  post: PostState,
  { now, newId }: PostContext,
): Extract<Status, { readonly is: 'held' }> | undefined {
  const { status } = post;
  if (!('publications' in status) || status.is === 'taken-down' || isRestRefused(post)) return undefined;
  const hold = lastHold(post);
  if (hold === undefined || awaited(status.review) === undefined) return undefined;
  const { by, at, all, stop, missed } = hold;
  return {
    is: 'held',
    by,
    at,
    all,
    ...(stop === undefined ? {} : { stop }),
    ...(missed === undefined ? {} : { missed }),
    review: afresh(status.review, newId('review'), now),
    plan: status.plan,
    out: status.publications,
  };
}

/** The post held so, with the parts that would leave waiting for that decision. `told` hear of it anyway. */
export function holdAgain(
  post: PostState,
  again: Extract<Status, { readonly is: 'held' }>,
  parts: readonly string[],
  told: readonly string[],
  { now, protocol }: PostContext,
): {
  readonly post: PostState;
  readonly note: AuditNote;
  readonly effects: readonly NewEffect[];
  readonly drop: readonly string[];
} {
  const stopped = Object.fromEntries(parts.map((part) => [part, { is: 'stopped', at: now } as const]));
  const held = withPublications({ ...post, status: again }, stopped, now);
  // What held it may have been lifted long ago: whoever decides is asked now, and hears of it unless it still stands.
  const asked = withCard(askedAndHere(held, protocol, now), held).filter((each) => !told.includes(each));
  return {
    post: held,
    note: { action: 'held-again', facts: { by: again.by } },
    effects: [...stageTimers(again.review), ...tell(asked, 'held', now)],
    drop: [...stageTimerKeys, 'publish:*'],
  };
}
