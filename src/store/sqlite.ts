import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { KindDeclaration, Store, StoreReader } from '../core/store.ts';
import { BUCKETS, declare } from './declared.ts';
import { foreignFile, withFile } from './file-fault.ts';
import { takeFolder } from './owner.ts';
import { makeDurable, openToWrite, statements, text, transaction } from './sqlite-database.ts';
import type { Statements } from './sqlite-database.ts';
import { fillIndexes, indexChanges, misplaced, undeclared } from './sqlite-indexes.ts';
import { reads } from './sqlite-reads.ts';
import { startWriter, writes } from './sqlite-writes.ts';
import type { Written } from './sqlite-writes.ts';

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

export interface SqliteOptions {
  /** the data folder; made, for this account only, when it is not there */
  readonly folder: string;
  readonly kinds: readonly KindDeclaration[];
  /** the id of the council whose data this is */
  readonly council: string;
  /** this process's number, so that a second start can be told which process has the folder */
  readonly pid?: number;
  /** 'here' is for what does nothing else meanwhile; absent: a thread that is begun now */
  readonly written?: Written;
}

/** The database in a data folder. */
export const sqliteFile = (folder: string): string => join(folder, 'crier.sqlite');

/**
 * Opens the store, makes it when there is none, and fills indexes that are newly declared.
 * @throws Error when another process has the folder, when it holds another council's data, or a newer layout
 */
export async function openSqlite({ folder, kinds, council, pid, written }: SqliteOptions): Promise<Store> {
  const declared = declare(kinds);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ownership = takeFolder(folder, pid);
  try {
    const file = sqliteFile(folder);
    const database = withFile(file, () => openToWrite(file));
    try {
      const sql = statements(database);
      withFile(file, () => {
        checkOurs(sql, file);
        transaction(database, () => {
          prepareTables(database, sql, council);
          fillIndexes(sql, declared);
        });
      });
      const reader = reads(database, sql, declared, () => {
        database.close();
        ownership.release();
      });
      return writes(
        reader,
        declared,
        startWriter({ file, kinds: kinds.map(plain), start: startNumber(sql) }, written),
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

/** What a tool reads of a store, and what it finds out about the places beside the documents. */
interface SqliteReader extends StoreReader {
  readonly misplaced: () => ReturnType<typeof misplaced>;
  readonly undeclared: () => ReturnType<typeof undeclared>;
}

/**
 * Opens a store for a tool to read, while its owner runs or after it stopped.
 * @throws Error when there is none, or when its indexes are not those of this release
 */
export async function openSqliteReadOnly({
  folder,
  kinds,
}: Pick<SqliteOptions, 'folder' | 'kinds'>): Promise<SqliteReader> {
  const declared = declare(kinds);
  const file = sqliteFile(folder);
  const database = withFile(file, () => new DatabaseSync(file, { readOnly: true, timeout: 2_000 }));
  try {
    const sql = statements(database);
    withFile(file, () => checkOurs(sql, file));
    const stale = indexChanges(sql, declared).find(({ wanted }) => wanted !== undefined);
    if (stale !== undefined) {
      throw new Error(
        `The index "${stale.kind}.${stale.name}" is not in this store yet. Start this release of Crier on it once.`,
      );
    }
    return {
      ...reads(database, sql, declared, () => database.close()),
      misplaced: () => misplaced(database, sql, declared),
      undeclared: () => undeclared(sql, declared),
    };
  } catch (fault) {
    database.close();
    throw fault;
  }
}

/**
 * Writes the database anew, so that nothing of what was taken out of it stands on its free pages or in its log. For
 * whoever has the folder: nobody else may read meanwhile.
 * @throws Error when that did not come to an end
 */
export function writeAnew(folder: string): void {
  const database = new DatabaseSync(sqliteFile(folder), { timeout: 10_000 });
  try {
    makeDurable(database);
    // Within a page, too, what was moved on is not left behind.
    database.exec('PRAGMA secure_delete = ON; VACUUM');
    const row = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    if (row?.['busy'] !== 0) throw new Error('Somebody reads the database.');
  } finally {
    database.close();
  }
}

/** What another program keeps in a file of this name is not added to. @throws Error that names the file */
function checkOurs(sql: Statements, file: string): void {
  const tables = sql("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  if (tables.length > 0 && !tables.some(({ name }) => name === 'documents')) throw foreignFile(file);
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
