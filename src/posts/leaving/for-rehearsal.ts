import { canonical, sha256 } from '../../core/json.ts';
import { isRefusedSince, isUntouched, mayComeBack } from '../../dispatch/stop.ts';
import { accountOf, isOfCorrection } from '../../dispatch/thread.ts';
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
  const others = post.revision.accounts.filter(
    (account) => rehearsed.includes(account) !== rehearsesNow(account, rules),
  );
  return turnedOn(others, rules);
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
  return turnedOn(others, rules);
}

/**
 * Whether a correction leaves alone what stands in public on an account, by the plan that people decide on: what its card says
 * is what its decision counts for.
 */
export function isLeftAlone(post: PostState, account: string, rules: Accounts): boolean {
  const { correction, status } = post;
  const plan =
    correction?.applied === undefined ? correction?.plan : 'plan' in status ? status.plan : undefined;
  return (plan?.outOfReach ?? outOfReach(post, rules)).includes(account);
}

/**
 * The accounts whose turn changes what becomes of the rest of a post on them, where some of it stands in public or may:
 * while such an account rehearses, nothing more goes out there. What goes by itself is refused there by then; what is let go
 * while that is so is not for the public.
 */
export function restTurned(post: Sent, rules: Accounts): Turned | undefined {
  const { status } = post;
  if (!('plan' in status)) return undefined;
  const before = status.plan.outOfReach ?? [];
  const now = outOfReach(post, rules);
  const others = accountsIn(status.plan).filter(
    (account) =>
      rules.accounts[account] !== undefined &&
      isRestOn(post, account) &&
      (before.includes(account) ? !now.includes(account) : status.is === 'held' && now.includes(account)),
  );
  return turnedOn(others, rules);
}

/** Whether some of a post is to leave by an account once it is let go on, or by itself, where some of it has left or may have. */
export function isRestOn(post: Sent, account: string): boolean {
  const { status } = post;
  if (isAllToLeave(post, account)) return false;
  return Object.entries(publicationsOf(post)).some(
    ([part, each]) =>
      accountOf(part) === account &&
      !isOfCorrection(part) &&
      (status.is === 'held' ? mayComeBack(each) || isRefusedSince(each, status.at) : each.is === 'queued'),
  );
}

/** A plan of which more goes out on accounts that are real again, since somebody has said so. */
export const withinReach = ({ outOfReach: before, ...plan }: Plan, rules: Accounts): Plan =>
  before === undefined
    ? plan
    : { ...plan, outOfReach: before.filter((account) => rehearsesNow(account, rules)) };

/** Whether an account of what was sent has turned since others rehearsed, whatever came of it there. */
export const haveTurned = ({ status }: Sent, rehearsed: readonly string[], rules: Accounts): boolean =>
  'plan' in status &&
  accountsIn(status.plan).some((account) => rehearsed.includes(account) !== rehearsesNow(account, rules));

/**
 * Whether the cards of what stands in public, or was to, say of an account that it rehearses now: that is why something did
 * not go out, was not put right or taken down there, or can not be posted again.
 */
export const saysThatItRehearses = (post: PostState, rules: Accounts): boolean =>
  Object.entries(publicationsOf(post)).some(
    ([part, each]) =>
      (each.is === 'failed' || each.is === 'unknown' || (each.is === 'removing' && 'problem' in each)) &&
      isBehindRehearsal(post, accountOf(part), rules),
  ) || (post.notCorrected ?? []).some((part) => isBehindRehearsal(post, accountOf(part), rules));

/** These accounts as they have turned; undefined where there are none. */
export function turnedOn(accounts: readonly string[], rules: Accounts): Turned | undefined {
  const { true: rehearsed = [], false: real = [] } = Object.groupBy(accounts, (account) =>
    String(rehearsesNow(account, rules)),
  );
  return accounts.length === 0 ? undefined : { real, rehearsed };
}

const accountsIn = ({ parts }: Plan): readonly string[] => [...new Set(parts.map(({ account }) => account))];

/** Whether nothing of a post has left by an account, or may have. */
export function isAllToLeave(post: Sent, account: string): boolean {
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

/** The accounts on which a post stands, or stood, in public, and which rehearse now: nothing there is within reach. */
export const outOfReach = (post: Sent, rules: Accounts): readonly string[] =>
  'plan' in post.status
    ? accountsIn(post.status.plan).filter(
        (account) => isBehindRehearsal(post, account, rules) && !isAllToLeave(post, account),
      )
    : [];

/**
 * A plan as its accounts are now: the same words under another hash, so that no decision on it as it was counts. An
 * account that is again what it was when it was sent has turned back.
 * @param isOut whether something of it has left by an account, and stays for what it is for
 */
export function planTurned(plan: Plan, now: Turned, isOut: (account: string) => boolean): Plan {
  const { rehearsed: before = [], outOfReach: unreached = [] } = plan;
  const rehearses = [...without(before, now.real), ...now.rehearsed.filter((each) => !isOut(each))];
  const behind = [...without(unreached, now.real), ...now.rehearsed.filter(isOut)];
  const reach = behind.length + unreached.length === 0 ? {} : { outOfReach: behind };
  const turned = bothTurned(plan.turned ?? { real: [], rehearsed: [] }, now);
  return {
    ...plan,
    hash: sha256(canonical({ before: plan.hash, rehearses, ...reach })),
    rehearsed: rehearses,
    ...reach,
    turned,
    before: [...(plan.before ?? []), { hash: plan.hash, turned }],
  };
}

/** What has turned of the one and of the other of what waits. */
export function eitherTurned(one: Turned | undefined, other: Turned | undefined): Turned | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    real: [...one.real, ...without(other.real, one.real)],
    rehearsed: [...one.rehearsed, ...without(other.rehearsed, one.rehearsed)],
  };
}

/** What has turned by the one turn and a later one: what did by both has turned back. */
export function bothTurned(earlier: Turned, later: Turned): Turned {
  const now = [...later.real, ...later.rehearsed];
  const before = [...earlier.real, ...earlier.rehearsed];
  const back = [...without(earlier.back ?? [], now), ...now.filter((account) => before.includes(account))];
  return {
    real: without([...earlier.real, ...later.real], back),
    rehearsed: without([...earlier.rehearsed, ...later.rehearsed], back),
    ...(back.length === 0 ? {} : { back }),
  };
}

const without = (accounts: readonly string[], others: readonly string[]): readonly string[] =>
  accounts.filter((account) => !others.includes(account));

/** Which accounts have turned of what a plan was under that hash; undefined where it never had it, or has it still. */
export const turnedFrom = ({ before = [] }: Plan, hash: string): Turned | undefined =>
  before.some((each) => each.hash === hash) ? before.at(-1)?.turned : undefined;

/** Whether a plan is named so, or was before accounts of it turned: its words are the same. */
export const isOrWas = (plan: Plan, hash: string): boolean =>
  plan.hash === hash || turnedFrom(plan, hash) !== undefined;

/** What has turned of a post, or of a correction of it, that waits to be decided on as it is now. */
export function turnedOf({
  status,
  correction,
}: Pick<PostState, 'status' | 'correction'>): Turned | undefined {
  const ofPost = status.is === 'in-review' || status.is === 'held' ? status.plan.turned : undefined;
  return ofPost ?? (correction?.applied === undefined ? correction?.plan.turned : undefined);
}

/** A plan that was decided on as its accounts are now. */
export function decidedOn(plan: Plan): Plan {
  if (plan.turned === undefined) return plan;
  const { turned: _seen, ...decided } = plan;
  return { ...decided, decided: true };
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

/**
 * The post with what an earlier release did not note of a correction: it leaves alone what stands in public on accounts that
 * rehearsed when people were last asked, which are named.
 */
export function withReachNoted(post: PostState, rehearsed: readonly string[]): PostState {
  const { status, correction } = post;
  if (correction === undefined || !('plan' in status)) return post;
  const noted = (plan: Plan): Plan => ({
    ...plan,
    outOfReach: rehearsed.filter(
      (account) =>
        accountsIn(plan).includes(account) && !isForRehearsal(post, account) && !isAllToLeave(post, account),
    ),
  });
  if (correction.applied !== undefined)
    return status.plan.outOfReach === undefined
      ? { ...post, status: { ...status, plan: noted(status.plan) } }
      : post;
  return correction.plan.outOfReach === undefined
    ? { ...post, correction: { ...correction, plan: noted(correction.plan) } }
    : post;
}
