import type { Millis } from '../../core/time.ts';
import { mayTurnUp, roomWaitsForAccount, waitsForAccount } from '../../dispatch/publication.ts';
import { accountOf, isOneOf } from '../../dispatch/thread.ts';
import { accountBlocked, noClearAnswer } from '../../networks/network.ts';
import { changesInPlace, beingChanged } from './changes-in-place.ts';
import { isChangedByHand, unsaidByHand } from '../by-hand/done-by-hand.ts';
import { needsFreshDecision, waitsForTheDesk } from './fresh-decision.ts';
import type { PostState } from '../post.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';

/** How a correction that was agreed to goes on. */
export function correctionGoesOn(
  post: PostState,
): 'by-itself' | 'by-hand' | 'for-account' | 'for-desk' | 'held' | 'over' | 'no-more' {
  if (post.correction?.applied?.over === true) return 'over';
  if (post.status.is === 'held') return 'held';
  if (waitsForTheDesk(post) && correctionKeptOn(post).length > 0) return 'for-desk';
  if (!correctionIsStuck(post)) return 'by-itself';
  if (waitingCorrections(post).some((part) => correctionWaitsForAccount(post, part))) return 'for-account';
  return Object.keys(post.byHand ?? {}).some((part) => isChangedByHand(post, part)) ? 'by-hand' : 'no-more';
}

/** Whether a correction that was agreed to is known to have been made nowhere up to now. */
export function isMadeNowhereYet({ correction }: PostState): boolean {
  const { parts = {}, because = {}, unclear = [] } = correction?.applied ?? {};
  return (
    !Object.values(parts).includes('done') &&
    unclear.length === 0 &&
    !Object.values(because).includes(noClearAnswer)
  );
}

/**
 * Whether nothing more comes by itself for now of a correction that was agreed to: what is left of it did not go out,
 * somebody is asked to change it by hand, or it waits for an account that somebody has to connect again.
 */
export function correctionIsStuck(post: PostState): boolean {
  const publications = publicationsOf(post);
  return (
    post.correction?.applied !== undefined &&
    waitingCorrections(post).every(
      (part) =>
        !beingChanged(post).includes(part) &&
        (isChangedByHand(post, part) ||
          unsaidByHand(post).includes(part) ||
          correctionWaitsForAccount(post, part) ||
          ['failed', 'stopped'].includes(publications[part]?.is ?? '')),
    )
  );
}

/** What of a correction that was agreed to is not settled yet: keys of what changes or is posted. */
function waitingCorrections({ correction }: PostState): readonly string[] {
  const { parts = {} } = correction?.applied ?? {};
  return Object.keys(parts).filter((part) => parts[part] === 'waiting');
}

/** Whether what a correction changes, posts, or makes room for, waits until its account is connected again. */
export function correctionWaitsForAccount(post: PostState, part: string): boolean {
  const applied = post.correction?.applied;
  if (applied?.parts[part] !== 'waiting') return false;
  return (
    applied.waits?.[part] === accountBlocked ||
    waitsForAccount(publicationsOf(post)[part]) ||
    Object.values(publicationsOf(post)).some(
      (each) => roomWaitsForAccount(each) && each.instead !== undefined && isOneOf(part, [each.instead]),
    )
  );
}

/** The accounts on which a correction that was agreed to has not begun to be made, or to make room: a hold keeps it there. */
export function correctionKeptOn(post: PostState): readonly string[] {
  const publications = publicationsOf(post);
  const underWay = beingChanged(post);
  const kept = waitingCorrections(post).filter((part) => {
    const publication = publications[part];
    const isGoing = publication !== undefined && (mayTurnUp(publication) || publication.is === 'failed');
    return !isGoing && !underWay.includes(part) && !isChangedByHand(post, part);
  });
  return [...new Set(kept.map(accountOf))];
}

/** The accounts on which a correction that was agreed to is being made at this moment, or may turn up: nothing calls it back. */
export function correctionGoingOn(post: PostState): readonly string[] {
  const publications = publicationsOf(post);
  const going = waitingCorrections(post).filter((part) => {
    const publication = publications[part];
    return beingChanged(post).includes(part) || (publication !== undefined && mayTurnUp(publication));
  });
  return [...new Set(going.map(accountOf))];
}

/** From when on what a correction changes counts as tried: somebody agreed to it then, or let it go on. */
export const triedFrom = ({ status, correction }: PostState): Millis =>
  Math.max(correction?.applied?.at ?? 0, 'decidedAt' in status ? status.decidedAt : 0);

/** What was to be changed where it stands, and was tried in vain so long that the desk is asked: part keys. */
export function changesAskedFor(post: PostState): readonly string[] {
  if (needsFreshDecision(post)) return [];
  const { tried = {} } = post.correction?.applied ?? {};
  return changesInPlace(post).filter((part) => {
    const attempts = tried[part];
    return attempts?.asked === true && attempts.since >= triedFrom(post);
  });
}
