import { Temporal } from 'temporal-polyfill';
import type { Millis } from '../core/time.ts';

const zone = 'Europe/London';
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const months = [
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

/** An instant as a clock and calendar of Europe/London show it. */
interface Wall {
  readonly at: Millis;
  readonly year: number;
  /** 1–12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** 1 is Monday */
  readonly dayOfWeek: number;
  /** days since 1 January 1970 by this calendar */
  readonly dayNumber: number;
}

const quarter = 900_000;
const dayLong = 86_400_000;
const offsets = new Map<number, Millis>();

/**
 * How far the clocks of Europe/London are before UTC. They are only ever changed on a quarter of an hour, so one
 * answer holds for all of it: a card says a dozen times, and asking for each costs more than all else in it.
 */
function offsetAt(at: Millis): Millis {
  const since = Math.floor(at / quarter);
  const known = offsets.get(since);
  if (known !== undefined) return known;
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(since * quarter).toZonedDateTimeISO(
    zone,
  );
  if (offsets.size >= 10_000) offsets.clear();
  offsets.set(since, offsetNanoseconds / 1e6);
  return offsetNanoseconds / 1e6;
}

function zoned(at: Millis): Wall {
  const shown = at + offsetAt(at);
  const wall = new Date(shown);
  return {
    at,
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    dayOfWeek: wall.getUTCDay() === 0 ? 7 : wall.getUTCDay(),
    dayNumber: Math.floor(shown / dayLong),
  };
}

/** Whole days from now's day to the other, by the calendar of Europe/London: 1 is tomorrow. */
function daysFrom(now: Millis, at: Millis): number {
  return zoned(at).dayNumber - zoned(now).dayNumber;
}

/** @returns `9:42`, `14:30`, `0:05`; in the hour that comes twice, `1:30 (GMT)` or `1:30 (BST)` */
export function sayClock(at: Millis): string {
  const time = zoned(at);
  return `${time.hour}:${String(time.minute).padStart(2, '0')}${whichOfTwo(time)}`;
}

/** As people say it: `4pm`, `noon`; times that are not on the hour as `14:30`. */
function sayHour(time: Wall): string {
  const twice = whichOfTwo(time);
  if (time.minute !== 0 || twice !== '') return sayClock(time.at);
  if (time.hour === 0) return 'midnight';
  if (time.hour === 12) return 'noon';
  return time.hour < 12 ? `${time.hour}am` : `${time.hour - 12}pm`;
}

/** Clocks show the hour twice that they go back by; an hour before or after, they then show the same. */
function whichOfTwo({ at }: Wall): string {
  const shown = at + offsetAt(at);
  const hour = 4 * quarter;
  if (at + hour + offsetAt(at + hour) === shown) return ' (BST)';
  return at - hour + offsetAt(at - hour) === shown ? ' (GMT)' : '';
}

function shortDate(time: Wall, now: Millis): string {
  const month = (months[time.month - 1] ?? '').slice(0, 3);
  const year = time.year === zoned(now).year ? '' : ` ${time.year}`;
  return `${time.day} ${month}${year}`;
}

function shortWeekday(time: Wall): string {
  return (weekdays[time.dayOfWeek - 1] ?? '').slice(0, 3);
}

/**
 * A time with its day, as it stands in a sentence: `today at 4pm`, `tomorrow at 9am`, `yesterday at 10:03`,
 * `midnight tonight`, `Fri 27 Nov at 14:30`, `Tue 30 Mar 2027 at 9am` in another year.
 */
export function sayTime(at: Millis, now: Millis): string {
  const time = zoned(at);
  const hour = sayHour(time);
  const days = daysFrom(now, at);
  if (hour === 'midnight') {
    // "Friday at midnight" could be either end of Friday
    if (days === 1) return 'midnight tonight';
    return `the start of ${days === 0 ? 'today' : days === -1 ? 'yesterday' : `${shortWeekday(time)} ${shortDate(time, now)}`}`;
  }
  if (days === 0) return `today at ${hour}`;
  if (days === 1) return `tomorrow at ${hour}`;
  if (days === -1) return `yesterday at ${hour}`;
  return `${shortWeekday(time)} ${shortDate(time, now)} at ${hour}`;
}

/**
 * A time with its day and date, to say back how typed words were understood: `tomorrow, Wed 25 Nov, at 9am`,
 * `Mon 30 Nov at 9am`. The year stands where it is another.
 */
export function sayInFull(at: Millis, now: Millis): string {
  const time = zoned(at);
  const days = daysFrom(now, at);
  const near = days === 0 ? 'today, ' : days === 1 ? 'tomorrow, ' : '';
  return `${near}${shortWeekday(time)} ${shortDate(time, now)}${near === '' ? '' : ','} at ${sayHour(time)}`;
}

/**
 * The short form on buttons and cards: `11:42` today, `tomorrow 9:00`, `Fri 9:00` within the week to come,
 * `27 Nov 9:00` otherwise, with the year when it is another.
 */
export function sayShort(at: Millis, now: Millis): string {
  const time = zoned(at);
  const days = daysFrom(now, at);
  const clock = sayClock(at);
  if (days === 0) return clock;
  if (days === 1) return `tomorrow ${clock}`;
  if (days === -1) return `yesterday ${clock}`;
  if (days > 1 && days < 7) return `${shortWeekday(time)} ${clock}`;
  return `${shortDate(time, now)} ${clock}`;
}

/**
 * The last minute of a day, so that nobody takes the day for its beginning: `the end of Fri 27 Nov`, and the day from
 * which on it is over. Undefined for any other time.
 */
export function sayEndOfDay(
  at: Millis,
  now: Millis,
): { readonly until: string; readonly from: string } | undefined {
  const time = zoned(at);
  if (time.hour !== 23 || time.minute !== 59) return undefined;
  const days = daysFrom(now, at);
  const dated = (wall: Wall): string => `${shortWeekday(wall)} ${shortDate(wall, now)}`;
  const next = zoned(at + 2 * 60_000);
  return {
    until: `the end of ${days === 0 ? 'today' : days === 1 ? 'tomorrow' : dated(time)}`,
    from: days === 0 ? 'tomorrow' : dated(next),
  };
}

/** When something happened or is due, the day only where it is not today: `10:03`, `tomorrow at 9am`, `Fri 20 Nov at 14:30`. */
export function sayWhen(at: Millis, now: Millis): string {
  return daysFrom(now, at) === 0 ? sayClock(at) : sayTime(at, now);
}

/** @returns `today`, `tomorrow`, `yesterday`, or `Friday 27 November`, with the year when it is another */
export function sayDay(at: Millis, now: Millis): string {
  const days = daysFrom(now, at);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  const time = zoned(at);
  const year = time.year === zoned(now).year ? '' : ` ${time.year}`;
  return `${weekdays[time.dayOfWeek - 1] ?? ''} ${time.day} ${months[time.month - 1] ?? ''}${year}`;
}

/** @param isoDate a day of the calendar, such as `2026-11-27`; @returns `Friday 27 November` */
export function sayIsoDay(isoDate: string): string {
  const date = Temporal.PlainDate.from(isoDate);
  return `${weekdays[date.dayOfWeek - 1] ?? ''} ${date.day} ${months[date.month - 1] ?? ''}`;
}

/** A date for readers who do not know today's, such as a news page's: `27 November 2026`. */
export function sayDate(at: Millis): string {
  const time = zoned(at);
  return `${time.day} ${months[time.month - 1] ?? ''} ${time.year}`;
}

/** A length of time in its largest whole unit, rounded down: `1 minute`, `90 minutes`, `2 hours`, `3 days`. */
export function sayLength(length: Millis): string {
  const minutes = Math.max(0, Math.floor(length / 60_000));
  if (minutes < 120 && minutes % 60 !== 0) return count(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (minutes === 0) return 'less than a minute';
  if (hours < 48 && hours % 24 !== 0) return count(hours, 'hour');
  return count(Math.floor(hours / 24), 'day');
}

function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}
