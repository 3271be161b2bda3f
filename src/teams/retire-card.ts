import { z } from 'zod';
import { withoutThread } from '../core/conversation.ts';
import { handler, type BoundHandler, type Full, type Lane, type Outcome } from '../core/handler.ts';
import { seconds, type Millis } from '../core/time.ts';
import { digestsOf, inUse, placeId, placeKind, type PlaceState } from '../people/place.ts';
import { channelKey } from '../posts/telling/copies.ts';
import type { RetiredCard } from '../posts/post-effect.ts';
import { postKind } from '../posts/kind.ts';
import type { PostState } from '../posts/post.ts';
import { digestNotHereCard, movedCard, notHereCard, otherDepartmentCard } from './cards/answer-cards.ts';
import type { Content, Place } from './courier.ts';
import { tryAgainAfter } from './not-sent.ts';
import type { CardsParts } from './show-card.ts';

const card = z.object({ activityId: z.string(), conversationId: z.string(), serviceUrl: z.string() });
type Stands = z.infer<typeof card>;

type Parts = Pick<CardsParts, 'courier' | 'mayPost' | 'executor' | 'rules'>;

/** How many cards of one conversation are retired at a time: a Teams channel that is left may have hundreds. */
const retiredAtOnce = 4;

const laneOf = ({ conversationId }: Stands): Lane => ({
  name: `retire ${withoutThread(conversationId)}`,
  width: retiredAtOnce,
});

/** Makes a card that nothing follows any more say so, instead of a state that is past and buttons for it. */
async function retired(
  { activityId, conversationId, serviceUrl }: Stands,
  content: Content,
  { courier, mayPost }: Parts,
  signal: AbortSignal,
): Promise<Outcome | Full> {
  const wait = await mayPost(conversationId);
  if (wait !== undefined) return { outcome: 'full', after: wait.wait };
  const place: Place = { kind: 'personal', conversationId, serviceUrl };
  const sent = await courier.update(place, activityId, content, signal);
  if (sent.sent || sent.why === 'gone' || sent.why === 'too-large') return { outcome: 'done' };
  return { outcome: 'retry', after: tryAgainAfter(sent) };
}

/** Since when a conversation is not, nor is in, the Teams channel that is used; undefined where it is. */
function leftSince(place: PlaceState, conversationId: string): Millis | undefined {
  if (inUse(place)?.conversationId === withoutThread(conversationId)) return undefined;
  return place.closed?.at ?? place.at;
}

/** What a card says that follows its post no more: it has moved on in its chat, or what it stood in is not for it now. */
async function contentFor(
  post: PostState,
  { of, conversationId }: RetiredCard,
  { executor, rules }: Parts,
  now: Millis,
): Promise<Content> {
  if (of === undefined) return movedCard(post.number);
  const place = await executor.load(placeKind, placeId(of));
  const since = place === undefined ? undefined : leftSince(place.state, conversationId);
  if (since !== undefined) return notHereCard(post.number, { of, since }, rules(), now);
  return post.copies.some(({ key }) => key === channelKey(of))
    ? movedCard(post.number)
    : otherDepartmentCard(post.number, post.department, rules());
}

/** How cards are retired: one after the other in each conversation, after what people wait for. */
const retiring = {
  deadline: seconds(20),
  onLostLease: 'again',
  patient: true,
  lane: laneOf,
} as const;

/** A card that no longer follows its post. One that was pressed meanwhile, and so is the post's card again, stays. */
export function retireCardHandler(parts: Parts): BoundHandler {
  return handler({
    type: 'post.retire-card',
    schema: card.extend({ of: z.string().exactOptional() }),
    ...retiring,
    run: async ({ data, load, now }, signal) => {
      const post = await load(postKind);
      if (post === undefined) return { outcome: 'done' };
      if (post.copies.some(({ posted }) => posted?.activityId === data.activityId))
        return { outcome: 'done' };
      const content = await contentFor(post, data, parts, now);
      return await retired(data, content, parts, signal);
    },
  });
}

/** The card of a storm that is not kept at what is so any more: mostly in a Teams channel that is not used any more. */
export function retireDigestHandler(parts: Parts): BoundHandler {
  return handler({
    type: 'place.retire-digest',
    schema: card,
    ...retiring,
    run: async ({ data, load, now }, signal) => {
      const place = await load(placeKind);
      if (place === undefined) return { outcome: 'done' };
      if (digestsOf(place).some(({ posted }) => posted?.activityId === data.activityId))
        return { outcome: 'done' };
      const since = leftSince(place, data.conversationId);
      const left = since === undefined ? undefined : { of: place.of, since };
      const content = digestNotHereCard(left, parts.rules(), now);
      return await retired(data, content, parts, signal);
    },
  });
}
