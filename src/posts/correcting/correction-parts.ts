import { closed } from './correction-closed.ts';
import type { AuditNote } from '../../core/change.ts';
import type { Millis } from '../../core/time.ts';
import { mayBeGone } from '../../dispatch/perhaps-gone.ts';
import { hasStood, mayTurnUp, type Publication } from '../../dispatch/publication.ts';
import { notWanted } from '../../dispatch/said.ts';
import { accountOf, isOfCorrection, unsentOn } from '../../dispatch/thread.ts';
import { noClearAnswer } from '../../networks/network.ts';
import { againKey } from './correction-plan.ts';
import { wayOn } from './correction-ways.ts';
import { beingChanged, isChangeUnclear } from './changes-in-place.ts';
import { askedByHandOf } from '../by-hand/done-by-hand.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import type { PostState } from '../post.ts';
import { withoutPublications, withPublications } from '../leaving/publications.ts';
import { isBeingMade, notUnderWay, withApplied } from './applied.ts';

/** What becomes of a correction that was agreed to, part by part, until it is closed. */

/** The audit's note that a part was put right, or not. */
export const correctedNote = (post: PostState, part: string, ok: boolean, reason?: string): AuditNote => ({
  action: ok ? 'put-right' : 'not-put-right',
  facts: {
    part,
    plan: post.correction?.plan.hash ?? '',
    ...(reason === undefined ? {} : { reason }),
  },
});

/**
 * The post with one part of its correction made at a time; undefined when that part is not awaited. The time
 * that is told of a correction is that at which the first of it was made: what was agreed to may wait for days.
 */
export function partMade(post: PostState, part: string, at: Millis): PostState | undefined {
  const begun = withApplied(post, (before) => {
    const applied = { ...before, madeAt: { ...before.madeAt, [part]: at } };
    // Of what an earlier release began, nobody knows when.
    const isBegun = applied.made !== undefined || Object.values(applied.parts).includes('done');
    return isBegun ? applied : { ...applied, made: at };
  });
  return settled(begun, part, 'done');
}

/**
 * The post with one part of its correction that could not be made; undefined when that part is not awaited. Where an
 * attempt may have put it right, nobody can tell which words stand, why ever there is no other attempt.
 */
export function partMissed(post: PostState, part: string, why?: string): PostState | undefined {
  return settled(post, part, 'failed', isChangeUnclear(post, part) ? noClearAnswer : why);
}

function settled(
  post: PostState,
  part: string,
  is: 'done' | 'failed',
  reason?: string,
): PostState | undefined {
  if (post.correction?.applied?.parts[part] !== 'waiting') return undefined;
  const next = withApplied(post, (applied) => ({
    ...notUnderWay(applied, part),
    parts: { ...applied.parts, [part]: is },
    ...(reason === undefined ? {} : { because: { ...applied.because, [part]: reason } }),
  }));
  return closedOnceSettled(next);
}

/** The post with its correction closed where no part of it is waited for any more. */
const closedOnceSettled = (post: PostState): PostState => (isBeingMade(post) ? post : closed(post));

/**
 * The post once nobody wants any more of a correction that was agreed to. What has not been made of it is not; what is
 * being changed at this moment, or by hand, or may turn up with its words, is waited for, so that the record says what
 * came of it.
 */
export function endedThere(post: PostState): PostState {
  const { parts = {} } = post.correction?.applied ?? {};
  const missed = Object.keys(parts).filter((part) => parts[part] === 'waiting' && !mayYetCome(post, part));
  const over = withApplied(post, (applied) => ({ ...applied, over: true }));
  return missed.reduce((each, part) => partMissed(each, part, notWanted) ?? each, over);
}

/** Whether a part is being made at this moment, or by hand, or may turn up with the words of its correction. */
function mayYetCome(post: PostState, part: string): boolean {
  const publications = publicationsOf(post);
  const publication = publications[part];
  const isByHand = publication?.is === 'published' && askedByHandOf(post)[part]?.what === 'change';
  const makesRoom = Object.values(publications).some((each) => mayBeGone(each) && each.instead === part);
  return (
    beingChanged(post).includes(part) ||
    isByHand ||
    makesRoom ||
    (publication !== undefined && mayTurnUp(publication))
  );
}

/**
 * What becomes of a correction once a part of the post has changed: what it newly posts makes it stand there, and so
 * does what left with its words. What turned up with the old words is put right now, and what did not arrive after all
 * says nothing wrong. Of a correction that nobody wants any more, it is known with that what came of it there.
 *
 * @param after the part as it is in `post`
 * @param outdated whether it stands with other words than the plan's
 */
export function correctionAfter(
  post: PostState,
  part: string,
  after: Publication,
  outdated: boolean,
  now: Millis,
): { readonly post: PostState; readonly is?: 'done' | 'wrong-there' | 'makes-room' | 'not-there' } {
  const { correction } = post;
  const applied = correction?.applied;
  if (correction === undefined || applied?.parts[part] !== 'waiting') return { post };
  if (after.is === 'published') {
    if (!outdated) return { post: partMade(post, part, now) ?? post, is: 'done' };
    if (applied.over === true) return { post: partMissed(post, part, notWanted) ?? post };
    return wayOn(accountOf(part), correction) === 'again'
      ? { post: makingRoom(post, part, after, now), is: 'makes-room' }
      : { post, is: 'wrong-there' };
  }
  if (applied.over === true && (isOfCorrection(part) || hasStood(after)) && !isToCome(after)) {
    // It arrived, and comes down with the rest.
    const isRight = hasStood(after) && !outdated;
    const over = isRight ? partMade(post, part, now) : partMissed(post, part, notWanted);
    return { post: over ?? post, ...(isRight ? { is: 'done' } : {}) };
  }
  // Somebody decided that what it was to post is not posted.
  if (isOfCorrection(part) && after.is === 'stopped' && after.forGood === true)
    return { post: partMissed(post, part, notWanted) ?? post };
  if (isOfCorrection(part) || !withoutOldWords.includes(after.is)) return { post };
  return { post: withoutPart(post, part), is: 'not-there' };
}

/** Whether it may still arrive there, be it that somebody is asked whether it did. */
const isToCome = (publication: Publication): boolean =>
  publication.is === 'queued' || publication.is === 'asked' || mayTurnUp(publication);

/** Nothing with the old words turns up there any more: whoever is asked to post it by hand is asked with the new ones. */
const withoutOldWords: readonly Publication['is'][] = ['failed', 'stopped', 'asked'];

/** The post with a part that turned up with the old words, and comes down for what is posted in its place. */
function makingRoom(
  post: PostState,
  part: string,
  { remote, at }: Extract<Publication, { readonly is: 'published' }>,
  now: Millis,
): PostState {
  const { correction } = post;
  if (correction === undefined) return post;
  const account = accountOf(part);
  const instead = againKey(account, correction.plan.revision);
  const unsent = unsentOn(account, publicationsOf(post));
  const makes: Publication = { is: 'removing', remote, publishedAt: at, instead };
  const next = withPublications(withoutPublications(post, unsent), { [part]: makes }, now);
  return withApplied(next, (applied) => {
    const others = Object.entries(applied.parts).filter(([key]) => key !== part && !unsent.includes(key));
    return { ...applied, parts: { ...Object.fromEntries(others), [instead]: 'waiting' as const } };
  });
}

/** The post with a part of its correction that there is nothing to put right of. */
function withoutPart(post: PostState, part: string): PostState {
  const left = withApplied(post, (applied) => {
    const { [part]: _gone, ...parts } = applied.parts;
    return { ...applied, parts };
  });
  return closedOnceSettled(left);
}

/** The post without what its correction waits for in vain: parts that never left, and do not any more. */
export function withoutWhatNeverLeft(post: PostState): PostState {
  const parts = post.correction?.applied?.parts ?? {};
  const publications = publicationsOf(post);
  return Object.keys(parts)
    .filter((part) => parts[part] === 'waiting' && !isOfCorrection(part))
    .filter((part) => publications[part]?.is === 'stopped' || publications[part]?.is === 'failed')
    .reduce(withoutPart, post);
}
