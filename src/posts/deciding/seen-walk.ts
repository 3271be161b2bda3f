import { z } from 'zod';
import type { Review } from '../../approval/review.ts';
import type { PostState } from '../post.ts';
import { goneOn } from './refused-review.ts';
import { type PostRefusal, refusePost } from '../refusals.ts';

/**
 * The walk of approvals as it stood when a form was drawn: by its name, none being empty, and how many decisions it had.
 * A form says what saving it takes back, and that may be more by the time it is saved.
 */
export const seenWalk = z.object({ review: z.string(), decided: z.int().min(0) });
export type SeenWalk = z.infer<typeof seenWalk>;

/** What nobody has sent. */
export const unsentWalk: SeenWalk = { review: '', decided: 0 };

/** The same as it stands now. */
export function seenNow(post: PostState): SeenWalk {
  const walk = walkOf(post);
  return walk === undefined ? unsentWalk : { review: walk.id, decided: walk.decisions.length };
}

/** The walk that an edit of the post would take back; undefined where there is none. */
function walkOf({ status }: PostState): Review | undefined {
  switch (status.is) {
    case 'in-review':
    case 'held':
    case 'approved':
    case 'scheduled':
    case 'failed':
      return status.review;
    default:
      return undefined;
  }
}

/** Who did what with a post since a form of it was drawn that saving it would take back unseen; undefined where it would not. */
export function wentOn(post: PostState, seen: SeenWalk): PostRefusal | undefined {
  const walk = walkOf(post);
  if (walk === undefined) return undefined;
  return walk.id !== seen.review || walk.decisions.length > seen.decided
    ? sinceThen(post, walk, seen)
    : undefined;
}

/** The same of what voids decisions and nothing else, as another time does. */
export function decidedSince(post: PostState, seen: SeenWalk): PostRefusal | undefined {
  const walk = walkOf(post);
  return walk === undefined || walk.decisions.length === 0 ? undefined : wentOn(post, seen);
}

function sinceThen(post: PostState, walk: Review, seen: SeenWalk): PostRefusal {
  const last = walk.decisions.at(-1);
  if (last !== undefined)
    return refusePost('gone-on-since', { did: 'approved', by: last.by, at: last.at, all: false });
  const passed = walk.passedOn.at(-1);
  if (passed !== undefined && seen.review === '' && post.status.is !== 'held')
    return refusePost('gone-on-since', { did: 'passed-on', by: passed.by, at: passed.at, all: false });
  return seen.review === '' && post.status.is !== 'held'
    ? refusePost('gone-on-since', { did: 'sent-first', by: walk.sentBy, at: walk.sentAt, all: false })
    : goneOn(post);
}
