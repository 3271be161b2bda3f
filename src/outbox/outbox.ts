import { setImmediate } from 'node:timers/promises';
import type { Effect } from '../core/change.ts';
import { dueAt } from '../core/effects.ts';
import type { Executor } from '../core/execute.ts';
import type { BoundHandler, Lane } from '../core/handler.ts';
import { earlier, seconds } from '../core/time.ts';
import type { Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import type { Noticed } from './agenda.ts';
import { createCalls } from './calls.ts';
import { createKnown } from './known.ts';
import { createLanes } from './lanes.ts';
import type { Lanes, Waiter } from './lanes.ts';
import { createPages, inOneGo } from './pages.ts';
import { alone, roundOf } from './round.ts';
import type { Leave } from './round.ts';
import { createRuns } from './runs.ts';

/** What the outbox stands on. The timing parts have real defaults; a test holds them still. */
export interface OutboxDeps {
  readonly executor: Executor;
  readonly handlers: readonly BoundHandler[];
  readonly log: Pick<Log, 'warn' | 'error' | 'fault'>;
  /** names this process; another one after every start */
  readonly owner: string;
  readonly randomId: () => string;
  /** a number from 0 to below 1, for the jitter */
  readonly random: () => number;
  /** how many runs at once, 16 unless said */
  readonly concurrency?: number;
  /** how often the store is asked for due work, 1 s unless said; work asked for in this process does not wait for it */
  readonly every?: Millis;
  /** whether somebody waits for an answer now; patient work begins after them, but not much later */
  readonly busy?: () => boolean;
  /** milliseconds of a clock that nobody sets */
  readonly monotonic?: () => number;
  /** calls back after so many milliseconds; @returns how to stop that */
  readonly later?: (after: Millis, call: () => void) => () => void;
  /** resolves once what came in meanwhile was looked at */
  readonly breathe?: () => Promise<void>;
}

/** Runs what aggregates ask for, until it has an outcome. */
export interface Outbox {
  start(): void;
  /**
   * Takes no more work, waits for what is under way, then aborts it.
   * @returns how many runs did not end within the time; their leases stay and run out
   */
  stop(options: { readonly within: Millis }): Promise<{ readonly left: number }>;
  /** Runs everything due at the executor's clock, and what becomes due by it, until nothing is. For tests. */
  drain(): Promise<void>;
}

/**
 * How long patient work is left at a time, and altogether: while people wait, within what they are promised for cards;
 * while more posts are due at once than may leave at once, longer, since those cards are about what is leaving.
 */
const yielding = { step: 150, toPeople: seconds(2), toPosts: seconds(10) } as const;

/** For so long at a time it is seen what the store told of, while others could have their turn. */
const seeing: Millis = 20;

/**
 * One of so many runs at once is kept from patient work, since a Teams that does not answer would hold up what leaves;
 * and as many are left to it.
 */
const kept = 8;

/** Builds the outbox; nothing runs before `start` or `drain`. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { executor, log } = deps;
  const { clock } = executor;
  const limit = deps.concurrency ?? 16;
  const every = deps.every ?? seconds(1);
  const monotonic = deps.monotonic ?? (() => performance.now());
  const later = deps.later ?? afterTimeout;
  const breathe = deps.breathe ?? (async () => await setImmediate());

  const handlers = new Map<string, BoundHandler>();
  for (const bound of deps.handlers) {
    if (handlers.has(bound.type)) throw new Error(`two handlers for the effect ${bound.type}`);
    handlers.set(bound.type, bound);
  }

  const isPatient = ({ type }: Effect): boolean => handlers.get(type)?.patient === true;
  const known = createKnown(clock, isPatient);
  const patientLeast = Math.max(1, Math.floor(limit / kept));
  const patientLimit = Math.max(patientLeast, limit - patientLeast);
  /** how many patient runs are under way */
  let patients = 0;
  let owesPatient = false;
  /** since when nobody had a turn, because what the store told of is being seen */
  let seeingSince: Millis | undefined;
  const running = new Map<string, Promise<void>>();
  /** Cards wait for their conversation and posts for their account: only for posts do cards stand back. */
  const lanes = { urgent: createLanes(), patient: createLanes() };
  const lanesOf = (type: string): Lanes =>
    handlers.get(type)?.patient === true ? lanes.patient : lanes.urgent;
  /** aggregates of which a due effect was passed over because its key was being run, and whether one was urgent */
  const passedOver = new Map<string, boolean>();
  const pages = createPages({ ...deps, known, lanes, breathe });
  let begun = 0;
  let stopping = false;
  let pumping: Promise<void> | undefined;
  let pumpAgain = false;
  const calls = createCalls({ executor, log, monotonic, later });
  const runs = createRuns({ ...deps, handlers, calls, monotonic, later, stopping: () => stopping });
  let wakeAt: Millis | undefined;
  let stopWaking = (): void => undefined;
  let stopPolling = (): void => undefined;
  let stopListening = (): void => undefined;

  const aggregateKey = (kind: string, id: string): string => `${kind}/${id}`;
  const effectKey = (kind: string, id: string, key: string): string => `${kind}/${id}/${key}`;

  /** Starts what is due, earliest first, as far as there is room. */
  async function pump(): Promise<void> {
    if (pumping !== undefined) {
      pumpAgain = true;
      return await pumping;
    }
    pumping = (async () => {
      try {
        do {
          pumpAgain = false;
          await startDue();
        } while (pumpAgain);
      } finally {
        // In the same turn as the last look at what was asked: else somebody could ask of a pump that has ended.
        pumping = undefined;
      }
    })();
    await pumping;
  }

  async function startDue(): Promise<void> {
    for (let looked = 1; !stopping && running.size < limit; looked += 1) {
      if (looked % inOneGo === 0) {
        await breathe();
        continue;
      }
      const now = clock();
      const first = takeFirst(now);
      if (first === undefined) {
        if (!pages.hasMore() || patients >= patientLimit) return;
        await pages.ask(0);
        continue;
      }
      const { kind, id } = first;
      const { effects } = first.waiting ?? (await executor.waiting(kind, id));
      const due = effects
        .filter((effect) => dueAt(effect) <= now && !runs.waits(kind, id, effect, now))
        .sort((a, b) => dueAt(a) - dueAt(b));
      const { now: ready, later: patient } = parted(due, now);
      if (patient.length > 0) known.notice({ kind, id, due: now + yielding.step });
      const isFree = (effect: Effect): boolean => !running.has(effectKey(kind, id, effect.key));
      const busy = ready.filter((effect) => !isFree(effect));
      if (busy.length > 0) noticeBusy(aggregateKey(kind, id), busy);
      const free = ready.filter(isFree);
      const round = roundOf(later);
      const starts: (() => void)[] = [];
      let joining = 0;
      let parked = false;
      for (const effect of [...free.filter((each) => !isPatient(each)), ...free.filter(isPatient)]) {
        const isLast = isPatient(effect);
        if (running.size + starts.length >= limit || (isLast && patients + joining >= patientLimit)) {
          const left = { kind, id, due: dueAt(effect) };
          if (isLast) known.notice(left);
          else known.noticeUrgent(left);
          break;
        }
        const lane = handlers.get(effect.type)?.lane(effect.data, id);
        const waiter = { kind, id, due: dueAt(effect) };
        if (lane !== undefined && first.unseen === true && !isLast) {
          lanesOf(effect.type).wait(lane, waiter, now);
          parked = true;
        } else if (lane === undefined || lanesOf(effect.type).enter(lane, waiter, now)) {
          const leave = isLast ? round.join() : alone;
          if (isLast) joining += 1;
          starts.push(() => begin({ kind, id, effect, now, lane, leave }));
        } else parked = true;
      }
      // All have joined the round before the first of them can leave it.
      for (const start of starts) start();
      // What waits for its turn is due all the while, so that the store does not tell what falls due behind it.
      known.follows({ kind, id }, effects, now, parked);
    }
  }

  /**
   * What is to be looked at first: what is urgent, as it falls due and as its turn comes, then all else. While more is
   * urgent than may run at once, every other look is for what has waited too long for that.
   */
  function takeFirst(now: Millis): Noticed | undefined {
    const isOwed = patients < patientLeast && (known.nextOther() ?? Infinity) <= now - yielding.toPosts;
    owesPatient = isOwed && !owesPatient;
    if (owesPatient) return known.takeOther(now);
    const urgent = known.takeUrgent(now) ?? takeUnseen(now);
    if (urgent !== undefined) return urgent;
    lanes.urgent.turns(now, limit - running.size).forEach(known.noticeUrgent);
    const inTurn = known.takeUrgent(now) ?? known.takeTold(now);
    if (inTurn !== undefined || patients >= patientLimit) return inTurn;
    const other = known.takeOther(now);
    if (other !== undefined) return other;
    // All at once: there are as many lanes as conversations, and each card is soon drawn.
    lanes.patient.turns(now, Infinity).forEach(known.notice);
    return known.takeOther(now);
  }

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

  /** Patient work is left for a moment while people wait for answers or posts for their turn, though not for ever. */
  function parted(due: readonly Effect[], now: Millis): { now: readonly Effect[]; later: readonly Effect[] } {
    const toPosts = lanes.urgent.size() > 0 ? yielding.toPosts : 0;
    const most = Math.max(toPosts, deps.busy?.() === true ? yielding.toPeople : 0);
    if (most === 0) return { now: due, later: [] };
    const waits = (effect: Effect): boolean => isPatient(effect) && now - effect.due < most;
    return { now: due.filter((effect) => !waits(effect)), later: due.filter(waits) };
  }

  function begin({
    kind,
    id,
    effect,
    now,
    lane,
    leave,
  }: {
    readonly kind: string;
    readonly id: string;
    readonly effect: Effect;
    readonly now: Millis;
    readonly lane: Lane | undefined;
    readonly leave: Leave;
  }): void {
    begun += 1;
    const patient = isPatient(effect);
    if (patient) patients += 1;
    const key = effectKey(kind, id, effect.key);
    const ended = (async () => {
      try {
        const wait = (after: Millis): void =>
          waitInLane(effect.type, lane, { kind, id, due: dueAt(effect) }, after);
        await runs.run(kind, id, effect, now, { leave, wait });
      } catch (fault) {
        log.fault('an effect could not be run to an outcome', fault, { kind, id, effect: effect.type });
      }
      void leave();
      running.delete(key);
      if (patient) patients -= 1;
      if (lane !== undefined) lanesOf(effect.type).leave(lane, clock());
      noticeAgain(kind, id);
      wake();
    })();
    running.set(key, ended);
  }

  /** Keeps in mind that something of an aggregate was passed over. */
  function noticeBusy(key: string, busy: readonly Effect[]): void {
    passedOver.set(key, passedOver.get(key) === true || !busy.every(isPatient));
  }

  /** Looks once more at an aggregate of which something was passed over. */
  function noticeAgain(kind: string, id: string): void {
    const urgent = passedOver.get(aggregateKey(kind, id));
    if (urgent === undefined) return;
    passedOver.delete(aggregateKey(kind, id));
    const found = { kind, id, due: clock() };
    if (urgent) known.noticeUrgent(found);
    else known.notice(found);
  }

  /** Others have taken all that a lane may take: nobody asks for it again before so long. */
  function waitInLane(type: string, lane: Lane | undefined, waiter: Waiter, after: Millis): void {
    if (lane === undefined) throw new Error(`a lane was found full by a run of ${type}, which is in none`);
    const now = clock();
    lanesOf(type).close(lane, now + after);
    lanesOf(type).enter(lane, waiter, now);
  }

  /** Pumps now, and again when the next known work is due. */
  function wake(): void {
    if (stopping) return;
    void pump()
      .catch((fault: unknown) => log.fault('due work could not be started', fault))
      .finally(sleep);
  }

  function sleep(): void {
    if (stopping || running.size >= limit) return;
    const opens = earlier(lanes.urgent.opens(clock()), lanes.patient.opens(clock()));
    const other = patients >= patientLimit ? undefined : known.nextOther();
    const next = earlier(earlier(known.nextUrgent(), other), opens);
    if (next === undefined || (wakeAt !== undefined && wakeAt <= next && wakeAt > clock())) return;
    stopWaking();
    wakeAt = next;
    stopWaking = later(Math.max(0, next - clock()), () => {
      wakeAt = undefined;
      wake();
    });
  }

  function pollForever(): void {
    pages.begin();
    void pages
      .ask(every)
      .catch((fault: unknown) => log.fault('the store could not be asked for due work', fault))
      .finally(() => {
        if (stopping) return;
        wake();
        stopPolling = later(every, pollForever);
      });
  }

  return {
    start: () => {
      stopListening = executor.onCommit(({ kind, id, nextDue, waiting }) => {
        known.committed({ kind, id }, waiting);
        if (nextDue === undefined || nextDue > clock() + 2 * every) {
          lanes.urgent.forget({ kind, id });
          lanes.patient.forget({ kind, id });
          return;
        }
        wake();
      });
      void pages
        .endForeignLeases()
        .catch((fault: unknown) => log.fault('the leases of a former process could not be ended', fault))
        .finally(() => {
          if (!stopping) pollForever();
        });
    },
    stop: async ({ within }) => {
      stopping = true;
      stopListening();
      stopPolling();
      stopWaking();
      const all = async (): Promise<void> => {
        await Promise.all(running.values());
      };
      if (!(await endsWithin(all(), within, later))) {
        calls.abort('stopping');
        await endsWithin(all(), seconds(1), later);
      }
      return { left: running.size };
    },
    drain: async () => {
      for (;;) {
        const before = begun;
        do {
          pages.begin();
          await pages.ask(0);
          await pump();
          await Promise.all(running.values());
        } while (!pages.isAtEnd());
        // Whose turn came as the last run ended is begun now.
        await pump();
        if (begun === before && running.size === 0) return;
      }
    },
  };
}

async function endsWithin(
  work: Promise<void>,
  within: Millis,
  later: (after: Millis, call: () => void) => () => void,
): Promise<boolean> {
  let stop = (): void => undefined;
  const time = new Promise<boolean>((resolve) => {
    stop = later(within, () => resolve(false));
  });
  const ended = await Promise.race([work.then(() => true), time]);
  stop();
  return ended;
}

/** Calls back after so many milliseconds of the system's own time. @returns how to stop that */
export function afterTimeout(after: Millis, call: () => void): () => void {
  // Node takes longer waits for none at all; whoever waits so long is woken by the poll.
  const timeout = setTimeout(call, Math.min(after, 2 ** 31 - 1));
  return () => clearTimeout(timeout);
}
