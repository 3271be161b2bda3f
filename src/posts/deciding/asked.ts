import { askedNow, awaited, bareReview, lacksPeople, type Review } from '../../approval/review.ts';
import type { AuditNote } from '../../core/change.ts';
import type { Millis } from '../../core/time.ts';
import { departmentById } from '../../protocol/people.ts';
import { isDoneByHand } from '../by-hand/done-by-hand.ts';
import { reviewAwaited, withReview } from './reviews.ts';
import { isBeingMade } from '../correcting/applied.ts';
import { hasToBeChanged, isToLeave } from '../leaving/to-go-out.ts';
import { isWrittenForRehearsal, saysThatItRehearses } from '../leaving/for-rehearsal.ts';
import { askedBy, reviewUnder } from './who-acts.ts';
import type { DeskRules, PostState } from '../post.ts';

/** Whether somebody has said that they are away now. */
export function isAway(person: string, rules: DeskRules, now: Millis): boolean {
  return (rules.away[person] ?? 0) > now;
}

/** The rules once somebody is away until then, or back. */
export const whileAway = (rules: DeskRules, person: string, until: Millis | null): DeskRules => ({
  ...rules,
  away: { ...rules.away, [person]: until ?? 0 },
});

/** Who is asked at this moment: entitled at the awaited stage and not away. Nobody is for what nobody can let go as it is. */
export function askedAndHere(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const review = reviewAwaited(post);
  return review === undefined || hasToBeChanged(post) ? [] : hereOf(review, rules, now);
}

const hereOf = (review: Review, rules: DeskRules, now: Millis): readonly string[] =>
  askedNow(review).filter((person) => !isAway(person, rules, now));

/**
 * The post with what the protocol in force and people's absences make of who is asked. Where nobody who is asked is
 * here, nor anybody of the desk who could be told, those whom the stage is escalated to are asked without its being
 * late; where they are not here either, or there are none, or where the protocol has too few who may act, it is kept who
 * hears of it.
 */
export function withWhoIsAsked(post: PostState, rules: DeskRules, now: Millis): PostState {
  const { allAway: _told, askedUnder: under = askedBy(rules), ...rest } = post;
  const before = reviewAwaited(post);
  if (before === undefined || awaited(before) === undefined)
    return isToLeave(post) ||
      isDoneByHand(post) ||
      post.byHand !== undefined ||
      post.status.is === 'sent-back' ||
      isBeingMade(post) ||
      isWrittenForRehearsal(post, rules) ||
      saysThatItRehearses(post, rules)
      ? { ...rest, askedUnder: under }
      : rest;
  const review = handedOn(reviewUnder(rest, bareReview(before), rules), rules, now);
  const asked: PostState = { ...withReview(rest, review), askedUnder: askedBy(rules) };
  const lacks = lacksPeople(review);
  return lacks || hereOf(review, rules, now).length === 0
    ? { ...asked, allAway: hearers(asked, lacks, rules, now) }
    : asked;
}

function handedOn(narrow: Review, rules: DeskRules, now: Millis): Review {
  if (narrow.escalated || hereOf(narrow, rules, now).length > 0 || !isDeskAway(rules, now)) return narrow;
  const wide: Review = { ...narrow, handedOn: true };
  return hereOf(wide, rules, now).length > 0 ? wide : narrow;
}

/** Whether nobody of the desk is here: what it would be told, nobody would know. */
const isDeskAway = (rules: DeskRules, now: Millis): boolean =>
  rules.desk.officers.every((officer) => isAway(officer, rules, now));

/**
 * Who wrote what waits, the desk, and where nobody of it is here, the Head of Communications; the service's leads where
 * the protocol `lacks` people, so that nobody's return helps.
 */
function hearers(
  { author, correction, department, status }: PostState,
  lacks: boolean,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const { desk, headOfCommunications: head } = rules;
  const ofCorrection = status.is !== 'in-review' && status.is !== 'held';
  const writer = ofCorrection && correction !== undefined ? correction.by : author;
  const leads = lacks ? (departmentById(department ?? '', rules)?.leads ?? []) : [];
  return [...new Set([writer, ...leads, ...desk.officers, ...(isDeskAway(rules, now) ? [head] : [])])];
}

/** What the record says where a stage was handed on because nobody is here, or is back with those who were asked. */
export function handingNotes(before: PostState, after: PostState): readonly AuditNote[] {
  const [was, is] = [reviewAwaited(before), reviewAwaited(after)];
  if (is === undefined || was?.handedOn === is.handedOn) return [];
  const facts = { stage: awaited(is)?.id ?? '', review: is.id };
  return [{ action: is.handedOn === true ? 'handed-on' : 'handed-back', facts }];
}
