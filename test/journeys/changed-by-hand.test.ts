import { expect, test } from 'vitest';
import { toldOf } from '../../src/words/steps.ts';
import { openCouncil, type Council } from './council.ts';
import { agreed, asked, published } from './corrections.ts';

/** A correction that somebody is to make by hand: what they say of it, and what becomes of that where it is taken away. */

const right = { text: 'The bridge is shut until Friday.', what: 'We gave the wrong day.' };
const link = { 'link:nextdoor-sefton.0': 'https://nextdoor.co.uk/p/1' };

/** A post of which Bethan Prys said that it stands on Nextdoor, and whose correction she is asked to make there. */
async function toBeChanged(council: Council, accounts = 'news,nextdoor-sefton'): Promise<void> {
  const bethan = council.as('bethan-prys');
  await published(council, 'The bridge is shut until Thursday.', accounts);
  await bethan.press('I have posted it', link, bethan.card(1));
  await asked(council, right);
  await agreed(council);
}

for (const [title, by, button, says] of [
  [
    'held, by whoever was asked',
    'bethan-prys',
    'I have not changed it',
    'Bethan Prys said at 9:45am that it had not been',
  ],
  [
    'held, by the desk',
    'ellen-rimmer',
    'It has not been changed',
    'Ellen Rimmer said at 9:45am that it had not been',
  ],
  ['not held', 'bethan-prys', 'It cannot be changed', 'Bethan Prys said at 9:45am that it cannot be'],
] as const)
  test(`what somebody says of a change by hand is told as they said it: ${title}`, async () => {
    await using council = await openCouncil();
    const [ellen, somebody] = [council.as('ellen-rimmer'), council.as(by)];
    await toBeChanged(council);
    if (button !== 'It cannot be changed') await ellen.say('hold 1');
    await somebody.press(button, {}, somebody.card(1));
    const told = `${says} changed on Nextdoor Sefton.`;
    expect(ellen.card(1).text).toContain(told);
    expect((await ellen.say('why 1'))[0]?.text).toContain(told);
    // An earlier release kept the same whichever button it was: it is told what is so for each of them.
    const post = await council.post(1);
    const past = (post.past ?? []).map((step) => {
      if (step.did !== 'by-hand') return step;
      const { cannot: _unkept, ...kept } = step;
      return kept;
    });
    const rules = { ...council.protocol, away: {} };
    expect(toldOf({ ...post, past }).map(({ sentence }) => sentence(rules, 'at 9:45am'))).toContain(
      told.replace('cannot be', 'had not been'),
    );
    expect((await council.audit()).findings).toEqual([]);
  });
