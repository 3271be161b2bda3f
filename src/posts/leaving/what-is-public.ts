import type { Millis } from '../../core/time.ts';
import type { Publication } from '../../dispatch/publication.ts';
import type { PostState } from '../post.ts';
import { accountOf } from '../../dispatch/thread.ts';

/** What has left or may leave, by part key; empty for a post that nobody has let go. */
export function publicationsOf(post: Pick<PostState, 'status'>): Readonly<Record<string, Publication>> {
  if ('publications' in post.status) return post.status.publications;
  return post.status.is === 'held' ? (post.status.out ?? {}) : {};
}

/** Whether something of the post stands in public, be it that it could not be taken down, or is to make room. */
export function isPublic(post: PostState): boolean {
  return Object.values(publicationsOf(post)).some(
    (publication) =>
      publication.is === 'published' ||
      (publication.is === 'removing' &&
        (publication.problem !== undefined || publication.instead !== undefined)),
  );
}

/** Since when it is public, where all that waits or leaves is a correction of it. */
export function publicSince(post: PostState): Millis | undefined {
  const { status } = post;
  const out = status.is === 'held' || status.is === 'publishing' ? status.was : undefined;
  return isPublic(post) ? out : undefined;
}

/** Whether part of a held post stands already or may, so that it does not go back to its writers. */
export const isPartlyOut = (post: PostState): boolean =>
  post.status.is === 'held' && post.status.out !== undefined;

/** Keys of the parts that stand on an account. */
export function standingOn(post: PostState, account: string): readonly string[] {
  return Object.entries(publicationsOf(post)).flatMap(([key, { is }]) =>
    is === 'published' && accountOf(key) === account ? [key] : [],
  );
}

/**
 * The accounts on which nothing of a post stands that is public elsewhere, nor is on its way there: refused or stopped, be it
 * that what it was to take the place of was deleted. What has only come down is told as what stood there.
 */
export function notThereOn(post: PostState): readonly string[] {
  if (!isPublic(post)) return [];
  const accounts = Map.groupBy(Object.entries(publicationsOf(post)), ([part]) => accountOf(part));
  return [...accounts].flatMap(([account, parts]) => {
    const left = parts.filter(([, { is }]) => is !== 'removed');
    return left.length > 0 && left.every(([, { is }]) => is === 'failed' || is === 'stopped')
      ? [account]
      : [];
  });
}
