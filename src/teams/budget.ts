import { crier } from '../core/context.ts';
import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import { withoutThread } from '../core/conversation.ts';
import { readsForms } from '../core/forms.ts';
import type { Refusal } from '../core/change.ts';
import type { Executor } from '../core/execute.ts';
import { idFrom } from '../core/json.ts';
import { bind } from '../core/registry.ts';
import { hours, minutes, seconds, type Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';

/** At most so many sends in any stretch of so many milliseconds. */
export interface SendLimit {
  readonly sends: number;
  readonly within: Millis;
}

/** What Teams lets one bot send to one conversation (a whole Teams channel is one), by Microsoft's documentation. */
export const teamsLimits = {
  /** kept to the millisecond */
  short: [
    { sends: 7, within: seconds(1) },
    { sends: 8, within: seconds(2) },
    { sends: 60, within: seconds(30) },
  ],
  /** kept in minutes, on the safe side, so that a conversation's record stays small */
  long: { sends: 1_800, within: hours(1) },
} as const satisfies SendLimits;

export interface SendLimits {
  readonly short: readonly SendLimit[];
  readonly long: SendLimit;
}

const stateSchema = z.object({
  /** the time of the last reservation, by the clock of whoever made it */
  asOf: z.int(),
  /** sends of the longest short limit, oldest first; one that is still to come stands at the latest it may be */
  recent: z.array(z.int()),
  /** sends by minute, oldest first: `until` is the last instant counted in it */
  minutes: z.array(z.object({ from: z.int(), until: z.int(), sends: z.int().min(1) })),
  /** Teams asked us to wait (429) */
  pausedUntil: z.int().exactOptional(),
});

/** What was sent to one conversation lately. */
export type BudgetState = Readonly<z.infer<typeof stateSchema>>;

/** Nothing was sent yet. */
export const untouched: BudgetState = { asOf: 0, recent: [], minutes: [] };

export type Reserved =
  | { readonly granted: number; readonly state: BudgetState }
  /**
   * Nothing can be sent before then. The state is another one only after a clock was set back; it has to be kept,
   * or the last send would count as just now for ever.
   */
  | { readonly waitUntil: Millis; readonly state: BudgetState };

/** Clocks of two processes may differ by so much; a larger step back is a clock that was set. */
const skew = seconds(30);

/**
 * The record as it reads at `now`. Time never runs backwards in it: behind a faster clock we wait for ours to come
 * up, and when a clock was set back, the last reservation counts as just now. Both wait too long rather than send
 * too much. A clock set forward cannot be told from time that passed.
 */
function readAt(state: BudgetState, now: Millis): { readonly state: BudgetState; readonly now: Millis } {
  if (now >= state.asOf) return { state, now };
  if (state.asOf - now <= skew) return { state, now: state.asOf };
  const back = now - state.asOf;
  return {
    now,
    state: {
      ...state,
      asOf: now,
      recent: state.recent.map((at) => at + back),
      minutes: state.minutes.map(({ from, until, sends }) => ({
        from: from + back,
        until: until + back,
        sends,
      })),
    },
  };
}

/** A pause longer than this is the leftover of a clock that was set back. */
const longestPause = hours(1);

/**
 * Reserves up to `n` sends that will be made between `now` and `now + within`. Grants as many as every limit
 * leaves, or says until when to wait.
 */
export function reserve(
  before: BudgetState,
  at: Millis,
  n: number,
  within: Millis = 0,
  limits: SendLimits = teamsLimits,
): Reserved {
  const { state, now } = readAt(before, at);
  const { pausedUntil } = state;
  if (pausedUntil !== undefined && pausedUntil > at && pausedUntil - at <= longestPause)
    return { waitUntil: pausedUntil, state };

  const remembered = Math.max(...limits.short.map((limit) => limit.within));
  const recent = state.recent.filter((sent) => sent > now - remembered);
  const kept = state.minutes.filter(({ until }) => until > now - limits.long.within);
  let left = n;
  let waitUntil = 0;
  for (const limit of limits.short) {
    const counted = recent.filter((sent) => sent > now - limit.within);
    left = Math.min(left, limit.sends - counted.length);
    const leaves = counted[counted.length - limit.sends];
    if (leaves !== undefined) waitUntil = Math.max(waitUntil, leaves + limit.within);
  }
  const inHour = kept.reduce((sum, { sends }) => sum + sends, 0);
  left = Math.min(left, limits.long.sends - inHour);
  let over = inHour - limits.long.sends;
  for (const { until, sends } of kept) {
    if (over < 0) break;
    over -= sends;
    waitUntil = Math.max(waitUntil, until + limits.long.within);
  }
  if (left <= 0) return { waitUntil, state };

  const until = now + within;
  const newest = kept.at(-1);
  const added =
    newest !== undefined && until - newest.from < minutes(1)
      ? [
          ...kept.slice(0, -1),
          { from: newest.from, until: Math.max(until, newest.until), sends: newest.sends + left },
        ]
      : [...kept, { from: until, until, sends: left }];
  return {
    granted: left,
    state: {
      asOf: now,
      recent: [...recent, ...Array.from({ length: left }, () => until)].toSorted((a, b) => a - b),
      minutes: added,
    },
  };
}

/** Teams asked us to wait: nothing goes to the conversation before `until`. */
export function pause(state: BudgetState, until: Millis): BudgetState {
  return { ...state, pausedUntil: Math.max(until, state.pausedUntil ?? 0) };
}

/** A conversation's budget in the store, so that every process counts the same sends. */
export const budgetKind: AggregateKind<BudgetState> = {
  kind: 'conversation-budget',
  form: 1,
  indexes: {},
  parse: readsForms('conversation-budget', { 1: stateSchema }),
  index: () => ({}),
};

type BudgetRefusal = Refusal<'conversation-full'> & {
  readonly facts: {
    readonly until: Millis;
    /** the record has to be kept as it reads by a clock that was set back */
    readonly setBack: boolean;
  };
};

const limitSchema = z.object({ sends: z.int().min(1), within: z.int().min(1) });
const reserveParams = z.object({
  sends: z.int().min(1),
  within: z.int().min(0),
  limits: z.object({ short: z.array(limitSchema).min(1), long: limitSchema }),
});

/** Reserves sends to a conversation for one of several processes; refused while it must wait. */
const reserveSends: Command<BudgetState, z.infer<typeof reserveParams>, unknown, BudgetRefusal> = {
  name: 'conversation-budget.reserve',
  kind: budgetKind.kind,
  schema: reserveParams,
  decide: (before, { sends, within, limits }, { now }) => {
    const reserved = reserve(before ?? untouched, now, sends, within, limits);
    if ('waitUntil' in reserved) {
      const setBack = before !== undefined && reserved.state !== before;
      return { refused: 'conversation-full', facts: { until: reserved.waitUntil, setBack } };
    }
    return { state: reserved.state, audit: [], effects: [] };
  },
};

/** Keeps the record that the only process has in memory. */
const keepBudget: Command<BudgetState, BudgetState, unknown> = {
  name: 'conversation-budget.keep',
  kind: budgetKind.kind,
  schema: stateSchema,
  decide: (_before, state) => ({ state, audit: [], effects: [] }),
};

const pauseParams = z.object({ until: z.int() });

/** Keeps that Teams asked us to wait. */
const pauseSends: Command<BudgetState, z.infer<typeof pauseParams>, unknown> = {
  name: 'conversation-budget.pause',
  kind: budgetKind.kind,
  schema: pauseParams,
  decide: (before, { until }) => ({ state: pause(before ?? untouched, until), audit: [], effects: [] }),
};

/** Keeps the record as it reads by a clock that was set back. */
const setBudgetBack: Command<BudgetState, Record<never, never>, unknown> = {
  name: 'conversation-budget.set-back',
  kind: budgetKind.kind,
  schema: z.object({}),
  decide: (before, _params, { now }) => ({
    state: readAt(before ?? untouched, now).state,
    audit: [],
    effects: [],
  }),
};

const refusedFacts = z.object({ until: z.int(), setBack: z.boolean() });

export interface ConversationBudget {
  /** Takes one send to a conversation, to be made at once. */
  readonly take: (
    conversationId: string,
  ) => Promise<{ readonly go: true } | { readonly go: false; readonly waitUntil: Millis }>;
  /** Teams asked us to wait with this conversation. */
  readonly pause: (conversationId: string, until: Millis) => Promise<void>;
  /** Writes what is still only in memory. For a graceful stop. */
  readonly flush: () => Promise<void>;
}

export interface BudgetDeps {
  readonly executor: Executor;
  readonly clock: () => Millis;
  readonly log: Log;
  readonly limits?: SendLimits;
  /** when this process began, before which its forerunner died; absent: when the budget is made */
  readonly startedAt?: Millis;
}

/** A send has to begin this soon after it was taken. */
const taken = 250;
/** How long the only process may keep the record in memory before it writes it. */
const unwritten = seconds(1);
/** Conversations kept in memory; above that, the ones that may send freely again are let go. */
const remembered = 5_000;

const budgetId = (conversationId: string): string => idFrom('budget', withoutThread(conversationId));

/**
 * The budget that several processes share: every send is committed before it is made. The executor commits those
 * who ask at the same time together.
 */
function sharedBudget({ executor, limits = teamsLimits }: BudgetDeps): ConversationBudget {
  return {
    take: async (conversationId) => {
      const id = budgetId(conversationId);
      const executed = await executor.execute({
        command: reserveSends.name,
        id,
        params: { sends: 1, within: taken, limits },
        actor: crier,
      });
      if (executed.done) return { go: true };
      const { until, setBack } = refusedFacts.parse(executed.refusal.facts);
      if (setBack) await executor.execute({ command: setBudgetBack.name, id, params: {}, actor: crier });
      return { go: false, waitUntil: until };
    },
    pause: async (conversationId, until) => {
      await executor.execute({
        command: pauseSends.name,
        id: budgetId(conversationId),
        params: { until },
        actor: crier,
      });
    },
    flush: () => Promise.resolve(),
  };
}

/**
 * The budget of the only process: decided in memory and written within a second, so that a send costs no commit
 * of its own. What a crash may have left unwritten is at most what one second allows, and that much counts as
 * sent when this process began.
 */
function ownBudget({
  executor,
  clock,
  log,
  limits = teamsLimits,
  startedAt = clock(),
}: BudgetDeps): ConversationBudget {
  const held = new Map<string, BudgetState>();
  const reading = new Map<string, Promise<BudgetState>>();
  const dirty = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function read(id: string): Promise<BudgetState> {
    const found = (await executor.load(budgetKind, id))?.state;
    // A conversation of which nothing is written had at most an unwritten second, too.
    const perSecond = limits.short.filter(({ within }) => within <= unwritten).map(({ sends }) => sends);
    const lost = reserve(found ?? untouched, startedAt, Math.min(...perSecond, limits.long.sends), 0, limits);
    return lost.state;
  }
  async function stateOf(id: string): Promise<BudgetState> {
    const state = held.get(id);
    if (state !== undefined) return state;
    const begun = reading.get(id) ?? read(id);
    reading.set(id, begun);
    try {
      const state = await begun;
      if (!held.has(id)) held.set(id, state);
      return held.get(id) ?? state;
    } finally {
      reading.delete(id);
    }
  }

  function letGo(): void {
    const now = clock();
    for (const [id, { asOf, pausedUntil }] of held) {
      if (held.size <= remembered) return;
      if (!dirty.has(id) && asOf < now - seconds(60) && (pausedUntil ?? 0) < now) held.delete(id);
    }
  }

  async function write(): Promise<void> {
    const ids = [...dirty];
    dirty.clear();
    await Promise.all(
      ids.map(async (id) => {
        try {
          await executor.execute({
            command: keepBudget.name,
            id,
            params: held.get(id) ?? untouched,
            actor: crier,
          });
        } catch (fault) {
          log.fault('could not keep what was sent to a conversation', fault);
          keepSoon(id);
        }
      }),
    );
    letGo();
  }

  function keepSoon(id: string): void {
    dirty.add(id);
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      writing = writing.then(write);
    }, unwritten);
    timer.unref();
  }

  return {
    take: async (conversationId) => {
      const id = budgetId(conversationId);
      await stateOf(id);
      // Nothing is awaited between here and the change, so that two takers never see the same record.
      const reserved = reserve(held.get(id) ?? untouched, clock(), 1, taken, limits);
      held.set(id, reserved.state);
      if ('waitUntil' in reserved) return { go: false, waitUntil: reserved.waitUntil };
      keepSoon(id);
      return { go: true };
    },
    pause: async (conversationId, until) => {
      const id = budgetId(conversationId);
      await stateOf(id);
      held.set(id, pause(held.get(id) ?? untouched, until));
      keepSoon(id);
    },
    flush: async () => {
      clearTimeout(timer);
      timer = undefined;
      writing = writing.then(write);
      await writing;
    },
  };
}

/** Keeps every conversation within what Teams allows, over restarts and, where the store is shared, over processes. */
export function createConversationBudget(deps: BudgetDeps): ConversationBudget {
  return deps.executor.store.shared ? sharedBudget(deps) : ownBudget(deps);
}

/** The kind with its commands, for the list of aggregates. */
export const budgetCommands = [bind(reserveSends), bind(keepBudget), bind(pauseSends), bind(setBudgetBack)];
