import {
  askedNow,
  asksFurther,
  awaited,
  bareReview,
  type FrozenStage,
  type Review,
} from '../approval/review.ts';
import type { AuditNote } from '../core/change.ts';
import type { Millis } from '../core/time.ts';
import { entitledNow, mayAgreeAt } from './may.ts';
import type { DeskRules, PostState } from './post.ts';

/** Whether somebody has said that they are away now. */
export function isAway(person: string, rules: DeskRules, now: Millis): boolean {
  return (rules.away[person] ?? 0) > now;
}

/** The rules once somebody is away until then, or back. */
export const whileAway = (rules: DeskRules, person: string, until: Millis | null): DeskRules => ({
  ...rules,
  away: { ...rules.away, [person]: until ?? 0 },
});

/** The walk on which somebody's decision is waited for: of the post, or of a correction of what stands. */
export function reviewAwaited({ status, correction }: PostState): Review | undefined {
  if (status.is === 'in-review' || status.is === 'held') return status.review;
  return correction !== undefined && correction.applied === undefined ? correction.review : undefined;
}

/** Who is asked at this moment: entitled at the awaited stage and not away. */
export function askedAndHere(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const review = reviewAwaited(post);
  return review === undefined ? [] : hereOf(review, rules, now);
}

const hereOf = (review: Review, rules: DeskRules, now: Millis): readonly string[] =>
  askedNow(review).filter((person) => !isAway(person, rules, now));

/**
 * The post with what the protocol in force and people's absences make of who is asked. Where nobody who is asked is
 * here, nor anybody of the desk who could be told, those whom the stage is escalated to are asked without its being
 * late; where they are not here either, or there are none, it is kept who hears of it.
 */
export function withWhoIsAsked(post: PostState, rules: DeskRules, now: Millis): PostState {
  const { allAway: _told, askedUnder: _under, ...rest } = post;
  const before = reviewAwaited(post);
  const stage = before === undefined ? undefined : awaited(before);
  if (before === undefined || stage === undefined) return rest;
  const review = handedOn(rest, stage, before, rules, now);
  const asked: PostState = { ...withReview(rest, review), askedUnder: rules.version };
  return hereOf(review, rules, now).length > 0 ? asked : { ...asked, allAway: hearers(asked, rules, now) };
}

function handedOn(
  post: PostState,
  stage: FrozenStage,
  before: Review,
  rules: DeskRules,
  now: Millis,
): Review {
  const bare = bareReview(before);
  const narrow = withEntitled(post, stage, bare, rules);
  if (narrow.escalated || hereOf(narrow, rules, now).length > 0 || !isDeskAway(rules, now)) return narrow;
  const wide = withEntitled(post, stage, { ...bare, handedOn: true }, rules);
  return hereOf(wide, rules, now).length > 0 ? wide : narrow;
}

/** The walk with those left out whom the protocol in force does not let act on the awaited stage any more. */
function withEntitled(post: PostState, stage: FrozenStage, review: Review, rules: DeskRules): Review {
  const mayNot = askedNow(review).filter((person) => !mayAct(post, stage, review, person, rules));
  return mayNot.length === 0 ? review : { ...review, mayNot };
}

function mayAct(
  post: PostState,
  stage: FrozenStage,
  review: Review,
  person: string,
  rules: DeskRules,
): boolean {
  const { correction, status } = post;
  return status.is === 'in-review' || status.is === 'held' || correction === undefined
    ? entitledNow(post, stage, person, rules, asksFurther(review))
    : mayAgreeAt(post, stage.id, correction.by, person, rules);
}

function withReview(post: PostState, review: Review): PostState {
  const { status, correction } = post;
  if (status.is === 'in-review' || status.is === 'held') return { ...post, status: { ...status, review } };
  return correction === undefined ? post : { ...post, correction: { ...correction, review } };
}

/** Whether nobody of the desk is here: what it would be told, nobody would know. */
const isDeskAway = (rules: DeskRules, now: Millis): boolean =>
  rules.desk.officers.every((officer) => isAway(officer, rules, now));

/** Who wrote what waits, the desk, and where nobody of it is here, the Head of Communications. */
function hearers(
  { author, correction, status }: PostState,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const { desk, headOfCommunications: head } = rules;
  const ofCorrection = status.is !== 'in-review' && status.is !== 'held';
  const writer = ofCorrection && correction !== undefined ? correction.by : author;
  return [...new Set([writer, ...desk.officers, ...(isDeskAway(rules, now) ? [head] : [])])];
}

/** What the record says where a stage was handed on because nobody is here, or is back with those who were asked. */
export function handingNotes(before: PostState, after: PostState): readonly AuditNote[] {
  const [was, is] = [reviewAwaited(before), reviewAwaited(after)];
  if (is === undefined || was?.handedOn === is.handedOn) return [];
  const facts = { stage: awaited(is)?.id ?? '', review: is.id };
  return [{ action: is.handedOn === true ? 'handed-on' : 'handed-back', facts }];
}
