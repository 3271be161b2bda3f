import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DueItem, Listed, StoredDocument, StoreReader } from '../core/store.ts';
import {
  checkAmong,
  checkBuckets,
  checkFilter,
  checkLimit,
  checkList,
  checkPrefixes,
  cursorOf,
  isId,
  placeAfter,
  readIndex,
  readJson,
} from './declared.ts';
import type { Declared } from './declared.ts';
import { number, indexNumbers, numberOf, text, value } from './sqlite-database.ts';
import type { Row, Statements } from './sqlite-database.ts';
import {
  SLICE,
  COLUMNS,
  listStatement,
  MOST,
  entriesStatement,
  fewStatement,
  sliceStatement,
  dueStatement,
  rare,
  count,
  type InList,
} from './sqlite-statements.ts';

/** The reading side of an open database; `end` closes what stands behind it. */
export function reads(
  database: DatabaseSync,
  sql: Statements,
  declared: Declared,
  end: () => void,
): StoreReader {
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

    async search(kind, prefixes, limit, after, among) {
      open();
      const wanted = checkPrefixes(declared, kind, prefixes);
      checkLimit(limit);
      const name = `search ${kind}`;
      const place = placeAfter(name, after).after;
      if (among?.length === 0) return { items: [] };
      const numbers = numbersByKind.get(kind) ?? new Map<string, number>();
      const lists =
        among === undefined
          ? undefined
          : checkAmong(declared, kind, among).map(({ index, equals }): InList => [
              numberOf(numbers, index),
              equals,
            ]);
      const sought = { kind, prefixes: wanted, ...(lists === undefined ? {} : { lists }) };
      const few = rare(sql, sought);
      if (few.length > 0) {
        const { source, values } = fewStatement(few, sought, place, limit);
        return page(name, sql(source).all(...values), limit, 'newest');
      }
      const found: Row[] = [];
      // Where every document is a hit, a page of them is found in as many.
      const size = wanted.length === 0 ? limit + 1 : SLICE;
      for (let from = place; ;) {
        open();
        const { source, values } = sliceStatement(sought, from, size);
        const slice = sql(source).all(...values);
        for (const row of slice) {
          if (row['hit'] === 0) continue;
          const document = sql(`SELECT ${COLUMNS}, d.newest FROM documents d WHERE d.doc = ?`);
          found.push(document.get(number(row, 'doc')) ?? {});
          if (found.length > limit) return page(name, found, limit, 'newest');
        }
        const last = slice[size - 1];
        if (last === undefined) return page(name, found, limit, 'newest');
        from = { order: value(last, 'newest'), id: text(last, 'id') };
        await nextTurn();
      }
    },

    async due(query) {
      const { kinds, limit, buckets } = query;
      open();
      checkLimit(limit);
      const wanted = checkBuckets(buckets);
      const items: DueItem[] = [];
      for (const kind of new Set(kinds)) {
        declared.kind(kind);
        const { source, values } = dueStatement(kind, wanted, query);
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
        `SELECT ${COLUMNS} FROM documents d WHERE d.kind = ? AND d.id > ? ORDER BY d.id LIMIT ${MOST}`,
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

/** Earliest first; a tie goes by id and kind, so that two readers see the same order. */
function byDue(a: DueItem, b: DueItem): number {
  return a.nextDue - b.nextDue || (a.id < b.id ? -1 : a.id > b.id ? 1 : a.kind < b.kind ? -1 : 1);
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
