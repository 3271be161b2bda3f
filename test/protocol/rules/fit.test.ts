import { describe, expect, test } from 'vitest';
import { findings } from '../../../src/protocol/findings.ts';
import type { PictureFacts, VideoShape } from '../../../src/protocol/media-limits.ts';
import type { NetworkName } from '../../../src/protocol/protocol.ts';
import { ordinarily, type CarriedPicture, type CheckedDraft } from '../../../src/protocol/rule.ts';
import { sayFinding } from '../../../src/words/findings.ts';
import { fixtureProtocol } from '../fixture-registers.ts';
import { networkNames } from '../../../src/protocol/protocol.ts';

const video: VideoShape = {
  contentType: 'video/mp4',
  bytes: 50_000_000,
  length: 60_000,
  width: 1920,
  height: 1080,
  codec: 'AVC',
  streamable: true,
};
const film = { video };
const still: CarriedPicture = {
  picture: { contentType: 'image/jpeg', bytes: 900_000, width: 1_200, height: 900 },
  madeFor: [],
};
const withFit = {
  ...fixtureProtocol,
  rules: {
    ...fixtureProtocol.rules,
    FIT: { id: 'FIT', breach: 'block' as const, clause: '4.9', settings: {} },
  },
};

/** The codes of FIT about a post on these networks. */
function found(
  networks: readonly NetworkName[],
  carried: NonNullable<CheckedDraft['carried']>,
  text = 'The library is open.',
  alt = 'A library',
): readonly string[] {
  const draft: CheckedDraft = {
    texts: networks.map((network) => ({ account: network, network, text })),
    media: carried.media.map((each) => ({
      type: 'video' in each ? ('video' as const) : ('image' as const),
      alt,
      captions: true,
    })),
    occasion: ordinarily,
    carried,
  };
  return findings(draft, withFit)
    .filter(({ rule }) => rule === 'FIT')
    .map((finding) => {
      const { what, fix } = sayFinding(finding, 2);
      expect(`${what} ${fix}`).not.toMatch(/undefined|NaN/u);
      return finding.code;
    });
}

describe('FIT', () => {
  const told = { title: '', madeForKids: false };
  test('a video that every account takes is no matter', () => {
    expect(found(['youtube', 'website', 'facebook'], { ...told, media: [film] })).toEqual([]);
    expect(found(['instagram'], { ...told, media: [{ video: { ...video, streamable: true } }] })).toEqual([]);
    expect(found(['youtube'], { ...told, media: [film, still] })).toEqual([]);
    expect(found(['x', 'facebook'], { ...told, media: [still, still] })).toEqual([]);
  });

  test('X takes no media beside a post that is quoted; the others do not quote', () => {
    const quotes = { ...told, quotes: true } as const;
    expect(found(['x', 'facebook'], { ...quotes, media: [still] })).toEqual(['quote-beside-media']);
    expect(found(['x'], { ...quotes, media: [film] })).toEqual(['quote-beside-media']);
    expect(found(['x'], { ...quotes, media: [] })).toEqual([]);
    expect(found(['facebook', 'bluesky'], { ...quotes, media: [still] })).toEqual([]);
  });

  test('YouTube takes nothing else', () => {
    expect(found(networkNames, { ...told, media: [film] })).toEqual([]);
    expect(found(['youtube'], { ...told, media: [still] })).toEqual(['video-needed']);
  });

  test('whether it is made for children is answered by somebody, not by us', () => {
    expect(found(['youtube'], { title: '', media: [film] })).toEqual(['for-children-unsaid']);
    expect(found(['website'], { title: '', media: [film] })).toEqual([]);
  });

  test.each<[string, Partial<VideoShape>, NetworkName, readonly string[]]>([
    ['a file that browsers do not play', { contentType: 'video/quicktime' }, 'website', ['video-type']],
    ['a packing that they do not', { codec: 'HEVC' }, 'website', ['video-packed']],
    ['too large a one', { bytes: 4_100_000_000 }, 'website', ['video-bytes']],
    ['too long a one', { length: 13 * 3_600_000 }, 'youtube', ['video-long']],
    ['too short a one', { length: 900 }, 'youtube', ['video-short']],
    ['a longer one than a Page takes', { length: 46 * 60_000 }, 'facebook', ['video-long']],
    ['one as wide as a cinema', { width: 2_350, height: 1_000 }, 'facebook', ['video-shape']],
    ['a longer one than X takes', { length: 141_000 }, 'x', ['video-long']],
    ['a larger one than X takes', { bytes: 513_000_000 }, 'x', ['video-bytes']],
    ['one that X cannot read', { codec: 'HEVC' }, 'x', ['video-packed']],
    ['a ribbon', { width: 400, height: 1_300 }, 'x', ['video-shape']],
    ['a QuickTime file', { contentType: 'video/quicktime' }, 'bluesky', ['video-type']],
    ['a longer one than Bluesky takes', { length: 181_000 }, 'bluesky', ['video-long']],
    ['a larger one than Bluesky takes', { bytes: 101_000_000 }, 'bluesky', ['video-bytes']],
    ['a large reel', { bytes: 301_000_000, streamable: true }, 'instagram', ['video-bytes']],
    ['a reel that tells last what is in it', { streamable: false }, 'instagram', ['video-not-streamable']],
  ])('%s', (_what, changed, network, codes) => {
    expect(found([network], { ...told, media: [{ video: { ...video, ...changed } }] })).toEqual(codes);
  });

  test('where a video stands alone, the pictures beside it may be as they are', () => {
    const small = { picture: { ...still.picture, width: 3, height: 3 }, madeFor: [] };
    expect(found(['x', 'bluesky'], { ...told, media: [film, small, still] })).toEqual([]);
    expect(found(['x'], { ...told, media: [small] })).toEqual(['picture-small']);
  });

  test('what YouTube refuses in its words and pictures', () => {
    for (const network of ['youtube', 'facebook'] as const)
      expect(found([network], { ...told, media: [film, still, still] })).toContain('one-still');
    expect(found(['youtube'], { ...told, title: 'Bins > books', media: [film] })).toEqual(['angle-brackets']);
    expect(found(['youtube'], { ...told, media: [film, film] })).toEqual(['too-many-videos']);
  });
});

describe('FIT of pictures', () => {
  const told = { title: '' };
  const of = (changed: Partial<PictureFacts>, madeFor: readonly NetworkName[] = []) => ({
    picture: { ...still.picture, ...changed },
    madeFor,
  });

  test('an ordinary one is no matter anywhere, and a large one is none where it was made smaller', () => {
    expect(found(networkNames, { ...told, media: [still] })).toEqual(['video-needed']);
    const large = { bytes: 6_000_000, width: 4_000, height: 3_000 };
    const needed: readonly NetworkName[] = ['x', 'facebook', 'instagram', 'bluesky'];
    expect(found(needed, { ...told, media: [of(large, needed)] })).toEqual([]);
    expect(found(needed, { ...told, media: [of(large, ['x'])] })).toEqual(Array(3).fill('picture-unmade'));
    expect(found(['website', 'by-hand'], { ...told, media: [of(large)] })).toEqual([]);
    const tall = of({ width: 900, height: 1_600 }, ['instagram']);
    expect(found(needed, { ...told, media: [tall] })).toEqual([]);
  });

  test.each<[string, Partial<PictureFacts>, NetworkName, readonly string[]]>([
    [
      'a tall one without a copy that has bars',
      { width: 900, height: 1_600 },
      'instagram',
      ['picture-unmade'],
    ],
    [
      'a tall one that moves',
      { contentType: 'image/gif', animated: true, width: 900, height: 1_600 },
      'instagram',
      ['picture-narrow', 'picture-moves'],
    ],
    [
      'a wide one that moves',
      { contentType: 'image/gif', animated: true, width: 1_600, height: 700 },
      'instagram',
      ['picture-wide', 'picture-moves'],
    ],
    ['a small one', { width: 300, height: 300 }, 'instagram', ['picture-small']],
    ...(['facebook', 'instagram', 'bluesky'] as const).map(
      (network): [string, Partial<PictureFacts>, NetworkName, readonly string[]] => [
        `one that moves, for ${network}, where it would stand still`,
        { contentType: 'image/gif', animated: true },
        network,
        ['picture-moves'],
      ],
    ),
    ['one that moves', { contentType: 'image/gif', animated: true }, 'website', []],
    ['a GIF that does not move', { contentType: 'image/gif' }, 'facebook', []],
    [
      'a large one that moves',
      { contentType: 'image/gif', animated: true, bytes: 2e7 },
      'x',
      ['picture-bytes'],
    ],
    [
      'one that is packed as Instagram does not',
      { contentType: 'image/png' },
      'instagram',
      ['picture-unmade'],
    ],
  ])('%s', (_what, changed, network, codes) => {
    expect(found([network], { ...told, media: [of(changed)] })).toEqual(codes);
  });

  test('on X one that moves stands without another', () => {
    const moving = of({ contentType: 'image/gif', animated: true });
    expect(found(['x', 'website'], { ...told, media: [moving] })).toEqual([]);
    expect(found(['x', 'website'], { ...told, media: [still, moving] })).toEqual(['picture-moves-beside']);
    expect(found(['x'], { ...told, media: [moving, moving] })).toEqual(Array(2).fill('picture-moves-beside'));
  });

  test('how many, and how long their descriptions are', () => {
    const five = Array.from({ length: 5 }, () => still);
    expect(found(['x', 'bluesky', 'facebook'], { ...told, media: five })).toEqual([
      'too-many-pictures',
      'too-many-pictures',
    ]);
    expect(found(['instagram', 'x'], { ...told, media: [] })).toEqual(['picture-needed']);
    const alt = 'A '.repeat(501);
    expect(found(['x', 'facebook', 'bluesky', 'website'], { ...told, media: [still] }, '', alt)).toEqual([
      'alt-too-long',
      'alt-too-long',
    ]);
  });

  test('each of several is named', () => {
    const draft: CheckedDraft = {
      texts: [{ account: 'insta', network: 'instagram', text: '' }],
      media: [],
      occasion: ordinarily,
      carried: { ...told, media: [still, of({ width: 300, height: 300 })] },
    };
    const [finding] = findings(draft, withFit);
    expect(finding?.spots).toEqual([{ in: 'media', media: 1, from: 0, to: 0 }]);
    expect(finding === undefined ? '' : sayFinding(finding, 2).what).toBe(
      'Picture 2 is too small for Instagram: its shorter side has 300 pixels, and 320 are the fewest.',
    );
  });
});
