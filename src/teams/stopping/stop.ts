import { crier } from '../../core/context.ts';
import { lastResumed, newestChange, stopInForce } from '../../dispatch/access.ts';
import type { AccountState, Stopped } from '../../dispatch/account.ts';
import type { Millis } from '../../core/time.ts';
import { personDocument } from '../../people/person.ts';
import { hearWhatLeft } from '../../people/what-left.ts';
import { urgentFirst } from '../../posts/stopping/held-emergency.ts';
import { accountStates, readableById, type Desk } from '../desk.ts';
import type { StopAnswer } from '../cards/stop-card.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { askToStop, isAtLeast, mayNot } from './ask.ts';
import { everyAccount } from './every-account.ts';
import { heldBy, hold, holdWaiting, passes, some, heldWithOthers } from './holding.ts';
import {
  comingDown,
  isStillOnItsWay,
  onItsWay,
  openSlots,
  patience,
  unclear,
  untilSettled,
} from './on-its-way.ts';
import { notice } from '../notices.ts';

/** What a stop and a resume do once somebody has said yes. */

/**
 * Stops every account, each in one commit: from then on none gives a slot, so that nothing begins to leave, whatever
 * happens to this process and whatever is decided meanwhile. Then every waiting post is held by itself, which also
 * stops what had a slot and had not begun. What had begun is waited for, and listed.
 *
 * @param known the newest stop or resume that the question knew of: what was resumed since is asked about once more
 */
export async function stopNow(wanted: Stopped, turn: Turn, desk: Desk, known: Millis): Promise<Reply> {
  const refused = mayNot(turn, desk);
  if (refused !== undefined) return refused;
  const earlier = await accountStates(desk);
  if ([...earlier.values()].some(({ resumedAt = 0 }) => resumedAt > known))
    return await askToStop(wanted, turn, desk, '', true);
  // A look that ends meanwhile finds what left before: read before and after, it is in one of both.
  const lookedFor = await unclear(desk);
  const stops = (state: AccountState | undefined): boolean => !isAtLeast(wanted, state?.stopped?.what);
  const { changed: atStop, newer } = await everyAccount('account.stop', { what: wanted }, stops, turn, desk);
  const states = await accountStates(desk);
  const now = desk.clock();
  // A pause does not weaken a stop of everything.
  const stop = stopInForce(states.values()) ?? { what: wanted, by: turn.person };
  const { what } = stop;
  // As each account stood in the very commit that stopped it: a slot may be given back before anybody reads it.
  const open = openSlots(new Map([...states, ...atStop]), now);
  const onWay = [
    ...new Map(
      [...open, ...lookedFor, ...(await unclear(desk))].map((slot) => [slot.publication, slot]),
    ).values(),
  ];
  // First what had a slot and may not have begun: after this none of it begins any more.
  const holdOpen = async () => {
    await Promise.all(
      [...new Set(open.map(({ post }) => post))].map(async (id) => {
        const post = await readableById(desk, id);
        if (post !== undefined && !passes(post, what, desk)) await hold(post, stop, turn, desk, true);
      }),
    );
  };
  await holdOpen();
  // Of the rest none can leave either. A storm of posts is held behind the answer; what a death leaves out is held
  // when it falls due, or at the resume.
  const holding = holdWaiting(stop, turn, desk, true);
  holding.catch(() => undefined);
  const [going] = await Promise.all([
    Promise.race([holding.then(() => false), forSeconds(patience, true)]),
    untilSettled(open, desk),
  ]);
  // What was let in and had not begun after all waits now.
  await holdOpen();
  // By what stands, so that the same press once more has the same answer.
  const { held, already } = await heldBy(what, states, desk);
  const leaving = await Promise.all(onWay.map(async (part) => ({ part, sent: await onItsWay(part, desk) })));
  const unknown = leaving.filter(({ sent }) => sent.some(isStillOnItsWay)).map(({ part }) => part);
  if (unknown.length > 0)
    await desk.executor.execute({
      command: hearWhatLeft.name,
      id: personDocument(turn.person),
      params: { key: turn.key, parts: unknown },
      actor: crier,
    });
  const left = some(going ? [] : await holding);
  // What is to come down does so whatever is stopped, since that makes less public: whoever stops is told of it.
  const removals = await comingDown(desk);
  return {
    show: 'stop',
    stop: {
      is: 'stopped',
      what,
      known: newestChange(states.values()),
      held,
      already,
      left,
      sent: leaving.flatMap(({ sent }) => sent),
      hears: unknown.length > 0,
      comingDown: removals,
      going,
      newer,
    },
  };
}

async function forSeconds<T>(millis: Millis, value: T): Promise<T> {
  return await new Promise((resolve) => {
    setTimeout(() => resolve(value), millis).unref();
  });
}

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
  return { show: 'stop', stop: await resumed(desk) };
}

/** What waits for a decision now that posts can go out again, and who let them. */
export async function resumed(desk: Desk): Promise<Extract<StopAnswer, { readonly is: 'resumed' }>> {
  const now = desk.clock();
  const held = (await heldWithOthers(desk)).toSorted(urgentFirst);
  const overdue = held.filter(({ when }) => when !== undefined && when.at <= now);
  const waiting = held.filter((post) => !overdue.includes(post));
  const lifted = lastResumed((await accountStates(desk)).values());
  return {
    is: 'resumed',
    ...(lifted === undefined ? {} : { lifted }),
    listed: { overdue: some(overdue), waiting: some(waiting) },
  };
}
