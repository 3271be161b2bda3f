import { crier } from '../../core/context.ts';
import { z } from 'zod';
import { forEach } from '../../core/at-once.ts';
import { readableState, type Executor } from '../../core/execute.ts';
import { handler, type BoundHandler } from '../../core/handler.ts';
import { minutes, seconds, type Millis } from '../../core/time.ts';
import {
  accountId,
  accountKind,
  stopChangedBy,
  waitingPosts,
  type AccountState,
} from '../../dispatch/account.ts';
import { clockGoesOn } from '../../approval/review.ts';
import { awaitsCorrection } from '../correcting/correctable.ts';
import { askedAndHere } from '../deciding/asked.ts';
import { cardEffects } from '../telling/cards-to-show.ts';
import { crierCommand } from '../command.ts';
import type { PublishingDeps } from '../effects/deps.ts';
import { beingWritten, correctionsAsked, heldNow, holdable, sentByPress } from './holdable.ts';
import { hearersOfEmergency, isHeldEmergency } from './held-emergency.ts';
import { couldBeSentAgain, removers, sentAgainOn } from '../deciding/may.ts';
import { tell } from '../post-effect.ts';
import { stageTimers } from '../deciding/set-timers.ts';
import { hasToBeChanged, isWithWriters } from '../leaving/to-go-out.ts';
import type { DeskRules, PostState } from '../post.ts';
import { refusePost } from '../refusals.ts';
import { isSafetyInformation } from './safety.ts';
import { isSuspended, leavesBy, stopAmong, stopOver, type StopOfPost } from './stop-of-post.ts';

/** How many posts are told at once. */
const atOnce = 4;
/** The cards of many posts follow one another: what people do now, and what leaves, goes before. */
const between = seconds(0.1);

/** @returns what dispatch knows of these accounts, those left out of which it knows nothing, or only a newer release does */
export async function statesOf(
  accounts: readonly string[],
  executor: Pick<Executor, 'load'>,
): Promise<ReadonlyMap<string, AccountState>> {
  const states = await Promise.all(
    accounts.map(async (account) => ({
      account,
      state: await readableState(executor, accountKind, accountId(account)),
    })),
  );
  return new Map(states.flatMap(({ account, state }) => (state === undefined ? [] : [[account, state]])));
}

/**
 * Who stopped what this post would leave by, where it would not leave. A stop is set on every account alike, and one
 * account may still be stopped alone: one that came back to the protocol after the others were resumed, or after
 * they were stopped, or where whoever stopped or resumed them died before the last. So all of the post's are read.
 */
export async function stopOf(
  post: PostState,
  { executor, rules }: { readonly executor: Pick<Executor, 'load'>; readonly rules: () => DeskRules },
): Promise<StopOfPost | undefined> {
  return stopAmong(post, await statesOf(leavesBy(post), executor), rules());
}

/** The same for its card, which says it as well where something is sent by a press alone, and before it is sent. */
export async function stopOnCard(
  post: PostState,
  {
    executor,
    rules,
    clock,
  }: {
    readonly executor: Pick<Executor, 'load'>;
    readonly rules: () => DeskRules;
    readonly clock: () => Millis;
  },
): Promise<StopOfPost | undefined> {
  if (isWithWriters(post)) {
    const { accounts } = post.revision;
    return stopOver(
      accounts,
      await statesOf(accounts, executor),
      isSafetyInformation(post, { protocol: rules() }),
    );
  }
  const stop = await stopOf(post, { executor, rules });
  const again = stop === undefined ? sentAgainOn(post, rules(), clock()) : [];
  if (again.length === 0) return stop;
  const safety = isSafetyInformation(post, { protocol: rules() });
  const kept = stopOver(again, await statesOf(again, executor), safety);
  return kept === undefined ? undefined : { ...kept, again: true };
}

/**
 * What stops the post has changed, so that its cards say something else from `due` on, though nothing of the post is
 * another. Of an emergency that an earlier stop held, people hear each time that there is another one, at `stoppedAt`.
 */
export const drawAgain = crierCommand(
  'post.draw-again',
  z.object({ due: z.int(), stoppedAt: z.int().exactOptional() }),
  (post, { due, stoppedAt }, { now, protocol }) => {
    if (leavesBy(post).length === 0 && !isWithWriters(post) && !couldBeSentAgain(post, protocol, now))
      return refusePost('settled-already', {});
    const drawn = { ...post, turn: post.turn + 1 };
    const effects = cardEffects(drawn, due);
    const { status } = drawn;
    const isStoppedAnew =
      stoppedAt !== undefined && status.is === 'held' && status.at < stoppedAt && isHeldEmergency(post);
    if (!isStoppedAnew) return { state: drawn, audit: [], effects };
    const review = { ...status.review, ...clockGoesOn(status.review, now) };
    return {
      state: { ...drawn, status: { ...status, review } },
      audit: [],
      effects: [
        ...effects,
        ...tell(hearersOfEmergency(post, protocol, now), 'emergency-held', now),
        ...(hasToBeChanged(post) ? [] : stageTimers(review, now)),
      ],
    };
  },
);

/**
 * Somebody stopped everything, or lifted that: the cards of whatever waits say so. Those that have changed since are
 * drawn as it is now. May be repeated.
 */
export function stopChangedHandler({
  executor,
  rules,
  hearOfStop: hear,
  stopChanged,
}: Pick<PublishingDeps, 'executor' | 'rules' | 'hearOfStop' | 'stopChanged'>): BoundHandler {
  return handler({
    type: 'account.stop-changed',
    schema: stopChangedBy.extend({ at: z.int(), of: waitingPosts }),
    deadline: minutes(5),
    onLostLease: 'again',
    patient: true,
    run: async (run) => {
      const { at, of, stoppedBy, resumedBy } = run.data;
      const lifters = removers(rules()).filter((person) => person !== stoppedBy && person !== resumedBy);
      if (of === 'held') {
        await stopChanged(at);
        // Whoever may lift it hears of it at once, whatever it comes to hold.
        if (stoppedBy !== undefined) for (const person of lifters) await hear(person, 'stopped');
      }
      const states = await statesOf(Object.keys(rules().accounts), executor);
      const concerned = new Set<string>();
      // Whoever resumes has read of what was held with others, and of nothing else.
      const unread: string[] = [];
      let due = run.now;
      const draw = async (post: PostState): Promise<void> => {
        const { status } = post;
        // What nobody is asked about is drawn as it is now.
        const isWaiting = of === 'held' && (status.is === 'held' || awaitsCorrection(post));
        const isAsked = isWaiting && resumedBy !== undefined && !isSuspended(post, states, rules());
        // Whoever is asked about a correction has been all the while: their card says that it can be made again.
        if (isAsked && status.is === 'held') {
          const people = [post.author, ...askedAndHere(post, rules(), run.now)];
          for (const person of people) concerned.add(person);
          if (people.includes(resumedBy) && !status.all) unread.push(status.review.id);
        } else if (!isAsked && post.changedAt > at) return;
        due += between;
        await executor.execute({
          command: isAsked ? 'post.ask-held' : 'post.draw-again',
          id: post.id,
          params: {
            due: due - between,
            ...(isAsked || stoppedBy === undefined ? {} : { stoppedAt: at }),
          },
          actor: crier,
          key: `stop-changed:${String(at)}`,
        });
      };
      await forEach(of === 'held' ? heldNow(executor) : holdable(executor), atOnce, draw);
      if (of === 'held') {
        await forEach(correctionsAsked(executor), atOnce, draw);
        await forEach(sentByPress(executor), atOnce, draw);
        await forEach(beingWritten(executor, at), atOnce, draw);
      }
      if (of === 'held' && resumedBy !== undefined)
        for (const person of new Set([...concerned, ...lifters]))
          if (person !== resumedBy) await hear(person, 'resumed');
      if (resumedBy !== undefined) for (const review of unread) await hear(resumedBy, 'resumed', review);
      // By then a stop has held what it is for: its writers hear.
      if (of === 'to-be-held' && stoppedBy !== undefined) {
        const hearers = new Set<string>();
        for await (const { author, status } of heldNow(executor))
          if (status.is === 'held' && status.stop !== undefined && status.at >= at) hearers.add(author);
        for (const person of hearers)
          if (person !== stoppedBy && !lifters.includes(person)) await hear(person, 'stopped');
      }
      return { outcome: 'done' };
    },
  });
}
