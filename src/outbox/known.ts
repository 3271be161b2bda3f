import type { Effect } from '../core/change.ts';
import { dueAt, type Waiting } from '../core/effects.ts';
import { earlier, minutes, seconds, type Millis } from '../core/time.ts';
import { createAgenda, type Agenda, type Noticed } from './agenda.ts';

type Aggregate = Pick<Noticed, 'kind' | 'id'>;

/**
 * What this process knows to fall due. What is known to be urgent goes before all else: a post, or a look for one, waits
 * behind no card, however many are due. What the store tells of may be either: which, is seen before anything of it has
 * its turn, else whole accounts would wait until what was seen before them is out.
 */
export interface Known {
  /** a commit's word, which replaces what was known */
  readonly committed: (of: Aggregate, waiting: Waiting) => void;
  /**
   * what falls due soon of an aggregate that was looked at just now
   *
   * @param parked something of it waits for its turn, so that the store does not tell what else falls due
   */
  readonly follows: (of: Aggregate, effects: readonly Effect[], now: Millis, parked: boolean) => void;
  /** something that the store tells of, of which nobody has seen yet what it is */
  readonly told: (found: Noticed) => void;
  /** something that is due, or will be, and may be patient or not */
  readonly notice: (found: Noticed) => void;
  /** something that is known to be urgent */
  readonly noticeUrgent: (found: Noticed) => void;
  /** Takes out what is to be looked at first: all that was known of that aggregate. */
  readonly takeTold: (by: Millis) => Noticed | undefined;
  readonly takeUrgent: (by: Millis) => Noticed | undefined;
  readonly takeOther: (by: Millis) => Noticed | undefined;
  /** when the next is to be looked at: what was told, or is known to be urgent */
  readonly nextUrgent: () => Millis | undefined;
  readonly nextOther: () => Millis | undefined;
}

/** So far ahead it is kept what falls due; what comes later, or is only patient, the store tells when its time has come. */
const ahead = { urgent: minutes(2), patient: seconds(2) } as const;

/** Begins with nothing known. */
export function createKnown(clock: () => Millis, isPatient: (effect: Effect) => boolean): Known {
  const told = createAgenda(clock);
  const urgent = createAgenda(clock);
  const other = createAgenda(clock);

  /** The earliest of some effects, where it falls due soon. */
  const earliest = (effects: readonly Effect[], within: Millis): Millis | undefined => {
    const first = Math.min(...effects.map(dueAt));
    return first <= clock() + within ? first : undefined;
  };

  const take = (from: Agenda, by: Millis): Noticed | undefined => {
    const first = from.take(by);
    if (first !== undefined) for (const each of [told, urgent, other]) each.forget(first);
    return first;
  };

  return {
    committed: (of, waiting) => {
      told.forget(of);
      const parts = [
        [urgent, waiting.effects.filter((each) => !isPatient(each)), ahead.urgent],
        [other, waiting.effects.filter(isPatient), ahead.patient],
      ] as const;
      for (const [agenda, effects, within] of parts) {
        const due = earliest(effects, within);
        if (due === undefined) agenda.forget(of);
        else agenda.notice({ ...of, due, waiting });
      }
    },
    follows: (of, effects, now, parked) => {
      const later = effects.filter((each) => dueAt(each) > now);
      const parts = [
        [urgent, later.filter((each) => !isPatient(each)), ahead.urgent],
        [other, later.filter(isPatient), parked ? ahead.urgent : ahead.patient],
      ] as const;
      for (const [agenda, each, within] of parts) {
        const due = earliest(each, within);
        if (due !== undefined) agenda.notice({ ...of, due });
      }
    },
    told: (found) => {
      if (!urgent.has(found) && !other.has(found)) told.notice(found);
    },
    notice: other.notice,
    noticeUrgent: urgent.notice,
    takeTold: (by) => {
      const found = take(told, by);
      return found === undefined ? undefined : { ...found, unseen: true };
    },
    takeUrgent: (by) => take(urgent, by),
    takeOther: (by) => take(other, by),
    nextUrgent: () => earlier(told.next(), urgent.next()),
    nextOther: other.next,
  };
}
