import type { Millis } from '../core/time.ts';
import { accountOf, isOfCorrection } from '../dispatch/thread.ts';
import { endedFirst, endOf, endStanding, overOn, tornByEnd } from '../posts/leaving/its-end.ts';
import { publicationsOf } from '../posts/leaving/what-is-public.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { onAccount, sentence } from './names.ts';
import { firstOf, onAll } from './posts.ts';
import { sayOn } from './times.ts';
import { saidLast, type Happened } from './steps.ts';

/** What the end of a post has come to: what it kept from going out, and what stands only in part since. */

/** @returns when the end came that kept something from going out, and where */
export function endedFirstOf(post: PostState, rules: DeskRules, now: Millis): readonly Happened[] {
  const until = endOf(post);
  const accounts = [...new Set(endedFirst(post).map(accountOf))];
  if (until === undefined || accounts.length === 0) return [];
  const what = tornByEnd(post).length > 0 ? 'all of it' : 'it';
  return [
    {
      at: until.at,
      words: (said) =>
        `Its end came ${sayOn(until.at, now, said)}, before ${what} was out ${onAll(accounts, rules)}.`,
    },
  ];
}

/** @returns the same in sentences */
export const endedFirstWords = (post: PostState, rules: DeskRules, now: Millis): readonly string[] =>
  endedFirstOf(post, rules, now).map(({ words }) => words(0));

/** @returns that the end has come of what somebody decides about, and where nothing goes out any more since */
export function overByNow(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const until = endStanding(post);
  if (until === undefined || until.at > now) return [];
  const over = overOn(post, now);
  return [
    ...(endedFirst(post).length > 0 ? [] : [`Its end came ${sayOn(until.at, now, saidLast(post))}.`]),
    ...(over.length === 0
      ? []
      : [`Nothing of it is public ${onAll(over, rules)}, so nothing goes out there any more.`]),
  ];
}

/** @returns where only the beginning of a thread stands since its end came, and who can take it down */
export const tornWords = (post: PostState, rules: DeskRules): readonly string[] =>
  tornByEnd(post).map((account) => {
    const thread = Object.entries(publicationsOf(post)).filter(
      ([part]) => accountOf(part) === account && !isOfCorrection(part),
    );
    const out = thread.filter(([, { is }]) => is === 'published').length;
    return `${sentence(onAccount(account, rules))} only ${firstOf(out, thread.length)} ${out === 1 ? 'is' : 'are'} public. ${rules.desk.name} can take it down, which takes the post down everywhere.`;
  });
