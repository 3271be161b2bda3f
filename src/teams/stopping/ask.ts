import { newestChange, stopInForce } from '../../dispatch/access.ts';
import type { Stopped } from '../../dispatch/account.ts';
import { countHeld, countHoldable } from '../../posts/stopping/holdable.ts';
import { removers } from '../../posts/deciding/may.ts';
import { nameOf } from '../../words/names.ts';
import type { StopWish } from '../../words/stopping.ts';
import { accountStates, type Desk } from '../desk.ts';
import { notice } from '../notices.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { comingDown, whollyOnTheirWay } from './on-its-way.ts';
import { heldWithOthers, passes, passing } from './holding.ts';

/**
 * Asks whether somebody means it: how many posts wait, and what follows. The question names the stop that it knows of,
 * so that a yes to it is one to nothing else.
 *
 * @param unheeded words that came with it and cannot be heeded
 * @param again whether somebody said yes to a question that is out of date
 */
export async function askToStop(
  wish: StopWish,
  turn: Turn,
  desk: Desk,
  unheeded: string,
  again = false,
): Promise<Reply> {
  const refused = mayNot(turn, desk);
  if (refused !== undefined) return refused;
  const states = await accountStates(desk);
  const before = stopInForce(states.values());
  const known = newestChange(states.values());
  if (wish === 'resume') {
    if (before === undefined) return notice('nothing-stopped', {});
    const waiting = await countHoldable(desk.executor, passing(before.what, desk));
    // What was approved meanwhile is held by resuming, if not before.
    const held = (await heldWithOthers(desk)).length + waiting.all - waiting.flagged;
    const asked = {
      is: 'asked',
      wish,
      held,
      already: 0,
      left: 0,
      comingDown: 0,
      unheeded,
      known,
      again,
      before,
    } as const;
    return { show: 'stop', stop: asked };
  }
  const accounts = Object.keys(desk.rules().accounts);
  if (
    before !== undefined &&
    accounts.every((account) => isAtLeast(wish, states.get(account)?.stopped?.what))
  ) {
    return { show: 'stop', stop: { is: 'in-force', wish, before, known } };
  }
  const [{ all, flagged }, already, removals, onTheirWay] = await Promise.all([
    countHoldable(desk.executor, passing(wish, desk)),
    countHeld(desk.executor),
    comingDown(desk),
    whollyOnTheirWay(states, turn.now, desk),
  ]);
  // What is only on its way waits for nothing, and the answer to a stop says what became of it.
  const passed = onTheirWay.filter((post) => passes(post, wish, desk)).length;
  const waits = {
    held: all - flagged - (onTheirWay.length - passed),
    already,
    left: flagged - passed,
    comingDown: removals.length,
  };
  const asked = { is: 'asked', wish, ...waits, unheeded, known, again } as const;
  return { show: 'stop', stop: before === undefined ? asked : { ...asked, before } };
}

/** Whether what is stopped is all that is wanted, or more. */
export const isAtLeast = (wanted: Stopped, is: Stopped | undefined): boolean => is === 'all' || is === wanted;

/** Whom the protocol names for it: the desk's officers, and those on duty. */
export function mayNot(turn: Turn, desk: Desk): Reply | undefined {
  const rules = desk.rules();
  const may = removers(rules);
  if (may.includes(turn.person)) return undefined;
  return notice('may-not-stop', { may: may.map((person) => nameOf(person, rules)) });
}
