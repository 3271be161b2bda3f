import { Temporal } from 'temporal-polyfill';
import type { Millis } from '../core/time.ts';
import type { RawFinding } from './rule.ts';
import { londonDate } from './london.ts';

/** Words that name a day by its distance from the reader's own, and that distance in days. */
const distances: Readonly<Record<string, number>> = {
  today: 0,
  tonight: 0,
  tomorrow: 1,
  yesterday: -1,
  'this morning': 0,
  'this afternoon': 0,
  'this evening': 0,
};

const dayWord =
  /(?<![\p{L}\p{N}_#@])(?:today|tonight|tomorrow|yesterday|this\s+(?:morning|afternoon|evening))(?![\p{L}\p{N}_])/giu;

/** What stands before a word that means an age and no day: "the homes of tomorrow". */
const figurative = /\b(?:of|for a better)\s+$/iu;

/**
 * Words for a day that would mean another day when the post goes out than when it was written (rule DAY).
 * Days are those of Europe/London.
 * @returns code `day-word-moved`, with facts `word`, `meant` (the day the writer's clock gives it) and `means`
 *   (the day readers would take it for), both such as `2026-11-24`
 */
export function dayWordFindings(text: string, writtenAt: Millis, publishAt: Millis): readonly RawFinding[] {
  // Most texts name no such day, and telling the day of an instant costs more than looking for the words.
  if (text.search(dayWord) === -1) return [];
  const written = Temporal.PlainDate.from(londonDate(writtenAt));
  const published = Temporal.PlainDate.from(londonDate(publishAt));
  if (written.equals(published)) return [];
  return [...text.matchAll(dayWord)].flatMap((match): readonly RawFinding[] => {
    if (figurative.test(text.slice(Math.max(0, match.index - 20), match.index))) return [];
    const [word] = match;
    const days = distances[word.toLowerCase().replace(/\s+/gu, ' ')] ?? 0;
    return [
      {
        code: 'day-word-moved',
        facts: { word, meant: written.add({ days }).toString(), means: published.add({ days }).toString() },
        spots: [{ in: 'text', from: match.index, to: match.index + word.length }],
      },
    ];
  });
}
