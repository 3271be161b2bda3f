import { begunAt, failedAt, seenAt, servedAt, stoodStill, type Need } from './standstill.ts';
import type { Store } from './store.ts';
import type { Millis } from './time.ts';

/** What is known of this process's own work, and of the times in which it could do none. */
export interface AtWork {
  /** when this process began, before which its forerunner died */
  readonly startedAt: Millis;
  /** It is at work now: to be told several times in every minute. */
  readonly seen: () => void;
  /** for how much of the time since then this process did no work, or could do none */
  readonly stoodStill: (from: Millis) => Millis;
  /** the store, which is seen to give and to take what it is asked */
  readonly over: (store: Store) => Store;
}

/** Begins with a start at which nothing is known of the time before it. */
export function watchWork(clock: () => Millis, startedAt: Millis): AtWork {
  let known = begunAt(startedAt);

  async function using<T>(need: Need, asked: () => Promise<T>): Promise<T> {
    try {
      const answer = await asked();
      if (known.failing[need] !== undefined) known = servedAt(known, need, clock());
      return answer;
    } catch (fault) {
      known = failedAt(known, need, clock());
      throw fault;
    }
  }

  return {
    startedAt,
    seen: () => {
      known = seenAt(known, clock());
    },
    stoodStill: (from) => {
      const now = clock();
      known = seenAt(known, now);
      return stoodStill(known, from, now);
    },
    over: (store) => ({
      shared: store.shared,
      get: async (kind, id) => await using('reading', async () => await store.get(kind, id)),
      list: async (query) => await using('reading', async () => await store.list(query)),
      count: async (query) => await using('reading', async () => await store.count(query)),
      search: async (...wanted) => await using('reading', async () => await store.search(...wanted)),
      due: async (query) => await using('reading', async () => await store.due(query)),
      scan: async (...wanted) => await using('reading', async () => await store.scan(...wanted)),
      create: async (document) => await using('writing', async () => await store.create(document)),
      replace: async (document, version) =>
        await using('writing', async () => await store.replace(document, version)),
      remove: async (...which) => await using('writing', async () => await store.remove(...which)),
      ready: async () => await store.ready(),
      close: async () => await store.close(),
    }),
  };
}
