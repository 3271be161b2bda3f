import { crier } from '../../core/context.ts';
import { z } from 'zod';
import type { Executor } from '../../core/execute.ts';
import { handler, type BoundHandler, type EffectRun, type Outcome } from '../../core/handler.ts';
import type { Json } from '../../core/json.ts';
import type { Millis } from '../../core/time.ts';
import { accountId } from '../../dispatch/account.ts';
import { mayStandSince } from '../../dispatch/attempt.ts';
import { lookLasts } from '../../dispatch/look.ts';
import type { FindOutcome, Found, Network } from '../../networks/network.ts';
import { postKind, standsAs } from '../kind.ts';
import { isTooLong, toLeaveFrom } from '../leaving/too-late.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { publicationKey } from '../writing/plan.ts';
import type { PlannedPart, PostState } from '../post.ts';
import { asSent, nameOfBytes, plannedPart, wordsAreLost } from '../leaving/what-was-sent.ts';
import { blockedWait, freeSlot, slotWait } from './account.ts';
import type { PublishingDeps } from './deps.ts';
import { answering, lookedFor, partData } from './part.ts';
import { callDeadline } from './slots.ts';

type NotFound = Exclude<FindOutcome, { readonly found: true }>;

/** Looks on the network for a part of which nobody can tell whether it stands. */
export function lookHandler({ executor, networkOf, stoodStill }: PublishingDeps): BoundHandler {
  /** Looks for what one attempt sent; what another publication of ours stands as is not it. */
  const find = async (
    post: PostState,
    sent: PlannedPart,
    network: Network,
    since: Millis,
    signal: AbortSignal,
  ): Promise<NotFound | { readonly found: true; readonly remote: Found }> => {
    const looked = answering(post, sent, network);
    if (looked === undefined) return { found: 'cannot-look' };
    const found = await network.find(looked, publicationKey(post, sent.key), since, signal);
    if (found.found !== true) return found;
    for (const remote of found.remotes) {
      if (!(await isOurs(executor, sent.account, remote.remoteId))) return { found: true, remote };
    }
    return { found: false };
  };

  /** when each look began to have its account to itself */
  const begun = new WeakMap<EffectRun<unknown>, Millis>();
  const lookId = (post: PostState, part: string): string => `look-${publicationKey(post, part).id}`;
  return handler({
    type: 'post.look',
    schema: partData.extend({ attempt: z.string() }),
    deadline: callDeadline,
    onLostLease: 'again',
    before: async (run) => {
      const began = run.now;
      begun.set(run, began);
      const post = await run.load(postKind);
      const part = plannedPart(post, run.data.part);
      if (post === undefined || part === undefined) return { go: true };
      // Nobody can connect an account again that the protocol does not have any more: somebody is asked instead.
      if (networkOf(part.account) === undefined) return { go: true };
      const taken = await executor.execute({
        command: 'account.take-alone',
        id: accountId(part.account),
        params: {
          publication: lookId(post, part.key),
          holder: run.attempt,
          until: began + lookLasts,
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
      const since = mayStandSince(publication);
      const late = isTooLong(stoodStill(toLeaveFrom(part, publication.since))) ? { late: true } : {};
      const outcomes: NotFound[] = [];
      for (const sent of asSent(post, part)) {
        const found = await find(post, sent, network, since, signal);
        if (found.found === true) {
          const { at, ...remote } = found.remote;
          const stood = at === undefined ? {} : { at };
          const value = { look: 'found', remote, ...stood, says: nameOfBytes(sent.bytes), ...late };
          return { outcome: 'done', value };
        }
        outcomes.push(found);
      }
      // What was not found of words that nobody kept may stand all the same.
      const value = wordsAreLost(post, part.key)
        ? { look: 'cannot' }
        : { ...lookOf(togetherOf(outcomes), network), ...late };
      return { outcome: 'done', value };
    },
    settled: (run, outcome) => lookedFor('post.looked', run, outcome, begun.get(run)),
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

/** What was not found of any of them: one that could not be looked for says that nothing is certain. */
const togetherOf = (outcomes: readonly NotFound[]): NotFound =>
  outcomes.find(({ found }) => found === 'cannot-look') ?? outcomes[0] ?? { found: 'cannot-look' };

/** Where looking is possible at all, a look that did not come about says nothing, and another one follows. */
function lookOf(found: NotFound, network: Network): Readonly<Record<string, Json>> {
  if (found.found === false) {
    return {
      look: 'absent',
      certain: network.canLookUp,
      ...(found.goesOn === true ? { goesOn: true } : {}),
    };
  }
  if (network.canLookUp) return { look: 'absent', certain: false };
  return { look: 'cannot', ...(found.lookAt === undefined ? {} : { lookAt: found.lookAt }) };
}
