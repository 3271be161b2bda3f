import type { Later, Millis } from '../core/time.ts';

/** Wakes when the next known work is due. */
export interface Alarm {
  /** A later time does not replace an earlier one that is still to come. */
  readonly set: (at: Millis) => void;
  readonly stop: () => void;
}

/** Begins unset. @param rings is called at the time */
export function createAlarm(clock: () => Millis, later: Later, rings: () => void): Alarm {
  let wakeAt: Millis | undefined;
  let stop = (): void => undefined;

  return {
    set: (at) => {
      if (wakeAt !== undefined && wakeAt <= at && wakeAt > clock()) return;
      stop();
      wakeAt = at;
      stop = later(Math.max(0, at - clock()), () => {
        wakeAt = undefined;
        rings();
      });
    },
    stop: () => stop(),
  };
}
