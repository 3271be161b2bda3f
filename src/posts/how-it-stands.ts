import type { Review } from '../approval/review.ts';
import type { Millis } from '../core/time.ts';
import { mayBeGone, type PerhapsGone } from '../dispatch/perhaps-gone.ts';
import {
  makesRoom,
  mayTurnUp,
  roomWaitsForAccount,
  waitsForAccount,
  type Publication,
} from '../dispatch/publication.ts';
import { notWanted } from '../dispatch/said.ts';
import { isUntouched, mayComeBack } from '../dispatch/stop.ts';
import { isSettled, isUnderWay } from '../dispatch/together.ts';
import { isRemovalUnclear } from '../dispatch/tried.ts';
import { isReply, accountOf, before, inSameThread, isOfCorrection, isOneOf } from '../dispatch/thread.ts';
import { accountBlocked } from '../networks/network.ts';
import type { ByHand, Correction, PlannedTime, PostState } from './post.ts';

/** The walk of approvals that the post is on, will go on with after a hold, or was on before it was over. */
export function reviewOf(post: PostState): Review | undefined {
  switch (post.status.is) {
    case 'in-review':
    case 'held':
    case 'approved':
    case 'scheduled':
    case 'publishing':
    case 'published':
    case 'partly-published':
    case 'failed':
    case 'taken-down':
      return post.status.review;
    case 'not-to-be-published':
    case 'cancelled':
    case 'expired':
      return post.status.walked;
    default:
      return undefined;
  }
}

/** The walk of approvals that what is over keeps. */
export function walkedOf(post: PostState): { readonly walked?: Review } {
  const walked = reviewOf(post);
  return walked === undefined ? {} : { walked };
}

/** Whether nobody is asked about it, or it came back: an edit voids no decision. */
export const isUnsent = ({ status }: PostState): boolean =>
  status.is === 'draft' || status.is === 'sent-back';

/** Whether the post is in a state in which there is something to edit. */
export function isEditable(post: PostState): boolean {
  switch (post.status.is) {
    case 'draft':
    case 'sent-back':
    case 'in-review':
    case 'approved':
    case 'scheduled':
    case 'expired':
      return true;
    case 'held':
      return post.status.out === undefined;
    case 'failed':
      // What may have been posted by hand before it was stopped may stand.
      return Object.values(post.status.publications).every(
        (each) => each.is === 'failed' || isUntouched(each),
      );
    default:
      return false;
  }
}

/** The walk on which somebody's decision is waited for: of the post, or of a correction of what stands. */
export function reviewAwaited({ status, correction }: PostState): Review | undefined {
  if (status.is === 'in-review' || status.is === 'held') return status.review;
  return correction !== undefined && correction.applied === undefined ? correction.review : undefined;
}

/**
 * Whether nobody wants a part to go out any more that is on its way, or of which nobody can tell: the post was taken down,
 * or somebody decided since it began that nothing more is published. So it is with one that was being deleted to be posted
 * again.
 */
export function isGivenUp({ status, restRefused }: PostState, publication: Publication): boolean {
  if (status.is === 'taken-down') return true;
  const decided = restRefused?.at ?? -Infinity;
  return publication.is === 'removing'
    ? publication.begun?.ends === notWanted || (publication.begun?.at ?? Infinity) <= decided
    : (publication.is === 'sending' || publication.is === 'unknown') && publication.since <= decided;
}

/**
 * Whether it may be gone, and is not deleted once more, which would tell: that waits for a decision, nobody wants it any
 * more, or a rule stops it. So it is looked up, and asked about.
 */
export const isLookedUp = (post: PostState, publication: Publication): publication is PerhapsGone =>
  mayBeGone(publication) && (needsFreshDecision(post) || isEnded(post, publication));

const isEnded = (post: PostState, publication: PerhapsGone): boolean =>
  isGivenUp(post, publication) || publication.begun.ends !== undefined;

/** The accounts on which nothing more is deleted, and nobody knows yet whether it is gone. */
export const perhapsGoneOn = (post: PostState): readonly string[] => [
  ...new Set(
    Object.entries(publicationsOf(post)).flatMap(([part, each]) =>
      mayBeGone(each) && isEnded(post, each) ? [accountOf(part)] : [],
    ),
  ),
];

/** The post with another walk in the place of that on which somebody's decision is waited for. */
export function withReview(post: PostState, review: Review): PostState {
  const { status, correction } = post;
  if (status.is === 'in-review' || status.is === 'held') return { ...post, status: { ...status, review } };
  return correction === undefined ? post : { ...post, correction: { ...correction, review } };
}

/** Whether somebody is asked before it goes out, or before what is left of it does. */
export const waitsToGoOut = (post: PostState): boolean =>
  post.status.is === 'in-review' || (post.status.is === 'held' && publicSince(post) === undefined);

/** Whether a rule has come to stop what was sent, or what was approved: no decision lets it go before it is changed. */
export const isStoppedByRule = (post: PostState): boolean =>
  waitsToGoOut(post) && post.findings.some(({ breach }) => breach === 'block');

/** Whether its writers, or the desk, have to change it before anybody is asked for a decision. What is partly out is not changed. */
export const hasToBeChanged = (post: PostState): boolean => isStoppedByRule(post) && !isPartlyOut(post);

/** It does not go on by itself: its writers have to know. What was held with everything else is told on the stop's list. */
export function isOver(post: PostState): boolean {
  const { status } = post;
  switch (status.is) {
    case 'sent-back':
    case 'not-to-be-published':
    case 'cancelled':
    case 'expired':
      return true;
    case 'taken-down':
      // Until then nobody knows whether it came down.
      return Object.entries(status.publications).every(
        ([part, each]) => isSettled(each) && (each.is !== 'removing' || isAskedToRemove(post, part)),
      );
    case 'held':
      return !status.all;
    default:
      return false;
  }
}

const isAskedToRemove = ({ byHand }: PostState, part: string): boolean => byHand?.[part]?.what === 'remove';

/** Whether Crier held it, since something in it had come to block: somebody has to change it before its time. */
export const isHeldByCrier = ({ status }: PostState): boolean =>
  status.is === 'held' && status.by === 'crier';

/** Whether part of a held post stands already or may, so that it does not go back to its writers. */
export const isPartlyOut = (post: PostState): boolean =>
  post.status.is === 'held' && post.status.out !== undefined;

/**
 * Whether another time may be planned: while nothing of the post is public. One that is held may have begun to leave,
 * and none of it arrived: its words are fixed, and its time is not. One that no account took has had its time.
 */
export const isPlannable = (post: PostState): boolean =>
  (isEditable(post) && post.status.is !== 'failed') || (post.status.is === 'held' && !isPublic(post));

/**
 * Whether the time has passed at which what still waits for a decision was to go out: it needs another one first. What
 * is partly out since before it was held had its time, and goes on at once; that it had begun to leave is not enough.
 */
export function isOverdue(post: PostState, now: Millis): boolean {
  const { status, when } = post;
  const asked = status.is === 'in-review' || status.is === 'held';
  return asked && !isPublic(post) && when !== undefined && when.at <= now;
}

/** Whether something of the post is still to leave, or to be changed where it stands, so that a hold stops it. */
export function isHoldable(post: PostState): boolean {
  switch (post.status.is) {
    case 'in-review':
    case 'approved':
    case 'scheduled':
      return true;
    case 'publishing':
      return (
        isCorrectionHoldable(post) ||
        Object.values(publicationsOf(post)).some((each) => isKeptBack(post, each))
      );
    case 'published':
    case 'partly-published':
      return isCorrectionHoldable(post);
    default:
      return false;
  }
}

const isCorrectionHoldable = (post: PostState): boolean =>
  changesInPlace(post).length > 0 || changesByHand(post).length > 0;

/** Whether a hold keeps something of it back: of what nobody wants any more, nothing is sent or deleted again as it is. */
const isKeptBack = (post: PostState, publication: Publication): boolean =>
  !isGivenUp(post, publication) && (isUnderWay([publication]) || publication.is === 'asked');

/** Whether something of the post stands in public, be it that it could not be taken down, or is to make room. */
export function isPublic(post: PostState): boolean {
  return Object.values(publicationsOf(post)).some(
    (publication) =>
      publication.is === 'published' ||
      (publication.is === 'removing' &&
        (publication.problem !== undefined || publication.instead !== undefined)),
  );
}

/** Where a post that was taken down stands still, account by account. */
export interface Down {
  readonly down: readonly string[];
  /** it stands there, or nobody knows that it does not */
  readonly still: readonly string[];
  /** it may yet arrive there, or may have arrived, or may have come down already */
  readonly perhaps: readonly string[];
  /** whether Crier could take none of the rest down, and tries no more by itself */
  readonly isStuck: boolean;
}

/** How far a post that was taken down has come down; undefined for any other. */
export function downOf({ status }: PostState): Down | undefined {
  if (status.is !== 'taken-down') return undefined;
  const all = Object.entries(status.publications);
  const accountsWhere = (isSo: (publication: Publication) => boolean): readonly string[] => [
    ...new Set(all.flatMap(([part, each]) => (isSo(each) ? [accountOf(part)] : []))),
  ];
  const mayStand = (each: Publication): boolean =>
    each.is === 'sending' || each.is === 'unknown' || isRemovalUnclear(each);
  const still = accountsWhere((each) => each.is === 'removing' && !isRemovalUnclear(each));
  const perhaps = accountsWhere(mayStand).filter((account) => !still.includes(account));
  const down = accountsWhere(({ is }) => is === 'removed').filter(
    (each) => !still.includes(each) && !perhaps.includes(each),
  );
  const removing = all.flatMap(([, each]) => (each.is === 'removing' ? [each] : []));
  return { down, still, perhaps, isStuck: removing.every(({ problem }) => problem !== undefined) };
}

/** Whether all of a post that was taken down is gone, as far as anybody knows. */
export function isAllDown(post: PostState): boolean {
  const stands = downOf(post);
  return stands !== undefined && stands.still.length === 0 && stands.perhaps.length === 0;
}

/** How it stands, for whoever wants what cannot be done now: what is still public somewhere is not said to be taken down. */
export const stateOf = (post: PostState): string =>
  post.status.is === 'taken-down' && !isAllDown(post) ? comingDown : post.status.is;

/** The state of a post that is to be taken down, and is not everywhere. */
export const comingDown = 'coming-down';

/** Since when it is public, where all that waits or leaves is a correction of it. */
export function publicSince(post: PostState): Millis | undefined {
  const { status } = post;
  const out = status.is === 'held' || status.is === 'publishing' ? status.was : undefined;
  return isPublic(post) ? out : undefined;
}

/** What has left or may leave, by part key; empty for a post that nobody has let go. */
export function publicationsOf(post: PostState): Readonly<Record<string, Publication>> {
  if ('publications' in post.status) return post.status.publications;
  return post.status.is === 'held' ? (post.status.out ?? {}) : {};
}

/** When it ends: as what was agreed to put right says, also while that is on its way. */
export const endOf = ({ revision, correction }: PostState): PlannedTime | undefined =>
  correction?.applied === undefined ? revision.until : correction.revision.until;

/**
 * Whether its end kept from going out what had been let go: it waited for its account until then. Who was asked to post
 * it by hand may have done so, which is told apart.
 */
export function isEndedFirst(post: PostState, part: string): boolean {
  const publication = publicationsOf(post)[part];
  const until = endOf(post);
  return (
    'decidedAt' in post.status &&
    until !== undefined &&
    publication?.is === 'stopped' &&
    mayComeBack(publication) &&
    publication.at >= until.at &&
    post.wasByHand?.[part] === undefined
  );
}

/**
 * Whether it does not go out any more once the end has come. A correction puts right what stands, whether that is over
 * or not; where nothing stood any more by then, it would only say anew what is over.
 */
export function goesOutNoLater(post: PostState, part: string): boolean {
  const until = endOf(post)?.at ?? Infinity;
  return (
    !isOfCorrection(part) ||
    !Object.entries(publicationsOf(post)).some(
      ([key, each]) =>
        key !== part &&
        accountOf(key) === accountOf(part) &&
        (each.is === 'published' ||
          each.is === 'removing' ||
          (each.is === 'removed' && each.at >= until) ||
          mayTurnUp(each)),
    )
  );
}

/** Whether its end has come, so that it does not go out any more. */
export const hasEndedFor = (post: PostState, part: string, now: Millis): boolean =>
  (endOf(post)?.at ?? Infinity) <= now && goesOutNoLater(post, part);

/** The accounts on which something waits for a decision, and does not go out any more since the end has come. */
export function overOn(post: PostState, now: Millis): readonly string[] {
  const until = endOf(post);
  if (until === undefined || until.at > now) return [];
  return [
    ...new Set(
      Object.entries(publicationsOf(post)).flatMap(([part, each]) =>
        mayComeBack(each) && goesOutNoLater(post, part) ? [accountOf(part)] : [],
      ),
    ),
  ];
}

/** Whether its end came before any of it was out. */
export const isEndedBeforeOut = ({ status, revision }: PostState): boolean =>
  status.is === 'expired' && status.because === 'ended-before-it-went-out' && revision.until !== undefined;

/** What its end kept from going out, by part keys. */
export const endedFirst = (post: PostState): readonly string[] =>
  Object.keys(publicationsOf(post)).filter((part) => isEndedFirst(post, part));

/** The accounts on which its end let only the beginning of a thread out: nobody chose that it stands so. */
export const tornByEnd = (post: PostState): readonly string[] =>
  endedFirst(post).flatMap((part) => {
    const earlier = before(part);
    return earlier !== undefined && publicationsOf(post)[earlier]?.is === 'published'
      ? [accountOf(part)]
      : [];
  });

/**
 * Whether something stands that can be put right. What has not left waits meanwhile, and then says what is right; what
 * may be on its way is put right once it is known where it stands.
 */
export function isCorrectable(post: PostState): boolean {
  const { status } = post;
  const isOut = status.is === 'publishing' || status.is === 'published' || status.is === 'partly-published';
  return isOut && isPublic(post) && halfOutOn(post).length === 0;
}

/** The accounts on which part of a thread, or what a reply is to answer, stands, and nobody knows yet what becomes of the rest. */
export function halfOutOn(post: PostState): readonly string[] {
  const all = Object.entries(publicationsOf(post));
  const standing = new Set(all.flatMap(([part, { is }]) => (is === 'published' ? [accountOf(part)] : [])));
  const open = Object.keys(publicationsOf(post)).filter((part) => isOpen(post, part));
  return [...new Set(open.map(accountOf).filter((account) => standing.has(account)))];
}

/** The same, but for where only a reply is under way to what stands there whole. */
export const begunOn = (post: PostState): readonly string[] =>
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

/** The other end that somebody wants for what stands, while nobody has agreed to it. */
export const newEndOf = ({ revision, correction }: PostState): PlannedTime | undefined =>
  correction === undefined ||
  correction.applied !== undefined ||
  correction.revision.until?.at === revision.until?.at
    ? undefined
    : correction.revision.until;

/** The same where it has passed by now, so that nobody can agree to it. */
export function newEndPassed(post: PostState, now: Millis): Millis | undefined {
  const at = newEndOf(post)?.at;
  return at !== undefined && at <= now ? at : undefined;
}

/** The correction that waits for somebody, to agree to it or to let it go on: what it names may come to mean another day. */
export const correctionThatWaits = (post: PostState): Correction | undefined => {
  const { correction, status } = post;
  const isHeld = correction?.applied !== undefined && status.is === 'held';
  return isHeld || (correction !== undefined && reviewAwaited(post) === correction.review)
    ? correction
    : undefined;
};

/** Whether somebody has asked for other words, and nobody has decided on them: nothing more leaves before. */
export const awaitsCorrection = ({ correction }: PostState): boolean =>
  correction !== undefined && correction.applied === undefined;

/**
 * Whether somebody may ask for a correction now: none waits, and nothing more comes by itself of one that was agreed to.
 * What may be gone is known to stand first.
 */
export const isOpenToCorrection = (post: PostState): boolean =>
  isCorrectable(post) &&
  (post.correction === undefined || correctionIsStuck(post)) &&
  deletionBegunOn(post).length === 0;

/**
 * How what a post says can be changed now: `reply` where a correction makes another one by itself; `anew` in a new post
 * alone; `later` while none is open.
 */
export type WayToChange = 'edit' | 'correct' | 'reply' | 'anew' | 'later';

/** How what an account refused of a post can be changed, so that it is taken. */
export function wayToChange(post: PostState, part: string): WayToChange {
  if (isEditable(post)) return 'edit';
  // Nothing of it stands, and something of it did.
  if (post.status.is === 'failed') return 'anew';
  if (!isOpenToCorrection(post)) return 'later';
  return isReply(part) ? 'reply' : 'correct';
}

/** The first stage of a correction. Those that the protocol gives what was found in it follow, named after it. */
export const correctionStage = 'correction';

/** Whether a stage is of a correction. */
export const isStageOfCorrection = (stage: string): boolean => stage.split(':')[0] === correctionStage;

/**
 * What a correction that was agreed to still changes where it stands, by part keys. What somebody does by hand does not
 * come by itself.
 */
export function changesInPlace(post: PostState): readonly string[] {
  const { applied } = post.correction ?? {};
  if (applied === undefined || applied.over === true) return [];
  const publications = publicationsOf(post);
  return Object.keys(applied.parts).filter(
    (part) =>
      applied.parts[part] === 'waiting' &&
      publications[part]?.is === 'published' &&
      post.byHand?.[part] === undefined,
  );
}

/** What somebody is asked to change by hand by a correction that was agreed to: part keys. */
export function changesByHand(post: PostState): readonly string[] {
  const { applied } = post.correction ?? {};
  return Object.keys(post.byHand ?? {}).filter(
    (part) => isChangedByHand(post, part) && applied?.over !== true && applied?.parts[part] === 'waiting',
  );
}

/**
 * Whether somebody had been asked to change by hand what is held now, or is to stay as it is: they may have done so before
 * they heard of that.
 */
export const mayHaveChanged = (post: PostState, part: string, what: ByHand['what']): boolean => {
  const applied = post.correction?.applied;
  const isOff = post.status.is === 'held' || applied?.over === true;
  return (
    what === 'change' &&
    isOff &&
    applied?.parts[part] === 'waiting' &&
    publicationsOf(post)[part]?.is === 'published'
  );
};

/** What somebody was to change by hand before a correction was held or given up, and has not said whether they had. */
export const unsaidByHand = (post: PostState): readonly string[] =>
  Object.entries(post.wasByHand ?? {}).flatMap(([part, { what }]) =>
    mayHaveChanged(post, part, what) ? [part] : [],
  );

/** What a correction is changing at this moment: part keys. */
export const beingChanged = ({ correction }: PostState): readonly string[] =>
  Object.keys(correction?.applied?.underWay ?? {});

/** Whether what still waits to be changed may have been already: an attempt ended without a clear answer. */
export const isChangeUnclear = ({ correction }: PostState, part: string): boolean =>
  correction?.applied?.unclear?.includes(part) === true;

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

/** What has come of a change of what stands, where one was agreed to last: it waits, is being made, was made, or was not. */
export function changeOf(
  post: PostState,
  part: string,
): 'waits' | 'under-way' | 'unclear' | 'made' | 'not-made' {
  if (beingChanged(post).includes(part)) return 'under-way';
  const is = post.correction?.applied?.parts[part];
  if (is === 'waiting') return isChangeUnclear(post, part) ? 'unclear' : 'waits';
  return is === 'failed' || post.notCorrected?.includes(part) === true ? 'not-made' : 'made';
}

/** What is still to be changed where it stands, and has not begun to be. */
export const changesThatWait = (post: PostState): readonly string[] =>
  changesInPlace(post).filter((part) => !beingChanged(post).includes(part));

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

/** The accounts on which the post began to be deleted to be posted again, and nobody knows yet whether it is gone. */
export const deletionBegunOn = (post: PostState): readonly string[] => [
  ...new Set(
    Object.entries(publicationsOf(post)).flatMap(([part, each]) =>
      mayBeGone(each) ? [accountOf(part)] : [],
    ),
  ),
];

/** Whether nothing more is made of a correction that was agreed to before somebody decides afresh, or the desk says so. */
export const needsFreshDecision = (post: PostState): boolean =>
  post.status.is === 'held' || waitsForTheDesk(post);

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

/** Whether somebody is asked to change by hand what stands there. */
export const isChangedByHand = (post: PostState, part: string): boolean =>
  post.byHand?.[part]?.what === 'change';

/** Names the decisions by which a post leaves; empty where there are none. */
export function decisionsOf(post: PostState): string {
  if (!('decidedAt' in post.status)) return '';
  const { id, hash } = post.status.review;
  return `${id}:${hash}`;
}

/** Who wrote or last edited what leaves or waits, be it a correction that was agreed to: none of them decides on it. */
export function writersOf(post: PostState): readonly string[] {
  const { author, revision, correction } = post;
  const corrected = correction?.applied === undefined ? [] : [correction.by, correction.revision.by];
  return [...new Set([author, revision.by, ...(reviewOf(post)?.writers ?? []), ...corrected])];
}

/** Whether something of a post that was decided is still to leave. */
export const isToLeave = (post: PostState): boolean =>
  'decidedAt' in post.status && Object.values(publicationsOf(post)).some(({ is }) => is === 'queued');

/** Whether nothing of what is to leave has begun to, or was tried. */
export const isUnbegun = (post: PostState): boolean =>
  isToLeave(post) &&
  Object.values(publicationsOf(post)).every(
    (each) => isUntouched(each) || (each.is === 'queued' && each.tries === 0),
  );

/** Whether somebody is asked to post some of it by hand, or to change by hand what stands. */
export const isDoneByHand = (post: PostState): boolean =>
  Object.values(publicationsOf(post)).some(({ is }) => is === 'asked') ||
  Object.keys(post.byHand ?? {}).some((part) => isChangedByHand(post, part));

/**
 * Whether it stays until the desk has said whether such a decision still counts; of what is over, or was taken down,
 * nothing goes by it any more.
 */
export const waitsForTheDesk = (post: PostState): boolean =>
  post.makersGone !== undefined && post.makersGone.decisions === decisionsOf(post) && goesOn(post);

/** Whether something of it is to go by its decisions: it leaves, makes room, or is changed where it stands. */
const goesOn = (post: PostState): boolean =>
  isToLeave(post) || Object.values(publicationsOf(post)).some(makesRoom) || changesThatWait(post).length > 0;

/** What somebody is asked to do by hand, or had been before it was held or given up, by part. */
export const askedByHandOf = ({ byHand, wasByHand }: PostState): Readonly<Record<string, ByHand>> => ({
  ...wasByHand,
  ...byHand,
});

/** Whether somebody is asked to do it, or was before it was held: they alone are to do it, whoever may say that it is done. */
export const isAskedByHand = (post: PostState, part: string, person: string): boolean =>
  askedByHandOf(post)[part]?.people.includes(person) === true;
