import { isLookOver, mayBeGone } from '../../dispatch/perhaps-gone.ts';
import { changesInPlace, isChangeUnclear } from '../correcting/changes-in-place.ts';
import { changeKey, publicationKey } from '../writing/plan.ts';
import type { PostState } from '../post.ts';
import { publicationsOf } from './what-is-public.ts';

/** A part of which something may have come about already, with the key of what that was. */
export interface UnclearPart {
  readonly part: string;
  readonly key: string;
}

/**
 * What has ended without a clear answer, and of which nobody is asked yet: it may have arrived, be gone so that it is
 * posted again, or be changed.
 */
export function unclearParts(post: PostState): readonly UnclearPart[] {
  const sentOrDeleted = Object.entries(publicationsOf(post)).flatMap(([part, publication]) =>
    (publication.is === 'unknown' && !publication.asked) ||
    (mayBeGone(publication) && !isLookOver(publication))
      ? [{ part, key: publicationKey(post, part).id }]
      : [],
  );
  const changed = changesInPlace(post).flatMap((part) =>
    isChangeUnclear(post, part) ? [{ part, key: changeKey(post, part) }] : [],
  );
  return [...sentOrDeleted, ...changed];
}
