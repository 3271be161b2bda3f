import { crier } from '../../core/context.ts';
import { z } from 'zod';
import type { Executor } from '../../core/execute.ts';
import { handler, type BoundHandler, type Outcome } from '../../core/handler.ts';
import type { Json } from '../../core/json.ts';
import { seconds } from '../../core/time.ts';
import { accountId } from '../../dispatch/account.ts';
import { mayStandSince } from '../../dispatch/publication.ts';
import type { FindOutcome, Network } from '../../networks/network.ts';
import { postKind, standsAs } from '../kind.ts';
import { publicationsOf } from '../how-it-stands.ts';
import { publicationKey } from '../plan.ts';
import type { PostState } from '../post.ts';
import { blockedWait, freeSlot, slotWait } from './account.ts';
import type { PublishingDeps } from './deps.ts';
import { answering, partData, plannedPart } from './part.ts';
import { callDeadline } from './slots.ts';

/** Looks on the network for a part of which nobody can tell whether it stands. */
export function lookHandler({ executor, networkOf, clock }: PublishingDeps): BoundHandler {
  const lookId = (post: PostState, part: string): string => `look-${publicationKey(post, part).id}`;
  return handler({
    type: 'post.look',
    schema: partData.extend({ attempt: z.string() }),
    deadline: callDeadline,
    onLostLease: 'again',
    before: async (run) => {
      const post = await run.load(postKind);
      const part = plannedPart(post, run.data.part);
      if (post === undefined || part === undefined) return { go: true };
      const taken = await executor.execute({
        command: 'account.take-alone',
        id: accountId(part.account),
        params: {
          publication: lookId(post, part.key),
          holder: run.attempt,
          until: clock() + callDeadline + seconds(30),
        },
        actor: crier,
      });
      if (taken.done) return { go: true };
      return { postpone: taken.refusal.refused === 'account-blocked' ? blockedWait : slotWait };
    },
    run: async (run, signal): Promise<Outcome> => {
      const post = await run.load(postKind);
      const part = plannedPart(post, run.data.part);
      const publication = post === undefined ? undefined : publicationsOf(post)[run.data.part];
      const network = part === undefined ? undefined : networkOf(part.account);
      if (
        post === undefined ||
        part === undefined ||
        network === undefined ||
        publication?.is !== 'unknown'
      ) {
        return { outcome: 'done', value: { look: 'cannot' } };
      }
      const looked = answering(post, part, network);
      if (looked === undefined) return { outcome: 'done', value: { look: 'cannot' } };
      const found = await network.find(
        looked,
        publicationKey(post, part.key),
        mayStandSince(publication),
        signal,
      );
      if (found.found !== true) return { outcome: 'done', value: lookOf(found, network) };
      for (const candidate of found.remotes) {
        if (!(await isOurs(executor, part.account, candidate.remoteId))) {
          return { outcome: 'done', value: { look: 'found', remote: { ...candidate } } };
        }
      }
      return { outcome: 'done', value: lookOf({ found: false }, network) };
    },
    settled: (run, outcome) =>
      outcome.outcome !== 'done'
        ? undefined
        : {
            command: 'post.looked',
            id: run.id,
            params: { part: run.data.part, attempt: run.data.attempt, look: outcome.value },
          },
    after: async (run) => {
      const post = await run.load(postKind);
      const part = plannedPart(post, run.data.part);
      if (post === undefined || part === undefined) return;
      await freeSlot(executor, part.account, { publication: lookId(post, part.key), holder: run.attempt });
    },
  });
}

/** Whether a publication of ours stands as what a network calls by this id: the same words can have gone out twice by intent. */
export async function isOurs(
  executor: Pick<Executor, 'store'>,
  account: string,
  remoteId: string,
): Promise<boolean> {
  const claimed = await executor.store.list({
    kind: postKind.kind,
    index: 'stands-as',
    equals: standsAs(account, { remoteId }),
    limit: 1,
  });
  return claimed.items.length > 0;
}

/** Where looking is possible at all, a look that did not come about says nothing, and another one follows. */
function lookOf(found: Exclude<FindOutcome, { readonly found: true }>, network: Network): Json {
  if (found.found === false) {
    return { look: 'absent', certain: network.canLookUp, ...(found.goesOn === true ? { goesOn: true } : {}) };
  }
  if (network.canLookUp) return { look: 'absent', certain: false };
  return { look: 'cannot', ...(found.lookAt === undefined ? {} : { lookAt: found.lookAt }) };
}
