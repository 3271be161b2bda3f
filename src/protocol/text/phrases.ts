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

/** Whether a stretch of a folded text (in small letters) is part of one of these phrases of a register. */
export function isPartOf(lower: string, at: Range, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => {
    for (const m of lower.matchAll(phrasePattern(fold(phrase).lower)))
      if (m.index <= at.from && m.index + m[0].length >= at.to) return true;
    return false;
  });
}
