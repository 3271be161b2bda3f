import { waitsForAccount } from '../../dispatch/publication.ts';
import { isUntouched, stop } from '../../dispatch/stop.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { awaitsCorrection, isHeldForWords, isOpenToCorrection } from '../correcting/correctable.ts';
import { stateOf } from '../taking-down/over.ts';
import { isPublic, publicationsOf, publicSince } from './what-is-public.ts';
import { removers } from '../deciding/may.ts';
import type { DeskRules, PostState } from '../post.ts';
import { type PostRefusal, refusePost } from '../refusals.ts';

/** Why a post can not be edited, cancelled, planned anew or turned down as it stands: of one that is leaving, what it waits for and what can be done. */
export function notNow(
  post: PostState,
  action: Extract<PostRefusal, { readonly refused: 'on-its-way' }>['facts']['action'],
): PostRefusal {
  if (post.status.is !== 'publishing' || publicSince(post) !== undefined)
    return refusePost('not-now', { state: stateOf(post), action });
  const all = Object.entries(publicationsOf(post));
  const under = all.filter(([, { is }]) => is === 'queued' || is === 'sending');
  const waits = under.every(([, each]) => waitsForAccount(each))
    ? under.map(([part]) => accountOf(part))
    : [];
  return refusePost('on-its-way', {
    action,
    number: post.number,
    waits: [...new Set(waits)],
    correction: awaitsCorrection(post),
    kept: isHeldForWords(post),
    public: isPublic(post),
    correctable: isOpenToCorrection(post),
    // Held, it is as one that never began to leave.
    untouched: all.every(([, each]) => isUntouched(stop(each, post.changedAt))),
  });
}

/** Why somebody cannot keep back what is out, and who can take it down instead; undefined where it is not out. */
export function isOut(
  post: PostState,
  action: Extract<PostRefusal, { readonly refused: 'is-public' }>['facts']['action'],
  person: string,
  rules: DeskRules,
): PostRefusal | undefined {
  const { is } = post.status;
  if ((is !== 'published' && is !== 'partly-published') || !isPublic(post)) return undefined;
  const may = removers(rules);
  return refusePost('is-public', { action, state: is, may, own: may.includes(person) });
}
