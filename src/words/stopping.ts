import type { Millis } from '../core/time.ts';
import type { Stopped } from '../dispatch/account.ts';
import type { Publication } from '../dispatch/publication.ts';
import type { HeardOfHeld } from '../people/person.ts';
import { askedAndHere } from '../posts/deciding/asked.ts';
import { isOverdue } from '../posts/leaving/to-go-out.ts';
import { isPublic, publicSince } from '../posts/leaving/what-is-public.ts';
import { isEmergency } from '../posts/stopping/held-emergency.ts';
import type { DeskRules, Missed, PostState } from '../posts/post.ts';
import type { StillToComeDown } from '../posts/taking-down/came-down.ts';
import type { LinkedLine } from './accounts.ts';
import type { Said } from './answers.ts';
import { askedByHand } from './by-hand.ts';
import { nameOf, onAccount, sayPeople, sentence, postsWords, waitsWords } from './names.ts';
import { buttons } from './on-cards.ts';
import { namedWords } from './titles.ts';
import { count, onAll } from './posts.ts';
import { publicationWords } from './publications.ts';
import { notHeeded } from './several.ts';
import { missedWords } from './held.ts';
import { passedWhile } from './steps.ts';
import { sayOn } from './times.ts';
import { doNotLeaveIt, stopDid, whoStopped, type StopSaid } from './stopped.ts';

/** What somebody may ask for about everything at once. */
export type StopWish = Stopped | 'resume';

/** What there is as somebody is asked whether everything is to stop, or to go on. */
export interface StopWaits {
  readonly held: number;
  /** held before, whoever held it */
  readonly already: number;
  readonly left: number;
  /** so many copies that are public are still to come down */
  readonly comingDown: number;
  /** words that were typed with it and that the question cannot heed; empty where there are none */
  readonly unheeded: string;
  /** somebody said yes to a question that is out of date */
  readonly again: boolean;
  /** what is stopped, be it less than is wished */
  readonly before?: StopSaid;
}

/** @returns the question whether everything is to stop, or to go on: what is stopped before, how many posts wait, what follows */
export function askStopWords(
  wish: StopWish,
  waits: StopWaits,
  rules: DeskRules,
  now: Millis,
): Said & Readonly<Record<'confirm' | 'decline', string>> {
  const before = [
    ...(waits.unheeded === '' ? [] : [notHeeded(waits.unheeded)]),
    ...(waits.again
      ? [
          wish === 'resume'
            ? 'There is another stop now than when you were asked, so nothing has happened yet.'
            : 'Posts were let out again after you were asked, so nothing has happened yet.',
        ]
      : []),
    ...(waits.before === undefined ? [] : [`${whoStopped(waits.before, rules, now)}.`]),
  ];
  if (wish === 'resume') {
    return {
      title: 'Let posts go out again?',
      lines: [
        ...before,
        waits.held === 0
          ? 'No post is held by the stop.'
          : `${waitsWords(waits.held)}. None goes out by itself: each needs a decision of its own.`,
        'What is approved from then on goes out as usual.',
      ],
      confirm: 'Yes, resume',
      decline: 'No, not yet',
    };
  }
  return {
    title: wish === 'all' ? 'Stop everything?' : 'Pause everything but safety information?',
    lines: [
      ...before,
      waits.held === 0
        ? `No ${waits.already === 0 ? '' : 'other '}post waits to go out at the moment.`
        : `${waitsWords(waits.held)} to go out or to be approved. ${waits.held === 1 ? 'It' : 'Each'} will be held, and needs a decision of its own before it goes out.`,
      ...(waits.already === 0
        ? []
        : [`${postsWords(waits.already)} ${waits.already === 1 ? 'is' : 'are'} held already.`]),
      ...(waits.left === 0 ? [] : [`${postsWords(waits.left)} with safety information can still go out.`]),
      ...removalsGoOn(waits.comingDown),
      `${wish === 'all' ? 'Nothing' : 'Only safety information'} leaves any account until somebody resumes it.`,
    ],
    confirm: wish === 'all' ? 'Yes, stop everything' : 'Yes, pause routine posts',
    decline: 'No, keep going',
  };
}

/** @returns that what is to come down does so, whatever is held or stopped */
export const removalsGoOn = (comingDown: number): readonly string[] =>
  comingDown === 0
    ? []
    : [
        `What is public ${comingDown === 1 ? 'in one place' : `in ${count(comingDown)} places`} is still to be taken down there. That goes on, since it makes less public.`,
      ];

/** @returns what a stop came to, and what it cannot reach */
export function stoppedWords(
  what: Stopped,
  counts: {
    readonly held: number;
    readonly already: number;
    readonly left: number;
    readonly sent: number;
    readonly comingDown: number;
    readonly going: boolean;
    /** of some of what was on its way it is still to be known what became of it */
    readonly hears: boolean;
    /** accounts that only a newer release can stop */
    readonly newer: readonly string[];
  },
  rules: DeskRules,
): Said & {
  readonly sent: string;
  readonly comingDown: string;
  readonly held: string;
  readonly already: string;
  readonly left: string;
  readonly cannot: Said;
} {
  const byHand = Object.values(rules.accounts).filter(({ network }) => network === 'by-hand');
  const held = counts.going
    ? `${postsWords(counts.held)} held so far`
    : counts.held === 0
      ? `no ${counts.already === 0 ? '' : 'other '}post was waiting`
      : `${postsWords(counts.held)} held`;
  return {
    title: `${what === 'all' ? 'Everything is stopped' : 'Routine posts are paused'}: ${held}`,
    lines: [
      what === 'all'
        ? 'Nothing leaves any account until somebody resumes it, whatever is approved meanwhile.'
        : 'Only safety information leaves until somebody resumes it, whatever is approved meanwhile.',
      ...(counts.already === 0
        ? []
        : [`${postsWords(counts.already)} ${counts.already === 1 ? 'was' : 'were'} held before that.`]),
      ...(counts.sent > 0
        ? []
        : [counts.comingDown === 0 ? 'Nothing was on its way.' : 'No post was on its way.']),
      ...(counts.hears
        ? ['What became of what is still on its way I tell you here as soon as it is known.']
        : []),
      ...(counts.going
        ? ['So many posts wait that the rest is still being held. None of them can go out meanwhile.']
        : []),
      ...leftToNewerWords(counts.newer, rules),
      `What is public can still be taken down. A correction of it waits, also where a post is only changed${what === 'all' ? '' : '; one of safety information still goes out'}. What is out of a post whose rest is held can be corrected once somebody has pressed "Do not publish the rest".`,
    ],
    sent: 'Was already on its way',
    comingDown: 'Is public, and is still taken down there',
    held: 'Held',
    already: 'Was held before',
    left: 'Still goes out, because it is safety information',
    cannot: {
      title: 'Crier cannot stop these. Please see to them yourself:',
      lines: [
        "Posts that were scheduled in the networks' own tools",
        'Paid adverts',
        byHand.length === 0
          ? 'What somebody posts by hand'
          : `What somebody posts by hand: ${byHand.map(({ name }) => name).join(', ')}`,
      ],
    },
  };
}

/** @returns that accounts are left to a newer release, which one that does not know it can neither stop nor hold */
export function leftToNewerWords(accounts: readonly string[], rules: DeskRules): readonly string[] {
  if (accounts.length === 0) return [];
  const it = accounts.length === 1 ? 'it' : 'them';
  return [
    `But not ${onAll(accounts, rules)}: a newer Crier looks after ${it}, and the one that you reached cannot stop ${it}. It sends nothing there itself. Please say this again in a few minutes.`,
  ];
}

const changeWords = {
  made: 'corrected',
  'under-way': 'being corrected',
  unclear: 'was being corrected, and the network gave no clear answer: look there which words it has',
  'perhaps-gone': 'was being deleted, to be posted again, and we are looking whether it is gone',
  waits: 'not corrected: that waits, and it still says what it said',
  'not-made': 'not corrected: it still says what it said',
} as const;

/** What has come of a change or a deletion that was on its way when everything was stopped. */
export type ChangeOnItsWay = keyof typeof changeWords;

/** What somebody who stopped posts reads once it is known what became of what was still on its way then. */
export const whatLeftWords = {
  title: 'What was still on its way when you stopped posts',
  sent: 'What became of it',
} as const;

/** @returns `#12 on X: published at 9:42`, with its address */
export function onItsWayWords(
  sent: {
    readonly number: number;
    readonly account: string;
    readonly publication: Publication;
    readonly change?: ChangeOnItsWay;
  },
  rules: DeskRules,
  now: Millis,
): LinkedLine {
  const { number, account, publication, change } = sent;
  const became = change === undefined ? publicationWords(publication, undefined, now) : changeWords[change];
  return {
    words: `#${String(number)} ${onAccount(account, rules)}: ${became}`,
    url: publication.is === 'published' || publication.is === 'removing' ? publication.remote.url : '',
  };
}

/** @returns `#12 on Facebook: being taken down`, with the address of what is public */
export function comingDownWords(
  {
    number,
    account,
    publication,
    asked,
  }: Omit<StillToComeDown, 'part'> & { readonly number: number; readonly account: string },
  rules: DeskRules,
  now: Millis,
): LinkedLine {
  const words =
    asked === undefined ? publicationWords(publication, undefined, now) : askedByHand(asked, rules);
  return { words: `#${String(number)} ${onAll([account], rules)}: ${words}`, url: publication.remote.url };
}

/** Who let posts go out again, and when. */
export interface Lifted {
  readonly by: string;
  readonly at: Millis;
}

/** @returns `Joseph Adeyemi let posts go out again on Tue 24 Nov at 9:52am.` */
const liftedWords = ({ by, at }: Lifted, rules: DeskRules, now: Millis, what = 'posts'): string =>
  `${nameOf(by, rules)} let ${what} go out again ${sayOn(at, now)}.`;

/** @returns what somebody hears who may stop and resume, and of whom nothing waits */
export const resumedSince = (lifted: Lifted, rules: DeskRules, now: Millis): string =>
  `Posts can go out again. ${liftedWords(lifted, rules, now, 'them')} Whatever was held waits for a decision of its own.`;

/** @returns what resuming came to */
export function resumedWords(
  {
    lifted,
    waits,
    isOver,
  }: {
    readonly lifted: Lifted | undefined;
    /** so many posts wait; undefined where it is read by others than may read of them */
    readonly waits: number | undefined;
    /** it stands where the stop was told, and goes on saying this whatever is stopped later */
    readonly isOver: boolean;
  },
  rules: DeskRules,
  now: Millis,
): Said & { readonly overdue: string; readonly waiting: string } {
  return {
    title: isOver ? 'That stop is over' : 'Posts can go out again',
    lines: [
      ...(lifted === undefined ? [] : [liftedWords(lifted, rules, now)]),
      waits === undefined
        ? 'Whatever was held waits for a decision of its own.'
        : waits === 0
          ? 'No post is left held by the stop.'
          : `${sentence(waitsWords(waits))}, and none of them goes out by itself. Open one to see who decides it.`,
    ],
    overdue: 'Its planned time has passed: choose another one, or cancel it',
    waiting: 'Waits for a decision',
  };
}

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
