import type { StoredDocument } from '../core/store.ts';
import { days, type Millis } from '../core/time.ts';
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
  const [, department, goesOn] = /^([\w-]+)\.(.+)$/u.exec((of === 'posts' ? after : undefined) ?? '') ?? [];
  if (department !== undefined) return await departmentPosts(department, turn, desk, goesOn);
  const [list, accounts] = await Promise.all([
    of === 'calendar' ? calendarPage(turn.now, desk, after) : postsBy(desk, queriesOf(of, turn, desk), after),
    accountStates(desk),
  ]);
  const posts = list.posts.filter((post) => maySee(post, turn.person, desk.rules()));
  const first = of === 'calendar' && after === undefined;
  const outside = first ? { outside: await outsidePosts(turn, accounts, desk) } : {};
  return { of, ...list, posts, accounts, ...outside };
}

/** A page of one department's posts, for somebody who may see all of them. */
export async function departmentPosts(
  department: string,
  turn: Turn,
  desk: Desk,
  after?: string,
): Promise<PostList> {
  const [{ next, ...list }, accounts] = await Promise.all([
    postsBy(desk, [{ index: 'of-department', equals: department }], after),
    accountStates(desk),
  ]);
  return {
    of: 'posts',
    scope: { is: 'shown', department },
    posts: list.posts.filter((post) => maySee(post, turn.person, desk.rules())),
    ...(next === undefined ? {} : { next: `${department}.${next}` }),
    accounts,
  };
}

function queriesOf(of: Exclude<ListName, 'calendar'>, turn: Turn, desk: Desk): readonly PostQuery[] {
  const { person } = turn;
  switch (of) {
    case 'waiting':
      return [{ index: 'waiting-for', equals: person }];
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
type PostIndex = 'newest' | 'of-author' | 'of-department' | 'waiting-for';

/** One way of listing posts by a declared index. */
interface PostQuery {
  readonly index: PostIndex;
  readonly equals?: string;
}

/** What went out so long ago is still of interest. */
const stillShown = days(0.5);
/** So far ahead the calendar looks. */
const ahead = days(28);

/** Where the calendar goes on: what was still to come when its first page was drawn, and how far it has been read. */
interface CalendarPlace {
  readonly since: Millis;
  readonly reads: 'to-come' | 'went-out';
  readonly after: string;
}

function calendarPlace(cursor: string | undefined, now: Millis): CalendarPlace {
  const [since = '', reads, after = ''] = cursor?.split('.') ?? [];
  return /^\d{1,15}$/u.test(since) && (reads === 'to-come' || reads === 'went-out')
    ? { since: Number(since), reads, after }
    : { since: now, reads: 'to-come', after: '' };
}

/**
 * What is still to come, the soonest first, then what went out today. What has come since the first page stays where
 * it was, so that turning the pages leaves nothing out.
 */
async function calendarPage(
  now: Millis,
  desk: Desk,
  cursor?: string,
): Promise<{ posts: readonly PostState[]; next?: string }> {
  const { since, reads, after } = calendarPlace(cursor, now);
  const read = async (part: CalendarPlace['reads'], limit: number, from: string) =>
    await desk.executor.store.list({
      kind: postKind.kind,
      index: 'calendar',
      equals: 'yes',
      ...(part === 'to-come' ? { from: since, to: since + ahead } : { from: since - stillShown, to: since }),
      limit,
      ...(from === '' ? {} : { after: from }),
    });
  const place = (part: CalendarPlace['reads'], from: string) => ({
    next: `${String(since)}.${part}.${from}`,
  });
  const toCome = reads === 'to-come' ? await read('to-come', listLength, after) : { items: [] };
  const posts = toCome.items.map(postIn);
  if (toCome.next !== undefined) return { posts, ...place('to-come', toCome.next) };
  const room = listLength - posts.length;
  const from = reads === 'went-out' ? after : '';
  const wentOut = await read('went-out', Math.max(room, 1), from);
  // A page that is full already only asks whether there is more.
  if (room === 0) return { posts, ...(wentOut.items.length === 0 ? {} : place('went-out', '')) };
  return {
    posts: [...posts, ...wentOut.items.map(postIn)],
    ...(wentOut.next === undefined ? {} : place('went-out', wentOut.next)),
  };
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
    for (const item of page.items) posts.set(item.id, postIn(item));
  }
  const [only] = pages;
  if (pages.length === 1 && only !== undefined) {
    return { posts: [...posts.values()], ...(only.next === undefined ? {} : { next: only.next }) };
  }
  const newest = [...posts.values()].sort((a, b) => b.changedAt - a.changedAt).slice(0, listLength);
  return { posts: newest };
}

const postIn = ({ body, form }: StoredDocument): PostState => postKind.parse(stateOf(body), form);

function stateOf(body: unknown): unknown {
  return body !== null && typeof body === 'object' && 'state' in body ? body.state : undefined;
}
