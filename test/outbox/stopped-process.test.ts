import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minutes } from '../../src/core/time.ts';
import { openCosmos } from '../../src/store/cosmos.ts';
import type { Store } from '../../src/core/store.ts';
import { local, startCosmosServer } from '../contract/store/places.ts';
import { parcelKinds, startProcess } from './parcel.ts';
import { ended, listening } from '../peers/listening.ts';

/** A peer that counts what it is given and answers when the test says so. */
const asked = Promise.withResolvers<void>();
const answer = Promise.withResolvers<void>();
const taken: string[] = [];
const peer = createServer((request, response) => {
  taken.push(request.url ?? '');
  asked.resolve();
  void answer.promise.then(() => {
    response.writeHead(200);
    response.end();
  });
});
const children: ChildProcess[] = [];
let cosmos: Awaited<ReturnType<typeof startCosmosServer>>;
let store: Store;
let url: string;

beforeAll(async () => {
  cosmos = await startCosmosServer();
  store = await openCosmos({
    endpoint: cosmos.endpoint,
    ...local,
    database: 'crier',
    container: 'aggregates',
    kinds: parcelKinds,
    council: 'marlow',
  });
  ({ url } = await listening(peer));
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await store.close();
  await cosmos.stop();
  await ended(peer);
});

function start(ahead: number): {
  readonly child: ChildProcess;
  readonly said: (message: string) => Promise<void>;
} {
  const child = fork(join(import.meta.dirname, 'child.ts'), [cosmos.endpoint, url, String(ahead)], {
    execArgv: [],
  });
  children.push(child);
  const heard = new Set<unknown>();
  const waiting = new Map<string, () => void>();
  child.on('message', (message) => {
    heard.add(message);
    if (typeof message === 'string') waiting.get(message)?.();
  });
  return {
    child,
    said: async (message) => {
      if (heard.has(message)) return;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.set(message, resolve);
      child.once('exit', () => reject(new Error(`the process ended before it said "${message}"`)));
      await promise;
    },
  };
}

describe('a process that is stopped in the middle of a call', () => {
  test('loses its lease to another, which does not call again; its own answer, once it goes on, still counts', async () => {
    const here = startProcess(store, { now: Date.now() }, []);
    const first = start(0);
    await first.said('started');
    await here.ask(1, 'post');
    await asked.promise;
    first.child.kill('SIGSTOP');
    const second = start(minutes(2));
    await second.said('parcel unknown');
    expect(await here.parcel()).toMatchObject({ is: 'unknown' });
    answer.resolve();
    first.child.kill('SIGCONT');
    await first.said('parcel sent');
    expect(await here.parcel()).toMatchObject({ is: 'sent' });
    expect(taken).toEqual(['/p1']);
    expect((await here.executor.waiting('parcel', 'p1')).effects).toEqual([]);
  });
});
