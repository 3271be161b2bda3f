import { expect, test } from 'vitest';
import { letOutByDesk } from './beginnings.ts';
import { hour, openCouncil, type Council } from './council.ts';
import { toldIn } from './told.ts';

/** What somebody is to do by hand, where another protocol names others for it. */

const omarPosts = (sample: string): string =>
  sample.replace('posted-by: [person bethan-prys]', 'posted-by: [person omar-haddad]');

const waiting = async (council: Council, person: string): Promise<string> =>
  (await council.as(person).say('waiting')).at(-1)?.text ?? '';
const none = 'Nothing waits for you.';

/** Messages, and no cards, about the first post. */
const told = (council: Council, person: string): readonly string[] =>
  toldIn(council, council.as(person).chat).filter((text) => text.startsWith('#1 ('));

test('others are named for what is to be posted by hand: they are asked at once, and whoever was asked hears so', async () => {
  await using before = await openCouncil();
  await letOutByDesk(before, 'Liverpool Road is closed.', { accounts: 'news,nextdoor-sefton' });
  await before.quiet();
  expect(await waiting(before, 'bethan-prys')).toContain('#1');
  await using council = await before.restart({ protocol: omarPosts });
  // Before anything else has run.
  expect(await waiting(council, 'bethan-prys')).toContain(none);
  expect(await waiting(council, 'omar-haddad')).toContain('Waiting for you: 1 post');
  await council.quiet();
  const [ellen, omar] = [council.as('ellen-rimmer'), council.as('omar-haddad')];
  expect(ellen.card(1).text).toContain('**Nextdoor Sefton**: Waits for Omar Haddad to post it by hand');
  expect(omar.card(1).text).toContain('Please post this on Nextdoor Sefton yourself.');
  expect(told(council, omar.id)).toEqual([
    '#1 (Highways): please post it on Nextdoor Sefton by hand. Type "show 1" to see the card.',
  ]);
  expect(told(council, 'bethan-prys').at(-1)).toBe(
    '#1 (Highways): the protocol names others now for what you were to do by hand, so please leave it to them. If you have done it already, tell Communications.',
  );
  const link = { 'link:nextdoor-sefton.0': 'https://nextdoor.co.uk/p/1' };
  await omar.press('I have posted it', link, omar.card(1));
  expect(await waiting(council, 'omar-haddad')).toContain(none);
  expect((await council.post(1)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
});

test('the same of what is to be taken down by hand, and back under the first protocol', async () => {
  await using before = await openCouncil();
  await letOutByDesk(before, 'Liverpool Road is closed.', { accounts: 'nextdoor-sefton' });
  const bethan = before.as('bethan-prys');
  const link = { 'link:nextdoor-sefton.0': 'https://nextdoor.co.uk/p/1' };
  await bethan.press('I have posted it', link, bethan.card(1));
  await before.as('ellen-rimmer').say('remove 1');
  await before.quiet();
  expect(await waiting(before, 'bethan-prys')).toContain('#1');
  await using council = await before.restart({ protocol: omarPosts });
  expect(await waiting(council, 'bethan-prys')).toContain(none);
  expect(await waiting(council, 'omar-haddad')).toContain('#1');
  await council.pass(hour);
  await using after = await council.restart({ protocol: (sample) => sample });
  expect(await waiting(after, 'omar-haddad')).toContain(none);
  expect(await waiting(after, 'bethan-prys')).toContain('#1');
  expect((await after.audit()).findings).toEqual([]);
});

test('who stood in for those who were away does not hear that the protocol names others, once those are back', async () => {
  await using before = await openCouncil();
  const yvonne = before.as('yvonne-cartmel');
  await letOutByDesk(before, 'Liverpool Road is closed.', { accounts: 'facebook-main' });
  before.outside.answer('remove', 'facebook-main', { outcome: 'refused', reason: 'no-permission' });
  for (const officer of ['ellen-rimmer', 'joseph-adeyemi'])
    await before.as(officer).say('away until tomorrow 9am');
  await yvonne.say('remove 1');
  await yvonne.say('away until tomorrow 8am');
  await before.quiet();
  expect(await waiting(before, 'gareth-molyneux')).toContain('#1');
  await using council = await before.restart({ down: 30 * hour, protocol: omarPosts });
  await council.quiet();
  expect(await waiting(council, 'ellen-rimmer')).toContain('#1');
  expect(await waiting(council, 'gareth-molyneux')).toContain(none);
  expect(told(council, 'gareth-molyneux').filter((text) => text.includes('the protocol names'))).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});
