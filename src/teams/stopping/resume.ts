import { stopInForce } from '../../dispatch/access.ts';
import type { AccountState } from '../../dispatch/account.ts';
import type { Millis } from '../../core/time.ts';
import { accountStates, type Desk } from '../desk.ts';
import { notice } from '../notices.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { askToStop, mayNot } from './ask.ts';
import { everyAccount } from './every-account.ts';
import { heldWithOthers, holdWaiting, some } from './holding.ts';

/**
 * Lifts the stop. What it held stays held: each post comes back by a decision, the overdue with another time.
 *
 * @param known the newest stop that the question knew of: a later one is not lifted but asked about
 */
export async function resumeNow(turn: Turn, desk: Desk, known: Millis): Promise<Reply> {
  const refused = mayNot(turn, desk);
  if (refused !== undefined) return refused;
  const stop = stopInForce((await accountStates(desk)).values());
  if (stop === undefined) return notice('nothing-stopped', {});
  const isKnown = (state: AccountState | undefined) => (state?.stopped?.at ?? Infinity) <= known;
  const anew = async () =>
    [...(await accountStates(desk)).values()].some((state) => state.stopped !== undefined && !isKnown(state));
  if (await anew()) return await askToStop('resume', turn, desk, '', true);
  // Whatever has not been held yet must not leave by itself once the stop is lifted, be it that it comes back then.
  await holdWaiting(stop, turn, desk, false);
  await everyAccount('account.resume', { known }, isKnown, turn, desk);
  if (await anew()) return await askToStop('resume', turn, desk, '', true);
  const now = desk.clock();
  const held = await heldWithOthers(desk);
  const overdue = held.filter(({ when }) => when !== undefined && when.at <= now);
  const waiting = held.filter((post) => !overdue.includes(post));
  return { show: 'stop', stop: { is: 'resumed', overdue: some(overdue), waiting: some(waiting) } };
}
