import { afresh } from '../../approval/review.ts';
import { waitsForAccount, type Publication } from '../../dispatch/publication.ts';
import { letGoOn, stop } from '../../dispatch/stop.ts';
import type { Millis } from '../../core/time.ts';
import { isKeptBack, openHold, waitsForOtherWords, type HeldStep } from '../stopping/open-hold.ts';
import { isReply, accountOf, inSameThread } from '../../dispatch/thread.ts';
import { isSettled } from '../../dispatch/together.ts';
import { goneOn, refusedAnew } from '../taking-down/came-down.ts';
import { correctionIsStuck } from './correction-goes-on.ts';
import { deletionBegunOn } from './deletions-begun.ts';
import type { Correction, PostContext, PostState } from '../post.ts';
import { reviewAwaited } from '../deciding/reviews.ts';
import { isEditable, isStoppedByRule } from '../leaving/to-go-out.ts';
import { publicationsOf, isPublic, publicSince } from '../leaving/what-is-public.ts';
import { stateOf } from '../taking-down/over.ts';
import { stepsOf } from '../telling/past.ts';
import { droppedBy } from './standing.ts';
import { type PostRefusal, refusePost } from '../refusals.ts';

/** What of a post can be corrected now, and why nothing of it can. */

/**
 * Whether something stands that can be put right, or was deleted for that and refused since. What has not left waits
 * meanwhile, and then says what is right; what may be on its way is put right once it is known where it stands.
 */
export function isCorrectable(before: PostState): boolean {
  const post = inOtherWords(before);
  const { status } = post;
  if (refusedAnew(post) !== undefined) return true;
  const isOut = status.is === 'publishing' || status.is === 'published' || status.is === 'partly-published';
  return isOut && isPublic(post) && halfOutOn(post).length === 0;
}

/**
 * The post as it goes on once somebody asks for other words. Where what has not gone out is held, by whomever, and a rule
 * stops it, nobody can release it: it waits for those in place of that, and leaves with what is agreed to, where whoever
 * agreed approves it by its own route as well, or is held again.
 */
export function inOtherWords(post: PostState): PostState {
  const { status } = post;
  if (status.is !== 'held' || !isStoppedByRule(post) || !isPublic(post)) return post;
  const { plan, review, at, out = {} } = status;
  const publications = Object.fromEntries(
    Object.entries(out).map(([part, each]): [string, Publication] => [part, letGoOn(each, at)]),
  );
  // Nobody has released that hold.
  const past = stepsOf(post);
  return { ...post, past, status: { is: 'publishing', plan, review, decidedAt: at, publications } };
}

/**
 * A post that is held while such words wait for somebody to agree, as it goes on: the hold voids what was agreed to of them,
 * and nothing leaves before they are agreed to afresh. Undefined where a release lets it go on, or nobody asked for any.
 */
export function waitingForWords(
  post: PostState,
  { now, newId }: Pick<PostContext, 'now' | 'newId'>,
): PostState | undefined {
  const { correction } = post;
  const goesOn = inOtherWords(post);
  if (correction === undefined || goesOn === post || !awaitsCorrection(post)) return undefined;
  return {
    ...goesOn,
    correction: { ...correction, review: afresh(correction.review, newId('review'), now) },
  };
}

/** The hold that keeps back what waits for other words, which somebody has asked for; undefined where none does. */
export const holdForWords = (post: PostState): HeldStep | undefined =>
  awaitsCorrection(post) && waitsForOtherWords(post) ? openHold(post) : undefined;

/** Whether a hold would do nothing: it was held since such words were asked for, and nobody has agreed to them since. */
export const isHeldForWords = (post: PostState): boolean => {
  const { correction } = post;
  const hold = holdForWords(post);
  return (
    hold !== undefined &&
    correction !== undefined &&
    hold.at >= correction.at &&
    correction.review.decisions.length === 0
  );
};

/** The post with what waited for other words stopped, so that its hold, which nobody has released, takes it again. */
export function withoutOtherWords(post: PostState, now: Millis): PostState {
  const { status } = post;
  if (!('publications' in status) || status.is === 'taken-down' || !waitsForOtherWords(post)) return post;
  const publications = Object.fromEntries(
    Object.entries(status.publications).map(([part, each]): [string, Publication] => [
      part,
      each.is === 'queued' && isKeptBack(post, part) ? stop(each, now) : each,
    ]),
  );
  return { ...post, status: { ...status, publications } };
}

/** The accounts on which part of a thread, or what a reply is to answer, stands, and nobody knows yet what becomes of the rest. */
function halfOutOn(post: PostState): readonly string[] {
  const all = Object.entries(publicationsOf(post));
  const standing = new Set(all.flatMap(([part, { is }]) => (is === 'published' ? [accountOf(part)] : [])));
  const open = Object.keys(publicationsOf(post)).filter((part) => isOpen(post, part));
  return [...new Set(open.map(accountOf).filter((account) => standing.has(account)))];
}

/** The same, but for where only a reply is under way to what stands there whole. */
const begunOn = (post: PostState): readonly string[] =>
  halfOutOn(post).filter((account) => {
    const all = Object.entries(publicationsOf(post)).filter(([part]) => accountOf(part) === account);
    return all.some(
      ([part]) =>
        isOpen(post, part) && all.some(([key, { is }]) => is === 'published' && inSameThread(key, part)),
    );
  });

/** Whether it is to go out, or may have, and that is not settled: other words can not take its place before. */
function isOpen(post: PostState, part: string): boolean {
  const publications = publicationsOf(post);
  const publication = publications[part];
  if (publication === undefined || (isSettled(publication) && publication.is !== 'unknown')) return false;
  // What a reply answers is whole without it: while its account keeps all of it waiting, another can take its place.
  const thread = Object.entries(publications).filter(([key]) => inSameThread(key, part));
  const waits =
    thread.every(([, { is }]) => is === 'queued') && thread.some(([, each]) => waitsForAccount(each));
  return !(isReply(part) && waits);
}

/**
 * Whether somebody may ask for a correction now: none waits, and nothing more comes by itself of one that was agreed to.
 * What may be gone is known to stand first.
 */
export const isOpenToCorrection = (post: PostState): boolean =>
  isCorrectable(post) &&
  (post.correction === undefined || correctionIsStuck(post)) &&
  deletionBegunOn(post).length === 0;

/** Whether somebody has asked for other words, and nobody has decided on them: nothing more leaves before. */
export const awaitsCorrection = ({ correction }: PostState): boolean =>
  correction !== undefined && correction.applied === undefined;

/** The correction that waits for somebody, to agree to it or to let it go on: what it names may come to mean another day. */
export const correctionThatWaits = (post: PostState): Correction | undefined => {
  const { correction, status } = post;
  const isHeld = correction?.applied !== undefined && status.is === 'held';
  return isHeld || (correction !== undefined && reviewAwaited(post) === correction.review)
    ? correction
    : undefined;
};

/**
 * How what a post says can be changed now: `another` where a correction sends another one by itself; `anew` in a new post
 * alone; `later` while none is open.
 */
export type WayToChange = 'edit' | 'correct' | 'another' | 'anew' | 'later';

/** How what an account refused of a post can be changed, so that it is taken. */
export function wayToChange(post: PostState, part: string): WayToChange {
  if (isEditable(post)) return 'edit';
  const isRefusedAnew = refusedAnew(post) !== undefined;
  // It may stand where somebody had been asked to post it by hand.
  if (post.status.is === 'failed' && !isRefusedAnew) return 'anew';
  if (!isOpenToCorrection(post)) return 'later';
  return isReply(part) || (isRefusedAnew && goneOn(post).includes(accountOf(part))) ? 'another' : 'correct';
}

/** Why nothing of a post can be corrected now: of one that is partly out, where the rest stands, so that a way can be said. */
export function notCorrectable(post: PostState): PostRefusal {
  const { number, status, correction, corrected } = post;
  const isHeld = status.is === 'held';
  if (isHeld && isPublic(post) && publicSince(post) === undefined)
    return refusePost('rest-comes-first', { number, held: true, waits: [], instead: droppedBy(post) });
  if (!isHeld && isPublic(post)) {
    const waits = begunOn(post);
    if (waits.length > 0)
      return refusePost('rest-comes-first', { number, held: false, waits, instead: 'refuseRest' });
    const by = (correction ?? corrected.at(-1))?.by;
    if (by !== undefined && halfOutOn(post).length > 0)
      return refusePost('correction-waits-already', { by, agreed: true, own: false });
  }
  return refusePost('not-now', { state: stateOf(post), action: 'correct' });
}
