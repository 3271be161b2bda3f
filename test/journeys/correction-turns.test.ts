import { expect, test } from 'vitest';
import { decidedAtOnce, letOutByDesk, sentByDesk } from './beginnings.ts';
import { hour, minute, morning, openCouncil, type Council } from './council.ts';
import { keptData } from './kept-data.ts';
import { createOutside } from './outside.ts';

/** An account turns while a correction of what stands there waits: what that comes to is not what people read. */

const [wrong, right] = ['Moor Lane is closed until Friday.', 'Moor Lane is closed until Sunday.'] as const;

const correction = { text: right, what: 'The day was wrong.', 'way:x-main': 'again' } as const;

/** @returns what the form said */
const asksForIt = async (council: Council): Promise<string | undefined> => {
  const [form] = await council.as('ellen-rimmer').say('correct 1');
  await council.as('ellen-rimmer').press('Ask for this correction', correction, form);
  return form?.text;
};

const messagesTo = (council: Council, person: string): readonly string[] =>
  council.shown(council.as(person).chat).map(({ text }) => text);

const keeps = 'X: the account rehearses now, so what stands there in public keeps its words.';
const deletes = 'the post is deleted, then posted again';

test('a correction that was to leave a public post alone deletes it only by a decision on a card that says so', async () => {
  const outside = createOutside(() => morning);
  await using first = await openCouncil({ outside });
  await letOutByDesk(first, wrong, { accounts: 'news,x-main' });
  await first.quiet();
  await using rehearsed = await first.restart({ rehearsed: ['x-main'] });
  await rehearsed.quiet();
  const form = await asksForIt(rehearsed);
  expect(form).toContain(keeps);
  expect(form).not.toContain('What then?');
  const old = rehearsed.as('tom-ashcroft').card(1);
  expect(old.text).toContain(keeps);
  await using council = await rehearsed.restart({ rehearsed: [] });
  await council.pass(2 * minute);
  const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
  for (const person of [ellen, tom]) {
    expect(person.card(1).text).toContain('X is real now, and rehearsed when this was asked for');
    expect(person.card(1).text).toContain(deletes);
    const told = messagesTo(council, person.id).filter((text) => text.startsWith('#1 (Highways): X is real'));
    expect(told).toHaveLength(1);
  }
  const pressed = await tom.press('Agree: correct it now', { confirm: 'true' }, old);
  expect(pressed.text).toContain(
    'X had become real since that card was drawn, so nothing was decided by it.',
  );
  await council.pass(minute);
  expect(outside.standing('x-main')).toEqual([wrong]);

  await tom.press('Agree: correct it now', { confirm: 'true' }, tom.card(1));
  await council.pass(minute);
  expect(outside.standing('x-main')).toEqual([right]);
  expect(tom.card(1).text).not.toContain('is real now');
  expect((await council.audit()).findings).toEqual([]);
});

test('a correction that was to be made in public leaves it alone only by a decision on a card that says so', async () => {
  const outside = createOutside(() => morning);
  await using first = await openCouncil({ outside });
  await letOutByDesk(first, wrong, { accounts: 'news,x-main' });
  await first.quiet();
  await asksForIt(first);
  const old = first.as('tom-ashcroft').card(1);
  await using council = await first.restart({ rehearsed: ['x-main'] });
  await council.pass(2 * minute);
  const tom = council.as('tom-ashcroft');
  expect(messagesTo(council, 'tom-ashcroft').at(-1)).toMatch(
    /X rehearses now, and was real when this was asked for: what stands there in public keeps its words.*waits for your decision/u,
  );
  const pressed = await tom.press('Agree: correct it now', { confirm: 'true' }, old);
  expect(pressed.text).toContain('X had begun to rehearse since that card was drawn');
  await council.pass(minute);
  expect(await (await council.get('/news')).text()).toContain('until Friday');

  expect(tom.card(1).text).toContain(keeps);
  await tom.press('Agree: correct it now', { confirm: 'true' }, tom.card(1));
  await council.pass(minute);
  expect(await (await council.get('/news')).text()).toContain('until Sunday');
  expect(outside.standing('x-main')).toEqual([wrong]);
  expect((await council.audit()).findings).toEqual([]);
});

test('a correction of an earlier release was asked for as its accounts were when people were asked', async () => {
  await using kept = await keptData(
    async (council) => {
      await letOutByDesk(council, wrong, { accounts: 'news,x-main' });
      await council.quiet();
      await asksForIt(council);
    },
    (database) => {
      database.exec(`
        UPDATE documents SET body = json_remove(body, '$.state.correction.plan.outOfReach') WHERE kind = 'post';
      `);
    },
  );
  await using council = await openCouncil({ ...kept, rehearsed: ['x-main'] });
  await council.quiet();
  expect((await council.post(1)).correction?.plan.turned?.rehearsed).toEqual(['x-main']);
  await using real = await council.restart({ rehearsed: [] });
  await real.quiet();
  expect((await real.post(1)).correction?.plan.turned?.back).toEqual(['x-main']);
});

test('whoever does not want a correction says so on the card that they read, be it held since and its account turned', async () => {
  await using before = await openCouncil({ at: Date.parse('2026-11-24T15:50:00Z') });
  await sentByDesk(before, 'Moor Lane is closed until 4pm today.', { accounts: 'x-main,news' });
  before.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: hour, reason: 'busy' },
  });
  await before.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await before.pass(2 * hour);
  const [form] = await before.as('ellen-rimmer').say('correct 1');
  const longer = { text: 'Moor Lane is closed until further notice.', what: 'It goes on.' };
  await before.as('ellen-rimmer').press('Ask for this correction', longer, form);
  const old = before.as('tom-ashcroft').card(1);
  await before.as('priya-desai').say('hold 1');
  await using council = await before.restart({ rehearsed: ['x-main'] });
  await council.pass(minute);
  const tom = council.as('tom-ashcroft');
  const agreed = await tom.press('Agree: correct it now', { confirm: 'true' }, old);
  expect(agreed.text).toContain('X had begun to rehearse since that card was drawn');
  await tom.press('Leave it as it is', { note: 'It opens today after all.' }, old);
  expect(await council.post(1)).not.toHaveProperty('correction');
  expect(council.as('ellen-rimmer').card(1).text).toContain('It opens today after all.');
});

const busy = { outcome: 'retry', after: hour, reason: 'busy' } as const;

const ways = {
  'x-main': { 'way:x-main': 'again' },
  'x-main, by a reply': { 'way:x-main': 'reply', reply: 'It is closed until Sunday.' },
  'facebook-main': {},
};

for (const [on, how] of Object.entries(ways))
  test(`a correction that was agreed to leaves alone what its cards said, though the account is real before its turn: ${on}`, async () => {
    const [account = ''] = on.split(',');
    const outside = createOutside(() => morning);
    await using first = await openCouncil({ outside });
    await letOutByDesk(first, wrong, { accounts: `news,${account}` });
    await first.quiet();
    await using rehearsed = await first.restart({ rehearsed: [account] });
    await rehearsed.quiet();
    const [form] = await rehearsed.as('ellen-rimmer').say('correct 1');
    const asked = { text: right, what: 'The day was wrong.', ...how };
    await rehearsed.as('ellen-rimmer').press('Ask for this correction', asked, form);
    expect(rehearsed.as('tom-ashcroft').card(1).text).toContain('stands there in public keeps its words');
    await decidedAtOnce(rehearsed, 'approve-correction');
    await using council = await rehearsed.restart({ rehearsed: [] });
    await council.pass(hour);
    expect(outside.standing(account)).toEqual([wrong]);
    expect(await (await council.get('/news')).text()).toContain('until Sunday');
    const { text } = council.as('ellen-rimmer').card(1);
    expect(text).toContain(
      'It could not be corrected: the account rehearsed then. It still says what it said.',
    );
    // It can be asked for again, by then for what the account is.
    await asksForIt(council);
    await council.as('tom-ashcroft').press('Agree: correct it now', { confirm: 'true' });
    await council.pass(minute);
    expect(outside.standing(account)).toEqual([right]);
    expect((await council.audit()).findings).toEqual([]);
  });

test('what an agreed correction has not made in public when its account begins to rehearse is said at once not to be, and not made later', async () => {
  const outside = createOutside(() => morning);
  await using first = await openCouncil({ outside });
  await letOutByDesk(first, wrong, { accounts: 'news,x-main' });
  await first.quiet();
  await asksForIt(first);
  outside.answer('remove', 'x-main', busy);
  await first.as('tom-ashcroft').press('Agree: correct it now', { confirm: 'true' });
  await first.quiet();
  expect(first.as('ellen-rimmer').card(1).text).toContain(deletes);
  await using council = await first.restart({ rehearsed: ['x-main'] });
  await council.pass(minute);
  const now =
    'it stands on the real account, and the account rehearses now. It still says what it said. Put it right there yourself, or take it down. Once the account is real again, the correction can be asked for again.';
  const { text } = council.as('ellen-rimmer').card(1);
  expect(text).toContain(`**X**: It could not be corrected: ${now}`);
  expect(text).not.toContain(deletes);
  const told = messagesTo(council, 'ellen-rimmer').filter((each) =>
    each.startsWith(`#1 (Highways): X could not be corrected: ${now}`),
  );
  expect(told).toHaveLength(1);
  // The card says so no longer than that is so.
  await using real = await council.restart({ rehearsed: [] });
  await real.pass(2 * hour);
  expect(outside.standing('x-main')).toEqual([wrong]);
  expect(real.as('ellen-rimmer').card(1).text).toContain(
    'It could not be corrected: the account rehearsed then.',
  );
  expect((await real.audit()).findings).toEqual([]);
});

test('a held correction is released for what its card says of its account, be that real before its turn', async () => {
  const outside = createOutside(() => morning);
  await using first = await openCouncil({ outside });
  await letOutByDesk(first, wrong, { accounts: 'news,x-main' });
  await first.quiet();
  await asksForIt(first);
  outside.answer('remove', 'x-main', busy);
  await first.as('tom-ashcroft').press('Agree: correct it now', { confirm: 'true' });
  await first.quiet();
  await first.as('priya-desai').say('hold 1');
  expect((await first.post(1)).status.is).toBe('held');
  await using rehearsed = await first.restart({ rehearsed: ['x-main'] });
  await rehearsed.pass(minute);
  const { text } = rehearsed.as('tom-ashcroft').card(1);
  expect(text).toContain(keeps);
  expect(text).not.toContain(deletes);
  await decidedAtOnce(rehearsed, 'approve');
  await using council = await rehearsed.restart({ rehearsed: [] });
  await council.pass(2 * hour);
  expect(outside.standing('x-main')).toEqual([wrong]);
  expect((await council.post(1)).status.is).toBe('published');
  expect(council.as('ellen-rimmer').card(1).text).toContain(
    'It could not be corrected: the account rehearsed then.',
  );
  expect((await council.audit()).findings).toEqual([]);
});
