import type { Millis } from '../core/time.ts';
import { accountOf, isReply, partBeforeMissing } from '../dispatch/thread.ts';
import { publicationsOf } from '../posts/leaving/what-is-public.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { answeredWords, notMadeWords } from './corrected.ts';
import { agreedWords, askedForWords } from './corrections.ts';
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
    ...answeredWords(Object.entries(answers), rules).map((words): Happened => ({
      at,
      words: () => words,
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
