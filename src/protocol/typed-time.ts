import { Temporal } from 'temporal-polyfill';
import type { Millis } from '../core/time.ts';

/** The one zone in which people of the council say times. */
const zone = 'Europe/London';

/** A moment that somebody meant: wall time `2026-11-27T14:30`, zone, and the chosen instant. */
export interface Meant {
  readonly at: Millis;
  readonly wall: string;
  readonly zone: 'Europe/London';
}

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
  | ({ readonly ok: false; readonly code: 'in-the-past' } & Meant)
  /** not in the calendar (30 February); or the date is another weekday than the one named (`really`, such as `Thursday`) */
  | { readonly ok: false; readonly code: 'no-such-day'; readonly typed: string; readonly really?: string };

/** A time until which something holds. `wholeDay`: only a day was named, and its last minute is meant. */
export type TypedUntil =
  (Extract<TypedTime, { ok: true }> & { readonly wholeDay: boolean }) | Extract<TypedTime, { ok: false }>;

/** The calendar day of an instant in Europe/London, such as `2026-11-24`. */
export function londonDate(at: Millis): string {
  return zoned(at).toPlainDate().toString();
}

/** The wall time of an instant in Europe/London to the minute, such as `2026-11-24T09:42`. */
export function londonWall(at: Millis): string {
  return zoned(at).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** The first instant of a calendar day such as `2027-03-31` in Europe/London, or of the day so many days later. */
export function londonDayStart(isoDay: string, daysLater = 0): Millis {
  return Temporal.PlainDate.from(isoDay).add({ days: daysLater }).toZonedDateTime(zone).epochMilliseconds;
}

function zoned(at: Millis): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

/**
 * Reads a time as people type it: `tomorrow 9am`, `Fri 14:30`, `next Tuesday 10am`, `30/3/2027 09:00` (day
 * first), `30 March 9am`, `4pm`, `noon`, `midnight`, `in 2 hours`, `9.30am`, `14:30 on Friday`.
 * A weekday means the next one to come; with `next`, the one in the week that begins next Monday; a date
 * without a year the next one to come, unless it passed in the last two months. `midnight` ends the day named.
 */
export function parseTypedTime(text: string, now: Millis): TypedTime {
  const typed = text.trim();
  const read = reading(typed);
  if (read === undefined) return { ok: false, code: 'not-understood', typed };
  if (read.is === 'in') return later(read, now);
  if (read.time === undefined) return { ok: false, code: 'not-understood', typed, missing: 'time' };
  return resolve(read.day, read.time, typed, now);
}

/**
 * Reads until when something holds: `until 4pm`, `until Friday`, `until 30 March`, with or without the word
 * itself. A day without a time means its last minute.
 */
export function parseUntil(text: string, now: Millis): TypedUntil {
  const typed = text.trim().replace(/^(?:until|till|'?til)\s+/iu, '');
  const read = reading(
    typed.replace(/^(?:the\s+)?end\s+of\s+(?:the\s+day$)?/iu, (all) => (/day$/iu.test(all) ? 'today' : '')),
  );
  if (read === undefined) return { ok: false, code: 'not-understood', typed };
  if (read.is === 'in') return { ...later(read, now), wholeDay: false };
  const time: Clock = read.time ?? { hour: 23, minute: 59, endOfDay: false };
  const resolved = resolve(read.day, time, typed, now);
  return resolved.ok ? { ...resolved, wholeDay: read.time === undefined } : resolved;
}

/**
 * Parts an option `until …` from the text of a post. It is an option only when it stands on a line of its own
 * at the end, after a `|`, or in square brackets at the end, and reads as a time; the same words in a sentence
 * of the post stay where they are.
 */
export function splitUntil(text: string): { readonly text: string; readonly until?: string } {
  const [, before = '', bare, bracketed] =
    /^([\s\S]*?)\s*(?:(?:\n|\|)[ \t]*(until[ \t]+[^\n|[\]]{1,40})|\[[ \t]*(until[ \t]+[^\n|[\]]{1,40})\])\s*$/iu.exec(
      text,
    ) ?? [];
  const until = (bare ?? bracketed)?.trim();
  if (until === undefined || before.trim() === '' || !readsAsUntil(until)) return { text };
  return { text: before.trimEnd(), until };
}

/** Parts `Fri 9:00 until 4pm`, as it follows a command that carries no text, into when and until. */
export function splitWhen(text: string): { readonly when: string; readonly until?: string } {
  const [, when, until] = /^(.*?)\s*\b(until\s+.+)$/isu.exec(text.trim()) ?? [];
  return when === undefined || until === undefined
    ? { when: text.trim() }
    : { when: when.trim(), until: until.trim() };
}

function readsAsUntil(until: string): boolean {
  // what it comes to does not matter here, so any moment serves
  const parsed = parseUntil(until, 0);
  return parsed.ok || parsed.code !== 'not-understood';
}

/** Finds the instant of a wall time `2027-03-28T01:30`, as a card's date and time fields give it. */
export function resolveWall(wall: string, now: Millis): TypedTime {
  const [, date, hour, minute] = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})$/u.exec(wall.trim()) ?? [];
  if (
    date === undefined ||
    hour === undefined ||
    minute === undefined ||
    Number(hour) > 23 ||
    Number(minute) > 59
  ) {
    return { ok: false, code: 'not-understood', typed: wall };
  }
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const found = calendarDay(year, month, day);
  if (found === undefined) return { ok: false, code: 'no-such-day', typed: wall };
  return atWall(found.toPlainDateTime({ hour: Number(hour), minute: Number(minute) }), now);
}

/* Reading: what was typed, without asking what day it is. */

interface Clock {
  readonly hour: number;
  readonly minute: number;
  /** midnight by name: the end of the day named */
  readonly endOfDay: boolean;
}

type Day =
  | { readonly day: 'today' }
  | { readonly day: 'tomorrow' }
  | { readonly day: 'weekday'; readonly weekday: number; readonly which: 'coming' | 'this' | 'next' }
  | {
      readonly day: 'date';
      readonly date: number;
      readonly month: number;
      readonly year?: number;
      readonly weekday?: number;
    };

type Reading =
  | { readonly is: 'in'; readonly minutes: number; readonly days: number }
  | { readonly is: 'at'; readonly day?: Day; readonly time?: Clock };

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

const weekdayWord =
  'mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?';
const monthWord =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const dateForms: readonly RegExp[] = [
  // 30/3/2027, 30.3.2027, 30-3-27, 30/3
  /^(?<date>\d{1,2})(?:\/(?<month>\d{1,2})(?:\/(?<year>\d{4}|\d{2}))?|[.-](?<month2>\d{1,2})[.-](?<year2>\d{4}|\d{2}))$/u,
  /^(?<year>\d{4})-(?<month>\d{1,2})-(?<date>\d{1,2})$/u,
  new RegExp(
    `^(?:the )?(?<date>\\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<name>${monthWord})(?: (?<year>\\d{4}))?$`,
    'u',
  ),
  new RegExp(`^(?<name>${monthWord}) (?<date>\\d{1,2})(?:st|nd|rd|th)?(?: (?<year>\\d{4}))?$`, 'u'),
];
const clockForm =
  '(?:(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))? ?(?<half>[ap])\\.?m\\.?|(?<hour24>\\d{1,2})[:.](?<minute24>\\d{2})|(?<word>noon|midday|midnight))';
const timeThenDay = new RegExp(`^(?:at )?${clockForm}(?: (?<rest>.+))?$`, 'u');
const dayThenTime = new RegExp(`^(?<rest>.+?)(?: at)? ${clockForm}$`, 'u');

function reading(typed: string): Reading | undefined {
  const text = typed.normalize('NFKC').toLowerCase().replace(/,/gu, ' ').replace(/\s+/gu, ' ').trim();
  if (text === '' || text.length > 80) return undefined;
  if (text.startsWith('in ')) return relative(text.slice(3));

  const day = (written: string | undefined) => dayOf((written ?? '').replace(/^on /u, ''));
  const alone = day(text);
  if (alone !== undefined) return { is: 'at', day: alone };
  const timeFirst = timeThenDay.exec(text)?.groups;
  if (timeFirst !== undefined) {
    const time = clockOf(timeFirst);
    if (time === undefined) return undefined;
    if (timeFirst['rest'] === undefined) return { is: 'at', time };
    const named = day(timeFirst['rest']);
    if (named !== undefined) return { is: 'at', time, day: named };
  }
  const dayFirst = dayThenTime.exec(text)?.groups;
  const time = clockOf(dayFirst);
  const named = day(dayFirst?.['rest']);
  return time === undefined || named === undefined ? undefined : { is: 'at', time, day: named };
}

function relative(text: string): Reading | undefined {
  if (/^half an hour$/u.test(text)) return { is: 'in', minutes: 30, days: 0 };
  const [, amount = '', unit = ''] =
    /^(an?|\d{1,4}) (minutes?|mins?|hours?|hrs?|days?|weeks?)$/u.exec(
      text.replace(/^(\d+)(?=[a-z])/u, '$1 '),
    ) ?? [];
  const n = amount.startsWith('a') ? 1 : Number(amount);
  if (amount === '' || n < 1) return undefined;
  if (unit.startsWith('m')) return { is: 'in', minutes: n, days: 0 };
  if (unit.startsWith('h')) return { is: 'in', minutes: n * 60, days: 0 };
  return { is: 'in', minutes: 0, days: unit.startsWith('d') ? n : n * 7 };
}

type Groups = Readonly<Record<string, string | undefined>> | undefined;

function clockOf(groups: Groups): Clock | undefined {
  if (groups === undefined) return undefined;
  const word = groups['word'];
  const hour = groups['hour'];
  if (word === 'midnight') return { hour: 0, minute: 0, endOfDay: true };
  if (word !== undefined) return { hour: 12, minute: 0, endOfDay: false };
  if (hour !== undefined) {
    const h = Number(hour);
    const m = Number(groups['minute'] ?? '0');
    if (h < 1 || h > 12 || m > 59) return undefined;
    return { hour: (h % 12) + (groups['half'] === 'p' ? 12 : 0), minute: m, endOfDay: false };
  }
  const h = Number(groups['hour24']);
  const m = Number(groups['minute24']);
  return h > 23 || m > 59 ? undefined : { hour: h, minute: m, endOfDay: false };
}

function dayOf(text: string): Day | undefined {
  if (text === 'today' || text === 'tonight') return { day: 'today' };
  if (text === 'tomorrow') return { day: 'tomorrow' };
  const [, which, name, rest] =
    new RegExp(`^(?:(this|next) )?(${weekdayWord})(?: (.+))?$`, 'u').exec(text) ?? [];
  if (name !== undefined) {
    const weekday = weekdays.findIndex((one) => one.startsWith(name.slice(0, 3))) + 1;
    if (rest === undefined) {
      return { day: 'weekday', weekday, which: which === 'this' || which === 'next' ? which : 'coming' };
    }
    const date = which === undefined ? dateOf(rest) : undefined;
    return date === undefined ? undefined : { ...date, weekday };
  }
  return dateOf(text);
}

function dateOf(text: string): Extract<Day, { day: 'date' }> | undefined {
  for (const form of dateForms) {
    const groups: Groups = form.exec(text)?.groups;
    if (groups === undefined) continue;
    const name = groups['name'];
    const month =
      name === undefined
        ? Number(groups['month'] ?? groups['month2'])
        : months.findIndex((one) => one.startsWith(name.slice(0, 3))) + 1;
    const written = groups['year'] ?? groups['year2'];
    const year = written === undefined ? {} : { year: Number(written) + (written.length === 2 ? 2000 : 0) };
    return { day: 'date', date: Number(groups['date']), month, ...year };
  }
  return undefined;
}

/* Resolving: which instant that is. */

function later(read: Extract<Reading, { is: 'in' }>, now: Millis): Extract<TypedTime, { ok: true }> {
  const exact = zoned(now).add({ days: read.days }).add({ minutes: read.minutes });
  // wall times have no seconds; never earlier than was said
  const at = Math.ceil(exact.epochMilliseconds / 60_000) * 60_000;
  return { ok: true, ...meant(at) };
}

function meant(at: Millis): Meant {
  return { at, wall: londonWall(at), zone };
}

function resolve(day: Day | undefined, time: Clock, typed: string, now: Millis): TypedTime {
  const today = zoned(now).toPlainDate();
  const found = dateFor(day, time, today, now);
  if (found === undefined) return { ok: false, code: 'no-such-day', typed };
  if (day?.day === 'date' && day.weekday !== undefined && found.dayOfWeek !== day.weekday) {
    const really = weekdays[found.dayOfWeek - 1] ?? '';
    return {
      ok: false,
      code: 'no-such-day',
      typed,
      really: really.charAt(0).toUpperCase() + really.slice(1),
    };
  }
  return atWall(wallOn(found, time), now);
}

function wallOn(date: Temporal.PlainDate, { hour, minute, endOfDay }: Clock): Temporal.PlainDateTime {
  return date.add({ days: endOfDay ? 1 : 0 }).toPlainDateTime({ hour, minute });
}

/** A day of the calendar, from the year 1; undefined for one that does not exist. */
export function calendarDay(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  if (year < 1 || month < 1 || month > 12 || day < 1) return undefined;
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return day > first.daysInMonth ? undefined : first.with({ day });
}

function dateFor(
  day: Day | undefined,
  time: Clock,
  today: Temporal.PlainDate,
  now: Millis,
): Temporal.PlainDate | undefined {
  switch (day?.day) {
    case undefined:
    case 'today':
      return today;
    case 'tomorrow':
      return today.add({ days: 1 });
    case 'weekday': {
      const ahead = day.weekday - today.dayOfWeek;
      if (day.which === 'this') return today.add({ days: ahead });
      if (day.which === 'next') return today.add({ days: ahead + 7 });
      if (ahead !== 0) return today.add({ days: (ahead + 7) % 7 });
      const passed =
        wallOn(today, time).toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds <= now;
      return passed ? today.add({ days: 7 }) : today;
    }
    case 'date': {
      if (day.year !== undefined) return calendarDay(day.year, day.month, day.date);
      const thisYear = calendarDay(today.year, day.month, day.date);
      const nextYear = calendarDay(today.year + 1, day.month, day.date);
      if (thisYear === undefined) return nextYear;
      const longAgo = Temporal.PlainDate.compare(thisYear, today.subtract({ days: 60 })) < 0;
      return longAgo ? nextYear : thisYear;
    }
  }
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
