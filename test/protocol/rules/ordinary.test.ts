import { describe, expect, test } from 'vitest';
import { findings } from '../../../src/protocol/findings.ts';
import { ordinarily } from '../../../src/protocol/rule.ts';
import { fixtureProtocol } from '../fixture-registers.ts';

/** The rules that judge a wording, which find something in it. */
function judged(text: string): readonly string[] {
  const draft = {
    texts: [{ account: 'facebook', network: 'facebook' as const, text }],
    media: [],
    occasion: ordinarily,
  };
  const all = findings(draft, fixtureProtocol).map(({ rule }) => rule);
  return [...new Set(all)].filter((rule) => /^(?:MOD|POL|WORDS)/.test(rule));
}

describe('benefits, services and things are nobody who could be accused', () => {
  test.each([
    'Call in at Bootle Library for help with your Universal Credit claim.',
    'Ask us about your Pension Credit claim.',
    'Are you missing out on Pension Credit? Make a claim.',
    'Attendance Allowance claim forms are at the library.',
    'Help with Disability Living Allowance claims.',
    'Fraud costs us all. Check that your Single Person Discount is right.',
    "Ask our team about a Carer's Allowance claim. We fill in the forms with you.",
    'Old phones go in the charity bin at the tip.',
    'Foreign coins go in the charity bin at the tip.',
    'Tins and jars go in the charity box by the till at the market.',
    'We said that Churchtown Primary is shut. It is not.',
    'We said that Kew Juniors had lost its roof. It has not. Sorry.',
    'We left out Zebedee.',
  ])('%s', (text) => {
    expect(judged(text)).toEqual([]);
  });

  test.each([
    'Gaynor Tuffnell made a false claim for Pension Credit.',
    'Neighbours say that Colin Rusk cheats on his Universal Credit.',
    'The charity on Cobden Street keeps the cash from its bins.',
    'We said that Wes Chadderton stole our van. He did.',
  ])('but somebody is in: %s', (text) => {
    expect(judged(text)).toEqual(['MOD-4']);
  });
});

describe('a party is known by its deeds', () => {
  test.each([
    "Labour's cuts closed this library.",
    'Labour cuts closed this library.',
    'Conservative cuts closed this library.',
    "Reform's promises cost more than your bins.",
    'Labour saved your library.',
    'Conservatives sold our land for a song.',
  ])('%s', (text) => {
    expect(judged(text)).toEqual(['POL-2']);
  });

  test.each([
    'Labour costs went up by a third, so the pier will take until May.',
    'Conservative estimates are that it will last a week.',
    'Reform spending rules for schools start in May.',
    'Green cuts of hedge go in the brown bin.',
    "Love's Labour's Lost is in the park on Saturday.",
    'Postal vote packs are on their way. Fill them in and post them back as soon as you can.',
  ])('but not: %s', (text) => {
    expect(judged(text)).toEqual([]);
  });
});
