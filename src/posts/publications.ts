import { isSettled, makesRoom, mayComeBack, type Publication } from '../dispatch/publication.ts';
import { outAgain, statusFrom } from './let-go.ts';
import { publicationsOf } from './may.ts';
import type { PostState } from './post.ts';

/** Whether something of it may still go out once the post is let go on: then it stays held. */
const isHeldBack = (publication: Publication): boolean =>
  mayComeBack(publication) ||
  !isSettled(publication) ||
  publication.is === 'failed' ||
  // The desk may still say that it is to be posted, which is no decision on what was held.
  publication.is === 'unknown' ||
  makesRoom(publication);

/** The post with some of its publications changed, in the state that all of them together give it. */
export function withPublications(
  post: PostState,
  changed: Readonly<Record<string, Publication>>,
  now: number,
): PostState {
  const { status } = post;
  const publications = { ...publicationsOf(post), ...changed };
  if (status.is === 'held') {
    const held = Object.values(publications).some(isHeldBack);
    return {
      ...post,
      status: held
        ? { ...status, out: publications }
        : statusFrom({ ...outAgain(status), publications }, now),
    };
  }
  if (status.is === 'taken-down') return { ...post, status: { ...status, publications } };
  if (!('publications' in status)) return post;
  const at = status.is === 'published' || status.is === 'partly-published' ? status.at : now;
  return { ...post, status: statusFrom({ ...status, publications }, at) };
}
