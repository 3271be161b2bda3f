import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { AggregateKind } from '../../src/core/aggregate.ts';
import { createAnchorer } from '../../src/core/anchors.ts';
import { createExecutor } from '../../src/core/execute.ts';
import { sha256 } from '../../src/core/json.ts';
import { aggregate, bind } from '../../src/core/registry.ts';
import { kinds } from '../../src/kinds.ts';
import { postKind } from '../../src/posts/kind.ts';
import { anchorFolder } from '../../src/store/anchor-file.ts';
import { auditKeyFrom } from '../../src/store/audit-key.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { bareEnvironment } from '../process/crier.ts';

const run = promisify(execFile);
const project = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'crier-audit-script-'));

async function audit(data: string): Promise<{ code: number; said: string }> {
  const env = { ...bareEnvironment(), CRIER_DATA: data };
  try {
    const { stdout } = await run(process.execPath, ['scripts/audit.ts'], { cwd: project, env });
    return { code: 0, said: stdout };
  } catch (fault) {
    const read = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() }).parse(fault);
    return { code: read.code, said: read.stdout + read.stderr };
  }
}

/** Posts are many things; to the audit they are a state, so a small one stands in for them under their kind. */
const plain: AggregateKind<{ n: number }> = {
  kind: postKind.kind,
  form: postKind.form,
  indexes: postKind.indexes,
  ...(postKind.search === undefined ? {} : { search: postKind.search }),
  parse: (state) => z.object({ n: z.number() }).parse(state),
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
    const whole = await audit(folder);
    expect(whole.code).toBe(0);
    expect(whole.said).toMatch(/records checked +2\n/);
    const database = new DatabaseSync(join(folder, 'crier.sqlite'));
    database.exec(`UPDATE documents SET body = replace(body, '"n":45}', '"n":46}') WHERE id = 'p1'`);
    database.exec(`DELETE FROM documents WHERE id = 'p2'`);
    database.close();
    const { code, said } = await audit(folder);
    expect(code).toBe(1);
    expect(said).toContain('post p1: what it holds now was changed by something other than Crier.');
    expect(said).toContain('post p2: deleted without a record of why.');
    expect(said).toMatch(/findings +2\n/);
  });

  test('ends with 2 and says why where it cannot look', async () => {
    const { code, said } = await audit(join(folder, 'nowhere'));
    expect(code).toBe(2);
    expect(said).toContain('There is no audit key.');
  });
});
