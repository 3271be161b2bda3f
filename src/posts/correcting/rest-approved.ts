import { afresh, agree, awaited, counting, type Review } from '../../approval/review.ts';
import type { Publication } from '../../dispatch/publication.ts';
import { stop } from '../../dispatch/stop.ts';
import { isOfCorrection, revisionOf, type Publications } from '../../dispatch/thread.ts';
import type { Millis } from '../../core/time.ts';
import { routedStage } from '../deciding/reviews.ts';
import { reviewUnder } from '../deciding/who-acts.ts';
import { waitsForOtherWords } from '../stopping/open-hold.ts';
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
    waitsForOtherWords(post) &&
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
  if (stage === undefined || !('publications' in status) || !waitsForOtherWords(post)) return undefined;
  const { hash } = correction.review;
  const agreed = agree(correction.review, { person, hash, stage: stage.id, now });
  const review = 'no' in agreed ? correction.review : agreed.review;
  const walk = walkOfRest(post, status.review, { ...correction, review }, rules, now);
  // Whoever is still to agree to the correction decides on the rest by that as well.
  const coming = review.stages.slice(review.current).map(({ id }) => routedStage(id));
  const isCovered = walk.stages.slice(walk.current).every(({ id }) => coming.includes(id));
  return isCovered ? undefined : afresh(walk, walk.id, now);
}

/** What a correction lets go, with what was never public held on for those who approve it. */
export const withRestStopped = (
  publications: Publications,
  { plan }: Correction,
  now: Millis,
): Publications =>
  Object.fromEntries(
    Object.entries(publications).map(([part, each]): [string, Publication] => {
      const isSaidByIt = isOfCorrection(part) && revisionOf(part) === plan.revision;
      return [part, each.is === 'queued' && !isSaidByIt ? stop(each, now) : each];
    }),
  );
