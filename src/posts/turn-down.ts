import { z } from 'zod';
import { awaited } from '../approval/review.ts';
import { changed, stageTimerKeys } from './changed.ts';
import { personCommand, type PostDecision } from './command.ts';
import { pressed } from './approve.ts';
import { mayTurnDown } from './may.ts';
import type { PostContext, PostState, Status } from './post.ts';
import { refusePost } from './refusals.ts';

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
  if (status.is !== 'in-review' && !(status.is === 'held' && status.out === undefined)) {
    return status.is === 'draft'
      ? refusePost('edited-since', {})
      : refusePost('not-now', { state: status.is, action: how });
  }
  const stage = awaited(status.review);
  if (status.review.hash !== press.hash || status.review.id !== press.review)
    return refusePost('edited-since', {});
  if (stage?.id !== press.stage) {
    const last = [...status.review.decisions, ...status.review.passedOn]
      .filter((each) => each.stage === press.stage)
      .at(-1);
    const look = last !== undefined && !('hash' in last);
    return refusePost('somebody-was-first', { by: last?.by ?? '', next: stage?.name ?? '', look });
  }
  if (!mayTurnDown(post, person, context.protocol)) {
    return refusePost('not-asked', { asked: stage.people, stage: stage.name });
  }
  const note = press.note.trim();
  if (note === '') return refusePost('note-needed', { for: how });
  const settled: Status =
    how === 'send-back'
      ? { is: 'sent-back', by: person, at: context.now, note }
      : { is: 'not-to-be-published', by: person, at: context.now, note };
  return changed(
    {
      post: { ...post, status: settled },
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
