import { askedNow, awaited, type FrozenStage } from '../../approval/review.ts';
import type { Millis } from '../../core/time.ts';
import { isAskedAbout } from '../../dispatch/said.ts';
import { accountOf } from '../../dispatch/thread.ts';
import {
  departmentById,
  departmentsToProposeFor,
  isDesk,
  isDuty,
  mayPropose,
  peopleOf,
  trainedOn,
} from '../../protocol/people.ts';
import { londonDate, londonDayStart } from '../../protocol/london.ts';
import type { Urgency } from '../../protocol/protocol.ts';
import { isHeldForWords, isOpenToCorrection, awaitsCorrection } from '../correcting/correctable.ts';
import { changesAskedFor } from '../correcting/correction-goes-on.ts';
import { askedByHandAt } from '../by-hand/done-by-hand.ts';
import { waitsForTheDesk } from '../correcting/fresh-decision.ts';
import { isGivenUp } from '../correcting/given-up.ts';
import { openHold } from '../stopping/open-hold.ts';
import { isBehindRehearsal } from '../leaving/for-rehearsal.ts';
import { hasEndedFor } from '../leaving/its-end.ts';
import { reviewOf, writersOf } from './reviews.ts';
import { isEditable, isStoppedByRule, isPlannable, isToLeave, isWithWriters } from '../leaving/to-go-out.ts';
import { isHoldable } from '../stopping/what-a-hold-stops.ts';
import { isPartlyOut, isPublic, publicationsOf } from '../leaving/what-is-public.ts';
import type { DeskRules, PostState } from '../post.ts';
import { type PostRefusal, refusePost } from '../refusals.ts';
import { notDownOf } from '../taking-down/came-down.ts';
import { mendersOf } from './stopped-emergency.ts';
import { actsOn, mightStillDecide, walkNow } from './who-acts.ts';

/**
 * Whether somebody belongs to those who may read a post before it is public: its service, the desk, whoever is asked.
 * Nobody does who has left the protocol, whatever they wrote or decided; nor who was asked and has no such part in it
 * any more, be it that they had their say.
 */
export function maySee(post: PostState, person: string, rules: DeskRules): boolean {
  return (
    isThere(person, rules) &&
    (post.author === person ||
      maySeeAll(person, rules) ||
      (post.department !== undefined && inDepartment(post.department, person, rules)) ||
      post.revision.accounts.some((account) => handsOf(post, account, rules).includes(person)) ||
      (reviewOf(post)?.stages.some((stage) => mightStillDecide(post, stage, person, rules)) ?? false))
  );
}

/** Whether the protocol has somebody: who has left it may do nothing with a post any more, be it their own. */
export const isThere = (person: string, rules: DeskRules): boolean => rules.people[person] !== undefined;

/**
 * Everybody who may write on the post: its author while they write for its service, that one's proposers and leads, and the
 * desk; on an emergency that a rule stops, whoever decides on it, and whoever of the whole council's people wrote it last.
 */
export function editors(post: PostState, rules: DeskRules): readonly string[] {
  const department = post.department === undefined ? undefined : rules.departments[post.department];
  return [
    ...new Set([
      ...(isLeftByAuthor(post, rules) ? [] : [post.author]),
      ...(department?.proposers ?? []),
      ...(department?.leads ?? []),
      ...rules.desk.officers,
      ...mendersOf(post, rules),
      ...(post.revision.urgency === 'emergency' && maySeeAll(post.revision.by, rules)
        ? [post.revision.by]
        : []),
    ]),
  ].filter((person) => isThere(person, rules));
}

/**
 * Whether the protocol does not have its author any more, or does not let them write for its service. What is for none,
 * or none that there is, is theirs while it is.
 */
export const isLeftByAuthor = (post: PostState, rules: DeskRules): boolean =>
  !isThere(post.author, rules) ||
  (post.department !== undefined &&
    !hasLostDepartment(post, rules) &&
    !mayPropose(post.author, post.department, rules));

/**
 * Who goes on with it while it is with its writers: its author and who edited it last. Where its author may not write on
 * it any more, or may not send it since their training does not count, others go on with it: who writes for its service,
 * or the desk where nobody does.
 */
export function writersNow(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const { proposers = [] } = departmentById(post.department ?? '', rules) ?? {};
  const mayWrite = editors(post, rules);
  const maySendIt = (person: string): boolean =>
    mayWrite.includes(person) && isTrainedFor(person, post.revision.urgency, now, rules);
  const wrote = [post.author, post.revision.by].filter(maySendIt);
  if (wrote.includes(post.author)) return [...new Set(wrote)];
  const others = proposers.filter(maySendIt);
  return [...new Set([...(others.length > 0 ? others : rules.desk.officers), ...wrote])];
}

/** Who hears how it goes on: whoever goes on with it, and whoever wrote it while the protocol has them. */
export const hearersOf = (post: PostState, rules: DeskRules, now: Millis): readonly string[] => [
  ...new Set([
    ...writersNow(post, rules, now),
    ...[post.author, post.revision.by].filter((person) => isThere(person, rules)),
  ]),
];

/** GOV-1: whether somebody has training that counts that day; an emergency is not stopped by it. */
export const isTrainedFor = (person: string, urgency: Urgency, now: Millis, rules: DeskRules): boolean =>
  urgency === 'emergency' ||
  rules.rules['GOV-1'] === undefined ||
  trainedOn(person, londonDate(now), rules).trained;

/** When the training of somebody who might go on with it next runs out, so that others may have to. */
export function trainingEnds(post: PostState, rules: DeskRules, now: Millis): Millis | undefined {
  const { proposers = [] } = departmentById(post.department ?? '', rules) ?? {};
  const ends = [post.author, post.revision.by, ...proposers].flatMap((person) => {
    const training = trainedOn(person, londonDate(now), rules);
    return training.trained ? [londonDayStart(training.until, 1)] : [];
  });
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** Whether its department is not in the protocol any more: nobody can be asked for it, and none of its people write on it. */
export const hasLostDepartment = ({ department }: PostState, rules: DeskRules): boolean =>
  department !== undefined && departmentById(department, rules) === undefined;

/** Whether it has to be said for which department it is, before it can go on. */
export const lacksDepartment = (post: PostState, rules: DeskRules): boolean =>
  post.department === undefined || hasLostDepartment(post, rules);

/**
 * Whether it cannot go on before that is said. What was approved, and does not wait for the desk's word, goes out all
 * the same.
 */
export const needsDepartment = (post: PostState, rules: DeskRules): boolean =>
  isEditable(post) && lacksDepartment(post, rules) && (!isToLeave(post) || waitsForTheDesk(post));

/**
 * Its author and the desk may say for which department it is, those that they write for: of a draft that has none yet,
 * and of what waits while the protocol has no such department any more.
 */
export function mayChooseDepartment(post: PostState, person: string, rules: DeskRules): boolean {
  return (
    needsDepartment(post, rules) &&
    (post.author === person || isDesk(person, rules)) &&
    departmentsToProposeFor(person, rules).length > 0
  );
}

/** Who may choose a department for it now. */
export const choosers = (post: PostState, rules: DeskRules): readonly string[] =>
  [...new Set([post.author, ...rules.desk.officers])].filter((person) =>
    mayChooseDepartment(post, person, rules),
  );

/** Before anything is public its writers may edit it; an edit voids every decision. */
export function mayEdit(post: PostState, person: string, rules: DeskRules): boolean {
  return isEditable(post) && editors(post, rules).includes(person);
}

/** A draft, or one that was sent back or has expired, is sent by those who may write on it. */
export function maySend(post: PostState, person: string, rules: DeskRules): boolean {
  return isWithWriters(post) && editors(post, rules).includes(person);
}

/** Whether it is sent where somebody sends it now: they may, and their training counts. */
export const maySendNow = (post: PostState, person: string, rules: DeskRules, now: Millis): boolean =>
  maySend(post, person, rules) && isTrainedFor(person, post.revision.urgency, now, rules);

function asked(post: PostState, person: string, rules: DeskRules, kind: FrozenStage['kind']): boolean {
  const review = post.status.is === 'in-review' || post.status.is === 'held' ? post.status.review : undefined;
  const stage = review === undefined ? undefined : awaited(review);
  if (review === undefined || stage?.kind !== kind) return false;
  return isThere(person, rules) && askedNow(walkNow(post, review, rules)).includes(person);
}

/** May let the post go on to the service's approvers after a look. */
export function mayPassOn(post: PostState, person: string, rules: DeskRules): boolean {
  // Nobody is behind the look where its department is gone.
  return asked(post, person, rules, 'pass-on') && !isStoppedByRule(post) && !hasLostDepartment(post, rules);
}

/** May decide at the awaited stage; for a held post, may release it by a fresh decision. */
export function mayDecide(post: PostState, person: string, rules: DeskRules): boolean {
  return asked(post, person, rules, 'decide') && !isStoppedByRule(post);
}

/** Whoever is asked now may send it back or refuse it, at a look as at a decision. */
export function mayTurnDown(post: PostState, person: string, rules: DeskRules): boolean {
  return asked(post, person, rules, 'decide') || asked(post, person, rules, 'pass-on');
}

/** Nobody changes again what stands in public already. */
export const maySendBack = (post: PostState, person: string, rules: DeskRules): boolean =>
  !isPartlyOut(post) && mayTurnDown(post, person, rules);

/** Its writers may cancel a post of which nothing is public. */
export function mayCancel(post: PostState, person: string, rules: DeskRules): boolean {
  return isEditable(post) && editors(post, rules).includes(person);
}

/** Its writers, and whoever is asked to decide, may plan another time. */
export function maySchedule(post: PostState, person: string, rules: DeskRules): boolean {
  return isPlannable(post) && (editors(post, rules).includes(person) || mayDecide(post, person, rules));
}

/** Its author, its approvers, the desk and the duty officer may stop what is not yet public. */
export function holders(post: PostState, rules: DeskRules): readonly string[] {
  const review = reviewOf(post);
  // Whom it was escalated to or handed on may turn it down, which is more.
  const approvers =
    review === undefined
      ? []
      : [
          ...review.stages.flatMap((stage) => actsOn(post, stage, rules)),
          ...askedNow(walkNow(post, review, rules)),
        ];
  return [...new Set([post.author, ...approvers, ...removers(rules)])].filter((person) =>
    isThere(person, rules),
  );
}

/** May stop it by one press: what leaves, and what somebody could send again without another decision. */
export const mayHold = (post: PostState, person: string, rules: DeskRules, now: Millis): boolean =>
  !isHeldForWords(post) &&
  (isHoldable(post) || (couldBeSentAgain(post, rules, now) && openHold(post) === undefined)) &&
  holders(post, rules).includes(person);

/** The desk sees to a post that was approved by somebody who may not any more: any officer may ask for approval again. */
export const mayAnswerMakers = (post: PostState, person: string, rules: DeskRules): boolean =>
  waitsForTheDesk(post) && isDesk(person, rules);

/** Nobody can be asked for a department that the protocol does not have any more: another one is chosen instead. */
export const mayAskAgain = (post: PostState, person: string, rules: DeskRules): boolean =>
  mayAnswerMakers(post, person, rules) && !hasLostDepartment(post, rules);

/** Who may say that it goes out by such a decision: officers of the desk, of whom none decides on what they wrote. */
export function lettersOut(post: PostState, rules: DeskRules): readonly string[] {
  const wrote = writersOf(post);
  return waitsForTheDesk(post) ? rules.desk.officers.filter((officer) => !wrote.includes(officer)) : [];
}

/** May say that it goes out all the same. */
export const mayLetOut = (post: PostState, person: string, rules: DeskRules): boolean =>
  lettersOut(post, rules).includes(person);

/** Who posts by hand on an account for this post, by the protocol in force. */
export function handsOf(post: PostState, account: string, rules: DeskRules): readonly string[] {
  return peopleOf(rules.accounts[account]?.postedBy ?? [], post.department ?? '', rules).filter((person) =>
    isThere(person, rules),
  );
}

/** Whoever posts there by hand, and the desk, may say what became of it; that it is down, whoever may take it down. */
export function mayDoByHand(post: PostState, part: string, person: string, rules: DeskRules): boolean {
  const asked = askedByHandAt(post, part);
  if (asked === undefined) return false;
  if (asked.what === 'remove' && removers(rules).includes(person)) return true;
  return isDesk(person, rules) || handsOf(post, accountOf(part), rules).includes(person);
}

/** Who is to say whether they did by hand what is not to be done now: whoever was asked; the desk, where none of them may any more. */
export function sayersOf(post: PostState, part: string, rules: DeskRules): readonly string[] {
  const people = post.wasByHand?.[part]?.people ?? [];
  const may = people.filter((person) => mayDoByHand(post, part, person, rules));
  return may.length > 0 ? may : rules.desk.officers;
}

/** Its writers may ask for a correction of what stands. */
export function mayCorrect(post: PostState, person: string, rules: DeskRules): boolean {
  return isOpenToCorrection(post) && editors(post, rules).includes(person);
}

/** One other person than the one who corrects may agree: an approver of the service or the desk. */
export function mayDecideCorrection(post: PostState, person: string, rules: DeskRules): boolean {
  const correction = post.correction;
  if (correction === undefined || !awaitsCorrection(post) || post.status.is === 'held') return false;
  const stage = awaited(correction.review);
  if (stage === undefined || !isThere(person, rules)) return false;
  return askedNow(walkNow(post, correction.review, rules)).includes(person);
}

/** Whoever asked for a correction may take that back until somebody has agreed. */
export function mayTakeBackCorrection({ correction }: PostState, person: string, rules: DeskRules): boolean {
  return (
    isThere(person, rules) &&
    correction !== undefined &&
    correction.applied === undefined &&
    correction.by === person
  );
}

/** The desk and the duty officer may take down what stands, by one press. */
export function mayRemove(post: PostState, person: string, rules: DeskRules): boolean {
  return isPublic(post) && removers(rules).includes(person);
}

/** Whether a press may take something down: what could not be taken down where the account is gone, Crier cannot reach. */
export const mayComeDown = (post: PostState, rules: DeskRules): boolean =>
  post.status.is !== 'taken-down' || notDownOf(post).some(([part]) => isStillOurs(part, rules));

/**
 * Who may take down what is public. They may hold what is not public yet as well, which is less, and stop everything.
 */
export function removers(rules: DeskRules): readonly string[] {
  return [...new Set([...rules.desk.officers, ...rules.dutyOfficers])];
}

/** The desk says what became of what nobody could tell, or what is tried in vain. */
export function mayAnswerUnknown(post: PostState, person: string, rules: DeskRules): boolean {
  return (
    isDesk(person, rules) &&
    (Object.values(publicationsOf(post)).some(isAskedAbout) || changesAskedFor(post).length > 0)
  );
}

/**
 * Its writers may send what an account refused once more, after whatever stood in the way was put right there; also
 * while other accounts still wait, which may be for long.
 */
export const mayTryAgain = (post: PostState, person: string, rules: DeskRules, now: Millis): boolean =>
  isToTryAgain(post, rules, now) && editors(post, rules).includes(person);

/** Whether something that an account refused can be sent once more. What somebody calls wrong is not before that is decided. */
export const isToTryAgain = (post: PostState, rules: DeskRules, now: Millis): boolean =>
  !awaitsCorrection(post) && isRefusedStill(post, rules, now);

function isRefusedStill(post: PostState, rules: DeskRules, now: Millis): boolean {
  const { status } = post;
  if (status.is !== 'failed' && status.is !== 'partly-published' && status.is !== 'publishing') return false;
  return (
    // What was erased of the plan can not go out any more.
    status.plan.parts.every(({ bytes }) => bytes !== '') &&
    Object.keys(publicationsOf(post)).some((part) => mayLeaveAgain(post, part, rules, now))
  );
}

/**
 * Whether a press on its card could send something that does not leave by itself: what an account refused, or what nobody
 * can tell of, once somebody says that it is not there.
 */
export const couldBeSentAgain = (post: PostState, rules: DeskRules, now: Millis): boolean =>
  sentAgainOn(post, rules, now).length > 0;

/** The accounts on which a press could do that. */
export function sentAgainOn(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const isRefused = isRefusedStill(post, rules, now);
  const parts = Object.entries(publicationsOf(post)).filter(
    ([part, each]) =>
      (isRefused && mayLeaveAgain(post, part, rules, now)) ||
      (post.status.is !== 'held' && each.is === 'unknown' && each.asked && !isGivenUp(post, each)),
  );
  return [...new Set(parts.map(([part]) => accountOf(part)))];
}

/** Whether an account refused a part of which it can be asked once more: the account is there, and the end is not. */
export const mayLeaveAgain = (post: PostState, part: string, rules: DeskRules, now: Millis): boolean =>
  publicationsOf(post)[part]?.is === 'failed' &&
  isStillOurs(part, rules) &&
  !isBehindRehearsal(post, accountOf(part), rules) &&
  !hasEndedFor(post, part, now);

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

/** Refuses what only the desk may say. */
export const unlessDesk = (person: string, rules: DeskRules): PostRefusal | undefined =>
  isDesk(person, rules)
    ? undefined
    : refusePost('not-asked', { asked: rules.desk.officers, stage: rules.desk.name });
