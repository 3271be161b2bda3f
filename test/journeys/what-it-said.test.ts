import { expect, test } from 'vitest';
import { passedOn } from './beginnings.ts';
import { hour, openCouncil } from './council.ts';

test('what was taken down says since when it stood where, on its card and in what happened', async () => {
  await using council = await openCouncil();
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  await passedOn(council, 'The bench in Formby is mended. Thank you.');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(24 * hour);
  await ellen.say('remove 1');
  await council.quiet();
  const card = nadia.card(1).text;
  for (const account of ['Website', 'X', 'Facebook'])
    expect(card).toContain(
      `**${account}**: Taken down on Wed 25 Nov at 9:43am; published on Tue 24 Nov at 9:43am`,
    );
  const [why] = await nadia.say('why 1');
  expect(why?.text).toContain('Published at 9:43am on the website, X and Facebook.');
  expect(why?.text).toContain('Ellen Rimmer took it down on Wed 25 Nov at 9:43am.');
});
