import { crier } from '../../core/context.ts';
import { forEach } from '../../core/at-once.ts';
import type { AccountState, Stopped } from '../../dispatch/account.ts';
import { isSafetyInformation, safetyFlags } from '../../posts/stopping/safety.ts';
import { isEmergency } from '../../posts/stopping/held-emergency.ts';
import { heldWithHold, holdable } from '../../posts/stopping/holdable.ts';
import type { PostState } from '../../posts/post.ts';
import type { SomePosts } from '../cards/stop-card.ts';
import type { Desk } from '../desk.ts';
import type { Turn } from '../turn.ts';

/** What was stopped, and who did it. */
type Stop = Pick<NonNullable<AccountState['stopped']>, 'what' | 'by'>;

/** How many posts an answer lists by name. */
const listed = 20;
/** How many posts are held at once. */
const atOnce = 16;

/** The flags of posts that a stop lets through. */
export const passing = (what: Stopped, desk: Desk): readonly string[] =>
  what === 'routine' ? safetyFlags({ protocol: desk.rules() }) : [];

/** Whether the stop lets a post through. */
export const passes = (post: PostState, what: Stopped, desk: Desk): boolean =>
  what === 'routine' && isSafetyInformation(post, { protocol: desk.rules() });

/**
 * Holds every post that the stop is for.
 *
 * @param rest only those of which something waits
 * @returns what it lets through
 */
export async function holdWaiting(
  stop: Stop,
  turn: Turn,
  desk: Desk,
  rest: boolean,
): Promise<readonly PostState[]> {
  const left: PostState[] = [];
  await forEach(holdable(desk.executor), atOnce, async (post) => {
    if (passes(post, stop.what, desk)) left.push(post);
    else await hold(post, stop, turn, desk, rest);
  });
  return left;
}

/** Holds one post by the stop. */
export async function hold(
  post: PostState,
  { what, by }: Stop,
  turn: Turn,
  desk: Desk,
  rest: boolean,
): Promise<void> {
  await desk.executor.execute({
    command: 'post.hold-with-all',
    id: post.id,
    params: { by, stop: what, ...(rest ? { rest } : {}) },
    actor: crier,
    key: `${turn.key}:${post.id}`,
  });
}

/** What the stop in force has held, and what was held before it: by a pause, by everything being held, by itself. */
export async function heldBy(
  what: Stopped,
  states: ReadonlyMap<string, AccountState>,
  desk: Desk,
): Promise<{ readonly held: SomePosts; readonly already: SomePosts }> {
  const times = [...states.values()].flatMap(({ stopped }) => (stopped?.what === what ? [stopped.at] : []));
  const since = Math.min(...times);
  const held: PostState[] = [];
  const already: PostState[] = [];
  let more = 0;
  let moreBefore = 0;
  for await (const { post, hold: by } of heldWithHold(desk.executor)) {
    const isOurs = by.stop === what && by.at >= since;
    const list = isOurs ? held : already;
    if (isEmergency(post)) list.splice(list.findLastIndex(isEmergency) + 1, 0, post);
    else list.push(post);
    if (list.length <= listed) continue;
    list.pop();
    if (isOurs) more += 1;
    else moreBefore += 1;
  }
  return { held: { posts: held, more }, already: { posts: already, more: moreBefore } };
}

/** What is held with everything else and waits for a decision, by whatever stop of however long ago. */
export async function heldWithOthers(desk: Desk): Promise<readonly PostState[]> {
  const held: PostState[] = [];
  for await (const { post, hold: by } of heldWithHold(desk.executor)) if (by.all) held.push(post);
  return held;
}

/** The first of them, and how many more there are. */
export const some = (posts: readonly PostState[]): SomePosts => ({
  posts: posts.slice(0, listed),
  more: Math.max(posts.length - listed, 0),
});
