import { expect, test } from 'vitest';
import { passedOn } from './beginnings.ts';
import { day, minute, openCouncil, type Council } from './council.ts';

/** Nadia Hartley wrote for Highways, and another protocol does not let her go on with that. */

const samProposes = (sample: string): string =>
  sample.replace('proposers: [nadia-hartley]', 'proposers: [sam-kenrick]');
const untrained = (sample: string): string =>
  sample.replace(/^ {2}nadia-hartley: \d.*$/mu, '  nadia-hartley: 2025-03-31');

const waiting = async (council: Council, person: string): Promise<string> =>
  (await council.as(person).say('waiting')).at(-1)?.text ?? '';
const none = 'Nothing waits for you.';

const refused =
  'You cannot change this post. Sam Kenrick, Tom Ashcroft, Ellen Rimmer and Joseph Adeyemi can.';

async function sentBack(council: Council): Promise<void> {
  await passedOn(council, 'Liverpool Road is closed until Thursday.');
  const priya = council.as('priya-desai');
  await priya.press('Send back with a note', { note: 'Which part of it?' }, priya.card(1));
}

test('who may not propose for the service any more may not go on with what came back: who does may, and has it', async () => {
  await using before = await openCouncil();
  await sentBack(before);
  const old = structuredClone(before.as('nadia-hartley').card(1));
  expect(old.text).toContain('Edit it, then send it again.');
  await using council = await before.restart({ protocol: samProposes });
  await council.pass(minute);
  const [nadia, sam] = [council.as('nadia-hartley'), council.as('sam-kenrick')];
  expect(nadia.buttons(nadia.card(1))).not.toContain('Edit');
  expect(nadia.card(1).text).toContain('Sam Kenrick can edit it and send it again.');
  expect(await waiting(council, nadia.id)).toContain(none);
  for (const words of ['edit 1', 'cancel 1'])
    expect((await nadia.say(words)).at(-1)?.text).toContain(refused);
  const sent = await nadia.press('Send to Communications', {}, old);
  expect(sent.text).toContain(refused);
  expect((await council.post(1)).status.is).toBe('sent-back');

  expect(await waiting(council, sam.id)).toContain('#1');
  const form = await sam.press('Edit', {}, sam.card(1));
  const saved = await sam.press('Save', { text: 'Liverpool Road is closed at Moor Lane.' }, form.card);
  await sam.press('Send to Communications', {}, saved.card);
  expect((await council.post(1)).status.is).toBe('in-review');

  // Under the first one again, it is hers.
  await council.as('ellen-rimmer').press('Send back with a note', { note: 'When?' });
  await using after = await council.restart({ protocol: (sample) => sample });
  await after.pass(minute);
  expect(await waiting(after, 'nadia-hartley')).toContain('#1');
  expect(await waiting(after, 'sam-kenrick')).toContain(none);
  expect((await after.audit()).findings).toEqual([]);
});

test('the same of what expired, also where nobody who writes for the service may send it: the desk goes on with it', async () => {
  await using before = await openCouncil();
  await passedOn(before, 'Liverpool Road is closed for resurfacing.');
  await before.pass(4 * day);
  expect(await waiting(before, 'nadia-hartley')).toContain('#1');
  await using council = await before.restart({
    protocol: (sample) => samProposes(sample).replace('sam-kenrick: 2028-03-31', 'sam-kenrick: 2025-03-31'),
  });
  await council.pass(minute);
  expect(await waiting(council, 'nadia-hartley')).toContain(none);
  expect(await waiting(council, 'sam-kenrick')).toContain(none);
  expect(await waiting(council, 'ellen-rimmer')).toContain('#1');
  expect(council.as('nadia-hartley').card(1).text).toContain(
    'Ellen Rimmer or Joseph Adeyemi can send it again if it is still needed.',
  );
});

test('whose training has run out has nothing waiting that they cannot send, and reads in which year it did', async () => {
  await using before = await openCouncil();
  await sentBack(before);
  const old = structuredClone(before.as('nadia-hartley').card(1));
  await using council = await before.restart({ protocol: untrained });
  await council.pass(minute);
  const nadia = council.as('nadia-hartley');
  expect(await waiting(council, nadia.id)).toContain(none);
  expect(await waiting(council, 'joseph-adeyemi')).toContain('#1');
  expect(nadia.card(1).text).toContain(
    'The social media training of Nadia Hartley ran out on Monday 31 March 2025. Ellen Rimmer or Joseph Adeyemi can edit it and send it again.',
  );
  expect(nadia.buttons(nadia.card(1)).filter((title) => title.startsWith('Send'))).toEqual([]);
  const sent = await nadia.press('Send to Communications', {}, old);
  expect(sent.text).toContain(
    'The social media training of Nadia Hartley ran out on Monday 31 March 2025. Ask Communications for a place',
  );
});

test('who may not go on with their own draft reads on its card why, and who can', async () => {
  await using before = await openCouncil();
  await before.as('nadia-hartley').say('propose Liverpool Road is closed until Thursday.');
  await using moved = await before.restart({ protocol: samProposes });
  await moved.pass(minute);
  const why =
    'By the protocol Nadia Hartley does not write for Highways now. Sam Kenrick can edit it and send it.';
  for (const person of ['nadia-hartley', 'sam-kenrick'])
    expect((await moved.as(person).say('show 1'))[0]?.text).toContain(`It is a draft. ${why}`);
  await using ranOut = await moved.restart({ protocol: untrained });
  await ranOut.pass(minute);
  const nadia = ranOut.as('nadia-hartley');
  const [card] = await nadia.say('show 1');
  expect(card?.text).toContain(
    'The social media training of Nadia Hartley ran out on Monday 31 March 2025. Ellen Rimmer or Joseph Adeyemi can edit it and send it.',
  );
  expect(nadia.buttons(card)).toContain('Edit');
  expect(nadia.buttons(card).filter((title) => title.startsWith('Send'))).toEqual([]);
});

test('whose training runs out while it is with them hands it on that midnight', async () => {
  const runsOut = (sample: string): string =>
    sample.replace(/^ {2}nadia-hartley: \d.*$/mu, '  nadia-hartley: 2026-11-25');
  await using before = await openCouncil();
  await sentBack(before);
  // Ellen had a card, which will only be updated.
  const messages = (of: Council) =>
    of.shown('chat-ellen-rimmer').filter(({ text }) => text.startsWith('#1 ('));
  const heard = messages(before).length;
  // Another protocol says so, or the one under which it was sent back.
  await using council = await before.restart({ protocol: runsOut });
  await council.until(Date.UTC(2026, 10, 25, 23, 59));
  expect(await waiting(council, 'nadia-hartley')).toContain('#1');
  expect(await waiting(council, 'joseph-adeyemi')).toContain(none);
  await council.until(Date.UTC(2026, 10, 26, 0, 1));
  expect(await waiting(council, 'nadia-hartley')).toContain(none);
  const joseph = council.as('joseph-adeyemi');
  expect(await waiting(council, joseph.id)).toContain('#1');
  expect(joseph.card(1).text).toContain('Ellen Rimmer or Joseph Adeyemi can edit it and send it again.');
  const since = messages(council).slice(heard);
  expect(since).toHaveLength(1);
  expect(since[0]?.text).toContain('Ellen Rimmer or Joseph Adeyemi can edit it and send it again.');
  expect((await council.audit()).findings).toEqual([]);
});

test('a correction that an account did not take waits for whoever may ask for it again, and each card says what its reader can do', async () => {
  await using before = await openCouncil();
  await passedOn(before, 'Liverpool Road is closed until Thursday.');
  const priya = before.as('priya-desai');
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
  await before.pass(minute);
  const [form] = await before.as('nadia-hartley').say('correct 1');
  const right = { text: 'Liverpool Road is closed until Friday.', what: 'Wrong day.', 'way:x-main': 'reply' };
  await before.as('nadia-hartley').press('Ask for this correction', right, form);
  before.outside.answer('edit', 'facebook-main', { outcome: 'refused', reason: 'against-policy' });
  const ellen = before.as('ellen-rimmer');
  await ellen.press('Agree: correct it now', { confirm: 'true' }, ellen.card(1));
  await before.pass(minute);
  expect(await waiting(before, 'nadia-hartley')).toContain('#1');
  await using council = await before.restart({ protocol: samProposes });
  await council.pass(minute);
  expect(await waiting(council, 'nadia-hartley')).toContain(none);
  for (const person of ['sam-kenrick', 'ellen-rimmer'])
    expect(await waiting(council, person)).toContain('#1');
  const says = async (person: string) => (await council.as(person).say('show 1')).at(-1)?.text;
  const still = 'It still says what it said.';
  expect(await says('nadia-hartley')).toContain(
    `${still} Communications can put that right, or take the post down.`,
  );
  expect(await says('sam-kenrick')).toContain(
    `${still} Ask for the correction again with "Put the rest right", or put it right there yourself.`,
  );
  expect(await says('ellen-rimmer')).toContain(
    `${still} Ask for the correction again with "Put the rest right", put it right there yourself, or take it down.`,
  );
});
