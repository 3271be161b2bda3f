import { Temporal } from 'temporal-polyfill';
import type { Millis } from '../core/time.ts';
import { months, weekdays, zone } from '../protocol/london.ts';

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

/**
 * A moment of the day that people name with this one: midnight they say with the day that it ends, as it is
 * understood where it is typed.
 */
const named = (at: Millis): Millis => (isMidnight(zoned(at)) ? at - quarter : at);

const isMidnight = ({ hour, minute }: Wall): boolean => hour === 0 && minute === 0;

/** Whole days from now's day to the other, by the calendar of Europe/London: 1 is tomorrow. */
function daysFrom(now: Millis, at: Millis): number {
  return zoned(at).dayNumber - zoned(now).dayNumber;
}

/**
 * A time of day as people say it, the one form for all that is read: `9:42am`, `2:30pm`, `4pm`, `midday`, `midnight`;
 * in the hour that comes twice, `1:30am (GMT)` or `1:30am (BST)`.
 */
export function sayClock(at: Millis): string {
  const time = zoned(at);
  return `${clockOf(time)}${whichOfTwo(time)}`;
}

function clockOf(time: Wall): string {
  const { hour, minute } = time;
  if (isMidnight(time)) return 'midnight';
  if (minute === 0 && hour === 12) return 'midday';
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes}${hour < 12 ? 'am' : 'pm'}`;
}

/** Clocks show the hour twice that they go back by; an hour before or after, they then show the same. */
function whichOfTwo({ at }: Wall): string {
  const shown = at + offsetAt(at);
  const hour = 4 * quarter;
  if (at + hour + offsetAt(at + hour) === shown) return ' (BST)';
  return at - hour + offsetAt(at - hour) === shown ? ' (GMT)' : '';
}

/** `Fri 27 Nov`; with its year where that is another than now's. */
function shortDay(time: Wall, now: Millis): string {
  const year = time.year === zoned(now).year ? '' : ` ${time.year}`;
  return `${(weekdays[time.dayOfWeek - 1] ?? '').slice(0, 3)} ${shortDate(time)}${year}`;
}

const shortDate = (time: Wall): string => `${time.day} ${(months[time.month - 1] ?? '').slice(0, 3)}`;

/**
 * A time in an answer that is read at once: `today at 4pm`, `tomorrow at 9am`, `yesterday at 10:03am`,
 * `midnight tonight`, `Fri 27 Nov at 2:30pm`. On a card that stays, `today` would become untrue: see `sayDated`.
 */
export function sayTime(at: Millis, now: Millis): string {
  const days = daysFrom(now, at);
  const clock = sayClock(at);
  if (isMidnight(zoned(at))) {
    return days === 1 ? 'midnight tonight' : days === 0 ? 'midnight last night' : sayDated(at, now);
  }
  if (days === 0) return `today at ${clock}`;
  if (days === 1) return `tomorrow at ${clock}`;
  if (days === -1) return `yesterday at ${clock}`;
  return sayDated(at, now);
}

/**
 * A time on a card or in a message that may be read on another day, after `by`, `until` or `for`: `Fri 27 Nov at 4pm`,
 * `Tue 30 Mar 2027 at 9am` in another year, `midnight on Thu 26 Nov`.
 */
export function sayDated(at: Millis, now: Millis): string {
  const day = shortDay(zoned(named(at)), now);
  const clock = sayClock(at);
  return isMidnight(zoned(at)) ? `${clock} on ${day}` : `${day} at ${clock}`;
}

/**
 * The same after what happens then: `on Fri 27 Nov at 4pm`, `at midnight on Thu 26 Nov`.
 *
 * @param said a moment whose day the same card has just said; on that day the clock is enough: `at 4pm`
 */
export function sayOn(at: Millis, now: Millis, said?: Millis): string {
  if (said !== undefined && isSameDay(said, at)) return `at ${sayClock(at)}`;
  return then(sayDated(at, now));
}

/** Whether people name one day with both moments. */
export const isSameDay = (one: Millis, other: Millis): boolean => daysFrom(named(one), named(other)) === 0;

/** When something ends: as `sayOn`, but the last minute of a day is `at the end of Fri 27 Nov`. */
export function sayEnd(at: Millis, now: Millis, said?: Millis): string {
  if (!isLastMinute(zoned(at))) return sayOn(at, now, said);
  return said !== undefined && isSameDay(said, at) ? 'at the end of the day' : then(sayUntil(at, now));
}

const then = (dated: string): string => `${/^(?:the|midnight) /u.test(dated) ? 'at' : 'on'} ${dated}`;

/**
 * A time with its day and date, to say back how typed words were understood: `tomorrow, Wed 25 Nov, at 9am`,
 * `Mon 30 Nov at 9am`, `midnight at the end of Thu 26 Nov`. The year stands where it is another.
 */
export function sayInFull(at: Millis, now: Millis): string {
  if (isMidnight(zoned(at))) return `midnight at the end of ${shortDay(zoned(named(at)), now)}`;
  const days = daysFrom(now, at);
  const near = days === 0 ? 'today, ' : days === 1 ? 'tomorrow, ' : '';
  return `${near}${shortDay(zoned(at), now)}${near === '' ? '' : ','} at ${sayClock(at)}`;
}

/** A time as people may type it, to be changed in a form: `27 Nov 2026 at 9am`; midnight is `12am`, which starts the day. */
export function sayTypable(at: Millis): string {
  const time = zoned(at);
  const clock = clockOf(time);
  return `${shortDate(time)} ${time.year} at ${clock === 'midnight' ? '12am' : clock}`;
}

/**
 * Until when something holds: the last minute of a day is `the end of Fri 27 Nov`, so that nobody takes the day for its
 * beginning; any other time as `sayDated` has it.
 */
export function sayUntil(at: Millis, now: Millis): string {
  return isLastMinute(zoned(at)) ? `the end of ${shortDay(zoned(at), now)}` : sayDated(at, now);
}

/** @returns the day after one whose last minute this is: `Sat 28 Nov`; undefined for any other time */
export function dayAfter(at: Millis, now: Millis): string | undefined {
  return isLastMinute(zoned(at)) ? shortDay(zoned(at + 2 * 60_000), now) : undefined;
}

const isLastMinute = ({ hour, minute }: Wall): boolean => hour === 23 && minute === 59;

/** @returns `Friday 27 November`, with the year when it is another than now's; midnight belongs to the day that it ends */
export function sayDay(at: Millis, now: Millis): string {
  const time = zoned(named(at));
  return `${longDay(time)}${time.year === zoned(now).year ? '' : ` ${time.year}`}`;
}

const longDay = ({ dayOfWeek, day, month }: Pick<Wall, 'dayOfWeek' | 'day' | 'month'>): string =>
  `${weekdays[dayOfWeek - 1] ?? ''} ${day} ${months[month - 1] ?? ''}`;

/** A moment on a page that is drawn for whoever reads it now: `4pm today`, or `4pm on Tuesday 24 November 2026`. */
export function sayOnPage(at: Millis, now: Millis): string {
  const time = zoned(at);
  const day = `${longDay(time)} ${time.year}`;
  const clock = sayClock(at);
  if (clock === 'midnight') return `midnight at the start of ${daysFrom(now, at) === 0 ? 'today' : day}`;
  return `${clock} ${daysFrom(now, at) === 0 ? 'today' : `on ${day}`}`;
}

/** A moment with its full date, for what stands for years: `Tuesday 24 November 2026 at 10:03am`. */
export function sayForYears(at: Millis): string {
  const time = zoned(at);
  const clock = sayClock(at);
  return `${longDay(time)} ${time.year} at ${clock}${clock === 'midnight' ? ' (the start of the day)' : ''}`;
}

/**
 * @param isoDate a day of the calendar, such as `2026-11-27`
 * @param now where it may be of another year
 * @returns `Friday 27 November`, with its year where that is another than now's
 */
export function sayIsoDay(isoDate: string, now?: Millis): string {
  const day = Temporal.PlainDate.from(isoDate);
  return `${longDay(day)}${now === undefined || day.year === zoned(now).year ? '' : ` ${day.year}`}`;
}
