import type { Change, NewEffect } from '../../core/change.ts';
import { minutes, type Millis } from '../../core/time.ts';
import { isUnderWay } from '../../dispatch/together.ts';
import { accountOf, revisionOf } from '../../dispatch/thread.ts';
import { hearersOf, maySee } from '../deciding/may.ts';
import { effect, tell } from '../post-effect.ts';
import { isOver } from '../taking-down/over.ts';
import type { Told } from '../telling/tellings.ts';
import type { DeskRules, PostContext, PostState } from '../post.ts';
import { refusePost, type PostRefusal } from '../refusals.ts';
import { reviewOf } from '../deciding/reviews.ts';
import { isEndedUnsent } from './its-end.ts';
import { toLeaveFrom } from './too-late.ts';
import { publicationsOf } from './what-is-public.ts';
import { plannedPart } from './what-was-sent.ts';

/** An emergency that is on its way and does not get out: whoever believes that it is public hears so. */

/**
 * So long an emergency may be on its way before people hear that it is not out. What a network answers only at the second
 * or third try, a restart, and most windows of a network are over by then, so that nobody is called for nothing; and whoever
 * has to warn people can still do so another way.
 */
const notOutAfter: Millis = minutes(10);

/** Crier has just come to work again, or to time: what has become due meanwhile leaves first. */
const leavesFirst: Millis = minutes(1);

/** The desk as it is told something: in its Teams channel. */
export const ofDesk = 'desk';

const notOutKey = 'timer:not-out';

/** What such a timer carries that was put off already. */
export const putOff = 'put-off';

const notOutTimer = (due: Millis, was: '' | typeof putOff = ''): NewEffect =>
  effect(notOutKey, { type: 'post.timer', data: { what: 'not-out', review: was } }, due);

/** The parts of an emergency that are to go out by themselves and have not; what is held, or waits for a person, is not. */
export function partsOnTheirWay(post: PostState): readonly string[] {
  const { status, revision } = post;
  if (revision.urgency !== 'emergency' || !('publications' in status) || status.is === 'taken-down')
    return [];
  return Object.entries(status.publications).flatMap(([part, each]) => (isUnderWay([each]) ? [part] : []));
}

/** From when on a part on its way should be out; what is planned, or shown later, from then on only. */
const fromWhen = (post: PostState, part: string, since: Millis): Millis =>
  toLeaveFrom(plannedPart(post, part), Math.max(since, post.when?.at ?? 0));

/** Since when the first of an emergency should be out and is not; undefined where nothing of it is on its way. */
export function shouldBeOutSince(post: PostState): Millis | undefined {
  const { onItsWay } = post;
  const times =
    onItsWay === undefined ? [] : partsOnTheirWay(post).map((part) => fromWhen(post, part, onItsWay.since));
  return times.length === 0 ? undefined : Math.min(...times);
}

/** When people are to hear that it is not out everywhere; undefined where they have heard, or nothing is on its way. */
function toBeToldAt(post: PostState): Millis | undefined {
  const since = shouldBeOutSince(post);
  return since === undefined || post.onItsWay?.told !== undefined ? undefined : since + notOutAfter;
}

/**
 * A change with since when an emergency is on its way by it, and the timer of that. What is held, has failed, or is out
 * everywhere is on its way no more: let go on, or tried again, it is so anew.
 */
export function withItsWay(
  before: PostState,
  change: Change<PostState>,
  { now }: Pick<PostContext, 'now'>,
): Change<PostState> {
  const { hearEnd: _heard, ...ended } = change.state;
  const { onItsWay, ...rest } = endBy(before, change.state) === undefined ? change.state : ended;
  const isOn = partsOnTheirWay(rest).length > 0;
  if (!isOn && before.onItsWay === undefined) return { ...change, state: rest };
  const state: PostState = isOn ? { ...rest, onItsWay: onItsWay ?? { since: now } } : rest;
  const due = toBeToldAt(state);
  if (due === toBeToldAt(before)) return { ...change, state };
  return due === undefined
    ? { ...change, state, drop: [...(change.drop ?? []), notOutKey] }
    : { ...change, state, effects: [...change.effects, notOutTimer(due)] };
}

/**
 * An emergency should be out by now: whoever wrote it, whoever decided, the desk and the duty officers hear where it is not,
 * once until it is on its way anew.
 *
 * @param overdue the timer itself comes too late, since nobody was at work: what is due leaves first
 */
export function notOutByNow(
  post: PostState,
  overdue: boolean,
  { protocol, now }: PostContext,
): Change<PostState> | PostRefusal {
  const due = toBeToldAt(post);
  const { onItsWay } = post;
  if (onItsWay === undefined || due === undefined || due > now) return refusePost('settled-already', {});
  if (overdue) return { state: post, audit: [], effects: [notOutTimer(now + leavesFirst, putOff)] };
  const told = [...believersOf(post, protocol, now), ofDesk];
  return {
    state: {
      ...post,
      onItsWay: { ...onItsWay, told },
      hearEnd: [...new Set([...hearEndOf(post), ...told])],
    },
    audit: [{ action: 'told-not-out', facts: { parts: [...partsOnTheirWay(post)] } }],
    effects: tell(told, 'emergency-not-out', now),
  };
}

/** Who believes that an emergency is out: whoever wrote it, whoever let it go, the desk and the duty officers. */
export function believersOf(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const { correction } = post;
  const decided = reviewOf(post)?.decisions.map(({ by }) => by) ?? [];
  const corrected = [correction?.by, correction?.applied?.by].filter((person) => person !== undefined);
  const people = [...hearersOf(post, rules, now), ...corrected, ...decided];
  return [
    ...new Set([
      ...people.filter((person) => maySee(post, person, rules)),
      ...rules.desk.officers,
      ...rules.dutyOfficers,
    ]),
  ];
}

/** Who has heard that it is not out, and not how that ended. */
export const hearEndOf = ({ hearEnd, onItsWay }: PostState): readonly string[] =>
  hearEnd ?? onItsWay?.told ?? [];

/**
 * How it ends by a change for whoever has heard that an emergency is not out, as what they are told: it is out everywhere, or
 * nothing more of it goes out. A hold is no end, and what no account takes can be tried again.
 */
export function endBy(before: PostState, after: PostState): Told | undefined {
  if (isOverFor(after)) return isOverFor(before) ? undefined : 'came-back';
  if (after.restRefused !== undefined && after.restRefused.at !== before.restRefused?.at)
    return 'rest-refused';
  if (isEndedUnsent(after) && !isEndedUnsent(before)) return 'ended-first';
  return isOutEverywhere(after) && !isOutEverywhere(before) ? 'emergency-since' : undefined;
}

/** Nothing of it goes out any more, or it was taken down, as far as that is known. */
const isOverFor = (post: PostState): boolean =>
  post.status.is !== 'held' && post.status.is !== 'sent-back' && isOver(post);

const isOutEverywhere = (post: PostState): boolean =>
  outOn(post).length > 0 && notOutOn(post).length + unclearOn(post).length === 0;

/** Whether where it is out and is not can be said of it now: some of it may leave, or has, and is not to come down. */
export const isSaidWhere = (post: PostState): boolean => !isOverFor(post) && post.status.is !== 'taken-down';

/**
 * Who hears of an emergency that it is otherwise now: who has heard that it was not out, once an account has taken it or it
 * is on its way no more; and whoever believes that it is out, once nobody can tell whether it is, and once somebody can.
 */
export function hearFurther(
  before: PostState,
  after: PostState,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  if (!isSaidWhere(after)) return [];
  const isMore = (those: readonly string[], than: readonly string[]): boolean =>
    those.some((account) => !than.includes(account));
  const [asked, answered] = [askedOn(after), askedOn(before)];
  return [
    ...(isMore(asked, answered) || isMore(answered, asked) ? believersOf(after, rules, now) : []),
    ...(after.onItsWay === undefined ? (before.onItsWay?.told ?? []) : []),
    ...(isMore(outOn(after), outOn(before)) ? hearEndOf(before) : []),
  ];
}

/** The accounts of an emergency of which somebody is asked whether it is there. */
const askedOn = (post: PostState): readonly string[] =>
  post.revision.urgency === 'emergency'
    ? Object.entries(publicationsOf(post)).flatMap(([part, each]) =>
        each.is === 'unknown' && each.asked ? [accountOf(part)] : [],
      )
    : [];

/** The accounts that have the whole of it, or of the last correction that newly posts something, a thread to its end. */
export const outOn = (post: PostState): readonly string[] => accountsWhere(post, 'out');

/** Those that are to have it, and have not. */
export const notOutOn = (post: PostState): readonly string[] => accountsWhere(post, 'not-out');

/** Those that may have it, which nobody can tell yet. */
export const unclearOn = (post: PostState): readonly string[] => accountsWhere(post, 'unclear');

/**
 * The parts that are spoken of: all of it, or of what was corrected by new posts those, and what was still on its way then,
 * which says the same by now.
 */
export function partsNow(post: PostState): readonly string[] {
  const publications = publicationsOf(post);
  const all = Object.keys(publications);
  const last = Math.max(0, ...all.map(revisionOf));
  if (last === 0) return all;
  const onTheirWay = partsOnTheirWay(post);
  const agreed = post.correction?.applied?.at ?? post.corrected.at(-1)?.at ?? Infinity;
  const hasLeftSince = (part: string): boolean => {
    const publication = publications[part];
    return publication?.is === 'published' && publication.at >= agreed;
  };
  return all.filter((part) => revisionOf(part) === last || onTheirWay.includes(part) || hasLeftSince(part));
}

function accountsWhere(post: PostState, is: 'out' | 'not-out' | 'unclear'): readonly string[] {
  const publications = publicationsOf(post);
  const parts = partsNow(post);
  return [...new Set(parts.map(accountOf))].filter((account) => {
    const there = parts.flatMap((part) => (accountOf(part) === account ? [publications[part]?.is] : []));
    const how = there.includes('unknown')
      ? 'unclear'
      : there.every((each) => each === 'published')
        ? 'out'
        : 'not-out';
    return how === is;
  });
}
