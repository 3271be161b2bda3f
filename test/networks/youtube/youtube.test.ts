import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { idFrom, sha256 } from '../../../src/core/json.ts';
import { accountBlocked } from '../../../src/networks/network.ts';
import { pieceSize } from '../../../src/networks/youtube/resumable.ts';
import type { YoutubeFault } from '../../peers/youtube.ts';
import { credentials } from './account.ts';
import { captions, key, morning, openChannel, videoOf, type Channel } from './channel.ts';
import { listening } from '../../peers/listening.ts';

const signal = (): AbortSignal => AbortSignal.timeout(20_000);
const remoteOf = (video: string) => ({ remoteId: video, url: `https://www.youtube.com/watch?v=${video}` });
const first = { outcome: 'published', remote: remoteOf('video000001') } as const;

/** Publishes as dispatch does: again after a retry, looking after an unknown, until it is settled. */
async function settle(channel: Channel): Promise<{ readonly outcome: string; readonly tries: number }> {
  for (let tries = 1; tries <= 8; tries += 1) {
    // Every try is by another process, that knows only what is in the store.
    const network = channel.again();
    const outcome = await channel.publish(network);
    if (outcome.outcome === 'published' || outcome.outcome === 'refused') {
      return { outcome: outcome.outcome, tries };
    }
    if (outcome.outcome === 'unknown') {
      const found = await network.find(channel.part, key, morning, signal());
      if (found.found === true) return { outcome: 'published', tries };
      if (found.found === 'cannot-look') return { outcome: 'asked', tries };
    }
  }
  return { outcome: 'never', tries: 8 };
}

function expectOneGoodVideo(channel: Channel, size: number): void {
  const { videos } = channel.peer;
  expect(videos).toHaveLength(1);
  expect(videos[0]).toMatchObject({
    hash: sha256(videoOf(size)),
    size,
    privacyStatus: 'public',
    captions: [{ language: 'en-GB', text: captions }],
    playlists: ['PLlibraries'],
    seenWithoutCaptions: false,
    removed: false,
  });
}

describe('a video on YouTube', () => {
  test('comes up whole, with its words, captions, thumbnail and playlist, and only then in public', async () => {
    await using channel = await openChannel();
    expect(await channel.publish()).toEqual(first);
    expectOneGoodVideo(channel, 1_000_000);
    expect(channel.peer.videos[0]).toMatchObject({
      title: 'Crosby Library is open late on Thursdays',
      description:
        'Crosby Library is open late on Thursdays. Come and see.\n\nhttps://news.sefton.gov.uk/news/142',
      categoryId: '22',
      selfDeclaredMadeForKids: false,
      contentType: 'video/mp4',
      thumbnail: sha256('a picture'),
    });
    expect(channel.peer.unauthorised()).toBe(0);
    const order = channel.peer.calls.map(({ call }) => call);
    expect(order.indexOf('videos-update')).toBeGreaterThan(order.indexOf('captions'));
    expect(order.at(-1)).toBe('videos-update');
  });

  test('is published once, however often it is asked for, and found afterwards', async () => {
    await using channel = await openChannel();
    await channel.publish();
    expect(await channel.publish(channel.again())).toEqual(first);
    expectOneGoodVideo(channel, 1_000_000);
    expect(await channel.again().find(channel.part, key, morning, signal())).toEqual({
      found: true,
      remotes: [first.remote],
    });
  });

  test('keeps the session before a byte of the video leaves', async () => {
    await using channel = await openChannel();
    channel.store.beforeWrite = ({ kind }) => {
      if (kind === 'upload') throw new Error('the disk is full');
    };
    await expect(channel.publish()).rejects.toThrow('the disk is full');
    expect(channel.peer.sessions()).toBe(1);
    expect(channel.peer.bytes.in()).toBe(0);
  });

  test('brought before its time, a made-for-kids video is private with all that belongs to it, and YouTube knows no time', async () => {
    await using channel = await openChannel({
      part: {
        video: { madeForKids: true, privacy: 'public', publishAt: morning + 3_600_000, playlist: 'PLkids' },
      },
    });
    const { prepare } = channel.again();
    expect(await prepare?.(channel.part, key, signal())).toBeUndefined();
    expect(channel.peer.videos[0]).toMatchObject({
      privacyStatus: 'private',
      captions: [{ text: captions }],
      playlists: ['PLkids'],
    });
    expect(channel.peer.videos[0]?.publishAt).toBeUndefined();
    expect(channel.peer.counted('videos-update')).toBe(0);
    expect(await channel.again().find(channel.part, key, morning, signal())).toEqual({
      found: false,
      goesOn: true,
    });
    // Words that were put right meanwhile are what is shown; nothing else is brought again.
    const put = { ...channel.part, text: 'Crosby Library is open until eight on Thursdays.' };
    expect(await channel.again().publish(put, key, signal())).toEqual(first);
    expect(channel.peer.videos).toHaveLength(1);
    expect(channel.peer.videos[0]).toMatchObject({
      privacyStatus: 'public',
      selfDeclaredMadeForKids: true,
      title: 'Crosby Library is open until eight on Thursdays',
      playlists: ['PLkids'],
    });
    expect(channel.peer.counted('captions')).toBe(1);
  });

  test('a film that was exchanged before anybody saw it is brought anew, and the first one is deleted', async () => {
    await using channel = await openChannel();
    const { prepare } = channel.network;
    expect(await prepare?.(channel.part, key, signal())).toBeUndefined();
    const other = await channel.blobs.put(videoOf(500_000));
    const [video, picture] = channel.part.media;
    if (video === undefined || picture === undefined) throw new Error('the part has no media');
    const part = { ...channel.part, media: [{ ...video, hash: other }, picture] };
    expect(await channel.again().publish(part, key, signal())).toMatchObject({ outcome: 'published' });
    expect(
      channel.peer.videos.map(({ size, privacyStatus, removed }) => [size, privacyStatus, removed]),
    ).toEqual([
      [1_000_000, 'private', true],
      [500_000, 'public', false],
    ]);
  });

  test('a film whose last answer was lost is found where it came to be, and deleted is brought anew', async () => {
    await using channel = await openChannel();
    const { network, peer, part } = channel;
    expect(await network.unseen?.(key, signal())).toBeUndefined();
    // The session that would tell is not heard either, until the attempt is over.
    peer.fail({ on: 'put', answer: 'reset-after-commit' });
    peer.fail({ on: 'status', times: 3, answer: 'reset' });
    expect(await network.publish(part, key, signal())).toMatchObject({ reason: 'upload-goes-on' });
    const [video] = peer.videos;
    const there = await channel.again().unseen?.(key, signal());
    expect(there).toMatchObject({ remoteId: video?.id });
    if (there === undefined || 'outcome' in there) throw new Error('it is not there');
    expect(await network.remove(there, key, signal())).toMatchObject({ outcome: 'published' });
    expect(await network.unseen?.(key, signal())).toBeUndefined();
    expect(await channel.again().publish(part, key, signal())).toMatchObject({ outcome: 'published' });
    expect(peer.videos.map(({ removed }) => removed)).toEqual([true, false]);
  });

  test('a film of which the answer to its last bytes was lost is deleted where its post says something else by now', async () => {
    await using channel = await openChannel();
    const { network, peer, part } = channel;
    peer.fail({ on: 'put', answer: 'reset-after-commit' });
    peer.fail({ on: 'status', times: 3, answer: 'reset' });
    expect(await network.publish(part, key, signal())).toMatchObject({ reason: 'upload-goes-on' });
    const [video, ...others] = part.media;
    if (video === undefined) throw new Error('the part has no film');
    const other = { ...part, media: [{ ...video, captions: { as: 'burned-in' as const } }, ...others] };
    expect(await channel.again().publish(other, key, signal())).toMatchObject({ outcome: 'published' });
    expect(peer.videos.map(({ removed, privacyStatus }) => [removed, privacyStatus])).toEqual([
      [true, 'private'],
      [false, 'public'],
    ]);
  });

  test('of a film whose session YouTube has forgotten after its last bytes nobody says that it is not there', async () => {
    await using channel = await openChannel();
    const { network, peer, part } = channel;
    peer.fail({ on: 'put', answer: 'reset-after-commit' });
    peer.fail({ on: 'status', times: 3, answer: 'reset' });
    expect(await network.publish(part, key, signal())).toMatchObject({ reason: 'upload-goes-on' });
    peer.fail({ on: 'status', answer: { status: 404, reason: 'notFound' } });
    expect(await channel.again().unseen?.(key, signal())).toEqual({
      outcome: 'refused',
      reason: 'no-clear-answer',
    });
  });

  test('without captions, without a video, or with words that YouTube refuses nothing leaves', async () => {
    await using channel = await openChannel();
    const [video, picture] = channel.part.media;
    if (video === undefined || picture === undefined) throw new Error('the part has no media');
    const { captions: _, ...mute } = video;
    const ask = async (changed: Partial<typeof channel.part>) =>
      await channel.network.publish({ ...channel.part, ...changed }, key, signal());
    expect(await ask({ media: [mute] })).toEqual({ outcome: 'refused', reason: 'captions-missing' });
    expect(await ask({ media: [picture] })).toEqual({ outcome: 'refused', reason: 'video-missing' });
    expect(await ask({ media: [video, video] })).toEqual({ outcome: 'refused', reason: 'too-many-media' });
    expect(await ask({ text: 'Open <late>' })).toEqual({ outcome: 'refused', reason: 'angle-brackets' });
    expect(await ask({ text: 'é'.repeat(2_490) })).toEqual({ outcome: 'refused', reason: 'text-too-long' });
    expect(await ask({ media: [{ ...video, hash: sha256('nothing') }] })).toEqual({
      outcome: 'refused',
      reason: 'video-missing',
    });
    expect(channel.peer.calls).toEqual([]);
  });

  test('burned-in captions need no file', async () => {
    await using channel = await openChannel();
    const [video] = channel.part.media;
    if (video === undefined) throw new Error('the part has no media');
    const part = { ...channel.part, media: [{ ...video, captions: { as: 'burned-in' as const } }] };
    expect(await channel.network.publish(part, key, signal())).toEqual(first);
    expect(channel.peer.counted('captions')).toBe(0);
  });
});

/** Each fault in one call of the whole, and how it has to end. */
const faults: readonly { readonly name: string; readonly fault: YoutubeFault; readonly ends?: string }[] = [
  { name: 'the session cannot be opened', fault: { on: 'open', answer: { status: 503 } } },
  { name: 'the answer to opening is lost', fault: { on: 'open', answer: 'reset-after-commit' } },
  { name: 'the upload is cut in the middle', fault: { on: 'put', answer: { cutAt: 300_000 } } },
  { name: 'the upload is cut three times', fault: { on: 'put', times: 3, answer: { cutAt: 200_000 } } },
  { name: 'YouTube keeps less than was sent', fault: { on: 'put', answer: { keeps: 262_144 } } },
  { name: 'the answer to the last byte is lost', fault: { on: 'put', answer: 'reset-after-commit' } },
  { name: 'the answer to the last byte is cut off', fault: { on: 'put', answer: 'cut-off' } },
  { name: '500 after everything was taken', fault: { on: 'put', answer: { takenStatus: 500 } } },
  { name: '503 before anything was taken', fault: { on: 'put', answer: { status: 503 } } },
  { name: 'reset before anything was taken', fault: { on: 'put', answer: 'reset' } },
  { name: '429', fault: { on: 'put', answer: { status: 429, headers: { 'retry-after': '1' } } } },
  { name: 'the answer about captions is lost', fault: { on: 'captions', answer: 'reset-after-commit' } },
  { name: '500 after captions were taken', fault: { on: 'captions', answer: { takenStatus: 500 } } },
  { name: 'the thumbnail is reset', fault: { on: 'thumbnail', answer: 'reset' } },
  {
    name: 'the answer about the playlist is lost',
    fault: { on: 'playlist-insert', answer: 'reset-after-commit' },
  },
  { name: 'the last call is lost', fault: { on: 'videos-update', answer: 'reset-after-commit' } },
  { name: 'the last call is reset before it is taken', fault: { on: 'videos-update', answer: 'reset' } },
  { name: '500 after the last call was taken', fault: { on: 'videos-update', answer: { takenStatus: 500 } } },
  { name: 'the answer to the last call is cut off', fault: { on: 'videos-update', answer: 'cut-off' } },
  { name: '400 after everything was taken', fault: { on: 'put', answer: { takenStatus: 400 } } },
  { name: '400 after captions were taken', fault: { on: 'captions', answer: { takenStatus: 400 } } },
  {
    name: '400 after the video was put into the playlist',
    fault: { on: 'playlist-insert', answer: { takenStatus: 400 } },
  },
  { name: '400 after the last call was taken', fault: { on: 'videos-update', answer: { takenStatus: 400 } } },
  { name: 'a token is not taken once', fault: { on: 'captions', answer: { status: 401 } } },
  {
    name: 'the title is refused',
    fault: { on: 'open', answer: { status: 400, reason: 'invalidTitle' } },
    ends: 'refused',
  },
];

describe('a fault ends in exactly one video', () => {
  test.each(faults)('$name', async ({ fault, ends = 'published' }) => {
    await using channel = await openChannel();
    channel.peer.fail(fault);
    expect((await settle(channel)).outcome).toBe(ends);
    if (ends === 'published') expectOneGoodVideo(channel, 1_000_000);
    else expect(channel.peer.videos).toEqual([]);
  });

  test('a long upload is never begun again: of what arrived nothing is sent twice', async () => {
    const size = 2 * pieceSize + 500_000;
    await using channel = await openChannel({ size });
    channel.peer.fail({ on: 'put', answer: { cutAt: 5_000_000 } });
    channel.peer.fail({ on: 'put', skip: 1, answer: { keeps: 1_000_000 } });
    channel.peer.fail({ on: 'put', skip: 1, answer: 'reset-after-commit' });
    expect((await settle(channel)).outcome).toBe('published');
    expectOneGoodVideo(channel, size);
    expect(channel.peer.bytes.in()).toBe(size);
    expect(channel.peer.fromZero()).toBe(1);
    expect(channel.peer.sessions()).toBe(1);
  });

  test('time that runs out in the middle is gone on with, not begun again', async () => {
    const size = 2 * pieceSize + 500_000;
    await using channel = await openChannel({ size });
    const late = new AbortController();
    const publishing = channel.publish(channel.network, late.signal);
    await channel.peer.bytes.until(pieceSize + 100_000);
    late.abort();
    expect(await publishing).toMatchObject({ outcome: 'retry', reason: 'upload-goes-on' });
    expect(channel.peer.videos).toEqual([]);
    expect((await settle(channel)).outcome).toBe('published');
    expect(channel.peer.fromZero()).toBe(1);
  });

  test('an answer that never comes ends with the deadline', async () => {
    await using channel = await openChannel();
    channel.peer.fail({ on: 'videos-update', answer: 'hang' });
    const late = new AbortController();
    const publishing = channel.publish(channel.network, late.signal);
    await expect
      .poll(() => channel.peer.counted('videos-update'), { interval: 5, timeout: 10_000, message: 'updates' })
      .toBe(1);
    late.abort();
    expect(await publishing).toMatchObject({ outcome: 'unknown' });
    expect((await settle(channel)).outcome).toBe('published');
    expectOneGoodVideo(channel, 1_000_000);
  });
});

describe('tokens', () => {
  test('one that expires in the middle of a file is renewed, and the file goes on', async () => {
    const size = pieceSize + 400_000;
    await using channel = await openChannel({ size });
    channel.peer.fail({ on: 'put', skip: 1, answer: { status: 401, reason: 'authError' } });
    expect(await channel.publish()).toEqual(first);
    expectOneGoodVideo(channel, size);
    expect(channel.peer.bytes.in()).toBe(size);
    expect(channel.peer.counted('token')).toBe(2);
  });

  test('all of them expired between two attempts', async () => {
    await using channel = await openChannel();
    channel.peer.fail({ on: 'captions', answer: 'reset' });
    expect(await channel.publish()).toMatchObject({ outcome: 'retry' });
    channel.peer.expireTokens();
    expect(await channel.publish()).toEqual(first);
    expect(channel.peer.counted('token')).toBe(2);
  });

  test('taken back: the account is blocked until somebody connects it again', async () => {
    await using channel = await openChannel();
    channel.peer.revoke();
    expect(await channel.publish()).toEqual({ outcome: 'refused', reason: accountBlocked });
    expect(channel.peer.videos).toEqual([]);
  });

  test('the token goes nowhere but to Google, whatever an answer says', async () => {
    const asked: (string | undefined)[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.end();
    });
    const { url } = await listening(elsewhere);
    await using channel = await openChannel();
    const location = `${url}/upload?upload_id=session-1`;
    channel.peer.fail({ on: 'open', answer: { location } });
    expect(await channel.publish()).toMatchObject({ outcome: 'retry' });
    expect(asked).toEqual([]);
    expect(await channel.uploads.of(key.id)).toBeUndefined();
    expect(await channel.publish()).toEqual(first);
    elsewhere.close();
  });
});

describe('a session that YouTube has forgotten', () => {
  test('before its last bytes: there is no video, and another session is opened', async () => {
    await using channel = await openChannel({ size: 2 * pieceSize });
    const late = new AbortController();
    const publishing = channel.publish(channel.network, late.signal);
    await channel.peer.bytes.until(1_000_000);
    late.abort();
    await publishing;
    channel.peer.forgetSessions();
    expect((await settle(channel)).outcome).toBe('published');
    expectOneGoodVideo(channel, 2 * pieceSize);
    expect(channel.peer.sessions()).toBe(2);
  });

  test('time and again: it is given up, and trying again opens another', async () => {
    await using channel = await openChannel({ size: 2 * pieceSize });
    channel.peer.fail({ on: 'put', times: 4, answer: { status: 404, reason: 'notFound' } });
    for (let n = 0; n < 2; n += 1)
      expect(await channel.publish()).toMatchObject({ reason: 'upload-goes-on' });
    expect(await channel.publish()).toEqual({ outcome: 'refused', reason: 'upload-forgotten' });
    expect(channel.peer.sessions()).toBe(3);
    // Somebody says that it is tried again: it has as many tries as before.
    expect(await channel.publish()).toMatchObject({ reason: 'upload-goes-on' });
    expect((await settle(channel)).outcome).toBe('published');
    expectOneGoodVideo(channel, 2 * pieceSize);
  });

  test('after its last bytes: the video is found among our own and finished', async () => {
    await using channel = await openChannel();
    channel.peer.fail({ on: 'put', answer: 'reset-after-commit' });
    channel.peer.fail({ on: 'status', times: 9, answer: { status: 503 } });
    expect(await channel.publish()).toMatchObject({ outcome: 'retry' });
    channel.peer.forgetSessions();
    // The peer answers for a forgotten session before it comes to the faults that are left.
    expect(await channel.publish(channel.again())).toEqual(first);
    expectOneGoodVideo(channel, 1_000_000);
    expect(channel.peer.sessions()).toBe(1);
  });

  test('after its last bytes, and no video for an hour: another session is opened', async () => {
    await using channel = await openChannel();
    channel.peer.fail({ on: 'put', answer: { cutAt: 900_000 } });
    channel.peer.fail({ on: 'status', times: 4, answer: { status: 503 } });
    await channel.publish();
    channel.peer.forgetSessions();
    expect(await channel.publish()).toEqual({ outcome: 'retry', after: 600_000, reason: 'upload-goes-on' });
    expect(channel.peer.sessions()).toBe(1);
    channel.at(morning + 3_700_000);
    expect(await channel.publish()).toMatchObject({ outcome: 'retry', after: 0 });
    expect((await settle(channel)).outcome).toBe('published');
    expectOneGoodVideo(channel, 1_000_000);
  });
});

describe('the day of a Google project', () => {
  /** Midnight in California, seen from the morning there before it. */
  const refilled = Date.parse('2026-11-24T08:00:00Z');

  test('what is not left today waits for midnight there, before anything is sent', async () => {
    await using channel = await openChannel({ quota: { uploads: 0, searches: 0, units: 10_000 } });
    expect(await channel.publish()).toEqual({
      outcome: 'retry',
      after: refilled - morning,
      reason: 'quota-spent',
    });
    expect(channel.peer.calls).toEqual([]);
  });

  test.each([
    ['quotaExceeded', 403, 'units'],
    ['uploadLimitExceeded', 400, 'uploads'],
  ] as const)('%s: the bucket counts as empty until midnight there', async (reason, status, bucket) => {
    await using channel = await openChannel();
    channel.peer.fail({ on: 'open', answer: { status, reason } });
    expect(await channel.publish()).toEqual({
      outcome: 'retry',
      after: refilled - morning,
      reason: 'quota-spent',
    });
    expect((await channel.quota.left())[bucket]).toBe(0);
    expect(await channel.publish()).toMatchObject({ outcome: 'retry', reason: 'quota-spent' });
    expect(channel.peer.counted('open')).toBe(1);
    channel.at(refilled);
    expect(await channel.publish()).toEqual(first);
  });

  test('a film refused for the quota just after midnight there goes out minutes later, not a day', async () => {
    await using channel = await openChannel();
    channel.at(refilled + 500);
    channel.peer.fail({ on: 'open', answer: { status: 403, reason: 'quotaExceeded' } });
    const refused = await channel.publish();
    expect(refused).toMatchObject({ outcome: 'retry', reason: 'quota-spent' });
    const after = refused.outcome === 'retry' ? refused.after : 0;
    expect(after).toBeLessThan(600_000);
    channel.at(refilled + 500 + after);
    expect(await channel.publish()).toEqual(first);
  });

  test('a wrong film comes down and its words are put right, however much we counted; Google says when to wait', async () => {
    await using channel = await openChannel();
    expect(await channel.publish()).toEqual(first);
    await channel.quota.empty('units');
    await channel.quota.empty('units');
    const told = await channel.store.get('youtube-quota', idFrom('youtube-quota', credentials.clientId));
    expect(JSON.stringify(told?.body).match(/"quota-empty"/g)).toHaveLength(1);
    const edited = await channel.network.edit?.(first.remote, channel.part, key, 'the day', signal());
    expect(edited).toEqual(first);
    channel.peer.fail({ on: 'videos-delete', answer: { status: 403, reason: 'quotaExceeded' } });
    expect(await channel.network.remove(first.remote, key, signal())).toEqual({
      outcome: 'retry',
      after: refilled - morning,
      reason: 'quota-spent',
    });
    expect(await channel.network.remove(first.remote, key, signal())).toEqual(first);
  });

  test('a quota that ends in the middle of an upload waits with the upload, and goes on', async () => {
    await using channel = await openChannel({ size: pieceSize + 100_000 });
    channel.peer.fail({ on: 'put', skip: 1, answer: { status: 403, reason: 'quotaExceeded' } });
    expect(await channel.publish()).toMatchObject({ outcome: 'retry', reason: 'quota-spent' });
    channel.at(refilled);
    expect(await channel.publish(channel.again())).toEqual(first);
    expect(channel.peer.fromZero()).toBe(1);
    expect(channel.peer.bytes.in()).toBe(pieceSize + 100_000);
  });

  test('too many calls in a moment wait as long as Google says', async () => {
    await using channel = await openChannel();
    channel.peer.fail({
      on: 'open',
      answer: { status: 403, reason: 'rateLimitExceeded', headers: { 'retry-after': '7' } },
    });
    expect(await channel.publish()).toEqual({ outcome: 'retry', after: 7_000, reason: 'busy' });
  });
});

describe('afterwards', () => {
  test('a title and description are put right, and the rest of the video stays', async () => {
    await using channel = await openChannel();
    await channel.publish();
    const part = { ...channel.part, text: 'Crosby Library is open late on Fridays.' };
    const edited = await channel.network.edit?.(first.remote, part, key, 'the day', signal());
    expect(edited).toEqual(first);
    expectOneGoodVideo(channel, 1_000_000);
    expect(channel.peer.videos[0]).toMatchObject({
      title: 'Crosby Library is open late on Fridays',
      description:
        'Crosby Library is open late on Fridays.\n\nCorrected: the day\n\nhttps://news.sefton.gov.uk/news/142',
      categoryId: '22',
    });
  });

  test('a correction keeps the tags and the language that somebody has set there', async () => {
    await using channel = await openChannel();
    await channel.publish();
    const set = { tags: ['libraries', 'Sefton'], defaultLanguage: 'cy' };
    channel.peer.change(first.remote.remoteId, set);
    expect(await channel.network.edit?.(first.remote, channel.part, key, 'the day', signal())).toEqual(first);
    expect(channel.peer.videos[0]).toMatchObject(set);
  });

  test('a removal is done once, and again without harm', async () => {
    await using channel = await openChannel();
    await channel.publish();
    channel.peer.fail({ on: 'videos-delete', answer: 'reset-after-commit' });
    expect(await channel.network.remove(first.remote, key, signal())).toMatchObject({ outcome: 'unknown' });
    expect(await channel.network.remove(first.remote, key, signal())).toEqual(first);
    expect(channel.peer.videos.map(({ removed }) => removed)).toEqual([true]);
  });

  test('a removal that is done and refused all the same is no failure', async () => {
    await using channel = await openChannel();
    await channel.publish();
    channel.peer.fail({ on: 'videos-delete', answer: { takenStatus: 400 } });
    expect(await channel.network.remove(first.remote, key, signal())).toEqual(first);
  });

  test('the channel itself is read, with how many uploads are left today', async () => {
    await using channel = await openChannel();
    await channel.publish();
    expect(await channel.network.account?.(signal())).toEqual({
      read: true,
      name: 'Sefton Council',
      followers: 1530,
      left: 99,
      expires: 'never',
    });
    channel.peer.revoke();
    expect(await channel.again().account?.(signal())).toEqual({ read: false, reason: accountBlocked });
  });

  test('views, likes and comments are read; of a video that is gone there is nothing to read', async () => {
    await using channel = await openChannel();
    await channel.publish();
    expect(await channel.network.measure?.(first.remote, signal())).toEqual({
      views: 1204,
      likes: 17,
      replies: 3,
    });
    expect(await channel.network.measure?.(remoteOf('video000009'), signal())).toBeUndefined();
  });
});
