import type { Effect } from '../core/change.ts';
import type { Executor } from '../core/execute.ts';
import type { BoundHandler } from '../core/handler.ts';
import type { DueItem } from '../core/store.ts';
import type { Millis } from '../core/time.ts';
import { leaseMargin } from './calls.ts';
import type { Known } from './known.ts';
import type { Lanes } from './lanes.ts';

/** What the store is asked for, and what is told of it. */
export interface PagesDeps {
  readonly executor: Executor;
  readonly handlers: readonly BoundHandler[];
  /** names this process */
  readonly owner: string;
  /** a number from 0 to below 1 */
  readonly random: () => number;
  readonly known: Known;
  readonly lanes: { readonly urgent: Lanes; readonly patient: Lanes };
  /** resolves once what came in meanwhile was looked at */
  readonly breathe: () => Promise<void>;
}

/** Due work as the store tells it, page by page: what commits of this process do not tell, and what others left. */
export interface Pages {
  /** Asks for the next page of what is due so soon. */
  readonly ask: (ahead: Millis) => Promise<void>;
  /** As many pages in vain may be asked for as in every second. */
  readonly begin: () => void;
  /** whether another page may tell something now */
  readonly hasMore: () => boolean;
  /** whether the last page told the last of it */
  readonly isAtEnd: () => boolean;
  /** Frees what processes before this one held, where nobody else uses the store. */
  readonly endForeignLeases: () => Promise<void>;
}

/**
 * How many aggregates with due work are looked at in one go. A store that answers at once and lanes that are full leave
 * no other pause: ten thousand posts that fall due together would keep everybody waiting, and every timer standing,
 * for seconds.
 */
export const inOneGo = 32;

/** How much due work is asked for at a time. */
const page = 500;
/**
 * How many pages in a second may tell of nothing but what is known to wait for its turn: behind ten thousand cards,
 * what falls due is seen after some seconds, and the store is not asked without end.
 */
const pagesInVain = 4;

/** Begins in front. */
export function createPages({ executor, handlers, owner, random, known, lanes, breathe }: PagesDeps): Pages {
  const { store, clock } = executor;
  /** where the last page left off; undefined when it told everything */
  let from: DueItem | undefined;
  let pagesLeft = pagesInVain;

  /** Asks for the next page of what is due: what runs or waits for its turn is due all the while, and stands in front. */
  async function ask(ahead: Millis): Promise<void> {
    const items = await store.due({
      kinds: executor.kinds,
      before: clock() + ahead,
      limit: page,
      ...(from === undefined ? {} : { from }),
    });
    from = items.length === page ? items.at(-1) : undefined;
    // Processes that share a store and all began with the same work would contend for it.
    const places = new Map(items.map((item) => [item, store.shared ? random() : 0]));
    const inTurn = items.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
    const now = clock();
    const waits = (item: DueItem): boolean => lanes.urgent.waits(item, now) || lanes.patient.waits(item, now);
    const fresh = inTurn.filter((item) => !waits(item));
    if (fresh.length === 0) pagesLeft -= 1;
    // There is enough to do: who else waits is read in no hurry, though it may be for another lane.
    else if (lanes.urgent.size() >= page) pagesLeft = 0;
    for (const { kind, id, nextDue } of fresh) known.told({ kind, id, due: nextDue });
  }

  /**
   * Where the store is this process's alone, whoever held a lease before this start is gone: nothing has to wait
   * until it runs out. What it did is settled as that of any lost run.
   */
  async function endForeignLeases(): Promise<void> {
    if (store.shared) return;
    const longest = Math.max(0, ...handlers.map(({ deadline }) => deadline)) + leaseMargin;
    const foreign = ({ lease }: Effect): boolean => lease !== undefined && lease.owner !== owner;
    const before = clock() + longest;
    let last: DueItem | undefined;
    do {
      const items = await store.due({
        kinds: executor.kinds,
        before,
        limit: page,
        ...(last === undefined ? {} : { from: last }),
      });
      last = items.length === page ? items.at(-1) : undefined;
      for (const [n, { kind, id }] of items.entries()) {
        if (n % inOneGo === 0) await breathe();
        if (!(await executor.waiting(kind, id)).effects.some(foreign)) continue;
        await executor.amend(kind, id, (draft) => {
          const effects = draft.waiting.effects.map((effect) =>
            effect.lease !== undefined && foreign(effect)
              ? { ...effect, lease: { ...effect.lease, until: Math.min(effect.lease.until, draft.now) } }
              : effect,
          );
          draft.await({ ...draft.waiting, effects });
        });
      }
    } while (last !== undefined);
  }

  return {
    ask,
    begin: () => {
      pagesLeft = pagesInVain;
    },
    hasMore: () => from !== undefined && pagesLeft > 0,
    isAtEnd: () => from === undefined,
    endForeignLeases,
  };
}
