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
  const graphemes = (text: string): number => [...segmenter.segment(text)].length;

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
