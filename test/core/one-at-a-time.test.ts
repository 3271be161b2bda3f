import { expect, test } from 'vitest';
import { neverTwiceAtOnce } from '../../src/core/one-at-a-time.ts';

test('who asks while it is under way gets what was so when they asked, and it is never under way twice', async () => {
  const gates = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  let now = 'before';
  let known = '';
  let atOnce = 0;
  let times = 0;
  const read = neverTwiceAtOnce(async () => {
    atOnce += 1;
    expect(atOnce).toBe(1);
    const found = now;
    await gates[(times += 1) - 1]?.promise;
    known = found;
    atOnce -= 1;
  });
  const first = read();
  now = 'after';
  const others = [read(), read(), read()];
  gates[1]?.resolve(undefined);
  gates[0]?.resolve(undefined);
  await Promise.all([first, ...others]);
  expect([known, times]).toEqual(['after', 2]);
});

test('what failed is tried again by whoever asks next', async () => {
  let times = 0;
  const read = neverTwiceAtOnce(async () => {
    times += 1;
    await Promise.resolve();
    if (times === 1) throw new Error('EMFILE');
  });
  await expect(read()).rejects.toThrow('EMFILE');
  await read();
  expect(times).toBe(2);
});
