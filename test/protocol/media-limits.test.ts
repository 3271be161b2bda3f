import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { resize, type Resized } from '../../src/media/resize.ts';
import {
  barsOf,
  framed,
  mediaLimits,
  pictureFits,
  resizing,
  videoFits,
  type PictureFacts,
  type VideoShape,
} from '../../src/protocol/media-limits.ts';
import { networkNames } from '../../src/protocol/protocol.ts';

const video: VideoShape = {
  contentType: 'video/mp4',
  bytes: 50_000_000,
  length: 60_000,
  width: 1920,
  height: 1080,
  codec: 'AVC',
  streamable: true,
};
const picture: PictureFacts = { contentType: 'image/jpeg', bytes: 900_000, width: 1200, height: 900 };
const networks = networkNames.filter((name) => name !== 'by-hand');

describe('what a network takes', () => {
  test.each(networks)(
    '%s takes an ordinary video and an ordinary picture, and says where that is written',
    (name) => {
      expect(videoFits(video, name)).toEqual([]);
      expect(pictureFits(picture, name)).toEqual([]);
      expect(resizing(picture, name)).toBeUndefined();
      const { pictures, videos } = mediaLimits[name];
      expect([pictures?.source, videos?.source].every((source) => (source ?? '').length > 5)).toBe(true);
    },
  );

  test.each([
    ['x', { length: 141_000 }, 'too-long'],
    ['x', { codec: 'HEVC' }, 'codec'],
    ['x', { width: 4_000, height: 1_000 }, 'too-wide'],
    ['x', { width: 1_000, height: 4_000 }, 'too-narrow'],
    ['instagram', { length: 2_000 }, 'too-short'],
    ['instagram', { streamable: false }, 'not-streamable'],
    ['instagram', { bytes: 301_000_000 }, 'bytes'],
    ['bluesky', { contentType: 'video/quicktime' }, 'type'],
    ['bluesky', { length: 181_000 }, 'too-long'],
    ['facebook', { contentType: 'video/webm' }, 'type'],
  ] as const)('%s: a video with %j', (name, change, code) => {
    expect(videoFits({ ...video, ...change }, name).map((misfit) => misfit.code)).toEqual([code]);
  });

  test.each([
    ['instagram', { width: 300, height: 300 }, ['too-small']],
    ['instagram', { width: 200, height: 300 }, ['too-small']],
    ['instagram', { contentType: 'image/gif', animated: true }, ['stands-still']],
    ['instagram', { contentType: 'image/gif', animated: true, width: 500 }, ['too-narrow', 'stands-still']],
    ['instagram', { contentType: 'image/gif', animated: true, height: 600 }, ['too-wide', 'stands-still']],
    ['x', { contentType: 'image/gif', animated: true, bytes: 16_000_000 }, ['bytes']],
  ] as const)('%s: a picture with %j', (name, change, codes) => {
    expect(pictureFits({ ...picture, ...change }, name).map((misfit) => misfit.code)).toEqual(codes);
  });

  test('a shape that is off by less than a pixel is the shape', () => {
    expect(resizing({ ...picture, width: 1_080, height: 1_351 }, 'instagram')).toBeUndefined();
    // Ten pixels more are another shape, of which Instagram gets the whole.
    expect(resizing({ ...picture, width: 1_080, height: 1_360 }, 'instagram')).toMatchObject({
      width: 1_080,
      height: 1_360,
      shapes: { narrowest: 4 / 5, widest: 1.91 },
    });
  });

  test.each([
    [
      'upright from a phone',
      { width: 1_080, height: 1_440 },
      { width: 1_152, height: 1_440 },
      'at-the-sides',
    ],
    ['a whole screen', { width: 900, height: 1_600 }, { width: 1_280, height: 1_600 }, 'at-the-sides'],
    ['a banner', { width: 1_400, height: 350 }, { width: 1_400, height: 733 }, 'above-and-below'],
    ['lying', picture, picture, undefined],
  ] as const)('Instagram gets bars: %s', (_what, size, whole, where) => {
    expect(pictureFits({ ...picture, ...size }, 'instagram')).toEqual([]);
    const framing = framed(size, mediaLimits.instagram.pictures ?? {});
    expect(framing).toEqual({ width: whole.width, height: whole.height });
    expect(barsOf(size, framing)).toBe(where);
    expect(resizing({ ...picture, ...size }, 'x')).toBeUndefined();
  });

  test('what was only made smaller has no bars', () => {
    expect(barsOf({ width: 4_000, height: 2_999 }, { width: 1_440, height: 1_079 })).toBeUndefined();
    expect(barsOf({ width: 2_999, height: 4_000 }, { width: 215, height: 288 })).toBeUndefined();
  });

  test('by hand, whoever posts it decides', () => {
    expect(videoFits({ ...video, length: 9e9 }, 'by-hand')).toEqual([]);
    expect(pictureFits(picture, 'by-hand')).toEqual([]);
  });

  test('nothing is ever made larger, nothing is pressed or cut, and what was made needs nothing more', () => {
    const any = fc.record({
      contentType: fc.constantFrom('image/jpeg', 'image/png', 'image/webp', 'image/gif'),
      bytes: fc.integer({ min: 1, max: 30_000_000 }),
      width: fc.integer({ min: 1, max: 9_000 }),
      height: fc.integer({ min: 1, max: 9_000 }),
      animated: fc.boolean(),
    });
    fc.assert(
      fc.property(any, fc.constantFrom(...networkNames), (facts, name) => {
        const wanted = resizing(facts, name);
        if (wanted === undefined) return;
        expect(wanted.width).toBeLessThanOrEqual(facts.width);
        expect(wanted.height).toBeLessThanOrEqual(facts.height);
        expect(Math.abs(wanted.width * facts.height - wanted.height * facts.width)).toBeLessThanOrEqual(
          Math.max(facts.width, facts.height),
        );
        const whole = framed(wanted, wanted.shapes ?? {});
        expect(whole.width).toBeGreaterThanOrEqual(wanted.width);
        expect(whole.height).toBeGreaterThanOrEqual(wanted.height);
        const then = { ...whole, contentType: wanted.type, bytes: wanted.most };
        expect(resizing(then, name)).toBeUndefined();
        expect(pictureFits(then, name)).toEqual([]);
      }),
    );
  });
});

describe('a picture that is packed anew', () => {
  test('for Instagram: JPEG, at most 1,440 wide, on white', async () => {
    const clear = await sharp({
      create: { width: 3_000, height: 3_000, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const wanted = resizing(
      { contentType: 'image/png', bytes: clear.length, width: 3_000, height: 3_000 },
      'instagram',
    );
    if (wanted === undefined) throw new Error('nothing to do');
    const done = await resize(clear, wanted);
    expect(done).toMatchObject({ ok: true, contentType: 'image/jpeg', width: 1_440, height: 1_440 });
    if (!done.ok) return;
    const { channels } = await sharp(done.bytes).stats();
    expect(channels.map(({ mean }) => Math.round(mean))).toEqual([255, 255, 255]);
  });

  test.each([
    [
      'a phone’s upright picture',
      { width: 900, height: 1_600 },
      { width: 1_152, height: 1_440 },
      { x: 5, y: 720 },
    ],
    ['a banner', { width: 1_400, height: 300 }, { width: 1_400, height: 733 }, { x: 700, y: 5 }],
  ] as const)('for Instagram: the whole of %s, with white bars', async (_what, size, whole, bar) => {
    const sent = await sharp({ create: { ...size, channels: 3, background: '#d4351c' } })
      .jpeg()
      .toBuffer();
    const wanted = resizing({ contentType: 'image/jpeg', bytes: sent.length, ...size }, 'instagram');
    if (wanted === undefined) throw new Error('nothing to do');
    const done = await resize(sent, wanted);
    if (!done.ok) throw new Error(done.why);
    expect(done).toMatchObject({ contentType: 'image/jpeg', ...whole });
    const { data, info } = await sharp(done.bytes).raw().toBuffer({ resolveWithObject: true });
    const red = (x: number, y: number): boolean =>
      (data[(y * info.width + x) * info.channels + 1] ?? 255) < 120;
    expect(red(bar.x, bar.y)).toBe(false);
    // As much of the middle line and the middle column is the picture as it had before.
    const across = Array.from({ length: info.width }, (_, x) => red(x, info.height >> 1)).filter(
      Boolean,
    ).length;
    const down = Array.from({ length: info.height }, (_, y) => red(info.width >> 1, y)).filter(
      Boolean,
    ).length;
    expect(Math.abs(across / down - size.width / size.height)).toBeLessThan(0.02);
    expect([across, down].some((length, n) => length === [info.width, info.height][n])).toBe(true);
  });

  /** A square that packs badly, as JPEG. */
  const busySquare = async (side: number): Promise<Buffer> => {
    const noise = Buffer.alloc(side * side * 3);
    for (let at = 0; at < noise.length; at += 1) noise[at] = (at * 2_654_435_761) >>> 24;
    return await sharp(noise, { raw: { width: side, height: side, channels: 3 } })
      .jpeg({ quality: 95 })
      .toBuffer();
  };

  test('for Bluesky: as few bytes as it takes, however busy the picture is', async () => {
    const busy = await busySquare(1_100);
    expect(busy.length).toBeGreaterThan(1_000_000);
    const wanted = resizing(
      { contentType: 'image/jpeg', bytes: busy.length, width: 1_100, height: 1_100 },
      'bluesky',
    );
    if (wanted === undefined) throw new Error('nothing to do');
    const done = await resize(busy, wanted);
    expect(done).toMatchObject({ ok: true, contentType: 'image/jpeg', width: 1_100, height: 1_100 });
    if (done.ok) expect(done.bytes.length).toBeLessThanOrEqual(1_000_000);
  });

  /** A square of noise as PNG, opaque but for the corner where one is to be seen through. */
  const busyPng = async (side: number, corner: number): Promise<Buffer> => {
    const noise = Buffer.alloc(side * side * 4, 255);
    let last = 1;
    for (let at = 0; at < noise.length; at += 1) {
      last = (Math.imul(last, 1_664_525) + 1_013_904_223) >>> 0;
      if (at % 4 !== 3) noise[at] = (last >>> 26) << 2;
    }
    noise[3] = corner;
    return await sharp(noise, { raw: { width: side, height: side, channels: 4 } })
      .png()
      .toBuffer();
  };

  test('a PNG that is too many bytes becomes a JPEG of its size, unless one sees through it', async () => {
    const facts = { contentType: 'image/png', width: 200, height: 200, bytes: 1_000_001 };
    const wanted = resizing(facts, 'bluesky');
    if (wanted === undefined) throw new Error('nothing to do');
    for (const [corner, size] of [
      [255, { contentType: 'image/jpeg', width: 200, height: 200 }],
      [0, { contentType: 'image/png', width: 100, height: 100 }],
    ] as const) {
      const busy = await busyPng(200, corner);
      const most = Math.floor(busy.length / 2);
      const done = await resize(busy, { ...wanted, most });
      expect(done).toMatchObject({ ok: true, ...size });
      expect(done.ok && done.bytes.length <= most).toBe(true);
    }
  });

  test('it is packed harder before it is made smaller, and made smaller before it is given up', async () => {
    const busy = await busySquare(200);
    const within = async (most: number): Promise<Resized> =>
      await resize(busy, { width: 200, height: 200, type: 'image/jpeg', most });
    const easily = await within(1_000_000);
    if (!easily.ok) throw new Error('it does not fit');
    const harder = await within(easily.bytes.length - 1);
    expect(harder).toMatchObject({ ok: true, width: 200 });
    if (!harder.ok) return;
    expect(harder.bytes.length).toBeLessThan(easily.bytes.length);
    const smaller = await within(Math.floor(easily.bytes.length / 4));
    expect(smaller.ok && smaller.width < 200 && smaller.width === smaller.height).toBe(true);
    expect(await within(100)).toEqual({ ok: false, why: 'will-not-fit' });
  });
});
