import { crier } from '../../core/context.ts';
import type { Executed } from '../../core/execute.ts';
import type { EffectRun } from '../../core/handler.ts';
import { seconds, type Millis } from '../../core/time.ts';
import { accountId, openFor } from '../../dispatch/account.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { isSafetyInformation } from '../stopping/safety.ts';
import type { PostState } from '../post.ts';
import type { PublishingDeps } from './deps.ts';

/** How long one call to a network may take. */
export const callDeadline = seconds(30);

/** The slots that the starts of a handler take of their accounts. */
export interface Slots {
  /** Takes a slot of a part's account. */
  readonly take: (
    run: EffectRun<unknown>,
    post: PostState,
    part: string,
    slot: { readonly publication: string; readonly decidedAt: Millis },
  ) => Promise<Executed>;
  /** whether this start has asked for one */
  readonly has: (run: EffectRun<unknown>) => boolean;
  /** @returns now, while the account is open; undefined once it is not */
  readonly stillOpen: (run: EffectRun<unknown>) => Promise<Millis | undefined>;
}

/** Slots of a handler of its own: nothing is known of any account yet. */
export function slotsOf({ executor, rules, clock, monotonic }: PublishingDeps): Slots {
  /** what each start knows of its account: it was open when it was asked, by a clock that nobody sets */
  const seenOpen = new WeakMap<
    EffectRun<unknown>,
    { asked: Millis; readonly again: () => Promise<Executed> }
  >();
  return {
    take: async (run, post, part, slot) => {
      const ask = async (more: { readonly renews?: true }): Promise<Executed> =>
        await executor.execute({
          command: 'account.take-slot',
          id: accountId(accountOf(part)),
          params: {
            ...slot,
            holder: run.attempt,
            post: post.id,
            safety: isSafetyInformation(post, { protocol: rules() }),
            until: clock() + callDeadline + seconds(30),
            ...more,
          },
          actor: crier,
        });
      seenOpen.set(run, { asked: monotonic(), again: async () => await ask({ renews: true }) });
      return await ask({});
    },
    has: (run) => seenOpen.has(run),
    stillOpen: async (run) => {
      const seen = seenOpen.get(run);
      if (seen === undefined) return undefined;
      // Once more after each answer: it may have come to a process that was held still.
      for (let now = monotonic(); ; now = monotonic()) {
        if (now - seen.asked < openFor) return now;
        if (!(await seen.again()).done) return undefined;
        seen.asked = now;
      }
    },
  };
}
