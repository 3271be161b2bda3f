import type { Millis } from '../core/time.ts';

/** Calls back after so many milliseconds of the system's own time. @returns how to stop that */
export function afterTimeout(after: Millis, call: () => void): () => void {
  // Node takes longer waits for none at all; whoever waits so long is woken by the poll.
  const timeout = setTimeout(call, Math.min(after, 2 ** 31 - 1));
  return () => clearTimeout(timeout);
}
