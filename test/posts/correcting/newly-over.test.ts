import fc from 'fast-check';
import { expect, test } from 'vitest';
import { correctionReply } from '../../../src/words/corrections.ts';
import { foundInCorrection } from '../../../src/posts/correcting/correction-findings.ts';
import { correctedRevision } from '../../../src/posts/correcting/words-kept.ts';
import { keepingDays } from '../../../src/posts/writing/days-written.ts';
import type { Revision } from '../../../src/posts/writing/revision.ts';
import { posts } from '../../fixtures/cards/posts.ts';
import { rules as bare } from '../../fixtures/cards/rules.ts';

const day = { id: 'DAY', breach: 'block', clause: '4.7', settings: {} } as const;
const rules = { ...bare, rules: { ...bare.rules, DAY: day } };

const hour = 3_600_000;
const posted = Date.UTC(2026, 10, 24, 9);

const said = (text: string, at: number, n = 1): Revision => ({
  ...posts.published.revision,
  n,
  at,
  text,
  variants: {},
  accounts: ['x-main', 'facebook-main', 'website'],
});

/** The words of ends that stop a correction from one text to another, asked for and made at these times. */
function stops(from: string, to: string, way: 'reply' | 'again', times: { asked: number; made: number }) {
  const post = { ...posts.published, revision: said(from, posted) };
  const ways = { 'x-main': way, 'facebook-main': 'edit', website: 'edit' } as const;
  const what = `We said: ${from}`;
  const right = correctedRevision(post, said(to, times.asked, 2), ways);
  const wanted = {
    revision: keepingDays(post.revision, right),
    ways,
    what,
    reply: correctionReply(what, to),
  };
  const found = foundInCorrection(post, wanted, times.made, rules);
  return Object.values(found).flatMap((each) =>
    each.filter(({ code }) => code === 'end-over').map(({ facts }) => facts['words']),
  );
}

const others = [
  'Use the A565.',
  'We are sorry.',
  'The library is open.',
  'It was shut on Friday.',
  'Buses go another way today.',
  'It opens again tomorrow.',
];
const ends = [
  'Moor Lane is closed until 4pm today.',
  'No water in Ash Road until noon today!',
  'On Wednesday the tip is shut until 11am.',
  'Free parking until Thursday',
  'The survey closes on Wednesday at 5pm.',
  'Delays until 10:30am tomorrow.',
];
const texts = (from: readonly string[]) => fc.array(fc.constantFrom(...from), { maxLength: 4 });

test('whatever else a correction changes, takes out or puts elsewhere, an end that stood before does not stop it', () => {
  const cases = fc.record({
    before: texts([...others, ...ends]),
    added: texts(others),
    kept: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    turned: fc.boolean(),
    way: fc.constantFrom('reply' as const, 'again' as const),
    asked: fc.integer({ min: 0, max: 80 }),
    waits: fc.integer({ min: 0, max: 80 }),
  });
  fc.assert(
    fc.property(cases, ({ before, added, kept, turned, way, asked, waits }) => {
      const stay = before.filter((_each, n) => kept[n]);
      const after = [...added, ...(turned ? stay.toReversed() : stay)].join(' ');
      const at = posted + asked * hour;
      expect(stops(before.join(' '), after, way, { asked: at, made: at + waits * hour })).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('words that name an end are no news, be it that they were not read as that one among others', () => {
  const tip = 'On Wednesday the tip is shut until 11am.';
  const times = { asked: posted, made: posted + 26 * hour };
  expect(stops('Use the A565.', tip, 'reply', times)).toContain('until 11am');
  expect(stops(`Free parking until Thursday ${tip}`, tip, 'reply', times)).toEqual([]);
});

test.each(['reply', 'again'] as const)(
  'an end that a correction newly names stops it once it has come, and not before (%s)',
  (way) => {
    const from = 'Moor Lane is closed until 4pm today.';
    const to = `${from} No water in Ash Road until 6pm today.`;
    const asked = posted + 7.5 * hour;
    expect(stops(from, to, way, { asked, made: asked })).toEqual([]);
    expect(stops(from, to, way, { asked, made: posted + 9 * hour - 1 })).toEqual([]);
    expect(new Set(stops(from, to, way, { asked, made: posted + 9 * hour }))).toEqual(
      new Set(['until 6pm today']),
    );
    // Another time than stood there is news as well.
    expect(stops(from, from.replace('4pm', '3pm'), way, { asked, made: asked })).toContain('until 3pm today');
    expect(stops('Moor Lane is closed.', from, way, { asked, made: asked })).toContain('until 4pm today');
  },
);
