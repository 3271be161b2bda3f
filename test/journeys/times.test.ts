import { expect, test } from 'vitest';
import { passedOn, sentByDesk } from './beginnings.ts';
import { inputsIn } from './card.ts';
import { day, hour, openCouncil } from './council.ts';

const at = (iso: string): number => Date.parse(iso);

test('a post that ends: before its end the page stands in the frame, then it says so and leaves the frame', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  // In a sentence the words only name an end: whether it is the post's, somebody says by a press.
  await ellen.say('propose for Highways: Liverpool Road is closed at Moor Lane until 4pm.');
  expect(ellen.card(1).text).not.toContain('Ends on Tue 24 Nov at 4pm');
  const ending = await ellen.press('Yes, it ends on Tue 24 Nov at 4pm');
  expect(ending.text).toContain('Ends on Tue 24 Nov at 4pm');
  expect(ending.text).not.toContain('Yes, it ends');
  await ellen.press('Send to Highways approvers');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  expect(ellen.card(1).text).toContain('· ends at 4pm');
  const address = '/news/1';
  expect(await (await council.get('/embed')).text()).toContain('Liverpool Road');
  expect(await (await council.get(address)).text()).not.toMatch(/has ended|ended/iu);

  await council.until(at('2026-11-24T16:00:30Z'));
  expect(await (await council.get(address)).text()).toMatch(/ended/iu);
  expect(await (await council.get('/embed')).text()).not.toContain('Liverpool Road');
  expect(ellen.card(1).text).toContain('· ended at 4pm');

  // Said by a press, it leaves the planned time as it is.
  await ellen.say('propose for Highways: Moor Lane is closed until 4pm on Friday.');
  await ellen.say('schedule 2 tomorrow 9am');
  await ellen.press('Yes, it ends on Fri 27 Nov at 4pm');
  const { when, revision } = await council.post(2);
  expect([when?.wall, revision.until?.wall]).toEqual(['2026-11-25T09:00', '2026-11-27T16:00']);
  expect((await council.audit()).findings).toEqual([]);
});

test('what may be an end of another day stops nothing: whoever plans or decides it hears that it comes before it goes out', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: Ash Road will be closed tomorrow until 4pm.');
  expect(ellen.buttons(ellen.card(1))).toContain('Yes, it ends on Wed 25 Nov at 4pm');
  await ellen.say('propose for Highways: Crosby Library is open until 4pm.');
  const said = 'The text says that it ends on Tue 24 Nov at 4pm, which is before it goes out';
  expect(ellen.card(2).text).not.toContain(said);
  const [planned] = await ellen.say('schedule 2 8pm');
  expect(planned?.text).toContain(said);
  await ellen.press('Send to Highways approvers', {}, ellen.card(2));
  expect(council.as('priya-desai').card(2).text).toContain(said);
});

test('what ended before it was decided does not go out', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  await ellen.say('propose for Highways: Liverpool Road is closed at Moor Lane.\nuntil 11am');
  await ellen.press('Send to Highways approvers');
  expect(priya.card(1).text).toContain('Please decide by Tue 24 Nov at 11am');
  const old = priya.card(1);
  await council.until(at('2026-11-24T11:00:00Z'));
  expect((await council.post(1)).status).toMatchObject({
    is: 'expired',
    because: 'ended-before-it-went-out',
  });
  expect(ellen.card(1).text).toContain('Its end came on Tue 24 Nov at 11am, before it was out.');
  const pressed = await priya.press('Approve: goes out now', { confirm: 'true' }, old);
  expect(pressed.text).not.toContain('[Approve');
  await council.pass(day);
  expect(council.outside.entries()).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('approved but every account kept it waiting until its end: it does not go out', async () => {
  await using council = await openCouncil();
  await sentByDesk(council, 'Liverpool Road is closed at Moor Lane.\nuntil 11am', {
    accounts: 'x-main',
    until: '11am',
  });
  const busy = { way: 'answer', outcome: { outcome: 'retry', after: 3 * hour, reason: 'busy' } } as const;
  council.outside.next('x-main', busy);
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  expect((await council.post(1)).status.is).toBe('publishing');
  await council.until(at('2026-11-24T11:00:00Z'));
  expect((await council.post(1)).status.is).toBe('expired');
  await council.pass(day);
  expect(council.outside.calls.filter((call) => call === 'publish x-main')).toHaveLength(1);
  expect(council.outside.entries()).toEqual([]);
});

test('"today", approved after midnight, would mean another day: it blocks until somebody edits it', async () => {
  await using council = await openCouncil({ at: at('2026-11-24T23:40:00Z') });
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  await ellen.say('propose for Highways: Liverpool Road is closed today.');
  await ellen.press('Send to Highways approvers');
  const old = priya.card(1);
  await council.until(at('2026-11-25T00:10:00Z'));
  const blocked = await priya.press('Approve: goes out now', { confirm: 'true' }, old);
  expect(blocked.text).toContain('It cannot go yet. One thing has to be put right first.');
  expect(blocked.text).toMatch(/Before it can go [^[]*today/u);
  expect((await council.post(1)).status.is).toBe('in-review');
  expect(council.outside.entries()).toEqual([]);
});

test.each([
  ['Liverpool Road is closed today.', 'today'],
  ['Liverpool Road closes tonight.', 'tonight'],
  ['Liverpool Road reopens tomorrow.', 'tomorrow'],
])(
  'midnight comes before anybody decides on "%s": every card says why, and none offers to let it go',
  async (text, word) => {
    // By then clocks in London are an hour before UTC.
    await using council = await openCouncil({ at: at('2027-06-10T20:40:00Z') });
    const ellen = council.as('ellen-rimmer');
    const priya = council.as('priya-desai');
    const channel = '19:highways@thread.tacv2';
    await council.as('tom-ashcroft').say('use this channel for approvals of Highways', { channel });
    await council.as('tom-ashcroft').press('Yes, use this channel', {}, council.shown(channel).at(-1));
    await ellen.say(`propose for Highways: ${text}`);
    await ellen.press('Send to Highways approvers');
    await council.until(at('2027-06-10T22:59:59Z'));
    expect(priya.buttons(priya.card(1))).toContain('Approve: goes out now');
    const before = priya.card(1).versions;
    await council.until(at('2027-06-10T23:00:00Z'));
    expect(priya.card(1).versions).toBe(before + 1);
    const shared = council.shown(channel).find((card) => card.text.startsWith('#1 '));
    if (shared === undefined) throw new Error('the channel shows nothing');
    for (const card of [priya.card(1), ellen.card(1), shared]) {
      expect(card.text).toContain('Has to be changed before it can go out');
      expect(card.text).not.toMatch(/goes out now|As soon as it is approved|Please decide/u);
    }
    expect(priya.card(1).text).toContain(`"${word}" would mean`);
    expect(priya.card(1).text).toContain('Nobody can approve it before it is changed.');
    expect(priya.buttons(priya.card(1))).toContain('Send back with a note');
    // Changed by the desk, it waits for a decision again.
    const form = await ellen.press('Edit');
    await ellen.press('Save and pass on', { text: 'Liverpool Road is closed on Friday.' }, form.card);
    await council.quiet();
    await priya.press('Approve: goes out now', { confirm: 'true' });
    expect(council.outside.entries('x-main')).toHaveLength(1);
    expect((await council.audit()).findings).toEqual([]);
  },
);

test('with the desk, and held: at midnight neither offers to let it go on', async () => {
  await using council = await openCouncil({ at: at('2026-11-24T21:40:00Z') });
  const nadia = council.as('nadia-hartley');
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  await nadia.say('propose Liverpool Road is closed today.');
  await nadia.press('Send to Communications');
  const old = ellen.card(1);
  await ellen.say('propose for Highways: Moor Lane is closed today.');
  await ellen.press('Send to Highways approvers');
  await ellen.say('hold 2');
  await council.until(at('2026-11-24T23:50:00Z'));
  await ellen.say('propose for Highways: Park Road is closed.');
  await ellen.press('Send to Highways approvers');
  const { turn } = await council.post(3);
  await council.until(at('2026-11-25T00:00:00Z'));
  expect(ellen.buttons(ellen.card(1))).not.toContain('Pass on to Highways approvers');
  expect(ellen.buttons(ellen.card(1))).toContain('Edit');
  const pressed = await ellen.press('Pass on to Highways approvers', {}, old);
  expect(pressed.text).toContain('It cannot go yet.');
  expect((await council.post(1)).status).toMatchObject({ is: 'in-review', review: { current: 0 } });
  expect(priya.card(2).text).toContain('Nobody can approve it before it is changed.');
  expect(priya.buttons(priya.card(2))).not.toContain('Release: goes out now');
  // What names no day is left alone at midnight.
  expect(priya.buttons(priya.card(3))).toContain('Approve: goes out now');
  expect((await council.post(3)).turn).toBe(turn);
});

test('what happens at midnight is said with the day that it ends', async () => {
  await using council = await openCouncil({ at: at('2026-11-28T23:40:00Z') });
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: Moor Lane is closed.');
  await ellen.press('Send to Highways approvers');
  await council.until(at('2026-11-29T00:00:20Z'));
  await ellen.say('hold 1');
  expect(ellen.card(1).text).toContain('Ellen Rimmer held this at midnight.');
  await council.until(at('2026-11-29T09:00:00Z'));
  await ellen.say('propose for Highways: Park Road is closed.');
  const [planned] = await ellen.say('schedule 2 Monday midnight');
  expect(planned?.text).toContain('Planned for midnight on Mon 30 Nov');
  expect((await council.post(2)).when?.wall).toBe('2026-12-01T00:00');
});

test('approved in time, but midnight comes before it leaves: it is held, and says why', async () => {
  await using council = await openCouncil({ at: at('2026-11-24T23:40:00Z') });
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: Liverpool Road is closed today.');
  await ellen.press('Send to Highways approvers');
  const busy = { way: 'answer', outcome: { outcome: 'retry', after: hour, reason: 'busy' } } as const;
  council.outside.next('x-main', busy);
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  expect(council.outside.standing('facebook-main')).toHaveLength(1);
  await council.until(at('2026-11-25T01:10:00Z'));
  expect(council.outside.entries('x-main')).toEqual([]);
  expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'crier' });
  expect(ellen.card(1).text).toContain('Published on 2 of 3 · the rest is held by Crier');
  expect(ellen.card(1).text).toContain('The rest waits until somebody decides about it.');
  // No decision lets it go as it stands, so that none is offered.
  const priya = council.as('priya-desai');
  expect(priya.card(1).text).not.toContain('Your approval lets it go on');
  expect(priya.buttons(priya.card(1))).not.toContain('Release: goes out now');
  expect(priya.buttons(priya.card(1))).toContain('Do not publish the rest');
  expect((await council.audit()).findings).toEqual([]);
});

test('typed times: over both clock changes they are asked about, and what exists once is taken', async () => {
  await using council = await openCouncil({ at: at('2027-03-20T09:00:00Z') });
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  const [gap] = await ellen.say('schedule 1 28/3/2027 01:30');
  expect(gap?.text).toContain('that time does not exist. Did you mean');
  const [twice] = await ellen.say('schedule 1 31/10/2027 01:30');
  expect(twice?.text).toContain('that time comes twice');
  expect((await council.post(1)).when).toBeUndefined();
  const [past] = await ellen.say('schedule 1 19/3/2027 09:00');
  expect(past?.text).toContain('has passed');

  const [far] = await ellen.say('schedule 1 1/1/9999 9am');
  expect(far?.text).toContain('That would be Fri 1 Jan 9999 at 9am, which is too far ahead.');
  const [planned] = await ellen.say('schedule 1 28/3/2027 09:00');
  expect(planned?.text).toContain('Its time is Sun 28 Mar at 9am.');
  expect((await council.post(1)).when).toMatchObject({
    wall: '2027-03-28T09:00',
    at: at('2027-03-28T08:00:00Z'),
  });
  await ellen.press('Send to Highways approvers');
  await council.as('priya-desai').press('Approve: goes out on Sun 28 Mar at 9am', { confirm: 'true' });
  await council.until(at('2027-03-28T07:59:59Z'));
  expect(council.outside.entries()).toEqual([]);
  await council.until(at('2027-03-28T08:00:00Z'));
  expect(council.outside.entries('x-main')).toHaveLength(1);
});

test('a time that cannot be is answered with what is wrong with it and one that can', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  const [never] = await ellen.say('schedule 1 Fri 25:00');
  expect(never?.text).toContain(
    'There is no time of day "25:00". Type it such as "9am", "2:30pm" or "14:30".',
  );
  const [past] = await ellen.say('schedule 1 yesterday');
  expect(past?.text).toContain(
    'That time has passed. Please give one that is still to come, such as "tomorrow 9am".',
  );
  expect((await council.post(1)).when).toBeUndefined();
});

test('a time at which its words would mean another day is refused by naming the words, wherever it is chosen', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: Liverpool Road is closed tomorrow.');
  await ellen.press('Send to Highways approvers');
  const why =
    'It cannot go out on Fri 27 Nov at 9am. "tomorrow" would mean Saturday 28 November when this goes out, not Wednesday 25 November. Write the day itself, or choose another time.';
  const [typed] = await ellen.say('schedule 1 Fri 9am');
  expect(typed?.text).toContain(why);
  const [form] = await ellen.say('schedule 1');
  const pressed = await ellen.press('Plan it for then', { when: 'Fri 9am' }, form);
  expect(pressed.text).toContain(why);
  for (const text of [typed?.text, pressed.text]) expect(text).not.toContain('Before it can go');
  expect((await council.post(1)).when).toBeUndefined();
});

test('a time that a rule refuses: whoever cannot edit hears what they can do', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  await passedOn(council, 'Liverpool Road is closed tomorrow.');
  const [asked] = await priya.say('schedule 1 Fri 9am');
  expect(asked?.text).toContain(
    'It cannot go out on Fri 27 Nov at 9am. "tomorrow" would mean Saturday 28 November when this goes out, not Wednesday 25 November. Choose another time, or press "Send back with a note" on its card and say what should change.',
  );
  expect(priya.buttons(priya.card(1))).toContain('Send back with a note');
  expect(priya.buttons(priya.card(1))).not.toContain('Edit');

  // Whoever decided it alone may choose its time, and has nothing to send back any more.
  await nadia.say('propose Moor Lane is closed tomorrow.');
  await nadia.say('schedule 2 today 4pm');
  await nadia.press('Send to Communications', {}, nadia.card(2));
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(2));
  const [approve = ''] = priya.buttons(priya.card(2));
  await priya.press(approve, { confirm: 'true' }, priya.card(2));
  const [said] = await priya.say('schedule 2 Fri 9am');
  expect(said?.text).toContain('Choose another time, or ask Nadia Hartley to put that right.');
  expect(priya.buttons(priya.card(2))).not.toContain('Send back with a note');
  expect((await nadia.say('schedule 2 Fri 9am'))[0]?.text).toContain('Write the day itself');
});

test('approval after the planned time asks for a new one; another time alone is a decision, not a revision', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.say('schedule 1 today 11am');
  await ellen.press('Send to Highways approvers');
  await council.until(at('2026-11-24T11:05:00Z'));
  const asked = await priya.press('Approve: first choose a new time', {}, priya.card(1));
  expect(asked.text).toContain('The planned time, Tue 24 Nov at 11am, has passed. When should it go out?');
  const planned = await priya.press('Plan it for then', { when: 'tomorrow 9am' }, asked.card);
  expect((await council.post(1)).revision.n).toBe(1);
  await priya.press('Approve: goes out on Wed 25 Nov at 9am', { confirm: 'true' }, planned.card);
  expect((await council.post(1)).status.is).toBe('scheduled');

  // Whoever approved it alone may move it without asking again; the author's change asks afresh.
  await priya.say('schedule 1 tomorrow 10am');
  expect((await council.post(1)).status).toMatchObject({
    is: 'scheduled',
    for: { at: at('2026-11-25T10:00:00Z') },
  });
  const [first] = await ellen.say('schedule 1 tomorrow 8am');
  await ellen.press('Plan it for then', { when: 'tomorrow 8am' }, first);
  expect((await council.post(1)).status.is).toBe('in-review');
  await council.until(at('2026-11-25T12:00:00Z'));
  expect(council.outside.entries()).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('a text is never lost to the line that says when it ends, and that line never goes out unseen', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  for (const [i, [line, field, why]] of (
    [
      [
        'until 9am',
        '9am',
        'That time has passed today. If you mean tomorrow at 9am, please type "tomorrow 9am".',
      ],
      ['Until: next week', 'next week', 'I cannot read that time.'],
      ['until tomorrow morning', 'tomorrow morning', 'Please add a time of day'],
    ] as const
  ).entries()) {
    const number = i + 1;
    const form = (await nadia.say(`propose Sandy Lane is shut.\n${line}`)).at(-1);
    expect((await council.post(number)).revision).toMatchObject({ text: 'Sandy Lane is shut.' });
    expect((await council.post(number)).revision.until).toBeUndefined();
    expect(form?.text).toContain(`I took "${line}" for when it ends`);
    expect(form?.text).toContain(why);
    expect(inputsIn(form?.card ?? {})).toMatchObject({ until: field, text: 'Sandy Lane is shut.' });
    expect(nadia.card(number).text).toBe(form?.text);
    const cards = council.shown(nadia.chat).filter(({ text }) => text.includes(`#${String(number)}`));
    expect(cards.map(({ text }) => text)).toEqual([form?.text]);
    await nadia.press('Save', { until: 'tomorrow 4pm' }, form);
    expect((await council.post(number)).revision.until?.wall).toBe('2026-11-25T16:00');
  }
  await nadia.say('propose Sandy Lane is shut.\nUntil: tomorrow');
  expect((await council.post(4)).revision).toMatchObject({
    text: 'Sandy Lane is shut.',
    until: { wall: '2026-11-25T23:59' },
  });
});

test('a time that is typed with its post is taken with what people write around it, or stands in the form', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  for (const typed of [
    'schedule 1 9am tomorrow please',
    'schedule 1 for tomorrow at 9am',
    'schedule 1 to tomorrow 9am.',
    'please schedule 1 for 9am on Wednesday, thanks!',
    'schedule 1 tmrw 9',
  ]) {
    await ellen.say('schedule 1 now');
    await ellen.say(typed);
    expect((await council.post(1)).when?.wall).toBe('2026-11-25T09:00');
  }
  for (const typed of ['schedule 1 asap please', 'schedule 1 as soon as possible']) {
    await ellen.say('schedule 1 tomorrow 9am');
    await ellen.say(typed);
    expect((await council.post(1)).when).toBeUndefined();
  }
  const form = (await ellen.say('schedule 1 for tomorrow 9am if dry')).at(-1);
  expect(form?.text).toContain('I cannot read that time because of "if dry".');
  expect(inputsIn(form?.card ?? {})).toMatchObject({ when: 'tomorrow 9am if dry' });
  await ellen.press('Back without saving', {}, form);
  await ellen.say('show 1');
  await ellen.press('Send to Highways approvers');
  await council.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' });
  // What is published has no time to be asked about.
  for (const typed of ['schedule 1 tomorrow', 'schedule 1 9am', 'schedule 1', 'schedule 1 lorem']) {
    const answer = (await ellen.say(typed)).at(-1);
    expect(answer?.text).toContain('Its time cannot be changed now: this post is published.');
    expect(inputsIn(answer?.card ?? {})).not.toHaveProperty('when');
  }
});

test('the end that the words name is one and the same in what is said of it and in the button that sets it', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose Moor Lane is closed until 9am today.');
  const planned = (await nadia.say('schedule 1 midnight')).at(-1);
  expect(planned?.text).toContain('The text says that it ends on Tue 24 Nov at 9am, which has passed');
  expect(planned?.text).not.toContain('Yes, it ends');
});

test('what did not go out is not said to be planned for a time that has passed, nor to end then', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: Moor Lane is shut.');
  const form = await ellen.press('Edit');
  const saved = await ellen.press('Save', { when: 'today 11am', until: 'Thursday 4pm' }, form.card);
  expect(saved.text).toContain('Planned for Tue 24 Nov at 11am');
  await ellen.press('Send to Highways approvers', {}, saved.card);
  await ellen.say('propose for Highways: Park Road is shut.');
  const draft = await ellen.press('Edit');
  await ellen.press('Save', { when: 'today 11am', until: 'Thursday 4pm' }, draft.card);
  for (let n = 0; n < 4; n += 1) await council.pass(day);
  expect((await council.post(1)).status.is).toBe('expired');
  for (const number of ['1', '2']) {
    const [card] = await ellen.say(`show ${number}`);
    expect(card?.text).toContain('Was planned for Tue 24 Nov at 11am, which has passed');
    expect(card?.text).toContain('Was to end on Thu 26 Nov at 4pm, which has passed');
    expect(card?.text).not.toContain('Planned for');
    expect(card?.text).not.toContain('Ends on');
  }
});
