import { z } from 'zod';
import { awaited } from '../../approval/review.ts';
import { followedBy, type Change } from '../../core/change.ts';
import type { Millis } from '../../core/time.ts';
import { stopInForce } from '../../dispatch/access.ts';
import { stoppedSchema, type AccountState, type Stopped } from '../../dispatch/account.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { changesInPlace } from '../correcting/changes-in-place.ts';
import { awaitsCorrection } from '../correcting/correctable.ts';
import { wayOn } from '../correcting/correction-ways.ts';
import { held, restOf } from './held.ts';
import { withPast } from '../telling/past.ts';
import type { DeskRules, Plan, PostContext, PostState } from '../post.ts';
import { isWithWriters } from '../leaving/to-go-out.ts';
import { isSafetyInformation } from './safety.ts';
import { isHoldable } from './what-a-hold-stops.ts';

/** Who stopped what a post would leave by, and when. */
export interface StopOfPost {
  readonly what: Stopped;
  readonly by: string;
  readonly at: Millis;
  /** those of its accounts that are stopped; absent: all of them */
  readonly only?: readonly string[];
  /** nothing of it leaves by itself: what a press would send again is stopped */
  readonly again?: true;
}

/** The accounts that are stopped as somebody gives a command, by their names, as whoever hands it on has just read them. */
export const stoppedNow = z.object({ stopped: z.record(z.string(), stoppedSchema).exactOptional() });
export type StoppedNow = z.infer<typeof stoppedNow>;

/** Those of the accounts that are stopped, as a command hears of them; nothing where none is. */
export function stoppedIn(states: AccountStates): StoppedNow {
  const stopped = [...states].flatMap(([account, state]) =>
    state.stopped === undefined ? [] : [[account, state.stopped] as const],
  );
  return stopped.length === 0 ? {} : { stopped: Object.fromEntries(stopped) };
}

/** Every account that a post leaves by, or would once it is sent. */
export const accountsOfPost = ({ status, revision }: PostState): readonly string[] => [
  ...new Set([...('plan' in status ? accountsOf(status.plan) : []), ...revision.accounts]),
];

/**
 * What somebody sends for approval or lets go while all that it would leave by is stopped is held in the same commit, as
 * the stop holds what waited before: nobody reads that it is on its way, nobody approves what would have to be approved
 * once more, and nobody is late. It comes back by a decision.
 */
export function heldIfStopped(
  change: Change<PostState>,
  { stopped = {} }: StoppedNow,
  context: PostContext,
): Change<PostState> {
  const post = change.state;
  if (!isHoldable(post)) return change;
  const states = new Map(Object.entries(stopped).map(([account, each]) => [account, { stopped: each }]));
  const { status } = post;
  const accounts =
    status.is === 'in-review' ? accountsOf(status.plan) : [...new Set(restOf(post).map(accountOf))];
  const stop = stopOver(accounts, states, isSafetyInformation(post, context));
  if (stop === undefined || !isStoppedWhole(stop)) return change;
  const then = held(post, { by: stop.by, what: stop.what }, context);
  return 'refused' in then ? change : followedBy(change, withPast(post, then, context));
}
/** Who stopped what this post would leave by, where it would not leave. */
export function stopAmong(post: PostState, states: AccountStates, rules: DeskRules): StopOfPost | undefined {
  return stopOver(leavesBy(post), states, isSafetyInformation(post, { protocol: rules }));
}

/**
 * Who stopped these accounts: a stop of everything before a pause.
 *
 * @param safety of safety information, which a pause lets through
 */
export function stopOver(
  accounts: readonly string[],
  states: AccountStates,
  safety = false,
): StopOfPost | undefined {
  const only = accounts.filter((account) => {
    const stopped = states.get(account)?.stopped;
    return stopped !== undefined && (stopped.what === 'all' || !safety);
  });
  const stop = stopInForce(only.map((account) => states.get(account)));
  if (stop === undefined) return undefined;
  const { what, by, at } = stop;
  return { what, by, at, ...(only.length === accounts.length ? {} : { only }) };
}

/**
 * Whether what is held would be held again at once if the decision that is awaited were given now: it is the last one,
 * and all of its accounts are stopped.
 */
export function isHeldAgainAtOnce(post: PostState, stop: StopOfPost | undefined): boolean {
  const { status } = post;
  if (status.is !== 'held' || !isStoppedWhole(stop)) return false;
  const { review } = status;
  const stage = awaited(review);
  const given = review.decisions.filter((decision) => decision.stage === stage?.id).length;
  return review.current >= review.stages.length - 1 && given + 1 >= (stage?.need ?? 1);
}

/**
 * What an approval counts while a stop is in force: what is held is released after it, by a decision that is not taken
 * before, and may come that far meanwhile. What is not held will be by the resume, and what was decided on it is void. Of
 * what is with its writers nobody is asked yet.
 */
export function approvalMeanwhile(
  post: PostState,
  stop: StopOfPost,
): 'not-yet' | 'counts' | 'void' | 'unsent' {
  if (isHeldAgainAtOnce(post, stop)) return 'not-yet';
  if (!isStoppedWhole(stop)) return 'void';
  if (isWithWriters(post)) return 'unsent';
  return post.status.is === 'held' ? 'counts' : 'void';
}

/** Whether nobody is asked about what is held, or about a correction, before a stop of all of its accounts is lifted. */
export const isSuspended = (post: PostState, states: AccountStates, rules: DeskRules): boolean =>
  (post.status.is === 'held' || awaitsCorrection(post)) && isStoppedWhole(stopAmong(post, states, rules));

/** Whether it is a stop of all the accounts that it was looked for on. */
export const isStoppedWhole = (stop: StopOfPost | undefined): boolean =>
  stop !== undefined && stop.only === undefined;

/**
 * The accounts that a post is still to leave by, or to be changed on, be it once somebody agrees to that; none where all is
 * as it is to be, leaves, or is not sent.
 */
export function leavesBy(post: PostState): readonly string[] {
  const { status } = post;
  switch (status.is) {
    case 'in-review':
    case 'held':
    case 'approved':
    case 'scheduled':
      return accountsOf(status.plan);
    case 'publishing':
      // A correction of what is public has no other state in which it waits to leave.
      return [
        ...new Set([...(status.was === undefined ? [] : accountsOf(status.plan)), ...toBeCorrectedOn(post)]),
      ];
    case 'published':
    case 'partly-published':
      return [...new Set([...changesInPlace(post).map(accountOf), ...toBeCorrectedOn(post)])];
    default:
      return [];
  }
}

/** The accounts that say something else once somebody agrees to the correction that waits for that. */
export function toBeCorrectedOn(post: PostState): readonly string[] {
  const { correction } = post;
  if (correction === undefined || !awaitsCorrection(post)) return [];
  return accountsOf(correction.plan).filter((account) => {
    const way = wayOn(account, correction);
    return way !== 'same' && way !== 'leave';
  });
}

const accountsOf = ({ parts }: Plan): readonly string[] => [...new Set(parts.map(({ account }) => account))];

/** What dispatch knows of accounts, each by its name in the protocol. */
export type AccountStates = ReadonlyMap<string, Pick<AccountState, 'stopped'>>;
