import { describe, expect, test } from 'vitest';
import { hours, seconds } from '../../src/core/time.ts';
import type { Outcome } from '../../src/core/handler.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { parcelKinds, post, startProcess } from './parcel.ts';

/** Timers that the test lets pass by the clock that it holds. */
function clockwork(time: { now: number }) {
  const timers = new Set<{ readonly at: number; readonly call: () => void }>();
  return {
    later: (after: number, call: () => void) => {
      const timer = { at: time.now + after, call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    /** lets so much time pass, and what is then due come to its end */
    pass: async (millis: number) => {
      const end = time.now + millis;
      for (;;) {
        const [first] = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (first === undefined) break;
        time.now = Math.max(time.now, first.at);
        timers.delete(first);
        first.call();
        for (let n = 0; n < 20; n += 1) await new Promise((resolve) => setImmediate(resolve));
      }
      time.now = end;
    },
  };
}

/** A process in the middle of a call that may take two hours. */
async function inTheMiddle(renew?: () => Promise<boolean>) {
  const store = memoryStore(parcelKinds, { shared: true });
  const time = { now: 1_000 };
  const { later, pass } = clockwork(time);
  const began = Promise.withResolvers<AbortSignal>();
  const ending = Promise.withResolvers<Outcome>();
  const crier = startProcess(
    store,
    time,
    [
      post(
        async (_run, signal) => {
          began.resolve(signal);
          signal.addEventListener('abort', () => ending.resolve({ outcome: 'retry', after: 5_000 }));
          return await ending.promise;
        },
        {
          before: async () => await Promise.resolve({ go: true, longest: hours(2) }),
          ...(renew === undefined ? {} : { renew }),
        },
      ),
    ],
    { later, monotonic: () => time.now },
  );
  await crier.ask(1, 'post');
  const drained = crier.outbox.drain();
  const signal = await began.promise;
  const lease = async () => (await crier.executor.waiting('parcel', 'p1')).effects[0]?.lease;
  return { store, time, pass, crier, drained, signal, ending, lease };
}

describe('a call that takes long', () => {
  test('keeps its lease for as long as it is under way, and no longer', async () => {
    const { time, pass, crier, drained, signal, ending, lease } = await inTheMiddle();
    for (let minutes = 0; minutes < 60; minutes += 1) {
      await pass(seconds(60));
      expect((await lease())?.until).toBeGreaterThan(time.now + seconds(20));
    }
    expect(signal.aborted).toBe(false);
    ending.resolve({ outcome: 'done' });
    await drained;
    expect(await crier.parcel()).toMatchObject({ is: 'sent' });
    expect(await lease()).toBeUndefined();
  });

  test('is ended after its longest time', async () => {
    const { pass, crier, drained, signal } = await inTheMiddle();
    await pass(hours(2) - 1);
    expect(signal.aborted).toBe(false);
    await pass(2);
    expect(signal.aborted).toBe(true);
    await drained;
    expect(await crier.parcel()).toMatchObject({ is: 'queued' });
  });

  test('is ended when what it took is not to be had any longer', async () => {
    let open = true;
    const { pass, drained, signal } = await inTheMiddle(async () => await Promise.resolve(open));
    await pass(seconds(60));
    expect(signal.aborted).toBe(false);
    open = false;
    await pass(seconds(20));
    expect(signal.aborted).toBe(true);
    await drained;
  });

  test('is ended when the lease has become another process’s', async () => {
    const { time, pass, crier, drained, signal } = await inTheMiddle();
    await crier.executor.amend('parcel', 'p1', (draft) => {
      const effects = draft.waiting.effects.map((effect) => ({
        ...effect,
        lease: { owner: 'another', attempt: 'theirs', until: time.now + seconds(60) },
      }));
      draft.await({ ...draft.waiting, effects });
    });
    await pass(seconds(20));
    expect(signal.aborted).toBe(true);
    await drained;
  });

  test('is handed back by a stop', async () => {
    const { time, pass, crier, drained } = await inTheMiddle();
    const stopped = crier.outbox.stop({ within: seconds(20) });
    await pass(seconds(22));
    expect(await stopped).toEqual({ left: 0 });
    await drained;
    expect(await crier.parcel()).toMatchObject({ is: 'queued' });
    const [effect] = (await crier.executor.waiting('parcel', 'p1')).effects;
    expect(effect?.lease).toBeUndefined();
    expect(effect?.due).toBeLessThan(time.now + seconds(10));
  });
});
