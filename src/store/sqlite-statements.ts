import type { SQLInputValue } from 'node:sqlite';
import type { DueQuery } from '../core/store.ts';
import { BUCKETS } from './declared.ts';
import { number } from './sqlite-database.ts';
import type { Row, Statements } from './sqlite-database.ts';

/** How many documents a search looks through before it lets other work in. */
export const SLICE = 1_000;

/** What makes a document, read as `d`. */
export const COLUMNS = 'd.kind, d.id, d.form, d.version, d.next_due, d.fields, d.words, d.body';

/**
 * At most so many rows, as a value of the statement. A limit that is a value and nothing else is one that SQLite (3.53)
 * plans by, so that each run with another value, and each after any other, costs several times what the rows do.
 */
export const MOST = '? + 0';

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

/** The number that a count gave. */
export const count = (row: Row | undefined): number => number(row ?? {}, 'count');

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
             WHERE ${where.join(' AND ')} ORDER BY e.place ${way}, e.id ${way} LIMIT ${MOST}`,
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

/** A list that documents stand in: the number of its index, and the value. */
export type InList = readonly [number: number, value: string];

/** What a search looks for, and in which lists; absent: in all there is. */
interface Sought {
  readonly kind: string;
  readonly prefixes: readonly string[];
  readonly lists?: readonly InList[];
}

/** @returns those of the prefixes that few words begin with */
export function rare(sql: Statements, { kind, prefixes, lists }: Sought): readonly string[] {
  const few = prefixes.length === 1 && lists === undefined ? FEW : FEW_OF_SEVERAL;
  return prefixes.filter((prefix) => {
    const row = sql(countSource).get(...wordRange(kind, prefix), few);
    return count(row) < few;
  });
}

/** How many words begin so, counted no further than a limit: enough to tell a rare prefix from a common one. */
export const countSource = `SELECT count(*) AS count FROM (SELECT 1 FROM words WHERE ${WORD_RANGE} LIMIT ${MOST})`;

/** The words of a document stand in one text, each behind a line feed: so a prefix is found where one precedes it. */
const HAS_PREFIX = 'instr(d.words, char(10) || ?) > 0';

/** Lists of a search are in its order, so that a document says where it stands in them. */
const STANDS =
  'EXISTS (SELECT 1 FROM entries e WHERE e.number = ? AND e.value = ? AND e.place = d.newest AND e.id = d.id)';

/** A search by the documents that have the rare prefixes. */
export function fewStatement(
  few: readonly string[],
  { kind, prefixes, lists = [] }: Sought,
  after: { readonly order: string | number; readonly id: string } | undefined,
  limit: number,
): Query {
  const others = prefixes.filter((prefix) => !few.includes(prefix));
  const ranges = few.map(() => `SELECT doc FROM words WHERE ${WORD_RANGE}`);
  const where = [
    `d.doc IN (${ranges.join(' INTERSECT ')})`,
    'd.newest IS NOT NULL',
    ...others.map(() => HAS_PREFIX),
    ...(after === undefined ? [] : ['(d.newest, d.id) < (?, ?)']),
    ...(lists.length === 0 ? [] : [`(${lists.map(() => STANDS).join(' OR ')})`]),
  ];
  // The page is found by narrow rows first: a sort that carried every hit's body would read them all.
  return {
    source: `SELECT ${COLUMNS}, d.newest FROM (
               SELECT d.doc, d.newest, d.id FROM documents d NOT INDEXED
               WHERE ${where.join(' AND ')} ORDER BY d.newest DESC, d.id DESC LIMIT ${MOST}
             ) found CROSS JOIN documents d ON d.doc = found.doc ORDER BY found.newest DESC, found.id DESC`,
    values: [
      ...few.flatMap((prefix) => wordRange(kind, prefix)),
      ...others,
      ...(after === undefined ? [] : [after.order, after.id]),
      ...lists.flat(),
      limit + 1,
    ],
  };
}

/** A search through the next newest documents, so many of them; each says whether it is a hit. */
export function sliceStatement(
  { kind, prefixes, lists }: Sought,
  after: { readonly order: string | number; readonly id: string } | undefined,
  size: number,
): Query {
  const hit = prefixes.length === 0 ? '1' : prefixes.map(() => HAS_PREFIX).join(' AND ');
  const from = after === undefined ? [] : [after.order, after.id];
  if (lists !== undefined) {
    // Each list is read in order and no further than the slice: SQLite merges them as they come.
    const beyond = after === undefined ? '' : 'AND (place, id) < (?, ?)';
    const each = `SELECT place, id FROM entries WHERE number = ? AND value = ? ${beyond}`;
    return {
      source: `SELECT d.doc, d.id, d.newest, ${hit} AS hit FROM (
                 ${lists.map(() => each).join(' UNION ')} ORDER BY place DESC, id DESC LIMIT ${MOST}
               ) e CROSS JOIN documents d INDEXED BY documents_newest
                 ON d.kind = ? AND d.newest IS NOT NULL AND d.newest = e.place AND d.id = e.id
               ORDER BY e.place DESC, e.id DESC`,
      values: [...prefixes, ...lists.flatMap((list) => [...list, ...from]), size, kind],
    };
  }
  const beyond = after === undefined ? '' : 'AND (d.newest, d.id) < (?, ?)';
  return {
    source: `SELECT d.doc, d.id, d.newest, ${hit} AS hit FROM documents d
             WHERE d.kind = ? AND d.newest IS NOT NULL ${beyond}
             ORDER BY d.newest DESC, d.id DESC LIMIT ${MOST}`,
    values: [...prefixes, kind, ...from, size],
  };
}

/** What is due of one kind. */
export function dueStatement(
  kind: string,
  buckets: readonly number[],
  { before, limit, from }: Pick<DueQuery, 'before' | 'limit' | 'from'>,
): Query {
  const some = buckets.length < BUCKETS ? `AND bucket IN (${buckets.map(() => '?').join(', ')})` : '';
  const onwards = from === undefined ? '' : 'AND (next_due, id) >= (?, ?)';
  return {
    source: `SELECT id, next_due FROM documents WHERE kind = ? AND next_due <= ? ${onwards} ${some}
             ORDER BY next_due, id LIMIT ${MOST}`,
    values: [
      kind,
      before,
      ...(from === undefined ? [] : [from.nextDue, from.id]),
      ...(some === '' ? [] : buckets),
      limit,
    ],
  };
}
