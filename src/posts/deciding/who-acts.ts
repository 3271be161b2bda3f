import type { FrozenStage, Review } from '../../approval/review.ts';
import { departmentById } from '../../protocol/people.ts';
import { stageName, whoActs } from '../../protocol/route.ts';
import { decisionsOf } from '../correcting/fresh-decision.ts';
import { reviewAwaited, withReview, correctionStage, isStageOfCorrection, routedStage } from './reviews.ts';
import type { DeskRules, PostContext, PostState } from '../post.ts';

/** What of a stage says who acts on it. */
type ActedOn = Pick<FrozenStage, 'id' | 'kind' | 'people' | 'escalateTo'>;

/**
 * Who acts on a frozen stage by the protocol in force, and whom it is escalated to. A stage that the protocol does not
 * know any more keeps those whom it asked, as far as there are they.
 */
function whoActsNow(
  post: PostState,
  stage: ActedOn,
  writers: readonly string[],
  rules: DeskRules,
): Pick<FrozenStage, 'people' | 'escalateTo'> {
  const ofCorrection = isStageOfCorrection(stage.id);
  if (stage.id === correctionStage)
    return { people: correctionDeciders(post, writers, rules), escalateTo: stage.escalateTo };
  const id = routedStage(stage.id);
  const entry = rules.stages.find((candidate) => candidate.id === id);
  if (entry === undefined) {
    const isThere = (person: string): boolean => rules.people[person] !== undefined;
    return { people: stage.people.filter(isThere), escalateTo: stage.escalateTo.filter(isThere) };
  }
  const { kind } = stage;
  const wrote = ofCorrection && writers.length > 0 ? [...writers, post.author] : writers;
  return whoActs({ ...entry, kind }, post.department ?? '', wrote, rules);
}

/** How those who are asked are called now; one that the protocol does not know any more keeps its name. */
function nameNow({ department }: PostState, { id, name }: FrozenStage, rules: DeskRules): string {
  const entry = rules.stages.find((candidate) => candidate.id === id);
  const short = departmentById(department ?? '', rules)?.short;
  return entry === undefined || short === undefined ? name : stageName(entry, short);
}

/** The walk, with those who act on what is awaited and what is to come by the protocol in force. */
export function reviewUnder(post: PostState, review: Review, rules: DeskRules): Review {
  return {
    ...review,
    stages: review.stages.map((stage, index) =>
      index < review.current
        ? stage
        : {
            ...stage,
            name: nameNow(post, stage, rules),
            ...whoActsNow(post, stage, review.writers, rules),
          },
    ),
  };
}

/**
 * Names the protocol by which people are asked, and which of its accounts rehearse: of that they are asked as well.
 * Earlier releases asked nobody anew under another one: what they wrote down is none of these.
 */
export function askedBy({ version, accounts }: Pick<DeskRules, 'version' | 'accounts'>): string {
  const rehearsed = Object.values(accounts).flatMap((account) => (account.rehearsed ? [account.id] : []));
  return ['all', version, ...rehearsed.toSorted()].join('.');
}

/** The accounts that rehearsed under the protocol that is named so. */
export const rehearsedUnder = (askedUnder: string): readonly string[] => askedUnder.split('.').slice(2);

/** The walk as it is stored where people were asked under the protocol in force, else as that has it. */
export const walkNow = (post: PostState, review: Review, rules: DeskRules): Review =>
  post.askedUnder === askedBy(rules) ? review : reviewUnder(post, review, rules);

/** The post as whoever presses finds it: who may is read under the protocol in force. */
export function underProtocol(post: PostState, rules: DeskRules): PostState {
  const review = reviewAwaited(post);
  return review === undefined || post.askedUnder === askedBy(rules)
    ? post
    : withReview(post, reviewUnder(post, review, rules));
}

/** Who acts on a stage by the protocol in force, be it through, but for whoever wrote what is decided on it. */
export const actsOn = (post: PostState, stage: ActedOn, rules: DeskRules): readonly string[] =>
  whoActsNow(post, stage, [], rules).people;

/** Whether enough people could decide on a stage of what these wrote, by the protocol in force. */
export const isFilledBut = (
  post: PostState,
  stage: FrozenStage,
  writers: readonly string[],
  rules: DeskRules,
): boolean => whoActsNow(post, stage, writers, rules).people.length >= stage.need;

/** Whether somebody who has decided on a stage might do so by the protocol in force, be it once it is escalated. */
export function mightStillDecide(post: PostState, stage: ActedOn, person: string, rules: DeskRules): boolean {
  const { people, escalateTo } = whoActsNow(post, stage, [], rules);
  return rules.people[person] !== undefined && [...people, ...escalateTo].includes(person);
}

/** Who has made a decision by which the post leaves, and may not make it any more; nobody once the desk has let it go. */
export function makersGone(post: PostState, rules: DeskRules): readonly string[] {
  if (!('decidedAt' in post.status) || post.vouched?.decisions === decisionsOf(post)) return [];
  return goneFrom(post, post.status.review, rules);
}

/**
 * Who has agreed to what puts right what stands, and may not any more: nothing is changed or deleted by that before the
 * desk, or whoever lets it go on while it is held, has said so.
 */
export function agreersGone(post: PostState, rules: DeskRules): readonly string[] {
  if (post.status.is !== 'held') return makersGone(post, rules);
  const { correction } = post;
  return correction?.applied === undefined ? [] : goneFrom(post, correction.review, rules);
}

/** Who has made a decision of the walk and may not make it any more. */
export function goneFrom(post: PostState, review: Review, rules: DeskRules): readonly string[] {
  const gone = review.decisions.filter(({ stage: id, by, hash }) => {
    // What was agreed to of a correction is kept with the walk of what it corrects, which has no such stage.
    const known = review.stages.find((each) => each.id === id);
    const stage = known ?? { id, kind: 'decide', people: [by], escalateTo: [] };
    return hash === review.hash && !mightStillDecide(post, stage, by, rules);
  });
  return [...new Set(gone.map(({ by }) => by))];
}

/**
 * The post with the question to the desk whether it goes out by the decisions of people who may not make them any more;
 * without one where all of them still may.
 */
export function withMakersAsked(post: PostState, { now, protocol }: PostContext): PostState {
  const { makersGone: _asked, ...rest } = post;
  const people = makersGone(post, protocol);
  if (people.length === 0) return rest;
  return {
    ...rest,
    makersGone: { decisions: decisionsOf(post), people, at: now, desk: protocol.desk.officers },
  };
}

/** Who may agree to a correction by these writers; of an emergency, on which they decide, whoever is on duty as well. */
export function correctionDeciders(
  post: PostState,
  writers: readonly string[],
  rules: DeskRules,
): readonly string[] {
  const approvers =
    post.department === undefined ? [] : (rules.departments[post.department]?.approvers ?? []);
  const onDuty = post.revision.urgency === 'emergency' ? rules.dutyOfficers : [];
  return [...new Set([...approvers, ...onDuty, ...rules.desk.officers])].filter(
    (person) => !writers.includes(person),
  );
}
