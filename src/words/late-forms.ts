import type { DeskRules, PostState } from '../posts/post.ts';
import { isDesk } from '../protocol/people.ts';
import type { Millis } from '../core/time.ts';
import type { Said } from './answers.ts';
import { nameOf } from './names.ts';
import { savingWords } from './posts.ts';
import { goneOnWords, type GoneOn } from './refusals/since.ts';
import { offerOf, type Offer } from './several.ts';
import { sayDated } from './times.ts';

/** @returns for somebody whose form was open when the post went out: what it says is asked for as a correction */
export const asCorrectionWords = (why: string): string =>
  `${why} What you typed stands below, as a correction of what is public. Say what was wrong, and one other person has to agree. Or press "Back without saving" to leave it as it is.`;

/** @returns for somebody who types another time for what was approved: who did, and what planning it costs, before it is planned */
export const planningCostsWords = (since: GoneOn, rules: DeskRules, now: Millis): string =>
  `${goneOnWords(since, rules, now)} If you plan another time, everybody is asked again about that one. Nothing has been changed yet. To leave it as it is, press "Back without saving".`;

/** @returns what is lost of what somebody did with a post that becomes a draft again */
const lostWords = ({ did }: GoneOn): string =>
  did === 'approved'
    ? ', and no approval of it counts any more'
    : did === 'passed-on'
      ? ', and has to be passed on once more'
      : '';

/**
 * @param words by which the captions are put to the post
 * @returns for somebody who sends captions for what was sent or approved: who did, what they cost, and the button that
 *   puts them to it all the same
 */
export function captionsCostWords(
  since: GoneOn,
  post: PostState,
  words: string,
  person: string,
  rules: DeskRules,
  now: Millis,
): Said & { readonly offers: readonly Offer[] } {
  const number = `#${String(post.number)}`;
  const cost =
    post.status.is === 'in-review' && isDesk(person, rules)
      ? `it goes on with them${since.did === 'approved' ? ', and is approved afresh' : ''}`
      : `it becomes a draft again${lostWords(since)}`;
  return {
    title: `Put the captions to ${number}?`,
    lines: [
      goneOnWords(since, rules, now),
      `If you put the captions to it, ${cost}. Nothing has been changed yet.`,
    ],
    offers: [{ title: 'Yes, put the captions to it', words }, offerOf('show', post.number)],
  };
}

/**
 * @param words by which the picture is put into the post
 * @returns for somebody who sends a picture for what was sent or approved: who did, what it costs, and the button that
 *   puts it in all the same
 */
export function pictureCostWords(
  since: GoneOn,
  number: number,
  words: string,
  rules: DeskRules,
  now: Millis,
): Said & { readonly offers: readonly Offer[] } {
  const lost = since.did === 'approved' ? ', and no approval of it counts any more' : '';
  return {
    title: `Put the picture into #${String(number)}?`,
    lines: [
      goneOnWords(since, rules, now),
      `If you put it in, it becomes a draft again${lost}: its card asks what is to be said about the picture, and then it has to be sent again. Nothing has been changed yet.`,
    ],
    offers: [{ title: 'Yes, put it in', words }, offerOf('show', number)],
  };
}

/** Another time than the one that stood in a form which nobody touched there; `was` is empty where none stood there. */
export interface TimeMoved {
  readonly was: string;
  /** absent: it has been taken off */
  readonly at?: Millis;
}

/** @returns for somebody whose form is shown anew: which time stands there now, and that theirs is planned no more */
export function timeMovedWords({ was, at }: TimeMoved, now: Millis): string {
  if (at === undefined)
    return `The time that stood in this form, ${was}, has been taken off since, so it would go out as soon as it is approved. To plan a time, type it again.`;
  const planned = was === '' ? 'A time has been planned' : 'Another time has been planned';
  return `${planned} since this form was opened: ${sayDated(at, now)}. It stands below.`;
}

/** @returns what saving does, and how not to, where nothing but the time of a form has been taken off since */
export function timeOffCostWords(post: PostState, byDesk: boolean): string {
  const { save } = savingWords(post, byDesk);
  return `What you typed stands below and is not saved. If you press "${save}", it is saved without a time. To leave it as it is, press "Back without saving".`;
}

/** @returns for somebody who did not touch the time in their form, which is saved with the one that was planned meanwhile */
export const timeStaysWords = (at: Millis, now: Millis): string =>
  `The time that was planned while your form was open stays: ${sayDated(at, now)}.`;

/** @returns for somebody who plans a time that they did not touch, another one standing there by now, or none */
export const notPlannedWords = (moved: TimeMoved, now: Millis): string =>
  `${timeMovedWords(moved, now)} Nothing has been changed now.`;

/** @returns what somebody typed in a form that came too late, so that it is not lost */
export const notSavedWords = (why: string, typed: string): string => `${why} You had typed: "${typed}"`;

/** @returns for somebody whose form is of older words: what stands there now, which theirs would take the place of */
export function changedMeanwhileWords(
  { revision }: PostState,
  person: string,
  latest: string,
  rules: DeskRules,
): string {
  const who = revision.by === person ? 'You have' : `${nameOf(revision.by, rules)} has`;
  return `${who} changed this since. It now says: "${latest}" What you typed stands below. If you save it, it takes the place of that.`;
}

/**
 * @returns for somebody whose form says less than saving it takes back by now: who did what since, what saving costs, and
 *   how to leave everything as it is
 */
export function wentOnWords(
  since: GoneOn,
  post: PostState,
  what: 'words' | 'time',
  person: string,
  rules: DeskRules,
  now: Millis,
): string {
  const byDesk = isDesk(person, rules);
  const { save } = savingWords(post, byDesk);
  const approved = since.did === 'approved';
  const cost =
    what === 'time'
      ? 'If you save it, everybody is asked again about the new time.'
      : post.status.is === 'in-review' && byDesk
        ? `If you press "${save}", it goes on with your words${approved ? ', and is approved afresh' : ''}.`
        : `If you press "${save}", that takes it back: it becomes a draft again${lostWords(since)}.`;
  return `${goneOnWords(since, rules, now)} What you typed stands below and is not saved. ${cost} To leave it as it is, press "Back without saving".`;
}
