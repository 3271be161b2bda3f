import { crier } from '../../core/context.ts';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { AggregateKind, Command } from '../../core/aggregate.ts';
import { readsForms } from '../../core/forms.ts';
import type { Change, Refusal } from '../../core/change.ts';
import type { Executor } from '../../core/execute.ts';
import { idFrom } from '../../core/json.ts';
import { aggregate, bind, type Aggregate } from '../../core/registry.ts';
import { minutes, type Millis } from '../../core/time.ts';

/**
 * What Google lets a project do in a day: uploads and searches each in a bucket of their own, everything else in
 * units. The numbers are what every project is given (YouTube Data API, "Quota costs", read in 2026); a council
 * that was granted more says so.
 */
export interface DailyQuota {
  readonly uploads: number;
  readonly searches: number;
  readonly units: number;
}

/** What Google gives a project that has not asked for more. */
export const usualQuota: DailyQuota = { uploads: 100, searches: 100, units: 10_000 };

/** Units that calls cost (same source). */
export const costs = {
  list: 1,
  captions: 400,
  thumbnail: 50,
  playlist: 50,
  update: 50,
  remove: 50,
} as const;

export type Bucket = keyof DailyQuota;
const buckets = ['uploads', 'searches', 'units'] as const satisfies readonly Bucket[];

const stateSchema = z.object({
  /** the day in Pacific time that the numbers are of */
  day: z.string(),
  uploads: z.int(),
  searches: z.int(),
  units: z.int(),
  /** buckets that Google itself called empty, whatever we counted: others may share the project */
  empty: z.array(z.enum(buckets)),
});
export type QuotaState = Readonly<z.infer<typeof stateSchema>>;

const pacific = 'America/Los_Angeles';
const localOf = (at: Millis) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(pacific);

/** So much of a day's units nothing new is begun with: what is wrong in public can be taken down or put right. */
export const keptBack = ({ units }: DailyQuota): number => Math.floor(units / 20);

/** The next midnight in Pacific time, when the buckets are filled again; right over both clock changes there. */
export function refilledAt(now: Millis): Millis {
  return localOf(now).toPlainDate().add({ days: 1 }).toZonedDateTime(pacific).epochMilliseconds;
}

/**
 * So long into a day a bucket that Google calls empty may be the old day's: our clock runs before theirs, the request
 * was begun before midnight, or the buckets are filled a while after it.
 */
const dayBegins: Millis = minutes(5);

/** When a bucket that was called empty just now may be asked again: soon where it may have been the day before's. */
export function askedAgainAt(now: Millis): Millis {
  const settled = localOf(now).startOfDay().epochMilliseconds + dayBegins;
  return now < settled ? settled : refilledAt(now);
}

/** What has been spent on the day that `now` is in. */
export function spentOn(state: QuotaState | undefined, now: Millis): QuotaState {
  const day = localOf(now).toPlainDate().toString();
  return state?.day === day ? state : { day, uploads: 0, searches: 0, units: 0, empty: [] };
}

/** What is left today. */
export function left(state: QuotaState | undefined, now: Millis, quota: DailyQuota): DailyQuota {
  const spent = spentOn(state, now);
  const of = (bucket: Bucket) =>
    spent.empty.includes(bucket) ? 0 : Math.max(0, quota[bucket] - spent[bucket]);
  return { uploads: of('uploads'), searches: of('searches'), units: of('units') };
}

const quotaKind: AggregateKind<QuotaState> = {
  kind: 'youtube-quota',
  form: 1,
  indexes: {},
  parse: readsForms('youtube-quota', { 1: stateSchema }),
  index: () => ({}),
};

type QuotaRefusal = Refusal<'quota-spent'> & { readonly facts: { readonly until: Millis } };
type Decided = Change<QuotaState> | QuotaRefusal;

const amount = z.int().min(0);
const spendParams = z.object({
  uploads: amount,
  searches: amount,
  units: amount,
  quota: z.object({ uploads: amount, searches: amount, units: amount }),
  /** it is done whatever is left, and counted */
  always: z.literal(true).exactOptional(),
});

/** Takes from the buckets, all of it or nothing; what is kept back, and what is not there, only for what cannot wait. */
export const spend: Command<QuotaState, z.infer<typeof spendParams>, unknown, QuotaRefusal> = {
  name: 'youtube-quota.spend',
  kind: 'youtube-quota',
  schema: spendParams,
  decide: (state, { quota, always, ...wanted }, { now }): Decided => {
    const all = left(state, now, quota);
    const there = { ...all, units: Math.max(0, all.units - keptBack(quota)) };
    if (always !== true && buckets.some((bucket) => wanted[bucket] > there[bucket])) {
      return { refused: 'quota-spent', facts: { until: refilledAt(now) } };
    }
    const spent = spentOn(state, now);
    return {
      state: {
        ...spent,
        uploads: spent.uploads + wanted.uploads,
        searches: spent.searches + wanted.searches,
        units: spent.units + wanted.units,
      },
      audit: [],
      effects: [],
    };
  },
};

const emptyParams = z.object({ bucket: z.enum(buckets) });
/** Records that Google called a bucket empty, once that can only be meant of this day. */
export const empty: Command<QuotaState, z.infer<typeof emptyParams>, unknown, QuotaRefusal> = {
  name: 'youtube-quota.empty',
  kind: 'youtube-quota',
  schema: emptyParams,
  decide: (state, { bucket }, { now }): Decided => {
    const spent = spentOn(state, now);
    const isOfDayBefore = askedAgainAt(now) < refilledAt(now);
    if (isOfDayBefore || spent.empty.includes(bucket)) return { state: spent, audit: [], effects: [] };
    return {
      state: { ...spent, empty: [...spent.empty, bucket] },
      audit: [{ action: 'quota-empty', facts: { bucket } }],
      effects: [],
    };
  },
};

/** For the store, which must know every kind. */
export const quotaKinds = [quotaKind];

/** For the executor. */
export const quotaAggregates: readonly Aggregate<unknown>[] = [
  aggregate(quotaKind, [bind(spend), bind(empty)]),
];

/** Keeps a Google project within its day; shared through the store by every process and account of the project. */
export interface QuotaGovernor {
  /** @returns when the buckets are filled again, if there is not so much left today */
  readonly spend: (
    wanted: Partial<DailyQuota>,
  ) => Promise<{ readonly spent: true } | { readonly spent: false; readonly until: Millis }>;
  /** Counts what is done whatever is left: our count may be wrong, and Google itself says when nothing is. */
  readonly count: (units: number) => Promise<void>;
  /** Google called a bucket empty. @returns when it may be asked again */
  readonly empty: (bucket: Bucket) => Promise<Millis>;
  readonly left: () => Promise<DailyQuota>;
}

/** @param clientId which Google project: it is the project that has a quota, not the account */
export function storedQuota(
  executor: Pick<Executor, 'execute' | 'load' | 'clock'>,
  clientId: string,
  quota: DailyQuota = usualQuota,
): QuotaGovernor {
  const id = idFrom('youtube-quota', clientId);
  return {
    spend: async ({ uploads = 0, searches = 0, units = 0 }) => {
      const params = { uploads, searches, units, quota };
      const result = await executor.execute({ command: spend.name, id, params, actor: crier });
      return result.done ? { spent: true } : { spent: false, until: refilledAt(executor.clock()) };
    },
    count: async (units) => {
      const params = { uploads: 0, searches: 0, units, quota, always: true };
      await executor.execute({ command: spend.name, id, params, actor: crier });
    },
    empty: async (bucket) => {
      // Read before it is recorded: between the two the day may have settled, and then the sooner of both is right.
      const again = askedAgainAt(executor.clock());
      await executor.execute({ command: empty.name, id, params: { bucket }, actor: crier });
      return again;
    },
    left: async () => left((await executor.load(quotaKind, id))?.state, executor.clock(), quota),
  };
}
