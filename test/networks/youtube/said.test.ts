import fc from 'fast-check';
import { expect, test } from 'vitest';
import { saidOf } from '../../../src/networks/youtube/said.ts';
import { longestVideoTitle } from '../../../src/protocol/text/heading.ts';
import { key, saidPart } from './channel.ts';

const parts = {
  link: () => 'https://news.sefton.gov.uk/news/142',
  corrected: (note: string) => `Corrected: ${note}`,
};
const titleOf = (text: string, headline?: string): string =>
  saidOf(saidPart(text, headline), key, parts).title;

test('the title is the headline, or else the first sentence', () => {
  expect(titleOf('Anything.', ' Library hours ')).toBe('Library hours');
  expect(titleOf('The library is open late. Come and see.')).toBe('The library is open late');
  expect(titleOf('Is it open? It is.')).toBe('Is it open?');
  expect(titleOf('Library hours\nThursday until eight.')).toBe('Library hours');
});

test('a long title ends at a word, whole characters and all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (text) => {
      const title = titleOf('x', text);
      expect(title.length).toBeLessThanOrEqual(longestVideoTitle);
      expect(title.isWellFormed()).toBe(text.isWellFormed());
    }),
  );
  expect(titleOf(`${'word '.repeat(30)}end.`)).toMatch(/ word…$/u);
});

test('the link to the council stands in the description once', () => {
  const link = parts.link();
  expect(saidOf(saidPart('Come.'), key, parts).description).toBe(`Come.\n\n${link}`);
  for (const text of [`Come. ${link}`, `See ${link}. Come.`, `Come: ${link}?utm_source=youtube`])
    expect(saidOf(saidPart(text), key, parts).description).toBe(text);
  // The address of another page begins with it.
  expect(saidOf(saidPart(`Read ${link}1 too.`), key, parts).description).toBe(
    `Read ${link}1 too.\n\n${link}`,
  );
});

test('nothing links to a page that there is not', () => {
  const { onWebsite: _page, ...alone } = saidPart('Come.');
  expect(saidOf(alone, key, parts).description).toBe('Come.');
});
