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
