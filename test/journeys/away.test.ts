import { expect, test } from 'vitest';
import { openCouncil } from './council.ts';

test('away until Friday: not asked any more, the others are; nobody left: the desk is told at once; back again', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const joseph = council.as('joseph-adeyemi');
  const [tom, priya, gareth] = [
    council.as('tom-ashcroft'),
    council.as('priya-desai'),
    council.as('gareth-molyneux'),
  ];
  const [answer] = await tom.say('away until tomorrow 9am');
  expect(answer?.text).toContain('You are away until');
  expect(answer?.text).toContain('Nobody will ask you to decide until then.');

  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  expect(() => tom.card(1)).toThrow('has no card');
  expect(priya.card(1).text).toContain('Please decide by');
  expect(ellen.card(1).text).toContain('Waiting for Priya Desai or Gareth Molyneux (Highways approvers)');
  expect(ellen.card(1).text).toContain('Away until Wed 25 Nov at 9am: Tom Ashcroft');
  expect(() => joseph.card(1)).toThrow('has no card');

  const [second] = await priya.say('away until 3/12/2026');
  expect(second?.text).toContain('1 post waits for you now. Others are asked instead.');
  expect(ellen.card(1).text).toContain('Waiting for Gareth Molyneux (Highways approvers)');
  await gareth.say('away until Friday');
  expect(joseph.card(1).text).toContain(
    'Nobody of Highways approvers is here to decide. Communications knows.',
  );
  expect(ellen.card(1).text).toContain(
    'Nobody of Highways approvers is here to decide. Communications knows.',
  );
  // The author's card was there already: a message says what an updated card would not.
  expect(
    council
      .shown(ellen.chat)
      .some(({ text }) => text.startsWith('#1 (Highways): everybody who could decide it is away')),
  ).toBe(true);

  const [people] = await ellen.say('people');
  expect(people?.text).toContain('Away until Wed 25 Nov at 9am: Tom Ashcroft');

  const [away] = council.shown(gareth.chat).slice(-1);
  await gareth.press('I am back', {}, away);
  expect(gareth.card(1).text).toContain('Please decide by');
  expect(ellen.card(1).text).toContain('Waiting for Gareth Molyneux');

  // Away and back a second time on the same day: the button of the newer answer works as well.
  const [later] = await gareth.say('away until Friday');
  expect(later?.text).toContain('You are away until the end of Fri 27 Nov');
  expect(later?.text).toContain('You are asked again from Sat 28 Nov on.');
  expect(ellen.card(1).text).toContain('Nobody of Highways approvers is here to decide.');
  await gareth.press('I am back', {}, later);
  expect(ellen.card(1).text).toContain('Waiting for Gareth Molyneux');

  // Their time over, they are asked again by themselves.
  await council.until(Date.UTC(2026, 10, 25, 9, 1));
  expect(tom.card(1).text).toMatch(/Please decide/u);
  await tom.press('Approve: goes out now', { confirm: 'true' });
  expect((await council.post(1)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
});

test('the whole desk away: what waits for it goes to the Head of Communications at once, who can pass it on', async () => {
  await using council = await openCouncil();
  const [nadia, ellen, joseph] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('joseph-adeyemi'),
  ];
  const claire = council.as('claire-whitworth');
  await nadia.say('propose The gritters are out on the main roads.');
  await nadia.press('Send to Communications');
  await ellen.say('away until Friday');
  expect(() => claire.card(1)).toThrow('has no card');
  await joseph.say('away until Friday');
  expect(nadia.card(1).text).toContain('Waiting for Claire Whitworth');
  expect(claire.buttons(claire.card(1))).toContain('Pass on to Highways approvers');
  await claire.press('Pass on to Highways approvers', {}, claire.card(1));

  // One that is sent meanwhile goes there as well, without waiting for two hours.
  await nadia.say('propose The gritters are out on the side roads.');
  await nadia.press('Send to Communications');
  expect(claire.buttons(claire.card(2))).toContain('Pass on to Highways approvers');
  expect((await council.audit()).findings).toEqual([]);
});

const deskOfficers = ['ellen-rimmer', 'joseph-adeyemi'];
const highways = ['tom-ashcroft', 'priya-desai', 'gareth-molyneux'];

test.each([
  ['the desk first', [...deskOfficers, ...highways]],
  ['the approvers first', [...highways, ...deskOfficers]],
  [
    'one after the other',
    ['tom-ashcroft', 'ellen-rimmer', 'priya-desai', 'gareth-molyneux', 'joseph-adeyemi'],
  ],
])(
  'nobody to decide, and the desk away, %s: it is said who knows, and who does not',
  async (_order, order) => {
    await using council = await openCouncil();
    const claire = council.as('claire-whitworth');
    const ellen = council.as('ellen-rimmer');
    await ellen.say('propose for Highways: The gritters are out on the main roads.');
    await ellen.press('Send to Highways approvers');
    for (const person of order) await council.as(person).say('away until Friday');
    const nobody = 'Nobody of Highways approvers is here to decide. Nobody of Communications is here either.';
    expect(ellen.card(1).text).toContain(`${nobody} Claire Whitworth knows.`);
    expect(claire.card(1).text).toContain(nobody);
    const last = council.shown(ellen.chat).at(-1);
    expect(last?.text).not.toContain('Communications knows');
    // Each heard of it once: the author that nobody can decide, the Head of Communications by the card.
    const heard = (chat: string) =>
      council.shown(chat).filter(({ text }) => text.includes('who could decide it is away'));
    expect(heard(ellen.chat)).toHaveLength(1);
    expect(heard(council.as('joseph-adeyemi').chat).length).toBeLessThan(2);
    expect(heard(claire.chat)).toHaveLength(0);
    // Somebody of the desk is back, and away again: the Head of Communications has the card, and is told.
    await ellen.say('away no');
    expect(claire.card(1).text).toContain('Communications knows.');
    await ellen.say('away until Friday');
    expect(claire.card(1).text).toContain(`${nobody} Claire Whitworth knows.`);
    expect(heard(claire.chat)).toHaveLength(1);
    await council.as('priya-desai').say('away no');
    expect(claire.card(1).text).toContain('Waiting for Priya Desai');
    expect((await council.audit()).findings).toEqual([]);
  },
);

test('"off" and "back" with more words behind them do not say that somebody is back', async () => {
  await using council = await openCouncil();
  const tom = council.as('tom-ashcroft');
  const answer = async (words: string) => (await tom.say(words)).at(-1)?.text;
  expect(await answer('away off sick until Friday')).toContain('You are away until the end of Fri 27 Nov');
  expect(await answer('away back on Friday')).toContain('Until when are you away?');
  for (const words of ['away no', 'away no longer', 'away back now.']) {
    await tom.say('away until Friday');
    expect(await answer(words)).toContain('Welcome back');
  }
});

test('an absence that begins later is asked about, and none begins that was not meant', async () => {
  await using council = await openCouncil();
  const tom = council.as('tom-ashcroft');
  for (const [words, button] of [
    ['away tomorrow', 'Away from now until the end of Wed 25 Nov'],
    ['away on Friday', 'Away from now until the end of Fri 27 Nov'],
    ['away from 1 Dec to 5 Dec', 'Away from now until the end of Sat 5 Dec'],
    ['away sick from Monday until Friday', 'Away from now until the end of Fri 27 Nov'],
  ] as const) {
    const [asked] = await tom.say(words);
    expect(asked?.text).toContain('Are you away from now on? Nothing has changed yet');
    expect(tom.buttons(asked)).toEqual([button]);
    expect((await tom.say('people')).at(-1)?.text).not.toContain('Tom Ashcroft until');
    expect(council.app.rules().away).toEqual({});
    await tom.press(button, {}, asked);
    expect(council.app.rules().away).toHaveProperty('tom-ashcroft');
    await tom.say('away no');
  }
  for (const [words, said] of [
    ['away for a week', 'You are away until Tue 1 Dec at 9:4'],
    ['away from now to Friday please', 'You are away until the end of Fri 27 Nov'],
    ['away today', 'You are away until the end of Tue 24 Nov'],
  ] as const)
    expect((await tom.say(words)).at(-1)?.text).toContain(said);
});
