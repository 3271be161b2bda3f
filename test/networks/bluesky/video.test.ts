import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { blueskyNetwork, type BlueskyOptions } from '../../../src/networks/bluesky/bluesky.ts';
import type { Network, PlanPart } from '../../../src/networks/network.ts';
import type { Uploads } from '../../../src/networks/uploads.ts';
import { videoHost } from '../../peers/bluesky-video.ts';
import { blueskyAccount, playBluesky, type BlueskyPeer } from '../../peers/bluesky.ts';
import { filmStories } from '../film-stories.ts';
import { heldMedia, keptUploads } from '../kept-uploads.ts';
import { filmIn, key as publication, partsOn, playedBy, signal, webVtt } from '../played.ts';
import { videoOf } from '../youtube/channel.ts';

let now = Date.UTC(2026, 10, 24, 9, 0);
const key = { ...publication, begun: now };
const media = heldMedia();
/** Four whole pieces and a part of one. */
const film = videoOf(450_000);
const video = {
  ...filmIn(media, film),
  alt: 'A walk along the road',
  size: { width: 1280, height: 720 },
} as const;
const part = (more: Partial<PlanPart> = {}): PlanPart => partsOn('bluesky')({ media: [video], ...more });

let peer: BlueskyPeer;
let uploads: Uploads;
playedBy(['bsky.social', videoHost], () => peer);
beforeEach(() => {
  peer = playBluesky({ clock: () => now });
  uploads = keptUploads(() => now);
});

/** As another process would find it: what is kept outlives it, nothing else. */
const open = (more: Partial<BlueskyOptions> = {}): Network =>
  blueskyNetwork({
    credentials: blueskyAccount,
    media: media.get,
    videos: { blobs: media, uploads, lookEvery: 1 },
    clock: () => now,
    ...more,
  });

const asked = (what: RegExp): number => peer.requests.filter((each) => what.test(each)).length;
/** Every piece, in the order that they came. */
const whole = [1, 2, 3, 4, 5];

filmStories({
  open,
  media,
  part,
  video,
  ends: () => asked(/finishUpload/u),
  peer: () => peer,
  films: () => [...peer.films().values()],
});

test('a film goes up in pieces, is waited for, and stands in one post with its description, shape and captions', async () => {
  const network = open();
  const outcome = await network.publish(part(), key, signal);
  const [post] = peer.posts();
  if (outcome.outcome !== 'published') throw new Error(JSON.stringify(outcome));
  expect(outcome.remote.remoteId).toBe(post?.id);
  expect([...peer.films().values()]).toEqual([
    {
      hash: createHash('sha256').update(film).digest('base64url'),
      size: film.length,
      alt: 'A walk along the road',
      shape: { width: 1280, height: 720 },
      captions: [{ language: 'en-GB', text: webVtt }],
    },
  ]);
  expect(peer.pieces).toEqual(whole);
  expect(asked(/getJobStatus/u)).toBe(3);
  expect(await network.find(part(), key, now, signal)).toEqual({ found: true, remotes: [outcome.remote] });
  // The same to the byte is no change.
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
  expect([peer.posts().length, peer.rewritten(), peer.uploadsBegun()]).toEqual([1, 0, 1]);
  expect(await network.remove(outcome.remote, key, signal)).toMatchObject({ outcome: 'published' });
  expect(peer.posts()).toEqual([]);
});

test('captions longer than Bluesky takes are said to be that', async () => {
  const long = media.hold(Buffer.from(webVtt.padEnd(20_001, ' ')));
  const spoken = { ...video, captions: { ...video.captions, hash: long } };
  expect(await open().publish(part({ media: [spoken] }), key, signal)).toEqual({
    outcome: 'refused',
    reason: 'captions-too-large',
  });
  expect(peer.posts()).toEqual([]);
});

test.each([true, false])(
  'a piece whose answer is lost (taken: %s) is sent again, to the same place',
  async (taken) => {
    peer.filmFaults.loses = { pieces: 2, taken };
    expect(await open().publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
    expect(peer.pieces).toEqual(taken ? [1, 1, ...whole] : whole);
    expect(peer.uploadsBegun()).toBe(1);
  },
);

test('a process that dies between pieces is followed by one that sends those that are missing', async () => {
  const ends = new AbortController();
  let read = 0;
  const dying: typeof media = {
    ...media,
    read: async (...given) => {
      read += 1;
      if (read === 3) ends.abort();
      return await media.read(...given);
    },
  };
  const first = open({ videos: { blobs: dying, uploads, lookEvery: 1 } });
  expect(await first.publish(part(), key, ends.signal)).toMatchObject({ outcome: 'retry' });
  expect(peer.pieces).toEqual([1, 2]);
  const second = open();
  expect(await second.find(part(), key, now, signal)).toEqual({ found: false, goesOn: true });
  expect(await second.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
  expect(peer.pieces).toEqual(whole);
  expect(peer.uploadsBegun()).toBe(1);
});

test('a token that ends while a film is on its way is renewed, and the film is brought with a new one', async () => {
  const slow: typeof media = {
    ...media,
    read: async (...given) => {
      now += 10 * 60_000;
      return await media.read(...given);
    },
  };
  const network = open({ videos: { blobs: slow, uploads, lookEvery: 1 } });
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
  expect(asked(/getServiceAuth/u)).toBe(3);
});

test.each(['500 after commit', '400 after commit', 'reset after commit'] as const)(
  '%s of the post: it stands once, whoever comes next',
  async (fault) => {
    peer.faults.next(fault);
    const outcome = await open().publish(part(), key, signal);
    expect(outcome.outcome).toMatch(/^(?:unknown|published)$/u);
    expect(await open().find(part(), key, now, signal)).toMatchObject({ found: true });
    expect(peer.posts()).toHaveLength(1);
  },
);

test.each([
  ['DailyLimitExceeded', 'videos-spent'],
  ['UploadForbidden', 'no-permission'],
  ['VideoTooLong', 'video-too-long'],
  ['BadAspectRatio', 'video-not-taken'],
])('%s is refused as %s, and the account may post its words all the same', async (name, reason) => {
  peer.filmFaults.refuses = name;
  const network = open();
  expect(await network.publish(part(), key, signal)).toEqual({ outcome: 'refused', reason });
  const words = part({ media: [] });
  expect(await network.publish(words, { ...key, id: 'pub-2' }, signal)).toMatchObject({
    outcome: 'published',
  });
});

test('an upload that lay about for a day is begun again, as is one that the service has forgotten', async () => {
  peer.filmFaults.loses = { pieces: 4, taken: false };
  const network = open();
  expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'upload-goes-on' });
  peer.filmFaults.loses = { pieces: 4, taken: false };
  now += 21 * 3_600_000;
  expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'upload-goes-on' });
  expect(peer.uploadsBegun()).toBe(2);
  peer.forgetUploads();
  expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'upload-goes-on' });
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
  expect(peer.uploadsBegun()).toBe(3);
});

test.each(['clearBlobs', 'forgetUploads'] as const)(
  'a film that is ready and gone before it is posted (%s) is brought anew',
  async (goes) => {
    peer.faults.next('429 with reset');
    const network = open();
    expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'busy' });
    peer[goes]();
    expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'upload-goes-on' });
    expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
    expect(peer.uploadsBegun()).toBe(2);
  },
);

test.each(['uploads', 'films'] as const)(
  'a film whose %s Bluesky forgets time and again is given up, and trying again brings it anew',
  async (what) => {
    peer.filmFaults.forgets = what;
    const network = open();
    for (let n = 0; n < 2; n += 1)
      expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'upload-goes-on' });
    const outcome = await network.publish(part(), key, signal);
    expect(outcome).toEqual({ outcome: 'refused', reason: 'upload-forgotten' });
    expect(peer.uploadsBegun()).toBe(3);
    // Somebody says that it is tried again: it has as many tries as before.
    expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'upload-goes-on' });
    peer.filmFaults.forgets = undefined;
    expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
    expect(peer.posts()).toHaveLength(1);
  },
);

test('an app password that is dead blocks the account, also where a film finds that out', async () => {
  const network = open({ credentials: { ...blueskyAccount, appPassword: 'another' } });
  expect(await network.publish(part(), key, signal)).toEqual({
    outcome: 'refused',
    reason: 'account-blocked',
  });
});
