import { afterAll, expect, test } from 'vitest';
import { createServer } from '../../src/web/restify.ts';
import { draftLooks } from '../../src/web/draft-looks.ts';

const clock = { at: Date.UTC(2026, 10, 24) };
const drawn: string[] = [];
const server = createServer({ name: 'crier' });
afterAll(() => {
  server.close();
});

test('a look is seen by whoever has its address, until that runs out or the plan changes, and is drawn once', async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve();
    });
  });
  const publicUrl = `http://127.0.0.1:${String(server.address().port)}`;
  const looks = draftLooks({
    key: new Uint8Array(32).fill(3),
    draw: async ({ plan, account }) => {
      drawn.push(account);
      return await Promise.resolve(plan === 'plan-1' ? new Uint8Array([1, 2, 3]) : undefined);
    },
    clock: () => clock.at,
    publicUrl: () => publicUrl,
  });
  looks.mount(server);
  const address = looks.address({ post: 'post-1', plan: 'plan-1', account: 'x-main' }, clock.at);
  const first = await fetch(address);
  expect([first.status, first.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(new Uint8Array(await first.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]));
  const again = await fetch(address, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
  expect(drawn).toEqual(['x-main']);
  // A card is drawn on Teams' own pages, which may load it; what nobody gave an address of says nothing of the kind.
  const policies = [first, again, await fetch(address.replace('x-main', 'nowhere'))];
  expect(policies.map(({ headers }) => headers.get('cross-origin-resource-policy'))).toEqual([
    'cross-origin',
    'cross-origin',
    null,
  ]);

  const status = async (of: string): Promise<number> => (await fetch(of)).status;
  expect(await status(address.replace('x-main', 'facebook-main'))).toBe(404);
  expect(await status(address.replace('post-1', 'post-2'))).toBe(404);
  const gone = looks.address({ post: 'post-1', plan: 'plan-2', account: 'x-main' }, clock.at);
  expect(await status(gone)).toBe(404);
  expect(drawn).toEqual(['x-main', 'x-main']);
  clock.at += 15 * 24 * 3_600_000;
  expect(await status(address)).toBe(404);
});
