import { longTextWords } from '../../words/long-texts.ts';
import type { FoldedLines } from './data.ts';
import { charactersIn, divide } from './room.ts';
import type { Paragraph } from './text.ts';

/** What stands of many lines without a press: so few that what somebody is asked for is near on a phone. */
const mostLines = 8;
const mostCharacters = 500;
/** How they begin, where there are more, in units of a card's room. */
const beginning = 700;

/**
 * @param id tells them apart from others on the card
 * @param readAll what the button is called that shows all of them
 */
export function foldedLines(paragraphs: readonly Paragraph[], id: string, readAll: string): FoldedLines {
  if (paragraphs.length <= mostLines && charactersIn(paragraphs) <= mostCharacters)
    return unfolded(paragraphs, id);
  const begin = divide(paragraphs, beginning).shown;
  return { ...unfolded(paragraphs, id), folded: true, begin, readAll, fold: longTextWords.fewer };
}

/** Lines that all stand there, however many they are. */
export const unfolded = (paragraphs: readonly Paragraph[], id: string): FoldedLines => ({
  paragraphs,
  folded: false,
  headId: `${id}-head`,
  allId: `${id}-all`,
  begin: [],
  readAll: '',
  fold: '',
});

/** Lines of which the card has no room for all: of folded ones what stands there stays, and the rest is read elsewhere. */
export function foldedWithin<T extends FoldedLines>(
  lines: T,
  cut: (all: readonly Paragraph[]) => readonly Paragraph[],
): T {
  const all = cut(lines.paragraphs);
  return lines.folded && all !== lines.paragraphs
    ? { ...lines, paragraphs: [], readAll: '', fold: '' }
    : { ...lines, paragraphs: all };
}
