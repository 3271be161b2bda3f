import { afterAll, expect, test } from 'vitest';
import { draftMedia } from '../../src/web/draft-media.ts';
import { createServer } from '../../src/web/restify.ts';

const clock = { at: Date.UTC(2026, 10, 24) };
const server = createServer({ name: 'crier' });
afterAll(() => {
  server.close();
});

test('a network fetches a video whole or in parts, by an address that works for an hour; a card has its own for longer', async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve();
    });
  });
  const publicUrl = `http://127.0.0.1:${String(server.address().port)}`;
  const film = Buffer.from('0123456789');
  const media = draftMedia({
    key: new Uint8Array(32).fill(3),
    media: {
      read: async (hash) => await Promise.resolve(hash === 'film' ? film : undefined),
      open: async (hash, { from = 0, to }) => {
        const bytes = async function* () {
          yield await Promise.resolve(film.subarray(from, to));
        };
        return await Promise.resolve(hash === 'film' ? { size: film.length, bytes: bytes() } : undefined);
      },
    },
    contentTypeOf: () => 'video/mp4',
    clock: () => clock.at,
    publicUrl: () => publicUrl,
  });
  media.mount(server);
  const address = media.shortly('film', clock.at);
  const whole = await fetch(address);
  expect([whole.status, whole.headers.get('content-type'), await whole.text()]).toEqual([
    200,
    'video/mp4',
    '0123456789',
  ]);
  // A card is drawn on Teams' own pages, which may load it; what nobody gave an address of says nothing of the kind.
  const policy = async (of: string): Promise<string | null> =>
    (await fetch(of)).headers.get('cross-origin-resource-policy');
  expect([await policy(address), await policy(address.replace('film', 'other'))]).toEqual([
    'cross-origin',
    null,
  ]);
  const head = await fetch(address, { method: 'HEAD' });
  const said = ['content-length', 'accept-ranges'].map((name) => head.headers.get(name));
  expect([head.status, ...said, await head.text()]).toEqual([200, '10', 'bytes', '']);
  const part = await fetch(address, { headers: { range: 'bytes=4-6' } });
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
    206,
    'bytes 4-6/10',
    '456',
  ]);

  const card = media.address('film', clock.at);
  const status = async (of: string): Promise<number> => (await fetch(of)).status;
  expect(await status(address.replace('film', 'other'))).toBe(404);
  // Somebody who would have it work for longer has no mark for that.
  expect(
    await status(address.replace(/\/(\d+)\//u, (_, until: string) => `/${String(Number(until) + 1)}/`)),
  ).toBe(404);
  clock.at += 3_600_001;
  expect(await status(address)).toBe(404);
  expect(await status(card)).toBe(200);
});
