import { z } from 'zod';
import { handler, type BoundHandler, type EffectRun, type Outcome } from '../../core/handler.ts';
import { makesRoom, roomWaitsForAccount } from '../../dispatch/publication.ts';
import { isRemovalUnclear } from '../../dispatch/tried.ts';
import { accountOf, isLastToRemove } from '../../dispatch/thread.ts';
import { accountBlocked } from '../../networks/network.ts';
import { postKind } from '../kind.ts';
import { isLookedUp } from '../correcting/deletions-begun.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { publicationKey } from '../writing/plan.ts';
import { known } from '../taking-down/take-down.ts';
import { block, closed, heldWait, isBlocked, waitsForConnection } from './account.ts';
import { changesOf } from './change.ts';
import type { PublishingDeps } from './deps.ts';
import { atLeisure, isUnheardOf, recorded, repeatable, whyAgain } from './outcome.ts';
import { partData, standingAs } from './part.ts';
import { callDeadline } from './slots.ts';

/** Takes a part down from where it stands. */
export function takeDownHandler(deps: PublishingDeps): BoundHandler {
  const { executor, networkOf } = deps;
  const changes = changesOf(deps);

  return handler({
    type: 'post.take-down',
    schema: partData,
    deadline: callDeadline,
    onLostLease: 'again',
    before: async (run) => {
      const post = await run.load(postKind);
      const removing = post !== undefined && publicationsOf(post)[run.data.part]?.is === 'removing';
      // What answers it was found meanwhile and comes down first; then this is asked for again.
      if (!removing) return { go: true };
      const publications = publicationsOf(post);
      if (!isLastToRemove(publications, run.data.part)) return { drop: true };
      const publication = publications[run.data.part];
      // What is simply taken down comes down always. What makes room leaves by the decision on what takes its place,
      // and so never while the account is stopped: it would be gone, and nothing in its place.
      if (publication === undefined || !makesRoom(publication)) return { go: true };
      // It may be gone, which is looked up: nothing is deleted by a decision that does not count, or not any more.
      if (isLookedUp(post, publication)) return { drop: true };
      // Held: once it is let go on, this is asked for again.
      if (!('decidedAt' in post.status)) return { postpone: heldWait };
      const { part } = run.data;
      const slot = { publication: publicationKey(post, part).id, decidedAt: post.status.decidedAt };
      const waits = {
        command: 'post.removal-waits',
        id: run.id,
        params: { part, reason: accountBlocked, told: true },
      };
      return await changes.mayBegin(run, post, slot, roomWaitsForAccount(publication) ? undefined : waits);
    },
    started: (run) => ({
      command: 'post.begin-removal',
      id: run.id,
      params: { part: run.data.part, attempt: run.attempt },
    }),
    run: async (run, signal): Promise<Outcome> => {
      const post = await run.load(postKind);
      const { part } = run.data;
      const publication = post === undefined ? undefined : publicationsOf(post)[part];
      if (post === undefined || publication?.is !== 'removing') return { outcome: 'done' };
      // By its key alone: what stands comes down although a correction may have planned fewer posts.
      const network = networkOf(accountOf(part));
      if (network === undefined) return { outcome: 'refused', reason: 'account-gone' };
      const remote = standingAs(publication.remote, network);
      if (!(await changes.mayLeave(run, signal))) return closed;
      const key = publicationKey(post, part);
      // It may be gone: where the network can tell, it is not asked for once more what is done already.
      const seen = isRemovalUnclear(publication) ? await network.stands(remote, key, signal) : undefined;
      if (seen === 'gone') return { outcome: 'done' };
      const answer = await network.remove(remote, key, signal);
      if (isBlocked(answer)) {
        await block(executor, accountOf(part));
        // What is simply to come down is public all the while: somebody is asked to do that by hand.
        if (makesRoom(publication)) return waitsForConnection;
      }
      const outcome = repeatable(answer, run);
      // Such an answer has come after it was done, which only a look tells.
      const isUnclear = outcome.outcome === 'refused' && isUnheardOf(answer);
      const found = isUnclear ? await network.stands(remote, key, signal) : seen;
      if (isUnclear && found === 'gone') return { outcome: 'done' };
      // What makes room is looked up until nothing of the attempt can arrive any more.
      const isSeen = found === 'there' && !makesRoom(publication);
      const is = isSeen ? 'stands' : isUnclear ? 'unclear' : undefined;
      return atLeisure(withWhatIsKnown(outcome, is, run), publication.tried?.asked === true);
    },
    settled: (run, outcome) => {
      const { part } = run.data;
      const { attempt } = run;
      return outcome.outcome === 'retry'
        ? {
            command: 'post.removal-waits',
            id: run.id,
            params: { part, attempt, ...whyAgain(run, outcome), ...knownBy(outcome) },
          }
        : recorded(run.id, 'post.removed', part, outcome, (_part, problem) =>
            problem === undefined ? { part, attempt } : { part, attempt, problem, ...knownBy(outcome) },
          );
    },
    after: async (run) => {
      const post = await run.load(postKind);
      if (post !== undefined) await changes.ended(run, publicationKey(post, run.data.part).id);
    },
  });
}

const withKnown = z.object({ known });

/** An outcome that did not take it down, with what is known of whether it stands. */
function withWhatIsKnown(
  outcome: Outcome,
  is: z.infer<typeof known> | undefined,
  run: EffectRun<unknown>,
): Outcome {
  if (is === undefined) return outcome;
  switch (outcome.outcome) {
    case 'retry':
      return { ...outcome, value: { reason: whyAgain(run, outcome).reason, known: is } };
    case 'refused':
      return { ...outcome, value: { known: is } };
    default:
      return outcome;
  }
}

/** What an outcome says of whether it stands. */
function knownBy(outcome: Outcome): Partial<z.infer<typeof withKnown>> {
  const told = withKnown.safeParse('value' in outcome ? outcome.value : undefined);
  return told.success ? told.data : {};
}
