import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashtagsIn } from '../../../src/protocol/text/hashtags.ts';
import { weigh } from '../../../src/protocol/text/length.ts';
import { linksIn } from '../../../src/protocol/text/links.ts';
import { threadOf, withoutBreaks } from '../../../src/protocol/text/thread.ts';

const bare = (part: string): string => part.replace(/^\d+\/\d+ /u, '');
const spaced = (text: string): string => text.replace(/\s+/gu, ' ').trim();

const word = fc.oneof(
  { arbitrary: fc.constantFrom('road', 'closed', 'until', 'Friday', 'gritters', 'co-operation'), weight: 6 },
  fc.constantFrom(
    'https://www.sefton.gov.uk/bins?day=1#north',
    'sefton.gov.uk/parks',
    '#SeftonCoast',
    '👩‍🔧',
    '£3.50',
  ),
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }).map((text) => text.replace(/\s/gu, 'x')),
);
const sentence = fc.array(word, { minLength: 1, maxLength: 18 }).map((words) => `${words.join(' ')}.`);
const text = fc
  .array(fc.tuple(sentence, fc.constantFrom(' ', ' ', '\n', '\n\n', '\n---\n')), {
    minLength: 1,
    maxLength: 25,
  })
  .map((pieces) => pieces.flat().join(''));
const places = fc.constantFrom(['x', 280] as const, ['bluesky', 300] as const, ['x', 60] as const);

describe('a thread', () => {
  test('says everything in order, each post within the limit, no word, link or hashtag in two', () => {
    let threads = 0;
    fc.assert(
      fc.property(text, places, (written, [network, limit]) => {
        const parts = threadOf(network, written, limit);
        const whole = spaced(withoutBreaks(written));
        const said = parts.length === 1 ? parts : parts.map(bare);
        expect(spaced(said.join(' '))).toBe(whole);
        for (const part of parts) expect(weigh(network, part)).toBeLessThanOrEqual(limit);
        const words = (of: string): string[] => spaced(of).split(' ');
        expect(said.flatMap(words)).toEqual(words(whole));
        const links = (of: string) => linksIn(of).map(({ from, to }) => of.slice(from, to));
        expect(said.flatMap(links).sort()).toEqual(links(whole).sort());
        const tags = (of: string) => hashtagsIn(of).map(({ tag }) => tag);
        expect(said.flatMap(tags)).toEqual(tags(whole));
        if (parts.length > 1) {
          threads += 1;
          expect(parts.map((part) => /^\d+\/\d+ /u.exec(part)?.[0])).toEqual(
            parts.map((_, n) => `${String(n + 1)}/${String(parts.length)} `),
          );
        }
      }),
      { numRuns: 150 },
    );
    expect(threads).toBeGreaterThan(50);
  });

  test('ends its posts where the author does, or with a paragraph or a sentence', () => {
    const paragraph = 'The bridge is shut. Please use the other one. It opens again on Friday at noon.';
    expect(threadOf('x', `Short.\n---\nAlso short.`, 280)).toEqual(['1/2 Short.', '2/2 Also short.']);
    expect(threadOf('x', `${paragraph}\n\n${paragraph}`, 120)).toEqual([
      `1/2 ${paragraph}`,
      `2/2 ${paragraph}`,
    ]);
    expect(threadOf('x', paragraph, 60)).toEqual([
      '1/2 The bridge is shut. Please use the other one.',
      '2/2 It opens again on Friday at noon.',
    ]);
  });

  test('is none where the text fits, and leaves a word whole that is too long for any post', () => {
    expect(threadOf('x', 'It fits.', 280)).toEqual(['It fits.']);
    const long = 'a'.repeat(300);
    expect(threadOf('x', `Look ${long} here`, 280)).toEqual(['1/3 Look', `2/3 ${long}`, '3/3 here']);
  });

  test('numbers ten and more within the limit', () => {
    const parts = threadOf('x', 'twelve letters '.repeat(200), 60);
    expect(parts.length).toBeGreaterThan(9);
    expect(Math.max(...parts.map((part) => weigh('x', part)))).toBeLessThanOrEqual(60);
  });

  test('of a text as long as any that is taken is all of it, each post within the limit', () => {
    const text = 'The gritters are out tonight on every main road. '.repeat(1_400).trim();
    const parts = threadOf('x', text, 280);
    expect(parts.filter((part) => weigh('x', part) > 280)).toEqual([]);
    expect(parts.map((part, n) => part.replace(`${n + 1}/${parts.length} `, '')).join(' ')).toBe(text);
  });
});
