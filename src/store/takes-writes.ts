import type { PutResult } from '../core/store.ts';

/**
 * Whether a store takes writes, which reading it does not tell: a disk may be full, a key may only read. Nothing is written
 * to find out while all is well: from a write that failed on, the store is not ready before a write on trial has come
 * through. What else comes through meanwhile says little, since a full disk takes what is small.
 */
export interface TakesWrites {
  readonly put: (write: () => Promise<PutResult>) => Promise<PutResult>;
  /** @throws what a write on trial meets */
  readonly ready: () => Promise<void>;
}

/** Begins with a store of which nothing has failed. */
export function takesWrites(onTrial: () => Promise<unknown>): TakesWrites {
  let failed = 0;
  return {
    put: async (write) => {
      try {
        return await write();
      } catch (fault) {
        failed += 1;
        throw fault;
      }
    },
    ready: async () => {
      const before = failed;
      if (before === 0) return;
      await onTrial();
      if (failed === before) failed = 0;
    },
  };
}
