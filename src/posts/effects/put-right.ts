import type { CommandCall } from '../../core/aggregate.ts';
import { handler, type BoundHandler, type Outcome } from '../../core/handler.ts';
import type { Publication } from '../../dispatch/publication.ts';
import { accountBlocked, noClearAnswer } from '../../networks/network.ts';
import { postKind } from '../kind.ts';
import { changesAskedFor } from '../correcting/correction-goes-on.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { changeKey, publicationKey, readPart } from '../writing/plan.ts';
import { block, closed, isBlocked, waitsForConnection } from './account.ts';
import { changesOf } from './change.ts';
import { rightInPlace } from '../correcting/right-in-place.ts';
import type { PublishingDeps } from './deps.ts';
import { atLeisure, isUnheardOf, recorded, repeatable, whyAgain } from './outcome.ts';
import { partData, standingAs } from './part.ts';
import { callDeadline } from './slots.ts';

/** Puts a part right where it stands, on networks that let a post be changed. */
export function putRightHandler(deps: PublishingDeps): BoundHandler {
  const { executor, networkOf } = deps;
  const changes = changesOf(deps);

  return handler({
    type: 'post.put-right',
    schema: partData,
    deadline: callDeadline,
    onLostLease: 'again',
    before: async (run) => {
      const { part } = run.data;
      const post = await run.load(postKind);
      const applied = post?.correction?.applied;
      // Another correction that was asked for since changes nothing before somebody agrees to it.
      if (post === undefined || applied === undefined || rightInPlace(post, part) === undefined)
        return { drop: true };
      const waits = (params: object): CommandCall => ({
        command: 'post.correction-waits',
        id: run.id,
        params: { part, told: true, ...params },
      });
      // The process that had begun to change it is gone: before anything else that is over, and nobody can tell whether
      // it came to anything.
      const attempt = applied.underWay?.[part];
      if (attempt !== undefined) return { postpone: 0, giving: waits({ attempt, told: false }) };
      // Held, or not wanted any more: letting it go on asks for it again.
      if (post.status.is === 'held') return { drop: true };
      if (applied.over === true) return { drop: true, giving: waits({}) };
      // What was let go on after a hold was decided then.
      const letGo = 'decidedAt' in post.status ? post.status.decidedAt : 0;
      const slot = { publication: changeKey(post, part), decidedAt: Math.max(applied.at, letGo) };
      const isTold = applied.waits?.[part] === accountBlocked;
      return await changes.mayBegin(run, post, slot, isTold ? undefined : waits({ reason: accountBlocked }));
    },
    started: (run) => ({
      command: 'post.begin-change',
      id: run.id,
      params: { part: run.data.part, attempt: run.attempt },
    }),
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
      if (!(await changes.mayLeave(run, signal))) return closed;
      const key = publicationKey(post, part.key);
      const remote = standingAs(publication.remote, network);
      const answer = await edit(remote, readPart(part), key, what, signal);
      if (isBlocked(answer)) {
        await block(executor, part.account);
        return waitsForConnection;
      }
      const outcome = repeatable(answer, run);
      // Such an answer has come after it was done, and no look tells which words something has.
      if (outcome.outcome === 'refused' && isUnheardOf(answer))
        return { outcome: 'refused', reason: noClearAnswer };
      return atLeisure(outcome, changesAskedFor(post).includes(run.data.part));
    },
    settled: (run, outcome) => {
      const { part } = run.data;
      const { attempt } = run;
      return outcome.outcome === 'retry'
        ? {
            command: 'post.correction-waits',
            id: run.id,
            params: { part, attempt, ...whyAgain(run, outcome) },
          }
        : recorded(run.id, 'post.put-right', part, outcome, (_part, problem) => ({
            part,
            attempt,
            ok: problem === undefined,
            ...(problem === undefined ? {} : { reason: problem }),
          }));
    },
    after: async (run) => {
      const post = await run.load(postKind);
      if (post !== undefined) await changes.ended(run, changeKey(post, run.data.part));
    },
  });
}
