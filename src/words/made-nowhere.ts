import type { Millis } from '../core/time.ts';
import { notWanted } from '../dispatch/said.ts';
import { accountOf, isReply, partBeforeMissing } from '../dispatch/thread.ts';
import { publicationsOf } from '../posts/leaving/what-is-public.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { isUnclear } from '../posts/correcting/standing.ts';
import { agreedWords, askedForWords } from './corrections.ts';
import { hasWords, whatFailed } from './failures.ts';
import { onAccount, sentence } from './names.ts';
import type { Happened } from './steps.ts';

/** @returns of each correction that was made nowhere who asked for it, what was wrong, who agreed, and what came of it on each account */
export const madeNowhereWords = (
  { madeNowhere = [] }: PostState,
  rules: DeskRules,
  now: Millis,
): readonly Happened[] =>
  madeNowhere.flatMap(({ by, what, askedAt, at, review, answers }) => [
    { at: askedAt, words: () => askedForWords({ by, what, at: askedAt }, rules, now) },
    ...agreedWords(review, rules, now).map((each): Happened => ({ ...each, goesOn: true })),
    ...Object.entries(answers).map(([account, reason]): Happened => ({
      at,
      words: () => notMadeWords(account, reason, rules),
      goesOn: true,
    })),
  ]);

/** @returns where an account refused the reply with which a correction was to be made that is still open, and why */
export function refusedReplies(post: PostState, rules: DeskRules): readonly Happened[] {
  const parts = Object.entries(post.correction?.applied?.parts ?? {});
  const publications = publicationsOf(post);
  return parts.flatMap(([part, is]): readonly Happened[] => {
    const publication = publications[part];
    if (is !== 'waiting' || !isReply(part) || publication?.is !== 'failed') return [];
    const { reason, at } = publication;
    if (reason === partBeforeMissing) return [];
    return [{ at, words: () => notMadeWords(accountOf(part), reason, rules) }];
  });
}

function notMadeWords(account: string, reason: string, rules: DeskRules): string {
  const on = onAccount(account, rules);
  if (reason === notWanted) return `${sentence(on)} it was not made, since it was not wanted any more.`;
  if (isUnclear(reason))
    return `${sentence(on)} nobody could tell whether it was made: ${whatFailed(reason)}.`;
  const why = hasWords(reason) ? `: ${whatFailed(reason)}` : '';
  return `${sentence(on)} it could not be made${why}.`;
}
