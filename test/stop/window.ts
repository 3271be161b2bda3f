import { setTimeout as pause } from 'node:timers/promises';
import { slotsPerAccount } from '../../src/dispatch/account.ts';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import type { PostState } from '../../src/posts/post.ts';
import { openPlace, type Place, type StoreName } from './place.ts';

export interface WindowOptions {
  readonly store: StoreName;
  readonly instances: number;
  /** all due at once on one account */
  readonly posts: number;
  /** how many of them X takes in one window */
  readonly limit: number;
  readonly dueIn: number;
}

export interface WindowReport {
  readonly name: 'window';
  readonly store: StoreName;
  readonly instances: number;
  readonly accepted: number;
  /** what X took in its first window */
  readonly sent: number;
  /** requests that X refused because its window was used up, before the account knew of it */
  readonly refused: number;
  /** posts that wait for the next window, queued and not failed */
  readonly waiting: number;
  /** requests while the account waits, by whichever process */
  readonly meanwhile: number;
}

/** Nothing has come for so long: all that can leave has left. */
const quietFor = 2_000;

/** What is still under way so long after the last request is stuck. */
const settledWithin = 30_000;

/** Lets so many posts fall due on one account that X takes only some, and watches what every process does then. */
export async function useUpWindow(options: WindowOptions): Promise<WindowReport> {
  await using place = await openPlace({ ...options, accounts: 1, x: { limit: options.limit } });
  const { arrived } = place.x;
  let last = -1;
  while (arrived.length < options.limit || arrived.length !== last) {
    last = arrived.length;
    await pause(quietFor);
  }
  const before = arrived.length;
  await pause(quietFor);
  const posts = await settled(place);
  return {
    name: 'window',
    store: options.store,
    instances: options.instances,
    accepted: posts.length,
    sent: place.x.posts().length,
    refused: before - place.x.posts().length,
    waiting: posts.filter((post) => Object.values(publicationsOf(post)).every(({ is }) => is === 'queued'))
      .length,
    meanwhile: arrived.length - before,
  };
}

/** The posts once what began has come to an end: on a busy machine that is some time after the last request. */
async function settled(place: Pick<Place, 'stored'>): Promise<readonly PostState[]> {
  const until = performance.now() + settledWithin;
  for (;;) {
    const { posts } = await place.stored();
    const isUnderWay = posts.some((post) =>
      Object.values(publicationsOf(post)).some(({ is }) => is === 'sending'),
    );
    if (!isUnderWay || performance.now() > until) return posts;
    await pause(quietFor);
  }
}

/** Whether an account's window was kept, by all processes together. */
export const isKept = (report: WindowReport, { posts, limit }: WindowOptions): boolean =>
  report.accepted === posts &&
  report.sent === limit &&
  report.refused <= slotsPerAccount &&
  report.waiting === posts - limit &&
  report.meanwhile === 0;
