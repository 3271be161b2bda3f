import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { Network, PlanPart } from '../../../src/networks/network.ts';
import type { Uploads } from '../../../src/networks/uploads.ts';
import { xNetwork, type XOptions } from '../../../src/networks/x/x.ts';
import { playX, xAccount, type XPeer } from '../../peers/x.ts';
import { filmStories } from '../film-stories.ts';
import { heldMedia, keptUploads } from '../kept-uploads.ts';
import { filmIn, key, partsOn, playedBy, signal } from '../played.ts';
import { videoOf } from '../youtube/channel.ts';

const media = heldMedia();
/** Two whole pieces and a part of one. */
const film = videoOf(9_000_000);
const video = filmIn(media, film);
const part = (more: Partial<PlanPart> = {}): PlanPart => partsOn('x')({ media: [video], ...more });

let peer: XPeer;
let uploads: Uploads;
let now = Date.UTC(2026, 10, 24, 9, 0);
playedBy(['api.x.com'], () => peer);
beforeEach(() => {
  peer = playX({ clock: () => now });
  uploads = keptUploads(() => now);
});

const { appKey, appSecret, accessToken, accessSecret } = xAccount;
/** As another process would find it: what is kept outlives it, nothing else. */
const open = (more: Partial<XOptions> = {}): Network =>
  xNetwork({
    credentials: { kind: 'oauth1', appKey, appSecret, accessToken, accessSecret },
    handle: 'SeftonCouncil',
    media: media.get,
    videos: { blobs: media, uploads, lookEvery: 1 },
    clock: () => now,
    ...more,
  });

const asked = (what: RegExp): number => peer.requests.filter((each) => what.test(each)).length;

filmStories({
  open,
  media,
  part,
  video,
  // The film's own: its captions end an upload as well.
  ends: () => asked(/finalize/u) - [...peer.films.values()].flatMap(({ captions }) => captions).length,
  peer: () => peer,
  films: () => [...peer.films.values()],
});

test('a film goes up in pieces, is waited for, gets its captions and stands in one post', async () => {
  const network = open();
  const outcome = await network.publish(part(), key, signal);
  const [post] = peer.posts();
  const remote = { remoteId: post?.id ?? '', url: `https://x.com/SeftonCouncil/status/${post?.id ?? ''}` };
  expect(outcome).toMatchObject({ outcome: 'published', remote });
  expect([...peer.films.values()]).toEqual([
    {
      hash: createHash('sha256').update(film).digest('base64url'),
      size: film.length,
      captions: [
        {
          language: 'EN',
          name: 'English',
          text: '1\n00:00:01,000 --> 00:00:03,500\nThe road & the path\nare open.\n',
        },
      ],
    },
  ]);
  expect(peer.pieces).toEqual([0, 1, 2]);
  // Pending, then in progress, then done.
  expect(asked(/command=STATUS/u)).toBe(2);
  expect(await network.find(part(), key, now, signal)).toMatchObject({ found: true, remotes: [remote] });
  // The same words with pictures, or alone, are another post.
  expect(await network.find(part({ media: [] }), key, now, signal)).toEqual({ found: false });
  expect(await network.remove(remote, key, signal)).toMatchObject({ outcome: 'published' });
  expect(peer.posts()).toEqual([]);
});

test.each([true, false])(
  'a piece whose answer is lost (taken: %s) is sent again, to the same place',
  async (taken) => {
    peer.filmFaults.loses = { pieces: 2, taken };
    expect(await open().publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
    expect(peer.pieces).toEqual(taken ? [0, 0, 0, 1, 2] : [0, 1, 2]);
    expect(peer.uploadsBegun()).toBe(1);
    expect([...peer.films.values()]).toMatchObject([{ size: film.length }]);
  },
);

test('a process that dies between pieces is followed by one that goes on where it was', async () => {
  const ends = new AbortController();
  const dying: Uploads = {
    ...uploads,
    reach: async (...given) => {
      const state = await uploads.reach(...given);
      if (given[2].from >= 4_000_000) ends.abort();
      return state;
    },
  };
  const first = open({ videos: { blobs: media, uploads: dying, lookEvery: 1 } });
  expect(await first.publish(part(), key, ends.signal)).toMatchObject({ outcome: 'retry' });
  expect(peer.pieces).toEqual([0]);
  const second = open();
  expect(await second.find(part(), key, now, signal)).toEqual({ found: false, goesOn: true });
  expect(await second.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
  expect(peer.pieces).toEqual([0, 1, 2]);
  expect(peer.uploadsBegun()).toBe(1);
});

test.each(['500 after commit', '400 after commit', 'reset after commit'] as const)(
  '%s of the post: it stands once, and whoever comes next finds it',
  async (fault) => {
    peer.faults.next(fault);
    expect(await open().publish(part(), key, signal)).toMatchObject({ outcome: 'unknown' });
    expect(await open().find(part(), key, now, signal)).toMatchObject({ found: true });
    expect(peer.posts()).toHaveLength(1);
  },
);

test('captions that X does not take keep the film from being seen without them', async () => {
  peer.filmFaults.refusesCaptions = true;
  const network = open();
  expect(await network.publish(part(), key, signal)).toEqual({
    outcome: 'refused',
    reason: 'captions-not-taken',
  });
  expect(peer.posts()).toEqual([]);
  peer.filmFaults.refusesCaptions = false;
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
  expect(peer.uploadsBegun()).toBe(1);
});

test('an upload that lay about for a day is begun again, as is one that X has forgotten', async () => {
  peer.filmFaults.loses = { pieces: 9, taken: false };
  const network = open();
  expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'upload-goes-on' });
  peer.filmFaults.loses = { pieces: 9, taken: false };
  now += 21 * 3_600_000;
  expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'upload-goes-on' });
  expect(peer.uploadsBegun()).toBe(2);
  // Another X knows nothing of it.
  peer = playX({ clock: () => now });
  expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'upload-goes-on' });
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
  expect(peer.uploadsBegun()).toBe(1);
});

test('a film that X forgets time and again is given up, and trying again brings it anew', async () => {
  peer.filmFaults.forgets = true;
  const network = open();
  for (let n = 0; n < 2; n += 1)
    expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'upload-goes-on' });
  const outcome = await network.publish(part(), key, signal);
  expect(outcome).toEqual({ outcome: 'refused', reason: 'upload-forgotten' });
  expect(peer.uploadsBegun()).toBe(3);
  // Somebody says that it is tried again: it has as many tries as before.
  expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'upload-goes-on' });
  peer.filmFaults.forgets = false;
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
  expect(peer.uploadsBegun()).toBe(5);
});

test('a film that is ready and forgotten before it is posted is brought anew by another attempt', async () => {
  peer.faults.next('429 with reset');
  const network = open();
  expect(await network.publish(part(), key, signal)).toMatchObject({ reason: 'busy' });
  peer = playX({ clock: () => now });
  expect(await network.publish(part(), key, signal)).toEqual({ outcome: 'refused', reason: 'status-400' });
  expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
});

test('a film longer than the account may post is refused in words of its own', async () => {
  peer = playX({ clock: () => now, longestFilm: 2 });
  expect(await open().publish(part(), key, signal)).toEqual({ outcome: 'refused', reason: 'video-too-long' });
});
