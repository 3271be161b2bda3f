import { z } from 'zod';
import { afresh } from '../../approval/review.ts';
import type { NewEffect } from '../../core/change.ts';
import { changed } from '../changed.ts';
import { crierCommand, type PostDecision } from '../command.ts';
import { askedAndHere } from '../deciding/asked.ts';
import { hearersOf } from '../deciding/may.ts';
import { stageTimerKeys, stageTimers } from '../deciding/set-timers.ts';
import { planTurned, turnedSince } from '../leaving/for-rehearsal.ts';
import { believersOf } from '../leaving/on-its-way.ts';
import { tell, tellOfLate } from '../post-effect.ts';
import type { Correction, PostContext, PostState, Turned } from '../post.ts';
import { refusePost } from '../refusals.ts';
import { withCard } from '../telling/copies.ts';
import { askedAfresh, isEmergency } from './held-emergency.ts';
import { held } from './held.ts';

/**
 * What was agreed to for a rehearsal never leaves for the public by itself, nor the other way round: where an account of
 * it has turned, it is what it would be now, under another hash, and every decision on it is void. What waits is asked
 * about afresh, and what was approved is held. Undefined: nothing of it has turned.
 */
export function turnedAnew(post: PostState, context: PostContext): PostDecision | undefined {
  const turned = turnedSince(post, context.protocol);
  const { status } = post;
  if (turned === undefined || !('plan' in status) || !('review' in status)) return undefined;
  const plan = planTurned(status.plan, turned);
  const review = { ...status.review, hash: plan.hash };
  const correction = correctionTurned(post, turned);
  const ofCorrection = correction === undefined ? {} : { correction: correction.plan.hash };
  const note = { action: 'accounts-turned', facts: { ...turned, plan: plan.hash, ...ofCorrection } };
  const anew: PostState = {
    ...post,
    ...(correction === undefined ? {} : { correction }),
    status: { ...status, plan, review },
  };
  if (status.is !== 'in-review' && status.is !== 'held')
    return withTold(post, held(anew, { by: 'crier', what: 'this', turned, notes: [note] }, context), context);
  const asked = askedAfresh(anew, review, context);
  const isStopped = status.is === 'held' && status.stop !== undefined && !isEmergency(post);
  return withTold(
    post,
    changed(
      {
        post: { ...anew, status: { ...status, plan, review: asked } },
        audit: [note],
        drop: [...stageTimerKeys],
        // Nobody is late with what they are not asked for before the stop is lifted.
        effects: isStopped ? [] : stageTimers(asked, context.now),
      },
      context,
    ),
    context,
  );
}

/** A correction that waits follows: who agreed to it agreed for what the accounts were. Its clock goes on. */
function correctionTurned({ correction }: PostState, turned: Turned): Correction | undefined {
  if (correction === undefined || correction.applied !== undefined) return undefined;
  const plan = planTurned(correction.plan, turned);
  const { id, since } = correction.review;
  return { ...correction, plan, review: { ...afresh(correction.review, id, since), hash: plan.hash } };
}

/** Whoever decides on it, wrote it or had approved it hears so: of many posts in one message, of an emergency at once. */
function withTold(before: PostState, decided: PostDecision, { protocol, now }: PostContext): PostDecision {
  if ('refused' in decided) return decided;
  const { state: after } = decided;
  const approvers = 'review' in before.status ? before.status.review.decisions.map(({ by }) => by) : [];
  const isUrgent = isEmergency(after);
  const people = new Set([
    ...askedAndHere(after, protocol, now),
    ...hearersOf(after, protocol, now),
    ...approvers,
    ...(isUrgent ? believersOf(before, protocol, now) : []),
  ]);
  const told: readonly NewEffect[] = isUrgent
    ? tell([...people], 'turned', now)
    : tellOfLate(withCard([...people], after), 'turned', now);
  return { ...decided, effects: [...decided.effects, ...told] };
}

/** What is about to leave was agreed to while its accounts were something else. */
export const askAnew = crierCommand(
  'post.ask-anew',
  z.object({}),
  (post, _params, context) => turnedAnew(post, context) ?? refusePost('settled-already', {}),
);
