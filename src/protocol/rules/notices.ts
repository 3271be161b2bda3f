import type { Occasion } from '../rule.ts';
import type { Piece } from './pieces.ts';

/** Statements of nominations and results name parties as the law wants it. */
export function hasWordsOfNotice(lower: string): boolean {
  return /\b(?:duly elected|declared elected|returning officer|statement of (?:persons|people) nominated|result of the (?:poll|election|count)|turnout (?:was|is|of)|votes? cast|rejected (?:ballot )?papers)\b/.test(
    lower,
  );
}

/** Whether a piece is (part of) a statutory notice of the Returning Officer, who has to name who stands and who won. */
export function isNotice({ notice }: Occasion, piece: Piece): boolean {
  return notice === 'always' || (notice === 'by-its-words' && hasWordsOfNotice(piece.lower));
}
