import { withoutThread } from '../core/conversation.ts';
import { crier } from '../core/context.ts';
import { everyPage, everyScanned } from '../core/every.ts';
import type { Executor } from '../core/execute.ts';
import { stateIn } from '../core/forms.ts';
import { handler, type BoundHandler } from '../core/handler.ts';
import type { StoredDocument } from '../core/store.ts';
import { hours, minutes } from '../core/time.ts';
import { z } from 'zod';
import { inUse, placeKind } from '../people/place.ts';
import { channelKey } from '../posts/changed.ts';
import { inConversation, postKind } from '../posts/kind.ts';
import type { PostState } from '../posts/post.ts';

/** How many posts are asked at a time. */
const atOnce = 50;

/**
 * Another Teams channel is used, or none any more, or others may read what stands there: every post with a card in it,
 * or that is to have one, sees to its cards. Each of them is sent by its own effect, within what Teams takes. May be
 * repeated.
 */
export function bringCardsHandler(executor: Executor): BoundHandler {
  return handler({
    type: 'place.bring-cards',
    schema: z.object({}),
    deadline: minutes(5),
    onLostLease: 'again',
    patient: true,
    before: async () => await Promise.resolve({ go: true, longest: hours(2) }),
    run: async (run) => {
      const place = await run.load(placeKind);
      if (place === undefined) return { outcome: 'done' };
      const { of, conversationId, serviceUrl } = place;
      const used = inUse(place)?.conversationId;
      const seeTo = async ({ id, copies }: PostState): Promise<void> => {
        if (copies.some(({ key }) => key === channelKey(of))) {
          const params = { of, serviceUrl, ...(used === undefined ? {} : { used }) };
          await executor.execute({ command: 'post.channel-changed', id, params, actor: crier });
        }
        // Guests have come, or may read along from now on: that is so for the threads in it as well.
        await readAgain(executor, { id, copies }, conversationId);
      };
      for await (const posts of standingIn(executor, [of, inConversation(conversationId)]))
        await Promise.all(posts.map(seeTo));
      return { outcome: 'done' };
    },
  });
}

/** The cards of a post in threads of a conversation are to show what whoever is in it now may read. */
async function readAgain(
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
async function* standingIn(
  { store }: Pick<Executor, 'store'>,
  places: readonly string[],
): AsyncGenerator<readonly PostState[]> {
  const read = (items: readonly StoredDocument[]) => items.map((item) => stateIn(postKind, item));
  for (const equals of places) {
    const query = { kind: postKind.kind, index: 'in-channel', equals, limit: atOnce };
    for await (const items of everyPage(store, query)) yield read(items);
  }
  for await (const items of everyScanned(store, postKind.kind, atOnce))
    yield read(items.filter(({ form }) => form < postKind.form));
}
