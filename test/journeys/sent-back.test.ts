import { expect, test } from 'vitest';
import { postKind } from '../../src/posts/kind.ts';
import { redactPost } from '../../src/posts/erasing/redact.ts';
import { passedOn, sentByDesk } from './beginnings.ts';
import { day, hour, minute, openCouncil } from './council.ts';

test('sent back and refused with a note, which is required; the author reads it and sends it again', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  await nadia.say('propose The gritters are out on the main roads.');
  await nadia.press('Send to Communications');
  const noteless = await ellen.press('Send back with a note');
  expect(noteless.text).toContain('Say in the note what should change');
  expect((await council.post(1)).status.is).toBe('in-review');
  await ellen.press('Send back with a note', { note: 'Which roads? *All* of them?' });
  expect(nadia.card(1).text).toContain('Ellen Rimmer sent it back on Tue 24 Nov at 9:4');
  expect(nadia.card(1).text).toContain('Which roads? *All* of them?');

  const form = await nadia.press('Edit');
  const saved = await nadia.press('Save', { text: 'The gritters are out on the A565.' }, form.card);
  await nadia.press('Send to Communications', {}, saved.card);
  await ellen.press('Pass on to Highways approvers');
  const refusal = await priya.press('Do not publish');
  expect(refusal.text).toContain('Say in the note why it will not be published');
  await priya.press('Do not publish', { note: 'They are not out.' });
  expect((await council.post(1)).status).toMatchObject({ is: 'not-to-be-published', by: 'priya-desai' });
  expect(nadia.card(1).text).toContain('They are not out.');
  // Who had a hand in it, and why they were asked, is not lost with the decision.
  const [why] = await nadia.say('why 1');
  expect(why?.text).toContain('Ellen Rimmer passed it on');
  expect(why?.text).toContain('First: Communications');
  expect(why?.text).toMatch(/Clause \d/u);
  await council.pass(10 * day);
  expect(council.outside.entries()).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('whoever cannot write on what is with its writers reads who can, and what, and not to do it', async () => {
  await using council = await openCouncil();
  const [nadia, priya] = [council.as('nadia-hartley'), council.as('priya-desai')];
  await passedOn(council, 'The gritters are out.');
  const sent = await priya.press('Send back with a note', { note: 'Where?' });
  for (const text of [sent.text, priya.card(1).text]) {
    expect(text).toMatch(/sent it back .* Nadia Hartley can edit it and send it again\./u);
    expect(text).not.toContain('Edit it, then send it again.');
  }
  expect(nadia.card(1).text).toContain('Edit it, then send it again.');

  // What its end has overtaken as well.
  await sentByDesk(council, 'The road is closed.', { until: '24 November 11am' });
  await council.pass(3 * hour);
  expect(council.as('ellen-rimmer').card(2).text).toContain('Give it another end if it is still needed.');
  expect(priya.card(2).text).toContain('Ellen Rimmer can give it another end if it is still needed.');
});

test('the note stands where it is needed: over the form, in the message to whoever has it open, and for whoever looks at it again', async () => {
  await using council = await openCouncil();
  const [nadia, ellen, priya] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('priya-desai'),
  ];
  await nadia.say('propose The gritters are out.');
  await nadia.press('Send to Communications');
  await council.pass(minute);
  const open = await nadia.press('Edit');
  const note = 'Say which roads, and *when*.';
  await ellen.press('Send back with a note', { note });
  expect(council.shown(nadia.chat).at(-1)?.text).toMatch(
    /^#1 .*: Ellen Rimmer sent it back .*Ellen Rimmer wrote: "Say which roads, and \*when\*\."/u,
  );
  // The form was open all the while: what is saved from it is a draft that says what was asked for.
  const saved = await nadia.press(
    'Save as a draft',
    { text: 'The gritters are out on the A565.' },
    open.card,
  );
  for (const card of [saved, await nadia.press('Edit', {}, saved.card)])
    expect(card.text).toContain(`Ellen Rimmer wrote: ${note}`);
  const [drafted] = await nadia.say('show 1');
  await nadia.press('Send to Communications', {}, drafted);
  const told = /Ellen Rimmer sent it back at \S+ Nadia Hartley changed it at/u;
  expect(ellen.card(1).text).toMatch(told);
  expect(ellen.card(1).text).toContain(`Ellen Rimmer wrote: ${note}`);
  await council.as('joseph-adeyemi').press('Pass on to Highways approvers');
  expect(priya.card(1).text).toMatch(/Nadia Hartley changed it at \S+ Joseph Adeyemi passed it on at/u);
  expect(priya.card(1).text).toContain(`Ellen Rimmer wrote: ${note}`);
  await ellen.say('hold 1');
  expect(priya.card(1).text).toContain(`Ellen Rimmer wrote: ${note}`);
  await priya.press('Release: goes out now', { confirm: 'true' });
  expect(priya.card(1).text).not.toContain('which roads');
  const [why] = await nadia.say('why 1');
  expect(why?.text).toMatch(
    /Ellen Rimmer sent it back at \S+: "Say which roads, and \*when\*\." Nadia Hartley changed it/u,
  );
  // An erasure of notes takes it along.
  const post = await council.post(1);
  const { state } = redactPost(post, { clause: '7.1', names: ['note'] }, council.now());
  expect(JSON.stringify(post)).toContain('which roads');
  expect(JSON.stringify(state)).not.toContain('which roads');
  expect(state.erased).toMatchObject([{ what: ['notes'] }]);
  expect((await council.audit()).findings).toEqual([]);
});

test('cancelled: why says who had a hand in it, and a post that an earlier release cancelled is still read', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await passedOn(council, 'The gritters are out on the main roads.');
  // Others have seen it: a slip in the number would cost them, so that it is asked about first.
  const [asked] = await nadia.say('cancel 1');
  expect((await council.post(1)).status.is).toBe('in-review');
  expect(asked?.text).toContain('A press cancels the post. Nobody can undo that.');
  const cancelled = await nadia.press('Cancel #1', {}, asked);
  const post = await council.post(1);
  expect(cancelled.text).toContain('Nadia Hartley cancelled it');
  const [why] = await nadia.say('why 1');
  expect(why?.text).toContain('Ellen Rimmer passed it on');
  expect(why?.text).toMatch(/First: .*Then: .*Highways approvers/u);
  const { is, by, at } = post.status.is === 'cancelled' ? post.status : { is: '', by: '', at: 0 };
  const earlier = postKind.parse({ ...post, status: { is, by, at } }, 1);
  expect(earlier.status).toEqual({ is: 'cancelled', by: 'nadia-hartley', at });
  expect((await council.audit()).findings).toEqual([]);
});

test('reminded, escalated, expired by the clock', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const tom = council.as('tom-ashcroft');
  const priya = council.as('priya-desai');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  const before = council.shown(priya.chat).length;

  await council.pass(59 * minute);
  expect(council.shown(priya.chat)).toHaveLength(before);
  await council.pass(2 * minute);
  const reminder = council.shown(priya.chat).at(-1);
  expect(council.shown(priya.chat)).toHaveLength(before + 1);
  expect(reminder?.text).toMatch(/#1 .*still waits for you.*11:4/u);

  await council.pass(hour);
  expect(ellen.card(1).text).toContain('It has waited long, and there is nobody else to ask.');
  expect((await council.post(1)).status).toMatchObject({ is: 'in-review', review: { escalated: true } });
  expect(tom.card(1).text).toContain('Please decide');

  await council.pass(3 * day);
  expect((await council.post(1)).status).toMatchObject({ is: 'expired', because: 'nobody-decided' });
  expect(ellen.card(1).text).toContain('Nobody decided by');
  const [why] = await ellen.say('why 1');
  expect(why?.text).toMatch(/First: .*Highways approvers/u);
  await ellen.say('show 1');
  expect(ellen.buttons()).toContain('Send to Highways approvers');
  expect(council.outside.entries()).toEqual([]);

  // Sent again, the timers of the first sending mean nothing.
  await ellen.press('Send to Highways approvers');
  await council.pass(30 * minute);
  expect((await council.post(1)).status).toMatchObject({ is: 'in-review', review: { escalated: false } });
  await priya.press('Approve: goes out now', { confirm: 'true' });
  await council.pass(10 * day);
  expect((await council.post(1)).status.is).toBe('published');
  expect(council.outside.entries('x-main')).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});
