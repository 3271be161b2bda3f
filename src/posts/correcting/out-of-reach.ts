import type { AuditNote } from '../../core/change.ts';
import type { Millis } from '../../core/time.ts';
import { hasNotLeft, makesRoom, type Publication } from '../../dispatch/publication.ts';
import { accountOf, isOfCorrection, isOneOf } from '../../dispatch/thread.ts';
import { rehearses } from '../../networks/network.ts';
import { isChangedByHand } from '../by-hand/done-by-hand.ts';
import { withPublications, withThese } from '../leaving/publications.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import type { PostState } from '../post.ts';
import { beingChanged } from './changes-in-place.ts';
import { correctedNote, partMissed } from './correction-parts.ts';

/**
 * The post with what its correction, which was agreed to, does not put right on accounts that rehearse: what stands there in
 * public is neither changed, answered nor deleted for it, whatever the account is by the time at which that would be its
 * turn. What has begun is gone on with.
 */
export function missedOn(
  accounts: readonly string[],
  post: PostState,
  now: Millis,
): { readonly post: PostState; readonly audit: readonly AuditNote[] } {
  const { parts = {} } = post.correction?.applied ?? {};
  const missed = Object.keys(parts).filter(
    (part) => parts[part] === 'waiting' && accounts.includes(accountOf(part)) && isUnbegun(post, part),
  );
  if (missed.length === 0) return { post, audit: [] };
  const left = Object.entries(publicationsOf(post))
    .filter(([key]) => !(isOfCorrection(key) && isOneOf(key, missed)))
    .map(([key, each]): [string, Publication] => [
      key,
      each.is === 'removing' && missed.includes(each.instead ?? '')
        ? { is: 'published', remote: each.remote, at: each.publishedAt }
        : each,
    ]);
  const stays = withThese(post, Object.fromEntries(left));
  // Whatever lets on what is held gives it its state.
  const settled = post.status.is === 'held' ? stays : withPublications(stays, {}, now);
  return {
    post: missed.reduce((each, part) => partMissed(each, part, rehearses) ?? each, settled),
    audit: missed.map((part) => correctedNote(post, part, false, rehearses)),
  };
}

/** Whether nothing has been done yet of a part of a correction. What people change by hand is theirs. */
function isUnbegun(post: PostState, part: string): boolean {
  const publications = publicationsOf(post);
  if (beingChanged(post).includes(part) || isChangedByHand(post, part)) return false;
  if (!isOfCorrection(part)) return publications[part]?.is === 'published';
  return Object.entries(publications).every(([key, each]) =>
    isOneOf(key, [part])
      ? hasNotLeft(each)
      : !('instead' in each && each.instead === part) || (makesRoom(each) && !('begun' in each)),
  );
}
