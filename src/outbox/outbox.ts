import { setImmediate } from 'node:timers/promises';
import type { Effect } from '../core/change.ts';
import { endsWithin } from '../core/ends-within.ts';
import type { Executor } from '../core/execute.ts';
import type { BoundHandler } from '../core/handler.ts';
import { neverTwiceAtOnce } from '../core/one-at-a-time.ts';
import { earlier, seconds, type Later, type Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { afterTimeout } from './after-timeout.ts';
import { createAlarm } from './alarm.ts';
import { createCalls } from './calls.ts';
import { createFirst } from './first.ts';
import { createKnown } from './known.ts';
import { createLanes } from './lanes.ts';
import { createPages, inOneGo } from './pages.ts';
import { createPassedOver } from './passed-over.ts';
import { createRuns } from './runs.ts';
import { createStarts } from './starts.ts';
import { createUnderWay } from './under-way.ts';

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
  readonly later?: Later;
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

/** Builds the outbox; nothing runs before `start` or `drain`. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { executor, log } = deps;
  const { clock } = executor;
  const every = deps.every ?? seconds(1);
  const monotonic = deps.monotonic ?? (() => performance.now());
  const later = deps.later ?? afterTimeout;
  const breathe = deps.breathe ?? (async () => await setImmediate());

  const handlers = byType(deps.handlers);
  const isPatient = ({ type }: Effect): boolean => handlers.get(type)?.patient === true;
  const known = createKnown(clock, isPatient);
  const lanes = { urgent: createLanes(), patient: createLanes() };
  const pages = createPages({ ...deps, known, lanes, breathe });
  const passedOver = createPassedOver(known, isPatient);
  const underWay = createUnderWay(deps.concurrency ?? 16);
  const takeFirst = createFirst({ known, lanes, underWay });
  let stopping = false;
  let stopPolling = (): void => undefined;
  let stopListening = (): void => undefined;
  const calls = createCalls({ executor, log, monotonic, later });
  const runs = createRuns({ ...deps, handlers, calls, monotonic, later, stopping: () => stopping });
  const start = createStarts({
    handlers,
    isPatient,
    runs,
    known,
    lanes,
    passedOver,
    underWay,
    log,
    clock,
    later,
    busy: deps.busy ?? (() => false),
    ended: wake,
  });
  const alarm = createAlarm(clock, later, wake);

  /** Starts what is due, earliest first, as far as there is room. */
  const pump = neverTwiceAtOnce(async () => {
    for (let looked = 1; !stopping && underWay.room() > 0; looked += 1) {
      if (looked % inOneGo === 0) {
        await breathe();
        continue;
      }
      const now = clock();
      const first = takeFirst(now);
      if (first === undefined) {
        if (!pages.hasMore() || !underWay.hasRoomForPatient()) return;
        await pages.ask(0);
        continue;
      }
      const { effects } = first.waiting ?? (await executor.waiting(first.kind, first.id));
      start(first, effects, now);
    }
  });

  /** Pumps now, and again when the next known work is due. */
  function wake(): void {
    if (stopping) return;
    void pump()
      .catch((fault: unknown) => log.fault('due work could not be started', fault))
      .finally(sleep);
  }

  function sleep(): void {
    if (stopping || underWay.room() <= 0) return;
    const opens = earlier(lanes.urgent.opens(clock()), lanes.patient.opens(clock()));
    const other = underWay.hasRoomForPatient() ? known.nextOther() : undefined;
    const next = earlier(earlier(known.nextUrgent(), other), opens);
    if (next !== undefined) alarm.set(next);
  }

  /** A commit of this process says itself what falls due by it. */
  function listen(): void {
    stopListening = executor.onCommit(({ kind, id, nextDue, waiting }) => {
      known.committed({ kind, id }, waiting);
      if (nextDue === undefined || nextDue > clock() + 2 * every) {
        lanes.urgent.forget({ kind, id });
        lanes.patient.forget({ kind, id });
        return;
      }
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
      listen();
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
      alarm.stop();
      if (!(await endsWithin(underWay.all(), within, later))) {
        calls.abort('stopping');
        await endsWithin(underWay.all(), seconds(1), later);
      }
      return { left: underWay.size() };
    },
    drain: async () => {
      for (;;) {
        const before = underWay.begun();
        do {
          pages.begin();
          await pages.ask(0);
          await pump();
          await underWay.all();
        } while (!pages.isAtEnd());
        // Whose turn came as the last run ended is begun now.
        await pump();
        if (underWay.begun() === before && underWay.size() === 0) return;
      }
    },
  };
}

/** @throws Error where two handlers are for one effect */
function byType(all: readonly BoundHandler[]): ReadonlyMap<string, BoundHandler> {
  const handlers = new Map<string, BoundHandler>();
  for (const bound of all) {
    if (handlers.has(bound.type)) throw new Error(`two handlers for the effect ${bound.type}`);
    handlers.set(bound.type, bound);
  }
  return handlers;
}
