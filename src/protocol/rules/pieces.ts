import type { CheckedDraft, Spot } from '../rule.ts';
import type { Folded } from '../text/fold.ts';
import { fold } from '../text/fold.ts';

/** One stretch of words of a draft, folded, and the way from its indices to a spot in the text as written. */
export interface Piece extends Folded {
  readonly kind: 'text' | 'headline' | 'summary' | 'alt' | 'captions';
  readonly spot: (from: number, to: number) => Spot;
}

/**
 * Everything people would read: each different text once (a text that every account shares names no account),
 * headlines, summaries, alternative texts and the words of captions.
 */
export function piecesOf(draft: CheckedDraft): readonly Piece[] {
  const known = allPieces.get(draft);
  if (known !== undefined) return known;
  const pieces = [...textPieces(draft), ...mediaPieces(draft)];
  allPieces.set(draft, pieces);
  return pieces;
}

// every rule asks for the pieces of the same draft
const allPieces = new WeakMap<CheckedDraft, readonly Piece[]>();
const wordPieces = new WeakMap<CheckedDraft, readonly Piece[]>();

/** The texts alone, without what is said of or in pictures and videos. */
export function textPieces(draft: CheckedDraft): readonly Piece[] {
  const known = wordPieces.get(draft);
  if (known !== undefined) return known;
  const pieces = foldTexts(draft);
  wordPieces.set(draft, pieces);
  return pieces;
}

function foldTexts(draft: CheckedDraft): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const kind of ['text', 'headline', 'summary'] as const) {
    const first = new Map<string, string>();
    for (const version of draft.texts) {
      const written = version[kind];
      if (written !== undefined && written.trim() !== '' && !first.has(written))
        first.set(written, version.account);
    }
    for (const [written, account] of first) {
      const folded = fold(written);
      const own = kind !== 'text' || first.size > 1 ? { account } : {};
      pieces.push({ ...folded, kind, spot: (from, to) => ({ in: kind, ...own, ...folded.span(from, to) }) });
    }
  }
  return pieces;
}

function mediaPieces(draft: CheckedDraft): readonly Piece[] {
  return draft.media.flatMap(({ alt, captionWords = '' }, media) =>
    (
      [
        ['alt', alt],
        ['captions', captionWords],
      ] as const
    ).flatMap(([kind, written]) => {
      if (written.trim() === '') return [];
      const folded = fold(written);
      const spot = (from: number, to: number): Spot => ({ in: kind, media, ...folded.span(from, to) });
      return [{ ...folded, kind, spot }];
    }),
  );
}
