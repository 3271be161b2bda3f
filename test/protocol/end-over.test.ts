import { expect, test } from 'vitest';
import { endsOver } from '../../src/protocol/end-over.ts';

/** Of Tuesday 24 November 2026 in London, unless a day is given. */
const at = (clock: string): number => Date.parse(clock.includes('T') ? `${clock}Z` : `2026-11-24T${clock}Z`);

const over = (text: string, written: string, goesAt: string): readonly string[] =>
  endsOver(text, at(written), at(goesAt)).map(({ from, to }) => text.slice(from, to));

test.each([
  // What had ended when it was written, and says that it goes on.
  ['Liverpool Road is closed until 4pm today.', '17:55', '17:55', 'until 4pm today'],
  ['Liverpool Road is closed today until 4pm.', '17:55', '17:55', 'until 4pm'],
  ['No water in Ash Road until 4pm today.', '17:55', '17:55', 'until 4pm today'],
  ['Expect delays until 4pm today.', '17:55', '17:55', 'until 4pm today'],
  ['The library is open until 5pm today.', '18:00', '18:00', 'until 5pm today'],
  ['Voting closes at 5pm today.', '18:00', '18:00', 'closes at 5pm today'],
  ['The survey is open until Monday 23 November.', '10:00', '10:00', 'until Monday 23 November'],
  ['The road is closed until 4pm today. It opens again after that.', '17:55', '17:55', 'until 4pm today'],
  ['Moor Lane is closed until 4pm today. Thank you for your patience.', '17:55', '17:55', 'until 4pm today'],
  // What ends between.
  ['Free parking until 4pm today.', '09:00', '17:00', 'until 4pm today'],
  ['Closed until 4pm on Friday.', '09:00', '2026-11-28T09:00', 'until 4pm on Friday'],
  ['Closed until Friday.', '09:00', '2026-11-28T09:00', 'until Friday'],
  ['The consultation closes on Friday.', '09:00', '2026-11-28T09:00', 'consultation closes on Friday'],
  // One of several.
  ['Moor Lane is closed until 4pm today. The survey ends on Friday.', '17:00', '17:00', 'until 4pm today'],
])('%s written at %s is over at %s', (text, written, goesAt, words) => {
  expect(over(text, written, goesAt).join()).toContain(words);
});

test('each end that is over is named', () => {
  const text = 'Ash Road is closed until 3pm today. Moor Lane is closed until 4pm today.';
  expect(over(text, '17:00', '17:00')).toEqual(['until 3pm today', 'until 4pm today']);
  expect(over(text, '15:30', '15:30')).toEqual(['until 3pm today']);
});

test.each([
  // To come.
  ['Liverpool Road is closed until 4pm today.', '09:00', '15:59'],
  ['Closed until 4pm.', '17:55', '2026-11-25T09:00'],
  ['Closed until 4pm tomorrow.', '17:55', '17:55'],
  ['Shut tonight until 3am.', '17:40', '17:40'],
  ['Closed until 8am.', '22:00', '22:00'],
  ['Closed until further notice.', '09:00', '18:00'],
  ['The road is closed until 4pm today, the bridge until 4pm tomorrow.', '17:55', '17:55'],
  // Told as past, on purpose.
  ['The road was closed until 4pm today.', '17:55', '17:55'],
  ['Our fair ran until Friday. Thank you all.', '09:00', '2026-11-28T09:00'],
  ['Voting closed at 5pm.', '18:00', '18:00'],
  ['Voting ended at 5pm today.', '18:00', '18:00'],
  ['Moor Lane, closed until 4pm today, has reopened.', '16:30', '16:30'],
  ['Moor Lane was to be closed until 4pm today. It is open now.', '16:30', '16:30'],
  ['Closed until 4pm today? No: Moor Lane has reopened early.', '16:30', '16:30'],
  ['Moor Lane is open again after works until 4pm today.', '16:30', '16:30'],
  ['Roadworks due to last until Friday have finished.', '09:00', '2026-11-28T09:00'],
  ['Thanks to all who were there until 4pm.', '17:00', '17:00'],
  ['Thank you to everybody who helped until 4am today.', '09:00', '09:00'],
  ['Crews out until 4am today gritted 14 routes.', '09:00', '09:00'],
  ['Police closed Moor Lane until 4pm today after a crash.', '17:00', '17:00'],
  ['A burst main caused delays until 4pm today.', '17:00', '17:00'],
  ['The road is no longer closed until 4pm today.', '17:00', '17:00'],
  // History and money.
  ['We publish the accounts for the year until 31 March 2026.', '09:00', '09:00'],
  ['The pier is a listed building and stood in the sea until 1 May 2025.', '09:00', '09:00'],
  // Hours that come again, and such as may.
  ['Open every day until 4pm.', '18:00', '18:00'],
  ['Open from 9am until 5pm.', '18:00', '18:00'],
  ['Bootle Library is open until 5pm.', '18:00', '18:00'],
  ['Call us until 5pm.', '18:00', '18:00'],
  ['Parking is free until 10am.', '12:00', '12:00'],
  ['Breakfast is served until 11am.', '12:00', '12:00'],
  ['The school day ends at 3.15pm.', '18:00', '18:00'],
  ['Storytime ends at 4pm every day.', '18:00', '18:00'],
  ['Storytime ends at 4pm.', '18:00', '18:00'],
  // Called off, put off, made good, or only sometimes so.
  ['Cancelled: road closure until 4pm today.', '17:00', '17:00'],
  ['The closure until 4pm today was cancelled.', '17:00', '17:00'],
  [
    'Water is off until 3pm today. It has since been restored: Moor Lane has since reopened.',
    '16:00',
    '16:00',
  ],
  ['The closure, due to end at 2pm today, is extended to Friday.', '15:00', '15:00'],
  ['We apologise for delays until 2pm today.', '15:00', '15:00'],
  ['Homes without power until noon today can claim.', '15:00', '15:00'],
  ['If there is ice, the tip is closed until noon today.', '15:00', '15:00'],
  ['Moor Lane is closed until 4pm today at the earliest.', '17:00', '17:00'],
  // A time alone may be of any day that the text speaks of.
  ['Moor Lane closed until 4pm.', '17:55', '17:55'],
  ['Moor Lane is closed until 4pm.', '09:00', '17:00'],
  ['On Boxing Day the pool is closed until noon.', '09:43', '15:00'],
  ['On the 25th of November the library is closed until noon.', '09:43', '15:00'],
  ['Next week: library closed until noon.', '09:43', '15:00'],
  ['In 1987 Moor Lane closed until noon because of snow.', '09:43', '15:00'],
  // Of another day.
  ['The launch is on Sunday at 10am. No parking until noon.', '12:30', '12:30'],
])('%s written at %s may go out at %s', (text, written, goesAt) => {
  expect(over(text, written, goesAt)).toEqual([]);
});
