import { crier } from '../../core/context.ts';
import { z } from 'zod';
import type { Executor } from '../../core/execute.ts';
import { handler, type BoundHandler } from '../../core/handler.ts';
import { seconds } from '../../core/time.ts';
import { accountId } from '../../dispatch/account.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { postKind } from '../kind.ts';
import { publicationsOf } from './what-is-public.ts';

/**
 * Tells an account what stands there and it does not know from a slot: posted by hand, found by looking, or said to be
 * there; and that it never did, where that was said by mistake. May be repeated.
 */
export function noteLastHandler(executor: Executor): BoundHandler {
  return handler({
    type: 'post.note-last',
    schema: z.object({ part: z.string() }),
    deadline: seconds(20),
    onLostLease: 'again',
    run: async (run) => {
      const { part } = run.data;
      const post = await run.load(postKind);
      const publication = post === undefined ? undefined : publicationsOf(post)[part];
      if (post === undefined) return { outcome: 'done' };
      const id = accountId(accountOf(part));
      if (publication?.is === 'asked' || publication?.is === 'stopped') {
        const params = { number: post.number };
        await executor.execute({ command: 'account.forget-last', id, params, actor: crier });
        return { outcome: 'done' };
      }
      if (publication?.is !== 'published') return { outcome: 'done' };
      const { at } = publication;
      await executor.execute({
        command: 'account.note-last',
        id,
        params: { number: post.number, at },
        actor: crier,
      });
      return { outcome: 'done' };
    },
  });
}
