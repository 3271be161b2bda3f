import { expect, test } from 'vitest';
import { passedOn, sentByDesk } from './beginnings.ts';
import { agreed, asked, published } from './corrections.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';

const bench = 'Zebediah Quartermaine has mended the bench in Formby. Thank you.';
const right = {
  text: 'Peregrine Quartermaine has mended the bench in Formby. Thank you.',
  what: 'It was Peregrine. Zebediah Quartermaine is a crook.',
};

/** Nadia Hartley asks for a correction that the Monitoring Officer decides on as well, and somebody agrees to it. */
async function agreedByPriya(council: Council): Promise<void> {
  const [nadia, priya] = [council.as('nadia-hartley'), council.as('priya-desai')];
  await passedOn(council, bench);
  await priya.press('Approve: goes out now', { confirm: 'true' });
  await council.pass(60 * minute);
  const [form] = await nadia.say('correct 1');
  await nadia.press('Ask for this correction', right, form);
  await council.pass(10 * minute);
  await priya.press('Agree: passes to the Monitoring Officer', { confirm: 'true' });
  await council.pass(10 * minute);
}

const taken =
  /Nadia Hartley took back (?:on Tue 24 Nov )?at 11:0\dam the correction that they had asked for at 10:4\dam\./u;
const stays = /the correction that they had asked for at 10:4\dam\. What stands stays as it is\./u;

test('a correction that its writer takes back stands as that on the card of whoever was asked, and in the record for good', async () => {
  await using council = await openCouncil();
  const [nadia, priya, martin] = [
    council.as('nadia-hartley'),
    council.as('priya-desai'),
    council.as('martin-sedgwick'),
  ];
  await agreedByPriya(council);
  const back = await nadia.press('Take this request back', {}, nadia.card(1));
  await council.pass(minute);
  expect(back.text).toMatch(taken);
  for (const person of [nadia, priya, martin]) {
    const { text } = person.card(1);
    expect(text).toMatch(taken);
    expect(text).toMatch(stays);
    expect(text).toMatch(/Priya Desai agreed .* to the correction that was asked for at 10:4\dam\./u);
  }
  const why = async (): Promise<string> => (await council.as('ellen-rimmer').say('why 1')).at(-1)?.text ?? '';
  expect(await why()).toMatch(taken);
  expect(await why()).toContain('Then: Martin Sedgwick (the Monitoring Officer)');

  // Another one that is asked for, and made, leaves it in the record.
  const [form] = await nadia.say('correct 1');
  await nadia.press('Ask for this correction', right, form);
  expect(await why()).toMatch(taken);
  await priya.press('Agree: passes to the Monitoring Officer', { confirm: 'true' }, priya.card(1));
  await martin.press('Agree: correct it now', { confirm: 'true' }, martin.card(1));
  await council.pass(minute);
  expect(await why()).toMatch(taken);
  expect(await why()).toContain('Corrected on Tue 24 Nov');
  expect(priya.card(1).text).not.toMatch(stays);
  expect((await council.audit()).findings).toEqual([]);
});

test('one that was taken back is not told above another that was asked for since, and made nowhere', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, 'Liverpool Road is closed.', 'facebook-main');
  await asked(council, { text: 'Moor Lane is shut.', what: 'It is Moor Lane.' });
  await ellen.press('Take this request back', {}, ellen.card(1));
  expect(ellen.card(1).text).toContain('What stands stays as it is.');
  await council.pass(minute);
  await asked(council, { text: 'Moor Lane is closed.', what: 'It is Moor Lane.' });
  council.outside.answer('edit', 'facebook-main', { outcome: 'refused', reason: 'not-permitted' });
  await agreed(council);
  await council.pass(minute);
  const { text } = ellen.card(1);
  expect(text).not.toContain('What stands stays as it is.');
  expect(text.indexOf('took back')).toBeGreaterThan(text.indexOf('Facebook**'));
  expect((await ellen.say('why 1')).at(-1)?.text).toContain('Ellen Rimmer took back');
});

test('one that somebody did not agree to stays in what happened once another is asked for, and made', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await published(council, 'Liverpool Road is closed.', 'facebook-main');
  await asked(council, { text: 'Moor Lane is shut.', what: 'It is Moor Lane.' });
  await council.pass(minute);
  const old = priya.card(1);
  await priya.press('Leave it as it is', { note: 'It is Liverpool Road as well.' }, old);
  await council.pass(minute);
  await asked(council, { text: 'Moor Lane and Liverpool Road are shut.', what: 'Moor Lane as well.' });
  const refused =
    /Priya Desai did not agree (?:on Tue 24 Nov )?at 9:\d\dam to the correction that was asked for at 9:\d\dam\./u;
  const why = async (): Promise<string> => (await ellen.say('why 1')).at(-1)?.text ?? '';
  expect(await why()).toMatch(refused);
  await agreed(council);
  await council.pass(minute);
  expect(await why()).toMatch(refused);
  expect(ellen.card(1).text).toMatch(refused);
  expect((await council.audit()).findings).toEqual([]);
});

test('one that waits while the rest is held is taken back by whoever asked for it, and the rest is released as it was', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await sentByDesk(council, 'Moor Lane is closed.', { accounts: 'x-main,news' });
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: hour, reason: 'busy' },
  });
  await priya.press('Approve: goes out now', { confirm: 'true' });
  await asked(council, { text: 'Moor Lane is open.', what: 'It has opened.' });
  await priya.say('hold 1');
  const back = await ellen.press('Take this request back', {}, ellen.card(1));
  expect(back.text).toContain('Ellen Rimmer took back');
  expect(back.text).not.toContain('another correction');
  expect(await council.post(1)).not.toHaveProperty('correction');
  expect((await council.post(1)).status.is).toBe('held');
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  await council.pass(hour);
  expect(council.outside.standing('x-main')).toEqual(['Moor Lane is closed.']);
  expect((await council.audit()).findings).toEqual([]);
});

test('somebody does not agree to one while the rest is held: the cards and Why? say so, and whose note it is', async () => {
  await using council = await openCouncil();
  const [ellen, priya, tom] = [
    council.as('ellen-rimmer'),
    council.as('priya-desai'),
    council.as('tom-ashcroft'),
  ];
  await sentByDesk(council, 'Moor Lane is closed.', { accounts: 'x-main,news' });
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: hour, reason: 'busy' },
  });
  await priya.press('Approve: goes out now', { confirm: 'true' });
  await asked(council, { text: 'Moor Lane is open.', what: 'It has opened.' });
  const before = tom.card(1);
  await council.pass(minute);
  await priya.say('hold 1');
  await council.pass(minute);
  await tom.press('Leave it as it is', { note: 'It is closed still.' }, before);
  const said =
    /Priya Desai held this (?:on Tue 24 Nov )?at \S+\. Tom Ashcroft did not agree to the correction at \S+\. What stands stays as it is\..* Tom Ashcroft wrote:? "?It is closed still\./u;
  for (const each of [ellen, priya, tom]) expect(each.card(1).text).toMatch(said);
  expect((await ellen.say('why 1')).at(-1)?.text).toMatch(said);
});
