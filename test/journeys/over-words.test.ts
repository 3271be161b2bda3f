import { expect, test } from 'vitest';
import { passedOn, sentByDesk } from './beginnings.ts';
import { hour, minute, openCouncil } from './council.ts';

const at = (iso: string): number => Date.parse(iso);

const text = 'Moor Lane in Crosby is closed until 4pm today while we mend a burst main.';
const over = '"until 4pm today" is over when this goes out: it means Tue 24 Nov at 4pm.';
const fix = 'Say until when it goes on, or that it is over.';

test('words that are over are not sent: the card says where and why, and once they are put right they are', async () => {
  await using council = await openCouncil({ at: at('2026-11-24T17:55:00Z') });
  const nadia = council.as('nadia-hartley');
  const [drafted] = await nadia.say(`propose ${text}`);
  expect(drafted?.text).toContain(over);
  expect(drafted?.text).toContain(fix);
  expect(drafted?.text).not.toContain('The text says that it ends');
  const refused = await nadia.press('Send to Communications');
  expect(refused.text).toContain(over);
  expect((await council.post(1)).status.is).toBe('draft');

  const form = await nadia.press('Edit', {}, nadia.card(1));
  const past = text.replace('is closed', 'was closed');
  expect((await nadia.press('Save', { text: past }, form.card)).text).not.toContain(over);
  await nadia.press('Send to Communications');
  expect((await council.post(1)).status.is).toBe('in-review');
});

test('words that come to be over while somebody is asked: every card says so, and nobody can let them go out', async () => {
  await using council = await openCouncil({ at: at('2026-11-24T15:50:00Z') });
  const nadia = council.as('nadia-hartley');
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  await passedOn(council, text);
  await council.until(at('2026-11-24T15:59:59Z'));
  const before = priya.card(1);
  expect(before.text).not.toContain(over);
  await council.until(at('2026-11-24T16:00:00Z'));
  for (const who of [priya, nadia, ellen]) expect(who.card(1).text).toContain(over);
  expect(priya.card(1).versions).toBe(before.versions + 1);
  expect(priya.buttons(priya.card(1)).join()).not.toContain('Approve');
  await priya.press('Approve: goes out now', { confirm: 'true' }, before);
  await council.pass(hour);
  expect(council.outside.entries()).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('of several ends the cards say each as it comes, and of one that is only near a time an hour after it', async () => {
  await using council = await openCouncil({ at: at('2026-11-24T14:30:00Z') });
  const priya = council.as('priya-desai');
  await passedOn(council, 'Ash Road is closed until 3pm today. Elm Road is closed until around 4pm today.');
  const first = '"until 3pm today" is over when this goes out';
  const second = '"until around 4pm today" is over when this goes out';
  expect(priya.card(1).text).not.toContain('is over');
  await council.until(at('2026-11-24T15:00:00Z'));
  expect(priya.card(1).text).toContain(first);
  await council.until(at('2026-11-24T16:59:00Z'));
  expect(priya.card(1).text).not.toContain(second);
  await council.until(at('2026-11-24T17:00:00Z'));
  expect(priya.card(1).text).toContain(first);
  expect(priya.card(1).text).toContain(second);
  expect((await council.audit()).findings).toEqual([]);
});

test('words that come to be over between decision and publication do not go out', async () => {
  await using council = await openCouncil({ at: at('2026-11-24T15:50:00Z') });
  const ellen = council.as('ellen-rimmer');
  await sentByDesk(council, text, { accounts: 'x-main,news' });
  const busy = { way: 'answer', outcome: { outcome: 'retry', after: hour, reason: 'busy' } } as const;
  council.outside.next('x-main', busy);
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(2 * hour);
  await council.pass(minute);
  expect(council.outside.calls.filter((call) => call === 'publish x-main')).toHaveLength(1);
  expect(council.outside.standing('x-main')).toEqual([]);
  const why = (await ellen.say('why 1')).at(-1)?.text;
  expect(ellen.card(1).text).toContain('Published on 1 of 2 · the rest is held by Crier');
  expect(why).toContain(over);
  expect((await council.audit()).findings).toEqual([]);
});

test('a time behind the end in the words cannot be chosen', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say(`propose for Highways: ${text}`);
  const [planned] = await ellen.say('schedule 1 8pm');
  expect(planned?.text).toContain(over);
  expect(planned?.text).toContain('choose a time before it');
  await ellen.press('Send to Highways approvers', {}, ellen.card(1));
  expect((await council.post(1)).status.is).toBe('draft');
  await ellen.say('schedule 1 3pm');
  await ellen.press('Send to Highways approvers', {}, ellen.card(1));
  expect((await council.post(1)).status.is).toBe('in-review');
  const [later] = await ellen.say('schedule 1 8pm');
  expect(later?.text).toContain('"until 4pm today" is over');
  expect((await council.post(1)).when?.wall).toBe('2026-11-24T15:00');
});

test('neither the end that the post itself has nor a day that means another by now is told as over as well', async () => {
  await using council = await openCouncil({ at: at('2026-11-24T17:55:00Z') });
  const ellen = council.as('ellen-rimmer');
  const [ending] = await ellen.say(
    'propose for Highways: Moor Lane is closed until 4pm.\nuntil tomorrow 4pm',
  );
  expect(ending?.text).not.toContain('is over');
  await ellen.say('propose for Highways: Elm Road is closed until 9pm today.');
  const [planned] = await ellen.say('schedule 2 tomorrow 10pm');
  expect(planned?.text).toContain('"today" would mean Wednesday 25 November');
  expect(planned?.text).not.toContain('is over');
});

test('what Crier slept over until its words were over says when it was to go out', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await sentByDesk(council, text, { when: '3pm' });
  await council.as('priya-desai').press('Approve: goes out on Tue 24 Nov at 3pm', { confirm: 'true' });
  expect((await council.post(1)).status.is).toBe('scheduled');
  await council.sleeps(7 * hour);
  await council.pass(minute);
  expect(council.outside.entries()).toEqual([]);
  expect(ellen.card(1).text).toContain(
    'It was to go out on Tue 24 Nov at 3pm, but something in it had come to stand in the way.',
  );
});
