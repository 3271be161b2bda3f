import { expect, test } from 'vitest';
import { firstIsHeld, passedOn, sentByDesk } from './beginnings.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';

/** A post of Highways, written by the desk and planned for later; approved by Tom. */
async function scheduled(council: Council, number: number, text: string, flag?: string): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  await ellen.say(`propose for Highways: ${text}`);
  const form = await ellen.press('Edit');
  const inputs = { when: '24/11/2026 14:00', ...(flag === undefined ? {} : { flags: flag }) };
  const saved = await ellen.press('Save', inputs, form.card);
  await ellen.press('Send to Highways approvers', {}, saved.card);
  await council.as('tom-ashcroft').press('Approve: goes out on Tue 24 Nov at 2pm', { confirm: 'true' });
  expect((await council.post(number)).status.is).toBe('scheduled');
}

const two = Date.UTC(2026, 10, 24, 14, 0);

for (const [who, person] of [
  ['its author', 'ellen-rimmer'],
  ['an approver', 'priya-desai'],
  ['the rest of the desk', 'joseph-adeyemi'],
  ['the duty officer', 'yvonne-cartmel'],
] as const) {
  test(`${who} holds a post by one press; only a fresh decision lets it go on`, async () => {
    await using council = await openCouncil();
    await scheduled(council, 1, 'The gritters go out tonight at eight.');
    const held = await council.as(person).say('hold 1');
    expect(held.at(-1)?.text).toMatch(/Held by|Held\. Your approval lets it go on/u);
    expect((await council.post(1)).status).toMatchObject({ is: 'held', by: person, all: false });
    await council.until(two);
    await council.pass(hour);
    expect(council.outside.entries()).toEqual([]);

    expect(council.as('gareth-molyneux').card(1).text).toContain('Held, and its time has passed');
    const old = await council.as('tom-ashcroft').press('Release: first choose a new time');
    // Its time has passed meanwhile: the card says so, a new one is asked for, and then it is decided afresh.
    expect(old.text).toContain('has passed. When should it go out?');
    expect(council.outside.entries()).toEqual([]);
    const now = await council.as('tom-ashcroft').press('As soon as it is approved', {}, old.card);
    expect((await council.post(1)).status.is).toBe('held');
    await council.as('tom-ashcroft').press('Release: goes out now', { confirm: 'true' }, now.card);
    expect((await council.post(1)).status.is).toBe('published');
    expect(council.outside.entries('x-main')).toHaveLength(1);
    expect((await council.audit()).findings).toEqual([]);
  });
}

test('who has no part in a post can not hold it', async () => {
  await using council = await openCouncil();
  await scheduled(council, 1, 'The gritters go out tonight at eight.');
  const [said] = await council.as('bethan-prys').say('hold 1');
  expect(said?.text).toContain('There is no post #1 that you can see');
  expect((await council.post(1)).status.is).toBe('scheduled');
});

test('held while one account is sending: that one is recorded, the others wait for a fresh decision', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const tom = council.as('tom-ashcroft');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  const pause = council.outside.pause('x-main');
  council.outside.next('facebook-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: 10 * minute, reason: 'busy' },
  });
  const approving = tom.press('Approve: goes out now', { confirm: 'true' });
  await pause.begun;
  // The website and Facebook have had their turn when the hold comes; X is on its way.
  const holding = council.as('joseph-adeyemi').say('hold 1');
  await firstIsHeld(council);
  pause.go();
  await Promise.all([approving, holding]);
  const held = await council.post(1);
  expect(held.status).toMatchObject({ is: 'held' });
  expect(held.status.is === 'held' && held.status.out?.['x-main.0']?.is).toBe('published');
  await council.pass(hour);
  expect(council.outside.entries('facebook-main')).toEqual([]);
  expect(council.outside.entries('x-main')).toHaveLength(1);
  await council.as('priya-desai').press('Release: goes out now', { confirm: 'true' });
  expect((await council.post(1)).status.is).toBe('published');
  expect(council.outside.entries('x-main')).toHaveLength(1);
  expect(council.outside.entries('facebook-main')).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('held while it was leaving, and nothing came of that: past its time a new one is asked for, and it goes on', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const tom = council.as('tom-ashcroft');
  await sentByDesk(council, 'The gritters are out on the main roads.', {
    accounts: 'x-main',
    when: '24/11/2026 14:00',
  });
  await tom.press('Approve: goes out on Tue 24 Nov at 2pm', { confirm: 'true' });
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: minute, reason: 'not-reached' },
  });
  const pause = council.outside.pause('x-main');
  const falling = council.until(two);
  await pause.begun;
  const holding = ellen.say('hold 1');
  await firstIsHeld(council);
  pause.go();
  await Promise.all([falling, holding]);
  await council.pass(hour);
  expect((await council.post(1)).status).toMatchObject({ is: 'held' });
  const asked = await tom.press('Release: first choose a new time');
  expect(asked.text).toContain('has passed. When should it go out?');
  expect(asked.text).not.toContain('tried again');
  expect(council.outside.entries()).toEqual([]);
  const now = await tom.press('As soon as it is approved', {}, asked.card);
  await tom.press('Release: goes out now', { confirm: 'true' }, now.card);
  expect((await council.post(1)).status.is).toBe('published');
  expect(council.outside.entries('x-main')).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('held while all that it goes to is sending: it is out, and nothing waits for a decision that releases nothing', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await sentByDesk(council, 'The gritters are out on the main roads.', { accounts: 'x-main' });
  const pause = council.outside.pause('x-main');
  const approving = council.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' });
  await pause.begun;
  const holding = ellen.say('hold 1');
  await firstIsHeld(council);
  pause.go();
  await Promise.all([approving, holding]);
  expect((await council.post(1)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
});

test('held before anybody has approved it, and not to be published: nothing of it is, and no card says that it was', async () => {
  await using council = await openCouncil();
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  await nadia.say('propose The bridge is shut.');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  await ellen.say('hold 1');
  const answer = await ellen.press('Do not publish', { note: 'It is open.' }, ellen.card(1));
  expect((await council.post(1)).status.is).toBe('not-to-be-published');
  for (const { text } of [answer, nadia.card(1)]) {
    expect(text).not.toContain('Published');
    expect(text).toContain('It is open.');
  }
  await council.pass(hour);
  expect(council.outside.calls).toEqual([]);
  expect((await council.get('/news/1')).status).toBe(404);
  expect((await council.audit()).findings).toEqual([]);
});

test('held when part of it is out, and let go on while an account takes nothing: what is public is neither edited nor cancelled', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await ellen.say('propose for Highways: The bridge is shut.');
  await ellen.press('Send to Highways approvers', {}, ellen.card(1));
  const busy = { outcome: 'retry', after: hour, reason: 'busy' } as const;
  council.outside.next('x-main', { way: 'answer', outcome: busy });
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
  await ellen.say('hold 1');
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  expect(ellen.card(1).text).toContain('Published on 2 of 3');
  for (const title of ['Edit', 'Schedule', 'Cancel this post'])
    expect(ellen.buttons(ellen.card(1))).not.toContain(title);
  const [cancel] = await ellen.say('cancel 1');
  expect(cancel?.text).toContain('It cannot be cancelled now');
  const [edit] = await ellen.say('edit 1');
  expect(edit?.text).toContain('It cannot be changed now');
  await council.pass(2 * hour);
  expect(council.outside.entries().map(({ account }) => account)).toEqual(['facebook-main', 'x-main']);
  expect((await council.post(1)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
});

test('held when part of it is out: the rest is refused, what stands is put right, and no release brings the rest back', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const tom = council.as('tom-ashcroft');
  await ellen.say('propose for Highways: The bridge opens on Friday.');
  await ellen.press('Send to Highways approvers');
  const busy = { way: 'answer', outcome: { outcome: 'retry', after: 10 * minute, reason: 'busy' } } as const;
  council.outside.next('facebook-main', busy);
  await tom.press('Approve: goes out now', { confirm: 'true' });
  const [held] = await ellen.say('hold 1');
  expect(held?.text).toContain('Published on 2 of 3 · the rest is held by you');
  const [no] = await ellen.say('correct 1');
  expect(no?.text).toContain('What is public cannot be corrected while the rest is held.');

  // Part of it is public, so that it can not go back to be written anew.
  expect(tom.buttons()).toContain('Do not publish the rest');
  expect(tom.buttons()).not.toContain('Send back with a note');
  const refused = await tom.press('Do not publish the rest', { note: 'The day is wrong.' });
  expect(refused.text).toContain('Published on 2 of 3');
  expect(refused.text).toMatch(/Tom Ashcroft decided .+ that nothing more of it is published\./u);
  expect(refused.text).toContain('The day is wrong.');

  const form = await ellen.say('correct 1');
  const right = { text: 'The bridge opens on Monday.', what: 'We gave the wrong day.' };
  await ellen.press('Ask for this correction', right, form.at(-1));
  council.outside.next('x-main', busy);
  await tom.press('Agree: correct it now', { confirm: 'true' });
  await council.as('joseph-adeyemi').say('hold 1');
  expect((await council.post(1)).status.is).toBe('held');
  await council.as('priya-desai').press('Release: goes out now', { confirm: 'true' });
  await council.pass(hour);
  const after = await council.post(1);
  expect(after.status).toMatchObject({ is: 'partly-published' });
  expect(after.corrected).toHaveLength(1);
  expect(council.outside.entries('facebook-main')).toEqual([]);
  expect(council.outside.standing('x-main')).toHaveLength(2);
  expect((await council.audit()).findings).toEqual([]);
});

test('hold all: nothing that falls due that second leaves but safety information, and both are listed', async () => {
  await using council = await openCouncil();
  await scheduled(council, 1, 'The gritters go out tonight at eight.');
  await scheduled(council, 2, 'Stay away from the flooded underpass in Bootle.', 'safety');
  const nadia = council.as('nadia-hartley');
  const [refused] = await nadia.say('hold all');
  expect(refused?.text).toContain('You cannot hold everything');

  // Said at the last moment before both are due.
  const gareth = council.as('gareth-molyneux');
  const until = two - council.now() - 2_000;
  await council.pass(until);
  const [card] = await gareth.say('hold all');
  expect(card?.text).toContain('Everything is held: 1 post');
  expect(card?.text).toContain('Still goes out, because it is safety information');
  expect(card?.text).toContain('#1');
  expect(card?.text).toContain('#2');
  await council.pass(minute);
  expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'gareth-molyneux', all: true });
  expect((await council.post(2)).status.is).toBe('published');
  expect(council.outside.standing('x-main')).toEqual(['Stay away from the flooded underpass in Bootle.']);
  const [again] = await gareth.say('hold all');
  expect(again?.text).toContain('Everything was held already: 1 post');
  expect(again?.text).toMatch(/Was held before .*#1 .*The gritters go out tonight at eight/u);
  const [resumed] = await gareth.say('resume');
  expect(resumed?.text).toContain('What was held waits until somebody approves it again.');

  // What is decided afresh later leaves; nothing has to be lifted.
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The road is open again.');
  await ellen.press('Send to Highways approvers');
  await council.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' });
  expect(council.outside.standing('x-main')).toContain('The road is open again.');
  expect((await council.audit()).findings).toEqual([]);
});

test('two hold everything in the same second: each reads of every post that is held, whoever of them held it', async () => {
  await using council = await openCouncil();
  const [nadia, ellen, gareth] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('gareth-molyneux'),
  ];
  const roads = [1, 2, 3, 4];
  for (const road of roads) {
    await nadia.say(`propose Road ${String(road)} is closed at the mill.`);
    await nadia.press('Send to Communications');
  }
  await ellen.say('hold 4');
  const [hers, his] = await Promise.all([ellen.say('hold all'), gareth.say('hold all')]);
  for (const answer of [hers.at(-1), his.at(-1)])
    for (const road of roads) expect(answer?.text).toContain(`Road ${String(road)} is closed at the mill.`);
  expect((await council.audit()).findings).toEqual([]);
});

test('what nobody has approved yet is not to be approved again, and the desk reads that it is held', async () => {
  await using council = await openCouncil();
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  const priya = council.as('priya-desai');
  await nadia.say('propose Cambridge Road in Churchtown is open again.');
  await nadia.press('Send to Communications');
  await nadia.say('hold 1');
  expect(nadia.card(1).text).toContain('It stays here until somebody approves it.');
  expect(ellen.card(1).text).toContain('Held. Please look at this');
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(1));
  await nadia.say('schedule 1 today 3pm');
  await priya.press('Release: goes out on Tue 24 Nov at 3pm', { confirm: 'true' }, priya.card(1));
  await nadia.say('hold 1');
  expect(nadia.card(1).text).toContain('It stays here until somebody approves it again.');
});

test('a post approved before everything was held does not leave even when it alone was missed', async () => {
  await using council = await openCouncil();
  await scheduled(council, 1, 'The gritters go out tonight at eight.');
  // The accounts alone: as when the process died between them and the posts.
  for (const account of ['news', 'x-main', 'facebook-main']) {
    await council.app.executor.execute({
      command: 'account.hold',
      id: `account-${account}`,
      params: {},
      actor: { by: 'person', person: 'ellen-rimmer' },
    });
  }
  await council.until(two);
  expect(council.outside.entries()).toEqual([]);
  expect((await council.get('/news')).status).toBe(200);
  expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'ellen-rimmer', all: true });
});

test('the calendar says of a held post when it was to go out, and that it is held', async () => {
  await using council = await openCouncil();
  await scheduled(council, 1, 'Gritting update for the main roads.');
  const ellen = council.as('ellen-rimmer');
  await ellen.say('hold 1');
  const [calendar] = await ellen.say('calendar');
  expect(calendar?.text).toContain('Held by you · Planned for Tue 24 Nov at 2pm');
  await council.until(two + minute);
  // Others read who did.
  expect((await council.as('joseph-adeyemi').say('calendar')).at(-1)?.text).toContain('Held by Ellen Rimmer');
  const [later] = await ellen.say('calendar');
  expect(later?.text).toContain('Held by you · Was planned for Tue 24 Nov at 2pm, which has passed');
});

test('the calendar begins with what is still to come; what went out is one press away, and no page leaves anything out', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const tom = council.as('tom-ashcroft');
  for (let number = 1; number <= 12; number += 1) {
    await ellen.say(`propose for Highways: The gritters are out on road ${String(number)}.`);
    await ellen.press('Send to Highways approvers', {}, ellen.card(number));
    await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(number));
  }
  await scheduled(council, 13, 'Gritting update for the main roads.');
  await ellen.say('propose for Highways: The depot is open.');
  await ellen.say('schedule 14 1pm');
  const listed = (text: string | undefined): readonly number[] =>
    [...(text ?? '').matchAll(/#(\d+) · Highways/gu)].map(([, number]) => Number(number));
  const [first] = await ellen.say('calendar');
  expect(listed(first?.text)).toEqual([14, 13]);
  // The soonest has gone by before the page is turned.
  await council.pass(4 * hour);
  const second = await ellen.press('Earlier (12)', {}, first);
  const third = await ellen.press('More', {}, second.card);
  expect([...listed(second.text), ...listed(third.text)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  const [later] = await ellen.say('calendar');
  expect(listed(later?.text)).toEqual([13]);
  expect(ellen.buttons(later)).toContain('Earlier (13)');
});

test('the desk says that the first post of a thread is not to go out: the others are not held for a release that sends nothing', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.blind('x-main');
  council.outside.next('x-main', { way: 'nothing' });
  await passedOn(council, 'for Highways: The road is closed.\n---\nUse the A565.');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await ellen.say('hold 1');
  await council.pass(hour);
  expect((await council.post(1)).status.is).toBe('held');
  const answer = await ellen.press('No, do not post', {}, ellen.card(1));
  const { status } = await council.post(1);
  expect(status.is).toBe('partly-published');
  expect(answer.text).toContain('Published on 2 of 3');
  expect(answer.text).not.toContain('held by');
  await council.pass(hour);
  expect(council.outside.entries('x-main')).toEqual([]);
  expect(ellen.buttons(ellen.card(1))).toContain('Correct');
  expect((await council.audit()).findings).toEqual([]);
});

for (const text of ['The road is closed.', 'The road is closed.\n---\nUse the A565.'])
  test(`an account refuses it as it is held, ${text.includes('---') ? 'the first of two posts' : 'one post'}: it waits for a fresh decision, which lets it out`, async () => {
    await using council = await openCouncil();
    const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
    await passedOn(council, `for Highways: ${text}`);
    const pause = council.outside.pause('x-main');
    const refused = { outcome: 'refused', reason: 'not-allowed' } as const;
    council.outside.next('x-main', { way: 'answer', outcome: refused });
    const approving = tom.press('Approve: goes out now', { confirm: 'true' });
    await pause.begun;
    const holding = ellen.say('hold 1');
    await firstIsHeld(council);
    pause.go();
    await Promise.all([approving, holding]);
    await council.pass(minute);
    expect(ellen.buttons(ellen.card(1))).not.toContain('Try again');
    expect(council.outside.standing('x-main')).toEqual([]);
    await tom.press('Release: goes out now', { confirm: 'true' }, tom.card(1));
    await council.pass(minute);
    expect(council.outside.standing('x-main')).toHaveLength(text.split('---').length);
    expect((await council.post(1)).status.is).toBe('published');
    expect((await council.audit()).findings).toEqual([]);
  });
