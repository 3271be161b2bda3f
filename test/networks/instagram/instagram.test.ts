import { expect, test } from 'vitest';
import { instagramNetwork, type InstagramOptions } from '../../../src/networks/instagram/instagram.ts';
import type { Network, PlanPart } from '../../../src/networks/network.ts';
import { graphHost, metaAccount } from '../../peers/graph.ts';
import { playInstagram, type InstagramPeer, type InstagramPeerOptions } from '../../peers/instagram.ts';
import { key, partsOn, playedBy, signal } from '../played.ts';

const picture = { hash: 'h1', contentType: 'image/jpeg', alt: 'A road' };
const part = (more: Partial<PlanPart> = {}): PlanPart => partsOn('instagram')({ media: [picture], ...more });

let peer: InstagramPeer;
const now = Date.UTC(2026, 10, 24, 9, 0);
playedBy([graphHost], () => peer);

function open(options: Partial<InstagramOptions> = {}, played: InstagramPeerOptions = {}): Network {
  peer = playInstagram({ clock: () => now, ...played });
  return instagramNetwork({
    credentials: metaAccount,
    handle: 'seftoncouncil',
    mediaAddress: (hash) => `https://news.sefton.example/media/${hash}?until=1&signed=x`,
    clock: () => now,
    lookEvery: 1,
    ...options,
  });
}

const asked = (what: string): number => peer.requests.filter((each) => each.includes(what)).length;

test('shows each picture by the address that it is given, and makes a carousel of several', async () => {
  const network = open();
  const media = [picture, { ...picture, hash: 'h2', alt: 'A tree' }];
  const outcome = await network.publish(part({ media }), key, signal);
  expect(outcome.outcome === 'published' ? outcome.remote.url : outcome).toBe(
    `https://www.instagram.com/p/${peer.posts()[0]?.id ?? ''}/`,
  );
  expect(peer.addresses).toEqual(
    media.map(({ hash }) => `https://news.sefton.example/media/${hash}?until=1&signed=x`),
  );
  expect(peer.posts()).toMatchObject([{ pictures: [{ alt: 'A road' }, { alt: 'A tree' }] }]);
});

test('an attempt that goes on uses the container of the one before', async () => {
  const network = open();
  peer.faults.next('429 without reset');
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'retry', reason: 'busy' });
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
  expect(peer.addresses).toHaveLength(1);
});

test('a container that was made before the post was edited is not published', async () => {
  const network = open();
  peer.faults.next('429 without reset');
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'retry', reason: 'busy' });
  expect(await network.publish(part({ text: 'The right words.' }), key, signal)).toMatchObject({
    outcome: 'published',
  });
  expect(peer.posts()).toMatchObject([{ text: 'The right words.' }]);
});

test('a container that was published is not published again', async () => {
  const network = open();
  peer.faults.next('500 after commit');
  expect(await network.publish(part(), key, signal)).toEqual({ outcome: 'unknown', reason: 'status-500' });
  expect(await network.publish(part(), key, signal)).toEqual({
    outcome: 'unknown',
    reason: 'published-already',
  });
  expect(asked('media_publish')).toBe(1);
  expect(peer.posts()).toHaveLength(1);
});

test('a picture that Instagram cannot fetch is refused, and the next attempt begins afresh', async () => {
  let away = true;
  const network = open(
    {},
    {
      fetchPicture: async () => {
        if (away) throw new Error('not found');
        return await Promise.resolve(1);
      },
    },
  );
  expect(await network.publish(part(), key, signal)).toEqual({
    outcome: 'refused',
    reason: 'picture-not-taken',
  });
  away = false;
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
});

test('when the time ends while a container fills, nothing stands and it is tried again', async () => {
  const time = new AbortController();
  const network = open({ lookEvery: 3_600_000 });
  const call = network.publish(part(), key, time.signal);
  await expect.poll(() => asked('status_code')).toBe(1);
  time.abort();
  // Whether that look had been answered by then makes the reason another, and nothing else.
  expect(await call).toMatchObject({ outcome: 'retry' });
  expect(peer.posts()).toEqual([]);
});

test.each([
  ['needs-picture', { media: [] }],
  ['picture-type', { media: [{ ...picture, contentType: 'image/png' }] }],
  ['no-threads', { part: 1 }],
] as const)('%s', async (reason, more) => {
  expect(await open().publish(part(more), key, signal)).toEqual({ outcome: 'refused', reason });
  expect(peer.requests).toEqual([]);
});

test('tells how many posts the account may still make', async () => {
  const network = open();
  await network.publish(part(), key, signal);
  expect(await network.account?.(signal)).toEqual({
    read: true,
    name: '@seftoncouncil',
    followers: 9_000,
    left: 99,
  });
});
