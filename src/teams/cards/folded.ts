import { publicationsOf, publicSince } from '../../posts/leaving/what-is-public.ts';
import type { PostState } from '../../posts/post.ts';
import { notPutRight } from '../../posts/correcting/standing.ts';
import type { Telling } from '../../words/story.ts';
import { sayOn } from '../../words/times.ts';
import { stateFor } from './post-head.ts';
import { isStopped, type PostDrawing } from './drawing.ts';

/** Where nothing is to be said of an account but that it is out, goes out now, or is down. */
const plain: ReadonlySet<string> = new Set(['queued', 'sending', 'published', 'removed']);

/**
 * Whether something is open of a post that has begun to go out: what its card is about then is what stands where and
 * what is asked about it, and no more its words or how it came to be.
 */
function isOpenAfterwards(post: PostState): boolean {
  const { status, correction, byHand = {}, wasByHand = {} } = post;
  const all = Object.values(publicationsOf(post));
  if (all.length === 0 || status.is === 'approved' || status.is === 'scheduled') return false;
  return (
    correction !== undefined ||
    status.is === 'held' ||
    all.some(({ is }) => !plain.has(is)) ||
    Object.keys(byHand).length + Object.keys(wasByHand).length > 0 ||
    notPutRight(post).length > 0
  );
}

/**
 * How the card of a post tells of it to a viewer. Whoever decides on its words reads all of them first, and whoever may
 * not read them has nothing to unfold.
 */
export function tellingOf(drawing: PostDrawing): Telling {
  const { post, rights, now } = drawing;
  const decidesOnWords = (rights.decide || rights.passOn) && post.correction === undefined;
  if (!rights.see || decidesOnWords || !isOpenAfterwards(post)) return 'whole';
  const since = publicSince(post) ?? (post.status.is === 'published' ? post.status.at : undefined);
  const state = stateFor(drawing, isStopped(drawing));
  return { headed: since !== undefined && state.includes(sayOn(since, now)) ? since : undefined };
}
