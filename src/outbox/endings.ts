import type { Effect } from '../core/change.ts';
import { settle, type Ending, type Run } from '../core/effects.ts';
import type { Executor } from '../core/execute.ts';
import type { Outcome } from '../core/handler.ts';
import { AnotherShape } from '../core/registry.ts';
import { seconds, type Later, type Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { backOff } from './back-off.ts';
import type { Started } from './calls.ts';
import { createOwed } from './owed.ts';
import type { Recording } from './recording.ts';

/** What the ends of runs stand on. */
export interface EndingsDeps {
  readonly executor: Executor;
  readonly log: Pick<Log, 'warn' | 'error' | 'fault'>;
  readonly random: () => number;
  readonly later: Later;
  readonly recording: Recording;
}

/** How long what the store failed to end waits before it is tried again. */
const settleRetries: readonly Millis[] = [100, 1_000, 5_000];
/** How long what it failed to end by then is left at a time: the store alone is asked for it, and nobody outside. */
const owedFor = seconds(5);

/** @returns the ways in which a run that began is ended in its aggregate */
export function createEndings({ executor, log, random, later, recording }: EndingsDeps) {
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
          if (!started.timer || before?.wish === run.wish) recording.record(draft, started, outcome);
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
        recording.record(draft, started, { outcome: 'retry', after: 0 });
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

  return { owed, conclude, unclaim, recordLate, endingOf, giveBack };
}
