import { z } from 'zod';
import { checkLimit } from '../../src/store/declared.ts';
import type { Json } from '../../src/core/json.ts';
import type {
  Among,
  DueItem,
  IndexDeclaration,
  KindDeclaration,
  Listed,
  ListQuery,
  NewDocument,
  PutResult,
  Store,
  StoredDocument,
} from '../../src/core/store.ts';

/** The Store port over a map, for tests that are about something else than storing. Documents are copied both ways. */
export interface MemoryStore extends Store {
  /** every document as text, to be looked at or tampered with */
  readonly documents: Map<string, string>;
  /** how many documents were written */
  readonly writes: () => number;
  /** called before every write; what it throws, the writer meets, and nothing is written */
  beforeWrite: (document: NewDocument) => Promise<void> | void;
  /** called after every write; what it throws, the writer meets, and the document is written */
  afterWrite: (document: NewDocument) => Promise<void> | void;
}

export interface MemoryStoreOptions {
  readonly shared?: boolean;
}

const values = z.union([z.string(), z.number(), z.array(z.string())]);
const documentSchema = z.object({
  kind: z.string(),
  id: z.string(),
  form: z.number(),
  version: z.string(),
  nextDue: z.number().exactOptional(),
  index: z.record(z.string(), values),
  words: z.array(z.string()),
  body: z.custom<Json>((value) => value !== undefined),
});
const cursorSchema = z.tuple([z.union([z.string(), z.number()]), z.string()]);

/** A store over a map, given the kinds that it may keep. */
export function memoryStore(
  kinds: readonly KindDeclaration[],
  options: MemoryStoreOptions = {},
): MemoryStore {
  const documents = new Map<string, string>();
  const declared = new Map(kinds.map((kind) => [kind.kind, kind]));
  let writes = 0;

  const keyOf = (kind: string, id: string): string => `${kind}/${id}`;
  const declaration = (kind: string): KindDeclaration => {
    const found = declared.get(kind);
    if (found === undefined) throw new Error(`the kind ${kind} is not declared`);
    return found;
  };
  const read = (text: string): StoredDocument => documentSchema.parse(JSON.parse(text));
  /** Only what is of these kinds is read: reading is what takes time here. */
  const allOf = (wanted: readonly string[]): readonly StoredDocument[] =>
    [...documents].flatMap(([key, text]) =>
      wanted.includes(key.slice(0, key.indexOf('/'))) ? [read(text)] : [],
    );
  /** when each document falls due, as it was written last: most of them are asked for that alone, over and over */
  const dues = new Map<string, { readonly text: string; readonly due: readonly DueItem[] }>();
  const dueOf = (key: string, text: string): readonly DueItem[] => {
    const known = dues.get(key);
    if (known?.text === text) return known.due;
    const { kind, id, nextDue } = read(text);
    const due = nextDue === undefined ? [] : [{ kind, id, nextDue }];
    dues.set(key, { text, due });
    return due;
  };
  const all = (kind: string): readonly StoredDocument[] => allOf([declaration(kind).kind]);
  const write = async (document: NewDocument): Promise<PutResult> => {
    if (!/^[A-Za-z0-9_-]{1,100}$/.test(document.id)) throw new Error(`not an id: ${document.id}`);
    if (JSON.stringify(document).length > 1_000_000) throw new Error(`${document.kind} is over 1 MB`);
    writes += 1;
    const version = String(writes);
    documents.set(keyOf(document.kind, document.id), JSON.stringify({ ...document, version }));
    await store.afterWrite(document);
    return { put: true, version };
  };

  const store: MemoryStore = {
    documents,
    writes: () => writes,
    beforeWrite: () => undefined,
    afterWrite: () => undefined,
    shared: options.shared ?? false,
    get: async (kind, id) => {
      declaration(kind);
      const text = documents.get(keyOf(kind, id));
      return text === undefined ? undefined : read(text);
    },
    create: async (document) => {
      declaration(document.kind);
      await store.beforeWrite(document);
      if (documents.has(keyOf(document.kind, document.id))) return { put: false, reason: 'conflict' };
      return await write(document);
    },
    replace: async (document, expected) => {
      declaration(document.kind);
      await store.beforeWrite(document);
      const text = documents.get(keyOf(document.kind, document.id));
      if (text === undefined || read(text).version !== expected) return { put: false, reason: 'conflict' };
      return await write(document);
    },
    remove: async (kind, id, expected) => {
      const text = documents.get(keyOf(kind, id));
      if (text === undefined || read(text).version !== expected) return { put: false, reason: 'conflict' };
      documents.delete(keyOf(kind, id));
      return { put: true, version: expected };
    },
    list: async (query) => listed(query, all(query.kind), indexOf(declaration(query.kind), query.index)),
    count: async (query) =>
      listed(
        { ...query, limit: documents.size + 1 },
        all(query.kind),
        indexOf(declaration(query.kind), query.index),
      ).items.length,
    search: async (kind, prefixes, limit, after, among) => {
      const { search } = declaration(kind);
      if (search === undefined) throw new Error(`${kind} is not searched`);
      const stands = ({ index }: StoredDocument, list: Among): boolean => {
        const { of } = indexOf(declaration(kind), list.index);
        const field = of === undefined ? undefined : index[of.field];
        return Array.isArray(field) ? field.includes(list.equals) : field === list.equals;
      };
      const found = all(kind).filter(
        (document) =>
          prefixes.every((prefix) => document.words.some((word) => word.startsWith(prefix.toLowerCase()))) &&
          (among === undefined || among.some((list) => stands(document, list))),
      );
      return page(found, search.order, 'descending', limit, after);
    },
    due: async ({ kinds: wanted, before, limit, from }) => {
      checkLimit(limit);
      return [...documents]
        .flatMap(([key, text]) => (wanted.includes(key.slice(0, key.indexOf('/'))) ? dueOf(key, text) : []))
        .filter(({ nextDue }) => nextDue <= before)
        .sort((a, b) => a.nextDue - b.nextDue || (a.id < b.id ? -1 : 1))
        .filter(
          ({ nextDue, id }) =>
            from === undefined || nextDue > from.nextDue || (nextDue === from.nextDue && id >= from.id),
        )
        .slice(0, limit);
    },
    scan: async (kind, limit, after) => {
      const items = all(kind)
        .filter(({ id }) => after === undefined || id > after)
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      const last = items[limit - 1];
      return {
        items: items.slice(0, limit),
        ...(last === undefined || items.length <= limit ? {} : { next: last.id }),
      };
    },
    ready: async () => undefined,
    close: async () => undefined,
  };
  return store;
}

function indexOf(declaration: KindDeclaration, name: string): IndexDeclaration {
  const found = declaration.indexes[name];
  if (found === undefined) throw new Error(`${declaration.kind} has no index ${name}`);
  return found;
}

function listed(query: ListQuery, all: readonly StoredDocument[], index: IndexDeclaration): Listed {
  if ((index.of === undefined) !== (query.equals === undefined)) throw new Error(`${query.index}: equals`);
  const found = all.filter((document) => {
    const order = document.index[index.order];
    if (typeof order !== 'string' && typeof order !== 'number') return false;
    if (query.from !== undefined && order < query.from) return false;
    if (query.to !== undefined && order >= query.to) return false;
    if (index.of === undefined || query.equals === undefined) return true;
    const field = document.index[index.of.field];
    return Array.isArray(field) ? field.includes(String(query.equals)) : field === query.equals;
  });
  return page(found, index.order, index.direction, query.limit, query.after);
}

function page(
  found: readonly StoredDocument[],
  order: string,
  direction: 'ascending' | 'descending',
  limit: number,
  after: string | undefined,
): Listed {
  const sign = direction === 'ascending' ? 1 : -1;
  const place = (document: StoredDocument): readonly [string | number, string] => {
    const value = document.index[order];
    return [typeof value === 'string' || typeof value === 'number' ? value : '', document.id];
  };
  const compare = (a: readonly [string | number, string], b: readonly [string | number, string]): number =>
    a[0] === b[0] ? (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0) * sign : (a[0] < b[0] ? -1 : 1) * sign;
  const cursor = after === undefined ? undefined : cursorSchema.parse(JSON.parse(after));
  const sorted = [...found]
    .sort((a, b) => compare(place(a), place(b)))
    .filter((document) => cursor === undefined || compare(place(document), cursor) > 0);
  const items = sorted.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    ...(sorted.length > limit && last !== undefined ? { next: JSON.stringify(place(last)) } : {}),
  };
}
