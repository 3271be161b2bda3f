import { expect, test } from 'vitest';
import { accountId, accountKind, type AccountState } from '../../../src/dispatch/account.ts';
import type { AggregateKind } from '../../../src/core/aggregate.ts';
import { stopAmong } from '../../../src/posts/stopping/stop-of-post.ts';
import { stopOf } from '../../../src/posts/stopping/stopped.ts';
import { posts, type PostName } from '../../fixtures/cards/posts.ts';
import { now, rules } from '../../fixtures/cards/rules.ts';

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
  'each account of a post that is %s is read once',
  async (name) => {
    const { reads, deps } = accounts([]);
    expect(await stopOf(posts[name], deps)).toBeUndefined();
    expect(reads.length).toBeGreaterThan(0);
    expect(new Set(reads).size).toBe(reads.length);
  },
);

test('a stop is of the post, and names accounts where it is not of all of them', async () => {
  const all = accounts(['x-main', 'facebook-main', 'website']);
  expect(await stopOf(posts.atService, all.deps)).toEqual({ what: 'all', by: 'gareth-molyneux', at: now });
  const { reads, deps } = accounts([]);
  await stopOf(posts.atService, deps);
  expect(reads.length).toBeGreaterThan(1);
  for (const read of reads) {
    const one = read.slice(accountId('').length);
    expect(await stopOf(posts.atService, accounts([one]).deps)).toMatchObject({ only: [one] });
  }
});

test('where one account is paused and another stopped, the stop is told, and holds safety information on that one', () => {
  const post = posts.atService;
  const safe = { ...post, revision: { ...post.revision, flags: ['safety'] } };
  const states = new Map([
    ['x-main', { stopped: { what: 'routine' as const, by: 'ellen-rimmer', at: now - 1 } }],
    ['website', { stopped: { what: 'all' as const, by: 'gareth-molyneux', at: now } }],
  ]);
  const stop = { what: 'all', by: 'gareth-molyneux', at: now };
  expect(stopAmong(post, states, rules)).toMatchObject({ ...stop, only: ['x-main', 'website'] });
  expect(stopAmong(safe, states, rules)).toEqual({ ...stop, only: ['website'] });
});

test('a pause is none of safety information', async () => {
  const { deps } = accounts(['x-main', 'facebook-main', 'website'], 'routine');
  const post = posts.atService;
  const safe = { ...post, revision: { ...post.revision, flags: ['safety'] } };
  expect(await stopOf(post, deps)).toMatchObject({ what: 'routine' });
  expect(await stopOf(safe, deps)).toBeUndefined();
});
