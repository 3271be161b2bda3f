import type { CommandCall } from '../core/aggregate.ts';
import type { Effect, Lease } from '../core/change.ts';
import { crier } from '../core/context.ts';
import type { Draft } from '../core/draft.ts';
import { dueAt, settle, type Ending, type Run } from '../core/effects.ts';
import type { Executor } from '../core/execute.ts';
import type { Outcome } from '../core/handler.ts';
import { sha256 } from '../core/json.ts';
import { AnotherShape } from '../core/registry.ts';
import { minutes, seconds, type Later, type Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { backOff } from './back-off.ts';
import type { Started } from './calls.ts';
import { createOwed } from './owed.ts';

/** What the ends of runs stand on. */
export interface EndingsDeps {
  readonly executor: Executor;
  readonly log: Pick<Log, 'warn' | 'error' | 'fault'>;
  readonly random: () => number;
  readonly later: Later;
}

/** How long what the store failed to end waits before it is tried again. */
const settleRetries: readonly Millis[] = [100, 1_000, 5_000];
/** How long what it failed to end by then is left at a time: the store alone is asked for it, and nobody outside. */
const owedFor = seconds(5);

/** @returns the ways in which a run, or what was never started, is ended in its aggregate */
export function createEndings({ executor, log, random, later }: EndingsDeps) {
  const { clock } = executor;
  const owed = createOwed();

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
   * Commits an outcome: the effect's end and the command that records it. Tried again when the store fails, and owed
   * where it fails for longer, but not when the command takes no such outcome.
   *
   * @throws the fault where nothing was committed
   */
  async function conclude(started: Started, outcome: Outcome, ending: Ending): Promise<void> {
    const { kind, id, run } = started;
    try {
      await again(started, async () => {
        await executor.amend(kind, id, (draft) => {
          const before = draft.waiting.effects.find(({ key }) => key === run.key);
          draft.await(settle(draft.waiting, run, ending));
          if (!started.timer || before?.wish === run.wish) record(draft, started, outcome);
        });
      });
      owed.paid(started);
    } catch (fault) {
      if (fault instanceof AnotherShape) {
        owed.paid(started);
        return await unrecorded(started, fault);
      }
      owed.keep({ started, outcome, ending }, clock() + owedFor);
      throw fault;
    }
  }

  /**
   * An outcome that nothing can ever record. What may be done again is, later each time, so that nobody outside is asked
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

  /**
   * Frees what a claim took whose answer did not come: it may have been written all the same, and nothing was called.
   * Otherwise the effect would wait for its lease to run out, and be looked for then.
   */
  async function unclaim(started: Started): Promise<void> {
    const { kind, id, run } = started;
    await again(started, async () => {
      await executor.amend(kind, id, (draft) => {
        const isOurs = ({ key, lease }: Effect): boolean => key === run.key && lease?.attempt === run.attempt;
        if (!draft.waiting.effects.some(isOurs)) return;
        draft.await(settle(draft.waiting, run, { end: 'release' }));
        record(draft, started, { outcome: 'retry', after: 0 });
      });
    });
  }

  /** Frees what the handler took before the run: what is not freed is kept from others for a minute. */
  async function giveBack(started: Started, outcome: Outcome): Promise<void> {
    try {
      await again(started, async () => await started.bound.after(outcome));
    } catch (fault) {
      const { kind, id, type } = started;
      log.fault('what an effect had taken could not be freed', fault, { kind, id, effect: type });
    }
  }

  /** Does what the store may fail, and once more after each while; @throws the last fault, or one that no other try mends */
  async function again({ kind, id, type }: Started, work: () => Promise<void>): Promise<void> {
    for (const pause of settleRetries) {
      try {
        return await work();
      } catch (fault) {
        if (fault instanceof AnotherShape) throw fault;
        log.fault('an outcome could not be written yet', fault, { kind, id, effect: type });
        await new Promise<void>((resolve) => later(pause, resolve));
      }
    }
    await work();
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

  /** Nobody can tell what a run did whose lease ran out: recorded so, unless somebody has it again by now. */
  async function concludeLost(started: Started, lease: Lease): Promise<void> {
    const { kind, id, run } = started;
    const outcome: Outcome = { outcome: 'unknown', reason: 'lease-lost' };
    const settled = await executor.amend(kind, id, (draft) => {
      const now = draft.waiting.effects.find((other) => other.key === run.key);
      if (now?.lease?.attempt !== lease.attempt || now.lease.until > draft.now) return false;
      const ended: Run = { ...run, wish: lease.was === undefined ? now.wish : 0 };
      draft.await(settle(draft.waiting, ended, { end: 'remove' }));
      record(draft, started, outcome);
      return true;
    });
    if (settled) await giveBack(started, outcome);
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

  return {
    owed,
    conclude,
    unclaim,
    recordLate,
    concludeLost,
    endingOf,
    same,
    giveBack,
    release,
    putOff,
    keepHeld,
  };
}

/** The run of an effect that is ended before it begins; the lease on it, if any, is one that has run out. */
function notStarted({ key, wish, attempts, lease }: Effect): Run {
  return { key, wish, attempt: lease?.attempt ?? '', leased: lease !== undefined, attempts: attempts + 1 };
}
