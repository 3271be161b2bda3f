import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { minutes } from '../../../src/core/time.ts';
import { createHeldFiles, mostHeld } from '../../../src/web/rehearsal/held-files.ts';

let ids = 0;
const holding = () => createHeldFiles(() => `file-${String((ids += 1))}`);
const photo = (name: string, bytes = 3): File => new File([new Uint8Array(bytes)], name);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a file is handed over once', () => {
  const held = holding();
  const [one, other] = [held.hold(photo('one.jpg')), held.hold(photo('other.jpg'))];
  expect(held.take(one)?.name).toBe('one.jpg');
  expect(held.take(one)).toBeUndefined();
  expect(held.take(other)?.name).toBe('other.jpg');
  expect(held.take('no such file')).toBeUndefined();
});

test('a file that nobody fetches is not kept', () => {
  const held = holding();
  const id = held.hold(photo('one.jpg'));
  vi.advanceTimersByTime(minutes(4));
  const later = held.hold(photo('later.jpg'));
  vi.advanceTimersByTime(minutes(2));
  expect(held.take(id)).toBeUndefined();
  expect(held.take(later)?.name).toBe('later.jpg');
  expect(vi.getTimerCount()).toBe(0);
});

test('however much is sent and not fetched, no more stands in memory than one message may have', () => {
  const held = holding();
  const half = mostHeld / 2;
  const [first, second, third] = [photo('1', half), photo('2', half), photo('3', half)].map(held.hold);
  expect(held.take(first ?? '')).toBeUndefined();
  expect([held.take(second ?? '')?.name, held.take(third ?? '')?.name]).toEqual(['2', '3']);
});
