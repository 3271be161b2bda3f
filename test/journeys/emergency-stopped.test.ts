import { expect, test } from 'vitest';
import { sendsEmergency } from './beginnings.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { toldIn } from './told.ts';

/** An emergency that a rule stops while it waits, or as it is to leave: it waits for an edit, and not for its author. */

const at = (iso: string): number => Date.parse(iso);
const begins = at('2026-11-24T15:50:00Z');
const isOver = at('2026-11-24T16:00:00Z');

const text = 'Gas leak on Moor Lane in Crosby. It is closed until 4pm today. Call 0800 111 999.';
const right = text.replace('until 4pm today', 'until further notice');
const why =
  '"until 4pm today" is over when this goes out: it means Tue 24 Nov at 4pm. Say until when it goes on, or that it is over.';

/** What somebody has heard of it. */
const heard = (council: Council, person: string): readonly string[] =>
  toldIn(council, council.as(person).chat).filter((words) => words.startsWith('#1 (Highways, emergency) '));

const busy = { way: 'answer', outcome: { outcome: 'retry', after: hour, reason: 'busy' } } as const;

const ofDesk = '19:desk@thread.tacv2';

test('an emergency whose words are over while it waits: whoever was asked edits it, and another one lets it out', async () => {
  await using council = await openCouncil({ at: begins });
  const [ellen, gareth, yvonne] = [
    council.as('ellen-rimmer'),
    council.as('gareth-molyneux'),
    council.as('yvonne-cartmel'),
  ];
  const [use] = await ellen.say('use this channel for the desk', { channel: ofDesk });
  await ellen.press('Yes, use this channel', {}, use);
  await sendsEmergency(council, { text, accounts: 'x-main,news' });
  await council.as('nadia-hartley').say('away until tomorrow 9am');
  await council.until(isOver);
  const begin = `#1 (Highways, emergency) cannot go out as it is. ${why}`;
  const waits = 'It waits for somebody to edit it, and not for a decision.';
  const end = 'It is an emergency, so please do not leave it waiting. Type "show 1" to see it.';
  for (const person of ['nadia-hartley', 'ellen-rimmer', 'joseph-adeyemi', gareth.id, yvonne.id]) {
    const [words = '', ...more] = heard(council, person);
    expect(more).toEqual([]);
    expect(words.startsWith(begin)).toBe(true);
    expect(words).toContain(waits);
    expect(words.endsWith(end)).toBe(true);
  }
  expect(heard(council, yvonne.id)[0]).toContain(
    'You can: press "Edit" on its card, or type "edit 1". Gareth Molyneux can approve it then.',
  );
  expect(toldIn(council, ofDesk).at(-1)).toContain(
    'Gareth Molyneux, Yvonne Cartmel, Ellen Rimmer or Joseph Adeyemi can edit it.',
  );

  const form = await gareth.press('Edit', {}, gareth.card(1));
  expect(form.text).toContain(
    'You cannot approve it then, since nobody approves what they changed. Yvonne Cartmel can.',
  );
  // What the rule still stops is not saved.
  expect((await gareth.press('Save and pass on', { text: `${text} Go now.` }, form.card)).text).toContain(
    why,
  );
  await gareth.press('Save and pass on', { text: right }, form.card);
  expect((await council.post(1)).status.is).toBe('in-review');
  expect(gareth.buttons(gareth.card(1)).join()).not.toContain('Approve');
  await yvonne.press('Approve: goes out now', { confirm: 'true' }, yvonne.card(1));
  await council.quiet();
  expect(council.outside.standing('x-main')).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('an emergency that was approved and has to be changed before it leaves: whoever approved it hears so, and edits it', async () => {
  await using council = await openCouncil({ at: begins });
  const [gareth, yvonne] = [council.as('gareth-molyneux'), council.as('yvonne-cartmel')];
  await sendsEmergency(council, { text, accounts: 'x-main' });
  council.outside.next('x-main', busy);
  await gareth.press('Approve: goes out now', { confirm: 'true' }, gareth.card(1));
  await council.pass(hour);
  await council.pass(hour);
  expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'crier' });
  expect(heard(council, gareth.id).at(-1)).toContain(
    `#1 (Highways, emergency) has not gone out. It is held. ${why}`,
  );
  const form = await gareth.press('Edit', {}, gareth.card(1));
  await gareth.press('Save and pass on', { text: right }, form.card);
  await yvonne.press('Approve: goes out now', { confirm: 'true' }, yvonne.card(1));
  await council.quiet();
  expect(council.outside.standing('x-main')).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('an emergency of which part is out and a rule stops the rest: one person asks for other words, another agrees, and it is said everywhere', async () => {
  await using council = await openCouncil({ at: begins });
  const [gareth, yvonne] = [council.as('gareth-molyneux'), council.as('yvonne-cartmel')];
  await sendsEmergency(council, { text, accounts: 'x-main,news' });
  council.outside.next('x-main', busy);
  await gareth.press('Approve: goes out now', { confirm: 'true' }, gareth.card(1));
  await council.pass(hour);
  await council.pass(hour);
  const all = `#1 (Highways, emergency) is out on the website (https://news.sefton.example/news/1), and cannot go out on X as it is. ${why}`;
  for (const person of ['nadia-hartley', 'ellen-rimmer', gareth.id, 'yvonne-cartmel'])
    expect(heard(council, person).at(-1)?.startsWith(all)).toBe(true);
  expect(heard(council, yvonne.id).at(-1)).toContain(
    'You can ask for a correction: press "Correct" on its card, or type "correct 1". Once Tom Ashcroft, Priya Desai, Gareth Molyneux or 2 others agrees, it changes what is public and goes out on X with the new words.',
  );
  expect(toldIn(council, gareth.chat).join(' ')).not.toContain('waits for your decision');

  const form = await yvonne.press('Correct', {}, yvonne.card(1));
  const said = { text: right, what: 'It goes on for longer.' };
  await yvonne.press('Ask for this correction', said, form.card);
  await council.pass(hour);
  expect(council.outside.standing('x-main')).toEqual([]);
  expect(gareth.card(1).text).toContain(
    'What has not gone out yet goes out with these words: "Leave it as it is" has it held again.',
  );
  // Not agreed to, it is held as it was, and can be asked for again.
  await gareth.press('Leave it as it is', { note: 'Say until when.' }, gareth.card(1));
  await council.pass(hour);
  expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'crier' });
  expect(council.outside.standing('x-main')).toEqual([]);
  const again = await gareth.press('Correct', {}, gareth.card(1));
  await gareth.press('Ask for this correction', said, again.card);
  await yvonne.press('Agree: correct it now', { confirm: 'true' }, yvonne.card(1));
  await council.quiet();
  expect(council.outside.standing('x-main')).toEqual([expect.stringContaining('until further notice')]);
  expect(council.outside.standing('news')).toEqual([]);
  expect((await council.post(1)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
});

test('an emergency that nobody has changed is told once more, and whoever it is escalated to may edit it', async () => {
  await using council = await openCouncil({ at: begins });
  await sendsEmergency(council, { text, accounts: 'x-main' });
  await council.until(isOver);
  await council.pass(20 * minute);
  expect(heard(council, 'yvonne-cartmel').filter((words) => words.includes('cannot go out'))).toHaveLength(2);
  const claire = council.as('claire-whitworth');
  expect(heard(council, claire.id)).toHaveLength(1);
  const form = await claire.press('Edit', {}, claire.card(1));
  await claire.press('Save and pass on', { text: right }, form.card);
  expect(council.as('gareth-molyneux').buttons(council.as('gareth-molyneux').card(1))).toContain(
    'Approve: goes out now',
  );
  expect((await council.audit()).findings).toEqual([]);
});

test('the only duty officer has no Edit, since nobody else could decide then; and no other post than an emergency is theirs to edit', async () => {
  await using alone = await openCouncil({
    at: begins,
    protocol: (sample) =>
      sample.replace('duty-officers: [gareth-molyneux, yvonne-cartmel]', 'duty-officers: [gareth-molyneux]'),
  });
  const gareth = alone.as('gareth-molyneux');
  await sendsEmergency(alone, { text, accounts: 'x-main' });
  await alone.until(isOver);
  expect(gareth.buttons(gareth.card(1))).not.toContain('Edit');
  expect(heard(alone, gareth.id).at(-1)).toContain(
    'Nadia Hartley, Ellen Rimmer or Joseph Adeyemi can edit it.',
  );

  await using council = await openCouncil({ at: begins });
  await sendsEmergency(council, { text, accounts: 'x-main' });
  const yvonne = council.as('yvonne-cartmel');
  expect(yvonne.buttons(yvonne.card(1))).not.toContain('Edit');
  expect((await yvonne.say('edit 1')).at(-1)?.text).toContain('You cannot change this post.');
});
