import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Among, Store } from '../../src/core/store.ts';
import { openSqlite, openSqliteReadOnly } from '../../src/store/sqlite.ts';
import { beginThread, type Written } from '../../src/store/sqlite-writes.ts';
import {
  countSource,
  dueStatement,
  fewStatement,
  entriesStatement,
  listStatement,
  sliceStatement,
  type InList,
} from '../../src/store/sqlite-statements.ts';
import { startWriter } from '../../src/store/sqlite-writes.ts';
import { createLog } from '../../src/logging.ts';
import { codeOfSqlite, makeDurable } from '../../src/store/sqlite-database.ts';
import { kinds } from '../contract/store/kinds.ts';
import { post } from '../contract/store/places.ts';

let folder: string;
const opened: { close(): Promise<void> }[] = [];
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-sqlite-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) await killed(child);
  for (const store of opened.splice(0)) await store.close();
  await rm(folder, { recursive: true });
});

async function open(written?: Written): Promise<Store> {
  const store = await openSqlite({
    folder,
    kinds,
    council: 'marlow',
    pid: process.pid,
    ...(written === undefined ? {} : { written }),
  });
  opened.push(store);
  return store;
}

async function openReader() {
  const reader = await openSqliteReadOnly({ folder, kinds });
  opened.push(reader);
  return reader;
}

/** Starts another process on the folder; its lines are what it says. */
function start(mode: 'hold' | 'write') {
  const file = fileURLToPath(new URL('child.ts', import.meta.url));
  const child = spawn(process.execPath, [file, folder, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return { child, lines: createInterface(child.stdout) };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

describe('one process owns the folder', () => {
  test('a second start here is refused, and leaves the first at work', async () => {
    const store = await open();
    await expect(open()).rejects.toThrow(`Another Crier (process ${process.pid}) is using this folder`);
    expect((await store.create(post('p-1'))).put).toBe(true);
    await expect(open()).rejects.toThrow('is using this folder');
  });

  test('a second start is told which process has the folder; when that was killed, nothing stands in the way', async () => {
    const { child, lines } = start('hold');
    await once(lines, 'line');
    await expect(open()).rejects.toThrow(`Another Crier (process ${child.pid}) is using this folder`);
    await killed(child);
    const store = await open();
    expect((await store.create(post('p-1'))).put).toBe(true);
  });

  test('a closed store gives the folder back, and so does a start that failed', async () => {
    await (await open()).close();
    await expect(openSqlite({ folder, kinds, council: 'henley' })).rejects.toThrow('council "marlow"');
    await (await open()).close();
    await open();
  });

  test('nobody else may read a folder that the store made', async () => {
    folder = join(folder, 'made', 'deep');
    await open();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });
});

test('what a killed process had said it kept is kept, each in every list', async () => {
  const { child, lines } = start('write');
  const said: string[] = [];
  await new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line.startsWith('p-')) said.push(line);
      if (said.length === 100) resolve();
    });
  });
  const ended = once(lines, 'close');
  await killed(child);
  await ended;
  const store = await open();
  for (const id of said) expect(await store.get('post', id)).toMatchObject({ id, body: Number(id.slice(2)) });
  const everything = new Set((await store.scan('post', 1_000)).items.map(({ id }) => id));
  expect(said.filter((id) => !everything.has(id))).toEqual([]);
  for (const { items } of [
    await store.list({ kind: 'post', index: 'byState', equals: 'open', limit: 1_000 }),
    await store.list({ kind: 'post', index: 'byTopic', equals: 'roads', limit: 1_000 }),
    await store.search('post', ['bin'], 1_000),
  ]) {
    expect(new Set(items.map(({ id }) => id))).toEqual(everything);
  }
  const due = await store.due({ kinds: ['post'], before: 1_000_000, limit: 1_000 });
  expect(new Set(due.map(({ id }) => id))).toEqual(everything);
});

test('writes wait for the disk, in a write-ahead log; a database that cannot do so is refused', async () => {
  const database = new DatabaseSync(join(folder, 'any.sqlite'));
  makeDurable(database);
  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  database.close();
  const inMemory = new DatabaseSync(':memory:');
  expect(() => makeDurable(inMemory)).toThrow('write-ahead log (memory)');
  inMemory.close();
  await open();
  const outside = new DatabaseSync(join(folder, 'crier.sqlite'), { readOnly: true });
  expect(outside.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  outside.close();
});

test('a write that fails takes no other of the same commit with it', async () => {
  const store = await open();
  const limited = new DatabaseSync(join(folder, 'crier.sqlite'));
  limited.exec(`CREATE TRIGGER no_bad BEFORE INSERT ON documents WHEN NEW.id = 'bad'
                BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END`);
  limited.close();
  const results = await Promise.allSettled(['a', 'bad', 'b'].map((id) => store.create(post(id))));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((await store.scan('post', 9)).items.map(({ id }) => id)).toEqual(['a', 'b']);
  expect((await store.create(post('c'))).put).toBe(true);
});

test.each<[string, () => Written | undefined]>([
  ['beside', () => undefined],
  ['here', () => 'here'],
])(
  'a write that fails says in the log by which code, and nothing else; until one on trial comes through, the store is not ready: written %s',
  async (_how, written) => {
    const store = await open(written());
    await store.ready();
    const limited = new DatabaseSync(join(folder, 'crier.sqlite'));
    for (const table of ['documents', 'meta'])
      limited.exec(`CREATE TRIGGER no_${table} BEFORE INSERT ON ${table}
                    BEGIN SELECT RAISE(ROLLBACK, 'Nadia wrote this'); END`);
    const lines: string[] = [];
    const log = createLog({ level: 'info', write: (line) => lines.push(line) });
    await store.create(post('a')).catch((fault: unknown) => log.fault('a write failed', fault));
    expect(lines.map((line) => z.object({ errorCode: z.string() }).parse(JSON.parse(line)))).toEqual([
      { errorCode: 'SQLITE_CONSTRAINT' },
    ]);
    expect(lines.join()).not.toContain('Nadia');

    await expect(store.ready()).rejects.toThrow('Nadia wrote this');
    // What is small may come through.
    limited.exec('DROP TRIGGER no_documents');
    expect((await store.create(post('b'))).put).toBe(true);
    await expect(store.ready()).rejects.toThrow('Nadia wrote this');
    limited.exec('DROP TRIGGER no_meta');
    await store.ready();
    limited.exec("CREATE TRIGGER no_meta BEFORE INSERT ON meta BEGIN SELECT RAISE(ROLLBACK, 'no'); END");
    limited.close();
    // All is well again: nothing is written to find that out.
    await store.ready();
  },
);

test('a full disk is told by the name that SQLite has for it', () => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE kept (body BLOB); PRAGMA max_page_count = 3');
  const codes: unknown[] = [];
  try {
    database.exec('INSERT INTO kept VALUES (zeroblob(100000))');
  } catch (fault) {
    codes.push(codeOfSqlite(fault));
  }
  expect(codes).toEqual(['SQLITE_FULL']);
  expect(codeOfSqlite(new Error('another'))).toBeUndefined();
  database.close();
});

test('when the thread that writes is gone, a write is a fault and not left waiting', async () => {
  const writer = startWriter({ file: join(folder, 'no', 'such', 'folder.sqlite'), kinds, start: '1' });
  const write = { op: 'remove', kind: 'post', id: 'p-1', expectedVersion: '1' } as const;
  const gone = 'The store cannot write any more.';
  await expect(Promise.allSettled([writer.put(write), writer.put(write)])).resolves.toMatchObject([
    { status: 'rejected', reason: { message: gone } },
    { status: 'rejected', reason: { message: gone } },
  ]);
  await expect(writer.put(write)).rejects.toThrow(gone);
  expect(() => writer.alive()).toThrow(gone);
  await writer.end();
});

test.each<[string, () => Written | undefined]>([
  ['beside', () => undefined],
  ['by a thread that was begun before', beginThread],
  ['here', () => 'here'],
])('a store is closed only when what was asked for before is kept: written %s', async (_how, written) => {
  const store = await open(written());
  const asked = Array.from({ length: 1_500 }, (_, n) => store.create(post(`p-${n}`)));
  await store.close();
  expect((await Promise.all(asked)).filter(({ put }) => put)).toHaveLength(1_500);
  await expect(store.create(post('p-late'))).rejects.toThrow('The store is closed.');
  const again = await open();
  const first = await again.scan('post', 1_000);
  const rest = await again.scan('post', 1_000, first.next);
  expect([first.items.length, rest.items.length, rest.next]).toEqual([1_000, 500, undefined]);
});

test('a version from before a restart is good for no document that was made after it', async () => {
  const before = await open();
  const first = await before.create(post('p-1'));
  const version = first.put ? first.version : '';
  await before.remove('post', 'p-1', version);
  await before.close();
  const after = await open();
  await after.create(post('p-1'));
  expect((await after.replace(post('p-1', { body: 'stale' }), version)).put).toBe(false);
});

describe('a tool reads', () => {
  test('while the owner writes, and sees each write', async () => {
    const store = await open();
    const reader = await openReader();
    for (const id of ['a', 'b']) {
      await store.create(post(id, { index: { at: 1 }, words: ['bins'] }));
      expect((await reader.get('post', id))?.body).toEqual({ text: id });
    }
    expect((await reader.list({ kind: 'post', index: 'calendar', limit: 9 })).items).toHaveLength(2);
    expect((await reader.search('post', ['bin'], 9)).items).toHaveLength(2);
    await reader.ready();
  });

  test('after the owner stopped, and leaves the folder free', async () => {
    const store = await open();
    await store.create(post('a'));
    await store.close();
    const reader = await openReader();
    expect((await reader.get('post', 'a'))?.body).toEqual(post('a').body);
    expect(Object.keys(reader)).not.toContain('create');
    await open();
    await reader.close();
    await expect(reader.get('post', 'a')).rejects.toThrow('closed');
  });

  test('only by indexes that the store has', async () => {
    await open();
    const more = [
      { kind: 'post', form: 1, indexes: { new: { order: 'at', direction: 'ascending' } } },
    ] as const;
    await expect(openSqliteReadOnly({ folder, kinds: more })).rejects.toThrow(
      '"post.new" is not in this store yet',
    );
  });

  test('nothing where there is no store', async () => {
    await expect(openSqliteReadOnly({ folder, kinds })).rejects.toThrow('or is no file');
  });
});

test('the database says nothing to the eye about its owner but a process number', async () => {
  await open();
  expect(await readFile(join(folder, 'owner.pid'), 'utf8')).toBe(`${process.pid}\n`);
});

describe('no declared query goes through all documents', () => {
  function plan(database: DatabaseSync, { source, values }: ReturnType<typeof listStatement>): string {
    const rows = database.prepare(`EXPLAIN QUERY PLAN ${source}`).all(...values);
    return rows.map((row) => String(row['detail'])).join('\n');
  }

  test('for lists, with every combination of bounds and cursor; and none sorts', async () => {
    await open();
    const database = new DatabaseSync(join(folder, 'crier.sqlite'), { readOnly: true });
    const after = { order: 5, id: 'p-5' };
    for (const direction of ['ascending', 'descending'] as const) {
      for (const bounds of [{}, { from: 1 }, { to: 9 }, { from: 1, to: 9 }]) {
        // To count touches no document at all.
        const counted = plan(database, entriesStatement(1, { equals: 'x', ...bounds }));
        expect(counted).toMatch(/^SEARCH entries USING PRIMARY KEY \(number=\? AND value=\?/);
        expect(counted).not.toMatch(/\n|SCAN/);
        for (const from of [undefined, after]) {
          const found = plan(
            database,
            listStatement(direction, 1, { equals: 'x', limit: 20, ...bounds }, from),
          );
          expect(found).toMatch(/SEARCH e USING PRIMARY KEY \(number=\? AND value=\?/);
          expect(found).toMatch(/SEARCH d USING INTEGER PRIMARY KEY/);
          expect(found).not.toMatch(/SCAN|TEMP B-TREE/);
          // A page far down the list has to start at its cursor, not at the bound.
          expect(/\(place,id\)[<>]\(\?,\?\)/.test(found)).toBe(from !== undefined);
        }
      }
    }
    database.close();
  });

  test('for searches and for what is due', async () => {
    await open();
    const database = new DatabaseSync(join(folder, 'crier.sqlite'), { readOnly: true });
    const after = { order: 5, id: 'p-5' };
    const range = ['post', 'a', 'b', 9];
    const oneList: readonly InList[] = [[1, 'x']];
    const threeLists: readonly InList[] = [...oneList, [1, 'y'], [2, 'z']];
    for (const from of [undefined, after]) {
      for (const rare of [['a'], ['a', 'b']]) {
        for (const lists of [undefined, oneList, threeLists]) {
          const sought = { kind: 'post', prefixes: ['a', 'b'], ...(lists === undefined ? {} : { lists }) };
          const few = plan(database, fewStatement(rare, sought, from, 20));
          expect(few).toMatch(/SEARCH words USING PRIMARY KEY \(kind=\? AND word>\? AND word<\?\)/);
          expect(few).toMatch(/SEARCH d USING INTEGER PRIMARY KEY/);
          expect(few).not.toMatch(/SCAN (d|documents|words|e|entries)\b/);
          const standing = few.match(
            /SEARCH e (?:EXISTS )?USING PRIMARY KEY \(number=\? AND value=\? AND place=\? AND id=\?\)/g,
          );
          expect(standing?.length ?? 0).toBe(lists?.length ?? 0);
        }
      }
      const slice = plan(database, sliceStatement({ kind: 'post', prefixes: ['a'] }, from, 1_000));
      expect(slice).toMatch(/SEARCH d USING COVERING INDEX documents_newest/);
      expect(slice).not.toMatch(/SCAN|TEMP B-TREE/);
      for (const lists of [oneList, threeLists]) {
        const among = plan(database, sliceStatement({ kind: 'post', prefixes: ['a'], lists }, from, 1_000));
        expect(among).toMatch(
          /SEARCH d USING COVERING INDEX documents_newest \(kind=\? AND newest=\? AND id=\?\)/,
        );
        const read = among.match(/SEARCH entries USING PRIMARY KEY \(number=\? AND value=\?.*/g) ?? [];
        expect(read).toHaveLength(lists.length);
        for (const each of read) expect(each.includes('(place,id)<(?,?)')).toBe(from !== undefined);
        // No list is read to its end to be sorted; the slice itself is gone through as it came.
        expect(among).not.toMatch(/SCAN (d|documents|entries)\b|TEMP B-TREE/);
      }
    }
    expect(plan(database, { source: countSource, values: range })).toMatch(/SEARCH words USING PRIMARY KEY/);
    for (const buckets of [[1, 2], Array.from({ length: 16 }, (_, n) => n)]) {
      const due = plan(database, dueStatement('post', buckets, { before: 5, limit: 20 }));
      expect(due).toMatch(/SEARCH documents USING COVERING INDEX documents_due \(kind=\? AND next_due<\?\)/);
      expect(due).not.toMatch(/SCAN|TEMP B-TREE/);
    }
    database.close();
  });
});

describe('a search of many documents', () => {
  test('gives the same whether its words are rare or common', async () => {
    const store = await open();
    const count = 1_300;
    const words = (stem: string) => ['a', 'b', 'c', 'd', 'e'].map((end) => `${stem}-${end}`);
    await Promise.all(
      Array.from({ length: count }, (_, n) =>
        store.create(
          post(`p-${n}`, {
            index: { at: Math.floor(n / 3), state: `s${n % 50}` },
            words: [...words('common'), `n${n % 100}x`, ...(n % 2 === 0 ? words('even') : [])],
          }),
        ),
      ),
    );
    const expected = (hit: (n: number) => boolean) =>
      Array.from({ length: count }, (_, n) => n)
        .filter(hit)
        .map((n) => ({ n, id: `p-${n}`, at: Math.floor(n / 3) }))
        .toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
        .map(({ id }) => id);
    const inState = (equals: string): Among => ({ index: 'byState', equals });
    type Hit = (n: number) => boolean;
    const cases: readonly (readonly [readonly string[], Hit, (readonly Among[])?])[] = [
      [['comm'], () => true],
      [['even'], (n) => n % 2 === 0],
      [['n7x'], (n) => n % 100 === 7],
      [['even', 'comm'], (n) => n % 2 === 0],
      [['comm', 'n7x'], (n) => n % 100 === 7],
      [['comm', 'even', 'n8'], (n) => n % 2 === 0 && String(n % 100).startsWith('8')],
      [['even', 'n7x'], () => false],
      [['nothing'], () => false],
      [['comm'], (n) => n % 50 === 7, [inState('s7')]],
      [['n7x'], (n) => n % 100 === 7, [inState('s7'), inState('s8')]],
      [['even', 'comm'], (n) => n % 50 === 8, [inState('s7'), inState('s8'), inState('s8')]],
      [['comm', 'n1'], (n) => n % 50 === 11 && n % 100 === 11, [inState('s11'), inState('s8')]],
      [[], (n) => n % 50 < 2, [inState('s0'), inState('s1')]],
    ];
    for (const [prefixes, hit, among] of cases) {
      const seen: string[] = [];
      for (let after: string | undefined; ;) {
        const page = await store.search('post', prefixes, 250, after, among);
        seen.push(...page.items.map(({ id }) => id));
        if (page.next === undefined) break;
        after = page.next;
      }
      expect(seen).toEqual(expected(hit));
    }
  });
});
