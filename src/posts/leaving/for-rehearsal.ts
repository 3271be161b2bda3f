import { canonical, sha256 } from '../../core/json.ts';
import { mayComeBack, isUntouched } from '../../dispatch/stop.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { isRehearsed } from '../../networks/network.ts';
import type { DeskRules, Plan, PostState, Turned } from '../post.ts';
import { isWithWriters } from './to-go-out.ts';
import { publicationsOf } from './what-is-public.ts';

/** For which of an account's two worlds a post is: its rehearsal, which nobody outside sees, or the public. */

type Accounts = Pick<DeskRules, 'accounts'>;
type Sent = Pick<PostState, 'status'>;

/**
 * Whether what a post says on an account is for its rehearsal, as it was agreed to and stands, whatever the account is by
 * now. What earlier releases sent, and nobody has noted since, is where it stands; else it counts as for the public.
 */
export function isForRehearsal(post: Sent, account: string): boolean {
  const { status } = post;
  if (!('plan' in status)) return false;
  const { rehearsed } = status.plan;
  return rehearsed === undefined ? standsInRehearsal(post, account) : rehearsed.includes(account);
}

const standsInRehearsal = (post: Sent, account: string): boolean =>
  Object.entries(publicationsOf(post)).some(
    ([part, each]) => accountOf(part) === account && 'remote' in each && isRehearsed(each.remote),
  );

const rehearsesNow = (account: string, { accounts }: Accounts): boolean =>
  accounts[account]?.rehearsed === true;

/** Whether what is with its writers would go to a rehearsal, which its cards say. */
export const isWrittenForRehearsal = (post: PostState, rules: Accounts): boolean =>
  isWithWriters(post) && rehearsedIn(post, rules).length > 0;

/** The accounts of what is with its writers that rehearse, which its card says. */
export const rehearsedIn = (post: PostState, rules: Accounts): readonly string[] =>
  post.revision.accounts.filter((account) => rehearsesNow(account, rules));

/**
 * The accounts that have turned since a card of what is with its writers was drawn; undefined where none has.
 * @param rehearsed those that rehearsed then
 */
export function turnedUnsent(
  post: PostState,
  rehearsed: readonly string[],
  rules: Accounts,
): Turned | undefined {
  const now = rehearsedIn(post, rules);
  const others = {
    real: post.revision.accounts.filter((account) => rehearsed.includes(account) && !now.includes(account)),
    rehearsed: without(now, rehearsed),
  };
  return isNothing(others) ? undefined : others;
}

/** Whether a post stands, or was to, in public on an account that rehearses now: nothing reaches it there. */
export const isBehindRehearsal = (post: Sent, account: string, rules: Accounts): boolean =>
  'plan' in post.status && rehearsesNow(account, rules) && !isForRehearsal(post, account);

/**
 * The accounts that have come to rehearse, or to be real, since the post was sent, and on which nothing of it has left or
 * may have: what was agreed to is not what would happen. Where something has left, the rest is of that.
 */
export function turnedSince(post: Sent, rules: Accounts): Turned | undefined {
  const { status } = post;
  if (!('plan' in status)) return undefined;
  const others = accountsIn(status.plan).filter(
    (account) =>
      rules.accounts[account] !== undefined &&
      rehearsesNow(account, rules) !== isForRehearsal(post, account) &&
      isAllToLeave(post, account),
  );
  const { true: rehearsed = [], false: real = [] } = Object.groupBy(others, (account) =>
    String(rehearsesNow(account, rules)),
  );
  return others.length === 0 ? undefined : { real, rehearsed };
}

const accountsIn = ({ parts }: Plan): readonly string[] => [...new Set(parts.map(({ account }) => account))];

function isAllToLeave(post: Sent, account: string): boolean {
  const { status } = post;
  if (status.is === 'in-review' || (status.is === 'held' && status.out === undefined)) return true;
  const there = Object.entries(publicationsOf(post)).flatMap(([part, each]) =>
    accountOf(part) === account ? [each] : [],
  );
  return (
    there.some((each) => each.is === 'queued' || mayComeBack(each)) &&
    there.every(
      (each) =>
        isUntouched(each) || each.is === 'failed' || (each.is === 'queued' && each.lookFrom === undefined),
    )
  );
}

/**
 * A plan as its accounts are now: the same words under another hash, so that no decision on it as it was counts. An
 * account that is again what it was when it was sent has turned back.
 */
export function planTurned(plan: Plan, { real, rehearsed }: Turned): Plan {
  const none: Turned = { real: [], rehearsed: [] };
  const { rehearsed: was = [], turned: earlier = none } = plan;
  const rehearses = [...was.filter((account) => !real.includes(account)), ...rehearsed];
  const now = [...real, ...rehearsed];
  const before = [...earlier.real, ...earlier.rehearsed];
  const back = [...without(earlier.back ?? [], now), ...now.filter((account) => before.includes(account))];
  const turned: Turned = {
    real: without([...earlier.real, ...real], back),
    rehearsed: without([...earlier.rehearsed, ...rehearsed], back),
    ...(back.length === 0 ? {} : { back }),
  };
  return {
    ...decidedOn(plan),
    hash: sha256(canonical({ before: plan.hash, rehearses })),
    rehearsed: rehearses,
    turned,
  };
}

const without = (accounts: readonly string[], others: readonly string[]): readonly string[] =>
  accounts.filter((account) => !others.includes(account));

const isNothing = ({ real, rehearsed }: Turned): boolean => real.length === 0 && rehearsed.length === 0;

/** What has turned of a post that waits to be decided on as it is now. */
export const turnedOf = ({ status }: Sent): Turned | undefined =>
  status.is === 'in-review' || status.is === 'held' ? status.plan.turned : undefined;

/** A plan that was decided on as its accounts are now. */
export function decidedOn(plan: Plan): Plan {
  if (plan.turned === undefined) return plan;
  const { turned: _seen, ...decided } = plan;
  return decided;
}

/**
 * The post with what an earlier release did not note: what it sent, and of which nothing has left, is for what its
 * accounts are when that is first seen.
 */
export function withRehearsalNoted(post: PostState, rules: Accounts): PostState {
  const { status } = post;
  if (!('plan' in status) || status.plan.rehearsed !== undefined) return post;
  const turned = turnedSince(post, rules)?.rehearsed ?? [];
  const rehearsed = accountsIn(status.plan).filter(
    (account) => isForRehearsal(post, account) || turned.includes(account),
  );
  return { ...post, status: { ...status, plan: { ...status.plan, rehearsed } } };
}
