import { isReadable, stateIn, statesIn } from '../../core/forms.ts';
import type { Millis } from '../../core/time.ts';
import type { Store, StoredDocument } from '../../core/store.ts';
import { pageKind, type LivePage, type PageState } from './page.ts';

/** A stretch of the news, newest first, and whether there is more on either side of it. */
export interface PageSlice {
  readonly pages: readonly LivePage[];
  /** older pages are those before this instant; absent when there are none */
  readonly before?: Millis;
  /** newer pages are those after this instant; absent when there are none */
  readonly after?: Millis;
}

/** Which stretch: the newest, what came before an instant, or what came after one. */
export type Stretch = { readonly before: Millis } | { readonly after: Millis } | 'newest';

/** Reads the pages of the news site. Nothing here writes. */
export interface Pages {
  readonly get: (id: string) => Promise<PageState | undefined>;
  /** every page with that number, the first published first, removed ones too */
  readonly numbered: (
    number: number,
  ) => Promise<readonly { readonly id: string; readonly page: PageState }[]>;
  readonly slice: (stretch: Stretch, limit: number) => Promise<PageSlice>;
  /** the newest pages that have not ended by `now` */
  readonly current: (now: Millis, limit: number) => Promise<readonly LivePage[]>;
  /** the page that the last part of a permalink means, or its number or id alone */
  readonly find: (address: string) => Promise<PageState | undefined>;
  /** what a live page says of the picture; undefined when none shows it */
  readonly medium: (hash: string) => Promise<LivePage['media'][number] | undefined>;
}

const kind = pageKind.kind;

/** How many of the newest pages are looked through for ones that have not ended. */
const lookThrough = 200;

const read = (document: StoredDocument): PageState => stateIn(pageKind, document);

/** The live pages among what a list gave; what a newer release has written is left out. */
const liveIn = (documents: readonly StoredDocument[]): readonly LivePage[] =>
  statesIn(pageKind, documents).flatMap((page) => (page.is === 'live' ? [page] : []));

/** @returns a reader of the pages in a store that knows `pageKind` */
export function readPages(store: Pick<Store, 'get' | 'list'>): Pages {
  async function list(
    index: 'newest' | 'oldest',
    bounds: { from?: Millis; to?: Millis },
    limit: number,
  ): Promise<readonly LivePage[]> {
    const { items } = await store.list({ kind, index, ...bounds, limit });
    return liveIn(items);
  }

  /**
   * `limit` pages of an order, and all others of the last one's instant: a stretch is never cut within an
   * instant, so that an instant alone says where the next stretch begins.
   */
  async function stretch(
    index: 'newest' | 'oldest',
    bounds: { from?: Millis; to?: Millis },
    limit: number,
  ): Promise<readonly LivePage[]> {
    const found = await list(index, bounds, limit + 1);
    const last = found[limit - 1]?.publishedAt;
    if (found.length <= limit || last === undefined) return found;
    if (found[limit]?.publishedAt !== last) return found.slice(0, limit);
    const before = found.filter((page) => page.publishedAt !== last);
    return [...before, ...(await list(index, { from: last, to: last + 1 }, 1000))];
  }

  async function any(index: 'newest' | 'oldest', bounds: { from?: Millis; to?: Millis }): Promise<boolean> {
    return (await list(index, bounds, 1)).length > 0;
  }

  async function numbered(
    number: number,
  ): Promise<readonly { readonly id: string; readonly page: PageState }[]> {
    const { items } = await store.list({ kind, index: 'number', equals: number, limit: 100 });
    return items
      .filter((each) => isReadable(pageKind, each))
      .map((document) => ({ id: document.id, page: read(document) }));
  }

  async function get(id: string): Promise<PageState | undefined> {
    const document = await store.get(kind, id);
    return document === undefined ? undefined : read(document);
  }

  return {
    get,
    numbered,

    async slice(wanted, limit) {
      const pages =
        wanted === 'newest'
          ? await stretch('newest', {}, limit)
          : 'before' in wanted
            ? await stretch('newest', { to: wanted.before }, limit)
            : (await stretch('oldest', { from: wanted.after + 1 }, limit)).toReversed();
      const newest = pages[0]?.publishedAt;
      const oldest = pages.at(-1)?.publishedAt;
      if (newest === undefined || oldest === undefined) return { pages };
      const [older, newer] = await Promise.all([
        any('newest', { to: oldest }),
        wanted === 'newest' ? false : any('oldest', { from: newest + 1 }),
      ]);
      return { pages, ...(older ? { before: oldest } : {}), ...(newer ? { after: newest } : {}) };
    },

    async current(now, limit) {
      const step = Math.max(limit, 20);
      const found: LivePage[] = [];
      let after: string | undefined;
      for (let seen = 0; seen < lookThrough && found.length < limit; seen += step) {
        const { items, next } = await store.list({
          kind,
          index: 'newest',
          limit: step,
          ...(after === undefined ? {} : { after }),
        });
        found.push(...liveIn(items).filter((page) => page.endsAt === undefined || page.endsAt > now));
        if (next === undefined) break;
        after = next;
      }
      return found.slice(0, limit);
    },

    async find(address) {
      const number = /^[1-9][0-9]{0,9}(?![0-9])/.exec(address)?.[0];
      if (number !== undefined) {
        const pages = (await numbered(Number(number))).map((each) => each.page);
        const exact = pages.find((page) => page.is === 'live' && page.address === address);
        const first = exact ?? pages.find((page) => page.is === 'live') ?? pages[0];
        if (first !== undefined) return first;
      }
      return /^[A-Za-z0-9_-]{1,100}$/.test(address) ? get(address) : undefined;
    },

    async medium(hash) {
      const { items } = await store.list({ kind, index: 'medium', equals: hash, limit: 1 });
      return liveIn(items)[0]
        ?.media.flatMap(({ captions, ...medium }) => [
          medium,
          ...(captions?.as === 'file'
            ? [{ hash: captions.hash, contentType: captions.contentType, alt: '' }]
            : []),
        ])
        .find((each) => each.hash === hash);
    },
  };
}
