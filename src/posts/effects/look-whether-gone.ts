import { z } from 'zod';
import { handler, type BoundHandler, type EffectRun } from '../../core/handler.ts';
import type { Millis } from '../../core/time.ts';
import type { GoneLook } from '../../dispatch/perhaps-gone.ts';
import { accountOf } from '../../dispatch/thread.ts';
import type { Network, Standing } from '../../networks/network.ts';
import { isLookedUp } from '../correcting/deletions-begun.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { postKind } from '../kind.ts';
import { publicationKey } from '../writing/plan.ts';
import type { PublishingDeps } from './deps.ts';
import { lookedFor, partData, standingAs } from './part.ts';
import { callDeadline } from './slots.ts';

/** Looks on the network whether something is gone that was being deleted when that was held, or given up. */
export function lookWhetherGoneHandler({ networkOf }: PublishingDeps): BoundHandler {
  /** when each look began */
  const begun = new WeakMap<EffectRun<unknown>, Millis>();
  return handler({
    type: 'post.look-whether-gone',
    schema: partData.extend({ attempt: z.string() }),
    deadline: callDeadline,
    onLostLease: 'again',
    run: async (run, signal) => {
      begun.set(run, run.now);
      const post = await run.load(postKind);
      const { part } = run.data;
      const publication = post === undefined ? undefined : publicationsOf(post)[part];
      if (post === undefined || publication === undefined || !isLookedUp(post, publication))
        return { outcome: 'done', value: 'not-now' };
      const network = networkOf(accountOf(part));
      if (network === undefined) return { outcome: 'done', value: 'cannot' };
      const remote = standingAs(publication.remote, network);
      const found = await network.stands(remote, publicationKey(post, part), signal);
      return { outcome: 'done', value: lookOf(found, network) };
    },
    settled: (run, outcome) => lookedFor('post.looked-whether-gone', run, outcome, begun.get(run)),
  });
}

/** Where looking is possible at all, a look that did not come about says nothing, and another one follows. */
function lookOf(found: Standing, network: Network): GoneLook {
  if (found !== 'unseen') return found;
  return network.canLookUp ? 'not-now' : 'cannot';
}
