import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginning, paragraphs, plain } from '../../src/web/text.ts';
import { sayForYears, sayOnPage } from '../../src/words/times.ts';

const links = (text: string) =>
  paragraphs(text)
    .flat(2)
    .flatMap((segment) => (segment.href === undefined ? [] : [[segment.text, segment.href]]));

describe('paragraphs', () => {
  test('are parted by blank lines, and keep their lines', () => {
    expect(paragraphs('One\ntwo\r\n\r\n \n\nThree')).toEqual([
      [[{ text: 'One' }], [{ text: 'two' }]],
      [[{ text: 'Three' }]],
    ]);
    expect(paragraphs(' \n\n ')).toEqual([]);
  });

  test('lose nothing but white space and what nobody may see', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const said = paragraphs(text)
          .flat(2)
          .map((segment) => segment.text)
          .join('');
        expect(said.replace(/\s/g, '')).toBe(plain(text).replace(/\s/g, ''));
      }),
    );
  });
});

describe('bare addresses', () => {
  test.each([
    ['See https://www.sefton.gov.uk/bins.', 'https://www.sefton.gov.uk/bins'],
    ['(https://www.sefton.gov.uk/bins)', 'https://www.sefton.gov.uk/bins'],
    ['https://en.wikipedia.org/wiki/Crosby_(town), is it', 'https://en.wikipedia.org/wiki/Crosby_(town)'],
    ['go to https://a.example/?q=1&r=2#x!', 'https://a.example/?q=1&r=2#x'],
  ])('lead somewhere without the sentence round them: %s', (text, address) => {
    expect(links(text)).toEqual([[address, address]]);
  });

  test.each([
    'javascript:alert(1)',
    'ftp://a.example/x',
    'http://',
    'https://',
    'https://sefton.gov.uk@evil.example',
    'data:text/html,x',
    'https://user:pw@a.example',
  ])('that are none, or dressed up, stay words: %s', (text) => {
    expect(links(text)).toEqual([]);
  });
});

test('a beginning ends at a word', () => {
  expect(beginning('One two three', 100)).toBe('One two three');
  expect(beginning('One two, three', 10)).toBe('One two…');
});

describe('times', () => {
  const at = (iso: string) => Date.parse(iso);

  test('are said as people say them, in the time of UK clocks', () => {
    expect(sayOnPage(at('2026-11-24T16:00Z'), at('2026-11-24T09:00Z'))).toBe('4pm today');
    expect(sayOnPage(at('2026-07-01T08:30Z'), at('2026-07-02T08:30Z'))).toBe(
      '9:30am on Wednesday 1 July 2026',
    );
    expect(sayOnPage(at('2026-11-24T12:00Z'), at('2026-11-24T09:00Z'))).toBe('midday today');
    expect(sayOnPage(at('2026-11-24T00:00Z'), at('2026-11-24T09:00Z'))).toBe(
      'midnight at the start of today',
    );
    expect(sayOnPage(at('2026-11-24T12:05Z'), at('2026-11-24T09:00Z'))).toBe('12:05pm today');
    expect(sayOnPage(at('2026-11-24T00:05Z'), at('2026-11-24T09:00Z'))).toBe('12:05am today');
  });

  test('keep their day over the clock changes', () => {
    expect(sayForYears(at('2027-03-28T00:59Z'))).toBe('Sunday 28 March 2027 at 12:59am');
    expect(sayForYears(at('2027-03-28T01:00Z'))).toBe('Sunday 28 March 2027 at 2am');
    expect(sayOnPage(at('2027-03-27T23:30Z'), at('2027-03-28T22:30Z'))).toBe(
      '11:30pm on Saturday 27 March 2027',
    );
  });
});
