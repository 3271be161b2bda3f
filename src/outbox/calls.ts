import type { Effect } from '../core/change.ts';
import type { Run } from '../core/effects.ts';
import type { Executor } from '../core/execute.ts';
import type { BoundHandler, BoundRun, Full, Outcome } from '../core/handler.ts';
import { areOfOneCall } from '../core/permit.ts';
import { seconds } from '../core/time.ts';
import type { Later, Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { createLeaving } from './leaving.ts';

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
  readonly later: Later;
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
/** The lease of a long call is renewed so often: several times before it would run out. */
const renewEvery = seconds(15);

/** Begins with nothing under way. */
export function createCalls({ executor, log, monotonic, later }: CallsDeps): Calls {
  const calls = new Set<AbortController>();
  const callOf = (request: AbortSignal): AbortController | undefined => {
    for (const controller of calls) if (areOfOneCall(controller.signal, request)) return controller;
    return undefined;
  };
  const leaving = createLeaving({
    monotonic,
    later,
    isOurs: (request) => callOf(request) !== undefined,
    end: (request, why) => callOf(request)?.abort(why),
  });

  async function call(
    bound: BoundHandler,
    started: Started,
    within: Millis,
    late: (outcome: Outcome) => Promise<void>,
  ): Promise<Outcome | Full> {
    const controller = new AbortController();
    if (calls.size === 0) leaving.watch();
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
      if (calls.size === 0) leaving.rest();
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
