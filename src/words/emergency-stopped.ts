import type { Millis } from '../core/time.ts';
import { isAway } from '../posts/deciding/asked.ts';
import { editors, mayEdit, writersNow } from '../posts/deciding/may.ts';
import { goesOnEdited, mendersOf, othersToDecide } from '../posts/deciding/stopped-emergency.ts';
import { blocking } from '../posts/writing/draft.ts';
import { accountTexts } from '../posts/writing/plan.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { sayPeople } from './names.ts';
import { buttons } from './on-cards.ts';
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
