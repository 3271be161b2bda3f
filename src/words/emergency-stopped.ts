import type { Millis } from '../core/time.ts';
import { isAway } from '../posts/deciding/asked.ts';
import { editors, mayCorrect, mayEdit, writersNow } from '../posts/deciding/may.ts';
import {
  goesOnEdited,
  isRestStopped,
  mendersOf,
  othersToDecide,
} from '../posts/deciding/stopped-emergency.ts';
import { isOpenToCorrection } from '../posts/correcting/correctable.ts';
import { correctionDeciders } from '../posts/deciding/who-acts.ts';
import { notOutOn, outOn, unclearOn } from '../posts/leaving/on-its-way.ts';
import { blocking } from '../posts/writing/draft.ts';
import { accountTexts } from '../posts/writing/plan.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { linked } from './emergency-out.ts';
import { sayPeople } from './names.ts';
import { buttons } from './on-cards.ts';
import { onAll } from './posts.ts';
import { doNotLeaveIt } from './stopped.ts';
import { sayOn } from './times.ts';
import { namedWords } from './titles.ts';
import { sayAllFound } from './where-found.ts';

/** So many things that stop it are told in a message; the card has all of them. */
const most = 2;

/** @returns that a rule stops an emergency, which one and how that is put right, and who can do that */
export function emergencyStoppedWords(
  post: PostState,
  person: string,
  rules: DeskRules,
  now: Millis,
): string {
  const number = String(post.number);
  if (isRestStopped(post)) return restStoppedWords(post, person, rules, now);
  const was = post.status.is === 'held' && post.when !== undefined ? ` ${sayOn(post.when.at, now)}` : '';
  return [
    post.status.is === 'held' && post.status.by === 'crier'
      ? `${namedWords(post, rules)} has not gone out${was === '' ? '' : `, which it was to${was}`}. It is held.`
      : `${namedWords(post, rules)} cannot go out as it is.`,
    whatStops(post, rules),
    'It waits for somebody to edit it, and not for a decision.',
    ...waysOn(post, person, rules, now),
    doNotLeaveIt,
    `Type "show ${number}" to see it.`,
  ].join(' ');
}

/** The same where some of it is out: nobody changes what is public but by a correction, with which the rest goes out. */
function restStoppedWords(post: PostState, person: string, rules: DeskRules, now: Millis): string {
  const out = outOn(post);
  const not = [...notOutOn(post), ...unclearOn(post)];
  return [
    `${namedWords(post, rules)} is out ${out.length === 0 ? 'nowhere for certain' : linked(post, out, rules)}, and cannot go out ${onAll(not, rules)} as it is.`,
    whatStops(post, rules),
    isOpenToCorrection(post)
      ? correctItWords(post, person, onAll(not, rules), rules, now)
      : 'To tell people there, propose a new post with other words, as an emergency.',
    doNotLeaveIt,
    `Type "show ${String(post.number)}" to see it.`,
  ].join(' ');
}

/** Who can ask for other words, who agrees to them, and that they go out where nothing is yet. */
function correctItWords(
  post: PostState,
  person: string,
  where: string,
  rules: DeskRules,
  now: Millis,
): string {
  const here = (people: readonly string[]): string => {
    const some = people.filter((each) => !isAway(each, rules, now));
    return sayPeople(some.length === 0 ? people : some, rules, 'or');
  };
  const can = mayCorrect(post, person, rules);
  const others = [
    ...new Set([...writersNow(post, rules, now), ...mendersOf(post, rules), ...rules.desk.officers]),
  ];
  const ask = can
    ? `You can ask for a correction: press "${buttons.correct}" on its card, or type "correct ${String(post.number)}".`
    : `${here(others)} can ask for a correction.`;
  const agrees = here(correctionDeciders(post, can ? [person] : [], rules));
  return `${ask} Once ${agrees} agrees, it changes what is public and goes out ${where} with the new words.`;
}

/** What stops it, and how that is put right. */
function whatStops(post: PostState, rules: DeskRules): string {
  const read = {
    texts: accountTexts(post.revision, rules),
    media: post.revision.media,
    captionsTo: post.number,
  };
  const found = blocking(post.findings);
  const more = found.length > most ? ' Its card says what else.' : '';
  return `${sayAllFound(found.slice(0, most), read, rules)}${more}`;
}

/** Who can edit it, and who decides then. */
function waysOn(post: PostState, person: string, rules: DeskRules, now: Millis): readonly string[] {
  const number = String(post.number);
  const isHere = (each: string): boolean => !isAway(each, rules, now);
  if (!mayEdit(post, person, rules)) {
    const can = [
      ...new Set([...writersNow(post, rules, now), ...mendersOf(post, rules), ...rules.desk.officers]),
    ].filter((each) => editors(post, rules).includes(each));
    const here = can.filter(isHere);
    return [`${sayPeople(here.length === 0 ? can : here, rules, 'or')} can edit it.`];
  }
  const press = `You can: press "${buttons.edit}" on its card, or type "edit ${number}"`;
  if (!goesOnEdited(post, person, rules)) return [`${press}, and send it again.`];
  const others = othersToDecide(post, person, rules);
  const here = others.filter(isHere);
  return [`${press}. ${sayPeople(here.length === 0 ? others : here, rules, 'or')} can approve it then.`];
}
