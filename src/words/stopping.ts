import type { Millis } from '../core/time.ts';
import type { Stopped } from '../dispatch/account.ts';
import type { Publication } from '../dispatch/publication.ts';
import type { DeskRules } from '../posts/post.ts';
import type { StillToComeDown } from '../posts/taking-down/came-down.ts';
import type { LinkedLine } from './accounts.ts';
import type { Said } from './answers.ts';
import { askedByHand } from './by-hand.ts';
import { nameOf, onAccount, sentence, postsWords, waitsWords } from './names.ts';
import { count, onAll } from './posts.ts';
import { publicationWords } from './publications.ts';
import { notHeeded } from './several.ts';
import { sayOn } from './times.ts';
import { whoStopped, type StopSaid } from './stopped.ts';

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
export const liftedWords = ({ by, at }: Lifted, rules: DeskRules, now: Millis, what = 'posts'): string =>
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
