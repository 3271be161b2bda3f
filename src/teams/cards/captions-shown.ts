import { captionWords } from '../../posts/writing/media.ts';
import type { Medium } from '../../posts/writing/revision.ts';
import type { Finding } from '../../protocol/rule.ts';
import { longTextWords } from '../../words/long-texts.ts';
import { captionsSay } from '../../words/media-on-cards.ts';
import type { CaptionsShown } from './data.ts';
import { foldedLines } from './folded-lines.ts';
import { nothing } from './post-head.ts';
import { cardText, paragraphs } from './text.ts';

/** So many of the lines in which something was found stand before that; a long line around what was found. */
const mostFound = 5;
const aroundFound = 80;

/** What the captions of a medium say: they go out as the words of the post do. Of many lines those count first in which something was found. */
export function captionsShown(
  index: number,
  media: readonly Medium[],
  findings: () => readonly Finding[],
  decides: boolean,
): CaptionsShown {
  const medium = media[index];
  const words = medium === undefined ? '' : captionWords(medium);
  const all = paragraphs(words);
  const shown: CaptionsShown = {
    ...foldedLines(words === '' ? [] : all, `captions-${String(index)}`, longTextWords.readCaptions),
    title: words === '' ? nothing : cardText(captionsSay(index, media)),
    foundTitle: nothing,
    found: [],
    beginTitle: nothing,
    more: nothing,
  };
  if (!shown.folded) return shown;
  const found = foundLines(words, index, findings());
  const { foundIn, begin, moreCaptions } = longTextWords;
  return {
    ...shown,
    foundTitle: found.length === 0 ? nothing : cardText(foundIn),
    found: found.flatMap(paragraphs),
    beginTitle: found.length === 0 ? nothing : cardText(begin),
    more: cardText(moreCaptions(all.length, decides)),
  };
}

/** The lines of captions in which something was found, in their order. */
function foundLines(words: string, index: number, findings: readonly Finding[]): readonly string[] {
  const spots = findings
    .flatMap((finding) => finding.spots)
    .filter((spot) => 'media' in spot && spot.media === index && spot.in === 'captions')
    .toSorted((one, other) => one.from - other.from);
  const lines = spots.map(({ from, to }) => {
    const begins = words.lastIndexOf('\n', Math.max(0, from - 1)) + 1;
    const end = words.indexOf('\n', to);
    const ends = end === -1 ? words.length : end;
    const first = Math.max(begins, from - aroundFound);
    const last = Math.min(ends, to + aroundFound);
    return `${first > begins ? '…' : ''}${words.slice(first, last).trim()}${last < ends ? '…' : ''}`;
  });
  return [...new Set(lines)].slice(0, mostFound);
}
