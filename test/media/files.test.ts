import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { keepFile } from '../../src/media/files.ts';
import { largestPicture } from '../../src/media/pictures.ts';
import { openBlobFolder } from '../../src/store/blobs.ts';
import { mp4 } from './video-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'crier-files-'));
const blobs = await openBlobFolder(join(folder, 'media'));
const keeping = { blobs, waiting: join(folder, 'waiting') };
afterAll(async () => await rm(folder, { recursive: true }));

/** A file in pieces of so many bytes; what of it was read shows in `given`. */
function arriving(bytes: Uint8Array, piece = 10, breaksAt = Infinity) {
  let given = 0;
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += piece) {
      if (at >= breaksAt) throw new Error('the connection was reset');
      await Promise.resolve();
      given = Math.min(at + piece, bytes.length);
      yield bytes.subarray(at, at + piece);
    }
  }
  return {
    bytes: pieces(),
    get given() {
      return given;
    },
  };
}

describe('a file is kept as what its bytes say', () => {
  test('a video, streamed into the store, with what is known of it', async () => {
    const made = mp4({ seconds: 80, width: 1920, height: 1080 });
    const kept = await keepFile(arriving(made, 1_000), keeping);
    expect(kept).toMatchObject({
      kept: 'video',
      medium: { contentType: 'video/mp4', length: 80_000, width: 1920, height: 1080, bytes: made.length },
    });
    expect(kept.kept === 'video' && Buffer.from((await blobs.get(kept.medium.hash)) ?? []).equals(made)).toBe(
      true,
    );
  });

  test('a picture', async () => {
    const picture = await sharp({
      create: { width: 40, height: 30, channels: 3, background: '#335577' },
    })
      .png()
      .toBuffer();
    expect(await keepFile(arriving(picture), keeping)).toMatchObject({
      kept: 'picture',
      medium: { contentType: 'image/png', width: 40, height: 30 },
    });
  });

  test('captions of either form, kept as WebVTT', async () => {
    const srt =
      '1\r\n00:00:01,000 --> 00:00:02,000\r\nGood evening.\r\n\r\n2\r\n00:01:05,000 --> 00:01:06,000\r\nGoodbye.\r\n';
    const kept = await keepFile(arriving(Buffer.from(srt)), keeping);
    expect(kept).toMatchObject({
      kept: 'captions',
      captions: { as: 'file', contentType: 'text/vtt', language: 'en-GB' },
      last: 65_000,
    });
    const bytes =
      kept.kept === 'captions' && kept.captions.as === 'file'
        ? await blobs.get(kept.captions.hash)
        : undefined;
    expect(Buffer.from(bytes ?? []).toString()).toContain(
      'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nGood evening.',
    );
  });

  test.each([
    [
      'captions with a wrong time',
      'WEBVTT\n\n00:03.000 --> 00:01.000\nHello\n',
      { what: 'captions', why: 'caption-time-wrong', line: 3 },
    ],
    ['captions without any', 'WEBVTT\n', { what: 'captions', why: 'captions-empty' }],
    [
      'a drawing',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      { what: 'picture', why: 'not-a-picture' },
    ],
    ['nothing', '', { what: 'picture', why: 'not-a-picture' }],
  ])('%s is refused', async (_what, text, fault) => {
    expect(await keepFile(arriving(Buffer.from(text)), keeping)).toMatchObject({ kept: 'nothing', ...fault });
  });

  test('captions of two bytes a letter are told from a picture', async () => {
    const text = Buffer.from('\uFEFFWEBVTT\n\n00:01.000 --> 00:02.000\nHello\n', 'utf16le');
    expect(await keepFile(arriving(text), keeping)).toMatchObject({
      what: 'captions',
      why: 'captions-not-text',
    });
  });

  test('a video that nobody can read is refused, and nothing of it stays', async () => {
    const broken = mp4({ seconds: 80, width: 1920, height: 1080 }).subarray(0, 900);
    expect(await keepFile(arriving(broken), keeping)).toEqual({
      kept: 'nothing',
      what: 'video',
      why: 'video-unreadable',
    });
  });

  test('a picture is read no further than it may be large, and not at all when it says that it is larger', async () => {
    const large = Buffer.alloc(largestPicture + 5_000_000, 1);
    const unsaid = arriving(large, 1_000_000);
    expect(await keepFile(unsaid, keeping)).toEqual({ kept: 'nothing', what: 'picture', why: 'too-large' });
    expect(unsaid.given).toBeLessThan(largestPicture + 2_000_000);
    const said = arriving(large, 1_000_000);
    expect(await keepFile({ size: large.length, bytes: said.bytes }, keeping)).toMatchObject({
      why: 'too-large',
    });
    expect(said.given).toBe(1_000_000);
  });

  test('what breaks off on its way is said to, be it a picture or a video', async () => {
    const made = mp4({ seconds: 80, width: 1920, height: 1080 });
    for (const bytes of [made, Buffer.from('GIF89a and so on')]) {
      expect(await keepFile(arriving(bytes, 5, 10), keeping)).toEqual({
        kept: 'nothing',
        what: 'file',
        why: 'not-reached',
      });
    }
  });
});
