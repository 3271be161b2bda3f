import type { Executor } from '../core/execute.ts';
import { minutes, seconds, type Millis } from '../core/time.ts';
import { crier } from '../core/context.ts';
import { withoutThread } from '../core/conversation.ts';
import { statesIn } from '../core/forms.ts';
import { inUse, placeId, placeKind, type PlaceState } from '../people/place.ts';
import type { Courier } from './courier.ts';

/** Knows whether there are guests in the Teams channels that are used. */
export interface Guests {
  /** whether people from outside the council are in it now, though the desk has not said that it is used all the same */
  readonly areIn: (
    place: Pick<PlaceState, 'conversationId' | 'serviceUrl' | 'guestsAllowed'>,
    signal: AbortSignal,
  ) => Promise<boolean | { readonly wait: Millis }>;
  /** somebody came or went: who is where is looked at again */
  readonly forget: () => void;
}

/** So long is remembered who is in a Teams channel: Teams tells when somebody comes, though not every process. */
const rememberedFor = minutes(5);

/** Looks who is in a Teams channel before something goes there that is not public yet. */
export function createGuests(courier: Pick<Courier, 'members'>, clock: () => Millis): Guests {
  let without = new Map<string, Millis>();
  return {
    areIn: async ({ conversationId, serviceUrl, guestsAllowed }, signal) => {
      if (guestsAllowed === true || (without.get(conversationId) ?? 0) > clock()) return false;
      // Whoever comes while we look is not in what we are told: that is kept where nobody reads it any more.
      const asked = without;
      const told = await courier.members({ kind: 'teams-channel', conversationId, serviceUrl }, signal);
      if (!told.sent) {
        // Where there is no such Teams channel any more, what is sent there finds it out.
        if (told.why === 'gone') return false;
        return { wait: told.why === 'later' ? told.after : seconds(5) };
      }
      if (told.members.some(({ isGuest }) => isGuest)) return true;
      asked.set(conversationId, clock() + rememberedFor);
      return false;
    },
    forget: () => {
      without = new Map();
    },
  };
}

/**
 * Whether people from outside the council are in a conversation, where the desk has not said that its Teams channel is
 * used all the same: what is not public yet is not for everybody there.
 */
export async function guestsRead(
  { conversationId, serviceUrl }: Pick<PlaceState, 'conversationId' | 'serviceUrl'>,
  { guests, executor }: { readonly guests: Pick<Guests, 'areIn'>; readonly executor: Executor },
  signal: AbortSignal,
): Promise<boolean | { readonly wait: Millis }> {
  const found = await guests.areIn({ conversationId: withoutThread(conversationId), serviceUrl }, signal);
  if (found !== true) return found;
  const places = await chosenPlaces(executor);
  return !places.some(
    (place) => place.guestsAllowed === true && inUse(place)?.conversationId === withoutThread(conversationId),
  );
}

/** Every Teams channel that was chosen, also those that are not used any more. There are few. */
export async function chosenPlaces({ store }: Pick<Executor, 'store'>): Promise<readonly PlaceState[]> {
  const { items } = await store.list({ kind: placeKind.kind, index: 'all', limit: 200 });
  return statesIn(placeKind, items);
}

/** A Teams channel that is not there for us, or has guests, is not used any more; whoever has to know is told. */
export async function closeChannel(
  { of, conversationId }: Pick<PlaceState, 'of' | 'conversationId'>,
  why: 'gone' | 'guests',
  executor: Executor,
): Promise<void> {
  const call = { command: 'place.close', id: placeId(of), params: { conversationId, why } };
  await executor.execute({ ...call, actor: crier });
}
