import { days } from '../core/time.ts';
import { postKind } from '../posts/kind.ts';
import { maySee } from '../posts/may.ts';
import type { PostState } from '../posts/post.ts';
import { departmentsOf, isDesk, isDuty } from '../protocol/people.ts';
import type { Desk } from './desk.ts';
import { outsidePosts } from './outside.ts';
import type { PostList } from './reply.ts';
import { accountStates } from './stop-everything.ts';
import type { Turn } from './turn.ts';

/** How many posts a list shows; `more` goes on. */
export const listLength = 10;

/** The lists that somebody can open. */
export type ListName = 'posts' | 'waiting' | 'calendar';

/** A page of one of the lists, for the person who asked, from a cursor on. */
export async function listFor(of: ListName, turn: Turn, desk: Desk, after?: string): Promise<PostList> {
  const [list, accounts] = await Promise.all([
    postsBy(desk, queriesOf(of, turn, desk), after),
    accountStates(desk),
  ]);
  const posts = list.posts.filter((post) => maySee(post, turn.person, desk.rules()));
  const first = of === 'calendar' && after === undefined;
  const outside = first ? { outside: await outsidePosts(turn, accounts, desk) } : {};
  return { of, ...list, posts, accounts, ...outside };
}

function queriesOf(of: ListName, turn: Turn, desk: Desk): readonly PostQuery[] {
  const { person, now } = turn;
  switch (of) {
    case 'waiting':
      return [{ index: 'waiting-for', equals: person }];
    case 'calendar':
      // What went out today is still of interest.
      return [{ index: 'calendar', equals: 'yes', from: now - days(0.5), to: now + days(28) }];
    case 'posts': {
      const rules = desk.rules();
      const all = isDesk(person, rules) || isDuty(person, rules) || rules.headOfCommunications === person;
      if (all) return [{ index: 'newest' }];
      const departments = departmentsOf(person, rules);
      return [
        { index: 'of-author', equals: person },
        ...departments.map((each) => ({ index: 'of-department' as const, equals: each.id })),
      ];
    }
  }
}

/** Indexes by which people list posts. */
type PostIndex = 'newest' | 'of-author' | 'of-department' | 'waiting-for' | 'calendar';

/** One way of listing posts by a declared index. */
interface PostQuery {
  readonly index: PostIndex;
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
