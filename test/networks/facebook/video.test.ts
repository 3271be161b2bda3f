import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { facebookNetwork } from '../../../src/networks/facebook/facebook.ts';
import { asSubRip } from '../../../src/networks/sub-rip.ts';
import type { Network, PlanPart } from '../../../src/networks/network.ts';
import type { Uploads } from '../../../src/networks/uploads.ts';
import { playFacebook, type FacebookPeer } from '../../peers/facebook.ts';
import { graphHost, metaAccount } from '../../peers/graph.ts';
import { heldMedia, keptUploads } from '../kept-uploads.ts';
import { filmIn, key, partsOn, playedBy, signal, webVtt } from '../played.ts';
import { videoOf } from '../youtube/channel.ts';

const media = heldMedia();
const film = videoOf(450_000);
const video = filmIn(media, film);
const still = { hash: media.hold(Buffer.from('a picture')), contentType: 'image/png', alt: '' };
const part = (more: Partial<PlanPart> = {}): PlanPart =>
  partsOn('facebook')({ headline: 'Liverpool Road is open', media: [video], ...more });

let peer: FacebookPeer;
let uploads: Uploads;
let now = Date.UTC(2026, 10, 24, 9, 0);
playedBy([graphHost], () => peer);
beforeEach(() => {
  peer = playFacebook({ clock: () => now });
  uploads = keptUploads(() => now);
});

/** As another process would find it: what is kept outlives it, nothing else. */
const open = (): Network =>
  facebookNetwork({
    credentials: metaAccount,
    media: media.get,
    videos: { blobs: media, uploads, lookEvery: 1 },
    clock: () => now,
  });

test('a film goes up in pieces, unseen until it has its captions and can be played; then it is changed and taken down', async () => {
  const network = open();
  const outcome = await network.publish(part({ media: [still, video] }), key, signal);
  const [there] = peer.videos;
  const remote = {
    remoteId: there?.id ?? '',
    url: `https://www.facebook.com/watch/?v=${there?.id ?? ''}`,
  };
  expect(outcome).toEqual({ outcome: 'published', remote });
  expect(there).toMatchObject({
    hash: createHash('sha256').update(film).digest('base64url'),
    description: 'Liverpool Road is open again.',
    title: 'Liverpool Road is open',
    still: 9,
    captions: [
      {
        name: 'captions.en_GB.srt',
        text: '1\n00:00:01,000 --> 00:00:03,500\nThe road & the path\nare open.\n',
      },
    ],
    stands: 'published',
    seenTooEarly: false,
  });
  expect(peer.pieces).toEqual([0, 100_000, 200_000, 300_000, 400_000]);
  expect(peer.requests.join('\n')).not.toContain(metaAccount.pageToken);
  expect(await network.find(part(), key, now, signal)).toEqual({ found: true, remotes: [remote] });
  expect(await network.measure?.(remote, signal)).toEqual({ likes: 5, replies: 3, shares: 2, views: 700 });
  // What is listed as not from here must not be this one.
  expect(await network.recent?.(now - 1_000, signal)).toMatchObject([{ remote }]);

  const right = part({ text: 'It opens on Friday.', headline: 'It opens on Friday' });
  expect(await network.edit?.(remote, right, key, '', signal)).toMatchObject({ outcome: 'published' });
  expect(peer.videos).toMatchObject([{ description: 'It opens on Friday.', title: 'It opens on Friday' }]);
  expect(await network.remove(remote, key, signal)).toMatchObject({ outcome: 'published' });
  expect(peer.posts()).toEqual([]);
  expect(await network.find(part(), key, now, signal)).toEqual({ found: false });
});

test.each([true, false])('pieces whose answer is lost (taken: %s) are not sent twice over', async (taken) => {
  peer.loses = { pieces: 2, taken };
  expect(await open().publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
  expect(peer.pieces).toEqual([0, 100_000, 200_000, 300_000, 400_000]);
  expect(peer.videos).toHaveLength(1);
});

test('a process that dies between pieces is followed by one that goes on where it was', async () => {
  const ends = new AbortController();
  const dying: Uploads = {
    ...uploads,
    reach: async (...given) => {
      const state = await uploads.reach(...given);
      if (given[2].from >= 200_000) ends.abort();
      return state;
    },
  };
  const first = facebookNetwork({
    credentials: metaAccount,
    media: media.get,
    videos: { blobs: media, uploads: dying, lookEvery: 1 },
    clock: () => now,
  });
  expect(await first.publish(part(), key, ends.signal)).toMatchObject({ outcome: 'retry' });
  expect(peer.pieces).toEqual([0, 100_000]);
  const second = open();
  expect(await second.find(part(), key, now, signal)).toEqual({ found: false, goesOn: true });
  expect(await second.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
  expect(peer.pieces).toEqual([0, 100_000, 200_000, 300_000, 400_000]);
  expect(peer.videos).toHaveLength(1);
});

test.each(['500 after commit', '400 after commit', 'reset after commit'] as const)(
  '%s of the last step: it stands once, whoever comes next',
  async (fault) => {
    peer.faults.next(fault);
    const outcome = await open().publish(part(), key, signal);
    expect(outcome.outcome).toMatch(/^(?:unknown|published)$/u);
    const again = open();
    expect(await again.find(part(), key, now, signal)).toMatchObject({ found: true });
    expect(await again.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
    expect(peer.posts()).toHaveLength(1);
  },
);

test('a film that Facebook cannot read is refused, and trying again brings it anew', async () => {
  peer.spoils = true;
  const network = open();
  expect(await network.publish(part(), key, signal)).toEqual({
    outcome: 'refused',
    reason: 'video-not-taken',
  });
  peer.spoils = false;
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
  expect(peer.videos.map(({ stands }) => stands)).toEqual(['bad', 'published']);
});

test('an upload that lay about for a day is begun again: nobody has seen any of it', async () => {
  peer.loses = { pieces: 9, taken: false };
  const network = open();
  expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'upload-goes-on' });
  peer.loses = { pieces: 0, taken: false };
  now += 21 * 3_600_000;
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
  expect(peer.videos.map(({ stands }) => stands)).toEqual(['coming', 'published']);
});

test('what was brought for a post that was edited since is never shown', async () => {
  peer.loses = { pieces: 9, taken: false };
  const network = open();
  expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'upload-goes-on' });
  peer.loses = { pieces: 0, taken: false };
  expect(await network.publish(part({ text: 'The right words.' }), key, signal)).toMatchObject({
    outcome: 'published',
  });
  expect(peer.videos.map(({ stands }) => stands)).toEqual(['coming', 'published']);
});

test('a film that is there unseen is found and deleted, where its post says something else by now', async () => {
  const network = open();
  const captions = { as: 'file', hash: 'gone', contentType: 'text/vtt', language: 'en-GB' } as const;
  const mute = { ...video, captions };
  expect(await network.publish(part({ media: [mute] }), key, signal)).toMatchObject({
    reason: 'captions-missing',
  });
  const [first] = peer.videos;
  expect(await network.unseen?.(key, signal)).toMatchObject({ remoteId: first?.id });
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
  expect(await network.unseen?.(key, signal)).toBeUndefined();
  expect(peer.videos.map(({ stands }) => stands)).toEqual(['removed', 'published']);
});

test('a film whose end may still be on its way is asked about until it cannot come any more', async () => {
  const ends = new AbortController();
  const dying: Uploads = {
    ...uploads,
    finish: async (...given) => {
      const state = await uploads.finish(...given);
      ends.abort();
      return state;
    },
  };
  const videos = { blobs: media, uploads: dying, lookEvery: 1 };
  const first = facebookNetwork({ credentials: metaAccount, media: media.get, videos, clock: () => now });
  expect(await first.publish(part(), key, ends.signal)).toMatchObject({ outcome: 'retry' });
  expect(peer.videos.map(({ stands }) => stands)).toEqual(['coming']);
  expect(await open().unseen?.(key, signal)).toMatchObject({ reason: 'upload-goes-on' });
  now += 3_600_000;
  expect(await open().unseen?.(key, signal)).toBeUndefined();
});

test('two films, and a film that is not kept, are refused before a byte leaves', async () => {
  const network = open();
  const asked = async (given: PlanPart['media']) =>
    await network.publish(part({ media: given }), key, signal);
  expect(await asked([video, video])).toMatchObject({ reason: 'too-many-media' });
  expect(await asked([{ ...video, hash: 'gone' }])).toMatchObject({ reason: 'video-missing' });
  expect(peer.requests).toEqual([]);
});

test('captions become numbered, with commas in their times, and without the names of signs', () => {
  const two = `${webVtt}\n01:00:02.000 --> 01:00:03.000\nMind the &lt;gap&gt;.\n`;
  expect(asSubRip(two)).toBe(
    '1\n00:00:01,000 --> 00:00:03,500\nThe road & the path\nare open.\n\n2\n01:00:02,000 --> 01:00:03,000\nMind the <gap>.\n',
  );
});
