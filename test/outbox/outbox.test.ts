import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { hours, seconds } from '../../src/core/time.ts';
import { handler, timer } from '../../src/core/handler.ts';
import type { Outcome } from '../../src/core/handler.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { data, parcelKinds, post, startProcess, tell } from './parcel.ts';

const done = async (): Promise<Outcome> => await Promise.resolve({ outcome: 'done' });

/** A call that the test answers. */
function gate<T>(): { readonly opened: Promise<T>; readonly open: (value: T) => void } {
  const { promise, resolve } = Promise.withResolvers<T>();
  return { opened: promise, open: resolve };
}

describe('the outbox', () => {
  test('runs what is due, records the outcome in the commit that removes the effect', async () => {
    const store = memoryStore(parcelKinds);
    const time = { now: 1_000 };
    const states: unknown[] = [];
    const crier = startProcess(store, time, [
      post(async () => {
        states.push((await store.get('parcel', 'p1'))?.body);
        return await done();
      }),
    ]);
    await crier.ask(1, 'post');
    const writes = store.writes();
    await crier.outbox.drain();
    expect(states).toMatchObject([{ state: { is: 'sending' } }]);
    expect(await crier.parcel()).toMatchObject({ is: 'sent' });
    expect(store.writes() - writes).toBe(2);
    expect((await crier.executor.waiting('parcel', 'p1')).effects).toEqual([]);
    expect(await store.due({ kinds: ['parcel'], before: 1e15, limit: 10 })).toEqual([]);
  });

  test('what a newer release wrote waits for that release, and does not hold up the rest', async () => {
    const store = memoryStore(parcelKinds);
    const ran: string[] = [];
    const build = () =>
      startProcess(store, { now: 1_000 }, [
        post(async ({ id }) => {
          ran.push(id);
          return await done();
        }),
      ]);
    await build().ask(1, 'post');
    for (const [name, text] of store.documents)
      store.documents.set(name, text.replace('"form":1', '"form":2'));
    const before = JSON.stringify([...store.documents]);
    await build().outbox.drain();
    expect(ran).toEqual([]);
    expect(JSON.stringify([...store.documents])).toBe(before);
  });

  test('effects of one aggregate that settle together are settled in one commit, without a claim on an own store', async () => {
    const store = memoryStore(parcelKinds);
    const crier = startProcess(store, { now: 1_000 }, [tell(done)]);
    await crier.ask(10, 'tell');
    const writes = store.writes();
    await crier.outbox.drain();
    expect(await crier.parcel()).toMatchObject({ notes: 10 });
    expect(store.writes() - writes).toBeLessThanOrEqual(3);
  });

  test('patient runs that come back one after the other are settled in one commit, and a slow one is not waited for', async () => {
    const store = memoryStore(parcelKinds);
    const answers = Array.from({ length: 4 }, () => gate<Outcome>());
    const waits: (() => void)[] = [];
    const crier = startProcess(
      store,
      { now: 1_000 },
      [{ ...tell(async ({ data: { n } }) => (await answers[n]?.opened) ?? (await done())), patient: true }],
      {
        later: (after, call) => {
          if (after === 250) waits.push(call);
          return () => undefined;
        },
      },
    );
    await crier.ask(4, 'tell');
    const writes = store.writes();
    const drained = crier.outbox.drain();
    for (const answer of answers.slice(0, 3)) {
      answer.open({ outcome: 'done' });
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    expect(store.writes() - writes).toBe(0);
    for (const call of waits.splice(0)) call();
    await expect.poll(async () => (await crier.parcel())?.notes).toBe(3);
    expect(store.writes() - writes).toBe(1);
    answers[3]?.open({ outcome: 'done' });
    await drained;
    expect(await crier.parcel()).toMatchObject({ notes: 4 });
    expect(store.writes() - writes).toBe(2);
    expect((await crier.executor.waiting('parcel', 'p1')).effects).toEqual([]);
  });

  test('what waits for its turn, however much, hides nothing that falls due behind it', async () => {
    const store = memoryStore(parcelKinds);
    const time = { now: 1_000 };
    const ran: string[] = [];
    const crier = startProcess(store, time, [
      handler({
        type: 'tell',
        schema: data,
        deadline: 10_000,
        onLostLease: 'again',
        lane: () => ({ name: 'one', width: 1 }),
        before: async ({ id }) => {
          ran.push(id);
          return await Promise.resolve({ full: hours(1) });
        },
        run: done,
      }),
      post(async ({ id }) => {
        ran.push(id);
        return await done();
      }),
    ]);
    const ask = async (id: string, type: string): Promise<void> => {
      const actor = { by: 'person', person: 'ann' } as const;
      await crier.executor.execute({ command: 'parcel.ask', id, params: { effects: 1, type }, actor });
    };
    for (let n = 0; n < 1_300; n += 1) await ask(`p${String(n).padStart(4, '0')}`, 'tell');
    await crier.outbox.drain();
    expect(ran).toHaveLength(1);
    time.now += 1_000;
    await ask('behind', 'post');
    await crier.outbox.drain();
    expect(ran.at(-1)).toBe('behind');
    expect(crier.logged).toEqual([]);
  });

  test('on a shared store the claim is committed first', async () => {
    const store = memoryStore(parcelKinds, { shared: true });
    const leases: unknown[] = [];
    const time = { now: 1_000 };
    const crier = startProcess(store, time, [
      tell(async () => {
        leases.push((await store.get('parcel', 'p1'))?.body);
        return await done();
      }),
    ]);
    await crier.ask(1, 'tell');
    await crier.outbox.drain();
    expect(leases).toMatchObject([{ effects: [{ lease: { until: 1_000 + 10_000 + 30_000 } }] }]);
  });

  test('comes again after what was asked for at least, later each time, and counts', async () => {
    const store = memoryStore(parcelKinds);
    const time = { now: 0 };
    const seen: (readonly [number, number])[] = [];
    const crier = startProcess(store, time, [
      tell(async ({ attempts, now }) => {
        seen.push([attempts, now]);
        return await Promise.resolve({ outcome: 'retry', after: attempts === 1 ? 7_000 : 0 });
      }),
    ]);
    await crier.ask(1, 'tell');
    for (; time.now < 60_000; time.now += 250) await crier.outbox.drain();
    expect(seen).toEqual([
      [1, 0],
      [2, 7_000],
      [3, 8_000],
      [4, 10_000],
      [5, 14_000],
      [6, 22_000],
      [7, 38_000],
    ]);
  });

  test('a handler that throws is logged without what it threw, and tried again or unknown', async () => {
    const store = memoryStore(parcelKinds);
    const fail = async (): Promise<Outcome> => {
      await Promise.resolve();
      throw new Error('resident@example.org said secret');
    };
    const crier = startProcess(store, { now: 0 }, [tell(fail), post(fail)]);
    await crier.ask(1, 'tell');
    await crier.ask(1, 'post');
    await crier.outbox.drain();
    expect(await crier.parcel()).toMatchObject({ is: 'unknown' });
    expect((await crier.executor.waiting('parcel', 'p1')).effects).toMatchObject([
      { key: 'tell:0', attempts: 1, due: 500 },
    ]);
    expect(crier.logged).toEqual([
      expect.stringContaining('"msg":"an effect failed"'),
      expect.stringContaining('"msg":"an effect failed"'),
    ]);
    expect(crier.logged.join()).not.toMatch(/resident|secret/);
  });

  test('an outcome that its command does not take comes again later each time, and says so without it', async () => {
    const store = memoryStore(parcelKinds);
    const time = { now: 0 };
    const begun: number[] = [];
    const crier = startProcess(store, time, [
      handler({
        type: 'tell',
        schema: data,
        deadline: 10_000,
        onLostLease: 'again',
        run: async ({ now }) => {
          begun.push(now);
          // Called without an end, a drain has none either.
          return begun.length < 20 ? await done() : { outcome: 'retry', after: hours(1) };
        },
        settled: ({ id }, { outcome }) =>
          outcome === 'retry'
            ? undefined
            : { command: 'parcel.drop', id, params: { keys: 'resident@example.org' } },
      }),
    ]);
    await crier.ask(1, 'tell');
    for (; time.now < 20_000; time.now += 250) await crier.outbox.drain();
    expect(begun).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000]);
    expect(crier.logged[0]).toContain('"msg":"an outcome could not be recorded"');
    expect(crier.logged[0]).toContain('"error":"AnotherShape"');
    expect(crier.logged.join()).not.toContain('resident');
  });

  test.each([
    { of: 'may be done again', type: 'tell', ends: { notes: 1 } },
    { of: 'must not be done twice', type: 'post', ends: { is: 'sent' } },
  ])(
    'what was done while the store takes nothing is not done once more for it, but recorded once it does: what $of',
    async ({ type, ends }) => {
      const store = memoryStore(parcelKinds);
      const time = { now: 0 };
      let full = false;
      let called = 0;
      const call = async () => {
        called += 1;
        full = true;
        return await done();
      };
      const crier = startProcess(store, time, [tell(call), post(call)]);
      await crier.ask(1, type);
      // Refused without an end, a drain has none either.
      let refused = 0;
      store.beforeWrite = () => {
        if (full && (refused += 1) < 100) throw new Error('the disk is full');
      };
      for (; time.now < 60_000; time.now += 1_000) await crier.outbox.drain();
      expect(called).toBe(1);
      full = false;
      time.now += 5_000;
      await crier.outbox.drain();
      expect(called).toBe(1);
      expect(await crier.parcel()).toMatchObject(ends);
      expect((await crier.executor.waiting('parcel', 'p1')).effects).toEqual([]);
    },
  );

  test('an effect that nobody handles, or cannot be read, waits and is said', async () => {
    const store = memoryStore(parcelKinds);
    const odd = handler({
      type: 'odd',
      schema: z.object({ other: z.string() }),
      deadline: 1,
      onLostLease: 'unknown',
      run: done,
    });
    const crier = startProcess(store, { now: 0 }, [odd]);
    await crier.ask(1, 'odd');
    await crier.ask(1, 'nobody');
    await crier.outbox.drain();
    expect((await crier.executor.waiting('parcel', 'p1')).effects).toMatchObject([
      { key: 'odd:0', attempts: 1, due: 1_000 },
      { key: 'nobody:0', attempts: 1, due: 1_000 },
    ]);
    expect(crier.logged).toHaveLength(2);
  });

  test('what a fault in `before` may have taken is freed, and the effect is tried again', async () => {
    const time = { now: 0 };
    const after: Outcome[] = [];
    let asked = 0;
    const crier = startProcess(memoryStore(parcelKinds), time, [
      post(done, {
        // The store has taken it, and the answer is lost.
        before: async () => {
          asked += 1;
          if (asked === 1) throw new Error('no answer of the store');
          return await Promise.resolve({ go: true });
        },
        after: async (_, outcome) => void after.push(await Promise.resolve(outcome)),
      }),
    ]);
    await crier.ask(1, 'post');
    await crier.outbox.drain();
    expect(after).toEqual([{ outcome: 'retry', after: 0 }]);
    time.now = 60_000;
    await crier.outbox.drain();
    expect(after).toEqual([{ outcome: 'retry', after: 0 }, { outcome: 'done' }]);
    expect(await crier.parcel()).toMatchObject({ is: 'sent' });
  });

  test('a claim that was written, though no answer came, is given up again: nobody waits until it runs out', async () => {
    const store = memoryStore(parcelKinds, { shared: true });
    const time = { now: 1_000 };
    let freed = 0;
    let calls = 0;
    const crier = startProcess(store, time, [
      post(
        async () => {
          calls += 1;
          return await done();
        },
        {
          after: async () => {
            freed += 1;
            await Promise.resolve();
          },
        },
      ),
    ]);
    await crier.ask(1, 'post');
    let fails = true;
    store.afterWrite = () => {
      if (!fails) return;
      fails = false;
      throw new Error('no answer in time');
    };
    await crier.outbox.drain();
    expect(calls).toBe(1);
    expect(freed).toBe(2);
    expect(await crier.parcel()).toMatchObject({ is: 'sent' });
    expect((await crier.executor.waiting('parcel', 'p1')).effects).toEqual([]);
  });

  test('what a run took is freed although the store fails at first', async () => {
    let tried = 0;
    const crier = startProcess(memoryStore(parcelKinds), { now: 1_000 }, [
      post(done, {
        after: async () => {
          tried += 1;
          await Promise.resolve();
          if (tried < 3) throw new Error('no answer in time');
        },
      }),
    ]);
    await crier.ask(1, 'post');
    await crier.outbox.drain();
    expect(tried).toBe(3);
    expect(crier.logged.join('')).not.toContain('could not be freed');
  });

  test('before may postpone or drop, with a command in the same commit, and does not count as a start', async () => {
    const store = memoryStore(parcelKinds);
    const time = { now: 0 };
    const after: Outcome[] = [];
    const sent: number[] = [];
    const before = async ({ data: { n }, now, id }: { data: { n: number }; now: number; id: string }) => {
      await Promise.resolve();
      const giving = { command: 'parcel.note', id, params: {} };
      if (n === 1) return { drop: true, giving } as const;
      return now === 0 ? ({ postpone: 5_000, giving } as const) : ({ go: true } as const);
    };
    const crier = startProcess(store, time, [
      post(
        async ({ attempts }) => {
          sent.push(attempts);
          return await done();
        },
        { before, after: async (_, outcome) => void after.push(await Promise.resolve(outcome)) },
      ),
    ]);
    await crier.ask(2, 'post');
    await crier.outbox.drain();
    expect(await crier.parcel()).toMatchObject({ is: 'queued', notes: 2 });
    expect(after).toEqual([]);
    time.now = 5_000;
    await crier.outbox.drain();
    expect(sent).toEqual([1]);
    expect(after).toEqual([{ outcome: 'done' }]);
  });

  test('a start that the aggregate refuses drops the effect, and frees what before took', async () => {
    const store = memoryStore(parcelKinds);
    let sent = 0;
    const after: Outcome[] = [];
    const crier = startProcess(store, { now: 0 }, [
      post(
        async () => {
          sent += 1;
          return await done();
        },
        { after: async (_, outcome) => void after.push(await Promise.resolve(outcome)) },
      ),
    ]);
    await crier.ask(1, 'post');
    const actor = { by: 'person', person: 'ann' } as const;
    await crier.executor.execute({ command: 'parcel.stop', id: 'p1', params: {}, actor });
    await crier.outbox.drain();
    expect(sent).toBe(0);
    expect(after).toEqual([{ outcome: 'refused', reason: 'not-queued' }]);
    expect((await crier.executor.waiting('parcel', 'p1')).effects).toEqual([]);
  });

  test('a timer gives its command once its time has come, and not when it was dropped', async () => {
    const store = memoryStore(parcelKinds);
    const time = { now: 0 };
    const look = { schema: z.literal('counts'), run: async () => await Promise.resolve('counts' as const) };
    const ring = timer('ring', data, ({ id }) => ({ command: 'parcel.note', id, params: {} }), look);
    const crier = startProcess(store, time, [ring]);
    await crier.ask(2, 'ring', 60_000);
    const actor = { by: 'person', person: 'ann' } as const;
    await crier.executor.execute({ command: 'parcel.drop', id: 'p1', params: { keys: ['ring:1'] }, actor });
    time.now = 59_999;
    await crier.outbox.drain();
    expect(await crier.parcel()).toMatchObject({ notes: 0 });
    time.now = 60_000;
    await crier.outbox.drain();
    expect(await crier.parcel()).toMatchObject({ notes: 1 });
  });

  test('a wish made while it runs is run afterwards, and never beside it', async () => {
    for (const shared of [false, true]) {
      const store = memoryStore(parcelKinds, { shared });
      const answer = gate<Outcome>();
      const began = gate<void>();
      let atOnce = 0;
      let runs = 0;
      const crier = startProcess(store, { now: 0 }, [
        tell(async () => {
          runs += 1;
          atOnce += 1;
          expect(atOnce).toBe(1);
          began.open();
          const outcome = await answer.opened;
          atOnce -= 1;
          return outcome;
        }),
      ]);
      await crier.ask(1, 'tell');
      const drained = crier.outbox.drain();
      await began.opened;
      await crier.ask(1, 'tell');
      answer.open({ outcome: 'done' });
      await drained;
      expect(runs).toBe(2);
      expect(await crier.parcel()).toMatchObject({ notes: 2 });
    }
  });

  test('no more runs at once than allowed, earliest first', async () => {
    const store = memoryStore(parcelKinds);
    let atOnce = 0;
    let most = 0;
    const crier = startProcess(
      store,
      { now: 0 },
      [
        tell(async () => {
          atOnce += 1;
          most = Math.max(most, atOnce);
          await new Promise((resolve) => setImmediate(resolve));
          atOnce -= 1;
          return await done();
        }),
      ],
      { concurrency: 3 },
    );
    await crier.ask(20, 'tell');
    await crier.outbox.drain();
    expect(most).toBe(3);
    expect(await crier.parcel()).toMatchObject({ notes: 20 });
  });

  test('an answer after the deadline is still recorded by its attempt', async () => {
    const store = memoryStore(parcelKinds);
    const answer = gate<Outcome>();
    const aborted = gate<void>();
    const crier = startProcess(
      store,
      { now: 0 },
      [
        post(async (_, signal) => {
          signal.addEventListener('abort', () => aborted.open());
          return await answer.opened;
        }),
      ],
      {
        later: (_, call) => {
          const soon = setImmediate(call);
          return () => clearImmediate(soon);
        },
      },
    );
    await crier.ask(1, 'post');
    await crier.outbox.drain();
    await aborted.opened;
    expect(await crier.parcel()).toMatchObject({ is: 'unknown' });
    const recorded = gate<void>();
    crier.executor.onCommit(() => recorded.open());
    answer.open({ outcome: 'done' });
    await recorded.opened;
    expect(await crier.parcel()).toMatchObject({ is: 'sent' });
  });

  test('a process that paused after its claim does not call', async () => {
    const store = memoryStore(parcelKinds);
    const time = { now: 0 };
    let monotonic = 0;
    let sent = 0;
    const crier = startProcess(
      store,
      time,
      [
        post(async () => {
          sent += 1;
          return await done();
        }),
      ],
      { monotonic: () => (monotonic += 20_000) },
    );
    await crier.ask(1, 'post');
    await crier.outbox.drain();
    expect(sent).toBe(1);

    const paused = startProcess(
      memoryStore(parcelKinds),
      time,
      [
        post(async () => {
          sent += 1;
          return await done();
        }),
      ],
      { monotonic: () => (monotonic += 31_000), random: () => 0 },
    );
    await paused.ask(1, 'post');
    // What is handed back is due at once, so that a process which pauses always would drain for ever.
    paused.executor.onCommit(({ waiting }) => {
      if (waiting.effects.some(({ lease }) => lease === undefined)) void paused.outbox.stop({ within: 0 });
    });
    await paused.outbox.drain();
    expect(sent).toBe(1);
    expect(await paused.parcel()).toMatchObject({ is: 'queued' });
    expect((await paused.executor.waiting('parcel', 'p1')).effects).toMatchObject([{ attempts: 0 }]);
  });

  test('started, it runs at once what is asked for, and what falls due later by its timer', async () => {
    const store = memoryStore(parcelKinds);
    const time = { now: 0 };
    const told = [gate<void>(), gate<void>()] as const;
    const timers: { at: number; call: () => void }[] = [];
    let n = 0;
    const crier = startProcess(
      store,
      time,
      [
        tell(async () => {
          told[(n += 1) === 1 ? 0 : 1].open();
          return await done();
        }),
      ],
      {
        later: (after, call) => {
          const timer = { at: time.now + after, call };
          timers.push(timer);
          return () => void timers.splice(timers.indexOf(timer), 1);
        },
      },
    );
    crier.outbox.start();
    await crier.ask(1, 'tell');
    await told[0].opened;
    const committed = gate<void>();
    const unsubscribe = crier.executor.onCommit(({ waiting }) => {
      if (waiting.effects.length === 0) committed.open();
    });
    await committed.opened;
    unsubscribe();
    await crier.ask(1, 'tell', 700);
    await new Promise((resolve) => setImmediate(resolve));
    time.now = 700;
    const due = timers.filter(({ at }) => at === 700);
    expect(due).toHaveLength(1);
    for (const { call } of due) call();
    await told[1].opened;
    const stopped = crier.outbox.stop({ within: seconds(5) });
    expect(await stopped).toEqual({ left: 0 });
    expect(await crier.parcel()).toMatchObject({ notes: 2 });
  });

  test('stopping waits for what is under way, then aborts it, and takes no more', async () => {
    const store = memoryStore(parcelKinds);
    const began = gate<void>();
    const crier = startProcess(
      store,
      { now: 0 },
      [
        tell(async (_, signal) => {
          began.open();
          return await new Promise((resolve) => {
            signal.addEventListener('abort', () => resolve({ outcome: 'retry', after: 0 }));
          });
        }),
      ],
      { concurrency: 1 },
    );
    await crier.ask(2, 'tell');
    crier.outbox.start();
    await began.opened;
    expect(await crier.outbox.stop({ within: 100 })).toEqual({ left: 0 });
    expect((await crier.executor.waiting('parcel', 'p1')).effects).toMatchObject([
      { key: 'tell:0', attempts: 1 },
      { key: 'tell:1', attempts: 0 },
    ]);
  });
});
