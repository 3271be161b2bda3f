import { asksFurther, awaited } from '../approval/review.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { reviewOf } from '../posts/deciding/reviews.ts';
import { goesOnEdited } from '../posts/deciding/stopped-emergency.ts';
import { walkNow } from '../posts/deciding/who-acts.ts';
import { isDesk } from '../protocol/people.ts';
import { firstWords } from '../protocol/text/cut.ts';
import type { Millis } from '../core/time.ts';
import type { Said } from './answers.ts';
import { nameOf, sayList, sayPeople } from './names.ts';
import { savingWords } from './posts.ts';
import { goneOnWords, justNow, type GoneOn } from './refusals/since.ts';
import type { Offer } from './several.ts';
import { sayDated } from './times.ts';

/** @returns for somebody whose form was open when the post went out: what it says is asked for as a correction */
export const asCorrectionWords = (why: string): string =>
  `${why} What you typed stands below, as a correction of what is public. Say what was wrong, and one other person has to agree. Or press "Back without saving" to leave it as it is.`;

/** For somebody who would correct what is not public yet, above the form of the post itself */
export const editedNotCorrectedWords =
  'Nothing of it is public yet, so it is changed here and not corrected.';

/** @returns for somebody who types another time for what was approved: who did, and what planning it costs, before it is planned */
export const planningCostsWords = (since: GoneOn, rules: DeskRules, now: Millis): string =>
  `${goneOnWords(since, rules, now)} If you plan another time, everybody is asked again about that one. Nothing has been changed yet. To leave it as it is, press "Back without saving".`;

/** @returns that a post becomes a draft again, and what of all that was done with it counts no more then */
function draftAgainWords(post: PostState, person: string, rules: DeskRules): string {
  const { decisions = [], passedOn = [] } = reviewOf(post) ?? {};
  return sayList([
    'it becomes a draft again',
    ...(decisions.length === 0 ? [] : ['no approval of it counts any more']),
    // What the desk sends is passed on with that.
    ...(passedOn.length === 0 || isDesk(person, rules) ? [] : ['it has to be passed on once more']),
  ]);
}

/** @returns for somebody who might approve it that they cannot any more once they have changed it, and who still can */
export function ownApprovalWords(post: PostState, person: string, rules: DeskRules): readonly string[] {
  const review = reviewOf(post);
  if (review === undefined || review.writers.includes(person)) return [];
  const walk = walkNow(post, review, rules);
  const theirs = walk.stages
    .map((stage, at) => ({
      kind: stage.kind,
      people:
        at === walk.current && asksFurther(walk) ? [...stage.people, ...stage.escalateTo] : stage.people,
    }))
    .filter(({ kind, people }) => kind === 'decide' && people.includes(person));
  if (theirs.length === 0) return [];
  const others = new Set(theirs.flatMap(({ people }) => people));
  const left = [...others].filter((other) => other !== person && other !== post.author);
  const who = left.length === 0 ? 'Nobody else can.' : `${sayPeople(left, rules, 'or')} can.`;
  return [`You cannot approve it then, since nobody approves what they changed. ${who}`];
}

/** @returns what captions do to what was sent or approved, and the press that puts them to it all the same */
function captionsDo(
  post: PostState,
  person: string,
  rules: DeskRules,
): { readonly cost: string; readonly yes: string } {
  const yes = 'Yes, put the captions to it';
  const { status } = post;
  if (status.is !== 'in-review' || !goesOnEdited(post, person, rules))
    return { cost: draftAgainWords(post, person, rules), yes };
  if (awaited(status.review)?.kind === 'pass-on')
    return {
      cost: 'you pass it on with them, and whoever approves it is asked',
      yes: `${yes} and pass it on`,
    };
  const lost = status.review.decisions.length === 0 ? '' : ': no approval of it counts any more';
  return {
    cost: `it goes on with them, and whoever approves it is asked afresh${lost}`,
    yes: `${yes} and ask afresh`,
  };
}

/** Who reads it, under which rules and when. */
interface Reader {
  readonly person: string;
  readonly rules: DeskRules;
  readonly now: Millis;
}

/**
 * @param since what of its approval they would take back; undefined where the post is a draft by now
 * @param put by which words the captions are put to the post, and what they take the place of
 * @returns for somebody who sends captions for what was sent or approved, or has others by now: who did what, all that
 *   they do, and the button that puts them to it all the same
 */
export function captionsCostWords(
  since: GoneOn | undefined,
  post: PostState,
  { words, over }: { readonly words: string; readonly over: 'nothing' | 'those-there' | 'others-since' },
  { person, rules, now }: Reader,
): Said & { readonly offers: readonly Offer[] } {
  const { cost, yes } = captionsDo(post, person, rules);
  const { by, at } = post.revision;
  return {
    title: `Put the captions to #${String(post.number)}?`,
    lines: [
      ...(over === 'others-since'
        ? [
            `Its video has other captions than when you were asked: ${nameOf(by, rules)} changed this last, ${justNow(at, now)}.`,
          ]
        : []),
      ...(since === undefined
        ? []
        : [
            goneOnWords(since, rules, now),
            `If you put the captions to it, ${cost}.`,
            ...ownApprovalWords(post, person, rules),
          ]),
      ...(over === 'nothing' ? [] : ['They take the place of the captions that its video has now.']),
      'Nothing has been changed yet.',
    ],
    offers: [
      { title: since === undefined ? 'Yes, put them in their place' : yes, words },
      { title: `Open #${String(post.number)}`, words: `captions ${String(post.number)} ${notYet}` },
    ],
  };
}

/**
 * @param before the post as it was until they came
 * @returns for whoever has sent captions that stand where others stood: that they do, who was at it before, and the way back
 */
export function captionsReplacedWords(before: PostState, person: string, rules: DeskRules): string {
  const number = String(before.number);
  const { by } = before.revision;
  return [
    `These captions have taken the place of those that the video of #${number} had.`,
    ...(by === person ? [] : [`${nameOf(by, rules)} changed #${number} last before you.`]),
    `If the earlier ones are right, send those again with "captions ${number}".`,
  ].join(' ');
}

/** Behind the number of a post on a button: it is opened, and what was sent for it goes on waiting. */
export const notYet = 'not yet';

/** The longest name of a file that stands on a button. */
const longestOnButton = 40;

/** Pictures and videos that wait to be put into a post. */
export interface PutIn {
  readonly isPictures: boolean;
  /** what came last */
  readonly newest: readonly string[];
  /** what came before, and is not in the post either */
  readonly earlier: readonly string[];
  /** by which the last ones alone are put into the post, and by which all are */
  readonly words: { readonly newest: string; readonly all: string };
}

/**
 * @param since what of its approval they would take back; undefined where the post is a draft by now
 * @returns for somebody who sends pictures for what was sent or approved: which they are, who did what, what they cost,
 *   and the buttons that put them in all the same
 */
export function pictureCostWords(
  since: GoneOn | undefined,
  post: PostState,
  { isPictures, newest, earlier, words }: PutIn,
  { person, rules, now }: Reader,
): Said & { readonly offers: readonly Offer[] } {
  const number = String(post.number);
  const all = earlier.length + newest.length;
  const one = newest.length === 1 ? 'it' : 'them';
  const soleName = newest.length === 1 ? newest.find(({ length }) => length <= longestOnButton) : undefined;
  const asked = all > 1 ? 'each of them' : isPictures ? 'the picture' : 'it';
  return {
    title:
      newest.length === 1
        ? `Put ${sayList(newest)} into #${number}?`
        : `Put ${String(newest.length)} ${isPictures ? 'pictures' : 'files'} into #${number}?`,
    lines: [
      ...(newest.length === 1 ? [] : [`They are ${sayList(newest, 'and', 10)}.`]),
      ...(since === undefined ? [] : [goneOnWords(since, rules, now)]),
      ...(earlier.length === 0
        ? []
        : [
            `Before that came ${sayList(earlier, 'and', 10)}, which ${earlier.length === 1 ? 'is' : 'are'} not in it either.`,
          ]),
      ...(since === undefined
        ? []
        : [
            `If you put ${earlier.length === 0 ? one : 'anything'} in, ${draftAgainWords(post, person, rules)}. Its card asks what is to be said about ${asked}, and then it has to be sent again.`,
            ...ownApprovalWords(post, person, rules),
          ]),
      'Nothing has been changed yet.',
    ],
    offers: [
      ...(earlier.length === 0
        ? [{ title: `Yes, put ${one} in`, words: words.newest }]
        : [
            {
              title: `Put in ${soleName ?? `the last ${newest.length === 1 ? 'one' : String(newest.length)}`} alone`,
              words: words.newest,
            },
            { title: `Put in all ${String(all)}`, words: words.all },
          ]),
      { title: `Open #${number}`, words: `picture ${number} ${notYet}` },
    ],
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
export function timeOffCostWords(post: PostState, goesOn: boolean): string {
  const { save } = savingWords(post, goesOn);
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

/**
 * @param typed the text in the form
 * @returns for somebody whose form is older than the post: what stands there now, which theirs would take the place of
 */
export function changedMeanwhileWords(
  { revision }: PostState,
  person: string,
  typed: string,
  rules: DeskRules,
): string {
  const who = revision.by === person ? 'You have' : `${nameOf(revision.by, rules)} has`;
  const what =
    typed.trim() === revision.text
      ? 'something of this since, and its text reads as it does in this form.'
      : `this since. It now says: "${firstWords(revision.text, 600)}"`;
  return `${who} changed ${what} What you typed stands below. If you save it, it takes the place of that.`;
}

/**
 * @returns for somebody whose form says less than saving it takes back by now: who did what since, what saving costs, and
 *   how to leave everything as it is
 */
export function wentOnWords(
  since: GoneOn,
  post: PostState,
  what: 'words' | 'time',
  { person, rules, now }: Reader,
): string {
  const goesOn = goesOnEdited(post, person, rules);
  const { save } = savingWords(post, goesOn);
  const approved = since.did === 'approved';
  const cost =
    what === 'time'
      ? 'If you save it, everybody is asked again about the new time.'
      : goesOn
        ? `If you press "${save}", it goes on with your words${approved ? ', and is approved afresh' : ''}.`
        : `If you press "${save}", that takes it back: ${draftAgainWords(post, person, rules)}.`;
  return `${goneOnWords(since, rules, now)} What you typed stands below and is not saved. ${cost} To leave it as it is, press "Back without saving".`;
}
