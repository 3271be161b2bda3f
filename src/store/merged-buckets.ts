import type { Listed, StoredDocument } from '../core/store.ts';
import { BUCKETS, cursorOf, type Place } from './declared.ts';

/** A list over all buckets, and how one of them is read. */
interface Merge {
  readonly name: string;
  readonly limit: number;
  readonly after?: Place | undefined;
  readonly direction: 'ascending' | 'descending';
  readonly place: (document: StoredDocument) => Place;
  readonly read: (
    bucket: number,
    limit: number,
    from: Place | undefined,
  ) => Promise<readonly StoredDocument[]>;
}

interface Stream {
  readonly bucket: number;
  waiting: StoredDocument[];
  last: Place | undefined;
  ended: boolean;
}

/**
 * One page from the sixteen buckets, each of which comes in order. A bucket is asked for its share and some,
 * and again only when it had more than that: so a page reads about twice what it shows.
 */
export async function merged({ name, limit, after, direction, place, read }: Merge): Promise<Listed> {
  const share = Math.ceil((limit + 1) / 8) + 1;
  const streams: Stream[] = Array.from({ length: BUCKETS }, (_, bucket) => ({
    bucket,
    waiting: [],
    last: after,
    ended: false,
  }));
  const items: StoredDocument[] = [];
  while (items.length <= limit) {
    await Promise.all(
      streams.map(async (stream) => {
        if (stream.ended || stream.waiting.length > 0) return;
        stream.waiting = [...(await read(stream.bucket, share, stream.last))];
        const last = stream.waiting.at(-1);
        if (last !== undefined) stream.last = place(last);
        stream.ended = stream.waiting.length < share;
      }),
    );
    const first = streams
      .filter(({ waiting }) => waiting.length > 0)
      .reduce<Stream | undefined>((best, stream) => {
        const [a, b] = [best?.waiting[0], stream.waiting[0]];
        return a === undefined || (b !== undefined && isBefore(place(b), place(a), direction))
          ? stream
          : best;
      }, undefined);
    const document = first?.waiting.shift();
    if (document === undefined) return { items };
    items.push(document);
  }
  items.pop();
  const last = items.at(-1);
  return last === undefined ? { items } : { items, next: cursorOf(name, place(last)) };
}

function isBefore(a: Place, b: Place, direction: 'ascending' | 'descending'): boolean {
  const [first, second] = direction === 'ascending' ? [a, b] : [b, a];
  if (first.order === second.order) return first.id < second.id;
  // As the service has it: numbers come before texts.
  if (typeof first.order !== typeof second.order) return typeof first.order === 'number';
  return first.order < second.order;
}
