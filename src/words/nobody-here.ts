import {
  askedNow,
  awaited,
  lacksPeople,
  missingAt,
  type FrozenStage,
  type Review,
} from '../approval/review.ts';
import type { Millis } from '../core/time.ts';
import type { Instead } from '../posts/deciding/instead.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { nameOf, sayPeople, sentence } from './names.ts';
import { buttons } from './on-cards.ts';
import { urgencyWords } from './titles.ts';
import { count } from './posts.ts';
import { sayUntil } from './times.ts';
import { stageName, routeWords } from './route.ts';

/** Who of those that are asked is away or left, who knows of it, and what can be done then. */

export const isHere = (person: string, rules: DeskRules, now: Millis): boolean =>
  (rules.away[person] ?? 0) <= now;

/** That not as many are left as have to agree, though some are, and who knows. */
export function lackWords(review: Review, rules: DeskRules, now: Millis, toDesk = false): readonly string[] {
  const asked = askedNow(review);
  if (asked.length === 0 || !lacksPeople(review)) return [];
  const missing = missingAt(review);
  const more = awaited(review)?.need === missing ? '' : ' more';
  const words = `${sentence(count(missing))}${more} have to approve it, and by the protocol as it is now only ${count(asked.length)} may.`;
  // Where none of them is here either, it is said already who knows.
  const isToSay = asked.some((person) => isHere(person, rules, now));
  return [isToSay ? `${words} ${knowsWords(rules, now, undefined, toDesk)}`.trim() : words];
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
 * @param toDesk whether the desk itself reads it, and is not told that it knows
 * @returns who has been told that nobody who is asked is here, or that nobody could be
 */
export function knowsWords(rules: DeskRules, now: Millis, stage?: FrozenStage, toDesk = false): string {
  const { desk, headOfCommunications: head } = rules;
  if (desk.officers.some((officer) => isHere(officer, rules, now)))
    return toDesk ? '' : `${desk.name} knows.`;
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

/** @returns to somebody who is asked, or may decide all the same, that they count as away, and how they come back */
export const youAreAwayWords = (until: Millis, now: Millis): string =>
  `You are marked as away until ${sayUntil(until, now)}. What you decide counts all the same. If you are back, type "away no".`;

/** @returns of whom that is asked next nobody is here, and until when: it is known before it waits for them */
export function nobodyNextWords(
  stages: readonly FrozenStage[],
  writers: readonly string[],
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  return stages.flatMap(({ kind, name, people }) => {
    const asked = people.filter((person) => kind === 'pass-on' || !writers.includes(person));
    if (asked.length === 0 || asked.some((person) => isHere(person, rules, now))) return [];
    const are = asked.length === 1 ? 'away at present' : 'all of them are away at present';
    return [`${sentence(name)}: ${are}.`, ...awayWords(asked, rules, now)];
  });
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
