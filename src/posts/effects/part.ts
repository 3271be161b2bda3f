import { z } from 'zod';
import type { CommandCall } from '../../core/aggregate.ts';
import type { EffectRun, Outcome } from '../../core/handler.ts';
import { saidByPerson } from '../../dispatch/said.ts';
import { before } from '../../dispatch/thread.ts';
import type { Millis } from '../../core/time.ts';
import type { Network, PlanPart, Remote } from '../../networks/network.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { readPart } from '../writing/plan.ts';
import type { PlannedPart, PostState } from '../post.ts';

/** What an effect about one part carries: the part's key. */
export const partData = z.object({ part: z.string() });

/**
 * The part as it leaves or is looked for: a thread's later posts with where the one before stands. Undefined when
 * that does not stand, or nobody can tell which post it is.
 */
export function answering(post: PostState, part: PlannedPart, network: Network): PlanPart | undefined {
  const frozen = readPart(part);
  const earlier = before(part.key);
  // A reply that corrects was frozen with what it stands under.
  if (earlier === undefined) {
    return frozen.replyTo === undefined
      ? frozen
      : { ...frozen, replyTo: standingAs(frozen.replyTo, network) };
  }
  const publication = publicationsOf(post)[earlier];
  if (publication?.is !== 'published') return undefined;
  return { ...frozen, replyTo: standingAs(publication.remote, network) };
}

/** Where something stands; of what a person found, the network's id stands in the link that they gave. */
export function standingAs(remote: Remote, network: Network): Remote {
  if (remote.remoteId !== saidByPerson) return remote;
  const remoteId = network.idIn?.(remote.url);
  return remoteId === undefined ? remote : { ...remote, remoteId };
}

type LookRun = EffectRun<{ readonly part: string; readonly attempt: string }>;

/** What a look for a part saw, for the command that records it; one that did not come about gives nothing. */
export const lookedFor = (
  command: string,
  { id, data: { part, attempt } }: LookRun,
  outcome: Outcome,
  began: Millis | undefined,
): CommandCall | undefined =>
  outcome.outcome === 'done'
    ? { command, id, params: { part, attempt, look: outcome.value, began } }
    : undefined;
