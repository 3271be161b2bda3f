import type { Effect } from '../core/change.ts';
import { dueAt } from '../core/effects.ts';
import type { BoundHandler, Lane } from '../core/handler.ts';
import type { Later, Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import type { Noticed } from './agenda.ts';
import type { Known } from './known.ts';
import type { Lanes, Waiter } from './lanes.ts';
import type { PassedOver } from './passed-over.ts';
import { alone, roundOf, type Leave } from './round.ts';
import type { Runs } from './runs.ts';
import { parted, yielding } from './standing-back.ts';
import type { UnderWay } from './under-way.ts';

/** What a start stands on. */
interface StartsDeps {
  readonly handlers: ReadonlyMap<string, BoundHandler>;
  readonly isPatient: (effect: Effect) => boolean;
  readonly runs: Runs;
  readonly known: Known;
  readonly lanes: { readonly urgent: Lanes; readonly patient: Lanes };
  readonly passedOver: PassedOver;
  readonly underWay: UnderWay;
  readonly log: Pick<Log, 'fault'>;
  readonly clock: () => Millis;
  readonly later: Later;
  /** whether people wait for answers now */
  readonly busy: () => boolean;
  /** There is room for somebody else. */
  readonly ended: () => void;
}

/** One effect that may begin, and its place among the others. */
interface Start {
  readonly waiter: Waiter;
  readonly effect: Effect;
  readonly now: Millis;
  readonly lane: Lane | undefined;
  readonly leave: Leave;
}

/** @returns starts what is due of one aggregate that was taken, as far as there is room, and notices the rest */
export function createStarts(deps: StartsDeps) {
  const { handlers, isPatient, runs, known, lanes, passedOver, underWay, log, clock, later } = deps;

  /** Cards wait for their conversation and posts for their account: only for posts do cards stand back. */
  const lanesOf = (effect: Effect): Lanes => (isPatient(effect) ? lanes.patient : lanes.urgent);
  const keyOf = (kind: string, id: string, { key }: Effect): string => `${kind}/${id}/${key}`;

  function startDue(found: Noticed, effects: readonly Effect[], now: Millis): void {
    const { kind, id } = found;
    const due = effects
      .filter((effect) => dueAt(effect) <= now && !runs.waits(kind, id, effect, now))
      .sort((a, b) => dueAt(a) - dueAt(b));
    const toPosts = lanes.urgent.size() > 0 ? yielding.toPosts : 0;
    const most = Math.max(toPosts, deps.busy() ? yielding.toPeople : 0);
    const { now: ready, later: patient } = parted(due, now, most, isPatient);
    if (patient.length > 0) known.notice({ kind, id, due: now + yielding.step });
    const isFree = (effect: Effect): boolean => !underWay.has(keyOf(kind, id, effect));
    const busy = ready.filter((effect) => !isFree(effect));
    if (busy.length > 0) passedOver.note(kind, id, busy);
    const parked = startFree(found, ready.filter(isFree), now);
    // What waits for its turn is due all the while, so that the store does not tell what falls due behind it.
    known.follows({ kind, id }, effects, now, parked);
  }

  /** @returns whether something of it waits for its turn */
  function startFree({ kind, id, unseen }: Noticed, free: readonly Effect[], now: Millis): boolean {
    const round = roundOf(later);
    const starts: Start[] = [];
    let joining = 0;
    let parked = false;
    for (const effect of [...free.filter((each) => !isPatient(each)), ...free.filter(isPatient)]) {
      const isLast = isPatient(effect);
      const waiter = { kind, id, due: dueAt(effect) };
      if (starts.length >= underWay.room() || (isLast && !underWay.hasRoomForPatient(joining))) {
        if (isLast) known.notice(waiter);
        else known.noticeUrgent(waiter);
        break;
      }
      const lane = handlers.get(effect.type)?.lane(effect.data, id);
      if (lane !== undefined && unseen === true && !isLast) {
        // Its turn is decided among all who wait, whom nobody has seen yet.
        lanes.urgent.wait(lane, waiter, now);
        parked = true;
      } else if (lane === undefined || lanesOf(effect).enter(lane, waiter, now)) {
        if (isLast) joining += 1;
        starts.push({ waiter, effect, now, lane, leave: isLast ? round.join() : alone });
      } else parked = true;
    }
    // All have joined the round before the first of them can leave it.
    for (const start of starts) begin(start);
    return parked;
  }

  function begin({ waiter, effect, now, lane, leave }: Start): void {
    const { kind, id } = waiter;
    const isLast = isPatient(effect);
    const key = keyOf(kind, id, effect);
    underWay.begin(key, isLast, async () => {
      try {
        const wait = (after: Millis): void => waitInLane(effect, lane, waiter, after);
        await runs.run(kind, id, effect, now, { leave, wait });
      } catch (fault) {
        log.fault('an effect could not be run to an outcome', fault, { kind, id, effect: effect.type });
      }
      void leave();
      underWay.ended(key, isLast);
      if (lane !== undefined) lanesOf(effect).leave(lane, clock());
      passedOver.lookAgain(kind, id, clock());
      deps.ended();
    });
  }

  /** Others have taken all that a lane may take: nobody asks for it again before so long. */
  function waitInLane(effect: Effect, lane: Lane | undefined, waiter: Waiter, after: Millis): void {
    if (lane === undefined)
      throw new Error(`a lane was found full by a run of ${effect.type}, which is in none`);
    const now = clock();
    lanesOf(effect).close(lane, now + after);
    lanesOf(effect).enter(lane, waiter, now);
  }

  return startDue;
}
