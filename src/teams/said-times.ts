import type { Meant } from '../protocol/london.ts';
import type { TypedTime } from '../protocol/typed-time.ts';
import type { Millis } from '../core/time.ts';
import type { Turn } from './turn.ts';

/** Whether words named a time when they were said that has passed since. */
export function hasPassed(
  typed: string,
  parse: (typed: string, now: Millis) => TypedTime,
  { now, of }: Pick<Turn, 'now' | 'of'>,
): boolean {
  const read = parse(typed, of.at);
  return read.ok && read.at <= now;
}

/** The time that was meant, where it has passed. */
function passedBy(read: TypedTime, now: Millis): Meant | undefined {
  if (!read.ok) return read.code === 'in-the-past' ? read : undefined;
  return read.at > now ? undefined : read;
}

/**
 * A time in words as it was meant when they were said: a button that says `tomorrow 9am` may be pressed days later, and
 * plans no other day then. By then that time may have passed.
 */
export function timeSaid<T extends TypedTime>(
  typed: string,
  parse: (typed: string, now: Millis) => T,
  { now, of }: Pick<Turn, 'now' | 'of'>,
): T | Extract<TypedTime, { readonly code: 'in-the-past' }> {
  const read = parse(typed, of.at);
  const passed = of.at === now ? undefined : passedBy(read, now);
  if (passed === undefined) return read;
  // What else was meant is not asked with the words of another day.
  const { at, wall, zone } = passed;
  return { ok: false, code: 'in-the-past', at, wall, zone };
}
