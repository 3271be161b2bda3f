import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headingFrom } from '../../../src/protocol/text/heading.ts';

const heading = (text: string): string => headingFrom(text, 70);

describe('a heading out of a text', () => {
  test.each([
    ['The library is open late. Come and see.', 'The library is open late'],
    ['Library hours\nThursday until eight.', 'Library hours'],
    ['Is it open? It is.', 'Is it open?'],
    ['St. Helens Road is closed. Please use the A580.', 'St. Helens Road is closed'],
    // What only gives the reason, or begins another whole clause, is left out.
    [
      'Liverpool Road in Crosby is closed at Moor Lane until 4pm while we mend a burst main. Please use the A565.',
      'Liverpool Road in Crosby is closed at Moor Lane until 4pm',
    ],
    [
      'The tip in Formby opens an hour later on Friday because the road outside it is being resurfaced.',
      'The tip in Formby opens an hour later on Friday',
    ],
    [
      'The swimming pool in Bootle is open again from Monday; we thank everybody for waiting so long.',
      'The swimming pool in Bootle is open again from Monday',
    ],
  ])('%s', (text, said) => {
    expect(heading(text)).toBe(said);
  });

  test.each([
    // what is left out limits or turns what is kept
    'Every primary school in the borough is open on Monday, and this is true but for the ones in Bootle.',
    'Every primary school in the borough is open on Monday, which does not mean that buses run as usual.',
    'All bins in Crosby are collected on Friday as usual – except brown ones, which we collect next week.',
    'Brown bins in Crosby are collected on Friday as usual; this is no longer so for streets in Formby.',
    // what is kept hangs on what is left out
    'The leisure centre in Bootle is not closing because of what it costs to heat the pool in winter months.',
    'The car park is only closed to visitors on Friday while we paint new lines for blue badge holders.',
    'If you live in Crosby your brown bin is collected on Friday, so please leave it out by seven in the morning.',
    // half a bracket, half a quotation
    'The new crossing on Moor Lane is open (it was due on Friday, and we are sorry that it took longer).',
    // no clause by itself
    'Roads in Crosby and Formby, pavements in Bootle and bridges everywhere because of frost at night.',
  ])('an ellipsis where a shorter one would mean something else: %s', (text) => {
    const said = heading(text);
    expect(said).toMatch(/…$/u);
    expect(text.startsWith(said.slice(0, -1))).toBe(true);
  });

  test('nothing is cut off behind a small word that waits for another', () => {
    const text =
      'Free swimming lessons for all children under eleven years in one of the pools of the borough this summer.';
    expect(heading(text)).toBe('Free swimming lessons for all children under eleven years in one…');
  });

  test('is as long as it may be at most, and whole characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(headingFrom(text, 70).length).toBeLessThanOrEqual(70);
        expect(headingFrom(text, 70).isWellFormed()).toBe(true);
      }),
    );
  });
});
