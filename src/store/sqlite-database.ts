import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Entry } from './declared.ts';

/** What the reading and the writing side of the SQLite store both need of their connection. */

export type Row = Record<string, SQLOutputValue>;

/** Opens a connection that may write, with every setting that holds for it alone. */
export function openToWrite(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 2_000 });
  // The folder may have been there before, open to others.
  chmodSync(file, 0o600);
  try {
    makeDurable(database);
    database.exec(
      'PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -3000',
    );
    return database;
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

/** Prepares each statement once. */
export type Statements = (source: string) => StatementSync;

/** Keeps each prepared statement for the next call. */
export function statements(database: DatabaseSync): Statements {
  const prepared = new Map<string, StatementSync>();
  return (source) => {
    const known = prepared.get(source);
    if (known !== undefined) return known;
    const statement = database.prepare(source);
    prepared.set(source, statement);
    return statement;
  };
}

/** What SQLite calls the faults that it has; a fault of a constraint, or of our own, is a bug. https://www.sqlite.org/rescode.html */
const faultNames: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  7: 'SQLITE_NOMEM',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  19: 'SQLITE_CONSTRAINT',
  26: 'SQLITE_NOTADB',
};

/** What SQLite calls a fault; undefined for one that it did not give. */
export function codeOfSqlite(fault: unknown): string | undefined {
  if (!(fault instanceof Error) || !('errcode' in fault) || typeof fault.errcode !== 'number')
    return undefined;
  // The lowest byte is the code itself, the rest says more of it.
  const code = fault.errcode & 0xff;
  return faultNames[code] ?? `SQLITE_${String(code)}`;
}

/** Does all of the work or none of it. The write lock is taken first, so that nothing is read that another changes. */
export function transaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (fault) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw fault;
  }
}

/** The numbers by which a kind's indexes stand in the entries. */
export function indexNumbers(sql: Statements, kind: string): ReadonlyMap<string, number> {
  const rows = sql('SELECT name, number FROM indexes WHERE kind = ?').all(kind);
  return new Map(rows.map((row) => [text(row, 'name'), number(row, 'number')]));
}

/** Lists a document in an index. */
export function enter(
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

/** Takes a document out of an index. */
export function leave(sql: Statements, numbers: ReadonlyMap<string, number>, id: string, entry: Entry): void {
  sql('DELETE FROM entries WHERE number = ? AND value = ? AND place = ? AND id = ?').run(
    numberOf(numbers, entry.index),
    entry.value,
    entry.order,
    id,
  );
}

/** @throws Error for an index that the store was opened without */
export function numberOf(numbers: ReadonlyMap<string, number>, index: string): number {
  const found = numbers.get(index);
  if (found === undefined) throw new Error(`The index "${index}" has no entries in the store.`);
  return found;
}

/** @throws Error when the column holds no text */
export function text(row: Row, column: string): string {
  const found = row[column];
  if (typeof found !== 'string') throw new Error(`The store's column "${column}" holds no text.`);
  return found;
}

/** @throws Error when the column holds no number */
export function number(row: Row, column: string): number {
  const found = row[column];
  if (typeof found !== 'number') throw new Error(`The store's column "${column}" holds no number.`);
  return found;
}

/** @throws Error when the column holds neither text nor number */
export function value(row: Row, column: string): string | number {
  return typeof row[column] === 'number' ? number(row, column) : text(row, column);
}
