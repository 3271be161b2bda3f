import { statesIn } from '../core/forms.ts';
import type { ListQuery, StoredDocument } from '../core/store.ts';
import { days, type Millis } from '../core/time.ts';
import { whileAway, withWhoIsAsked } from '../posts/deciding/asked.ts';
import { askedOf, postKind } from '../posts/kind.ts';
import { maySee, maySeeAll } from '../posts/deciding/may.ts';
import type { PostState } from '../posts/post.ts';
import { departmentsOf } from '../protocol/people.ts';
import type { Away } from '../words/people.ts';
import { accountStates, type Desk } from './desk.ts';
import { outsidePosts } from './outside.ts';
import type { CalendarPart, Pages, PostList } from './reply.ts';
import type { Turn } from './turn.ts';
import { everyListed, everyPage } from '../core/every.ts';

/** How many posts a list shows; `more` goes on. */
export const listLength = 10;

/** The lists that somebody can open. */
export const listNames = ['posts', 'waiting', 'calendar', 'nobody-here'] as const;
export type ListName = (typeof listNames)[number];

/** What of a list one page shows, and where the next one begins. */
interface Page {
  readonly posts: readonly PostState[];
  /** how many more would stand on it, and are left to the newer release that wrote them */
  readonly newer: number;
  readonly next?: string;
}

function pageWith(items: readonly StoredDocument[]): Pick<Page, 'posts' | 'newer'> {
  const posts = statesIn(postKind, items);
  return { posts, newer: items.length - posts.length };
}

/** A page of one of the lists, for the person who asked: the first, or the one that the last of `pages` begins. */
export async function listFor(of: ListName, turn: Turn, desk: Desk, pages: Pages = []): Promise<PostList> {
  const after = pages.at(-1);
  const [, department] = /^([\w-]+)\./u.exec((of === 'posts' ? after : undefined) ?? '') ?? [];
  if (department !== undefined) return await departmentPosts(department, turn, desk, pages);
  const [list, accounts] = await Promise.all([pageOf(of, turn, desk, after), accountStates(desk)]);
  const posts = list.posts.filter((post) => maySee(post, turn.person, desk.rules()));
  const first = of === 'calendar' && after === undefined;
  const outside = first ? { outside: await outsidePosts(turn, accounts, desk) } : {};
  return { of, ...list, posts, pages, accounts, ...outside };
}

async function pageOf(
  of: ListName,
  turn: Turn,
  desk: Desk,
  after: string | undefined,
): Promise<Page & Pick<PostList, 'total' | 'calendar'>> {
  switch (of) {
    case 'calendar':
      return await calendarPage(turn.now, desk, after);
    case 'posts':
      return await newestOf(queriesOf(turn, desk), desk, after);
    case 'waiting':
      return await pageFor('waiting-for', turn.person, desk, after);
    case 'nobody-here':
      return await pageFor('told-all-away', turn.person, desk, after);
  }
}

/** In front of where a list goes on: what was shown so far had posts in it that whoever asked may not see. */
const hasHidden = '!';

/**
 * A page of the posts that are somebody's by an index, and how many they are in all. Nobody is told of more than they may
 * see: from the first page on that has others among them, the list is read through to count it, which hardly comes about.
 */
async function pageFor(
  index: 'waiting-for' | 'told-all-away',
  person: string,
  desk: Desk,
  place = '',
): Promise<Page & Pick<PostList, 'total'>> {
  const { store } = desk.executor;
  const query = { kind: postKind.kind, index, equals: person };
  const after = place.replace(hasHidden, '');
  const [{ items, next }, count] = await Promise.all([
    store.list({ ...query, limit: listLength, ...(after === '' ? {} : { after }) }),
    store.count(query),
  ]);
  const isHidden = place.startsWith(hasHidden) || seenOf(items, person, desk) < items.length;
  return {
    ...pageWith(items),
    total: isHidden ? await countSeen(query, person, desk) : count,
    ...(next === undefined ? {} : { next: `${isHidden ? hasHidden : ''}${next}` }),
  };
}

/** How many of these somebody may see, with those that a newer release wrote. */
function seenOf(items: readonly StoredDocument[], person: string, desk: Desk): number {
  const { posts, newer } = pageWith(items);
  return newer + posts.filter((post) => maySee(post, person, desk.rules())).length;
}

async function countSeen(
  query: Omit<ListQuery, 'after' | 'limit'>,
  person: string,
  desk: Desk,
): Promise<number> {
  let seen = 0;
  for await (const items of everyPage(desk.executor.store, { ...query, limit: 100 }))
    seen += seenOf(items, person, desk);
  return seen;
}

/** The first page of the posts of which somebody hears that nobody who is asked is here. */
export async function nobodyHere(person: string, desk: Desk): Promise<PostList> {
  const [list, accounts] = await Promise.all([pageFor('told-all-away', person, desk), accountStates(desk)]);
  return { of: 'nobody-here', ...list, accounts };
}

/**
 * About how many posts somebody is asked, and about how many of those nobody who is asked is here while they are away;
 * `until` null: they are back, and it is all that waits for them.
 */
export async function waitingWithout(
  { person, now }: Pick<Turn, 'person' | 'now'>,
  until: Millis | null,
  desk: Desk,
): Promise<Pick<Away, 'waiting' | 'left'>> {
  const rules = whileAway(desk.rules(), person, until);
  const query = { kind: postKind.kind, index: 'waiting-for', equals: person };
  if (until === null) return { waiting: await desk.executor.store.count(query), left: 0 };
  let [waiting, left] = [0, 0];
  for await (const item of everyListed(desk.executor.store, { ...query, limit: 100 })) {
    for (const post of statesIn(postKind, [item])) {
      // What came back to them is theirs to go on with: nobody decides it in their place.
      if (!askedOf(post).people.includes(person)) continue;
      waiting += 1;
      if (withWhoIsAsked(post, rules, now).allAway !== undefined) left += 1;
    }
  }
  return { waiting, left };
}

/** A page of one department's posts, for somebody who may see all of them. */
export async function departmentPosts(
  department: string,
  turn: Turn,
  desk: Desk,
  pages: Pages = [],
): Promise<PostList> {
  const after = pages.at(-1)?.slice(department.length + 1);
  const [{ next, posts, newer }, accounts] = await Promise.all([
    newestOf([{ index: 'of-department', equals: department }], desk, after),
    accountStates(desk),
  ]);
  return {
    of: 'posts',
    scope: { is: 'shown', department },
    posts: posts.filter((post) => maySee(post, turn.person, desk.rules())),
    newer,
    pages,
    ...(next === undefined ? {} : { next: `${department}.${next}` }),
    accounts,
  };
}

/** One way of listing posts, the last changed first. */
type NewestQuery =
  { readonly index: 'newest' } | { readonly index: 'of-author' | 'of-department'; readonly equals: string };

/** Whose posts somebody lists: everybody's for the desk, else their own and their departments'. */
function queriesOf({ person }: Turn, desk: Desk): readonly NewestQuery[] {
  const rules = desk.rules();
  if (maySeeAll(person, rules)) return [{ index: 'newest' }];
  return [
    { index: 'of-author', equals: person },
    ...departmentsOf(person, rules).map(({ id }) => ({ index: 'of-department', equals: id }) as const),
  ];
}

/** Where a post stands among those that were changed last. */
interface Place {
  readonly at: Millis;
  readonly id: string;
}

/** A page of the posts that any of the queries lists, the last changed first, each once. */
async function newestOf(queries: readonly NewestQuery[], desk: Desk, after?: string): Promise<Page> {
  const [, at, id = ''] = /^(\d{1,15})~(.+)$/u.exec(after ?? '') ?? [];
  const from = at === undefined ? undefined : { at: Number(at), id };
  const lists = await Promise.all(queries.map(async (query) => await newestFrom(query, desk, from)));
  const found = [...new Map(lists.flat().map((item) => [item.id, item])).values()].sort(
    (a, b) => changedAt(b) - changedAt(a) || (a.id < b.id ? 1 : -1),
  );
  const page = found.slice(0, listLength);
  const last = found.length > listLength ? page.at(-1) : undefined;
  return {
    ...pageWith(page),
    ...(last === undefined ? {} : { next: `${String(changedAt(last))}~${last.id}` }),
  };
}

/** The first posts of one list behind a place, one more than a page shows, which tells whether there are more. */
async function newestFrom(
  query: NewestQuery,
  desk: Desk,
  from: Place | undefined,
): Promise<readonly StoredDocument[]> {
  const found: StoredDocument[] = [];
  const behind = {
    kind: postKind.kind,
    limit: listLength + 1,
    ...query,
    ...(from === undefined ? {} : { to: from.at + 1 }),
  };
  for await (const item of everyListed(desk.executor.store, behind)) {
    const isBehind = from === undefined || changedAt(item) < from.at || item.id < from.id;
    if (isBehind) found.push(item);
    if (found.length > listLength) break;
  }
  return found;
}

const changedAt = ({ index }: StoredDocument): Millis => Number(index['changedAt']);

/** What went out so long ago is still of interest. */
const stillShown = days(0.5);
/** So far ahead the calendar looks. */
const ahead = days(28);

/** Where the calendar goes on: what was still to come when its first page was drawn, and how far it has been read. */
interface CalendarPlace {
  readonly since: Millis;
  readonly part: CalendarPart;
  readonly after: string;
}

function calendarPlace(cursor: string): CalendarPlace | undefined {
  const [since = '', part, after = ''] = cursor.split('.');
  return /^\d{1,15}$/u.test(since) && (part === 'to-come' || part === 'earlier')
    ? { since: Number(since), part, after }
    : undefined;
}

/**
 * What is to come, the soonest first; what went out, or was to, in the hours before stands in front of it where one
 * page shows all of it, else on pages of its own. What has come since the first page stays where it was, so that
 * turning the pages leaves nothing out.
 */
async function calendarPage(
  now: Millis,
  desk: Desk,
  cursor?: string,
): Promise<Page & Pick<PostList, 'calendar'>> {
  const { store } = desk.executor;
  const place = calendarPlace(cursor ?? '');
  const since = place?.since ?? now;
  const within = (part: CalendarPart) => ({
    kind: postKind.kind,
    index: 'calendar',
    equals: 'yes',
    ...(part === 'to-come' ? { from: since, to: since + ahead } : { from: since - stillShown, to: since }),
  });
  const read = async (part: CalendarPart, after = ''): Promise<Page> => {
    const from = after === '' ? {} : { after };
    const { items, next } = await store.list({ ...within(part), limit: listLength, ...from });
    return {
      ...pageWith(items),
      ...(next === undefined ? {} : { next: `${String(since)}.${part}.${next}` }),
    };
  };
  if (place !== undefined)
    return { ...(await read(place.part, place.after)), calendar: { part: place.part } };
  const [toCome, earlier, count] = await Promise.all([
    read('to-come'),
    read('earlier'),
    store.count(within('earlier')),
  ]);
  const all = [...earlier.posts, ...toCome.posts];
  const newer = earlier.newer + toCome.newer;
  if (toCome.next === undefined && earlier.next === undefined && all.length + newer <= listLength)
    return { posts: all, newer, calendar: { part: 'to-come' } };
  const aside = { begins: `${String(since)}.earlier.`, count };
  return { ...toCome, calendar: { part: 'to-come', ...(count === 0 ? {} : { earlier: aside }) } };
}
