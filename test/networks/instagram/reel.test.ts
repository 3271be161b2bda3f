import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { instagramNetwork } from '../../../src/networks/instagram/instagram.ts';
import type { Network, PlanPart } from '../../../src/networks/network.ts';
import type { Uploads } from '../../../src/networks/uploads.ts';
import { graphHost, metaAccount } from '../../peers/graph.ts';
import { playInstagram, type InstagramPeer, type InstagramPeerOptions } from '../../peers/instagram.ts';
import { keptUploads } from '../kept-uploads.ts';
import { key, partsOn, playedBy, signal } from '../played.ts';

const film = new Uint8Array(5_000).fill(3);
const video = {
  hash: 'film',
  contentType: 'video/mp4',
  alt: 'A road',
  captions: { as: 'burned-in' },
} as const;
const still = { hash: 'still', contentType: 'image/jpeg', alt: '' };
const part = (more: Partial<PlanPart> = {}): PlanPart => partsOn('instagram')({ media: [video], ...more });

let peer: InstagramPeer;
let uploads: Uploads;
let now = Date.UTC(2026, 10, 24, 9, 0);
playedBy([graphHost], () => peer);
beforeEach(() => play());

function play(options: InstagramPeerOptions = {}): void {
  peer = playInstagram({
    clock: () => now,
    fetchVideo: async () => await Promise.resolve(film),
    ...options,
  });
  uploads = keptUploads(() => now);
}

/** As another process would find it: what is kept outlives it, nothing else. */
const open = (): Network =>
  instagramNetwork({
    credentials: metaAccount,
    handle: 'seftoncouncil',
    mediaAddress: (hash) => `https://news.sefton.example/media/${hash}?until=1&signed=x`,
    uploads,
    clock: () => now,
    lookEvery: 1,
  });

const asked = (what: string): number => peer.requests.filter((each) => each.includes(what)).length;

test('a film becomes a reel, fetched by the address that it is given, with its still', async () => {
  const network = open();
  const outcome = await network.publish(part({ media: [still, video] }), key, signal);
  const [post] = peer.posts();
  expect(outcome).toEqual({
    outcome: 'published',
    remote: { remoteId: post?.id, url: `https://www.instagram.com/p/${post?.id ?? ''}/` },
  });
  expect([...peer.reels.values()]).toEqual([
    { hash: createHash('sha256').update(film).digest('base64url'), size: 5_000, still: 1_000 },
  ]);
  expect(peer.addresses).toEqual(
    ['film', 'still'].map((hash) => `https://news.sefton.example/media/${hash}?until=1&signed=x`),
  );
  expect(await network.find(part({ media: [still, video] }), key, now, signal)).toMatchObject({
    found: true,
  });
  // A picture with the same words is another post.
  const other = { ...key, id: 'pub-2' };
  expect(await network.find(part({ media: [still] }), other, now, signal)).toEqual({ found: false });
});

/** Waits until Instagram was asked so often how far it is. */
const looked = async (times: number): Promise<void> =>
  await expect
    .poll(() => asked('status_code'), { interval: 5, timeout: 10_000, message: 'looks at the container' })
    .toBeGreaterThanOrEqual(times);

test('a process that dies while Instagram works on the film is followed by one that waits for the same container', async () => {
  play({ looks: 1_000 });
  const ends = new AbortController();
  const first = open().publish(part(), key, ends.signal);
  await looked(2);
  ends.abort();
  expect(await first).toMatchObject({ outcome: 'retry' });
  expect(await open().find(part(), key, now, signal)).toEqual({ found: false, goesOn: true });
  const second = new AbortController();
  const waits = open().publish(part(), key, second.signal);
  await looked(4);
  second.abort();
  expect(await waits).toMatchObject({ outcome: 'retry' });
  expect(peer.addresses).toHaveLength(1);
});

test.each(['500 after commit', 'reset after commit'] as const)(
  '%s: the process that comes next finds the reel, and publishes no second one',
  async (fault) => {
    peer.faults.next(fault);
    expect(await open().publish(part(), key, signal)).toMatchObject({ outcome: 'unknown' });
    const again = open();
    expect(await again.find(part(), key, now, signal)).toMatchObject({ found: true });
    expect(await again.publish(part(), key, signal)).toEqual({
      outcome: 'unknown',
      reason: 'published-already',
    });
    expect(asked('media_publish')).toBe(1);
    expect(peer.posts()).toHaveLength(1);
  },
);

test('a container that was made before the post was edited is not published', async () => {
  play({ looks: 4 });
  const ends = new AbortController();
  const first = open().publish(part(), key, ends.signal);
  await looked(1);
  ends.abort();
  expect(await first).toMatchObject({ outcome: 'retry' });
  expect(await open().publish(part({ text: 'The right words.' }), key, signal)).toMatchObject({
    outcome: 'published',
  });
  expect(peer.posts()).toMatchObject([{ text: 'The right words.' }]);
});

test('a film that Instagram cannot fetch is refused, and trying again begins afresh', async () => {
  let away = true;
  play({
    fetchVideo: async () => {
      if (away) throw new Error('away');
      return await Promise.resolve(film);
    },
  });
  const network = open();
  expect(await network.publish(part(), key, signal)).toEqual({
    outcome: 'refused',
    reason: 'video-not-taken',
  });
  away = false;
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
});

test('a container that lay about for a day is not waited for any longer', async () => {
  const network = open();
  peer.faults.next('429 without reset');
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'retry', reason: 'busy' });
  now += 24 * 3_600_000;
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
  expect(peer.addresses).toHaveLength(2);
  expect(await network.publish(part({ media: [video, video] }), { ...key, id: 'pub-2' }, signal)).toEqual({
    outcome: 'refused',
    reason: 'too-many-media',
  });
});

test('a film that Instagram lets go time and again is given up, and trying again brings it anew', async () => {
  let expires = true;
  play({ expires: () => expires });
  const network = open();
  for (let n = 0; n < 2; n += 1)
    expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'container-expired' });
  expect(await network.publish(part(), key, signal)).toEqual({
    outcome: 'refused',
    reason: 'upload-forgotten',
  });
  expect(peer.addresses).toHaveLength(3);
  // Somebody says that it is tried again: it has as many tries as before.
  expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'container-expired' });
  expires = false;
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
});
