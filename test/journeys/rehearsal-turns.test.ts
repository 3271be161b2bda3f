import { expect, test } from 'vitest';
import { decidedAtOnce, sendsEmergency, sentByDesk } from './beginnings.ts';
import { hour, minute, morning, openCouncil, type Council } from './council.ts';
import { keptData } from './kept-data.ts';
import { createOutside } from './outside.ts';

const roads = ['The gritters are out on the main roads.', 'Moor Lane is closed until Thursday.'] as const;

/** #1 is approved for 11 o'clock, #2 waits for an approver. */
async function underWay(council: Council): Promise<void> {
  const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
  for (const [index, words] of roads.entries()) {
    await ellen.say(`propose for Highways: ${words}`);
    if (index === 0) await ellen.say('schedule 1 today 11:00');
    await ellen.press('Send to Highways approvers', {}, ellen.card(index + 1));
  }
  await tom.press('Approve: goes out on Tue 24 Nov at 11am', { confirm: 'true' }, tom.card(1));
  await council.quiet();
}

const messagesTo = (council: Council, person: string): readonly string[] =>
  council.shown(council.as(person).chat).map(({ text }) => text);

/** Whoever is asked lets both go, on the cards as they are now. */
async function decidedAfresh(council: Council): Promise<void> {
  const tom = council.as('tom-ashcroft');
  for (const number of [1, 2]) {
    const [first = ''] = tom.buttons(tom.card(number));
    expect(first).toMatch(number === 1 ? /^Release/u : /^Approve/u);
    await tom.press(first, { confirm: 'true' }, tom.card(number));
  }
  await council.pass(2 * hour);
}

const inRehearsal = 'Rehearsal on X: nobody outside sees it';

test('an account that rehearsed is real: what was agreed to for the rehearsal waits for a decision on a card that says so', async () => {
  const outside = createOutside(() => morning);
  await using before = await openCouncil({ outside, rehearsed: ['x-main'] });
  await underWay(before);
  const old = before.as('tom-ashcroft').card(2);
  expect(old.text).toContain(inRehearsal);
  await using council = await before.restart({ rehearsed: [] });
  await council.quiet();
  const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
  for (const number of [1, 2])
    for (const person of [ellen, tom]) {
      const { text } = person.card(number);
      expect(text).toContain(
        'X is real now, and rehearsed when this was sent: once it is approved, everybody can see it there.',
      );
      expect(text).not.toContain('ehearsal');
    }
  expect(ellen.card(1).text).toContain('Held at 9:43am, since X had become real.');
  // Whoever decides, wrote it or had approved it hears of both in one message.
  await council.pass(minute);
  for (const person of ['ellen-rimmer', 'tom-ashcroft']) {
    const told = messagesTo(council, person).filter((text) => /^#\d \(Highways\): X is real now/u.test(text));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/#1[^]*#2/u);
  }
  const pressed = await tom.press('Approve: goes out now', { confirm: 'true' }, old);
  expect(pressed.text).toContain(
    'X had become real since that card was drawn, so nothing was decided by it.',
  );
  await council.quiet();
  expect(outside.standing('x-main')).toEqual([]);

  await decidedAfresh(council);
  expect(outside.standing('x-main').toSorted()).toEqual([...roads].toSorted());
  expect(ellen.card(1).text).not.toMatch(/ehears|is real now/u);
  expect((await council.audit()).findings).toEqual([]);
});

test('whoever turns down what has turned on a card from before hears why nothing came of it, and keeps the note', async () => {
  await using before = await openCouncil({ rehearsed: ['x-main'] });
  await sentByDesk(before, roads[0], { accounts: 'news,x-main' });
  await before.as('ellen-rimmer').say('schedule 1 today 11:00');
  const old = before.as('tom-ashcroft').card(1);
  await using council = await before.restart({ rehearsed: [] });
  await council.quiet();
  const tom = council.as('tom-ashcroft');
  const why = 'X had become real since that card was drawn, so nothing was decided by it.';
  const note = 'Which of the main roads?';
  for (const button of ['Send back with a note', 'Do not publish']) {
    const pressed = await tom.press(button, { note }, old);
    expect(pressed.text).toContain(
      `${why} Here is the latest. Your note has not been sent, and stands below.`,
    );
    expect(JSON.stringify(pressed.card)).toContain(note);
  }
  // Decided afresh and held again, it is still not what that card was drawn from.
  const approve = 'Approve: goes out on Tue 24 Nov at 11am';
  await tom.press(approve, { confirm: 'true' }, tom.card(1));
  await council.as('ellen-rimmer').say('hold 1');
  expect((await council.post(1)).status.is).toBe('held');
  for (const button of [approve, 'Do not publish'])
    expect((await tom.press(button, { confirm: 'true', note }, old)).text).toContain(why);
});

const again = {
  'rehearses again, as when this was sent: nobody outside will see it there.': ['x-main'],
  'is real again, as when this was sent: once it is approved, everybody can see it there.': [],
};

for (const [says, rehearsed] of Object.entries(again))
  test(`while nobody decides afresh nothing of it goes out anywhere, and an account that turned back ${says}`, async () => {
    const outside = createOutside(() => morning);
    await using before = await openCouncil({ outside, rehearsed });
    await underWay(before);
    await using turned = await before.restart({ rehearsed: rehearsed.length === 0 ? ['x-main'] : [] });
    await turned.pass(minute);
    const old = turned.as('tom-ashcroft').card(2);
    await using council = await turned.restart({ rehearsed });
    await council.pass(minute);
    const tom = council.as('tom-ashcroft');
    for (const number of [1, 2]) {
      expect(tom.card(number).text).toContain(`X ${says} What was decided before does not count any more.`);
      expect(tom.card(number).text).not.toMatch(/is real now|rehearses now/u);
    }
    const [shown] = await council.as('ellen-rimmer').say('show 1');
    expect(shown?.text).toContain(`X ${says}`);
    expect(
      messagesTo(council, 'tom-ashcroft').filter((text) => text.startsWith(`#1 (Highways): X ${says}`)),
    ).toHaveLength(1);
    const { text } = await tom.press('Approve: goes out now', { confirm: 'true' }, old);
    expect(text).toMatch(/X had (?:begun to rehearse|become real) again since that card was drawn/u);
    await council.pass(2 * hour);
    for (const account of ['x-main', 'facebook-main']) expect(outside.standing(account)).toEqual([]);
    expect(await (await council.get('/news')).text()).not.toContain('gritters');
    // Once more, and it is what it was not when it was sent.
    await using anew = await council.restart({ rehearsed: rehearsed.length === 0 ? ['x-main'] : [] });
    await anew.pass(minute);
    expect(anew.as('tom-ashcroft').card(2).text).toMatch(/X is real now|X rehearses now/u);
    expect(anew.as('tom-ashcroft').card(2).text).not.toContain('again, as when');
    expect((await anew.audit()).findings).toEqual([]);
  });

test('an account that was real rehearses: what was agreed to for the public is not called published by a rehearsal nobody agreed to', async () => {
  const outside = createOutside(() => morning);
  await using before = await openCouncil({ outside });
  await underWay(before);
  await using council = await before.restart({ rehearsed: ['x-main'] });
  await council.quiet();
  const ellen = council.as('ellen-rimmer');
  expect((await council.post(1)).status.is).toBe('held');
  for (const number of [1, 2])
    expect(ellen.card(number).text).toContain(
      'X rehearses now, and was real when this was sent: nobody outside will see it there.',
    );
  await decidedAfresh(council);
  expect(outside.standing('x-main')).toEqual([]);
  expect(outside.standing('facebook-main')).toHaveLength(2);
  expect(ellen.card(1).text).toContain('**X (rehearsal)**: Published');
  expect((await council.audit()).findings).toEqual([]);
});

test('of many posts whose account has turned whoever decides on them hears in one list', async () => {
  await using before = await openCouncil({ rehearsed: ['x-main'] });
  const ellen = before.as('ellen-rimmer');
  for (const number of [1, 2, 3, 4]) {
    await ellen.say(`propose for Highways: Moor Lane is closed on day ${String(number)}.`);
    await ellen.press('Send to Highways approvers', {}, ellen.card(number));
  }
  await before.quiet();
  await using council = await before.restart({ rehearsed: [] });
  await council.pass(minute);
  const told = messagesTo(council, 'tom-ashcroft').filter(
    (text) => text.includes('X is real now') && !text.startsWith('#'),
  );
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(
    /^4 posts need a fresh decision.*To be decided afresh, since X is real now.*#1.*#4/u,
  );
});

test('a draft for an account that rehearsed says so no more once that is real, and its card from before sends nothing', async () => {
  await using before = await openCouncil({ rehearsed: ['x-main'] });
  await before.as('nadia-hartley').say(`propose ${roads[0]}`);
  const old = before.as('nadia-hartley').card(1);
  expect(old.text).toContain(inRehearsal);
  await using council = await before.restart({ rehearsed: [] });
  await council.quiet();
  const nadia = council.as('nadia-hartley');
  expect(nadia.card(1).text).not.toContain('ehearsal');
  const asked = await nadia.press('Send to Communications', {}, old);
  expect(asked.text).toContain(
    'X is real now, and rehearsed when that card was drawn, so it has not been sent: once it is approved, everybody can see it there.',
  );
  expect((await council.post(1)).status.is).toBe('draft');
  await nadia.press('Send to Communications', {}, asked.card);
  expect((await council.post(1)).status.is).toBe('in-review');
});

const thread =
  'Moor Lane is closed for works on the gas main.\n---\nBuses go by Coronation Road.\n---\nWe open it again on Friday.';

test('what stood in a rehearsal is put right and taken down there, whatever the account is by then', async () => {
  const outside = createOutside(() => morning);
  await using before = await openCouncil({ outside, rehearsed: ['x-main'] });
  await sentByDesk(before, 'Moor Lane is closed.', { text: thread, accounts: 'news,x-main' });
  await before.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await before.quiet();
  const [form] = await before.as('ellen-rimmer').say('correct 1');
  const right = {
    text: thread.replace('Friday', 'Sunday'),
    what: 'The day was wrong.',
    'way:x-main': 'again',
  };
  await before.as('ellen-rimmer').press('Ask for this correction', right, form);
  await using council = await before.restart({ rehearsed: [] });
  await council.quiet();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  expect(joseph.card(1).text).toContain('X (rehearsal): the post is deleted, then posted again');
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await council.quiet();
  expect(ellen.card(1).text).toContain('**X (rehearsal), post 3 of 3**: Published at');
  expect((await council.post(1)).status.is).toBe('published');
  await joseph.press('Take it down', {}, joseph.card(1));
  await council.quiet();
  expect(ellen.card(1).text).toContain('**X (rehearsal), post 3 of 3**: Taken down');
  expect(outside.calls.filter((call) => call.endsWith('x-main'))).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('an account begins to rehearse in the middle of a thread: the rest is not called published, and can go once it is real', async () => {
  const outside = createOutside(() => morning);
  await using before = await openCouncil({ outside });
  await sentByDesk(before, 'Moor Lane is closed.', { text: thread, accounts: 'news,x-main' });
  outside.next('x-main', { way: 'through' });
  const busy = { outcome: 'retry', after: 10 * minute, reason: 'busy' } as const;
  outside.next('x-main', { way: 'answer', outcome: busy });
  await before.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await before.quiet();
  await using council = await before.restart({ rehearsed: ['x-main'] });
  await council.pass(20 * minute);
  await council.pass(minute);
  expect(outside.standing('x-main')).toEqual(['1/3 Moor Lane is closed for works on the gas main.']);
  const { text } = council.as('ellen-rimmer').card(1);
  expect(text).toContain('**X, post 1 of 3**: Published');
  expect(text).toContain(
    '**X, post 2 of 3**: Not published: the account rehearses now, and this was to go out in public',
  );
  expect(text).not.toContain('[Try again]');
  expect((await council.post(1)).status.is).toBe('partly-published');
  expect(messagesTo(council, 'ellen-rimmer').at(-1)).toContain('X, post 2 of 3: not published');

  await using real = await council.restart({ rehearsed: [] });
  await real.pass(minute);
  const card = real.as('ellen-rimmer').card(1);
  expect(card.text).toContain('**X, post 2 of 3**: Not published: the account rehearsed then');
  await real.as('ellen-rimmer').press('Try again', {}, card);
  await real.quiet();
  expect(outside.standing('x-main')).toHaveLength(3);
  expect((await real.audit()).findings).toEqual([]);
});

test('nobody can tell whether it arrived, and its account rehearses by now: it is posted only once that is real again', async () => {
  const outside = createOutside(() => morning);
  await using before = await openCouncil({ outside });
  await sentByDesk(before, 'Moor Lane is closed.', { accounts: 'news,x-main' });
  outside.blind('x-main');
  outside.next('x-main', { way: 'nothing' });
  await before.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await before.pass(hour);
  const old = before.as('ellen-rimmer').card(1);
  await using council = await before.restart({ rehearsed: ['x-main'] });
  await council.quiet();
  const ellen = council.as('ellen-rimmer');
  const only =
    'X rehearses now, and this is for the public: it can be posted there only once X is real again.';
  const pressed = await ellen.press('No, post it now', {}, old);
  expect(pressed.text).toContain(only);
  const asked = (await ellen.say('show 1')).at(-1);
  expect(asked?.text).toContain(only);
  expect(ellen.buttons(asked)).toContain('Yes, it is there');
  expect(ellen.buttons(asked)).not.toContain('No, post it now');
  await council.pass(hour);
  expect(outside.standing('x-main')).toEqual([]);
  expect((await council.post(1)).status).toMatchObject({ publications: { 'x-main.0': { is: 'unknown' } } });

  await using real = await council.restart({ rehearsed: [] });
  await real.pass(minute);
  const again = real.as('ellen-rimmer').card(1);
  expect(again.text).not.toContain('rehearses now');
  await real.as('ellen-rimmer').press('No, post it now', {}, again);
  await real.quiet();
  expect(outside.standing('x-main')).toEqual(['Moor Lane is closed.']);
  expect((await real.audit()).findings).toEqual([]);
});

test('a correction that waits while an account turns is agreed to for what the account is by then, and put right in public', async () => {
  const outside = createOutside(() => morning);
  await using before = await openCouncil({ outside });
  await sentByDesk(before, 'Moor Lane is closed until Friday.', { accounts: 'news,x-main' });
  outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: 6 * hour, reason: 'busy' },
  });
  await before.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await before.quiet();
  const [form] = await before.as('ellen-rimmer').say('correct 1');
  const right = 'Moor Lane is closed until Sunday.';
  await before
    .as('ellen-rimmer')
    .press('Ask for this correction', { text: right, what: 'The day was wrong.' }, form);
  const joseph = before.as('joseph-adeyemi');
  const old = joseph.card(1);
  await using council = await before.restart({ rehearsed: ['x-main'] });
  await council.quiet();
  const tom = council.as('tom-ashcroft');
  await tom.press('Release: goes out now', { confirm: 'true' }, tom.card(1));
  const pressed = await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' }, old);
  expect(pressed.text).toContain('X had begun to rehearse since that card was drawn');
  const card = council.as('joseph-adeyemi').card(1);
  expect(card.text).toContain('X (rehearsal)');
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' }, card);
  await council.pass(7 * hour);
  expect((await council.post(1)).status.is).toBe('published');
  expect(await (await council.get('/news')).text()).toContain('until Sunday');
  expect(outside.standing('x-main')).toEqual([]);
  expect(council.as('ellen-rimmer').card(1).text).toContain('**X (rehearsal)**: Published');
  expect((await council.audit()).findings).toEqual([]);
});

test('an emergency that was sent for a rehearsal: whoever decides on it hears at once that everybody can see it once they do', async () => {
  const outside = createOutside(() => morning);
  await using before = await openCouncil({ outside, rehearsed: ['x-main'] });
  await sendsEmergency(before);
  await using council = await before.restart({ rehearsed: [] });
  await council.quiet();
  const gareth = council.as('gareth-molyneux');
  expect(messagesTo(council, 'gareth-molyneux').at(-1)).toMatch(/X is real now.*It waits for your decision/u);
  const [approve = ''] = gareth.buttons(gareth.card(1));
  await gareth.press(approve, { confirm: 'true' }, gareth.card(1));
  await council.quiet();
  expect(outside.standing('x-main')).toHaveLength(1);
});

test('what an earlier release sent is for what its accounts are when this one first sees it', async () => {
  await using kept = await keptData(
    underWay,
    (database) => {
      database.exec(`
        UPDATE documents SET fields = replace(fields, '.x-main"', '"'),
          body = json_remove(replace(body, '.x-main"', '"'), '$.state.status.plan.rehearsed') WHERE kind = 'post';
        UPDATE entries SET place = replace(place, '.x-main', '')
          WHERE number IN (SELECT number FROM indexes WHERE kind = 'post' AND name = 'asked-under');
      `);
    },
    { rehearsed: ['x-main'] },
  );
  await using council = await openCouncil({ ...kept, rehearsed: ['x-main'] });
  await council.quiet();
  expect((await council.post(1)).status.is).toBe('scheduled');
  await using real = await council.restart({ rehearsed: [] });
  await real.quiet();
  expect((await real.post(1)).status.is).toBe('held');
  await real.pass(2 * hour);
  expect(real.outside.standing('x-main')).toEqual([]);
});

const oneOfThree = '1/3 Moor Lane is closed for works on the gas main.';

/** The first post of a thread stands on X in public, and the rest of it is held. */
async function heldInThread(council: Council): Promise<void> {
  await sentByDesk(council, 'Moor Lane is closed.', { text: thread, accounts: 'news,x-main' });
  council.outside.next('x-main', { way: 'through' });
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: 10 * minute, reason: 'busy' },
  });
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.quiet();
  await council.as('priya-desai').say('hold 1');
  expect(council.outside.standing('x-main')).toEqual([oneOfThree]);
  expect((await council.post(1)).status.is).toBe('held');
}

test('the rest of a thread is held, and its account begins to rehearse: whoever releases it has read what becomes of it there', async () => {
  const outside = createOutside(() => morning);
  await using before = await openCouncil({ outside });
  await heldInThread(before);
  const old = before.as('tom-ashcroft').card(1);
  await using rehearsed = await before.restart({ rehearsed: ['x-main'] });
  await rehearsed.pass(minute);
  const says = 'X rehearses now, and was real when this was sent: the rest of it does not go out there.';
  expect(rehearsed.as('tom-ashcroft').card(1).text).toContain(says);
  expect(messagesTo(rehearsed, 'tom-ashcroft').at(-1)).toContain(says);
  const pressed = await rehearsed.as('tom-ashcroft').press('Release: goes out now', { confirm: 'true' }, old);
  expect(pressed.text).toContain('X had begun to rehearse since that card was drawn');
  await using council = await rehearsed.restart({ rehearsed: [] });
  await council.pass(minute);
  const tom = council.as('tom-ashcroft');
  expect(tom.card(1).text).toContain(
    'X is real again, as when this was sent: once it is approved, the rest of it goes out there for everybody to see.',
  );
  expect(outside.standing('x-main')).toEqual([oneOfThree]);
  await tom.press('Release: goes out now', { confirm: 'true' }, tom.card(1));
  await council.pass(hour);
  expect(outside.standing('x-main')).toHaveLength(3);
  expect(tom.card(1).text).not.toContain('is real again');
  expect((await council.audit()).findings).toEqual([]);
});

test('the rest of a thread that was released while its account rehearsed leaves for nobody before a decision on a card that says so', async () => {
  const outside = createOutside(() => morning);
  await using before = await openCouncil({ outside });
  await heldInThread(before);
  await using rehearsed = await before.restart({ rehearsed: ['x-main'] });
  await rehearsed.pass(minute);
  await decidedAtOnce(rehearsed, 'approve');
  await using council = await rehearsed.restart({ rehearsed: [] });
  await council.pass(hour);
  expect(outside.standing('x-main')).toEqual([oneOfThree]);
  const tom = council.as('tom-ashcroft');
  expect(tom.card(1).text).toContain(
    'X is real now, and rehearsed when this was approved last: once it is approved, the rest of it goes out there for everybody to see.',
  );
  await tom.press('Release: goes out now', { confirm: 'true' }, tom.card(1));
  await council.pass(hour);
  expect(outside.standing('x-main')).toHaveLength(3);
  expect((await council.audit()).findings).toEqual([]);
});
