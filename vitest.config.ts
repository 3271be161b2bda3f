import { defineConfig } from 'vitest/config';

/** One run for everything, Chromium and the journeys included: what `npm test` says holds for all of it. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Processes, not threads: tests start servers, children and databases, and one that dies must not take others along.
    pool: 'forks',
    // Left to itself it keeps a core free; most of a test here is waiting for a process or a browser.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A hosted machine says nothing of what it is: no test may lean on the developer's zone or language.
    env: { TZ: 'UTC', LC_ALL: 'C.UTF-8' },
  },
});
