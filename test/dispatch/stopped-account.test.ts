import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { isRefusal, type Change, type Refusal } from '../../src/core/change.ts';
import type { Context } from '../../src/core/context.ts';
import { blockAccount, recordRead, watchAccount } from '../../src/dispatch/access.ts';
import {
  freeSlot,
  holdAccount,
  resumeAccount,
  stopAccount,
  takeSlot,
  type AccountState,
} from '../../src/dispatch/account.ts';
import { parseProtocol } from '../../src/protocol/parse.ts';
import type { Protocol } from '../../src/protocol/protocol.ts';

const parsed = parseProtocol(await readFile(new URL('../../protocol.yaml', import.meta.url), 'utf8'));
if (!parsed.ok) throw new Error('the sample protocol is wrong');
const { protocol } = parsed;

const contextAt = (now: number, person?: string): Context<Protocol> => ({
  now,
  id: 'account-x-main',
  actor: person === undefined ? { by: 'crier' } : { by: 'person', person },
  protocol,
  newId: (prefix) => `${prefix}-1`,
});

const account = 'x-main';
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('take' as const),
      publication: fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5', 'p6'),
      safety: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('free' as const),
      publication: fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5', 'p6'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('stop' as const),
      what: fc.constantFrom('routine' as const, 'all' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('resume' as const), isOld: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('block' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('read' as const),
      is: fc.constantFrom(
        'connected' as const,
        'blocked' as const,
        'unclear' as const,
        'unreadable' as const,
      ),
      starting: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('watch' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('hold' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function decide(each: Step, before: AccountState | undefined, now: number): Change<AccountState> | Refusal {
  switch (each.does) {
    case 'take':
      return takeSlot.decide(
        before,
        { publication: each.publication, decidedAt: now, safety: each.safety, until: now + 50 },
        contextAt(now),
      );
    case 'free':
      return freeSlot.decide(before, { publication: each.publication }, contextAt(now));
    case 'stop':
      return stopAccount.decide(before, { what: each.what }, contextAt(now, 'ellen-rimmer'));
    case 'resume':
      return resumeAccount.decide(
        before,
        { known: each.isOld ? (before?.stopped?.at ?? now) - 1 : now },
        contextAt(now, 'ellen-rimmer'),
      );
    case 'block':
      return blockAccount.decide(before, { account, reason: 'account-blocked' }, contextAt(now));
    case 'watch':
      return watchAccount.decide(before, { account }, contextAt(now));
    case 'hold':
      return holdAccount.decide(before, {}, contextAt(now, 'ellen-rimmer'));
    case 'read': {
      const read =
        each.is === 'blocked'
          ? { is: each.is, reason: 'account-blocked' }
          : each.is === 'unreadable'
            ? { is: each.is, starting: each.starting }
            : { is: each.is };
      return recordRead.decide(before, { account, read }, contextAt(now));
    }
  }
}

/** What a model that only counts knows: the stop in force, and since when the network refuses us. */
interface Known {
  readonly stopped: 'routine' | 'all' | undefined;
  readonly blocked: boolean;
}

function walked(
  steps: readonly (readonly [number, Step])[],
  check: (seen: {
    readonly each: Step;
    readonly known: Known;
    readonly decided: Change<AccountState> | Refusal;
    readonly before: AccountState | undefined;
  }) => void,
): void {
  let state: AccountState | undefined;
  let known: Known = { stopped: undefined, blocked: false };
  let now = 1_000;
  for (const [passed, each] of steps) {
    now += passed;
    const decided = decide(each, state, now);
    check({ each, known, decided, before: state });
    if (!isRefusal(decided)) state = decided.state;
    if (each.does === 'stop') {
      known = { ...known, stopped: known.stopped === 'all' ? 'all' : each.what };
    } else if (each.does === 'resume' && !each.isOld) {
      known = { ...known, stopped: undefined };
    } else if (each.does === 'block' || (each.does === 'read' && each.is === 'blocked')) {
      known = { ...known, blocked: true };
    } else if (
      each.does === 'read' &&
      (each.is === 'connected' || (each.is === 'unreadable' && each.starting))
    ) {
      known = { ...known, blocked: false };
    }
  }
}

const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), step), { maxLength: 60 });
const tells = (decided: Change<AccountState> | Refusal): readonly string[] =>
  isRefusal(decided)
    ? []
    : decided.effects.flatMap(({ type, key }) => (type === 'account.tell-desk' ? [key] : []));

describe('an account that is stopped or blocked', () => {
  test('gives no slot while everything is stopped, and while routine is paused only for safety information', () => {
    fc.assert(
      fc.property(steps, (all) => {
        walked(all, ({ each, known, decided }) => {
          if (each.does !== 'take') return;
          const stopped = known.stopped === 'all' || (known.stopped === 'routine' && !each.safety);
          expect(isRefusal(decided) && decided.refused === 'account-stopped').toBe(stopped);
          if (known.blocked) expect(isRefusal(decided)).toBe(true);
        });
      }),
    );
  });

  test('is never weakened by a pause, says in its record who did what, and a resume lifts either', () => {
    fc.assert(
      fc.property(steps, (all) => {
        walked(all, ({ each, known, decided }) => {
          if (each.does === 'stop') {
            const changes =
              known.stopped === undefined || (known.stopped === 'routine' && each.what === 'all');
            expect(isRefusal(decided)).toBe(!changes);
            if (isRefusal(decided)) return;
            expect(decided.state.stopped).toMatchObject({ what: each.what, by: 'ellen-rimmer' });
            expect(decided.audit).toHaveLength(1);
          }
          if (each.does === 'resume') {
            // Whoever was shown an earlier stop lifts no later one.
            expect(isRefusal(decided)).toBe(known.stopped === undefined || each.isOld);
            if (!isRefusal(decided)) {
              expect(decided.state.stopped).toBeUndefined();
              // Nothing that was decided until then leaves by itself.
              const late = takeSlot.decide(
                decided.state,
                { publication: 'late', decidedAt: decided.state.heldBefore ?? 0, safety: false, until: 1e9 },
                contextAt(1e6),
              );
              expect(isRefusal(late) && late.refused).toBe('account-held');
              expect(decided.audit).toHaveLength(1);
            }
          }
        });
      }),
    );
  });

  test('tells the desk once each time it comes to be blocked, and what waits once when it is connected again', () => {
    fc.assert(
      fc.property(steps, (all) => {
        walked(all, ({ each, known, decided, before }) => {
          const blocks = each.does === 'block' || (each.does === 'read' && each.is === 'blocked');
          const officers = [...protocol.desk.officers, 'desk'].map((officer) => `tell:blocked:${officer}`);
          expect(tells(decided)).toEqual(blocks && !known.blocked ? officers : []);
          const wakes = isRefusal(decided) ? [] : decided.effects.filter(({ key }) => key === 'connected');
          const clears =
            each.does === 'read' && (each.is === 'connected' || (each.is === 'unreadable' && each.starting));
          expect(wakes).toHaveLength(clears && known.blocked ? 1 : 0);
          expect(before?.blocked !== undefined).toBe(known.blocked);
        });
      }),
    );
  });

  test('is read again after every read that came to something', () => {
    fc.assert(
      fc.property(steps, (all) => {
        walked(all, ({ each, decided }) => {
          if (each.does !== 'read' || isRefusal(decided)) return;
          const next = decided.effects.filter(({ key }) => key === 'watch');
          expect(next).toHaveLength(each.is === 'unreadable' ? 0 : 1);
        });
      }),
    );
  });
});
