import { expect, test } from 'vitest';
import { asked, published } from './corrections.ts';
import { minute, openCouncil, type Council } from './council.ts';

const note = 'Please say which week the last collection is.';
const unsent = `Your note has not been sent: "${note}"`;

/** A post of Highways that is with the desk, where two can pass it on. */
async function withTheDesk(council: Council) {
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose Moor Lane is closed.');
  await nadia.press('Send to Communications');
  return { nadia, ellen: council.as('ellen-rimmer'), joseph: council.as('joseph-adeyemi') };
}

test('whoever loses a race reads who was faster, and has their note, on the card that shows what came of it', async () => {
  await using council = await openCouncil();
  const { nadia, ellen, joseph } = await withTheDesk(council);
  await Promise.all([
    ellen.press('Pass on to Highways approvers'),
    joseph.press('Send back with a note', { note }, joseph.card(1)),
  ]);
  const status = (await council.post(1)).status.is;
  const [won, lost] = status === 'in-review' ? [ellen, joseph] : [joseph, ellen];
  expect(lost.card(1).text).toContain('a moment ago');
  if (lost === joseph) expect(lost.card(1).text).toContain(unsent);
  expect(won.card(1).text).not.toContain('moment ago');
  expect(nadia.card(1).text).not.toContain('moment ago');
});

test('an answer stays on an old card, over what comes next and over a restart, until they press again', async () => {
  await using first = await openCouncil();
  const before = await withTheDesk(first);
  const old = before.joseph.card(1);
  await before.ellen.press('Pass on to Highways approvers');
  await before.joseph.press('Send back with a note', { note }, old);
  const [ellen, joseph] = [before.ellen.card(1), before.joseph.card(1)];
  expect(joseph.text).toContain('Ellen Rimmer passed this on a moment ago.');
  expect(joseph.text).toContain(unsent);
  // It is drawn once more, since what he had not seen may have come over it.
  expect(joseph.versions).toBe(old.versions + 2);
  expect(ellen.text).not.toContain(unsent);

  await using council = await first.restart();
  const priya = council.as('priya-desai');
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
  const later = council.as('joseph-adeyemi');
  expect(later.card(1).text).toContain('Published');
  expect(later.card(1).text).toContain(
    'You were told at 9:43am: Ellen Rimmer passed this on a moment ago. It is now with Highways approvers.',
  );
  expect(later.card(1).text).toContain(unsent);
  expect(council.as('ellen-rimmer').card(1).text).not.toContain('You were told');

  await later.press('Why?', {}, later.card(1));
  await council.pass(minute);
  const desk = council.as('ellen-rimmer');
  await desk.press('Take it down', {}, desk.card(1));
  expect(later.card(1).text).toContain('Taken down');
  expect(later.card(1).text).not.toContain('You were told');
  expect((await council.audit()).findings).toEqual([]);
});

test('an answer that half an hour was there to be read is gone with the next change', async () => {
  await using council = await openCouncil();
  const { ellen, joseph } = await withTheDesk(council);
  const old = joseph.card(1);
  await ellen.press('Pass on to Highways approvers');
  await joseph.press('Send back with a note', { note }, old);
  await council.pass(29 * minute);
  await ellen.say('schedule 1 tomorrow 9am');
  expect(joseph.card(1).text).toContain(unsent);
  await council.pass(2 * minute);
  await ellen.say('schedule 1 tomorrow 10am');
  expect(joseph.card(1).text).toContain('10am');
  expect(joseph.card(1).text).not.toContain(unsent);
});

test('of a correction the one who was slower reads who decided what, and has their note', async () => {
  await using council = await openCouncil();
  await published(council, 'The A59 is closed.', 'news');
  const [joseph, priya] = [council.as('joseph-adeyemi'), council.as('priya-desai')];
  await asked(council, { text: 'The A565 is closed.', what: 'The wrong road.' });
  const old = priya.card(1);
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await priya.press('Leave it as it is', { note: 'Not so.' }, old);
  await council.pass(minute);
  expect(priya.card(1).text).toContain('Joseph Adeyemi agreed to this correction a moment ago.');
  expect(priya.card(1).text).toContain('Your note has not been sent: "Not so."');

  await asked(council, { text: 'The A566 is closed.', what: 'The wrong road again.' });
  const next = priya.card(1);
  await joseph.press('Leave it as it is', { note: 'It is the A565.' }, joseph.card(1));
  await priya.press('Agree: correct it now', { confirm: 'true' }, next);
  expect(priya.card(1).text).toContain('Joseph Adeyemi did not agree to this correction a moment ago.');

  await asked(council, { text: 'The A567 is closed.', what: 'The wrong road once more.' });
  const last = priya.card(1);
  await council.as('ellen-rimmer').press('Take this request back');
  await priya.press('Agree: correct it now', { confirm: 'true' }, last);
  expect(priya.card(1).text).toContain('Ellen Rimmer took this correction back a moment ago.');
});

test('in a Teams channel an answer is for whoever pressed alone, also when their client asks for the card anew', async () => {
  await using council = await openCouncil();
  const [tom, priya, ellen] = [
    council.as('tom-ashcroft'),
    council.as('priya-desai'),
    council.as('ellen-rimmer'),
  ];
  const channel = 'channel-roads';
  const use = (await tom.say('use this channel for approvals of Highways', { channel })).at(-1);
  await tom.press('Yes, use this channel', {}, use);
  await ellen.say('propose for Highways: The gritters are out.');
  await ellen.press('Send to Highways approvers');
  const inChannel = () => council.shown(channel).find(({ text }) => text.startsWith('#1 '));
  const stands = inChannel();
  const toms = await tom.press('Open for me', {}, stands);
  await ellen.say('schedule 1 tomorrow 9am');
  const told = await tom.press('Approve: goes out now', { confirm: 'true' }, toms.card);
  expect(told.text).toContain('chose another time for this a moment ago');
  await ellen.say('schedule 1 tomorrow 10am');
  expect(inChannel()?.text).not.toContain('moment ago');
  const now = inChannel();
  if (now === undefined) throw new Error('the channel shows nothing');
  expect((await tom.asksAnew(now)).text).toContain('You were told at');
  expect((await priya.asksAnew(now)).text).not.toContain('You were told at');
});

test('of other words, on which somebody is asked again, no earlier answer stands above their decision', async () => {
  await using council = await openCouncil();
  const { nadia, ellen, joseph } = await withTheDesk(council);
  const old = joseph.card(1);
  await ellen.press('Send back with a note', { note: 'Which end?' }, ellen.card(1));
  await joseph.press('Pass on to Highways approvers', { note }, old);
  expect(joseph.card(1).text).toContain(unsent);
  const form = await nadia.press('Edit', {}, nadia.card(1));
  await nadia.press('Save', { text: 'Moor Lane is closed at its north end.' }, form.card);
  await nadia.press('Send to Communications', {}, nadia.card(1));
  await council.pass(minute);
  const { text } = joseph.card(1);
  expect(text).toContain('north end');
  expect(text).not.toContain('You were told');
  expect(text).not.toContain(note);
});
