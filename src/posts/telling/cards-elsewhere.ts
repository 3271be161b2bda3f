import { z } from 'zod';
import type { NewEffect } from '../../core/change.ts';
import { withoutThread } from '../../core/conversation.ts';
import { idFrom } from '../../core/json.ts';
import { showCard, untouchedUntil } from './cards-to-show.ts';
import { channelKey, channelOfKey, channelsToShowIn } from './copies.ts';
import { effect, type RetiredCard } from '../post-effect.ts';
import { crierCommand } from '../command.ts';
import type { Copy } from '../post.ts';
import { refusePost } from '../refusals.ts';

/**
 * A card that is no copy any more is made to say so; none where it was never posted. `otherwise` is where Teams stands
 * for one that does not tell.
 */
export function retire(
  { key, posted }: Pick<Copy, 'key' | 'posted'>,
  otherwise: string,
  due: number,
): readonly NewEffect[] {
  if (posted === undefined) return [];
  const { activityId, conversationId, serviceUrl = otherwise } = posted;
  const of = channelOfKey(key);
  const data: RetiredCard = {
    activityId,
    conversationId,
    serviceUrl,
    ...(of === undefined ? {} : { of }),
  };
  return [effect(idFrom('retire', conversationId, activityId), { type: 'post.retire-card', data }, due)];
}

/** So many cards in Teams channels that were left are remembered, so that they do not say what is no longer so. */
const mostLeft = 5;

/**
 * Another Teams channel is used for a department, or the desk, or none any more. A card that stands in one that is not
 * used says so, whatever has become of the post; what waits, or has to be known, gets a card in the one that is.
 * May be repeated.
 */
export const channelChanged = crierCommand(
  'post.channel-changed',
  z.object({
    of: z.string(),
    /** the Teams channel that is used now, without a thread; absent: none */
    used: z.string().exactOptional(),
    serviceUrl: z.string(),
  }),
  (post, { of, used, serviceUrl }, { now }) => {
    const copy = post.copies.find(({ key }) => key === channelKey(of));
    if (copy === undefined) return refusePost('settled-already', {});
    const stands = copy.posted === undefined ? undefined : withoutThread(copy.posted.conversationId);
    if (stands !== undefined && stands === used) return refusePost('settled-already', {});
    const isWanted = post.status.is === 'held' || channelsToShowIn(post).includes(of);
    const { key, to, posted, left = [] } = copy;
    const past = [...left, ...(posted === undefined ? [] : [posted])].slice(-mostLeft);
    const fresh: Copy = { key, to, shown: 0, ...(past.length === 0 ? {} : { left: past }) };
    const others = post.copies.filter((each) => each !== copy);
    // In the one that is left they say so; in the one that is used again, that there is a newer card, where there is one.
    const again = left.filter(({ conversationId }) =>
      [stands, ...(isWanted ? [used] : [])].includes(withoutThread(conversationId)),
    );
    return {
      state: { ...post, copies: isWanted ? [...others, fresh] : others },
      audit: [],
      effects: [
        ...retire(copy, serviceUrl, Math.max(now, untouchedUntil(copy))),
        ...again.flatMap((card) => retire({ key, posted: card }, serviceUrl, now)),
        ...(isWanted && used !== undefined ? [showCard(fresh, now)] : []),
      ],
      drop: isWanted && used !== undefined ? [] : [`card:${copy.key}`],
    };
  },
);

/** Cards that show the post as it is have to show something else of it: others may read them now than when they were drawn. */
export const lookAgain = crierCommand(
  'post.look-again',
  z.object({ copies: z.array(z.string()) }),
  (post, { copies: keys }, { now }) => {
    const again = post.copies.flatMap((copy) =>
      keys.includes(copy.key) && copy.posted !== undefined ? [{ ...copy, shown: 0 }] : [],
    );
    if (again.length === 0) return refusePost('settled-already', {});
    const copies = post.copies.map((copy) => again.find(({ key }) => key === copy.key) ?? copy);
    return { state: { ...post, copies }, audit: [], effects: again.map((copy) => showCard(copy, now)) };
  },
);
