import { z } from 'zod';
import { mayBeGone } from '../../dispatch/perhaps-gone.ts';
import type { Publication } from '../../dispatch/publication.ts';
import { changed } from '../changed.ts';
import { crierCommand, type PostDecision } from '../command.ts';
import { correctedNote } from '../correcting/correction-parts.ts';
import { changedByHand } from '../correcting/corrected-by-hand.ts';
import { heldForBlocks } from './hold.ts';
import { tell } from '../post-effect.ts';
import type { PostContext, PostState } from '../post.ts';
import { byHandTimer } from '../deciding/set-timers.ts';
import { settledCorrection } from '../correcting/put-right.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { isAfterwards, ruleStops, stoppedOfHands } from '../leaving/leaving.ts';
import { withPublication } from '../leaving/publish.ts';
import { refusePost } from '../refusals.ts';
import { removedPart, lookedUp } from '../taking-down/take-down.ts';

/**
 * A rule has come to stop what a part of what is public was still to say: it is not sent, not put right, and makes room
 * for nothing. What stands stays, and other words can be asked for.
 */
export const stopByRule = crierCommand(
  'post.stop-by-rule',
  z.object({ part: z.string() }),
  (post, { part }, context) => {
    const publication = publicationsOf(post)[part];
    switch (publication?.is) {
      case 'published':
        return settledCorrection(post, { part, ok: false, reason: ruleStops }, context);
      case 'removing':
        return mayBeGone(publication)
          ? lookedUp(
              post,
              part,
              { ...publication, begun: { ...publication.begun, ends: ruleStops } },
              context,
            )
          : removedPart(post, part, ruleStops, context);
      case 'queued': {
        const stopped: Publication = { is: 'failed', reason: ruleStops, at: context.now };
        const note = { action: 'stopped-by-rule', facts: { part } };
        return withPublication(post, { part, publication: stopped, audit: [note] }, context);
      }
      default:
        return refusePost('settled-already', {});
    }
  },
);

/**
 * What somebody is asked to say by hand and a rule has come to stop is asked of nobody any more, as what is to leave by
 * itself does not: all that has not left is held, so that somebody decides again; of what was public before, the part
 * alone is stopped. Whoever has done it already can still say so. Undefined: nothing is stopped.
 */
export function stoppedByHand(post: PostState, context: PostContext): PostDecision | undefined {
  const [part] = stoppedOfHands(post, context.now, context.protocol);
  if (part === undefined) return undefined;
  if (!isAfterwards(post)) return heldForBlocks(post, context);
  const note = { action: 'stopped-by-rule', facts: { part } };
  const stopped: Publication = { is: 'failed', reason: ruleStops, at: context.now };
  if (publicationsOf(post)[part]?.is === 'asked')
    return withPublication(post, { part, publication: stopped, audit: [note] }, context);
  const next = changedByHand(post, part, undefined, ruleStops);
  return next === undefined
    ? undefined
    : changed(
        {
          post: next,
          audit: [correctedNote(post, part, false, ruleStops)],
          effects: tell(post.byHand?.[part]?.people ?? [], 'do-not-post', context.now),
          drop: [byHandTimer(part)],
        },
        context,
      );
}
