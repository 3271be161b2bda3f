import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as soon } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { NewDocument, PutResult, Store } from '../../src/core/store.ts';
import { minutes } from '../../src/core/time.ts';
import type { BoundHandler, Outcome } from '../../src/core/handler.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { parcelKinds, post, startProcess, tell } from './parcel.ts';
import type { Process } from './parcel.ts';

/** A social network that counts what it takes and takes everything as often as it is given. */
function countingPeer(): { readonly taken: Map<string, number>; readonly take: (id: string) => void } {
  const taken = new Map<string, number>();
  return { taken, take: (id) => void taken.set(id, (taken.get(id) ?? 0) + 1) };
}

/** A store whose process dies at a write: the write is done or not, and nothing is heard of the store again. */
function dying(
  store: Store,
  atWrite: number,
  when: 'before' | 'after',
): Store & { readonly dead: () => boolean } {
  let writes = 0;
  let dead = false;
  const alive = (): void => {
    if (dead) throw new Error('dead');
  };
  const dies = async (write: () => Promise<PutResult>): Promise<PutResult> => {
    alive();
    writes += 1;
    if (writes !== atWrite) return await write();
    if (when === 'after') await write();
    dead = true;
    throw new Error('dead');
  };
  return {
    ...store,
    dead: () => dead,
    get: async (kind, id) => {
      alive();
      return await store.get(kind, id);
    },
    due: async (query) => {
      alive();
      return await store.due(query);
    },
    create: async (document: NewDocument) => await dies(async () => await store.create(document)),
    replace: async (document: NewDocument, version: string) =>
      await dies(async () => await store.replace(document, version)),
  };
}

function handlersOf(peer: ReturnType<typeof countingPeer>, first: Outcome): readonly BoundHandler[] {
  let n = 0;
  return [
    post(async ({ id }) => {
      n += 1;
      if (n === 1 && first.outcome !== 'done') return await Promise.resolve(first);
      peer.take(`post ${id}`);
      return await Promise.resolve({ outcome: 'done' });
    }),
    tell(async ({ id, key }) => {
      peer.take(`${key} ${id}`);
      return await Promise.resolve({ outcome: 'done' });
    }),
  ];
}

async function ignore(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
}

/** One life that may end at a write, and the next that finds what it left. */
async function twoLives(
  store: Store,
  atWrite: number,
  when: 'before' | 'after',
  first: Outcome,
): Promise<{ died: boolean; peer: ReturnType<typeof countingPeer>; second: Process; asked: boolean }> {
  const time = { now: 1_000 };
  const peer = countingPeer();
  const mortal = dying(store, atWrite, when);
  const life = startProcess(mortal, time, handlersOf(peer, first));
  let asked = false;
  await ignore(
    (async () => {
      await life.ask(1, 'post');
      asked = true;
      await life.ask(2, 'tell');
      for (let n = 0; n < 20; n += 1) {
        await life.outbox.drain();
        time.now += 700;
      }
    })(),
  );
  const second = startProcess(store, time, handlersOf(peer, { outcome: 'done' }));
  for (let n = 0; n < 4; n += 1) {
    await second.outbox.drain();
    time.now += minutes(1);
  }
  return { died: mortal.dead(), peer, second, asked };
}

/** What is wrong with how two lives left a post; undefined when nothing is. */
async function wrongWith(lives: Awaited<ReturnType<typeof twoLives>>): Promise<string | undefined> {
  const parcel = await lives.second.parcel();
  if (parcel === undefined) return lives.asked ? 'what was asked for is lost' : undefined;
  const sent = lives.peer.taken.get('post p1') ?? 0;
  if (sent > 1) return `sent ${sent} times`;
  if (parcel.is !== 'sent' && parcel.is !== 'unknown') return `left ${parcel.is}`;
  if (parcel.is === 'sent' && sent === 0) return 'said to be sent, and was not';
  if (parcel.is === 'unknown' && !lives.died) return 'unknown, though nobody died';
  const { effects } = await lives.second.executor.waiting('parcel', 'p1');
  return effects.length > 0 ? 'work is left over' : undefined;
}

/** Lets a process die at its first write, its second, and so on, until it lives through. */
async function atEveryWrite(
  open: () => Promise<Store>,
  firsts: readonly Outcome[] = [{ outcome: 'done' }, { outcome: 'retry', after: 500 }],
): Promise<{ readonly wrong: readonly string[]; readonly deaths: number }> {
  const wrong: string[] = [];
  let deaths = 0;
  for (const first of firsts) {
    for (const when of ['before', 'after'] as const) {
      let died = true;
      for (let at = 1; died; at += 1) {
        const store = await open();
        const lives = await twoLives(store, at, when, first);
        ({ died } = lives);
        if (died) deaths += 1;
        const found = await wrongWith(lives);
        if (found !== undefined) wrong.push(`${first.outcome}, died ${when} write ${at}: ${found}`);
        await store.close();
      }
    }
  }
  return { wrong, deaths };
}

describe('a process that dies at any commit', () => {
  test.each([false, true])(
    'never doubles a post, and leaves it sent or unknown; shared: %s',
    async (shared) => {
      const { wrong, deaths } = await atEveryWrite(
        async () => await Promise.resolve(memoryStore(parcelKinds, { shared })),
      );
      expect(wrong).toEqual([]);
      // Asking twice, the claim and the settle at the least, with either outcome, before and after.
      expect(deaths).toBeGreaterThanOrEqual(4 * 4);
    },
  );

  test('nor over SQLite', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crier-crash-'));
    let n = 0;
    const { wrong, deaths } = await atEveryWrite(
      async () =>
        await openSqlite({
          folder: mkdtempSync(join(folder, String((n += 1)))),
          kinds: parcelKinds,
          council: 'c',
        }),
      [{ outcome: 'done' }],
    );
    rmSync(folder, { recursive: true });
    expect(wrong).toEqual([]);
    expect(deaths).toBeGreaterThanOrEqual(2 * 4);
  });
});

describe('two processes over one store', () => {
  const time = { now: 1_000 };

  test('only one of them runs an effect, however they meet', async () => {
    const store = memoryStore(parcelKinds, { shared: true });
    const peer = countingPeer();
    const processes = Array.from({ length: 4 }, () =>
      startProcess(store, time, handlersOf(peer, { outcome: 'done' })),
    );
    await processes[0]?.ask(1, 'post');
    await processes[0]?.ask(8, 'tell');
    await Promise.all(processes.map(async ({ outbox }) => await outbox.drain()));
    expect([...peer.taken.values()]).toEqual(Array.from({ length: 9 }, () => 1));
    expect(await processes[0]?.parcel()).toMatchObject({ is: 'sent', notes: 8 });
  });

  test('a former owner whose lease ran out is fenced off, and its late answer still counts', async () => {
    const clock = { now: 1_000 };
    const store = memoryStore(parcelKinds, { shared: true });
    const answer = Promise.withResolvers<Outcome>();
    const began = Promise.withResolvers<void>();
    const frozen = startProcess(store, clock, [
      post(async () => {
        began.resolve();
        return await answer.promise;
      }),
    ]);
    let again = 0;
    const other = startProcess(store, clock, [
      post(async () => {
        again += 1;
        return await Promise.resolve({ outcome: 'done' });
      }),
    ]);
    await frozen.ask(1, 'post');
    const drained = frozen.outbox.drain();
    await began.promise;
    clock.now += 40_000 - 1;
    await other.outbox.drain();
    expect(await other.parcel()).toMatchObject({ is: 'sending' });
    clock.now += 1;
    await other.outbox.drain();
    expect(await other.parcel()).toMatchObject({ is: 'unknown' });
    answer.resolve({ outcome: 'done' });
    await drained;
    expect(await other.parcel()).toMatchObject({ is: 'sent' });
    expect(again).toBe(0);
  });

  test('what may be done again is taken over when the lease has run out, and the former owner changes nothing', async () => {
    const clock = { now: 1_000 };
    const store = memoryStore(parcelKinds, { shared: true });
    const answer = Promise.withResolvers<Outcome>();
    const began = Promise.withResolvers<void>();
    const frozen = startProcess(store, clock, [
      tell(async () => {
        began.resolve();
        return await answer.promise;
      }, false),
    ]);
    const second = Promise.withResolvers<Outcome>();
    const secondBegan = Promise.withResolvers<void>();
    const other = startProcess(store, clock, [
      tell(async () => {
        secondBegan.resolve();
        return await second.promise;
      }),
    ]);
    await frozen.ask(1, 'tell');
    const drained = frozen.outbox.drain();
    await began.promise;
    clock.now += 40_000;
    const others = other.outbox.drain();
    await secondBegan.promise;
    answer.resolve({ outcome: 'done' });
    await drained;
    expect((await other.executor.waiting('parcel', 'p1')).effects).toMatchObject([{ attempts: 2 }]);
    second.resolve({ outcome: 'done' });
    await others;
    expect(await other.parcel()).toMatchObject({ notes: 1 });
    expect((await other.executor.waiting('parcel', 'p1')).effects).toEqual([]);
  });

  test('an unknown whose handler cannot read it any more stays held rather than run again', async () => {
    const clock = { now: 1_000 };
    const store = memoryStore(parcelKinds, { shared: true });
    const mortal = dying(store, 3, 'before');
    const peer = countingPeer();
    const first = startProcess(mortal, clock, handlersOf(peer, { outcome: 'done' }));
    await first.ask(1, 'post');
    await ignore(first.outbox.drain());
    const newer = startProcess(store, clock, []);
    for (let n = 0; n < 5; n += 1) {
      clock.now += minutes(10);
      await newer.outbox.drain();
    }
    expect((await newer.executor.waiting('parcel', 'p1')).effects).toMatchObject([
      { lease: { until: clock.now + minutes(5) } },
    ]);
    const repaired = startProcess(
      store,
      { now: clock.now + minutes(6) },
      handlersOf(peer, { outcome: 'done' }),
    );
    await repaired.outbox.drain();
    expect(await repaired.parcel()).toMatchObject({ is: 'unknown' });
    expect(peer.taken.get('post p1')).toBe(1);
  });
});

describe('a start after a death', () => {
  /** A process that dies in the middle of its call, and the state in which the next one has settled what it left. */
  async function afterDeath(
    shared: boolean,
  ): Promise<{ next: Process; settled: Promise<void>; store: Store }> {
    const time = { now: 1_000 };
    const store = memoryStore(parcelKinds, { shared });
    const began = Promise.withResolvers<void>();
    const endless = post(async () => {
      began.resolve();
      return await new Promise<Outcome>(() => undefined);
    });
    // Nothing of it runs any more, no timer either.
    const dead = startProcess(store, time, [endless], { later: () => () => undefined });
    await dead.ask(1, 'post');
    void dead.outbox.drain();
    await began.promise;
    const next = startProcess(store, time, [
      post(async () => await Promise.resolve({ outcome: 'done' as const })),
    ]);
    const settled = Promise.withResolvers<void>();
    next.executor.onCommit(({ waiting }) => {
      if (waiting.effects.length === 0) settled.resolve();
    });
    next.outbox.start();
    return { next, settled: settled.promise, store };
  }

  test('does not wait for the leases of the dead where the store is its own', async () => {
    const { next, settled } = await afterDeath(false);
    await settled;
    expect(await next.parcel()).toMatchObject({ is: 'unknown' });
    await next.outbox.stop({ within: 0 });
  });

  test('lets in what came meanwhile, while it looks through much that is due', async () => {
    const time = { now: 1_000 };
    const store = memoryStore(parcelKinds);
    const former = startProcess(store, time, []);
    for (let n = 0; n < 200; n += 1) {
      const params = { effects: 1, type: 'post' };
      const id = `p${String(n)}`;
      await former.executor.execute({ command: 'parcel.ask', id, params, actor: { by: 'crier' } });
    }
    let breaths = 0;
    const first = Promise.withResolvers<number>();
    const next = startProcess(
      store,
      time,
      [
        post(async () => {
          first.resolve(breaths);
          return await Promise.resolve({ outcome: 'done' as const });
        }),
      ],
      {
        breathe: async () => {
          breaths += 1;
          await soon();
        },
      },
    );
    next.outbox.start();
    expect(await first.promise).toBeGreaterThan(5);
    await next.outbox.stop({ within: 1_000 });
  });

  test('leaves the leases of others alone where the store is shared', async () => {
    const { next, store } = await afterDeath(true);
    await next.outbox.drain();
    expect(await next.parcel()).toMatchObject({ is: 'sending' });
    expect((await next.executor.waiting('parcel', 'p1')).effects).toMatchObject([
      { lease: { until: 41_000 } },
    ]);
    await next.outbox.stop({ within: 0 });
    await store.close();
  });
});
