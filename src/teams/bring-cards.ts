import { crier } from '../core/context.ts';
import type { Executor } from '../core/execute.ts';
import { handler, type BoundHandler } from '../core/handler.ts';
import { hours, minutes } from '../core/time.ts';
import { z } from 'zod';
import { inUse, placeKind } from '../people/place.ts';
import { channelKey } from '../posts/telling/copies.ts';
import { inConversation } from '../posts/kind.ts';
import type { PostState } from '../posts/post.ts';
import { readAgain, standingIn } from './standing.ts';

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
