import type { Effect, Lease } from '../core/change.ts';
import { claim, lost, settle, type Run } from '../core/effects.ts';
import type { BoundHandler, BoundRun, EffectRun, Outcome } from '../core/handler.ts';
import type { Json } from '../core/json.ts';
import type { Millis } from '../core/time.ts';
import { leaseMargin, type Calls, type Started } from './calls.ts';
import { createEndings, type EndingsDeps } from './endings.ts';
import { createLostRuns } from './lost-runs.ts';
import { createNotStarted } from './not-started.ts';
import { createRecording } from './recording.ts';

/** What runs stand on. */
export interface RunsDeps extends Omit<EndingsDeps, 'recording'> {
  readonly handlers: ReadonlyMap<string, BoundHandler>;
  readonly calls: Calls;
  readonly owner: string;
  readonly randomId: () => string;
  readonly monotonic: () => number;
  /** whether nothing more may begin */
  readonly stopping: () => boolean;
}

/** One run's place among the others. */
export interface Turn {
  /** waits for those that it settles with */
  readonly leave: () => Promise<void>;
  /** its lane was found full: nobody of it comes again so soon */
  readonly wait: (after: Millis) => void;
}

/** Brings one due effect to an outcome: claimed, called, and recorded in its aggregate. */
export interface Runs {
  readonly run: (kind: string, id: string, effect: Effect, now: Millis, turn: Turn) => Promise<void>;
  /** whether what its last run came to is to be left for a while, since the store did not take it */
  readonly waits: (kind: string, id: string, effect: Effect, now: Millis) => boolean;
}

/** Begins with nothing under way. */
export function createRuns(deps: RunsDeps): Runs {
  const { executor, handlers, calls, log, owner, randomId, monotonic, stopping } = deps;
  const { store, clock } = executor;
  const recording = createRecording(deps);
  const ends = createEndings({ ...deps, recording });
  const notStarted = createNotStarted({ ...deps, recording });
  const lostRuns = createLostRuns({ ...deps, recording, giveBack: ends.giveBack });

  async function run(kind: string, id: string, effect: Effect, now: Millis, turn: Turn): Promise<void> {
    const owed = ends.owed.of(kind, id, effect);
    if (owed !== undefined) return await ends.conclude(owed.started, owed.outcome, owed.ending);
    const bound = handlers.get(effect.type);
    if (effect.lease !== undefined && lost([effect], now).length > 0) {
      if (bound === undefined) return await lostRuns.keepHeld(kind, id, effect, effect.lease);
      if (bound.onLostLease === 'unknown') return await settleLost(kind, id, effect, effect.lease, bound);
      if (effect.dropped) return await notStarted.release(kind, id, effect, { end: 'remove' });
    }
    const attempt = randomId();
    // Counted from before anything is asked: what `before` takes is taken for as long as the lease.
    const began = { monotonic: monotonic(), clock: clock() };
    const leased = bound !== undefined && (store.shared || bound.starts || bound.onLostLease === 'unknown');
    const begun: Run = { key: effect.key, wish: effect.wish, attempt, leased, attempts: effect.attempts + 1 };
    const opened = open(bound, kind, id, effect, begun);
    if (bound === undefined || opened === undefined) return await notStarted.putOff(kind, id, effect);
    const started = startedRun(kind, id, bound, begun, opened);

    let within = bound.deadline;
    let outcome: Outcome = { outcome: 'retry', after: 0 };
    try {
      const verdict = await opened.before();
      if ('postpone' in verdict) {
        const ending = { end: 'release', due: clock() + Math.max(1, verdict.postpone) } as const;
        return await notStarted.release(kind, id, effect, ending, verdict.giving);
      }
      if ('drop' in verdict)
        return await notStarted.release(kind, id, effect, { end: 'remove' }, verdict.giving);
      if ('full' in verdict) {
        return turn.wait(verdict.full);
      }
      within = Math.max(within, verdict.longest ?? 0);
    } catch (fault) {
      log.fault('an effect could not be prepared', fault, { kind, id, effect: effect.type });
      // It may have been taken all the same, by a store whose answer did not come.
      await ends.giveBack(started, outcome);
      return await notStarted.putOff(kind, id, effect);
    }

    // From here `before` may hold something, so that every way out leads through `after`.
    try {
      if (stopping()) return;
      const claimed = await claimedOrFreed(bound, started);
      if (claimed.held === 'lost') return;
      if (claimed.held === 'refused') {
        outcome = { outcome: 'refused', reason: claimed.reason };
        return;
      }
      // By both clocks: the one may be set, the other stands still while a machine sleeps.
      const passed = Math.max(monotonic() - began.monotonic, clock() - began.clock);
      const left = bound.deadline + leaseMargin - passed;
      if (stopping() || left < bound.deadline) {
        await ends.conclude(started, outcome, { end: 'release' });
        return;
      }
      const answer = await calls.call(
        bound,
        started,
        within,
        async (late) => await ends.recordLate(started, late),
      );
      if (answer.outcome === 'full') {
        turn.wait(answer.after);
        // Where nothing was committed to begin it, nothing need be committed to put it off.
        if (leased) await ends.conclude(started, outcome, { end: 'release' });
        return;
      }
      outcome = answer;
      await turn.leave();
      await ends.conclude(started, outcome, ends.endingOf(outcome, begun));
    } finally {
      await ends.giveBack(started, outcome);
    }
  }

  /** @returns the run of a handler; undefined, and says so, when there is no handler or it cannot read the data */
  function open(
    bound: BoundHandler | undefined,
    kind: string,
    id: string,
    { data, due }: Pick<Effect, 'data' | 'due'>,
    { key, attempt, attempts }: Run,
  ): BoundRun | undefined {
    const run: EffectRun<Json> = {
      kind,
      id,
      key,
      data,
      attempt,
      attempts,
      due,
      get now() {
        return clock();
      },
      load: async (of) => {
        if (of.kind !== kind) throw new Error(`the effect is of the ${kind} ${id}, not of a ${of.kind}`);
        return (await executor.load(of, id))?.state;
      },
    };
    try {
      if (bound === undefined) throw new Error('no handler');
      return bound.open(run);
    } catch (fault) {
      log.fault('an effect could not be understood', fault, { kind, id });
      return undefined;
    }
  }

  /**
   * Takes the effect for this process. Where the store is this process's alone and a repeat does no harm, what is
   * under way in memory is claim enough, and half the commits are saved.
   */
  async function hold(
    bound: BoundHandler,
    { kind, id, run, bound: opened }: Started,
  ): Promise<
    | { readonly held: 'yes' }
    | { readonly held: 'lost' }
    | { readonly held: 'refused'; readonly reason: string }
  > {
    if (!run.leased) return { held: 'yes' };
    return await executor.amend(kind, id, (draft) => {
      const until = draft.now + bound.deadline + leaseMargin;
      const lease: Lease = { owner: owner, attempt: run.attempt, until };
      const claimed = claim(draft.waiting, run, lease, draft.now);
      if (claimed === undefined) return { held: 'lost' };
      const command = opened.started();
      draft.await(claimed.waiting);
      const refusal = command === undefined ? undefined : recording.same(draft, command);
      if (refusal === undefined) return { held: 'yes' };
      draft.await(settle(draft.waiting, run, { end: 'remove' }));
      return { held: 'refused', reason: refusal };
    });
  }

  /** @throws the store's fault, once what it may have written all the same is freed again */
  async function claimedOrFreed(bound: BoundHandler, started: Started): ReturnType<typeof hold> {
    try {
      return await hold(bound, started);
    } catch (fault) {
      if (started.run.leased) await ends.unclaim(started);
      throw fault;
    }
  }

  /** The process that ran it is gone or has let its time run out, and nobody can tell what it did. */
  async function settleLost(
    kind: string,
    id: string,
    effect: Effect,
    lease: Lease,
    bound: BoundHandler,
  ): Promise<void> {
    const { key, wish, attempts } = effect;
    const run: Run = { key, wish, attempt: lease.attempt, leased: true, attempts };
    const opened = open(bound, kind, id, { ...effect, data: lease.was ?? effect.data }, run);
    if (opened === undefined) return await lostRuns.keepHeld(kind, id, effect, lease);
    await lostRuns.concludeLost(startedRun(kind, id, bound, run, opened), lease);
  }

  return { run, waits: ends.owed.waits };
}

function startedRun(
  kind: string,
  id: string,
  { type, timer, patient, onLostLease }: BoundHandler,
  run: Run,
  bound: BoundRun,
): Started {
  return { kind, id, type, run, bound, timer, patient, onLostLease };
}
