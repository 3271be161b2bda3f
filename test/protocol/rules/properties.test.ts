import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findings } from '../../../src/protocol/findings.ts';
import type { CheckedDraft } from '../../../src/protocol/rule.ts';
import { ordinarily } from '../../../src/protocol/rule.ts';
import { sayFinding } from '../../../src/words/findings.ts';
import { fixtureProtocol } from '../fixture-registers.ts';
import { labelled } from '../labelled-posts.ts';

const judged = new Set(['DAT-5', 'POL-2', 'POL-8', 'MOD-4', 'WORDS']);
const draft = (text: string, alt?: string): CheckedDraft => ({
  texts: [{ account: 'facebook', network: 'facebook', text }],
  occasion: ordinarily,
  media: alt === undefined ? [] : [{ type: 'image', alt, captions: false }],
});
const judgement = (text: string): string[] =>
  [...new Set(findings(draft(text), fixtureProtocol).map((f) => f.rule))].filter((rule) => judged.has(rule));

const posts = [
  'posts.dev.jsonl',
  'posts.more.jsonl',
  'posts.later.jsonl',
  'posts.third.jsonl',
  'posts.fourth.jsonl',
]
  .flatMap((file) => labelled(file, fixtureProtocol))
  .map((row) => row.text);
const post = fc.constantFrom(...posts);
const invisible = fc.constantFrom('\u200b', '\u200c', '\u2060', '\ufeff', '\u00ad', '\u034f', '\u2063');
/** Letters of other scripts that a reader takes for the Latin one at the same place: Cyrillic, Greek and Armenian. */
const confusable: readonly (readonly [string, string])[] = [
  ['авеіјкмнорсԁѕтхуһԛԝ', 'abeijkmhopcdstxyhqw'],
  ['АВЕІЈКМНОРСЅТХҮԌԚԜ', 'ABEIJKMHOPCSTXYGQW'],
  ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιανυρ', 'ABEZHIKMNOPTYXoiavup'],
  ['սօհցԼՕՍ', 'uohgLOU'],
];
const swaps = new Map<string, string[]>();
for (const [looks, latin] of confusable)
  for (const [at, letter] of [...latin].entries())
    swaps.set(letter, [...(swaps.get(letter) ?? []), looks.charAt(at)]);

describe('nothing hides from the rules of judgement', () => {
  test('invisible characters between letters change nothing', () => {
    fc.assert(
      fc.property(
        post,
        fc.array(fc.tuple(fc.nat(), invisible), { minLength: 1, maxLength: 12 }),
        (text, marks) => {
          let hidden = text;
          for (const [at, mark] of marks) {
            // beside a letter: between two emoji a joiner would make one of them
            const places = [...hidden.matchAll(/[A-Za-z0-9]/g)].map((m) => m.index);
            const place = places[at % Math.max(1, places.length)] ?? 0;
            hidden = hidden.slice(0, place) + mark + hidden.slice(place);
          }
          expect(judgement(hidden)).toEqual(judgement(text));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('look-alike letters change nothing', () => {
    fc.assert(
      fc.property(
        post,
        fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 12 }),
        (text, picks) => {
          let disguised = text;
          for (const [at, which] of picks) {
            const place = at % text.length;
            const options = swaps.get(disguised[place] ?? '') ?? [];
            const swap = options[which % Math.max(1, options.length)];
            if (swap !== undefined && swap.length === 1)
              disguised = disguised.slice(0, place) + swap + disguised.slice(place + 1);
          }
          expect(judgement(disguised)).toEqual(judgement(text));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('what is found in a text is found in an alternative text', () => {
    const rows = posts.filter((text) => judgement(text).length > 0);
    fc.assert(
      fc.property(fc.constantFrom(...rows), (text) => {
        const rules = new Set(findings(draft('Plain words.', text), fixtureProtocol).map((f) => f.rule));
        expect(judgement(text).filter((rule) => !rules.has(rule))).toEqual([]);
      }),
    );
  });
});

test('every spot lies within the text as written, and every finding has its words', () => {
  const messy = fc.oneof(
    post,
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
  fc.assert(
    fc.property(fc.array(messy, { minLength: 1, maxLength: 3 }), messy, (parts, alt) => {
      const text = parts.join(' ');
      for (const finding of findings(draft(text, alt), fixtureProtocol)) {
        const { what, fix } = sayFinding(finding, 2);
        expect(`${what}${fix}`).not.toMatch(/undefined|\$\{|NaN/);
        for (const spot of finding.spots) {
          const whole = spot.in === 'alt' ? alt : text;
          expect(spot.from).toBeGreaterThanOrEqual(0);
          expect(spot.to).toBeGreaterThanOrEqual(spot.from);
          expect(spot.to).toBeLessThanOrEqual(whole.length);
        }
      }
    }),
    { numRuns: 150 },
  );
});

describe('plain council notices are not flagged', () => {
  const place = fc.constantFrom(
    'Marine Drive',
    'Cockshutt Lane',
    'Hesketh Park',
    'Bootle Library',
    'Crosby Beach',
    'Dunes Splash World',
    'Lord Street',
    'Rimrose Valley',
    'Magdalen House, 30 Trinity Road',
    'The Atkinson',
  );
  const day = fc.constantFrom('Monday', 'Good Friday', '6 May', 'Tuesday 14 June 2027', 'the weekend');
  const time = fc.constantFrom('6.30am', '9am', 'noon', '10 a.m.', '8pm');
  const what = fc.constantFrom(
    'is shut',
    'is open as usual',
    'will be shut for repairs',
    'has free parking',
    'is closed both ways after a crash',
    'has a new ramp',
  );
  const more = fc.constantFrom(
    'Please follow the signs.',
    'Ring 0345 140 0845 if you need help.',
    'In danger? Call 999.',
    'See planning notice DC/2027/00418.',
    'Tickets cost £12.50.',
    'Bus 47 will not stop here.',
    'Sorry for the bother.',
    'Email contact@sefton.gov.uk with your views.',
    'Great tits are nesting there.',
    'Read more at https://www.sefton.gov.uk/news #LoveSefton',
  );
  test('whatever place, day and time they name', () => {
    fc.assert(
      fc.property(place, day, time, what, more, (where, when, at, does, extra) => {
        const text = `${where} ${does} from ${at} on ${when}. ${extra}`;
        expect(findings(draft(text), fixtureProtocol).map((f) => `${f.rule}: ${text}`)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

test('a rule that the protocol does not list does not run, and its settings count', () => {
  const text = 'Sun ☀️ sea 🌊 #SeftonCoast';
  const only = (settings: Record<string, number>) => ({
    ...fixtureProtocol,
    rules: { 'ACC-4': { id: 'ACC-4', breach: 'warn' as const, clause: '9.9', settings } },
  });
  expect(findings(draft(text, ''), only({}))).toEqual([]);
  expect(findings(draft(text, ''), only({ emoji: 1 }))).toMatchObject([
    { rule: 'ACC-4', clause: '9.9', breach: 'warn', code: 'too-many-emoji' },
  ]);
});
