import type { Millis } from '../core/time.ts';
import { accountOf, partBeforeMissing } from '../dispatch/thread.ts';
import { isOpenToCorrection } from '../posts/correcting/correctable.ts';
import { isPublicNoMore } from '../posts/taking-down/over.ts';
import { publicationsOf } from '../posts/leaving/what-is-public.ts';
import { goneOn, refusedAnew } from '../posts/taking-down/came-down.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { accountName } from './names.ts';
import { onAll } from './posts.ts';
import { copyWords } from './sent-anew.ts';

/** What comes of what accounts refused, and of what was deleted there and is not posted again. */

/** @returns why each account did not take it */
export const refusalsIn = (post: PostState, rules: DeskRules, now: Millis): readonly string[] =>
  Object.entries(publicationsOf(post)).flatMap(([part, publication]) =>
    publication.is === 'failed' && publication.reason !== partBeforeMissing
      ? [`${accountName(accountOf(part), rules)}: ${copyWords(post, { part, publication }, now)}.`]
      : [],
  );

/** @returns that nothing of a post stands any more, since no account took what was to take its place, and the way on */
export function refusedAnewWords(post: PostState, rules: DeskRules): readonly string[] {
  const { accounts = [] } = refusedAnew(post) ?? {};
  const ours = accounts.filter((account) => rules.accounts[account] !== undefined);
  const how =
    ours.length === 0
      ? ' To say it all the same, propose a new post.'
      : isOpenToCorrection(post)
        ? ' A correction can post it there in other words.'
        : '';
  return [
    `Nothing of it is public: it was deleted ${onAll(accounts, rules)} for a correction, and what was to take its place did not go out.${how}`,
  ];
}

/** @returns where it was deleted and is not posted again, and how it can be all the same */
export function goneWords(post: PostState, rules: DeskRules): readonly string[] {
  const refused = Object.entries(publicationsOf(post)).flatMap(([part, { is }]) =>
    is === 'failed' ? [accountOf(part)] : [],
  );
  // What an account refused is told with that.
  const accounts = goneOn(post).filter(
    (account) => rules.accounts[account] !== undefined && !refused.includes(account),
  );
  if (accounts.length === 0) return [];
  const how = isOpenToCorrection(post)
    ? ' A correction can post it there again.'
    : post.correction === undefined || isPublicNoMore(post)
      ? ' To say it there all the same, propose a new post.'
      : '';
  return [`It was deleted ${onAll(accounts, rules)} and is not posted there again.${how}`];
}
