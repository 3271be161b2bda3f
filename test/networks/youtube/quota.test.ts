import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  askedAgainAt,
  empty,
  keptBack,
  left,
  refilledAt,
  spend,
  spentOn,
  usualQuota,
  type QuotaState,
} from '../../../src/networks/youtube/quota.ts';

const at = (time: string): number => Date.parse(time);
const context = (now: number) => ({
  now,
  id: 'youtube-quota-1',
  actor: { by: 'crier' as const },
  protocol: undefined,
  newId: (prefix: string) => prefix,
});

describe('the day of a Google project', () => {
  test.each([
    ['an ordinary day', '2026-11-24T06:00:00Z', '2026-11-24T08:00:00Z'],
    ['the last millisecond', '2026-11-24T07:59:59.999Z', '2026-11-24T08:00:00Z'],
    ['the first moment', '2026-11-24T08:00:00Z', '2026-11-25T08:00:00Z'],
    ['summer there', '2026-07-01T12:00:00Z', '2026-07-02T07:00:00Z'],
    [
      'a day of 23 hours there, after British clocks and before them',
      '2027-03-14T09:00:00Z',
      '2027-03-15T07:00:00Z',
    ],
    ['a day of 25 hours there', '2026-11-01T08:00:00Z', '2026-11-02T08:00:00Z'],
  ])('ends at midnight in California: %s', (_name, now, refilled) => {
    expect(refilledAt(at(now))).toBe(at(refilled));
  });

  test('over any run of spendings no bucket ever gives more than it has in a day, and each day gives it anew', () => {
    const step = fc.record({
      later: fc.integer({ min: 0, max: 6 * 3_600_000 }),
      uploads: fc.integer({ min: 0, max: 3 }),
      units: fc.integer({ min: 0, max: 900 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const quota = { uploads: 5, searches: 0, units: 2_000 };
        const granted = new Map<string, { uploads: number; units: number }>();
        let state: QuotaState | undefined;
        let now = at('2026-10-31T05:00:00Z');
        for (const { later, uploads, units } of steps) {
          now += later;
          const { day } = spentOn(state, now);
          const before = granted.get(day) ?? { uploads: 0, units: 0 };
          const decided = spend.decide(state, { uploads, searches: 0, units, quota }, context(now));
          const room = quota.units - keptBack(quota);
          const fits = before.uploads + uploads <= quota.uploads && before.units + units <= room;
          expect('state' in decided).toBe(fits);
          if (!('state' in decided)) {
            expect(decided.facts.until).toBeGreaterThan(now);
            continue;
          }
          state = decided.state;
          granted.set(day, { uploads: before.uploads + uploads, units: before.units + units });
        }
      }),
    );
  });

  test('nothing new is begun with the last of a day, and what cannot wait has it, and more', () => {
    const now = at('2026-11-24T06:00:00Z');
    const quota = { uploads: 5, searches: 0, units: 2_000 };
    const given = { uploads: 0, searches: 0, quota };
    const room = quota.units - keptBack(quota);
    const full = spend.decide(undefined, { ...given, units: room }, context(now));
    if (!('state' in full)) throw new Error(full.refused);
    expect(spend.decide(full.state, { ...given, units: 1 }, context(now))).toMatchObject({
      refused: 'quota-spent',
    });
    const over = spend.decide(full.state, { ...given, units: 200, always: true }, context(now));
    if (!('state' in over)) throw new Error(over.refused);
    expect(over.state.units).toBe(room + 200);
    expect(left(over.state, now, quota).units).toBe(0);
  });

  test.each([
    ['an ordinary day', '2026-11-24T08:00:00Z'],
    ['a day of 23 hours there', '2027-03-14T08:00:00Z'],
    ['the day after it', '2027-03-15T07:00:00Z'],
    ['a day of 25 hours there', '2026-11-01T07:00:00Z'],
    ['the day after it', '2026-11-02T08:00:00Z'],
  ])(
    'what is called empty just after midnight may be the day before’s, and is asked again soon: %s',
    (_name, midnight) => {
      const called = (now: number) => {
        const decided = empty.decide(undefined, { bucket: 'units' }, context(now));
        if (!('state' in decided)) throw new Error(decided.refused);
        return left(decided.state, now, usualQuota).units;
      };
      const settled = at(midnight) + 300_000;
      for (const soon of [0, 500, 299_999]) {
        expect(askedAgainAt(at(midnight) + soon)).toBe(settled);
        expect(called(at(midnight) + soon)).toBe(usualQuota.units);
      }
      for (const now of [at(midnight) - 1, settled]) {
        expect(askedAgainAt(now)).toBe(refilledAt(now));
        expect(called(now)).toBe(0);
      }
    },
  );

  test('a bucket that Google called empty is empty until then, whatever was counted', () => {
    const now = at('2026-11-24T06:00:00Z');
    const state: QuotaState = { ...spentOn(undefined, now), empty: ['units'] };
    expect(left(state, now, usualQuota)).toEqual({ uploads: 100, searches: 100, units: 0 });
    expect(left(state, refilledAt(now), usualQuota)).toEqual(usualQuota);
  });
});
