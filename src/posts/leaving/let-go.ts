import type { AuditNote, NewEffect } from '../../core/change.ts';
import type { Millis } from '../../core/time.ts';
import type { Review } from '../../approval/review.ts';
import { makesRoom, outAt, type Publication } from '../../dispatch/publication.ts';
import { letGoOn } from '../../dispatch/stop.ts';
import { shownLater, together } from '../../dispatch/together.ts';
import { inTurn, isNext, isOfCorrection, lastToRemove, type Publications } from '../../dispatch/thread.ts';
import { changed } from '../changed.ts';
import { effect } from '../post-effect.ts';
import { stageTimerKeys } from '../deciding/set-timers.ts';
import type { PostDecision } from '../command.ts';
import { changesInPlace } from '../correcting/changes-in-place.ts';
import { awaitsCorrection } from '../correcting/correctable.ts';
import { decidedOn } from './for-rehearsal.ts';
import { publicationsOf } from './what-is-public.ts';
import { withMakersAsked } from '../deciding/who-acts.ts';
import type { Outgoing, Plan, PostContext, PostState, Status } from '../post.ts';

/** What is approved, and the notes of how it came to be. */
interface Approved {
  readonly plan: Plan;
  readonly review: Review;
  readonly audit: readonly AuditNote[];
}

/** What had left, or may have, before a post is let go on. */
interface Before {
  readonly out?: Publications;
  /** when it was held */
  readonly at?: Millis;
  /** when it was out before a correction of it began to leave */
  readonly was?: Millis;
}

/**
 * Lets an approved plan go: now, or at its planned time. Every part is queued at once; each leaves by an effect
 * of its own that is due when it should leave, the posts of a thread one after the other. Parts that had left before
 * a hold stay as they are.
 */
export function letGo(
  post: PostState,
  { plan, review, audit }: Approved,
  context: PostContext,
  { out, was, at = Infinity }: Before = {},
): PostDecision {
  const { now } = context;
  const due = post.when === undefined || post.when.at <= now ? now : post.when.at;
  // What a correction newly says leaves by the correction, and what takes the place of another once that is gone: where
  // that never came down, a release would post it beside what stands.
  const going = plan.parts.filter(({ key }) =>
    out === undefined ? !isOfCorrection(key) : out[key] !== undefined,
  );
  const queued = Object.fromEntries(
    going.map(({ key }): [string, Publication] => {
      const earlier = out?.[key];
      return [key, earlier === undefined ? { is: 'queued', tries: 0 } : letGoOn(earlier, at)];
    }),
  );
  const publications = inTurn(queued, now);
  const outgoing: Outgoing = {
    plan: decidedOn(plan),
    review,
    decidedAt: now,
    publications,
    ...(was === undefined ? {} : { was }),
  };
  const leaves = Object.values(publications).some(({ is }) => is === 'queued');
  // Part of it had left before, or may have, and its time is not to come: it is on its way out, and no draft any more.
  const isBegun = out !== undefined && due <= now;
  // All that there was to release had left before, or does not go out: nothing more will change its state.
  const status: Status = !leaves
    ? statusFrom(outgoing, now)
    : was !== undefined || isBegun || awaitsCorrection(post)
      ? { is: 'publishing', ...outgoing }
      : post.when !== undefined && due > now
        ? { is: 'scheduled', for: post.when, ...outgoing }
        : { is: 'approved', ...outgoing };
  // Whoever agrees last need not know that somebody before them may not any more: the desk is asked at once.
  const decided = leaves ? withMakersAsked({ ...post, status }, context) : { ...post, status };
  const { makersGone: gone } = decided;
  return changed(
    {
      post: decided,
      audit: [
        ...audit,
        gone === undefined
          ? { action: 'let-go', facts: { plan: plan.hash, due } }
          : { action: 'maker-gone', facts: { people: gone.people } },
      ],
      effects: [
        ...(gone === undefined || due > now ? publishEffects(publications, due) : []),
        ...takeDownEffects(lastToRemove(publications), due),
        ...correctionEffects(decided, now),
      ],
      drop: [...stageTimerKeys],
    },
    context,
  );
}

/** One effect for every part that comes down now. */
export function takeDownEffects(parts: readonly string[], due: number): readonly NewEffect[] {
  return parts.map((part) => effect(`take-down:${part}`, { type: 'post.take-down', data: { part } }, due));
}

/** Changes a part where it stands, to what the correction says. */
export const putRightEffect = (part: string, now: Millis): NewEffect =>
  effect(`put-right:${part}`, { type: 'post.put-right', data: { part } }, now);

/** What a correction that was agreed to still changes, or takes down to make room, where that waited for somebody. */
export function correctionEffects(post: PostState, now: Millis): readonly NewEffect[] {
  const publications = publicationsOf(post);
  const room = lastToRemove(publications).filter((part) => {
    const publication = publications[part];
    return publication !== undefined && makesRoom(publication);
  });
  const changes = changesInPlace(post).map((part) => putRightEffect(part, now));
  return [...changes, ...takeDownEffects(room, now)];
}

/** One effect for every part that waited for something else: at once, or at the time at which it is shown. */
export const leaveEffects = (publications: Publications, now: Millis): readonly NewEffect[] =>
  publishEffects(publications, now).map((asked) => {
    const publication = publications[asked.key.slice('publish:'.length)];
    const shownFrom = publication === undefined ? undefined : shownLater([publication]);
    return { ...asked, due: Math.max(now, shownFrom ?? now) };
  });

/** One effect for every part that may leave; the later posts of a thread get theirs when their turn comes. */
export function publishEffects(publications: Publications, due: number): readonly NewEffect[] {
  return Object.keys(publications)
    .filter((part) => isNext(publications, part))
    .map((part) => effect(`publish:${part}`, { type: 'post.publish', data: { part } }, due));
}

/** What is on its way out, without the state that it is in. */
export function outgoingOf({ plan, review, decidedAt, publications, was }: Outgoing): Outgoing {
  return { plan, review, decidedAt, publications, ...(was === undefined ? {} : { was }) };
}

/** What was held, once nothing of it is held back any more. */
export function outAgain({
  plan,
  review,
  at,
  was,
}: Extract<Status, { readonly is: 'held' }>): Omit<Outgoing, 'publications'> {
  return { plan, review, decidedAt: at, ...(was === undefined ? {} : { was }) };
}

/** Since when the public has it anywhere, however much later that was found out, and the rest of it went out. */
function firstOut(publications: Publications): Millis | undefined {
  const times = Object.values(publications).flatMap((each) => outAt(each) ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** The state that publications taken together give something that is on its way. */
export function statusFrom(outgoing: Outgoing, at: number): Status {
  const rest = outgoingOf(outgoing);
  const { publications, was } = rest;
  const standing = together(Object.values(publications));
  switch (standing) {
    case 'publishing':
      return { is: 'publishing', ...rest };
    case 'published':
    case 'partly-published':
      return { is: standing, at: was ?? firstOut(publications) ?? at, ...rest };
    case 'failed':
      return { is: standing, at: was ?? at, ...rest };
    case 'stopped':
      return { is: 'expired', at, because: 'ended-before-it-went-out', walked: rest.review };
  }
}
