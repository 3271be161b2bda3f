import { handler, type BoundHandler, type Outcome } from '../../core/handler.ts';
import { permittedBy } from '../../core/permit.ts';
import { makesRoom, roomWaitsForAccount } from '../../dispatch/publication.ts';
import { accountOf, isLastToRemove } from '../../dispatch/thread.ts';
import { accountBlocked } from '../../networks/network.ts';
import { postKind } from '../kind.ts';
import { publicationsOf } from '../how-it-stands.ts';
import { stoppedByRule } from '../leaving.ts';
import { agreersGone } from '../who-acts.ts';
import { publicationKey } from '../plan.ts';
import {
  block,
  closed,
  freeSlot,
  heldWait,
  isBlocked,
  letBegin,
  waitsForConnection,
  waitsForDesk,
  withoutSlot,
} from './account.ts';
import type { PublishingDeps } from './deps.ts';
import { recorded, repeatable, whyAgain } from './outcome.ts';
import { partData, standingAs } from './part.ts';
import { callDeadline, slotsOf } from './slots.ts';

/** Takes a part down from where it stands. */
export function takeDownHandler(deps: PublishingDeps): BoundHandler {
  const { executor, networkOf, rules, clock } = deps;
  const slots = slotsOf(deps);

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
      // Held: once it is let go on, this is asked for again.
      if (!('decidedAt' in post.status)) return { postpone: heldWait };
      // Nobody can connect an account again that the protocol does not have any more: its start ends there, and says so.
      if (networkOf(accountOf(run.data.part)) === undefined) return { go: true };
      const stopped = stoppedByRule(post, run.data.part, run.now, rules());
      if (stopped !== undefined) return { drop: true, giving: stopped };
      if (agreersGone(post, rules()).length > 0) return waitsForDesk(post);
      const slot = { publication: publicationKey(post, run.data.part).id, decidedAt: post.status.decidedAt };
      const taken = await slots.take(run, post, run.data.part, slot);
      if (taken.done) return { go: true };
      const params = { part: run.data.part, reason: accountBlocked };
      const blocked = { command: 'post.removal-waits', id: run.id, params };
      const isTold = roomWaitsForAccount(publication);
      return withoutSlot(run.id, taken.refusal, isTold ? undefined : blocked, clock());
    },
    run: async (run, signal): Promise<Outcome> => {
      const post = await run.load(postKind);
      const { part } = run.data;
      const publication = post === undefined ? undefined : publicationsOf(post)[part];
      if (post === undefined || publication?.is !== 'removing') return { outcome: 'done' };
      // By its key alone: what stands comes down although a correction may have planned fewer posts.
      const network = networkOf(accountOf(part));
      if (network === undefined) return { outcome: 'refused', reason: 'account-gone' };
      const remote = standingAs(publication.remote, network);
      if (slots.has(run)) {
        permittedBy(async () => await slots.stillOpen(run), signal);
        if (!(await letBegin(signal))) return closed;
      }
      const answer = await network.remove(remote, publicationKey(post, part), signal);
      if (isBlocked(answer)) {
        await block(executor, accountOf(part));
        // What is simply to come down is public all the while: somebody is asked to do that by hand.
        if (makesRoom(publication)) return waitsForConnection;
      }
      return repeatable(answer);
    },
    settled: (run, outcome) => {
      const { part } = run.data;
      if (outcome.outcome !== 'retry') return recorded(run.id, 'post.removed', part, outcome, removedParams);
      const { reason, told } = whyAgain(run, outcome);
      return told ? { command: 'post.removal-waits', id: run.id, params: { part, reason } } : undefined;
    },
    after: async (run) => {
      const post = await run.load(postKind);
      if (post === undefined || !slots.has(run)) return;
      await freeSlot(executor, accountOf(run.data.part), {
        publication: publicationKey(post, run.data.part).id,
        holder: run.attempt,
      });
    },
  });
}

const removedParams = (part: string, problem: string | undefined) =>
  problem === undefined ? { part } : { part, problem };
