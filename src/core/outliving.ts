import { endsWithin } from './ends-within.ts';
import type { Later, Millis } from './time.ts';

/** Work for one account that goes on after whoever began it has given it up, so that nobody else hears how it ends. */
export interface Outliving {
  /** Watches over work that ends by its own time: a failure is logged, and a stop waits for it. */
  readonly watch: (work: Promise<unknown>) => void;
  /** Has something done once more when the process stops, after all that is under way. */
  readonly atEnd: (work: () => Promise<void>) => void;
}

/** All of it in this process. */
export interface AllOutliving {
  readonly of: (account: string) => Outliving;
  /** Waits until all has ended, and does what was left for the end. @returns how much did not end within the time */
  readonly end: (within: Millis) => Promise<{ readonly left: number }>;
}

/** @param failed is told of what failed, and for which account */
export function createOutliving(
  failed: (account: string, fault: unknown) => void,
  later: Later,
): AllOutliving {
  const underWay = new Set<Promise<void>>();
  const last: (() => void)[] = [];

  function watch(account: string, work: Promise<unknown>): void {
    const watched = work
      .then(
        () => undefined,
        (fault: unknown) => failed(account, fault),
      )
      .finally(() => underWay.delete(watched));
    underWay.add(watched);
  }

  async function all(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay);
    for (const begin of last.splice(0)) begin();
    await Promise.all(underWay);
  }

  return {
    of: (account) => ({
      watch: (work) => watch(account, work),
      atEnd: (work) => void last.push(() => watch(account, work())),
    }),
    end: async (within) => {
      await endsWithin(all(), within, later);
      return { left: underWay.size };
    },
  };
}
