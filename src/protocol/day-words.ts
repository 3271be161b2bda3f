import { Temporal } from 'temporal-polyfill';
import type { Millis } from '../core/time.ts';
import type { RawFinding } from './rule.ts';
import { londonDate } from './london.ts';
import { fold } from './text/fold.ts';
import { emailsIn, linksIn } from './text/links.ts';
import { isPartOf, phrasesIn } from './text/phrases.ts';

/** Words for a day by its distance from the reader's own, as they are written and mistyped, and that distance in days. */
const distances: readonly (readonly [RegExp, number])[] = [
  [/^(?:the )?day after/u, 2],
  [/^(?:the )?day before/u, -2],
  [/^(?:t[o0]m|tmr|2m)/u, 1],
  [/^(?:yest|last)/u, -1],
];

const TOMORROW = String.raw`t[o0]m+[ao0]r+[o0]+(?:w|rw)?|tom+or+w|tmr+[o0]?w|tmor+[o0]w?|tomoz|2m[o0]r+[o0]w?`;
const YESTERDAY = 'yest[aeu]?r?day';
const dayWord = new RegExp(
  String.raw`(?<![\p{L}\p{N}_@])#?(?:(?:the\s+)?day\s+after\s+(?:${TOMORROW})|(?:the\s+)?day\s+before\s+${YESTERDAY}|t[o0]day|(?:t[o0]|2)n(?:ite|ight|igth|ihgt)|${TOMORROW}|${YESTERDAY}|this\s+(?:morning|lunchtime|afternoon|evening)|last\s+night)(?=s?(?![\p{L}\p{N}_]))`,
  'giu',
);

/** What stands before a word that means an age and no day: "the homes of tomorrow". */
const figurative = /(?<!\bas )\b(?:of|for a better)\s+$/iu;

/** The last night of something that runs for several: "our last night is Saturday", "Last Night of the Proms". */
const isLastOfSeveral = (before: string, word: string, after: string): boolean =>
  /^last/iu.test(word) &&
  (/\b(?:the|our|its|their|his|her|this|a|one|for|show's|run's)\s+(?:very\s+)?$/iu.test(before) ||
    /^\s+(?:of|is|will|for)\b/iu.test(after));

/** Where words for a day stand in a text, the figurative ones too, in their order. */
export function dayWordsIn(written: string): readonly { readonly from: number; readonly to: number }[] {
  const { text, span } = fold(written);
  return [...text.matchAll(dayWord)].map(({ 0: word, index: from }) => span(from, from + word.length));
}

/**
 * Words for a day that would mean another day when the post goes out than when it was written (rule DAY), however they
 * are disguised or mistyped, and as a hashtag. Days are those of Europe/London.
 * @param writtenAt when each of them was written, by its place among `dayWordsIn`; undefined: it is not said anew
 * @param names names in which such a word means no day, in small letters: the protocol's register
 * @returns code `day-word-moved`, with facts `word`, `meant` (the day the writer's clock gives it) and `means`
 *   (the day readers would take it for), both such as `2026-11-24`
 */
export function dayWordFindings(
  written: string,
  writtenAt: (place: number) => Millis | undefined,
  publishAt: Millis,
  names: readonly string[],
): readonly RawFinding[] {
  const { text, lower, span } = fold(written);
  // Most texts name no such day, and telling the day of an instant costs more than looking for the words.
  if (text.search(dayWord) === -1) return [];
  const now = Temporal.PlainDate.from(londonDate(publishAt));
  const apart = [...linksIn(text), ...emailsIn(text)];
  const named = phrasesIn(lower, names);
  return [...text.matchAll(dayWord)].flatMap(({ 0: word, index: from }, place): readonly RawFinding[] => {
    const wordAt = writtenAt(place);
    const then = wordAt === undefined ? now : Temporal.PlainDate.from(londonDate(wordAt));
    if (then.equals(now)) return [];
    const at = { from, to: from + word.length };
    const before = text.slice(Math.max(0, from - 20), from);
    if (figurative.test(before) || isLastOfSeveral(before, word, text.slice(at.to, at.to + 10))) return [];
    if (apart.some((range) => from < range.to && at.to > range.from) || isPartOf(at, named)) return [];
    const plain = word.toLowerCase().replace('#', '').replace(/\s+/gu, ' ');
    const [, days] = distances.find(([kind]) => kind.test(plain)) ?? [plain, 0];
    return [
      {
        code: 'day-word-moved',
        facts: { word, meant: then.add({ days }).toString(), means: now.add({ days }).toString() },
        spots: [{ in: 'text', ...span(at.from, at.to) }],
      },
    ];
  });
}
