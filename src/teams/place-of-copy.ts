import { z } from 'zod';
import { personKnown } from '../people/known.ts';
import { threadIn, withoutThread } from '../core/conversation.ts';
import type { Executor } from '../core/execute.ts';
import { inUse, placeId, placeKind, type PlaceState } from '../people/place.ts';
import type { Copy } from '../posts/post.ts';
import type { Place } from './courier.ts';
import { chosenPlaces } from './guests.ts';

/** Where the copies of cards belong in Teams, and where they stand. */

/** A card stands in a Teams channel that is not used any more; `used` is the one that is. */
export const left = z.object({ of: z.string(), used: z.string().exactOptional(), serviceUrl: z.string() });
type Left = z.infer<typeof left>;

/** @returns where a copy belongs, and by which object id the owner of a personal one is known now */
export async function placeOfCopy(
  copy: Copy,
  { executor, tenantId }: { readonly executor: Executor; readonly tenantId: string | undefined },
): Promise<{
  readonly place: Place | 'no-place' | 'unreachable';
  readonly owner?: string | undefined;
  /** the Teams channel that is used */
  readonly channel?: PlaceState;
  readonly left?: Left;
}> {
  switch (copy.to.kind) {
    case 'person': {
      const person = await personKnown(executor, copy.to.person);
      const owner = person?.objectId;
      if (person?.chat !== undefined) return { place: { kind: 'personal', ...chatOf(person.chat) }, owner };
      if (owner === undefined || tenantId === undefined) return { place: 'unreachable', owner };
      const serviceUrl = await anyServiceUrl(executor);
      return serviceUrl === undefined
        ? { place: 'unreachable', owner }
        : { place: { kind: 'personal-new', userId: owner, tenantId, serviceUrl }, owner };
    }
    case 'teams-channel': {
      const known = (await executor.load(placeKind, placeId(copy.to.of)))?.state;
      // What stands in one that is not there for us is left as it is.
      if (known === undefined || known.closed?.why === 'gone') return { place: 'no-place' };
      const { of, conversationId, serviceUrl } = known;
      const used = inUse(known)?.conversationId;
      if (copy.posted !== undefined && withoutThread(copy.posted.conversationId) !== used)
        return {
          place: 'no-place',
          left: { of, serviceUrl, ...(used === undefined ? {} : { used }) },
        };
      if (used === undefined) return { place: 'no-place' };
      return { place: { kind: 'teams-channel', conversationId, serviceUrl }, channel: known };
    }
    case 'thread':
      return { place: threadPlace(copy.to.conversationId, copy.to.serviceUrl) };
  }
}

const chatOf = ({ conversationId, serviceUrl }: { conversationId: string; serviceUrl: string }) => ({
  conversationId,
  serviceUrl,
});

/** A thread's id is that of the Teams channel with the message it began with. */
function threadPlace(conversationId: string, serviceUrl: string): Place {
  const thread = threadIn(conversationId);
  return thread === undefined
    ? { kind: 'personal', conversationId, serviceUrl }
    : { kind: 'teams-channel', conversationId: withoutThread(conversationId), thread, serviceUrl };
}

/** Teams' address is the same for every conversation of a tenant's region: that of any Teams channel serves. */
async function anyServiceUrl(executor: Executor): Promise<string | undefined> {
  return (await chosenPlaces(executor))[0]?.serviceUrl;
}

/**
 * @returns where a copy stands. Somebody's chat may have moved since it was posted, as between the two of a rehearsal; one with
 * an object id that is not theirs any more is somebody else's.
 */
export function whereStands({ posted: at }: Copy, owner: string | undefined, place: Place): Place {
  if (at?.serviceUrl === undefined || owner === undefined || at.objectId !== owner) return place;
  const { conversationId, serviceUrl } = at;
  return { kind: 'personal', conversationId, serviceUrl };
}

/** @returns the conversation in whose budget a send to a place counts */
export function conversationOf(place: Place): string {
  return place.kind === 'personal-new' ? `new:${place.userId}` : place.conversationId;
}
