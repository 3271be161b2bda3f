import type { Millis } from '../core/time.ts';
import { notWanted } from '../dispatch/said.ts';
import { accountOf } from '../dispatch/thread.ts';
import { madeAt } from '../posts/correcting/applied.ts';
import { isUnclear, notPutRight, notPutRightBecause } from '../posts/correcting/standing.ts';
import { stepsOf } from '../posts/telling/past.ts';
import type { DeskRules, MadeNowhere, PostState } from '../posts/post.ts';
import { agreementsTo } from './corrections.ts';
import { hasWords, whatFailed } from './failures.ts';
import { nameOf, onAccount, sayList, sentence } from './names.ts';
import { onAll } from './posts.ts';
import type { Happened } from './steps.ts';
import { sayOn } from './times.ts';

/** What corrections that were made came to, on each account. */

/** On which accounts a correction was made when, as that is told: first where it was made first. */
function madeWhere(
  { revision }: PostState,
  { madeOn = {} }: PostState['corrected'][number],
  now: Millis,
): readonly { readonly at: Millis; readonly accounts: readonly string[] }[] {
  const times = Object.values(madeOn).toSorted((one, other) => one - other);
  const accounts = [...new Set([...revision.accounts, ...Object.keys(madeOn)])];
  const said = [...new Set(times.map((at) => sayOn(at, now)))];
  return said.map((when) => ({
    at: times.find((at) => sayOn(at, now) === when) ?? now,
    accounts: accounts.filter((account) => {
      const at = madeOn[account];
      return at !== undefined && sayOn(at, now) === when;
    }),
  }));
}

/** Whether somebody has said of an account that they had changed it by hand at that moment, which is told by itself. */
const isToldByHand = (post: PostState, account: string, at: Millis | undefined): boolean =>
  stepsOf(post).some(
    (step) =>
      step.did === 'by-hand' &&
      step.what === 'change' &&
      step.done &&
      step.at === at &&
      accountOf(step.part) === account,
  );

/** What accounts answered that did not take a correction, but for what the wrong words that stand there tell by themselves. */
function answersToTell(post: PostState, answers: MadeNowhere['answers']): readonly [string, string][] {
  const told = notPutRight(post).map((part) => [accountOf(part), notPutRightBecause(post, part) ?? '']);
  return Object.entries(answers).filter(
    ([account, reason]) => !told.some(([there, because]) => there === account && because === reason),
  );
}

/**
 * @returns what was corrected in public, by whom, a sentence each, where it was made later than that, and what accounts
 *   answered on which it was not made
 */
export function correctedWords(post: PostState, rules: DeskRules, now: Millis): readonly Happened[] {
  return post.corrected.flatMap((corrected) => {
    const [first, ...later] = madeWhere(post, corrected, now);
    const { what, at, by, approvedBy, review, letGo, answers = {}, cardsKept = [], ways = {} } = corrected;
    const isEverywhere =
      later.length === 0 && Object.keys(answers).length === 0 && !Object.values(ways).includes('leave');
    const there = first === undefined || isEverywhere ? '' : ` ${onAll(first.accounts, rules)}`;
    const made = madeAt(corrected);
    const agreements = review === undefined ? [] : agreementsTo(review);
    const agreed =
      agreements.length > 1
        ? `agreed by ${sayList(agreements.map((each) => `${nameOf(each.by, rules)} ${sayOn(each.at, now, made)}`))}`
        : `agreed by ${nameOf(approvedBy, rules)}${sayOn(at, now) === sayOn(made, now) ? '' : ` ${sayOn(at, now, made)}`}`;
    // Where the rest was made, and when, is told with that.
    const how =
      letGo?.rest === true && later.length === 0
        ? `${agreed}, the rest of it ${sayOn(letGo.at, now, at)}`
        : agreed;
    return [
      {
        at: made,
        words: () =>
          `Corrected ${sayOn(made, now)}${there} by ${nameOf(by, rules)}, ${how}${what === '' ? '.' : `: ${what}`}`,
      },
      ...answeredWords(answersToTell(post, answers), rules).map((words) => ({
        at: made,
        words: () => words,
      })),
      ...cardsKept.map((account) => ({
        at: made,
        words: () =>
          `${sentence(onAccount(account, rules))} the card below the post still leads where its link led before.`,
      })),
      ...later.flatMap((each) => {
        const accounts = each.accounts.filter(
          (account) => !isToldByHand(post, account, corrected.madeOn?.[account]),
        );
        if (accounts.length === 0) return [];
        return [
          {
            at: each.at,
            words: () => `The same was corrected ${sayOn(each.at, now, made)} ${onAll(accounts, rules)}.`,
          },
        ];
      }),
    ];
  });
}

/** @returns that a correction was not made on accounts, and why: where it was not wanted any more, in one sentence */
export function answeredWords(
  answers: readonly (readonly [account: string, reason: string])[],
  rules: DeskRules,
): readonly string[] {
  const unwanted = answers.flatMap(([account, reason]) => (reason === notWanted ? [account] : []));
  return answers.flatMap(([account, reason]) => {
    if (reason !== notWanted) return [notMadeWords(account, reason, rules)];
    return account === unwanted[0]
      ? [`${sentence(onAll(unwanted, rules))} it was not made, since it was not wanted any more.`]
      : [];
  });
}

/**
 * @param it the correction, as it is called where no sentence before has told of it
 * @returns that a correction was not made on an account, and why
 */
export function notMadeWords(account: string, reason: string, rules: DeskRules, it = 'it'): string {
  const on = onAccount(account, rules);
  if (reason === notWanted) return `${sentence(on)} ${it} was not made, since it was not wanted any more.`;
  if (isUnclear(reason))
    return `${sentence(on)} nobody could tell whether ${it} was made: ${whatFailed(reason)}.`;
  const why = hasWords(reason) ? `: ${whatFailed(reason)}` : '';
  return `${sentence(on)} ${it} could not be made${why}.`;
}
