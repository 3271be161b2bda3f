import { z } from 'zod';
import { handler, type BoundHandler, type Outcome } from '../core/handler.ts';
import type { Json } from '../core/json.ts';
import { seconds, type Millis } from '../core/time.ts';
import { accountBlocked, type Network } from '../networks/network.ts';
import { accountKind, type AccountState } from './account.ts';
import { lookFrom, seenSchema } from './outside.ts';

/** What watching an account stands on. */
export interface WatchParts {
  readonly networkOf: (account: string) => Network | undefined;
  /** whether a post on the account went out from here, by the network's id of it */
  readonly isOurs: (account: string, remoteId: string) => Promise<boolean>;
}

/**
 * Reads each account now and then, without leaving anything there: so a dead access is known before a post needs it,
 * and so is what others posted there by hand.
 */
export function watchHandler({ networkOf, isOurs }: WatchParts): BoundHandler {
  return handler({
    type: 'account.watch',
    schema: z.object({ account: z.string(), starting: z.boolean() }),
    deadline: seconds(30),
    onLostLease: 'again',
    run: async (run, signal): Promise<Outcome> => {
      const { account, starting } = run.data;
      const network = networkOf(account);
      if (network?.account === undefined) return { outcome: 'done', value: { is: 'unreadable', starting } };
      const told = await network.account(signal);
      if (!told.read) {
        return {
          outcome: 'done',
          value: told.reason === accountBlocked ? { is: 'blocked', reason: told.reason } : { is: 'unclear' },
        };
      }
      const { left, expires } = told;
      const seen = await outside(network, account, await run.load(accountKind), run.now, signal);
      return {
        outcome: 'done',
        value: {
          is: 'connected',
          ...(left === undefined ? {} : { left: Math.floor(left) }),
          ...(expires === undefined ? {} : { expires: expires === 'never' ? expires : Math.floor(expires) }),
          ...(seen === undefined ? {} : { seen }),
        },
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

  /** Posts that did not go out from here. Not while one is on its way: nobody could tell whose it is. */
  async function outside(
    network: Network,
    account: string,
    state: AccountState | undefined,
    now: Millis,
    signal: AbortSignal,
  ): Promise<Json | undefined> {
    if (network.recent === undefined || state?.slots.some(({ until }) => until > now) === true) {
      return undefined;
    }
    const { since, all } = lookFrom(state?.outside, now);
    const listed = await network.recent(since, signal);
    if (listed === undefined) return undefined;
    const ours = await Promise.all(listed.map(async ({ remote }) => await isOurs(account, remote.remoteId)));
    const posts = listed
      .filter((_, n) => ours[n] === false)
      .flatMap(({ remote, at, words, planned }) => {
        const id = remote.remoteId;
        const seen = { id, url: remote.url, at, words, ...(planned === true ? { planned } : {}) };
        // One that the account could not keep is left out, and not the whole read with it.
        return seenSchema.safeParse(seen).data ?? [];
      });
    return { all, posts };
  }
}
