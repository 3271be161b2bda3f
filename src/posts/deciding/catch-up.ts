import { z } from 'zod';
import type { AuditNote, NewEffect } from '../../core/change.ts';
import { canonical } from '../../core/json.ts';
import { askedUnderProtocol, saidUnderProtocol, withAsked } from '../by-hand/asked-by-hand.ts';
import { changed } from '../changed.ts';
import { tell } from '../post-effect.ts';
import { byHandTimer } from './set-timers.ts';
import { crierCommand, type PostDecision } from '../command.ts';
import { correctedNote } from '../correcting/correction-parts.ts';
import { changedByHand } from '../correcting/corrected-by-hand.ts';
import { isChangedByHand, isDoneByHand } from '../by-hand/done-by-hand.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { isStillOurs } from './may.ts';
import { nextStepOf } from './next-step.ts';
import type { PostContext, PostState } from '../post.ts';
import { withPublication } from '../leaving/publish.ts';
import { refusePost } from '../refusals.ts';
import { handUnsaid } from '../correcting/standing.ts';
import { notDownOf } from '../taking-down/came-down.ts';
import { askedBy } from './who-acts.ts';

/**
 * What nobody would see to by itself: somebody is asked to post or change by hand where the protocol has no account any
 * more, or names others who do, an earlier release could not take something down and asked nobody to, or noted not whose step is the next.
 */
export const catchUp = crierCommand(
  'post.catch-up',
  z.object({}),
  (post, _params, context) =>
    stoppedWhereGone(post, context) ??
    unchangedWhereGone(post, context) ??
    askedUnderProtocol(post, context) ??
    saidUnderProtocol(post, context) ??
    askedToRemove(post, context) ??
    nextStepNoted(post, context) ??
    refusePost('settled-already', {}),
);

/** What somebody was to post by hand on an account that is gone does not go out there; whoever was asked is told. */
function stoppedWhereGone(post: PostState, context: PostContext): PostDecision | undefined {
  const gone = Object.entries(publicationsOf(post)).find(
    ([part, { is }]) => is === 'asked' && !isStillOurs(part, context.protocol),
  );
  if (gone === undefined) return undefined;
  const { now } = context;
  const [part] = gone;
  const stopped = withPublication(
    post,
    {
      part,
      publication: { is: 'failed', reason: 'account-gone', at: now },
      audit: [{ action: 'not-by-hand-any-more', facts: { part } }],
    },
    context,
  );
  if ('refused' in stopped) return stopped;
  const told = tell(post.byHand?.[part]?.people ?? [], 'do-not-post', now);
  return { ...stopped, effects: [...stopped.effects, ...told] };
}

/**
 * What somebody was to change by hand on an account that is gone is changed by nobody any more: they are told, and nobody
 * can tell whether they had.
 */
function unchangedWhereGone(post: PostState, context: PostContext): PostDecision | undefined {
  const part = Object.keys(post.byHand ?? {}).find(
    (each) => isChangedByHand(post, each) && !isStillOurs(each, context.protocol),
  );
  const next = part === undefined ? undefined : changedByHand(post, part, undefined, handUnsaid);
  return part === undefined || next === undefined
    ? undefined
    : changed(
        {
          post: next,
          audit: [correctedNote(post, part, false, handUnsaid)],
          effects: tell(post.byHand?.[part]?.people ?? [], 'do-not-post', context.now),
          drop: [byHandTimer(part)],
        },
        context,
      );
}

/**
 * Whose step is the next, which every command notes, was not noted by earlier releases or under another protocol; nor
 * was by which protocol somebody is asked to change by hand what stands.
 */
function nextStepNoted(post: PostState, { protocol, now }: PostContext): PostDecision | undefined {
  const unnoted = (isDoneByHand(post) || post.byHand !== undefined) && post.askedUnder === undefined;
  return !unnoted && canonical(post.goesOnWith ?? []) === canonical(nextStepOf(post, protocol, now))
    ? undefined
    : { state: unnoted ? { ...post, askedUnder: askedBy(protocol) } : post, audit: [], effects: [] };
}

/** What could not be taken down is asked for by hand, once. */
function askedToRemove(before: PostState, context: PostContext): PostDecision | undefined {
  const parts = notDownOf(before).flatMap(([part]) => (before.byHand?.[part] === undefined ? [part] : []));
  if (parts.length === 0) return undefined;
  let post = before;
  const audit: AuditNote[] = [];
  const told = new Map<string, NewEffect>();
  for (const part of parts) {
    const asked = withAsked(post, part, 'remove', context);
    ({ post } = asked);
    audit.push({ action: 'asked-by-hand', facts: { part, what: 'remove', people: asked.people } });
    for (const each of tell(asked.people, 'not-taken-down', context.now)) told.set(each.key, each);
  }
  return changed({ post, audit, effects: [...told.values()] }, context);
}
