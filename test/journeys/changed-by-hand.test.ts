import { expect, test } from 'vitest';
import { toldOf } from '../../src/words/steps.ts';
import { openCouncil, type Council } from './council.ts';
import { agreed, asked, published } from './corrections.ts';
import { toldIn } from './told.ts';

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

const unsaid =
  'Nextdoor Sefton**: Bethan Prys was asked to change it by hand, and has not said whether they had';

test('held before anybody has said whether it was changed by hand: no card knows which words stand there', async () => {
  await using council = await openCouncil();
  const [ellen, bethan, priya] = ['ellen-rimmer', 'bethan-prys', 'priya-desai'].map((id) => council.as(id));
  if (ellen === undefined || bethan === undefined || priya === undefined) throw new Error('nobody');
  await toBeChanged(council);
  await ellen.say('hold 1');
  for (const somebody of [ellen, bethan, priya]) {
    const { text } = somebody.card(1);
    expect(text).toContain(unsaid);
    expect(text).not.toContain('still says what it said');
  }
  await bethan.press('I have not changed it', {}, bethan.card(1));
  for (const somebody of [ellen, bethan, priya]) {
    expect(somebody.card(1).text).toContain(
      'Nextdoor Sefton**: Not corrected yet: it still says what it said',
    );
    expect(somebody.card(1).text).not.toContain('has not said whether');
  }
});

const omarPosts = (sample: string): string =>
  sample.replace('posted-by: [person bethan-prys]', 'posted-by: [person omar-haddad]');
const withoutNextdoor = (sample: string): string =>
  sample.replace(/ {2}nextdoor-sefton:[\s\S]*?posted-by: \[person bethan-prys\]\n/u, '');

const waiting = async (council: Council, person: string): Promise<string> =>
  (await council.as(person).say('waiting')).at(-1)?.text ?? '';

/** The last message, and no card, that somebody got. */
const lastTold = (council: Council, person: string): string =>
  toldIn(council, council.as(person).chat).findLast((text) => text.startsWith('#1 (')) ?? '';

for (const [title, protocol, leave, why] of [
  [
    'others are named for it',
    omarPosts,
    'the protocol names others now for what you were to do by hand, so please leave it to them.',
    'The protocol names others for it now',
  ],
  [
    'its account is gone',
    withoutNextdoor,
    'the account is not in the protocol any more, so please do nothing more there by hand.',
    'The account is not in the protocol any more',
  ],
] as const)
  for (const said of ['It has been changed', 'It has not been changed'])
    test(`asked whether it was changed by hand while it is held, and ${title}: the desk is asked to find out, and says "${said}"`, async () => {
      await using before = await openCouncil();
      await toBeChanged(before);
      await before.as('ellen-rimmer').say('hold 1');
      await before.quiet();
      expect(await waiting(before, 'bethan-prys')).toContain('#1');
      await using after = await before.restart({ protocol });
      await after.quiet();
      await using council = await after.restart({ protocol });
      await council.quiet();
      const ellen = council.as('ellen-rimmer');
      expect(lastTold(council, 'bethan-prys')).toBe(
        `#1 (Highways): ${leave} If you have done it already, tell Communications.`,
      );
      expect(lastTold(council, 'ellen-rimmer')).toBe(
        `#1 (Highways): on Nextdoor Sefton, Bethan Prys was asked to change it by hand, and has not said whether they had. ${why}: please find out, and say so on its card. Type "show 1" to see it.`,
      );
      expect(await waiting(council, 'bethan-prys')).toContain('Nothing waits for you.');
      expect(await waiting(council, 'ellen-rimmer')).toContain('#1');
      expect(ellen.card(1).text).toContain(unsaid);
      await ellen.press(said, {}, ellen.card(1));
      expect(await waiting(council, 'ellen-rimmer')).toContain('Nothing waits for you.');
      const post = await council.post(1);
      expect(post.wasByHand).toBeUndefined();
      expect(post.status.is).toBe(said === 'It has been changed' ? 'published' : 'held');
      expect((await council.audit()).findings).toEqual([]);
    });

test('asked again under the first protocol, whoever was to change it says so themselves', async () => {
  await using before = await openCouncil();
  await toBeChanged(before);
  await before.as('ellen-rimmer').say('hold 1');
  await using between = await before.restart({ protocol: omarPosts });
  await between.quiet();
  await using council = await between.restart({ protocol: (sample) => sample });
  await council.quiet();
  expect(lastTold(council, 'bethan-prys')).toContain('Say on its card whether you have changed it already.');
  expect(await waiting(council, 'ellen-rimmer')).toContain('Nothing waits for you.');
  const bethan = council.as('bethan-prys');
  await bethan.press('I have changed it', {}, bethan.card(1));
  expect((await council.post(1)).corrected).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('the account of what somebody is to change by hand is gone: they hear that they are not to, and nobody says what stands there', async () => {
  await using before = await openCouncil();
  await toBeChanged(before);
  await using council = await before.restart({ protocol: withoutNextdoor });
  await council.quiet();
  const ellen = council.as('ellen-rimmer');
  expect(lastTold(council, 'bethan-prys')).toBe(
    '#1 (Highways): the account is not in the protocol any more, so please do not change it by hand any more. If you have changed it already, tell Communications.',
  );
  const nobodyKnows =
    'may have been corrected, and nobody can tell: whoever was to change it by hand did not say whether they had, and the account is not in the protocol any more. Look there which words it has. If they are wrong, put it right there yourself, or take it down.';
  expect(lastTold(council, 'ellen-rimmer')).toContain(`Nextdoor Sefton ${nobodyKnows}`);
  expect(ellen.card(1).text).toContain(`Nextdoor Sefton**: It ${nobodyKnows}`);
  expect(ellen.card(1).text).not.toContain('still says what it said');
  const [form] = await ellen.say('correct 1');
  expect(form?.text).toContain('The corrected text is the same everywhere: on the website.');
  expect((await council.audit()).findings).toEqual([]);
});

test('who may not ask for a correction is told who can, where they never posted what another was to change', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await toBeChanged(council);
  await bethan.press('It cannot be changed', {}, bethan.card(1));
  expect(bethan.card(1).text).toContain(
    'If you never posted it there, tell Communications, who can ask for a correction,',
  );
  expect(ellen.card(1).text).toContain('If it was never posted there, ask for a correction,');
});

test('let go on while its account is gone and nobody has said whether it was changed by hand: no card says which words stand there', async () => {
  for (const accounts of ['news,nextdoor-sefton', 'news,nextdoor-sefton,facebook-main']) {
    await using before = await openCouncil();
    const busy = { outcome: 'retry', after: 3_600_000, reason: 'busy' } as const;
    before.outside.answer('edit', 'facebook-main', busy);
    await toBeChanged(before, accounts);
    await before.as('ellen-rimmer').say('hold 1');
    await before.quiet();
    await using council = await before.restart({ protocol: withoutNextdoor });
    await council.quiet();
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    const told = council.shown(council.as('bethan-prys').chat).length;
    await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
    await council.pass(7_200_000);
    for (const somebody of [ellen, priya]) {
      const [card] = await somebody.say('show 1');
      expect(card?.text).toContain(
        'Nextdoor Sefton**: It may have been corrected, and nobody can tell: whoever was to change it by hand did not say whether they had, and the account is not in the protocol any more.',
      );
      expect(card?.text).not.toContain('still says what it said');
    }
    const post = await council.post(1);
    expect([post.wasByHand, post.byHand, post.correction, post.status.is]).toEqual([
      undefined,
      undefined,
      undefined,
      'published',
    ]);
    // They have heard of it already.
    expect(council.shown(council.as('bethan-prys').chat)).toHaveLength(told);
    expect((await council.audit()).findings).toEqual([]);
  }
});
