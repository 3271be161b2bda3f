import { expect, test } from 'vitest';
import { minute, openCouncil } from './council.ts';
import { dissolved, renamed } from './departments.ts';

const gone = 'Highways and Transport is not in the protocol any more, so nobody can be asked.';

test('a department is gone from the protocol: its author or the desk chooses another one for what waits', async () => {
  await using before = await openCouncil();
  const highways = '19:highways@thread.tacv2';
  await before.as('tom-ashcroft').say('use this channel for approvals of Highways', { channel: highways });
  await before.as('tom-ashcroft').press('Yes, use this channel', {}, before.shown(highways).at(-1));
  for (const words of ['Gritters are out.', 'Moor Lane is shut.', 'Park Lane is shut.'])
    await before.as('nadia-hartley').say(`propose ${words}`);
  const nadiaBefore = before.as('nadia-hartley');
  for (const number of [2, 3])
    await nadiaBefore.press('Send to Communications', {}, nadiaBefore.card(number));
  const ellenBefore = before.as('ellen-rimmer');
  await ellenBefore.press('Pass on to Highways approvers', {}, ellenBefore.card(3));

  await using council = await before.restart({ protocol: renamed });
  await council.pass(minute);
  const [nadia, ellen, tom] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('tom-ashcroft'),
  ];
  // The draft: its author is offered the one that they write for, in words of the last name.
  const draft = (await nadia.say('show 1')).at(-1);
  expect(draft?.text).toContain('Draft. Which department is it for?');
  expect(draft?.text).toContain(`${gone} Choose another department. [Roads]`);
  expect(draft?.text).not.toContain('Send to');
  expect(draft?.text).not.toContain('highways');
  const chosen = await nadia.press('Roads', {}, draft);
  expect(chosen.text).toContain('#1 · Roads and Travel Draft');
  expect(chosen.text).toContain('Next: Communications, then one of 3 Roads approvers.');
  await nadia.press('Send to Communications', {}, chosen.card);

  // What waits for a look is not passed on to nobody; the desk chooses among all, and it is a draft again.
  const look = ellen.card(2);
  expect(look.text).not.toContain('Pass on to');
  expect(look.text).toContain(
    `${gone} Choose another department. It is a draft then, and is sent once more.`,
  );
  const moved = await ellen.press('Choose this department', { department: 'roads' }, look);
  const told =
    'Ellen Rimmer chose Roads as its department at 9:45am, since Highways was not in the protocol any more.';
  expect(moved.text).toContain(told);
  expect((await council.post(2)).status.is).toBe('draft');
  await council.quiet();
  expect(council.shown(nadia.chat).map(({ text }) => text)).toContainEqual(
    expect.stringContaining('#2 (Roads): Ellen Rimmer chose Roads as its department'),
  );
  expect((await nadia.say('why 2')).at(-1)?.text).toContain(told);
  const sent = await nadia.press('Send to Communications', {}, (await nadia.say('show 2')).at(-1));
  expect(sent.text).toContain('Waiting for: Communications');
  await ellen.press('Pass on to Roads approvers', {}, ellen.card(2));
  await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(2));
  expect(council.outside.standing('x-main')).toEqual(['Moor Lane is shut.']);

  // Whoever may not choose reads who can; nothing is said that would be of no use.
  const waits = (await ellen.say('show 3')).at(-1);
  expect(waits?.text).toContain('Needs another department');
  expect(waits?.text).not.toContain('Emergency');
  expect(council.shown(highways).at(-1)?.text).toContain(
    'Nadia Hartley, Ellen Rimmer or Joseph Adeyemi can choose another department for it.',
  );
  const people = (await ellen.say('people')).at(-1);
  expect(people?.text).toContain('Highways and Transport Not in the protocol any more.');
  expect(people?.text).toContain('type "stop using this channel" in it.');
  await nadia.press('Roads', {}, nadia.card(3));
  expect(council.shown(highways).at(-1)?.text).not.toContain('Park Lane');
  expect((await council.audit()).findings).toEqual([]);
});

test('whoever writes for no department any more cannot send, and reads who can choose another one', async () => {
  await using before = await openCouncil();
  await before.as('nadia-hartley').say('propose Gritters are out.');
  const card = before.as('nadia-hartley').card(1);
  await using council = await before.restart({ protocol: dissolved });
  const nadia = council.as('nadia-hartley');
  // A card from before still has the button.
  const refused = await nadia.press('Send to Communications', {}, card);
  expect(refused.text).toContain(
    `${gone} Ellen Rimmer or Joseph Adeyemi can choose another department for it.`,
  );
  expect(refused.text).not.toContain('Send to Communications');
  const ellen = council.as('ellen-rimmer');
  await ellen.say('show 1');
  const unsaid = await ellen.press('Choose this department');
  expect(unsaid.text).toContain('Which department is this for? Waste, Housing, Planning');
  const moved = await ellen.press('Choose this department', { department: 'planning' });
  expect(moved.text).toContain('#1 · Planning');
  expect((await council.audit()).findings).toEqual([]);
});

test('what cannot go on without another department waits for whoever can choose one; nothing is offered or said that does not hold', async () => {
  await using before = await openCouncil();
  const highways = '19:highways@thread.tacv2';
  await before.as('tom-ashcroft').say('use this channel for approvals of Highways', { channel: highways });
  await before.as('tom-ashcroft').press('Yes, use this channel', {}, before.shown(highways).at(-1));
  const [nadiaBefore, ellenBefore, priya] = [
    before.as('nadia-hartley'),
    before.as('ellen-rimmer'),
    before.as('priya-desai'),
  ];
  for (const [number, words] of [
    [1, 'Gritters are out.'],
    [2, 'Moor Lane is shut.'],
    [3, 'Park Lane is shut.'],
  ] as const) {
    await nadiaBefore.say(`propose ${words}`);
    if (number > 1) await nadiaBefore.say(`schedule ${String(number)} Fri 9:00`);
    await nadiaBefore.press('Send to Communications', {}, nadiaBefore.card(number));
    await ellenBefore.press('Pass on to Highways approvers', {}, ellenBefore.card(number));
    if (number > 1)
      await priya.press('Approve: goes out on Fri 27 Nov at 9am', { confirm: 'true' }, priya.card(number));
  }
  await using council = await before.restart({ protocol: renamed });
  await council.pass(minute);
  const [nadia, ellen, joseph] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('joseph-adeyemi'),
  ];
  for (const each of [nadia, ellen, joseph])
    for (const words of ['Gritters are out.', 'Moor Lane is shut.'])
      expect((await each.say('waiting')).at(-1)?.text).toContain(words);

  // Nobody can be asked for approval of it again.
  const asks = (await ellen.say('show 2')).at(-1);
  expect(ellen.buttons(asks)).toContain('Let it go out');
  expect(ellen.buttons(asks)).not.toContain('Ask for approval again');
  expect(asks?.text).toContain('It is a draft then, and is sent once more.');
  await ellen.press('Let it go out', {}, asks);
  for (const each of [nadia, ellen]) {
    const goes = (await each.say('show 2')).at(-1)?.text;
    expect(goes).toContain('Approved, goes out on Fri 27 Nov at 9am');
    expect(goes).not.toContain('another department');
    expect((await each.say('waiting')).at(-1)?.text).not.toContain('Moor Lane is shut.');
  }

  const moved = await ellen.press(
    'Choose this department',
    { department: 'roads' },
    (await ellen.say('show 1')).at(-1),
  );
  expect(moved.text).toContain('#1 · Roads and Travel');
  await council.quiet();
  const inChannel = council.shown(highways).map(({ text }) => text);
  expect(inChannel).toContainEqual(
    expect.stringContaining('It is for Roads and Travel now. Type "show 1" to me in your own chat'),
  );
  expect(inChannel.join(' ')).not.toContain('There is a newer card');
  // It is a draft, which whoever wrote it sends anew; nobody else has to do anything.
  expect((await nadia.say('waiting')).at(-1)?.text).toContain('Gritters are out.');
  expect((await joseph.say('waiting')).at(-1)?.text).not.toContain('Gritters are out.');
  await council.until(Date.UTC(2026, 10, 27, 9, 1));
  expect(council.outside.standing('x-main')).toEqual(['Moor Lane is shut.']);

  // With the department back, nobody is asked for another one.
  await using back = await council.restart({ protocol: (sample) => sample });
  await back.pass(minute);
  const backAgain = (await back.as('nadia-hartley').say('show 3')).at(-1)?.text;
  expect(backAgain).not.toContain('another department');
  expect(backAgain).toContain('Choose another time, or cancel it');
  expect((await back.audit()).findings).toEqual([]);
});

test('where it is not said yet for which department it is, an account of some departments asks for that first', async () => {
  await using council = await openCouncil();
  const bethan = council.as('bethan-prys');
  const [draft] = await bethan.say('propose The tip is closed on Friday.');
  expect(draft?.text).toContain('Which department is it for?');
  const accounts = 'news,instagram-main';
  const form = await bethan.press('Edit', {}, draft);
  const refused = await bethan.press('Save', { accounts, text: 'The tip is shut.' }, form.card);
  expect(refused.text).toContain(
    'Instagram is only for Leisure, Public Health, Waste and Highways. First save this without it and choose on its card which department it is for. Then edit it again and add Instagram.',
  );
  await bethan.press('Save', { accounts: 'news', text: 'The tip is shut.' }, form.card);
  await bethan.press('Waste', {}, bethan.card(1));
  const again = await bethan.press('Edit', {}, bethan.card(1));
  await bethan.press('Save', { accounts }, again.card);
  expect((await council.post(1)).revision).toMatchObject({
    text: 'The tip is shut.',
    accounts: accounts.split(','),
  });
});
