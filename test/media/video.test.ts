import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileBytes } from '../../src/media/cleaning/changes.ts';
import { readVideo, videoType } from '../../src/media/video.ts';
import { mp4, webm } from './video-files.ts';

const read = async (bytes: Uint8Array) =>
  await readVideo({
    size: bytes.length,
    read: async (from, to) => await Promise.resolve(Buffer.from(bytes.subarray(from, to))),
  });

describe('what a video is, by its bytes', () => {
  test.each([
    ['MP4', mp4({ seconds: 12, width: 1920, height: 1080 }), 'video/mp4', 12_000, 1920, 1080, 'AVC', false],
    [
      'MP4 that begins with what is in it',
      mp4({ seconds: 61.5, width: 640, height: 480, streamable: true }),
      'video/mp4',
      61_500,
      640,
      480,
      'AVC',
      true,
    ],
    [
      'QuickTime',
      mp4({ seconds: 5, width: 1280, height: 720, brand: 'qt  ', streamable: true }),
      'video/quicktime',
      5_000,
      1280,
      720,
      'AVC',
      true,
    ],
    ['WebM', webm({ seconds: 7, width: 800, height: 450 }), 'video/webm', 7_000, 800, 450, 'VP9', true],
  ])('%s', async (_name, bytes, contentType, length, width, height, codec, streamable) => {
    expect(await read(bytes)).toEqual({
      ok: true,
      video: {
        contentType,
        bytes: bytes.length,
        length,
        width,
        height,
        codec,
        streamable,
        sound: false,
      },
    });
  });

  test.each([
    [0, 1920, 1080],
    [90, 1080, 1920],
    [180, 1920, 1080],
    [270, 1080, 1920],
  ] as const)('one that was filmed turned by %i is as large as it is seen', async (turned, width, height) => {
    expect(await read(mp4({ seconds: 3, width: 1920, height: 1080, turned }))).toMatchObject({
      video: { width, height },
    });
  });

  test('what stands at the end of a long file is found without reading all of it', async () => {
    const pictures = 80_000_000;
    const small = mp4({ seconds: 600, width: 1920, height: 1080, pictures: 25 });
    const index = small.indexOf('moov') - 4;
    const [begin, end] = [small.subarray(0, index - 25), small.subarray(index)];
    begin.writeUInt32BE(pictures + 8, begin.length - 8);
    end.writeUInt32BE(pictures / 25, end.indexOf('stsz') + 8);
    let asked = 0;
    const size = begin.length + pictures + end.length;
    const long: FileBytes = {
      size,
      // Nothing but zeros stands between, which nobody has to keep.
      read: async (from, to) => {
        const part = Buffer.alloc(Math.min(to, size) - from);
        asked += part.length;
        begin.copy(part, 0, Math.min(from, begin.length));
        const at = begin.length + pictures - from;
        end.copy(part, Math.max(0, at), Math.max(0, -at));
        return await Promise.resolve(part);
      },
    };
    expect(await readVideo(long)).toMatchObject({ video: { length: 600_000 } });
    expect(asked).toBeLessThan(40_000_000);
  });

  test('what is no video, or says so and is none, is not taken', async () => {
    expect(await read(Buffer.from('<svg/>'))).toEqual({ ok: false, why: 'not-a-video' });
    expect(await read(Buffer.alloc(0))).toEqual({ ok: false, why: 'not-a-video' });
    const good = mp4({ seconds: 5, width: 640, height: 480, streamable: true });
    expect(await read(good.subarray(0, 24))).toEqual({ ok: false, why: 'video-unreadable' });
    expect(await read(Buffer.concat([good.subarray(0, 24), Buffer.alloc(5_000, 0x41)]))).toEqual({
      ok: false,
      why: 'video-unreadable',
    });
  });

  test('a HEIC picture, though kept in the same kind of file, is no video', () => {
    for (const brand of ['heic', 'mif1', 'avif', 'M4A ']) {
      expect(videoType(Buffer.from(`\0\0\0\x18ftyp${brand}`, 'latin1'))).toBeUndefined();
    }
  });

  test('no bytes whatever make it throw', async () => {
    const begin = mp4({ seconds: 5, width: 640, height: 480 });
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 600 }),
        fc.integer({ min: 0, max: begin.length }),
        async (noise, keep) => {
          const result = await read(Buffer.concat([begin.subarray(0, keep), noise]));
          expect(typeof result.ok).toBe('boolean');
        },
      ),
      { numRuns: 25 },
    );
  });
});
