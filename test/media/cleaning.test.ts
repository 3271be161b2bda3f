import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { keepFile } from '../../src/media/files.ts';
import { openBlobFolder } from '../../src/store/blobs.ts';
import { box, element, mp4, u16, u32, webm, type MadeVideo } from './video-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'crier-cleaning-'));
const media = join(folder, 'media');
const blobs = await openBlobFolder(media);
const waiting = join(folder, 'waiting');
afterAll(async () => await rm(folder, { recursive: true }));

async function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 1_500)
    yield await Promise.resolve(bytes.subarray(at, at + 1_500));
}

const keep = async (bytes: Buffer) => await keepFile({ bytes: pieces(bytes) }, { blobs, waiting });

/** What is kept of a file, and what is known of it. */
async function kept(bytes: Buffer) {
  const result = await keep(bytes);
  if (result.kept !== 'video') throw new Error(`it was not kept: ${JSON.stringify(result)}`);
  return { medium: result.medium, stored: Buffer.from((await blobs.get(result.medium.hash)) ?? []) };
}

const filesKept = async (): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((each) => each.isFile())
    .map(({ name }) => name);

/** Each place in the files below says this and a name of its own. */
const place = '+53.4875-003.0380/';
const says = (name: string): string => `${place}${name};`;
const traces = (bytes: Buffer): readonly string[] =>
  [...bytes.toString('latin1').matchAll(/\+53\.4875-003\.0380\/([^;]*);|Sefton Phone|appl/gu)].map(
    ([whole, name]) => name ?? whole,
  );

const film = { seconds: 12, width: 1280, height: 720 };
const besides: MadeVideo['besides'] = {
  atTop: [
    box('uuid', Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), says('xmp')),
    box('free', says('free room')),
    box('meta', u32(0), says('meta at the top')),
    box('gps ', says('a box of a dashcam')),
  ],
  inMoov: [
    box('udta', box('\xa9xyz', u16(18, 0x15c7), says('xyz')), box('\xa9mak', u16(12, 0), says('make'))),
    box(
      'meta',
      box('hdlr', u32(0, 0), 'mdta', u32(0, 0, 0), '\0'),
      box('keys', u32(0, 1), box('mdta', `com.apple.quicktime.location.ISO6709${says('keys')}`)),
      box('ilst', box('\0\0\0\x01', box('data', u32(1, 0), says('ilst')))),
    ),
    box('uuid', Buffer.alloc(16, 7), says('uuid in moov')),
  ],
  inTrak: [box('udta', says('udta of a track')), box('meta', u32(0), says('meta of a track'))],
  inStsd: [box('uuid', Buffer.alloc(16, 7), says('uuid of a sample entry'))],
};
const places: MadeVideo = {
  ...film,
  filmedAt: 0x6cafe123,
  maker: { code: 'appl', name: 'Sefton Phone' },
  besides,
  tracks: ['meta', 'sbtl'].map((handler) => ({
    handler,
    samples: Array.from({ length: 5 }, (_, n) => Buffer.from(says(`${handler} ${String(n)}`))),
  })),
};

describe('no film that is kept tells where or by what it was filmed', () => {
  test.each([
    ['MP4', mp4(places)],
    ['MP4 that begins with what is in it', mp4({ ...places, streamable: true })],
    ['QuickTime', mp4({ ...places, brand: 'qt  ' })],
    [
      'MP4 with a trailer of its camera’s own',
      Buffer.concat([
        mp4({ ...places, streamable: true }),
        Buffer.from(`\xff\xff\xff\xffSEFH${says('behind')}`, 'latin1'),
      ]),
    ],
    ['MP4 with a few bytes behind', Buffer.concat([mp4(places), Buffer.from('appl')])],
  ])('%s', async (_what, bytes) => {
    expect(traces(bytes).length).toBeGreaterThan(5);
    const { stored, medium } = await kept(bytes);
    expect(traces(stored)).toEqual([]);
    expect(stored.includes(u32(0x6cafe123))).toBe(false);
    // Nothing moved: the pictures stand where they stood, and its length is the same.
    expect(stored.length).toBe(bytes.length);
    for (let chunk = 1; chunk <= 5; chunk += 1) {
      const pictures = Buffer.alloc(800, chunk);
      expect(stored.indexOf(pictures)).toBe(bytes.indexOf(pictures));
      expect(stored.indexOf(pictures)).toBeGreaterThan(0);
    }
    expect(medium).toMatchObject({ length: 12_000, width: 1280, height: 720, codec: 'AVC' });
    // What is clean already is not changed again.
    expect((await kept(stored)).stored.equals(stored)).toBe(true);
  });

  test('a film in fragments; one that has a track of places among them is refused', async () => {
    const fragmented = (tracks: MadeVideo['tracks']) =>
      Buffer.concat([
        mp4({ ...film, streamable: true, ...(tracks === undefined ? {} : { tracks }) }),
        box('moof', box('mfhd', u32(0, 1)), box('traf', box('tfhd', u32(0, 1)), box('udta', says('udta')))),
        box('emsg', says('emsg')),
        box('mdat', 'pictures of the fragment'),
      ]);
    const { stored } = await kept(fragmented(undefined));
    expect(traces(stored)).toEqual([]);
    expect(stored.includes('pictures of the fragment')).toBe(true);
    expect(await keep(fragmented(places.tracks))).toEqual({
      kept: 'nothing',
      what: 'video',
      why: 'video-other-tracks',
    });
  });

  test('sound that tells its size as QuickTime does stays whole, up to what follows it', async () => {
    const samples = Array.from({ length: 5 }, () => Buffer.alloc(400, 0x55));
    const bytes = mp4({
      ...film,
      tracks: [
        { handler: 'soun', samples },
        { handler: 'meta', samples: [Buffer.from(says('meta'))] },
      ],
    });
    // One byte a sample, though each has two.
    const at = bytes.indexOf(u32(400, 5));
    bytes.writeUInt32BE(1, at);
    const { stored, medium } = await kept(bytes);
    expect(medium.sound).toBe(true);
    expect(traces(stored)).toEqual([]);
    expect(stored.toString('latin1').split('U'.repeat(400))).toHaveLength(6);
  });

  test.each([
    ['WebM', false],
    ['WebM that was written as it was filmed', true],
  ])('%s', async (_what, live) => {
    const string = (id: string, name: string): Buffer => element(id, Buffer.from(says(name)));
    const bytes = webm(film, {
      live,
      inInfo: [
        string('7ba9', 'title'),
        string('4d80', 'muxer'),
        string('5741', 'writer'),
        element('4461', Buffer.alloc(8, 0x41)),
        element('ec', Buffer.from(says('void'))),
      ],
      inTrack: [string('536e', 'name'), string('258688', 'codec name')],
      inSegment: [
        element('1254c367', string('7373', 'a tag')),
        element('1941a469', string('61a7', 'a file')),
        string('bf', 'a sum that is none'),
      ],
    });
    const { stored, medium } = await kept(bytes);
    expect(traces(stored)).toEqual([]);
    expect(stored.includes('AAAAAAAA')).toBe(false);
    expect(stored.length).toBe(bytes.length);
    expect(medium).toMatchObject({ contentType: 'video/webm', length: 12_000, width: 1280, height: 720 });
    expect((await kept(stored)).stored.equals(stored)).toBe(true);
  });

  test('WebM with a track of anything but pictures and sound is refused', async () => {
    const track = element('ae', element('d7', u32(2)), element('83', Buffer.from([0x21])));
    expect(await keep(webm(film, { tracks: [track] }))).toMatchObject({ why: 'video-other-tracks' });
  });
});

describe('a film that is broken gets an answer, and nothing of it is kept', () => {
  test.each([
    ['cut off', mp4(places).subarray(0, 3_000)],
    ['cut off in its pictures', mp4({ ...places, streamable: true }).subarray(0, -2_000)],
    ['without an index', Buffer.concat([box('ftyp', 'mp42', u32(0)), box('mdat', Buffer.alloc(500))])],
    [
      'with a box that is longer than its parent',
      mp4({ ...film, besides: { inMoov: [u32(9_999), Buffer.from('udta')] } }),
    ],
    ['with an index for each of two films', Buffer.concat([mp4(film), box('moov')])],
    ['with pictures in another file', alteredAt(mp4(film), 'url ', 7, 0)],
    ['with pictures where there is none', alteredAt(mp4(film), 'stco', 12, 0x7f)],
    ['WebM, cut off', webm(film).subarray(0, -100)],
    ['WebM without tracks', webm(film).subarray(0, 60)],
  ])('%s', async (_what, bytes) => {
    const before = await filesKept();
    expect(await keep(bytes)).toEqual({ kept: 'nothing', what: 'video', why: 'video-unreadable' });
    expect(await filesKept()).toEqual(before);
  });

  function alteredAt(bytes: Buffer, type: string, at: number, to: number): Buffer {
    bytes[bytes.indexOf(type) + at] = to;
    return bytes;
  }

  test('whatever a tree of boxes is, it is kept without a trace of places, or not at all', async () => {
    const type = fc.constantFrom(
      ...('moov trak mdia minf stbl udta meta uuid free mdat stsd stco tkhd hdlr dref moof traf gps '.match(
        /..../gu,
      ) ?? []),
    );
    const tree = fc.letrec<{ box: Buffer }>((tie) => ({
      box: fc
        .tuple(
          type,
          fc.oneof(
            { maxDepth: 4 },
            fc.constant([Buffer.from(says('deep'))]),
            fc.array(tie('box'), { maxLength: 3 }),
          ),
          fc.option(fc.integer({ min: -9, max: 9 }), { freq: 8, nil: 0 }),
        )
        .map(([name, parts, lie]) => {
          const made = box(name, ...parts);
          made.writeUInt32BE(Math.max(0, made.length + (lie ?? 0)));
          return made;
        }),
    })).box;
    await fc.assert(
      fc.asyncProperty(
        fc.array(tree, { maxLength: 3 }),
        fc.array(tree, { maxLength: 3 }),
        fc.boolean(),
        async (inMoov, inTrak, streamable) => {
          const before = await filesKept();
          const result = await keep(mp4({ ...film, streamable, besides: { inMoov, inTrak, atTop: inTrak } }));
          if (result.kept !== 'video') {
            expect(result).toMatchObject({ kept: 'nothing', what: 'video' });
            expect(await filesKept()).toEqual(before);
            return;
          }
          const stored = Buffer.from((await blobs.get(result.medium.hash)) ?? []);
          expect(traces(stored)).toEqual([]);
          await blobs.remove(result.medium.hash);
        },
      ),
      {
        numRuns: 60,
        examples: [
          [[], [box('tkhd', box('moov', says('deep')))], false],
          [[], [box('tkhd', Buffer.alloc(84), says('deep'))], false],
          [[], [box('mdia', box('minf', box('stbl', box('stco', says('deep')))))], false],
        ],
      },
    );
  });
});
