import { minutes, type Millis } from '../core/time.ts';
import { shownLater, type Publication } from '../dispatch/publication.ts';
import { accountOf, isReply } from '../dispatch/thread.ts';
import {
  endOf,
  isHeldByCrier,
  isPartlyOut,
  isStoppedByRule,
  publicationsOf,
  publicSince,
  waitsForTheDesk,
} from '../posts/how-it-stands.ts';
import { lettersOut } from '../posts/may.ts';
import { downOn, madeOn } from '../posts/standing.ts';
import { stepsOf } from '../posts/past.ts';
import type { DeskRules, ErasedText, PostState, Step } from '../posts/post.ts';
import { firstWords } from '../protocol/text/cut.ts';
import { correctedWords, notPutRightWords, openCorrectionWords } from './corrections.ts';
import { accountName, leftSaidOnce, nameOf, onAccount, sayList, sayPeople, sentence } from './names.ts';
import { wroteWords } from './on-cards.ts';
import { isOut, onAll } from './posts.ts';
import { publicationWords } from './publications.ts';
import { stopDid } from './stopped.ts';
import { isSameDay, sayDated, sayOn } from './times.ts';

/** A step as it is told, in a sentence without its full stop. */
interface Told {
  readonly step: Step;
  readonly sentence: (rules: DeskRules, at: string) => string;
}

const did: Readonly<Record<Exclude<Step['did'], 'held' | 'by-hand' | MakersStep['did']>, string>> = {
  changed: 'changed it',
  'passed-on': 'passed it on',
  approved: 'approved it',
  retimed: 'chose another time',
  'sent-back': 'sent it back',
};

type MakersStep = Extract<Step, { readonly people: readonly string[] }>;

/** What the desk did about a post that was approved by somebody who might not any more, and why that was needed. */
function makersStepWords({ did: how, by, people }: MakersStep, at: string, rules: DeskRules): string {
  const why = `${sayPeople(people, rules)} approved it and may not approve such posts any more`;
  return how === 'let-out'
    ? `${nameOf(by, rules)} said ${at} that it goes out, although ${why}.`
    : `${nameOf(by, rules)} asked for approval again ${at}, since ${why}. No approval before that counts.`;
}

type ByHandStep = Extract<Step, { readonly did: 'by-hand' }>;

const doneByHand: Readonly<Record<ByHandStep['what'], { readonly did: string; readonly said: string }>> = {
  post: { did: 'posted it', said: 'it was posted' },
  change: { did: 'changed it', said: 'it was changed' },
  remove: { did: 'took it down', said: 'it was taken down' },
};

/** What somebody did by hand, or would not or could not; whoever had not been asked only said so. */
function byHandWords(
  { by, part, what, done, asked, note = '' }: ByHandStep,
  at: string,
  rules: DeskRules,
): string {
  const name = nameOf(by, rules);
  const on = `on ${accountName(accountOf(part), rules)}`;
  if (done && asked) return `${name} ${doneByHand[what].did} ${on} ${at}.`;
  if (done) return `${name} said ${at} that ${doneByHand[what].said} ${on}.`;
  if (what !== 'post') return `${name} said ${at} that it cannot be changed ${on}.`;
  return `${name} decided ${at} that it is not posted ${on}${note === '' ? '.' : `: ${quoted(note)}`}`;
}

/** @returns what was last said of what was asked for by hand */
export function lastByHandWords(post: PostState, rules: DeskRules, now: Millis): string {
  const last = stepsOf(post).findLast((step) => step.did === 'by-hand');
  return last === undefined ? '' : byHandWords(last, sayOn(last.at, now), rules);
}

/**
 * Who did what so far, in its order; how it rests now is said apart. Of what was decided before it was sent back the
 * card says nothing, since it was of other words: `all` tells that as well, with what was written to it.
 */
function toldOf(post: PostState, all = false): readonly Told[] {
  const { status } = post;
  const steps = stepsOf(post).filter(
    (step) => !(step.did === status.is && 'at' in status && step.at === status.at),
  );
  const back = all ? -1 : steps.findLastIndex((step) => step.did === 'sent-back');
  const isBoth = (step: Step, other: Step['did']): boolean =>
    steps.some((each) => each.did === other && each.at === step.at && each.by === step.by);
  return steps
    .filter((step, index) => index >= back || step.did === 'changed')
    .flatMap((step): readonly Told[] => {
      // To change it while the desk is asked is to pass it on.
      if (step.did === 'passed-on' && isBoth(step, 'changed')) return [];
      if (step.did === 'held') return [{ step, sentence: (rules, at) => heldBy(step, at, rules) }];
      if (step.did === 'by-hand') return [{ step, sentence: (rules, at) => byHandWords(step, at, rules) }];
      if (step.did === 'let-out' || step.did === 'asked-again')
        return [{ step, sentence: (rules, at) => makersStepWords(step, at, rules) }];
      const words =
        step.did === 'changed' && isBoth(step, 'passed-on')
          ? `${did.changed} and ${did['passed-on']}`
          : did[step.did];
      const sentence = (rules: DeskRules, at: string): string => `${nameOf(step.by, rules)} ${words} ${at}.`;
      return [
        { step, sentence: (rules, at) => (all ? noted(sentence(rules, at), step) : sentence(rules, at)) },
      ];
    });
}

/** Whether anybody has done anything with it, so that there is more to tell than who proposed it. */
export const hasHistory = (post: PostState): boolean => toldOf(post).length > 0;

/** @returns the moment of the last that was done with it, whose day what follows need not say again */
export function saidLast(post: PostState): Millis {
  return toldOf(post).at(-1)?.step.at ?? post.createdAt;
}

/**
 * @returns a moment of the one day that the card of a post has named before it comes to its accounts; undefined where
 *   it has named several, so that a clock alone could be of any of them
 */
export function dayOnCard(post: PostState): Millis | undefined {
  const { status, corrected } = post;
  const last = saidLast(post);
  const named = [
    publicSince(post) ?? last,
    ...(status.is === 'published' || status.is === 'partly-published' ? [status.at] : []),
    ...corrected.map(({ at }) => at),
    ...(status.is === 'taken-down' ? [status.takenDownAt] : []),
  ];
  return named.every((at) => isSameDay(at, last)) ? last : undefined;
}

/** Something that happened to a post, and how it is said after a moment whose day was said already. */
interface Happened {
  readonly at: Millis;
  readonly words: (said: Millis) => string;
  /** goes on in the line of what happened before it */
  readonly goesOn?: true;
}

/** What happened, in its order; a day is said once. */
function inOrder(happened: readonly Happened[]): readonly string[] {
  const lines: string[] = [];
  let before: Happened | undefined;
  for (const each of happened.toSorted((one, other) => one.at - other.at)) {
    const words = sentence(each.words(before?.at ?? 0));
    if (each.goesOn === true && before?.goesOn === true) lines.push(`${lines.pop() ?? ''} ${words}`);
    else lines.push(words);
    before = each;
  }
  return lines;
}

/** Who proposed it and what was done with it. */
function stepsAsTold(
  post: PostState,
  told: readonly Told[],
  rules: DeskRules,
  now: Millis,
): readonly Happened[] {
  return [
    {
      at: post.createdAt,
      words: () => `Proposed ${sayOn(post.createdAt, now)} by ${nameOf(post.author, rules)}.`,
      goesOn: true,
    },
    ...told.map(({ step, sentence }): Happened => ({
      at: step.at,
      words: (said) => sentence(rules, sayOn(step.at, now, said)),
      goesOn: true,
    })),
  ];
}

/** @returns what the card of a post says of it: what has happened in its order, what was corrected, how it rests */
export function storyOnCard(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const rest = restOf(post, rules, now);
  const lines = [
    ...inOrder([
      ...stepsAsTold(post, toldOf(post), rules, now),
      ...correctedWords(post, rules, now),
      ...rest.happened,
    ]),
    ...notPutRightWords(post, rules),
    ...rest.stands,
  ];
  return leftSaidOnce(lines, rules);
}

/** @returns why a post that was approved does not leave: whoever approved it may not any more */
function makersWords(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const people = post.makersGone?.people ?? [];
  const when =
    post.when !== undefined && post.when.at > now
      ? `is to go out ${sayOn(post.when.at, now)}`
      : 'was to go out';
  return [
    `It ${when}, but ${sayPeople(people, rules)} approved it and may not approve such posts any more.`,
    lettersOut(post, rules).length === 0
      ? `${rules.desk.name} can ask for approval again.`
      : `${rules.desk.name} says whether it goes out all the same.`,
  ];
}

/**
 * @param said a moment whose day the same card has said above
 * @returns who did not agree to a correction, and what that means
 */
export const correctionRefusedWords = (
  { by, at }: NonNullable<PostState['correctionRefused']>,
  rules: DeskRules,
  now: Millis,
  said?: Millis,
): string =>
  `${nameOf(by, rules)} did not agree to the correction ${sayOn(at, now, said)}. What stands stays as it is.`;

const inTheWay =
  'Something in it has come to stand in the way: see below. Nobody can approve it before it is changed.';

/** @returns who sends a draft that more than one person has had before them */
const unsentWords = ({ author, revision }: PostState, rules: DeskRules): string =>
  `It is a draft: it goes no further until ${sayPeople([...new Set([author, revision.by])], rules, 'or')} sends it.`;

/** @returns what happened last and what can be done now, for the states in which a post rests */
export function restingWords(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const { happened, stands } = restOf(post, rules, now);
  return [...happened.map(({ words }) => words(saidLast(post))), ...stands];
}

/** How a post rests: what happened last, and how it stands since. */
interface Rest {
  readonly happened: readonly Happened[];
  readonly stands: readonly string[];
}

const standing = (...stands: readonly string[]): Rest => ({ happened: [], stands });

/** Whether Crier held it before it was to leave: the protocol has changed meanwhile. */
export const isHeldAhead = ({ status, when }: PostState): boolean =>
  status.is === 'held' && when !== undefined && status.at < when.at;

function restOf(post: PostState, rules: DeskRules, now: Millis): Rest {
  const { status, restRefused, correctionRefused } = post;
  if (waitsForTheDesk(post)) return standing(...makersWords(post, rules, now));
  const since = (at: Millis, words: (when: string) => string, ...stands: readonly string[]): Rest => ({
    happened: [{ at, words: (said) => words(sayOn(at, now, said)) }],
    stands,
  });
  switch (status.is) {
    case 'draft':
      return standing(...(hasHistory(post) ? [unsentWords(post, rules)] : []));
    case 'in-review':
      return standing(...(isStoppedByRule(post) ? [inTheWay] : []));
    case 'sent-back':
      return standing(
        sentence(
          `${nameOf(status.by, rules)} sent it back ${sayOn(status.at, now)}. Edit it, then send it again.`,
        ),
      );
    case 'not-to-be-published':
      return since(
        status.at,
        (when) => `${nameOf(status.by, rules)} decided ${when} that this will not be published.`,
      );
    case 'cancelled':
      return since(
        status.at,
        (when) => `${nameOf(status.by, rules)} cancelled it ${when}. Nothing of it was published.`,
      );
    case 'expired':
      return standing(
        status.because === 'nobody-decided'
          ? `Nobody decided by ${sayDated(status.at, now)}, so it did not go out. Send it again if it is still needed.`
          : post.revision.until === undefined
            ? 'It did not go out anywhere. Send it again if it is still needed.'
            : `Its end came ${sayOn(status.at, now)}, before it was out. Give it another end if it is still needed.`,
      );
    case 'held':
      if (isHeldByCrier(post)) {
        return since(
          status.at,
          (when) =>
            isHeldAhead(post)
              ? `Held ${when}: something in it has come to stand in the way. See below.`
              : `Its time came ${when}, but something in it had come to stand in the way. See below.`,
          isPartlyOut(post)
            ? 'What is out stays as it is. The rest waits until somebody decides about it.'
            : 'Edit it, then send it again.',
        );
      }
      return since(
        status.at,
        (when) => heldBy(status, when, rules),
        isStoppedByRule(post)
          ? inTheWay
          : publicSince(post) === undefined
            ? `It stays here until somebody approves it${isApprovedOnce(post) ? ' again' : ''}.`
            : correctionHeldWords(post, rules),
      );
    case 'taken-down':
      return since(
        status.takenDownAt,
        (when) => `${nameOf(status.by, rules)} took it down ${when}. The record of it is kept.`,
      );
    case 'failed':
      return standing('No account took it. What each of them said is below.');
    default:
      return {
        happened: [
          ...(restRefused === undefined
            ? []
            : since(
                restRefused.at,
                (when) =>
                  `${nameOf(restRefused.by, rules)} decided ${when} that nothing more of it is published.`,
              ).happened),
          ...(correctionRefused === undefined
            ? []
            : [
                {
                  at: correctionRefused.at,
                  words: (said: Millis) => correctionRefusedWords(correctionRefused, rules, now, said),
                },
              ]),
        ],
        stands: [],
      };
  }
}

/** Whether somebody has approved it before, whatever became of that. */
const isApprovedOnce = (post: PostState): boolean => stepsOf(post).some((step) => step.did === 'approved');

/** What stands where, while the rest of a correction is held. */
function correctionHeldWords(post: PostState, rules: DeskRules): string {
  const { made, waits } = post.correction === undefined ? { made: [], waits: [] } : madeOn(post.correction);
  const down = downOn(post);
  const old = waits.filter((account) => !down.includes(account));
  const goesOn = 'its correction goes on there once somebody approves it again';
  const gone =
    down.length === 0 ? [] : [`The post was deleted ${onAll(down, rules)} to be posted again: ${goesOn}.`];
  if (gone.length === 0 && (made.length === 0 || old.length === 0))
    return 'What stands stays public as it is. Its correction goes on once somebody approves it again.';
  return [
    ...(made.length === 0 ? [] : [`Its correction stands ${onAll(made, rules)}.`]),
    ...gone,
    ...(old.length === 0
      ? []
      : [`${sentence(onAll(old, rules))} the post still says what it said: ${goesOn}.`]),
  ].join(' ');
}

/** Who held it, with all that waited or alone. */
function heldBy(
  { by, all, stop }: Pick<Extract<Step, { readonly did: 'held' }>, 'by' | 'all' | 'stop'>,
  at: string,
  rules: DeskRules,
): string {
  if (by === 'crier') return `Held ${at}, since something in it had come to stand in the way.`;
  const name = nameOf(by, rules);
  if (stop !== undefined) return `Held ${at}, since ${name} had ${stopDid[stop]}.`;
  return all ? `${name} held everything but safety information ${at}.` : `${name} held this ${at}.`;
}

const erasedTexts: Readonly<Record<ErasedText, string>> = {
  words: 'its words',
  media: 'its pictures and videos',
  descriptions: 'what its pictures show',
  notes: 'the note to its author',
  corrections: 'what was said of a correction',
  answers: 'what was answered about its pictures',
};

/** @returns what was erased of a post, when and under which clause, and what stays */
export function erasedWords(post: PostState, now: Millis): readonly string[] {
  const erased = post.erased ?? [];
  return [
    ...erased.map(
      ({ what, clause, at }) =>
        `Erased ${sayOn(at, now)} under clause ${clause} of the protocol: ${sayList(what.map((each) => erasedTexts[each]))}.`,
    ),
    ...(erased.length === 0
      ? []
      : ['What stays on the record is who proposed and decided it, when, and where it was posted.']),
  ];
}

/** @returns the first words of a post in a list, or that they were erased */
export function firstLine(post: PostState, words: string): string {
  const erased = post.erased?.findLast(({ what }) => what.includes('words'));
  return erased === undefined || words !== ''
    ? words
    : `Its words were erased under clause ${erased.clause}.`;
}

/** @returns all that has happened to a post up to now, to its end, with what was written of it: a line each */
export function storyWords(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const until = endOf(post);
  const isStanding = post.status.is === 'published' || post.status.is === 'partly-published';
  const told = toldOf(post, true);
  const rest = restOf(post, rules, now);
  const lines = [
    ...inOrder([
      ...stepsAsTold(post, told, rules, now),
      ...outOf(post, told, rules, now),
      ...correctedWords(post, rules, now),
      ...openCorrectionWords(post, rules, now),
      ...(isStanding && until !== undefined && until.at <= now
        ? [{ at: until.at, words: () => `Its end came ${sayOn(until.at, now)}.` }]
        : []),
      ...rest.happened,
    ]),
    ...laterWords(post, rules, now),
    ...notPutRightWords(post, rules),
    ...rest.stands,
    ...writtenWords(post, rules),
    ...erasedWords(post, now),
  ];
  return leftSaidOnce(lines, rules);
}

/** So much of a note is repeated beside others; the card shows all of the last one. */
const longestNote = 400;

/** A sentence with what was written to it. */
function noted(sentence: string, step: Step): string {
  if (step.did !== 'sent-back' || step.note === '') return sentence;
  return `${sentence.replace(/\.$/u, ':')} ${quoted(step.note)}`;
}

/** What somebody wrote, in one line: `"Say which days."` */
export function quoted(note: string): string {
  return `"${firstWords(note, longestNote)}"`;
}

/** A note that somebody wrote who sent it back or refused it, or what of it. */
export interface Note {
  readonly by: string;
  readonly note: string;
}

/** @returns the last note to whoever writes on the post; undefined where there is none, or it is settled */
export function noteOf(post: PostState): Note | undefined {
  const { status, restRefused, correctionRefused } = post;
  const said = (): Note | undefined => {
    switch (status.is) {
      case 'sent-back':
      case 'not-to-be-published':
        return status;
      case 'draft':
      case 'in-review':
      case 'held':
      case 'expired':
        if (isPartlyOut(post)) return correctionRefused ?? restRefused;
        // Whoever looks at it again looks for what was asked for.
        return stepsOf(post).findLast((step) => step.did === 'sent-back');
      default:
        return correctionRefused ?? restRefused;
    }
  };
  const note = said();
  return note === undefined || note.note === '' ? undefined : note;
}

/** @returns what was written by whoever sent it back, refused it, or did not agree, where no step tells it */
export function writtenWords(post: PostState, rules: DeskRules): readonly string[] {
  const note = noteOf(post);
  return note === undefined || 'did' in note ? [] : [`${wroteWords(note.by, rules)} ${quoted(note.note)}`];
}

/** When and where it came out, whatever became of it afterwards; who posted it by hand is told apart. */
function outOf(post: PostState, told: readonly Told[], rules: DeskRules, now: Millis): readonly Happened[] {
  const isToldApart = (part: string): boolean =>
    told.some(
      ({ step }) => step.did === 'by-hand' && step.what === 'post' && step.done && step.part === part,
    );
  const out = Object.entries(publicationsOf(post)).filter(
    ([part, publication]) => isOut(publication) && !isReply(part) && !isToldApart(part),
  );
  if (out.length === 0) return [];
  const approved = told.findLast(({ step }) => step.did === 'approved')?.step.at ?? post.createdAt;
  const where = (some: typeof accounts): string =>
    onAll([...new Set(some.map(({ account }) => account))], rules);
  const accounts = out.map(([part, publication]) => ({ account: accountOf(part), at: outAt(publication) }));
  const times = accounts.flatMap(({ at }) => at ?? []);
  if (times.length === 0) return [{ at: approved, words: () => `Published ${where(accounts)}.` }];
  const first = Math.min(...times);
  // What came much later than the others, shown at a time of its own or sent once more, is told with its own time.
  const late = times.filter((at) => at > first + together);
  const early = accounts.filter(({ at }) => at === undefined || !late.includes(at));
  return [
    { at: first, words: (said) => `Published ${sayOn(first, now, said)} ${where(early)}.` },
    ...[...new Set(late)].map((at) => ({
      at,
      words: (said: Millis) =>
        `Published ${sayOn(at, now, said)} ${where(accounts.filter((each) => each.at === at))}.`,
    })),
  ];
}

/** What goes out within so long of each other is told as one. */
const together = minutes(2);

/** What is on its account already and shown later. */
function laterWords(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  return Object.entries(publicationsOf(post)).flatMap(([part, publication]) =>
    shownLater([publication]) === undefined
      ? []
      : [`${sentence(onAccount(accountOf(part), rules))} it ${publicationWords(publication, now)}.`],
  );
}

function outAt(publication: Publication): Millis | undefined {
  if (publication.is === 'published') return publication.at;
  return publication.is === 'removing' ? publication.publishedAt : undefined;
}
