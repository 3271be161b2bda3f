import { expect, test } from 'vitest';
import { minute, openCouncil } from './council.ts';

test('the service proposes, the desk edits, and an approver who did neither decides on the wording of the desk', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const ellen = council.as('ellen-rimmer');
  const joseph = council.as('joseph-adeyemi');
  const priya = council.as('priya-desai');

  await nadia.say(
    'propose Liverpool Road is closed while we undertake repair of a burst main. Please use the A565.',
  );
  expect(nadia.card(1).text).toContain('Next: Communications, then one of 3 Highways approvers.');
  expect(council.shown(ellen.chat).some(({ text }) => text.includes('#1 '))).toBe(false);
  await nadia.press('Send to Communications');

  // The author's card names who is awaited; the desk is asked, the approvers not yet.
  expect(nadia.card(1).text).toContain(
    'Waiting for Ellen Rimmer or Joseph Adeyemi (Communications), by Tue 24 Nov at 11:4',
  );
  expect(nadia.card(1).text).toContain('Then: one of 3 Highways approvers.');
  expect(ellen.card(1).text).toContain('Please look by Tue 24 Nov at 11:4');
  expect(() => priya.card(1)).toThrow('has no card');

  await council.pass(3 * minute);
  const form = await ellen.press('Edit');
  expect(form.text).toContain('Whoever approves it sees what you changed, word by word.');
  const saved = await ellen.press(
    'Save and pass on',
    { text: 'Liverpool Road is closed while we mend a burst main. Please use the A565.' },
    form.card,
  );
  expect(saved.text).toContain('Waiting for: Highways approvers');
  const edited = await council.post(1);
  expect(edited.revision).toMatchObject({ n: 2, by: 'ellen-rimmer' });
  expect(edited.serviceWrote).toMatchObject({ n: 1, by: 'nadia-hartley' });
  expect(edited.status).toMatchObject({ is: 'in-review' });

  // The other officer's card is up to date as well, and asks for nothing any more.
  expect(joseph.card(1).text).toContain('Waiting for: Highways approvers');
  expect(joseph.buttons()).not.toContain('Pass on to Highways approvers');

  // Word by word, with what is gone struck out.
  expect(priya.card(1).text).toContain('Ellen Rimmer changed 1 sentence:');
  expect(JSON.stringify(priya.card(1).card)).toMatch(/strikethrough"?:\s*true/u);
  expect(priya.card(1).text).toContain('undertake repair of');
  expect(nadia.card(1).text).toContain(
    'Waiting for Tom Ashcroft, Priya Desai or Gareth Molyneux (Highways approvers)',
  );

  // Neither who wrote nor who edited may decide, whatever card they press.
  const stolen = await nadia.press('Approve: goes out now', { confirm: 'true' }, priya.card(1).card);
  expect(stolen.text).toContain('You wrote this, so somebody else has to approve it: Tom Ashcroft');
  const desk = await ellen.press('Approve: goes out now', { confirm: 'true' }, priya.card(1).card);
  expect(desk.text).toContain('You wrote this, so somebody else has to approve it');
  expect((await council.post(1)).status.is).toBe('in-review');

  await priya.press('Approve: goes out now', { confirm: 'true' });
  expect((await council.post(1)).status.is).toBe('published');
  expect(council.outside.standing('x-main')).toEqual([
    'Liverpool Road is closed while we mend a burst main. Please use the A565.',
  ]);
  expect((await council.audit()).findings).toEqual([]);
});

test('passed on without an edit: no decision, and the desk may not decide for the service', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const ellen = council.as('ellen-rimmer');
  await nadia.say('propose The gritters are out on the main roads.');
  await nadia.press('Send to Communications');
  await ellen.press('Pass on to Highways approvers');
  const post = await council.post(1);
  expect(post.status).toMatchObject({ is: 'in-review', review: { decisions: [], current: 1 } });
  expect(council.outside.entries()).toEqual([]);
  const card = council.as('tom-ashcroft').card(1);
  const tried = await council
    .as('joseph-adeyemi')
    .press('Approve: goes out now', { confirm: 'true' }, card.card);
  expect(tried.text).toContain(
    'Only Highways approvers can decide this. Today that is Tom Ashcroft, Priya Desai and Gareth Molyneux.',
  );
  expect((await council.post(1)).status.is).toBe('in-review');
  expect((await council.audit()).findings).toEqual([]);
});
