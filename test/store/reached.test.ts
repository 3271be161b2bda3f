import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { isReached } from '../../src/store/reached.ts';
import { ended, freePort, listening } from '../peers/listening.ts';

const atOnce = { within: 15_000, rests: [1, 2], rest: async () => await Promise.resolve() };

// No resolver is asked for a name of which a part is longer than names may be.
test('an address where nobody listens is tried again before it is given up, and a name that there is not as well', async () => {
  for (const host of [`127.0.0.1:${String(await freePort())}`, `${'x'.repeat(64)}.invalid`]) {
    const rested: number[] = [];
    const rest = async (length: number): Promise<void> => void rested.push(await Promise.resolve(length));
    expect(await isReached(`http://${host}/`, { ...atOnce, rest })).toBe(false);
    expect(rested).toEqual([1, 2]);
  }
});

test('who comes up meanwhile is reached, whatever they answer', async () => {
  const port = await freePort();
  const server = createServer((_request, response) => {
    response.statusCode = 401;
    response.end();
  });
  try {
    const rest = async (): Promise<void> =>
      await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
    expect(await isReached(`http://127.0.0.1:${String(port)}/`, { ...atOnce, rest })).toBe(true);
  } finally {
    await ended(server);
  }
});

test('who takes the call and is slow to answer is there', async () => {
  const server = createServer(() => undefined);
  const { url } = await listening(server);
  try {
    expect(await isReached(url, { ...atOnce, within: 50 })).toBe(true);
  } finally {
    await ended(server);
  }
});
