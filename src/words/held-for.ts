import type { Millis } from '../core/time.ts';
import type { HeardOfHeld } from '../people/person.ts';
import { askedAndHere } from '../posts/deciding/asked.ts';
import { isOverdue } from '../posts/leaving/to-go-out.ts';
import { isPublic, publicSince } from '../posts/leaving/what-is-public.ts';
import { isEmergency } from '../posts/stopping/held-emergency.ts';
import type { DeskRules, Missed, PostState } from '../posts/post.ts';
import type { Said } from './answers.ts';
import { nameOf, sayPeople, sentence } from './names.ts';
import { buttons } from './on-cards.ts';
import { namedWords } from './titles.ts';
import { missedWords } from './held.ts';
import { passedWhile } from './steps.ts';
import { doNotLeaveIt, stopDid, whoStopped, type StopSaid } from './stopped.ts';
import { liftedWords, type Lifted } from './stopping.ts';

/** What people hear of posts that are held, be it by a stop: what waits for whom, and why. */

/** @returns what somebody hears of held posts: how many wait for them, how many of theirs for others, and what to do */
export function heldForWords(
  {
    about,
    by,
    decide,
    own,
    missed,
    stop,
    lifted,
  }: {
    readonly about: Exclude<HeardOfHeld, 'late'>;
    /** who held them, where that is news */
    readonly by: readonly string[];
    /** what their time passed in, of those that Crier held for that */
    readonly missed: readonly Missed[];
    /** so many wait for their decision */
    readonly decide: number;
    /** so many of theirs wait for others */
    readonly own: number;
    readonly stop?: StopSaid & { readonly mayLift: boolean };
    readonly lifted?: Lifted;
  },
  rules: DeskRules,
  now: Millis,
): Said & Readonly<Record<'decide' | 'overdue' | 'own' | 'ownOverdue', string>> {
  const groups = {
    decide: 'Waits for your decision',
    overdue: 'Waits for your decision, and its planned time has passed: choose another one first',
    own: stop === undefined ? 'Yours, which others decide on' : 'Yours, which would have gone out soon',
    ownOverdue: 'Yours, and its planned time has passed: choose another one, or cancel it',
  };
  if (stop !== undefined) {
    const leaves = stop.what === 'all' ? 'Nothing goes out' : 'Only safety information goes out';
    return {
      ...groups,
      title: `${nameOf(stop.by, rules)} ${stopDid[stop.what]}`,
      lines: [
        `${whoStopped(stop, rules, now)}. ${leaves} until that is resumed.`,
        // Of an emergency that it keeps they hear by itself, and that it is not to be left waiting.
        stop.mayLift
          ? `You can press "${buttons.resume}" to let posts go out again.`
          : 'Nothing is needed from you now. You will hear once posts can go out again.',
      ],
    };
  }
  const lines = [
    ...(lifted === undefined ? [] : [liftedWords(lifted, rules, now)]),
    ...(by.length === 0 ? [] : [`Held by ${sayPeople(by, rules)}.`]),
    decide + own === 1
      ? 'It does not go out by itself: it waits until somebody approves it.'
      : 'None goes out by itself: each waits until somebody approves it.',
    ...missedOfMany(missed, decide + own, rules),
  ];
  const held = decide === 1 ? 'held post' : 'held posts';
  if (about === 'still-held') {
    const waits = `${String(decide)} ${held} still ${decide === 1 ? 'waits' : 'wait'} for your decision`;
    return { ...groups, title: waits, lines };
  }
  const first =
    decide === 0 ? '' : `${String(decide)} ${held} ${decide === 1 ? 'waits' : 'wait'} for your decision`;
  const others = own === 0 ? '' : `${String(own)} of your posts ${own === 1 ? 'is' : 'are'} held`;
  const all = [first, others].filter((words) => words !== '').join(', and ');
  return { ...groups, title: about === 'resumed' ? `Posts can go out again: ${all}` : all, lines };
}

/** Why those have not gone out whose time has passed, of so many in all. */
function missedOfMany(missed: readonly Missed[], all: number, rules: DeskRules): readonly string[] {
  const whiles = [...new Set(missed.map((each) => passedWhile(each, rules)))];
  return whiles.map((passed) => {
    const n = missed.filter((each) => passedWhile(each, rules) === passed).length;
    const which = n === 1 ? 'one of them was' : `${String(n)} of them were`;
    const begins = n === all ? (n === 1 ? 'It was' : 'They were') : sentence(which);
    return `${begins} to go out at a time that passed ${passed}, so ${n === 1 ? 'it has' : 'they have'} not gone out.`;
  });
}

/** @returns the same where it is one post, in a line that a phone shows whole */
export function heldOneWords(
  post: PostState,
  {
    about,
    by,
    decides,
  }: {
    readonly about: Exclude<HeardOfHeld, 'late'>;
    readonly by: readonly string[];
    readonly decides: boolean;
  },
  rules: DeskRules,
  now: Millis,
): string {
  const what = `${heldPart(post)}${namedWords(post, rules)}`;
  const waits = decides ? 'waits for your decision' : 'waits until somebody approves it';
  const { status } = post;
  const missed = status.is === 'held' ? status.missed : undefined;
  const why = missed === undefined ? '' : ` ${missedWords(post, missed, rules, now)}`;
  // What a decision is to be about: it is late, and whoever approved it believes that it is out.
  const then =
    missed === undefined || !decides || isOverdue(post, now)
      ? ''
      : ' Approve it again if it is still to go out, or say no to it.';
  const urge = (missed !== undefined || decides) && isEmergency(post) ? ` ${doNotLeaveIt}` : '';
  const first = {
    held: `${sentence(what)} is held${by.length === 0 ? '' : ` by ${sayPeople(by, rules)}`}, and ${waits}.`,
    'still-held': `${sentence(what)} is still held, and ${waits}.`,
    resumed: `Posts can go out again, but not ${what} by itself: it ${waits}.`,
    stopped: `${sentence(what)} is held.`,
  }[about];
  const late = !isOverdue(post, now)
    ? ''
    : ` Its planned time has passed: choose another one${decides ? ' first' : ', or cancel it'}.`;
  return `${first}${why}${late}${then}${urge} Type "show ${String(post.number)}" to see it.`;
}

/** @returns the same of one of which somebody hears by itself, whatever else is held */
export function heldAloneWords(
  post: PostState,
  about: 'held' | 'still-held',
  person: string,
  rules: DeskRules,
  now: Millis,
): string {
  const { status } = post;
  const by = about === 'held' && status.is === 'held' && status.by !== 'crier' ? [status.by] : [];
  const decides = askedAndHere(post, rules, now).includes(person);
  return heldOneWords(post, { about, by, decides }, rules, now);
}

/** What of it is held, where it is not all of it. */
const heldPart = (post: PostState): string =>
  publicSince(post) !== undefined ? 'a correction of ' : isPublic(post) ? 'the rest of ' : '';
