import { expect, test } from 'vitest';
import { accountId, accountKind, type AccountState } from '../../src/dispatch/account.ts';
import type { AggregateKind } from '../../src/core/aggregate.ts';
import { stopOf } from '../../src/posts/stopped.ts';
import { posts, type PostName } from '../fixtures/cards/posts.ts';
import { now, rules } from '../fixtures/cards/rules.ts';

/** Accounts as a store holds them, which says how often one was read. */
function accounts(stopped: readonly string[], what: 'all' | 'routine' = 'all') {
  const states = new Map(
    stopped.map((account): [string, AccountState] => [
      accountId(account),
      { id: accountId(account), slots: [], stopped: { what, by: 'gareth-molyneux', at: now } },
    ]),
  );
  const reads: string[] = [];
  const load = async <S>(kind: AggregateKind<S>, id: string) => {
    reads.push(id);
    const state = states.get(id);
    return await Promise.resolve(
      state === undefined || kind.kind !== accountKind.kind
        ? undefined
        : { state: kind.parse(state, kind.form), version: '1' },
    );
  };
  return { reads, deps: { executor: { load }, rules: () => rules } };
}

test.each<PostName>([
  'published',
  'partlyPublished',
  'publishing',
  'takenDown',
  'draft',
  'sentBack',
  'expired',
])('no account is read for a post that is %s', async (name) => {
  const { reads, deps } = accounts(['x-main', 'facebook-main', 'website']);
  expect(await stopOf(posts[name], deps)).toBeUndefined();
  expect(reads).toEqual([]);
});

test.each<PostName>(['atDesk', 'atService', 'approved', 'scheduled', 'held'])(
  'one account is read for a post that is %s, where nothing is stopped',
  async (name) => {
    const { reads, deps } = accounts([]);
    expect(await stopOf(posts[name], deps)).toBeUndefined();
    expect(reads).toHaveLength(1);
  },
);

test('a stop is of the post, and names accounts where it is not of all of them', async () => {
  const all = accounts(['x-main', 'facebook-main', 'website']);
  expect(await stopOf(posts.atService, all.deps)).toEqual({ what: 'all', by: 'gareth-molyneux', at: now });
  const { reads, deps } = accounts([]);
  await stopOf(posts.atService, deps);
  const first = (reads[0] ?? '').slice(accountId('').length);
  const some = accounts([first]);
  expect(await stopOf(posts.atService, some.deps)).toMatchObject({ only: [first] });
});

test('a pause is none of safety information', async () => {
  const { deps } = accounts(['x-main', 'facebook-main', 'website'], 'routine');
  const post = posts.atService;
  const safe = { ...post, revision: { ...post.revision, flags: ['safety'] } };
  expect(await stopOf(post, deps)).toMatchObject({ what: 'routine' });
  expect(await stopOf(safe, deps)).toBeUndefined();
});
