import { Temporal } from 'temporal-polyfill';
import { hours, type Millis } from '../core/time.ts';
import { calendarDay, meant, weekdays, zone, zoned, type Meant } from './london.ts';
import { withoutAtEnd } from './text/at-end.ts';
import { noSuchClock, reading, type Ahead, type At, type Day, type TimeOfDay } from './time-words.ts';

/** What a typed time came to; a time that cannot be, or could be two, is asked about and never guessed. */
export type TypedTime =
  | ({ readonly ok: true } & Meant)
  /** `missing` says which half was understood: the other one is missing */
  | {
      readonly ok: false;
      readonly code: 'not-understood';
      readonly typed: string;
      readonly missing?: 'time' | 'day';
    }
  /** `25:00`: nothing else of it is wrong */
  | { readonly ok: false; readonly code: 'no-such-time'; readonly clock: string }
  /** the clocks go forward over it: `before` and `after` are the same distance from the change */
  | {
      readonly ok: false;
      readonly code: 'does-not-exist';
      readonly wall: string;
      readonly before: Meant;
      readonly after: Meant;
    }
  /** the clocks go back over it: first in summer time, then in winter time */
  | {
      readonly ok: false;
      readonly code: 'exists-twice';
      readonly wall: string;
      readonly first: Meant;
      readonly second: Meant;
    }
  /** `tomorrow`: the same time of the next day, where no day was named */
  | ({ readonly ok: false; readonly code: 'in-the-past'; readonly tomorrow?: Meant } & Meant)
  /** `Friday at 5`: early in the morning or in the afternoon */
  | { readonly ok: false; readonly code: 'which-half'; readonly morning: Meant; readonly afternoon: Meant }
  /** so far ahead that a slip of the finger is likelier */
  | ({ readonly ok: false; readonly code: 'too-far' } & Meant)
  /** not in the calendar (30 February); or the date is another weekday than the one named (`really`, such as `Thursday`) */
  | { readonly ok: false; readonly code: 'no-such-day'; readonly typed: string; readonly really?: string };

/** A time until which something holds. `wholeDay`: only a day was named, and its last minute is meant. */
export type TypedUntil =
  (Extract<TypedTime, { ok: true }> & { readonly wholeDay: boolean }) | Extract<TypedTime, { ok: false }>;

/** Whole days ahead that a post is planned at most, and that it ends at most. */
const furthest = { planned: 366, end: 3_660 } as const;

function within<T extends TypedTime>(
  time: T,
  days: number,
  now: Millis,
): T | Extract<TypedTime, { code: 'too-far' }> {
  if (!time.ok || time.at <= zoned(now).add({ days }).epochMilliseconds) return time;
  const { at, wall } = time;
  return { ok: false, code: 'too-far', at, wall, zone };
}

const lastMinute: TimeOfDay = { hour: 23, minute: 59, endOfDay: false };

function unread(typed: string): Extract<TypedTime, { ok: false }> {
  const clock = noSuchClock(typed);
  return clock === undefined
    ? { ok: false, code: 'not-understood', typed }
    : { ok: false, code: 'no-such-time', clock };
}

/**
 * Reads a time as people type it: `tomorrow 9am`, `Fri 14:30`, `next Tuesday 10am`, `30/3/2027 09:00` (day
 * first), `30 March 9am`, `4pm`, `noon`, `midnight`, `in 2 hours`, `9.30am`, `14:30 on Friday`, `Monday 9`,
 * `tomorrow afternoon at 3`, `tonight at 8`, `half nine tomorrow`, `twenty to ten`, `Friday week 0900`, `a week today
 * at 9`, `the 30th at 9am`. An hour that does not say
 * which half of the day it means is in the morning from 7 on, and asked about before that (`Friday at 5`).
 * A weekday means the next one to come; with `next`, the one in the week that begins next Monday; a date
 * without a year the next one to come, unless it passed in the last two months. `midnight` ends the day named.
 */
export function parseTypedTime(text: string, now: Millis): TypedTime {
  const typed = text.trim();
  // what is to be out by a time goes out then
  const read = reading(typed.replace(/^by\s+/iu, ''));
  if (read === undefined) return unread(typed);
  if (read.is === 'in') return within(later(read, now), furthest.planned, now);
  // What has passed as a whole needs no time of day to be told so.
  if (read.time === undefined && read.day?.day === 'yesterday') return resolve(read, lastMinute, typed, now);
  if (read.time === undefined) return { ok: false, code: 'not-understood', typed, missing: 'time' };
  return within(resolve(read, read.time, typed, now), furthest.planned, now);
}

/**
 * Reads until when something holds: `until 4pm`, `until Friday`, `until 30 March`, with or without the word
 * itself. A day without a time means its last minute; a time without a day that has passed today, in the coming night
 * or early morning.
 * @param from when it begins, where that is said too: a time without a day is of that day, as in `tomorrow 9am until 5pm`
 */
export function parseUntil(text: string, now: Millis, from: Millis = now): TypedUntil {
  const begins = Math.max(now, from);
  if (begins === now) return readUntil(text, now, now);
  const there = readUntil(text, now, begins);
  return there.ok ? there : readUntil(text, now, now);
}

function readUntil(text: string, now: Millis, begins: Millis): TypedUntil {
  const typed = text.trim().replace(/^(?:until|till|'?til)(?:\s*:\s*|\s+)/iu, '');
  const read = reading(
    typed.replace(/^(?:the\s+)?end\s+of\s+(?:the\s+day$)?/iu, (all) => (/day$/iu.test(all) ? 'today' : '')),
  );
  if (read === undefined) return unread(typed);
  if (read.is === 'in') {
    const end = within(later(read, now), furthest.end, now);
    return end.ok ? { ...end, wholeDay: false } : end;
  }
  // `until tomorrow morning` is not until the end of tomorrow
  if (read.time === undefined && read.half !== undefined && read.day?.day !== 'tonight') {
    return { ok: false, code: 'not-understood', typed, missing: 'time' };
  }
  const time: TimeOfDay = read.time ?? lastMinute;
  const of = read.day === undefined ? begins : now;
  const resolved = within(overnight(resolve(read, time, typed, of), of), furthest.end, now);
  return resolved.ok ? { ...resolved, wholeDay: read.time === undefined } : resolved;
}

/** `until 2am`, said in the evening, is the coming night: nothing lasts until a time that has passed. */
function overnight(end: TypedTime, now: Millis): TypedTime {
  if (end.ok || end.code !== 'in-the-past' || end.tomorrow === undefined) return end;
  const isNear = end.tomorrow.at <= now + longestNight;
  return isNear ? { ok: true, ...end.tomorrow } : end;
}

/** How long before its end somebody says of a night until when it lasts. */
const longestNight = hours(12);

/**
 * Parts an option `until …` from the text of a post. It is an option only when it stands on a line of its own
 * at the end, after a `|`, or in square brackets at the end, and reads as a time or a part of one, or has a colon
 * (`Until: next week`); the same words in a sentence of the post stay where they are.
 */
export function splitUntil(text: string): { readonly text: string; readonly until?: string } {
  const whole = text.trimEnd();
  const bracketed = whole.endsWith(']');
  const from = bracketed ? whole.lastIndexOf('[') : Math.max(whole.lastIndexOf('\n'), whole.lastIndexOf('|'));
  if (from < 0) return { text };
  const before = whole.slice(0, from).trimEnd();
  const last = whole.slice(from + 1, bracketed ? -1 : undefined);
  const option = /^[ \t]*(until(?:[ \t]*:[ \t]*|[ \t]+)[^\n|[\]]{1,40})$/iu.exec(last)?.[1];
  const until = option === undefined ? undefined : withoutAtEnd(option, /[\s.!]/u);
  return until === undefined || before === '' || !readsAsUntil(until) ? { text } : { text: before, until };
}

/** Parts `Fri 9:00 until 4pm`, as it follows a command that carries no text, into when and until. */
export function splitWhen(text: string): { readonly when: string; readonly until?: string } {
  const whole = text.trim();
  const at = whole.search(/\buntil\s/iu);
  return at < 0 ? { when: whole } : { when: whole.slice(0, at).trim(), until: whole.slice(at) };
}

/** What somebody writes who means a time, even where there is no such time: `Fri 25:00`, `8pm yesterday`. */
const meantAsTime =
  /(?<![\d:.])\d{1,2}[:.]\d{2}(?![\d:.])|(?<!\d)\d{1,2}\s?[ap]\.?m(?!\p{L})|(?<!\d)\d{1,2}\/\d{1,2}(?!\d)|(?<!\p{L})yesterday(?!\p{L})/iu;

function readsAsUntil(until: string): boolean {
  if (/^until\s*:/iu.test(until)) return true;
  // what it comes to does not matter here, so any moment serves
  const parsed = parseUntil(until, 0);
  return (
    parsed.ok || parsed.code !== 'not-understood' || parsed.missing !== undefined || meantAsTime.test(until)
  );
}

function later(read: Ahead, now: Millis): Extract<TypedTime, { ok: true }> {
  const exact = zoned(now).add({ days: read.days }).add({ minutes: read.minutes });
  // wall times have no seconds; never earlier than was said
  const at = Math.ceil(exact.epochMilliseconds / 60_000) * 60_000;
  return { ok: true, ...meant(at) };
}

function resolve({ day, half }: At, said: TimeOfDay, typed: string, now: Millis): TypedTime {
  const { halfUnsaid, ...time } = said;
  if (halfUnsaid === undefined) return resolveAt(day, time, typed, now);
  const morning = { ...time, hour: time.hour % 12 };
  // twelve tonight is the end of the day
  const afternoon =
    time.hour === 12 && half === 'pm' && day?.day === 'tonight'
      ? { hour: 0, minute: time.minute, endOfDay: true }
      : { ...time, hour: (time.hour % 12) + 12 };
  if (half !== undefined) return resolveAt(day, half === 'am' ? morning : afternoon, typed, now);
  if (time.hour === 12) return resolveAt(day, afternoon, typed, now);
  if (time.hour >= 7) return resolveAt(day, morning, typed, now);
  const early = resolveAt(day, morning, typed, now);
  const late = resolveAt(day, afternoon, typed, now);
  if (!early.ok && early.code === 'in-the-past') return late;
  return early.ok && late.ok
    ? { ok: false, code: 'which-half', morning: only(early), afternoon: only(late) }
    : early;
}

const only = ({ at, wall }: Meant): Meant => ({ at, wall, zone });

function resolveAt(day: Day | undefined, time: TimeOfDay, typed: string, now: Millis): TypedTime {
  const today = zoned(now).toPlainDate();
  const found = dateFor(day, time, today, now);
  if (found === undefined) return { ok: false, code: 'no-such-day', typed };
  if (day?.day === 'date' && day.weekday !== undefined && found.dayOfWeek !== day.weekday) {
    return { ok: false, code: 'no-such-day', typed, really: weekdays[found.dayOfWeek - 1] ?? '' };
  }
  const there = atWall(wallOn(found, time), now);
  if (day !== undefined || there.ok || there.code !== 'in-the-past') return there;
  const next = atWall(wallOn(found.add({ days: 1 }), time), now);
  return next.ok ? { ...there, tomorrow: only(next) } : there;
}

function wallOn(date: Temporal.PlainDate, { hour, minute, endOfDay }: TimeOfDay): Temporal.PlainDateTime {
  return date.add({ days: endOfDay ? 1 : 0 }).toPlainDateTime({ hour, minute });
}

function dateFor(
  day: Day | undefined,
  time: TimeOfDay,
  today: Temporal.PlainDate,
  now: Millis,
): Temporal.PlainDate | undefined {
  switch (day?.day) {
    case undefined:
    case 'today':
    case 'tonight':
      return today;
    case 'yesterday':
      return today.subtract({ days: 1 });
    case 'tomorrow':
      return today.add({ days: 1 });
    case 'day-after-tomorrow':
      return today.add({ days: 2 });
    case 'ahead':
      return today.add({ days: day.days });
    case 'weekday': {
      const ahead = day.weekday - today.dayOfWeek;
      if (day.which === 'this') return today.add({ days: ahead });
      if (day.which === 'next') return today.add({ days: ahead + 7 });
      if (day.which === 'week') return today.add({ days: ((ahead + 7) % 7) + 7 });
      if (ahead !== 0) return today.add({ days: (ahead + 7) % 7 });
      const passed =
        wallOn(today, time).toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds <= now;
      return passed ? today.add({ days: 7 }) : today;
    }
    case 'date': {
      if (day.month === undefined) return nextOf(day.date, today);
      if (day.year !== undefined) return calendarDay(day.year, day.month, day.date);
      const thisYear = calendarDay(today.year, day.month, day.date);
      const nextYear = calendarDay(today.year + 1, day.month, day.date);
      if (thisYear === undefined) return nextYear;
      const longAgo = Temporal.PlainDate.compare(thisYear, today.subtract({ days: 60 })) < 0;
      return longAgo ? nextYear : thisYear;
    }
  }
}

/** The next day of that number: of this month, or of one after it that has it. */
function nextOf(date: number, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  for (let months = 0; months < 3; months += 1) {
    const { year, month } = today.with({ day: 1 }).add({ months });
    const found = calendarDay(year, month, date);
    if (found !== undefined && Temporal.PlainDate.compare(found, today) >= 0) return found;
  }
  return undefined;
}

function atWall(wall: Temporal.PlainDateTime, now: Millis): TypedTime {
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const after = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  const first = meant(earlier.epochMilliseconds);
  const second = meant(after.epochMilliseconds);
  const written = wall.toString({ smallestUnit: 'minute' });
  if (second.at <= now) return { ok: false, code: 'in-the-past', ...second };
  if (first.at === second.at) return { ok: true, ...first };
  if (first.wall !== written) {
    return { ok: false, code: 'does-not-exist', wall: written, before: first, after: second };
  }
  // the first of two has passed, so only the second can be meant
  if (first.at <= now) return { ok: true, ...second };
  return { ok: false, code: 'exists-twice', wall: written, first, second };
}
