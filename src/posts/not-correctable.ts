import { isSettled } from '../dispatch/publication.ts';
import { accountOf } from '../dispatch/thread.ts';
import { publicationsOf, publicSince, isPublic } from './how-it-stands.ts';
import type { PostState } from './post.ts';
import { type PostRefusal, refusePost } from './refusals.ts';

/** Why nothing of a post can be corrected now: of one that is partly out, where the rest stands, so that a way can be said. */
export function notCorrectable(post: PostState): PostRefusal {
  const { number, status } = post;
  const isPartly = isPublic(post) && publicSince(post) === undefined;
  if (isPartly && (status.is === 'held' || status.is === 'publishing')) {
    const under = Object.entries(publicationsOf(post)).filter((each) => !isSettled(each[1]));
    const waits = [...new Set(under.map(([part]) => accountOf(part)))];
    return refusePost('rest-comes-first', { number, held: status.is === 'held', waits });
  }
  return refusePost('not-now', { state: status.is, action: 'correct' });
}
