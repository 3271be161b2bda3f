import type { Effect, Lease } from '../core/change.ts';
import { settle, type Run } from '../core/effects.ts';
import type { Executor } from '../core/execute.ts';
import type { Outcome } from '../core/handler.ts';
import { minutes } from '../core/time.ts';
import type { Log } from '../logging.ts';
import type { Started } from './calls.ts';
import type { Recording } from './recording.ts';

interface LostRunsDeps {
  readonly executor: Executor;
  readonly log: Pick<Log, 'error'>;
  readonly recording: Recording;
  /** frees what the handler took before the run */
  readonly giveBack: (started: Started, outcome: Outcome) => Promise<void>;
}

/** @returns what becomes of runs whose lease ran out: their process died, or could not be heard */
export function createLostRuns({ executor, log, recording, giveBack }: LostRunsDeps) {
  /** Nobody can tell what a run did whose lease ran out: recorded so, unless somebody has it again by now. */
  async function concludeLost(started: Started, lease: Lease): Promise<void> {
    const { kind, id, run } = started;
    const outcome: Outcome = { outcome: 'unknown', reason: 'lease-lost' };
    const settled = await executor.amend(kind, id, (draft) => {
      const now = draft.waiting.effects.find((other) => other.key === run.key);
      if (now?.lease?.attempt !== lease.attempt || now.lease.until > draft.now) return false;
      const ended: Run = { ...run, wish: lease.was === undefined ? now.wish : 0 };
      draft.await(settle(draft.waiting, ended, { end: 'remove' }));
      recording.record(draft, started, outcome);
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

  return { concludeLost, keepHeld };
}
