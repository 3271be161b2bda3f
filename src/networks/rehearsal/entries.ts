import { stateIn } from '../../core/forms.ts';
import type { Millis } from '../../core/time.ts';
import type { Store, StoredDocument } from '../../core/store.ts';
import { entryKind, type EntryState } from './entry.ts';

/** An entry with its id. */
export type Entry = EntryState & { readonly id: string };

/** How many of an account's entries are read. */
const most = 200;

/** Reads what stands on the timelines of rehearsal accounts, the newest first. */
export function readEntries(store: Pick<Store, 'get' | 'list'>) {
  const read = (document: StoredDocument): Entry => ({ ...stateIn(entryKind, document), id: document.id });
  return {
    entries: async (account: string, since: Millis): Promise<readonly Entry[]> => {
      const listed = await store.list({
        kind: entryKind.kind,
        index: 'newest',
        equals: account,
        from: since,
        limit: most,
      });
      return listed.items.map(read);
    },
  };
}
