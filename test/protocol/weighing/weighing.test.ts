import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findings } from '../../../src/protocol/findings.ts';
import { ordinarily } from '../../../src/protocol/rule.ts';
import { signalsOf } from '../../../src/protocol/weighing/signals.ts';
import { stemOf } from '../../../src/protocol/weighing/stems.ts';
import { likelihoodBy } from '../../../src/protocol/weighing/weigh.ts';
import { fixtureProtocol } from '../fixture-registers.ts';

const rulesIn = (text: string, alt = ''): readonly string[] =>
  findings(
    {
      texts: [{ account: 'facebook', network: 'facebook', text }],
      media:
        alt === ''
          ? []
          : [
              {
                type: 'image',
                alt,
                captions: false,
                recognised: { who: 'nobody' },
                origin: { whose: 'ours' },
              },
            ],
      occasion: ordinarily,
    },
    fixtureProtocol,
  ).map(({ rule }) => rule);

test.each([
  ['stole', 'stealing'],
  ['thieves', 'thief'],
  ['bitten', 'biting'],
  ['fought', 'fights'],
])('%s and %s are one word', (a, b) => {
  expect(stemOf(a)).toBe(stemOf(b));
});

test('a word counts for its field, apart by where it stands to whom is spoken of', () => {
  const text = 'He pilfered. Ann Lee embezzled it.';
  const at = text.indexOf('Ann Lee');
  const signals = signalsOf([{ text, subjects: [{ from: at, to: at + 7 }] }]);
  expect([...signals.keys()]).toEqual(
    expect.arrayContaining(['(theft)', 'near:(theft)', 'after:(fraud)', 'close:(fraud)']),
  );
  // a name itself says nothing
  expect([...signals.keys()].filter((signal) => signal.includes('lee'))).toEqual([]);
});

test('every likelihood lies between 0 and 1', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.dictionary(fc.string(), fc.double({ min: -9, max: 9, noNaN: true })),
      (text, own) => {
        const likely = likelihoodBy(new Map(Object.entries(own)), signalsOf([{ text, subjects: [] }]));
        expect(likely).toBeGreaterThanOrEqual(0);
        expect(likely).toBeLessThanOrEqual(1);
      },
    ),
  );
});

describe('what no single phrase says', () => {
  test('who is named only beside a picture is praised by the words', () => {
    const alt = 'Cllr Rosalind Tench with a tray of bulbs';
    expect(rulesIn('Nobody does more for Birkdale than this lady.', alt)).toContain('POL-8');
    expect(rulesIn('Nobody does more for Birkdale than this lady.', 'A tray of bulbs')).not.toContain(
      'POL-8',
    );
  });

  test('who can be told without a name is accused too; who is only spoken of is not', () => {
    expect(
      rulesIn('The man who runs the chip shop on Moor Lane short-changes children and lies to us.'),
    ).toContain('MOD-4');
    expect(
      rulesIn('Cold chips again. The caterer, Munchwell, lied to us and left children hungry.'),
    ).toContain('MOD-4');
    expect(
      rulesIn('The man who runs the chip shop on Moor Lane gave children a free lunch. Thank you.'),
    ).toEqual([]);
  });

  test('words of a crime accuse nobody where everything around them says that it is a play', () => {
    expect(
      rulesIn('Who killed Lord Crumpet? Was it Nanny Grimsdyke? Join our murder mystery supper on Friday.'),
    ).toEqual([]);
  });

  test("a councillor's own words promote nobody; the same words of another do", () => {
    const said = '"A tireless champion and a true hero,"';
    expect(rulesIn(`${said} said Cllr Edmund Thrale.`)).not.toContain('POL-8');
    expect(rulesIn(`${said} says a neighbour of Cllr Edmund Thrale.`)).toContain('POL-8');
  });

  test('the hashtag of the supporters of a councillor names them', () => {
    expect(rulesIn('400 carers came to tea. We all know who made it happen. #TeamPhilomena')).toContain(
      'POL-8',
    );
    expect(rulesIn('400 carers came to tea. We all know who made it happen. #TeamCarers')).not.toContain(
      'POL-8',
    );
  });

  test('several councillors in a row are not one', () => {
    expect(rulesIn('Cllr Edmund Thrale is a true hero who fought for you.')).toContain('POL-8');
    expect(rulesIn('Cllr Edmund Thrale and Cllr Ann Pell are true heroes who fought for you.')).not.toContain(
      'POL-8',
    );
  });
});
