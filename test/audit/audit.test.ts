import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { anchorLine, createAnchorer } from '../../src/core/anchors.ts';
import type { Anchorer } from '../../src/core/anchors.ts';
import { auditKinds, bodySchema, linkOf, sealOf, isSealedBy } from '../../src/core/audit.ts';
import { erase, expire } from '../../src/core/erase.ts';
import { createExecutor } from '../../src/core/execute.ts';
import type { Executor } from '../../src/core/execute.ts';
import { asJson, canonical, sha256 } from '../../src/core/json.ts';
import { verify } from '../../src/core/verify.ts';
import type { AuditReport } from '../../src/core/verify.ts';
import { anchorFolder } from '../../src/store/anchor-file.ts';
import { auditKeyFrom, existingAuditKey } from '../../src/store/audit-key.ts';
import { ballotKind, ballots } from '../core/ballot.ts';
import { memoryStore } from '../peers/memory-store.ts';
import type { MemoryStore } from '../peers/memory-store.ts';

const kinds = [ballotKind, ...Object.values(auditKinds)];
const key = new Uint8Array(32).fill(7);
const folders = mkdtempSync(join(tmpdir(), 'crier-audit-'));
afterAll(() => rmSync(folders, { recursive: true }));

interface Records {
  readonly pass: (millis: number) => void;
  readonly now: () => number;
  readonly store: MemoryStore;
  readonly executor: Executor;
  readonly anchorer: Anchorer;
  readonly folder: string;
  readonly vote: (choice: string, note?: string, person?: string) => Promise<void>;
  readonly audit: (since?: number) => Promise<AuditReport>;
  readonly change: (id: string, edit: (body: Body) => unknown) => void;
}

type Body = ReturnType<typeof bodySchema.parse>;

let random = 0;

function records(store = memoryStore(kinds), folder = mkdtempSync(join(folders, 'a-'))): Records {
  let now = 1_000_000;
  const executor = createExecutor({
    store,
    aggregates: [ballots],
    clock: () => (now += 1_000),
    protocol: () => ({ version: 'v1', most: 500 }),
    auditKey: key,
    randomId: () => sha256(`salt ${(random += 1)}`),
  });
  const sink = anchorFolder({ folder });
  return {
    pass: (millis) => void (now += millis),
    now: () => now,
    store,
    executor,
    folder,
    anchorer: createAnchorer({ executor, sink, auditKey: key }),
    vote: async (choice, note, person = 'ann') => {
      await executor.execute({
        command: 'ballot.vote',
        id: 'b1',
        params: { choice, note },
        actor: { by: 'person', person },
        key: `k${(random += 1)}`,
      });
    },
    audit: async (since) =>
      await verify(store, ['ballot'], key, await anchorFolder({ folder }).read(), since),
    change: (id, edit) => {
      const document = stored(store, id);
      const body = asJson(edit(bodySchema.parse(document.body)));
      store.documents.set(`ballot/${id}`, JSON.stringify({ ...document, body, version: 'x' }));
    },
  };
}

const documentSchema = z.looseObject({
  kind: z.string(),
  id: z.string(),
  form: z.number(),
  index: z.record(z.string(), z.number()),
  words: z.array(z.string()),
  nextDue: z.number().exactOptional(),
  body: z.unknown(),
});

function stored(store: MemoryStore, id: string): z.infer<typeof documentSchema> {
  return documentSchema.parse(JSON.parse(store.documents.get(`ballot/${id}`) ?? ''));
}

async function filled(votes: number): Promise<Records> {
  const all = records();
  for (let n = 0; n < votes; n += 1)
    await all.vote(n % 2 === 0 ? 'yes' : 'no', n % 3 === 0 ? `note ${n}` : undefined);
  await all.anchorer.take();
  return all;
}

describe('the audit', () => {
  test('finds nothing in what Crier wrote', async () => {
    const all = await filled(95);
    await all.vote('maybe');
    expect(await all.audit()).toMatchObject({ findings: [], aggregates: 1, entries: 96, anchors: 1 });
  });

  test('1: an edited state', async () => {
    const all = await filled(5);
    all.change('b1', (body) => ({ ...body, state: { ...ballotState(body), votes: { yes: 400 } } }));
    expect((await all.audit()).findings).toEqual([{ where: 'ballot b1', what: 'state-changed' }]);
  });

  test('1: an edited state is found though its hash was put into the last entry', async () => {
    const all = await filled(5);
    all.change('b1', (body) => {
      const state = { ...ballotState(body), votes: { yes: 400 } };
      const tail = body.audit.tail.map((entry, n) =>
        n === 4 ? { ...entry, stateHash: sha256(canonical(state)) } : entry,
      );
      return { ...body, state, audit: { ...body.audit, tail } };
    });
    expect((await all.audit()).findings).toEqual([
      { where: 'ballot b1', what: 'entry-changed', n: 5 },
      { where: 'ballot b1', what: 'state-changed' },
    ]);
  });

  test('2: a cut tail, with length and head as if it had always been so', async () => {
    const all = await filled(5);
    all.change('b1', ({ audit, ...body }) => {
      const tail = audit.tail.slice(0, 3);
      return { ...body, audit: { ...audit, tail, length: 3, head: tail[2]?.link } };
    });
    const { findings } = await all.audit();
    expect(findings).toContainEqual({ where: 'ballot b1', what: 'rest-changed' });
    expect(findings).toContainEqual({ where: 'ballot b1', what: 'behind-anchor', n: 5 });
  });

  test('2: a cut tail, by putting back the whole document as it was earlier', async () => {
    const all = await filled(5);
    const earlier = all.store.documents.get('ballot/b1') ?? '';
    await all.vote('no');
    await all.anchorer.take();
    all.store.documents.set('ballot/b1', earlier);
    expect((await all.audit()).findings).toEqual([{ where: 'ballot b1', what: 'behind-anchor', n: 6 }]);
  });

  test('2: an entry taken out of the middle, and a page', async () => {
    const all = await filled(70);
    all.change('b1', ({ audit, ...body }) => ({
      ...body,
      audit: { ...audit, tail: audit.tail.filter(({ n }) => n !== 65) },
    }));
    expect((await all.audit()).findings).toContainEqual({
      where: 'ballot b1',
      what: 'entries-missing',
      n: 65,
    });
    const other = await filled(70);
    for (const name of other.store.documents.keys()) {
      if (name.startsWith('audit-page/') && name.endsWith('-0')) other.store.documents.delete(name);
    }
    expect((await other.audit()).findings).toContainEqual({ where: 'ballot b1', what: 'page-missing', n: 1 });
  });

  test('3: a deleted aggregate, anchored or with pages left', async () => {
    const all = await filled(5);
    all.store.documents.delete('ballot/b1');
    expect((await all.audit()).findings).toEqual([{ where: 'ballot b1', what: 'deleted' }]);
    const long = await filled(70);
    long.store.documents.delete('ballot/b1');
    rmSync(join(long.folder, 'anchors.jsonl'));
    expect((await long.audit()).findings).toEqual([{ where: 'ballot b1', what: 'deleted' }]);
  });

  test('3: a deleted aggregate with a tombstone that somebody made', async () => {
    const all = await filled(5);
    const other = await filled(5);
    await expire(other.executor, new Uint8Array(32), { kind: 'ballot', id: 'b1' }, 'RET-1', 5);
    for (const [name, text] of other.store.documents) all.store.documents.set(name, text);
    all.store.documents.delete('ballot/b1');
    const { findings } = await all.audit();
    expect(findings.map(({ what }) => what)).toEqual(['tombstone-forged', 'deleted']);
  });

  test('4: a chain recomputed under another key, sealed and all', async () => {
    const all = await filled(5);
    const wrong = new Uint8Array(32).fill(8);
    const document = stored(all.store, 'b1');
    all.change('b1', (body) => {
      let head = '';
      const tail = body.audit.tail.map((entry) => {
        head = linkOf(wrong, document, head, { ...entry, actor: 'person:bob' });
        return { ...entry, actor: 'person:bob', link: head };
      });
      const changed = { ...body, audit: { ...body.audit, tail, head } };
      const seal = sealOf(wrong, { ...document, body: changed }, sha256(canonical(body.state)));
      return { ...changed, seal };
    });
    const { findings } = await all.audit();
    expect(findings).toContainEqual({ where: 'ballot b1', what: 'entry-changed', n: 1 });
    expect(findings).toContainEqual({ where: 'ballot b1', what: 'not-as-anchored', n: 5 });
  });

  test('4: a chain recomputed under the right key is not as it was anchored', async () => {
    const all = await filled(5);
    const forged = records(memoryStore(kinds), all.folder);
    for (let n = 0; n < 5; n += 1) await forged.vote('no');
    expect((await forged.audit()).findings).toEqual([{ where: 'ballot b1', what: 'not-as-anchored', n: 5 }]);
  });

  test('5: one changed byte anywhere in the document, its pages and their texts', async () => {
    const all = await filled(65);
    let flips = 0;
    const missed: string[] = [];
    const whole = new Map(all.store.documents);
    for (const [name, text] of whole) {
      const begin = text.indexOf('"body":') + 7;
      // The version is the store's own; what stands before the body is checked by the test after this one.
      const end = text.lastIndexOf(',"version"');
      const step = Math.max(1, Math.floor((end - begin) / 150));
      for (let at = begin + (flips % step); at < end; at += step) {
        const letter = text[at] ?? '';
        if (!/[A-Za-z0-9]/.test(letter)) continue;
        const other = /[0-9]/.test(letter) ? (letter === '1' ? '2' : '1') : letter === 'x' ? 'y' : 'x';
        all.store.documents.set(name, text.slice(0, at) + other + text.slice(at + 1));
        const { findings } = await all.audit();
        if (findings.length === 0) missed.push(`${name} at ${at}: ${text.slice(at - 20, at + 20)}`);
        flips += 1;
        all.store.documents.set(name, text);
      }
    }
    expect(missed).toEqual([]);
    expect(flips).toBeGreaterThan(300);
    expect((await all.audit()).findings).toEqual([]);
  });

  test('5: what a document is listed, found and woken by', async () => {
    for (const change of [{ index: { size: 9 } }, { words: ['maybe'] }, { nextDue: 5 }]) {
      const all = await filled(5);
      const document = stored(all.store, 'b1');
      all.store.documents.set('ballot/b1', JSON.stringify({ ...document, ...change }));
      expect((await all.audit()).findings).toEqual([{ where: 'ballot b1', what: 'rest-changed' }]);
    }
  });

  test('a document that cannot be read is a finding and not the end of the audit', async () => {
    const all = await filled(5);
    const scan = all.store.scan.bind(all.store);
    all.store.scan = async (kind, ...rest) =>
      kind === 'ballot' ? await Promise.reject(new Error('not json')) : await scan(kind, ...rest);
    expect((await all.audit()).findings).toEqual([{ where: 'ballot', what: 'unreadable' }]);
  });
});

function ballotState(body: Body): object {
  return typeof body.state === 'object' && body.state !== null ? body.state : {};
}

describe('anchors', () => {
  test('a changed, a missing and an added line are found', async () => {
    const all = await filled(5);
    await all.vote('no');
    await all.anchorer.take();
    await all.vote('no');
    await all.anchorer.take();
    const path = join(all.folder, 'anchors.jsonl');
    const whole = readFileSync(path, 'utf8');
    const lines = whole.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    for (const [changed, n] of [
      [whole.replace('"length":6', '"length":5'), 2],
      [whole.replace('"length":5', '"length":4'), 1],
      [[lines[1], lines[2], ''].join('\n'), 1],
      [[lines[0], lines[2], ''].join('\n'), 2],
      [[lines[1], lines[0], lines[2], ''].join('\n'), 1],
      [`${whole}${lines[2]}\n`, 4],
    ] as const) {
      writeFileSync(path, changed);
      expect((await all.audit()).findings).toContainEqual({
        where: 'anchors.jsonl',
        what: 'anchors-changed',
        n,
      });
    }
    writeFileSync(path, whole);
    expect((await all.audit()).findings).toEqual([]);
  });

  test('what stands behind a line that was changed or taken out vouches all the same', async () => {
    const all = await filled(5);
    const earlier = all.store.documents.get('ballot/b1') ?? '';
    for (let n = 0; n < 2; n += 1) {
      await all.vote('no');
      await all.anchorer.take();
    }
    const path = join(all.folder, 'anchors.jsonl');
    const [, ...others] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, ['not an anchor', ...others].join('\n'));
    const broken = { where: 'anchors.jsonl', what: 'anchors-changed', n: 1 };
    expect((await all.audit()).findings).toEqual([broken]);
    all.store.documents.set('ballot/b1', earlier);
    expect((await all.audit()).findings).toEqual([
      broken,
      { where: 'ballot b1', what: 'behind-anchor', n: 7 },
    ]);
  });

  test('an aggregate that has no entry yet is missed as well once it is gone', async () => {
    const all = records();
    await all.vote('yes');
    all.change('b1', ({ audit, ...body }) => ({
      ...body,
      audit: { ...audit, tail: [], length: 0, head: '', personal: {} },
    }));
    const next = records(all.store, all.folder);
    expect(await next.anchorer.sweep()).toBe(1);
    await next.anchorer.take();
    expect(await records(all.store, all.folder).anchorer.sweep()).toBe(0);
    all.store.documents.delete('ballot/b1');
    expect((await next.audit()).findings).toEqual([{ where: 'ballot b1', what: 'deleted' }]);
  });

  test('half a line that a crash left is cut off, and the series goes on', async () => {
    const all = await filled(5);
    const path = join(all.folder, 'anchors.jsonl');
    appendFileSync(path, '{"at":1,"hea');
    expect((await all.audit()).findings).toEqual([{ where: 'anchors.jsonl', what: 'anchors-half', n: 2 }]);
    const next = records(all.store, all.folder);
    await next.vote('no');
    expect(await next.anchorer.take()).toBe(1);
    expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(2);
    expect((await next.audit()).findings).toEqual([]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('what a process had not anchored when it died is found by the next', async () => {
    const all = await filled(5);
    await all.vote('no');
    const next = records(all.store, all.folder);
    expect(await next.anchorer.take()).toBe(0);
    expect(await next.anchorer.sweep()).toBe(1);
    expect(await next.anchorer.take()).toBe(1);
    expect(await records(all.store, all.folder).anchorer.sweep()).toBe(0);
    expect(await next.audit()).toMatchObject({ findings: [], anchors: 2 });
  });

  test('a sink that fails loses no anchor, and takings at once are one series', async () => {
    const all = records();
    await all.vote('yes');
    const lines: string[] = [];
    let fails = true;
    const anchorer = createAnchorer({
      executor: all.executor,
      auditKey: key,
      sink: {
        read: async () => await Promise.resolve([{ name: 'anchors', lines, half: false }]),
        last: async () => await Promise.resolve(lines.at(-1)),
        append: async (more) => {
          await Promise.resolve();
          if (fails) throw new Error('disk');
          lines.push(...more);
        },
      },
    });
    await all.vote('yes');
    await expect(anchorer.take()).rejects.toThrow('disk');
    fails = false;
    await all.vote('yes');
    const first = anchorer.take();
    await all.vote('yes');
    expect(await Promise.all([first, anchorer.take()])).toEqual([1, 1]);
    const series = [{ name: 'anchors', lines, half: false }];
    expect((await verify(all.store, ['ballot'], key, series)).findings).toEqual([]);
    expect(anchorLine(key, '', { kind: 'k', id: 'i', length: 1, head: 'h', at: 1 }).line).toContain('"mac"');
  });
});

test('another key than the records have is told, also where one of them was tampered with, and any will do for none', async () => {
  const other = new Uint8Array(32).fill(8);
  const empty = records();
  expect(await isSealedBy(empty.store, ['ballot'], other)).toBe(true);
  const all = await filled(3);
  expect(await isSealedBy(all.store, ['ballot'], key)).toBe(true);
  expect(await isSealedBy(all.store, ['ballot'], other)).toBe(false);
  const whole = all.store.documents.get('ballot/b1') ?? '';
  all.change('b1', (body) => ({ ...body, state: { ...ballotState(body), votes: { yes: 400 } } }));
  await all.executor.execute({
    command: 'ballot.vote',
    id: 'b2',
    params: { choice: 'yes' },
    actor: { by: 'crier' },
  });
  expect(whole).not.toBe(all.store.documents.get('ballot/b1'));
  expect(await isSealedBy(all.store, ['ballot'], key)).toBe(true);
});

test('an audit with another key says so, and nothing that only the key could tell', async () => {
  const all = await filled(70);
  const series = await anchorFolder({ folder: all.folder }).read();
  const other = new Uint8Array(32).fill(8);
  const { findings } = await verify(all.store, ['ballot'], other, series, all.now() + 60_000);
  expect(findings).toEqual([{ where: 'records', what: 'other-key' }]);
});

describe('anchors that have to be there', () => {
  const minute = 60_000;

  test('none at all is a finding, but of a store that has nothing old enough', async () => {
    const all = records();
    expect((await all.audit(all.now())).findings).toEqual([]);
    const before = all.now();
    await all.vote('yes');
    expect((await all.audit(before)).findings).toEqual([]);
    all.pass(minute);
    const missing = [{ where: 'anchors', what: 'no-anchors' }];
    expect((await all.audit(all.now())).findings).toEqual(missing);
    await all.anchorer.take();
    expect((await all.audit(all.now())).findings).toEqual([]);
    rmSync(all.folder, { recursive: true });
    all.store.documents.delete('ballot/b1');
    // Where nothing is left, nothing has to be anchored.
    expect((await all.audit(all.now())).findings).toEqual([]);
  });

  test('what one death leaves unanchored is none; what many minutes do is', async () => {
    const all = await filled(5);
    all.pass(7 * 24 * 60 * minute);
    await all.vote('yes');
    await all.vote('no');
    all.pass(60 * minute);
    expect((await all.audit(all.now())).findings).toEqual([]);
    await all.vote('yes');
    expect((await all.audit(all.now() + 1)).findings).toEqual([
      { where: 'ballot b1', what: 'not-anchored', n: 6 },
    ]);
    await all.anchorer.take();
    expect((await all.audit(all.now())).findings).toEqual([]);
  });

  test('those that were begun anew say nothing of what was there before', async () => {
    const all = await filled(5);
    all.pass(2 * minute);
    await all.vote('yes');
    await all.anchorer.take();
    const lines = (await anchorFolder({ folder: all.folder }).read()).flatMap((series) => series.lines);
    rmSync(all.folder, { recursive: true });
    all.pass(24 * 60 * minute);
    const again = createAnchorer({
      executor: all.executor,
      sink: anchorFolder({ folder: all.folder }),
      auditKey: key,
    });
    await again.sweep();
    await again.take();
    expect((await all.audit(all.now())).findings).toEqual([
      { where: 'anchors', what: 'anchors-begin-late', at: expect.any(Number) as number },
    ]);
    // Put back beside them they vouch for what was.
    writeFileSync(join(all.folder, 'anchors-earlier.jsonl'), lines.map((line) => `${line}\n`).join(''));
    expect((await all.audit(all.now())).findings).toEqual([]);
  });
});

describe('erasure', () => {
  test('takes texts out of state, tail and pages; the chain verifies and says under which clause', async () => {
    const all = await filled(70);
    expect([...all.store.documents.values()].join()).toContain('note 9');
    const gone = await erase(
      all.executor,
      { kind: 'ballot', id: 'b1' },
      { names: ['note'], clause: 'DAT-9' },
      { by: 'person', person: 'dpo' },
    );
    expect(gone).toBe(24);
    expect([...all.store.documents.values()].join()).not.toMatch(/note \d/);
    const report = await all.audit();
    expect(report.findings).toEqual([]);
    expect(report.erased).toHaveLength(24);
    expect(report.erased).toContainEqual({ where: 'ballot b1', text: '1.note', clause: 'DAT-9' });
    await all.vote('no', 'note 100');
    expect((await all.audit()).findings).toEqual([]);
  });

  test('only what the selection means', async () => {
    const all = records();
    await all.vote('yes', 'of ann', 'ann');
    await all.vote('yes', 'of bob', 'bob');
    const crier = { by: 'crier' } as const;
    const one = { kind: 'ballot', id: 'b1' };
    expect(await erase(all.executor, one, { actor: 'person:bob', clause: 'c' }, crier)).toBe(1);
    expect(await erase(all.executor, one, { names: ['other'], clause: 'c' }, crier)).toBe(0);
    const report = await all.audit();
    expect(report.erased).toEqual([{ where: 'ballot b1', text: '2.note', clause: 'c' }]);
    expect(report.findings).toEqual([]);
  });

  test('a mark that no entry tells of is a finding, also under another clause', async () => {
    const all = await filled(5);
    all.change('b1', ({ audit, ...body }) => ({
      ...body,
      audit: { ...audit, personal: { ...audit.personal, '1.note': { erased: 'DAT-9', at: 5 } } },
    }));
    expect((await all.audit()).findings).toContainEqual({
      where: 'ballot b1',
      what: 'text-missing',
      n: 1,
      detail: '1.note',
    });
  });

  test('one that a crash cut off is a finding until it is given again', async () => {
    const all = await filled(70);
    const one = { kind: 'ballot', id: 'b1' };
    all.store.beforeWrite = ({ kind }) => {
      if (kind === 'audit-texts') throw new Error('crash');
    };
    const erasure = { clause: 'DAT-9' };
    await expect(erase(all.executor, one, erasure, { by: 'crier' })).rejects.toThrow('crash');
    const { findings } = await all.audit();
    expect(new Set(findings.map(({ what }) => what))).toEqual(new Set(['erasure-unfinished']));
    all.store.beforeWrite = () => undefined;
    await erase(all.executor, one, erasure, { by: 'crier' });
    expect((await all.audit()).findings).toEqual([]);
    expect([...all.store.documents.values()].join()).not.toMatch(/note \d/);
  });

  test.each(['audit-page', 'audit-texts'])(
    'none where the record has lost its %s, instead of without an end',
    async (kind) => {
      const all = await filled(70);
      const name = [...all.store.documents.keys()].find((each) => each.startsWith(`${kind}/`)) ?? '';
      all.store.documents.delete(name);
      const erasure = erase(all.executor, { kind: 'ballot', id: 'b1' }, { clause: 'DAT-9' }, { by: 'crier' });
      await expect(erasure).rejects.toThrow('of the record of the ballot b1 is missing');
      expect([...all.store.documents.values()].join()).toContain('note 69');
    },
  );

  test('an expired aggregate leaves a tombstone and nothing else', async () => {
    const all = await filled(70);
    const one = { kind: 'ballot', id: 'b1' };
    expect(await expire(all.executor, key, one, 'RET-2', 9_000_000)).toBe(true);
    expect([...all.store.documents.keys()].map((name) => name.split('/')[0])).toEqual(['tombstone']);
    const report = await all.audit();
    expect(report.findings).toEqual([]);
    expect(report.expired).toEqual([{ where: 'ballot b1', clause: 'RET-2' }]);
    expect(await expire(all.executor, key, one, 'RET-2', 9_000_001)).toBe(true);
  });
});

describe('the audit key', () => {
  test('a file is made once, for this account only, and read again', () => {
    const path = join(folders, 'deep', 'audit.key');
    const source = { from: 'file', path } as const;
    expect(() => existingAuditKey(source)).toThrow('no audit key');
    const made = auditKeyFrom(source);
    expect(made).toHaveLength(32);
    expect(auditKeyFrom(source)).toEqual(made);
    expect(existingAuditKey(source)).toEqual(made);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    writeFileSync(path, 'short');
    expect(() => auditKeyFrom(source)).toThrow('does not hold an audit key');
    expect(auditKeyFrom({ from: 'variable', key })).toBe(key);
  });
});
