import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ask, claim, dueAt, nextDue, settle } from '../../src/core/effects.ts';
import type { Ending, Run, Waiting } from '../../src/core/effects.ts';
import { backOff } from '../../src/outbox/back-off.ts';

const empty: Waiting = { effects: [], wishes: 0 };
const wanted = (key: string, n: number, due = 0) => ({ key, type: 't', data: { n }, due });

type Step =
  | { readonly do: 'ask'; readonly key: string }
  | { readonly do: 'drop'; readonly key: string }
  | { readonly do: 'claim'; readonly key: string; readonly owner: string }
  | { readonly do: 'end'; readonly which: number; readonly end: Ending['end'] }
  | { readonly do: 'pass'; readonly time: number };

const key = fc.constantFrom('a', 'b');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('ask' as const), key }),
  fc.record({ do: fc.constant('drop' as const), key }),
  fc.record({ do: fc.constant('claim' as const), key, owner: fc.constantFrom('x', 'y') }),
  fc.record({
    do: fc.constant('end' as const),
    which: fc.nat(5),
    end: fc.constantFrom('remove' as const, 'postpone' as const, 'release' as const),
  }),
  fc.record({ do: fc.constant('pass' as const), time: fc.nat(60) }),
);

describe('effects', () => {
  test('none is lost, none is held twice, and the newest wish is what stays', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let waiting = empty;
        let now = 0;
        let attempt = 0;
        const heldTwice: unknown[] = [];
        const endedTwice: Run[] = [];
        /** key → data of the newest wish that nobody has finished or dropped */
        const open = new Map<string, number>();
        /** runs that somebody believes to be under way, with the time until which that is so */
        const runs: { run: Run; until: number; wish: number }[] = [];
        for (const each of steps) {
          if (each.do === 'ask') {
            const n = waiting.wishes + 1;
            waiting = ask(waiting, [wanted(each.key, n, now)]);
            open.set(each.key, n);
          } else if (each.do === 'drop') {
            waiting = ask(waiting, [], [each.key]);
            open.delete(each.key);
          } else if (each.do === 'claim') {
            const effect = waiting.effects.find((other) => other.key === each.key);
            if (effect === undefined) continue;
            const lease = { owner: each.owner, attempt: `t${(attempt += 1)}`, until: now + 40 };
            const claimed = claim(waiting, effect, lease, now);
            if (claimed === undefined) continue;
            heldTwice.push(...runs.filter(({ run, until }) => run.key === each.key && until > now));
            waiting = claimed.waiting;
            runs.push({ run: claimed.run, until: lease.until, wish: effect.wish });
          } else if (each.do === 'end') {
            const ended = runs[each.which % Math.max(1, runs.length)];
            if (ended === undefined) continue;
            runs.splice(runs.indexOf(ended), 1);
            const held = waiting.effects.some(({ lease }) => lease?.attempt === ended.run.attempt);
            waiting = settle(
              waiting,
              ended.run,
              each.end === 'remove' ? { end: each.end } : { end: each.end, due: now + 5 },
            );
            if (settle(waiting, ended.run, { end: 'remove' }) !== waiting) endedTwice.push(ended.run);
            // Who no longer holds the effect ends nothing; a run ends its own wish and no newer one.
            if (held && each.end === 'remove' && open.get(ended.run.key) === ended.wish)
              open.delete(ended.run.key);
          } else {
            now += each.time;
          }
          expect(heldTwice).toEqual([]);
          expect(endedTwice).toEqual([]);
          const left = waiting.effects.filter(({ dropped }) => dropped === undefined);
          expect(new Map(left.map((effect) => [effect.key, effect.wish]))).toEqual(open);
          for (const { data, wish } of left) expect(data).toEqual({ n: wish });
          expect(nextDue(waiting.effects)).toBe(
            waiting.effects.length === 0 ? undefined : Math.min(...waiting.effects.map(dueAt)),
          );
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('a release of an effect that had not been written down ends nothing of a later start', () => {
    const waiting = ask(empty, [wanted('a', 1)]);
    const run: Run = { key: 'a', wish: 1, attempt: 'memory', leased: false, attempts: 1 };
    const postponed = settle(waiting, run, { end: 'postpone', due: 50 });
    expect(postponed.effects).toMatchObject([{ attempts: 1, due: 50 }]);
    expect(settle(postponed, run, { end: 'remove' })).toBe(postponed);
  });

  test('a star takes every key that begins so', () => {
    const waiting = ask(empty, [wanted('card:1', 1), wanted('card:2', 2), wanted('post', 3)]);
    expect(ask(waiting, [], ['card:*']).effects.map((effect) => effect.key)).toEqual(['post']);
    expect(ask(waiting, [], ['card:1']).effects).toHaveLength(2);
  });

  test('what a run was started with stays with its lease when the key is asked for again', () => {
    const lease = { owner: 'x', attempt: 't', until: 40 };
    const claimed = claim(ask(empty, [wanted('a', 1)]), { key: 'a', wish: 1 }, lease, 0);
    if (claimed === undefined) throw new Error('it could not be claimed');
    const twice = ask(ask(claimed.waiting, [wanted('a', 2)]), [wanted('a', 3)]);
    expect(twice.effects).toMatchObject([{ data: { n: 3 }, lease: { attempt: 't', was: { n: 1 } } }]);
  });

  test('back-off is never shorter than asked for, never nothing, and never over 5 minutes by itself', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.nat(1_000_000),
        fc.double({ min: 0, max: 0.999_999, noNaN: true }),
        (attempts, atLeast, random) => {
          const wait = backOff(attempts, atLeast, random);
          expect(wait).toBeGreaterThanOrEqual(Math.max(1, atLeast));
          expect(wait).toBeLessThanOrEqual(Math.max(atLeast, 300_000));
        },
      ),
    );
  });

  test('one that is asked for again and again unless it waits already keeps its first time, and comes once more after it', () => {
    const soon = (due: number) => ({ ...wanted('a', 1, due), unlessAsked: true as const });
    const first = ask(empty, [soon(2)]);
    const waiting = ask(first, [soon(3), soon(4)]);
    expect(waiting).toEqual(first);
    const [effect] = waiting.effects;
    if (effect === undefined) throw new Error('nothing waits');
    const lease = { owner: 'x', attempt: 'one', until: 60 };
    const claimed = claim(waiting, effect, lease, 2);
    if (claimed === undefined) throw new Error('it was not free');
    const asked = ask(claimed.waiting, [soon(5)]);
    expect(settle(asked, claimed.run, { end: 'remove' }).effects).toMatchObject([{ key: 'a', due: 5 }]);
  });
});
