import type { Publication } from '../../dispatch/publication.ts';
import { isUnderWay } from '../../dispatch/together.ts';
import { changesInPlace } from '../correcting/changes-in-place.ts';
import { changesByHand } from '../by-hand/done-by-hand.ts';
import { isGivenUp } from '../correcting/given-up.ts';
import type { PostState } from '../post.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';

/** Whether something of the post is still to leave, or to be changed where it stands, so that a hold stops it. */
export function isHoldable(post: PostState): boolean {
  switch (post.status.is) {
    case 'in-review':
    case 'approved':
    case 'scheduled':
      return true;
    case 'publishing':
      return (
        isCorrectionHoldable(post) ||
        Object.values(publicationsOf(post)).some((each) => isKeptBack(post, each))
      );
    case 'published':
    case 'partly-published':
      return isCorrectionHoldable(post);
    default:
      return false;
  }
}

const isCorrectionHoldable = (post: PostState): boolean =>
  changesInPlace(post).length > 0 || changesByHand(post).length > 0;

/** Whether a hold keeps something of it back: of what nobody wants any more, nothing is sent or deleted again as it is. */
const isKeptBack = (post: PostState, publication: Publication): boolean =>
  !isGivenUp(post, publication) && (isUnderWay([publication]) || publication.is === 'asked');
