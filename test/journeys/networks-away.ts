import type { PublishOutcome } from '../../src/networks/network.ts';
import { minute, openCouncil, type Council, type CouncilOptions } from './council.ts';
import { createOutside } from './outside.ts';

/** Networks that cannot be reached, or do not let Crier in, for as long as a journey says. */

export const notReached: PublishOutcome = { outcome: 'retry', after: 5_000, reason: 'not-reached' };
export const blocked: PublishOutcome = { outcome: 'refused', reason: 'account-blocked' };

/** A council whose accounts answer so while they are said to be away. */
export async function withAway(first: PublishOutcome, options: CouncilOptions = {}) {
  const away = new Set<string>();
  const says = { answer: first };
  const time = { now: (): number => 0 };
  const outside = createOutside(() => time.now());
  const council = await openCouncil({
    ...options,
    outside,
    networkOf: (entry) => {
      const network = outside.network(entry);
      const isAway = (): boolean => away.has(entry.id);
      return {
        ...network,
        get canLookUp() {
          return network.canLookUp;
        },
        publish: async (part, key, signal) =>
          isAway() ? says.answer : await network.publish(part, key, signal),
        account: async () =>
          await Promise.resolve(
            isAway() && says.answer.outcome === 'refused'
              ? { read: false, reason: says.answer.reason }
              : { read: true, name: entry.name },
          ),
      };
    },
  });
  time.now = () => council.now();
  return { council, away, says };
}

/** In steps, so that what comes again does. */
export async function lives(council: Council, millis: number): Promise<void> {
  for (let passed = 0; passed < millis; passed += 10 * minute) await council.pass(10 * minute);
}
