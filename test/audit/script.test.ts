import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { audit } from '../../scripts/audit.ts';
import type { AggregateKind } from '../../src/core/aggregate.ts';
import { readsForms } from '../../src/core/forms.ts';
import { createAnchorer } from '../../src/core/anchors.ts';
import { createExecutor } from '../../src/core/execute.ts';
import { canonical, sha256 } from '../../src/core/json.ts';
import { aggregate, bind } from '../../src/core/registry.ts';
import { kinds } from '../../src/kinds.ts';
import { postKind } from '../../src/posts/kind.ts';
import { anchorFolder } from '../../src/store/anchor-file.ts';
import { auditKeyFrom } from '../../src/store/audit-key.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { hour, openCouncil } from '../journeys/council.ts';
import { bareEnvironment } from '../process/crier.ts';

const run = promisify(execFile);
const project = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'crier-audit-script-'));

async function audited(
  data: string,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<{ code: number; said: string }> {
  const { code, lines } = await audit({ CRIER_DATA: data, ...env }, args);
  return { code, said: lines.map((line) => `${line}\n`).join('') };
}

/** Posts are many things; to the audit they are a state, so a small one stands in for them under their kind. */
const plain: AggregateKind<{ n: number }> = {
  kind: postKind.kind,
  form: postKind.form,
  indexes: postKind.indexes,
  ...(postKind.search === undefined ? {} : { search: postKind.search }),
  parse: readsForms(postKind.kind, { 1: z.object({ n: z.number() }) }),
  index: () => ({}),
};

beforeAll(async () => {
  const store = await openSqlite({
    folder,
    council: 'Sefton',
    kinds,
  });
  const count = bind({
    name: 'post.count',
    kind: 'post',
    schema: z.object({}),
    decide: (state: { n: number } | undefined) => ({
      state: { n: (state?.n ?? 0) + 1 },
      audit: [{ action: 'counted', facts: {}, personal: { said: 'by somebody' } }],
      effects: [],
    }),
  });
  const auditKey = auditKeyFrom({ from: 'file', path: join(folder, 'audit.key') });
  let random = 0;
  const executor = createExecutor({
    store,
    aggregates: [aggregate(plain, [count])],
    clock: () => 1_000,
    protocol: () => ({ version: 'v1' }),
    auditKey,
    randomId: () => sha256(String((random += 1))),
  });
  const anchors = anchorFolder({ folder: join(folder, 'anchors') });
  const anchorer = createAnchorer({ executor, sink: anchors, auditKey });
  for (let n = 0; n < 45; n += 1) {
    for (const id of ['p1', 'p2']) {
      await executor.execute({ command: 'post.count', id, params: {}, actor: { by: 'crier' } });
    }
  }
  await anchorer.take();
  await store.close();
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run audit', () => {
  test('ends with 0 where all is as written, with 1 and the place where it is not', async () => {
    const whole = await audited(folder);
    expect(whole.code).toBe(0);
    expect(whole.said).toMatch(/records checked +2\n/);
    const database = new DatabaseSync(join(folder, 'crier.sqlite'));
    database.exec(`UPDATE documents SET body = replace(body, '"n":45}', '"n":46}') WHERE id = 'p1'`);
    database.exec(`DELETE FROM documents WHERE id = 'p2'`);
    database.close();
    const { code, said } = await audited(folder);
    expect(code).toBe(1);
    expect(said).toContain('post p1: what it holds now was changed by something other than Crier.');
    expect(said).toContain('post p2: deleted without a record of why.');
    expect(said).toMatch(/findings +2\n/);
  });

  test('as a command ends with what it found, and with 2 and why where it cannot look', async () => {
    const nowhere = join(folder, 'nowhere');
    const ended: unknown = await run(process.execPath, ['scripts/audit.ts'], {
      cwd: project,
      env: { ...bareEnvironment(), CRIER_DATA: nowhere },
    }).catch((fault: unknown) => fault);
    const { code, stderr } = z.object({ code: z.number(), stderr: z.string() }).parse(ended);
    expect(code).toBe(2);
    expect(stderr).toContain('There is no audit key.');
    const keyed = await audited(nowhere, { CRIER_AUDIT_KEY: Buffer.alloc(32).toString('base64') });
    expect(keyed).toMatchObject({ code: 2 });
    expect(keyed.said).toContain('Set CRIER_DATA');
  });
});

describe('an audit of posts', () => {
  const posts = mkdtempSync(join(tmpdir(), 'crier-audit-posts-'));
  const key = { CRIER_AUDIT_KEY: Buffer.alloc(32, 7).toString('base64') };

  /** The same data each time, to be tampered with. */
  function copied(tamper: (database: DatabaseSync) => void = () => undefined): string {
    const copy = mkdtempSync(join(folder, 'copy-'));
    cpSync(posts, copy, { recursive: true });
    const database = new DatabaseSync(join(copy, 'crier.sqlite'));
    tamper(database);
    database.close();
    return copy;
  }

  beforeAll(async () => {
    await using council = await openCouncil();
    const nadia = council.as('nadia-hartley');
    await nadia.say('propose Liverpool Road is closed.');
    await council.pass(hour);
    await nadia.say('propose Moor Lane is closed.');
    await council.quiet();
    const sink = anchorFolder({ folder: join(posts, 'anchors') });
    const { executor } = council.app;
    const anchorer = createAnchorer({ executor, sink, auditKey: Buffer.alloc(32, 7) });
    await anchorer.sweep();
    await anchorer.take();
    cpSync(council.folder, posts, { recursive: true });
  });

  afterAll(() => rmSync(posts, { recursive: true }));

  const gone = (database: DatabaseSync) =>
    database.exec("DELETE FROM documents WHERE kind = 'post' AND instr(body, 'Moor Lane') > 0");

  test('names them by the number that people say', async () => {
    // The anchors of this council were written when its last post was, and no sooner.
    const { said } = await audited(copied(gone), key);
    expect(said).toMatch(/^#2 \(post \S+\): deleted without a record of why\.$/mu);
  });

  test('finds one that is gone together with the anchors', async () => {
    const copy = copied(gone);
    rmSync(join(copy, 'anchors'), { recursive: true });
    const { code, said } = await audited(copy, key);
    expect(code).toBe(1);
    expect(said).toContain(`There are no anchors in ${join(copy, 'anchors')}`);
    expect(said).toContain('Set CRIER_ANCHORS to where they are kept');
    const elsewhere = await audited(copied(), { ...key, CRIER_ANCHORS: join(copy, 'anchors') });
    expect(elsewhere.code).toBe(1);
  });

  test('reads the protocol as it was when a post was decided, also once the file says something else', async () => {
    const copy = copied();
    const listed = await audited(copy, key, ['--protocols']);
    const [, version = ''] =
      /^(\S{43}) {2}first in force on Tuesday 24 November 2026 at 9:42am$/mu.exec(listed.said) ?? [];
    const sample = readFileSync(join(project, 'protocol.yaml'), 'utf8');
    expect((await audited(copy, {}, [`--protocol=${version.slice(0, 8)}`])).said).toBe(`${sample}\n`);
    expect(sha256(canonical(load(sample)))).toBe(version);
    expect((await audited(copy, {}, ['--protocol=nothing'])).said).toContain(version);
    expect((await audited(copy, {}, ['--all'])).said).toContain('-- --protocol=');
  });

  test('finds a version that was changed, also with the key, and one that is gone', async () => {
    const edited = copied((database) =>
      database.exec(
        "UPDATE documents SET body = replace(body, 'priya-desai', 'omar-haddad') WHERE kind = 'protocol'",
      ),
    );
    const changed = await audited(edited, key);
    expect(changed.said).toMatch(
      /^protocol \S{43}: the text that is kept under it is of another version\.$/mu,
    );
    expect(changed.said).toMatch(/^protocol \S{43}: what it holds now was changed/mu);
    expect((await audited(edited, key, ['--protocol='])).code).toBe(1);
    const without = copied((database) => database.exec("DELETE FROM documents WHERE kind = 'protocol'"));
    expect((await audited(without, key)).said).toMatch(/^protocol \S{43}: deleted/mu);
    // As if it had never been there: another one was kept first.
    const other = copied((database) =>
      database.exec("UPDATE documents SET id = 'another-version' WHERE kind = 'protocol'"),
    );
    rmSync(join(other, 'anchors'), { recursive: true });
    expect((await audited(other, key)).said).toMatch(
      /^protocol \S{43}: decisions were made under this version/mu,
    );
  });

  test('says each thing that is wrong with the anchors and ends with 1', async () => {
    const path = (copy: string) => join(copy, 'anchors', 'anchors.jsonl');
    const lines = readFileSync(path(posts), 'utf8').split('\n');
    for (const [changed, said] of [
      [lines.slice(1).join('\n'), 'anchors.jsonl: line 1 was changed'],
      [`${(lines[0] ?? '').replace('"kind":"', '"kind":"x')}\n${lines.slice(1).join('\n')}`, 'line 1 was'],
      [lines.join('\n').slice(0, -30), 'is not whole'],
      [lines.join('\n').slice(0, -1), 'is not whole'],
    ] as const) {
      const copy = copied();
      writeFileSync(path(copy), changed);
      const report = await audited(copy, key);
      expect(report.said).toContain(said);
      expect(report.code).toBe(1);
    }
  });

  test('says of another key what to look at', async () => {
    const { code, said } = await audited(copied(), {
      CRIER_AUDIT_KEY: Buffer.alloc(32, 8).toString('base64'),
    });
    expect(code).toBe(1);
    expect(said).toMatch(/findings +1\n/u);
    expect(said).toContain('Set CRIER_AUDIT_KEY to the key that Crier runs with');
  });

  test('finds a record of a kind that nobody reads, and an account that never had a history', async () => {
    const stranger = copied((database) =>
      database.exec("UPDATE documents SET kind = 'notes' WHERE doc IN (SELECT max(doc) FROM documents)"),
    );
    expect((await audited(stranger, key)).said).toMatch(/^notes \S+: a kind of record/mu);
    const without = copied((database) => database.exec("DELETE FROM documents WHERE kind = 'account'"));
    expect((await audited(without, key)).said).toMatch(/^account \S+: deleted without a record of why/mu);
  });

  test.each([
    ['a list', `DELETE FROM entries WHERE number IN (SELECT number FROM indexes WHERE kind = 'post')`],
    ['a list, under another name', `UPDATE entries SET value = 'waste' WHERE value = 'highways'`],
    ['a search', `DELETE FROM words WHERE word = 'moor'`],
    ['another search', `UPDATE words SET word = 'bins' WHERE word = 'moor'`],
    ['the newest of a search', `UPDATE documents SET newest = 0 WHERE kind = 'post'`],
  ])('finds what was taken out of, or put into, %s', async (_where, sql) => {
    const whole = await audited(copied(), key);
    expect(whole.said).not.toContain('lists and searches');
    const { code, said } = await audited(
      copied((database) => database.exec(sql)),
      key,
    );
    expect(code).toBe(1);
    expect(said).toMatch(/^#\d \(post \S+\): the lists and searches in which it stands were changed/mu);
  });
});
