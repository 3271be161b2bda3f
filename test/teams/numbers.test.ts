import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createExecutor, type Executor } from '../../src/core/execute.ts';
import { aggregate, bind } from '../../src/core/registry.ts';
import { numberKind, takeNumber } from '../../src/posts/number.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { numberFor } from '../../src/teams/desk.ts';

/** A store of its own, and how often a number was asked of it. */
async function counted(): Promise<{ executor: Executor; asked: () => number }> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-numbers-'));
  const store = await openSqlite({ folder, kinds: [numberKind], council: 'council.example' });
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  let ids = 0;
  let asked = 0;
  const executor = createExecutor<{ readonly version: string }>({
    store,
    aggregates: [aggregate(numberKind, [bind(takeNumber)])],
    clock: Date.now,
    protocol: () => ({ version: 'v1' }),
    auditKey: new Uint8Array(32),
    randomId: () => `random-${String((ids += 1))}`,
  });
  const execute: Executor['execute'] = async (call) => {
    asked += 1;
    return await executor.execute(call);
  };
  return { executor: { ...executor, execute }, asked: () => asked };
}

test('those who propose at the same moment get numbers of their own, each at the first try', async () => {
  const { executor, asked } = await counted();
  const posts = Array.from({ length: 20 }, (_, n) => `post-${String(n)}`);
  const numbers = await Promise.all(posts.map(async (post) => await numberFor({ executor }, post)));
  expect(new Set(numbers).size).toBe(posts.length);
  expect(asked()).toBe(posts.length);
  expect(await numberFor({ executor }, 'post-7')).toBe(numbers[7]);
});

test('a number that another process has given meanwhile is passed over', async () => {
  const { executor } = await counted();
  const first = await numberFor({ executor }, 'post-1');
  await executor.execute({
    command: 'number.take',
    id: `num-${String(first + 1)}`,
    params: { number: first + 1, post: 'post-elsewhere' },
    actor: { by: 'crier' },
  });
  expect(await numberFor({ executor }, 'post-2')).toBe(first + 2);
});
