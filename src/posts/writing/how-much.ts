import type { Revision } from './revision.ts';
import { type PostRefusal, refusePost } from '../refusals.ts';

/**
 * Most that may be written in one post. All of it stands in the form on its card, which Teams limits, and whoever
 * approves it reads all of it there. Counted as it is sent: a line break, or a mark that JSON writes as two, is two.
 */
export const mostWritten = 20_000;

/** Most pictures and videos of a post that is edited. */
export const mostMedia = 10;

type Written = Pick<Revision, 'text' | 'variants' | 'headline' | 'summary' | 'media'>;

/** How much is written in a post: its texts and its descriptions. */
function writtenIn({ text, variants, headline, summary, media }: Written): number {
  const all = [text, ...Object.values(variants), headline, summary, ...media.map(({ alt }) => alt)];
  return all.reduce((sum, words) => sum + JSON.stringify(words).length - 2, 0);
}

/** Refuses more than a post may hold. */
export function tooMuchWritten(written: Written): PostRefusal | undefined {
  const characters = writtenIn(written);
  return characters > mostWritten
    ? refusePost('too-much-written', { characters, most: mostWritten })
    : undefined;
}
