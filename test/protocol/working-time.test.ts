import { expect, test } from 'vitest';
import { londonWall } from '../../src/protocol/london.ts';
import { nextWorkingTime } from '../../src/protocol/working-time.ts';

test.each([
  // A Tuesday.
  ['2026-11-24T07:59', '2026-11-24T08:00'],
  ['2026-11-24T08:00', '2026-11-24T08:00'],
  ['2026-11-24T17:59', '2026-11-24T17:59'],
  ['2026-11-24T18:00', '2026-11-25T08:00'],
  ['2026-11-24T23:30', '2026-11-25T08:00'],
  ['2026-11-27T18:00', '2026-11-30T08:00'],
  ['2026-11-28T03:00', '2026-11-30T08:00'],
  ['2026-11-29T12:00', '2026-11-30T08:00'],
])('at %s people are next at work at %s', (at, next) => {
  expect(londonWall(nextWorkingTime(Date.parse(`${at}:00Z`)))).toBe(next);
});

test('it is the hour of the clock in London, over a change of it as well', () => {
  // 7:30 by London's clock in July, and the Friday before it goes back.
  expect(londonWall(nextWorkingTime(Date.UTC(2026, 6, 7, 6, 30)))).toBe('2026-07-07T08:00');
  expect(londonWall(nextWorkingTime(Date.UTC(2026, 9, 23, 20)))).toBe('2026-10-26T08:00');
});
