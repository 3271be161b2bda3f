import { z } from 'zod';
import { afresh } from '../../approval/review.ts';
import type { AuditNote, NewEffect } from '../../core/change.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { changed } from '../changed.ts';
import { crierCommand, type PostDecision } from '../command.ts';
import { awaitsCorrection } from '../correcting/correctable.ts';
import { askedAndHere } from '../deciding/asked.ts';
import { hearersOf } from '../deciding/may.ts';
import { stageTimerKeys, stageTimers } from '../deciding/set-timers.ts';
import {
  eitherTurned,
  isAllToLeave,
  outOfReach,
  planTurned,
  restTurned,
  turnedOn,
  turnedSince,
} from '../leaving/for-rehearsal.ts';
import { believersOf } from '../leaving/on-its-way.ts';
import { tell, tellOfLate } from '../post-effect.ts';
import type { Correction, DeskRules, Outgoing, PostContext, PostState, Turned } from '../post.ts';
import { refusePost } from '../refusals.ts';
import { withCard } from '../telling/copies.ts';
import { askedAfresh, isEmergency } from './held-emergency.ts';
import { held } from './held.ts';
import { toBeCorrectedOn } from './stop-of-post.ts';

/**
 * What was agreed to for a rehearsal never leaves for the public by itself, nor the other way round: where an account of
 * it has turned, it is what it would be now, under another hash, and every decision on it is void. What waits is asked
 * about afresh, and what was approved is held. Undefined: nothing of it has turned.
 */
export function turnedAnew(post: PostState, context: PostContext): PostDecision | undefined {
  const left = turnedToLeave(post, context.protocol);
  const turned = eitherTurned(left, reachTurned(post, context.protocol));
  const { status } = post;
  if (turned === undefined || !('plan' in status) || !('review' in status)) return undefined;
  const anew = withCorrectionTurned(post, turned);
  // What of the post itself is to leave is what it was.
  return left === undefined && awaitsCorrection(post)
    ? withTold(post, changed({ post: anew, audit: [noteOf(turned, anew)] }, context), context)
    : postTurned(
        post,
        { ...anew, status: { ...status, ...planAndReview(post, status, turned) } },
        turned,
        context,
      );
}

/** What has turned of what of a post is to leave: all of it on an account, or the rest. */
export const turnedToLeave = (post: PostState, rules: DeskRules): Turned | undefined =>
  eitherTurned(turnedSince(post, rules), restTurned(post, rules));

/** The post with what it would be now is asked about afresh, or held. */
function postTurned(before: PostState, anew: PostState, turned: Turned, context: PostContext): PostDecision {
  const { status } = anew;
  const note = noteOf(turned, anew);
  if (status.is !== 'in-review' && status.is !== 'held')
    return withTold(
      before,
      held(anew, { by: 'crier', what: 'this', turned, notes: [note] }, context),
      context,
    );
  const review = askedAfresh(anew, status.review, context);
  const isStopped = status.is === 'held' && status.stop !== undefined && !isEmergency(anew);
  return withTold(
    before,
    changed(
      {
        post: { ...anew, status: { ...status, review } },
        audit: [note],
        drop: [...stageTimerKeys],
        // Nobody is late with what they are not asked for before the stop is lifted.
        effects: isStopped ? [] : stageTimers(review, context.now),
      },
      context,
    ),
    context,
  );
}

/** The accounts whose turn changes what a correction does to what stands in public there. */
function reachTurned(post: PostState, rules: DeskRules): Turned | undefined {
  const { correction, status } = post;
  if (correction === undefined || !('plan' in status)) return undefined;
  const { outOfReach: before = [] } = awaitsCorrection(post) ? correction.plan : status.plan;
  const now = outOfReach(post, rules);
  const accounts = toBePutRightOn(post, correction).filter(
    (account) =>
      rules.accounts[account] !== undefined &&
      !isAllToLeave(post, account) &&
      before.includes(account) !== now.includes(account),
  );
  return turnedOn(accounts, rules);
}

/** The accounts on which a correction puts something right once somebody agrees to it, or lets it go on. */
function toBePutRightOn(post: PostState, { applied }: Correction): readonly string[] {
  if (applied === undefined) return toBeCorrectedOn(post);
  if (post.status.is !== 'held' || applied.over === true) return [];
  const waiting = Object.entries(applied.parts).flatMap(([part, is]) =>
    is === 'waiting' ? [accountOf(part)] : [],
  );
  return [...new Set(waiting)];
}

const planAndReview = (
  post: PostState,
  { plan: before, review }: Pick<Outgoing, 'plan' | 'review'>,
  turned: Turned,
): Pick<Outgoing, 'plan' | 'review'> => {
  const plan = planTurned(before, turned, (account) => !isAllToLeave(post, account));
  return { plan, review: { ...review, hash: plan.hash } };
};

const noteOf = (turned: Turned, { status, correction }: PostState): AuditNote => ({
  action: 'accounts-turned',
  facts: {
    ...turned,
    ...('plan' in status ? { plan: status.plan.hash } : {}),
    ...(correction === undefined || correction.applied !== undefined
      ? {}
      : { correction: correction.plan.hash }),
  },
});

/** A correction that waits follows: who agreed to it agreed for what the accounts were. Its clock goes on. */
function withCorrectionTurned(post: PostState, turned: Turned): PostState {
  const { correction } = post;
  if (correction === undefined || correction.applied !== undefined) return post;
  const { id, since } = correction.review;
  const { plan, review } = planAndReview(post, correction, turned);
  return { ...post, correction: { ...correction, plan, review: afresh(review, id, since) } };
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
    ...(awaitsCorrection(after) && after.correction !== undefined ? [after.correction.by] : []),
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
