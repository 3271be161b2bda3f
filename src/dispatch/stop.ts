import type { Millis } from '../core/time.ts';
import { inVain } from './attempt.ts';
import { mayBeGone } from './perhaps-gone.ts';
import { makesRoom, type Publication } from './publication.ts';
import { untried } from './tried.ts';

/** Stops what has not begun to leave, and what a person was asked for; anything else is on its way or settled. */
export function stop(publication: Publication, now: Millis): Publication {
  switch (publication.is) {
    case 'queued':
      return { is: 'stopped', at: now, ...inVain(publication) };
    case 'asked':
      // They may have posted it before they hear of that; whoever was to be asked at this moment has not heard of it.
      return publication.since === now
        ? { is: 'stopped', at: now }
        : { is: 'stopped', at: now, lookFrom: publication.since };
    case 'removing':
      // What makes room is not tried any more; whether it is gone is looked up.
      return makesRoom(publication) ? untried(publication) : publication;
    default:
      return publication;
  }
}

/** Nothing more is to come of it: what has not left never does. What is on its way, or may stand, is as it turns out. */
export function giveUp(publication: Publication, now: Millis): Publication {
  switch (publication.is) {
    case 'queued':
    case 'asked':
      return { is: 'stopped', at: now, forGood: true };
    case 'failed':
    case 'stopped':
      return { is: 'stopped', at: publication.at, forGood: true };
    default:
      return publication;
  }
}

/** Whether a hold stopped it, and nobody said that it does not go out. */
export const mayComeBack = (publication: Publication): boolean =>
  publication.is === 'stopped' && publication.forGood !== true;

/** Whether nothing of it has left or may have, and nothing was decided about it: as if it had never been let go. */
export const isUntouched = (publication: Publication): boolean =>
  publication.is === 'stopped' && mayComeBack(publication) && publication.lookFrom === undefined;

/** Whether it was leaving when its post was held, and its account refused it after that: it is held with the rest. */
export const isRefusedSince = (publication: Publication, heldAt: Millis): boolean =>
  publication.is === 'failed' && publication.at >= heldAt;

/**
 * What comes back, or was refused since it was held, waits for its turn again; what was lost before may still show up.
 * What was being deleted is deleted once more, which tells whether it is gone.
 */
export function letGoOn(publication: Publication, heldAt: Millis): Publication {
  if (publication.is === 'stopped' && mayComeBack(publication))
    return { is: 'queued', tries: 0, ...inVain(publication) };
  if (isRefusedSince(publication, heldAt)) return { is: 'queued', tries: 0 };
  if (!mayBeGone(publication)) return publication;
  const { at, attempt } = publication.begun;
  return { ...publication, begun: { at, attempt, before: true } };
}
