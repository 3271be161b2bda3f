import { z } from 'zod';
import { askedNow, awaited } from '../../approval/review.ts';
import type { Millis } from '../../core/time.ts';
import { makesRoom, type Publication } from '../../dispatch/publication.ts';
import { giveUp } from '../../dispatch/stop.ts';
import { together } from '../../dispatch/together.ts';
import { changed } from '../changed.ts';
import { tell } from '../post-effect.ts';
import { stageTimerKeys } from './set-timers.ts';
import { personCommand, type PostDecision } from '../command.ts';
import { pressed } from './approve.ts';
import { endedThere } from '../correcting/correction-parts.ts';
import { outAgain, statusFrom } from '../leaving/let-go.ts';
import { isOut, notNow } from '../leaving/not-now.ts';
import { unsaidByHand } from '../by-hand/done-by-hand.ts';
import { walkedOf } from './reviews.ts';
import { isPartlyOut, publicationsOf } from '../leaving/what-is-public.ts';
import { droppedBy } from '../correcting/standing.ts';
import { mayTurnDown } from './may.ts';
import type { PostContext, PostState } from '../post.ts';
import { refusePost } from '../refusals.ts';
import { goneOn, notAsDrawn } from './refused-review.ts';

const params = pressed.extend({ note: z.string().max(2_000) });

/** Sends a post back to its author with a note of what to change. */
export const sendBack = personCommand('post.send-back', params, (post, press, person, context) =>
  turnDown(post, press, person, context, 'send-back'),
);

/** Decides that a post is not to be published, with the reason. */
export const refuse = personCommand('post.refuse', params, (post, press, person, context) =>
  turnDown(post, press, person, context, 'refuse'),
);

function turnDown(
  post: PostState,
  press: z.infer<typeof params>,
  person: string,
  context: PostContext,
  how: 'send-back' | 'refuse',
): PostDecision {
  const { status } = post;
  if (status.is !== 'in-review' && (status.is !== 'held' || (how === 'send-back' && isPartlyOut(post)))) {
    return status.is === 'draft'
      ? goneOn(post)
      : (isOut(post, how, person, context.protocol) ?? notNow(post, how));
  }
  const stage = awaited(status.review);
  if (status.review.hash !== press.hash) return notAsDrawn(post, press.hash);
  if (status.review.id !== press.review) return goneOn(post);
  if (stage?.id !== press.stage) {
    const last = [...status.review.decisions, ...status.review.passedOn]
      .filter((each) => each.stage === press.stage)
      .at(-1);
    const look = last !== undefined && !('hash' in last);
    return refusePost('somebody-was-first', {
      by: last?.by ?? '',
      at: last?.at ?? null,
      next: stage?.name ?? '',
      look,
    });
  }
  if (!mayTurnDown(post, person, context.protocol)) {
    return refusePost('not-asked', { asked: askedNow(status.review), stage: stage.name });
  }
  const note = press.note.trim();
  if (note === '') return refusePost('note-needed', { for: how });
  const next =
    how === 'refuse' ? refused(post, person, note, context.now) : sentBack(post, person, note, context.now);
  const hands = unsaidByHand(next).flatMap((part) => next.wasByHand?.[part]?.people ?? []);
  return changed(
    {
      post: next,
      // They heard of the hold alone.
      effects: tell([...new Set(hands)], 'do-not-post', context.now),
      audit: [
        {
          action: how === 'send-back' ? 'sent-back' : 'refused',
          facts: { revision: post.revision.n, plan: press.hash, stage: press.stage },
          personal: { note },
        },
      ],
      drop: [...stageTimerKeys, ...(how === 'refuse' ? ['timer:end'] : [])],
    },
    context,
  );
}

const sentBack = (post: PostState, by: string, note: string, at: Millis): PostState => ({
  ...post,
  status: { is: 'sent-back', by, at, note },
});

/** Nothing more of it goes out. What stands already stays, and can be corrected and taken down. */
function refused(post: PostState, by: string, note: string, now: Millis): PostState {
  const { status } = post;
  // What was to make room for a corrected post stays as it is, unless it began to be deleted: it is as that turns out.
  const publications = Object.fromEntries(
    Object.entries(publicationsOf(post)).map(([part, publication]): [string, Publication] => [
      part,
      publication.is === 'removing' && makesRoom(publication) && publication.begun === undefined
        ? { is: 'published', remote: publication.remote, at: publication.publishedAt }
        : giveUp(publication, now),
    ]),
  );
  const standing = together(Object.values(publications));
  if (status.is !== 'held' || standing === 'stopped') {
    return { ...post, status: { is: 'not-to-be-published', by, at: now, note, ...walkedOf(post) } };
  }
  const settled: PostState = {
    ...post,
    restRefused: {
      by,
      at: now,
      note,
      ...(droppedBy(post) === 'refuseCorrection' ? { only: 'correction' } : {}),
    },
    status: statusFrom({ ...outAgain(status), publications }, now),
  };
  // What a correction had not posted or changed yet is not any more.
  return endedThere(settled);
}
