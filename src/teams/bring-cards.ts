import { crier } from '../core/context.ts';
import { everyPage } from '../core/every.ts';
import type { Executor } from '../core/execute.ts';
import { stateIn } from '../core/forms.ts';
import { handler, type BoundHandler } from '../core/handler.ts';
import { minutes } from '../core/time.ts';
import { withoutThread } from '../core/conversation.ts';
import { z } from 'zod';
import { inUse, placeKind } from '../people/place.ts';
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
  const each = async (value: string, tell: (post: PostState) => Promise<unknown>): Promise<void> => {
    const query = { kind: postKind.kind, index: 'in-channel', equals: value, limit: atOnce };
    for await (const items of everyPage(executor.store, query))
      await Promise.all(items.map(async (item) => await tell(stateIn(postKind, item))));
  };
  return handler({
    type: 'place.bring-cards',
    schema: z.object({}),
    deadline: minutes(5),
    onLostLease: 'again',
    patient: true,
    run: async (run) => {
      const place = await run.load(placeKind);
      if (place === undefined) return { outcome: 'done' };
      const { of, conversationId, serviceUrl } = place;
      const used = inUse(place)?.conversationId;
      await each(of, async ({ id }) => {
        const params = { of, serviceUrl, ...(used === undefined ? {} : { used }) };
        await executor.execute({ command: 'post.channel-changed', id, params, actor: crier });
      });
      // Guests have come, or may read along from now on: that is so for the threads in it as well.
      await each(inConversation(conversationId), async ({ id, copies }) => {
        const threads = copies.filter(
          ({ to }) => to.kind === 'thread' && withoutThread(to.conversationId) === conversationId,
        );
        const params = { copies: threads.map(({ key }) => key) };
        await executor.execute({ command: 'post.look-again', id, params, actor: crier });
      });
      return { outcome: 'done' };
    },
  });
}
