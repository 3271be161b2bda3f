import { crier } from '../core/context.ts';
import { withoutThread } from '../core/conversation.ts';
import { everyPage, everyScanned } from '../core/every.ts';
import type { Executor } from '../core/execute.ts';
import { statesIn } from '../core/forms.ts';
import { postKind } from '../posts/kind.ts';
import type { PostState } from '../posts/post.ts';

/** How many posts are asked at a time. */
const atOnce = 50;

/** The cards of a post in threads of a conversation are to show what whoever is in it now may read. */
export async function readAgain(
  executor: Executor,
  { id, copies }: Pick<PostState, 'id' | 'copies'>,
  conversationId: string,
): Promise<void> {
  const threads = copies.filter(
    ({ to }) => to.kind === 'thread' && withoutThread(to.conversationId) === conversationId,
  );
  if (threads.length === 0) return;
  const params = { copies: threads.map(({ key }) => key) };
  await executor.execute({ command: 'post.look-again', id, params, actor: crier });
}

/**
 * Posts that are found in Teams channels and conversations, page by page. An earlier release did not note where a post
 * has its cards: those of another form are all given, once what is noted has been.
 */
export async function* standingIn(
  { store }: Pick<Executor, 'store'>,
  places: readonly string[],
): AsyncGenerator<readonly PostState[]> {
  for (const equals of places) {
    const query = { kind: postKind.kind, index: 'in-channel', equals, limit: atOnce };
    for await (const items of everyPage(store, query)) yield statesIn(postKind, items);
  }
  for await (const items of everyScanned(store, postKind.kind, atOnce))
    yield statesIn(
      postKind,
      items.filter(({ form }) => form < postKind.form),
    );
}
