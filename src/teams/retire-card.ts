import { z } from 'zod';
import { handler, type BoundHandler, type Outcome } from '../core/handler.ts';
import { seconds } from '../core/time.ts';
import { postKind } from '../posts/kind.ts';
import { movedCard } from './cards/answer-cards.ts';
import type { Place } from './courier.ts';
import type { CardsParts } from './show-card.ts';
import { tryAgainAfter } from './courier.ts';

/**
 * Makes a card that no longer follows its post say so, instead of a state that is past and buttons for it. One that
 * was pressed meanwhile, and so is the post's card again, stays.
 */
export function retireCardHandler({
  courier,
  mayPost,
}: Pick<CardsParts, 'courier' | 'mayPost'>): BoundHandler {
  return handler({
    type: 'post.retire-card',
    schema: z.object({ activityId: z.string(), conversationId: z.string(), serviceUrl: z.string() }),
    deadline: seconds(20),
    onLostLease: 'again',
    patient: true,
    run: async ({ data, load }, signal): Promise<Outcome> => {
      const post = await load(postKind);
      if (post === undefined) return { outcome: 'done' };
      if (post.copies.some(({ posted }) => posted?.activityId === data.activityId))
        return { outcome: 'done' };
      const wait = await mayPost(data.conversationId);
      if (wait !== undefined) return { outcome: 'retry', after: wait.wait };
      const { conversationId, serviceUrl } = data;
      const place: Place = { kind: 'personal', conversationId, serviceUrl };
      const sent = await courier.update(place, data.activityId, movedCard(post.number), signal);
      if (sent.sent || sent.why === 'gone' || sent.why === 'too-large') return { outcome: 'done' };
      return { outcome: 'retry', after: tryAgainAfter(sent) };
    },
  });
}
