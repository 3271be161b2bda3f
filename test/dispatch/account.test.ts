import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/core/change.ts';
import type { Context } from '../../src/core/context.ts';
import {
  freeAllSlots,
  freeSlot,
  holdAccount,
  takeAccount,
  slotsPerAccount,
  takeSlot,
  type AccountState,
} from '../../src/dispatch/account.ts';

const contextAt = (now: number): Context => ({
  now,
  id: 'account-x-main',
  actor: { by: 'crier' },
  protocol: undefined,
  newId: (prefix) => `${prefix}-1`,
});

const publication = fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7');
const take = fc.record({
  does: fc.constant('take' as const),
  publication,
  safety: fc.boolean(),
  decidedAgo: fc.integer({ min: 0, max: 40 }),
});
const free = fc.record({
  does: fc.constant('free' as const),
  publication,
  /** whether it is a look for it that has ended, and not its sending */
  looked: fc.boolean(),
  wait: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined, freq: 2 }),
});
const look = fc.record({ does: fc.constant('look' as const), publication });
const hold = fc.record({ does: fc.constant('hold' as const) });
const start = fc.record({ does: fc.constant('start' as const) });
/** Mostly taking, so that accounts are full now and then. */
const step = fc.oneof(
  { weight: 12, arbitrary: take },
  { weight: 3, arbitrary: free },
  { weight: 3, arbitrary: look },
  { weight: 1, arbitrary: hold },
  { weight: 1, arbitrary: start },
);
const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), step), { maxLength: 60 });
const lasts = 150;

/** Walks through the steps; `after` sees the state before and after each, and what was refused. */
function walk(
  all: readonly (readonly [number, typeof step extends fc.Arbitrary<infer S> ? S : never])[],
  after: (seen: {
    readonly before: AccountState | undefined;
    readonly state: AccountState | undefined;
    readonly now: number;
    readonly took?: { readonly publication: string; readonly decidedAt: number; readonly safety: boolean };
    readonly refused?: string;
  }) => void,
): void {
  let state: AccountState | undefined;
  let now = 1_000;
  for (const [passed, each] of all) {
    now += passed;
    const before = state;
    const context = contextAt(now);
    const took =
      each.does === 'take'
        ? { publication: each.publication, decidedAt: now - each.decidedAgo, safety: each.safety }
        : undefined;
    const decided = (() => {
      switch (each.does) {
        case 'take':
          return takeSlot.decide(
            before,
            {
              publication: each.publication,
              decidedAt: now - each.decidedAgo,
              safety: each.safety,
              until: now + lasts,
            },
            context,
          );
        case 'free':
          return freeSlot.decide(
            before,
            {
              publication: each.looked ? `look-${each.publication}` : each.publication,
              ...(each.wait === undefined ? {} : { waitUntil: now + each.wait }),
            },
            context,
          );
        case 'look':
          return takeAccount.decide(
            before,
            { publication: `look-${each.publication}`, until: now + lasts },
            context,
          );
        case 'hold':
          return holdAccount.decide(before, {}, context);
        case 'start':
          return freeAllSlots.decide(before, {}, context);
      }
    })();
    if (!isRefusal(decided)) state = decided.state;
    after({
      before,
      state,
      now,
      ...(took === undefined ? {} : { took }),
      ...(isRefusal(decided) ? { refused: decided.refused } : {}),
    });
  }
}

describe('an account', () => {
  test('never has more slots taken than it has, and none twice for the same publication', () => {
    fc.assert(
      fc.property(steps, (all) => {
        walk(all, ({ state, now }) => {
          const taken = (state?.slots ?? []).filter(({ until }) => until > now);
          expect(taken.length).toBeLessThanOrEqual(slotsPerAccount);
          expect(new Set(taken.map((slot) => slot.publication)).size).toBe(taken.length);
        });
      }),
    );
  });

  test('lets nothing that was decided before a hold pass, but safety information, and nothing while it has to wait', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let held: number | undefined;
        walk(all, ({ before, state, now, took, refused }) => {
          if (took !== undefined) {
            const stopped = held !== undefined && took.decidedAt <= held && !took.safety;
            const waits = before?.waitUntil !== undefined && before.waitUntil > now;
            expect(refused === 'account-held').toBe(stopped);
            if (!stopped) expect(refused === 'account-waits').toBe(waits);
          }
          if (state?.heldBefore !== before?.heldBefore) held = now;
        });
      }),
    );
  });

  test('is full only while all of its slots are taken by others, and says when one is free at the latest', () => {
    fc.assert(
      fc.property(steps, (all) => {
        walk(all, ({ before, now, took, refused }) => {
          if (took === undefined || refused === 'account-held' || refused === 'account-waits') return;
          const others = (before?.slots ?? []).filter(
            (slot) => slot.until > now && slot.publication !== took.publication,
          );
          expect(refused === 'account-full').toBe(
            others.length >= slotsPerAccount || others.some(({ alone }) => alone === true),
          );
        });
      }),
    );
  });

  test('is looked at by one alone, while nothing is on its way there', () => {
    fc.assert(
      fc.property(steps, (all) => {
        walk(all, ({ state, now }) => {
          const taken = (state?.slots ?? []).filter(({ until }) => until > now);
          if (taken.some(({ alone }) => alone === true)) expect(taken).toHaveLength(1);
        });
      }),
    );
  });

  test('keeps the longest wait a network asked for, and a refusal changes nothing', () => {
    fc.assert(
      fc.property(steps, (all) => {
        walk(all, ({ before, state, refused }) => {
          expect(state?.waitUntil ?? 0).toBeGreaterThanOrEqual(before?.waitUntil ?? 0);
          if (refused !== undefined) expect(state).toBe(before);
        });
      }),
    );
  });

  test('has every slot free once a process starts alone', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let last: AccountState | undefined;
        walk(all, ({ state }) => {
          last = state;
        });
        const decided = freeAllSlots.decide(last, {}, contextAt(1e9));
        if (isRefusal(decided)) expect(last?.slots ?? []).toEqual([]);
        else expect(decided.state).toEqual({ ...last, slots: [] });
      }),
    );
  });
});

test('two processes that both see the same post: neither takes over the slot of the other, nor gives it back', () => {
  const wanted = { publication: 'p1', decidedAt: 0, safety: false, until: 1_060 };
  const here = { ...wanted, holder: 'here' };
  const there = { ...wanted, holder: 'there' };
  const stateOf = (decided: ReturnType<typeof takeSlot.decide>): AccountState => {
    if (isRefusal(decided)) throw new Error(decided.refused);
    return decided.state;
  };
  const taken = stateOf(takeSlot.decide(undefined, here, contextAt(1_000)));
  expect(takeSlot.decide(taken, there, contextAt(1_001))).toMatchObject({ refused: 'account-full' });
  const freed = freeSlot.decide(taken, { publication: 'p1', holder: 'there' }, contextAt(1_002));
  expect(freed).toMatchObject({ refused: 'no-slot' });
  // Whoever has it renews it; once it has run out, or was given back, the other gets it.
  expect(stateOf(takeSlot.decide(taken, { ...here, until: 2_000 }, contextAt(1_003))).slots).toEqual([
    { publication: 'p1', holder: 'here', until: 2_000 },
  ]);
  const gone = stateOf(takeSlot.decide(taken, { ...there, until: 1_200 }, contextAt(1_060)));
  expect(gone.slots).toEqual([{ publication: 'p1', holder: 'there', until: 1_200 }]);
  expect(freeSlot.decide(gone, { publication: 'p1', holder: 'there' }, contextAt(1_061))).toMatchObject({
    state: { slots: [] },
  });
  const look = { publication: 'look-p1', until: 1_060 };
  const alone = stateOf(takeAccount.decide(undefined, { ...look, holder: 'here' }, contextAt(1_000)));
  expect(takeAccount.decide(alone, { ...look, holder: 'there' }, contextAt(1_001))).toMatchObject({
    refused: 'account-full',
  });
});
