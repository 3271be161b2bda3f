import { minutes, type Millis } from './time.ts';

/** A stretch of time, up to its end, in which this process did no work or could do none. */
interface Gap {
  readonly from: Millis;
  readonly to: Millis;
}

/** What can come to fail by itself: the store may still be read when it takes nothing more, as on a full disk. */
export type Need = 'reading' | 'writing';

/**
 * When this process could not work: before it began, while it or its machine was held still, and while the store gave or
 * took nothing. By the wall clock, as what falls due is: whether the time itself was slept through or the clock was set
 * ahead, what fell due meanwhile was not done.
 */
export interface Standstill {
  /** in their order, apart from each other */
  readonly gaps: readonly Gap[];
  /** when it was last seen to be at work */
  readonly seen: Millis;
  /** since when each fails that does */
  readonly failing: Readonly<Partial<Record<Need, Millis>>>;
}

/** A process that works is seen more often than that; one that is seen no sooner was held still. */
const unseenAtMost = minutes(1);
/** Of so many gaps each is known; before those, nothing is known of any work, as before a start. */
const known = 1_000;

/** Nothing is known of what came before the process did. */
export const begunAt = (at: Millis): Standstill => ({
  gaps: [{ from: -Infinity, to: at }],
  seen: at,
  failing: {},
});

/** It is at work now, which it says itself from time to time. */
export function seenAt(before: Standstill, now: Millis): Standstill {
  const { gaps, seen, failing } = now < before.seen ? setBackTo(before, now) : before;
  const asleep = now - seen > unseenAtMost ? [{ from: seen, to: now }] : [];
  return { gaps: withGaps(gaps, asleep), seen: now, failing };
}

/** What it needs has just failed it. */
export function failedAt(before: Standstill, need: Need, now: Millis): Standstill {
  const { failing, ...rest } = seenAt(before, now);
  return { ...rest, failing: { [need]: now, ...failing } };
}

/** What it needs was there just now. */
export function servedAt(before: Standstill, need: Need, now: Millis): Standstill {
  const { gaps, seen, failing } = seenAt(before, now);
  const { [need]: since, ...others } = failing;
  return {
    gaps: withGaps(gaps, since === undefined ? [] : [{ from: since, to: now }]),
    seen,
    failing: others,
  };
}

/** For how long altogether it could not work from a time up to now; what fails still is as if it had failed until now. */
export function stoodStill(standstill: Standstill, from: Millis, now: Millis): Millis {
  const { gaps, failing } = seenAt(standstill, now);
  const open = Object.values(failing).map((since) => ({ from: since, to: now }));
  return withGaps(gaps, open).reduce((sum, gap) => sum + Math.max(0, gap.to - Math.max(gap.from, from)), 0);
}

/** By a clock that was set back, what lies ahead of it has not been yet. */
function setBackTo({ gaps, failing }: Standstill, now: Millis): Standstill {
  const past = (at: Millis): Millis => Math.min(at, now);
  return {
    gaps: gaps.filter(({ from }) => from < now).map(({ from, to }) => ({ from, to: past(to) })),
    seen: now,
    failing: Object.fromEntries(Object.entries(failing).map(([need, since]) => [need, past(since)])),
  };
}

/** Gaps that meet are one. */
function withGaps(gaps: readonly Gap[], more: readonly Gap[]): readonly Gap[] {
  const all = more.reduce<readonly Gap[]>((sum, gap) => {
    const meets = (other: Gap): boolean => other.from <= gap.to && gap.from <= other.to;
    const one = sum
      .filter(meets)
      .reduce((wide, { from, to }) => ({ from: Math.min(wide.from, from), to: Math.max(wide.to, to) }), gap);
    return [...sum.filter((other) => !meets(other)), one].sort((a, b) => a.from - b.from);
  }, gaps);
  const kept = all.slice(-known);
  const [first, ...later] = kept;
  return first === undefined || kept.length === all.length ? all : [{ ...first, from: -Infinity }, ...later];
}
