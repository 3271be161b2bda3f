import type { Millis } from '../core/time.ts';
import { queuedAgain } from './attempt.ts';
import { isLookOver } from './perhaps-gone.ts';
import type { NotNow, Publication } from './publication.ts';
import { isRoomAskedFor } from './tried.ts';

/** Whether a person is asked what became of it, since nobody could tell. */
export const isAskedAbout = (publication: Publication): boolean =>
  (publication.is === 'unknown' && publication.asked) ||
  isLookOver(publication) ||
  isRoomAskedFor(publication);

/** The id of what only a person found: the network's own stands in the link that they gave. */
export const saidByPerson = 'said-by-a-person';

/** Why what a person was asked to post did not go out: they said that they will not. */
export const notByHand = 'not-by-hand';

/** Why something was not changed, deleted or posted: somebody decided that what was still to come is not to. */
export const notWanted = 'not-wanted';

/** What a person said about a publication that nobody could tell. */
export const sayings = ['it-is-there', 'post-it-now', 'do-not-post'] as const;
export type Said = (typeof sayings)[number];

/** Settles an unknown publication by a person's word. */
export function said(publication: Publication, word: Said, link: string, now: Millis): Publication | NotNow {
  if (publication.is !== 'unknown' || !publication.asked) return { notNow: publication.is };
  switch (word) {
    case 'it-is-there':
      return { is: 'published', remote: { remoteId: saidByPerson, url: link }, at: publication.since };
    case 'post-it-now':
      return queuedAgain(publication);
    case 'do-not-post':
      return { is: 'stopped', at: now, forGood: true };
  }
}
