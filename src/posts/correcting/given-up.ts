import type { Publication } from '../../dispatch/publication.ts';
import { notWanted } from '../../dispatch/said.ts';
import type { PostState } from '../post.ts';

/**
 * Whether nobody wants a part to go out any more that is on its way, or of which nobody can tell: the post was taken down,
 * or somebody decided since it began that nothing more is published. So it is with one that was being deleted to be posted
 * again.
 */
export function isGivenUp({ status, restRefused }: PostState, publication: Publication): boolean {
  if (status.is === 'taken-down') return true;
  const decided = restRefused?.at ?? -Infinity;
  return publication.is === 'removing'
    ? publication.begun?.ends === notWanted || (publication.begun?.at ?? Infinity) <= decided
    : (publication.is === 'sending' || publication.is === 'unknown') && publication.since <= decided;
}
