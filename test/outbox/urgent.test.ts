import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { BoundHandler, Outcome } from '../../src/core/handler.ts';
import { handler } from '../../src/core/handler.ts';
import { hours, minutes, seconds } from '../../src/core/time.ts';
import type { OutboxDeps } from '../../src/outbox/outbox.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { data, parcelKind, parcelKinds, post, startProcess } from './parcel.ts';

const done = async (): Promise<Outcome> => await Promise.resolve({ outcome: 'done' });
const never = async (): Promise<Outcome> => await new Promise(() => undefined);
const parcelIn = z.object({ body: z.object({ state: z.object({ is: z.string() }) }) });
const actor = { by: 'person', person: 'ann' } as const;

/** A card: patient work, of which one conversation takes no more for an hour. */
const card: BoundHandler = handler({
  type: 'card',
  schema: data,
  deadline: seconds(10),
  onLostLease: 'again',
  patient: true,
  lane: () => ({ name: 'chat', width: 1 }),
  before: async () => await Promise.resolve({ full: hours(1) }),
  run: done,
});

/** A shared store that takes a second for each document that is read, while the timers of whoever waits for it go on. */
function slowPlace() {
  const store = memoryStore(parcelKinds, { shared: true });
  const time = { now: 1_000 };
  const timers = new Set<{ readonly at: number; readonly call: () => void }>();
  const later: OutboxDeps['later'] = (after, call) => {
    const timer = { at: time.now + after, call };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const pass = (millis: number): void => {
    time.now += millis;
    const due = Array.from(timers).filter(({ at }) => at <= time.now);
    for (const timer of due) if (timers.delete(timer)) timer.call();
  };
  let reads = 0;
  let takes = 0;
  const slow = {
    ...store,
    get: async (kind: string, id: string) => {
      reads += 1;
      pass(takes);
      return await store.get(kind, id);
    },
  };
  return {
    store: slow,
    time,
    later,
    pass,
    reads: () => reads,
    slowDown: () => {
      takes = seconds(1);
    },
  };
}

const turn = async (): Promise<void> =>
  await new Promise((resolve) => {
    setImmediate(resolve);
  });

describe('what is urgent', () => {
  test('a run that was lost is settled though more cards were due before it than can be looked at', async () => {
    const { store, time, later, pass, slowDown } = slowPlace();
    const lost = startProcess(store, time, [card, post(never)]);
    const crier = startProcess(store, time, [card, post(never)], { later });
    const ask = async (id: string, type: string): Promise<void> => {
      await crier.executor.execute({ command: 'parcel.ask', id, params: { effects: 1, type }, actor });
    };
    for (let n = 0; n < 90; n += 1) {
      await ask(`p${String(n + 100)}`, 'card');
      time.now += 1;
    }
    await ask('behind', 'card');
    await ask('behind', 'post');
    void lost.outbox.drain();
    await expect
      .poll(async () => (await lost.executor.load(parcelKind, 'behind'))?.state)
      .toMatchObject({ is: 'sending' });
    await lost.outbox.stop({ within: 0 });
    time.now += minutes(1);
    slowDown();
    crier.outbox.start();
    const is = (): string =>
      parcelIn.parse(JSON.parse(store.documents.get('parcel/behind') ?? '')).body.state.is;
    for (const end = time.now + minutes(10); is() !== 'unknown' && time.now < end;) {
      pass(100);
      await turn();
    }
    await crier.outbox.stop({ within: 0 });
    expect(is()).toBe('unknown');
  });

  test('what is asked for here begins at once, however much patient work is due', async () => {
    const { store, time, later, pass, slowDown, reads } = slowPlace();
    let before: number | undefined;
    const crier = startProcess(
      store,
      time,
      [
        card,
        post(async () => {
          before ??= reads();
          return await done();
        }),
      ],
      { later },
    );
    const ask = async (id: string, type: string): Promise<void> => {
      await crier.executor.execute({ command: 'parcel.ask', id, params: { effects: 1, type }, actor });
    };
    for (let n = 0; n < 90; n += 1) await ask(`p${String(n + 100)}`, 'card');
    time.now += 1;
    slowDown();
    crier.outbox.start();
    for (let n = 0; n < 20; n += 1) await turn();
    await ask('now', 'post');
    const asked = reads();
    for (let n = 0; before === undefined && n < 1_000; n += 1) {
      pass(100);
      await turn();
    }
    await crier.outbox.stop({ within: 0 });
    // Its own document is read to be claimed; of the ninety others hardly any.
    expect((before ?? Infinity) - asked).toBeLessThan(20);
  });

  test('has a run of its own while every other waits for a Teams that does not answer', async () => {
    const hangs = handler({
      type: 'card',
      schema: data,
      deadline: seconds(10),
      onLostLease: 'again',
      patient: true,
      run: never,
    });
    const crier = startProcess(memoryStore(parcelKinds), { now: 1_000 }, [hangs, post(done)], {
      concurrency: 8,
    });
    await crier.ask(20, 'card');
    crier.outbox.start();
    await turn();
    await crier.ask(1, 'post');
    await expect.poll(crier.parcel).toMatchObject({ is: 'sent' });
    await crier.outbox.stop({ within: 0 });
  });

  test('that falls due later keeps no card of its own aggregate from being drawn when that is due', async () => {
    const time = { now: 1_000 };
    let drawn = 0;
    const draws = handler({
      type: 'card',
      schema: data,
      deadline: seconds(10),
      onLostLease: 'again',
      patient: true,
      run: async () => {
        drawn += 1;
        return await done();
      },
    });
    const crier = startProcess(memoryStore(parcelKinds), time, [draws, post(done)]);
    crier.outbox.start();
    await crier.ask(1, 'card', seconds(10));
    await crier.ask(1, 'post', minutes(1));
    time.now += seconds(11);
    await crier.outbox.drain();
    await crier.outbox.stop({ within: 0 });
    expect(drawn).toBe(1);
  });
});
