import type { CommandCall } from '../core/aggregate.ts';
import type { Effect, Lease } from '../core/change.ts';
import { crier } from '../core/context.ts';
import type { Draft } from '../core/draft.ts';
import { claim, dueAt, lost, settle } from '../core/effects.ts';
import type { Ending, Run } from '../core/effects.ts';
import type { Executor } from '../core/execute.ts';
import type { BoundHandler, BoundRun, EffectRun, Outcome } from '../core/handler.ts';
import type { Json } from '../core/json.ts';
import { sha256 } from '../core/json.ts';
import { AnotherShape } from '../core/registry.ts';
import { minutes, seconds } from '../core/time.ts';
import type { Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { backOff } from './back-off.ts';
import { leaseMargin } from './calls.ts';
import type { Calls, Started } from './calls.ts';

/** What runs stand on. */
export interface RunsDeps {
  readonly executor: Executor;
  readonly handlers: ReadonlyMap<string, BoundHandler>;
  readonly calls: Calls;
  readonly log: Pick<Log, 'warn' | 'error' | 'fault'>;
  readonly owner: string;
  readonly randomId: () => string;
  readonly random: () => number;
  readonly monotonic: () => number;
  readonly later: (after: Millis, call: () => void) => () => void;
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

/** How long a settle that the store failed waits before it is tried again. */
const settleRetries: readonly Millis[] = [100, 1_000, 5_000];

/** @returns what brings one due effect to an outcome: claimed, called, and recorded in its aggregate */
export function createRuns(deps: RunsDeps) {
  const { executor, handlers, calls, log, owner, random, randomId, monotonic, later, stopping } = deps;
  const { store, clock } = executor;

  async function run(kind: string, id: string, effect: Effect, now: Millis, turn: Turn): Promise<void> {
    const bound = handlers.get(effect.type);
    if (effect.lease !== undefined && lost([effect], now).length > 0) {
      if (bound === undefined) return await keepHeld(kind, id, effect, effect.lease);
      if (bound.onLostLease === 'unknown') return await settleLost(kind, id, effect, effect.lease, bound);
      if (effect.dropped) return await release(kind, id, effect, { end: 'remove' });
    }
    const attempt = randomId();
    // Counted from before anything is asked: what `before` takes is taken for as long as the lease.
    const began = { monotonic: monotonic(), clock: clock() };
    const leased = bound !== undefined && (store.shared || bound.starts || bound.onLostLease === 'unknown');
    const begun: Run = { key: effect.key, wish: effect.wish, attempt, leased, attempts: effect.attempts + 1 };
    const opened = open(bound, kind, id, effect.data, begun);
    if (bound === undefined || opened === undefined) return await putOff(kind, id, effect);
    const started = startedRun(kind, id, bound, begun, opened);

    let within = bound.deadline;
    let outcome: Outcome = { outcome: 'retry', after: 0 };
    try {
      const verdict = await opened.before();
      if ('postpone' in verdict) {
        const ending = { end: 'release', due: clock() + Math.max(1, verdict.postpone) } as const;
        return await release(kind, id, effect, ending, verdict.giving);
      }
      if ('drop' in verdict) return await release(kind, id, effect, { end: 'remove' }, verdict.giving);
      if ('full' in verdict) {
        return turn.wait(verdict.full);
      }
      within = Math.max(within, verdict.longest ?? 0);
    } catch (fault) {
      log.fault('an effect could not be prepared', fault, { kind, id, effect: effect.type });
      // It may have been taken all the same, by a store whose answer did not come.
      await after(started, outcome);
      return await putOff(kind, id, effect);
    }

    // From here `before` may hold something, so that every way out leads through `after`.
    try {
      if (stopping()) return;
      const claimed = await hold(bound, started);
      if (claimed.held === 'lost') return;
      if (claimed.held === 'refused') {
        outcome = { outcome: 'refused', reason: claimed.reason };
        return;
      }
      // By both clocks: the one may be set, the other stands still while a machine sleeps.
      const passed = Math.max(monotonic() - began.monotonic, clock() - began.clock);
      const left = bound.deadline + leaseMargin - passed;
      if (stopping() || left < bound.deadline) {
        await conclude(started, outcome, { end: 'release', due: clock() });
        return;
      }
      const answer = await calls.call(
        bound,
        started,
        within,
        async (late) => await recordLate(started, late),
      );
      if (answer.outcome === 'full') {
        turn.wait(answer.after);
        // Where nothing was committed to begin it, nothing need be committed to put it off.
        if (leased) await conclude(started, outcome, { end: 'release', due: clock() });
        return;
      }
      outcome = answer;
      await turn.leave();
      await conclude(started, outcome, endingOf(outcome, begun));
    } finally {
      await after(started, outcome);
    }
  }

  /** @returns the run of a handler; undefined, and says so, when there is no handler or it cannot read the data */
  function open(
    bound: BoundHandler | undefined,
    kind: string,
    id: string,
    data: Json,
    { key, attempt, attempts }: Run,
  ): BoundRun | undefined {
    const run: EffectRun<Json> = {
      kind,
      id,
      key,
      data,
      attempt,
      attempts,
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
      const refusal = command === undefined ? undefined : same(draft, command);
      if (refusal === undefined) return { held: 'yes' };
      draft.await(settle(draft.waiting, run, { end: 'remove' }));
      return { held: 'refused', reason: refusal };
    });
  }

  /** An answer that came after the run was given up still says what happened. */
  async function recordLate(started: Started, late: Outcome): Promise<void> {
    const { kind, id, type } = started;
    try {
      await conclude(started, late, { end: 'remove' });
    } catch (fault) {
      log.fault('a late answer could not be recorded', fault, { kind, id, effect: type });
    }
  }

  function endingOf(outcome: Outcome, run: Run): Ending {
    if (outcome.outcome !== 'retry') return { end: 'remove' };
    return { end: 'postpone', due: clock() + backOff(run.attempts, outcome.after, random()) };
  }

  /**
   * Commits an outcome: the effect's end and the command that records it. Tried again when the store fails, but not
   * when the command takes no such outcome.
   */
  async function conclude(started: Started, outcome: Outcome, ending: Ending): Promise<void> {
    const { kind, id, run } = started;
    for (const pause of [...settleRetries, undefined]) {
      try {
        return await executor.amend(kind, id, (draft) => {
          const before = draft.waiting.effects.find(({ key }) => key === run.key);
          draft.await(settle(draft.waiting, run, ending));
          if (!started.timer || before?.wish === run.wish) record(draft, started, outcome);
        });
      } catch (fault) {
        if (fault instanceof AnotherShape || pause === undefined) return await unrecorded(started, fault);
        log.fault('an outcome could not be written yet', fault, { kind, id, effect: started.type });
        await new Promise<void>((resolve) => later(pause, resolve));
      }
    }
  }

  /**
   * An outcome that nothing can record. What may be done again is, later each time, so that nobody outside is asked
   * without an end; what may not is held by its lease, and then nobody can tell what it did.
   *
   * @throws the fault where that stands, or the store's
   */
  async function unrecorded({ kind, id, type, run, onLostLease }: Started, fault: unknown): Promise<void> {
    if (onLostLease === 'unknown') throw fault;
    log.fault('an outcome could not be recorded', fault, { kind, id, effect: type });
    const due = clock() + backOff(run.attempts, seconds(1), random());
    await executor.amend(kind, id, (draft) => {
      draft.await(settle(draft.waiting, run, { end: 'postpone', due }));
    });
  }

  /** Decides the command that an outcome gives, once however often the commit is tried. */
  function record(draft: Draft, { kind, id, type, run, bound, patient }: Started, outcome: Outcome): void {
    const command = bound.settled(outcome);
    if (command === undefined) return;
    // What patient work gives may be given again, so that no key of it need be kept.
    const key = patient ? undefined : sha256(`settled ${run.attempt} ${outcome.outcome}`);
    if (key !== undefined && draft.handled(key)) return;
    const refusal = same(draft, command);
    if (refusal === undefined) {
      if (key !== undefined) draft.handle(key, command.command);
    } else
      log.warn('an outcome was refused', {
        kind,
        id,
        effect: type,
        command: command.command,
        reason: refusal,
      });
  }

  /** Decides a command on the effect's own aggregate. @returns the code of a refusal */
  function same(draft: Draft, command: CommandCall): string | undefined {
    if (command.id !== draft.id || executor.kindOf(command.command) !== draft.kind) {
      throw new Error(`${command.command} is not for the ${draft.kind} whose effect gave it`);
    }
    return draft.call(command, crier)?.refused;
  }

  async function after(started: Started, outcome: Outcome): Promise<void> {
    try {
      await started.bound.after(outcome);
    } catch (fault) {
      const { kind, id, type } = started;
      log.fault('what an effect had taken could not be freed', fault, { kind, id, effect: type });
    }
  }

  /** Ends an effect that was not started, unless another process or another wish has come meanwhile. */
  async function release(
    kind: string,
    id: string,
    effect: Effect,
    ending: Ending,
    giving?: CommandCall,
  ): Promise<void> {
    await executor.amend(kind, id, (draft) => {
      const now = draft.waiting.effects.find(({ key }) => key === effect.key);
      if (now === undefined || now.wish !== effect.wish || dueAt(now) > draft.now) return;
      if (now.lease?.attempt !== effect.lease?.attempt) return;
      draft.await(settle(draft.waiting, notStarted(effect), ending));
      if (giving === undefined) return;
      const refused = same(draft, giving);
      if (refused !== undefined) {
        log.warn('a command of an effect was refused', {
          kind,
          id,
          command: giving.command,
          reason: refused,
        });
      }
    });
  }

  /** A fault before the start: the effect is tried again later, each time after a longer while. */
  async function putOff(kind: string, id: string, effect: Effect): Promise<void> {
    const due = clock() + backOff(effect.attempts + 1, seconds(1), random());
    await executor.amend(kind, id, (draft) => {
      draft.await(settle(draft.waiting, notStarted(effect), { end: 'postpone', due }));
    });
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
    const opened = open(bound, kind, id, lease.was ?? effect.data, run);
    if (opened === undefined) return await keepHeld(kind, id, effect, lease);
    const started = startedRun(kind, id, bound, run, opened);
    const outcome: Outcome = { outcome: 'unknown', reason: 'lease-lost' };
    const settled = await executor.amend(kind, id, (draft) => {
      const now = draft.waiting.effects.find((other) => other.key === key);
      if (now?.lease?.attempt !== lease.attempt || now.lease.until > draft.now) return false;
      const ended: Run = { ...run, wish: lease.was === undefined ? now.wish : 0 };
      draft.await(settle(draft.waiting, ended, { end: 'remove' }));
      record(draft, started, outcome);
      return true;
    });
    if (settled) await after(started, outcome);
  }

  /** Nobody can tell what the run did, and nobody here can record that: it stays held, so that it is not run again. */
  async function keepHeld(kind: string, id: string, effect: Effect, lease: Lease): Promise<void> {
    log.error('an effect whose run was lost cannot be settled by this release', {
      kind,
      id,
      effect: effect.type,
    });
    await executor.amend(kind, id, (draft) => {
      const until = draft.now + minutes(5);
      const effects = draft.waiting.effects.map((now) =>
        now.lease?.attempt === lease.attempt ? { ...now, lease: { ...now.lease, until } } : now,
      );
      draft.await({ ...draft.waiting, effects });
    });
  }

  return { run };
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

/** The run of an effect that is ended before it begins; the lease on it, if any, is one that has run out. */
function notStarted({ key, wish, attempts, lease }: Effect): Run {
  return { key, wish, attempt: lease?.attempt ?? '', leased: lease !== undefined, attempts: attempts + 1 };
}
