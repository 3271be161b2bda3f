import { expect, test } from 'vitest';
import { endAfter, endBefore, endInText, nextEndIn } from '../../src/protocol/end-in-text.ts';

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
  // The day may stand before it.
  ['Ash Road will be closed tomorrow until 4pm.', '2026-11-25T16:00'],
  ['Ash Road will be closed tomorrow until 9am.', '2026-11-25T09:00'],
  ['Ash Road will be closed on Tuesday 1 December until 4pm.', '2026-12-01T16:00'],
  ['Ash Road is closed on Friday, until noon.', '2026-11-27T12:00'],
  ['On Friday Ash Road will be closed until 4pm.', '2026-11-27T16:00'],
  ['Tomorrow, Ash Road will be closed until 4pm.', '2026-11-25T16:00'],
  ['Ash Road is closed today until 4pm.', '2026-11-24T16:00'],
  ['The works began on Monday. Ash Road is closed until 4pm.', '2026-11-24T16:00'],
  ['From Monday until Friday Ash Road is closed.', '2026-11-27T23:59'],
  ['Closed every night until 30 March.', '2027-03-30T23:59'],
  ['You may sit in the sun until 4pm.', '2026-11-24T16:00'],
  ['Ash Road is closed until half past four on Friday afternoon.', '2026-11-27T16:30'],
  ['Ash Road is closed until the 30th.', '2026-11-30T23:59'],
  // Written at 9:43am, of the coming night.
  ['Moor Lane is shut tonight until 3am.', '2026-11-25T03:00'],
  // What says itself that it ends.
  ['The gritting ends at 5pm.', '2026-11-24T17:00'],
  ['The sale ends at 5pm today.', '2026-11-24T17:00'],
  ['Book swap at Crosby Library. Ends 24 December.', '2026-12-24T23:59'],
  ['It ends at 6pm on Friday.', '2026-11-27T18:00'],
  ['The coat swap, in its sixth year, ends on Friday.', '2026-11-27T23:59'],
  ['The works will end on 4 December.', '2026-12-04T23:59'],
  ['Roadworks end at noon on 4/12/2026.', '2026-12-04T12:00'],
  ['Sale ends 4pm Saturday.', '2026-11-28T16:00'],
  ['The ride finishes at noon tomorrow.', '2026-11-25T12:00'],
  ['The survey on bus lanes closes on Friday.', '2026-11-27T23:59'],
  ['Consultation closes Friday. Have your say.', '2026-11-27T23:59'],
  ['Nominations close at 4pm on 8 April.', '2027-04-08T16:00'],
  // From one time to another, on a day.
  ['Ash Road will be closed from 9am until 3pm tomorrow.', '2026-11-25T15:00'],
  ['Ash Road will be closed tomorrow from 9am until 3pm.', '2026-11-25T15:00'],
  ['There is no water in Ash Road from 9am to 3pm on Friday.', '2026-11-27T15:00'],
  ['Join us from 10.30am until noon on Saturday 5 December.', '2026-12-05T12:00'],
  ['The towpath is shut from Bridge 9 to Bridge 11 until 4 June.', '2027-06-04T23:59'],
  ['Ash Road is closed tomorrow, between 9am and 3pm.', '2026-11-25T15:00'],
  ['Ash Road is closed 9am-3pm on Friday.', '2026-11-27T15:00'],
  ['Ash Road is closed until about 3pm.', '2026-11-24T15:00'],
  ['The deadline for entries is noon on Friday.', '2026-11-27T12:00'],
  // What somebody is asked to do by then is no end of the post.
  ['Ash Road is closed until 4pm. Please move your car by noon today.', '2026-11-24T16:00'],
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
  'From Monday, Crosby Library opens until 7pm.',
  'Crosby Library is open every day until 4pm.',
  'Open Monday to Friday until 5pm.',
  'Open Mon-Fri until 5pm.',
  'Open on Mondays until 5pm.',
  'Open until 5pm Fridays.',
  'We save the cake until the 30th anniversary.',
  'Please wait until one of us is there.',
  'Open weekdays until 5pm.',
  'Closed on Friday and Saturday until 5pm.',
  'After the flood on Monday, the road stays closed until 4pm.',
  // Opening hours, and when something closes that is open again after.
  'The library is open from 9am until 3pm tomorrow.',
  'Our phone lines are staffed from 9am until 5pm on Friday.',
  'The tip closes at 5pm.',
  'Our reception closes at noon on Friday.',
  'Bootle Library closes on Friday at 4pm.',
  'Ash Road closes at 9am on Friday.',
  'The survey is out and the library closes on Friday.',
  'Storytime ends at 4pm every day.',
  'The school day ends at 3.15pm.',
  'Open until 9pm Monday to Friday.',
  'The library closes at 5pm today.',
  'The last tour ends at 5pm on Fridays.',
  'The fair is on Friday. It ends at 5pm.',
  'Closed from 9am until 5pm Monday to Friday.',
  'Ash Road is closed from 9am until 3pm.',
  'Ash Road is closed between 9am and 3pm.',
  'The library is shut today, but you can ring us 9am to 3pm.',
  'Please apply by 4pm today.',
  'The deadline is noon.',
  // No time, or no end.
  'The card that ends 4242 was found.',
  'The code starts with 7 and ends 11.',
  'Join us at the end on Friday.',
  'Road safety week ends with a ride from Hall Road to Crosby.',
  'We set out to end litter on Friday.',
])('%s names no one end', (text) => {
  expect(endInText(text, now)).toBeUndefined();
});

test.each([
  ['Closed until 4pm.', '2026-11-24T20:00Z', '2026-11-24T16:00'],
  ['Closed until 4pm.', '2026-11-24T15:00Z', undefined],
  // Whoever reads it tomorrow takes it for tomorrow.
  ['Closed until 4pm.', '2026-11-25T09:00Z', undefined],
  ['Closed until 4pm.', '2026-11-25T20:00Z', '2026-11-25T16:00'],
  ['Closed until 4pm on Friday.', '2026-11-28T09:00Z', '2026-11-27T16:00'],
  ['Closed on Friday until 4pm.', '2026-11-28T09:00Z', '2026-11-27T16:00'],
  ['Open every day until 4pm.', '2026-11-24T20:00Z', undefined],
  ['It was closed until 9am.', '2026-11-24T20:00Z', undefined],
])('%s going out at %s', (text, goesAt, wall) => {
  expect(endBefore(text, now, Date.parse(goesAt))?.wall).toBe(wall);
});

test.each([
  // What had ended when it was written.
  ['Closed until 4pm today.', '16:40', '16:40', '2026-11-24T16:00'],
  ['Closed until 4pm.', '17:40', '17:40', '2026-11-24T16:00'],
  ['Closed today until 9am.', '22:00', '22:00', '2026-11-24T09:00'],
  ['The survey is open until Monday 23 November.', '16:40', '16:40', '2026-11-23T23:59'],
  ['The road was closed until 4pm today.', '16:40', '16:40', undefined],
  ['Thanks to all who were there until 4pm.', '16:40', '16:40', undefined],
  // In the evening, that of the next morning may be meant.
  ['Shut tonight until 3am.', '17:40', '17:40', undefined],
  ['Closed until 8am.', '22:00', '22:00', undefined],
  ['Closed until 8am.', '22:00', '23:59', undefined],
])('%s written at %s, going out at %s', (text, written, goesAt, wall) => {
  const on = (clock: string): number => Date.parse(`2026-11-24T${clock}Z`);
  expect(endBefore(text, on(written), on(goesAt))?.wall).toBe(wall);
});

test.each([
  ['Closed until 4pm today.', '2026-11-24T09:00Z', '2026-11-24T16:00Z'],
  ['Closed until 4pm today.', '2026-11-24T16:40Z', undefined],
  ['Shut tonight until 3am.', '2026-11-24T17:40Z', '2026-11-25T03:00Z'],
  ['Open every day until 4pm.', '2026-11-24T09:00Z', undefined],
  ['Closed for the day.', '2026-11-24T09:00Z', undefined],
])('%s at %s: its next end', (text, at, end) => {
  expect(nextEndIn(text, Date.parse(at))).toBe(end === undefined ? undefined : Date.parse(end));
});

test.each([
  // Whatever day it is when it goes out, a day that the words name is of when they were written.
  ['Moor Lane is closed until 9am today.', '2026-11-24T09:42Z', '2026-11-25T00:00Z', undefined],
  ['Moor Lane is closed until 9am tomorrow.', '2026-11-24T09:42Z', '2026-11-25T00:00Z', '2026-11-25T09:00'],
  ['Moor Lane is closed until 9am.', '2026-11-24T09:42Z', '2026-11-25T00:00Z', '2026-11-25T09:00'],
  ['Moor Lane is closed until 4pm today.', '2026-11-24T09:42Z', '2026-11-24T12:00Z', '2026-11-24T16:00'],
  ['Moor Lane is shut tonight until 3am.', '2026-11-24T09:42Z', '2026-11-26T01:00Z', undefined],
])('%s written at %s and going out at %s', (text, writtenAt, goesAt, wall) => {
  const [written, goes] = [Date.parse(writtenAt), Date.parse(goesAt)];
  expect(endAfter(text, written, goes)?.wall).toBe(wall);
  expect(endBefore(text, written, goes) !== undefined).toBe(wall === undefined);
});

test('what says `until` again and again is not followed to its end', () => {
  const end = 'until 4pm on Friday.';
  expect(endInText(`${'Not until later. '.repeat(20)}Closed ${end}`, now)?.wall).toBe('2026-11-27T16:00');
  expect(endInText(`${'Not until later. '.repeat(2_000)}Closed ${end}`, now)).toBe(undefined);
});
