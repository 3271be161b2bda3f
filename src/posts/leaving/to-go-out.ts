import type { Millis } from '../../core/time.ts';
import { isUntouched } from '../../dispatch/stop.ts';
import type { PostState } from '../post.ts';
import { publicationsOf, isPublic, publicSince, isPartlyOut } from './what-is-public.ts';

/** Whether nobody is asked about it, or it came back: an edit voids no decision. */
export const isUnsent = ({ status }: PostState): boolean =>
  status.is === 'draft' || status.is === 'sent-back';

/** Whether it is with its writers, who may send it: it was not sent yet, came back, or ran out of time. */
export const isWithWriters = (post: PostState): boolean => isUnsent(post) || post.status.is === 'expired';

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

/**
 * Whether another time may be planned: while nothing of the post is public. One that is held may have begun to leave,
 * and none of it arrived: its words are fixed, and its time is not. One that no account took has had its time.
 */
export const isPlannable = (post: PostState): boolean =>
  (isEditable(post) && post.status.is !== 'failed') || (post.status.is === 'held' && !isPublic(post));

/** Whether somebody is asked before it goes out, or before what is left of it does. */
export const waitsToGoOut = (post: PostState): boolean =>
  post.status.is === 'in-review' || (post.status.is === 'held' && publicSince(post) === undefined);

/**
 * Whether a rule has come to stop what was sent, or what was approved: no decision lets it go before it is changed. What
 * was found in the old words stops nothing that has those of a correction by now.
 */
export const isStoppedByRule = (post: PostState): boolean =>
  waitsToGoOut(post) &&
  post.correction?.applied === undefined &&
  post.findings.some(({ breach }) => breach === 'block');

/** Whether its writers, or the desk, have to change it before anybody is asked for a decision. What is partly out is not changed. */
export const hasToBeChanged = (post: PostState): boolean => isStoppedByRule(post) && !isPartlyOut(post);

/** Whether Crier held it, since something in it had come to block: somebody has to change it before its time. */
export const isHeldByCrier = ({ status }: PostState): boolean =>
  status.is === 'held' && status.by === 'crier' && status.turned === undefined;

/**
 * Whether the time has passed at which what still waits for a decision was to go out: it needs another one first. What
 * is partly out since before it was held had its time, and goes on at once; that it had begun to leave is not enough.
 */
export function isOverdue(post: PostState, now: Millis): boolean {
  const { status, when } = post;
  const asked = status.is === 'in-review' || status.is === 'held';
  return asked && !isPublic(post) && when !== undefined && when.at <= now;
}

/** Whether something of a post that was decided is still to leave. */
export const isToLeave = (post: PostState): boolean =>
  'decidedAt' in post.status && Object.values(publicationsOf(post)).some(({ is }) => is === 'queued');

/**
 * Whether nothing of what is still to leave is out, for all that anybody knows: what was tried in vain, what its account
 * refused and what somebody was only asked to post is not. Nor is what is on its way, or looked for by itself; of what
 * nobody could tell, a person says whether it is.
 */
export const isNothingOut = (post: PostState): boolean =>
  isToLeave(post) &&
  Object.values(publicationsOf(post)).every(
    (each) =>
      isUntouched(each) ||
      each.is === 'queued' ||
      each.is === 'failed' ||
      each.is === 'asked' ||
      each.is === 'sending' ||
      (each.is === 'unknown' && !each.asked),
  );
