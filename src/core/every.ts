import type { ListQuery, Store, StoredDocument } from './store.ts';

type Listing = Omit<ListQuery, 'after'>;

/** All that a list gives, in pages of its `limit`, so that nothing holds them all. */
export async function* everyPage(
  store: Pick<Store, 'list'>,
  query: Listing,
): AsyncGenerator<readonly StoredDocument[]> {
  let after: string | undefined;
  do {
    const page = await store.list({ ...query, ...(after === undefined ? {} : { after }) });
    yield page.items;
    after = page.next;
  } while (after !== undefined);
}

/** The same one by one; `limit` is how many are read at a time. */
export async function* everyListed(
  store: Pick<Store, 'list'>,
  query: Listing,
): AsyncGenerator<StoredDocument> {
  for await (const items of everyPage(store, query)) yield* items;
}

/** Every document of a kind, in pages of `limit`, whatever it is found under. */
export async function* everyScanned(
  store: Pick<Store, 'scan'>,
  kind: string,
  limit: number,
): AsyncGenerator<readonly StoredDocument[]> {
  let after: string | undefined;
  do {
    const page = await store.scan(kind, limit, after);
    yield page.items;
    after = page.next;
  } while (after !== undefined);
}
