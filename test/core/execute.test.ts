import { describe, expect, test } from 'vitest';
import { auditKinds } from '../../src/core/audit.ts';
import { PerhapsDone, createExecutor } from '../../src/core/execute.ts';
import type { Executor } from '../../src/core/execute.ts';
import type { Committed } from '../../src/core/writer.ts';
import { days } from '../../src/core/time.ts';
import { memoryStore } from '../peers/memory-store.ts';
import type { MemoryStore } from '../peers/memory-store.ts';
import { ballotKind, ballots } from './ballot.ts';

const kinds = [ballotKind, ...Object.values(auditKinds)];
const ann = { by: 'person', person: 'ann' } as const;

function build(store: MemoryStore = memoryStore(kinds)): {
  store: MemoryStore;
  executor: Executor;
  time: { now: number };
} {
  const time = { now: 1_000_000 };
  let ids = 0;
  const executor = createExecutor({
    store,
    aggregates: [ballots],
    clock: () => time.now,
    protocol: () => ({ version: 'v1', most: 500 }),
    auditKey: new Uint8Array(32).fill(7),
    randomId: () => `random-${(ids += 1)}`,
  });
  return { store, executor, time };
}

const vote = (choice: string, extra: object = {}) => ({
  command: 'ballot.vote',
  id: 'b1',
  params: { choice },
  actor: ann,
  ...extra,
});

describe('execute', () => {
  test('commits state, entries, effects, index and words in one document', async () => {
    const { store, executor } = build();
    const seen: Committed[] = [];
    executor.onCommit((committed) => seen.push(committed));
    const result = await executor.execute(vote('yes'));
    expect(result).toMatchObject({ done: true, repeated: false, state: { votes: { yes: 1 } } });
    expect(store.writes()).toBe(1);
    const document = await store.get('ballot', 'b1');
    expect(document).toMatchObject({ nextDue: 1_000_000, index: { size: 1 }, words: ['yes'], form: 1 });
    expect(document?.body).toMatchObject({
      effects: [{ key: 'tell:yes', attempts: 0, wish: 1 }],
      audit: { length: 1, tail: [{ n: 1, actor: 'person:ann', action: 'voted', protocol: 'v1' }] },
    });
    expect(seen).toMatchObject([{ kind: 'ballot', id: 'b1', nextDue: 1_000_000, length: 1 }]);
  });

  test('the same key again changes nothing and answers with the state as it is now', async () => {
    const { store, executor } = build();
    await executor.execute(vote('yes', { key: 'k' }));
    await executor.execute(vote('no', { key: 'other' }));
    const writes = store.writes();
    const again = await executor.execute(vote('yes', { key: 'k' }));
    expect(again).toMatchObject({ done: true, repeated: true, state: { votes: { yes: 1, no: 1 } } });
    expect(store.writes()).toBe(writes);
  });

  test('a key is kept as its hash, and for 7 days', async () => {
    const { store, executor, time } = build();
    await executor.execute(vote('yes', { key: 'ann@example.org pressed' }));
    expect([...store.documents.values()].join()).not.toContain('ann@example');
    time.now += days(8);
    expect(await executor.execute(vote('yes', { key: 'ann@example.org pressed' }))).toMatchObject({
      repeated: false,
      state: { votes: { yes: 2 } },
    });
  });

  test('no more than 200 keys are kept', async () => {
    const { store, executor } = build();
    for (let n = 0; n < 230; n += 1) await executor.execute(vote('yes', { key: `k${n}` }));
    const body = (await store.get('ballot', 'b1'))?.body;
    expect(body).toHaveProperty('handled.length', 200);
    expect(await executor.execute(vote('yes', { key: 'k229' }))).toMatchObject({ repeated: true });
  });

  test('a refusal is given back and not stored, also for an aggregate that does not exist', async () => {
    const { store, executor } = build();
    const close = { command: 'ballot.close', id: 'b1', params: {}, actor: ann, key: 'k' };
    expect(await executor.execute(close)).toEqual({
      done: false,
      refusal: { refused: 'missing', facts: {} },
    });
    expect(store.writes()).toBe(0);
    await executor.execute(vote('yes'));
    expect(await executor.execute(close)).toMatchObject({ done: true, repeated: false });
    expect(await executor.execute(vote('yes'))).toMatchObject({
      done: false,
      refusal: { refused: 'closed' },
    });
  });

  test('parameters of another shape are a fault that says where and not what', async () => {
    const { executor } = build();
    const secret = { choice: { deep: 'my secret' } };
    await expect(executor.execute({ ...vote('x'), params: secret })).rejects.toThrow(
      /^ballot\.vote was given parameters of another shape: choice: invalid_type$/,
    );
    await expect(executor.execute({ ...vote('x'), command: 'ballot.burn' })).rejects.toThrow('ballot.burn');
  });

  test('a text that is too long is refused to whoever typed it, and a fault of Crier, or where more is wrong', async () => {
    const { store, executor } = build();
    const long = { choice: 'yes', note: 'n'.repeat(1_001) };
    expect(await executor.execute({ ...vote('x'), params: long })).toEqual({
      done: false,
      refusal: { refused: 'too-long', facts: { texts: [{ at: ['note'], characters: 1_001, most: 1_000 }] } },
    });
    const crier = { by: 'crier' } as const;
    await expect(executor.execute({ ...vote('x'), params: long, actor: crier })).rejects.toThrow(
      /another shape: note: too_big$/,
    );
    await expect(executor.execute({ ...vote('x'), params: { ...long, choice: 1 } })).rejects.toThrow(
      /another shape: choice: invalid_type, note: too_big$/,
    );
    expect(store.writes()).toBe(0);
  });

  test('a fault in one command does not take along the others that are committed with it', async () => {
    const { executor } = build();
    const results = await Promise.allSettled([
      executor.execute(vote('yes')),
      executor.execute(vote('yes')),
      executor.execute({ ...vote('x'), params: {} }),
      executor.execute(vote('no')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect((await executor.load(ballotKind, 'b1'))?.state.votes).toEqual({ yes: 2, no: 1 });
  });

  test('commands that meet in one process share a commit', async () => {
    const { store, executor } = build();
    await executor.execute(vote('yes'));
    const writes = store.writes();
    await Promise.all(Array.from({ length: 20 }, async () => await executor.execute(vote('no'))));
    expect((await executor.load(ballotKind, 'b1'))?.state.votes).toEqual({ yes: 1, no: 20 });
    expect(store.writes() - writes).toBeLessThan(5);
  });

  test.each([
    { shared: false, reads: 1 },
    { shared: true, reads: 2 },
  ])(
    'that there is none is asked of the store once where nobody else writes it; shared: $shared',
    async (of) => {
      const store = memoryStore(kinds, { shared: of.shared });
      let reads = 0;
      const { executor } = build({
        ...store,
        get: async (...asked) => {
          reads += 1;
          return await store.get(...asked);
        },
      });
      expect(await executor.load(ballotKind, 'b1')).toBeUndefined();
      expect(await executor.load(ballotKind, 'b1')).toBeUndefined();
      expect(reads).toBe(of.reads);
      await executor.execute(vote('yes'));
      expect(await executor.load(ballotKind, 'b1')).toMatchObject({ state: { votes: { yes: 1 } } });
    },
  );

  test('executors over one store lose no command, not the creation either', async () => {
    const store = memoryStore(kinds, { shared: true });
    const executors = Array.from({ length: 5 }, () => build(store).executor);
    await Promise.all(
      executors.flatMap((executor) =>
        Array.from({ length: 10 }, async () => await executor.execute(vote('yes'))),
      ),
    );
    expect((await build(store).executor.load(ballotKind, 'b1'))?.state.votes).toEqual({ yes: 50 });
  });

  test('a decision that is retried after a lost race makes the same ids', async () => {
    const { store, executor } = build();
    const other = build(store).executor;
    await executor.execute(vote('yes'));
    let once = true;
    const tried: string[] = [];
    store.beforeWrite = async (document) => {
      const receipts = /"receipts":\[([^\]]*)\]/.exec(JSON.stringify(document.body))?.[1] ?? '';
      tried.push(receipts.split(',').at(-1) ?? '');
      if (!once) return;
      once = false;
      await other.execute(vote('no'));
    };
    await executor.execute(vote('yes'));
    expect(tried).toHaveLength(3);
    expect(tried[2]).toBe(tried[0]);
  });

  test('gives up with a fault when it loses every race', async () => {
    const { store, executor } = build();
    await executor.execute(vote('yes'));
    let n = 0;
    store.beforeWrite = (document) => {
      const text = store.documents.get('ballot/b1') ?? '';
      store.documents.set('ballot/b1', JSON.stringify({ ...JSON.parse(text), version: `other${(n += 1)}` }));
      expect(document.kind).toBe('ballot');
    };
    await expect(executor.execute(vote('yes'))).rejects.toThrow('20 times');
    expect(n).toBe(20);
  });

  test('a store that fails is a fault, and the same key afterwards does it once', async () => {
    const { store, executor } = build();
    const fails = (): never => {
      store.beforeWrite = () => undefined;
      store.afterWrite = () => undefined;
      throw new Error('cable');
    };
    store.beforeWrite = fails;
    await expect(executor.execute(vote('yes', { key: 'k' }))).rejects.toThrow('cable');
    expect(await executor.execute(vote('yes', { key: 'k' }))).toMatchObject({ repeated: false });
    // Without a key nobody can tell whether it was done.
    store.afterWrite = fails;
    await expect(executor.execute(vote('no'))).rejects.toThrow('cable');
  });

  test('what was written though no answer came is done, and is done once', async () => {
    const { store, executor } = build();
    store.afterWrite = () => {
      store.afterWrite = () => undefined;
      throw new Error('cable');
    };
    for (let n = 0; n < 2; n += 1)
      expect(await executor.execute(vote('yes', { key: 'k' }))).toMatchObject({
        done: true,
        repeated: true,
        state: { votes: { yes: 1 } },
      });
  });

  test('where neither the write nor the look for it is answered, nobody can tell, and not where it is given again meanwhile', async () => {
    const store = memoryStore(kinds, { shared: true });
    let away = false;
    const { executor } = build({
      ...store,
      get: async (...asked) => {
        if (away) throw new Error('away');
        return await store.get(...asked);
      },
    });
    store.afterWrite = () => {
      away = true;
      throw new Error('cable');
    };
    await expect(executor.execute(vote('yes', { key: 'k' }))).rejects.toThrow(PerhapsDone);
    await expect(executor.execute(vote('yes', { key: 'k' }))).rejects.toThrow(PerhapsDone);
    away = false;
    expect(await executor.execute(vote('yes', { key: 'k' }))).toMatchObject({ repeated: true });
  });

  test('old entries go to pages, and a page left by a crash is the same page', async () => {
    const { store, executor } = build();
    for (let n = 0; n < 40; n += 1) await executor.execute(vote('yes'));
    store.beforeWrite = (document) => {
      if (document.kind === 'ballot') throw new Error('crash');
    };
    await expect(executor.execute(vote('yes'))).rejects.toThrow('crash');
    store.beforeWrite = () => undefined;
    for (let n = 0; n < 60; n += 1) await executor.execute(vote('no'));
    const body = (await store.get('ballot', 'b1'))?.body;
    expect(body).toMatchObject({ audit: { length: 100, pages: 3 } });
    expect(body).toHaveProperty('audit.tail.length', 40);
    expect((await store.scan('audit-page', 10)).items).toHaveLength(3);
  });
});
