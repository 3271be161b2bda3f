import {
  askedNow,
  awaited,
  lacksPeople,
  missingAt,
  stageTimes,
  type FrozenStage,
  type Review,
} from '../approval/review.ts';
import type { Millis } from '../core/time.ts';
import { correctionStage } from '../posts/correction-stage.ts';
import { isOverdue } from '../posts/to-go-out.ts';
import { publicSince } from '../posts/what-is-public.ts';
import { goneFrom } from '../posts/who-acts.ts';
import type { Instead } from '../posts/instead.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { firstSeen } from '../posts/shown-later.ts';
import { nameOf, sayPeople, sentence } from './names.ts';
import { buttons, urgencyWords } from './on-cards.ts';
import { count } from './posts.ts';
import { sayDated, sayOn, sayUntil } from './times.ts';
import { departmentById } from '../protocol/people.ts';

/** When the people who are asked should have decided: before it is taken further, and before the post's own times. */
export const decideBy = (post: PostState): Millis | undefined =>
  post.status.is === 'in-review'
    ? dueAt(post, post.status.review, post.status.review.escalated ? 'expire' : 'escalate')
    : undefined;

/** By when they should have, before more people were asked; undefined while nobody else is. */
export const wasDue = (post: PostState): Millis | undefined =>
  post.status.is === 'in-review' && post.status.review.escalated
    ? dueAt(post, post.status.review, 'escalate')
    : undefined;

function dueAt(
  { when, revision }: PostState,
  review: Review,
  what: 'escalate' | 'expire',
): Millis | undefined {
  const times = stageTimes(review);
  const own = [when?.at, revision.until?.at].filter((at) => at !== undefined);
  return times === undefined ? undefined : Math.min(times[what], ...own);
}

/** @returns the second line of somebody who is asked: `Please decide by Tue 24 Nov at 11:42am` */
export function pleaseDecide(post: PostState, now: Millis): string {
  if (post.status.is === 'held') {
    if (isOverdue(post, now)) return 'Held, and its time has passed';
    return publicSince(post) === undefined
      ? 'Held. Your approval lets it go on'
      : 'Its correction is held. Your approval lets it go on';
  }
  const by = decideBy(post);
  if (by === undefined) return 'Please decide';
  return by <= now
    ? `Please decide now: it was due ${sayOn(by, now)}`
    : `Please decide by ${sayDated(by, now)}`;
}

/** @returns the second line of the desk's officers while a look is awaited */
export function pleaseLook(post: PostState, now: Millis): string {
  if (post.status.is === 'held') return 'Held. Please look at this';
  const by = decideBy(post);
  if (by === undefined) return 'Please look at this';
  return by <= now ? `Please look now: it was due ${sayOn(by, now)}` : `Please look by ${sayDated(by, now)}`;
}

/** @returns what those are called who may agree to a correction: `Highways approvers or Communications` */
export function correctionDecidersName(
  department: string | undefined,
  { departments, desk }: DeskRules,
): string {
  const short = departmentById(department ?? '', { departments })?.short;
  return short === undefined ? desk.name : `${short} approvers or ${desk.name}`;
}

/** What a stage is called. Earlier releases stored words for the first one of a correction, which has a code now. */
const stageName = ({ id, name }: FrozenStage, department: string | undefined, rules: DeskRules): string =>
  id === correctionStage ? correctionDecidersName(department, rules) : name;

/**
 * @param may who can choose another one
 * @returns that a department is not in the protocol any more, and how a post of it goes on
 */
export const departmentGoneWords = (department: string, may: readonly string[], rules: DeskRules): string =>
  `${goneWords(department, rules)} ${may.length === 0 ? `${rules.desk.name} can help.` : `${sayPeople(may, rules, 'or')} can choose another department for it.`}`;

const goneWords = (department: string, { earlier }: DeskRules): string =>
  `${earlier?.departments[department]?.name ?? 'Its department'} is not in the protocol any more, so nobody can be asked.`;

/** @returns the same to somebody who chooses another one, and what comes of that */
export const chooseAnotherWords = ({ department = '', status }: PostState, rules: DeskRules): string => {
  const isSent = status.is !== 'draft' && status.is !== 'sent-back' && status.is !== 'expired';
  return `${goneWords(department, rules)} Choose another department.${isSent ? ' It is a draft then, and is sent once more.' : ''}`;
};

/** @returns `Communications, then one of 3 Highways approvers`: the way ahead of a draft */
export function routeWords(
  stages: readonly FrozenStage[],
  writers: readonly string[],
  rules: DeskRules,
): string {
  return stages.map((stage) => stageWords(stage, writers, rules)).join(', then ');
}

/** @returns who is asked at one stage: `one of 3 Highways approvers` */
export function stageWords(stage: FrozenStage, writers: readonly string[], rules: DeskRules): string {
  if (stage.kind === 'pass-on') return stage.name;
  const people = stage.people.filter((person) => !writers.includes(person));
  if (people.length === 0) return `${stage.name} (nobody at present)`;
  if (people.length === 1) return `${sayPeople(people, rules)} (${stage.name})`;
  // Of "the duty officer" there may be two.
  const group = stage.name.replace(/^the (.+)$/u, '$1s');
  if (stage.need >= people.length) return `all ${String(people.length)} ${group}`;
  return `${count(stage.need)} of ${String(people.length)} ${group}`;
}

/** @returns who is awaited by name, by when, and who follows; who of them is away */
export function awaitedWords(
  post: PostState,
  review: Review,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const stage = awaited(review);
  if (stage === undefined) return [];
  const by = decideBy(post);
  const due = by === undefined ? '' : `, by ${sayDated(by, now)}`;
  const rest = review.stages.slice(review.current + 1);
  return [
    whoWords(review, stage, rules, now, (names) =>
      review.handedOn === true || names.includes(stage.name) ? due : ` (${stage.name})${due}`,
    ),
    ...(rest.length === 0 ? [] : [`Then: ${routeWords(rest, review.writers, rules)}.`]),
    ...lackWords(review, rules, now),
    ...awayWords(askedNow(review), rules, now),
    ...handedOnWords(post, review, rules, now),
    ...escalatedWords(review, stage, rules, now),
  ];
}

/** That it has waited long, and who has been asked as well; where nobody of them all is here, it is said already who knows. */
function escalatedWords(
  review: Review,
  { people }: FrozenStage,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const here = askedNow(review).filter((person) => isHere(person, rules, now));
  if (!review.escalated || here.length === 0) return [];
  const more = here.filter((person) => !people.includes(person));
  if (more.length === 0) return ['It has waited long, and there is nobody else to ask.'];
  return [
    `It has waited long, so ${sayPeople(more, rules)} ${more.length === 1 ? 'has' : 'have'} been asked as well.`,
  ];
}

/** @returns who is awaited for a correction, or that nobody is here and what stands meanwhile; who of them is away */
export function awaitedForCorrection(
  post: PostState,
  review: Review,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const stage = awaited(review);
  if (stage === undefined) return [];
  const asked = askedNow(review);
  const name = stageName(stage, post.department, rules);
  return [
    whoWords(review, { ...stage, name }, rules, now, () => ''),
    ...lackWords(review, rules, now),
    ...(asked.some((person) => isHere(person, rules, now))
      ? []
      : ['Until somebody agrees, what stands stays public as it is.']),
    ...awayWords(asked, rules, now),
    ...handedOnWords(post, review, rules, now),
  ];
}

const isHere = (person: string, rules: DeskRules, now: Millis): boolean => (rules.away[person] ?? 0) <= now;

/** That not as many are left as have to agree, though some are, and who knows. */
function lackWords(review: Review, rules: DeskRules, now: Millis): readonly string[] {
  const asked = askedNow(review);
  if (asked.length === 0 || !lacksPeople(review)) return [];
  const missing = missingAt(review);
  const more = awaited(review)?.need === missing ? '' : ' more';
  const words = `${sentence(count(missing))}${more} have to approve it, and by the protocol as it is now only ${count(asked.length)} may.`;
  // Where none of them is here either, it is said already who knows.
  return [asked.some((person) => isHere(person, rules, now)) ? `${words} ${knowsWords(rules, now)}` : words];
}

/**
 * Whom a stage waits for by name, with what is said `after` the names; or that nobody is here, or left, and who knows.
 */
function whoWords(
  review: Review,
  stage: FrozenStage,
  rules: DeskRules,
  now: Millis,
  after: (names: string) => string,
): string {
  const asked = askedNow(review);
  const here = asked.filter((person) => isHere(person, rules, now));
  const missing = missingAt(review);
  if (asked.length === 0) {
    const nobody = missing < stage.need ? 'Nobody else' : 'Nobody';
    const what = stage.kind === 'pass-on' ? 'look at' : 'decide';
    return `${nobody} of ${stage.name} may ${what} this by the protocol as it is now. ${knowsWords(rules, now)}`;
  }
  if (here.length === 0) {
    const what = stage.kind === 'pass-on' ? 'look' : 'decide';
    return `Nobody of ${stage.name} is here to ${what}. ${knowsWords(rules, now, stage)}`;
  }
  const names = sayPeople(here, rules, missing > 1 ? 'and' : 'or');
  const all = here.length === 2 ? 'both ' : 'all of ';
  const many = missing <= 1 ? '' : missing >= here.length ? all : `${count(missing)} of `;
  return `Waiting for ${here.length === 1 ? '' : many}${names}${after(names)}.`;
}

/** @returns why those are asked who only are where nobody else is here, to `you` or to everybody */
export function handedOnWords(
  { department }: Pick<PostState, 'department'>,
  review: Review,
  rules: DeskRules,
  now: Millis,
  you?: 'you',
): readonly string[] {
  const stage = awaited(review);
  if (stage === undefined || review.handedOn !== true) return [];
  const { desk } = rules;
  const here = askedNow(review).filter((person) => isHere(person, rules, now));
  const have = you === undefined && here.length === 1 ? 'has' : 'have';
  const either = isOfDesk(stage, desk.officers) ? '' : `, nor anybody of ${desk.name}`;
  return [
    `Nobody of ${stageName(stage, department, rules)} is here${either}, so ${you ?? sayPeople(here, rules)} ${have} been asked.`,
  ];
}

/** Whether the desk is among those who are asked, so that what is said of them is said of it. */
const isOfDesk = ({ people }: FrozenStage, officers: readonly string[]): boolean =>
  officers.every((officer) => people.includes(officer));

/**
 * @param stage the stage of which it is said already that nobody is here
 * @returns who has been told that nobody who is asked is here, or that nobody could be
 */
export function knowsWords(rules: DeskRules, now: Millis, stage?: FrozenStage): string {
  const { desk, headOfCommunications: head } = rules;
  if (desk.officers.some((officer) => isHere(officer, rules, now))) return `${desk.name} knows.`;
  const isSaid = stage !== undefined && isOfDesk(stage, desk.officers);
  if (isHere(head, rules, now))
    return `${isSaid ? '' : `Nobody of ${desk.name} is here either. `}${nameOf(head, rules)} knows.`;
  const none = isSaid
    ? `${nameOf(head, rules)} is away as well.`
    : `Nobody of ${desk.name} is here either, nor ${nameOf(head, rules)}.`;
  return `${none} If it cannot wait, please ring one of them.`;
}

/**
 * @param instead by which urgency somebody else would decide it; absent where there is none, or they may not edit it
 * @returns what somebody can do about a post who was told that nobody who is asked is here, or that too few are left
 */
export function nextStepWords(review: Review, instead: Instead | undefined, rules: DeskRules): string {
  const first = stepOf(review, 'it can go on');
  if (instead === undefined) return `${first}.`;
  const next = routeWords(instead.stages, [], rules);
  return `${first}, or press ${buttons.edit} and choose ${urgencyWords[instead.urgency]}: it then waits for ${next}.`;
}

/** @returns the same of a correction: what it puts right stands meanwhile */
export function nextStepOfCorrection(
  review: Review,
  mayRemove: boolean,
  removers: readonly string[],
  rules: DeskRules,
  now: Millis,
): string {
  const here = removers.filter((person) => isHere(person, rules, now));
  const first = stepOf(review, 'anybody can agree');
  if (mayRemove) return `${first}, or take the post down.`;
  return here.length === 0
    ? `${first}.`
    : `${first}, or have ${sayPeople(here, rules, 'or')} take the post down.`;
}

/** Whoever is away can be rung; nobody can where the protocol has too few. */
const stepOf = (review: Review, before: string): string =>
  lacksPeople(review)
    ? `Have somebody named in the protocol before ${before}`
    : 'If it cannot wait, ring one of them';

/** @returns `Away until Fri 27 Nov at 9am: A and B.`, a line for each time; or nothing */
export function awayWords(people: readonly string[], rules: DeskRules, now: Millis): readonly string[] {
  const away = new Map<Millis, readonly string[]>();
  for (const person of people) {
    const until = rules.away[person] ?? 0;
    if (until > now) away.set(until, [...(away.get(until) ?? []), person]);
  }
  return [...away]
    .toSorted(([one], [other]) => one - other)
    .map(([until, names]) => `Away until ${sayUntil(until, now)}: ${sayPeople(names, rules)}.`);
}

/** @returns why the desk is asked once whoever is asked now, the last of them, has agreed; or nothing */
export function thenTheDeskWords(post: PostState, review: Review, rules: DeskRules): readonly string[] {
  const gone = goneFrom(post, review, rules);
  const isLast = review.current === review.stages.length - 1 && missingAt(review) <= 1;
  if (gone.length === 0 || !isLast) return [];
  return [
    `${sayPeople(gone, rules)} approved it and may not approve such posts any more, so ${rules.desk.name} is asked before it goes out.`,
  ];
}

/**
 * @param others who of the desk wrote nothing of it
 * @returns to an officer of the desk who wrote it: who says whether it goes out, and what they can do themselves
 */
export function notYoursToLetOut(
  others: readonly string[],
  mayAskAgain: boolean,
  rules: DeskRules,
  now: Millis,
): string {
  const here = others.filter((person) => isHere(person, rules, now));
  const again = mayAskAgain ? `press "${buttons.askAgain}"` : 'choose another department';
  if (here.length > 0)
    return `You wrote this, so somebody else has to say that it goes out: ${sayPeople(here, rules, 'or')}. Or ${again}.`;
  const why = others.length === 0 ? 'can' : 'is here';
  return `You wrote this, so you cannot say that it goes out, and nobody else of ${rules.desk.name} ${why}. To have it go on, ${again}.`;
}

/** Words on the buttons: what happens, and who gets it next. While it is `stopped`, none promises that it goes out. */
export const buttonWords = {
  send: (stages: readonly FrozenStage[] | undefined): string => {
    const first = stages?.[0];
    return first === undefined ? 'Send for approval' : `Send to ${first.name}`;
  },
  passOn: (post: PostState, review: Review, rules: DeskRules, stopped: boolean): string => {
    const next = review.stages[review.current + 1];
    if (next !== undefined) return `Pass on to ${next.name}`;
    if (goneFrom(post, review, rules).length > 0) return `Pass on: then ${rules.desk.name} is asked`;
    return stopped ? 'Pass on' : 'Pass on: goes out now';
  },
  approve: (post: PostState, review: Review, rules: DeskRules, now: Millis, stopped: boolean): string => {
    const verb = post.status.is === 'held' ? 'Release' : 'Approve';
    if (isOverdue(post, now)) return `${verb}: first choose a new time`;
    const missing = missingAt(review) - 1;
    if (missing > 0) return `${verb}: ${count(missing)} more ${missing === 1 ? 'is' : 'are'} needed`;
    const next = review.stages[review.current + 1];
    if (next !== undefined) return `${verb}: passes to ${next.name}`;
    if (goneFrom(post, review, rules).length > 0) return `${verb}: then ${rules.desk.name} is asked`;
    if (stopped) return verb;
    const at = firstSeen(post, rules, now) ?? post.when?.at;
    // What is held of a correction has had its time.
    return at === undefined || at <= now ? `${verb}: goes out now` : `${verb}: goes out ${sayOn(at, now)}`;
  },
} as const;

/** What leads to the page of a rehearsal on which one person is everybody. */
export const goOnWords = 'Go on there as somebody else';

/**
 * @param isPlayed in a rehearsal, where one person is everybody
 * @returns that somebody who is asked cannot be reached, for everybody who sees the card
 */
export function notReachedWords(
  post: PostState,
  asked: readonly string[],
  rules: DeskRules,
  isPlayed: boolean,
): readonly string[] {
  const missed = post.copies.flatMap(({ to, unreachable }) =>
    unreachable === true && to.kind === 'person' && asked.includes(to.person) ? [to.person] : [],
  );
  if (missed.length === 0) return [];
  if (isPlayed) return [`In this rehearsal you are ${sayPeople(missed, rules, 'or')} as well.`];
  return [`Could not be reached in person: ${sayPeople(missed, rules)}. Please tell them yourself.`];
}

/**
 * @param said clauses whose titles stand above
 * @returns `Clause 3.1: Posts of a service`
 */
export function clauseWords(clause: string, title: string, said: readonly string[]): string {
  return said.includes(clause) ? `Clause ${clause} as well` : `Clause ${clause}: ${title}`;
}

/** @returns where a finding's rule stands */
export function ruleWords(rule: string, clause: string): string {
  return `Clause ${clause} of the protocol (${rule})`;
}

/**
 * @param review the walk that was frozen, of which those who may not decide are left out already
 * @returns `First: Communications (Ellen Rimmer passed it on)`, `Then: one of 3 Highways approvers`
 */
export function walkedWords(
  index: number,
  stage: FrozenStage,
  review: Review | undefined,
  rules: DeskRules,
): string {
  const by = (acts: Review['passedOn'] = []): readonly string[] =>
    acts.flatMap((each) => (each.stage === stage.id ? [each.by] : []));
  const [passed, approved] = [by(review?.passedOn), by(review?.decisions)];
  const did = passed.length > 0 ? 'passed it on' : 'approved it';
  const people = [...passed, ...approved];
  const done = people.length === 0 ? '' : ` (${sayPeople(people, rules)} ${did})`;
  return `${index === 0 ? 'First' : 'Then'}: ${stageWords(stage, [], rules)}${done}`;
}
