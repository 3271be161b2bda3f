import { expect, test } from 'vitest';
import { plainPhoto } from '../media/drawn-pictures.ts';
import { inputsIn } from './card.ts';
import { day, hour, openCouncil, type Somebody } from './council.ts';
import { filesInTeams } from './files-in-teams.ts';

const roads = { channel: '19:roads@thread.tacv2' };

/** Changes what a message says, in Teams. */
const changing =
  (person: Somebody, activityId: string, where: { readonly channel?: string } = {}) =>
  async (typed: string) =>
    await person.say(typed, { activityId, edits: true, ...where });

test('a sentence that was only offered is offered anew as it is now, and the old button proposes nothing', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const changes = changing(nadia, 'm');
  const [monday] = await nadia.say('The A59 is shut on Monday.', { activityId: 'm' });
  // Teams tells of a preview of a link as well, which changes no words.
  expect(await changes('The A59 is shut  on Monday.')).toEqual([]);
  const [tuesday] = await changes('The A59 is shut on Tuesday.');
  expect(tuesday?.text).toContain('You have changed your message, and nothing has happened by that.');
  expect(nadia.buttons(tuesday)).toEqual(['Yes: propose The A59 is shut on Tuesday.']);
  expect(await changes('The A59 is shut on Tuesday.')).toEqual([]);
  const old = await nadia.press('Yes: propose The A59 is shut on Monday.', {}, monday);
  expect(old.text).toContain('You have changed your message since');
  await expect(council.post(1)).rejects.toThrow('no post');
  const [wednesday] = await changes('The A59 is shut on Wednesday.');
  expect(wednesday?.text).toContain('You have changed your message');
  await nadia.press('Yes: propose The A59 is shut on Tuesday.', {}, tuesday);
  await expect(council.post(1)).rejects.toThrow('no post');
  await nadia.press('Yes: propose The A59 is shut on Wednesday.', {}, wednesday);
  expect((await council.post(1)).revision.text).toBe('The A59 is shut on Wednesday.');

  // The post that its button made is known when the message is changed once more, and again after that.
  expect(await changes('The A59 is shut on Wednesday.')).toEqual([]);
  for (const then of ['Thursday', 'Friday']) {
    const [answer] = await changes(`The A59 is shut on ${then}.`);
    expect(answer?.text).toContain('#1 still says what it said');
    expect(nadia.buttons(answer)).toEqual(['Edit #1']);
  }
  expect(await changes('The A59 is shut on Wednesday.')).toEqual([]);
  // Told twice at once, it is answered once.
  const before = council.shown(nadia.chat).length;
  await Promise.all([changes('The A59 is shut on Sunday.'), changes('The A59 is shut on Sunday.')]);
  expect(council.shown(nadia.chat)).toHaveLength(before + 1);
  await expect(council.post(2)).rejects.toThrow('no post');
});

test('what a changed message says counts in whichever process its button is pressed, also where it says nothing more', async () => {
  const first = await openCouncil();
  const nadia = first.as('nadia-hartley');
  const [offered] = await nadia.say('Hi Crier, Moor Lane is shut until Friday.', { activityId: 'm' });
  await using council = await first.restart();
  const again = council.as('nadia-hartley');
  expect(
    await again.say('Hi Crier, Moor Lane is shut until Friday.', { activityId: 'm', edits: true }),
  ).toEqual([]);
  expect(await again.say('thanks', { activityId: 'm', edits: true })).toEqual([]);
  const old = await again.press('Yes: propose Moor Lane is shut until Friday.', {}, offered);
  expect(old.text).toContain('You have changed your message since');
  const [back] = await again.say('Hi Crier, Moor Lane is shut until Friday.', {
    activityId: 'm',
    edits: true,
  });
  await again.press('Yes: propose Moor Lane is shut until Friday.', {}, back);
  // Its words without the greeting are those of the post.
  expect(await again.say('Hello! Moor Lane is shut.', { activityId: 'm', edits: true })).toHaveLength(1);
  expect(
    await again.say('Hi Crier, Moor Lane is shut until Friday.', { activityId: 'm', edits: true }),
  ).toEqual([]);
});

test('a message is answered each time it is changed, after its post was sent too, and where it is a near miss', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const changes = changing(nadia, 'm');
  await nadia.say('propose The A565 is shut at Moor Lane.', { activityId: 'm' });
  const said = async (typed: string) => (await changes(typed))[0]?.text ?? '';
  expect(await said('propose The A565 is shut at Moor Lane until 4pm.')).toContain('press "Edit #1"');
  expect(await said('propose The A565 is shut at Moor Lane until 5pm.')).toContain('press "Edit #1"');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  expect(await said('propose The A565 is shut at Moor Lane until 6pm.')).toContain(
    '#1 still says what it said',
  );
  // A near miss that becomes another one, and what was taken for a command that becomes a sentence.
  const [near] = await nadia.say('hodl 1', { activityId: 'n' });
  const [nearer] = await nadia.say('hodl 12', { activityId: 'n', edits: true });
  expect(nadia.buttons(nearer)).toEqual(['Yes: hold 12']);
  expect((await nadia.press('Yes: hold 1', {}, near)).text).toContain('You have changed your message since');
  expect((await council.post(1)).status.is).toBe('in-review');
});

test('words that became the text of a photo are known when they are changed', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const grey = await plainPhoto('#888');
  await using teams = await filesInTeams(council, { 'grey.jpg': grey });
  await teams.send(nadia, 'grey.jpg', '');
  await nadia.say('The new crossing opens on Monday.', { activityId: 'm' });
  expect((await council.post(1)).revision.text).toBe('The new crossing opens on Monday.');
  const changes = changing(nadia, 'm');
  expect(await changes('The new crossing opens on Monday.')).toEqual([]);
  const [answer] = await changes('The new crossing opens on Tuesday.');
  expect(answer?.text).toContain('#1 still says what it said');
});

test('in a Teams channel only whoever typed a sentence may press its button; anybody else is told who, and what to do', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const bethan = council.as('bethan-prys');
  const yes = 'Yes: propose The A565 is shut until Friday.';
  const [offered] = await nadia.say('The A565 is shut until Friday.', { activityId: 'm', ...roads });
  const others = await bethan.press(yes, {}, offered);
  expect(others.card).toBeUndefined();
  expect(others.text).toBe(
    'Nadia Hartley typed this, so only they can press it. To write for residents yourself, type "propose" and your own words.',
  );
  await expect(council.post(1)).rejects.toThrow('no post');
  const [anew] = await changing(nadia, 'm', roads)('The A565 is shut until Saturday.');
  const title = 'Yes: propose The A565 is shut until Saturday.';
  expect((await bethan.press(title, {}, anew)).text).toContain('Nadia Hartley typed this');
  await nadia.press(title, {}, anew);
  expect(await council.post(1)).toMatchObject({ author: 'nadia-hartley' });

  // The same of a slip that is offered put right, and of words in front of a text; what only shows is for everybody.
  const [near] = await nadia.say('hodl 1', roads);
  expect((await bethan.press('Yes: hold 1', {}, near)).text).toBe(
    'Nadia Hartley typed this, so only they can press it. To do the same yourself, type "hold 1".',
  );
  const front = (await nadia.say('propose urgent: The A59 is shut.', roads)).find(({ text }) =>
    text.includes('urgent'),
  );
  const put = nadia.buttons(front).find((each) => each.startsWith('Put ')) ?? '';
  expect((await bethan.press(put, {}, front)).text).toContain('Nadia Hartley typed this');
  expect((await council.post(2)).revision).toMatchObject({ urgency: 'urgent', text: 'The A59 is shut.' });
  await nadia.press(put, {}, front);
  expect((await council.post(2)).revision).toMatchObject({ text: 'urgent: The A59 is shut.' });
  const which = (await nadia.say('Is 1 out yet, or what is it?', roads)).at(-1);
  expect((await council.as('ellen-rimmer').press('Open #1', {}, which)).text).toContain('The A565 is shut');
});

test('a button that plans a time means the day on which it was offered, whenever it is pressed', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose The A59 is shut at Maghull.');
  const wednesday = Date.UTC(2026, 10, 25, 9);
  const [near] = await nadia.say('shedule 1 tomorrow 9am');
  const [nearLater] = await nadia.say('shedule 1 tomorrow 9am');
  const [front] = await nadia.say('propose tomorrow 9am: The A565 is shut.');
  const takeOut = nadia.buttons(front).find((each) => each.startsWith('Take ')) ?? '';
  expect(takeOut).toContain('go out tomorrow at 9am');
  const [away] = await nadia.say('away tomorrow');
  const [frontLater] = await nadia.say('propose tomorrow 9am: The A570 is shut.');
  await council.until(wednesday - hour);
  await nadia.press('Yes: schedule 1 tomorrow 9am', {}, near);
  expect((await council.post(1)).when?.at).toBe(wednesday);
  await nadia.press(takeOut, {}, front);
  expect((await council.post(2)).when?.at).toBe(wednesday);
  await council.until(wednesday + day);
  const late = await nadia.press('Yes: schedule 1 tomorrow 9am', {}, nearLater);
  expect(late.text).toContain('That time has passed.');
  expect((await council.post(1)).when?.at).toBe(wednesday);
  const form = await nadia.press(takeOut, {}, frontLater);
  expect(form.text).toContain('That time has passed.');
  expect((await council.post(3)).revision.text).toBe('tomorrow 9am: The A570 is shut.');
  const [leave = ''] = nadia.buttons(away);
  expect(leave).toContain('Away from now until');
  expect((await nadia.press(leave, {}, away)).text).toContain('That time has passed.');

  // A form may be saved on another day as well.
  const planning = (await nadia.say('schedule 1 tomorrow 9am until tomorrow 5pm')).at(-1);
  expect(inputsIn(planning?.card ?? {})).toMatchObject({
    when: '27 Nov 2026 at 9am',
    until: '27 Nov 2026 at 5pm',
  });
});

test('an end without its day is on the day on which the post goes out, typed or in the form', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose Moor Lane in Crosby is closed for works.');
  const planning = (await nadia.say('schedule 1 tomorrow 9am until 5pm')).at(-1);
  const ends = '2026-11-25T17:00';
  expect(inputsIn(planning?.card ?? {})).toMatchObject({ until: '25 Nov 2026 at 5pm' });
  await nadia.press('Save', {}, planning);
  expect((await council.post(1)).revision.until?.wall).toBe(ends);

  await nadia.say('propose Ash Road in Bootle is closed for works.');
  const form = (await nadia.say('edit 2')).at(-1);
  await nadia.press('Save', { when: 'tomorrow 9am', until: '5pm' }, form);
  expect((await council.post(2)).revision.until?.wall).toBe(ends);
});

test('a sentence that is offered means by its words for a day the day on which it was typed, whenever it is pressed', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const [ends] = await nadia.say('Moor Lane is closed until 4pm tomorrow.');
  const [offer] = await nadia.say('The A59 is closed tomorrow while we mend a burst main.');
  const [same] = await nadia.say('The A565 is closed today for works.');
  const [front] = await nadia.say('propose urgent: The A570 is closed tonight for works.');
  const take = nadia.buttons(front).find((each) => each.startsWith('Put ')) ?? '';
  await nadia.press('Yes: propose The A565 is closed today for works.', {}, same);
  expect((await council.post(2)).findings.filter(({ rule }) => rule === 'DAY')).toEqual([]);
  await council.pass(day);
  await nadia.press('Yes: propose The A59 is closed tomorrow while we mend a burst main.', {}, offer);
  const late = await council.post(3);
  expect(late.findings.filter(({ rule }) => rule === 'DAY')).toMatchObject([
    { facts: { word: 'tomorrow', meant: '2026-11-25', means: '2026-11-26' } },
  ]);
  expect(nadia.card(3).text).toContain(
    '"tomorrow" would mean Thursday 26 November when this goes out, not Wednesday 25 November.',
  );

  await nadia.press('Yes: propose Moor Lane is closed until 4pm tomorrow.', {}, ends);
  expect(nadia.card(4).text).toContain('[Yes, it ends on Wed 25 Nov at 4pm]');

  // What a button changes beside the text is no word for a day that was written anew.
  await nadia.press(take, {}, front);
  expect((await council.post(1)).revision.text).toBe('urgent: The A570 is closed tonight for works.');
  expect((await council.post(1)).findings.filter(({ rule }) => rule === 'DAY')).toMatchObject([
    { facts: { word: 'tonight', meant: '2026-11-24', means: '2026-11-25' } },
  ]);
  // Whoever saves a form has read its text.
  const form = await nadia.press('Edit', {}, (await nadia.say('show 1')).at(-1));
  await nadia.press('Save', { text: 'The A570 is closed tonight for works!' }, form.card);
  expect((await council.post(1)).findings.filter(({ rule }) => rule === 'DAY')).toEqual([]);
});

test('in a Teams channel, a message that was answered is answered where it is changed and mentions Crier no more; others are not', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const unmentioned = { edits: true, unmentioned: true, ...roads } as const;
  const [friday] = await nadia.say('The A565 is shut until Friday.', { activityId: 'm', ...roads });
  const [saturday] = await nadia.say('The A565 is shut until Saturday.', { activityId: 'm', ...unmentioned });
  expect(saturday?.text).toContain('You have changed your message, and nothing has happened by that.');
  const old = await nadia.press('Yes: propose The A565 is shut until Friday.', {}, friday);
  expect(old.text).toContain('You have changed your message since');
  await expect(council.post(1)).rejects.toThrow('no post');
  await nadia.say('propose The A59 is shut.', { activityId: 'k', ...roads });
  const [open] = await nadia.say('propose The A59 is open.', { activityId: 'k', ...unmentioned });
  expect(open?.text).toContain('#1 still says what it said');
  for (const person of ['nadia-hartley', 'claire-whitworth'])
    expect(
      await council.as(person).say('See you at two.', { activityId: `z-${person}`, ...unmentioned }),
    ).toEqual([]);
});
