import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  begunAt,
  failedAt,
  seenAt,
  servedAt,
  stoodStill,
  type Need,
  type Standstill,
} from '../../src/core/standstill.ts';
import { hours, minutes, seconds } from '../../src/core/time.ts';

const half = seconds(30);

type Step =
  /** half minutes in which it says that it is at work, or does not */
  | { readonly do: 'works' | 'sleeps' | 'set-back'; readonly halves: number }
  | { readonly do: 'fails' | 'is-served'; readonly need: Need };

const need = fc.constantFrom<Need>('reading', 'writing');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('works' as const, 'sleeps' as const),
    halves: fc.integer({ min: 1, max: 20 }),
  }),
  fc.record({ do: fc.constant('set-back' as const), halves: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ do: fc.constantFrom('fails' as const, 'is-served' as const), need }),
);

test('it stood still in every half minute before it began, in which it slept or in which something failed it, and in no other', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.array(fc.nat(400), { maxLength: 5 }),
      (steps, asked) => {
        const began = 200;
        let now = began;
        let known: Standstill = begunAt(now * half);
        /** the half minutes since zero in which it did not work, as a clerk with a list would note them */
        const idle = new Set(Array.from({ length: began }, (_, n) => n));
        const failing = new Set<Need>();
        const goesOn = (idles: boolean): void => {
          if (idles || failing.size > 0) idle.add(now);
          now += 1;
        };
        for (const each of steps) {
          switch (each.do) {
            case 'works':
              for (let n = 0; n < each.halves; n += 1) {
                goesOn(false);
                known = seenAt(known, now * half);
              }
              break;
            case 'sleeps':
              // Two are the longest that whoever works may be unseen.
              for (let n = 0; n < each.halves; n += 1) goesOn(each.halves > 2);
              known = seenAt(known, now * half);
              break;
            case 'set-back':
              now -= Math.min(each.halves, now);
              for (const n of idle) if (n >= now) idle.delete(n);
              known = seenAt(known, now * half);
              break;
            case 'fails':
              failing.add(each.need);
              known = failedAt(known, each.need, now * half);
              break;
            case 'is-served':
              failing.delete(each.need);
              known = servedAt(known, each.need, now * half);
              break;
          }
        }
        for (const from of [0, now, ...asked]) {
          const idles = [...idle].filter((n) => n >= from).length;
          expect(stoodStill(known, from * half, now * half)).toBe(idles * half);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a sleep counts though nobody has seen its end yet, and what fails still as if it had failed until now', () => {
  const known = seenAt(begunAt(0), 0);
  expect(stoodStill(known, 0, hours(8))).toBe(hours(8));
  const failing = failedAt(known, 'writing', 0);
  const later = Array.from({ length: 960 }, (_, n) => n + 1).reduce((at, n) => seenAt(at, n * half), failing);
  expect(stoodStill(later, hours(1), hours(8))).toBe(hours(7));
});

test('of a store that fails for a moment without an end no more is kept than is needed, and the latest is known exactly', () => {
  let known = begunAt(0);
  const rounds = 5_000;
  for (let n = 1; n <= rounds; n += 1) {
    known = failedAt(known, 'writing', minutes(n));
    known = servedAt(known, 'writing', minutes(n) + half);
  }
  expect(known.gaps.length).toBeLessThanOrEqual(1_000);
  const end = minutes(rounds) + half;
  expect(stoodStill(known, end - hours(2), end)).toBe(hours(1));
  // What is too long ago to be known counts like the time before a start.
  expect(stoodStill(known, 0, end)).toBeGreaterThan(minutes(rounds) / 2);
});
