import { expect, test } from 'vitest';
import { endingAfter, lastBegun, mayBegin, NoLongerPermitted, permittedBy } from '../../src/core/permit.ts';

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

test('a request of a call ends with it or sooner, and begins only when the call may', async () => {
  const controller = new AbortController();
  let open: number | undefined = 7;
  const call = permittedBy(async () => open, controller.signal);
  const request = endingAfter(60_000, call);
  await mayBegin(request);
  expect(lastBegun(call)).toBe(7);
  open = undefined;
  await expect(mayBegin(request)).rejects.toBeInstanceOf(NoLongerPermitted);
  controller.abort(new Error('over'));
  await expect(mayBegin(request)).rejects.toThrow('over');
  await mayBegin(endingAfter(60_000, signal()));
});

test('a request has a time of its own, however long its call may take', async () => {
  const request = endingAfter(1, signal());
  await new Promise((resolve) => request.addEventListener('abort', resolve));
  await expect(mayBegin(request)).rejects.toThrow('timeout');
});
