import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { mayBegin, permittedBy } from '../../src/core/permit.ts';
import { seconds } from '../../src/core/time.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { parcelKinds, post, startProcess } from './parcel.ts';

/**
 * Sends one parcel to a host that notes what it is asked; so much passes by the clock that nobody sets while its
 * connection is being opened, and no timer runs before that stands.
 */
async function sentAfter(heldFor: number): Promise<{ readonly asked: number; readonly is: string }> {
  let asked = 0;
  const host = createServer((_request, response) => {
    asked += 1;
    response.end('taken');
  });
  await once(host.listen(0, '127.0.0.1'), 'listening');
  const address = host.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  let still = 0;
  const crier = startProcess(
    memoryStore(parcelKinds),
    { now: 1_000 },
    [
      post(async (_run, signal) => {
        permittedBy(async () => await Promise.resolve(still), signal);
        await mayBegin(signal);
        const answering = fetch(`http://127.0.0.1:${String(port)}/`, {
          method: 'POST',
          body: 'a post',
          signal,
        });
        still += heldFor;
        try {
          await (await answering).text();
          return { outcome: 'done' };
        } catch {
          return { outcome: 'refused', reason: 'ended' };
        }
      }),
    ],
    { monotonic: () => still, later: () => () => undefined },
  );
  await crier.ask(1, 'post');
  await crier.outbox.drain();
  host.closeAllConnections();
  await new Promise((resolve) => host.close(resolve));
  return { asked, is: (await crier.parcel())?.is ?? 'gone' };
}

test('a process held still while it opens a connection sends nothing by it when it goes on', async () => {
  expect(await sentAfter(seconds(2))).toEqual({ asked: 0, is: 'refused' });
});

test('a connection that takes a while to open is used', async () => {
  expect(await sentAfter(seconds(1))).toEqual({ asked: 1, is: 'sent' });
});
