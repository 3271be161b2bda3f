import { expect, test } from 'vitest';
import { sentByDesk } from './beginnings.ts';
import { agreed, asked, published } from './corrections.ts';
import { hour, openCouncil, type Council } from './council.ts';

/** Approved by Priya Desai, for an hour later. */
async function scheduled(council: Council, number: number, words: string): Promise<void> {
  await sentByDesk(council, words, { when: 'today 11:00', accounts: 'news,x-main' });
  const priya = council.as('priya-desai');
  await priya.press('Approve: goes out on Tue 24 Nov at 11am', { confirm: 'true' }, priya.card(number));
}

const withoutPriya = (sample: string): string =>
  sample.replace(
    'approvers: [tom-ashcroft, priya-desai, gareth-molyneux]',
    'approvers: [tom-ashcroft, gareth-molyneux]',
  );

test('who approved it may not approve any more when it is to leave: it stays, and the desk chooses', async () => {
  await using before = await openCouncil();
  await scheduled(before, 1, 'Liverpool Road is closed until Thursday.');
  await scheduled(before, 2, 'Moor Lane is closed until Thursday.');
  await scheduled(before, 3, 'Coronation Road is closed until Thursday.');
  // Priya Desai has left Highways; the desk's own work for another service goes on.
  await using council = await before.restart({ protocol: withoutPriya });
  await council.pass(2 * hour);
  const [ellen, joseph, tom] = [
    council.as('ellen-rimmer'),
    council.as('joseph-adeyemi'),
    council.as('tom-ashcroft'),
  ];
  expect(council.outside.standing('x-main')).toEqual([]);
  expect(joseph.card(1).text).toContain('Please say whether it goes out');
  expect(joseph.card(1).text).toContain('Priya Desai approved it and may not approve such posts any more.');
  const mays = council.as('tom-ashcroft').say('show 1');
  expect((await mays).at(-1)?.text).not.toContain('Let it go out');
  expect((await ellen.say('waiting')).at(-1)?.text).toContain('Liverpool Road');

  await joseph.press('Let it go out', {}, joseph.card(1));
  expect(council.outside.standing('x-main')).toEqual(['Liverpool Road is closed until Thursday.']);
  const letOut =
    'Joseph Adeyemi said at 11:45am that it goes out, although Priya Desai approved it and may not approve such posts any more.';
  expect(ellen.card(1).text).toContain(letOut);
  expect((await ellen.say('why 1')).at(-1)?.text).toContain(letOut);

  await ellen.press('Ask for approval again', {}, ellen.card(2));
  expect(council.outside.standing('x-main')).toHaveLength(1);
  const asked =
    'Ellen Rimmer asked for approval again at 11:45am, since Priya Desai approved it and may not approve such posts any more. No approval before that counts.';
  for (const card of [ellen.card(2), tom.card(2), (await council.as('gareth-molyneux').say('why 2')).at(-1)])
    expect(card?.text).toContain(asked);
  expect(tom.card(2).text).not.toContain('chose another time');
  expect(tom.card(2).text).toContain('Approve: goes out now');
  await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(2));
  expect(council.outside.standing('x-main')).toEqual([
    'Liverpool Road is closed until Thursday.',
    'Moor Lane is closed until Thursday.',
  ]);
  // A hold takes the question away; nothing leaves by it.
  await ellen.say('hold 3');
  expect(joseph.card(3).text).not.toContain('Let it go out');
  expect((await council.post(3)).status.is).toBe('held');
  expect((await council.audit()).findings).toEqual([]);
});

test('whoever of the desk wrote it does not let it out: a colleague does, and alone they ask for approval again', async () => {
  await using before = await openCouncil();
  await scheduled(before, 1, 'Liverpool Road is closed until Thursday.');
  await using council = await before.restart({ protocol: withoutPriya });
  await council.pass(2 * hour);
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  expect(ellen.buttons(ellen.card(1))).not.toContain('Let it go out');
  expect(ellen.card(1).text).toContain(
    'You wrote this, so somebody else has to say that it goes out: Joseph Adeyemi. Or press "Ask for approval again".',
  );
  // A card of an earlier release still has the button.
  const pressed = await ellen.press('Let it go out', {}, joseph.card(1));
  expect(pressed.text).toContain(
    'You wrote this, so somebody else has to say that it goes out: Joseph Adeyemi.',
  );
  expect(council.outside.standing('x-main')).toEqual([]);

  await using alone = await council.restart({
    protocol: (sample) =>
      withoutPriya(sample).replace('officers: [ellen-rimmer, joseph-adeyemi]', 'officers: [ellen-rimmer]'),
  });
  await alone.pass(hour);
  const [her, tom] = [alone.as('ellen-rimmer'), alone.as('tom-ashcroft')];
  expect(her.card(1).text).toContain(
    'nobody else of Communications can. To have it go on, press "Ask for approval again".',
  );
  expect(her.card(1).text).not.toContain('says whether it goes out');
  await her.press('Ask for approval again', {}, her.card(1));
  await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(1));
  expect(alone.outside.standing('x-main')).toEqual(['Liverpool Road is closed until Thursday.']);
  expect((await alone.audit()).findings).toEqual([]);
});

test('what is taken down waits for nobody, also where it was to go on by the decision of somebody who may not any more', async () => {
  await using before = await openCouncil();
  await published(before, 'The bridge is shut.', 'news,x-main,facebook-main');
  await asked(before, { text: 'The bridge is open.', what: 'Wrong.' });
  const busy = { outcome: 'retry', after: hour, reason: 'busy' } as const;
  before.outside.answer('edit', 'facebook-main', busy);
  await agreed(before);
  // Joseph Adeyemi, who agreed to it, has other work.
  await using council = await before.restart({
    protocol: (sample) =>
      sample.replace('officers: [ellen-rimmer, joseph-adeyemi]', 'officers: [ellen-rimmer]'),
  });
  await council.pass(2 * hour);
  const ellen = council.as('ellen-rimmer');
  const waits = ellen.card(1);
  expect(ellen.buttons(waits)).toContain('Ask for approval again');
  await ellen.say('remove 1');
  expect(ellen.card(1).text).not.toContain('may not agree to such corrections any more');
  expect(ellen.buttons(ellen.card(1))).toEqual(['Why?']);
  expect((await ellen.say('waiting')).at(-1)?.text).toContain('Nothing waits for you');
  // An old card cannot bring it back.
  await ellen.press('Ask for approval again', {}, waits);
  expect((await council.post(1)).status.is).toBe('taken-down');
  expect((await council.audit()).findings).toEqual([]);
});
