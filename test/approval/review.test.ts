import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afresh,
  agree,
  askedNow,
  awaited,
  clockGoesOn,
  counting,
  escalate,
  openReview,
  stageTimes,
  type FrozenStage,
  type Press,
  type Review,
} from '../../src/approval/review.ts';

const people = ['ann', 'ben', 'cat', 'dev', 'eve', 'fay'] as const;
const person = fc.constantFrom(...people);
const some = fc.uniqueArray(person, { minLength: 1, maxLength: 5 });

const stageOf = (id: string): fc.Arbitrary<FrozenStage> =>
  fc
    .record({
      kind: fc.constantFrom('pass-on' as const, 'decide' as const),
      people: some,
      escalateTo: fc.uniqueArray(person, { maxLength: 2 }),
      need: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ kind, people: asked, escalateTo, need }) => ({
      id,
      name: `Stage ${id}`,
      kind,
      people: asked,
      need: kind === 'pass-on' ? 1 : need,
      remindAfter: 1_000,
      escalateAfter: 2_000,
      escalateTo,
      expireAfter: 3_000,
      because: [],
    }));
const stages = fc
  .integer({ min: 1, max: 4 })
  .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => stageOf(`s${i}`))));
const opened = fc
  .record({ stages, writers: fc.uniqueArray(person, { maxLength: 2 }) })
  .map(({ stages: all, writers }) =>
    openReview({ id: 'r1', hash: 'h1', stages: all, sentBy: 'ann', writers }, 1_000),
  );

/** A press as somebody makes it: now and then on an old card. */
const press = fc.record({
  person,
  hash: fc.constantFrom('h1', 'h1', 'h1', 'h0'),
  stage: fc.constantFrom('here', 'here', 'here', 's0', 's1', 's2'),
  escalates: fc.constantFrom(false, false, false, true),
});
type PressMade = typeof press extends fc.Arbitrary<infer Made> ? Made : never;
const presses = fc.array(press, { maxLength: 30 });

const pressOn = (review: Review, { person: by, hash, stage }: PressMade): Press => ({
  person: by,
  hash,
  stage: stage === 'here' ? (awaited(review)?.id ?? 's9') : stage,
  now: 2_000,
});

/** Walks through presses; `after` sees every press with the review before and after it. */
function walk(
  first: Review,
  all: readonly PressMade[],
  after: (seen: { before: Review; review: Review; press: Press; no?: string }) => void,
): Review {
  let review = first;
  for (const each of all) {
    if (each.escalates) review = escalate(review);
    const before = review;
    const made = pressOn(review, each);
    const result = agree(review, made);
    if ('no' in result) {
      after({ before, review, press: made, no: result.no });
    } else {
      review = result.review;
      after({ before, review, press: made });
    }
  }
  return review;
}

describe('a review', () => {
  test('is through a stage only when as many different people as it needs have agreed to what it is about', () => {
    fc.assert(
      fc.property(opened, presses, (first, all) => {
        const last = walk(first, all, ({ before, review }) => {
          expect(review.current - before.current).toBeLessThanOrEqual(1);
        });
        for (const [n, stage] of last.stages.entries()) {
          const agreed = last.decisions.filter((each) => each.stage === stage.id);
          const passed = last.passedOn.filter((each) => each.stage === stage.id);
          expect(new Set(agreed.map(({ by }) => by)).size).toBe(agreed.length);
          expect(agreed.every(({ hash }) => hash === last.hash)).toBe(true);
          const through = n < last.current;
          if (stage.kind === 'decide') expect(agreed.length >= stage.need).toBe(through);
          else expect(passed.length).toBe(through ? 1 : 0);
          if (n > last.current) expect(agreed.length + passed.length).toBe(0);
        }
      }),
    );
  });

  test('counts nobody who wrote it or was not asked', () => {
    fc.assert(
      fc.property(opened, presses, (first, all) => {
        walk(first, all, ({ before, press: made, no }) => {
          if (no !== undefined) return;
          const stage = awaited(before);
          if (stage === undefined) throw new Error('something counted though nothing was awaited');
          if (stage.kind === 'decide') expect(before.writers).not.toContain(made.person);
          const asked = before.escalated ? [...stage.people, ...stage.escalateTo] : stage.people;
          expect(asked).toContain(made.person);
        });
      }),
    );
  });

  test('changes nothing for a press on another version or another stage, and says which of the two', () => {
    fc.assert(
      fc.property(opened, presses, (first, all) => {
        walk(first, all, ({ before, review, press: made, no }) => {
          const here = awaited(before)?.id;
          if (made.hash !== before.hash) expect(no).toBe('another-version');
          else if (here === undefined) expect(no).toBe('nothing-awaited');
          else if (made.stage !== here) expect(no).toBe('stage-moved-on');
          if (no !== undefined) expect(review).toBe(before);
        });
      }),
    );
  });

  test('counts what was decided elsewhere about the same words once each, where whoever decided is asked and wrote nothing of it', () => {
    const elsewhere = fc.array(fc.record({ by: person, hash: fc.constantFrom('h1', 'h1', 'h0') }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(opened, elsewhere, (first, all) => {
        const last = counting(
          first,
          all.map((each) => ({ ...each, stage: 'elsewhere', at: 2_000 })),
        );
        for (const each of people) {
          const counted = [...last.decisions, ...last.passedOn].filter(({ by }) => by === each);
          expect(counted.length).toBeLessThanOrEqual(
            all.filter(({ by, hash }) => by === each && hash === first.hash).length,
          );
          for (const { stage: id } of counted)
            expect(first.stages.find((stage) => stage.id === id)?.people).toContain(each);
          if (first.writers.includes(each)) expect(last.decisions.map(({ by }) => by)).not.toContain(each);
        }
        for (const stage of last.stages.slice(0, last.current).filter(({ kind }) => kind === 'decide')) {
          const agreed = last.decisions.filter((each) => each.stage === stage.id).map(({ by }) => by);
          expect(new Set(agreed).size).toBe(stage.need);
        }
      }),
    );
  });

  test('takes the press of everybody it asks, so that nobody is asked in vain', () => {
    fc.assert(
      fc.property(opened, presses, (first, all) => {
        const review = walk(first, all, () => undefined);
        const stage = awaited(review);
        if (stage === undefined) {
          expect(askedNow(review)).toEqual([]);
          return;
        }
        for (const each of askedNow(review)) {
          const made = { person: each, hash: review.hash, stage: stage.id, now: 3_000 };
          expect(agree(review, made)).not.toHaveProperty('no');
        }
      }),
    );
  });

  test('never takes the same press twice', () => {
    fc.assert(
      fc.property(opened, presses, (first, all) => {
        walk(first, all, ({ review, press: made, no }) => {
          if (no !== undefined) return;
          const again = agree(review, made);
          const moved = awaited(review) === undefined ? 'nothing-awaited' : 'stage-moved-on';
          const here = awaited(review)?.id === made.stage;
          expect(again).toMatchObject({ no: here ? 'already-decided' : moved });
        });
      }),
    );
  });

  test('afresh forgets every decision, keeps looks that were given, and waits for the first that was not', () => {
    fc.assert(
      fc.property(opened, presses, (first, all) => {
        const review = walk(first, all, () => undefined);
        const again = afresh(review, 'r2', 9_000);
        expect(again).toMatchObject({
          id: 'r2',
          hash: review.hash,
          decisions: [],
          escalated: false,
          since: 9_000,
        });
        expect(again.passedOn).toEqual(review.passedOn);
        const stage = awaited(again);
        if (stage === undefined) {
          expect(again.stages.every(({ kind }) => kind === 'pass-on')).toBe(true);
          return;
        }
        expect(again.stages.slice(0, again.current).every(({ kind }) => kind === 'pass-on')).toBe(true);
        if (stage.kind === 'pass-on')
          expect(again.passedOn.map((each) => each.stage)).not.toContain(stage.id);
      }),
    );
  });

  test('what cannot wait is escalated when it was to be, at the latest when it is asked about anew, and once', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 8 });
    fc.assert(
      fc.property(opened, gaps, fc.boolean(), (first, all, isEscalated) => {
        let review = isEscalated ? escalate(first) : first;
        let now = first.since;
        const due = stageTimes(first)?.escalate ?? 0;
        for (const gap of all) {
          now += gap;
          review = { ...afresh(review, 'r2', now), ...clockGoesOn(review, now) };
          expect(review.escalated).toBe(isEscalated);
          if (isEscalated) expect(review.since).toBe(now);
          else expect(stageTimes(review)?.escalate).toBe(Math.max(due, now));
          expect(stageTimes(review)?.expire).toBeGreaterThan(now);
        }
      }),
    );
  });
});
