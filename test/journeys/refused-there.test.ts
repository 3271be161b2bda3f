import { expect, test } from 'vitest';
import { letOutByDesk } from './beginnings.ts';
import { day, openCouncil, type Council, type Somebody } from './council.ts';

const policy = { way: 'answer', outcome: { outcome: 'refused', reason: 'against-policy' } } as const;

async function approved(council: Council, accounts: string): Promise<void> {
  await letOutByDesk(council, 'Liverpool Road is closed until Thursday.', { accounts });
  await council.quiet();
}

/** Whether a card offers a button of that title, or one that begins so. */
const offers = (somebody: Somebody, title: string): boolean =>
  somebody.buttons(somebody.card(1)).some((each) => each.startsWith(title));

test('refused where others took it: the advice is to correct it and try again, and that works', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.next('x-main', policy);
  await approved(council, 'x-main,facebook-main');
  const advice =
    '**X**: Not published: the network says that it breaks its rules. Press "Correct" and change the words. Once that is agreed, press "Try again".';
  expect(ellen.card(1).text).toContain(advice);
  expect(offers(ellen, 'Edit')).toBe(false);
  const [form] = await ellen.say('correct 1');
  const right = { text: 'Liverpool Road is shut until Thursday.', what: 'The words were not good.' };
  await ellen.press('Ask for this correction', right, form);
  expect(ellen.card(1).text).toContain('It can be tried again once the correction has been decided');
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  await council.quiet();
  await ellen.press('Try again', {}, ellen.card(1));
  await council.quiet();
  expect(council.outside.standing('x-main')).toEqual([right.text]);
  expect((await council.audit()).findings).toEqual([]);
});

test('refused by every account: it is edited, and sent for approval again', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.next('x-main', policy);
  await approved(council, 'x-main');
  expect((await council.post(1)).status.is).toBe('failed');
  expect(ellen.card(1).text).toContain('Change the words or the picture, then send it for approval again.');
  const form = await ellen.press('Edit', {}, ellen.card(1));
  expect(form.text).toContain('It becomes a draft again, and is approved afresh');
  const text = 'Liverpool Road is shut until Thursday.';
  const saved = await ellen.press('Save as a draft', { text }, form.card);
  await ellen.press('Send to Highways approvers', {}, saved.card);
  const priya = council.as('priya-desai');
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
  await council.quiet();
  expect(council.outside.standing('x-main')).toEqual([text]);
  expect((await council.audit()).findings).toEqual([]);
});

test('refused while another account still waits: nobody is told to press what is not there', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.next('x-main', policy);
  const busy = { outcome: 'retry', after: day, reason: 'busy' } as const;
  council.outside.next('facebook-main', { way: 'answer', outcome: busy });
  await approved(council, 'x-main,facebook-main');
  expect((await council.post(1)).status.is).toBe('publishing');
  expect(ellen.card(1).text).toContain('Once the rest of it is settled, this card offers to change it.');
  expect([offers(ellen, 'Edit'), offers(ellen, 'Correct')]).toEqual([false, false]);
  const told = council.shown(council.as('joseph-adeyemi').chat).map((each) => each.text);
  expect(told.join(' ')).not.toContain('for approval again');
});
