import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutAtWord, firstWords, wholeLetters } from '../../../src/protocol/text/cut.ts';

test.each([
  ['One two three', 13, 'One two three'],
  ['One two three', 12, 'One two…'],
  ['One two, three', 10, 'One two…'],
  ['The road is closed. Please use another', 20, 'The road is closed…'],
  ['The road is closed by a burst main', 26, 'The road is closed…'],
  ['Moor\nLane', 6, 'Moor…'],
  // a day without its month, or a month without its day, would be another date
  ['Sunflower beds in the park on Saturday 5 December', 42, 'Sunflower beds in the park…'],
  ['Sunflower beds in the park on the 5th of December', 42, 'Sunflower beds in the park…'],
  [
    'Sunflower beds in the park on Saturday 5 December from 8am',
    50,
    'Sunflower beds in the park on Saturday 5 December…',
  ],
  ['There is room for 5 buses in the park of ours', 22, 'There is room for 5…'],
  // a word longer than half of what there is room for
  ['A Llanfairpwllgwyngyll', 12, 'A Llanfairp…'],
])('%j in %d characters', (text, most, cut) => {
  expect(cutAtWord(text, most)).toBe(cut);
});

test('no letter and no emoji is cut in two', () => {
  const family = '👨‍👩‍👧';
  expect(wholeLetters(`${family}${family}`, 12)).toBe(family);
  expect(wholeLetters('cafe\u0301s', 4)).toBe('caf');
  expect(cutAtWord(`${family}${family}`, 12)).toBe(`${family}…`);
});

test('the first words stand on one line', () => {
  expect(firstWords(' Moor\n\n Lane is  closed ', 30)).toBe('Moor Lane is closed');
});

test('is never longer than it may be, and whole characters', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.integer({ min: 1, max: 100 }),
      (text, most) => {
        expect(cutAtWord(text, most).length).toBeLessThanOrEqual(most);
        expect(cutAtWord(text, most).isWellFormed()).toBe(true);
      },
    ),
  );
});
