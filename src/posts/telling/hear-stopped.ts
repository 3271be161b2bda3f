import { askedNow } from '../../approval/review.ts';
import type { Millis } from '../../core/time.ts';
import { isAway } from '../deciding/asked.ts';
import { reviewOf } from '../deciding/reviews.ts';
import { walkNow } from '../deciding/who-acts.ts';
import { believersOf, ofDesk } from '../leaving/on-its-way.ts';
import type { DeskRules, PostState } from '../post.ts';

/**
 * Who hears that a rule stops an emergency: whoever wrote it, whoever decided, the desk and the duty officers, and whoever
 * is asked and here, so that nobody goes on thinking that it waits for a decision, or that it is out.
 */
export function hearersOfStopped(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const review = reviewOf(post);
  const asked = review === undefined ? [] : askedNow(walkNow(post, review, rules));
  const here = asked.filter((person) => !isAway(person, rules, now));
  return [...new Set([...believersOf(post, rules, now), ...here, ofDesk])];
}
