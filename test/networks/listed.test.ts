import { expect, test } from 'vitest';
import { z } from 'zod';
import { moment, readable } from '../../src/networks/listed.ts';

test.each([
  ['2026-11-24T09:00:00Z', Date.UTC(2026, 10, 24, 9)],
  ['2026-11-24T09:00:00+0000', Date.UTC(2026, 10, 24, 9)],
  ['2026-06-24T09:00:00+0100', Date.UTC(2026, 5, 24, 8)],
  ['2026-06-24T09:00:00+01:00', Date.UTC(2026, 5, 24, 8)],
])('the moment %s', (text, at) => {
  expect(moment.parse(text)).toBe(at);
});

test.each(['', 'soon', '2026-13-40T09:00:00Z'])('no moment: %j', (text) => {
  expect(moment.safeParse(text).success).toBe(false);
});

test('what cannot be read of a list is left out, and the list is not', () => {
  const times = readable(z.object({ at: moment }));
  expect(times.parse([{ at: 'soon' }, { at: '1970-01-01T00:00:01Z' }, null])).toEqual([{ at: 1_000 }]);
  expect(times.safeParse('soon').success).toBe(false);
});
