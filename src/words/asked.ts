import {
  askedNow,
  awaited,
  missingAt,
  stageTimes,
  type FrozenStage,
  type Review,
} from '../approval/review.ts';
import type { Millis } from '../core/time.ts';
import { isOverdue } from '../posts/leaving/to-go-out.ts';
import { publicSince } from '../posts/leaving/what-is-public.ts';
import { goneFrom } from '../posts/deciding/who-acts.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { firstSeen } from '../posts/leaving/shown-later.ts';
import { sayPeople } from './names.ts';
import { count } from './posts.ts';
import { sayDated, sayOn } from './times.ts';
import { lackWords, awayWords, handedOnWords, isHere, knowsWords, nobodyNextWords } from './nobody-here.ts';
import { routeWords, stageName } from './route.ts';

/** Who is asked for a decision, by when, and who comes after them; and what their buttons say. */

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

/**
 * @param told `isKept`: whether nobody of them can decide before what is stopped is resumed; `toDesk`: whether the desk reads it
 * @returns who is awaited by name, by when, and who follows; who of them is away
 */
export function awaitedWords(
  post: PostState,
  review: Review,
  rules: DeskRules,
  now: Millis,
  { isKept = false, toDesk = false }: { readonly isKept?: boolean; readonly toDesk?: boolean } = {},
): readonly string[] {
  const stage = awaited(review);
  if (stage === undefined) return [];
  const by = decideBy(post);
  const due = by === undefined ? '' : `, by ${sayDated(by, now)}`;
  return [
    whoWords(
      review,
      stage,
      rules,
      now,
      (names) => (review.handedOn === true || names.includes(stage.name) ? due : ` (${stage.name})${due}`),
      { waiting: isKept ? 'Once posts go out again, it waits for' : 'Waiting for', toDesk },
    ),
    ...thenWords(review, rules),
    ...nobodyNextWords(review.stages.slice(review.current + 1), review.writers, rules, now),
    ...lackWords(review, rules, now, toDesk),
    ...awayWords(askedNow(review), rules, now),
    ...handedOnWords(post, review, rules, now),
    ...escalatedWords(review, stage, rules, now),
  ];
}

/** @returns who comes after whoever is asked now: `Then: one of 3 Highways approvers.` */
export function thenWords(review: Review, rules: DeskRules): readonly string[] {
  const rest = review.stages.slice(review.current + 1);
  return rest.length === 0 ? [] : [`Then: ${routeWords(rest, review.writers, rules)}.`];
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
    ...thenWords(review, rules),
    ...lackWords(review, rules, now),
    ...(asked.some((person) => isHere(person, rules, now))
      ? []
      : ['Until somebody agrees, what stands stays public as it is.']),
    ...awayWords(asked, rules, now),
    ...handedOnWords(post, review, rules, now),
  ];
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
  { waiting = 'Waiting for', toDesk = false } = {},
): string {
  const asked = askedNow(review);
  const here = asked.filter((person) => isHere(person, rules, now));
  const missing = missingAt(review);
  if (asked.length === 0) {
    const nobody = missing < stage.need ? 'Nobody else' : 'Nobody';
    const what = stage.kind === 'pass-on' ? 'look at' : 'decide';
    return `${nobody} of ${stage.name} may ${what} this by the protocol as it is now. ${knowsWords(rules, now, undefined, toDesk)}`.trim();
  }
  if (here.length === 0) {
    const what = stage.kind === 'pass-on' ? 'look' : 'decide';
    return `Nobody of ${stage.name} is here to ${what}. ${knowsWords(rules, now, stage, toDesk)}`.trim();
  }
  const names = sayPeople(here, rules, missing > 1 ? 'and' : 'or');
  const all = here.length === 2 ? 'both ' : 'all of ';
  const many = missing <= 1 ? '' : missing >= here.length ? all : `${count(missing)} of `;
  return `${waiting} ${here.length === 1 ? '' : many}${names}${after(names)}.`;
}

/** @returns why the desk is asked once whoever is asked now, the last of them, has agreed; or nothing */
export function thenTheDeskWords(post: PostState, review: Review, rules: DeskRules): readonly string[] {
  const gone = goneFrom(post, review, rules);
  const isLast = review.current === review.stages.length - 1 && missingAt(review) <= 1;
  if (gone.length === 0 || !isLast) return [];
  const names = sayPeople(gone, rules);
  return review === post.correction?.review
    ? [
        `${names} agreed to it and may not agree to such corrections any more, so ${rules.desk.name} is asked before it is made.`,
      ]
    : [
        `${names} approved it and may not approve such posts any more, so ${rules.desk.name} is asked before it goes out.`,
      ];
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
    const next = nextWords(verb, post, review, rules);
    if (next !== undefined) return next;
    if (stopped) return verb;
    const at = firstSeen(post, rules, now) ?? post.when?.at;
    // What is held of a correction has had its time.
    return at === undefined || at <= now ? `${verb}: goes out now` : `${verb}: goes out ${sayOn(at, now)}`;
  },
  /** to a correction of what stands */
  agree: (post: PostState, review: Review, rules: DeskRules, stopped: boolean): string =>
    nextWords('Agree', post, review, rules) ?? (stopped ? 'Agree' : 'Agree: correct it now'),
} as const;

/** Who gets it next by a decision, after which nothing leaves yet; undefined where something does. */
function nextWords(verb: string, post: PostState, review: Review, rules: DeskRules): string | undefined {
  const missing = missingAt(review) - 1;
  if (missing > 0) return `${verb}: ${count(missing)} more ${missing === 1 ? 'is' : 'are'} needed`;
  const next = review.stages[review.current + 1];
  if (next !== undefined) return `${verb}: passes to ${next.name}`;
  return goneFrom(post, review, rules).length > 0 ? `${verb}: then ${rules.desk.name} is asked` : undefined;
}

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
  if (isPlayed) return [`In this rehearsal you play ${sayPeople(missed, rules)} too.`];
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
