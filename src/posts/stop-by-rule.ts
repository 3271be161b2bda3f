import { z } from 'zod';
import { mayBeGone } from '../dispatch/perhaps-gone.ts';
import type { Publication } from '../dispatch/publication.ts';
import { crierCommand } from './command.ts';
import { settledCorrection } from './put-right.ts';
import { lookedUp } from './looked-up.ts';
import { publicationsOf } from './what-is-public.ts';
import { ruleStops } from './leaving.ts';
import { withPublication } from './publish.ts';
import { refusePost } from './refusals.ts';
import { removedPart } from './remove.ts';

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
        return settledCorrection(post, part, false, ruleStops, context);
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
        return withPublication(post, part, stopped, [note], context);
      }
      default:
        return refusePost('settled-already', {});
    }
  },
);
