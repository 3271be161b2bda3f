import { expect, test } from 'vitest';
import { hour, minute, openCouncil } from './council.ts';

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
  const [third] = await gareth.say('away until Friday');
  expect(third?.text).toContain(
    '1 post waits for you now. Nobody else is here to decide it. Communications knows.',
  );
  expect(ellen.card(1).text).toContain('Nobody of Highways approvers is here to decide.');
  // Communications are not told that they know; others are.
  expect(ellen.card(1).text).not.toContain('Communications knows');
  // What the desk could do that cannot wait; Gareth Molyneux, who is on duty as well, is away.
  expect(ellen.card(1).text).toContain(
    'If it cannot wait, ring one of them, or press Edit and choose Emergency: it then waits for Yvonne Cartmel (the duty officer).',
  );
  // A message says what an updated card would not, to whoever has a card and whoever has none.
  await council.pass(3_000);
  for (const { chat } of [ellen, joseph]) {
    const heard = council
      .shown(chat)
      .filter(({ text }) => text.startsWith('Nobody is here to decide: 1 post'));
    expect(heard).toHaveLength(1);
    expect(heard[0]?.text).toContain('If it cannot wait, ring one of them.');
  }

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
  await council.pass(4 * minute);
  const [answer] = await joseph.say('away until Friday');
  expect(answer?.text).toContain('1 post waits for you now. Others are asked instead.');
  // Nothing is late for that: it is due when it was, and says why somebody else is asked.
  const due = /by Tue 24 Nov at 11:4\dam/u;
  expect(nadia.card(1).text).toMatch(new RegExp(`Waiting for Claire Whitworth, ${due.source}`, 'u'));
  const why = 'Nobody of Communications is here, so Claire Whitworth has been asked.';
  expect(nadia.card(1).text).toContain(why);
  expect(nadia.card(1).text).not.toContain('It has waited long');
  expect(claire.card(1).text).toMatch(new RegExp(`Please look ${due.source}`, 'u'));
  expect(claire.card(1).text).toContain('Nobody of Communications is here, so you have been asked.');
  expect(claire.buttons(claire.card(1))).toContain('Pass on to Highways approvers');
  expect(claire.buttons(claire.card(1))).toContain('Hold');

  // Back, it is the desk's as before.
  await ellen.say('away no');
  expect(nadia.card(1).text).toMatch(
    new RegExp(`Waiting for Ellen Rimmer \\(Communications\\), ${due.source}`, 'u'),
  );
  expect(nadia.card(1).text).not.toContain(why);
  expect(claire.buttons(claire.card(1))).not.toContain('Pass on to Highways approvers');
  expect((await claire.say('waiting')).at(-1)?.text).toContain('Nothing waits for you');

  // What has waited long is escalated, whoever was asked meanwhile.
  await ellen.say('away until Friday');
  await council.pass(2 * hour);
  expect(nadia.card(1).text).toContain('It has waited long, so Claire Whitworth has been asked as well.');
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
    await council.pass(3_000);
    const nobody = 'Nobody of Highways approvers is here to decide. Nobody of Communications is here either.';
    expect(ellen.card(1).text).toContain(`${nobody} Claire Whitworth knows.`);
    // Each heard of it once.
    const heard = async (chat: string) => {
      await council.pass(3_000);
      return council.shown(chat).filter(({ text }) => text.includes('who could decide it is away'));
    };
    expect(await heard(ellen.chat)).toHaveLength(1);
    expect(await heard(council.as('joseph-adeyemi').chat)).toHaveLength(1);
    const [list] = await heard(claire.chat);
    const opened = await claire.press('Open', {}, list);
    expect(opened.text).toContain(`${nobody} Claire Whitworth knows.`);
    expect(opened.text).toContain('If it cannot wait, ring one of them.');
    // Somebody of the desk is back, and away again: the Head of Communications is told once more.
    await ellen.say('away no');
    expect(claire.card(1).text).toContain('Communications knows.');
    await ellen.say('away until Friday');
    expect(claire.card(1).text).toContain(`${nobody} Claire Whitworth knows.`);
    expect(await heard(claire.chat)).toHaveLength(1);
    await council.as('priya-desai').say('away no');
    expect(claire.card(1).text).toContain('Waiting for Priya Desai');
    expect((await council.audit()).findings).toEqual([]);
  },
);

test('many posts that nobody is here to decide: one list for each who hears of it, and the true numbers for whoever goes', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  for (let n = 1; n <= 6; n += 1) {
    await ellen.say(
      `propose for ${n < 6 ? 'Highways' : 'Elections'}: The gritters are out on road ${String(n)}.`,
    );
    await ellen.press(n < 6 ? 'Send to Highways approvers' : 'Send to Elections approvers');
    await council.pass(20_000);
  }
  for (const person of ['tom-ashcroft', 'priya-desai']) {
    await council.as(person).say('away until Friday');
    await council.pass(minute);
  }
  const gareth = council.as('gareth-molyneux');
  const [answer] = await gareth.say('away until Friday');
  expect(answer?.text).toContain(
    '6 posts wait for you now. For 5 of them nobody else is here to decide. Communications knows. For the others somebody else is asked.',
  );
  await council.pass(3_000);
  for (const officer of deskOfficers) {
    const { chat } = council.as(officer);
    const heard = council
      .shown(chat)
      .filter(({ text }) => text.includes('Nobody is here to decide: 5 posts'));
    expect(heard).toHaveLength(1);
    const said = council.shown(chat).filter(({ text }) => text.includes('could decide'));
    expect(said).toHaveLength(1);
    expect(heard[0]?.text).toContain('The gritters are out on road 5.');
  }
  expect((await gareth.say('away no')).at(-1)?.text).toContain('6 posts wait for you.');
});

test('a correction that nobody is here to agree to: its writer reads so, and whoever could take it down is told at once', async () => {
  await using council = await openCouncil();
  const [nadia, ellen, claire] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('claire-whitworth'),
  ];
  await ellen.say('propose for Highways: Liverpool Road is closed until Thursday.');
  await ellen.press('Send to Highways approvers');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  const away = async (...people: readonly string[]) => {
    for (const person of people) await council.as(person).say('away until Friday');
    await council.pass(3_000);
  };
  const heard = (chat: string) =>
    council.shown(chat).filter(({ text }) => text.includes('Nobody is here to decide: 1 post')).length;
  await away('gareth-molyneux', 'joseph-adeyemi');
  const [form] = await nadia.say('correct 1');
  await nadia.press(
    'Ask for this correction',
    { text: 'Liverpool Road is closed until Friday.', what: 'We gave the wrong day.' },
    form,
  );
  // Only who is here is awaited.
  expect(nadia.card(1).text).toContain('Waiting for Tom Ashcroft, Priya Desai or Ellen Rimmer.');
  expect(nadia.card(1).text).toContain(
    'Away until the end of Fri 27 Nov: Gareth Molyneux and Joseph Adeyemi.',
  );

  // They go away while it waits.
  await away('tom-ashcroft', 'priya-desai');
  expect(nadia.card(1).text).toContain('Waiting for Ellen Rimmer.');
  expect([nadia, claire].map(({ chat }) => heard(chat))).toEqual([0, 0]);
  await away('ellen-rimmer');
  const nobody = 'Nobody of Highways approvers or Communications is here to decide. Claire Whitworth knows.';
  expect(nadia.card(1).text).toContain(nobody);
  expect(nadia.card(1).text).toContain('Until somebody agrees, what stands stays public as it is.');
  expect([nadia, ellen, claire].map(({ chat }) => heard(chat))).toEqual([1, 1, 1]);
  const opened = await claire.press('Open', {}, council.shown(claire.chat).at(-1));
  expect(opened.text).toContain(
    'If it cannot wait, ring one of them, or have Yvonne Cartmel take the post down.',
  );

  // Somebody is back.
  await council.as('tom-ashcroft').say('away no');
  expect(nadia.card(1).text).toContain('Waiting for Tom Ashcroft.');
  expect(claire.card(1).text).not.toContain('If it cannot wait');
  // Asked for while nobody is here, it is told as well.
  await nadia.press('Take this request back', {}, nadia.card(1));
  await away('tom-ashcroft');
  const [again] = await nadia.say('correct 1');
  const asked = await nadia.press(
    'Ask for this correction',
    { text: 'Liverpool Road is closed until Friday.', what: 'We gave the wrong day.' },
    again,
  );
  expect(asked.text).toContain(nobody);
  await council.pass(3_000);
  expect([ellen, claire].map(({ chat }) => heard(chat))).toEqual([2, 1]);
  expect((await council.audit()).findings).toEqual([]);
});

test('whom the protocol does not let decide any more is not waited for, of a post as of a correction', async () => {
  await using before = await openCouncil();
  const ellen = before.as('ellen-rimmer');
  for (const road of ['Liverpool Road', 'Moor Lane']) {
    await ellen.say(`propose for Highways: ${road} is closed until Thursday.`);
    await ellen.press('Send to Highways approvers');
  }
  const priya = before.as('priya-desai');
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
  const [form] = await ellen.say('correct 1');
  const what = 'We gave the wrong day.';
  await ellen.press(
    'Ask for this correction',
    { text: 'Liverpool Road is closed until Friday.', what },
    form,
  );
  expect((await priya.say('waiting')).at(-1)?.text).toContain('2 posts');

  const highways = 'approvers: [tom-ashcroft, priya-desai, gareth-molyneux]';
  const without = 'approvers: [tom-ashcroft, gareth-molyneux]';
  await using council = await before.restart({ protocol: (sample) => sample.replace(highways, without) });
  await council.quiet();
  expect(council.as('ellen-rimmer').card(2).text).toContain('Waiting for Tom Ashcroft or Gareth Molyneux (');
  expect(council.as('ellen-rimmer').card(1).text).toContain(
    'Waiting for Tom Ashcroft, Gareth Molyneux or Joseph Adeyemi.',
  );
  expect((await council.as('priya-desai').say('waiting')).at(-1)?.text).toContain('Nothing waits for you');
  // The others away, nobody is left.
  for (const person of ['tom-ashcroft', 'gareth-molyneux']) await council.as(person).say('away until Friday');
  expect(council.as('ellen-rimmer').card(2).text).toContain(
    'Nobody of Highways approvers is here to decide.',
  );

  // Let in again, they are asked again.
  await using after = await council.restart({ protocol: (sample) => sample });
  await after.quiet();
  expect(after.as('ellen-rimmer').card(2).text).toContain('Waiting for Priya Desai (Highways approvers)');
  expect((await after.as('priya-desai').say('waiting')).at(-1)?.text).toContain('2 posts');
  expect((await after.audit()).findings).toEqual([]);
});

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

test('nobody was here to decide, and now nobody may: whoever was told to ring somebody hears that this does not help', async () => {
  await using before = await openCouncil();
  const ellenBefore = before.as('ellen-rimmer');
  await ellenBefore.say('propose for Highways: The gritters are out.');
  await ellenBefore.press('Send to Highways approvers');
  for (const person of ['tom-ashcroft', 'priya-desai', 'gareth-molyneux'])
    await before.as(person).say('away until Friday');
  await before.pass(minute);
  const heardOf = (council: typeof before) =>
    council
      .shown(council.as('ellen-rimmer').chat)
      .map(({ text }) => text)
      .filter((text) => text.startsWith('Nobody'));
  expect(heardOf(before)).toHaveLength(1);
  expect(heardOf(before)[0]).toContain('ring one of them');
  // Highways has another id now, so that nobody approves for the one that the post is of.
  await using council = await before.restart({
    protocol: (sample) =>
      sample
        .replace('  highways:\n    name: Highways', '  roads:\n    name: Highways')
        .replaceAll(', highways]', ', roads]')
        .replace('aliases: [roads, transport', 'aliases: [transport'),
  });
  await council.pass(minute);
  const heard = heardOf(council);
  expect(heard.at(-1)).toContain('Nobody can decide: 1 post');
});

test('away, and looking all the same: one’s own card says so, a draft says who is away next, and Welcome back leads to what waits', async () => {
  await using council = await openCouncil();
  const [nadia, ellen, tom] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('tom-ashcroft'),
  ];
  for (const person of ['tom-ashcroft', 'priya-desai', 'gareth-molyneux'])
    expect((await council.as(person).say('away until Friday'))[0]?.text).toContain(
      'If you come back earlier, press the button or type "away no".',
    );
  // It is known before it waits for them.
  const nobody =
    /Highways approvers: all of them are away at present\. Away until the end of Fri 27 Nov: Tom Ashcroft, Priya Desai and Gareth Molyneux\./u;
  const [draft] = await nadia.say('propose The gritters are out on the main roads.');
  expect(draft?.text).toMatch(nobody);
  await nadia.press('Send to Communications', {}, nadia.card(1));
  expect(nadia.card(1).text).toMatch(nobody);
  expect(ellen.card(1).text).toMatch(nobody);
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(1));
  await council.quiet();

  const [mine] = await tom.say('show 1');
  expect(mine?.text).toContain(
    'You are marked as away until the end of Fri 27 Nov. What you decide counts all the same. If you are back, type "away no".',
  );
  const [back] = await tom.say('away no');
  expect(back?.text).toContain('1 post waits for you.');
  expect((await tom.press('What waits for me', {}, back)).text).toContain('#1');
  const [here] = await tom.say('show 1');
  expect(here?.text).not.toContain('marked as away');

  // Who is asked for a correction is who is here.
  await tom.press('Approve: goes out now', { confirm: 'true' }, here);
  await council.quiet();
  const [form] = await nadia.say('correct 1');
  expect(form?.text).toContain(
    'One other person has to agree: Tom Ashcroft, Ellen Rimmer or Joseph Adeyemi.',
  );
  expect(form?.text).toContain('Away until the end of Fri 27 Nov: Priya Desai and Gareth Molyneux.');
  expect((await council.audit()).findings).toEqual([]);
});

test('Why? says who is asked in the place of a desk that is away, and who is asked about a correction', async () => {
  await using council = await openCouncil();
  const [ellen, nadia, joseph] = [
    council.as('ellen-rimmer'),
    council.as('nadia-hartley'),
    council.as('joseph-adeyemi'),
  ];
  const why = async () => (await nadia.say('why 1')).at(-1)?.text ?? '';
  await nadia.say('propose Moor Lane is closed.');
  await nadia.press('Send to Communications');
  for (const each of [ellen, joseph]) await each.say('away until Friday');
  expect(await why()).toContain('Nobody of Communications is here, so Claire Whitworth has been asked.');
  for (const each of [ellen, joseph]) await each.say('away no');
  expect(await why()).not.toContain('Claire Whitworth');
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(1));
  const priya = council.as('priya-desai');
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
  await council.pass(minute);
  expect(await why()).not.toContain('asked about the correction');
  const [form] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', { text: 'Moor Lane is open.', what: 'It has opened.' }, form);
  expect(await why()).toMatch(
    /Who is asked about the correction of .*, and why First: one of \d Highways approvers or Communications Nobody corrects alone what is public\./u,
  );
  await priya.press('Agree: correct it now', { confirm: 'true' }, priya.card(1));
  await council.pass(minute);
  expect(await why()).not.toContain('asked about the correction');
});
