import { makesRoom } from '../../dispatch/publication.ts';
import { changesThatWait } from './changes-in-place.ts';
import type { PostState } from '../post.ts';
import { isToLeave } from '../leaving/to-go-out.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';

/** Whether nothing more is made of a correction that was agreed to before somebody decides afresh, or the desk says so. */
export const needsFreshDecision = (post: PostState): boolean =>
  post.status.is === 'held' || waitsForTheDesk(post);

/**
 * Whether it stays until the desk has said whether such a decision still counts; of what is over, or was taken down,
 * nothing goes by it any more.
 */
export const waitsForTheDesk = (post: PostState): boolean =>
  post.makersGone !== undefined && post.makersGone.decisions === decisionsOf(post) && goesOn(post);

/** Whether something of it is to go by its decisions: it leaves, makes room, or is changed where it stands. */
const goesOn = (post: PostState): boolean =>
  isToLeave(post) || Object.values(publicationsOf(post)).some(makesRoom) || changesThatWait(post).length > 0;

/** Names the decisions by which a post leaves; empty where there are none. */
export function decisionsOf(post: PostState): string {
  if (!('decidedAt' in post.status)) return '';
  const { id, hash } = post.status.review;
  return `${id}:${hash}`;
}
