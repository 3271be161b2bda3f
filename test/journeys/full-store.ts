import type { NewDocument } from '../../src/core/store.ts';
import { kinds } from '../../src/kinds.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { openCouncil } from './council.ts';

/** A council whose store takes no writes, or none of some kinds, while it is full; all can be read. */
export async function openFull() {
  const store = memoryStore(kinds);
  const council = await openCouncil({ store, later: soon });
  const fills = (isFor: (document: NewDocument) => boolean): void => {
    store.beforeWrite = (document) => {
      if (isFor(document))
        throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    };
  };
  return {
    council,
    store,
    /** the disk is full, for all or for some of what is written */
    fills: (isFor: (document: NewDocument) => boolean = () => true) => fills(isFor),
    hasRoom: () => fills(() => false),
  };
}

/** Short waits are over at once, as for what a store that fails is given once more; what a call is given altogether is not. */
export function soon(after: number, call: () => void): () => void {
  if (after <= 5_000) {
    const timer = setImmediate(call);
    return () => clearImmediate(timer);
  }
  const timer = setTimeout(call, after);
  return () => clearTimeout(timer);
}
