import { mayBeGone, type PerhapsGone } from '../dispatch/perhaps-gone.ts';
import type { Publication } from '../dispatch/publication.ts';
import { accountOf } from '../dispatch/thread.ts';
import { needsFreshDecision } from './fresh-decision.ts';
import { isGivenUp } from './given-up.ts';
import type { PostState } from './post.ts';
import { publicationsOf } from './what-is-public.ts';

/** The accounts on which the post began to be deleted to be posted again, and nobody knows yet whether it is gone. */
export const deletionBegunOn = (post: PostState): readonly string[] => [
  ...new Set(
    Object.entries(publicationsOf(post)).flatMap(([part, each]) =>
      mayBeGone(each) ? [accountOf(part)] : [],
    ),
  ),
];

/**
 * Whether it may be gone, and is not deleted once more, which would tell: that waits for a decision, nobody wants it any
 * more, or a rule stops it. So it is looked up, and asked about.
 */
export const isLookedUp = (post: PostState, publication: Publication): publication is PerhapsGone =>
  mayBeGone(publication) && (needsFreshDecision(post) || isEnded(post, publication));

const isEnded = (post: PostState, publication: PerhapsGone): boolean =>
  isGivenUp(post, publication) || publication.begun.ends !== undefined;

/** The accounts on which nothing more is deleted, and nobody knows yet whether it is gone. */
export const perhapsGoneOn = (post: PostState): readonly string[] => [
  ...new Set(
    Object.entries(publicationsOf(post)).flatMap(([part, each]) =>
      mayBeGone(each) && isEnded(post, each) ? [accountOf(part)] : [],
    ),
  ),
];
