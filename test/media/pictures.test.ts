import { readFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainPhoto } from './drawn-pictures.ts';
import type { Blobs } from '../../src/core/blobs.ts';
import { keepPicture, largestPicture } from '../../src/media/pictures.ts';
import { openBlobFolder } from '../../src/store/blobs.ts';
import { pngBomb } from '../fixtures/pictures/png-bomb.ts';

let folder: string;
let blobs: Blobs;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-pictures-'));
  blobs = await openBlobFolder(folder);
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const kept = async (): Promise<number> =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile()).length;

/** Keeps a picture. @returns what was kept of it, and its bytes */
async function keep(bytes: Uint8Array) {
  const result = await keepPicture(bytes, blobs);
  if (!result.ok) throw new Error(`not kept: ${result.why}`);
  return { medium: result.medium, bytes: Buffer.from((await blobs.get(result.medium.hash)) ?? []) };
}

/** As seen: red above, blue below. */
async function twoColours(width = 64, height = 96): Promise<Sharp> {
  const half = { width, height: height / 2, channels: 3 as const };
  const above = await sharp({ create: { ...half, background: '#dc0000' } })
    .png()
    .toBuffer();
  return sharp({ create: { width, height, channels: 3, background: '#0000dc' } }).composite([
    { input: above, top: 0, left: 0 },
  ]);
}

/** Which of the two colours stand in the middle of the upper and of the lower half. */
async function coloursOf(bytes: Uint8Array): Promise<readonly string[]> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): string => {
    const from = (Math.floor(y) * info.width + Math.floor(x)) * info.channels;
    const [red = 0, , blue = 0] = data.subarray(from, from + 3);
    return red > 120 && blue < 80 ? 'red' : blue > 120 && red < 80 ? 'blue' : 'other';
  };
  return [at(info.width / 2, info.height / 4), at(info.width / 2, (info.height * 3) / 4)];
}

const place = {
  IFD0: { Make: 'Apple', Model: 'iPhone 15' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '53/1 28/1 4838/100',
    GPSLongitudeRef: 'W',
    GPSLongitude: '3/1 1/1 2628/100',
  },
};

/** What a phone writes into a file about where and by what it was taken. */
function expectNothingTold(bytes: Buffer): void {
  const text = bytes.toString('latin1');
  for (const trace of ['Exif', 'iPhone', 'Apple', 'GPS', 'http://ns.adobe.com', 'Photoshop']) {
    expect(text).not.toContain(trace);
  }
}

describe('a picture from a phone', () => {
  test('JPEG: place and camera are gone, the picture is the same', async () => {
    const sent = await (await twoColours()).jpeg().withExif(place).toBuffer();
    expect((await sharp(sent).metadata()).exif?.toString('latin1')).toContain('iPhone 15');
    const { medium, bytes } = await keep(sent);
    expectNothingTold(bytes);
    const { exif, xmp, iptc } = await sharp(bytes).metadata();
    expect([exif, xmp, iptc]).toEqual([undefined, undefined, undefined]);
    expect(medium).toMatchObject({ contentType: 'image/jpeg', width: 64, height: 96, bytes: bytes.length });
    expect(await coloursOf(bytes)).toEqual(['red', 'blue']);
  });

  test.each([2, 3, 4, 5, 6, 7, 8])('one that is stored turned (%i) stands upright', async (orientation) => {
    // Stored so that it stands upright only for whoever follows the note about how the camera was held.
    const upright = await (await twoColours()).png().toBuffer();
    const turned: Record<number, (of: Sharp) => Sharp> = {
      2: (of) => of.flop(),
      3: (of) => of.rotate(180),
      4: (of) => of.flip(),
      5: (of) => of.rotate(270).flop(),
      6: (of) => of.rotate(270),
      7: (of) => of.rotate(90).flop(),
      8: (of) => of.rotate(90),
    };
    const pixels = await (turned[orientation] ?? ((of) => of))(sharp(upright)).png().toBuffer();
    const sent = await sharp(pixels).jpeg().withMetadata({ orientation }).toBuffer();
    const { medium, bytes } = await keep(sent);
    expect([medium.width, medium.height]).toEqual([64, 96]);
    expect((await sharp(bytes).metadata()).orientation).toBeUndefined();
    expect(await coloursOf(bytes)).toEqual(['red', 'blue']);
  });

  // The fixture was made for this project: 64 by 96 pixels, red above, blue below, with a place and a camera.
  test('HEIC: kept as JPEG, place and camera are gone', async () => {
    const sent = await readFile(join(import.meta.dirname, '../fixtures/pictures/phone.heic'));
    expect(sent.toString('latin1')).toContain('iPhone 15');
    const { medium, bytes } = await keep(sent);
    expectNothingTold(bytes);
    expect(medium).toMatchObject({ contentType: 'image/jpeg', width: 64, height: 96, bytes: bytes.length });
    expect(await coloursOf(bytes)).toEqual(['red', 'blue']);
  });

  test('a HEIC that is cut off or no picture is not taken', async () => {
    const sent = await readFile(join(import.meta.dirname, '../fixtures/pictures/phone.heic'));
    const other = Buffer.concat([
      Buffer.from('0000001866747970686569630000000068656963', 'hex'),
      Buffer.alloc(900, 7),
    ]);
    for (const bytes of [sent.subarray(0, 500), other]) {
      expect(await keepPicture(bytes, blobs)).toEqual({ ok: false, why: 'not-a-picture' });
    }
    expect(await kept()).toBe(0);
  });

  test('what a network needs made of it is kept beside it, smaller and as told of as the picture itself', async () => {
    const sent = await sharp({ create: { width: 3_000, height: 1_800, channels: 3, background: '#345' } })
      .jpeg()
      .withExif(place)
      .toBuffer();
    const result = await keepPicture(sent, blobs, ['website', 'x', 'instagram', 'bluesky', 'by-hand']);
    if (!result.ok) throw new Error(result.why);
    const { madeFor = {} } = result.medium;
    expect(madeFor).toMatchObject({
      instagram: { contentType: 'image/jpeg', width: 1_440, height: 864 },
      bluesky: { contentType: 'image/jpeg', width: 2_000, height: 1_200 },
    });
    expect(Object.keys(madeFor)).toHaveLength(2);
    for (const { hash, bytes } of Object.values(madeFor)) {
      const made = Buffer.from((await blobs.get(hash)) ?? []);
      expect(made.length).toBe(bytes);
      expectNothingTold(made);
    }
    expect(await kept()).toBe(3);
    const { medium } = await keep(await (await twoColours()).jpeg().toBuffer());
    expect(medium).not.toHaveProperty('madeFor');
  });

  test('a moving GIF still moves', async () => {
    const frame = (background: string) =>
      sharp({ create: { width: 20, height: 20, channels: 3, background } })
        .png()
        .toBuffer();
    const frames = await Promise.all(['#ff0000', '#00ff00', '#0000ff'].map(frame));
    const sent = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 200, 300] })
      .toBuffer();
    const { medium, bytes } = await keep(sent);
    expect(medium).toMatchObject({ contentType: 'image/gif', width: 20, height: 20, animated: true });
    const { pages, delay } = await sharp(bytes, { animated: true }).metadata();
    expect([pages, delay]).toEqual([3, [100, 200, 300]]);
  });

  test('a GIF of many frames is no bomb as long as all of them together are not', async () => {
    const frame = (n: number) =>
      sharp({ create: { width: 500, height: 500, channels: 3, background: { r: n * 9, g: 0, b: 0 } } })
        .png()
        .toBuffer();
    const frames = await Promise.all(Array.from({ length: 20 }, (_, n) => frame(n)));
    const sent = await sharp(frames, { join: { animated: true } })
      .gif({ effort: 1 })
      .toBuffer();
    const { medium, bytes } = await keep(sent);
    expect(medium).toMatchObject({ contentType: 'image/gif', width: 500, height: 500 });
    expect((await sharp(bytes, { animated: true }).metadata()).pages).toBe(20);
  });

  test('a large one becomes smaller, a small one never larger', async () => {
    const large = await plainPhoto('#123456', 6_000, 3_000);
    expect((await keep(large)).medium).toMatchObject({ width: 4_096, height: 2_048 });
    const small = await (await twoColours(10, 10)).png().toBuffer();
    expect((await keep(small)).medium).toMatchObject({ width: 10, height: 10 });
  });
});

describe('what is no picture is not kept, and said why', () => {
  test('a bomb: a few bytes that unpack to gigabytes', async () => {
    const bomb = pngBomb(60_000, 60_000);
    expect(bomb.length).toBeLessThan(5_000);
    const before = process.memoryUsage.rss();
    expect(await keepPicture(bomb, blobs)).toEqual({ ok: false, why: 'too-many-pixels' });
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
    expect(await kept()).toBe(0);
  });

  test('a GIF whose frames together are a bomb', async () => {
    // Each frame paints one point of a screen of four million; unpacked, each is the whole screen.
    const screen = Buffer.from('474946383961d007d007800000ff00000000ff', 'hex');
    const frame = Buffer.from('21f90404010000002c00000000010001000002024401' + '00', 'hex');
    const bomb = Buffer.concat([
      screen,
      ...Array.from({ length: 60 }, () => frame),
      Buffer.from('3b', 'hex'),
    ]);
    expect(bomb.length).toBeLessThan(2_000);
    expect(await keepPicture(bomb, blobs)).toEqual({ ok: false, why: 'too-many-pixels' });
    expect(await kept()).toBe(0);
  });

  test.each([
    ['an SVG with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['an SVG behind a declaration', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a web page', '<!doctype html><img src=x onerror=alert(1)>'],
    ['a PDF', '%PDF-1.7\n'],
    ['a program', 'MZ\u0090\u0000'],
    ['nothing', ''],
  ])('%s', async (_name, text) => {
    expect(await keepPicture(Buffer.from(text), blobs)).toEqual({ ok: false, why: 'not-a-picture' });
    expect(await kept()).toBe(0);
  });

  test('something else behind the first bytes of a picture', async () => {
    const script = Buffer.from('<script>alert(1)</script>'.repeat(20));
    for (const first of ['ffd8ffe0', '89504e470d0a1a0a', '474946383961']) {
      const bytes = Buffer.concat([Buffer.from(first, 'hex'), script]);
      expect(await keepPicture(bytes, blobs)).toEqual({ ok: false, why: 'not-a-picture' });
    }
    expect(await kept()).toBe(0);
  });

  test('what hangs behind a good picture is not kept', async () => {
    const good = await (await twoColours()).jpeg().toBuffer();
    const { bytes } = await keep(Buffer.concat([good, Buffer.from('<script>alert(1)</script>')]));
    expect(bytes.toString('latin1')).not.toContain('script');
  });

  test('a picture that is cut off, and one that is too large', async () => {
    const good = await (await twoColours(800, 800)).jpeg().toBuffer();
    expect(await keepPicture(good.subarray(0, good.length / 2), blobs)).toMatchObject({ ok: false });
    expect(await keepPicture(new Uint8Array(largestPicture + 1), blobs)).toEqual({
      ok: false,
      why: 'too-large',
    });
    expect(await kept()).toBe(0);
  });
});
