import { handler, type BoundHandler, type Outcome } from '../../core/handler.ts';
import { accountOf } from '../../dispatch/thread.ts';
import {
  noClearAnswer,
  type BroughtThere,
  type Network,
  type PublicationKey,
  type PublishOutcome,
} from '../../networks/network.ts';
import { postKind } from '../kind.ts';
import { leftBehind, seenThere } from '../leaving/brought.ts';
import { remote } from '../remote.ts';
import { publicationKey } from '../writing/plan.ts';
import { block, isBlocked } from './account.ts';
import type { PublishingDeps } from './deps.ts';
import { repeatable } from './outcome.ts';
import { partData } from './part.ts';
import { callDeadline } from './slots.ts';

/** After so many attempts of which nobody can tell what they did, a person is told. */
const mostUnclear = 8;

/** Deletes a film that was brought to its network, where its post does not go out. What somebody else shows there is theirs. */
export function deleteFilmHandler({ executor, networkOf }: PublishingDeps): BoundHandler {
  return handler({
    type: 'post.delete-film',
    schema: partData,
    deadline: callDeadline,
    onLostLease: 'again',
    before: async (run) => {
      const post = await run.load(postKind);
      return post !== undefined && leftBehind(post, run.now).includes(run.data.part)
        ? { go: true }
        : { drop: true };
    },
    run: async (run, signal): Promise<Outcome> => {
      const post = await run.load(postKind);
      const { part } = run.data;
      if (post === undefined) return { outcome: 'done' };
      const network = networkOf(accountOf(part));
      if (network === undefined) return { outcome: 'refused', reason: 'account-gone' };
      const key = publicationKey(post, part);
      const there = await network.unseen?.(key, signal);
      if (there === undefined) return { outcome: 'done' };
      const answer = await deleted(there, network, key, signal);
      if (isBlocked(answer)) await block(executor, accountOf(part));
      const isInVain = answer.outcome === 'unknown' && run.attempts >= mostUnclear;
      const outcome: Outcome = isInVain
        ? { outcome: 'refused', reason: noClearAnswer }
        : repeatable(answer, run);
      return outcome.outcome === 'refused' && !('outcome' in there)
        ? { ...outcome, value: { remoteId: there.remoteId, url: there.url } }
        : outcome;
    },
    settled: ({ id, data: { part } }, outcome) => {
      const { data: at } = remote.safeParse('value' in outcome ? outcome.value : undefined);
      const command = 'post.film-deleted';
      switch (outcome.outcome) {
        case 'done':
          return { command, id, params: { part, ...(at === undefined ? {} : { video: at.remoteId }) } };
        case 'refused': {
          const url = at === undefined ? {} : { url: at.url };
          return { command, id, params: { part, problem: outcome.reason, ...url } };
        }
        default:
          return undefined;
      }
    },
  });
}

async function deleted(
  there: BroughtThere | PublishOutcome,
  network: Network,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  if ('outcome' in there) return there;
  if (there.seen === true) return { outcome: 'refused', reason: seenThere };
  return await network.remove(there, key, signal);
}
