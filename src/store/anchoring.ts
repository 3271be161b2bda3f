import type { Anchorer } from '../core/anchors.ts';
import type { Executor } from '../core/execute.ts';
import { minutes, seconds, type Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';

/** When anchors are taken. */
export interface AnchorTimes {
  /** after a commit, so that what is deleted is missed; all commits of that time in one write */
  readonly soon: Millis;
  /** after the start, when its rush is over: what a process that died had not anchored is looked for */
  readonly first: Millis;
  /** from then on: what could not be written earlier is written then */
  readonly every: Millis;
}

const usual: AnchorTimes = { soon: seconds(1), first: minutes(1), every: minutes(5) };

/**
 * Takes anchors soon after each commit, beside the turns and never before one is answered, and regularly. The first
 * regular time, what a process that died had not anchored is looked for as well: without that, whoever deletes such a
 * record would not be found out. What fails is logged and done again at the next regular time.
 * @returns what ends it
 */
export function anchorRegularly(
  anchorer: Pick<Anchorer, 'sweep' | 'take'>,
  executor: Pick<Executor, 'onCommit'>,
  log: Log,
  { soon, first, every }: AnchorTimes = usual,
): () => void {
  let sweeping: Promise<number> | undefined;
  const sweepOnce = async (): Promise<void> => {
    // What changes is anchored in time also while a long sweep goes on.
    if (sweeping !== undefined) return;
    sweeping = anchorer.sweep();
    try {
      await sweeping;
    } catch (fault) {
      sweeping = undefined;
      throw fault;
    }
  };
  /** the last write failed: a full disk is not tried, and logged, at every commit */
  let failing = false;
  let next: NodeJS.Timeout | undefined;
  const anchor = async (looking: boolean): Promise<void> => {
    try {
      if (looking) await sweepOnce();
      await anchorer.take();
      failing = false;
    } catch (fault) {
      failing = true;
      log.fault('the anchors could not be written', fault);
    }
  };
  const stopListening = executor.onCommit(({ grew }) => {
    if (!grew || failing || next !== undefined) return;
    next = setTimeout(() => {
      next = undefined;
      void anchor(false);
    }, soon);
  });
  const timers = [setTimeout(() => void anchor(true), first), setInterval(() => void anchor(true), every)];
  return () => {
    stopListening();
    for (const timer of [...timers, next]) clearTimeout(timer);
  };
}
