import type { Millis } from '../core/time.ts';
import type { Noticed } from './agenda.ts';
import type { Known } from './known.ts';
import type { Lanes } from './lanes.ts';
import { yielding } from './standing-back.ts';
import type { UnderWay } from './under-way.ts';

/** What is known to fall due, who waits for a turn, and how much room there is. */
interface FirstOf {
  readonly known: Known;
  readonly lanes: { readonly urgent: Lanes; readonly patient: Lanes };
  readonly underWay: UnderWay;
}

/** For so long at a time it is seen what the store told of, while others could have their turn. */
const seeing: Millis = 20;

/**
 * Which aggregate is to be looked at first: what is urgent, as it falls due and as its turn comes, then all else. While
 * more is urgent than may run at once, every other look is for what has waited too long for that.
 *
 * @returns takes it out; undefined when nothing is due by then for which there is room
 */
export function createFirst({ known, lanes, underWay }: FirstOf): (now: Millis) => Noticed | undefined {
  /** the last look was for patient work, which had waited too long */
  let owedPatient = false;
  /** since when nobody had a turn, because what the store told of is being seen */
  let seeingSince: Millis | undefined;

  /**
   * What the store told of is seen before anybody's turn comes, else an account would wait until those that were seen
   * before it are empty. A store that takes long over it holds up nobody's turn for longer than `seeing`.
   */
  function takeUnseen(now: Millis): Noticed | undefined {
    const hasTime = seeingSince === undefined || now - seeingSince < seeing;
    const unseen = hasTime ? known.takeTold(now) : undefined;
    seeingSince = unseen === undefined ? undefined : (seeingSince ?? now);
    return unseen;
  }

  return (now) => {
    const isOwed = underWay.owesPatient() && (known.nextOther() ?? Infinity) <= now - yielding.toPosts;
    owedPatient = isOwed && !owedPatient;
    if (owedPatient) return known.takeOther(now);
    const urgent = known.takeUrgent(now) ?? takeUnseen(now);
    if (urgent !== undefined) return urgent;
    lanes.urgent.turns(now, underWay.room()).forEach(known.noticeUrgent);
    const inTurn = known.takeUrgent(now) ?? known.takeTold(now);
    if (inTurn !== undefined || !underWay.hasRoomForPatient()) return inTurn;
    const other = known.takeOther(now);
    if (other !== undefined) return other;
    // All at once: there are as many lanes as conversations, and each card is soon drawn.
    lanes.patient.turns(now, Infinity).forEach(known.notice);
    return known.takeOther(now);
  };
}
