import type { Publication } from '../dispatch/publication.ts';
import { statusFrom } from './let-go.ts';
import { publicationsOf } from './may.ts';
import type { PostState } from './post.ts';

/** The post with some of its publications changed, in the state that all of them together give it. */
export function withPublications(
  post: PostState,
  changed: Readonly<Record<string, Publication>>,
  now: number,
): PostState {
  const { status } = post;
  const publications = { ...publicationsOf(post), ...changed };
  if (status.is === 'held') return { ...post, status: { ...status, out: publications } };
  if (status.is === 'taken-down') return { ...post, status: { ...status, publications } };
  if (!('publications' in status)) return post;
  const at = status.is === 'published' || status.is === 'partly-published' ? status.at : now;
  return { ...post, status: statusFrom({ ...status, publications }, at) };
}
