import { z } from 'zod';
import type { AuditNote, NewEffect } from '../../core/change.ts';
import type { Millis } from '../../core/time.ts';
import { clockGoesOn } from '../../approval/review.ts';
import { askedAndHere } from '../deciding/asked.ts';
import { isStoppedEmergency } from '../deciding/stopped-emergency.ts';
import { cardEffects } from '../telling/cards-to-show.ts';
import { awaitsCorrection, holdForWords, isHeldForWords } from '../correcting/correctable.ts';
import { tell } from '../post-effect.ts';
import { firstCorrectionTimer, stageTimers } from '../deciding/set-timers.ts';
import { crierCommand, personCommand, type PostDecision } from '../command.ts';
import { findingsOf, publishTime } from '../writing/draft.ts';
import { hasRest, held, heldOnceSentAgain } from './held.ts';
import { stateOf } from '../taking-down/over.ts';
import { hasToBeChanged, isNothingOut } from '../leaving/to-go-out.ts';
import { isHoldable } from './what-a-hold-stops.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { couldBeSentAgain, holders, mayHold } from '../deciding/may.ts';
import { isOut } from '../leaving/not-now.ts';
import { isEmergency } from './held-emergency.ts';
import { openHold } from './open-hold.ts';
import type { Missed, PostContext, PostState } from '../post.ts';
import { refusePost } from '../refusals.ts';
import { isSafetyInformation } from './safety.ts';
import { stops } from '../../dispatch/account.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { missedTime, notTakenWith, waitedItsTurn } from '../leaving/too-late.ts';
import { withPublication } from '../leaving/publish.ts';
import { tellChannel } from '../telling/told.ts';

/**
 * Stops what is not yet public, by one press. What was already being sent is not called back: its outcome is
 * still recorded. Only a fresh decision lets the rest go, and what an account refused, or nobody can tell of, be sent again.
 */
export const hold = personCommand('post.hold', z.object({}), (post, _params, person, context) => {
  const { protocol, now } = context;
  if (isHeldForWords(post)) return refusePost('nothing-to-hold', { state: 'held-for-words' });
  const leaves = isHoldable(post);
  if (!leaves && !couldBeSentAgain(post, protocol, now))
    return isOut(post, 'hold', person, protocol) ?? refusePost('nothing-to-hold', { state: stateOf(post) });
  if (!leaves && openHold(post) !== undefined) return refusePost('nothing-to-hold', { state: 'held' });
  if (!mayHold(post, person, protocol, now)) {
    return refusePost('may-not-hold', { may: holders(post, protocol) });
  }
  return leaves
    ? held(post, { by: person, what: 'this' }, context)
    : heldOnceSentAgain(post, person, context);
});

/**
 * Holds one post of many when somebody of the desk has held everything; `by` is who pressed, `stop` what they stopped
 * where they did. Safety information is held only where they stopped that as well. `rest`: only where something of it
 * waits; of what is all on its way, or out, nothing is held back. What comes back of that finds its account stopped.
 */
export const holdWithAll = crierCommand(
  'post.hold-with-all',
  z.object({
    by: z.string(),
    stop: z.enum(stops).exactOptional(),
    rest: z.literal(true).exactOptional(),
  }),
  (post, { by, stop: stopped, rest }, context) => {
    if (!isHoldable(post) || (rest === true && !hasRest(post)))
      return refusePost('nothing-to-hold', { state: stateOf(post) });
    // It waits for other words that are asked for, and this stop has held it until somebody agrees to those.
    const before = holdForWords(post);
    if (stopped !== undefined && before?.stop === stopped && before.by === by)
      return refusePost('nothing-to-hold', { state: 'held' });
    if (stopped !== 'all' && isSafetyInformation(post, context))
      return refusePost('nothing-to-hold', { state: 'safety' });
    return held(post, { by, what: stopped ?? 'all-waiting' }, context);
  },
);

/** Stops a post whose words have come to block since it was decided: at publishing the rules run again. */
export const holdBlocked = crierCommand('post.hold-blocked', z.object({}), (post, _params, context) =>
  isHoldable(post) ? heldForBlocks(post, context) : refusePost('nothing-to-hold', { state: stateOf(post) }),
);

/** Held by Crier, with what would be found in it when it is to leave. */
export const heldForBlocks = (post: PostState, context: PostContext): PostDecision => {
  const findings = findingsOf(post, publishTime(post.when, context.now), context.protocol);
  const checked = { ...post, findings, checkedUnder: context.protocol.version };
  return held(checked, { by: 'crier', what: 'this' }, context);
};

/** Held by Crier, since its time has passed: somebody says whether and when it is to go out all the same. */
export const heldForMissed = (
  post: PostState,
  missed: Missed,
  context: PostContext,
  notes: readonly AuditNote[] = [],
): PostDecision =>
  held(
    post,
    {
      by: 'crier',
      what: 'this',
      notes: [...notes, { action: 'time-missed', facts: { ...missed } }],
      missed,
    },
    context,
  );

/**
 * Stops what is too late to leave by itself, since it may not be wanted any more: as long as nothing of the post is known
 * to be out, all of it, so that somebody decides again, once. Where some of it is, or may be for good, it stays away from the accounts that are too late, and
 * whoever wrote it, and the desk, say whether it is tried again. `from`: since when it should have been leaving at last.
 */
export const holdMissed = crierCommand(
  'post.hold-missed',
  z.object({ part: z.string(), because: z.enum(['not-running', 'not-taken']), from: z.int() }),
  (post, { part, because, from }, context) => {
    const at = missedTime(post, part, context.now);
    if (at === undefined || publicationsOf(post)[part]?.is !== 'queued')
      return refusePost('nothing-to-hold', { state: stateOf(post) });
    const { reason, parts } = notTakenWith(post, part);
    if (!isNothingOut(post)) return keptAway(post, part, because === 'not-taken' ? reason : because, context);
    const accounts = [...new Set(parts.map(accountOf))];
    const missed: Missed =
      because === 'not-taken'
        ? { at, because, reason, accounts }
        : waitedItsTurn(post, part, at, from)
          ? { at, because: 'not-running-then', account: accountOf(part) }
          : { at, because };
    return heldForMissed(post, missed, context);
  },
);

/** What is too late on an account is not tried there any more before somebody asks for it. */
function keptAway(post: PostState, part: string, reason: string, context: PostContext): PostDecision {
  const note = { action: 'time-missed', facts: { part, reason } };
  const publication = { is: 'failed', reason, at: context.now } as const;
  return withPublication(post, { part, publication, audit: [note] }, context);
}

/** A post whose correction waits for somebody to agree: they are late by the protocol's times from now on. */
function withCorrectionResumed(
  post: PostState,
  now: Millis,
): { readonly post: PostState; readonly effects: readonly NewEffect[] } {
  const { correction } = post;
  if (correction === undefined || !awaitsCorrection(post)) return { post, effects: [] };
  return {
    post: { ...post, correction: { ...correction, resumedAt: now } },
    effects: [firstCorrectionTimer(post, correction, now)],
  };
}

/**
 * What stopped the post's accounts is lifted: whoever decides on what was held meanwhile, or on a correction of it, is
 * asked from now on, and is late by the protocol's times from now on; an emergency is escalated when it was to be.
 */
export const askHeld = crierCommand(
  'post.ask-held',
  z.object({ due: z.int() }),
  (before, { due }, context) => {
    const { now, protocol } = context;
    const { post, effects } = withCorrectionResumed({ ...before, turn: before.turn + 1 }, now);
    const { status } = post;
    if (status.is !== 'held')
      return awaitsCorrection(post)
        ? {
            state: post,
            audit: [{ action: 'asked-again', facts: { review: post.correction?.review.id ?? '' } }],
            effects: [...cardEffects(post, due), ...effects],
          }
        : refusePost('settled-already', {});
    const clock = isEmergency(post) ? clockGoesOn(status.review, now) : { since: now };
    const review = { ...status.review, ...clock };
    const asked: PostState = { ...post, status: { ...status, review } };
    return {
      state: asked,
      audit: [{ action: 'asked-again', facts: { review: review.id } }],
      effects: [
        ...effects,
        ...cardEffects(asked, due),
        ...(hasToBeChanged(asked) && !isStoppedEmergency(asked) ? [] : stageTimers(review, now)),
        ...tell(asked.allAway ?? [], 'all-away', now),
        ...tellChannel(askedAndHere(asked, protocol, now), asked, now),
      ],
    };
  },
);
