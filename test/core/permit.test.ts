import { expect, test } from 'vitest';
import { lastBegun, mayBegin, NoLongerPermitted, permittedBy } from '../../src/core/permit.ts';

const signal = () => new AbortController().signal;

test('a call without a permit begins what it likes', async () => {
  const free = signal();
  await mayBegin(free);
  expect(lastBegun(free)).toBeUndefined();
});

test('every request of a call asks anew, and none begins once the permit is gone', async () => {
  let open: number | undefined = 5;
  const bound = permittedBy(async () => open, signal());
  expect(lastBegun(bound)).toBeUndefined();
  await mayBegin(bound);
  expect(lastBegun(bound)).toBe(5);
  open = undefined;
  await expect(mayBegin(bound)).rejects.toBeInstanceOf(NoLongerPermitted);
  expect(lastBegun(bound)).toBe(5);
});

test('a call that was ended while the permit was asked for begins nothing', async () => {
  const controller = new AbortController();
  const bound = permittedBy(async () => {
    controller.abort(new Error('over'));
    return 1;
  }, controller.signal);
  await expect(mayBegin(bound)).rejects.toThrow('over');
});
