import type { Later, Millis } from '../core/time.ts';

/** One run has come to an outcome, or to none. @returns when the others have, too, or when that takes too long */
export type Leave = () => Promise<void>;

/** Patient runs of one aggregate that are begun at once. */
export interface Round {
  /** one more run; all join before the first of them leaves */
  readonly join: () => Leave;
}

/** How long the first waits for the others. */
const together: Millis = 250;

/**
 * The cards of a post come back one after the other within milliseconds. Those who wait here commit their outcomes
 * together: a commit costs more than a card. Whoever dies meanwhile shows a card again, as patient work may.
 */
export function roundOf(later: Later): Round {
  let running = 0;
  let over = (): void => undefined;
  const all = new Promise<void>((resolve) => {
    over = resolve;
  });
  let stopWaiting: (() => void) | undefined;
  return {
    join: () => {
      running += 1;
      let left = false;
      return async () => {
        if (!left) {
          left = true;
          running -= 1;
          if (running === 0) {
            stopWaiting?.();
            over();
          } else stopWaiting ??= later(together, over);
        }
        await all;
      };
    },
  };
}

/** For a run that waits for nobody. */
export const alone: Leave = async () => await Promise.resolve();
