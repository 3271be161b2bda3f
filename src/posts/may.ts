import type { Millis } from '../core/time.ts';
import { askedNow, awaited, type FrozenStage, type Review } from '../approval/review.ts';
import { departmentById, isDesk, isDuty, mayPropose, peopleOf } from '../protocol/people.ts';
import { whoActs } from '../protocol/route.ts';
import { isSettled, notOnlyLater, type Publication } from '../dispatch/publication.ts';
import { accountOf } from '../dispatch/thread.ts';
import type { ByHand, DeskRules, PlannedTime, PostContext, PostState } from './post.ts';

/** Whether somebody belongs to those who may read a post before it is public: its service, the desk, whoever is asked. */
export function maySee(post: PostState, person: string, rules: DeskRules): boolean {
  return (
    post.author === person ||
    maySeeAll(person, rules) ||
    (post.department !== undefined && inDepartment(post.department, person, rules)) ||
    post.revision.accounts.some((account) => handsOf(post, account, rules).includes(person)) ||
    (reviewOf(post)?.stages.some((stage) => [...stage.people, ...stage.escalateTo].includes(person)) ?? false)
  );
}

/** The walk of approvals that the post is on, will go on with after a hold, or was on before it was over. */
export function reviewOf(post: PostState): Review | undefined {
  switch (post.status.is) {
    case 'in-review':
    case 'held':
    case 'approved':
    case 'scheduled':
    case 'publishing':
    case 'published':
    case 'partly-published':
    case 'failed':
    case 'taken-down':
      return post.status.review;
    case 'not-to-be-published':
    case 'cancelled':
    case 'expired':
      return post.status.walked;
    default:
      return undefined;
  }
}

/** The walk of approvals that what is over keeps. */
export function walkedOf(post: PostState): { readonly walked?: Review } {
  const walked = reviewOf(post);
  return walked === undefined ? {} : { walked };
}

/** Everybody who may write on the post: its author, its service's proposers and leads, and the desk. */
export function editors(post: PostState, rules: DeskRules): readonly string[] {
  const department = post.department === undefined ? undefined : rules.departments[post.department];
  return [
    ...new Set([
      post.author,
      ...(department?.proposers ?? []),
      ...(department?.leads ?? []),
      ...rules.desk.officers,
    ]),
  ];
}

/**
 * Who has to know how it goes on with what they wrote: its author and who edited it last. Where its author is not in the
 * protocol any more, others go on with it: who writes for its service, or its leads, or the desk.
 */
export function writersNow(post: PostState, rules: DeskRules): readonly string[] {
  const { proposers = [], leads = [] } = departmentById(post.department ?? '', rules) ?? {};
  const wrote = [post.author, post.revision.by].filter((person) => rules.people[person] !== undefined);
  const others = [proposers, leads].find((people) => people.length > 0) ?? rules.desk.officers;
  return [...new Set(isLeftByAuthor(post, rules) ? [...others, ...wrote] : wrote)];
}

/** Whether the protocol does not have its author any more. */
export const isLeftByAuthor = ({ author }: PostState, rules: DeskRules): boolean =>
  rules.people[author] === undefined;

/** Before anything is public its writers may edit it; an edit voids every decision. */
export function mayEdit(post: PostState, person: string, rules: DeskRules): boolean {
  return isEditable(post) && editors(post, rules).includes(person);
}

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
    default:
      return false;
  }
}

/** A draft, or one that was sent back or has expired, is sent by those who may write on it. */
export function maySend(post: PostState, person: string, rules: DeskRules): boolean {
  return ['draft', 'sent-back', 'expired'].includes(post.status.is) && editors(post, rules).includes(person);
}

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
  const id = ofCorrection ? stage.id.slice(correctionStage.length + 1) : stage.id;
  const entry = rules.stages.find((candidate) => candidate.id === id);
  if (entry === undefined) {
    const isThere = (person: string): boolean => rules.people[person] !== undefined;
    return { people: stage.people.filter(isThere), escalateTo: stage.escalateTo.filter(isThere) };
  }
  const { kind } = stage;
  const wrote = ofCorrection && writers.length > 0 ? [...writers, post.author] : writers;
  return whoActs({ ...entry, kind }, post.department ?? '', wrote, rules);
}

/** The walk, with those who act on what is awaited and what is to come by the protocol in force. */
export function reviewUnder(post: PostState, review: Review, rules: DeskRules): Review {
  return {
    ...review,
    stages: review.stages.map((stage, index) =>
      index < review.current ? stage : { ...stage, ...whoActsNow(post, stage, review.writers, rules) },
    ),
  };
}

/**
 * Names the protocol by which people are asked. Earlier releases asked nobody anew under another one: what they wrote
 * down is none of these.
 */
export const askedBy = ({ version }: Pick<DeskRules, 'version'>): string => `all.${version}`;

/** The walk as it is stored where people were asked under the protocol in force, else as that has it. */
const walkNow = (post: PostState, review: Review, rules: DeskRules): Review =>
  post.askedUnder === askedBy(rules) ? review : reviewUnder(post, review, rules);

/** The walk on which somebody's decision is waited for: of the post, or of a correction of what stands. */
export function reviewAwaited({ status, correction }: PostState): Review | undefined {
  if (status.is === 'in-review' || status.is === 'held') return status.review;
  return correction !== undefined && correction.applied === undefined ? correction.review : undefined;
}

/** The post with another walk in the place of that on which somebody's decision is waited for. */
export function withReview(post: PostState, review: Review): PostState {
  const { status, correction } = post;
  if (status.is === 'in-review' || status.is === 'held') return { ...post, status: { ...status, review } };
  return correction === undefined ? post : { ...post, correction: { ...correction, review } };
}

/** The post as whoever presses finds it: who may is read under the protocol in force. */
export function underProtocol(post: PostState, rules: DeskRules): PostState {
  const review = reviewAwaited(post);
  return review === undefined || post.askedUnder === askedBy(rules)
    ? post
    : withReview(post, reviewUnder(post, review, rules));
}

/** Whether somebody who has decided on a stage might do so by the protocol in force, be it once it is escalated. */
export function mightStillDecide(post: PostState, stage: ActedOn, person: string, rules: DeskRules): boolean {
  const { people, escalateTo } = whoActsNow(post, stage, [], rules);
  return rules.people[person] !== undefined && [...people, ...escalateTo].includes(person);
}

function asked(post: PostState, person: string, rules: DeskRules, kind: FrozenStage['kind']): boolean {
  const review = post.status.is === 'in-review' || post.status.is === 'held' ? post.status.review : undefined;
  const stage = review === undefined ? undefined : awaited(review);
  if (review === undefined || stage?.kind !== kind) return false;
  return rules.people[person] !== undefined && askedNow(walkNow(post, review, rules)).includes(person);
}

/** May let the post go on to the service's approvers after a look. */
export function mayPassOn(post: PostState, person: string, rules: DeskRules): boolean {
  return asked(post, person, rules, 'pass-on') && !isStoppedByRule(post);
}

/** May decide at the awaited stage; for a held post, may release it by a fresh decision. */
export function mayDecide(post: PostState, person: string, rules: DeskRules): boolean {
  return asked(post, person, rules, 'decide') && !isStoppedByRule(post);
}

/** Whether somebody is asked before it goes out, or before what is left of it does. */
export const waitsToGoOut = (post: PostState): boolean =>
  post.status.is === 'in-review' || (post.status.is === 'held' && publicSince(post) === undefined);

/** Whether a rule has come to stop what was sent, or what was approved: no decision lets it go before it is changed. */
export const isStoppedByRule = (post: PostState): boolean =>
  waitsToGoOut(post) && post.findings.some(({ breach }) => breach === 'block');

/** Whoever is asked now may send it back or refuse it, at a look as at a decision. */
export function mayTurnDown(post: PostState, person: string, rules: DeskRules): boolean {
  return asked(post, person, rules, 'decide') || asked(post, person, rules, 'pass-on');
}

/** It does not go on by itself: its writers have to know. What was held with everything else is told on the stop's list. */
export function isOver({ status }: PostState): boolean {
  switch (status.is) {
    case 'sent-back':
    case 'not-to-be-published':
    case 'cancelled':
    case 'expired':
    case 'taken-down':
      return true;
    case 'held':
      return !status.all;
    default:
      return false;
  }
}

/** Whether Crier held it, since something in it had come to block: somebody has to change it before its time. */
export const isHeldByCrier = ({ status }: PostState): boolean =>
  status.is === 'held' && status.by === 'crier';

/** Whether part of a held post stands already or may, so that it does not go back to its writers. */
export const isPartlyOut = (post: PostState): boolean =>
  post.status.is === 'held' && post.status.out !== undefined;

/** Nobody changes again what stands in public already. */
export const maySendBack = (post: PostState, person: string, rules: DeskRules): boolean =>
  !isPartlyOut(post) && mayTurnDown(post, person, rules);

/** Its writers may cancel a post of which nothing is public. */
export function mayCancel(post: PostState, person: string, rules: DeskRules): boolean {
  return isEditable(post) && editors(post, rules).includes(person);
}

/**
 * Whether another time may be planned: while nothing of the post is public. One that is held may have begun to leave,
 * and none of it arrived: its words are fixed, and its time is not.
 */
export const isPlannable = (post: PostState): boolean =>
  isEditable(post) || (post.status.is === 'held' && !isPublic(post));

/** Its writers, and whoever is asked to decide, may plan another time. */
export function maySchedule(post: PostState, person: string, rules: DeskRules): boolean {
  return isPlannable(post) && (editors(post, rules).includes(person) || mayDecide(post, person, rules));
}

/**
 * Whether the time has passed at which what still waits for a decision was to go out: it needs another one first. What
 * is partly out since before it was held had its time, and goes on at once; that it had begun to leave is not enough.
 */
export function isOverdue(post: PostState, now: Millis): boolean {
  const { status, when } = post;
  const asked = status.is === 'in-review' || status.is === 'held';
  return asked && !isPublic(post) && when !== undefined && when.at <= now;
}

/** Its author, its approvers, the desk and the duty officer may stop what is not yet public. */
export function holders(post: PostState, rules: DeskRules): readonly string[] {
  const review = reviewOf(post);
  // Whom it was escalated to or handed on may turn it down, which is more.
  const approvers =
    review === undefined ? [] : [...review.stages.flatMap(({ people }) => people), ...askedNow(review)];
  return [...new Set([post.author, ...approvers, ...removers(rules)])];
}

/** Whether something of the post is still to leave, so that a hold stops it. */
export function isHoldable(post: PostState): boolean {
  switch (post.status.is) {
    case 'in-review':
    case 'approved':
    case 'scheduled':
    case 'publishing':
      return true;
    default:
      return false;
  }
}

/** May stop it by one press. */
export function mayHold(post: PostState, person: string, rules: DeskRules): boolean {
  return isHoldable(post) && holders(post, rules).includes(person);
}

/** Whether something of the post stands in public, be it that it could not be taken down, or is to make room. */
export function isPublic(post: PostState): boolean {
  return Object.values(publicationsOf(post)).some(
    (publication) =>
      publication.is === 'published' ||
      (publication.is === 'removing' &&
        (publication.problem !== undefined || publication.instead !== undefined)),
  );
}

/** Since when it is public, where all that waits or leaves is a correction of it. */
export function publicSince(post: PostState): Millis | undefined {
  const { status } = post;
  const out = status.is === 'held' || status.is === 'publishing' ? status.was : undefined;
  return isPublic(post) ? out : undefined;
}

/** What has left or may leave, by part key; empty for a post that nobody has let go. */
export function publicationsOf(post: PostState): Readonly<Record<string, Publication>> {
  if ('publications' in post.status) return post.status.publications;
  return post.status.is === 'held' ? (post.status.out ?? {}) : {};
}

/** When it ends: as what was agreed to put right says, also while that is on its way. */
export const endOf = ({ revision, correction }: PostState): PlannedTime | undefined =>
  correction?.applied === undefined ? revision.until : correction.revision.until;

/** Everything that was to go out has been settled, and something stands. */
export function isCorrectable(post: PostState): boolean {
  const { status } = post;
  // What a person is still to post by hand does not keep what stands from being put right.
  // Nor does what is shown later: it then says what is right.
  const settled =
    status.is === 'publishing' && notOnlyLater(Object.values(status.publications)).every(isSettled);
  return (settled || status.is === 'published' || status.is === 'partly-published') && isPublic(post);
}

/** The first stage of a correction. Those that the protocol gives what was found in it follow, named after it. */
export const correctionStage = 'correction';

/** Whether a stage is of a correction. */
export const isStageOfCorrection = (stage: string): boolean => stage.split(':')[0] === correctionStage;

/**
 * Whether nothing more comes by itself of a correction that was agreed to: what is left of it did not go out, or
 * somebody is asked to change it by hand.
 */
export function correctionIsStuck(post: PostState): boolean {
  const applied = post.correction?.applied;
  if (applied === undefined) return false;
  const publications = publicationsOf(post);
  const waiting = Object.keys(applied.parts).filter((part) => applied.parts[part] === 'waiting');
  return waiting.every(
    (part) => isChangedByHand(post, part) || ['failed', 'stopped'].includes(publications[part]?.is ?? ''),
  );
}

/** How a correction that was agreed to goes on. */
export function correctionGoesOn(post: PostState): 'by-itself' | 'by-hand' | 'held' | 'no-more' {
  if (post.status.is === 'held') return 'held';
  if (!correctionIsStuck(post)) return 'by-itself';
  return Object.keys(post.byHand ?? {}).some((part) => isChangedByHand(post, part)) ? 'by-hand' : 'no-more';
}

/** Whether somebody is asked to change by hand what stands there. */
export const isChangedByHand = (post: PostState, part: string): boolean =>
  post.byHand?.[part]?.what === 'change';

/** Names the decisions by which a post leaves; empty where there are none. */
export function decisionsOf(post: PostState): string {
  if (!('decidedAt' in post.status)) return '';
  const { id, hash } = post.status.review;
  return `${id}:${hash}`;
}

/** Who has made a decision by which the post leaves, and may not make it any more; nobody once the desk has let it go. */
export function makersGone(post: PostState, rules: DeskRules): readonly string[] {
  if (!('decidedAt' in post.status) || post.vouched?.decisions === decisionsOf(post)) return [];
  return goneFrom(post, post.status.review, rules);
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

/** Whether something of a post that was decided is still to leave. */
export const isToLeave = (post: PostState): boolean =>
  'decidedAt' in post.status && Object.values(publicationsOf(post)).some(({ is }) => is === 'queued');

/** Whether it stays until the desk has said whether such a decision still counts. */
export const waitsForTheDesk = (post: PostState): boolean =>
  post.makersGone !== undefined && post.makersGone.decisions === decisionsOf(post);

/** The desk says whether it goes out by a decision whose maker may not decide any more. */
export const mayAnswerMakers = (post: PostState, person: string, rules: DeskRules): boolean =>
  waitsForTheDesk(post) && isDesk(person, rules);

/** Who posts by hand on an account for this post, by the protocol in force. */
export function handsOf(post: PostState, account: string, rules: DeskRules): readonly string[] {
  return peopleOf(rules.accounts[account]?.postedBy ?? [], post.department ?? '', rules).filter(
    (person) => rules.people[person] !== undefined,
  );
}

/** What somebody is asked to do by hand, or had been before it was held or given up, by part. */
export const askedByHandOf = ({ byHand, wasByHand }: PostState): Readonly<Record<string, ByHand>> => ({
  ...wasByHand,
  ...byHand,
});

/** Whether somebody is asked to do it, or was before it was held: they alone are to do it, whoever may say that it is done. */
export const isAskedByHand = (post: PostState, part: string, person: string): boolean =>
  askedByHandOf(post)[part]?.people.includes(person) === true;

/** Whoever posts there by hand, and the desk, may say what became of it. */
export function mayDoByHand(post: PostState, part: string, person: string, rules: DeskRules): boolean {
  const hands = handsOf(post, accountOf(part), rules);
  return askedByHandOf(post)[part] !== undefined && (hands.includes(person) || isDesk(person, rules));
}

/** Its writers may ask for a correction of what stands. */
export function mayCorrect(post: PostState, person: string, rules: DeskRules): boolean {
  const free = post.correction === undefined || correctionIsStuck(post);
  return isCorrectable(post) && free && editors(post, rules).includes(person);
}

/** One other person than the one who corrects may agree: an approver of the service or the desk. */
export function mayDecideCorrection(post: PostState, person: string, rules: DeskRules): boolean {
  const correction = post.correction;
  if (correction === undefined || correction.applied !== undefined || post.status.is === 'held') return false;
  const stage = awaited(correction.review);
  if (stage === undefined || rules.people[person] === undefined) return false;
  return askedNow(walkNow(post, correction.review, rules)).includes(person);
}

/** Whoever asked for a correction may take that back until somebody has agreed. */
export function mayTakeBackCorrection({ correction }: PostState, person: string): boolean {
  return correction !== undefined && correction.applied === undefined && correction.by === person;
}

/** Who may agree to a correction by these writers. */
export function correctionDeciders(
  post: PostState,
  writers: readonly string[],
  rules: DeskRules,
): readonly string[] {
  const approvers =
    post.department === undefined ? [] : (rules.departments[post.department]?.approvers ?? []);
  return [...new Set([...approvers, ...rules.desk.officers])].filter((person) => !writers.includes(person));
}

/** The desk and the duty officer may take down what stands, by one press. */
export function mayRemove(post: PostState, person: string, rules: DeskRules): boolean {
  return isPublic(post) && removers(rules).includes(person);
}

/**
 * Who may take down what is public. They may hold what is not public yet as well, which is less, and stop everything.
 */
export function removers(rules: DeskRules): readonly string[] {
  return [...new Set([...rules.desk.officers, ...rules.dutyOfficers])];
}

/** The desk says what became of a publication that nobody could tell. */
export function mayAnswerUnknown(post: PostState, person: string, rules: DeskRules): boolean {
  return (
    isDesk(person, rules) &&
    Object.values(publicationsOf(post)).some(
      (publication) => publication.is === 'unknown' && publication.asked,
    )
  );
}

/**
 * Its writers may send what an account refused once more, after whatever stood in the way was put right there; also
 * while other accounts still wait, which may be for long.
 */
export function mayTryAgain(post: PostState, person: string, rules: DeskRules): boolean {
  const { status } = post;
  if (status.is !== 'failed' && status.is !== 'partly-published' && status.is !== 'publishing') return false;
  return (
    // What was erased of the plan can not go out any more.
    status.plan.parts.every(({ bytes }) => bytes !== '') &&
    Object.entries(publicationsOf(post)).some(
      ([part, publication]) => publication.is === 'failed' && isStillOurs(part, rules),
    ) &&
    editors(post, rules).includes(person)
  );
}

/** Whether the protocol still has the account of a part. */
export const isStillOurs = (part: string, rules: DeskRules): boolean =>
  rules.accounts[accountOf(part)] !== undefined;

/** Whether somebody sees every post of a department, not only those that they have a part in. */
export function maySeeAllOf(department: string, person: string, rules: DeskRules): boolean {
  return maySeeAll(person, rules) || inDepartment(department, person, rules);
}

/** Who sees the posts of every department: lists and the calendar are everybody's to them. */
export const maySeeAll = (person: string, rules: DeskRules): boolean =>
  isDesk(person, rules) ||
  isDuty(person, rules) ||
  rules.headOfCommunications === person ||
  rules.monitoringOfficer === person;

function inDepartment(department: string, person: string, rules: DeskRules): boolean {
  const entry = rules.departments[department];
  return (
    mayPropose(person, department, rules) ||
    (entry !== undefined && [...entry.approvers, ...entry.leads].includes(person))
  );
}
