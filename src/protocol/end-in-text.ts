import type { Millis } from '../core/time.ts';
import type { Meant } from './london.ts';
import { parseUntil } from './typed-time.ts';

/** An end that a text names, and whether it named no more than the day. */
export interface NamedEnd extends Meant {
  readonly wholeDay: boolean;
}

/** The most words that a time is typed in: `9.30 am on Friday 27 November 2026`. */
const mostWords = 7;

/** Opening hours and what comes again: `9am until 5pm`, `until 4pm every day`, `until 5pm Monday to Friday`. */
const hoursBefore = /(?:\d|[ap]\.?m\.?|noon|midday|midnight)\s*$/iu;
const again = /^\s*(?:(?:to|and|or|-|–)\s|(?:on\s+)?(?:every|each|daily|weekdays|weekends|\p{L}+days)\b)/iu;

/** A time of day that there is not, behind a day that there is: `Fri 25:00`. */
const noSuchTime = /^\s*(?:at\s+)?\d{1,2}[:.]\d{2}(?!\d)/iu;

/**
 * The one end that a text names in a sentence: `closed until 4pm on Friday`. What is closed until then is often what
 * the post is about, but not always, so this is for asking, never for setting. Nothing where a text names several
 * ends, one that has passed at `from`, or hours that come again.
 */
export function endInText(text: string, from: Millis): NamedEnd | undefined {
  const ends = new Map<string, NamedEnd>();
  for (const match of text.matchAll(/(?<![\p{L}\p{N}])(?:until|till|'til)\s+/giu)) {
    if (hoursBefore.test(text.slice(0, match.index))) continue;
    const end = endAt(text.slice(match.index + match[0].length), from);
    if (end !== undefined) ends.set(end.wall, end);
  }
  const [only, another] = ends.values();
  return another === undefined ? only : undefined;
}

/** The longest beginning of the words that reads as a time still to come. */
function endAt(words: string, from: Millis): NamedEnd | undefined {
  const ends = [...words.slice(0, 80).matchAll(/\S+/gu)].slice(0, mostWords);
  for (const { 0: word, index } of ends.reverse()) {
    const length = index + word.length;
    const typed = words.slice(0, length).replace(/[.,;:!?)'"”’]+$/u, '');
    if (/[.;!?]\s|\n/u.test(typed)) continue;
    const parsed = parseUntil(typed, from);
    if (!parsed.ok) {
      if (parsed.code === 'not-understood') continue;
      return undefined;
    }
    const rest = words.slice(length);
    return again.test(rest) || noSuchTime.test(rest) ? undefined : parsed;
  }
  return undefined;
}
