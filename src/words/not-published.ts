import { minutes, type Millis } from '../core/time.ts';
import { notByHand } from '../dispatch/said.ts';
import {
  accountOf,
  indexOf,
  inSameThread,
  isOfCorrection,
  isReply,
  partBeforeMissing,
} from '../dispatch/thread.ts';
import { madeAt } from '../posts/correcting/applied.ts';
import { publicationsOf } from '../posts/leaving/what-is-public.ts';
import { stepsOf } from '../posts/telling/past.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { notMadeWords } from './corrected.ts';
import { hasWords, whatFailed } from './failures.ts';
import { nameOf, onAccount, sayList } from './names.ts';
import { inItsTime } from './not-put-right.ts';
import type { Happened } from './steps.ts';
import { sayOn } from './times.ts';

/** Where something did not go out, when that was known, and why, be it that somebody tried it again since. */

/** So close together a correction comes to its accounts. */
const momentLater = minutes(2);

interface Miss {
  readonly reason: string;
  readonly at: Millis;
}

/** @returns what did not go out where, and why, before somebody tried it again and now; what no account took at all is told apart */
export function notPublishedWords(post: PostState, rules: DeskRules, now: Millis): readonly Happened[] {
  const before = stepsOf(post).flatMap((step) => (step.did === 'tried-again' ? [step.missed] : []));
  // Of what a correction posts and is not out, that tells.
  const still = Object.entries(publicationsOf(post)).flatMap(([part, each]): [string, Miss][] =>
    each.is === 'failed' && !isOfCorrection(part) ? [[part, each]] : [],
  );
  const all = [...before, ...(post.status.is === 'failed' ? [] : [Object.fromEntries(still)])];
  return all.flatMap((missed) => missesWords(post, missed, rules, now));
}

/** Account by account; of a thread with which of its posts. */
function missesWords(
  post: PostState,
  missed: Readonly<Record<string, Miss>>,
  rules: DeskRules,
  now: Millis,
): readonly Happened[] {
  const parts = Object.keys(missed);
  return Object.entries(missed).flatMap(([part, { reason: given, at }]): readonly Happened[] => {
    if (given === partBeforeMissing || given === notByHand) return [];
    const account = accountOf(part);
    const reason = inItsTime(given, account, rules);
    if (isReply(part)) return [replyMissed(post, account, { reason, at }, rules)];
    // What follows it in its thread did not go out for that.
    const these = parts.filter((each) => inSameThread(each, part));
    const which = whichPosts(these, Object.keys(publicationsOf(post)));
    const why = hasWords(reason) ? `: ${whatFailed(reason)}` : '';
    const again = isOfCorrection(part) ? ' again' : '';
    return [
      {
        at,
        words: (said) =>
          `Not posted${again} ${sayOn(at, now, said)} ${onAccount(account, rules)}${which}${why}.`,
      },
    ];
  });
}

/**
 * That a reply did not go out. Another account may have taken the correction a moment later: it is told after that. Where the
 * first of it was made long afterwards, it has to be said which one.
 */
function replyMissed(
  { corrected }: PostState,
  account: string,
  { reason, at }: Miss,
  rules: DeskRules,
): Happened {
  const correction = corrected.findLast((each) => each.at <= at);
  const made = correction === undefined ? at : madeAt(correction);
  const isSoon = made < at + momentLater;
  const by = correction === undefined || isSoon ? '' : ` that ${nameOf(correction.by, rules)} asked for`;
  return {
    at: isSoon ? Math.max(made, at) : at,
    words: () => notMadeWords(account, reason, rules, `the correction${by}`),
  };
}

/** `(posts 2 and 3 of 3)`; nothing where that is all there is. */
function whichPosts(these: readonly string[], all: readonly string[]): string {
  const [first] = these;
  const of = first === undefined ? 0 : all.filter((each) => inSameThread(each, first)).length;
  if (these.length === of) return '';
  return ` (${these.length === 1 ? 'post' : 'posts'} ${sayList(these.map((part) => String(indexOf(part) + 1)))} of ${String(of)})`;
}
