import { minutes, seconds } from '../core/time.ts';
import type { Millis } from '../core/time.ts';

const first = seconds(1);
const longest = minutes(5);

/**
 * How long to wait before the next start: exponential with full jitter, never shorter than what the other side
 * asked for, never nothing.
 * @param attempts how often it was started, 1 or more
 * @param atLeast what the other side asked for, in milliseconds
 * @param random a number from 0 to below 1
 */
export function backOff(attempts: number, atLeast: Millis, random: number): Millis {
  const widest = Math.min(longest, first * 2 ** Math.min(attempts - 1, 30));
  return Math.max(1, Math.ceil(atLeast), Math.ceil(widest * random));
}
