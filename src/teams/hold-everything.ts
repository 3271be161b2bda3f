import { crier } from '../core/context.ts';
import { stateOf } from '../core/execute.ts';
import { unlessNewer } from '../core/forms.ts';
import { accountId } from '../dispatch/account.ts';
import { heldNow, holdable, sentByPress } from '../posts/stopping/holdable.ts';
import { isSafetyInformation } from '../posts/stopping/safety.ts';
import { postKind } from '../posts/kind.ts';
import { beingChanged } from '../posts/correcting/changes-in-place.ts';
import { publicationsOf } from '../posts/leaving/what-is-public.ts';
import { couldBeSentAgain, removers } from '../posts/deciding/may.ts';
import type { PostState } from '../posts/post.ts';
import { refusePost } from '../posts/refusals.ts';
import { answered } from './answered.ts';
import { accountStates, type Desk } from './desk.ts';
import { notice } from './notices.ts';
import type { Reply } from './reply.ts';
import { comingDown } from './stopping/on-its-way.ts';
import { byPerson, type Turn } from './turn.ts';

/** How many posts an answer lists by name. */
const listed = 20;

/**
 * Holds everything but safety information. The accounts are held first, in one commit each: from then on nothing
 * decided before leaves, whatever happens to this process. Then every waiting post is held by itself.
 */
export async function holdEverything(turn: Turn, desk: Desk): Promise<Reply> {
  const rules = desk.rules();
  const may = removers(rules);
  if (!may.includes(turn.person)) {
    return answered(refusePost('may-not-hold', { may, all: true }), undefined, turn, desk);
  }
  const newer: string[] = [];
  await Promise.all(
    Object.keys(rules.accounts).map(async (account) => {
      const call = { command: 'account.hold', id: accountId(account), params: {} };
      const executed = desk.executor.execute({ ...call, ...byPerson(turn) });
      if ((await unlessNewer(executed, undefined)) === undefined) newer.push(account);
    }),
  );
  const mine = new Set<string>();
  const held: PostState[] = [];
  const left: PostState[] = [];
  const onTheWay: PostState[] = [];
  let more = 0;
  for await (const post of holdable(desk.executor)) {
    if (isSafetyInformation(post, { protocol: rules })) {
      left.push(post);
      continue;
    }
    const executed = await desk.executor.execute({
      command: 'post.hold-with-all',
      id: post.id,
      params: { by: turn.person },
      actor: crier,
      key: `${turn.key}:${post.id}`,
    });
    if (!executed.done) continue;
    const now = stateOf(postKind, executed);
    mine.add(now.id);
    const isSending = Object.values(publicationsOf(now)).some(({ is }) => is === 'sending');
    if (isSending || beingChanged(now).length > 0) onTheWay.push(now);
    if (held.length < listed) held.push(now);
    else more += 1;
  }
  // Read last: what a colleague has held meanwhile is held as well.
  const before: PostState[] = [];
  let moreBefore = 0;
  for await (const post of heldNow(desk.executor)) {
    if (mine.has(post.id)) continue;
    if (before.length < listed) before.push(post);
    else moreBefore += 1;
  }
  const again: PostState[] = [];
  let moreAgain = 0;
  for await (const post of sentByPress(desk.executor)) {
    if (isSafetyInformation(post, { protocol: rules }) || !couldBeSentAgain(post, rules, turn.now)) continue;
    if (again.length < listed) again.push(post);
    else moreAgain += 1;
  }
  const accounts = await accountStates(desk);
  const removals = await comingDown(desk);
  const isNothing = [held, left, before, again, newer, removals].every((each) => each.length === 0);
  if (isNothing) return notice('nothing-held', {});
  return {
    show: 'held',
    held: {
      held,
      left,
      onTheWay,
      more,
      before,
      moreBefore,
      again,
      moreAgain,
      comingDown: removals.length,
      accounts,
      newer,
    },
  };
}
