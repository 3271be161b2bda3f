import { wholeLetters } from '../../protocol/text/cut.ts';
import type { Card } from './render.ts';
import type { Paragraph, Run } from './text.ts';

/**
 * What Teams takes of one message, in UTF-16 units of its JSON. Teams refuses more than about 100 KB of UTF-16 (413,
 * MessageSizeTooBig), and Microsoft asks to stay below 80 KB, which are 40,000 units:
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
export const largestMessage = 40_000;

/** Beside a card its message says where it goes, and what a phone's notification shows of it. */
const envelope = 2_000;

/** One drawing is sent to up to a dozen people. */
const known = new WeakMap<object, number>();

/** How large a card, or a part of one, is as Teams counts. Nothing of it changes any more. */
export function sizeOf(drawn: object): number {
  const before = known.get(drawn);
  if (before !== undefined) return before;
  const size = JSON.stringify(drawn).length;
  known.set(drawn, size);
  return size;
}

/** Whether a card may stand in a message of Teams. */
export const fits = (card: object): boolean => sizeOf(card) <= largestMessage - envelope;

/** How much of each long text a card shows, from all of it down to its first words. */
const rooms = [Infinity, 8_000, 2_000, 800, 250, 120] as const;

/** The least of a long text that a card shows. */
export const leastRoom = 120;

/** How much of a picture's description stands under it where nothing else is long. */
export const descriptionRoom = 250;

/** @returns the card with as much of each long text as Teams takes */
export function fitted(draw: (room: number) => Card): Card {
  for (const room of rooms) {
    const card = draw(room);
    if (room === leastRoom || fits(card)) return card;
  }
  throw new Error('the last room is the least');
}

/** How many posts each part of a list shows, from the usual down to the first few. */
const rows = [20, 8] as const;
const fewestRows = 3;

/** @returns a list with as many posts in each of its parts as Teams takes; the rest of them is counted */
export function fittedRows<T extends { readonly card: Card }>(draw: (most: number) => T): T {
  for (const most of rows) {
    const drawn = draw(most);
    if (fits(drawn.card)) return drawn;
  }
  return draw(fewestRows);
}

/** What of some paragraphs stands in so much room, and what is left of them. */
export interface Divided {
  readonly shown: readonly Paragraph[];
  readonly rest: readonly Paragraph[];
}

/** About what a card spends on a line, and on each piece of it, beside the words. */
const perLine = 60;
const perRun = 110;

/** A line that is shorter, in characters, is cut nowhere. */
const shortLine = 100;

/** The end of a sentence, with what closes it. */
const sentenceEnd = /[.!?…]["'”’)\]]*(?=\s)/gu;

/** Divides paragraphs so that the first part takes no more room than given, at the end of a sentence where it can be. */
export function divide(paragraphs: readonly Paragraph[], room: number): Divided {
  const shown: Paragraph[] = [];
  let left = room;
  for (const [at, paragraph] of paragraphs.entries()) {
    const runs: Run[] = [];
    left -= perLine;
    for (const [n, run] of paragraph.runs.entries()) {
      const size = perRun + JSON.stringify(run.text).length;
      if (size <= left) {
        runs.push(run);
        left -= size;
        continue;
      }
      // A short line stays together.
      if (shown.length > 0 && charactersIn([paragraph]) < shortLine)
        return { shown, rest: paragraphs.slice(at) };
      const end = endWithin(run.text, left - perRun);
      const begun = run.text.slice(0, end).trimEnd();
      const after = run.text.slice(end).trimStart();
      if (begun !== '') runs.push({ ...run, text: begun });
      if (runs.length > 0) shown.push({ runs });
      const tail = [...(after === '' ? [] : [{ ...run, text: after }]), ...paragraph.runs.slice(n + 1)];
      return { shown, rest: [...(tail.length === 0 ? [] : [{ runs: tail }]), ...paragraphs.slice(at + 1)] };
    }
    shown.push({ runs });
  }
  return { shown, rest: [] };
}

/** Where a text is best cut so that so much of it stands before: behind a sentence, else a word, never in a letter. */
function endWithin(text: string, most: number): number {
  if (most <= 0) return 0;
  // Of a mark that JSON writes as two, one is counted twice; what is left over is little.
  let head = text.slice(0, most);
  while (JSON.stringify(head).length > most && head.length > 0)
    head = head.slice(0, -Math.ceil(head.length / 50));
  head = wholeLetters(text, head.length);
  const ends = [...head.matchAll(sentenceEnd)].map((match) => match.index + match[0].length);
  const sentence = ends.at(-1) ?? 0;
  if (sentence > head.length / 3) return sentence;
  const word = head.lastIndexOf(' ');
  return word > head.length / 2 ? word : head.length;
}

/** How many characters stand in some paragraphs. */
export function charactersIn(paragraphs: readonly Paragraph[]): number {
  return paragraphs.reduce((sum, { runs }) => sum + runs.reduce((all, { text }) => all + text.length, 0), 0);
}
