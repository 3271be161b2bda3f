import { handler, type BoundHandler, type Outcome } from '../../core/handler.ts';
import { accountId, accountKind } from '../../dispatch/account.ts';
import type { Publication } from '../../dispatch/publication.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { accountBlocked } from '../../networks/network.ts';
import { postKind } from '../kind.ts';
import { publicationsOf } from '../how-it-stands.ts';
import { stoppedByRule } from '../leaving.ts';
import { agreersGone } from '../who-acts.ts';
import { publicationKey, readPart } from '../plan.ts';
import { block, blockedWait, isBlocked, waitsForConnection, waitsForDesk } from './account.ts';
import { rightInPlace } from '../still-to-change.ts';
import type { PublishingDeps } from './deps.ts';
import { recorded, repeatable, waiting } from './outcome.ts';
import { partData, standingAs } from './part.ts';
import { callDeadline } from './slots.ts';

/** Puts a part right where it stands, on networks that let a post be changed. */
export function putRightHandler({ executor, networkOf, rules }: PublishingDeps): BoundHandler {
  return handler({
    type: 'post.put-right',
    schema: partData,
    deadline: callDeadline,
    onLostLease: 'again',
    before: async (run) => {
      const { part } = run.data;
      const post = await run.load(postKind);
      // Another correction that was asked for since changes nothing before somebody agrees to it.
      if (post === undefined || rightInPlace(post, part) === undefined) return { drop: true };
      const stopped = stoppedByRule(post, part, run.now, rules());
      if (stopped !== undefined) return { drop: true, giving: stopped };
      if (agreersGone(post, rules()).length > 0) return waitsForDesk(post);
      const account = (await executor.load(accountKind, accountId(accountOf(part))))?.state;
      if (account?.blocked === undefined) return { go: true };
      const isTold = post.correction?.applied?.waits?.[part] === accountBlocked;
      const params = { part, reason: accountBlocked };
      return isTold
        ? { postpone: blockedWait }
        : { postpone: blockedWait, giving: { command: 'post.correction-waits', id: run.id, params } };
    },
    run: async (run, signal): Promise<Outcome> => {
      const post = await run.load(postKind);
      const right = post === undefined ? undefined : rightInPlace(post, run.data.part);
      const publication: Publication | undefined =
        post === undefined ? undefined : publicationsOf(post)[run.data.part];
      if (post === undefined || right === undefined || publication?.is !== 'published')
        return { outcome: 'refused', reason: 'nothing-stands' };
      const { planned: part, what } = right;
      const network = networkOf(part.account);
      const edit = network?.edit;
      if (network === undefined) return { outcome: 'refused', reason: 'account-gone' };
      if (edit === undefined) return { outcome: 'refused', reason: 'cannot-edit' };
      const key = publicationKey(post, part.key);
      const remote = standingAs(publication.remote, network);
      const answer = await edit(remote, readPart(part), key, what, signal);
      if (isBlocked(answer)) {
        await block(executor, part.account);
        return waitsForConnection;
      }
      return repeatable(answer);
    },
    settled: (run, outcome) =>
      outcome.outcome === 'retry'
        ? waiting(run, 'post.correction-waits', outcome)
        : recorded(run.id, 'post.put-right', run.data.part, outcome, correctedParams),
  });
}

const correctedParams = (part: string, problem: string | undefined) => ({
  part,
  ok: problem === undefined,
  ...(problem === undefined ? {} : { reason: problem }),
});
