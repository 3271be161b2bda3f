import { expect, test } from 'vitest';
import { lastBegun, mayBegin, NoLongerPermitted, permittedBy } from '../../src/core/permit.ts';
import { endingWithin } from '../../src/networks/ending-within.ts';

const signal = () => new AbortController().signal;

test('a request of a call ends with it, and begins only when the call may', async () => {
  const controller = new AbortController();
  let open: number | undefined = 7;
  const call = permittedBy(async () => open, controller.signal);
  await endingWithin(60_000, call, async (request) => {
    await mayBegin(request);
    expect(lastBegun(call)).toBe(7);
    open = undefined;
    await expect(mayBegin(request)).rejects.toBeInstanceOf(NoLongerPermitted);
    controller.abort(new Error('over'));
    await expect(mayBegin(request)).rejects.toThrow('over');
  });
  await expect(endingWithin(60_000, call, mayBegin)).rejects.toThrow('over');
  await endingWithin(60_000, signal(), mayBegin);
});

test('a request has a time of its own, however long its call may take', async () => {
  const ended = endingWithin(1, signal(), async (request) => {
    await new Promise((resolve) => request.addEventListener('abort', resolve));
    await mayBegin(request);
  });
  await expect(ended).rejects.toThrow(expect.objectContaining({ name: 'TimeoutError' }));
});

test('nothing of a request that is over stays with its call', async () => {
  const controller = new AbortController();
  const of = await endingWithin(60_000, controller.signal, async (request) => request);
  controller.abort(new Error('over'));
  expect(of.aborted).toBe(false);
});
