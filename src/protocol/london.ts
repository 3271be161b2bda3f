import { Temporal } from 'temporal-polyfill';
import { minutes, type Millis } from '../core/time.ts';
import { remembered } from './text/remembered.ts';

/** The one zone in which people of the council say times. */
export const zone = 'Europe/London';

/** A moment that somebody meant: wall time `2026-11-27T14:30`, zone, and the chosen instant. */
export interface Meant {
  readonly at: Millis;
  readonly wall: string;
  readonly zone: 'Europe/London';
}

/** Monday is the first, as in the calendar of ISO 8601. */
export const weekdays = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;
export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** London's clock has moved by whole quarters of an hour since 1847, and at whole ones: within one the day is the same. */
const quarter = minutes(15);

/** The rules and cards of one post ask about the same few moments. */
const dayOfQuarter = remembered((n: number) =>
  zoned(n * quarter)
    .toPlainDate()
    .toString(),
);

/** The calendar day of an instant in Europe/London, such as `2026-11-24`. */
export const londonDate = (at: Millis): string => dayOfQuarter(Math.floor(at / quarter));

/** The wall time of an instant in Europe/London to the minute, such as `2026-11-24T09:42`. */
export function londonWall(at: Millis): string {
  return zoned(at).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** The first instant of a calendar day such as `2027-03-31` in Europe/London, or of the day so many days later. */
export function londonDayStart(isoDay: string, daysLater = 0): Millis {
  return Temporal.PlainDate.from(isoDay).add({ days: daysLater }).toZonedDateTime(zone).epochMilliseconds;
}

/** An instant as clock and calendar of Europe/London show it. */
export function zoned(at: Millis): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

/** An instant with its wall time. */
export function meant(at: Millis): Meant {
  return { at, wall: londonWall(at), zone };
}

/** A day of the calendar, from the year 1; undefined for one that does not exist. */
export function calendarDay(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  if (year < 1 || month < 1 || month > 12 || day < 1) return undefined;
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return day > first.daysInMonth ? undefined : first.with({ day });
}
