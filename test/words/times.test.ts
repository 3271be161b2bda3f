import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Temporal } from 'temporal-polyfill';
import { minutes, days } from '../../src/core/time.ts';
import { parseTypedTime } from '../../src/protocol/typed-time.ts';
import {
  dayAfter,
  sayClock,
  sayDated,
  sayDay,
  sayEnd,
  sayForYears,
  sayInFull,
  sayIsoDay,
  sayOn,
  sayTime,
  sayTypable,
  sayUntil,
} from '../../src/words/times.ts';

function london(wall: string): number {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/London').epochMilliseconds;
}

/** A Tuesday. */
const now = london('2026-11-24T09:42');

test.each([
  ['2026-11-24T16:00', 'today at 4pm', 'Tue 24 Nov at 4pm', 'on Tue 24 Nov at 4pm'],
  ['2026-11-24T10:03', 'today at 10:03am', 'Tue 24 Nov at 10:03am', 'on Tue 24 Nov at 10:03am'],
  ['2026-11-24T12:00', 'today at midday', 'Tue 24 Nov at midday', 'on Tue 24 Nov at midday'],
  ['2026-11-24T12:05', 'today at 12:05pm', 'Tue 24 Nov at 12:05pm', 'on Tue 24 Nov at 12:05pm'],
  ['2026-11-25T00:13', 'tomorrow at 12:13am', 'Wed 25 Nov at 12:13am', 'on Wed 25 Nov at 12:13am'],
  ['2026-11-25T00:00', 'midnight tonight', 'midnight on Tue 24 Nov', 'at midnight on Tue 24 Nov'],
  ['2026-11-24T00:00', 'midnight last night', 'midnight on Mon 23 Nov', 'at midnight on Mon 23 Nov'],
  ['2026-11-25T09:00', 'tomorrow at 9am', 'Wed 25 Nov at 9am', 'on Wed 25 Nov at 9am'],
  ['2026-11-23T09:05', 'yesterday at 9:05am', 'Mon 23 Nov at 9:05am', 'on Mon 23 Nov at 9:05am'],
  ['2026-11-27T14:30', 'Fri 27 Nov at 2:30pm', 'Fri 27 Nov at 2:30pm', 'on Fri 27 Nov at 2:30pm'],
  ['2026-11-27T00:00', 'midnight on Thu 26 Nov', 'midnight on Thu 26 Nov', 'at midnight on Thu 26 Nov'],
  ['2027-01-01T00:00', 'midnight on Thu 31 Dec', 'midnight on Thu 31 Dec', 'at midnight on Thu 31 Dec'],
  ['2027-03-30T09:00', 'Tue 30 Mar 2027 at 9am', 'Tue 30 Mar 2027 at 9am', 'on Tue 30 Mar 2027 at 9am'],
])('%s', (wall, answered, dated, on) => {
  const at = london(wall);
  expect(sayTime(at, now)).toBe(answered);
  expect(sayDated(at, now)).toBe(dated);
  expect(sayOn(at, now)).toBe(on);
});

test('what stays on a card says the same on the next day', () => {
  const tomorrow = now + days(1);
  for (const wall of ['2026-11-23T09:05', '2026-11-24T16:00', '2026-11-25T00:00', '2026-11-25T23:59']) {
    const at = london(wall);
    for (const say of [sayDated, sayOn, sayEnd, sayUntil, sayDay])
      expect(say(at, tomorrow)).toBe(say(at, now));
  }
});

test('a day that has just been said is not said again', () => {
  expect(sayOn(london('2026-11-24T16:00'), now, now)).toBe('at 4pm');
  expect(sayOn(london('2026-11-25T16:00'), now, now)).toBe('on Wed 25 Nov at 4pm');
  expect(sayOn(london('2026-11-25T16:00'), now, london('2026-11-25T00:13'))).toBe('at 4pm');
  // Midnight is said with the day that it ends.
  expect(sayOn(london('2026-11-25T00:00'), now, now)).toBe('at midnight');
  expect(sayOn(london('2026-11-25T16:00'), now, london('2026-11-25T00:00'))).toBe('on Wed 25 Nov at 4pm');
  expect(sayOn(london('2026-11-25T00:00'), now, london('2026-11-25T16:00'))).toBe(
    'at midnight on Tue 24 Nov',
  );
});

test('a whole day ends with its last minute', () => {
  const end = london('2026-11-27T23:59');
  expect(sayUntil(end, now)).toBe('the end of Fri 27 Nov');
  expect(sayEnd(end, now)).toBe('at the end of Fri 27 Nov');
  expect(sayEnd(end, now, london('2026-11-27T09:00'))).toBe('at the end of the day');
  expect(dayAfter(end, now)).toBe('Sat 28 Nov');
  const earlier = london('2026-11-27T16:00');
  expect(sayUntil(earlier, now)).toBe('Fri 27 Nov at 4pm');
  expect(sayEnd(earlier, now)).toBe('on Fri 27 Nov at 4pm');
  expect(dayAfter(earlier, now)).toBeUndefined();
});

test('a typed time is said back with its day and its date', () => {
  expect(sayInFull(london('2026-11-25T09:00'), now)).toBe('tomorrow, Wed 25 Nov, at 9am');
  expect(sayInFull(london('2026-11-30T09:00'), now)).toBe('Mon 30 Nov at 9am');
  expect(sayInFull(london('2026-11-28T00:00'), now)).toBe('midnight at the end of Fri 27 Nov');
});

test('a form shows a time as it can be typed', () => {
  expect(sayTypable(london('2026-11-27T14:30'))).toBe('27 Nov 2026 at 2:30pm');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500_000 }), (ahead) => {
      const at = Math.ceil((now + minutes(ahead)) / 60_000) * 60_000;
      const typed = parseTypedTime(sayTypable(at), now);
      // the hour that comes twice is asked about
      expect(typed.ok ? typed.at : typed.code).toBe(
        typed.ok || typed.code !== 'exists-twice' ? at : typed.code,
      );
    }),
    { numRuns: 500 },
  );
});

test('what stands for years has its year', () => {
  expect(sayForYears(london('2026-11-24T10:03'))).toBe('Tuesday 24 November 2026 at 10:03am');
  expect(sayForYears(london('2026-11-24T00:00'))).toBe(
    'Tuesday 24 November 2026 at midnight (the start of the day)',
  );
});

test('the hour that comes twice says which one', () => {
  expect(sayClock(Date.UTC(2027, 9, 31, 0, 30))).toBe('1:30am (BST)');
  expect(sayTime(Date.UTC(2027, 9, 31, 1, 0), Date.UTC(2027, 9, 31, 0))).toBe('today at 1am (GMT)');
  expect(sayClock(Date.UTC(2027, 9, 31, 2, 30))).toBe('2:30am');
});

test('tomorrow is a day of the calendar, also when the day has 23 or 25 hours', () => {
  expect(sayTime(london('2027-03-28T23:00'), london('2027-03-27T23:30'))).toBe('tomorrow at 11pm');
  expect(sayTime(london('2027-10-31T23:30'), london('2027-10-31T00:15'))).toBe('today at 11:30pm');
});

test('days', () => {
  expect(sayDay(now, now)).toBe('Tuesday 24 November');
  expect(sayDay(london('2027-03-30T09:00'), now)).toBe('Tuesday 30 March 2027');
  expect(sayIsoDay('2026-11-27')).toBe('Friday 27 November');
});

test('every instant reads as Temporal has it, over the days on which the clocks change as well', () => {
  const change = fc.constantFrom(
    Date.UTC(2026, 2, 29, 1),
    Date.UTC(2026, 9, 25, 1),
    Date.UTC(2027, 9, 31, 1),
  );
  const near = fc.tuple(change, fc.integer({ min: -days(2), max: days(2) })).map(([at, off]) => at + off);
  const any = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2060, 0) });
  fc.assert(
    fc.property(fc.oneof(near, any), fc.oneof(near, any), (at, today) => {
      const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Europe/London');
      const wall = time.toPlainDateTime();
      const twice =
        wall.toZonedDateTime('Europe/London', { disambiguation: 'earlier' }).epochMilliseconds !==
        wall.toZonedDateTime('Europe/London', { disambiguation: 'later' }).epochMilliseconds;
      const which = twice ? ` (${time.offsetNanoseconds === 0 ? 'GMT' : 'BST'})` : '';
      const [hour, minute] = [time.hour, String(time.minute).padStart(2, '0')];
      const clock =
        minute === '00' && hour % 12 === 0
          ? ['midnight', 'midday'][hour / 12]
          : `${hour % 12 === 0 ? 12 : hour % 12}${minute === '00' ? '' : `:${minute}`}${hour < 12 ? 'am' : 'pm'}`;
      expect(sayClock(at)).toBe(`${clock}${which}`);
      const now = Temporal.Instant.fromEpochMilliseconds(today).toZonedDateTimeISO('Europe/London');
      const from = now.toPlainDate().until(time.toPlainDate(), { largestUnit: 'days' }).days;
      const said = sayTime(at, today);
      expect(said.startsWith('tomorrow') || said === 'midnight tonight').toBe(from === 1);
      expect(said.includes('today') || said === 'midnight last night').toBe(from === 0);
      const evening = clock === 'midnight' ? time.subtract({ minutes: 1 }) : time;
      expect(sayDated(at, today)).toContain(` ${evening.day} `.trimEnd());
      expect(sayForYears(at)).toContain(` ${time.year} at `);
    }),
    { numRuns: 500 },
  );
});
