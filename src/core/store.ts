import type { Json } from './json.ts';
import type { Millis } from './time.ts';

/** A value an index can hold: one scalar, or several that the document can each be found under. */
export type IndexValue = string | number | readonly string[];

/**
 * One way to list documents of a kind: those whose field `of` equals a value (or, for `each`, whose list
 * field holds it), in the order of the numeric or text field `order`, then of the id (both in `direction`).
 * A document is listed only while it has the order field and, where `of` is named, that field.
 */
export interface IndexDeclaration {
  readonly of?: { readonly field: string; readonly holds: 'one' | 'each' };
  readonly order: string;
  readonly direction: 'ascending' | 'descending';
}

/** What a store must know of a kind of document before it can keep any. */
export interface KindDeclaration {
  /** `[a-z][a-z-]*` */
  readonly kind: string;
  /**
   * The version of the document's form that this release writes. A schema reads only the fields that it knows, so a
   * release that does not know a field loses it with its next write: while two run side by side, and after somebody
   * went back. Whoever adds a field, or a value of one, that must survive that raises the form, and reads the one
   * before as well; an older release then leaves such a document alone and says so. What may be lost, since it is
   * made anew or only makes something quicker, needs no other form.
   */
  readonly form: number;
  readonly indexes: Readonly<Record<string, IndexDeclaration>>;
  /** whether documents carry words to be searched by prefix; `order` is the field results are newest-first by */
  readonly search?: { readonly order: string };
}

/** A document as the store keeps it. */
export interface StoredDocument {
  readonly kind: string;
  /** `[A-Za-z0-9_-]{1,100}` */
  readonly id: string;
  readonly form: number;
  /** opaque; another one after every successful put */
  readonly version: string;
  /** the earliest due time of the document's waiting effects; absent when there is none */
  readonly nextDue?: Millis;
  readonly index: Readonly<Record<string, IndexValue>>;
  /** lower-case words the document is found by */
  readonly words: readonly string[];
  readonly body: Json;
}

export type NewDocument = Omit<StoredDocument, 'version'>;

export type PutResult =
  | { readonly put: true; readonly version: string }
  /** another writer was there first: the id exists (create), or the version is not the expected one (replace) */
  | { readonly put: false; readonly reason: 'conflict' };

export interface ListQuery {
  readonly kind: string;
  readonly index: string;
  /** required where the index names `of`, refused where it does not */
  readonly equals?: string | number;
  /** bounds on the order field: from inclusive, to exclusive */
  readonly from?: string | number;
  readonly to?: string | number;
  /** the cursor of the last item seen; the order is a keyset, so inserts before it change nothing after it */
  readonly after?: string;
  /** at most 1,000 */
  readonly limit: number;
}

/** The documents that an index lists under one value, in the order in which a search gives them. */
export interface Among {
  readonly index: string;
  readonly equals: string;
}

export interface Listed {
  readonly items: readonly StoredDocument[];
  /** absent on the last page */
  readonly next?: string;
}

export interface DueQuery {
  readonly kinds: readonly string[];
  readonly before: Millis;
  /** at most 1,000 */
  readonly limit: number;
  /** 0–15; all when absent */
  readonly buckets?: readonly number[];
  /** from that one on, itself included: the last of a page */
  readonly from?: Pick<DueItem, 'nextDue' | 'id'>;
}

export interface DueItem {
  readonly kind: string;
  readonly id: string;
  readonly nextDue: Millis;
}

/**
 * Where aggregates live. One document is the one atomic step. Faults of the store itself (disk full, network)
 * are thrown; a lost race is a value. Every method checks the declared kinds and throws a plain `Error` that
 * names the kind and index for anything undeclared, and for a document over 1 MB.
 */
export interface Store {
  /** true when several processes may write to it, so that a claim has to be committed to be held */
  readonly shared: boolean;
  get(kind: string, id: string): Promise<StoredDocument | undefined>;
  create(document: NewDocument): Promise<PutResult>;
  replace(document: NewDocument, expectedVersion: string): Promise<PutResult>;
  /** Removes a document under the version it was read at; for expired records only. */
  remove(kind: string, id: string, expectedVersion: string): Promise<PutResult>;
  list(query: ListQuery): Promise<Listed>;
  /** How many documents a list would give altogether, without reading one of them. */
  count(query: Omit<ListQuery, 'after' | 'limit'>): Promise<number>;
  /**
   * Documents that hold, for every given prefix, a word that begins with it; newest first by the declared order. Of
   * those alone that are `among` any of the given lists, where lists are given: what is in none of them is not read.
   */
  search(
    kind: string,
    prefixes: readonly string[],
    limit: number,
    after?: string,
    among?: readonly Among[],
  ): Promise<Listed>;
  /** Documents of the kinds with `nextDue <= before`, earliest first, a tie by id. */
  due(query: DueQuery): Promise<readonly DueItem[]>;
  /** Every document of a kind by ascending id, for audits and exports. */
  scan(kind: string, limit: number, after?: string): Promise<Listed>;
  /**
   * Resolves when the store answers, and takes writes again where one has failed; rejects when it does not. For `/readyz`.
   */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** What a tool may do while another process owns the store. */
export type StoreReader = Omit<Store, 'create' | 'replace' | 'remove' | 'shared'>;

/** The bucket of an id: 0–15, by its hash; fixed for the life of a deployment. */
export type BucketOf = (id: string) => number;
