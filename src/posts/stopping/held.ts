import type { AuditNote } from '../../core/change.ts';
import { afresh } from '../../approval/review.ts';
import type { Stopped } from '../../dispatch/account.ts';
import { makesRoom, type Publication } from '../../dispatch/publication.ts';
import { isUntouched, stop } from '../../dispatch/stop.ts';
import { changed } from '../changed.ts';
import type { PostDecision } from '../command.ts';
import { beingChanged, changesInPlace, changesThatWait } from '../correcting/changes-in-place.ts';
import { changesByHand } from '../by-hand/done-by-hand.ts';
import { askedAfresh, isEmergency } from './held-emergency.ts';
import { isHeldLater } from './held-again.ts';
import { stateOf } from '../taking-down/over.ts';
import { stageTimerKeys, stageTimers } from '../deciding/set-timers.ts';
import { isPublic, publicationsOf } from '../leaving/what-is-public.ts';
import type { Missed, PostContext, PostState, Step, Turned } from '../post.ts';
import { refusePost } from '../refusals.ts';

/** A hold: by whom, and why. */
interface Hold {
  readonly by: string;
  /** was held with it, or stopped */
  readonly what: 'this' | 'all-waiting' | Stopped;
  /** the time that had passed, where Crier holds it since it had */
  readonly missed?: Missed;
  /** accounts that had turned, where Crier holds it since they had */
  readonly turned?: Turned;
  readonly notes?: readonly AuditNote[];
}

/** Stops what has not begun to leave; only a fresh decision lets it go. */
export function held(
  post: PostState,
  { by, what, missed, turned, notes = [] }: Hold,
  context: PostContext,
): PostDecision {
  const { status } = post;
  const all = what !== 'this';
  if (!('review' in status) || !('plan' in status))
    return refusePost('nothing-to-hold', { state: stateOf(post) });
  const publications = Object.entries(publicationsOf(post)).map(
    ([key, publication]): [string, Publication] => [key, stop(publication, context.now)],
  );
  const begun = !publications.every(([, publication]) => isUntouched(publication));
  // Where a correction only changes what stands, the post was out all the while; what was never out is not.
  const hasMore = publications.some(([part]) => isHeldLater(post, part, context.now));
  const since =
    'publications' in status && 'at' in status ? status.at : 'was' in status ? status.was : undefined;
  const was = hasMore ? undefined : since;
  const changes = [...changesInPlace(post), ...changesByHand(post)];
  const isStop = what === 'all' || what === 'routine';
  const review = askedAfresh(post, status.review, context);
  return changed(
    {
      post: {
        ...post,
        status: {
          is: 'held',
          by,
          at: context.now,
          all,
          ...(isStop ? { stop: what } : {}),
          ...(missed === undefined ? {} : { missed }),
          ...(turned === undefined ? {} : { turned }),
          review,
          plan: status.plan,
          ...(begun ? { out: Object.fromEntries(publications) } : {}),
          ...(was === undefined ? {} : { was }),
        },
      },
      audit: [
        ...notes,
        {
          action: 'held',
          facts: {
            by,
            all,
            ...(changes.length === 0 ? {} : { changes }),
            alreadyOnTheWay: [
              ...publications.filter(([, each]) => each.is === 'sending').map(([key]) => key),
              ...beingChanged(post),
            ],
          },
        },
      ],
      drop: [...stageTimerKeys, 'publish:*'],
      // Nobody is late with what they are not asked for before the stop is lifted, but for an emergency.
      effects: isStop && !isEmergency(post) ? [] : stageTimers(review, context.now),
    },
    context,
  );
}

/**
 * Nothing of it leaves by itself: what somebody sends again on its card is held from now on, and decided afresh then.
 */
export function heldOnceSentAgain(post: PostState, by: string, context: PostContext): PostDecision {
  const { status } = post;
  if (!('publications' in status) || status.is === 'taken-down')
    return refusePost('nothing-to-hold', { state: stateOf(post) });
  const { now } = context;
  const review = afresh(status.review, context.newId('review'), now);
  const step: Step = { did: 'held', by, at: now, all: false, ahead: true };
  return changed(
    {
      post: { ...post, status: { ...status, review }, past: [...(post.past ?? []), step] },
      audit: [{ action: 'held', facts: { by, all: false, alreadyOnTheWay: [] } }],
    },
    context,
  );
}

/** Whether something of it has not begun to leave, or to be changed where it stands. */
export const hasRest = (post: PostState): boolean =>
  changesLeft(post).length > 0 ||
  (post.status.is === 'publishing' ? leavesStill(post).length > 0 : !isPublic(post));

/** What of it was let go and has not begun to leave, or to be changed where it stands: part keys. */
export const restOf = (post: PostState): readonly string[] => [...leavesStill(post), ...changesLeft(post)];

const leavesStill = (post: PostState): readonly string[] =>
  Object.entries(publicationsOf(post)).flatMap(([part, each]) =>
    each.is === 'queued' || each.is === 'asked' || makesRoom(each) ? [part] : [],
  );

const changesLeft = (post: PostState): readonly string[] => [
  ...changesThatWait(post),
  ...changesByHand(post),
];
