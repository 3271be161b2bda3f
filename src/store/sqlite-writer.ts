import type { DatabaseSync } from 'node:sqlite';
import type { KindDeclaration, PutResult } from '../core/store.ts';
import { bucketOf, declare, entriesOf, readIndex } from './declared.ts';
import type { Entry } from './declared.ts';
import {
  codeOfSqlite,
  enter,
  indexNumbers,
  leave,
  number,
  statements,
  text,
  transaction,
} from './sqlite-database.ts';
import type { Row } from './sqlite-database.ts';

/** A document after its checks, in the texts and numbers that its row holds. */
export interface KeptDocument {
  readonly kind: string;
  readonly id: string;
  readonly form: number;
  readonly body: string;
  readonly entries: readonly Entry[];
  /** the columns that indexes stand on */
  readonly columns: {
    readonly next_due: number | null;
    readonly newest: string | number | null;
    readonly fields: string;
    /** each word behind a line feed */
    readonly words: string;
  };
}

export type Write =
  | { readonly op: 'create'; readonly document: KeptDocument }
  | { readonly op: 'replace'; readonly document: KeptDocument; readonly expectedVersion: string }
  | { readonly op: 'remove'; readonly kind: string; readonly id: string; readonly expectedVersion: string }
  /** writes so much in the place of what was written so before, to see whether there is room */
  | { readonly op: 'try'; readonly bytes: number };

/** The fault itself comes without its code from another thread. */
export type Outcome =
  { readonly result: PutResult } | { readonly fault: Error; readonly code?: string | undefined };

export interface WriterOptions {
  readonly file: string;
  readonly kinds: readonly KindDeclaration[];
  /** counts the starts of the store: the first part of every version */
  readonly start: string;
}

const conflict: PutResult = { put: false, reason: 'conflict' };

/** @returns what commits writes together and says what became of each, in their order */
export function writer(
  database: DatabaseSync,
  { kinds, start }: Omit<WriterOptions, 'file'>,
): (batch: readonly Write[]) => readonly Outcome[] {
  const declared = declare(kinds);
  const sql = statements(database);
  const numbersByKind = new Map(kinds.map(({ kind }) => [kind, indexNumbers(sql, kind)]));
  let written = 0;

  function commit(batch: readonly Write[]): readonly Outcome[] {
    try {
      const results: PutResult[] = [];
      transaction(database, () => {
        for (const write of batch) results.push(run(write));
      });
      return results.map((result) => ({ result }));
    } catch (fault) {
      // Nothing of the batch was kept. One bad write must not take the others with it: each has a try of its own.
      if (batch.length > 1) return batch.flatMap((write) => commit([write]));
      const code = codeOfSqlite(fault);
      return [
        { fault: fault instanceof Error ? fault : new Error('The write failed.', { cause: fault }), code },
      ];
    }
  }

  function run(write: Write): PutResult {
    switch (write.op) {
      case 'create':
        return create(write.document);
      case 'replace':
        return replace(write.document, write.expectedVersion);
      case 'remove':
        return remove(write.kind, write.id, write.expectedVersion);
      case 'try':
        return tryOut(write.bytes);
    }
  }

  function create(document: KeptDocument): PutResult {
    const { kind, id, form, body, columns } = document;
    const version = nextVersion();
    const { changes, lastInsertRowid } = sql(
      `INSERT INTO documents (kind, id, bucket, form, version, next_due, newest, fields, words, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, id) DO NOTHING`,
    ).run(
      kind,
      id,
      bucketOf(id),
      form,
      version,
      columns.next_due,
      columns.newest,
      columns.fields,
      columns.words,
      body,
    );
    if (changes === 0) return conflict;
    const doc = Number(lastInsertRowid);
    for (const entry of document.entries) enter(sql, numbersOf(kind), doc, id, entry);
    moveWords(kind, doc, '', columns.words);
    return { put: true, version };
  }

  function replace(document: KeptDocument, expectedVersion: string): PutResult {
    const { kind, id, form, body, columns } = document;
    const row = current(kind, id, expectedVersion);
    if (row === undefined) return conflict;
    const version = nextVersion();
    const doc = number(row, 'doc');
    const set = { form, version, body, ...changed(row, columns) };
    const names = Object.keys(set).map((name) => `${name} = ?`);
    sql(`UPDATE documents SET ${names.join(', ')} WHERE doc = ?`).run(...Object.values(set), doc);
    if (row['fields'] !== columns.fields) moveEntries(document, doc, text(row, 'fields'));
    if (row['words'] !== columns.words) moveWords(kind, doc, text(row, 'words'), columns.words);
    return { put: true, version };
  }

  function remove(kind: string, id: string, expectedVersion: string): PutResult {
    const row = current(kind, id, expectedVersion);
    if (row === undefined) return conflict;
    const doc = number(row, 'doc');
    for (const entry of entriesOf(declared.kind(kind), readIndex(text(row, 'fields')))) {
      leave(sql, numbersOf(kind), id, entry);
    }
    moveWords(kind, doc, text(row, 'words'), '');
    sql('DELETE FROM documents WHERE doc = ?').run(doc);
    return { put: true, version: expectedVersion };
  }

  function tryOut(bytes: number): PutResult {
    sql('INSERT OR REPLACE INTO meta (name, value) VALUES (?, zeroblob(?))').run('on-trial', bytes);
    return { put: true, version: '' };
  }

  function current(kind: string, id: string, expectedVersion: string): Row | undefined {
    const row = sql(
      'SELECT doc, version, next_due, newest, fields, words FROM documents WHERE kind = ? AND id = ?',
    ).get(kind, id);
    return row?.['version'] === expectedVersion ? row : undefined;
  }

  function nextVersion(): string {
    written += 1;
    return `${start}.${written}`;
  }

  /** Writes only the places that changed: most changes of a document move it in few of its indexes. */
  function moveEntries({ kind, id, entries }: KeptDocument, doc: number, oldFields: string): void {
    const old = entriesOf(declared.kind(kind), readIndex(oldFields));
    const before = new Set(old.map(keyOf));
    const after = new Set(entries.map(keyOf));
    for (const entry of old) if (!after.has(keyOf(entry))) leave(sql, numbersOf(kind), id, entry);
    for (const entry of entries) if (!before.has(keyOf(entry))) enter(sql, numbersOf(kind), doc, id, entry);
  }

  function moveWords(kind: string, doc: number, oldWords: string, newWords: string): void {
    const gone = new Set(wordsIn(oldWords));
    for (const word of wordsIn(newWords)) {
      if (gone.delete(word)) continue;
      sql('INSERT INTO words (kind, word, doc) VALUES (?, ?, ?)').run(kind, word, doc);
    }
    for (const word of gone) {
      sql('DELETE FROM words WHERE kind = ? AND word = ? AND doc = ?').run(kind, word, doc);
    }
  }

  function numbersOf(kind: string): ReadonlyMap<string, number> {
    return numbersByKind.get(kind) ?? new Map<string, number>();
  }

  return commit;
}

function keyOf({ index, value, order }: Entry): string {
  return JSON.stringify([index, value, order]);
}

function wordsIn(words: string): readonly string[] {
  return words === '' ? [] : words.slice(1).split('\n');
}

/** SQLite writes every index of a column that is set, even to the same value: so only what differs is. */
function changed(row: Row, columns: KeptDocument['columns']): Record<string, string | number | null> {
  return Object.fromEntries(Object.entries(columns).filter(([name, value]) => row[name] !== value));
}
