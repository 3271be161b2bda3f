import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import { expect, test } from 'vitest';
import { begin, mayStillBegin, permittedBy } from '../../src/core/permit.ts';
import { seconds } from '../../src/core/time.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { parcelKinds, post, startProcess } from './parcel.ts';
import { ended, listening } from '../peers/listening.ts';

/** How a client's library makes a request; `passes` lets time pass in the middle of that, `ring` what waits for it go on. */
type Client = (address: string, signal: AbortSignal, passes: () => void, ring: () => void) => Promise<void>;

/** The request is made, and waits for its connection: nothing has come in from the network yet. */
const isMade = async (): Promise<void> =>
  await new Promise((resolve) => {
    const made = (): void => {
      unsubscribe(channel, made);
      resolve();
    };
    subscribe(channel, made);
  });
const channel = 'undici:request:create';

/** Its connection is opened slowly: time passes, and each timer comes that is due by then. */
const slowly: Client = async (address, signal, passes, ring) => {
  const made = isMade();
  const answering = fetch(address, { method: 'POST', body: 'a post', signal });
  await made;
  passes();
  ring();
  await (await answering).text();
};

/** Its connection is being opened while time passes. */
const fetching: Client = async (address, signal, passes) => {
  const answering = fetch(address, { method: 'POST', body: 'a post', signal });
  passes();
  await (await answering).text();
};

/** It signs while time passes, and its connection stands already. */
const byStandingConnection = (): Client => {
  const agent = new Agent({ keepAlive: true });
  const ask = async (address: string, method: string, signal?: AbortSignal): Promise<void> =>
    await new Promise((resolve, reject) => {
      const options = { agent, method, ...(signal === undefined ? {} : { signal }) };
      request(address, options, (answer) => answer.once('end', resolve).resume())
        .once('error', reject)
        .end();
    });
  return async (address, signal, passes) => {
    await Promise.all([once(agent, 'free'), ask(address, 'GET')]);
    passes();
    try {
      await ask(address, 'POST', signal);
    } finally {
      agent.destroy();
    }
  };
};

/** It has made its request, and is held still before the first byte of that. */
const beforeTheFirstByte: Client = async (address, signal, passes) => {
  const agent = new Agent({ keepAlive: true });
  try {
    await new Promise<void>((resolve, reject) => {
      request(address, { agent, method: 'POST', signal }, (answer) => answer.once('end', resolve).resume())
        .once('error', reject)
        .end('a post');
      passes();
    });
  } finally {
    agent.destroy();
  }
};

/** It asks once more before its request, after time has passed; the account is asked by a request as well. */
const askingAgain: Client = async (address, signal, passes) => {
  passes();
  await mayStillBegin();
  await (await fetch(address, { method: 'POST', body: 'a post', signal })).text();
};

/** Sends one parcel to a host that counts what is posted to it; so much passes by the clock that nobody sets. */
async function sentAfter(
  heldFor: number,
  client: Client,
  open: (asked: number) => boolean = () => true,
): Promise<{ readonly posted: number; readonly is: string }> {
  let posted = 0;
  const host = createServer((asked, response) => {
    if (asked.method === 'POST') posted += 1;
    response.end('taken');
  });
  const { url } = await listening(host);
  let still = 0;
  let times = 0;
  const timers = new Set<() => void>();
  const crier = startProcess(
    memoryStore(parcelKinds),
    { now: 1_000 },
    [
      post(async (_run, signal) => {
        permittedBy(async () => {
          times += 1;
          if (client === askingAgain) await (await fetch(`${url}/`)).text();
          return open(times) ? still : undefined;
        }, signal);
        const ring = (): void => {
          for (const call of timers) call();
        };
        const passes = (): void => {
          still += heldFor;
        };
        try {
          await begin(signal, async () => await client(`${url}/`, signal, passes, ring));
          return { outcome: 'done' };
        } catch {
          return { outcome: 'refused', reason: 'ended' };
        }
      }),
    ],
    {
      monotonic: () => still,
      later: (after, call) => {
        if (after < seconds(1)) timers.add(call);
        return () => timers.delete(call);
      },
    },
  );
  await crier.ask(1, 'post');
  await crier.outbox.drain();
  await ended(host);
  return { posted, is: (await crier.parcel())?.is ?? 'gone' };
}

test('a request whose connection took too long to open, however that came, does not leave', async () => {
  expect(await sentAfter(seconds(2), fetching)).toEqual({ posted: 0, is: 'refused' });
});

test('a connection that takes a while to open is used', async () => {
  expect(await sentAfter(seconds(1), fetching)).toEqual({ posted: 1, is: 'sent' });
});

test('a process held still while it signs a request sends nothing by the connection that it has', async () => {
  expect(await sentAfter(seconds(2), byStandingConnection())).toEqual({ posted: 0, is: 'refused' });
});

test('a process held still between making a request and its first byte sends nothing', async () => {
  expect(await sentAfter(seconds(2), beforeTheFirstByte)).toEqual({ posted: 0, is: 'refused' });
  expect(await sentAfter(seconds(1), beforeTheFirstByte)).toEqual({ posted: 1, is: 'sent' });
});

test('what takes a while to sign leaves by the connection that stands', async () => {
  expect(await sentAfter(seconds(1), byStandingConnection())).toEqual({ posted: 1, is: 'sent' });
});

test('what the account is asked by while a connection is opened is not taken for the request', async () => {
  expect(await sentAfter(seconds(2), askingAgain)).toEqual({ posted: 1, is: 'sent' });
});

test('a connection that opens slowly is used while the account is open all along', async () => {
  expect(await sentAfter(seconds(2), slowly)).toEqual({ posted: 1, is: 'sent' });
});

test('what waits for its connection when its account is stopped does not leave', async () => {
  expect(await sentAfter(seconds(2), slowly, (asked) => asked < 2)).toEqual({ posted: 0, is: 'refused' });
});
