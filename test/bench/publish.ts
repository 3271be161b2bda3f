import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { slotsPerAccount } from '../../src/dispatch/account.ts';
import { oneOfMany } from '../peers/x.ts';
import { openPlace, type Place } from '../stop/place.ts';
import { median } from './load.ts';

/** Publishing what falls due at once, by a whole process in production mode, against the vendor's bare client. */

const accounts = 20;
const postsPerAccount = 50;
/** What an account's slots and the outbox let out at a time; the bare client does as many. */
const atOnce = Math.min(64, accounts * slotsPerAccount);

/** Posts a second, from the first that reached the network to the last. */
const rateOf = (times: readonly number[]): number =>
  (times.length / ((times.at(-1) ?? Number.NaN) - (times[0] ?? Number.NaN))) * 1_000;

async function arrivals(place: Place, from: number, count: number): Promise<readonly number[]> {
  while (place.x.arrived.length < from + count) await pause(50);
  return place.x.arrived.slice(from, from + count).map(({ at }) => at);
}

/**
 * @param takes how long the peer takes for a post, in milliseconds
 * @returns posts a second of each side, the median over the rounds
 */
export async function publishedPerSecond(
  rounds: number,
  takes: number,
): Promise<{ readonly ours: number; readonly baseline: number; readonly atOnce: number }> {
  const rates = { ours: [] as number[], baseline: [] as number[] };
  const posts = accounts * postsPerAccount;
  for (let round = 0; round < rounds; round += 1) {
    await using place = await openPlace({
      store: 'sqlite',
      posts,
      accounts,
      instances: 1,
      dueIn: 25_000,
      // The bare client posts to the same accounts in the same window.
      x: { limit: 10 * posts, takes },
    });
    const bare = fork(fileURLToPath(new URL('bare-client.ts', import.meta.url)), [], {
      env: { PATH: process.env['PATH'] ?? '', ...place.environment },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await once(bare, 'message');
    const texts = Array.from({ length: posts }, (_, n) => `Round ${String(round)}, text ${String(n)}.`);
    const credentials = Array.from({ length: accounts }, (_, n) => oneOfMany(n));
    // Warm first, as Crier is by its own start.
    bare.send({ accounts: credentials, texts: texts.slice(0, atOnce), atOnce });
    await once(bare, 'message');
    rates.ours.push(rateOf(await arrivals(place, atOnce, posts)));
    // Until nothing of ours is under way any more: cards are still being drawn when the last post has left.
    await pause(5_000);
    bare.send({ accounts: credentials, texts, atOnce });
    await once(bare, 'message');
    rates.baseline.push(rateOf(await arrivals(place, atOnce + posts, posts)));
    bare.disconnect();
  }
  return { ours: median(rates.ours), baseline: median(rates.baseline), atOnce };
}

/** @returns the most memory of the process, in MiB, while so many posts on 20 accounts leave */
export async function memoryOf(posts: number): Promise<number> {
  await using place = await openPlace({
    store: 'sqlite',
    posts,
    accounts,
    instances: 1,
    dueIn: 20_000 + posts * 6,
    x: { limit: 10 * posts },
  });
  const [crier] = place.instances;
  if (crier === undefined) throw new Error('there is no process');
  let most = 0;
  while (place.x.arrived.length < posts) {
    most = Math.max(most, crier.memory());
    await pause(50);
  }
  return most / 1024 / 1024;
}
