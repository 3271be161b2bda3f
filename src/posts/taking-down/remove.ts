import { z } from 'zod';
import type { Begun, Publication } from '../../dispatch/publication.ts';
import { stop } from '../../dispatch/stop.ts';
import { lastToRemove } from '../../dispatch/thread.ts';
import type { Millis } from '../../core/time.ts';
import { changed } from '../changed.ts';
import { stageTimerKeys } from '../deciding/set-timers.ts';
import { personCommand } from '../command.ts';
import { endedThere } from '../correcting/correction-parts.ts';
import { takeDownEffects } from '../leaving/let-go.ts';
import { downOf, isAllDown, stateOf } from './over.ts';
import { isPublic, publicationsOf } from '../leaving/what-is-public.ts';
import { mayRemove, removers } from '../deciding/may.ts';
import type { DeskRules, PostState } from '../post.ts';
import { type PostRefusal, refusePost } from '../refusals.ts';

/** That somebody takes down what is public: who may, what it comes to, and what of it is tried again. */

export type Removing = Extract<Publication, { readonly is: 'removing' }>;

/**
 * Takes down what stands in public, by one press of the desk or the duty officer. The evidence stays. Once more, it
 * tries again what could not be taken down, and that alone: what is on its way down, or asked of somebody, stays so.
 */
export const remove = personCommand('post.remove', z.object({}), (post, _params, person, context) => {
  const refused = whyNotRemove(post, person, context.protocol);
  if (refused !== undefined) return refused;
  const { status } = post;
  if (!('plan' in status)) return nothingToRemove(post);
  const before = Object.entries(publicationsOf(post));
  const parts = before.flatMap(([part, publication]) => (comesDownNow(publication) ? [part] : []));
  const publications = Object.fromEntries(
    before.map(([part, publication]): [string, Publication] => [
      part,
      publication.is === 'published'
        ? { is: 'removing', remote: publication.remote, publishedAt: publication.at }
        : publication.is === 'removing'
          ? comesDownNow(publication)
            ? triedAnew(publication, context.now)
            : publication
          : stop(publication, context.now),
    ]),
  );
  const first = status.is === 'taken-down' ? status : undefined;
  const down: PostState = {
    ...post,
    status: {
      is: 'taken-down',
      by: first?.by ?? person,
      takenDownAt: first?.takenDownAt ?? context.now,
      plan: status.plan,
      review: status.review,
      decidedAt: 'decidedAt' in status ? status.decidedAt : context.now,
      publications,
    },
  };
  return changed(
    {
      post: notAsked(withoutCorrection(down), parts),
      audit: [{ action: 'taken-down', facts: { parts } }],
      effects: takeDownEffects(
        lastToRemove(publications).filter((part) => parts.includes(part)),
        context.now,
      ),
      // What is being changed at this moment still says what came of it.
      drop: [...stageTimerKeys, 'publish:*', 'timer:end'],
    },
    context,
  );
});

/** What is to come down as that is tried anew. What may be gone already may be so still; an attempt under way tells. */
function triedAnew({ remote, publishedAt, begun, tried }: Removing, now: Millis): Publication {
  return {
    is: 'removing',
    remote,
    publishedAt,
    ...(begun === undefined ? {} : { begun: stillBegun(begun) }),
    ...(tried?.unclear === true ? { tried: { since: now, unclear: true } } : {}),
  };
}

/** An attempt at a deletion that is waited for, without what was looked up of it. */
const stillBegun = ({ at, attempt, before }: Begun): Begun => ({
  at,
  attempt,
  ...(before === undefined ? {} : { before }),
});

/** Why somebody does not take it down; undefined where they may. */
export function whyNotRemove(post: PostState, person: string, rules: DeskRules): PostRefusal | undefined {
  if (!isPublic(post)) return nothingToRemove(post);
  return mayRemove(post, person, rules) ? undefined : refusePost('may-not-remove', { may: removers(rules) });
}

/** Why there is nothing of a post to be taken down: nothing of it stands, or all of it is being taken down. */
function nothingToRemove(post: PostState): PostRefusal {
  const stands = downOf(post);
  return stands === undefined || isAllDown(post)
    ? refusePost('not-now', { state: stateOf(post), action: 'remove' })
    : refusePost('being-taken-down', {
        still: stands.still,
        perhaps: stands.perhaps,
        stuck: stands.isStuck && stands.still.length > 0,
      });
}

/** Whether a press takes it down: it stands, was to make room for another, or could not be taken down before. */
const comesDownNow = (publication: Publication): boolean =>
  publication.is === 'published' ||
  (publication.is === 'removing' && (publication.problem !== undefined || publication.instead !== undefined));

/** The post with nobody asked any more to take these parts down by hand: Crier tries it again. */
function notAsked({ byHand = {}, ...post }: PostState, parts: readonly string[]): PostState {
  const left = Object.entries(byHand).filter(
    ([part, { what }]) => what !== 'remove' || !parts.includes(part),
  );
  return left.length === 0 ? post : { ...post, byHand: Object.fromEntries(left) };
}

/**
 * The post with nothing more coming of a correction: one that was asked for is over, of one that was agreed to stays what
 * it did, and what it is changing or posting at this moment, so that it is known which words stood last.
 */
function withoutCorrection(post: PostState): PostState {
  const { correction: asked } = post;
  const settled = endedThere(post);
  const { correction, notCorrected: _gone, notCorrectedBecause: _with, notMade: _words, ...rest } = settled;
  if (correction?.applied !== undefined) return { ...rest, correction };
  if (asked === undefined || asked.applied !== undefined) return rest;
  const { by, at, what } = asked;
  return { ...rest, correctionOver: { by, at, what } };
}
