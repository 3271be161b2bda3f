import { expect, test } from 'vitest';
import { letOutByDesk } from './beginnings.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { toldIn } from './told.ts';

/** Reminders of what somebody is to do by hand: not at night, and not without end. */

/** The messages that somebody hears, hour by hour, over so many hours: each with the hour of London's clock. */
async function heardOver(council: Council, person: string, hours: number): Promise<readonly string[]> {
  const all: string[] = [];
  const told = (): readonly string[] => toldIn(council, council.as(person).chat);
  let before = told().length;
  for (let n = 0; n < hours; n += 1) {
    await council.pass(hour);
    const now = told();
    const at = new Date(council.now()).toISOString().slice(8, 13);
    all.push(...now.slice(before).map((text) => `${at} ${text}`));
    before = now.length;
  }
  return all;
}

test('reminders of what is to be done by hand rest at night and at the weekend, and end: then the desk hears so once', async () => {
  // A Friday afternoon.
  await using council = await openCouncil({ at: Date.UTC(2026, 10, 27, 16, 20) });
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'nextdoor-sefton,news' });
  await council.pass(minute);
  const heard = await heardOver(council, 'bethan-prys', 24 * 7);
  const please = '#1 (Highways): please post it on Nextdoor Sefton by hand. Type "show 1" to see the card.';
  expect(heard).toEqual([`27T17 ${please}`, `30T08 ${please}`, `30T09 ${please}`]);
  const desk = toldIn(council, council.as('joseph-adeyemi').chat);
  expect(desk.filter((text) => text.includes('in vain'))).toEqual([
    '#1 (Highways): Nextdoor Sefton still waits for Bethan Prys, Ellen Rimmer or Joseph Adeyemi to post it by hand, asked on Fri 27 Nov at 4:21pm and reminded in vain. Nobody is reminded of it any more: please see to it, and say on its card what became of it. Type "show 1" to see it.',
  ]);
  // Whoever is newly asked by another protocol is reminded as they were.
  await using after = await council.restart({
    protocol: (yaml) => yaml.replace('posted-by: [person bethan-prys]', 'posted-by: [person omar-haddad]'),
  });
  await after.pass(minute);
  expect(await heardOver(after, 'omar-haddad', 96)).toHaveLength(3);
  expect(await heardOver(after, 'omar-haddad', 48)).toEqual([]);
  expect((await after.audit()).findings).toEqual([]);
});

test('an emergency is reminded of by night as well', async () => {
  await using council = await openCouncil({ at: Date.UTC(2026, 10, 27, 20) });
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: Gas leak on Moor Lane. Leave the area now.');
  const form = await ellen.press('Edit');
  const saved = await ellen.press(
    'Save',
    { urgency: 'emergency', accounts: 'nextdoor-sefton,news' },
    form.card,
  );
  await ellen.press('Send to the duty officer', {}, saved.card);
  await council.as('gareth-molyneux').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
  expect(await heardOver(council, 'bethan-prys', 6)).toHaveLength(3);
});
