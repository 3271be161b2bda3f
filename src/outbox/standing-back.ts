import type { Effect } from '../core/change.ts';
import { seconds, type Millis } from '../core/time.ts';

/**
 * How long patient work is left at a time, and altogether: while people wait, within what they are promised for cards;
 * while more posts are due at once than may leave at once, longer, since those cards are about what is leaving.
 */
export const yielding = { step: 150, toPeople: seconds(2), toPosts: seconds(10) } as const;

/**
 * Patient work is left for a moment while people wait for answers or posts for their turn, though not for ever.
 *
 * @param most how long it is left altogether; 0 while nobody waits
 */
export function parted(
  due: readonly Effect[],
  now: Millis,
  most: Millis,
  isPatient: (effect: Effect) => boolean,
): { readonly now: readonly Effect[]; readonly later: readonly Effect[] } {
  if (most === 0) return { now: due, later: [] };
  const waits = (effect: Effect): boolean => isPatient(effect) && now - effect.due < most;
  return { now: due.filter((effect) => !waits(effect)), later: due.filter(waits) };
}
