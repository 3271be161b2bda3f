import { z } from 'zod';
import type { Executor } from '../core/execute.ts';
import { handler, type BoundHandler, type Outcome } from '../core/handler.ts';
import { hours, seconds } from '../core/time.ts';
import { inUse, type PlaceState } from '../people/place.ts';
import { rosterKind } from '../people/roster.ts';
import { inConversation } from '../posts/kind.ts';
import { chosenPlaces, closeChannel, guestsRead, type Guests } from './guests.ts';
import { readAgain, standingIn } from './standing.ts';

/**
 * Somebody came into a conversation, or went. Teams tells of a whole team in the one Teams channel that each has, so
 * every one that is used is looked at; one with guests is closed, and threads show nothing that is not for them.
 */
export function lookWhoReadsHandler(parts: {
  readonly executor: Executor;
  readonly guests: Guests;
}): BoundHandler {
  const { executor, guests } = parts;

  /** Closes one that has guests. @returns how long to wait where Teams does not tell now */
  async function look(place: PlaceState, signal: AbortSignal): Promise<number> {
    const found = await guests.areIn(place, signal);
    if (typeof found === 'object') return found.wait;
    if (found) await closeChannel(place, 'guests', executor);
    return 0;
  }

  return handler({
    type: 'roster.look',
    schema: z.object({}),
    deadline: seconds(60),
    onLostLease: 'again',
    patient: true,
    before: async () => await Promise.resolve({ go: true, longest: hours(2) }),
    run: async ({ load }, signal): Promise<Outcome> => {
      const told = await load(rosterKind);
      if (told === undefined) return { outcome: 'done' };
      // Another process may have heard of it.
      guests.forget();
      const read = await guestsRead(told, parts, signal);
      if (read === true)
        for await (const posts of standingIn(executor, [inConversation(told.conversationId)]))
          await Promise.all(posts.map((post) => readAgain(executor, post, told.conversationId)));
      const waits: number[] = typeof read === 'object' ? [read.wait] : [];
      for (const place of await chosenPlaces(executor))
        if (inUse(place) !== undefined) waits.push(await look(place, signal));
      const wait = Math.max(0, ...waits);
      return wait === 0 ? { outcome: 'done' } : { outcome: 'retry', after: wait };
    },
  });
}
