import { fold } from './fold.ts';
import type { Range } from './links.ts';

/** A phrase of a register (small letters) as it may stand in a folded text: as whole words, also in the plural. */
export function phrasePattern(phrase: string): RegExp {
  const body = phrase
    .split(/[\s-]+/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[\\s-]+');
  return new RegExp(`(?<![a-z0-9])${body}(?:s|es)?(?![a-z0-9])`, 'g');
}

/** Where phrases of a register stand in a folded text (in small letters). */
export const phrasesIn = (lower: string, phrases: readonly string[]): readonly Range[] =>
  phrases.flatMap((phrase) =>
    [...lower.matchAll(phrasePattern(fold(phrase).lower))].map((m) => ({
      from: m.index,
      to: m.index + m[0].length,
    })),
  );

/** Whether a stretch of a text is part of one of these others. */
export const isPartOf = (at: Range, others: readonly Range[]): boolean =>
  others.some(({ from, to }) => from <= at.from && to >= at.to);
