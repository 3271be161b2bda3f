import { expect, test } from 'vitest';
import { endInText } from '../../src/protocol/end-in-text.ts';

/** Tuesday 24 November 2026, 9:42 in London. */
const now = Date.UTC(2026, 10, 24, 9, 42);

test.each([
  [
    'Liverpool Road in Crosby is closed at Moor Lane until 4pm while we mend a burst main.',
    '2026-11-24T16:00',
  ],
  ['Closed until 4pm on Friday.', '2026-11-27T16:00'],
  ['Closed till Friday 27 November at 9.30 am. Please use the A565.', '2026-11-27T09:30'],
  ['The survey is open until 30 March 2027, so tell us what you think.', '2027-03-30T23:59'],
  ['Not until tomorrow! Until tomorrow.', '2026-11-25T23:59'],
])('%s', (text, wall) => {
  expect(endInText(text, now)?.wall).toBe(wall);
});

test.each([
  'Closed until further notice.',
  'Open from 9am until 5pm on Friday.',
  'Open until 5pm Monday to Friday.',
  'Open until 8pm every Thursday.',
  'The road is closed until 4pm today, the bridge until 4pm tomorrow.',
  'It was closed until 9am.',
  'Until then, keep well.',
  'Closed until Fri 25:00.',
])('%s names no one end', (text) => {
  expect(endInText(text, now)).toBeUndefined();
});
