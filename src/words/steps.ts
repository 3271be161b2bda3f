import type { Millis } from '../core/time.ts';
import { accountOf, isOfCorrection } from '../dispatch/thread.ts';
import { accountWasBlocked } from '../dispatch/publication.ts';
import { isNoted, rewritten, stepsOf } from '../posts/telling/past.ts';
import type { DeskRules, Missed, PostState, Step } from '../posts/post.ts';
import { hadTurned } from './turned.ts';
import { accountName, departmentShort, nameOf, sayList, sayPeople } from './names.ts';
import { stopDid } from './stopped.ts';
import { askedByHand } from './by-hand.ts';
import { onAll } from './posts.ts';
import { sayOn } from './times.ts';
import { quoted } from './notes.ts';

/** A step as it is told, in a sentence without its full stop. */
export interface Told {
  readonly step: Step;
  readonly sentence: (rules: DeskRules, at: string) => string;
}

const did: Readonly<
  Record<
    Exclude<
      Step['did'],
      | 'held'
      | 'by-hand'
      | 'by-hand-mended'
      | 'department-chosen'
      | 'left-as-it-is'
      | 'tried-again'
      | MakersStep['did']
    >,
    string
  >
> = {
  changed: 'changed it',
  'passed-on': 'passed it on',
  approved: 'approved it',
  retimed: 'chose another time',
  'sent-back': 'sent it back',
  agreed: 'agreed to its correction',
};

type MakersStep = Extract<Step, { readonly people: readonly string[] }>;

/** What the desk did about a post that was approved by somebody who might not any more, and why that was needed. */
function makersStepWords({ did: how, by, people }: MakersStep, at: string, rules: DeskRules): string {
  const why = `${sayPeople(people, rules)} approved it and may not approve such posts any more`;
  return how === 'let-out'
    ? `${nameOf(by, rules)} said ${at} that it goes out, although ${why}.`
    : `${nameOf(by, rules)} asked for approval again ${at}, since ${why}. No approval before that counts.`;
}

type ChosenStep = Extract<Step, { readonly did: 'department-chosen' }>;

/** Who chose another department for it, and why that was needed. */
const chosenWords = ({ by, from, to }: ChosenStep, at: string, rules: DeskRules): string =>
  `${nameOf(by, rules)} chose ${departmentShort(to, rules)} as its department ${at}, since ${departmentShort(from, rules)} was not in the protocol any more.`;

/** @returns what somebody else than its author last did to it, who has to send it now */
export function rewrittenWords(post: PostState, rules: DeskRules, now: Millis): string {
  const last = rewritten(post);
  const at = sayOn(last.at, now);
  return last.did === 'changed'
    ? `${nameOf(last.by, rules)} changed it ${at}.`
    : chosenWords(last, at, rules);
}

type ByHandStep = Extract<Step, { readonly did: 'by-hand' }>;

const doneByHand: Readonly<Record<ByHandStep['what'], { readonly did: string; readonly said: string }>> = {
  post: { did: 'posted it', said: 'it was posted' },
  change: { did: 'changed it', said: 'it was changed' },
  remove: { did: 'took it down', said: 'it was taken down' },
};

/** What somebody did by hand, or would not or could not; whoever had not been asked only said so. */
function byHandWords(
  { by, part, what, done, asked, cannot, note = '' }: ByHandStep,
  at: string,
  rules: DeskRules,
): string {
  const name = nameOf(by, rules);
  const on = `on ${accountName(accountOf(part), rules)}`;
  if (done && asked) return `${name} ${doneByHand[what].did} ${on} ${at}.`;
  if (done) return `${name} said ${at} that ${doneByHand[what].said} ${on}.`;
  if (what === 'remove')
    return `${name} said ${at} that it cannot be taken down ${on}${note === '' ? '.' : `: ${quoted(note)}`}`;
  if (what !== 'post')
    return `${name} said ${at} that it ${cannot === true ? 'cannot be' : 'had not been'} changed ${on}.`;
  return `${name} decided ${at} that it is not posted ${on}${note === '' ? '.' : `: ${quoted(note)}`}`;
}

/** That what somebody had said of it was put right. */
function mendedWords(
  { by, part, how }: Extract<Step, { readonly did: 'by-hand-mended' }>,
  at: string,
  rules: DeskRules,
): string {
  const on = `on ${accountName(accountOf(part), rules)}`;
  return how === 'link'
    ? `${nameOf(by, rules)} put the address of the post ${on} right ${at}.`
    : `${nameOf(by, rules)} said ${at} that it is not posted ${on} after all.`;
}

/**
 * @param rests how the post rests, which says why nobody is asked for it
 * @returns how it was last put right what somebody had said of a post by hand, and what comes of that
 */
export function lastMendedWords(
  post: PostState,
  rests: readonly string[],
  rules: DeskRules,
  now: Millis,
): string {
  const last = stepsOf(post).findLast((step) => step.did === 'by-hand-mended');
  if (last === undefined) return '';
  const mended = mendedWords(last, sayOn(last.at, now), rules);
  if (last.how === 'link') return mended;
  const entry = post.byHand?.[last.part];
  const comes =
    entry === undefined
      ? rests
      : [`${accountName(accountOf(last.part), rules)} ${askedByHand(entry, rules)}.`];
  return [mended, ...comes].join(' ');
}

/** Who left so what accounts did not take, or what did not go out there. */
function leftWords(
  { by, accounts, unsent = [], unclear }: Extract<Step, { readonly did: 'left-as-it-is' }>,
  at: string,
  rules: DeskRules,
): string {
  const names = (some: readonly string[]): string => sayList(some.map((each) => accountName(each, rules)));
  const refused = accounts.filter((account) => !unsent.includes(account));
  const decided = [
    ...(refused.length === 0 ? [] : [`to leave what ${names(refused)} did not take as it is`]),
    ...(unsent.length === 0 ? [] : [`that nothing more of it is published on ${names(unsent)}`]),
  ];
  const sentence = `${nameOf(by, rules)} decided ${at} ${decided.join(', and ')}.`;
  if (unclear === undefined) return sentence;
  return `${sentence} Nobody could tell whether ${isOfCorrection(unclear) ? 'the correction' : 'it'} had arrived there.`;
}

/** Who had it tried again where it had not gone out. */
const triedWords = (
  { by, parts }: Extract<Step, { readonly did: 'tried-again' }>,
  at: string,
  rules: DeskRules,
): string => `${nameOf(by, rules)} tried it again ${onAll([...new Set(parts.map(accountOf))], rules)} ${at}.`;

/** @returns who last left so what accounts did not take */
export function lastLeftWords(post: PostState, rules: DeskRules, now: Millis): string {
  const last = stepsOf(post).findLast((step) => step.did === 'left-as-it-is');
  return last === undefined ? '' : leftWords(last, sayOn(last.at, now), rules);
}

/** @returns who last let it go on, or agreed to a correction, with what they wrote to that */
export function lastNotedWords(post: PostState, rules: DeskRules, now: Millis): string {
  const last = stepsOf(post).findLast((step) => isNoted(step));
  return last === undefined
    ? ''
    : noted(`${nameOf(last.by, rules)} ${did[last.did]} ${sayOn(last.at, now)}.`, last);
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
export function toldOf(post: PostState, all = false): readonly Told[] {
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
      if (step.did === 'by-hand-mended')
        return [{ step, sentence: (rules, at) => mendedWords(step, at, rules) }];
      if (step.did === 'by-hand') return [{ step, sentence: (rules, at) => byHandWords(step, at, rules) }];
      if (step.did === 'left-as-it-is')
        return [{ step, sentence: (rules, at) => leftWords(step, at, rules) }];
      if (step.did === 'tried-again')
        return all ? [{ step, sentence: (rules, at) => triedWords(step, at, rules) }] : [];
      if (step.did === 'department-chosen')
        return [{ step, sentence: (rules, at) => chosenWords(step, at, rules) }];
      if (step.did === 'let-out' || step.did === 'asked-again')
        return [{ step, sentence: (rules, at) => makersStepWords(step, at, rules) }];
      const words =
        step.did === 'changed' && isBoth(step, 'passed-on')
          ? `${did.changed} and ${did['passed-on']}`
          : did[step.did];
      const sentence = (rules: DeskRules, at: string): string => `${nameOf(step.by, rules)} ${words} ${at}.`;
      return [
        {
          step,
          sentence: (rules, at) =>
            all || isNoted(step) ? noted(sentence(rules, at), step) : sentence(rules, at),
        },
      ];
    });
}

/** Whether anybody has done anything with it, so that there is more to tell than who proposed it. */
export const hasHistory = (post: PostState): boolean => toldOf(post).length > 0;

/** @returns the moment of the last that was done with it, whose day what follows need not say again */
export function saidLast(post: PostState): Millis {
  return toldOf(post).at(-1)?.step.at ?? post.createdAt;
}

/** Something that happened to a post, and how it is said after a moment whose day was said already. */
export interface Happened {
  readonly at: Millis;
  readonly words: (said: Millis) => string;
  /** goes on in the line of what happened before it */
  readonly goesOn?: true;
}

/** How a post rests: what happened last, and how it stands since. */
export interface Rest {
  readonly happened: readonly Happened[];
  readonly stands: readonly string[];
}

/** @returns how a post rests to which nothing happened that is not told elsewhere */
export const standing = (...stands: readonly string[]): Rest => ({ happened: [], stands });

/** @returns how a post rests since a moment; `words` say what happened then, with when that was */
export const restingSince = (
  at: Millis,
  now: Millis,
  words: (when: string) => string,
  ...stands: readonly string[]
): Rest => ({ happened: [{ at, words: (said) => words(sayOn(at, now, said)) }], stands });

/** A sentence with what was written to it. */
function noted(sentence: string, step: Step): string {
  if (!isNoted(step) && (step.did !== 'sent-back' || step.note === '')) return sentence;
  return `${sentence.replace(/\.$/u, ':')} ${quoted(step.note)}`;
}

/** What kept it from going out at its time. */
export function passedWhile(missed: Missed, rules: DeskRules): string {
  switch (missed.because) {
    case 'makers-gone':
      return `while it waited for ${rules.desk.name}`;
    case 'not-running':
      return 'while Crier was not working';
    case 'not-running-then':
      return `while it waited for its turn on ${accountName(missed.account, rules)}, and Crier was not working when that came`;
    case 'not-taken': {
      const names = sayList(missed.accounts.map((account) => accountName(account, rules)));
      if (missed.reason === 'account-blocked' || missed.reason === accountWasBlocked)
        return `while ${names} did not let Crier in`;
      return missed.reason === 'not-reached'
        ? `while ${names} could not be reached`
        : `while ${names} did not take it`;
    }
  }
}

/** Who held it, with all that waited or alone. */
export function heldBy(
  {
    by,
    all,
    stop,
    missed,
    turned,
    newWords,
  }: Pick<Extract<Step, { readonly did: 'held' }>, 'by' | 'all' | 'stop' | 'missed' | 'turned' | 'newWords'>,
  at: string,
  rules: DeskRules,
): string {
  if (missed !== undefined)
    return `Held ${at}, since the time at which it was to go out had passed ${passedWhile(missed, rules)}.`;
  if (turned !== undefined) return `Held ${at}, since ${hadTurned(turned, rules)}.`;
  if (newWords === true) return `The rest was held ${at}, since a correction gave it new words.`;
  if (by === 'crier') return `Held ${at}, since something in it had come to stand in the way.`;
  const name = nameOf(by, rules);
  if (stop !== undefined) return `Held ${at}, since ${name} had ${stopDid[stop]}.`;
  return all ? `${name} held everything but safety information ${at}.` : `${name} held this ${at}.`;
}
