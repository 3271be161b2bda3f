import { postKind } from '../posts/kind.ts';
import { maySee } from '../posts/deciding/may.ts';
import type { PostState } from '../posts/post.ts';
import { unlessNewer } from '../core/forms.ts';
import { accountStates, postById, type Desk } from './desk.ts';
import { listLength } from './lists.ts';
import type { Pages, PostList } from './reply.ts';
import type { Turn } from './turn.ts';
import { everyListed } from '../core/every.ts';

/** How many posts one question to the store brings. */
const asMany = 100;

/**
 * A page of the posts that have any picture or video of a post, that one among them, the last changed first. They are
 * known by the hash of what is kept, so a picture that was sent again is the same one. Every use counts: those that
 * the person may not see are counted, so that a consent that is withdrawn is not forgotten there.
 * @param from how many of them stood on the pages before
 */
export async function whereUsed(
  post: PostState,
  turn: Turn,
  desk: Desk,
  from = 0,
  pages: Pages = [],
): Promise<PostList> {
  const uses = new Map<string, number>();
  for (const hash of new Set(post.revision.media.map((medium) => medium.hash))) {
    for await (const use of usesOf(hash, desk)) uses.set(use.id, use.changedAt);
  }
  const ids = [...uses].sort(([a, at], [b, bt]) => bt - at || (a < b ? 1 : -1)).map(([id]) => id);
  const seen: PostState[] = [];
  let hidden = 0;
  let newer = 0;
  for (const id of ids) {
    const use = await unlessNewer(postById(desk, id), null);
    if (use === null) newer += 1;
    else if (use !== undefined && maySee(use, turn.person, desk.rules())) seen.push(use);
    else if (use !== undefined) hidden += 1;
  }
  const next = from + listLength;
  return {
    of: 'where-used',
    posts: seen.slice(from, next),
    pages,
    accounts: await accountStates(desk),
    newer,
    use: { post: post.id, number: post.number, uses: ids.length, hidden },
    ...(next < seen.length ? { next: `${post.id} ${next}` } : {}),
  };
}

/** @returns the page that a `next` of `whereUsed` names; undefined for anything else, and for what they may not see */
export async function nextUses(pages: Pages, turn: Turn, desk: Desk): Promise<PostList | undefined> {
  const [, id, from] = /^([A-Za-z0-9_-]{1,100}) (\d{1,6})$/u.exec(pages.at(-1) ?? '') ?? [];
  const post = id === undefined ? undefined : await postById(desk, id);
  if (post === undefined || !maySee(post, turn.person, desk.rules())) return undefined;
  return await whereUsed(post, turn, desk, Number(from), Number(from) === 0 ? [] : pages);
}

async function* usesOf(
  hash: string,
  { executor }: Pick<Desk, 'executor'>,
): AsyncGenerator<{ readonly id: string; readonly changedAt: number }> {
  const query = { kind: postKind.kind, index: 'with-media', equals: hash, limit: asMany };
  for await (const { id, index } of everyListed(executor.store, query))
    yield { id, changedAt: Number(index['changedAt']) };
}
