import type { z } from 'zod';
import type { AggregateKind, CommandCall } from './aggregate.ts';
import type { Json } from './json.ts';
import type { Millis } from './time.ts';

/** One start of one effect, as its handler sees it. */
export interface EffectRun<D> {
  readonly kind: string;
  readonly id: string;
  readonly key: string;
  readonly data: D;
  /** names this start; a late answer is recorded by it */
  readonly attempt: string;
  /** how often the effect has been started, this start included */
  readonly attempts: number;
  /** when it was to begin, by what asked for it or last put it off */
  readonly due: Millis;
  /** the time when it is read */
  readonly now: Millis;
  /** @returns the state of the effect's aggregate as it is now stored */
  readonly load: <S>(kind: AggregateKind<S>) => Promise<S | undefined>;
}

/** What came of a run. */
export type Outcome =
  | { readonly outcome: 'done'; readonly value?: Json }
  /** certainly not done; may be tried again after so many milliseconds, the back-off being longer or not */
  | { readonly outcome: 'retry'; readonly after: Millis; readonly value?: Json }
  /** certainly not done, and never will be like this */
  | { readonly outcome: 'refused'; readonly reason: string; readonly value?: Json }
  /** nobody can tell from here; the effect is over, and what becomes of it is the aggregate's to decide */
  | { readonly outcome: 'unknown'; readonly reason: string };

/** Nothing was done, since others have taken all that its lane may take: nobody of it tries again so soon. */
export interface Full {
  readonly outcome: 'full';
  readonly after: Millis;
}

/** Whether a run may begin. `giving` is a command of the same aggregate, committed with the effect's change. */
export type Verdict =
  /**
   * `longest` is how long the call may take where that is longer than the handler's deadline, such as the upload of a
   * video: the lease is renewed as long as the call is under way
   */
  | { readonly go: true; readonly longest?: Millis }
  /** come again after so many milliseconds; does not count as an attempt */
  | { readonly postpone: Millis; readonly giving?: CommandCall }
  /** others have taken all that its lane may take: nobody of this lane tries again before so many milliseconds */
  | { readonly full: Millis }
  | { readonly drop: true; readonly giving?: CommandCall };

/** Runs of one name take turns, so many at a time: those that send to one account. */
export interface Lane {
  readonly name: string;
  readonly width: number;
}

/** How effects of one type are run. */
export interface EffectHandler<D> {
  readonly type: string;
  readonly schema: z.ZodType<D>;
  /** how long one call may take, in milliseconds; the lease lasts 30 s longer */
  readonly deadline: Millis;
  /** what it means that the process which ran it is gone: may it be run again, or can nobody tell what it did */
  readonly onLostLease: 'again' | 'unknown';
  /** people who wait for an answer go first: it may begin some seconds later while they do */
  readonly patient?: true;
  /** nothing happens outside, so that `settled` counts only while the effect is still wanted */
  readonly timer?: true;
  /** with whom its runs take turns in this process; what waits for its turn costs no commit */
  readonly lane?: (data: D, id: string) => Lane;
  /** before anything starts, such as taking the account's slot. After `go`, and after a fault, `after` is always called */
  readonly before?: (run: EffectRun<D>) => Promise<Verdict>;
  /** a command of the same aggregate, committed with the claim; when it is refused the effect is dropped */
  readonly started?: (run: EffectRun<D>) => CommandCall | undefined;
  readonly run: (run: EffectRun<D>, signal: AbortSignal) => Promise<Outcome | Full>;
  /** while a long call is under way, with each renewal of its lease: renews what `before` took. False ends the call */
  readonly renew?: (run: EffectRun<D>) => Promise<boolean>;
  /** a command of the same aggregate, committed with the effect's removal or postponement */
  readonly settled?: (run: EffectRun<D>, outcome: Outcome) => CommandCall | undefined;
  /**
   * after that commit, also when the lease was lost or the claim was refused: frees what `before` took. Called again where
   * it throws
   */
  readonly after?: (run: EffectRun<D>, outcome: Outcome) => Promise<void>;
}

/** One run with its data's type closed over. */
export interface BoundRun {
  readonly before: () => Promise<Verdict>;
  readonly started: () => CommandCall | undefined;
  readonly run: (signal: AbortSignal) => Promise<Outcome | Full>;
  readonly renew: () => Promise<boolean>;
  readonly settled: (outcome: Outcome) => CommandCall | undefined;
  readonly after: (outcome: Outcome) => Promise<void>;
}

/** A handler with its data's type closed over, so that all handlers can stand in one list. */
export interface BoundHandler {
  readonly type: string;
  readonly deadline: Millis;
  readonly onLostLease: 'again' | 'unknown';
  /** whether its start is part of the aggregate's story, so that the claim has to be committed anywhere */
  readonly starts: boolean;
  readonly timer: boolean;
  readonly patient: boolean;
  /** undefined where runs of its type begin whenever they are due */
  readonly lane: (data: Json, id: string) => Lane | undefined;
  /** @throws a fault for data of another shape, without quoting it */
  readonly open: (run: EffectRun<Json>) => BoundRun;
}

/** Closes over the type of a handler's data. */
export function handler<D>(of: EffectHandler<D>): BoundHandler {
  return {
    type: of.type,
    deadline: of.deadline,
    onLostLease: of.onLostLease,
    starts: of.started !== undefined,
    timer: of.timer === true,
    patient: of.patient === true,
    lane: (data, id) => {
      const parsed = of.lane === undefined ? undefined : of.schema.safeParse(data);
      return parsed?.success === true ? of.lane?.(parsed.data, id) : undefined;
    },
    open: (raw) => {
      const parsed = of.schema.safeParse(raw.data);
      if (!parsed.success) {
        const paths = parsed.error.issues.map(({ path }) => path.map(String).join('.') || '(all)');
        throw new Error(`the effect ${of.type} holds data of another shape at: ${paths.join(', ')}`);
      }
      const run: EffectRun<D> = {
        kind: raw.kind,
        id: raw.id,
        key: raw.key,
        data: parsed.data,
        attempt: raw.attempt,
        attempts: raw.attempts,
        due: raw.due,
        load: raw.load,
        get now() {
          return raw.now;
        },
      };
      return {
        before: async () => (await of.before?.(run)) ?? { go: true },
        started: () => of.started?.(run),
        run: async (signal) => await of.run(run, signal),
        renew: async () => (await of.renew?.(run)) ?? true,
        settled: (outcome) => of.settled?.(run, outcome),
        after: async (outcome) => await of.after?.(run, outcome),
      };
    },
  };
}

/**
 * A timer: an effect that does nothing outside, and whose time gives a command.
 *
 * @param look what its time counts as now; its command hears of it
 */
export function timer<D, F extends Json>(
  type: string,
  schema: z.ZodType<D>,
  command: (run: EffectRun<D>, found: F) => CommandCall | undefined,
  look: { readonly run: (run: EffectRun<D>) => Promise<F>; readonly schema: z.ZodType<F> },
): BoundHandler {
  return handler({
    type,
    schema,
    deadline: 20_000,
    onLostLease: 'again',
    timer: true,
    run: async (run) => ({ outcome: 'done', value: await look.run(run) }),
    settled: (run, outcome) =>
      outcome.outcome === 'done' ? command(run, look.schema.parse(outcome.value)) : undefined,
  });
}
