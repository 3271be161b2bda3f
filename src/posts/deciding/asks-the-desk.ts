import type { Publication } from '../../dispatch/publication.ts';
import { isAskedAbout } from '../../dispatch/said.ts';
import { changesAskedFor } from '../correcting/correction-goes-on.ts';
import { waitsForTheDesk } from '../correcting/fresh-decision.ts';
import { tornByEnd } from '../leaving/its-end.ts';
import type { PostState } from '../post.ts';
import { notPutRight } from '../correcting/standing.ts';
import { hasToBeChanged, isHeldByCrier } from '../leaving/to-go-out.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';

/** Whether the desk gets a card of it: it has to see to it, or to know that a correction came to nothing somewhere. */
export const isForTheDesk = (post: PostState): boolean =>
  asksTheDesk(post) || post.notCorrected !== undefined || notPutRight(post).length > 0;

/**
 * The desk has to see to it: a publication that nobody could tell or that failed, a change that is tried in vain, the beginning of a thread whose rest
 * does not come any more, decisions that may not count any more, what Crier held, or what nobody can let go as it is.
 */
export const asksTheDesk = (post: PostState): boolean =>
  Object.entries(publicationsOf(post)).some(
    ([part, publication]) => needsAnswer(publication) && post.byHand?.[part]?.cannot !== true,
  ) ||
  changesAskedFor(post).length > 0 ||
  tornByEnd(post).length > 0 ||
  waitsForTheDesk(post) ||
  isHeldByCrier(post) ||
  hasToBeChanged(post);

/** A publication that nobody could tell, one that failed, or one that could not be taken down. */
export const needsAnswer = (publication: Publication): boolean =>
  isAskedAbout(publication) ||
  publication.is === 'failed' ||
  (publication.is === 'removing' && publication.problem !== undefined);
