import type { Millis } from '../core/time.ts';
import type { Stopped } from '../dispatch/account.ts';
import { resumersNow } from '../posts/stopping/held-emergency.ts';
import { writersNow } from '../posts/deciding/may.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { isWithWriters } from '../posts/leaving/to-go-out.ts';
import { isSafetyInformation } from '../posts/stopping/safety.ts';
import type { Said } from './answers.ts';
import { accountName, nameOf, sayList, sayPeople, sentence } from './names.ts';
import { buttons } from './on-cards.ts';
import { sayOn } from './times.ts';
import { namedWords } from './titles.ts';

/** Who stopped what, and when. */
export interface StopSaid {
  readonly what: Stopped;
  readonly by: string;
  readonly at: Millis;
}

/** What somebody did: `Gareth Molyneux stopped everything`. */
export const stopDid: Readonly<Record<Stopped, string>> = {
  all: 'stopped everything',
  routine: 'paused routine posts',
};

/** @returns `Gareth Molyneux stopped everything on Tue 24 Nov at 2:05pm` */
export function whoStopped({ what, by, at }: StopSaid, rules: DeskRules, now: Millis): string {
  return `${nameOf(by, rules)} ${stopDid[what]} ${sayOn(at, now)}`;
}

/** The same, where it may be of some accounts alone. */
type StopOfSome = StopSaid & {
  /** the stopped ones, where not all are */
  readonly only?: readonly string[];
};

/** @returns who stopped what and when, and what follows from it, on which accounts */
function stoppedSo(stop: StopOfSome, follows: string, rules: DeskRules, now: Millis): string {
  const { only } = stop;
  const where = only === undefined ? ':' : `, but not on every account. ${sentence(onAccounts(only, rules))}`;
  return `${whoStopped(stop, rules, now)}${where} ${follows} until that is resumed.`;
}

/**
 * @param what of a post is to go out still
 * @param approval what an approval of it counts before that is lifted; `unsent` where nobody has sent it
 * @returns why a post does not go out, whoever approves it, and what an approval counts meanwhile
 */
export function stoppedOnCard(
  stop: StopOfSome,
  what: 'this' | 'the rest' | 'its correction',
  approval: 'not-yet' | 'counts' | 'void' | 'unsent',
  rules: DeskRules,
  now: Millis,
): string {
  const meanwhile = {
    'not-yet': 'It can be released after that.',
    counts: 'It can be passed on meanwhile, and released after that.',
    void: 'An approval before then has to be given once more.',
    unsent: 'Sent before then, it is held, and can be released after that.',
  }[approval];
  return `${stoppedSo(stop, `${what} does not go out`, rules, now)} ${meanwhile}`;
}

/** @returns on the card of what leaves by a press alone, what comes of that press while a stop is in force */
export const stoppedAgainOnCard = (stop: StopOfSome, rules: DeskRules, now: Millis): string =>
  `${stoppedSo(stop, 'what somebody sends again now is held', rules, now)} It needs a decision then.`;

/** @returns what somebody hears who releases what would be held again at once */
export const notReleasedWords = (stop: StopSaid, rules: DeskRules, now: Millis): string =>
  `${whoStopped(stop, rules, now)}, and that is still in force: this was not released. It can be released after "resume".`;

/** @returns above a list of posts, what is stopped */
export function stoppedOnList(stop: StopOfSome, rules: DeskRules, now: Millis): string {
  const leaves = stop.what === 'all' ? 'nothing goes out' : 'only safety information goes out';
  return stoppedSo(stop, leaves, rules, now);
}

/** @returns what somebody hears who approved a post while nothing goes out, or not on every account */
export function approvedWhileStopped(
  { what, by, only }: Pick<StopOfSome, 'what' | 'by' | 'only'>,
  rules: DeskRules,
): string {
  const where = only === undefined ? '' : ` ${onAccounts(only, rules)}`;
  return `${nameOf(by, rules)} has ${stopDid[what]}, so this does not go out${where} now. Your approval is on the record. Once posts go out again, it needs a fresh decision.`;
}

/** @returns what somebody hears whose press let something go while nothing goes out: it is held, and what comes next */
export const heldAtOnceWords = ({ what, by }: Pick<StopSaid, 'what' | 'by'>, rules: DeskRules): string =>
  `${nameOf(by, rules)} has ${stopDid[what]}, so nothing of this goes out now: it is held. There is nothing to do before posts can go out again. Whoever decides on it is asked then.`;

/** @returns the same of an emergency, which waits for somebody now: who has been told */
export const emergencyHeldAtOnceWords = (
  { what, by }: Pick<StopSaid, 'what' | 'by'>,
  rules: DeskRules,
  now: Millis,
): string =>
  `${nameOf(by, rules)} has ${stopDid[what]}, so nothing of this goes out now: it is held, although it is an emergency. ${sayPeople(resumersNow(rules, now), rules)} can let posts go out again, and are told so.`;

/** What somebody may do about an emergency that a stop holds. */
interface MayDoAboutIt {
  readonly resume: boolean;
  readonly edit: boolean;
}

/** @returns who can lift what is stopped: the reader, where they may `resume`, or who else */
export const liftWords = (resume: boolean, rules: DeskRules, now: Millis): string =>
  resume
    ? `You can press or type "${buttons.resume}" to let posts go out again.`
    : `${sayPeople(resumersNow(rules, now), rules, 'or')} can let posts go out again.`;

/** Of an emergency that waits for somebody. */
export const doNotLeaveIt = 'It is an emergency, so please do not leave it waiting.';

/** @returns how an emergency that a stop holds can go out all the same, and what of that is the reader's to do */
export function emergencyWays(
  post: PostState,
  { what }: Pick<StopSaid, 'what'>,
  { resume, edit }: MayDoAboutIt,
  rules: DeskRules,
  now: Millis,
): string {
  const safety = what === 'routine' ? rules.flags.find((flag) => flag.safety) : undefined;
  const sent = isWithWriters(post) ? 'send it' : 'send it again';
  const marked = safety === undefined ? '' : `mark it "${safety.label}" and ${sent}`;
  const ways = [
    liftWords(resume, rules, now),
    ...(safety === undefined || isSafetyInformation(post, { protocol: rules })
      ? []
      : [
          edit
            ? `Or ${marked}, if it is that: the pause lets it through once it is approved. Press "${buttons.edit}" for that.`
            : `Or ${sayPeople(writersNow(post, rules, now), rules, 'or')} can ${marked}, if it is that: the pause lets it through once it is approved.`,
        ]),
  ];
  return `${doNotLeaveIt} ${ways.join(' ')}`;
}

/** @returns what whoever decides on an emergency that a stop holds, or may resume, hears of it, and hears again */
export function emergencyHeldWords(
  post: PostState,
  stop: StopSaid,
  may: MayDoAboutIt,
  rules: DeskRules,
  now: Millis,
): Said {
  return {
    title: `${namedWords(post, rules)} is held`,
    lines: [
      `${whoStopped(stop, rules, now)}. ${emergencyWays(post, stop, may, rules, now)} Type "show ${String(post.number)}" to see it.`,
    ],
  };
}

/** On a card of a stop that a newer one in the same place follows. */
export const followedWords: Said = {
  title: 'There is newer word of this',
  lines: ['A newer message, below in this chat or Teams channel, says how it is now.'],
};

const onAccounts = (accounts: readonly string[], rules: DeskRules): string =>
  `on ${sayList(accounts.map((account) => accountName(account, rules)))}`;

/** The way back from a stop, which asks once more. */
export const resumeOffer = { title: buttons.resume, words: 'resume' } as const;

/** @returns that what somebody wants to stop is stopped: who did it, that it is in force, and what they can do now */
export function inForceWords(
  wanted: Stopped | undefined,
  stop: StopSaid,
  rules: DeskRules,
  now: Millis,
): Said & { readonly offers: readonly { readonly title: string; readonly words: string }[] } {
  const all = stop.what === 'all';
  const already = wanted === undefined ? '' : ' already';
  return {
    title: `${all ? 'Everything is stopped' : 'Routine posts are paused'}${already}`,
    lines: [
      `${whoStopped(stop, rules, now)}. That is still in force: ${all ? 'nothing' : 'only safety information'} leaves any account until somebody resumes it.`,
      ...(all && wanted === 'routine' ? ['Routine posts are stopped by it as well.'] : []),
    ],
    offers: [resumeOffer, ...(all ? [] : [{ title: 'Stop everything', words: 'stop everything' }])],
  };
}
