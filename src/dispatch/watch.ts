import { z } from 'zod';
import { handler, type BoundHandler, type Outcome } from '../core/handler.ts';
import { seconds } from '../core/time.ts';
import { accountBlocked, type Network } from '../networks/network.ts';

/** Reads each account now and then, without leaving anything there: so a dead access is known before a post needs it. */
export function watchHandler(networkOf: (account: string) => Network | undefined): BoundHandler {
  return handler({
    type: 'account.watch',
    schema: z.object({ account: z.string(), starting: z.boolean() }),
    deadline: seconds(30),
    onLostLease: 'again',
    run: async ({ data }, signal): Promise<Outcome> => {
      const read = networkOf(data.account)?.account;
      if (read === undefined) {
        return { outcome: 'done', value: { is: 'unreadable', starting: data.starting } };
      }
      const told = await read(signal);
      if (told.read) {
        return {
          outcome: 'done',
          value: { is: 'connected', ...(told.left === undefined ? {} : { left: Math.floor(told.left) }) },
        };
      }
      return {
        outcome: 'done',
        value: told.reason === accountBlocked ? { is: 'blocked', reason: told.reason } : { is: 'unclear' },
      };
    },
    settled: (run, outcome) =>
      outcome.outcome === 'done'
        ? {
            command: 'account.was-read',
            id: run.id,
            params: { account: run.data.account, read: outcome.value },
          }
        : undefined,
  });
}
