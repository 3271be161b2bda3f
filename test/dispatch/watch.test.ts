import { expect, test } from 'vitest';
import { watchHandler } from '../../src/dispatch/watch.ts';
import type { ListedPost, Network } from '../../src/networks/network.ts';

const never = async () => await Promise.reject(new Error('nothing is published here'));

const reads = (listed: readonly ListedPost[]): Network => ({
  name: 'x',
  canLookUp: true,
  publish: never,
  find: never,
  remove: never,
  stands: never,
  account: async () => await Promise.resolve({ read: true, name: '@SeftonCouncil' }),
  recent: async () => await Promise.resolve(listed),
});

async function watched(network: Network) {
  const bound = watchHandler({
    networkOf: () => network,
    isOurs: async () => await Promise.resolve(false),
  }).open({
    kind: 'account',
    id: 'account-x',
    key: 'watch',
    data: { account: 'x', starting: false },
    attempt: 'a',
    attempts: 1,
    due: 1_000,
    now: 1_000,
    load: async () => await Promise.resolve(undefined),
  });
  return await bound.run(new AbortController().signal);
}

test('a post that the account could not keep is left out, and the rest of the read stands', async () => {
  const post = (id: string, at: number): ListedPost => ({
    remote: { remoteId: id, url: `https://x.com/${id}` },
    at,
    words: 'By hand.',
  });
  const outcome = await watched(reads([post('1', 500), post('2', Number.NaN), post('3', 0.5)]));
  expect(outcome).toMatchObject({
    outcome: 'done',
    value: { is: 'connected', seen: { posts: [{ id: '1', at: 500 }] } },
  });
});
