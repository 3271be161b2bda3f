import type { CommandCall } from '../core/aggregate.ts';
import type { Effect, Lease } from '../core/change.ts';
import type { Actor } from '../core/context.ts';
import { claim, dueAt, lost, settle } from '../core/effects.ts';
import type { Ending, Run, Waiting } from '../core/effects.ts';
import type { Draft } from '../core/draft.ts';
import type { Executor } from '../core/execute.ts';
import type { Json } from '../core/json.ts';
import { lastBegun } from '../core/permit.ts';
import { sha256 } from '../core/json.ts';
import { minutes, seconds } from '../core/time.ts';
import type { Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { backOff } from './back-off.ts';
import { createLanes } from './lanes.ts';
import type { Lanes, Waiter } from './lanes.ts';
import { alone, roundOf } from './round.ts';
import type { Leave } from './round.ts';
import type { BoundHandler, BoundRun, EffectRun, Full, Lane, Outcome } from '../core/handler.ts';

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

/** A lease outlasts its call's deadline by so much, for clocks that differ and processes that pause. */
const leaseMargin = seconds(30);
/** A call that ignores its abort is given up so long after its deadline, while its lease still holds. */
const patience = seconds(10);
/**
 * A process that did not come round for so long was held still. What it was about to send may not be wanted any more:
 * calls that let a request begin so shortly before end, since it may not have left yet; what has, is looked for.
 * All this is shorter than what a stop waits beyond the time for which an account's word counts.
 */
const heldStill: Millis = 1_500;
const justBegun: Millis = 1_000;
const beatEvery: Millis = 250;
/** The lease of a long call is renewed so often: several times before it would run out. */
const renewEvery = seconds(15);
/** How many buckets a store has, and how many documents of each are looked at for leases at the start. */
const buckets = 16;
const mostAtStart = 1_000;
/** How much due work is asked for at a time, beside what is known already. */
const polled = 264;
/** How long a settle that the store failed waits before it is tried again. */
const settleRetries: readonly Millis[] = [100, 1_000, 5_000];

/**
 * How long patient work is left at a time, and altogether: while people wait, within what they are promised for cards;
 * while more posts are due at once than may leave at once, longer, since those cards are about what is leaving.
 */
const yielding = { step: 150, toPeople: seconds(2), toPosts: seconds(10) } as const;

const crier: Actor = { by: 'crier' };

/** An aggregate that is believed to have due work; `waiting` when its commit in this process told it. */
interface Noticed {
  readonly kind: string;
  readonly id: string;
  readonly due: Millis;
  readonly waiting?: Waiting;
}

/** A started run on its way to an outcome. */
interface Started {
  readonly kind: string;
  readonly id: string;
  readonly type: string;
  readonly run: Run;
  readonly bound: BoundRun;
  /** a timer that was dropped or set anew meanwhile gives no command */
  readonly timer: boolean;
  readonly patient: boolean;
}

/** Builds the outbox; nothing runs before `start` or `drain`. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { executor, log } = deps;
  const { store, clock } = executor;
  const limit = deps.concurrency ?? 16;
  const every = deps.every ?? seconds(1);
  const monotonic = deps.monotonic ?? (() => performance.now());
  const later = deps.later ?? afterTimeout;

  const handlers = new Map<string, BoundHandler>();
  for (const bound of deps.handlers) {
    if (handlers.has(bound.type)) throw new Error(`two handlers for the effect ${bound.type}`);
    handlers.set(bound.type, bound);
  }

  const noticed = new Map<string, Noticed>();
  const running = new Map<string, Promise<void>>();
  /** Cards wait for their conversation and posts for their account: only for posts do cards stand back. */
  const lanes = { urgent: createLanes(), patient: createLanes() };
  const lanesOf = (type: string): Lanes =>
    handlers.get(type)?.patient === true ? lanes.patient : lanes.urgent;
  const calls = new Set<AbortController>();
  let beat: { at: number; stop: () => void } | undefined;
  /** aggregates of which a due effect was passed over because its key was being run */
  const passedOver = new Set<string>();
  let begun = 0;
  let stopping = false;
  let pumping: Promise<void> | undefined;
  let pumpAgain = false;
  /** the last poll did not tell everything */
  let moreDue = false;
  /** how many runs had begun by then: a poll that brought nothing to begin is not tried again at once */
  let begunAtPoll = 0;
  let wakeAt: Millis | undefined;
  let stopWaking = (): void => undefined;
  let stopPolling = (): void => undefined;
  let stopListening = (): void => undefined;

  const aggregateKey = (kind: string, id: string): string => `${kind}/${id}`;
  const effectKey = (kind: string, id: string, key: string): string => `${kind}/${id}/${key}`;

  function notice(found: Noticed): void {
    const key = aggregateKey(found.kind, found.id);
    const known = noticed.get(key);
    if (found.waiting === undefined && known !== undefined && known.due <= found.due) return;
    noticed.set(key, found);
  }

  /** Starts what is due, earliest first, as far as there is room. */
  async function pump(): Promise<void> {
    if (pumping !== undefined) {
      pumpAgain = true;
      return await pumping;
    }
    pumping = (async () => {
      do {
        pumpAgain = false;
        await startDue();
      } while (pumpAgain);
    })();
    try {
      await pumping;
    } finally {
      pumping = undefined;
    }
  }

  async function startDue(): Promise<void> {
    while (!stopping && running.size < limit) {
      const now = clock();
      let first: Noticed | undefined;
      for (const item of noticed.values()) if (first === undefined || item.due < first.due) first = item;
      if (first === undefined || first.due > now) {
        const turns = [...lanes.urgent.turns(now), ...lanes.patient.turns(now)];
        turns.forEach(notice);
        if (turns.length > 0) continue;
        if (!moreDue || begun - begunAtPoll < polled / 4) return;
        await poll(0);
        continue;
      }
      const { kind, id } = first;
      noticed.delete(aggregateKey(kind, id));
      const { effects } = first.waiting ?? (await executor.waiting(kind, id));
      const due = [...effects].filter((effect) => dueAt(effect) <= now).sort((a, b) => dueAt(a) - dueAt(b));
      const { now: ready, later: patient } = parted(due, now);
      if (patient.length > 0) notice({ kind, id, due: now + yielding.step });
      const free = ready.filter((effect) => !running.has(effectKey(kind, id, effect.key)));
      if (free.length < ready.length) passedOver.add(aggregateKey(kind, id));
      const round = roundOf(later);
      const starts: (() => void)[] = [];
      let parked = false;
      for (const effect of free) {
        if (running.size + starts.length >= limit) {
          notice({ kind, id, due: dueAt(effect) });
          break;
        }
        const lane = handlers.get(effect.type)?.lane(effect.data, id);
        if (lane === undefined || lanesOf(effect.type).enter(lane, { kind, id, due: dueAt(effect) }, now)) {
          const leave = isPatient(effect) ? round.join() : alone;
          starts.push(() => begin(kind, id, effect, now, lane, leave));
        } else parked = true;
      }
      // All have joined the round before the first of them can leave it.
      for (const start of starts) start();
      if (parked) noticeNext(kind, id, effects, now);
    }
  }

  /** What waits for its turn is due all the while, so that the store does not tell what falls due behind it. */
  function noticeNext(kind: string, id: string, effects: readonly Effect[], now: Millis): void {
    const next = Math.min(...effects.map(dueAt).filter((due) => due > now));
    if (next !== Infinity) notice({ kind, id, due: next });
  }

  /** Patient work is left for a moment while people wait for answers or posts for their turn, though not for ever. */
  function parted(due: readonly Effect[], now: Millis): { now: readonly Effect[]; later: readonly Effect[] } {
    const toPosts = lanes.urgent.size() > 0 ? yielding.toPosts : 0;
    const most = Math.max(toPosts, deps.busy?.() === true ? yielding.toPeople : 0);
    if (most === 0) return { now: due, later: [] };
    const waits = (effect: Effect): boolean => isPatient(effect) && now - effect.due < most;
    return { now: due.filter((effect) => !waits(effect)), later: due.filter(waits) };
  }

  function isPatient({ type }: Effect): boolean {
    return handlers.get(type)?.patient === true;
  }

  function begin(
    kind: string,
    id: string,
    effect: Effect,
    now: Millis,
    lane: Lane | undefined,
    leave: Leave,
  ): void {
    begun += 1;
    const key = effectKey(kind, id, effect.key);
    const ended = (async () => {
      try {
        await runEffect(kind, id, effect, now, lane, leave);
      } catch (fault) {
        log.fault('an effect could not be run to an outcome', fault, { kind, id, effect: effect.type });
      }
      void leave();
      running.delete(key);
      if (lane !== undefined) lanesOf(effect.type).leave(lane, clock());
      if (passedOver.delete(aggregateKey(kind, id))) notice({ kind, id, due: clock() });
      wake();
    })();
    running.set(key, ended);
  }

  /** Others have taken all that a lane may take: nobody asks for it again before so long. */
  function waitInLane(type: string, lane: Lane | undefined, waiter: Waiter, after: Millis): void {
    if (lane === undefined) throw new Error(`a lane was found full by a run of ${type}, which is in none`);
    const now = clock();
    lanesOf(type).close(lane, now + after);
    lanesOf(type).enter(lane, waiter, now);
  }

  async function runEffect(
    kind: string,
    id: string,
    effect: Effect,
    now: Millis,
    lane: Lane | undefined,
    leave: Leave,
  ): Promise<void> {
    const bound = handlers.get(effect.type);
    if (effect.lease !== undefined && lost([effect], now).length > 0) {
      if (bound === undefined) return await keepHeld(kind, id, effect, effect.lease);
      if (bound.onLostLease === 'unknown') return await settleLost(kind, id, effect, effect.lease, bound);
      if (effect.dropped) return await release(kind, id, effect, { end: 'remove' });
    }
    const attempt = deps.randomId();
    // Counted from before anything is asked: what `before` takes is taken for as long as the lease.
    const began = { monotonic: monotonic(), clock: clock() };
    const leased = bound !== undefined && (store.shared || bound.starts || bound.onLostLease === 'unknown');
    const run: Run = { key: effect.key, wish: effect.wish, attempt, leased, attempts: effect.attempts + 1 };
    const opened = open(bound, kind, id, effect.data, run);
    if (bound === undefined || opened === undefined) return await putOff(kind, id, effect);
    const started = startedRun(kind, id, bound, run, opened);

    let within = bound.deadline;
    try {
      const verdict = await opened.before();
      if ('postpone' in verdict) {
        const ending = { end: 'release', due: clock() + Math.max(1, verdict.postpone) } as const;
        return await release(kind, id, effect, ending, verdict.giving);
      }
      if ('drop' in verdict) return await release(kind, id, effect, { end: 'remove' }, verdict.giving);
      if ('full' in verdict) {
        return waitInLane(effect.type, lane, { kind, id, due: dueAt(effect) }, verdict.full);
      }
      within = Math.max(within, verdict.longest ?? 0);
    } catch (fault) {
      log.fault('an effect could not be prepared', fault, { kind, id, effect: effect.type });
      return await putOff(kind, id, effect);
    }

    // From here `before` may hold something, so that every way out leads through `after`.
    let outcome: Outcome = { outcome: 'retry', after: 0 };
    try {
      if (stopping) return;
      const claimed = await hold(bound, started);
      if (claimed.held === 'lost') return;
      if (claimed.held === 'refused') {
        outcome = { outcome: 'refused', reason: claimed.reason };
        return;
      }
      // By both clocks: the one may be set, the other stands still while a machine sleeps.
      const passed = Math.max(monotonic() - began.monotonic, clock() - began.clock);
      const left = bound.deadline + leaseMargin - passed;
      if (stopping || left < bound.deadline) {
        await conclude(started, outcome, { end: 'release', due: clock() });
        return;
      }
      const answer = await call(bound, started, within);
      if (answer.outcome === 'full') {
        waitInLane(effect.type, lane, { kind, id, due: dueAt(effect) }, answer.after);
        // Where nothing was committed to begin it, nothing need be committed to put it off.
        if (run.leased) await conclude(started, outcome, { end: 'release', due: clock() });
        return;
      }
      outcome = answer;
      await leave();
      await conclude(started, outcome, endingOf(outcome, run));
    } finally {
      await after(started, outcome);
    }
  }

  /** @returns the run of a handler; undefined, and says so, when there is no handler or it cannot read the data */
  function open(
    bound: BoundHandler | undefined,
    kind: string,
    id: string,
    data: Json,
    { key, attempt, attempts }: Run,
  ): BoundRun | undefined {
    const run: EffectRun<Json> = {
      kind,
      id,
      key,
      data,
      attempt,
      attempts,
      get now() {
        return clock();
      },
      load: async (of) => {
        if (of.kind !== kind) throw new Error(`the effect is of the ${kind} ${id}, not of a ${of.kind}`);
        return (await executor.load(of, id))?.state;
      },
    };
    try {
      if (bound === undefined) throw new Error('no handler');
      return bound.open(run);
    } catch (fault) {
      log.fault('an effect could not be understood', fault, { kind, id });
      return undefined;
    }
  }

  /**
   * Takes the effect for this process. Where the store is this process's alone and a repeat does no harm, what is
   * under way in memory is claim enough, and half the commits are saved.
   */
  async function hold(
    bound: BoundHandler,
    { kind, id, run, bound: opened }: Started,
  ): Promise<
    | { readonly held: 'yes' }
    | { readonly held: 'lost' }
    | { readonly held: 'refused'; readonly reason: string }
  > {
    if (!run.leased) return { held: 'yes' };
    return await executor.amend(kind, id, (draft) => {
      const until = draft.now + bound.deadline + leaseMargin;
      const lease: Lease = { owner: deps.owner, attempt: run.attempt, until };
      const claimed = claim(draft.waiting, run, lease, draft.now);
      if (claimed === undefined) return { held: 'lost' };
      const command = opened.started();
      draft.await(claimed.waiting);
      const refusal = command === undefined ? undefined : same(draft, command);
      if (refusal === undefined) return { held: 'yes' };
      draft.await(settle(draft.waiting, run, { end: 'remove' }));
      return { held: 'refused', reason: refusal };
    });
  }

  /** Ends what is about to be sent when this process comes to after it was held still. */
  function watchOver(): void {
    const at = monotonic();
    const before = beat?.at ?? at;
    if (at - before > heldStill) {
      for (const controller of calls) {
        const begun = lastBegun(controller.signal);
        if (begun !== undefined && begun > before - justBegun) controller.abort(new Error('held still'));
      }
    }
    beat = calls.size === 0 ? undefined : { at, stop: later(beatEvery, watchOver) };
  }

  /** Calls the handler under its deadline. A fault is an outcome, too: whether it did anything decides which. */
  async function call(bound: BoundHandler, started: Started, within: Millis): Promise<Outcome | Full> {
    const controller = new AbortController();
    calls.add(controller);
    if (beat === undefined) watchOver();
    const unclear: Outcome =
      bound.onLostLease === 'again'
        ? { outcome: 'retry', after: 0 }
        : { outcome: 'unknown', reason: 'fault' };
    let stopWaiting = (): void => undefined;
    const givenUp = new Promise<'given up'>((resolve) => {
      stopWaiting = later(within, () => {
        controller.abort(new Error('deadline'));
        stopWaiting = later(patience, () => resolve('given up'));
      });
    });
    const stopRenewing = within > bound.deadline ? renewLease(bound, started, controller) : () => undefined;
    const answered = (async () => await started.bound.run(controller.signal))();
    try {
      const first = await Promise.race([answered, givenUp]);
      if (first !== 'given up') return first;
      void answered.then(
        async (late) => {
          if (late.outcome !== 'full') await recordLate(started, late);
        },
        () => undefined,
      );
      return bound.onLostLease === 'again' ? unclear : { outcome: 'unknown', reason: 'no-answer' };
    } catch (fault) {
      const { kind, id, type } = started;
      log.fault('an effect failed', fault, { kind, id, effect: type });
      return unclear;
    } finally {
      stopWaiting();
      stopRenewing();
      calls.delete(controller);
      if (calls.size === 0) {
        beat?.stop();
        beat = undefined;
      }
    }
  }

  /**
   * Renews the lease of a long call for as long as it is under way. When it is no longer ours, or cannot be renewed
   * before it runs out, the call is ended: somebody else may begin then. @returns how to stop
   */
  function renewLease(bound: BoundHandler, started: Started, controller: AbortController): () => void {
    const { kind, id, run } = started;
    const lasts = bound.deadline + leaseMargin;
    let renewed = monotonic();
    let ended = false;
    let stopNext = (): void => undefined;
    const lose = (): void => {
      if (!ended) controller.abort(new Error('the lease was lost'));
    };
    const renew = async (): Promise<void> => {
      const asked = monotonic();
      try {
        const held = await executor.amend(kind, id, (draft) => {
          const until = draft.now + lasts;
          const ours = (effect: Effect): boolean =>
            effect.key === run.key && effect.lease?.attempt === run.attempt;
          if (!draft.waiting.effects.some(ours)) return !run.leased;
          const effects = draft.waiting.effects.map((effect) =>
            effect.lease !== undefined && ours(effect)
              ? { ...effect, lease: { ...effect.lease, until } }
              : effect,
          );
          draft.await({ ...draft.waiting, effects });
          return true;
        });
        if (!held || !(await started.bound.renew())) return lose();
        renewed = asked;
      } catch (fault) {
        log.fault('a lease could not be renewed yet', fault, { kind, id, effect: started.type });
        if (monotonic() - renewed > bound.deadline) return lose();
      }
      if (!ended) next();
    };
    const next = (): void => {
      stopNext = later(renewEvery, () => void renew());
    };
    next();
    return () => {
      ended = true;
      stopNext();
    };
  }

  /** An answer that came after the run was given up still says what happened. */
  async function recordLate(started: Started, late: Outcome): Promise<void> {
    const { kind, id, type } = started;
    try {
      await conclude(started, late, { end: 'remove' });
    } catch (fault) {
      log.fault('a late answer could not be recorded', fault, { kind, id, effect: type });
    }
  }

  function endingOf(outcome: Outcome, run: Run): Ending {
    if (outcome.outcome !== 'retry') return { end: 'remove' };
    return { end: 'postpone', due: clock() + backOff(run.attempts, outcome.after, deps.random()) };
  }

  /** Commits an outcome: the effect's end and the command that records it. Tried again when the store fails. */
  async function conclude(started: Started, outcome: Outcome, ending: Ending): Promise<void> {
    const { kind, id, run } = started;
    for (const pause of [...settleRetries, undefined]) {
      try {
        return await executor.amend(kind, id, (draft) => {
          const before = draft.waiting.effects.find(({ key }) => key === run.key);
          draft.await(settle(draft.waiting, run, ending));
          if (!started.timer || before?.wish === run.wish) record(draft, started, outcome);
        });
      } catch (fault) {
        if (pause === undefined) throw fault;
        log.fault('an outcome could not be written yet', fault, { kind, id, effect: started.type });
        await new Promise<void>((resolve) => later(pause, resolve));
      }
    }
  }

  /** Decides the command that an outcome gives, once however often the commit is tried. */
  function record(draft: Draft, { kind, id, type, run, bound, patient }: Started, outcome: Outcome): void {
    const command = bound.settled(outcome);
    if (command === undefined) return;
    // What patient work gives may be given again, so that no key of it need be kept.
    const key = patient ? undefined : sha256(`settled ${run.attempt} ${outcome.outcome}`);
    if (key !== undefined && draft.handled(key)) return;
    const refusal = same(draft, command);
    if (refusal === undefined) {
      if (key !== undefined) draft.handle(key, command.command);
    } else
      log.warn('an outcome was refused', {
        kind,
        id,
        effect: type,
        command: command.command,
        reason: refusal,
      });
  }

  /** Decides a command on the effect's own aggregate. @returns the code of a refusal */
  function same(draft: Draft, command: CommandCall): string | undefined {
    if (command.id !== draft.id || executor.kindOf(command.command) !== draft.kind) {
      throw new Error(`${command.command} is not for the ${draft.kind} whose effect gave it`);
    }
    return draft.call(command, crier)?.refused;
  }

  async function after(started: Started, outcome: Outcome): Promise<void> {
    try {
      await started.bound.after(outcome);
    } catch (fault) {
      const { kind, id, type } = started;
      log.fault('what an effect had taken could not be freed', fault, { kind, id, effect: type });
    }
  }

  /** Ends an effect that was not started, unless another process or another wish has come meanwhile. */
  async function release(
    kind: string,
    id: string,
    effect: Effect,
    ending: Ending,
    giving?: CommandCall,
  ): Promise<void> {
    await executor.amend(kind, id, (draft) => {
      const now = draft.waiting.effects.find(({ key }) => key === effect.key);
      if (now === undefined || now.wish !== effect.wish || dueAt(now) > draft.now) return;
      if (now.lease?.attempt !== effect.lease?.attempt) return;
      draft.await(settle(draft.waiting, notStarted(effect), ending));
      if (giving === undefined) return;
      const refused = same(draft, giving);
      if (refused !== undefined) {
        log.warn('a command of an effect was refused', {
          kind,
          id,
          command: giving.command,
          reason: refused,
        });
      }
    });
  }

  /** A fault before the start: the effect is tried again later, each time after a longer while. */
  async function putOff(kind: string, id: string, effect: Effect): Promise<void> {
    const due = clock() + backOff(effect.attempts + 1, seconds(1), deps.random());
    await executor.amend(kind, id, (draft) => {
      draft.await(settle(draft.waiting, notStarted(effect), { end: 'postpone', due }));
    });
  }

  /** The process that ran it is gone or has let its time run out, and nobody can tell what it did. */
  async function settleLost(
    kind: string,
    id: string,
    effect: Effect,
    lease: Lease,
    bound: BoundHandler,
  ): Promise<void> {
    const { key, wish, attempts } = effect;
    const run: Run = { key, wish, attempt: lease.attempt, leased: true, attempts };
    const opened = open(bound, kind, id, lease.was ?? effect.data, run);
    if (opened === undefined) return await keepHeld(kind, id, effect, lease);
    const started = startedRun(kind, id, bound, run, opened);
    const outcome: Outcome = { outcome: 'unknown', reason: 'lease-lost' };
    const settled = await executor.amend(kind, id, (draft) => {
      const now = draft.waiting.effects.find((other) => other.key === key);
      if (now?.lease?.attempt !== lease.attempt || now.lease.until > draft.now) return false;
      const ended: Run = { ...run, wish: lease.was === undefined ? now.wish : 0 };
      draft.await(settle(draft.waiting, ended, { end: 'remove' }));
      record(draft, started, outcome);
      return true;
    });
    if (settled) await after(started, outcome);
  }

  /** Nobody can tell what the run did, and nobody here can record that: it stays held, so that it is not run again. */
  async function keepHeld(kind: string, id: string, effect: Effect, lease: Lease): Promise<void> {
    log.error('an effect whose run was lost cannot be settled by this release', {
      kind,
      id,
      effect: effect.type,
    });
    await executor.amend(kind, id, (draft) => {
      const until = draft.now + minutes(5);
      const effects = draft.waiting.effects.map((now) =>
        now.lease?.attempt === lease.attempt ? { ...now, lease: { ...now.lease, until } } : now,
      );
      draft.await({ ...draft.waiting, effects });
    });
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
    const next = [...noticed.values()].reduce<Millis | undefined>(
      (earliest, { due }) => (earliest === undefined || due < earliest ? due : earliest),
      earlier(lanes.urgent.opens(clock()), lanes.patient.opens(clock())),
    );
    if (next === undefined || (wakeAt !== undefined && wakeAt <= next && wakeAt > clock())) return;
    stopWaking();
    wakeAt = next;
    stopWaking = later(Math.max(0, next - clock()), () => {
      wakeAt = undefined;
      wake();
    });
  }

  async function poll(ahead: Millis): Promise<void> {
    // What runs or waits for its turn is due all the while, and must not hide what is due behind it.
    const most = polled + running.size + lanes.urgent.size() + lanes.patient.size();
    const items = await store.due(executor.kinds, clock() + ahead, most);
    moreDue = items.length === most;
    begunAtPoll = begun;
    // Processes that share a store and all began with the same work would contend for it.
    const places = new Map(items.map((item) => [item, store.shared ? deps.random() : 0]));
    const inTurn = items.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
    const now = clock();
    for (const item of inTurn) {
      const waits = lanes.urgent.waits(item, now) || lanes.patient.waits(item, now);
      if (!waits) notice({ kind: item.kind, id: item.id, due: item.nextDue });
    }
  }

  /**
   * Where the store is this process's alone, whoever held a lease before this start is gone: nothing has to wait
   * until it runs out. What it did is settled as that of any lost run.
   */
  async function endForeignLeases(): Promise<void> {
    if (store.shared) return;
    const longest = Math.max(0, ...deps.handlers.map(({ deadline }) => deadline)) + leaseMargin;
    const foreign = ({ lease }: Effect): boolean => lease !== undefined && lease.owner !== deps.owner;
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      const items = await store.due(executor.kinds, clock() + longest, mostAtStart, [bucket]);
      for (const { kind, id } of items) {
        if (!(await executor.waiting(kind, id)).effects.some(foreign)) continue;
        await executor.amend(kind, id, (draft) => {
          const effects = draft.waiting.effects.map((effect) =>
            effect.lease !== undefined && foreign(effect)
              ? { ...effect, lease: { ...effect.lease, until: Math.min(effect.lease.until, draft.now) } }
              : effect,
          );
          draft.await({ ...draft.waiting, effects });
        });
      }
    }
  }

  function pollForever(): void {
    void poll(every)
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
        const key = aggregateKey(kind, id);
        if (nextDue === undefined || nextDue > clock() + 2 * every) {
          noticed.delete(key);
          lanes.urgent.forget({ kind, id });
          lanes.patient.forget({ kind, id });
          return;
        }
        notice({ kind, id, due: nextDue, waiting });
        wake();
      });
      void endForeignLeases()
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
        for (const controller of calls) controller.abort(new Error('stopping'));
        await endsWithin(all(), seconds(1), later);
      }
      return { left: running.size };
    },
    drain: async () => {
      for (;;) {
        const before = begun;
        await poll(0);
        await pump();
        if (running.size > 0) await Promise.all(running.values());
        else if (begun === before) return;
      }
    },
  };
}

function startedRun(
  kind: string,
  id: string,
  { type, timer, patient }: BoundHandler,
  run: Run,
  bound: BoundRun,
): Started {
  return { kind, id, type, run, bound, timer, patient };
}

const earlier = (a: Millis | undefined, b: Millis | undefined): Millis | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

/** The run of an effect that is ended before it begins; the lease on it, if any, is one that has run out. */
function notStarted({ key, wish, attempts, lease }: Effect): Run {
  return { key, wish, attempt: lease?.attempt ?? '', leased: lease !== undefined, attempts: attempts + 1 };
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

function afterTimeout(after: Millis, call: () => void): () => void {
  // Node takes longer waits for none at all; whoever waits so long is woken by the poll.
  const timeout = setTimeout(call, Math.min(after, 2 ** 31 - 1));
  return () => clearTimeout(timeout);
}
