import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { anchorRegularly } from '../../src/store/anchoring.ts';
import type { Executor } from '../../src/core/execute.ts';
import { createLog } from '../../src/logging.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An executor, as far as it is listened to. */
function commits(): Pick<Executor, 'onCommit'> & { readonly make: (grew: boolean) => void } {
  const listeners = new Set<Parameters<Executor['onCommit']>[0]>();
  return {
    onCommit: (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    make: (grew) => {
      const waiting = { effects: [], wishes: 0 };
      for (const tell of listeners) tell({ kind: 'post', id: 'p1', waiting, length: 1, head: '', grew });
    },
  };
}

const times = { soon: 1_000, first: 60_000, every: 300_000 };
const log = createLog({ level: 'silent' });

test('what a dead process left is looked for once, before the first anchors; then they are taken regularly', async () => {
  const done: string[] = [];
  const stop = anchorRegularly(
    {
      sweep: () => Promise.resolve(done.push('sweep')),
      take: () => Promise.resolve(done.push('take')),
    },
    commits(),
    log,
    times,
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
    commits(),
    log,
    times,
  );
  await vi.advanceTimersByTimeAsync(300_000);
  expect(done).toEqual(['sweep', 'sweep', 'take']);
  stop();
});

test('what is committed is anchored within a second, all of that second at once; a broken disk is not tried at every commit', async () => {
  let broken = false;
  const done: string[] = [];
  const { make, onCommit } = commits();
  const stop = anchorRegularly(
    {
      sweep: () => Promise.resolve(0),
      take: () =>
        done.push('take') > 0 && broken ? Promise.reject(new Error('no disk')) : Promise.resolve(1),
    },
    { onCommit },
    log,
    times,
  );
  make(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(done).toEqual([]);
  make(true);
  await vi.advanceTimersByTimeAsync(999);
  make(true);
  expect(done).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(done).toEqual(['take']);
  broken = true;
  make(true);
  await vi.advanceTimersByTimeAsync(1_000);
  make(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(done).toHaveLength(2);
  broken = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(done).toHaveLength(3);
  make(true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(done).toHaveLength(4);
  make(true);
  stop();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(done).toHaveLength(4);
});

test('a long look is made once, and meanwhile anchors are taken', async () => {
  const done: string[] = [];
  const stop = anchorRegularly(
    {
      sweep: async () => {
        done.push('sweep');
        return await new Promise<number>((resolve) => setTimeout(() => resolve(0), 400_000));
      },
      take: () => Promise.resolve(done.push('take')),
    },
    commits(),
    log,
    times,
  );
  await vi.advanceTimersByTimeAsync(300_000);
  expect(done).toEqual(['sweep', 'take']);
  await vi.advanceTimersByTimeAsync(300_000);
  expect(done).toEqual(['sweep', 'take', 'take', 'take']);
  stop();
});
