import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { londonDate } from '../../src/protocol/london.ts';

test('the day of any moment is the one that the calendar of London shows, on both sides of midnight and of a clock change', () => {
  const near = fc.integer({ min: -90, max: 90 }).map((minutes) => minutes * 60_000);
  const midnights = fc.integer({ min: 0, max: 40_000 }).map((day) => day * 86_400_000);
  fc.assert(
    fc.property(midnights, near, fc.integer({ min: -1, max: 1 }), (midnight, minutes, more) => {
      const at = midnight + minutes + more;
      const day = Temporal.Instant.fromEpochMilliseconds(at)
        .toZonedDateTimeISO('Europe/London')
        .toPlainDate();
      expect(londonDate(at)).toBe(day.toString());
    }),
    { numRuns: 2_000 },
  );
});
