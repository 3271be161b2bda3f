import { takes } from './change.ts';
import type { Effect, Lease, NewEffect } from './change.ts';
import type { Millis } from './time.ts';

/** An aggregate's waiting work, and how many wishes it has ever given out. */
export interface Waiting {
  readonly effects: readonly Effect[];
  readonly wishes: number;
}

/** One start of one effect. */
export interface Run {
  readonly key: string;
  readonly wish: number;
  /** names this start */
  readonly attempt: string;
  /** whether the start was written down; otherwise it is known to the process that runs it only */
  readonly leased: boolean;
  /** how often the effect has been started, this start included */
  readonly attempts: number;
}

/**
 * How a run leaves its effect: done with, wanted again at an instant, or as if it had not been started, wanted at another
 * instant or at the one at which it was wanted.
 */
export type Ending =
  | { readonly end: 'remove' }
  | { readonly end: 'postpone'; readonly due: Millis }
  | { readonly end: 'release'; readonly due?: Millis };

/** When an effect next needs somebody: a running one when its lease is over. */
export function dueAt(effect: Effect): Millis {
  return effect.lease?.until ?? effect.due;
}

/** @returns the earliest instant at which anything waits to be done; undefined when nothing does */
export function nextDue(effects: readonly Effect[]): Millis | undefined {
  let earliest: Millis | undefined;
  for (const effect of effects) {
    const due = dueAt(effect);
    if (earliest === undefined || due < earliest) earliest = due;
  }
  return earliest;
}

/**
 * Takes what a decision no longer wants out, then puts in what it wants. The same key asked for again replaces
 * the earlier wish, unless it says that it does not; if that one is being run, the run keeps its lease and the newer
 * wish follows when it ends.
 */
export function ask(waiting: Waiting, wanted: readonly NewEffect[], drop: readonly string[] = []): Waiting {
  if (wanted.length === 0 && drop.length === 0) return waiting;
  let { effects, wishes } = waiting;
  for (const pattern of drop) {
    effects = effects.flatMap((effect) => {
      if (!takes(pattern, effect.key)) return [effect];
      return effect.lease === undefined ? [] : [{ ...effect, dropped: true as const }];
    });
  }
  for (const { key, type, data, due, unlessAsked } of wanted) {
    const earlier = effects.find((effect) => effect.key === key);
    if (unlessAsked === true && earlier !== undefined && earlier.lease === undefined) continue;
    wishes += 1;
    const fresh: Effect = { key, type, data, due, attempts: 0, wish: wishes };
    if (earlier?.lease === undefined) {
      effects = [...effects.filter((effect) => effect !== earlier), fresh];
    } else {
      const lease: Lease = { was: earlier.data, ...earlier.lease };
      effects = effects.map((effect) => (effect === earlier ? { ...fresh, lease } : effect));
    }
  }
  return { effects, wishes };
}

/** Whether a run of this effect could begin now: it is due, wanted, and nobody holds it. */
function isFree(effect: Effect, now: Millis): boolean {
  return effect.dropped === undefined && dueAt(effect) <= now;
}

/**
 * Gives the effect to one process.
 * @returns undefined when it is no longer there, another wish has taken its place, or somebody holds it
 */
export function claim(
  waiting: Waiting,
  run: Pick<Run, 'key' | 'wish'>,
  lease: Lease,
  now: Millis,
): { readonly waiting: Waiting; readonly run: Run } | undefined {
  const effect = waiting.effects.find(({ key }) => key === run.key);
  if (effect === undefined || effect.wish !== run.wish || !isFree(effect, now)) return undefined;
  const { key, wish } = effect;
  const claimed: Effect = { ...effect, attempts: effect.attempts + 1, lease };
  return {
    waiting: replaced(waiting, effect, claimed),
    run: { key, wish, attempt: lease.attempt, leased: true, attempts: claimed.attempts },
  };
}

/**
 * Ends a run. What was asked for meanwhile stays, free to be run; what another process has claimed since stays its.
 * Settling the same run twice is settling it once.
 */
export function settle(waiting: Waiting, run: Run, ending: Ending): Waiting {
  const effect = waiting.effects.find(({ key }) => key === run.key);
  if (effect === undefined) return waiting;
  const { lease, ...free } = effect;
  if (run.leased ? lease?.attempt !== run.attempt : lease !== undefined) return waiting;
  if (effect.wish !== run.wish) return run.leased ? replaced(waiting, effect, wanted(free)) : waiting;
  // A start that was not written down has ended already when the effect has been counted as far.
  if (!run.leased && effect.attempts >= run.attempts) return waiting;
  if (ending.end === 'remove' || effect.dropped) return replaced(waiting, effect, undefined);
  const attempts = ending.end === 'release' ? run.attempts - 1 : run.attempts;
  return replaced(waiting, effect, { ...free, attempts, due: ending.due ?? effect.due });
}

/** The effect as a new wish wants it; a wish that was dropped again while the old run went on is gone. */
function wanted(free: Omit<Effect, 'lease'>): Effect | undefined {
  return free.dropped ? undefined : free;
}

function replaced(waiting: Waiting, effect: Effect, by: Effect | undefined): Waiting {
  return {
    ...waiting,
    effects: waiting.effects.flatMap((other) => (other !== effect ? [other] : by === undefined ? [] : [by])),
  };
}

/** The effects whose holder has let its time run out. */
export function lost(effects: readonly Effect[], now: Millis): readonly Effect[] {
  return effects.filter((effect) => effect.lease !== undefined && effect.lease.until <= now);
}
