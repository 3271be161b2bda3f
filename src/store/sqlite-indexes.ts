import type { DatabaseSync } from 'node:sqlite';
import { canonical } from '../core/json.ts';
import type { KindDeclaration } from '../core/store.ts';
import { bucketOf, entriesOf, newestOf, readIndex } from './declared.ts';
import type { Declared } from './declared.ts';
import { enter, indexNumbers, number, numberOf, text } from './sqlite-database.ts';
import type { Row, Statements } from './sqlite-database.ts';

/** The name under which a kind's search stands among its indexes; no declared index can have it. */
const SEARCH = '';

interface IndexChange {
  readonly kind: string;
  readonly name: string;
  /** what the index is to be filled by; undefined for one that is no longer declared */
  readonly wanted: string | undefined;
}

/** Where the declarations differ from what the store was last opened with. Other kinds' indexes stay as they are. */
export function indexChanges(sql: Statements, { all }: Declared): readonly IndexChange[] {
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

/** Fills indexes that are declared anew or otherwise than before, and drops those that are declared no longer. */
export function fillIndexes(sql: Statements, declared: Declared): void {
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

/**
 * Documents that stand elsewhere in the lists and searches than they themselves say, and places of documents that are
 * gone: what stands there is kept beside the documents, and no seal of theirs covers it.
 */
export function misplaced(
  database: DatabaseSync,
  sql: Statements,
  declared: Declared,
): readonly { readonly kind: string; readonly id: string }[] {
  const found = new Map<string, { readonly kind: string; readonly id: string }>();
  const add = (kind: string, id: string): void => void found.set(`${kind} ${id}`, { kind, id });
  const numbers = new Map(declared.all.map(({ kind }) => [kind, indexNumbers(sql, kind)]));
  // Everything is read as it stood at one moment, whoever writes meanwhile.
  database.exec('BEGIN');
  try {
    const places = sql('SELECT doc FROM entries WHERE number = ? AND value = ? AND place = ? AND id = ?');
    const expected = new Map<number, number>();
    for (const row of sql('SELECT doc, kind, id, bucket, newest, fields FROM documents').iterate()) {
      const [doc, kind, id] = [number(row, 'doc'), text(row, 'kind'), text(row, 'id')];
      const declaration = declared.all.find((each) => each.kind === kind);
      if (declaration === undefined) continue;
      const fields = fieldsIn(row);
      // What cannot be read is told where the record itself is read.
      const entries = fields === undefined ? [] : entriesOf(declaration, fields);
      expected.set(doc, entries.length);
      const stands = entries.every(({ index, value, order }) => {
        const place = places.get(numberOf(numbers.get(kind) ?? new Map(), index), value, order, id);
        return place !== undefined && number(place, 'doc') === doc;
      });
      const newest = fields === undefined ? null : (newestOf(declaration, fields) ?? null);
      if (!stands || row['newest'] !== newest || number(row, 'bucket') !== bucketOf(id)) add(kind, id);
    }
    const counted = sql(
      `SELECT e.doc, count(*) AS places, max(e.id) AS id, i.kind AS kind FROM entries e
       LEFT JOIN indexes i ON i.number = e.number GROUP BY e.doc, i.kind`,
    );
    for (const row of counted.iterate()) {
      const kind = row['kind'];
      if (number(row, 'places') !== (expected.get(number(row, 'doc')) ?? 0))
        add(typeof kind === 'string' ? kind : 'a list of no kind', text(row, 'id'));
    }
    const words = sql(
      `SELECT d.kind, d.id FROM documents d
       LEFT JOIN (SELECT doc, kind, count(*) AS n FROM words GROUP BY doc, kind) w ON w.doc = d.doc AND w.kind = d.kind
       WHERE coalesce(w.n, 0) <> length(d.words) - length(replace(d.words, char(10), ''))
       UNION
       SELECT w.kind, coalesce(d.id, 'a record that is gone') FROM words w
       LEFT JOIN documents d ON d.doc = w.doc AND d.kind = w.kind
       WHERE d.doc IS NULL OR instr(d.words || char(10), char(10) || w.word || char(10)) = 0`,
    );
    for (const row of words.iterate()) add(text(row, 'kind'), text(row, 'id'));
  } finally {
    database.exec('COMMIT');
  }
  return [...found.values()];
}

/** Documents of kinds that are not declared: no list and no audit reads them. */
export function undeclared(
  sql: Statements,
  declared: Declared,
): readonly { readonly kind: string; readonly id: string }[] {
  const known = JSON.stringify(declared.all.map(({ kind }) => kind));
  const rows = sql('SELECT kind, id FROM documents WHERE kind NOT IN (SELECT value FROM json_each(?))');
  return rows.all(known).map((row) => ({ kind: text(row, 'kind'), id: text(row, 'id') }));
}

function fieldsIn(row: Row): ReturnType<typeof readIndex> | undefined {
  try {
    return readIndex(text(row, 'fields'));
  } catch {
    return undefined;
  }
}
