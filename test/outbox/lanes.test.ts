import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Full, Outcome } from '../../src/core/handler.ts';
import { createLanes } from '../../src/outbox/lanes.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { parcelKind, parcelKinds, startProcess, tell } from './parcel.ts';

const done = async (): Promise<Outcome> => await Promise.resolve({ outcome: 'done' });
const lane = { name: 'x', width: 2 };
const waiter = (id: string) => ({ kind: 'post', id, due: 0 });
const soon = async (): Promise<void> =>
  await new Promise((resolve) => {
    setImmediate(resolve);
  });

describe('a lane', () => {
  test('holds as many as it is wide, and lets the others in as they came', () => {
    const lanes = createLanes();
    const entered = ['a', 'b', 'c', 'd', 'e'].filter((id) => lanes.enter(lane, waiter(id), 0));
    expect(entered).toEqual(['a', 'b']);
    expect(lanes.turns(0, Infinity)).toEqual([]);
    lanes.leave(lane, 0);
    expect(lanes.turns(0, Infinity)).toEqual([waiter('c')]);
    expect(lanes.enter(lane, waiter('c'), 0)).toBe(true);
    expect(lanes.size()).toBe(2);
  });

  test('that is closed lets nobody in before it opens', () => {
    const lanes = createLanes();
    lanes.close(lane, 1_000);
    expect(lanes.enter(lane, waiter('a'), 0)).toBe(false);
    expect(lanes.turns(999, Infinity)).toEqual([]);
    expect(lanes.opens(999)).toBe(1_000);
    expect(lanes.turns(1_000, Infinity)).toEqual([waiter('a')]);
  });

  test('in which fewest are goes first where not all may go, and of those the longest', () => {
    const lanes = createLanes();
    const named = ['a', 'b', 'c'].map((name) => ({ name, width: 3 }));
    const come = (name: string, count: number): void => {
      const of = named.find((each) => each.name === name);
      for (let n = 0; of !== undefined && n < count; n += 1)
        lanes.enter(of, waiter(`${name}${String(n)}`), 0);
    };
    for (const each of named) lanes.close(each, 1);
    come('a', 2);
    come('b', 3);
    come('c', 4);
    expect(lanes.turns(1, 5).map(({ id }) => id)).toEqual(['c0', 'b0', 'a0', 'c1', 'b1']);
    expect(lanes.size()).toBe(4);
  });

  test('is nothing that an aggregate waits for any more once it has nothing due', () => {
    const lanes = createLanes();
    lanes.close(lane, 1_000);
    lanes.enter(lane, waiter('a'), 0);
    lanes.enter({ name: 'y', width: 0 }, waiter('a'), 0);
    expect(lanes.waits(waiter('a'), 0)).toBe(true);
    expect(lanes.waits(waiter('a'), 30_000), 'another process may have changed it').toBe(false);
    lanes.forget(waiter('a'));
    expect(lanes.waits(waiter('a'), 0)).toBe(false);
    expect(lanes.turns(1_000, Infinity)).toEqual([]);
  });

  test('whatever comes, goes and closes: never more inside than it is wide, and everybody has a turn', () => {
    const step = fc.oneof(
      fc.record({ does: fc.constant('comes' as const), lane: fc.nat(2), id: fc.nat(9) }),
      fc.record({ does: fc.constant('leaves' as const), lane: fc.nat(2) }),
      fc.record({ does: fc.constant('closes' as const), lane: fc.nat(2), until: fc.nat(50) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const lanes = createLanes();
        const named = [0, 1, 2].map((n) => ({ name: String(n), width: n + 1 }));
        const inside = [0, 0, 0];
        const came = new Set<string>();
        const through = new Set<string>();
        const enter = (n: number, id: string, now: number): void => {
          const of = named[n];
          if (of === undefined || !lanes.enter(of, waiter(id), now)) return;
          inside[n] = (inside[n] ?? 0) + 1;
          through.add(id);
          expect(inside[n]).toBeLessThanOrEqual(of.width);
        };
        for (const [now, did] of steps.entries()) {
          const of = named[did.lane];
          if (of === undefined) continue;
          if (did.does === 'comes') {
            const id = `${String(did.lane)}-${String(did.id)}`;
            came.add(id);
            enter(did.lane, id, now);
          } else if (did.does === 'closes') lanes.close(of, did.until);
          else if ((inside[did.lane] ?? 0) > 0) {
            inside[did.lane] = (inside[did.lane] ?? 0) - 1;
            lanes.leave(of, now);
          }
        }
        for (let now = 100; now < 200; now += 1) {
          for (const [n, of] of named.entries()) {
            for (let left = inside[n] ?? 0; left > 0; left -= 1) lanes.leave(of, now);
            inside[n] = 0;
          }
          for (const { id } of lanes.turns(now, Infinity)) enter(Number(id[0]), id, now);
        }
        expect([...through].sort()).toEqual([...came].sort());
        expect(lanes.size()).toBe(0);
      }),
    );
  });
});

describe('runs that take turns', () => {
  test('wait without a commit, and all come through', async () => {
    const store = memoryStore(parcelKinds);
    let inside = 0;
    let most = 0;
    const crier = startProcess(store, { now: 1_000 }, [
      {
        ...tell(async () => {
          inside += 1;
          most = Math.max(most, inside);
          await soon();
          inside -= 1;
          return await done();
        }),
        lane: () => lane,
      },
    ]);
    await crier.ask(9, 'tell');
    await crier.outbox.drain();
    expect(await crier.parcel()).toMatchObject({ notes: 9 });
    expect(most).toBe(2);
    expect((await crier.executor.waiting('parcel', 'p1')).effects).toEqual([]);
  });

  test('that find it full wait for as long as was said, without a commit; what is in another lane goes on', async () => {
    const store = memoryStore(parcelKinds);
    const time = { now: 1_000 };
    const ran: (readonly [number, number])[] = [];
    const handlers = [
      {
        ...tell(done),
        lane: (_data: unknown, id: string) => ({ name: id, width: 1 }),
        open: (run: Parameters<ReturnType<typeof tell>['open']>[0]) => {
          const opened = tell(done).open(run);
          return {
            ...opened,
            run: async (): Promise<Outcome | Full> => {
              const full = time.now < 5_000;
              ran.push([run.attempts, time.now]);
              return await Promise.resolve(full ? { outcome: 'full', after: 4_000 } : { outcome: 'done' });
            },
          };
        },
      },
    ];
    // As many free places as effects that cannot begin must not be tried over and over.
    const crier = startProcess(store, time, handlers, { concurrency: 2 });
    await crier.ask(3, 'tell');
    const writes = store.writes();
    for (; time.now < 5_000; time.now += 500) await crier.outbox.drain();
    expect(store.writes() - writes).toBe(0);
    expect(ran).toEqual([[1, 1_000]]);
    await crier.outbox.drain();
    expect(await crier.parcel()).toMatchObject({ notes: 3 });
    expect(ran.slice(1)).toEqual([
      [1, 5_000],
      [1, 5_000],
      [1, 5_000],
    ]);
  });

  test('and are many let in between what came in meanwhile, while they look for their turn', async () => {
    const store = memoryStore(parcelKinds);
    let breaths = 0;
    const crier = startProcess(
      store,
      { now: 1_000 },
      [{ ...tell(done), lane: () => ({ name: 'x', width: 1 }) }],
      {
        breathe: async () => {
          breaths += 1;
          await soon();
        },
      },
    );
    const ids = Array.from({ length: 200 }, (_, n) => `p${String(n)}`);
    for (const id of ids) {
      const actor = { by: 'crier' } as const;
      const params = { effects: 1, type: 'tell' };
      await crier.executor.execute({ command: 'parcel.ask', id, params, actor });
    }
    await crier.outbox.drain();
    for (const id of ids) {
      expect((await crier.executor.load(parcelKind, id))?.state, id).toMatchObject({ notes: 1 });
    }
    expect(breaths).toBeGreaterThan(5);
  });

  test('begin in every lane, however many in others the store tells of first', async () => {
    const store = memoryStore(parcelKinds, { shared: false });
    const time = { now: 1_000 };
    const ran: string[] = [];
    const told = tell(async () => {
      await soon();
      return await done();
    });
    const handlers = [
      {
        ...told,
        lane: (_data: unknown, id: string) => ({ name: id.slice(0, 1), width: 4 }),
        open: (run: Parameters<typeof told.open>[0]) => {
          ran.push(run.id.slice(0, 1));
          return told.open(run);
        },
      },
    ];
    const earlier = startProcess(store, time, handlers);
    for (let n = 0; n < 420; n += 1) {
      time.now += 1;
      const id = `${n < 200 ? 'a' : n < 400 ? 'b' : 'c'}${String(n)}`;
      const params = { effects: 1, type: 'tell' };
      await earlier.executor.execute({ command: 'parcel.ask', id, params, actor: { by: 'crier' } });
    }
    // As many as there are places could be taken by the first two lanes alone.
    await startProcess(store, time, handlers, { concurrency: 8 }).outbox.drain();
    expect(ran).toHaveLength(420);
    expect(ran.lastIndexOf('c')).toBeLessThan(100);
  });
});
