import { askedNow, awaited, stageTimes, type FrozenStage, type Review } from '../approval/review.ts';
import type { Millis } from '../core/time.ts';
import { isOverdue, publicSince } from '../posts/may.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { firstSeen } from '../posts/shown-later.ts';
import { nameOf, sayPeople } from './names.ts';
import { count } from './posts.ts';
import { sayDated, sayOn, sayUntil } from './times.ts';

/** When the people who are asked should have decided: before it is taken further, and before the post's own times. */
export function decideBy(post: PostState): Millis | undefined {
  if (post.status.is !== 'in-review') return undefined;
  const times = stageTimes(post.status.review);
  if (times === undefined) return undefined;
  const own = [post.when?.at, post.revision.until?.at].filter((at) => at !== undefined);
  return Math.min(post.status.review.escalated ? times.expire : times.escalate, ...own);
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
  const by = decideBy(post);
  if (by === undefined) return 'Please look at this';
  return by <= now ? `Please look now: it was due ${sayOn(by, now)}` : `Please look by ${sayDated(by, now)}`;
}

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
  const asked = askedNow(review);
  const here = asked.filter((person) => (rules.away[person] ?? 0) <= now);
  const by = decideBy(post);
  const missing = stage.need - review.decisions.filter((decision) => decision.stage === stage.id).length;
  const many = missing > 1 ? `${count(missing)} of ` : '';
  const names = sayPeople(here, rules, missing > 1 ? 'and' : 'or');
  const who =
    here.length === 0
      ? `Nobody of ${stage.name} is here to ${stage.kind === 'pass-on' ? 'look' : 'decide'}. ${knowsWords(rules, now)}`
      : `Waiting for ${many}${names}`;
  const first =
    here.length === 0
      ? who
      : `${who}${names.includes(stage.name) ? '' : ` (${stage.name})`}${by === undefined ? '' : `, by ${sayDated(by, now)}`}.`;
  const rest = review.stages.slice(review.current + 1);
  return [
    first,
    ...(rest.length === 0 ? [] : [`Then: ${routeWords(rest, review.writers, rules)}.`]),
    ...awayWords(asked, rules, now),
    ...(review.escalated ? ['It has waited long, so more people have been asked.'] : []),
  ];
}

/** @returns who has been told that nobody who is asked is here, or that nobody could be */
export function knowsWords(rules: DeskRules, now: Millis): string {
  const { desk, headOfCommunications: head } = rules;
  const isHere = (person: string): boolean => (rules.away[person] ?? 0) <= now;
  if (desk.officers.some(isHere)) return `${desk.name} knows.`;
  return isHere(head)
    ? `Nobody of ${desk.name} is here either. ${nameOf(head, rules)} knows.`
    : `Nobody of ${desk.name} is here either, nor ${nameOf(head, rules)}. If it cannot wait, please ring one of them.`;
}

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

/** Words on the buttons: what happens, and who gets it next. While it is `stopped`, none promises that it goes out. */
export const buttonWords = {
  send: (stages: readonly FrozenStage[] | undefined): string => {
    const first = stages?.[0];
    return first === undefined ? 'Send for approval' : `Send to ${first.name}`;
  },
  passOn: (review: Review, stopped: boolean): string => {
    const next = review.stages[review.current + 1];
    if (next !== undefined) return `Pass on to ${next.name}`;
    return stopped ? 'Pass on' : 'Pass on: goes out now';
  },
  approve: (post: PostState, review: Review, rules: DeskRules, now: Millis, stopped: boolean): string => {
    const verb = post.status.is === 'held' ? 'Release' : 'Approve';
    if (isOverdue(post, now)) return `${verb}: first choose a new time`;
    const stage = awaited(review);
    const missing =
      (stage?.need ?? 1) - review.decisions.filter((decision) => decision.stage === stage?.id).length - 1;
    if (missing > 0) return `${verb}: ${count(missing)} more is needed`;
    const next = review.stages[review.current + 1];
    if (next !== undefined) return `${verb}: passes to ${next.name}`;
    if (stopped) return verb;
    const at = firstSeen(post, rules, now) ?? post.when?.at;
    // What is held of a correction has had its time.
    return at === undefined || at <= now ? `${verb}: goes out now` : `${verb}: goes out ${sayOn(at, now)}`;
  },
} as const;

/**
 * @param playedAt the page of a rehearsal on which one person is everybody; absent where people are real
 * @returns that somebody who is asked cannot be reached, for everybody who sees the card
 */
export function notReachedWords(
  post: PostState,
  asked: readonly string[],
  rules: DeskRules,
  playedAt?: string,
): readonly string[] {
  const missed = post.copies.flatMap(({ to, unreachable }) =>
    unreachable === true && to.kind === 'person' && asked.includes(to.person) ? [to.person] : [],
  );
  if (missed.length === 0) return [];
  if (playedAt !== undefined) {
    return [`In this rehearsal you are ${sayPeople(missed, rules, 'or')} as well: go on at ${playedAt}.`];
  }
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
  const passed = review?.passedOn.find((each) => each.stage === stage.id);
  const done = passed === undefined ? '' : ` (${nameOf(passed.by, rules)} passed it on)`;
  return `${index === 0 ? 'First' : 'Then'}: ${stageWords(stage, [], rules)}${done}`;
}
