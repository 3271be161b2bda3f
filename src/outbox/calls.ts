import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { z } from 'zod';
import type { Effect } from '../core/change.ts';
import type { Run } from '../core/effects.ts';
import type { Executor } from '../core/execute.ts';
import type { BoundHandler, BoundRun, Full, Outcome } from '../core/handler.ts';
import { areOfOneCall, lastBegun, NoLongerPermitted, requestInHand } from '../core/permit.ts';
import { seconds } from '../core/time.ts';
import type { Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';

/** A started run on its way to an outcome. */
export interface Started {
  readonly kind: string;
  readonly id: string;
  readonly type: string;
  readonly run: Run;
  readonly bound: BoundRun;
  readonly onLostLease: BoundHandler['onLostLease'];
  /** a timer that was dropped or set anew meanwhile gives no command */
  readonly timer: boolean;
  readonly patient: boolean;
}

/** What calls stand on. */
export interface CallsDeps {
  readonly executor: Pick<Executor, 'amend'>;
  readonly log: Pick<Log, 'fault'>;
  /** milliseconds of a clock that nobody sets */
  readonly monotonic: () => number;
  /** calls back after so many milliseconds; @returns how to stop that */
  readonly later: (after: Millis, call: () => void) => () => void;
}

/** Calls of handlers, each under its deadline, its lease renewed while it takes long. */
export interface Calls {
  /**
   * A fault is an outcome, too: whether it did anything decides which. What answers after it was given up is told
   * to `late`.
   */
  readonly call: (
    bound: BoundHandler,
    started: Started,
    within: Millis,
    late: (outcome: Outcome) => Promise<void>,
  ) => Promise<Outcome | Full>;
  /** Ends every call that is under way. */
  readonly abort: (reason: string) => void;
}

/** A lease outlasts its call's deadline by so much, for clocks that differ and processes that pause. */
export const leaseMargin = seconds(30);
/** A call that ignores its abort is given up so long after its deadline, while its lease still holds. */
const patience = seconds(10);
/**
 * A request leaves so soon after it was let begin, or not at all: its connection may have taken longer to open, or the
 * process was held still in between (SIGSTOP, a paused machine), and then a stop may have been answered meanwhile. This
 * is shorter than what a stop waits beyond the time for which an account's word counts.
 */
const leavesWithin = seconds(1);
/**
 * Where the platform says, in the same turn, that fetch makes a request, that one leaves by a connection before its first
 * byte, and that one was made to leave by a connection of its own, which those that stand do in the same turn.
 * https://undici.nodejs.org/#/docs/api/DiagnosticsChannel.md
 * https://nodejs.org/docs/latest-v24.x/api/diagnostics_channel.html#http
 */
const made = 'undici:request:create';
const leaves = 'undici:client:sendHeaders';
const madeByHttp = 'http.client.request.created';
/** The lease of a long call is renewed so often: several times before it would run out. */
const renewEvery = seconds(15);

/** What these messages are about; they are the platform's own, and always carry it. */
const requestIn = (message: unknown): object =>
  z.object({ request: z.custom<object>() }).parse(message).request;

/** Begins with nothing under way. */
export function createCalls({ executor, log, monotonic, later }: CallsDeps): Calls {
  const calls = new Set<AbortController>();
  /** whose each request of fetch is */
  const whose = new WeakMap<object, AbortSignal>();

  /** Ends the call of a request that is about to leave and was let begin too long ago: nothing of it was sent. */
  function endIfLate(signal: AbortSignal): void {
    const begun = lastBegun(signal);
    if (begun === undefined || monotonic() - begun <= leavesWithin) return;
    for (const controller of calls)
      if (areOfOneCall(controller.signal, signal))
        controller.abort(new NoLongerPermitted('it was let begin too long ago'));
  }

  function noteWhose(message: unknown): void {
    const signal = requestInHand();
    if (signal !== undefined) whose.set(requestIn(message), signal);
  }

  function lookAtLeaving(message: unknown): void {
    const signal = whose.get(requestIn(message));
    if (signal !== undefined) endIfLate(signal);
  }

  function lookAtMade(): void {
    const signal = requestInHand();
    if (signal !== undefined) endIfLate(signal);
  }

  function watchOver(): void {
    subscribe(made, noteWhose);
    subscribe(leaves, lookAtLeaving);
    subscribe(madeByHttp, lookAtMade);
  }

  function endWatch(): void {
    unsubscribe(made, noteWhose);
    unsubscribe(leaves, lookAtLeaving);
    unsubscribe(madeByHttp, lookAtMade);
  }

  async function call(
    bound: BoundHandler,
    started: Started,
    within: Millis,
    late: (outcome: Outcome) => Promise<void>,
  ): Promise<Outcome | Full> {
    const controller = new AbortController();
    if (calls.size === 0) watchOver();
    calls.add(controller);
    const unclear: Outcome =
      bound.onLostLease === 'again'
        ? { outcome: 'retry', after: 0 }
        : { outcome: 'unknown', reason: 'fault' };
    let stopWaiting = (): void => undefined;
    const givenUp = new Promise<'given up'>((resolve) => {
      stopWaiting = later(within, () => {
        controller.abort(new Error('deadline'));
        stopWaiting = later(patience, () => resolve('given up'));
      });
    });
    const stopRenewing = within > bound.deadline ? renewLease(bound, started, controller) : () => undefined;
    const answered = (async () => await started.bound.run(controller.signal))();
    try {
      const first = await Promise.race([answered, givenUp]);
      if (first !== 'given up') return first;
      void answered.then(
        async (answer) => {
          if (answer.outcome !== 'full') await late(answer);
        },
        () => undefined,
      );
      return bound.onLostLease === 'again' ? unclear : { outcome: 'unknown', reason: 'no-answer' };
    } catch (fault) {
      const { kind, id, type } = started;
      log.fault('an effect failed', fault, { kind, id, effect: type });
      return unclear;
    } finally {
      stopWaiting();
      stopRenewing();
      calls.delete(controller);
      if (calls.size === 0) endWatch();
    }
  }

  /**
   * Renews the lease of a long call for as long as it is under way. When it is no longer ours, or cannot be renewed
   * before it runs out, the call is ended: somebody else may begin then. @returns how to stop
   */
  function renewLease(bound: BoundHandler, started: Started, controller: AbortController): () => void {
    const { kind, id, run } = started;
    const lasts = bound.deadline + leaseMargin;
    let renewed = monotonic();
    let ended = false;
    let stopNext = (): void => undefined;
    const lose = (): void => {
      if (!ended) controller.abort(new Error('the lease was lost'));
    };
    const renew = async (): Promise<void> => {
      const asked = monotonic();
      try {
        const held = await executor.amend(kind, id, (draft) => {
          const until = draft.now + lasts;
          const ours = (effect: Effect): boolean =>
            effect.key === run.key && effect.lease?.attempt === run.attempt;
          if (!draft.waiting.effects.some(ours)) return !run.leased;
          const effects = draft.waiting.effects.map((effect) =>
            effect.lease !== undefined && ours(effect)
              ? { ...effect, lease: { ...effect.lease, until } }
              : effect,
          );
          draft.await({ ...draft.waiting, effects });
          return true;
        });
        if (!held || !(await started.bound.renew())) return lose();
        renewed = asked;
      } catch (fault) {
        log.fault('a lease could not be renewed yet', fault, { kind, id, effect: started.type });
        if (monotonic() - renewed > bound.deadline) return lose();
      }
      if (!ended) next();
    };
    const next = (): void => {
      stopNext = later(renewEvery, () => void renew());
    };
    next();
    return () => {
      ended = true;
      stopNext();
    };
  }

  return {
    call,
    abort: (reason) => {
      for (const controller of calls) controller.abort(new Error(reason));
    },
  };
}
