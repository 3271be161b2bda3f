import { afresh, clockGoesOn, type Review } from '../../approval/review.ts';
import type { Millis } from '../../core/time.ts';
import { askedAndHere, isAway } from '../deciding/asked.ts';
import { removers } from '../deciding/may.ts';
import type { DeskRules, PostContext, PostState } from '../post.ts';
import { publicSince } from '../leaving/what-is-public.ts';

/** Whether it is to go out in an emergency: a stop keeps it back, and keeps nobody from hearing of it. */
export const isEmergency = (post: PostState): boolean =>
  post.revision.urgency === 'emergency' && publicSince(post) === undefined;

/** The walk of a post that is asked about anew, with every decision forgotten; the clock of an emergency goes on. */
export function askedAfresh(post: PostState, review: Review, { newId, now }: PostContext): Review {
  const anew = afresh(review, newId('review'), now);
  return isEmergency(post) ? { ...anew, ...clockGoesOn(review, now) } : anew;
}

/** Whether a stop held an emergency: whoever decides on it, and whoever may resume, hear of it, and its clocks go on. */
export const isHeldEmergency = (post: PostState): boolean =>
  post.status.is === 'held' && post.status.stop !== undefined && isEmergency(post);

/** Who may let posts go out again and is here; where nobody is, all of them. */
export function resumersNow(rules: DeskRules, now: Millis): readonly string[] {
  const all = removers(rules);
  const here = all.filter((person) => !isAway(person, rules, now));
  return here.length === 0 ? all : here;
}

/** Who hears that a stop holds an emergency: whoever decides on it, and whoever may resume. */
export const hearersOfEmergency = (post: PostState, rules: DeskRules, now: Millis): readonly string[] => [
  ...new Set([...askedAndHere(post, rules, now), ...resumersNow(rules, now)]),
];

const ranks = { normal: 0, urgent: 1, emergency: 2 } as const;

/** How urgent it is that it goes out, the most urgent the highest; what is public can wait. */
export const rankOf = (post: PostState): number =>
  publicSince(post) === undefined ? ranks[post.revision.urgency] : ranks.normal;

/** In a list of what waits, what is urgent comes first: nobody looks for it among what can wait. */
export const urgentFirst = (one: PostState, other: PostState): number => rankOf(other) - rankOf(one);
