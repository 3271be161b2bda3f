import { waitsForAccount } from '../dispatch/publication.ts';
import { notWanted } from '../dispatch/said.ts';
import { accountOf, isReply, partKey } from '../dispatch/thread.ts';
import { isChangeUnclear } from '../posts/correcting/changes-in-place.ts';
import { awaitsCorrection, isOpenToCorrection } from '../posts/correcting/correctable.ts';
import { wayOn } from '../posts/correcting/correction-ways.ts';
import { correctionWaitsForAccount } from '../posts/correcting/correction-goes-on.ts';
import { deletionBegunOn } from '../posts/correcting/deletions-begun.ts';
import { isRestToCorrect } from '../posts/correcting/rest-to-correct.ts';
import { needsFreshDecision } from '../posts/correcting/fresh-decision.ts';
import { publicationsOf } from '../posts/leaving/what-is-public.ts';
import {
  hasLostReply,
  isReplyLeft,
  isUnclear,
  notPutRight,
  notPutRightBecause,
} from '../posts/correcting/standing.ts';
import { leftOn } from '../posts/taking-down/came-down.ts';
import { ruleStops } from '../posts/leaving/leaving.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { hasWords, whatFailed } from './failures.ts';
import { accountName, sentence } from './names.ts';
import { buttons, placeName } from './on-cards.ts';
import { firstOf } from './posts.ts';
import { replyLost } from './publications.ts';

/** What whoever reads it may do about wrong words that stand: write on the post, so that they can ask for others; take it down. */
export interface MayPutRight {
  readonly write: boolean;
  readonly remove: boolean;
  /** has a button that asks for a correction */
  readonly correct: boolean;
  readonly tryAgain: boolean;
}

/** @returns what the button says with which a correction is asked for */
export const correctButton = (
  post: PostState,
  { tryAgain }: Pick<MayPutRight, 'tryAgain'>,
  rules: DeskRules,
): string => (isRestToCorrect(post, tryAgain, rules) ? buttons.correctRest : buttons.correct);

/** What a reader can do about wrong words that stand somewhere, or who can; `asks`: for what, where that helps. */
function putRightWords(
  { write, remove }: Pick<MayPutRight, 'write' | 'remove'>,
  asks: string | undefined,
  byHand: string | undefined,
  rules: DeskRules,
): string {
  if (!write && !remove) return `${rules.desk.name} can put that right, or take the post down.`;
  const ways = [write ? asks : undefined, byHand, remove ? 'take it down' : undefined].filter(
    (way) => way !== undefined,
  );
  const last = ways.at(-1) ?? '';
  return `${ways.length < 2 ? last : `${ways.slice(0, -1).join(', ')}, or ${last}`}.`;
}

/** @returns where the old words still stand after a correction, and what its reader can do about it, a sentence each */
export const notPutRightWords = (post: PostState, may: MayPutRight, rules: DeskRules): readonly string[] =>
  notPutRightOn(post, may, rules).map(({ name, words }) => `${name} ${words}`);

/**
 * @returns the part that still says the old words after a correction, or that a reply which did not go out was to put
 *   right; and why it does, and what its reader can do about it
 */
export function notPutRightOn(
  post: PostState,
  may: MayPutRight,
  rules: DeskRules,
): readonly { readonly part: string; readonly name: string; readonly words: string }[] {
  const last = post.corrected.at(-1);
  // Somebody decided that what was still to come of it is not to.
  const isLeft = last !== undefined && (post.restRefused?.at ?? 0) >= last.at;
  const wordsOf = (part: string): string => {
    const account = accountOf(part);
    const isOurs = rules.accounts[account] !== undefined;
    const reason = inItsTime(notPutRightBecause(post, part), account, rules);
    // What is asked for while its account rehearses comes to nothing there.
    const isOutOfReach = isOfRehearsal(reason);
    const isToAsk = isOurs && isOpenToCorrection(post) && !isOutOfReach;
    const again = isToAsk ? asksAgain(post, may, rules) : undefined;
    const yourself = 'put it right there yourself';
    const torn = tornWords(post, account);
    if (correctionWaitsForAccount(post, part) || waitsForAccount(publicationsOf(post)[part]))
      return `${waitingWords(post, part, torn)} ${needsFreshDecision(post) ? 'once the account is connected again and somebody has let its correction go on' : 'by itself once the account is connected again'}. If that cannot wait, ${putRightWords(may, undefined, `${yourself} (Crier still corrects it once it can)`, rules)}`;
    const wasLeft = reason === notWanted || isReplyLeft(post, part) || (isLeft && reason === undefined);
    if (wasLeft || last?.ways?.[account] === 'leave')
      return `${leftAsItIs}${torn === undefined ? ' and still says what it said.' : `: ${torn}`}`;
    // Somebody has asked for other words there since.
    const isNext = isOurs && isPutRightNext(post, account);
    const further = isNext
      ? `${nextWords} If that cannot wait, ${may.remove ? 'take it down.' : `${rules.desk.name} can take it down.`}`
      : reason === ruleStops
        ? putRightWords(may, 'ask for other words there', undefined, rules)
        : `${putRightWords(may, again, yourself, rules)}${isOutOfReach ? onceReal : ''}`;
    if (reason !== undefined && isUnclear(reason) && torn === undefined)
      return `may have been corrected, and nobody can tell: ${whatFailed(reason)}${isOurs ? '' : `, and ${whatFailed('account-gone')}`}. Look there which words it has. ${isNext ? further : `If they are wrong, ${further}`}`;
    const why = reason !== undefined && hasWords(reason) ? whatFailed(reason) : undefined;
    const still =
      torn === undefined
        ? `${why === undefined ? ' and' : `: ${why}. It`} still says what it said.`
        : `${why === undefined ? '' : `: ${why}`}. ${sentence(torn)}`;
    return `could not be corrected${isNext ? ' the last time' : ''}${still} ${sentence(further)}`;
  };
  const all = Object.keys(publicationsOf(post));
  return notPutRight(post).map((part) => {
    const account = accountOf(part);
    // A reply, or what was to be posted anew and is not, leaves the post with its old words.
    const stands = isReply(part) || !all.includes(part) ? partKey(account, 0) : part;
    const words = wordsOf(part);
    const named = isReply(part) ? partKey(account, 0) : part;
    const name = words.startsWith(leftAsItIs) ? accountName(account, rules) : placeName(named, all, rules);
    return { part: stands, name, words };
  });
}

/** That a correction can be asked for again, and by which button where whoever reads it has one. */
const asksAgain = (post: PostState, may: MayPutRight, rules: DeskRules): string =>
  `ask for the correction again${may.correct ? ` with "${correctButton(post, may, rules)}"` : ''}`;

/** @returns what whoever has put it right by hand is asked to do, after its button's account */
export const putRightThereWords = (name: string): string =>
  `${name}: once you have put it right there yourself, say so here.`;

const onceReal = ' Once the account is real again, the correction can be asked for again.';

const leftAsItIs = 'was left as it is';

const nextWords = 'The correction that waits for a decision is to put that right.';

/** Whether a correction that somebody has asked for, and nobody has agreed to yet, puts right what stands on an account. */
function isPutRightNext(post: PostState, account: string): boolean {
  const { correction } = post;
  if (correction === undefined || !awaitsCorrection(post)) return false;
  const way = wayOn(account, correction);
  return way === 'edit' || way === 'reply' || way === 'again';
}

/** How it stands where a correction waits for its account, up to when it is made there. */
function waitingWords(post: PostState, part: string, torn: string | undefined): string {
  const why = whatFailed('account-blocked');
  if (torn === undefined && isChangeUnclear(post, part))
    return `may have been corrected, and nobody can tell: ${why}. Look there which words it has. It is corrected`;
  if (torn === undefined && deletionBegunOn(post).includes(accountOf(part)))
    return `was being deleted to be posted again, and nobody can tell whether it is gone: ${why}. Look there. It is posted again`;
  return `is not corrected yet: ${why}. ${torn === undefined ? 'It still says what it said, and' : `${sentence(torn)} It`} is corrected`;
}

/** What is left of a post of which the last ones, or its reply, came down for a correction; undefined where all of it stands. */
function tornWords(post: PostState, account: string): string | undefined {
  const left = leftOn(post, account);
  return left === undefined
    ? hasLostReply(post, account)
      ? `${replyLost}.`
      : undefined
    : `only ${firstOf(left.stand, left.of)} still ${left.stand === 1 ? 'stands there and says what it' : 'stand there and say what they'} said.`;
}

/** @returns a reason as it is told now: that its account was not in the protocol, or rehearsed, is past once that is over */
export function inItsTime<Reason extends string | undefined>(
  reason: Reason,
  account: string,
  { accounts }: DeskRules,
): Reason | 'account-was-gone' | 'account-rehearsed' {
  const entry = accounts[account];
  if (entry === undefined) return reason;
  if (reason === 'account-gone') return 'account-was-gone';
  return entry.rehearsed !== true && isOfRehearsal(reason) ? 'account-rehearsed' : reason;
}

const isOfRehearsal = (reason: string | undefined): boolean =>
  reason === 'rehearses' || reason === 'rehearses-since';
