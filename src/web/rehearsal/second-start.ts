import { crier } from '../../core/context.ts';
import { readableState, type Executor } from '../../core/execute.ts';
import { postKind } from '../../posts/kind.ts';

/** So many of the newest posts are looked through. */
const looked = 100;
/** So many cards are brought again, at most: as many as somebody still works with. */
const most = 10;

/**
 * Chats on the page end with the process, posts do not: whoever opens theirs after another start has their cards of the
 * posts changed last again, the newest at the end.
 */
export async function bringAgain(person: string, executor: Executor): Promise<void> {
  const key = `person:${person}`;
  const { items } = await executor.store.list({ kind: postKind.kind, index: 'newest', limit: looked });
  const posts = await Promise.all(items.map(async ({ id }) => await readableState(executor, postKind, id)));
  const theirs = posts.flatMap((post) =>
    post?.copies.some((copy) => copy.key === key && copy.posted !== undefined) === true ? [post.id] : [],
  );
  for (const id of theirs.slice(0, most).toReversed())
    await executor.execute({ command: 'post.show-again', id, params: { copy: key }, actor: crier });
}
