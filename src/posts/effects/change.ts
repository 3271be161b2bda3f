import type { CommandCall } from '../../core/aggregate.ts';
import type { Refusal } from '../../core/change.ts';
import type { EffectRun, Verdict } from '../../core/handler.ts';
import { permittedBy } from '../../core/permit.ts';
import type { Millis } from '../../core/time.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { waitsForTheDesk } from '../correcting/fresh-decision.ts';
import { stoppedByRule } from '../leaving/leaving.ts';
import type { PostState } from '../post.ts';
import { agreersGone } from '../deciding/who-acts.ts';
import { blockedWait, freeSlot, heldWait, heldWith, letBegin, slotWait } from './account.ts';
import type { PublishingDeps } from './deps.ts';
import { slotsOf } from './slots.ts';

type Run = EffectRun<{ readonly part: string }>;

/** The starts of a handler that change what is public, or delete it to make room, by what somebody agreed to. */
export interface Changes {
  /**
   * Whether it may begin: no rule stops it, those who agreed still may, and its account has a slot for it.
   *
   * @param waits records that it waits until its account is connected again; undefined where that is known
   */
  readonly mayBegin: (
    run: Run,
    post: PostState,
    slot: { readonly publication: string; readonly decidedAt: Millis },
    waits: CommandCall | undefined,
  ) => Promise<Verdict>;
  /** Whether its first request may leave; what took no slot needs none. */
  readonly mayLeave: (run: Run, signal: AbortSignal) => Promise<boolean>;
  /** Gives back the slot that it took, if it took one. */
  readonly ended: (run: Run, publication: string) => Promise<void>;
}

/** Changes of a handler of its own: nothing is known of any account yet. */
export function changesOf(deps: PublishingDeps): Changes {
  const { executor, networkOf, rules, clock } = deps;
  const slots = slotsOf(deps);
  return {
    mayBegin: async (run, post, slot, waits) => {
      const { part } = run.data;
      // Nobody can connect an account again that the protocol does not have any more: its start ends there, and says so.
      if (networkOf(accountOf(part)) === undefined) return { go: true };
      const stopped = stoppedByRule(post, part, run.now, rules());
      if (stopped !== undefined) return { drop: true, giving: stopped };
      if (agreersGone(post, rules()).length > 0) return waitsForDesk(post);
      const taken = await slots.take(run, post, part, slot);
      return taken.done ? { go: true } : withoutSlot(run.id, taken.refusal, waits, clock());
    },
    mayLeave: async (run, signal) => {
      if (!slots.has(run)) return true;
      permittedBy(async () => await slots.stillOpen(run), signal);
      return await letBegin(signal);
    },
    ended: async (run, publication) => {
      if (!slots.has(run)) return;
      await freeSlot(executor, accountOf(run.data.part), { publication, holder: run.attempt });
    },
  };
}

/** Whoever agreed to it may not any more: it waits for the desk, which is asked once. */
function waitsForDesk(post: PostState): Verdict {
  const isAsked = post.status.is === 'held' || waitsForTheDesk(post);
  return isAsked
    ? { postpone: heldWait }
    : { postpone: heldWait, giving: { command: 'post.ask-about-makers', id: post.id, params: {} } };
}

/** It was given no slot of its account: its post is held with everything else, or it waits. */
function withoutSlot(id: string, refusal: Refusal, waits: CommandCall | undefined, now: Millis): Verdict {
  const holds = heldWith(id, refusal);
  if (holds !== undefined) return { postpone: heldWait, giving: holds };
  const { refused, facts } = refusal;
  if (refused === 'account-blocked')
    return waits === undefined ? { postpone: blockedWait } : { postpone: blockedWait, giving: waits };
  return {
    postpone:
      refused === 'account-waits' && typeof facts['until'] === 'number'
        ? Math.max(facts['until'] - now, 0)
        : slotWait,
  };
}
