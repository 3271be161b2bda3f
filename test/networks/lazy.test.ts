import { expect, test } from 'vitest';
import { lazily, type Known } from '../../src/networks/lazy.ts';
import type { Network, PlanPart, PublishOutcome } from '../../src/networks/network.ts';

const known: Known = { name: 'x', canLookUp: true, cannot: [] };
const part: PlanPart = {
  account: 'x',
  network: 'x',
  part: 0,
  text: 'Moor Lane',
  media: [],
  from: 'highways',
};
const key = { id: 'publication', post: 'post', number: 142 };
const remote = { remoteId: '1', url: 'https://x.example/1' };
const published: PublishOutcome = { outcome: 'published', remote };
const signal = AbortSignal.timeout(10_000);

/** An adapter that says what it was asked, and how often it was loaded. */
function counted(more: Partial<Network> = {}) {
  const asked: string[] = [];
  let loads = 0;
  const network: Network = {
    name: 'x',
    canLookUp: true,
    publish: async () => await Promise.resolve((asked.push('publish'), published)),
    find: async () => await Promise.resolve((asked.push('find'), { found: true, remotes: [remote] })),
    remove: async () => await Promise.resolve((asked.push('remove'), published)),
    stands: async () => await Promise.resolve((asked.push('stands'), 'there')),
    ...more,
  };
  const load = async (): Promise<Network> => await Promise.resolve((loads++, network));
  return { asked, loads: () => loads, load };
}

test('nothing is loaded before the first use, and first uses at the same moment share one load', async () => {
  const { asked, loads, load } = counted();
  const network = lazily(known, load);
  expect(loads()).toBe(0);
  const outcomes = await Promise.all([
    network.publish(part, key, signal),
    network.publish(part, key, signal),
    network.remove(remote, key, signal),
  ]);
  expect(outcomes).toEqual([published, published, published]);
  expect(await network.find(part, key, 0, signal)).toEqual({ found: true, remotes: [remote] });
  expect(await network.stands(remote, key, signal)).toBe('there');
  expect(asked).toEqual(['publish', 'publish', 'remove', 'find', 'stands']);
  expect(loads()).toBe(1);
});

test('a load that failed is tried again with the next use', async () => {
  const { asked, load } = counted();
  let loads = 0;
  const network = lazily(known, async () => {
    loads += 1;
    if (loads === 1) throw new Error('EMFILE');
    return await load();
  });
  await expect(network.publish(part, key, signal)).rejects.toThrow('EMFILE');
  expect(await network.publish(part, key, signal)).toEqual(published);
  expect(asked).toEqual(['publish']);
});

test('what a network can not do is known without loading it', () => {
  const { loads, load } = counted();
  expect(lazily({ ...known, cannot: ['edit'] }, load).edit).toBeUndefined();
  expect(lazily(known, load).edit).toBeTypeOf('function');
  expect(loads()).toBe(0);
});

test('an edit, the account and the measures come from the adapter', async () => {
  const { load } = counted({
    edit: async (_remote, _part, _key, note) =>
      await Promise.resolve({ outcome: 'refused', reason: `edit ${note}` }),
    account: async () => await Promise.resolve({ read: true, name: 'council' }),
    measure: async () => await Promise.resolve({ likes: 3 }),
  });
  const network = lazily(known, load);
  expect(await network.edit?.(remote, part, key, 'a slip', signal)).toEqual({
    outcome: 'refused',
    reason: 'edit a slip',
  });
  expect(await network.account?.(signal)).toEqual({ read: true, name: 'council' });
  expect(await network.measure?.(remote, signal)).toEqual({ likes: 3 });
});

test('an adapter that can not do what is known of it is a fault', async () => {
  const network = lazily(known, counted().load);
  await expect(network.edit?.(remote, part, key, '', signal)).rejects.toThrow('can not edit');
});
