import type { Effect } from '../core/change.ts';
import type { Millis } from '../core/time.ts';
import type { Known } from './known.ts';

/** Aggregates of which a due effect was passed over because its key was being run, and whether one was urgent. */
export interface PassedOver {
  readonly note: (kind: string, id: string, busy: readonly Effect[]) => void;
  /** One of its runs has ended: what was passed over is looked at once more. */
  readonly lookAgain: (kind: string, id: string, now: Millis) => void;
}

/** Begins with nothing passed over. */
export function createPassedOver(known: Known, isPatient: (effect: Effect) => boolean): PassedOver {
  const isUrgent = new Map<string, boolean>();
  const keyOf = (kind: string, id: string): string => `${kind}/${id}`;

  return {
    note: (kind, id, busy) => {
      const key = keyOf(kind, id);
      isUrgent.set(key, isUrgent.get(key) === true || !busy.every(isPatient));
    },
    lookAgain: (kind, id, now) => {
      const key = keyOf(kind, id);
      const urgent = isUrgent.get(key);
      if (urgent === undefined) return;
      isUrgent.delete(key);
      const found = { kind, id, due: now };
      if (urgent) known.noticeUrgent(found);
      else known.notice(found);
    },
  };
}
