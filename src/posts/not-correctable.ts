import { begunOn, halfOutOn } from './correctable.ts';
import { stateOf } from './over.ts';
import { isPublic, publicSince } from './what-is-public.ts';
import type { PostState } from './post.ts';
import { droppedBy } from './standing.ts';
import { type PostRefusal, refusePost } from './refusals.ts';

/** Why nothing of a post can be corrected now: of one that is partly out, where the rest stands, so that a way can be said. */
export function notCorrectable(post: PostState): PostRefusal {
  const { number, status, correction, corrected } = post;
  const isHeld = status.is === 'held';
  if (isHeld && isPublic(post) && publicSince(post) === undefined)
    return refusePost('rest-comes-first', { number, held: true, waits: [], instead: droppedBy(post) });
  if (!isHeld && isPublic(post)) {
    const waits = begunOn(post);
    if (waits.length > 0)
      return refusePost('rest-comes-first', { number, held: false, waits, instead: 'refuseRest' });
    const by = (correction ?? corrected.at(-1))?.by;
    if (by !== undefined && halfOutOn(post).length > 0)
      return refusePost('correction-waits-already', { by, agreed: true, own: false });
  }
  return refusePost('not-now', { state: stateOf(post), action: 'correct' });
}
