import { once } from 'node:events';
import { expect, test } from 'vitest';
import { createServer } from '../../src/web/restify.ts';
import { draftLooks, type DraftLooksParts } from '../../src/web/draft-looks.ts';

const start = Date.UTC(2026, 10, 24);

/** A server with looks that are drawn so. */
async function opened(draw: DraftLooksParts['draw']) {
  const clock = { at: start };
  const server = createServer({ name: 'crier' });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const publicUrl = `http://127.0.0.1:${String(server.address().port)}`;
  const looks = draftLooks({
    key: new Uint8Array(32).fill(3),
    draw,
    clock: () => clock.at,
    publicUrl: () => publicUrl,
  });
  looks.mount(server);
  return {
    clock,
    address: (of: { readonly post?: string; readonly plan?: string; readonly account?: string } = {}) =>
      looks.address({ post: 'post-1', plan: 'plan-1', account: 'x-main', ...of }, start),
    [Symbol.asyncDispose]: async () => {
      const gone = once(server, 'close');
      server.close();
      server.server.closeAllConnections();
      await gone;
    },
  };
}

const status = async (of: string): Promise<number> => (await fetch(of)).status;

test('a look is seen by whoever has its address, until that runs out or the plan changes, and is drawn once', async () => {
  const drawn: string[] = [];
  await using looks = await opened(async ({ plan, account }) => {
    drawn.push(account);
    return await Promise.resolve(plan === 'plan-1' ? new Uint8Array([1, 2, 3]) : undefined);
  });
  const address = looks.address();
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

  expect(await status(address.replace('x-main', 'facebook-main'))).toBe(404);
  expect(await status(address.replace('post-1', 'post-2'))).toBe(404);
  expect(await status(looks.address({ plan: 'plan-2' }))).toBe(404);
  expect(drawn).toEqual(['x-main', 'x-main']);
  looks.clock.at += 15 * 24 * 3_600_000;
  expect(await status(address)).toBe(404);
});

test('twenty who ask at once share one drawing, and looks are drawn one after the other', async () => {
  const gate = Promise.withResolvers<undefined>();
  const drawn: string[] = [];
  let atOnce = 0;
  let most = 0;
  await using looks = await opened(async ({ account }) => {
    drawn.push(account);
    atOnce += 1;
    most = Math.max(most, atOnce);
    await gate.promise;
    atOnce -= 1;
    return new Uint8Array([1]);
  });
  const accounts = ['x-main', 'facebook-main', 'bluesky-main', 'news'];
  const asked = accounts.flatMap((account) => Array.from({ length: 5 }, () => looks.address({ account })));
  const answers = asked.map(status);
  // Somebody else's answer: all twenty have been asked for by then.
  expect(await status(looks.address().replace('/post-1/', '/post-2/'))).toBe(404);
  gate.resolve(undefined);
  expect(new Set(await Promise.all(answers))).toEqual(new Set([200]));
  expect(drawn.toSorted()).toEqual(accounts.toSorted());
  expect(most).toBe(1);
});

test('what could not be drawn is tried again, and takes no place from what was', async () => {
  const drawn: string[] = [];
  await using looks = await opened(async ({ post }) => {
    drawn.push(post);
    if (post === 'broken' && drawn.length === 1) throw new Error('no memory');
    return await Promise.resolve(post.startsWith('gone') ? undefined : new Uint8Array([1]));
  });
  expect(await status(looks.address({ post: 'broken' }))).toBe(500);
  expect(await status(looks.address({ post: 'broken' }))).toBe(200);
  for (let n = 0; n < 70; n += 1)
    expect(await status(looks.address({ post: `gone-${String(n)}` }))).toBe(404);
  expect(await status(looks.address({ post: 'broken' }))).toBe(200);
  expect(drawn.filter((post) => post === 'broken')).toHaveLength(2);
});

test('a look that is drawn in another way is fetched anew, not taken for the one that a client keeps', async () => {
  const drawnAs = async (byte: number) =>
    await opened(async () => await Promise.resolve(Uint8Array.of(byte)));
  await using before = await drawnAs(1);
  const kept = (await fetch(before.address())).headers.get('etag') ?? '';
  await using after = await drawnAs(2);
  const now = await fetch(after.address(), { headers: { 'if-none-match': kept } });
  expect([now.status, new Uint8Array(await now.arrayBuffer())]).toEqual([200, Uint8Array.of(2)]);
});
