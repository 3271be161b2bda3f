import sharp from 'sharp';
import { expect, test } from 'vitest';
import { erase } from '../../src/core/erase.ts';
import { inputsIn } from './card.ts';
import { minute, openCouncil, type Council, type Pressed, type Shown, type Somebody } from './council.ts';
import { filesInTeams } from './files-in-teams.ts';

const desk = '19:desk@thread.tacv2';

/** A card as it stands now where it was posted. */
function now(council: Council, { activityId, conversationId }: Shown): Shown {
  const [where = ''] = conversationId.split(';');
  const found = council.shown(where).find((each) => each.activityId === activityId);
  if (found === undefined) throw new Error('the card is gone');
  return found;
}

/** Whether nothing was drawn in place of a card. */
const isUntouched = (council: Council, card: Shown): boolean => now(council, card).versions === card.versions;

const answered = ({ card }: Pressed): object => {
  if (card === undefined) throw new Error('the press was not answered with a card');
  return card;
};

/** A post of Highways that is with the desk. */
async function withTheDesk(council: Council): Promise<void> {
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose Moor Lane is closed.');
  await nadia.press('Send to Communications');
}

/** The card in the desk's Teams channel of a post of Highways that is with the desk. */
async function inTheDesksChannel(council: Council): Promise<Shown> {
  const ellen = council.as('ellen-rimmer');
  const [asked] = await ellen.say('use this channel for the desk', { channel: desk });
  await ellen.press('Yes, use this channel', {}, asked);
  await withTheDesk(council);
  const [card] = council.shown(desk).filter(({ text }) => text.startsWith('#1 '));
  if (card === undefined) throw new Error('the channel shows nothing');
  return card;
}

/** A post of Highways that its three approvers are asked about. */
async function withApprovers(council: Council): Promise<Somebody> {
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: Moor Lane is closed.');
  await ellen.press('Send to Highways approvers');
  return ellen;
}

test('two edit at once: the form of whoever is slower stays as it is, also over a restart, and then says what stands', async () => {
  await using first = await openCouncil();
  await withTheDesk(first);
  const [hers, his] = [first.as('ellen-rimmer').card(1), first.as('joseph-adeyemi').card(1)];
  const [herForm, hisForm] = [
    answered(await first.as('ellen-rimmer').press('Edit', {}, hers)),
    answered(await first.as('joseph-adeyemi').press('Edit', {}, his)),
  ];
  await using council = await first.restart();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await ellen.press('Save and pass on', { text: 'Moor Lane is closed until Friday.' }, herForm);
  // Whoever has no form open sees it at once, and so does she who is done with hers.
  for (const card of [now(council, hers), council.as('nadia-hartley').card(1)]) {
    expect(card.text).toContain('until Friday.');
  }
  expect(isUntouched(council, his)).toBe(true);

  const late = await joseph.press('Save and pass on', { text: 'Moor Lane is shut.' }, hisForm);
  expect(late.text).toContain(
    'It now says: "Moor Lane is closed until Friday." What you typed stands below.',
  );
  expect(JSON.stringify(late.card)).toContain('"value":"Moor Lane is shut."');
  // It is a form still, and nothing is drawn over it, whatever becomes of the post.
  await council.pass(29 * minute);
  await ellen.say('stop everything');
  await ellen.press('Yes, stop everything');
  await ellen.say('resume');
  await ellen.press('Yes, resume');
  await council.as('priya-desai').press('Release: goes out now', { confirm: 'true' });
  expect((await council.post(1)).status.is).toBe('published');
  expect(isUntouched(council, his)).toBe(true);
  // He hears that it is too late, and what he typed still stands there. Then his card shows how things are.
  const over = await joseph.press('Save and pass on', { text: 'Moor Lane is shut.' }, answered(late));
  expect(over.text).toContain('It cannot be changed now: this post is published.');
  expect(JSON.stringify(over.card)).toContain('"value":"Moor Lane is shut."');
  expect(isUntouched(council, his)).toBe(true);
  await joseph.press('Back without saving', {}, answered(over));
  expect(now(council, his).text).toContain('Published');
  expect((await council.audit()).findings).toEqual([]);
});

test('a form that is left alone is drawn over after half an hour, and a later restart does not forget that', async () => {
  await using first = await openCouncil();
  await withTheDesk(first);
  const [ellen, his] = [first.as('ellen-rimmer'), first.as('joseph-adeyemi').card(1)];
  await first.as('joseph-adeyemi').press('Edit', {}, his);
  await ellen.press('Pass on to Highways approvers');
  await first.pass(28 * minute);
  expect(isUntouched(first, his)).toBe(true);
  await using council = await first.restart();
  await council.quiet();
  expect(isUntouched(council, his)).toBe(true);
  await council.pass(3 * minute);
  expect(now(council, his).text).toContain('Waiting for Tom Ashcroft, Priya Desai or Gareth Molyneux');
  // From then on it is a card as every other.
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  expect(now(council, his).text).toContain('Published');
  expect((await council.audit()).findings).toEqual([]);
});

test('no form is drawn over: a time, a correction, a note that was missing; going back shows what stands', async () => {
  await using council = await openCouncil();
  const ellen = await withApprovers(council);
  const [tom, priya] = [council.as('tom-ashcroft'), council.as('priya-desai')];
  // A note is asked for beside its field, and a colleague decides while it is typed.
  const toms = tom.card(1);
  const asked = await tom.press('Send back with a note', {}, toms);
  expect(asked.text).toContain('✖');
  // A tick is no text: nothing would be lost.
  const gareths = council.as('gareth-molyneux').card(1);
  await council.as('gareth-molyneux').press('Approve: goes out now', { confirm: 'false' }, gareths);
  const ellens = ellen.card(1);
  const planning = await ellen.press('Schedule', {}, ellens);
  await priya.press('Approve: goes out now', { confirm: 'true' });
  expect((await council.post(1)).status.is).toBe('published');
  expect([toms, ellens].map((card) => isUntouched(council, card))).toEqual([true, true]);
  expect(now(council, gareths).text).toContain('Published');
  const late = await tom.press('Send back with a note', { note: 'Which end of it?' }, answered(asked));
  expect(late.text).toContain('It cannot be sent back now: this post is published.');
  expect(late.text).toContain(
    'can take it down. Ask now if it cannot wait. Your note has not been sent: "Which end of it?"',
  );
  expect(now(council, toms).text).toContain('Published');

  await ellen.press('Back without saving', {}, answered(planning));
  expect(now(council, ellens).text).toContain('Published');
  // Two want to put the same right.
  const before = now(council, ellens);
  const correcting = answered(await ellen.press('Correct', {}, before));
  const right = { text: 'Moor Lane is closed until Friday.', what: 'We gave no day.' };
  const his = answered(await tom.press('Correct', {}, now(council, toms)));
  await tom.press('Ask for this correction', right, his);
  expect(isUntouched(council, before)).toBe(true);
  const second = await ellen.press('Ask for this correction', { ...right, what: 'No day.' }, correcting);
  expect(JSON.stringify(second.card)).toContain('"value":"No day."');
  await ellen.press('Back without saving', {}, answered(second));
  expect(now(council, ellens).text).toContain('We gave no day.');
  expect((await council.audit()).findings).toEqual([]);
});

test('a newer card takes the place of one with a form once that is done with: saved, it is the card of the post again', async () => {
  await using council = await openCouncil();
  await withTheDesk(council);
  const joseph = council.as('joseph-adeyemi');
  const old = joseph.card(1);
  const form = answered(await joseph.press('Edit', {}, old));
  const [newer] = await joseph.say('show 1');
  if (newer === undefined) throw new Error('nothing was shown');
  expect(isUntouched(council, old)).toBe(true);
  expect(newer.text).toContain('Moor Lane is closed.');
  await joseph.press('Save and pass on', { text: 'Moor Lane is shut.' }, form);
  expect((await council.post(1)).revision.text).toBe('Moor Lane is shut.');
  expect(now(council, newer).text).toContain('There is a newer card of #1');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  expect(now(council, old).text).toContain('Published');

  // Typed, the form is the newest card; the one before it had none.
  const [typed] = await joseph.say('correct 1');
  if (typed === undefined) throw new Error('nothing was shown');
  expect(now(council, old).text).toContain('There is a newer card of #1');
  await council.as('ellen-rimmer').say('remove 1');
  expect(isUntouched(council, typed)).toBe(true);
  // Left alone, it says so too when a newer one has come.
  await joseph.say('show 1');
  await council.pass(29 * minute);
  expect(isUntouched(council, typed)).toBe(true);
  await council.pass(2 * minute);
  expect(now(council, typed).text).toContain('There is a newer card of #1');
  expect((await council.audit()).findings).toEqual([]);
});

test('in a Teams channel the card shows everybody the newest state, and a form pressed there is in the own chat', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  const channels = await inTheDesksChannel(council);
  const own = answered(await joseph.press('Open for me', {}, channels));
  const pressed = await joseph.press('Edit', {}, own);
  expect(pressed.text).toContain('I have put #1 in our own chat.');
  expect(pressed.text).not.toContain('[Save and pass on]');
  const form = council.shown(joseph.chat).at(-1);
  expect(form?.text).toContain('[Save and pass on]');
  const saving = await ellen.press('Edit', {}, ellen.card(1));
  await ellen.press('Save and pass on', { text: 'Moor Lane is closed until Friday.' }, answered(saving));
  expect(now(council, channels).text).toContain('until Friday.');
  if (form === undefined) throw new Error('there is no form');
  expect(isUntouched(council, form)).toBe(true);
  const late = await joseph.press('Save and pass on', { text: 'Moor Lane is shut.' }, form);
  expect(late.text).toContain('What you typed stands below.');
  await joseph.press('Back without saving', {}, answered(late));
  expect(now(council, form).text).toContain('until Friday.');
  expect((await council.audit()).findings).toEqual([]);
});

test('who has no chat of their own with Crier types in the Teams channel, where the card then waits for them', async () => {
  await using council = await openCouncil({ met: ['nadia-hartley', 'ellen-rimmer'] });
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  const channels = await inTheDesksChannel(council);
  const own = answered(await joseph.press('Open for me', {}, channels));
  const form = answered(await joseph.press('Edit', {}, own));
  const before = now(council, channels);
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(1));
  expect(isUntouched(council, before)).toBe(true);
  // What somebody else presses there ends nothing.
  await ellen.press('Open for me', {}, channels);
  expect(isUntouched(council, before)).toBe(true);
  await joseph.press('Save and pass on', { text: 'Moor Lane is shut.' }, form);
  expect((await council.post(1)).revision.text).toBe('Moor Lane is shut.');
  expect(now(council, channels).text).toContain('Moor Lane is shut.');
  expect((await council.audit()).findings).toEqual([]);
});

test('what is erased leaves an open form at once: saved, it would be back', async () => {
  await using council = await openCouncil();
  await withTheDesk(council);
  const ellens = council.as('ellen-rimmer').card(1);
  await council.as('ellen-rimmer').press('Edit', {}, ellens);
  const { id } = await council.post(1);
  const by = { by: 'person', person: 'joseph-adeyemi' } as const;
  await erase(council.app.executor, { kind: 'post', id }, { clause: '7.4', names: ['text'] }, by);
  await council.quiet();
  expect(now(council, ellens).text).toContain('under clause 7.4');
  expect((await council.audit()).findings).toEqual([]);
});

test('a reminder is a message: no card is drawn anew, on which somebody may just be writing a note', async () => {
  await using council = await openCouncil();
  const ellen = await withApprovers(council);
  const [tom, priya] = [council.as('tom-ashcroft'), council.as('priya-desai')];
  const toms = tom.card(1);
  await council.pass(61 * minute);
  const told = (text: string): boolean => text.includes('still waits for you');
  expect(council.shown(tom.chat).filter(({ text }) => told(text))).toHaveLength(1);
  expect(isUntouched(council, toms)).toBe(true);
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
  await ellen.say('correct 1');
  const right = { text: 'Moor Lane is closed until Friday.', what: 'We gave no day.' };
  await ellen.press('Ask for this correction', right);
  const correcting = now(council, toms);
  expect(correcting.text).toContain('Agree: correct it now');
  await council.pass(61 * minute);
  expect(council.shown(tom.chat).filter(({ text }) => told(text))).toHaveLength(2);
  expect(isUntouched(council, correcting)).toBe(true);
  expect((await council.audit()).findings).toEqual([]);
});

test('a form that is open on a post which is cancelled meanwhile offers no time any more, nor does an old card', async () => {
  await using council = await openCouncil();
  const [nadia, tom] = [council.as('nadia-hartley'), council.as('tom-ashcroft')];
  await nadia.say('propose The gritters are out on the main roads.');
  const card = nadia.card(1);
  const form = await nadia.press('Schedule', {}, card);
  await tom.press('Cancel #1', {}, (await tom.say('cancel 1')).at(-1));
  const said = 'now: this post is cancelled.';
  const planned = await nadia.press('Plan it for then', { when: 'Fri 9am' }, form.card);
  const opened = await nadia.press('Schedule', {}, card);
  const edited = await nadia.press('Edit', {}, card);
  const [typed] = await nadia.say('schedule 1');
  for (const shown of [planned, opened, edited, typed]) {
    expect(shown?.text).toContain(said);
    expect(shown?.text).not.toMatch(/\[(?:Plan it for then|Save)/u);
  }
});

test('a form says all that is wrong with it at once', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The A565 is open.');
  const form = await ellen.press('Edit');
  const wrong = await ellen.press('Save', { text: ' ', accounts: '', when: 'someday' }, form.card);
  for (const said of ['There is nothing to say yet.', 'Choose at least one place', 'I cannot read that time'])
    expect(wrong.text).toContain(said);
});

test('a form that is still open when the post went out becomes a correction with what was typed; nobody else loses it', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await ellen.say('propose for Highways: The A565 is closed until Thursday.');
  await ellen.press('Send to Highways approvers');
  const form = await ellen.press('Edit', {}, ellen.card(1));
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
  const text = 'The A565 is closed until Friday.';
  const late = await ellen.press('Save and pass on', { text }, form.card);
  expect(late.text).toContain(
    'It cannot be changed now: this post is published. What you typed stands below',
  );
  expect(inputsIn(late.card ?? {})).toMatchObject({ text });
  await ellen.press('Ask for this correction', { what: 'We gave the wrong day.' }, late.card);
  expect((await council.post(1)).correction?.revision.text).toBe(text);

  // With one waiting, there is nothing to ask for: what was typed is given back.
  const again = await ellen.press('Save and pass on', { text: 'The A565 is closed for good.' }, form.card);
  expect(again.text).toContain('You had typed: "The A565 is closed for good."');
  expect((await council.audit()).findings).toEqual([]);
});

const isNotSaved = 'What you typed stands below and is not saved.';

test('a form that was opened on a draft says first what saving takes back, once somebody has sent the post or approved it', async () => {
  await using council = await openCouncil();
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  await nadia.say('propose Moor Lane is closed.');
  const draft = nadia.card(1);
  const form = answered(await nadia.press('Edit', {}, draft));
  const typed = { text: 'Moor Lane is shut.' };
  await nadia.press('Send to Communications', {}, draft);
  // Sent: whoever is asked would have it taken from them.
  const late = await nadia.press('Save', typed, form);
  expect(late.text).toContain(`Nadia Hartley sent this for approval a moment ago. ${isNotSaved}`);
  expect(late.text).toContain(
    'If you press "Save as a draft", that takes it back: it becomes a draft again.',
  );
  expect(JSON.stringify(late.card)).toContain('"value":"Moor Lane is shut."');
  expect((await council.post(1)).status.is).toBe('in-review');
  // Approved meanwhile, it is asked once more, since that is void then. What is wrong beside it is said with it.
  const planning = answered(await ellen.press('Schedule', {}, ellen.card(1)));
  await ellen.press('Plan it for then', { when: 'Fri 9am' }, planning);
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(1));
  const priya = council.as('priya-desai');
  await priya.press('Approve: goes out on Fri 27 Nov at 9am', { confirm: 'true' });
  expect((await council.post(1)).status.is).toBe('scheduled');
  for (const wrong of [{}, { until: 'someday' }]) {
    const later = await nadia.press('Save as a draft', { ...typed, ...wrong }, answered(late));
    expect(later.text).toContain(`Priya Desai approved this a moment ago. ${isNotSaved}`);
    expect(later.text).toContain(
      'it becomes a draft again, no approval of it counts any more and it has to be passed on once more.',
    );
    expect((await council.post(1)).status.is).toBe('scheduled');
  }
  // Left as it is, nothing is lost; saved all the same, it is taken back.
  const last = answered(await nadia.press('Save as a draft', typed, answered(late)));
  await nadia.press('Back without saving', {}, last);
  expect((await council.post(1)).status.is).toBe('scheduled');
  await nadia.press('Save as a draft', typed, last);
  expect(await council.post(1)).toMatchObject({ status: { is: 'draft' }, revision: typed });
  expect((await council.audit()).findings).toEqual([]);
});

test('the form of the desk says first what saving takes back of a post that has been approved since, and so does that of the time', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await ellen.say('propose for Highways: The gritters are out.');
  await ellen.press('Send to Highways approvers');
  const form = answered(await ellen.press('Edit', {}, ellen.card(1)));
  const planning = answered(await ellen.press('Schedule', {}, ellen.card(1)));
  await ellen.press('Plan it for then', { when: 'Fri 9am' }, planning);
  const again = answered(await ellen.press('Schedule', {}, ellen.card(1)));
  await priya.press('Approve: goes out on Fri 27 Nov at 9am', { confirm: 'true' });
  const typed = { text: 'The gritters are out tonight.' };
  const late = await ellen.press('Save and pass on', typed, form);
  expect(late.text).toContain(`Priya Desai approved this a moment ago. ${isNotSaved}`);
  expect((await council.post(1)).status.is).toBe('scheduled');
  // Another time asks whoever approved the first one.
  const retimed = await ellen.press('Plan it for then', { when: 'Fri 10am' }, again);
  expect(retimed.text).toContain('everybody is asked again about the new time. To leave it as it is');
  expect((await council.post(1)).status.is).toBe('scheduled');
  await ellen.press('Plan it for then', { when: 'Fri 10am' }, answered(retimed));
  expect((await council.post(1)).status.is).toBe('in-review');
  expect((await council.audit()).findings).toEqual([]);
});

test('what is said of a picture in the form of a draft takes nothing back unseen either, and stays there', async () => {
  await using council = await openCouncil();
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  const drawn = sharp({ create: { width: 640, height: 480, channels: 3, background: '#336' } });
  await using teams = await filesInTeams(council, { 'road.png': await drawn.png().toBuffer() });
  await teams.send(nadia, 'road.png', 'propose Moor Lane is closed.');
  const answers = { 'alt:0': 'A barrier', 'seen:0': 'nobody', 'whose:0': 'ours' };
  await nadia.press('Save these answers', answers, nadia.card(1));
  const draft = nadia.card(1);
  const form = answered(await nadia.press('Edit', {}, draft));
  await nadia.press('Send to Communications', {}, draft);
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(1));
  const typed = { 'alt:0': 'A red barrier', 'whose:0': 'ours' };
  const late = await nadia.press('Save', typed, form);
  expect(late.text).toContain(isNotSaved);
  expect(JSON.stringify(late.card)).toContain('"value":"A red barrier"');
  // Nor does an old card send once more what was sent.
  const sent = await nadia.press('Send to Communications', {}, draft);
  expect(sent.text).toContain('Ellen Rimmer passed this on a moment ago. Here is the latest.');
  expect(await council.post(1)).toMatchObject({
    status: { is: 'in-review', review: { stages: [{ kind: 'pass-on' }, {}], current: 1 } },
    revision: { media: [{ alt: 'A barrier' }] },
  });
  expect((await council.audit()).findings).toEqual([]);
});

test('a time that somebody plans while a form is open stays, unless the form itself asks for another', async () => {
  await using council = await openCouncil();
  const [nadia, ellen, joseph] = ['nadia-hartley', 'ellen-rimmer', 'joseph-adeyemi'].map((who) =>
    council.as(who),
  );
  if (nadia === undefined || ellen === undefined || joseph === undefined) throw new Error('three are played');
  await nadia.say('propose Moor Lane is closed.');
  const form = answered(await nadia.press('Edit', {}, nadia.card(1)));
  await nadia.say('schedule 1 tomorrow 9am');
  const { when: tomorrow } = await council.post(1);
  expect(tomorrow).toBeDefined();
  const draft = await nadia.press('Save', { text: 'Moor Lane is shut.' }, form);
  expect(await council.post(1)).toMatchObject({ revision: { text: 'Moor Lane is shut.' }, when: tomorrow });
  await nadia.press('Send to Communications', {}, answered(draft));
  await joseph.say('show 1');
  // At the desk the form comes back with what was typed, and with the other time.
  const theirs = answered(await joseph.press('Edit', {}, joseph.card(1)));
  await ellen.say('schedule 1 Fri 9am');
  const { when: friday } = await council.post(1);
  expect(friday).not.toEqual(tomorrow);
  const typed = { text: 'Moor Lane is shut to traffic.' };
  const late = await joseph.press('Save and pass on', typed, theirs);
  expect(inputsIn(answered(late))).toMatchObject({ ...typed, when: '27 Nov 2026 at 9am' });
  await joseph.press('Save and pass on', typed, answered(late));
  expect(await council.post(1)).toMatchObject({
    revision: { text: 'Moor Lane is shut to traffic.' },
    when: friday,
  });
  // What the form itself asks for is planned.
  const last = answered(await joseph.press('Edit', {}, joseph.card(1)));
  await joseph.press('Save and pass on', { text: 'Moor Lane is shut.', when: '' }, last);
  expect((await council.post(1)).when).toBeUndefined();
});

test('a time that nobody touched in a form is not planned again once it was taken off, and whoever presses is told', async () => {
  await using council = await openCouncil();
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  await nadia.say('propose Moor Lane is closed.');
  await nadia.say('schedule 1 Fri 9am');
  const [form, planning] = [
    answered(await nadia.press('Edit', {}, nadia.card(1))),
    answered(await nadia.press('Schedule', {}, nadia.card(1))),
  ];
  await nadia.say('schedule 1 asap');
  const untimed = await council.post(1);
  expect(untimed.when).toBeUndefined();
  const off = 'The time that stood in this form, 27 Nov 2026 at 9am, has been taken off since';
  const typed = { text: 'Moor Lane is shut.' };
  const late = await nadia.press('Save', typed, form);
  expect(late.text).toContain(`${off}, so it would go out as soon as it is approved.`);
  expect(late.text).toContain('If you press "Save", it is saved without a time.');
  expect(inputsIn(answered(late))).toMatchObject({ ...typed, when: '' });
  const replanned = await nadia.press('Plan it for then', {}, planning);
  expect(replanned.text).toContain(`${off}, so it would go out as soon as it is approved.`);
  expect(replanned.text).toContain('Nothing has been changed now.');
  expect(await council.post(1)).toMatchObject({ revision: untimed.revision });
  expect((await council.post(1)).when).toBeUndefined();
  // Saved all the same, it has none; what is typed there is planned.
  await nadia.press('Save', typed, answered(late));
  expect(await council.post(1)).toMatchObject({ revision: typed });
  expect((await council.post(1)).when).toBeUndefined();
  await nadia.press('Plan it for then', { when: 'Fri 9am' }, answered(replanned));
  expect((await council.post(1)).when?.wall).toBe('2026-11-27T09:00');

  // What else somebody did meanwhile is said with it, since the next press takes the place of that.
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const theirs = answered(await ellen.press('Edit', {}, ellen.card(1)));
  const joseph = council.as('joseph-adeyemi');
  const his = answered(await joseph.press('Edit', {}, joseph.card(1)));
  await joseph.press('Save and pass on', { text: 'Moor Lane is shut until noon.', when: '' }, his);
  const both = await ellen.press('Save and pass on', { text: 'Moor Lane is blocked.' }, theirs);
  expect(both.text).toContain(off);
  expect(both.text).toContain('It now says: "Moor Lane is shut until noon."');
  expect((await council.post(1)).revision.text).toBe('Moor Lane is shut until noon.');
  expect((await council.audit()).findings).toEqual([]);
});

test('a time that was planned while a form is open is not lost to its untouched field, and whoever presses is told', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose Moor Lane is closed.');
  const open = async (button: string) => answered(await nadia.press(button, {}, nadia.card(1)));
  const [form, planning] = [await open('Edit'), await open('Schedule')];
  await nadia.say('schedule 1 Fri 9am');
  const { when: friday } = await council.post(1);
  const first = await nadia.press('Plan it for then', {}, planning);
  expect(first.text).toContain(
    'A time has been planned since this form was opened: Fri 27 Nov at 9am. It stands below. Nothing has been changed now.',
  );
  expect(inputsIn(answered(first))).toMatchObject({ when: '27 Nov 2026 at 9am' });
  expect((await council.post(1)).when).toEqual(friday);
  const saved = await nadia.press('Save', { text: 'Moor Lane is shut.' }, form);
  expect(saved.text).toContain(
    'The time that was planned while your form was open stays: Fri 27 Nov at 9am.',
  );
  expect((await council.post(1)).when).toEqual(friday);

  const [again, anew] = [await open('Edit'), await open('Schedule')];
  await nadia.say('schedule 1 Sat 10am');
  const { when: saturday } = await council.post(1);
  const second = await nadia.press('Plan it for then', {}, anew);
  expect(second.text).toContain('Another time has been planned since this form was opened: Sat 28 Nov');
  // With a field that is wrong the form is shown anew, and says it at once.
  const wrong = await nadia.press('Save', { text: 'Moor Lane is open.', until: 'someday' }, again);
  expect(wrong.text).toContain('Another time has been planned since this form was opened: Sat 28 Nov');
  expect((await council.post(1)).when).toEqual(saturday);
  // The button for no time means what it says.
  await nadia.press('As soon as it is approved', {}, answered(second));
  expect((await council.post(1)).when).toBeUndefined();
  expect((await council.audit()).findings).toEqual([]);
});

test('whoever has a field of an older form wrong hears at once that its words were changed since', async () => {
  await using council = await openCouncil();
  await withTheDesk(council);
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  const [hers, his] = [
    answered(await ellen.press('Edit', {}, ellen.card(1))),
    answered(await joseph.press('Edit', {}, joseph.card(1))),
  ];
  await joseph.press('Save and pass on', { text: 'Moor Lane is closed until noon.' }, his);
  const late = await ellen.press('Save and pass on', { text: 'It is shut.', until: 'someday' }, hers);
  expect(late.text).toContain('It now says: "Moor Lane is closed until noon." What you typed stands below.');
  expect((await council.post(1)).revision.text).toBe('Moor Lane is closed until noon.');
});
