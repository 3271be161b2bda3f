import { postKind } from '../posts/kind.ts';
import type { PostState } from '../posts/post.ts';
import type { Desk } from './desk.ts';

/** How many posts a list shows; `more` goes on. */
export const listLength = 10;

/** One way of listing posts by a declared index. */
export interface PostQuery {
  readonly index: keyof typeof postKind.indexes & string;
  readonly equals?: string;
  readonly from?: number;
  readonly to?: number;
}

/**
 * The first posts by one or several lists of the same direction, each post once. Only a single list can go on;
 * of several the newest of all are shown.
 */
export async function postsBy(
  desk: Desk,
  queries: readonly PostQuery[],
  after?: string,
): Promise<{ posts: readonly PostState[]; next?: string }> {
  const pages = await Promise.all(
    queries.map(
      async (query) =>
        await desk.executor.store.list({
          kind: postKind.kind,
          limit: listLength,
          ...query,
          ...(after === undefined ? {} : { after }),
        }),
    ),
  );
  const posts = new Map<string, PostState>();
  for (const page of pages) {
    for (const item of page.items) posts.set(item.id, postKind.parse(stateOf(item.body), item.form));
  }
  const [only] = pages;
  if (pages.length === 1 && only !== undefined) {
    return { posts: [...posts.values()], ...(only.next === undefined ? {} : { next: only.next }) };
  }
  const newest = [...posts.values()].sort((a, b) => b.changedAt - a.changedAt).slice(0, listLength);
  return { posts: newest };
}

function stateOf(body: unknown): unknown {
  return body !== null && typeof body === 'object' && 'state' in body ? body.state : undefined;
}
