import { expect, test } from 'vitest';
import { isSafe, stopWhileLeaving } from './stopping.ts';

/** `npm run stops` stops far more; this much is held at every change. */
test(
  'two processes are sending posts of that second, and one is held still over the answer: nothing begins after it',
  { timeout: 300_000 },
  async () => {
    const report = await stopWhileLeaving({
      store: 'cosmos',
      // A busy machine comes to the stop late: enough are left then to bring some back.
      posts: 60,
      accounts: 3,
      instances: 2,
      after: 6,
      dueIn: 2_000,
    });
    expect(report, JSON.stringify(report)).toMatchObject({
      accepted: 60,
      heldStill: 2,
      lost: 0,
      doubled: 0,
      late: 0,
      unlisted: 0,
      byThemselves: 0,
      broughtBack: 3,
    });
    expect(isSafe(report)).toBe(true);
  },
);
