import type { Anchorer } from '../core/anchors.ts';
import { minutes, type Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';

/** When anchors are taken: soon after the start, when its rush is over, and regularly from then on. */
export interface AnchorTimes {
  readonly first: Millis;
  readonly every: Millis;
}

const usual: AnchorTimes = { first: minutes(1), every: minutes(5) };

/**
 * Takes anchors regularly. The first time, what a process that died had not anchored is looked for as well: without
 * that, whoever deletes such a record would not be found out. What fails is logged and done again the next time.
 * @returns what ends it
 */
export function anchorRegularly(
  anchorer: Pick<Anchorer, 'sweep' | 'take'>,
  log: Log,
  { first, every }: AnchorTimes = usual,
): () => void {
  let swept = false;
  const anchor = async (): Promise<void> => {
    try {
      if (!swept) await anchorer.sweep();
      swept = true;
      await anchorer.take();
    } catch (fault) {
      log.fault('the anchors could not be written', fault);
    }
  };
  const timers = [setTimeout(() => void anchor(), first), setInterval(() => void anchor(), every)];
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
