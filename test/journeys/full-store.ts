import type { NewDocument } from '../../src/core/store.ts';
import { kinds } from '../../src/kinds.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { openCouncil } from './council.ts';

/** A council whose store takes no writes, or none of some kinds, while it is full; all can be read. */
export async function openFull() {
  const store = memoryStore(kinds);
  const council = await openCouncil({ store });
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
