import { expect, test } from 'vitest';
import { isKept, useUpWindow } from './window.ts';

/** `npm run stops` has 1,000 posts; this much is held at every change. */
test(
  'two processes share the window of an account: X is sent what it takes, and nothing more before it opens again',
  { timeout: 150_000 },
  async () => {
    const options = { store: 'cosmos', instances: 2, posts: 20, limit: 8, dueIn: 2_000 } as const;
    const report = await useUpWindow(options);
    expect(report, JSON.stringify(report)).toMatchObject({
      accepted: 20,
      sent: 8,
      waiting: 12,
      meanwhile: 0,
    });
    expect(isKept(report, options)).toBe(true);
  },
);
