import { expect, test } from 'vitest';
import { onceLoaded } from '../../src/core/once-loaded.ts';

test('uses at the same moment share one load, and so do all that come after', async () => {
  let loads = 0;
  const loaded = onceLoaded(async (by: string) => await Promise.resolve(`${by} ${String((loads += 1))}`));
  expect(await Promise.all([loaded('first'), loaded('second')])).toEqual(['first 1', 'first 1']);
  expect(await loaded('third')).toBe('first 1');
});

test('a load that failed is begun anew once, whoever waited for it', async () => {
  let loads = 0;
  const loaded = onceLoaded(async () => {
    loads += 1;
    if (loads === 1) throw new Error('EMFILE');
    return await Promise.resolve(loads);
  });
  const all = await Promise.allSettled([loaded(), loaded()]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await Promise.all([loaded(), loaded()])).toEqual([2, 2]);
});
