import { askedNow } from '../../approval/review.ts';
import { isDesk } from '../../protocol/people.ts';
import { hasToBeChanged, isStoppedByRule } from '../leaving/to-go-out.ts';
import { isPartlyOut } from '../leaving/what-is-public.ts';
import type { DeskRules, PostState } from '../post.ts';
import { reviewOf } from './reviews.ts';
import { actsOn, correctionDeciders, isFilledBut, walkNow } from './who-acts.ts';

/**
 * An emergency that a rule has come to stop waits for an edit and for nobody's decision. It does not wait for its author:
 * whoever decides on it may write on it as well, and somebody else decides then (GOV-3).
 */

/** Whether an emergency waits to be changed, since a rule stops it as it is. */
export const isStoppedEmergency = (post: PostState): boolean =>
  post.revision.urgency === 'emergency' && hasToBeChanged(post);

/** Whether what had not gone out of an emergency is held since a rule stops it: what is out is changed by a correction alone. */
export const isRestStopped = (post: PostState): boolean =>
  post.revision.urgency === 'emergency' && isStoppedByRule(post) && isPartlyOut(post);

const decidedAt = (post: PostState) => (reviewOf(post)?.stages ?? []).filter(({ kind }) => kind === 'decide');

/** Who decides on a post, at whatever stage, once somebody has changed it. */
export const othersToDecide = (post: PostState, changer: string, rules: DeskRules): readonly string[] => [
  ...new Set(
    decidedAt(post)
      .flatMap((stage) => actsOn(post, stage, rules))
      .filter((person) => person !== changer && person !== post.author),
  ),
];

/**
 * Those who may put right an emergency that a rule stops, or the rest of one, since they decide on it, at whatever stage, be
 * it since it was escalated to them: as long as others can decide on what they write.
 */
export function mendersOf(post: PostState, rules: DeskRules): readonly string[] {
  const review = reviewOf(post);
  const isRest = isRestStopped(post);
  if ((!isStoppedEmergency(post) && !isRest) || review === undefined) return [];
  const stages = decidedAt(post);
  const deciders = stages.flatMap((stage) => actsOn(post, stage, rules));
  const all = [...new Set([...deciders, ...askedNow(walkNow(post, review, rules))])];
  return all.filter((person) =>
    isRest
      ? correctionDeciders(post, [person], rules).length > 0
      : stages.every((stage) => isFilledBut(post, stage, [post.author, person], rules)),
  );
}

/**
 * Whether what somebody edits goes on its way with that, every decision void: what waits for approval by the desk, and a
 * stopped emergency by whoever need not have it sent by its writers.
 */
export const goesOnEdited = (post: PostState, person: string, rules: DeskRules): boolean =>
  isStoppedEmergency(post)
    ? isDesk(person, rules) || mendersOf(post, rules).includes(person)
    : post.status.is === 'in-review' && isDesk(person, rules);
