import { z } from 'zod';
import type { CommandCall } from '../../core/aggregate.ts';
import type { EffectRun, Outcome } from '../../core/handler.ts';
import { minutes, seconds } from '../../core/time.ts';
import { accountBlocked, noClearAnswer, type PublishOutcome, type Remote } from '../../networks/network.ts';
import { remote } from '../remote.ts';

/** So many attempts at something that may be done again have to fail until the post's card says why. */
const toldAfter = 3;

const asked = z.object({ asked: z.literal(true) });
/** Of an attempt that ended without a word of the network. */
const unsaid = 'again';
const withReason = z.object({ reason: z.string(), shownFrom: z.int().exactOptional() });

/** What a network's answer is to the outbox. */
export function outcomeOf(answer: PublishOutcome): Outcome {
  switch (answer.outcome) {
    case 'published':
      return { outcome: 'done', value: { remoteId: answer.remote.remoteId, url: answer.remote.url } };
    case 'retry':
      return { outcome: 'retry', after: answer.after, value: { reason: answer.reason } };
    case 'refused':
      return { outcome: 'refused', reason: answer.reason };
    case 'unknown':
      return { outcome: 'unknown', reason: answer.reason };
    case 'asked':
      return { outcome: 'done', value: { asked: true } };
  }
}

/** Whether a person is asked to do it, since no machine can. */
const isAsked = (outcome: Outcome): boolean =>
  outcome.outcome === 'done' && asked.safeParse(outcome.value).success;

/** Where a post has come to stand; undefined where a person is asked, or nothing has come of it. */
export const standsAt = (outcome: Outcome): Remote | undefined =>
  outcome.outcome === 'done' && !isAsked(outcome) ? remote.parse(outcome.value) : undefined;

/**
 * An outcome of something that may safely be done again: what nobody can tell is simply done once more. So is what was
 * refused in a way that the network is not known for, before anybody is told: such an answer has come after it was done,
 * or from a proxy on the way, so that until a look tells, nobody can.
 */
export function repeatable(answer: PublishOutcome, { attempts }: EffectRun<unknown>): Outcome {
  const outcome = outcomeOf(answer);
  const isAgain = outcome.outcome === 'unknown' || (isUnheardOf(answer) && attempts < toldAfter);
  return isAgain ? { outcome: 'retry', after: seconds(5), value: { reason: noClearAnswer } } : outcome;
}

/** So long something waits that is tried on while a person is asked about it. */
const askedPace = minutes(15);

/** An outcome of something that a person is asked about by now: tried on, less often. */
export const atLeisure = (outcome: Outcome, isAsked: boolean): Outcome =>
  isAsked && outcome.outcome === 'retry'
    ? { ...outcome, after: Math.max(outcome.after, askedPace) }
    : outcome;

/** Whether the network said no by a status alone, and no reason of its own that anybody knows. */
export const isUnheardOf = (
  answer: PublishOutcome,
): answer is Extract<PublishOutcome, { readonly outcome: 'refused' }> =>
  answer.outcome === 'refused' && answer.reason.startsWith('status-');

/** What the outbox's outcome is to the post. */
export function answerOf(outcome: Outcome) {
  switch (outcome.outcome) {
    case 'done': {
      const told = standsAt(outcome);
      return told === undefined ? { answer: 'asked' } : { answer: 'published', remote: told };
    }
    case 'retry': {
      const { success, data } = withReason.safeParse(outcome.value);
      if (!success) return { answer: 'retry', reason: unsaid };
      return { answer: 'retry', ...data };
    }
    case 'refused':
      return { answer: 'refused', reason: outcome.reason };
    case 'unknown':
      return { answer: 'unknown' };
  }
}

/**
 * Why something is tried again and again. A moment's trouble is nobody's concern; what goes on is told to whoever waits
 * for it.
 */
export function whyAgain(
  { attempts }: EffectRun<unknown>,
  { value }: Extract<Outcome, { readonly outcome: 'retry' }>,
): { readonly reason: string; readonly told: boolean } {
  const { success, data } = withReason.safeParse(value);
  if (!success) return { reason: noClearAnswer, told: false };
  // Nothing but somebody's doing ends that an account refuses us: it is told at once.
  return { reason: data.reason, told: attempts >= toldAfter || data.reason === accountBlocked };
}

/** The command that records a repeatable effect: nothing while it is still to be tried again. */
export function recorded(
  id: string,
  command: string,
  part: string,
  outcome: Outcome,
  params: (part: string, problem: string | undefined) => unknown,
): CommandCall | undefined {
  switch (outcome.outcome) {
    case 'done':
      // Nothing is done yet where a person is asked to do it.
      return isAsked(outcome)
        ? {
            command: 'post.ask-by-hand',
            id,
            params: { part, what: command === 'post.removed' ? 'remove' : 'change' },
          }
        : { command, id, params: params(part, undefined) };
    case 'refused':
      return { command, id, params: params(part, outcome.reason) };
    default:
      return undefined;
  }
}
