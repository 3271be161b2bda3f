import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Temporal } from 'temporal-polyfill';
import { hours, minutes, days } from '../../src/core/time.ts';
import {
  sayClock,
  sayDate,
  sayDay,
  sayIsoDay,
  sayLength,
  sayShort,
  sayTime,
  sayWhen,
} from '../../src/words/times.ts';

function london(wall: string): number {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/London').epochMilliseconds;
}

/** A Tuesday. */
const now = london('2026-11-24T09:42');

test.each([
  ['2026-11-24T16:00', 'today at 4pm', '16:00', '16:00', 'today'],
  ['2026-11-24T10:03', 'today at 10:03', '10:03', '10:03', 'today'],
  ['2026-11-24T12:00', 'today at noon', '12:00', '12:00', 'today'],
  ['2026-11-25T00:00', 'midnight tonight', 'tomorrow 0:00', 'midnight tonight', 'tomorrow'],
  ['2026-11-25T09:00', 'tomorrow at 9am', 'tomorrow 9:00', 'tomorrow at 9am', 'tomorrow'],
  ['2026-11-23T09:05', 'yesterday at 9:05', 'yesterday 9:05', 'yesterday at 9:05', 'yesterday'],
  ['2026-11-27T14:30', 'Fri 27 Nov at 14:30', 'Fri 14:30', 'Fri 27 Nov at 14:30', 'Friday 27 November'],
  [
    '2026-11-27T00:00',
    'the start of Fri 27 Nov',
    'Fri 0:00',
    'the start of Fri 27 Nov',
    'Friday 27 November',
  ],
  ['2026-12-01T09:00', 'Tue 1 Dec at 9am', '1 Dec 9:00', 'Tue 1 Dec at 9am', 'Tuesday 1 December'],
  ['2026-11-20T09:00', 'Fri 20 Nov at 9am', '20 Nov 9:00', 'Fri 20 Nov at 9am', 'Friday 20 November'],
  [
    '2027-03-30T09:00',
    'Tue 30 Mar 2027 at 9am',
    '30 Mar 2027 9:00',
    'Tue 30 Mar 2027 at 9am',
    'Tuesday 30 March 2027',
  ],
])('%s', (wall, time, short, when, day) => {
  const at = london(wall);
  expect(sayTime(at, now)).toBe(time);
  expect(sayShort(at, now)).toBe(short);
  expect(sayWhen(at, now)).toBe(when);
  expect(sayDay(at, now)).toBe(day);
});

test('the hour that comes twice says which one', () => {
  expect(sayClock(Date.UTC(2027, 9, 31, 0, 30))).toBe('1:30 (BST)');
  expect(sayTime(Date.UTC(2027, 9, 31, 1, 0), Date.UTC(2027, 9, 31, 0))).toBe('today at 1:00 (GMT)');
  expect(sayClock(Date.UTC(2027, 9, 31, 2, 30))).toBe('2:30');
});

test('tomorrow is a day of the calendar, also when the day has 23 or 25 hours', () => {
  expect(sayTime(london('2027-03-28T23:00'), london('2027-03-27T23:30'))).toBe('tomorrow at 11pm');
  expect(sayTime(london('2027-10-31T23:30'), london('2027-10-31T00:15'))).toBe('today at 23:30');
});

test('dates and lengths', () => {
  expect(sayDate(now)).toBe('24 November 2026');
  expect(sayIsoDay('2026-11-27')).toBe('Friday 27 November');
  expect(sayLength(minutes(1))).toBe('1 minute');
  expect(sayLength(minutes(90))).toBe('90 minutes');
  expect(sayLength(hours(1))).toBe('1 hour');
  expect(sayLength(hours(2))).toBe('2 hours');
  expect(sayLength(hours(30))).toBe('30 hours');
  expect(sayLength(days(3))).toBe('3 days');
  expect(sayLength(20_000)).toBe('less than a minute');
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
      expect(sayClock(at)).toBe(`${time.hour}:${String(time.minute).padStart(2, '0')}${which}`);
      const now = Temporal.Instant.fromEpochMilliseconds(today).toZonedDateTimeISO('Europe/London');
      const from = now.toPlainDate().until(time.toPlainDate(), { largestUnit: 'days' }).days;
      expect(sayDay(at, today) === 'tomorrow').toBe(from === 1);
      expect(sayDay(at, today) === 'today').toBe(from === 0);
      expect(sayDate(at)).toContain(`${time.day} `);
      expect(sayDate(at)).toContain(` ${time.year}`);
    }),
    { numRuns: 500 },
  );
});
