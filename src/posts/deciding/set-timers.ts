import { stageTimes, type Review } from '../../approval/review.ts';
import type { NewEffect } from '../../core/change.ts';
import { hours, type Millis } from '../../core/time.ts';
import { correctionThatWaits } from '../correcting/correctable.ts';
import { correctionMovesAt } from '../correcting/correction-findings.ts';
import { daysMoveAt, hasMovedDay } from '../writing/draft.ts';
import { nextEndNamed, wordingsOf } from '../writing/end-in-words.ts';
import { overTimesIn } from '../writing/over-words.ts';
import { changesByHand, isSaidByHand } from '../by-hand/done-by-hand.ts';
import { endOf, newEndOf, oldEndOf } from '../leaving/its-end.ts';
import { stoppedOfHands } from '../leaving/leaving.ts';
import { trainingEnds } from './may.ts';
import { isWithItsWriters } from './next-step.ts';
import { effect, type TimerName } from '../post-effect.ts';
import type { Correction, DeskRules, PostState } from '../post.ts';
import type { PlannedTime, Revision } from '../writing/revision.ts';
import { reviewOf } from './reviews.ts';
import { isOverdue, waitsToGoOut } from '../leaving/to-go-out.ts';
import { isPublic } from '../leaving/what-is-public.ts';

/** The timers that a post has by how it stands, and the keys of those that it has no more. */
export function timersOf(
  post: PostState,
  rules: DeskRules,
  now: Millis,
): { readonly effects: readonly NewEffect[]; readonly drop: readonly string[] } {
  const asked = [
    ...plannedTimer(post, now),
    ...dayTimer(post, rules, now),
    ...overTimer(post, rules, now),
    ...trainingTimer(post, rules, now),
  ];
  return {
    effects: [...asked, ...endTimerOf(post, now)],
    drop: [plannedKey, dayKey, overKey, trainingKey].filter(
      (timer) => !asked.some(({ key }) => key === timer),
    ),
  };
}

const plannedKey = 'timer:planned';

/** While somebody is asked, their cards say when it goes out: they are drawn anew once that has passed. */
function plannedTimer(post: PostState, now: number): readonly NewEffect[] {
  const { when } = post;
  if (when === undefined || when.at <= now || !isOverdue(post, when.at)) return [];
  return [effect(plannedKey, { type: 'post.timer', data: { what: 'planned', review: '' } }, when.at)];
}

/** What is public may have got another end by a correction, or its own again where that came to nothing. */
function endTimerOf(post: PostState, now: number): readonly NewEffect[] {
  const until = isPublic(post) && post.status.is !== 'taken-down' ? endOf(post) : undefined;
  return until === undefined || until.at <= now ? [] : endTimer(until);
}

const dayKey = 'timer:day';

/**
 * While somebody is asked, their cards offer to let it go out: they are drawn anew once a word for a day in it means
 * another, be it that it does by now.
 */
function dayTimer(post: PostState, rules: DeskRules, now: number): readonly NewEffect[] {
  const at = dayMoves(post, rules, now);
  if (at === undefined) return [];
  return [effect(dayKey, { type: 'post.timer', data: { what: 'day', review: '' } }, at)];
}

function dayMoves(post: PostState, rules: DeskRules, now: number): Millis | undefined {
  const correction = correctionThatWaits(post);
  if (correction !== undefined) return correctionMovesAt(post, correction, now, rules);
  const at = waitsToGoOut(post) && !hasMovedDay(post) ? daysMoveAt(post.revision, rules) : undefined;
  return at === undefined ? dayMovesForHands(post, rules, now) : Math.max(at, now);
}

/** The same for what somebody is asked to say by hand, be it that it is stopped by now: also when an end in it comes. */
function dayMovesForHands(post: PostState, rules: DeskRules, now: number): Millis | undefined {
  const { correction } = post;
  const changes = changesByHand(post);
  if (!isSaidByHand(post)) return undefined;
  if (stoppedOfHands(post, now, rules).length > 0) return now;
  const moves = [
    daysMoveAt(post.revision, rules),
    ...overTimesOf(post.revision, rules),
    correction === undefined || changes.length === 0
      ? undefined
      : correctionMovesAt(post, correction, now, rules),
  ];
  const times = moves.flatMap((at) => (at !== undefined && at > now ? [at] : []));
  return times.length === 0 ? undefined : Math.min(...times);
}

/** The times at which the words of a revision may come to say what is over. */
const overTimesOf = (revision: Revision, rules: DeskRules): readonly Millis[] =>
  wordingsOf(revision, rules).flatMap((each) => overTimesIn(each));

const overKey = 'timer:over';

/**
 * While somebody is asked, their cards offer to let it go out: they are drawn anew once an end comes that its words
 * name, `closed until 4pm`, or that a correction was to give it, or that stands in public until a correction is made. One
 * that is the post's own end stops it by itself.
 */
function overTimer(post: PostState, rules: DeskRules, now: number): readonly NewEffect[] {
  const { revision } = post;
  const named = waitsToGoOut(post)
    ? [nextEndNamed(revision, now, rules), ...overTimesOf(revision, rules)]
    : [];
  const times = [newEndOf(post)?.at, oldEndOf(post), ...named].flatMap((time) =>
    time === undefined || time <= now ? [] : [time],
  );
  if (times.length === 0) return [];
  const data = { what: 'over', review: '' } as const;
  return [effect(overKey, { type: 'post.timer', data }, Math.min(...times))];
}

const trainingKey = 'timer:training';

/** While it is with its writers, they are seen anew once somebody's training has run out, who may not send it then. */
export function trainingTimer(post: PostState, rules: DeskRules, now: number): readonly NewEffect[] {
  const at = isWithItsWriters(post) ? trainingEnds(post, rules, now) : undefined;
  if (at === undefined) return [];
  return [effect(trainingKey, { type: 'post.timer', data: { what: 'training', review: '' } }, at)];
}

/** The key of the timer that reminds whoever does something by hand. */
export const byHandTimer = (part: string): string => `timer:by-hand:${part}`;

/** The timer that ends a post at its time; none for one that does not end. */
export function endTimer(until: PlannedTime | undefined): readonly NewEffect[] {
  if (until === undefined) return [];
  return [effect('timer:end', { type: 'post.timer', data: { what: 'end', review: '' } }, until.at)];
}

/**
 * The timers of the awaited stage; each replaces the one of the stage before. What has been escalated is not once more.
 *
 * @param asked when those who may act were asked last, which they are reminded of; absent: as the stage began. Where it is
 * escalated before that, they hear so instead
 */
export function stageTimers(review: Review, asked: Millis = review.since): readonly NewEffect[] {
  const times = stageTimes(review);
  if (times === undefined) return [];
  const timer = (what: TimerName, due: number): NewEffect =>
    effect(`timer:${what}`, { type: 'post.timer', data: { what, review: review.id } }, due);
  const remind = times.remind + (asked - review.since);
  return [
    ...(review.escalated || remind < times.escalate ? [timer('remind', remind)] : []),
    ...(review.escalated ? [] : [timer('escalate', times.escalate)]),
    timer('expire', times.expire),
  ];
}

/** The key of the timer that reminds of a correction. */
export const correctionTimerKey = 'timer:correction';

/** The timer that first reminds them, after as long as the protocol leaves those who decided on the post itself. */
export const firstCorrectionTimer = (
  post: PostState,
  { review }: Pick<Correction, 'review'>,
  now: Millis,
): NewEffect =>
  correctionTimer(
    review.id,
    now + (reviewOf(post)?.stages.findLast(({ kind }) => kind === 'decide')?.remindAfter ?? hours(1)),
  );

/** The same for the correction that waits of a post, if one does. */
export const correctionTimers = (post: PostState, now: Millis): readonly NewEffect[] =>
  post.correction === undefined ? [] : [firstCorrectionTimer(post, post.correction, now)];

/** The timer that reminds whoever may agree to a correction: what it puts right is public all the while. */
export const correctionTimer = (review: string, due: number): NewEffect =>
  effect(correctionTimerKey, { type: 'post.timer', data: { what: 'correction', review } }, due);

/** What was not decided by its time, and does not go back to its writers, is asked about once more then. */
export const askedLater = (review: Review, due: Millis): NewEffect =>
  effect('timer:expire', { type: 'post.timer', data: { what: 'expire', review: review.id } }, due);

/** Keys of the timers of a stage, to be dropped when nothing is awaited any longer. */
export const stageTimerKeys = ['timer:remind', 'timer:escalate', 'timer:expire'] as const;

/** Whether a key is of such a timer. */
export const isStageTimer = (key: string): boolean => stageTimerKeys.some((each) => each === key);
