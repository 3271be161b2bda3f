import { crier } from '../../core/context.ts';
import type { CommandCall } from '../../core/aggregate.ts';
import type { Refusal } from '../../core/change.ts';
import type { Executor } from '../../core/execute.ts';
import type { Outcome } from '../../core/handler.ts';
import { mayBegin, NoLongerPermitted } from '../../core/permit.ts';
import { minutes, seconds, type Millis } from '../../core/time.ts';
import { accountId } from '../../dispatch/account.ts';
import { accountBlocked, type PostsLeft, type PublishOutcome } from '../../networks/network.ts';

/** How long to wait for a slot when all of an account's are taken. */
export const slotWait = seconds(1);
/** How often what is held is looked at again: letting it go on asks for it at once. */
export const heldWait = minutes(5);
/** How long to wait for an account that the network refuses; once it is connected again, nothing waits. */
export const blockedWait = minutes(5);

/** The account was stopped between the claim and the call; what comes again finds that out from the account. */
export const closed: Outcome = {
  outcome: 'retry',
  after: seconds(1),
  value: { reason: 'no-longer-permitted' },
};

/** Whether the first request of a call may begin. What an adapter asks later, it asks by itself. */
export async function letBegin(signal: AbortSignal): Promise<boolean> {
  try {
    await mayBegin(signal);
    return true;
  } catch (fault) {
    if (fault instanceof NoLongerPermitted || signal.aborted) return false;
    throw fault;
  }
}

/** The command that holds a post with everything else, where its account is held or stopped. */
export function heldWith(id: string, { refused, facts }: Refusal): CommandCall | undefined {
  if (refused !== 'account-held' && refused !== 'account-stopped') return undefined;
  const by = typeof facts['by'] === 'string' ? facts['by'] : 'crier';
  const { what } = facts;
  return { command: 'post.hold-with-all', id, params: { by, ...(what === undefined ? {} : { stop: what }) } };
}

/** Whether the network refuses our access to the account. */
export const isBlocked = (answer: PublishOutcome): boolean =>
  answer.outcome === 'refused' && answer.reason === accountBlocked;

/** What waits for an account that the network refuses: it is asked for once that is connected again. */
export const waitsForConnection: Outcome = {
  outcome: 'retry',
  after: blockedWait,
  value: { reason: accountBlocked },
};

/** The network refuses our access to the account: nothing more is tried there, and the desk hears of it once. */
export async function block(executor: Executor, account: string): Promise<void> {
  await executor.execute({
    command: 'account.block',
    id: accountId(account),
    params: { account, reason: accountBlocked },
    actor: crier,
  });
}

/** Gives back the slot that a start took of an account, with what the account learns from it. */
export async function freeSlot(
  executor: Executor,
  account: string,
  slot: {
    readonly publication: string;
    readonly holder: string;
    readonly wait?: { readonly until: Millis; readonly reason: string };
    readonly left?: PostsLeft;
    readonly published?: { readonly number: number; readonly at: Millis };
  },
): Promise<void> {
  await executor.execute({
    command: 'account.free-slot',
    id: accountId(account),
    params: slot,
    actor: crier,
  });
}
