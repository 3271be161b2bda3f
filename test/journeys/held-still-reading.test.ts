import { expect, test } from 'vitest';
import { lastBegun, mayBegin } from '../../src/core/permit.ts';
import { seconds } from '../../src/core/time.ts';
import { kinds } from '../../src/kinds.ts';
import type { Network } from '../../src/networks/network.ts';
import type { PostState } from '../../src/posts/post.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { passedOn } from './beginnings.ts';
import { minute, openCouncil, type Council } from './council.ts';
import { createOutside, type Outside } from './outside.ts';

/** As Cosmos, it answers in its own time: a read of a post takes so long by the clock that nobody sets. */
function slowly(takes: () => void) {
  const store = memoryStore(kinds, { shared: true });
  return {
    ...store,
    get: async (kind: string, id: string) => {
      const found = await store.get(kind, id);
      if (kind === 'post') takes();
      return found;
    },
  };
}

test('a process that is held still while it reads a post asks its account again before anything leaves', async () => {
  let still = 0;
  let leaving = false;
  const ages: number[] = [];
  const outside = createOutside(Date.now);
  await using council = await openCouncil({
    outside,
    monotonic: () => still,
    store: slowly(() => {
      if (leaving) still += seconds(7);
    }),
    networkOf: (account): Network => {
      const network = outside.network(account);
      return {
        ...network,
        publish: async (part, key, signal) => {
          leaving = true;
          await mayBegin(signal);
          leaving = false;
          ages.push(still - (lastBegun(signal) ?? Number.NaN));
          return await network.publish(part, key, signal);
        },
      };
    },
  });
  await passedOn(council, 'Moor Lane is closed.');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  expect(ages.length).toBeGreaterThan(0);
  expect(Math.max(...ages)).toBe(0);
});

test('a process that is held still until another has taken its post over, and posted it, sends nothing more', async () => {
  let still = 0;
  let account: string | undefined;
  let meanwhile: (() => Promise<void>) | undefined;
  const outside = createOutside(Date.now);
  const store = memoryStore(kinds, { shared: true });
  const held = {
    ...store,
    get: async (kind: string, id: string) => {
      const found = await store.get(kind, id);
      const goesOn = kind === 'post' ? meanwhile : undefined;
      if (goesOn !== undefined) meanwhile = undefined;
      await goesOn?.();
      return found;
    },
  };
  await using council = await openCouncil({
    outside,
    monotonic: () => still,
    store: held,
    networkOf: (entry): Network => {
      const network = outside.network(entry);
      return {
        ...network,
        publish: async (part, key, signal) => {
          if (account === undefined) {
            account = entry.id;
            meanwhile = async () => {
              still += 2 * minute;
              // The lease is over, what it may have sent is looked for, and posted since nothing of it stands.
              for (const after of [61, 67, 68]) await another.until(council.now() + seconds(after));
            };
          }
          await mayBegin(signal);
          return await network.publish(part, key, signal);
        },
      };
    },
  });
  await using another = await openCouncil({ outside, store, met: [], at: council.now() });
  await passedOn(council, 'Moor Lane is closed.');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  if (account === undefined) throw new Error('nothing was published');
  expect(outside.calls.filter((call) => call === `find ${account}`).length).toBeGreaterThan(0);
  expect(outside.standing(account)).toHaveLength(1);
});

/**
 * A post to X of whose first attempt nobody hears anything. In the middle of the look of that number this process is held
 * still: it has been answered, and records that only so long later.
 */
async function heldStillOverLook(
  outside: Outside,
  {
    way,
    look,
    holds,
    meanwhile,
  }: {
    readonly way: 'nothing' | 'lost';
    readonly look: number;
    readonly holds: number;
    readonly meanwhile?: (network: Network, ...call: Parameters<Network['publish']>) => Promise<unknown>;
  },
): Promise<{ readonly looks: number; readonly post: PostState }> {
  let looks = 0;
  let later: Promise<void> | undefined;
  const place: { opened?: Council } = {};
  await using council = await openCouncil({
    outside,
    networkOf: (entry): Network => {
      const network = outside.network(entry);
      if (entry.id !== 'x-main') return network;
      return {
        ...network,
        find: async (part, key, since, signal) => {
          const found = await network.find(part, key, since, signal);
          looks += 1;
          if (looks !== look || place.opened === undefined) return found;
          await meanwhile?.(network, part, key, signal);
          later = place.opened.until(place.opened.now() + holds);
          return found;
        },
      };
    },
  });
  place.opened = council;
  outside.next('x-main', { way });
  await passedOn(council, 'Moor Lane is closed.');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  for (let n = 0; n < 30; n += 1) {
    await council.pass(seconds(5));
    await later;
  }
  return { looks, post: await council.post(1) };
}

const onX = ({ status }: PostState): unknown =>
  'publications' in status ? status.publications['x-main.0'] : status;

test('what a process held still did not see arrive is not posted again: its look counts from when it began', async () => {
  const outside = createOutside(Date.now);
  const { post } = await heldStillOverLook(outside, {
    way: 'nothing',
    look: 2,
    holds: seconds(40),
    meanwhile: async (network, ...call) => await network.publish(...call),
  });
  expect(outside.standing('x-main')).toHaveLength(1);
  expect(onX(post)).toMatchObject({ is: 'published' });
});

test('what a process finds, held still until its account was not its own any more, is looked for once more', async () => {
  const outside = createOutside(Date.now);
  const { looks, post } = await heldStillOverLook(outside, { way: 'lost', look: 1, holds: seconds(61) });
  expect(looks).toBe(2);
  expect(outside.standing('x-main')).toHaveLength(1);
  expect(onX(post)).toMatchObject({ is: 'published' });
});
