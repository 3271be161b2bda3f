import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emojiIn } from '../../../src/protocol/text/emoji.ts';
import { fold } from '../../../src/protocol/text/fold.ts';
import { hashtagsIn, isCamelCase } from '../../../src/protocol/text/hashtags.ts';
import { weigh } from '../../../src/protocol/text/length.ts';
import { linksIn } from '../../../src/protocol/text/links.ts';
import { readingEase, readSentences, syllablesIn } from '../../../src/protocol/text/reading.ts';
import { sentencesIn } from '../../../src/protocol/text/sentences.ts';

const cut = (text: string, ranges: readonly { from: number; to: number }[]): string[] =>
  ranges.map((r) => text.slice(r.from, r.to));

describe('folding', () => {
  test.each([
    ['сrаp', 'crap'],
    ['ｃｒａｐ', 'crap'],
    ['𝓬𝓻𝓪𝓹', 'crap'],
    ['c\u200br\u00ada\u2060p', 'crap'],
    ['crȧ̈p', 'crap'],
    ['Ⓒⓡⓐⓟ', 'Crap'],
    ['٠٧٧٠٠', '07700'],
    ['it’s “so” – yes', 'it\'s "so" - yes'],
  ])('%s reads as %s', (written, read) => {
    expect(fold(written).text).toBe(read);
  });

  test('leads back to the text as written', () => {
    const folded = fold('é\u200bc\u200br\u200ba\u200bp!');
    const at = folded.text.indexOf('crap');
    const { from, to } = folded.span(at, at + 4);
    expect(folded.written.slice(from, to).replaceAll('\u200b', '')).toBe('crap');
  });

  test('spans always lie within the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(200), fc.nat(200), (written, a, b) => {
        const folded = fold(written);
        const from = Math.min(a, folded.text.length);
        const { from: start, to } = folded.span(from, Math.min(from + b, folded.text.length));
        expect(folded.lower.length).toBe(folded.text.length);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(start);
        expect(to).toBeLessThanOrEqual(written.length);
      }),
    );
  });
});

test.each([
  ['👨‍👩‍👧‍👦 🚴🏽‍♀️ 🏖️', 3],
  ['🏳️‍🌈🇬🇧1️⃣', 3],
  ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', 1],
  ['© ™ 1 2 # * → •', 0],
  ['❤️ ☎ ✔️', 3],
])('%s holds %i emoji', (text, n) => {
  expect(emojiIn(text)).toHaveLength(n);
});

test.each<[string, string[]]>([
  ['See sefton.gov.uk/jobs, and mysefton.co.uk.', ['sefton.gov.uk/jobs', 'mysefton.co.uk']],
  ['Mail gwen@example.com or @name.bsky.social', []],
  ['(https://a.org/x_(y)) then www.foo.com!', ['https://a.org/x_(y)', 'www.foo.com']],
  ['At 6.30am it costs £4.50. See poster.pdf e.g. no.3', []],
  ['bit.ly/abc and youtu.be/x', ['bit.ly/abc', 'youtu.be/x']],
  ['HTTPS://WWW.SEFTON.GOV.UK/BINS', ['HTTPS://WWW.SEFTON.GOV.UK/BINS']],
])('links of %s', (text, links) => {
  expect(cut(text, linksIn(text))).toEqual(links);
});

test.each([
  ['BinItRight', true],
  ['NHS', true],
  ['Sefton', true],
  ['MentalHealthAwarenessWeek', true],
  ['Apprenticeships', true],
  ['5kRun', true],
  ['seftongardeners', false],
  ['Seftongardeners', false],
  ['LOVESEFTON', false],
  ['love_sefton', false],
  ['loveSefton', false],
])('#%s is CamelCase: %s', (tag, camel) => {
  expect(isCamelCase(tag)).toBe(camel);
});

test('a hashtag is at the end when only links, emoji and hashtags follow', () => {
  expect(hashtagsIn('Hello #OneTwo 🏖️ https://a.org/x#y #Three.').map((t) => t.atEnd)).toEqual([true, true]);
  expect(hashtagsIn('Our #WarmHubs are open').map((t) => t.atEnd)).toEqual([false]);
  expect(hashtagsIn('We are #1 and C# is a note')).toEqual([]);
});

test.each<[string, number]>([
  ['Dr. Smith is in at 9.30 a.m. on St. Mary’s Road. Bring e.g. a letter.', 2],
  ["If you park on the zig-zags, please don't. To the driver of the black jeep: we mean you.", 2],
  ['It is on sefton.gov.uk. It costs 4.5 pounds. Go!', 3],
  ['Shut:\n- tip\n- pool\n- park', 4],
  ['Spring is here 🌷 Our teams have planted bulbs.', 2],
  ['Storm • Marine Drive is shut • Parks are shut', 3],
  ['The new car park is in Zone B. If it is full, use Zone C. We will put up signs.', 3],
  ['Our book this month is by J. R. R. Tolkien. A. A. Milne is next.', 2],
])('%s has %i sentences', (text, n) => {
  expect(cut(fold(text).text, sentencesIn(fold(text).text))).toHaveLength(n);
});

test('links and hashtags are not words of a sentence', () => {
  expect(readSentences('Book a place at https://a.org/x #ActiveSefton').map((s) => s.words)).toEqual([4]);
});

test.each<[string, number]>([
  ['the', 1],
  ['made', 1],
  ['planted', 2],
  ['closed', 1],
  ['houses', 2],
  ['table', 2],
  ['library', 3],
  ['people', 2],
  ['council', 2],
  ['area', 3],
  ['every', 2],
  ['business', 2],
  ['remuneration', 5],
  ['documentation', 5],
  ['create', 2],
  ['idea', 3],
  ['science', 2],
  ['society', 4],
  ['recycling', 3],
  ['collected', 3],
  ['gates', 1],
  ['little', 2],
  ['safely', 2],
  ['being', 2],
  ['media', 3],
  ['video', 3],
  ['bins', 1],
  ['due', 1],
  ['quiet', 2],
  ['special', 2],
  ['station', 2],
  ['eligibility', 6],
  ['cycled', 2],
  ['goes', 1],
  ['does', 1],
])('%s has %i syllables', (word, n) => {
  expect(syllablesIn(word)).toBe(n);
});

test('reading ease tells plain words from official ones', () => {
  expect(readingEase('The tip is shut today. We hope to open it by noon.') ?? 0).toBeGreaterThan(80);
  expect(
    readingEase('Remuneration recoupment arrangements necessitate supplementary documentation.') ?? 99,
  ).toBeLessThan(0);
});

test('X weighs links 23, emoji 2 and bullets 2; Bluesky counts graphemes', () => {
  expect(weigh('x', 'https://www.sefton.gov.uk/a/very/long/address/that/goes/on/and/on')).toBe(23);
  expect(weigh('x', '👨‍👩‍👧‍👦•')).toBe(4);
  expect(weigh('bluesky', 'Families: 👨‍👩‍👧‍👦•')).toBe(12);
});
