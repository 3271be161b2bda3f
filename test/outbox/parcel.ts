import { z } from 'zod';
import type { AggregateKind, Command } from '../../src/core/aggregate.ts';
import { readsForms } from '../../src/core/forms.ts';
import { auditKinds } from '../../src/core/audit.ts';
import { refuse } from '../../src/core/change.ts';
import { createExecutor } from '../../src/core/execute.ts';
import type { Executor } from '../../src/core/execute.ts';
import { aggregate, bind } from '../../src/core/registry.ts';
import { createLog } from '../../src/logging.ts';
import type { Store } from '../../src/core/store.ts';
import { handler } from '../../src/core/handler.ts';
import type { BoundHandler, EffectRun, Outcome } from '../../src/core/handler.ts';
import { createOutbox } from '../../src/outbox/outbox.ts';
import type { Outbox, OutboxDeps } from '../../src/outbox/outbox.ts';

/** A small aggregate that sends something which must not be sent twice: the shape of a publication. */
export interface Parcel {
  readonly is: 'queued' | 'sending' | 'sent' | 'unknown' | 'refused' | 'stopped';
  readonly attempt?: string | undefined;
  readonly notes: number;
}

const schema = z.object({
  is: z.enum(['queued', 'sending', 'sent', 'unknown', 'refused', 'stopped']),
  attempt: z.string().optional(),
  notes: z.number(),
});

export const parcelKind: AggregateKind<Parcel> = {
  kind: 'parcel',
  form: 1,
  indexes: {},
  parse: readsForms('parcel', { 1: schema }),
  index: () => ({}),
};

export const parcelKinds = [parcelKind, ...Object.values(auditKinds)];

type Rules = { readonly version: string };

const ask: Command<Parcel, { effects: number; type: string; delay?: number | undefined }, Rules> = {
  name: 'parcel.ask',
  kind: 'parcel',
  schema: z.object({ effects: z.number(), type: z.string(), delay: z.number().optional() }),
  decide: (state, { effects, type, delay }, { now }) => ({
    state: state ?? { is: 'queued', notes: 0 },
    audit: [{ action: 'asked', facts: {} }],
    effects: Array.from({ length: effects }, (_, n) => ({
      key: `${type}:${n}`,
      type,
      data: { n },
      due: now + (delay ?? 0),
    })),
  }),
};

const drop: Command<Parcel, { keys: string[] }, Rules> = {
  name: 'parcel.drop',
  kind: 'parcel',
  schema: z.object({ keys: z.array(z.string()) }),
  decide: (state, { keys }) =>
    state === undefined
      ? refuse('missing')
      : { state, audit: [{ action: 'dropped', facts: {} }], effects: [], drop: keys },
};

const begin: Command<Parcel, { attempt: string }, Rules> = {
  name: 'parcel.begin',
  kind: 'parcel',
  schema: z.object({ attempt: z.string() }),
  decide: (state, { attempt }) => {
    if (state?.is !== 'queued') return refuse('not-queued');
    return {
      state: { ...state, is: 'sending', attempt },
      audit: [{ action: 'began', facts: { attempt } }],
      effects: [],
    };
  },
};

const record: Command<Parcel, { attempt: string; outcome: string }, Rules> = {
  name: 'parcel.record',
  kind: 'parcel',
  schema: z.object({ attempt: z.string(), outcome: z.string() }),
  decide: (state, { attempt, outcome }) => {
    if (state === undefined || !['sending', 'unknown'].includes(state.is) || state.attempt !== attempt) {
      return refuse('not-now');
    }
    const is = (
      { done: 'sent', retry: 'queued', refused: 'refused', unknown: 'unknown' } as const satisfies Record<
        Outcome['outcome'],
        Parcel['is']
      >
    )[z.enum(['done', 'retry', 'refused', 'unknown']).parse(outcome)];
    return {
      state: { ...state, is },
      audit: [{ action: `recorded-${is}`, facts: { attempt } }],
      effects: [],
    };
  },
};

const note: Command<Parcel, Record<string, never>, Rules> = {
  name: 'parcel.note',
  kind: 'parcel',
  schema: z.object({}),
  decide: (state) =>
    state === undefined
      ? refuse('missing')
      : {
          state: { ...state, notes: state.notes + 1 },
          audit: [{ action: 'noted', facts: {} }],
          effects: [],
        },
};

const stop: Command<Parcel, Record<string, never>, Rules> = {
  name: 'parcel.stop',
  kind: 'parcel',
  schema: z.object({}),
  decide: (state) =>
    state?.is === 'queued'
      ? { state: { ...state, is: 'stopped' }, audit: [{ action: 'stopped', facts: {} }], effects: [] }
      : refuse('not-queued'),
};

export const parcels = aggregate(parcelKind, [
  bind(ask),
  bind(drop),
  bind(begin),
  bind(record),
  bind(note),
  bind(stop),
]);

export const data = z.object({ n: z.number() });
export type Data = z.infer<typeof data>;

/** The handler of something that must not be sent twice. */
export function post(
  send: (run: EffectRun<Data>, signal: AbortSignal) => Promise<Outcome>,
  more: Partial<Pick<Parameters<typeof handler<Data>>[0], 'before' | 'after' | 'deadline' | 'renew'>> = {},
): BoundHandler {
  return handler<Data>({
    type: 'post',
    schema: data,
    deadline: 10_000,
    onLostLease: 'unknown',
    started: ({ id, attempt }) => ({ command: 'parcel.begin', id, params: { attempt } }),
    run: send,
    settled: ({ id, attempt }, { outcome }) => ({
      command: 'parcel.record',
      id,
      params: { attempt, outcome },
    }),
    ...more,
  });
}

/** The handler of something that may be done again. */
export function tell(
  send: (run: EffectRun<Data>, signal: AbortSignal) => Promise<Outcome>,
  settled = true,
): BoundHandler {
  return handler<Data>({
    type: 'tell',
    schema: data,
    deadline: 10_000,
    onLostLease: 'again',
    run: send,
    ...(settled
      ? {
          settled: ({ id }: EffectRun<Data>, { outcome }: Outcome) =>
            outcome === 'done' ? { command: 'parcel.note', id, params: {} } : undefined,
        }
      : {}),
  });
}

/** One process: an executor and an outbox over a store, with a clock that the test holds. */
export interface Process {
  readonly executor: Executor;
  readonly outbox: Outbox;
  readonly logged: string[];
  readonly parcel: () => Promise<Parcel | undefined>;
  readonly ask: (effects: number, type: string, delay?: number) => Promise<void>;
}

let ids = 0;

/** Starts a process over a store. Waits between retries of a commit end at once, deadlines never come. */
export function startProcess(
  store: Store,
  time: { now: number },
  handlers: readonly BoundHandler[],
  more: Partial<OutboxDeps> = {},
): Process {
  const logged: Process['logged'] = [];
  const randomId = (): string => `r${(ids += 1)}`;
  const executor = createExecutor({
    store,
    aggregates: [parcels],
    clock: () => time.now,
    protocol: () => ({ version: 'v1' }),
    auditKey: new Uint8Array(32).fill(7),
    randomId,
  });
  const outbox = createOutbox({
    executor,
    handlers,
    log: createLog({ level: 'warn', write: (line) => logged.push(line) }),
    owner: randomId(),
    randomId,
    random: () => 0.5,
    later: (after, call) => {
      if (after > 5_000) return () => undefined;
      const soon = setImmediate(call);
      return () => clearImmediate(soon);
    },
    ...more,
  });
  return {
    executor,
    outbox,
    logged,
    parcel: async () => (await executor.load(parcelKind, 'p1'))?.state,
    ask: async (effects, type, delay) => {
      await executor.execute({
        command: 'parcel.ask',
        id: 'p1',
        params: { effects, type, delay },
        actor: { by: 'person', person: 'ann' },
      });
    },
  };
}
