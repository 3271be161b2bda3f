import { slipsBetween } from './faults.ts';
import { months, weekdays } from './london.ts';

/** A time of the day. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  /** midnight by name: the end of the day named */
  readonly endOfDay: boolean;
  /** 1–12 without am or pm */
  readonly halfUnsaid?: true;
}

/** The half of the day that other words than am and pm name. */
type Half = 'am' | 'pm';

/** A day as it was named, not yet looked up in the calendar. */
export type Day =
  | { readonly day: 'yesterday' | 'today' | 'tonight' | 'tomorrow' | 'day-after-tomorrow' }
  /** `week`: the one after the next to come, as in `Friday week` */
  | { readonly day: 'weekday'; readonly weekday: number; readonly which: 'coming' | 'this' | 'next' | 'week' }
  /** so many days after today: `a week tomorrow` */
  | { readonly day: 'ahead'; readonly days: number }
  | {
      readonly day: 'date';
      readonly date: number;
      /** absent: `the 30th`, the next one to come */
      readonly month?: number;
      readonly year?: number;
      readonly weekday?: number;
    };

/** So much time from now on. */
export interface Ahead {
  readonly is: 'in';
  readonly minutes: number;
  readonly days: number;
}

type Reading = Ahead | At;

/** A day, a time, or both. */
export interface At {
  readonly is: 'at';
  readonly day?: Day;
  readonly time?: TimeOfDay;
  readonly half?: Half;
}

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
  /^(?:the )?(?<date>\d{1,2})(?:st|nd|rd|th)$/u,
];
const clockForm = [
  '(?<hour>\\d{1,2})(?:[:.]?(?<minute>\\d{2}))? ?(?<half>[ap])\\.?m\\.?',
  '(?<hour24>\\d{1,2})[:.](?<minute24>\\d{2})',
  '(?<word>noon|midday|midnight)',
  "(?<bare>\\d{1,2})(?<clock> ?o['’ ]?clock)?",
  '(?<four>\\d{4})(?: ?h(?:ou)?rs)?',
  '(?<by>\\d{1,2}m (?:past|to)) (?<spoken>\\d{1,2})(?: ?(?<spokenHalf>[ap])\\.?m\\.?)?',
].join('|');
const timeThenDay = new RegExp(`^(?<at>at )?(?:${clockForm})(?: (?<rest>.+))?$`, 'u');
const dayThenTime = new RegExp(`^(?<rest>.+?)(?<at> at)? (?:${clockForm})$`, 'u');

/** `10 Dec 9`: a number before a month is its day, so that the one behind is no day. */
const dateBefore = new RegExp(`^\\d{1,2} (?:${monthWord}) \\d{1,2}$`, 'u');

/** No time takes as many signs: what is longer is none, however it goes on, and is not read. */
const longest = 200;

/** Numbers as people write them out; none stands for nought. */
const counted: readonly string[] = ' one two three four five six seven eight nine ten eleven twelve'.split(
  ' ',
);
const hour = counted.filter((word) => word !== '').join('|');
const hourWords = new RegExp(`\\b(?:${hour})\\b`, 'gu');

/** `one in the morning`, `9 at night`: the hour. */
const inHalf = {
  am: new RegExp(String.raw`(\d|\b(?:${hour})) ?in the morning\b`, 'u'),
  pm: new RegExp(String.raw`(\d|\b(?:${hour})) ?(?:in the (?:afternoon|evening)|at night)\b`, 'u'),
};

/**
 * `half past nine`, `half 9`, `twenty to nine`, `10 past 9`; not `5 to 9`, which are hours from one to the other. What
 * stands before the hour.
 */
const pastOrTo = new RegExp(
  String.raw`\b(?:half(?: past)?|(quarter|five|ten|twenty(?:[ -]five)?|\d{1,2}(?= past| ?min))(?: ?min(?:ute)?s?)? (past|to)) (?=\d{1,2}(?!\d)|(?:${hour})\b)`,
  'gu',
);

function minutesOf(said: string): number {
  if (said === 'half') return 30;
  if (said === 'quarter') return 15;
  const [tens = '', ones = ''] = said.split(/[ -]/u);
  return tens === 'twenty'
    ? 20 + (ones === 'five' ? 5 : 0)
    : counted.includes(said)
      ? counted.indexOf(said)
      : Number(said);
}

const dayNames: readonly string[] = [...weekdays, ...months, 'tomorrow'].map((name) => name.toLowerCase());

/** The day or month that a word is with a slip in it: `firday`. More than one day of a kind is another word. */
function spelt(word: string): string {
  if (word.endsWith('s')) return word;
  const isNear = (name: string): boolean =>
    name.length > 5 && name[0] === word[0] && slipsBetween(word, name) <= (name.length < 8 ? 1 : 2);
  return dayNames.includes(word) ? word : (dayNames.find(isNear) ?? word);
}

/** What was typed, without asking what day it is; undefined where it is no time. */
export function reading(typed: string): Reading | undefined {
  if (typed.length > longest) return undefined;
  const text = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/,/gu, ' ')
    .replace(/(?<!\S)@ ?/gu, 'at ')
    .replace(/\s+/gu, ' ')
    .trim()
    // 2026-11-30T09:00
    .replace(/(\d-\d{1,2})t(?=\d)/u, '$1 ')
    .replace(/\b(?:tmrw?|tmw|2mor+ow)\b/gu, 'tomorrow')
    .replace(/(?<!\p{L})\p{L}{5,}(?!\p{L})/gu, spelt)
    // half-past nine
    .replace(/\b(half|quarter|five|ten|twenty|\d{1,2})-(past|to)\b/gu, '$1 $2')
    .replace(
      pastOrTo,
      (_, minutes = 'half', way = 'past') => `${String(minutesOf(String(minutes)))}m ${String(way)} `,
    )
    .replace(inHalf.am, '$1 am')
    .replace(inHalf.pm, '$1 pm');
  if (text === '' || text.length > 80) return undefined;
  if (text.startsWith('in ')) return relative(text.slice(3));
  return atIn(text.replace(hourWords, (word) => String(counted.indexOf(word))));
}

function atIn(text: string): At | undefined {
  const alone = dayAndHalf(text);
  if (alone !== undefined) return { is: 'at', ...alone };
  const timeFirst = dateBefore.test(text) ? undefined : timeThenDay.exec(text)?.groups;
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

/** What looks like a time of day, be there such a one or not: `25:00`, `13pm`. */
const clockLike = /(?<![\d:./-])\d{1,2}(?:[:.]\d{2}(?: ?[ap]\.?m\b\.?)?| ?[ap]\.?m\b\.?)(?![\d:./-])/giu;

/** @returns the one thing that keeps what was typed from being a time: a time of day that there is not */
export function noSuchClock(typed: string): string | undefined {
  if (typed.length > longest) return undefined;
  for (const { 0: clock, index } of typed.matchAll(clockLike)) {
    const mended = `${typed.slice(0, index)}9am${typed.slice(index + clock.length)}`;
    if (reading(typed) === undefined && reading(mended) !== undefined) return clock;
  }
  return undefined;
}

/** @returns the words that keep what was typed from being a time, where without them it is one */
export function besidesTime(typed: string): string | undefined {
  if (typed.length > longest) return undefined;
  const words = typed.trim().split(/\s+/u);
  if (words.length > 20 || reading(typed) !== undefined) return undefined;
  for (let length = 1; length < words.length; length += 1) {
    for (let from = 0; from + length <= words.length; from += 1) {
      const others = [...words.slice(0, from), ...words.slice(from + length)].join(' ');
      if (reading(others) !== undefined) return words.slice(from, from + length).join(' ');
    }
  }
  return undefined;
}

/** `Monday morning`, `this afternoon`, `tonight`: the day, and the half of it where that is named. */
function dayAndHalf(text: string): Pick<At, 'day' | 'half'> | undefined {
  const [, before = '', part] =
    /^(?:on )?(?:(.*?) ?\b)?(morning|lunch ?time|afternoon|evening|night)$/u.exec(text) ?? [];
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
    /^([a-z]+|\d{1,4}) (minutes?|mins?|hours?|hrs?|days?|weeks?)$/u.exec(
      text.replace(/^(\d+)(?=[a-z])/u, '$1 '),
    ) ?? [];
  const n = /^an?$/u.test(amount) ? 1 : counted.includes(amount) ? counted.indexOf(amount) : Number(amount);
  // An amount that is no number is none that we know.
  if (amount === '' || !(n >= 1)) return undefined;
  if (unit.startsWith('m')) return { is: 'in', minutes: n, days: 0 };
  if (unit.startsWith('h')) return { is: 'in', minutes: n * 60, days: 0 };
  return { is: 'in', minutes: 0, days: unit.startsWith('d') ? n : n * 7 };
}

type Groups = Readonly<Record<string, string | undefined>> | undefined;

/** @param said whether `at` stands before it, so that a number is an hour and no day of a month */
function clockOf(groups: Groups, said: boolean): TimeOfDay | undefined {
  if (groups === undefined) return undefined;
  const { word, hour, four, bare, by } = groups;
  if (word === 'midnight') return { hour: 0, minute: 0, endOfDay: true };
  if (word !== undefined) return { hour: 12, minute: 0, endOfDay: false };
  if (hour !== undefined) return clockIn(groups['half'], Number(hour), Number(groups['minute'] ?? '0'));
  if (by !== undefined) {
    const minutes = Number.parseInt(by, 10);
    const h = Number(groups['spoken']);
    if (h > 12 || minutes < 1 || minutes > 59) return undefined;
    if (by.endsWith('past')) return clockIn(groups['spokenHalf'], h, minutes);
    return clockIn(groups['spokenHalf'], h === 1 ? 12 : h - 1, 60 - minutes);
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

function clock24(hour: number, minute: number): TimeOfDay | undefined {
  return hour > 23 || minute > 59 ? undefined : { hour, minute, endOfDay: false };
}

function clockIn(half: string | undefined, hour: number, minute: number): TimeOfDay | undefined {
  if (hour < 1 || hour > 12 || minute > 59) return undefined;
  if (half === undefined) return { hour, minute, endOfDay: false, halfUnsaid: true };
  return { hour: (hour % 12) + (half === 'p' ? 12 : 0), minute, endOfDay: false };
}

function dayOf(text: string): Day | undefined {
  if (text === 'yesterday' || text === 'today' || text === 'tonight' || text === 'tomorrow')
    return { day: text };
  if (/^(?:the )?day after tomorrow$/u.test(text)) return { day: 'day-after-tomorrow' };
  const [, weeks, from = ''] =
    /^(?:(a|\d{1,2}) (?:weeks?|fortnight) (?:from )?)(today|tomorrow)$/u.exec(text) ??
    /^()(today|tomorrow) week$/u.exec(text) ??
    [];
  if (weeks !== undefined) {
    const n = (Number.parseInt(weeks, 10) || 1) * (text.includes('fortnight') ? 2 : 1);
    return { day: 'ahead', days: 7 * n + (from === 'tomorrow' ? 1 : 0) };
  }
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

const indexIn = (names: readonly string[], typed: string): number =>
  names.findIndex((name) => name.toLowerCase().startsWith(typed.slice(0, 3)));

/** 1 is Monday. */
const weekdayOf = (name: string): number => indexIn(weekdays, name) + 1;

function dateOf(text: string): Extract<Day, { day: 'date' }> | undefined {
  for (const form of dateForms) {
    const groups: Groups = form.exec(text)?.groups;
    if (groups === undefined) continue;
    const name = groups['name'];
    const figure = groups['month'] ?? groups['month2'];
    const month = name === undefined ? Number(figure) : indexIn(months, name) + 1;
    const written = groups['year'] ?? groups['year2'];
    const year = written === undefined ? {} : { year: Number(written) + (written.length === 2 ? 2000 : 0) };
    const known = name === undefined && figure === undefined ? {} : { month };
    return { day: 'date', date: Number(groups['date']), ...known, ...year };
  }
  return undefined;
}
