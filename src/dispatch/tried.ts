import type { Millis } from '../core/time.ts';
import { lookDelays } from './look.ts';
import { makesRoom, type Publication, type Tried } from './publication.ts';

/** So long something is tried in vain before a person is asked: as long as the last look for what may have arrived waits. */
const askedAfter = Math.max(...lookDelays);

/**
 * Attempts with another one that came to nothing, or of which nobody can tell.
 *
 * @param goesOn whether it is more than a moment's trouble
 * @param from those before somebody decided anew do not count
 */
export function triedInVain(before: Tried | undefined, goesOn: boolean, now: Millis, from = 0): Tried {
  const earlier = before !== undefined && before.since >= from ? before : undefined;
  const since = earlier?.since ?? now;
  const asked = earlier?.asked === true || (goesOn && now - since >= askedAfter);
  return { since, ...(asked ? { asked } : {}) };
}

/**
 * Whether it may be gone, though nobody heard so, while it is tried on to take it down; also by an attempt at deleting it
 * to make room, which it comes down without now.
 */
export const isRemovalUnclear = (publication: Publication): boolean =>
  publication.is === 'removing' &&
  (publication.tried?.unclear === true || (!makesRoom(publication) && publication.begun !== undefined));

/** What is to make room, and was tried in vain so long that a person is asked about it. */
export const isRoomAskedFor = (
  publication: Publication,
): publication is Extract<Publication, { readonly is: 'removing' }> =>
  publication.is === 'removing' && makesRoom(publication) && publication.tried?.asked === true;

/** What is to come down without what is known of attempts at that: they do not go on, or begin anew. */
export function untried(publication: Extract<Publication, { readonly is: 'removing' }>): Publication {
  const { tried: _before, ...rest } = publication;
  return rest;
}
