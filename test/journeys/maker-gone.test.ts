import { expect, test } from 'vitest';
import { hour, openCouncil, type Council } from './council.ts';

/** Approved by Priya Desai, for an hour later. */
async function scheduled(council: Council, number: number, words: string): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  await ellen.say(`propose for Highways: ${words}`);
  const form = await ellen.press('Edit');
  const saved = await ellen.press('Save', { when: 'today 11:00', accounts: 'news,x-main' }, form.card);
  await ellen.press('Send to Highways approvers', {}, saved.card);
  const priya = council.as('priya-desai');
  await priya.press('Approve: goes out on Tue 24 Nov at 11am', { confirm: 'true' }, priya.card(number));
}

test('who approved it may not approve any more when it is to leave: it stays, and the desk chooses', async () => {
  await using before = await openCouncil();
  await scheduled(before, 1, 'Liverpool Road is closed until Thursday.');
  await scheduled(before, 2, 'Moor Lane is closed until Thursday.');
  await scheduled(before, 3, 'Coronation Road is closed until Thursday.');
  // Priya Desai has left Highways; the desk's own work for another service goes on.
  await using council = await before.restart({
    protocol: (sample) =>
      sample.replace(
        'approvers: [tom-ashcroft, priya-desai, gareth-molyneux]',
        'approvers: [tom-ashcroft, gareth-molyneux]',
      ),
  });
  await council.pass(2 * hour);
  const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
  expect(council.outside.standing('x-main')).toEqual([]);
  expect(ellen.card(1).text).toContain('Please say whether it goes out');
  expect(ellen.card(1).text).toContain('Priya Desai approved it and may not approve such posts any more.');
  const mays = council.as('tom-ashcroft').say('show 1');
  expect((await mays).at(-1)?.text).not.toContain('Let it go out');
  expect((await ellen.say('waiting')).at(-1)?.text).toContain('Liverpool Road');

  await ellen.press('Let it go out', {}, ellen.card(1));
  expect(council.outside.standing('x-main')).toEqual(['Liverpool Road is closed until Thursday.']);

  await ellen.press('Ask for approval again', {}, ellen.card(2));
  expect(council.outside.standing('x-main')).toHaveLength(1);
  expect(tom.card(2).text).toContain('Approve: goes out now');
  await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(2));
  expect(council.outside.standing('x-main')).toEqual([
    'Liverpool Road is closed until Thursday.',
    'Moor Lane is closed until Thursday.',
  ]);
  // A hold takes the question away; nothing leaves by it.
  await ellen.say('hold 3');
  expect(ellen.card(3).text).not.toContain('Let it go out');
  expect((await council.post(3)).status.is).toBe('held');
  expect((await council.audit()).findings).toEqual([]);
});
