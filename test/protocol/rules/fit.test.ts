import { describe, expect, test } from 'vitest';
import { findings } from '../../../src/protocol/findings.ts';
import type { VideoShape } from '../../../src/protocol/media-limits.ts';
import type { NetworkName } from '../../../src/protocol/protocol.ts';
import { ordinarily, type CheckedDraft } from '../../../src/protocol/rule.ts';
import { sayFinding } from '../../../src/words/findings.ts';
import { fixtureProtocol } from '../fixture-registers.ts';

const video: VideoShape = {
  contentType: 'video/mp4',
  bytes: 50_000_000,
  length: 60_000,
  width: 1920,
  height: 1080,
  codec: 'AVC',
  streamable: true,
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
): readonly string[] {
  const draft: CheckedDraft = {
    texts: networks.map((network) => ({ account: network, network, text })),
    media: [],
    occasion: ordinarily,
    carried,
  };
  return findings(draft, withFit)
    .filter(({ rule }) => rule === 'FIT')
    .map((finding) => {
      const { what, fix } = sayFinding(finding);
      expect(`${what} ${fix}`).not.toMatch(/undefined|NaN/u);
      return finding.code;
    });
}

describe('FIT', () => {
  const told = { title: '', madeForKids: false };
  test('a video that every account takes is no matter', () => {
    expect(found(['youtube', 'website'], { ...told, media: [video] })).toEqual([]);
    expect(found(['youtube'], { ...told, media: [video, undefined] })).toEqual([]);
    expect(found(['x', 'facebook'], { ...told, media: [undefined, undefined] })).toEqual([]);
  });

  test('an account that gets no video from us says so, and YouTube takes nothing else', () => {
    expect(found(['x', 'website', 'bluesky'], { ...told, media: [video] })).toEqual([
      'takes-no-video',
      'takes-no-video',
    ]);
    expect(found(['youtube'], { ...told, media: [undefined] })).toEqual(['video-needed']);
  });

  test('whether it is made for children is answered by somebody, not by us', () => {
    expect(found(['youtube'], { title: '', media: [video] })).toEqual(['for-children-unsaid']);
    expect(found(['website'], { title: '', media: [video] })).toEqual([]);
  });

  test.each<[string, Partial<VideoShape>, NetworkName, readonly string[]]>([
    ['a file that browsers do not play', { contentType: 'video/quicktime' }, 'website', ['video-type']],
    ['a packing that they do not', { codec: 'HEVC' }, 'website', ['video-packed']],
    ['too large a one', { bytes: 4_100_000_000 }, 'website', ['video-bytes']],
    ['too long a one', { length: 13 * 3_600_000 }, 'youtube', ['video-long']],
    ['too short a one', { length: 900 }, 'youtube', ['video-short']],
  ])('%s', (_what, changed, network, codes) => {
    expect(found([network], { ...told, media: [{ ...video, ...changed }] })).toEqual(codes);
  });

  test('what YouTube refuses in its words and pictures', () => {
    expect(found(['youtube'], { ...told, media: [video, undefined, undefined] })).toEqual(['one-still']);
    expect(found(['youtube'], { ...told, title: 'Bins > books', media: [video] })).toEqual([
      'angle-brackets',
    ]);
    expect(found(['youtube'], { ...told, media: [video, video] })).toEqual(['too-many-videos']);
  });
});
