import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { canonical } from '../core/json.ts';
import type {
  DueItem,
  KindDeclaration,
  Listed,
  PutResult,
  Store,
  StoredDocument,
  StoreReader,
} from '../core/store.ts';
import {
  BUCKETS,
  checkBuckets,
  checkDocument,
  checkFilter,
  checkLimit,
  checkList,
  checkPrefixes,
  cursorOf,
  declare,
  entriesOf,
  isId,
  newestOf,
  placeAfter,
  readIndex,
  readJson,
} from './declared.ts';
import type { Checked, Declared } from './declared.ts';
import { takeFolder } from './owner.ts';
import {
  enter,
  indexNumbers,
  number,
  numberOf,
  openToWrite,
  statements,
  text,
  transaction,
  value,
} from './sqlite-database.ts';
import type { Row, Statements } from './sqlite-database.ts';
import type { KeptDocument, Outcome, Write, WriterOptions } from './sqlite-writer.ts';

/**
 * The store of one process: `crier.sqlite` in a folder.
 *
 * Documents stand in one table, and the places where the declared indexes find them in another, one row for
 * each place: so an index that holds several values works like one that holds one, and one that is declared
 * later is filled from the documents when the store is opened. An index can be filled only from fields that
 * documents already carry; those that do not are found once they are written again.
 */

const LAYOUT = 1;

const TABLES = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
  doc INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, id TEXT NOT NULL, bucket INTEGER NOT NULL,
  form INTEGER NOT NULL, version TEXT NOT NULL, next_due INTEGER,
  newest, fields TEXT NOT NULL, words TEXT NOT NULL, body TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS documents_id ON documents (kind, id);
CREATE INDEX IF NOT EXISTS documents_due ON documents (kind, next_due, id, bucket) WHERE next_due IS NOT NULL;
CREATE INDEX IF NOT EXISTS documents_newest ON documents (kind, newest, id, words) WHERE newest IS NOT NULL;
CREATE TABLE IF NOT EXISTS indexes (
  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, declaration TEXT NOT NULL,
  UNIQUE (kind, name)
);
CREATE TABLE IF NOT EXISTS entries (
  number INTEGER NOT NULL, value NOT NULL, place NOT NULL, id TEXT NOT NULL, doc INTEGER NOT NULL,
  PRIMARY KEY (number, value, place, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS words (
  kind TEXT NOT NULL, word TEXT NOT NULL, doc INTEGER NOT NULL,
  PRIMARY KEY (kind, word, doc)
) WITHOUT ROWID;
`;

const COLUMNS = 'd.kind, d.id, d.form, d.version, d.next_due, d.fields, d.words, d.body';

/** The name under which a kind's search stands among its indexes; no declared index can have it. */
const SEARCH = '';

export interface SqliteOptions {
  /** the data folder; made, for this account only, when it is not there */
  readonly folder: string;
  readonly kinds: readonly KindDeclaration[];
  /** the id of the council whose data this is */
  readonly council: string;
  /** this process's number, so that a second start can be told which process has the folder */
  readonly pid?: number;
}

/**
 * Opens the store, makes it when there is none, and fills indexes that are newly declared.
 * @throws Error when another process has the folder, when it holds another council's data, or a newer layout
 */
export async function openSqlite({ folder, kinds, council, pid }: SqliteOptions): Promise<Store> {
  const declared = declare(kinds);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ownership = takeFolder(folder, pid);
  try {
    const file = join(folder, 'crier.sqlite');
    const database = openToWrite(file);
    try {
      const sql = statements(database);
      transaction(database, () => {
        prepareTables(database, sql, council);
        fillIndexes(sql, declared);
      });
      const reader = reads(database, sql, declared, () => {
        database.close();
        ownership.release();
      });
      return writes(
        reader,
        declared,
        startWriter({ file, kinds: kinds.map(plain), start: startNumber(sql) }),
      );
    } catch (fault) {
      database.close();
      throw fault;
    }
  } catch (fault) {
    ownership.release();
    throw fault;
  }
}

/** A declaration alone: the kind that is given may have functions beside it, which no other thread can be handed. */
function plain({ kind, form, indexes, search }: KindDeclaration): KindDeclaration {
  return { kind, form, indexes, ...(search === undefined ? {} : { search }) };
}

/**
 * Opens a store for a tool to read, while its owner runs or after it stopped.
 * @throws Error when there is none, or when its indexes are not those of this release
 */
export async function openSqliteReadOnly({
  folder,
  kinds,
}: Pick<SqliteOptions, 'folder' | 'kinds'>): Promise<StoreReader> {
  const declared = declare(kinds);
  const database = new DatabaseSync(join(folder, 'crier.sqlite'), { readOnly: true, timeout: 2_000 });
  try {
    const sql = statements(database);
    const stale = indexChanges(sql, declared).find(({ wanted }) => wanted !== undefined);
    if (stale !== undefined) {
      throw new Error(
        `The index "${stale.kind}.${stale.name}" is not in this store yet. Start this release of Crier on it once.`,
      );
    }
    return reads(database, sql, declared, () => database.close());
  } catch (fault) {
    database.close();
    throw fault;
  }
}

function prepareTables(database: DatabaseSync, sql: Statements, council: string): void {
  database.exec(TABLES);
  const kept = (name: string, value: string): string => {
    sql('INSERT OR IGNORE INTO meta (name, value) VALUES (?, ?)').run(name, value);
    return text(sql('SELECT value FROM meta WHERE name = ?').get(name) ?? {}, 'value');
  };
  const layout = kept('layout', String(LAYOUT));
  if (layout !== String(LAYOUT)) {
    throw new Error(`This store has layout ${layout}; this release of Crier reads layout ${LAYOUT}.`);
  }
  const owner = kept('council', council);
  if (owner !== council) {
    throw new Error(
      `This store holds the data of council "${owner}", but Crier was started for "${council}".`,
    );
  }
  const buckets = kept('buckets', String(BUCKETS));
  if (buckets !== String(BUCKETS))
    throw new Error(`This store has ${buckets} buckets instead of ${BUCKETS}.`);
  // One more for every start: a version is never given twice, not even to a document that was removed and made again.
  sql("INSERT OR IGNORE INTO meta (name, value) VALUES ('start', '0')").run();
  sql("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'start'").run();
}

function startNumber(sql: Statements): string {
  return text(sql("SELECT value FROM meta WHERE name = 'start'").get() ?? {}, 'value');
}

interface IndexChange {
  readonly kind: string;
  readonly name: string;
  /** what the index is to be filled by; undefined for one that is no longer declared */
  readonly wanted: string | undefined;
}

/** Where the declarations differ from what the store was last opened with. Other kinds' indexes stay as they are. */
function indexChanges(sql: Statements, { all }: Declared): readonly IndexChange[] {
  const changes: IndexChange[] = [];
  for (const { kind, indexes, search } of all) {
    const wanted = new Map(
      // The direction is left out: the same entries are read either way.
      Object.entries(indexes).map(([name, { of, order }]) => [name, canonical({ of, order })]),
    );
    if (search !== undefined) wanted.set(SEARCH, canonical(search));
    for (const row of sql('SELECT name, declaration FROM indexes WHERE kind = ?').all(kind)) {
      const name = text(row, 'name');
      const declaration = wanted.get(name);
      if (declaration === undefined) changes.push({ kind, name, wanted: undefined });
      else if (declaration === text(row, 'declaration')) wanted.delete(name);
    }
    for (const [name, declaration] of wanted) changes.push({ kind, name, wanted: declaration });
  }
  return changes;
}

function fillIndexes(sql: Statements, declared: Declared): void {
  const changes = indexChanges(sql, declared);
  for (const { kind, name, wanted } of changes) {
    const old = sql('SELECT number FROM indexes WHERE kind = ? AND name = ?').get(kind, name);
    if (old !== undefined) sql('DELETE FROM entries WHERE number = ?').run(number(old, 'number'));
    if (wanted === undefined) sql('DELETE FROM indexes WHERE kind = ? AND name = ?').run(kind, name);
    else {
      sql(
        `INSERT INTO indexes (kind, name, declaration) VALUES (?, ?, ?)
         ON CONFLICT (kind, name) DO UPDATE SET declaration = excluded.declaration`,
      ).run(kind, name, wanted);
    }
  }
  for (const kind of new Set(changes.map((change) => change.kind))) {
    fillKind(sql, declared.kind(kind), new Set(changes.map(({ name }) => name)));
  }
}

/** Enters every document of a kind into the named indexes, in pages so that memory does not grow with the store. */
function fillKind(sql: Statements, declaration: KindDeclaration, names: ReadonlySet<string>): void {
  const numbers = indexNumbers(sql, declaration.kind);
  for (let last = ''; ;) {
    const rows = sql(
      'SELECT doc, id, fields, words FROM documents WHERE kind = ? AND id > ? ORDER BY id LIMIT 500',
    ).all(declaration.kind, last);
    for (const row of rows) {
      const doc = number(row, 'doc');
      const fields = readIndex(text(row, 'fields'));
      last = text(row, 'id');
      for (const entry of entriesOf(declaration, fields)) {
        if (names.has(entry.index)) enter(sql, numbers, doc, last, entry);
      }
      if (names.has(SEARCH)) {
        sql('UPDATE documents SET newest = ? WHERE doc = ?').run(newestOf(declaration, fields) ?? null, doc);
      }
    }
    if (rows.length === 0) return;
  }
}

/** How many documents a search looks through before it lets other work in. */
const SLICE = 1_000;

function reads(database: DatabaseSync, sql: Statements, declared: Declared, end: () => void): StoreReader {
  const numbersByKind = new Map(declared.all.map(({ kind }) => [kind, indexNumbers(sql, kind)]));

  function open(): void {
    if (!database.isOpen) throw new Error('The store is closed.');
  }

  function page(list: string, rows: readonly Row[], limit: number, place: string): Listed {
    const items = rows.slice(0, limit).map(readDocument);
    const last = rows[limit - 1];
    if (rows.length <= limit || last === undefined) return { items };
    return { items, next: cursorOf(list, { order: value(last, place), id: text(last, 'id') }) };
  }

  return {
    async get(kind, id) {
      open();
      declared.kind(kind);
      // No document can have such an id, so there is none: ids reach this from addresses that people type.
      if (!isId(id)) return undefined;
      const row = sql(`SELECT ${COLUMNS} FROM documents d WHERE d.kind = ? AND d.id = ?`).get(kind, id);
      return row === undefined ? undefined : readDocument(row);
    },

    async list(query) {
      open();
      const { declaration, after } = checkList(declared, query);
      const { direction } = declaration;
      const number = numberOf(numbersByKind.get(query.kind) ?? new Map(), query.index);
      const { source, values } = listStatement(direction, number, query, after);
      return page(`list ${query.kind}.${query.index}`, sql(source).all(...values), query.limit, 'place');
    },

    async count(query) {
      open();
      checkFilter(declared, query);
      const number = numberOf(numbersByKind.get(query.kind) ?? new Map(), query.index);
      const { source, values } = entriesStatement(number, query);
      return count(sql(source).get(...values));
    },

    async search(kind, prefixes, limit, after) {
      open();
      const wanted = checkPrefixes(declared, kind, prefixes);
      checkLimit(limit);
      const name = `search ${kind}`;
      const place = placeAfter(name, after).after;
      const few = rare(sql, kind, wanted);
      if (few.length > 0) {
        const { source, values } = fewStatement(few, wanted, place, kind, limit);
        return page(name, sql(source).all(...values), limit, 'newest');
      }
      const found: Row[] = [];
      for (let from = place; ;) {
        open();
        const { source, values } = sliceStatement(wanted, from, kind);
        const slice = sql(source).all(...values);
        for (const row of slice) {
          if (row['hit'] === 0) continue;
          const document = sql(`SELECT ${COLUMNS}, d.newest FROM documents d WHERE d.doc = ?`);
          found.push(document.get(number(row, 'doc')) ?? {});
          if (found.length > limit) return page(name, found, limit, 'newest');
        }
        const last = slice[SLICE - 1];
        if (last === undefined) return page(name, found, limit, 'newest');
        from = { order: value(last, 'newest'), id: text(last, 'id') };
        await nextTurn();
      }
    },

    async due(kinds, before, limit, buckets) {
      open();
      checkLimit(limit);
      const wanted = checkBuckets(buckets);
      const items: DueItem[] = [];
      for (const kind of new Set(kinds)) {
        declared.kind(kind);
        const { source, values } = dueStatement(kind, before, limit, wanted);
        for (const row of sql(source).all(...values)) {
          items.push({ kind, id: text(row, 'id'), nextDue: number(row, 'next_due') });
        }
      }
      return items.sort(byDue).slice(0, limit);
    },

    async scan(kind, limit, after) {
      open();
      declared.kind(kind);
      checkLimit(limit);
      const name = `scan ${kind}`;
      const place = placeAfter(name, after).after;
      const rows = sql(
        `SELECT ${COLUMNS} FROM documents d WHERE d.kind = ? AND d.id > ? ORDER BY d.id LIMIT ?`,
      ).all(kind, place?.id ?? '', limit + 1);
      return page(name, rows, limit, 'id');
    },

    async ready() {
      open();
      sql('SELECT value FROM meta WHERE name = ?').get('council');
    },

    async close() {
      if (database.isOpen) end();
    },
  };
}

/** Earliest first; a tie goes by kind and id, so that two readers see the same order. */
function byDue(a: DueItem, b: DueItem): number {
  return a.nextDue - b.nextDue || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.id < b.id ? -1 : 1);
}

/** A statement of a known shape with its values. The shapes are few, so each is prepared once. */
interface Query {
  readonly source: string;
  readonly values: readonly SQLInputValue[];
}

interface Bounds {
  readonly equals?: string | number;
  readonly from?: string | number;
  readonly to?: string | number;
  readonly limit: number;
}

/** The statement that counts what a list would give: from the index alone, no document is touched. */
export function entriesStatement(number: number, { equals, from, to }: Omit<Bounds, 'limit'>): Query {
  const where = ['number = ?', 'value = ?'];
  const values: SQLInputValue[] = [number, equals ?? ''];
  if (from !== undefined) {
    where.push('place >= ?');
    values.push(from);
  }
  if (to !== undefined) {
    where.push('place < ?');
    values.push(to);
  }
  return { source: `SELECT count(*) AS count FROM entries WHERE ${where.join(' AND ')}`, values };
}

const count = (row: Row | undefined): number => number(row ?? {}, 'count');

/** The statement of a list. A plus keeps SQLite from starting at a bound that the cursor is already past. */
export function listStatement(
  direction: 'ascending' | 'descending',
  number: number,
  { equals, from, to, limit }: Bounds,
  after: { readonly order: string | number; readonly id: string } | undefined,
): Query {
  const forward = direction === 'ascending';
  const where = ['e.number = ?', 'e.value = ?'];
  const values: SQLInputValue[] = [number, equals ?? ''];
  if (from !== undefined) {
    where.push(forward && after !== undefined ? '+e.place >= ?' : 'e.place >= ?');
    values.push(from);
  }
  if (to !== undefined) {
    where.push(!forward && after !== undefined ? '+e.place < ?' : 'e.place < ?');
    values.push(to);
  }
  if (after !== undefined) {
    where.push(`(e.place, e.id) ${forward ? '>' : '<'} (?, ?)`);
    values.push(after.order, after.id);
  }
  const way = forward ? 'ASC' : 'DESC';
  return {
    source: `SELECT ${COLUMNS}, e.place FROM entries e CROSS JOIN documents d ON d.doc = e.doc
             WHERE ${where.join(' AND ')} ORDER BY e.place ${way}, e.id ${way} LIMIT ?`,
    values: [...values, limit + 1],
  };
}

/**
 * A prefix that fewer words than this begin with is looked up, its documents sorted. For more it is sooner to
 * look through the newest documents: if one prefix is all that is asked for, hits cannot be far apart. Several
 * together may have hardly any, so more is worth looking up.
 */
const FEW = 500;
const FEW_OF_SEVERAL = 3_000;

const WORD_RANGE = 'kind = ? AND word >= ? AND word < ?';

function wordRange(kind: string, prefix: string): readonly string[] {
  // The last code point there is sorts behind every continuation of the prefix.
  return [kind, prefix, `${prefix}\u{10FFFF}`];
}

/** @returns those of the prefixes that few words begin with */
function rare(sql: Statements, kind: string, prefixes: readonly string[]): readonly string[] {
  const few = prefixes.length === 1 ? FEW : FEW_OF_SEVERAL;
  return prefixes.filter((prefix) => {
    const row = sql(countSource).get(...wordRange(kind, prefix), few);
    return count(row) < few;
  });
}

export const countSource = `SELECT count(*) AS count FROM (SELECT 1 FROM words WHERE ${WORD_RANGE} LIMIT ?)`;

/** The words of a document stand in one text, each behind a line feed: so a prefix is found where one precedes it. */
const HAS_PREFIX = 'instr(d.words, char(10) || ?) > 0';

/** A search by the documents that have the rare prefixes. */
export function fewStatement(
  few: readonly string[],
  prefixes: readonly string[],
  after: { readonly order: string | number; readonly id: string } | undefined,
  kind: string,
  limit: number,
): Query {
  const others = prefixes.filter((prefix) => !few.includes(prefix));
  const ranges = few.map(() => `SELECT doc FROM words WHERE ${WORD_RANGE}`);
  const where = [
    `d.doc IN (${ranges.join(' INTERSECT ')})`,
    'd.newest IS NOT NULL',
    ...others.map(() => HAS_PREFIX),
    ...(after === undefined ? [] : ['(d.newest, d.id) < (?, ?)']),
  ];
  // The page is found by narrow rows first: a sort that carried every hit's body would read them all.
  return {
    source: `SELECT ${COLUMNS}, d.newest FROM (
               SELECT d.doc, d.newest, d.id FROM documents d NOT INDEXED
               WHERE ${where.join(' AND ')} ORDER BY d.newest DESC, d.id DESC LIMIT ?
             ) found CROSS JOIN documents d ON d.doc = found.doc ORDER BY found.newest DESC, found.id DESC`,
    values: [
      ...few.flatMap((prefix) => wordRange(kind, prefix)),
      ...others,
      ...(after === undefined ? [] : [after.order, after.id]),
      limit + 1,
    ],
  };
}

/** A search through the next newest documents; each says whether it is a hit. */
export function sliceStatement(
  prefixes: readonly string[],
  after: { readonly order: string | number; readonly id: string } | undefined,
  kind: string,
): Query {
  const hit = prefixes.length === 0 ? '1' : prefixes.map(() => HAS_PREFIX).join(' AND ');
  const beyond = after === undefined ? '' : 'AND (d.newest, d.id) < (?, ?)';
  return {
    source: `SELECT d.doc, d.id, d.newest, ${hit} AS hit FROM documents d
             WHERE d.kind = ? AND d.newest IS NOT NULL ${beyond}
             ORDER BY d.newest DESC, d.id DESC LIMIT ${SLICE}`,
    values: [...prefixes, kind, ...(after === undefined ? [] : [after.order, after.id])],
  };
}

/** What is due of one kind. */
export function dueStatement(kind: string, before: number, limit: number, buckets: readonly number[]): Query {
  const some = buckets.length < BUCKETS ? `AND bucket IN (${buckets.map(() => '?').join(', ')})` : '';
  return {
    source: `SELECT id, next_due FROM documents WHERE kind = ? AND next_due <= ? ${some}
             ORDER BY next_due, id LIMIT ?`,
    values: [kind, before, ...(some === '' ? [] : buckets), limit],
  };
}

function readDocument(row: Row): StoredDocument {
  const nextDue = row['next_due'];
  const words = text(row, 'words');
  return {
    kind: text(row, 'kind'),
    id: text(row, 'id'),
    form: number(row, 'form'),
    version: text(row, 'version'),
    ...(typeof nextDue === 'number' ? { nextDue } : {}),
    index: readIndex(text(row, 'fields')),
    words: words === '' ? [] : words.slice(1).split('\n'),
    body: readJson(text(row, 'body')),
  };
}

const BATCH = 1_000;

interface Waiting {
  readonly write: Write;
  readonly resolve: (result: PutResult) => void;
  readonly reject: (fault: Error) => void;
}

/**
 * The writing side: a thread of its own, because waiting for the disk would keep everything else from running.
 * What arrives while a commit is under way goes into the next one together. No write is answered before its commit.
 */
export function startWriter(options: WriterOptions) {
  const thread = new Worker(new URL('./sqlite-thread.ts', import.meta.url), { name: 'store' });
  const waiting: Waiting[] = [];
  let underWay: readonly Waiting[] = [];
  let stopped: Error | undefined;
  const exited = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  let idle: () => void = () => undefined;

  function send(): void {
    if (underWay.length > 0 || stopped !== undefined) return;
    underWay = waiting.splice(0, BATCH);
    // The process may end while nothing is to be written, and not before what was asked for is answered.
    if (underWay.length === 0) {
      thread.unref();
      idle();
    } else {
      thread.ref();
      thread.postMessage(underWay.map(({ write }) => write));
    }
  }

  function stop(fault: Error): void {
    stopped ??= fault;
    for (const { reject } of [...underWay, ...waiting.splice(0)]) reject(stopped);
    underWay = [];
    idle();
  }

  thread.on('message', (outcomes: readonly Outcome[]) => {
    const answered = underWay;
    underWay = [];
    for (const [n, { resolve, reject }] of answered.entries()) {
      const outcome = outcomes[n] ?? { fault: new Error('The store did not say what became of a write.') };
      if ('fault' in outcome) reject(outcome.fault);
      else resolve(outcome.result);
    }
    send();
  });
  thread.once('error', (fault) => stop(new Error('The store cannot write any more.', { cause: fault })));
  thread.once('exit', () => stop(new Error('The store cannot write any more.')));
  thread.postMessage(options);
  thread.unref();

  return {
    put(write: Write): Promise<PutResult> {
      return new Promise((resolve, reject) => {
        if (stopped !== undefined) throw stopped;
        waiting.push({ write, resolve, reject });
        // Not at once: what else this turn of the event loop asks for belongs into the same commit.
        if (waiting.length === 1 && underWay.length === 0) void Promise.resolve().then(send);
      });
    },
    /** @throws Error once the thread is gone */
    alive(): void {
      if (stopped !== undefined) throw stopped;
    },
    /** Answers everything that was asked for, and ends. */
    async end(): Promise<void> {
      if (underWay.length > 0 || waiting.length > 0) await new Promise<void>((resolve) => (idle = resolve));
      if (stopped === undefined) {
        thread.ref();
        thread.postMessage('end');
      }
      await exited;
    },
  };
}

function writes(reader: StoreReader, declared: Declared, writer: ReturnType<typeof startWriter>): Store {
  let end: Promise<void> | undefined;

  function open(): void {
    if (end !== undefined) throw new Error('The store is closed.');
  }

  return {
    ...reader,
    shared: false,

    async create(document) {
      open();
      return writer.put({ op: 'create', document: kept(checkDocument(declared, document)) });
    },

    async replace(document, expectedVersion) {
      open();
      return writer.put({
        op: 'replace',
        document: kept(checkDocument(declared, document)),
        expectedVersion,
      });
    },

    async remove(kind, id, expectedVersion) {
      open();
      declared.kind(kind);
      return writer.put({ op: 'remove', kind, id, expectedVersion });
    },

    async ready() {
      open();
      writer.alive();
      await reader.ready();
    },

    async close() {
      end ??= writer.end().then(() => reader.close());
      await end;
    },
  };
}

/** A document as the writing side takes it: texts and numbers only, so that it is quickly handed over. */
function kept({ document, index, words, body, entries, newest }: Checked): KeptDocument {
  const { kind, id, form, nextDue } = document;
  return {
    kind,
    id,
    form,
    body,
    entries,
    columns: {
      next_due: nextDue ?? null,
      newest: newest ?? null,
      fields: index,
      words: words.map((word) => `\n${word}`).join(''),
    },
  };
}
