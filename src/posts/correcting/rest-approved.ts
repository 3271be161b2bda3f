import { afresh, agree, awaited, counting, type Review } from '../../approval/review.ts';
import { isRefused, type Publication } from '../../dispatch/publication.ts';
import { stop } from '../../dispatch/stop.ts';
import { shownLater } from '../../dispatch/together.ts';
import { accountOf, isOfCorrection, revisionOf, type Publications } from '../../dispatch/thread.ts';
import type { Millis } from '../../core/time.ts';
import { routedStage } from '../deciding/reviews.ts';
import { reviewUnder } from '../deciding/who-acts.ts';
import { publicationsOf, standingOn } from '../leaving/what-is-public.ts';
import { plannedPart } from '../leaving/what-was-sent.ts';
import { waitsForOtherWords } from '../stopping/open-hold.ts';
import { withStep } from '../telling/past.ts';
import type { Correction, DeskRules, PostState } from '../post.ts';

/**
 * Whether what is held of a post goes out with the words of a correction. What is public is put right by the short route
 * of a correction; what was never public is approved by its own, be it in other words.
 */

/**
 * The walk of what is held, in the words of a correction: the stages that it was sent by, and those that the protocol
 * gives what was found in the new words. Whoever agreed to these has decided on it as well, where they are asked there.
 */
export function walkOfRest(
  post: PostState,
  held: Review,
  { plan, review, by }: Correction,
  rules: DeskRules,
  now: Millis,
): Review {
  const sent = new Set(held.stages.map(({ id }) => id));
  const found = review.stages.flatMap((stage) => {
    const id = routedStage(stage.id);
    return id === undefined || sent.has(id) ? [] : [{ ...stage, id }];
  });
  const walk: Review = {
    ...held,
    hash: plan.hash,
    stages: [...held.stages, ...found],
    writers: [...new Set([...held.writers, by])],
  };
  return counting(reviewUnder(post, afresh(walk, held.id, now), rules), review.decisions);
}

/**
 * The accounts on which nothing of a post stands, and to which a correction that was asked for gives its first words: it was
 * to leave there as it was approved, and was busy, had to be connected first, or refused it and can be tried again. A film
 * that is there already, and shown later, is put right there.
 */
const firstWordsOn = (post: PostState, { plan }: Correction): readonly string[] => {
  const publications = publicationsOf(post);
  const accounts = plan.parts.flatMap(({ key, account, bytes }) => {
    const publication = publications[key];
    const mayLeave =
      publication !== undefined &&
      (isRefused(publication) || (publication.is === 'queued' && shownLater([publication]) === undefined));
    return mayLeave && !isOfCorrection(key) && plannedPart(post, key)?.bytes !== bytes ? [account] : [];
  });
  return [...new Set(accounts)].filter((account) => standingOn(post, account).length === 0);
};

/** How many people agree to a correction before it is made, as far as that was asked for. */
const agreeing = ({ stages, current, decisions }: Review): number =>
  new Set(decisions.map(({ by }) => by)).size +
  stages.slice(current).reduce((sum, { need }) => sum + need, 0);

/** How many people had to approve the post. */
const approving = ({ stages }: Review): number =>
  stages.reduce((sum, { kind, need }) => sum + (kind === 'pass-on' ? 0 : need), 0);

/**
 * Whether something of a post that was never public is to leave with the words of a correction, and those who agree to it
 * are not enough for that: it was held, or more people have to approve such a post than agree to its correction.
 */
const isRestInOtherWords = (post: PostState, approved: Review, correction: Correction): boolean =>
  waitsForOtherWords(post) ||
  (firstWordsOn(post, correction).length > 0 && agreeing(correction.review) < approving(approved));

/** Whether what waits for the words of a correction needs more than what was agreed to: it is asked about afresh. */
export function isRestToApprove(
  post: PostState,
  correction: Correction,
  rules: DeskRules,
  now: Millis,
): boolean {
  const { status } = post;
  return (
    'publications' in status &&
    isRestInOtherWords(post, status.review, correction) &&
    awaited(walkOfRest(post, status.review, correction, rules, now)) !== undefined
  );
}

/**
 * The walk of what waits for the words of a correction once somebody has agreed to these, as the last or not: all of it is
 * still to be walked. Undefined where it goes out by that alone, or nothing waits.
 */
export function walkAfterAgreeing(
  post: PostState,
  correction: Correction,
  person: string,
  rules: DeskRules,
  now: Millis,
): Review | undefined {
  const { status } = post;
  const stage = awaited(correction.review);
  if (stage === undefined || !('publications' in status)) return undefined;
  if (!isRestInOtherWords(post, status.review, correction)) return undefined;
  const { hash } = correction.review;
  const agreed = agree(correction.review, { person, hash, stage: stage.id, now });
  const review = 'no' in agreed ? correction.review : agreed.review;
  const walk = walkOfRest(post, status.review, { ...correction, review }, rules, now);
  // Whoever is still to agree to the correction decides on the rest by that as well.
  const coming = review.stages.slice(review.current).map(({ id }) => routedStage(id));
  const isCovered = walk.stages.slice(walk.current).every(({ id }) => coming.includes(id));
  return isCovered ? undefined : afresh(walk, walk.id, now);
}

/**
 * What a correction lets go, with what was never public held on for those who approve it. What waits by no hold, and keeps
 * the words that it was approved in, goes out with them.
 */
export const withRestStopped = (
  post: PostState,
  publications: Publications,
  correction: Correction,
  now: Millis,
): Publications => {
  const { revision } = correction.plan;
  const only = waitsForOtherWords(post) ? undefined : firstWordsOn(post, correction);
  return Object.fromEntries(
    Object.entries(publications).map(([part, each]): [string, Publication] => {
      const isSaidByIt = isOfCorrection(part) && revisionOf(part) === revision;
      const isRest = each.is === 'queued' && !isSaidByIt && only?.includes(accountOf(part)) !== false;
      return [part, isRest ? stop(each, now) : each];
    }),
  );
};

/**
 * The post with the hold by which its rest waits for its approvers: Crier's own, where nobody held it before. It comes a
 * moment before what it stops, and before the correction that goes on in spite of it, by whatever clock that was asked for.
 */
export const withHoldOfRest = (post: PostState, now: Millis): PostState =>
  waitsForOtherWords(post)
    ? post
    : withStep(post, { did: 'held', by: 'crier', at: now - 1, all: false, newWords: true, ahead: true });
