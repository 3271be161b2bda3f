import { AppBskyFeedPost } from '@atproto/api';
import fc from 'fast-check';
import twitterText from 'twitter-text';
import { describe, expect, test } from 'vitest';
import { weigh } from '../../../src/protocol/text/length.ts';

/** What people write in posts, and what is told apart by a single sign of it. */
const bits = fc.constantFrom(
  ...'abcXYZ 019.,:;/-_#@\'"!?()&£€%\n\t~éüŵŷßœ’“”–—…·•→©®™°½☂'.split(''),
  'e\u0301',
  'www.',
  '.uk',
  'https://',
  'sefton.gov.uk/x',
  'a@b.co',
  '1️⃣',
  '👨‍👩‍👧',
  '🌞',
  '\u200B',
  '\u00AD',
  '. ',
  '...',
);

describe("X's weight", () => {
  test('is what its own package counts, of whatever is written', () => {
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 60 }), (written) => {
        const text = written.join('');
        expect(weigh('x', text)).toBe(twitterText.parseTweet(text).weightedLength);
      }),
      { numRuns: 3_000 },
    );
  });

  test('is what its own package counts, of every sign by itself', () => {
    const wrong: string[] = [];
    for (let code = 0; code < 0x3100; code += 1) {
      const text = `a${String.fromCharCode(code)}b`;
      if (weigh('x', text) !== twitterText.parseTweet(text).weightedLength) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });
});

describe("Bluesky's weight", () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  /** So many signs as a reader sees, but of long emoji as many as their bytes take the room of: ten for each sign. */
  const graphemes = (text: string): number =>
    Math.max([...segmenter.segment(text)].length, Math.ceil(Buffer.byteLength(text) / 10));

  test('is within its limit where its own package takes the text', () => {
    const signs = ['a', 'é', '🌞', '👨‍👩‍👧', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'];
    const texts = fc
      .array(fc.tuple(fc.constantFrom(...signs), fc.nat(120)), { maxLength: 4 })
      .map((runs) => runs.map(([sign, times]) => sign.repeat(times)).join(' '));
    fc.assert(
      fc.property(texts, (text) => {
        const record = { $type: 'app.bsky.feed.post', text, createdAt: '2026-11-24T09:00:00Z' };
        expect(weigh('bluesky', text) <= 300).toBe(AppBskyFeedPost.validateRecord(record).success);
      }),
    );
  });

  test('is how many signs a reader sees, of whatever is written without links', () => {
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 60 }), (written) => {
        const text = written.join('').replaceAll(/[.:]/gu, ' ');
        expect(weigh('bluesky', text)).toBe(graphemes(text));
      }),
      { numRuns: 1_000 },
    );
  });

  test('is how many signs a reader sees, of every sign between others', () => {
    const wrong: string[] = [];
    for (let code = 0; code < 0x3100; code += 1) {
      const sign = String.fromCharCode(code);
      const texts = [`a${sign}b`, `${sign}${sign}`, `é${sign}\u0301`];
      if (texts.some((text) => weigh('bluesky', text) !== graphemes(text))) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });
});
