import type { Executor } from '../../core/execute.ts';
import { statesIn } from '../../core/forms.ts';
import { days, type Millis } from '../../core/time.ts';
import { awaitsCorrection, holdForWords } from '../correcting/correctable.ts';
import { postKind } from '../kind.ts';
import { isWithWriters } from '../leaving/to-go-out.ts';
import type { HeldStep } from './open-hold.ts';
import type { PostState } from '../post.ts';
import { everyListed } from '../../core/every.ts';

/**
 * Every post that a hold would stop, as it was when its page was read. A held one leaves the index, so pages are read
 * by cursor, not from the start.
 */
export async function* holdable(executor: Executor): AsyncGenerator<PostState> {
  yield* readable(executor, 'yes');
}

/** Every post that is held, the longest held first. */
export async function* heldNow(executor: Executor): AsyncGenerator<PostState> {
  yield* readable(executor, 'held');
}

/**
 * The same, with the hold of each, and after them those of which something is held until other words that somebody asked
 * for are agreed to.
 */
export async function* heldWithHold(
  executor: Executor,
): AsyncGenerator<{ readonly post: PostState; readonly hold: Pick<HeldStep, 'at' | 'all' | 'stop'> }> {
  for await (const post of heldNow(executor))
    if (post.status.is === 'held') yield { post, hold: post.status };
  for await (const post of holdable(executor)) {
    const hold = holdForWords(post);
    if (hold !== undefined) yield { post, hold };
  }
}

/** Every post of which nothing leaves by itself, and something by a press on its card. */
export async function* sentByPress(executor: Executor): AsyncGenerator<PostState> {
  yield* readable(executor, 'again');
}

/** Every post of which a correction waits for somebody to agree: it is not held, and a stop keeps it waiting. */
export async function* correctionsAsked({ store }: Executor): AsyncGenerator<PostState> {
  const query = { kind: postKind.kind, index: 'asked-under', equals: 'yes', limit: 200 };
  for await (const document of everyListed(store, query))
    for (const post of statesIn(postKind, [document]))
      if (post.status.is !== 'held' && awaitsCorrection(post)) yield post;
}

/** A draft that nobody has touched for longer is not at hand: it says how it is once somebody opens it. */
const atHand: Millis = days(7);

/** Every post that is with its writers and at hand. */
export async function* beingWritten({ store }: Executor, now: Millis): AsyncGenerator<PostState> {
  const query = { kind: postKind.kind, index: 'newest', from: now - atHand, limit: 200 };
  for await (const document of everyListed(store, query))
    for (const post of statesIn(postKind, [document])) if (isWithWriters(post)) yield post;
}

/** Every post of which what is public still comes down, whatever is held. */
export async function* comingDownNow({ store }: Executor): AsyncGenerator<PostState> {
  const query = { kind: postKind.kind, index: 'changing', equals: 'yes', limit: 200 };
  for await (const document of everyListed(store, query)) yield* statesIn(postKind, [document]);
}

async function* readable(executor: Executor, equals: 'yes' | 'held' | 'again'): AsyncGenerator<PostState> {
  for await (const document of every(executor, 'holdable', equals)) yield* statesIn(postKind, [document]);
}

const every = (executor: Executor, index: 'holdable' | 'holdable-flagged', equals: string) =>
  everyListed(executor.store, { kind: postKind.kind, index, equals, limit: 200 });

/** How many posts are held, whoever held them. */
export async function countHeld({ store }: Executor): Promise<number> {
  return await store.count({ kind: postKind.kind, index: 'holdable', equals: 'held' });
}

/** How many posts a hold would stop, and how many of them carry one of the flags. */
export async function countHoldable(
  executor: Executor,
  flags: readonly string[] = [],
): Promise<{ readonly all: number; readonly flagged: number }> {
  const kind = postKind.kind;
  const index = 'holdable-flagged';
  const all = executor.store.count({ kind, index: 'holdable', equals: 'yes' });
  const [only, ...others] = flags;
  if (only === undefined) return { all: await all, flagged: 0 };
  if (others.length === 0) {
    return { all: await all, flagged: await executor.store.count({ kind, index, equals: only }) };
  }
  // A post may carry several of them and counts once.
  const ids = new Set<string>();
  for (const flag of flags) {
    for await (const { id } of every(executor, index, flag)) ids.add(id);
  }
  return { all: await all, flagged: ids.size };
}
