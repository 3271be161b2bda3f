import { crier } from '../core/context.ts';
import { z } from 'zod';
import type { Executor } from '../core/execute.ts';
import { handler, type BoundHandler } from '../core/handler.ts';
import { seconds } from '../core/time.ts';
import { waitsForAccount } from '../dispatch/publication.ts';
import { accountOf } from '../dispatch/thread.ts';
import { accountBlocked } from '../networks/network.ts';
import { changed, effect } from './changed.ts';
import { crierCommand } from './command.ts';
import { holdable } from './holdable.ts';
import { publicationsOf } from './how-it-stands.ts';
import type { PostState } from './post.ts';
import { withPublication } from './publish.ts';
import { refusePost } from './refusals.ts';

/** Records that a part can not leave until its account is connected again, so that its card says so. */
export const waitForAccount = crierCommand(
  'post.wait',
  z.object({ part: z.string() }),
  (post, { part }, context) => {
    const publication = publicationsOf(post)[part];
    if (publication?.is !== 'queued' || waitsForAccount(publication)) {
      return refusePost('settled-already', {});
    }
    // Its time has come, or it is not there yet.
    const { shownFrom: _passed, ...queued } = publication;
    const waits = { ...queued, lastReason: accountBlocked };
    const note = { action: 'waits-for-account', facts: { part } };
    return withPublication(post, part, waits, [note], context, { next: 'comes-again' });
  },
);

/** An account is connected again: what waited for it leaves now. */
export const leaveAgain = crierCommand(
  'post.leave-again',
  z.object({ account: z.string() }),
  (post, { account }, context) => {
    const parts = waitingOn(post, account);
    if (parts.length === 0 || !('decidedAt' in post.status)) return refusePost('settled-already', {});
    return changed(
      {
        post,
        audit: [{ action: 'account-connected', facts: { parts } }],
        effects: parts.map((part) =>
          effect(`publish:${part}`, { type: 'post.publish', data: { part } }, context.now),
        ),
      },
      context,
    );
  },
);

const waitingOn = (post: PostState, account: string): readonly string[] =>
  Object.keys(publicationsOf(post)).filter(
    (part) => accountOf(part) === account && waitsForAccount(publicationsOf(post)[part]),
  );

/** Tells every post that waits for an account that it is connected again. May be repeated. */
export function connectedHandler(executor: Executor): BoundHandler {
  return handler({
    type: 'account.connected',
    schema: z.object({ account: z.string() }),
    deadline: seconds(60),
    onLostLease: 'again',
    run: async ({ data: { account } }) => {
      for await (const post of holdable(executor)) {
        if (waitingOn(post, account).length === 0) continue;
        await executor.execute({
          command: 'post.leave-again',
          id: post.id,
          params: { account },
          actor: crier,
        });
      }
      return { outcome: 'done' };
    },
  });
}
