import type { CommandCall } from '../core/aggregate.ts';
import type { Effect } from '../core/change.ts';
import { dueAt, settle, type Ending, type Run } from '../core/effects.ts';
import type { Executor } from '../core/execute.ts';
import { seconds } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { backOff } from './back-off.ts';
import type { Recording } from './recording.ts';

interface NotStartedDeps {
  readonly executor: Executor;
  readonly log: Pick<Log, 'warn'>;
  readonly random: () => number;
  readonly recording: Recording;
}

/** @returns how an effect ends, or waits, whose run never began */
export function createNotStarted({ executor, log, random, recording }: NotStartedDeps) {
  const { clock } = executor;

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
      draft.await(settle(draft.waiting, neverBegan(effect), ending));
      if (giving === undefined) return;
      const refused = recording.same(draft, giving);
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
      draft.await(settle(draft.waiting, neverBegan(effect), { end: 'postpone', due }));
    });
  }

  return { release, putOff };
}

/** The run of an effect that is ended before it begins; the lease on it, if any, is one that has run out. */
function neverBegan({ key, wish, attempts, lease }: Effect): Run {
  return { key, wish, attempt: lease?.attempt ?? '', leased: lease !== undefined, attempts: attempts + 1 };
}
