import { crier } from '../core/context.ts';
import { z } from 'zod';
import { readableState, stateOf, type Executor } from '../core/execute.ts';
import { handler, type BoundHandler, type Outcome } from '../core/handler.ts';
import { seconds } from '../core/time.ts';
import { threadIn } from '../core/conversation.ts';
import { digestsOf, inUse, placeId, placeKind } from '../people/place.ts';
import { postKind } from '../posts/kind.ts';
import { isLate } from '../posts/leaving/too-late.ts';
import type { PostState } from '../posts/post.ts';
import { updatedOrAnew, type Content, type Courier, type Place } from './courier.ts';
import { tryAgainAfter } from './not-sent.ts';
import { closeChannel } from './guests.ts';

/** What a digest stands on. */
export interface DigestParts {
  readonly executor: Executor;
  readonly courier: Courier;
  /** one card that lists the posts for everybody in the Teams channel */
  readonly draw: (posts: readonly PostState[]) => Content;
  readonly mayPost: (conversationId: string) => Promise<{ readonly wait: number } | undefined>;
}

/** Whether a post gets a card of its own in a Teams channel now, or stands in the digest of a storm. */
export async function ownCardIn(of: string, post: PostState, executor: Executor): Promise<boolean> {
  const made = await executor.execute({
    command: 'place.make-room',
    id: placeId(of),
    params: { post: post.id, ...(isLate(post) ? { late: true } : {}) },
    actor: crier,
  });
  if (!made.done) return true;
  return !digestsOf(stateOf(placeKind, made)).some(({ posts }) => posts.includes(post.id));
}

/** Keeps the one card of a storm at what stands in it: without `from`, as an earlier release asked, the newest. */
export function digestHandler({ executor, courier, draw, mayPost }: DigestParts): BoundHandler {
  return handler({
    type: 'place.digest',
    schema: z.object({ from: z.int().exactOptional() }),
    deadline: seconds(20),
    onLostLease: 'again',
    run: async (run, signal): Promise<Outcome> => {
      const place = await run.load(placeKind);
      if (place === undefined || inUse(place) === undefined) return { outcome: 'done' };
      const { from } = run.data;
      const digest = digestsOf(place).findLast((each) => from === undefined || each.from === from);
      if (digest === undefined || (digest.posts.length === 0 && digest.posted === undefined))
        return { outcome: 'done' };
      const wait = await mayPost(place.conversationId);
      if (wait !== undefined) return { outcome: 'retry', after: wait.wait };
      const loaded = await Promise.all(
        digest.posts.map(async (id) => await readableState(executor, postKind, id)),
      );
      const content = draw(loaded.flatMap((post) => (post === undefined ? [] : [post])));
      const { conversationId, serviceUrl } = place;
      const channel: Place = { kind: 'teams-channel', conversationId, serviceUrl };
      const sent =
        digest.posted === undefined
          ? await courier.post(channel, content, signal)
          : await updatedOrAnew(
              courier,
              { there: inThread(channel, digest.posted.conversationId), place: channel },
              digest.posted.activityId,
              content,
              signal,
            );
      if (sent.sent) {
        const { activityId } = sent;
        const value = { from: digest.from, posted: { activityId, conversationId: sent.conversationId } };
        return { outcome: 'done', value };
      }
      if (sent.why === 'gone') await closeChannel(place, 'gone', executor);
      if (sent.why === 'gone' || sent.why === 'too-large') return { outcome: 'done' };
      return { outcome: 'retry', after: tryAgainAfter(sent) };
    },
    settled: (run, outcome) =>
      outcome.outcome === 'done' && outcome.value !== undefined
        ? { command: 'place.digest-shown', id: run.id, params: outcome.value }
        : undefined,
  });
}

/** A card is updated in the thread that it began. */
function inThread(
  channel: Extract<Place, { readonly kind: 'teams-channel' }>,
  conversationId: string,
): Place {
  const thread = threadIn(conversationId);
  return thread === undefined ? channel : { ...channel, thread };
}
