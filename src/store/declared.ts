import { createHash } from 'node:crypto';
import { jsonIn, type Json } from '../core/json.ts';
import type {
  Among,
  BucketOf,
  IndexDeclaration,
  IndexValue,
  KindDeclaration,
  ListQuery,
  NewDocument,
} from '../core/store.ts';

/** What both stores hold to, whatever they are built on: the declarations, and the checks against them. */

/** The most bytes a document may have, as UTF-8 JSON. Cosmos DB takes 2 MB; half of it leaves room for its own fields. */
const DOCUMENT_LIMIT = 1_000_000;

/** The most documents one page of a list may have. */
const PAGE_LIMIT = 1_000;

/** How many buckets the ids of a kind are spread over. Stamped in each store: changing it would lose every document. */
export const BUCKETS = 16;

const KIND = /^[a-z][a-z-]*$/;
const ID = /^[A-Za-z0-9_-]{1,100}$/;
const NAME = /^[A-Za-z][A-Za-z0-9_.-]*$/;
/** A field becomes part of a path in an indexing policy, where quotes and slashes would need escaping. */
const FIELD = /^[A-Za-z][A-Za-z0-9_]*$/;

/** The bucket of an id: 0–15, by its SHA-256. */
export const bucketOf: BucketOf = (id) => (createHash('sha256').update(id).digest()[0] ?? 0) % BUCKETS;

/** One place in an index where a document is found. */
export interface Entry {
  /** the name of the declared index */
  readonly index: string;
  /** what `equals` is compared with; the empty text where the index names no `of` */
  readonly value: string | number;
  readonly order: string | number;
}

/** The declared kinds, by name, after the declarations themselves were checked. */
export interface Declared {
  readonly all: readonly KindDeclaration[];
  /** @throws Error that names the kind when it is not declared */
  kind(name: string): KindDeclaration;
  /** @throws Error that names the kind and the index when it is not declared */
  index(kind: string, name: string): IndexDeclaration;
}

/**
 * Checks the declarations themselves.
 * @throws Error for two kinds of one name, and for names a store cannot hold
 */
export function declare(kinds: readonly KindDeclaration[]): Declared {
  const byName = new Map<string, KindDeclaration>();
  for (const declaration of kinds) {
    const { kind, form, indexes, search } = declaration;
    if (!KIND.test(kind)) throw new Error(`"${kind}" cannot name a kind of document.`);
    if (byName.has(kind)) throw new Error(`The kind "${kind}" is declared twice.`);
    if (!Number.isInteger(form) || form < 1)
      throw new Error(`The form of "${kind}" is not a whole number from 1.`);
    for (const [name, { of, order }] of Object.entries(indexes)) {
      if (!NAME.test(name)) throw new Error(`"${name}" cannot name an index of "${kind}".`);
      for (const field of of === undefined ? [order] : [of.field, order]) {
        if (!FIELD.test(field))
          throw new Error(`"${field}" cannot be a field of the index "${kind}.${name}".`);
      }
    }
    if (search !== undefined && !FIELD.test(search.order)) {
      throw new Error(`"${search.order}" cannot be the field that searches of "${kind}" are ordered by.`);
    }
    byName.set(kind, declaration);
  }
  function kind(name: string): KindDeclaration {
    const declaration = byName.get(name);
    if (declaration === undefined) throw new Error(`The kind of document "${name}" is not declared.`);
    return declaration;
  }
  return {
    all: kinds,
    kind,
    index(kindName, name) {
      const declarations = kind(kindName).indexes;
      const declaration = Object.hasOwn(declarations, name) ? declarations[name] : undefined;
      if (declaration === undefined) throw new Error(`The index "${kindName}.${name}" is not declared.`);
      return declaration;
    },
  };
}

/** Whether any document can have this id. */
export function isId(id: string): boolean {
  return ID.test(id);
}

/** A new document after every check, with its parts as the text that is kept. */
export interface Checked {
  readonly document: NewDocument;
  readonly index: string;
  /** sorted, each once */
  readonly words: readonly string[];
  readonly body: string;
  readonly entries: readonly Entry[];
  /** what searches are ordered by; absent for a document that no search finds */
  readonly newest?: string | number;
}

/**
 * Checks a document against its kind.
 * @throws Error that names what is wrong: an undeclared kind, another form than the declared one, a bad id,
 * an index value of the wrong shape, words of a kind that is not searched, or more than 1 MB
 */
export function checkDocument(declared: Declared, document: NewDocument): Checked {
  const declaration = declared.kind(document.kind);
  const named = `${document.kind}/${document.id}`;
  if (!isId(document.id)) {
    throw new Error(
      `"${document.id.slice(0, 120)}" cannot be the id of a "${document.kind}": A–Z a–z 0–9 _ - only, at most 100.`,
    );
  }
  if (document.form !== declaration.form) {
    throw new Error(`${named} has form ${document.form}, but this release writes form ${declaration.form}.`);
  }
  if (document.nextDue !== undefined && !Number.isSafeInteger(document.nextDue)) {
    throw new Error(`The due time of ${named} is not in whole milliseconds.`);
  }
  for (const [field, value] of Object.entries(document.index)) {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new Error(`The index field "${field}" of ${named} is not a finite number.`);
    }
  }
  if (document.words.length > 0 && declaration.search === undefined) {
    throw new Error(`${named} carries words, but "${document.kind}" declares no search.`);
  }
  const index = JSON.stringify(document.index);
  const words = [...new Set(document.words.map(wellFormedWord))].sort();
  const body = JSON.stringify(document.body);
  const size = Buffer.byteLength(index) + Buffer.byteLength(JSON.stringify(words)) + Buffer.byteLength(body);
  if (size > DOCUMENT_LIMIT) {
    throw new Error(`${named} has ${size} bytes; a document may have at most ${DOCUMENT_LIMIT}.`);
  }
  const newest = newestOf(declaration, document.index);
  return {
    document,
    index,
    words,
    body,
    entries: entriesOf(declaration, document.index),
    ...(newest === undefined ? {} : { newest }),
  };
}

/** A line feed separates words where they are kept as one text; half a surrogate pair has no UTF-8 form. */
function wellFormedWord(word: string): string {
  if (word === '' || word.includes('\n'))
    throw new Error('A word to be searched by is empty or has a line feed.');
  return word.toWellFormed();
}

/**
 * Where a document is found in the declared indexes of its kind.
 * @throws Error when a field does not hold what its declaration says
 */
export function entriesOf(
  declaration: KindDeclaration,
  index: Readonly<Record<string, IndexValue>>,
): readonly Entry[] {
  const entries: Entry[] = [];
  for (const [name, { of, order: orderField }] of Object.entries(declaration.indexes)) {
    const order = index[orderField];
    const value = of === undefined ? '' : index[of.field];
    if (order === undefined || value === undefined) continue;
    if (typeof order === 'object') throw new Error(`"${declaration.kind}.${name}" is ordered by a list.`);
    if (of?.holds === 'each') {
      if (typeof value !== 'object')
        throw new Error(`"${declaration.kind}.${name}" needs a list in "${of.field}".`);
      for (const each of new Set(value.map(keyValue)))
        entries.push({ index: name, value: each, order: keyValue(order) });
    } else {
      if (typeof value === 'object')
        throw new Error(`"${declaration.kind}.${name}" needs one value, not a list.`);
      entries.push({ index: name, value: keyValue(value), order: keyValue(order) });
    }
  }
  return entries;
}

/** Half a surrogate pair has no UTF-8 form, so two texts could become one key. */
function keyValue<V extends string | number>(value: V): V | string {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

/** What searches of the kind order this document by; undefined when they do not find it. */
export function newestOf(
  declaration: KindDeclaration,
  index: Readonly<Record<string, IndexValue>>,
): string | number | undefined {
  if (declaration.search === undefined) return undefined;
  const newest = index[declaration.search.order];
  if (typeof newest === 'object') throw new Error(`Searches of "${declaration.kind}" are ordered by a list.`);
  return newest;
}

/** A list query after its checks. */
export interface CheckedList {
  readonly declaration: IndexDeclaration;
  readonly after?: Place;
}

/** @throws Error for an undeclared kind or index, a filter the index does not have, a bad limit or a strange cursor */
export function checkList(declared: Declared, query: ListQuery): CheckedList {
  const declaration = checkFilter(declared, query);
  checkLimit(query.limit);
  return { declaration, ...placeAfter(`list ${query.kind}.${query.index}`, query.after) };
}

/** @throws Error for an undeclared kind or index, and for a filter the index does not have */
export function checkFilter(
  declared: Declared,
  query: Pick<ListQuery, 'kind' | 'index' | 'equals'>,
): IndexDeclaration {
  const declaration = declared.index(query.kind, query.index);
  const named = `${query.kind}.${query.index}`;
  if (declaration.of !== undefined && query.equals === undefined) {
    throw new Error(`The index "${named}" is listed by "${declaration.of.field}", and no value is given.`);
  }
  if (declaration.of === undefined && query.equals !== undefined) {
    throw new Error(`The index "${named}" is declared without a field to filter by.`);
  }
  return declaration;
}

/** @throws Error unless the limit is a whole number from 1 to 1,000 */
export function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_LIMIT) {
    throw new Error(`A page has 1 to ${PAGE_LIMIT} documents, not ${limit}.`);
  }
}

/** @returns the prefixes that decide a search, each once and without those that another one implies */
export function checkPrefixes(
  declared: Declared,
  kind: string,
  prefixes: readonly string[],
): readonly string[] {
  if (declared.kind(kind).search === undefined) throw new Error(`The kind "${kind}" declares no search.`);
  const wanted = [...new Set(prefixes.map((prefix) => prefix.toWellFormed()))].filter(
    (prefix) => prefix !== '',
  );
  return wanted.filter((prefix) => !wanted.some((longer) => longer !== prefix && longer.startsWith(prefix)));
}

/**
 * @returns how each of the lists is declared that a search is among
 * @throws Error for one that is not declared, that is without a field to list by, or in another order than the search
 */
export function checkAmong(
  declared: Declared,
  kind: string,
  among: readonly Among[],
): readonly (Among & { readonly of: NonNullable<IndexDeclaration['of']> })[] {
  return among.map(({ index, equals }) => {
    const { of, order, direction } = checkFilter(declared, { kind, index, equals });
    if (of === undefined || order !== declared.kind(kind).search?.order || direction !== 'descending')
      throw new Error(`The index "${kind}.${index}" is not in the order in which "${kind}" is searched.`);
    return { index, equals, of };
  });
}

/** @throws Error unless every bucket is one of 0–15 */
export function checkBuckets(buckets: readonly number[] | undefined): readonly number[] {
  const wanted = new Set(buckets ?? Array.from({ length: BUCKETS }, (_, bucket) => bucket));
  for (const bucket of wanted) {
    if (!Number.isInteger(bucket) || bucket < 0 || bucket >= BUCKETS)
      throw new Error(`There is no bucket ${bucket}.`);
  }
  return [...wanted];
}

/** Where a page ended: the order value and the id of its last document. */
export interface Place {
  readonly order: string | number;
  readonly id: string;
}

/** @returns an opaque text that only the list it came from takes */
export function cursorOf(list: string, place: Place): string {
  return Buffer.from(JSON.stringify([list, place.order, place.id])).toString('base64url');
}

/** @throws Error for a cursor that this list did not give */
export function placeAfter(list: string, cursor: string | undefined): { readonly after?: Place } {
  if (cursor === undefined) return {};
  const read = jsonIn(Buffer.from(cursor, 'base64url').toString());
  const parts: readonly unknown[] = Array.isArray(read) ? read : [];
  const [from, order, id] = parts;
  const isPlace =
    (typeof order === 'string' || typeof order === 'number') && typeof id === 'string' && isId(id);
  if (from !== list || !isPlace) throw new Error(`This cursor is not one of "${list}".`);
  return { after: { order, id } };
}

/** Reads a text that this store wrote. */
export function readJson(text: string): Json {
  // JSON.parse is typed `any`, but can return nothing else than Json.
  return JSON.parse(text) as Json;
}

/** Whether a kept value is what a document's index fields can be. By hand, because every read of a document asks. */
export function isIndex(kept: unknown): kept is Readonly<Record<string, IndexValue>> {
  return typeof kept === 'object' && kept !== null && Object.values(kept).every(isIndexValue);
}

function isIndexValue(value: unknown): value is IndexValue {
  if (Array.isArray(value)) return value.every((each) => typeof each === 'string');
  return typeof value === 'string' || typeof value === 'number';
}

/** Reads the text of a document's index fields that this store wrote. */
export function readIndex(text: string): Readonly<Record<string, IndexValue>> {
  const kept = readJson(text);
  if (!isIndex(kept)) throw new Error('The index fields of a document are not as they were written.');
  return kept;
}
