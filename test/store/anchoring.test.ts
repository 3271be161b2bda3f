import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { anchorRegularly } from '../../src/store/anchoring.ts';
import { createLog } from '../../src/logging.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const log = createLog({ level: 'silent' });

test('what a dead process left is looked for once, before the first anchors; then they are taken regularly', async () => {
  const done: string[] = [];
  const stop = anchorRegularly(
    {
      sweep: () => Promise.resolve(done.push('sweep')),
      take: () => Promise.resolve(done.push('take')),
    },
    log,
    { first: 60_000, every: 300_000 },
  );
  await vi.advanceTimersByTimeAsync(59_999);
  expect(done).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(done).toEqual(['sweep', 'take']);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(done).toEqual(['sweep', 'take', 'take', 'take']);
  stop();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(done).toHaveLength(4);
});

test('a look that failed is made again the next time', async () => {
  const done: string[] = [];
  const stop = anchorRegularly(
    {
      sweep: () => (done.push('sweep') === 1 ? Promise.reject(new Error('no disk')) : Promise.resolve(0)),
      take: () => Promise.resolve(done.push('take')),
    },
    log,
    { first: 60_000, every: 300_000 },
  );
  await vi.advanceTimersByTimeAsync(300_000);
  expect(done).toEqual(['sweep', 'sweep', 'take']);
  stop();
});
