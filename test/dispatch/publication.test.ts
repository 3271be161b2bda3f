import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { begin, mayStandSince, settle, withOtherBytes, type Answer } from '../../src/dispatch/attempt.ts';
import { attemptOver, lookDelays, looked, mostRounds, nextLook, type Look } from '../../src/dispatch/look.ts';
import type { NotNow, Publication } from '../../src/dispatch/publication.ts';
import { said, type Said } from '../../src/dispatch/said.ts';
import { letGoOn, stop } from '../../src/dispatch/stop.ts';
import { together } from '../../src/dispatch/together.ts';

const remote = { remoteId: 'x-main/e1', url: 'https://x.example.org/e1' };
const time = fc.integer({ min: 0, max: 10_000_000 });
const attempt = fc.constantFrom('a1', 'a2', 'a3');
const tries = fc.integer({ min: 0, max: 9 });

const booleans = fc.array(fc.boolean(), { maxLength: 5 });

const queued: fc.Arbitrary<Publication> = fc.record({ is: fc.constant('queued' as const), tries });
const sending: fc.Arbitrary<Publication> = fc.record({
  is: fc.constant('sending' as const),
  attempt,
  since: time,
  tries,
});
const unknown: fc.Arbitrary<Extract<Publication, { is: 'unknown' }>> = fc.record({
  is: fc.constant('unknown' as const),
  attempt,
  since: time,
  tries,
  looks: fc.integer({ min: 0, max: lookDelays.length - 1 }),
  asked: fc.boolean(),
});
const settled: fc.Arbitrary<Publication> = fc.oneof(
  fc.record({ is: fc.constant('published' as const), remote: fc.constant(remote), at: time }),
  fc.record({ is: fc.constant('failed' as const), reason: fc.constant('status-400'), at: time }),
  fc.record({ is: fc.constant('stopped' as const), at: time }),
  fc.record({ is: fc.constant('removing' as const), remote: fc.constant(remote), publishedAt: time }),
  fc.record({ is: fc.constant('removed' as const), remote: fc.constant(remote), at: time }),
);
const any = fc.oneof(queued, sending, unknown, settled);

const answer: fc.Arbitrary<Answer> = fc.constantFrom(
  { answer: 'published', remote },
  { answer: 'retry', reason: 'busy' },
  { answer: 'refused', reason: 'status-400' },
  { answer: 'unknown' },
);
const look: fc.Arbitrary<Look> = fc.constantFrom(
  { look: 'found', remote },
  { look: 'absent', certain: true },
  { look: 'absent', certain: false },
  { look: 'cannot' },
  { look: 'cannot', lookAt: 'https://x.example.org' },
);
const word = fc.constantFrom<Said>('it-is-there', 'post-it-now', 'do-not-post');
const isNotNow = (result: Publication | NotNow): result is NotNow => 'notNow' in result;

describe('a publication', () => {
  test('leaves no settled state by beginning, by an answer, by a look, by a word or by a stop', () => {
    fc.assert(
      fc.property(settled, attempt, answer, look, word, time, (publication, of, given, seen, told, now) => {
        const nothing = { notNow: publication.is };
        expect(begin(publication, of, now)).toEqual(nothing);
        expect(settle(publication, of, given, now)).toEqual(nothing);
        expect(looked(publication, of, seen, now)).toEqual(nothing);
        expect(said(publication, told, 'https://x.example.org/e1', now)).toEqual(nothing);
        expect(stop(publication, now)).toBe(publication);
      }),
    );
  });

  test('changes nothing for an answer to another attempt, or a look after another', () => {
    fc.assert(
      fc.property(fc.oneof(sending, unknown), answer, look, time, (publication, given, seen, now) => {
        expect(settle(publication, 'another', given, now)).toEqual({ notNow: publication.is });
        expect(looked(publication, 'another', seen, now)).toEqual({ notNow: publication.is });
      }),
    );
  });

  test('begins from the queue alone, so that no two attempts are ever under way', () => {
    fc.assert(
      fc.property(any, attempt, time, (publication, of, now) => {
        const begun = begin(publication, of, now);
        expect(isNotNow(begun)).toBe(publication.is !== 'queued');
        if (isNotNow(begun) || publication.is !== 'queued') return;
        expect(begun).toEqual({ is: 'sending', attempt: of, since: now, tries: publication.tries + 1 });
      }),
    );
  });

  test('is queued again by what is certain alone: a clear no, or absence once nothing can arrive any more', () => {
    fc.assert(
      fc.property(unknown, look, time, (publication, seen, now) => {
        const result = looked(publication, publication.attempt, seen, now);
        const certain = seen.look === 'absent' && seen.certain && now >= publication.since + attemptOver;
        expect(!isNotNow(result) && result.is === 'queued').toBe(certain);
      }),
    );
    fc.assert(
      fc.property(fc.oneof(sending, unknown), answer, time, (publication, given, now) => {
        if (publication.is !== 'sending' && publication.is !== 'unknown') return;
        const result = settle(publication, publication.attempt, given, now);
        expect(!isNotNow(result) && result.is === 'queued').toBe(given.answer === 'retry');
      }),
    );
  });

  test('is looked for at least twice before a person is asked, unless nobody can look', () => {
    fc.assert(
      fc.property(time, fc.array(look, { maxLength: 10 }), (since, seen) => {
        let publication: Publication = {
          is: 'unknown',
          attempt: 'a1',
          since,
          tries: 1,
          looks: 0,
          asked: false,
        };
        let now = since;
        for (const each of seen) {
          if (publication.is !== 'unknown' || publication.asked) return;
          const due = nextLook(publication, now);
          expect(due).toBeGreaterThan(now);
          now = due;
          const result = looked(publication, 'a1', each, now);
          if (isNotNow(result)) throw new Error('the look did not count');
          publication = result;
          if (publication.is === 'unknown' && publication.asked && each.look === 'absent') {
            expect(publication.looks).toBe(lookDelays.length);
            expect(now).toBeGreaterThanOrEqual(since + attemptOver);
          }
        }
      }),
    );
  });

  test('lost without a trace again and again, it is looked for from the first attempt on, and ends with a question', () => {
    fc.assert(
      fc.property(booleans, booleans, (refusedBetween, heldBetween) => {
        let publication: Publication = { is: 'queued', tries: 0 };
        let now = 1_000_000;
        const apply = (result: Publication | NotNow): Publication => {
          if (isNotNow(result)) throw new Error(`it is ${result.notNow}`);
          publication = result;
          return result;
        };
        const first = now;
        for (let round = 1; round <= mostRounds; round += 1) {
          // Between two rounds the network may well say clearly that it did nothing.
          if (refusedBetween[round] === true) {
            apply(begin(publication, `busy${String(round)}`, now));
            apply(settle(publication, `busy${String(round)}`, { answer: 'retry', reason: 'busy' }, now));
          }
          // Held and let go on meanwhile, it is still the same post that may show up.
          if (heldBetween[round] === true) apply(letGoOn(stop(publication, now), now));
          apply(begin(publication, `a${String(round)}`, now));
          const lost = apply(settle(publication, `a${String(round)}`, { answer: 'unknown' }, now));
          if (lost.is !== 'unknown') throw new Error(`it is ${lost.is}`);
          expect(mayStandSince(lost)).toBe(first);
          now += attemptOver;
          apply(looked(publication, `a${String(round)}`, { look: 'absent', certain: true }, now));
        }
        expect(publication).toMatchObject({ is: 'unknown', asked: true, rounds: mostRounds });
        // A person's word lets it go on, and what was lost may still show up.
        apply(said(publication, 'post-it-now', '', now));
        expect(publication).toEqual({ is: 'queued', tries: publication.tries, lookFrom: first });
      }),
    );
  });

  test('takes a word only when somebody was asked', () => {
    fc.assert(
      fc.property(any, word, time, (publication, told, now) => {
        const asked = publication.is === 'unknown' && publication.asked;
        expect(isNotNow(said(publication, told, 'https://x.example.org/e1', now))).toBe(!asked);
      }),
    );
  });

  test('stops only while it waits in the queue', () => {
    fc.assert(
      fc.property(any, time, (publication, now) => {
        const result = stop(publication, now);
        if (publication.is === 'queued') expect(result).toEqual({ is: 'stopped', at: now });
        else expect(result).toBe(publication);
      }),
    );
  });

  /**
   * Crier and a network that takes whatever it gets as often as it gets it, but can be looked at. Answers get lost,
   * come late or twice; posts arrive at once or up to a minute later, or never. What is told is always true.
   */
  test('never stands twice on a network that can be looked at, whatever gets lost and whoever dies', () => {
    const step = fc.record({
      does: fc.constantFrom('begin', 'arrive', 'answer', 'lose', 'look', 'old answer'),
      wait: fc.integer({ min: 0, max: 40_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let publication: Publication = { is: 'queued', tries: 0 };
        let now = 1_000_000;
        const attempts: { readonly name: string; readonly until: number; arrived: boolean }[] = [];
        const standing = () => attempts.filter(({ arrived }) => arrived);
        const apply = (result: Publication | NotNow): void => {
          if (!isNotNow(result)) publication = result;
        };
        const truth = (one: { readonly arrived: boolean; readonly until: number }): Answer =>
          one.arrived
            ? { answer: 'published', remote }
            : now > one.until
              ? { answer: 'retry', reason: 'not-reached' }
              : { answer: 'unknown' };
        for (const { does, wait } of steps) {
          now += wait;
          const last = attempts.at(-1);
          switch (does) {
            case 'begin': {
              const result = begin(publication, `a${attempts.length}`, now);
              if (isNotNow(result)) break;
              publication = result;
              attempts.push({ name: `a${attempts.length}`, until: now + 60_000, arrived: false });
              break;
            }
            case 'arrive':
              if (last !== undefined && now <= last.until) last.arrived = true;
              break;
            case 'answer':
              if (last !== undefined) apply(settle(publication, last.name, truth(last), now));
              break;
            case 'lose':
              if (last !== undefined) apply(settle(publication, last.name, { answer: 'unknown' }, now));
              break;
            case 'old answer': {
              const [first] = attempts;
              if (first !== undefined) apply(settle(publication, first.name, truth(first), now));
              break;
            }
            case 'look': {
              if (publication.is !== 'unknown') break;
              const seen: Look =
                standing().length > 0 ? { look: 'found', remote } : { look: 'absent', certain: true };
              apply(looked(publication, publication.attempt, seen, now));
              break;
            }
          }
          expect(standing().length).toBeLessThanOrEqual(1);
          if (publication.is === 'published') expect(standing().length).toBe(1);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('publications together', () => {
  test('are publishing while anything may still come of one, and say no more than is so', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 5 }), (all) => {
        const open = all.some(
          (each) => each.is === 'queued' || each.is === 'sending' || (each.is === 'unknown' && !each.asked),
        );
        const out = all.filter(
          ({ is }) => is === 'published' || is === 'removing' || is === 'removed',
        ).length;
        const standing = together(all);
        expect(standing === 'publishing').toBe(open);
        if (!open) expect(standing === 'published').toBe(out > 0 && out === all.length);
        if (standing === 'failed' || standing === 'stopped') expect(out).toBe(0);
      }),
    );
  });
});

test('what only goes on where it broke off is brought again at once, however often, and asks nobody', () => {
  const applied = (result: Publication | NotNow): Publication => {
    if (isNotNow(result)) throw new Error(`not now: ${result.notNow}`);
    return result;
  };
  let publication: Publication = { is: 'queued', tries: 0 };
  for (let death = 1; death <= 10; death += 1) {
    const attempt = `a${String(death)}`;
    publication = applied(begin(publication, attempt, death));
    publication = applied(settle(publication, attempt, { answer: 'unknown' }, death));
    const look = { look: 'absent', certain: true, goesOn: true } as const;
    publication = applied(looked(publication, attempt, look, death));
    expect(publication).toEqual({ is: 'queued', tries: death });
  }
});

test('what is found stands since its attempt began, or since its network says that it does, however late it is looked for', () => {
  const unknown: Publication = {
    is: 'unknown',
    attempt: 'a2',
    since: 100_000,
    lookFrom: 50_000,
    tries: 2,
    looks: 0,
    asked: false,
  };
  const stands = (at?: number) =>
    looked(unknown, 'a2', { look: 'found', remote, ...(at === undefined ? {} : { at }) }, 900_000);
  for (const [told, at] of [
    [undefined, 100_000],
    [101_000, 101_000],
    // It is of the attempt before; the network's clock is behind, or ahead.
    [60_000, 60_000],
    [49_000, 50_000],
    [950_000, 900_000],
  ] as const)
    expect(stands(told)).toEqual({ is: 'published', remote, at });
  const asked = { ...unknown, asked: true };
  expect(said(asked, 'it-is-there', 'https://x.com/1', 900_000)).toMatchObject({ at: 100_000 });
});

test('what attempts sent is kept with them while the plan says something else, until it is known what became of them', () => {
  const applied = (result: Publication | NotNow): Publication => {
    if (isNotNow(result)) throw new Error(`not now: ${result.notNow}`);
    return result;
  };
  const absent = { look: 'absent', certain: true } as const;
  const lost = applied(
    settle(applied(begin({ is: 'queued', tries: 0 }, 'a1', 1)), 'a1', { answer: 'unknown' }, 2),
  );
  const corrected = withOtherBytes(lost, 'first');
  expect(corrected).toMatchObject({ is: 'unknown', sent: 'first' });
  const again = applied(looked(corrected, 'a1', absent, attemptOver + 1));
  expect(again).toMatchObject({ is: 'queued', lookFrom: 1, sentBefore: ['first'] });
  // The next attempt sends what the plan says: it is the earlier one that sent something else.
  const second = applied(settle(applied(begin(again, 'a2', 100_000)), 'a2', { answer: 'unknown' }, 100_001));
  expect(second).toMatchObject({ is: 'unknown', sentBefore: ['first'] });
  expect(second).not.toHaveProperty('sent');
  expect(withOtherBytes(second, 'second')).toMatchObject({ sent: 'second', sentBefore: ['first', 'second'] });
  expect(applied(looked(second, 'a2', { look: 'found', remote }, 100_002))).toEqual({
    is: 'published',
    remote,
    at: 100_000,
  });
  // What certainly did nothing sent nothing, and what waits without having been tried has sent nothing either.
  const busy = { answer: 'retry', reason: 'busy' } as const;
  const sending = withOtherBytes(applied(begin({ is: 'queued', tries: 0 }, 'a1', 1)), 'first');
  expect(applied(settle(sending, 'a1', busy, 2))).toEqual({ is: 'queued', tries: 1, lastReason: 'busy' });
  expect(withOtherBytes({ is: 'queued', tries: 0 }, 'first')).toEqual({ is: 'queued', tries: 0 });
  // A person says that it is not there: it may still turn up.
  const asked = withOtherBytes(applied(looked(lost, 'a1', { look: 'cannot' }, 3)), 'first');
  expect(applied(said(asked, 'post-it-now', '', 4))).toMatchObject({ lookFrom: 1, sentBefore: ['first'] });
});
