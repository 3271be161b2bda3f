import { months, weekdays } from '../london.ts';
import { withoutAtEnd } from './at-end.ts';
import { graphemesOf } from './graphemes.ts';

/** Small words that wait for another one: nothing is cut off behind them. */
const waits =
  /(?:\s+(?:a|an|the|of|to|in|at|on|for|from|by|with|and|or|as|while|we|our|your|is|are|will|be|please|use|that|which))+$/iu;

/** The begin of a date whose month is cut off: "on Saturday 5" says another day than "on Saturday 5 December". */
const begunDate = new RegExp(
  String.raw`(?:\s+(?:${weekdays.join('|')}),?)?(?:\s+the)?\s+\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?$`,
  'iu',
);
const monthFollows = new RegExp(String.raw`^\s+(?:of\s+)?(?:${months.join('|')})\b`, 'iu');

/** A text with every stretch of spaces and line breaks as one space. */
export const onOneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** The longest beginning of at most so many UTF-16 units that ends within no letter and no emoji. */
export function wholeLetters(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, graphemesOf(text).containing(most)?.index ?? 0);
}

/**
 * The beginning of a text, cut behind a word and never within a letter, with an ellipsis; the text itself where it is
 * short enough.
 *
 * @param most how many UTF-16 units it may have, the ellipsis counted
 */
export function cutAtWord(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = wholeLetters(text, most - 1);
  const space = /\s/u.test(text.charAt(head.length)) ? head.length : head.search(/\s\S*$/u);
  const words = (space > most / 2 ? head.slice(0, space) : head).trimEnd();
  const dated = monthFollows.test(text.slice(words.length)) ? words.replace(begunDate, '') : words;
  const ended = withoutAtEnd(dated.replace(waits, ''), /[\s.,;:–—-]/u);
  return `${ended.length > most / 2 ? ended : words}…`;
}

/** The first words of a text, on one line. */
export const firstWords = (text: string, most: number): string => cutAtWord(onOneLine(text), most);
