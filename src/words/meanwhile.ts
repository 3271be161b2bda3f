import { awaitsCorrection } from '../posts/correcting/correctable.ts';
import { correctionGoesOn } from '../posts/correcting/correction-goes-on.ts';
import { waitsForTheDesk } from '../posts/correcting/fresh-decision.ts';
import { isAllDown } from '../posts/taking-down/over.ts';
import type { PostState } from '../posts/post.ts';
import { isToLeave } from '../posts/leaving/to-go-out.ts';
import { isPublic, publicationsOf, publicSince } from '../posts/leaving/what-is-public.ts';
import { sayList } from './names.ts';
import { waitsForAccounts } from './state.ts';

/** @returns how a post goes on while nothing is done to it, as what follows `until it is saved, ` */
export function meanwhileWords(post: PostState): string {
  switch (post.status.is) {
    case 'draft':
    case 'sent-back':
      return 'it stays as it was, and nothing of it goes out';
    case 'in-review':
      return 'it waits for approval as it was, and goes out like that once it is approved';
    case 'held':
      return sayList([...standing(post), isPublic(post) ? heldRest(post) : 'it stays held as it was']);
    case 'cancelled':
    case 'not-to-be-published':
    case 'expired':
      return 'nothing of it goes out';
    case 'taken-down':
      return isAllDown(post) ? 'it stays taken down' : 'what is not known to be down may stay public';
    default: {
      const all = [...standing(post), ...leaving(post), ...asked(post), ...ofCorrection(post)];
      return all.length === 0 ? 'what is on its way goes on' : sayList(all, 'and', most);
    }
  }
}

/** More clauses than there ever are. */
const most = 6;

const standing = (post: PostState): readonly string[] =>
  isPublic(post) ? ['what is public stays as it is'] : [];

const heldRest = (post: PostState): string =>
  publicSince(post) === undefined ? 'the rest stays held' : 'its correction stays held';

/** What leaves by itself, what that waits for, or that nothing does. */
function leaving(post: PostState): readonly string[] {
  const out = isPublic(post);
  const rest = out ? 'the rest of it' : 'it';
  const publications = publicationsOf(post);
  if (waitsForTheDesk(post)) return ['it waits for a decision as before'];
  if (isToLeave(post) && awaitsCorrection(post)) return [`${rest} waits until the correction is decided`];
  if (isToLeave(post) && waitsForAccounts(publications))
    return [`${rest} waits as before until an account is connected again`];
  if (isToLeave(post) && publicSince(post) === undefined)
    return [
      out
        ? 'the rest of what was approved goes out as it was'
        : 'what was approved before goes out as it was, at the time that it had',
    ];
  const { is } = post.status;
  if (asked(post).length > 0) return [];
  if (is === 'failed') return ['nothing of it goes out by itself'];
  return is === 'partly-published' ? ['nothing more of it goes out by itself'] : [];
}

/** What somebody is asked about it and has not answered. */
const asked = (post: PostState): readonly string[] => [
  ...(Object.values(publicationsOf(post)).some(({ is }) => is === 'unknown')
    ? ['nothing is posted again where nobody can tell yet whether it is there']
    : []),
  ...(Object.keys(post.byHand ?? {}).length > 0
    ? ['whoever was asked to do something by hand is still asked']
    : []),
];

function ofCorrection(post: PostState): readonly string[] {
  if (post.correction === undefined) return [];
  if (awaitsCorrection(post)) return ['the correction that was asked for waits as before'];
  const goes = correctionGoesOn(post);
  return goes === 'by-itself' || goes === 'for-account' ? ['the correction that was agreed to goes on'] : [];
}
