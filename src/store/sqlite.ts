import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { setImmediate } from 'node:timers';
import { setImmediate as nextTurn } from 'node:timers/promises';
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
  bucketOf,
  checkBuckets,
  checkDocument,
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
import type { Checked, Declared, Entry } from './declared.ts';
import { takeFolder } from './owner.ts';

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

type Row = Record<string, SQLOutputValue>;

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
    const database = new DatabaseSync(join(folder, 'crier.sqlite'), { timeout: 2_000 });
    try {
      makeDurable(database);
      database.exec(
        'PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -32000',
      );
      const sql = statements(database);
      transaction(database, () => {
        prepareTables(database, sql, council);
        fillIndexes(sql, declared);
      });
      return writes(database, sql, declared, () => ownership.release());
    } catch (fault) {
      database.close();
      throw fault;
    }
  } catch (fault) {
    ownership.release();
    throw fault;
  }
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

/**
 * Makes every commit wait for the disk. Reads each setting back, because SQLite answers one it cannot follow
 * with silence.
 * @throws Error when the database cannot be told so
 */
export function makeDurable(database: DatabaseSync): void {
  const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
  if (mode !== 'wal')
    throw new Error(`The store's folder does not allow a write-ahead log (${String(mode)}).`);
  database.exec('PRAGMA synchronous = FULL');
  const synchronous = database.prepare('PRAGMA synchronous').get()?.['synchronous'];
  if (synchronous !== 2) throw new Error('The store cannot be told to wait for the disk (synchronous FULL).');
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
      const fields = readIndex(readJson(text(row, 'fields')));
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

function indexNumbers(sql: Statements, kind: string): ReadonlyMap<string, number> {
  const rows = sql('SELECT name, number FROM indexes WHERE kind = ?').all(kind);
  return new Map(rows.map((row) => [text(row, 'name'), number(row, 'number')]));
}

function enter(
  sql: Statements,
  numbers: ReadonlyMap<string, number>,
  doc: number,
  id: string,
  { index, value, order }: Entry,
): void {
  sql('INSERT INTO entries (number, value, place, id, doc) VALUES (?, ?, ?, ?, ?)').run(
    numberOf(numbers, index),
    value,
    order,
    id,
    doc,
  );
}

function leave(sql: Statements, numbers: ReadonlyMap<string, number>, id: string, entry: Entry): void {
  sql('DELETE FROM entries WHERE number = ? AND value = ? AND place = ? AND id = ?').run(
    numberOf(numbers, entry.index),
    entry.value,
    entry.order,
    id,
  );
}

function numberOf(numbers: ReadonlyMap<string, number>, index: string): number {
  const found = numbers.get(index);
  if (found === undefined) throw new Error(`The index "${index}" has no entries in the store.`);
  return found;
}

/** Prepares each statement once. */
type Statements = (source: string) => StatementSync;

function statements(database: DatabaseSync): Statements {
  const prepared = new Map<string, StatementSync>();
  return (source) => {
    const known = prepared.get(source);
    if (known !== undefined) return known;
    const statement = database.prepare(source);
    prepared.set(source, statement);
    return statement;
  };
}

function transaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (fault) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw fault;
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
    return number(row ?? {}, 'count') < few;
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
    index: readIndex(readJson(text(row, 'fields'))),
    words: words === '' ? [] : words.slice(1).split('\n'),
    body: readJson(text(row, 'body')),
  };
}

function text(row: Row, column: string): string {
  const found = row[column];
  if (typeof found !== 'string') throw new Error(`The store's column "${column}" holds no text.`);
  return found;
}

function number(row: Row, column: string): number {
  const found = row[column];
  if (typeof found !== 'number') throw new Error(`The store's column "${column}" holds no number.`);
  return found;
}

function value(row: Row, column: string): string | number {
  return typeof row[column] === 'number' ? number(row, column) : text(row, column);
}

const conflict: PutResult = { put: false, reason: 'conflict' };

interface Write {
  readonly run: () => PutResult;
  readonly resolve: (result: PutResult) => void;
  readonly reject: (fault: unknown) => void;
}

/**
 * Writes of one turn of the event loop are committed together: waiting for the disk is what a commit costs,
 * and it is the same wait for one document as for fifty. No write is answered before that commit.
 */
function writes(database: DatabaseSync, sql: Statements, declared: Declared, release: () => void): Store {
  const numbersByKind = new Map(declared.all.map(({ kind }) => [kind, indexNumbers(sql, kind)]));
  const start = text(sql("SELECT value FROM meta WHERE name = 'start'").get() ?? {}, 'value');
  let written = 0;
  let closing = false;
  const waiting: Write[] = [];

  function put(run: () => PutResult): Promise<PutResult> {
    return new Promise((resolve, reject) => {
      if (closing) throw new Error('The store is closed.');
      if (waiting.push({ run, resolve, reject }) === 1) setImmediate(() => commit(waiting.splice(0)));
    });
  }

  function commit(batch: readonly Write[]): void {
    try {
      const results: PutResult[] = [];
      transaction(database, () => {
        for (const { run } of batch) results.push(run());
      });
      for (const [n, { resolve }] of batch.entries()) resolve(results[n] ?? conflict);
    } catch (fault) {
      // Nothing of the batch was kept. One bad write must not take the others with it: each has a try of its own.
      if (batch.length > 1) for (const write of batch) commit([write]);
      else for (const { reject } of batch) reject(fault);
    }
  }

  function nextVersion(): string {
    written += 1;
    return `${start}.${written}`;
  }

  /** Writes only the places that changed: most changes of a document move it in few of its indexes. */
  function place(doc: number, now: Checked, before: { fields: string; words: string } | undefined): void {
    const { kind, id } = now.document;
    const numbers = numbersByKind.get(kind) ?? new Map<string, number>();
    if (before?.fields !== now.index) {
      const old =
        before === undefined ? [] : entriesOf(declared.kind(kind), readIndex(readJson(before.fields)));
      const key = (entry: Entry): string => JSON.stringify([entry.index, entry.value, entry.order]);
      const kept = new Set(old.map(key));
      const wanted = new Set(now.entries.map(key));
      for (const entry of old) {
        if (!wanted.has(key(entry))) leave(sql, numbers, id, entry);
      }
      for (const entry of now.entries) if (!kept.has(key(entry))) enter(sql, numbers, doc, id, entry);
    }
    if (before?.words !== wordsText(now.words)) {
      const old = new Set(
        before === undefined || before.words === '' ? [] : before.words.slice(1).split('\n'),
      );
      for (const word of now.words) {
        if (!old.delete(word))
          sql('INSERT INTO words (kind, word, doc) VALUES (?, ?, ?)').run(kind, word, doc);
      }
      for (const word of old) {
        sql('DELETE FROM words WHERE kind = ? AND word = ? AND doc = ?').run(kind, word, doc);
      }
    }
  }

  function current(kind: string, id: string, expectedVersion: string): Row | undefined {
    const row = sql(
      'SELECT doc, version, next_due, newest, fields, words FROM documents WHERE kind = ? AND id = ?',
    ).get(kind, id);
    return row?.['version'] === expectedVersion ? row : undefined;
  }

  return {
    ...reads(database, sql, declared, () => database.close()),
    shared: false,

    async create(document) {
      const checked = checkDocument(declared, document);
      return put(() => {
        const { kind, id, form } = document;
        const version = nextVersion();
        const { next_due, newest, fields, words } = columnsOf(checked);
        const { changes, lastInsertRowid } = sql(
          `INSERT INTO documents (kind, id, bucket, form, version, next_due, newest, fields, words, body)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, id) DO NOTHING`,
        ).run(kind, id, bucketOf(id), form, version, next_due, newest, fields, words, checked.body);
        if (changes === 0) return conflict;
        place(Number(lastInsertRowid), checked, undefined);
        return { put: true, version };
      });
    },

    async replace(document, expectedVersion) {
      const checked = checkDocument(declared, document);
      return put(() => {
        const { kind, id, form } = document;
        const row = current(kind, id, expectedVersion);
        if (row === undefined) return conflict;
        const version = nextVersion();
        const doc = number(row, 'doc');
        const columns = { form, version, body: checked.body, ...changed(row, columnsOf(checked)) };
        const names = Object.keys(columns);
        sql(`UPDATE documents SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE doc = ?`).run(
          ...Object.values(columns),
          doc,
        );
        place(doc, checked, { fields: text(row, 'fields'), words: text(row, 'words') });
        return { put: true, version };
      });
    },

    async remove(kind, id, expectedVersion) {
      const declaration = declared.kind(kind);
      return put(() => {
        const row = current(kind, id, expectedVersion);
        if (row === undefined) return conflict;
        const doc = number(row, 'doc');
        const numbers = numbersByKind.get(kind) ?? new Map<string, number>();
        for (const entry of entriesOf(declaration, readIndex(readJson(text(row, 'fields'))))) {
          leave(sql, numbers, id, entry);
        }
        for (const word of text(row, 'words').split('\n')) {
          sql('DELETE FROM words WHERE kind = ? AND word = ? AND doc = ?').run(kind, word, doc);
        }
        sql('DELETE FROM documents WHERE doc = ?').run(doc);
        return { put: true, version: expectedVersion };
      });
    },

    async close() {
      if (closing) return;
      closing = true;
      if (waiting.length > 0) commit(waiting.splice(0));
      database.close();
      release();
    },
  };
}

/** The columns that indexes stand on. */
function columnsOf({ document, newest, index, words }: Checked) {
  return {
    next_due: document.nextDue ?? null,
    newest: newest ?? null,
    fields: index,
    words: wordsText(words),
  };
}

/** SQLite writes every index of a column that is set, even to the same value: so only what differs is. */
function changed(row: Row, columns: ReturnType<typeof columnsOf>): Record<string, string | number | null> {
  return Object.fromEntries(Object.entries(columns).filter(([name, value]) => row[name] !== value));
}

function wordsText(words: readonly string[]): string {
  return words.map((word) => `\n${word}`).join('');
}
