import { hours, minutes, type Millis } from '../core/time.ts';
import { firstOfRange, leadsToAsked, leadsToTime, rangeBefore } from './end-leads.ts';
import { londonDate, londonWall, zoned, type Meant } from './london.ts';
import type { Range } from './text/links.ts';
import { reading } from './time-words.ts';
import { parseUntil } from './typed-time.ts';

/** An end that a text names, whether it named no more than the day, and whether it named a day at all. */
export interface NamedEnd extends Meant {
  readonly wholeDay: boolean;
  readonly onDay: boolean;
}

/** Where the words stand that name it: `until 4pm today`. */
export interface FoundEnd extends NamedEnd, Range {
  /** it is said to be near that time: `until around 4pm today` */
  readonly about: boolean;
  /** its day is a weekday without a date, such as `Friday`, which comes again each week */
  readonly onWeekday: boolean;
  /** the words say that it is still to come, whatever else the sentence says: `please apply by 4pm`, `the deadline is noon` */
  readonly isAhead: boolean;
}

/** The most words that a time is typed in: `9.30 am on Friday 27 November 2026`. */
const mostWords = 7;

/**
 * A range of hours is when something ends where something is closed or takes place in it, on the day that is named:
 * `closed from 9am until 3pm tomorrow`. The others are opening hours. What is said in another part of the sentence is of
 * something else: `we are closed today, but you can ring us 9am to 3pm`.
 */
export const isKeptFrom =
  /(?<!\p{L})(?:closed|closes?|closing|closures?|shut|off|suspended|diverted|diversions?|delays?|delayed|held\s+up|roadworks|disruption|disrupted|interrupted|unavailable|no\s+(?:water|power|access|parking|trains?|bus(?:es)?)|without\s+(?:water|power)|join\s+us|events?|fun\s+days?)(?!\p{L})/iu;
const isOpen = /(?<!\p{L})(?:open|opens|opening|reopens?|staffed|lines?|hours|desks?|counters?)(?!\p{L})/iu;
/** What parts a sentence, where the parts speak of different things. */
export const partsOfSentence =
  /;|\s[–—-]\s|(?<!\p{L})(?:but|while|although|though|so|yet|whereas)(?!\p{L})|,\s*(?:and|or)\s/iu;

/** Opening hours and what comes again: `9am until 5pm`, `until 4pm every day`, `until 5pm Monday to Friday`. */
const hoursBefore = /(?:(?<![\p{L}\d])\d{1,2}(?:[.:]\d{2})?|[ap]\.?m\.?|noon|midday|midnight)\s*$/iu;
const again =
  /^\s*(?:(?:to(?=\s+(?:\d|noon|midday|midnight|\p{L}+day))|and|or|-|–)\s|(?:on\s+)?(?:every|each|daily|weekdays|weekends|\p{L}+days)\b)/iu;

/** What comes again, said before the end: `open every day until 4pm`, `weekdays until 5pm`. */
const againBefore =
  /(?<!\p{L})(?:every|each|daily|nightly|weekly|weekdays?|weekends?|(?:seven|7) days|(?:mon|tues|wednes|thurs|fri|satur|sun|holi)days)(?!\p{L})/iu;

/** A day other than today. Short names have to be written large: "sat in the sun until 4pm" names none. */
const weekday =
  '(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun';
const month =
  '[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]une?|[Jj]uly?|[Aa]ug(?:ust)?|[Ss]ept?(?:ember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?';
const date = String.raw`(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:${month})(?:\s+20\d{2})?|\d{1,2}/\d{1,2}(?:/\d{2,4})?)`;
/** What ends at the same time each day. */
const endsDaily = /(?<!\p{L})(?:school|day|lessons?|class(?:es)?|shifts?|terms?)\s*$/iu;

/** A number alone is no time: `a card that ends 4242`. */
const bareNumber = new RegExp(String.raw`^\d+(?![\p{L}\d:./]|\s*(?:[ap]\.?m|${month})(?!\p{L}))`, 'iu');
const anotherDay = new RegExp(
  String.raw`(?<![\p{L}\d/])(?:[Tt]he\s+day\s+after\s+tomorrow|[Tt]omorrow|(?:(?:[Tt]his|[Nn]ext)\s+)?(?:${weekday})(?:,?\s+(?:the\s+)?${date}|\s+week)?|${date})(?![\p{L}\d/])`,
  'gu',
);

/** The day on which it was written. */
const today = /(?<!\p{L})(?:today|this\s+(?:morning|afternoon|evening))(?!\p{L})/iu;

/** Where a day is the day of the end: it begins the sentence, or the end follows it. Behind `from` it is the first of many. */
const beginsSentence = /^[\s"'“‘(]*(?:on\s+)?$/iu;
const leadsToEnd = /^[\s,]*$/u;
const oneOfMany = /(?<!\p{L})(?:from|since|and|or|to|after|before|by|–|-)\s+$/iu;

/** A time of day that there is not, behind a day that there is: `Fri 25:00`. */
const noSuchTime = /^\s*(?:at\s+)?\d{1,2}[:.]\d{2}(?!\d)/iu;

/** What had ended already is history where it is told as such: `it was closed until 9am`. */
const toldAsPast =
  /(?<!\p{L})(?:was|were|had|did|wasn['’]t|weren['’]t|didn['’]t|ran|lasted|stayed|remained|worked|continued)(?!\p{L})/iu;

/** Said after it, a time alone may as well be that of the day after: `until 2am`, written in the evening. */
const soonAfter = hours(6);

/**
 * The one end that a text names in a sentence: `closed until 4pm on Friday`. What is closed until then is often what
 * the post is about, but not always, so this is for asking, never for setting. Nothing where a text names several
 * ends, one that has passed at `from`, or hours that come again.
 */
export function endInText(text: string, from: Millis): NamedEnd | undefined {
  return theOne(endsIn(text, from).filter(({ at }) => at > from));
}

/**
 * The one end that a text names for whoever reads it once it goes out: read by the same days as `endBefore`, which has
 * those that come before. Never both: `until 9am today` is of the day on which it was written, whenever it goes out.
 */
export function endAfter(text: string, writtenAt: Millis, goesAt: Millis): NamedEnd | undefined {
  const written = endsIn(text, writtenAt);
  const one = theOne(written);
  const ends =
    one?.onDay === true
      ? [one]
      : [...written.filter(({ onDay }) => onDay), ...endsIn(text, goesAt).filter(({ onDay }) => !onDay)];
  return theOne(ends.filter(({ at }) => at > goesAt));
}

/**
 * The end that a text names where it comes before the text goes out: of a time alone by the day on which it is read,
 * since that is how readers take it; of one with its day by when it was written. What had ended by the time it was
 * written counts as well, but not what is told as past, nor a time alone that was hours ago.
 */
export function endBefore(text: string, writtenAt: Millis, goesAt: Millis): NamedEnd | undefined {
  // Cards ask for every post, and most name none: the start of a day costs more than to see that.
  if (text.search(leadsToTime) < 0) return undefined;
  const written = theOne(endsIn(text, writtenAt));
  const end =
    written?.onDay === true
      ? written
      : theOne(
          endsIn(text, zoned(goesAt).startOfDay().epochMilliseconds, writtenAt).filter(({ onDay }) => !onDay),
        );
  if (end === undefined || end.at > goesAt) return undefined;
  return end.onDay || end.at > writtenAt - soonAfter ? end : undefined;
}

/** Every end that somebody may read in a text from some time on, be there several. */
export function endsReadIn(text: string, writtenAt: Millis, from: Millis): readonly NamedEnd[] {
  return [...endsAndAskedIn(text, writtenAt), ...endsIn(text, from, writtenAt).filter(({ onDay }) => !onDay)];
}

/**
 * Whether an end that a text names is that one: of a day alone any time of it; of a time alone also the same time of the
 * day before or after.
 */
export function isThatEnd({ at, wholeDay, onDay }: NamedEnd, end: Millis): boolean {
  // `midnight on Friday` is the end of that day as well.
  if (Math.abs(at - end) <= minutes(1)) return true;
  if (wholeDay) return londonDate(at) === londonDate(end - 1);
  return !onDay && timeOfDay(at) === timeOfDay(end) && Math.abs(at - end) < hours(36);
}

const timeOfDay = (at: Millis): string => londonWall(at).slice('2026-11-24T'.length);

/**
 * When the next end comes that a text names: of a time alone that has passed, that of the day after. Undefined where it
 * names none that is still to come.
 */
export function nextEndIn(text: string, now: Millis): Millis | undefined {
  if (text.search(leadsToTime) < 0) return undefined;
  const end = theOne(endsIn(text, now));
  if (end === undefined || end.at > now) return end?.at;
  return end.onDay
    ? undefined
    : endInText(text, zoned(now).add({ days: 1 }).startOfDay().epochMilliseconds)?.at;
}

/** Every end that a text names, read at `from`; not one that had passed when it was written and is told as past. */
const endsIn = (text: string, from: Millis, writtenAt = from): readonly FoundEnd[] =>
  endsLedToIn(text, leadsToTime, from, writtenAt);

/**
 * Every time by which the public is asked to do something: `please apply by 4pm today`. It is over once it has come, but no
 * end of what the post tells of, so that nobody is asked whether the post ends then.
 */
const askedIn = (text: string, from: Millis, writtenAt = from): readonly FoundEnd[] =>
  endsLedToIn(text, leadsToAsked, from, writtenAt);

/** Every end that a text names, and every time by which somebody is asked to do something, in their order. */
export const endsAndAskedIn = (text: string, from: Millis): readonly FoundEnd[] =>
  [...endsIn(text, from), ...askedIn(text, from)].toSorted((one, other) => one.from - other.from);

function endsLedToIn(text: string, leads: RegExp, from: Millis, writtenAt: Millis): readonly FoundEnd[] {
  const ends = new Map<string, FoundEnd>();
  for (const match of [...text.matchAll(leads)].slice(0, mostLeads)) {
    const before = sentenceBefore(text, match.index);
    const end = endLedTo(text, match, before, from);
    if (end === undefined || (end.at <= writtenAt && toldAsPast.test(before))) continue;
    const { typed, ...named } = end;
    const to = match.index + match[0].length + typed.length;
    const { about } = match.groups ?? {};
    const isAhead = leads === leadsToAsked || saysItIs.test(match[0]);
    ends.set(end.wall, { ...named, about: about !== undefined, isAhead, from: match.index, to });
  }
  return [...ends.values()];
}

/**
 * So many times it is followed where words lead to an end. No post names more, and one that says `until` again and again,
 * whose cards are drawn anew whenever something happens, would keep everybody waiting for seconds each time.
 */
const mostLeads = 50;

/** `the deadline for entries is` */
const saysItIs = /^deadline\s(?:[^]*\s)?is\s/iu;

/** An end as the words behind what leads to it say it: `4pm today`. */
type TypedEnd = NamedEnd & Pick<FoundEnd, 'onWeekday'> & { readonly typed: string };

/** Whether a text names a day other than today, of which a time alone in it may be. */
export const namesAnotherDay = (text: string): boolean => text.search(anotherDay) >= 0;

/** The end to which some words lead. */
function endLedTo(
  text: string,
  { index, groups = {}, 0: lead }: RegExpExecArray,
  before: string,
  from: Millis,
): TypedEnd | undefined {
  const words = text.slice(index + lead.length);
  if (groups['until'] !== undefined && !hoursBefore.test(textBefore(text, index)))
    return endAt(words, before, from);
  if (groups['says'] !== undefined) {
    const end = bareNumber.test(words) ? undefined : endAt(words, before, from);
    // What ends each day: `The school day ends at 3.15pm.`
    if (end?.onDay === false && endsDaily.test(before)) return undefined;
    // `The fair is on Friday. It ends at 5pm.`: a time alone is of today where no other day is named anywhere.
    return end?.onDay === false && namesAnotherDay(text) ? undefined : end;
  }
  // Of the others, the day has to be said.
  const end =
    groups['until'] !== undefined || groups['range'] !== undefined
      ? endOfRange(words, before, lead, from)
      : bareNumber.test(words)
        ? undefined
        : endAt(words, `${before}${lead.replace(byAtEnd, '')}`, from);
  return end?.onDay === true ? end : undefined;
}

/** `please apply today by`: the day may stand in what leads to the time as well. */
const byAtEnd = /\s+by\s[^]{0,20}$/iu;

/** The second time of a range of hours, where something is closed or takes place in it. */
function endOfRange(words: string, before: string, lead: string, from: Millis): TypedEnd | undefined {
  const after = sentenceAfter(words, 0);
  const part = `${before.split(partsOfSentence).at(-1) ?? ''}${lead}${after.split(partsOfSentence)[0] ?? ''}`;
  if (!isKeptFrom.test(part) || isOpen.test(`${before}${lead}${after}`)) return undefined;
  const end = endAt(words, before.replace(rangeBefore, ''), from);
  // From the evening to the morning it ends on another day than is named, `closed 10pm to 6am tonight`.
  return end !== undefined && isAfterFirst(end, `${before}${lead}`) ? end : undefined;
}

/** Whether the second time of a range is later on its day than the first, which what leads to the second ends with. */
function isAfterFirst({ wall }: TypedEnd, lead: string): boolean {
  const first = firstOfRange.exec(lead)?.groups?.['first'] ?? '';
  const read = reading(/^\d+$/u.test(first) ? `at ${first}` : first);
  const { hour = 0, minute = 0 } = read?.is === 'at' ? (read.time ?? {}) : {};
  const [hours = '', minutes = ''] = wall.slice('2026-11-24T'.length).split(':');
  return Number(hours) * 60 + Number(minutes) > hour * 60 + minute;
}

const theOne = ([only, another]: readonly NamedEnd[]): NamedEnd | undefined =>
  another === undefined ? only : undefined;

/**
 * So many characters before an end, and behind it, are read with it. No sentence is much longer, and a text that names an
 * end again and again is read no longer than its length says.
 */
const readTogether = 400;

const textBefore = (text: string, index: number): string =>
  text.slice(Math.max(0, index - readTogether), index);

const sentenceBefore = (text: string, index: number): string =>
  textBefore(text, index)
    .split(/[.!?]\s+|\n/u)
    .at(-1) ?? '';

const sentenceAfter = (text: string, index: number): string =>
  text.slice(index, index + readTogether).split(/[.!?]\s+|\n/u)[0] ?? '';

/**
 * The day that a time of day belongs to by the words before it: `closed tomorrow until 4pm`. Empty where they name none
 * but today; undefined where several are named, or one that the end need not be on.
 */
function dayBefore(before: string): string | undefined {
  if (againBefore.test(before)) return undefined;
  const [only, another] = before.matchAll(anotherDay);
  if (only === undefined) return '';
  const ahead = before.slice(0, only.index);
  const isItsDay =
    !oneOfMany.test(ahead) &&
    (beginsSentence.test(ahead) || leadsToEnd.test(before.slice(only.index + only[0].length)));
  return another === undefined && isItsDay ? only[0] : undefined;
}

/** The longest beginning of the words that reads as a time, on the day that the words before it name. */
function endAt(words: string, before: string, from: Millis): TypedEnd | undefined {
  const ends = [...words.slice(0, 80).matchAll(/\S+/gu)].slice(0, mostWords);
  for (const { 0: word, index } of ends.reverse()) {
    const length = index + word.length;
    const typed = words.slice(0, length).replace(/[.,;:!?)'"”’]+$/u, '');
    if (/[.;!?]\s|\n/u.test(typed)) continue;
    const parsed = parseUntil(typed, from);
    if (!parsed.ok && parsed.code === 'not-understood') continue;
    const rest = words.slice(length);
    // `until the 30th anniversary`
    if (namesNoMonth(typed) && /^\s+\p{L}/u.test(rest)) continue;
    if (again.test(rest) || noSuchTime.test(rest)) return undefined;
    const isNamed = namesDay(typed);
    const day = isNamed ? '' : dayBefore(before);
    if (day === undefined) return undefined;
    const isToday = !isNamed && day === '' && today.test(before);
    const on = isToday ? 'today' : day;
    const end = on === '' ? parsed : parseUntil(`${typed} ${on}`, from);
    const said = { onDay: isNamed || on !== '', onWeekday: isWeekday(isNamed ? typed : on), typed };
    if (end.ok) return { ...end, ...said };
    if (end.code !== 'in-the-past') return undefined;
    // `shut tonight until 3am`, written in the morning.
    if (end.tomorrow !== undefined && tonight.test(before))
      return { ...end.tomorrow, wholeDay: false, ...said, onDay: true };
    const { at, wall, zone } = end;
    return { at, wall, zone, wholeDay: false, ...said };
  }
  return undefined;
}

const tonight = /(?<!\p{L})(?:tonight|overnight)(?!\p{L})/iu;

function namesNoMonth(typed: string): boolean {
  const read = reading(typed);
  return read?.is === 'at' && read.day?.day === 'date' && read.day.month === undefined;
}

/** Whether words that read as an end say the day themselves: `Friday`, `4pm tomorrow`, `in 2 hours`, `the end of May`. */
function namesDay(typed: string): boolean {
  const read = reading(typed);
  return read?.is === 'at' ? read.day !== undefined : !/day$/iu.test(typed);
}

function isWeekday(typed: string): boolean {
  const read = reading(typed);
  return read?.is === 'at' && read.day?.day === 'weekday';
}
