import { expect, test } from 'vitest';
import { plainPhoto } from '../media/drawn-pictures.ts';
import { passedOn } from './beginnings.ts';
import { minute, openCouncil } from './council.ts';
import { filesInTeams } from './files-in-teams.ts';

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
  await passedOn(council, 'The gritters are out on the main roads.');
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

test('what the desk changes beside the text is told to whoever decides, and stays told', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  await nadia.say('propose Cambridge Road in Churchtown is open again.');
  await nadia.press('Send to Communications');
  const form = await ellen.press('Edit');
  const saved = await ellen.press(
    'Save and pass on',
    {
      'variant:x-main': 'Cambridge Road is open again.',
      headline: 'Cambridge Road open',
      accounts: 'x-main,news',
      urgency: 'urgent',
      flags: 'safety',
      when: '24/11/2026 14:00',
    },
    form.card,
  );
  expect(saved.text).toContain('Waiting for: Highways approvers');
  for (const card of [priya.card(1), nadia.card(1), ellen.card(1)]) {
    expect(card.text).toContain('Ellen Rimmer changed it and passed it on at');
    expect(card.text).not.toMatch(/Ellen Rimmer changed \d sentence/u);
    expect(card.text).toContain('Ellen Rimmer changed the text on X:');
    expect(card.text).toContain('Ellen Rimmer changed the heading: Cambridge Road open');
    expect(card.text).toContain('Ellen Rimmer also changed: Accounts: Facebook left out');
    expect(card.text).toContain('When: Tue 24 Nov at 2pm (was: as soon as it is approved)');
    expect(card.text).toContain('Urgency: Urgent (was: Not urgent)');
    expect(card.text).toContain('It is about: Safety information added');
  }

  // Another time that the service chooses is its own again, and no change of the desk's.
  await nadia.say('schedule 1 today 3pm');
  expect(priya.card(1).text).not.toContain('When:');
  expect(priya.card(1).text).toContain('Ellen Rimmer also changed: Accounts: Facebook left out');

  await priya.press('Approve: goes out on Tue 24 Nov at 3pm', { confirm: 'true' });
  const [why] = await nadia.say('why 1');
  expect(why?.text).toMatch(
    /by Nadia Hartley\. Ellen Rimmer changed it and passed it on at [^.]*\. Nadia Hartley chose another time at [^.]*\. Priya Desai approved it/u,
  );
  expect((await council.audit()).findings).toEqual([]);
});

test('why tells the walk as it was asked for, with the desk that has passed it on, also after a correction', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  const tom = council.as('tom-ashcroft');
  await nadia.say('propose Cambridge Road in Churchtown is open again.');
  await nadia.press('Send to Communications');
  const form = await ellen.press('Edit');
  await ellen.press('Save and pass on', { text: 'Cambridge Road is open again.' }, form.card);
  const walk = (approved: string): RegExp =>
    new RegExp(
      `First: Communications \\(Ellen Rimmer passed it on\\) Clause 6\\.1: [^:]* Then: one of 3 Highways approvers${approved} Clause 6\\.1 as well`,
      'u',
    );
  const [asked] = await nadia.say('why 1');
  expect(asked?.text).toMatch(walk(''));
  // Nobody reads of a look that was left out under one that was given.
  expect(asked?.text).not.toContain('Clause 6.2');

  await priya.press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
  const correcting = await tom.press('Correct', {}, (await tom.say('show 1'))[0]?.card);
  await tom.press(
    'Ask for this correction',
    { text: 'Cambridge Road is open.', what: 'It was never shut.' },
    correcting.card,
  );
  await priya.press('Agree: correct it now', { confirm: 'true' });
  const [corrected] = await nadia.say('why 1');
  expect(corrected?.text).toMatch(walk(' \\(Priya Desai approved it\\)'));
  expect((await council.audit()).findings).toEqual([]);
});

test('a lead edits what somebody else of the service has sent: its writer is told, everybody sees what changed and who has to send it, and whoever is asked then is told', async () => {
  await using council = await openCouncil();
  const [nadia, tom] = [council.as('nadia-hartley'), council.as('tom-ashcroft')];
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  const last = (chat: string): string => council.shown(chat).at(-1)?.text ?? '';
  await nadia.say('propose Moor Lane is closed. Please use the A565.');
  const draft = await nadia.press('Edit');
  const urgent = await nadia.press('Save', { urgency: 'urgent' }, draft.card);
  await nadia.press('Send to Communications', {}, urgent.card);
  await council.pass(minute);
  const [opened] = await tom.say('edit 1');
  await tom.press(
    'Save as a draft',
    { text: 'Moor Lane is closed until Friday. Please use the A565.' },
    opened,
  );
  expect(last(nadia.chat)).toMatch(
    /^#1 \(Highways, urgent\): Tom Ashcroft changed it on Tue 24 Nov at \S+ It is a draft: it goes no further until Nadia Hartley or Tom Ashcroft sends it\. Type "show 1"/u,
  );
  const [hers] = await nadia.say('show 1');
  for (const card of [hers, ellen.card(1)]) {
    expect(card?.text).toContain('Tom Ashcroft changed 1 sentence:');
    expect(card?.text).toMatch(
      /by Nadia Hartley\. Tom Ashcroft changed it at \S+ It is a draft: it goes no/u,
    );
  }
  await council.pass(minute);
  await nadia.press('Send to Communications', {}, hers);
  expect(last(ellen.chat)).toMatch(/^#1 \(Highways, urgent\) waits for you\./u);
  await ellen.press('Pass on to Highways approvers');
  expect(priya.card(1).text).toContain('Tom Ashcroft changed 1 sentence:');
  expect(priya.card(1).text).toMatch(/Tom Ashcroft changed it at \S+ Ellen Rimmer passed it on at/u);
  expect(priya.card(1).text).not.toContain('It is a draft');
  // What the desk changes keeps it on its way: its writer has nothing to do.
  expect(last(nadia.chat)).not.toContain('goes no further');

  // Its author writes it anew: what is decided on is theirs again, and that the lead had a hand in it is still told.
  const again = await nadia.press('Edit', {}, (await nadia.say('show 1')).at(-1));
  const own = { text: 'Moor Lane is closed until Saturday. Please use the A565.' };
  await nadia.press('Save as a draft', own, again.card);
  expect(priya.card(1).text).not.toContain('Tom Ashcroft changed 1 sentence:');
  expect(priya.card(1).text).toMatch(
    /Tom Ashcroft changed it at \S+ Ellen Rimmer passed it on at \S+ Nadia Hartley changed it at/u,
  );
  expect((await council.audit()).findings).toEqual([]);
});

test('two edit at once: whoever saves later keeps their words, and reads what they would take the place of', async () => {
  await using council = await openCouncil();
  const [nadia, ellen, joseph] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('joseph-adeyemi'),
  ];
  await nadia.say('propose Moor Lane is closed.');
  await nadia.press('Send to Communications');
  const [hers, his] = [await ellen.press('Edit'), await joseph.press('Edit')];
  await ellen.press('Save and pass on', { text: 'Moor Lane is *closed* until Friday.' }, hers.card);
  const late = await joseph.press('Save and pass on', { text: 'Moor Lane is shut.' }, his.card);
  expect(late.text).toContain(
    'Ellen Rimmer has changed this since. It now says: "Moor Lane is *closed* until Friday." What you typed stands below.',
  );
  expect(JSON.stringify(late.card)).toContain('"value":"Moor Lane is shut."');
  expect((await council.post(1)).revision.text).toBe('Moor Lane is *closed* until Friday.');
});

test('what the desk answers anew about a picture is said picture by picture, with what it was', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const files = { 'a.jpg': await plainPhoto('#228822'), 'b.jpg': await plainPhoto('#882222') };
  await using teams = await filesInTeams(council, files);
  await teams.send(nadia, 'a.jpg', '');
  await teams.send(nadia, 'b.jpg', '');
  await nadia.say('The new playground is open.');
  const form = await nadia.press('Edit', {}, nadia.card(1));
  const saved = await nadia.press(
    'Save',
    {
      'alt:0': 'Children on the swings',
      'seen:0': 'children',
      'form:0': 'F1',
      'whose:0': 'ours',
      'alt:1': 'The gate',
      'seen:1': 'nobody',
      'whose:1': 'permitted',
      'from:1': 'Jo',
    },
    form.card,
  );
  await nadia.press('Send to Communications', {}, saved.card);
  const ellen = council.as('ellen-rimmer');
  const desk = await ellen.press('Edit', {}, ellen.card(1));
  await ellen.press('Save and pass on', { 'seen:0': 'nobody', 'form:0': '', 'whose:1': 'ours' }, desk.card);

  const { text } = council.as('priya-desai').card(1);
  expect(text).toContain('Ellen Rimmer changed:');
  expect(text).toContain('Picture 1: nobody can be recognised (was: children can be recognised, form F1)');
  expect(text).toContain("Picture 2: the council's own picture (was: used with permission of Jo)");
  expect(text).not.toMatch(/Picture 1: the council|Picture 2: nobody/u);
});
