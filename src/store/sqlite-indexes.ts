import { canonical } from '../core/json.ts';
import type { KindDeclaration } from '../core/store.ts';
import { entriesOf, newestOf, readIndex } from './declared.ts';
import type { Declared } from './declared.ts';
import { enter, indexNumbers, number, text } from './sqlite-database.ts';
import type { Statements } from './sqlite-database.ts';

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
