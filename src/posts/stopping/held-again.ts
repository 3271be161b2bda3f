import { afresh } from '../../approval/review.ts';
import type { AuditNote, NewEffect } from '../../core/change.ts';
import { isUntouched, mayComeBack, stop } from '../../dispatch/stop.ts';
import { correctionGoesOn } from '../correcting/correction-goes-on.ts';
import { askedAfresh } from './held-emergency.ts';
import { hasEndedFor } from '../leaving/its-end.ts';
import { openHold, type HeldStep } from './open-hold.ts';
import type { PostContext, PostState } from '../post.ts';
import { stageTimerKeys, stageTimers } from '../deciding/set-timers.ts';

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
  context: PostContext,
):
  | {
      readonly post: PostState;
      readonly audit: readonly AuditNote[];
      readonly effects: readonly NewEffect[];
      readonly drop: readonly string[];
    }
  | undefined {
  const { status } = post;
  const { now } = context;
  const hold = openHold(post);
  if (hold === undefined || !('publications' in status)) return undefined;
  const parts = Object.keys(status.publications).filter((part) => isHeldLater(post, part, now));
  if (parts.length === 0 || isCorrectedSince(post, hold)) return undefined;
  const { by, at, all, stop: stopped, missed, turned, newWords } = hold;
  // Where nobody was asked about that hold yet, nobody is late with it.
  const review =
    hold.ahead === true
      ? afresh(status.review, context.newId('review'), now)
      : askedAfresh(post, status.review, context);
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
        ...(turned === undefined ? {} : { turned }),
        ...(newWords === undefined ? {} : { newWords }),
        review,
        plan: status.plan,
        ...(Object.values(out).every(isUntouched) ? {} : { out }),
      },
    },
    audit: [{ action: 'held-again', facts: { by } }],
    effects: stageTimers(review, now),
    drop: [...stageTimerKeys, 'publish:*'],
  };
}
