import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditKinds } from '../../src/core/audit.ts';
import { createExecutor, type Executor } from '../../src/core/execute.ts';
import { aggregate } from '../../src/core/registry.ts';
import {
  budgetCommands,
  budgetKind,
  createConversationBudget,
  pause,
  reserve,
  teamsLimits,
  untouched,
  type BudgetState,
} from '../../src/teams/budget.ts';
import { memoryStore, type MemoryStore } from '../peers/memory-store.ts';
import { silent } from './door.ts';

const windows = [...teamsLimits.short, teamsLimits.long];

/** Whether any stretch of a limit's length holds more sends than it may. */
function exceeded(sends: readonly number[]): string | undefined {
  const inOrder = sends.toSorted((a, b) => a - b);
  for (const { sends: most, within } of windows) {
    for (const [at, first] of inOrder.entries()) {
      const last = inOrder[at + most];
      if (last !== undefined && last - first < within) return `${String(most)} in ${String(within)}`;
    }
  }
  return undefined;
}

const gaps = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 400 }),
  fc.integer({ min: 0, max: 3_000 }),
  fc.integer({ min: 0, max: 120_000 }),
);

describe('a conversation’s budget', () => {
  test('no window is ever exceeded, whatever is asked and when, also by a clock that is set back', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            gap: gaps,
            n: fc.integer({ min: 1, max: 70 }),
            within: fc.constantFrom(0, 250),
            used: fc.double({ min: 0, max: 1, noNaN: true }),
            back: fc.oneof(
              { weight: 9, arbitrary: fc.constant(0) },
              { weight: 1, arbitrary: fc.integer({ min: 1, max: 7_200_000 }) },
            ),
          }),
          { maxLength: 120 },
        ),
        (asks) => {
          let state: BudgetState = untouched;
          let real = 1_000_000_000;
          let behind = 0;
          const sends: number[] = [];
          for (const { gap, n, within, used, back } of asks) {
            real += gap;
            behind += back;
            const reserved = reserve(state, real - behind, n, within);
            state = reserved.state;
            if ('waitUntil' in reserved) continue;
            expect(reserved.granted).toBeGreaterThan(0);
            expect(reserved.granted).toBeLessThanOrEqual(n);
            // Each send is made at once or as late as it may be.
            for (let sent = 0; sent < reserved.granted; sent += 1)
              sends.push(real + Math.floor(used * within));
          }
          expect(exceeded(sends)).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a busy conversation gets what the limits leave, for hours, and its record stays small', () => {
    let state: BudgetState = untouched;
    let now = 1_000_000_000;
    const sends: number[] = [];
    const waits: { readonly long: number; readonly next: object }[] = [];
    const end = now + 2 * 3_600_000;
    while (now < end) {
      const reserved = reserve(state, now, 1);
      if ('waitUntil' in reserved) {
        waits.push({ long: reserved.waitUntil - now, next: reserve(state, reserved.waitUntil, 1) });
        now = reserved.waitUntil;
        continue;
      }
      state = reserved.state;
      sends.push(now);
    }
    expect(exceeded(sends)).toBeUndefined();
    // What it says to wait for is worth it.
    expect(waits.filter(({ long, next }) => long <= 0 || !('granted' in next))).toEqual([]);
    // 1,800 an hour; the minutes that the record counts in cost two of sixty.
    expect(sends.length).toBeGreaterThan(3_600 * 0.95);
    expect(JSON.stringify(state).length).toBeLessThan(6_000);
  });

  test('a burst: seven at once, the eighth after a second', () => {
    const first = reserve(untouched, 5_000, 60);
    expect(first).toMatchObject({ granted: 7 });
    if ('waitUntil' in first) throw new Error('it was refused');
    expect(reserve(first.state, 5_999, 1)).toMatchObject({ waitUntil: 6_000 });
    expect(reserve(first.state, 6_000, 5)).toMatchObject({ granted: 1 });
  });

  test('two processes whose clocks differ wait for each other', () => {
    const fast = reserve(untouched, 10_000, 7);
    if ('waitUntil' in fast) throw new Error('it was refused');
    expect(reserve(fast.state, 8_500, 1)).toMatchObject({ waitUntil: 11_000 });
  });

  test('a clock that is set back by a year does not stop a conversation for a year', () => {
    const year = 365 * 86_400_000;
    const before = reserve(untouched, 2 * year, 7);
    if ('waitUntil' in before) throw new Error('it was refused');
    const back = reserve(before.state, year, 1);
    expect(back).toMatchObject({ waitUntil: year + 1_000 });
    expect(reserve(back.state, year + 1_000, 1)).toMatchObject({ granted: 1 });
    expect(reserve(pause(back.state, 2 * year), year + 1_000, 1)).toMatchObject({ granted: 1 });
  });

  test('what Teams asks us to wait is waited', () => {
    expect(reserve(pause(untouched, 9_000), 5_000, 1)).toMatchObject({ waitUntil: 9_000 });
    expect(reserve(pause(untouched, 9_000), 9_000, 1)).toMatchObject({ granted: 1 });
  });
});

const kinds = [budgetKind, ...Object.values(auditKinds)];

/** A process over a store, with a clock that the test moves. */
function started(
  store: MemoryStore,
  clock: () => number,
): ReturnType<typeof createConversationBudget> & { readonly executor: Executor } {
  const executor = createExecutor({
    store,
    aggregates: [aggregate<BudgetState, { readonly version: string }>(budgetKind, budgetCommands)],
    clock,
    protocol: () => ({ version: 'v1' }),
    auditKey: new Uint8Array(32),
    randomId: () => 'a-random-id-of-this-test',
  });
  return { executor, ...createConversationBudget({ executor, clock, log: silent }) };
}

/** Takes as long as it is let. @returns how many sends that were, and until when it would have to wait */
async function takeAll(
  budget: ReturnType<typeof started>,
  id: string,
): Promise<{ readonly went: number; readonly waitUntil: number }> {
  for (let went = 0; went < 1_000; went += 1) {
    const taken = await budget.take(id);
    if (!taken.go) return { went, waitUntil: taken.waitUntil };
  }
  throw new Error('there was no end to it');
}

describe.each([
  ['one process of its own', false],
  ['processes that share the store', true],
])('the budget of %s', (_whose, shared) => {
  const begun = 1_700_000_000_000;

  test('a Teams channel is one conversation over all its threads, and another is another', async () => {
    let now = begun;
    const budget = started(memoryStore(kinds, { shared }), () => now);
    now += 60_000;
    expect((await budget.take('19:a;messageid=1')).go).toBe(true);
    expect((await takeAll(budget, '19:a;messageid=2')).went).toBe(6);
    expect((await takeAll(budget, '19:b')).went).toBe(7);
  });

  test('those who ask at the same time get no more than there is', async () => {
    let now = begun;
    const budget = started(memoryStore(kinds, { shared }), () => now);
    now += 60_000;
    const taken = await Promise.all(Array.from({ length: 30 }, async () => await budget.take('19:a')));
    expect(taken.filter(({ go }) => go)).toHaveLength(7);
  });

  test('a process that dies is not forgotten: what it sent still counts', async () => {
    let now = begun;
    const store = memoryStore(kinds, { shared });
    const first = started(store, () => now);
    const sends: number[] = [];
    now += 60_000;
    // Half a minute's worth, a second at a time, so that all but the last second was written.
    for (let second = 0; second < 25; second += 1) {
      const { went } = await takeAll(first, '19:a');
      for (let n = 0; n < went; n += 1) sends.push(now);
      if (second < 24) await first.flush();
      now += 1_001;
    }
    const second = started(store, () => now);
    for (let n = 0; n < 40; n += 1) {
      const { went } = await takeAll(second, '19:a');
      for (let sent = 0; sent < went; sent += 1) sends.push(now);
      now += 777;
    }
    expect(exceeded(sends)).toBeUndefined();
    expect(sends.length).toBeGreaterThan(60);
  });

  test('what Teams asks us to wait holds over a restart', async () => {
    let now = begun;
    const store = memoryStore(kinds, { shared });
    const first = started(store, () => now);
    await first.pause('19:a', now + 120_000);
    await first.flush();
    const second = started(store, () => now);
    now += 60_000;
    expect(await second.take('19:a')).toEqual({ go: false, waitUntil: begun + 120_000 });
    now += 60_000;
    expect((await second.take('19:a')).go).toBe(true);
  });

  test('a clock that is set back by a year stops nobody for a year', async () => {
    let now = begun;
    const budget = started(memoryStore(kinds, { shared }), () => now);
    now += 60_000;
    await takeAll(budget, '19:a');
    now -= 365 * 86_400_000;
    expect((await budget.take('19:a')).go).toBe(false);
    now += 1_250;
    expect((await budget.take('19:a')).go).toBe(true);
  });

  test('a store that fails stops nobody for good', async () => {
    let now = begun;
    const store = memoryStore(kinds, { shared });
    const budget = started(store, () => now);
    now += 60_000;
    store.beforeWrite = () => {
      throw new Error('the disk is full');
    };
    await budget.take('19:a').catch(() => undefined);
    await budget.flush();
    store.beforeWrite = () => undefined;
    now += 60_000;
    expect((await budget.take('19:a')).go).toBe(true);
    await budget.flush();
    expect(store.documents.size).toBe(1);
  });
});

test('processes that share the store do not exceed what each of them could send alone', async () => {
  const now = 1_700_000_000_000;
  const store = memoryStore(kinds, { shared: true });
  const both = [started(store, () => now), started(store, () => now)];
  const went = await Promise.all(both.map(async (budget) => (await takeAll(budget, '19:a')).went));
  expect(went.reduce((sum, one) => sum + one)).toBe(7);
});

test('the only process writes once a second however much it sends, and not at all when it sends nothing', async () => {
  let now = 1_700_000_000_000;
  const store = memoryStore(kinds);
  const budget = started(store, () => now);
  now += 60_000;
  await takeAll(budget, '19:a');
  expect(store.writes()).toBe(0);
  await budget.flush();
  expect(store.writes()).toBe(1);
  await budget.flush();
  expect(store.writes()).toBe(1);
});
