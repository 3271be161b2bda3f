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
  /** `Friday at 5`: early in the morning or in the afternoon */
  | { readonly ok: false; readonly code: 'which-half'; readonly morning: Meant; readonly afternoon: Meant }
  /** so far ahead that a slip of the finger is likelier */
  | ({ readonly ok: false; readonly code: 'too-far' } & Meant)
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

/**
 * Reads a time as people type it: `tomorrow 9am`, `Fri 14:30`, `next Tuesday 10am`, `30/3/2027 09:00` (day
 * first), `30 March 9am`, `4pm`, `noon`, `midnight`, `in 2 hours`, `9.30am`, `14:30 on Friday`, `Monday 9`,
 * `tomorrow afternoon at 3`, `tonight at 8`, `half past 9 tomorrow`, `Friday week 0900`. An hour that does not say
 * which half of the day it means is in the morning from 7 on, and asked about before that (`Friday at 5`).
 * A weekday means the next one to come; with `next`, the one in the week that begins next Monday; a date
 * without a year the next one to come, unless it passed in the last two months. `midnight` ends the day named.
 */
export function parseTypedTime(text: string, now: Millis): TypedTime {
  const typed = text.trim();
  const read = reading(typed);
  if (read === undefined) return { ok: false, code: 'not-understood', typed };
  if (read.is === 'in') return within(later(read, now), furthest.planned, now);
  if (read.time === undefined) return { ok: false, code: 'not-understood', typed, missing: 'time' };
  return within(resolve(read, read.time, typed, now), furthest.planned, now);
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
  if (read.is === 'in') {
    const end = within(later(read, now), furthest.end, now);
    return end.ok ? { ...end, wholeDay: false } : end;
  }
  // `until tomorrow morning` is not until the end of tomorrow
  if (read.time === undefined && read.half !== undefined && read.day?.day !== 'tonight') {
    return { ok: false, code: 'not-understood', typed, missing: 'time' };
  }
  const time: Clock = read.time ?? { hour: 23, minute: 59, endOfDay: false };
  const resolved = within(resolve(read, time, typed, now), furthest.end, now);
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
  /** 1–12 without am or pm */
  readonly halfUnsaid?: true;
}

/** The half of the day that other words than am and pm name. */
type Half = 'am' | 'pm';

type Day =
  | { readonly day: 'today' | 'tonight' | 'tomorrow' | 'day-after-tomorrow' }
  /** `week`: the one after the next to come, as in `Friday week` */
  | { readonly day: 'weekday'; readonly weekday: number; readonly which: 'coming' | 'this' | 'next' | 'week' }
  | {
      readonly day: 'date';
      readonly date: number;
      readonly month: number;
      readonly year?: number;
      readonly weekday?: number;
    };

type Reading = { readonly is: 'in'; readonly minutes: number; readonly days: number } | At;

interface At {
  readonly is: 'at';
  readonly day?: Day;
  readonly time?: Clock;
  readonly half?: Half;
}

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
    `^(?:the )?(?<date>\\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<name>${monthWord})(?: (?<year>20\\d{2}))?$`,
    'u',
  ),
  new RegExp(`^(?<name>${monthWord}) (?<date>\\d{1,2})(?:st|nd|rd|th)?(?: (?<year>20\\d{2}))?$`, 'u'),
];
const clockForm = [
  '(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))? ?(?<half>[ap])\\.?m\\.?',
  '(?<hour24>\\d{1,2})[:.](?<minute24>\\d{2})',
  '(?<word>noon|midday|midnight)',
  "(?<bare>\\d{1,2})(?<clock> ?o['’]?clock)?",
  '(?<four>\\d{4})(?: ?h(?:ou)?rs)?',
  '(?<by>half past|quarter past|quarter to) (?<spoken>\\d{1,2})(?: ?(?<spokenHalf>[ap])\\.?m\\.?)?',
].join('|');
const timeThenDay = new RegExp(`^(?<at>at )?(?:${clockForm})(?: (?<rest>.+))?$`, 'u');
const dayThenTime = new RegExp(`^(?<rest>.+?)(?<at> at)? (?:${clockForm})$`, 'u');

function reading(typed: string): Reading | undefined {
  const text = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/,/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/(\d) ?(?:in the morning)\b/u, '$1am')
    .replace(/(\d) ?(?:in the (?:afternoon|evening)|at night)\b/u, '$1pm');
  if (text === '' || text.length > 80) return undefined;
  if (text.startsWith('in ')) return relative(text.slice(3));

  const alone = dayAndHalf(text);
  if (alone !== undefined) return { is: 'at', ...alone };
  const timeFirst = timeThenDay.exec(text)?.groups;
  if (timeFirst !== undefined) {
    const { rest } = timeFirst;
    const said = timeFirst['at'] !== undefined;
    const time = clockOf(timeFirst, said);
    if (rest === undefined) {
      // a number alone is no time
      const alone = timeFirst['bare'] === undefined || timeFirst['clock'] !== undefined || said;
      return time === undefined || !alone ? undefined : { is: 'at', time };
    }
    const named = dayAndHalf(rest);
    if (time !== undefined && named !== undefined) return { is: 'at', time, ...named };
  }
  const dayFirst = dayThenTime.exec(text)?.groups;
  const time = clockOf(dayFirst, dayFirst?.['at'] !== undefined);
  const named = dayAndHalf(dayFirst?.['rest'] ?? '');
  return time === undefined || named === undefined ? undefined : { is: 'at', time, ...named };
}

/** `Monday morning`, `this afternoon`, `tonight`: the day, and the half of it where that is named. */
function dayAndHalf(text: string): Pick<At, 'day' | 'half'> | undefined {
  const [, before = '', part] = /^(?:on )?(?:(.*?) ?\b)?(morning|afternoon|evening|night)$/u.exec(text) ?? [];
  if (part === undefined) {
    const day = dayOf(text.replace(/^on /u, ''));
    return day === undefined ? undefined : { day, ...(day.day === 'tonight' ? { half: 'pm' } : {}) };
  }
  const day: Day | undefined = before === 'this' || before === 'in the' ? { day: 'today' } : dayOf(before);
  return day === undefined ? undefined : { day, half: part === 'morning' ? 'am' : 'pm' };
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

/** @param said whether `at` stands before it, so that a number is an hour and no day of a month */
function clockOf(groups: Groups, said: boolean): Clock | undefined {
  if (groups === undefined) return undefined;
  const { word, hour, four, bare, by } = groups;
  if (word === 'midnight') return { hour: 0, minute: 0, endOfDay: true };
  if (word !== undefined) return { hour: 12, minute: 0, endOfDay: false };
  if (hour !== undefined) return clockIn(groups['half'], Number(hour), Number(groups['minute'] ?? '0'));
  if (by !== undefined) {
    const minutes = by === 'half past' ? 30 : by === 'quarter past' ? 15 : -15;
    const h = Number(groups['spoken']);
    const before = minutes > 0 ? h : h === 1 ? 12 : h - 1;
    return h > 12 ? undefined : clockIn(groups['spokenHalf'], before, (minutes + 60) % 60);
  }
  if (bare !== undefined) {
    const h = Number(bare);
    if (h > 12 && !said && groups['clock'] === undefined) return undefined;
    return bare.startsWith('0') || h > 12 ? clock24(h, 0) : clockIn(undefined, h, 0);
  }
  if (four !== undefined) return clock24(Number(four.slice(0, 2)), Number(four.slice(2)));
  const written = groups['hour24'] ?? '';
  const h = Number(written);
  const m = Number(groups['minute24']);
  // `5:30` is said by the clock on the wall, `05:30` and `17:30` by that of 24 hours
  return written.startsWith('0') || h > 12 ? clock24(h, m) : clockIn(undefined, h, m);
}

function clock24(hour: number, minute: number): Clock | undefined {
  return hour > 23 || minute > 59 ? undefined : { hour, minute, endOfDay: false };
}

function clockIn(half: string | undefined, hour: number, minute: number): Clock | undefined {
  if (hour < 1 || hour > 12 || minute > 59) return undefined;
  if (half === undefined) return { hour, minute, endOfDay: false, halfUnsaid: true };
  return { hour: (hour % 12) + (half === 'p' ? 12 : 0), minute, endOfDay: false };
}

function dayOf(text: string): Day | undefined {
  if (text === 'today' || text === 'tonight' || text === 'tomorrow') return { day: text };
  if (/^(?:the )?day after tomorrow$/u.test(text)) return { day: 'day-after-tomorrow' };
  const [, later] =
    new RegExp(`^(?:(?:a )?week on )?(${weekdayWord})(?: week)?$`, 'u').exec(
      /\bweek\b/u.test(text) ? text : '',
    ) ?? [];
  if (later !== undefined) return { day: 'weekday', weekday: weekdayOf(later), which: 'week' };
  const [, which, name, rest] =
    new RegExp(`^(?:(this|next) )?(${weekdayWord})(?: (.+))?$`, 'u').exec(text) ?? [];
  if (name !== undefined) {
    const weekday = weekdayOf(name);
    if (rest === undefined) {
      return { day: 'weekday', weekday, which: which === 'this' || which === 'next' ? which : 'coming' };
    }
    const date = which === undefined ? dateOf(rest) : undefined;
    return date === undefined ? undefined : { ...date, weekday };
  }
  return dateOf(text);
}

/** 1 is Monday. */
const weekdayOf = (name: string): number => weekdays.findIndex((one) => one.startsWith(name.slice(0, 3))) + 1;

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

function resolve({ day, half }: At, said: Clock, typed: string, now: Millis): TypedTime {
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

function resolveAt(day: Day | undefined, time: Clock, typed: string, now: Millis): TypedTime {
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
    case 'tonight':
      return today;
    case 'tomorrow':
      return today.add({ days: 1 });
    case 'day-after-tomorrow':
      return today.add({ days: 2 });
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
