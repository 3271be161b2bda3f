import { createServer } from 'node:http';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { passedOn } from './beginnings.ts';
import { inputsIn } from './card.ts';
import { openCouncil, type Somebody } from './council.ts';
import { ended, listening } from '../peers/listening.ts';

test('a near miss, a number alone, an unknown number, a post of another department, a stranger', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  const [near] = await ellen.say('propse for Highways: The road is open again.');
  expect(near?.text).toContain('Did you mean "propose for Highways: The road is open again."?');
  const [noun] = await ellen.say('Proposal: The road is open again.');
  expect(noun?.text).toContain('Did you mean "propose The road is open again."?');
  await ellen.press('Yes: propose for Highways: The road is open again.', {}, near);
  expect((await council.post(2)).revision.text).toBe('The road is open again.');
  const [one] = await ellen.say('1');
  expect(one?.text).toContain('#1 · Highways and Transport');
  const [none] = await ellen.say('show 99');
  expect(none?.text).toContain('There is no post #99 that you can see.');
  const [hidden] = await council.as('bethan-prys').say('show 1');
  expect(hidden?.text).toContain('There is no post #1 that you can see.');
  const [stranger] = await council.stranger('aad-x', 'x@elsewhere.example').say('posts');
  expect(stranger?.text).toContain('I do not know you yet');
  // Other words for a command: what does something is offered by how the post stands, and nothing happens by a guess.
  const [gone] = await ellen.say('take down 2');
  expect(gone?.text).toContain('Did you mean "cancel 2"? You typed "take down 2". Nothing has happened yet.');
  const [decide] = await ellen.say('approve 1');
  // Nobody has to decide on a draft: its card comes without that advice.
  expect(decide?.text).toContain('[Send to Highways approvers]');
  expect(decide?.text).not.toContain('Read it once more');
  const [undo] = await ellen.say('undo 1');
  expect(ellen.buttons(undo)).toEqual(['Yes: edit 1', 'Yes: cancel 1', 'All commands']);
  const [should] = await ellen.say('Should I hold all?');
  expect(ellen.buttons(should)).toEqual(['Yes: hold all', 'All commands']);
  for (const [typed, answer] of [
    ['who am i', 'Highways and Transport Write: Nadia Hartley'],
    ['who approves highways', 'Highways and Transport Write: Nadia Hartley'],
    ['whx are the bins late', 'I did not understand that'],
    ['hodl post 1', 'Did you mean "hold post 1"?'],
    ['holdall', 'Did you mean "hold all"?'],
    ['hold-everything', 'Did you mean "hold everything"?'],
    ['calender for today', 'Did you mean "calendar"?'],
    ['what’s waiting?', 'Nothing waits for you.'],
    ['my posts', '#1 · Highways'],
    ['thanks', 'You are welcome'],
    ['unpublish', 'Please add its number'],
  ] as const) {
    expect((await ellen.say(typed)).at(-1)?.text).toContain(answer);
  }
  expect([(await council.post(1)).status.is, (await council.post(2)).status.is]).toEqual(['draft', 'draft']);
  const [odd] = await ellen.say('lorem ipsum');
  expect(odd?.text).toContain('I did not understand that');
  const [where] = await council.as('sam-kenrick').say('propose The office is closed.');
  expect(where?.text).toContain('Which department is it for?');
  await council.as('sam-kenrick').press('Planning', {}, where);
  expect((await council.post(3)).department).toBe('planning');
  expect((await council.audit()).findings).toEqual([]);
});

test('whoever says yes to nothing in particular sees what waits for them, and a no by its number opens the card with the note', async () => {
  await using council = await openCouncil();
  const [nadia, ellen, priya] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('priya-desai'),
  ];
  // Nothing waits yet: it is small talk.
  expect((await priya.say('OK')).at(-1)?.text).toContain('You are welcome');
  await nadia.say('propose The road is shut.');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  // What tells residents what to do may be a note to whoever wrote, and is none unasked.
  const books = 'Send it back: return your library books to any of our libraries by Friday';
  expect(ellen.buttons((await ellen.say(books)).at(-1))).toEqual(['Open #1', `Yes: propose ${books}`]);
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(1));
  for (const typed of [
    'OK',
    'fine',
    'Great!',
    'perfect',
    'looks good to me',
    'agree',
    '👍',
    'done',
    'go ahead',
    'yes',
    'I approve',
    'yes please',
    'OK to go',
    'not ok',
    'OK 👍',
    'go for it',
    'send it back',
    'OK but change the day',
  ]) {
    const answer = (await priya.say(typed)).at(-1);
    expect(answer?.text, typed).toContain('Read it once more, then press the button below.');
    expect(priya.buttons(answer), typed).toContain('Approve: goes out now');
    expect(priya.buttons(answer), typed).toContain('Send back with a note');
    expect(inputsIn(answer?.card ?? {})['note'] ?? '', typed).toBe(
      typed.startsWith('OK but') ? 'change the day' : '',
    );
  }
  // Nobody waits for her any more.
  expect(ellen.buttons((await ellen.say(books)).at(-1))).toEqual([`Yes: propose ${books}`]);
  expect((await council.post(1)).status.is).toBe('in-review');
  expect((await nadia.say('ok')).at(-1)?.text).toContain('You are welcome');
  const no = (await priya.say('do not publish 1')).at(-1);
  expect(priya.buttons(no)).toContain('Do not publish');
  expect((await nadia.say('do not publish 1')).at(-1)?.text).toContain('Did you mean "hold 1"?');
  const back = (await priya.say('send back 1: Which shops?')).at(-1);
  expect(inputsIn(back?.card ?? {})).toMatchObject({ note: 'Which shops?' });
  await priya.press('Send back with a note', {}, back);
  expect((await council.post(1)).status.is).toBe('sent-back');
  expect(nadia.card(1).text).toContain('Which shops?');
  // Nothing of it is on its way any more that could be held.
  const resting = (await nadia.say('do not publish #1')).at(-1);
  expect(resting?.text).not.toContain('hold');
  expect(resting?.text).toContain('To give it up for good, press "Cancel this post".');
  expect(nadia.buttons(resting)).toContain('Edit');
  // Nothing waits for her decision, and her own post is not sent.
  expect((await nadia.say('yes please')).at(-1)?.text).toContain('#1 is still with you');

  // Of several it is the list that says what waits.
  for (const number of [2, 3]) {
    await nadia.say('propose The road is open.');
    await nadia.press('Send to Communications', {}, nadia.card(number));
  }
  const several = (await ellen.say('ok thanks')).at(-1)?.text;
  expect(several).toMatch(/#2 .*#3 /u);
  expect((await council.audit()).findings).toEqual([]);
});

test('a wish of no post by its number stands in the note of the one card that waits, and else asks which post is meant', async () => {
  await using council = await openCouncil();
  const [nadia, priya] = [council.as('nadia-hartley'), council.as('priya-desai')];
  expect((await priya.say('change 4pm to 5pm')).at(-1)?.text).toContain('Which post?');
  await passedOn(council, 'The road is shut until 4pm.');
  const noted = (await priya.say('Please change 4pm to 5pm')).at(-1);
  expect(noted?.text).toContain('Your words stand in its note, and nobody has read them yet.');
  expect(inputsIn(noted?.card ?? {})).toMatchObject({ note: 'change 4pm to 5pm' });
  for (const typed of ['can you change 4pm to 5pm', 'OK but change 4pm to 5pm']) {
    const which = (await nadia.say(typed)).at(-1);
    expect(which?.text).toContain('#1: "The road is shut until 4pm."');
    expect(nadia.buttons(which)).toEqual(['Edit #1']);
  }
  // What is not to go out can be held, where nobody is asked.
  for (const typed of ['do not publish', 'not yet']) {
    const hold = (await nadia.say(typed)).at(-1);
    expect(hold?.text).toContain('Nothing is held yet.');
    expect(nadia.buttons(hold)).toEqual(['Hold #1']);
  }
  await passedOn(council, 'The road is open.');
  expect(priya.buttons((await priya.say('make it 5pm')).at(-1))).toEqual(['Open #1', 'Open #2']);
  // It may be for residents as well.
  const either = (await nadia.say('Change the clocks to winter time tonight.')).at(-1);
  expect(nadia.buttons(either)).toEqual([
    'Edit #2',
    'Edit #1',
    'Yes: propose Change the clocks to winter time tonight.',
  ]);
  expect((await council.audit()).findings).toEqual([]);
});

test('a command without a number offers the posts that its words name, and words that nobody understands what they may be about', async () => {
  await using council = await openCouncil();
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  const last = async (who: Somebody, typed: string): Promise<readonly [string, readonly string[]]> => {
    const answer = (await who.say(typed)).at(-1);
    return [answer?.text ?? '', who.buttons(answer)];
  };
  // Nothing is there that could be meant.
  expect(await last(nadia, 'hold the post about Liverpool Road')).toEqual([
    'Which post? Please add its number, such as "hold 142".',
    [],
  ]);
  expect(await last(nadia, 'gobbledygook')).toEqual([
    expect.stringContaining('I did not understand that Nothing has happened.'),
    ['What waits for me', 'All commands'],
  ]);
  await passedOn(council, 'Liverpool Road is shut.');
  await nadia.say('propose The A565 is open again.');
  expect(await last(ellen, 'hold the post about Liverpool Road')).toEqual([
    expect.stringContaining('#1: "Liverpool Road is shut."'),
    ['Hold #1'],
  ]);
  expect((await last(ellen, 'show me the one about the A565'))[1]).toEqual(['Open #2']);
  expect((await last(nadia, 'cancel it'))[1]).toEqual(['Cancel #2', 'Cancel #1']);
  // What takes nothing down is offered to be edited; a time alone is one of what is to go out.
  expect((await last(nadia, 'remove the last sentence'))[1]).toEqual(['Edit #2', 'Edit #1']);
  expect((await last(nadia, 'friday at 10'))[1]).toEqual([
    'Yes: schedule 2 friday at 10',
    'Yes: schedule 1 friday at 10',
    'All commands',
  ]);
  // A draft is not on its way, so that nothing of it is held.
  expect((await last(nadia, 'hold on'))[1]).toEqual(['Hold #1']);
  // A number that says how long is of no post.
  for (const typed of ['hold 1 second please', 'Hold 2 mins', 'hold 1 sec'])
    expect(await last(nadia, typed)).toEqual([expect.stringContaining('Nothing is held yet'), ['Hold #1']]);
  // A figure that is no number of a post may be a slip.
  expect((await last(nadia, 'cancel 1.5'))[1]).toEqual([]);
  expect((await last(ellen, 'the A565 post is wrong'))[1]).toEqual([
    'Open #2',
    'What waits for me',
    'All commands',
  ]);
  // Others read along in a Teams channel: of what is not public nothing stands there but its number.
  for (const typed of ['gobbledygook', 'cancel it', 'change 4pm to 5pm']) {
    const there = (await nadia.say(typed, { channel: 'highways' })).at(-1);
    expect(nadia.buttons(there).join(' '), typed).toContain('#2');
    expect(there?.text, typed).not.toContain('A565');
  }
  expect((await last(council.as('priya-desai'), 'gobbledygook'))[1]).toEqual([
    'Open #1',
    'What waits for me',
    'All commands',
  ]);
  expect([(await council.post(1)).status.is, (await council.post(2)).status.is]).toEqual([
    'in-review',
    'draft',
  ]);
  expect((await council.audit()).findings).toEqual([]);
});

test('where a proposal is to go is taken, or asked about, and never part of the post unasked', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const open = 'Moor Lane in Crosby reopened at 5pm.';
  await nadia.say(`propose on Nextdoor only: ${open}`);
  expect((await council.post(1)).revision).toMatchObject({ text: open, accounts: ['nextdoor-sefton'] });
  const [elsewhere] = await nadia.say(`propose on LinkedIn only: ${open}`);
  expect(elsewhere?.text).toContain('The council has no account there that Crier knows');
  await nadia.press('Take "on LinkedIn only:" out', {}, elsewhere);
  expect((await council.post(2)).revision.text).toBe(open);
  const [but] = await nadia.say(`propose everywhere but X: ${open}`);
  const take = nadia
    .buttons(but)
    .find((title) => title.startsWith('Take "everywhere but X:" out and make it for'));
  await nadia.press(take ?? '', {}, but);
  expect((await council.post(3)).revision.text).toBe(open);
  expect((await council.post(3)).revision.accounts).not.toContain('x-main');
  expect((await council.post(3)).revision.accounts).toContain('nextdoor-sefton');
  const press = async (said: string): Promise<void> => {
    const [asked] = await nadia.say(`propose ${said}${open}`);
    const take = nadia.buttons(asked).filter((title) => title.startsWith('Take '));
    expect(take).toEqual([expect.stringContaining(' out and make it for ')]);
    await nadia.press(take[0] ?? '', {}, asked);
  };
  for (const [n, front, left] of [
    [4, 'everywhere apart from Facebook, ', 'facebook-main'],
    [5, 'everywhere but X\n', 'x-main'],
    [6, 'Not for Facebook: ', 'facebook-main'],
    [7, 'for Highways on everything but Facebook: ', 'facebook-main'],
    [8, 'Everywhere but X. ', 'x-main'],
  ] as const) {
    await press(front);
    const { revision, department } = await council.post(n);
    expect({ text: revision.text, department }).toEqual({ text: open, department: 'highways' });
    expect(revision.accounts).toContain('news');
    expect(revision.accounts).not.toContain(left);
  }
  // Everywhere is where it can go: without a picture not on Instagram, and without a video not on YouTube.
  expect((await council.post(8)).revision.accounts).toEqual([
    'news',
    'facebook-main',
    'bluesky-main',
    'nextdoor-sefton',
  ]);
  expect(nadia.buttons(nadia.card(8))).toContain('Send to Communications');
  // Where nobody can tell where it should not go, or nothing would be left, there is the form and no choice.
  for (const unclear of [
    'everywhere but X and the parish letter: ',
    'not on X and Facebook, nor on our news site: ',
  ]) {
    const [asked] = await nadia.say(`propose ${unclear}${open}`);
    expect(asked?.text).toContain('I cannot tell what that leaves out');
    expect(nadia.buttons(asked)).toEqual([expect.stringMatching(/^Edit #\d+$/u), 'It is right as it is']);
  }
  expect((await council.audit()).findings).toEqual([]);
});

test('a mark in front of a command, as after a mention, keeps it from nothing', async () => {
  await using council = await openCouncil();
  const channel = '19:highways@thread.tacv2';
  const nadia = council.as('nadia-hartley');
  const ellen = council.as('ellen-rimmer');
  await nadia.say(', propose The road is shut.', { channel });
  expect((await council.post(1)).revision.text).toBe('The road is shut.');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  await nadia.say(', hold 1', { channel });
  expect((await council.post(1)).status.is).toBe('held');
  for (const typed of [
    ', stop everything',
    ': stop everything',
    '> stop everything',
    '* stop everything',
    '- stop everything',
    '"stop everything"',
    '"stop everything',
    '*stop everything*',
    'Crier… stop everything',
  ]) {
    const texts = (await ellen.say(typed)).map(({ text }) => text);
    expect(texts, typed).toContainEqual(expect.stringContaining('Stop everything?'));
  }
  expect((await ellen.say(', waiting')).at(-1)?.text).toContain('#1');
  expect((await ellen.say(', thanks')).at(-1)?.text).toContain('You are welcome');
  const [list] = await nadia.say('- Bins are late, and boxes too');
  expect(nadia.buttons(list)).toEqual(['Yes: propose - Bins are late, and boxes too']);
});

test('a figure that goes on is no number of a post, a lone department no text, "hold al" no riddle', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const ellen = council.as('ellen-rimmer');
  const answer = async (who: typeof nadia, typed: string) => ({ text: (await who.say(typed)).at(-1)?.text });
  await nadia.say('propose: The gritters are out on the main roads.');
  expect((await council.post(1)).revision.text).toBe('The gritters are out on the main roads.');
  for (const typed of ['cancel 1.5', 'cancel 1,500', 'cancel 1-300', 'cancel 1/2']) {
    expect((await answer(nadia, typed)).text).toContain('Which post?');
  }
  expect((await council.post(1)).status.is).toBe('draft');
  for (const typed of ['propose for', 'propose for Highways', 'propose for roads']) {
    expect((await answer(nadia, typed)).text).toContain('What should it say?');
  }
  await expect(council.post(2)).rejects.toThrow('no post');
  const martin = council.as('martin-sedgwick');
  expect((await answer(martin, 'propose The road is open.')).text).toContain(
    'You do not write for a department.',
  );
  expect((await answer(nadia, 'propose for Waste: Bins are late.')).text).toContain(
    'You cannot write for Waste.',
  );
  // What was refused has used up no number.
  await nadia.say('propose for 2 hours the road is closed');
  expect((await council.post(2)).revision.text).toBe('for 2 hours the road is closed');
  expect((await answer(ellen, 'hold al')).text).toContain('Did you mean "hold all"?');
  expect((await answer(nadia, 'hold all')).text).toContain('You cannot hold everything.');
  // Nothing of it is public, so that nobody could take it down.
  expect((await answer(nadia, 'remove 1')).text).toContain('There is nothing to take down');

  await nadia.say('show 1');
  await nadia.press('Send to Communications');
  const old = ellen.card(1);
  await council.as('joseph-adeyemi').press('Pass on to Highways approvers');
  const late = await ellen.press('Pass on to Highways approvers', {}, old);
  expect(late.text).toContain(
    'Joseph Adeyemi passed this on a moment ago. It is now with Highways approvers.',
  );
});

test('a picture: no place in its bytes, described in the card, and only what Teams keeps is fetched', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#336' } })
    .withExif({ IFD0: { Make: 'Camera' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '53/1 29/1 0/1' } })
    .jpeg()
    .toBuffer();
  expect((await sharp(jpeg).metadata()).exif).toBeDefined();
  const files: Record<string, Buffer> = {
    '/road.jpg': jpeg,
    '/drawing.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    '/huge.jpg': Buffer.concat([jpeg, Buffer.alloc(11 * 1024 * 1024)]),
  };
  const original = council.connector.handle;
  const server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    if (file === undefined) original(request, response);
    else response.end(file);
  });
  const { url: base } = await listening(server);
  try {
    const elsewhere = await nadia.say('propose', {
      attachments: [{ contentType: 'image/jpeg', contentUrl: `${base}/road.jpg`, name: 'road.jpg' }],
    });
    expect(elsewhere.at(-1)?.text).toContain('It is not kept in Teams.');
    await expect(council.post(1)).rejects.toThrow('no post');

    const send = async (name: string, words = '') =>
      await nadia.say(`propose ${words}`, {
        serviceUrl: base,
        attachments: [{ contentType: 'image/jpeg', contentUrl: `${base}/${name}`, name }],
      });
    expect((await send('drawing.svg')).at(-1)?.text).toContain('It is nothing that I can use.');
    expect((await send('huge.jpg')).at(-1)?.text).toContain('It is larger than 10 MB.');
    await send('road.jpg', 'The road is open again.');
    const post = await council.post(1);
    const [medium] = post.revision.media;
    const kept = await council.blobs.get(medium?.hash ?? '');
    expect((await sharp(kept).metadata()).exif).toBeUndefined();
    expect(nadia.card(1).text).toContain('Picture is not described yet');
    const blocked = await nadia.press('Send to Communications', {}, nadia.card(1));
    expect(blocked.text).toContain('It cannot go yet.');
    const said = {
      'alt:0': 'An open road in Crosby',
      'seen:0': 'children',
      'whose:0': 'ours',
      'form:0': '',
    };
    expect(nadia.card(1).text).toContain('Answer "Who can be recognised?" beside it.');
    // What was answered on the card is not lost to who presses Edit instead.
    const form = await nadia.press('Edit', said, nadia.card(1));
    expect(inputsIn(form.card ?? {})).toMatchObject({
      'alt:0': 'An open road in Crosby',
      'seen:0': 'children',
    });
    await nadia.press('Back without saving', {}, form.card);
    const unproven = await nadia.press('Send to Communications', said, nadia.card(1));
    expect(unproven.text).toContain('the reference of the signed form is missing');
    await nadia.press('Send to Communications', { 'form:0': 'PC-114' }, nadia.card(1));
    expect((await council.post(1)).status.is).toBe('in-review');
    await council.as('ellen-rimmer').press('Pass on to Highways approvers');
    expect(council.as('priya-desai').card(1).text).toContain(
      "Children can be recognised, form PC-114 · the council's own picture",
    );
    await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
    expect((await council.get(`/media/${medium?.hash ?? ''}`)).status).toBe(200);
    // The same photo again: a use is found by what is kept, whoever sent it and whatever state it is in.
    await send('road.jpg', 'The road is open again.');
    await nadia.say('propose The library is open.');
    const uses = (await nadia.say('where used 1')).at(-1);
    expect(uses?.text).toContain('Where the pictures of #1 are used: 2 posts');
    expect(uses?.text).toMatch(/#2 .*Draft.*#1 .*Published/u);
    expect((await nadia.say('where used 3')).at(-1)?.text).toContain('#3 has no picture');
    await council.as('ellen-rimmer').say('remove 1');
    expect((await council.get(`/media/${medium?.hash ?? ''}`)).status).not.toBe(200);
  } finally {
    await ended(server);
  }
});

test('whoever decides by a number gets the card on which one decides', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  const [decide] = await priya.say('approve 1');
  expect(decide?.text).toContain('Read it once more, then press the button below.');
  expect(priya.buttons(decide)).toContain('Approve: goes out now');
  expect((await council.post(1)).status.is).toBe('in-review');
});

test('a department that is written nearly, or without its colon, is asked about, and its words do not slip out unseen', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const nearly = (await nadia.say('propose Higways: the road is shut')).map(({ text }) => text);
  expect(nearly).toContainEqual(expect.stringContaining('"Higways:" is part of the text of #1 now.'));
  const bare = (await nadia.say('propose for Highways The road is shut')).map(({ text }) => text);
  expect(bare).toContainEqual(expect.stringContaining('"for Highways" is part of the text of #2 now.'));
  expect((await council.post(2)).revision.text).toBe('for Highways The road is shut');
  // On a line of its own nothing else can be meant.
  await council.as('ellen-rimmer').say('propose for Highways\nThe road is shut.');
  expect(await council.post(3)).toMatchObject({
    department: 'highways',
    revision: { text: 'The road is shut.' },
  });
  await council.as('ellen-rimmer').say('propose for Highways - the A565 is open');
  expect(await council.post(4)).toMatchObject({
    department: 'highways',
    revision: { text: 'the A565 is open' },
  });
  // A word that nearly is a department is a heading where the text goes on small, or the department is not theirs.
  const asks = async (somebody: Somebody, words: string) =>
    (await somebody.say(words))
      .map(({ text }) => text)
      .join(' ')
      .includes('Did you mean the department');
  const ellen = council.as('ellen-rimmer');
  expect(await asks(ellen, 'propose Election: how to vote by post')).toBe(false);
  expect(await asks(ellen, 'propose Election: Polling stations open at 7am.')).toBe(true);
  expect(await asks(nadia, 'propose Election: How to vote by post.')).toBe(false);
  expect(await asks(nadia, 'propose Elctions: how to vote by post')).toBe(true);
  expect(await asks(ellen, 'propose Leisur: how to swim free')).toBe(true);
  expect(await asks(nadia, 'propose Highway: how to tell us of a pothole')).toBe(false);
  expect(await asks(nadia, 'propose highway: the road is shut')).toBe(true);
  for (const plain of ['propose Reminder: the road is shut', 'propose For free parking use the A565.']) {
    const answers = await nadia.say(plain);
    expect(answers.map(({ text }) => text).join(' ')).not.toContain('Did you mean');
  }
  // What names the department and may head the text as well goes with a word of it.
  const headed = (await nadia.say('propose Traffic: the road is shut')).map(({ text }) => text);
  expect(headed).toContainEqual(expect.stringContaining('I took "Traffic:" as said to me'));
  const plainly = (await nadia.say('propose traffic: The road is shut')).map(({ text }) => text);
  expect(plainly.join(' ')).not.toContain('I took');
});

test('words in front of a text that may head it or be for Crier are said, with a button each way', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const sam = council.as('sam-kenrick');
  const draft = async (number: number) => {
    const { revision, department } = await council.post(number);
    return [revision.text, revision.urgency, revision.accounts.length, department];
  };
  const asked = async (who: Somebody, typed: string) =>
    (await who.say(typed)).find(({ text }) => text.includes('It is right as it is'));
  // Nobody makes an emergency of a heading, and nobody makes one unsaid.
  const heading = await asked(sam, 'propose Emergency Housing: How to get help tonight');
  expect(heading?.text).toContain('Should residents read "Emergency Housing:"?');
  expect(sam.buttons(heading)).toEqual([
    'Take "Emergency Housing:" out and make it an emergency and for Housing',
    'It is right as it is',
  ]);
  const [, , all] = await draft(1);
  expect(await draft(1)).toEqual(['Emergency Housing: How to get help tonight', 'normal', all, undefined]);
  const out = 'Take "Emergency Housing:" out and make it an emergency and for Housing';
  expect((await sam.press(out, {}, heading)).text).toContain(
    '#1 begins "How to get help tonight" now, and is an emergency.',
  );
  expect(await draft(1)).toEqual(['How to get help tonight', 'emergency', all, 'housing']);
  const taken = await asked(nadia, 'propose Urgent: road closed at Moor Lane');
  expect(taken?.text).toContain('#2 is urgent I took "Urgent:" as said to me, so residents do not read it.');
  const back = 'Put "Urgent:" in the text and make it not urgent';
  expect(nadia.buttons(taken)).toEqual([back, 'It is right as it is']);
  expect((await nadia.press(back, {}, taken)).text).toContain(
    '#2 begins "Urgent: road closed at Moor Lane" now, and is no longer urgent.',
  );
  expect((await draft(2)).slice(0, 2)).toEqual(['Urgent: road closed at Moor Lane', 'normal']);
  // A department that somebody does not write for is no dead end.
  const bins = await asked(nadia, 'propose Bins: collections move to Tuesday');
  expect(nadia.buttons(bins)).toEqual(['Take "Bins:" out', 'It is right as it is']);
  expect((await draft(3)).slice(0, 1)).toEqual(['Bins: collections move to Tuesday']);
  const page = await asked(nadia, 'propose Our Facebook page: Join us today');
  expect(
    (await nadia.press('Take "Our Facebook page:" out and make it for Facebook', {}, page)).text,
  ).toContain('#4 begins "Join us today" now. It goes to Facebook.');
  expect(await draft(4)).toEqual(['Join us today', 'normal', 1, 'highways']);
  // A time in front is neither lost nor public unseen, and no guess either.
  const timed = await asked(nadia, 'propose for tomorrow 9am: The A565 is open.\nurgent');
  expect(nadia.buttons(timed)).toEqual([
    'Take "for tomorrow 9am:" out and make it go out tomorrow at 9am',
    'Take "urgent" out and make it urgent',
    'It is right as it is',
  ]);
  expect((await draft(5)).slice(0, 2)).toEqual(['for tomorrow 9am: The A565 is open.\nurgent', 'normal']);
  const one = await nadia.press('Take "urgent" out and make it urgent', {}, timed);
  expect(one.text).toContain('Should residents read "for tomorrow 9am:"?');
  const planned = await nadia.press(
    'Take "for tomorrow 9am:" out and make it go out tomorrow at 9am',
    {},
    one.card,
  );
  expect(planned.text).toContain('#5 begins "The A565 is open." now, and is urgent.');
  expect(planned.text).toContain('Its time is tomorrow, Wed 25 Nov, at 9am.');
  expect((await draft(5)).slice(0, 2)).toEqual(['The A565 is open.', 'urgent']);
  expect((await council.post(5)).when?.wall).toBe('2026-11-25T09:00');
  // Another question does not keep this one from being read, nor this one the other.
  const ends = (await nadia.say('propose Urgent: The A59 is shut.\nuntil 31 February')).map(
    ({ text }) => text,
  );
  expect(ends).toContainEqual(
    expect.stringMatching(/I took "until 31 February" .* I took "Urgent:" as said to me/u),
  );
  const both = await sam.say('propose for Housing, urgent, on Instagram: The office is shut.');
  expect(both.map(({ text }) => text).join(' ')).toMatch(
    /#7 does not go to Instagram.* #7 is urgent I took/u,
  );
  // What has been changed since is shown as it is.
  const again = await nadia.press('Take "Our Facebook page:" out and make it for Facebook', {}, page);
  expect(again.text).toContain('What the public will read');
  expect((await council.audit()).findings).toEqual([]);
});

test('what is told to Crier in front of a text is done or asked about, and a department that nobody knows stays in the text', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const ellen = council.as('ellen-rimmer');
  const all = async (somebody: Somebody, typed: string): Promise<string> =>
    (await somebody.say(typed)).map(({ text }) => text).join(' ');
  await ellen.say('propose for Highways, urgent, on Facebook only: The road is shut.');
  expect(await council.post(1)).toMatchObject({
    department: 'highways',
    revision: { text: 'The road is shut.', urgency: 'urgent', accounts: ['facebook-main'] },
  });
  // An account that the department may not use is none, which is said.
  expect(
    await all(council.as('sam-kenrick'), 'propose for Housing on Instagram: The office is shut.'),
  ).toContain('#2 does not go to Instagram');
  expect((await council.post(2)).revision.accounts).not.toContain('instagram-main');
  expect(await all(nadia, 'propose Bins and Highways: test')).toContain(
    '"Bins and Highways:" is part of the text of #3 now.',
  );
  expect(await all(ellen, 'propose housing and planning: A joint drop-in')).toContain(
    'I took "housing and planning:" for the departments Housing and Planning, so it is no part of the text of #4.',
  );
  expect((await council.post(4)).revision.text).toBe('A joint drop-in');
  for (const nothing of ['propose highways', 'I want to propose a post', 'propose on facebook'])
    expect(await all(nadia, nothing)).toContain('What should it say?');
  await expect(council.post(5)).rejects.toThrow('no post');
  expect(await all(nadia, 'propose for the moon: The road is shut.')).toContain(
    'Should residents read "for the moon:"? "for the moon:" is part of the text of #5 now.',
  );
  expect((await council.post(5)).revision.text).toBe('for the moon: The road is shut.');
});

test('a message that is changed in Teams counts as it was sent, and whoever changes it hears so', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const changes = async (activityId: string, typed: string, where: { readonly channel?: string } = {}) =>
    await nadia.say(typed, { activityId, edits: true, ...where });
  await nadia.say('propose The road is shut.\nuntil 4pm', { activityId: 'm-1' });
  // Teams tells of a preview of a link as well, which changes no words.
  expect(await changes('m-1', 'propose The road is shut.\nuntil 4pm')).toEqual([]);
  const [answer] = await changes('m-1', 'propose The road is open.');
  expect(answer?.text).toContain('#1 still says what it said');
  expect(answer?.text).toContain('I go by what a message says when it is sent.');
  expect(nadia.buttons(answer)).toEqual(['Edit #1']);
  expect(await changes('m-1', 'propose The road is open.')).toEqual([]);
  expect((await council.post(1)).revision.text).toBe('The road is shut.');
  expect(inputsIn((await nadia.press('Edit #1', {}, answer)).card ?? {})).toMatchObject({
    text: 'The road is shut.',
  });

  const roads = { channel: 'channel-roads' };
  await nadia.say('propose The bridge is shut.', { activityId: 'm-2', ...roads });
  const [there] = await changes('m-2', 'propose The bridge is open.', roads);
  expect(there?.text).toContain('#2 still says what it said');
  // A slip that is put right in its place is done by the button; small talk is nobody's business.
  await nadia.say('hodl 2', { activityId: 'm-3' });
  const [held] = await changes('m-3', 'cancel 2');
  expect(held?.text).toContain('I go by what a message says when it is sent');
  await nadia.press('Yes: cancel 2', {}, held);
  expect((await council.post(2)).status.is).toBe('cancelled');
  await nadia.say('thnaks', { activityId: 'm-4' });
  expect(await changes('m-4', 'thanks')).toEqual([]);
  const between = { ...roads, unmentioned: true, edits: true } as const;
  expect(await nadia.say('propose Between us.', { activityId: 'm-5', ...between })).toEqual([]);
  // A link that is no part of the text has a preview as well.
  const linked = 'propose The gritters are out. https://localhost/map.png';
  await nadia.say(linked, { activityId: 'm-6' });
  expect((await council.post(3)).revision.text).toBe('The gritters are out.');
  expect(await changes('m-6', linked)).toEqual([]);
});

test.each([
  ['The road is shut.\nuntil 4pm', 'The road is shut.\nuntil 6pm'],
  ['The road is shut.', 'urgent: The road is shut.'],
  ['urgent: The road is shut.', 'The road is shut.'],
  ['The road is shut.', 'on Facebook only: The road is shut.'],
  ['for Highways: The road is shut.', 'for Waste: The road is shut.'],
])('a message that is changed in what it tells Crier is answered: %j, then %j', async (first, then) => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say(`propose ${first}`, { activityId: 'm' });
  // What was chosen on its card since is no change of the message, nor is a blank more.
  const form = (await ellen.say('edit 1')).at(-1);
  await ellen.press('Save', { text: 'The road is shut again.' }, form);
  const again = async (typed: string) => await ellen.say(typed, { activityId: 'm', edits: true });
  expect(await again(`propose  ${first.replace('road is', 'road  is')} `)).toEqual([]);
  const [answer] = await again(`propose ${then}`);
  expect(answer?.text).toContain('#1 still says what it said');
  expect(ellen.buttons(answer)).toEqual(['Edit #1']);
});

test.each([':', '...', '\u200B\u200B', ' \u2060 !'])(
  'a text in which there is nothing to read is no post: %j',
  async (nothing) => {
    await using council = await openCouncil();
    const nadia = council.as('nadia-hartley');
    const [answer] = await nadia.say(`propose ${nothing}`);
    expect(answer?.text).toContain('What should it say?');
    await nadia.say('propose The road is shut.');
    const form = await nadia.press('Edit', {}, nadia.card(1));
    const saved = await nadia.press('Save', { text: nothing }, form.card);
    expect(saved.text).toContain('There is nothing to say yet.');
  },
);

test('good manners before a command are as good as none, and what is offered keeps the letters of its writer', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const clinic = 'NHS clinic at Bootle Library, see https://x.gov.uk/AbC.';
  const long = `Liverpool Road in Crosby is CLOSED at Moor Lane while we mend a burst main.\nPlease use the A565, and allow ½ an hour more.`;
  for (const [i, [lead, text]] of (
    [
      ['Please propose ', clinic],
      ['pls propose: ', clinic],
      ['can you please propose ', clinic],
      ['I’d like to propose ', clinic],
      ['Hi Crier, propose ', clinic],
      ['Good morning Crier!\nCould you propose ', long],
      ['crier propose ', long],
    ] as const
  ).entries()) {
    await nadia.say(`${lead}${text}`);
    expect((await council.post(i + 1)).revision.text).toBe(text);
  }
  // Whoever only wonders is asked, with their own letters.
  const [should] = await nadia.say(`Should I propose ${clinic}`);
  expect(should?.text).toContain(`Did you mean "propose ${clinic}"?`);
  await nadia.press(`Yes: propose ${clinic}`, {}, should);
  expect((await council.post(8)).revision.text).toBe(clinic);
  const [near] = await nadia.say(`Hello, please propse ${clinic}`);
  expect(nadia.buttons(near)).toContain(`Yes: propose ${clinic}`);
  for (const [typed, answer] of [
    ['Hello there', 'Hello from Sefton'],
    ['Hi Crier!', 'Hello from Sefton'],
    ['hello from Bootle', 'Hello from Sefton'],
    ['Crier help', 'What you can type'],
    ['Hi, what’s waiting?', 'Nothing waits for you.'],
    ['Good news for everybody who lives in Bootle', 'I did not understand that'],
    ['Hello, the road in Crosby is shut until noon', 'I did not understand that'],
    ['can you cancel 1', 'Did you mean "cancel 1"?'],
  ] as const) {
    expect((await nadia.say(typed)).at(-1)?.text).toContain(answer);
  }
  expect((await council.post(1)).status.is).toBe('draft');
  await nadia.say('show 2');
  await nadia.press('Send to Communications');
  const [held] = await nadia.say('please hold 2');
  expect(held?.text).toContain('Held');
  expect((await council.post(2)).status.is).toBe('held');
});

test('a sentence that is no command may be what residents should read: it is offered to be proposed, also in a Teams channel', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const moor = 'Moor Lane is shut until 4pm today, please use the A565.';
  const [asked] = await nadia.say(moor);
  expect(asked?.text).toContain('I did not understand that If residents should read it, press the button');
  await nadia.press(`Yes: propose ${moor}`, {}, asked);
  expect((await council.post(1)).revision.text).toBe(moor);
  // Nobody has to mention Crier in their own chat, and whoever does is understood; a greeting may be of the text.
  const works = 'Good morning Crosby! Works at Moor Lane begin.';
  for (const [number, typed, text] of [
    [2, `@Crier propose ${moor}`, moor],
    [3, `Hi @Crier, ${moor}`, moor],
    [4, works, works],
  ] as const) {
    const [answer] = await nadia.say(typed);
    if (number > 2) await nadia.press(`Yes: propose ${text}`, {}, answer);
    expect((await council.post(number)).revision.text).toBe(text);
  }
  expect((await nadia.say('@crier help')).at(-1)?.text).toContain('What you can type');
  const long = `${moor} `.repeat(8).trim();
  const [cut] = await nadia.say(long);
  const title = nadia.buttons(cut)[0] ?? '';
  expect(title).toMatch(/^Yes: propose Moor Lane .*…$/u);
  await nadia.press(title, {}, cut);
  expect((await council.post(5)).revision.text).toBe(long);

  const channel = { channel: 'channel-roads' };
  const there = (await nadia.say(moor, channel)).at(-1);
  await nadia.press(`Yes: propose ${moor}`, {}, there);
  expect((await council.post(6)).revision.text).toBe(moor);
  // A press would leave the picture behind.
  const picture = { contentType: 'image/png', contentUrl: `${council.connector.serviceUrl}/x.png` };
  const withPicture = (await nadia.say(moor, { ...channel, attachments: [picture] })).at(-1);
  expect(withPicture?.text).toContain('send it again with "propose" in front, with its picture');
  expect(nadia.buttons(withPicture)).toEqual([]);

  // A sentence that begins as a command does is still one; what it might be beside that is a press away.
  const people = 'People can park here again on Moor Lane.';
  const [park] = await nadia.say(people);
  expect(nadia.buttons(park)).toEqual([`Yes: propose ${people}`, 'No: the command "people"']);
  expect((await nadia.press('No: the command "people"', {}, park)).text).toContain('Who approves what');
  const tree = 'How to recycle your Christmas tree.';
  expect(nadia.buttons((await nadia.say(tree)).at(-1))).toEqual([
    `Yes: propose ${tree}`,
    'No: the command "help"',
  ]);
  expect((await nadia.say('Waiting for something from tom?')).at(-1)?.text).toContain('Waiting for you');

  // Where a post is named as well, either may be meant; who writes for nobody is offered nothing.
  const [either] = await nadia.say('Bus 1 now stops in Moor Lane');
  expect(nadia.buttons(either)).toEqual(['Open #1', 'Yes: propose Bus 1 now stops in Moor Lane']);
  for (const [person, typed] of [
    ['martin-sedgwick', moor],
    ['nadia-hartley', 'lorem ipsum dolor'],
  ] as const) {
    const [answer] = await council.as(person).say(typed);
    expect(answer?.text).toContain('I did not understand that Nothing has happened.');
  }
});

test('what cannot be done any more says who can do what instead, and offers nothing that would be refused', async () => {
  await using council = await openCouncil();
  const [nadia, ellen, priya] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('priya-desai'),
  ];
  await passedOn(council, 'The gritters are out.');
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
  await council.quiet();
  const remover = 'can take it down. Ask now if it cannot wait.';
  for (const typed of ['cancel 1', 'hold 1']) {
    const [answer] = await nadia.say(typed);
    expect(answer?.text).toContain(remover);
    // The card itself is the answer, with what its author can do.
    expect(nadia.buttons(answer)).toContain('Correct');
    const [own] = await ellen.say(typed);
    expect(own?.text).toContain('To take it down, press "Take it down".');
    expect(ellen.buttons(own)).toContain('Take it down');
  }
  const [taken] = await nadia.say('delete 1');
  expect(taken?.text).toContain('You cannot take this down. Ellen Rimmer, Joseph Adeyemi');
  expect(nadia.buttons(taken)).not.toContain('Yes: remove 1');
  expect(nadia.buttons((await nadia.say('undo 1')).at(-1))).toEqual(['Yes: correct 1', 'All commands']);
  expect(ellen.buttons((await ellen.say('undo 1')).at(-1))).toEqual([
    'Yes: correct 1',
    'Yes: remove 1',
    'All commands',
  ]);
  const [change] = await priya.say('change 1');
  expect(change?.text).toContain('You cannot correct this post. Nadia Hartley, Tom Ashcroft');

  // Whoever wants words out of it wants the post to stay, and no press takes it down.
  for (const typed of ['remove "gritters" from 1', 'Take "gritters" out of #1.', 'remove 1: the last word'])
    expect(ellen.buttons((await ellen.say(typed)).at(-1))).toEqual(['Yes: correct 1', 'All commands']);
  expect((await ellen.say('remove the picture from 1')).at(-1)?.text).toContain('#1 is public');
  // Where it is not to be any more is no part of it, nor is why it comes down.
  expect(ellen.buttons((await ellen.say('take Facebook off 1')).at(-1))).toEqual(['Open #1']);
  expect(ellen.buttons((await ellen.say('remove 1, the picture shows a child')).at(-1))).toEqual([
    'Take down #1 now',
    'Open #1',
  ]);

  const [stays] = await nadia.say('move 1 to waste');
  expect(stays?.text).toContain('#1 stays with Highways');
  expect(stays?.text).toContain('type "propose Waste:" and its words');
  expect(nadia.buttons((await nadia.say('move 1 to next week')).at(-1))).toContain('Yes: schedule 1');

  await ellen.say('propose for Highways: The bridge is shut.');
  expect(ellen.buttons((await ellen.say('cancel the word bridge in 2')).at(-1))[0]).toBe('Yes: edit 2');
  await ellen.press('Send to Highways approvers', {}, ellen.card(2));
  await priya.press('Do not publish', { note: 'It is open.' }, priya.card(2));
  const [decided] = await priya.say('approve 2');
  expect(decided?.text).toContain(
    'It was decided that it is not published, so nobody decides on it any more. If it is still needed, type "propose"',
  );
});

test('a line with the number of a post offers that post at least, and nothing of it happens by a guess', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.say('propose for Highways: The library is open.');
  for (const [typed, buttons] of [
    ['correct the time on 1', ['Correct #1', 'Open #1']],
    ['why not 1', ['Why: #1', 'Open #1']],
    ['cancel not 1', ['Cancel #1', 'Open #1']],
    ['hold the one about gritters 1', ['Hold #1', 'Open #1']],
    ["what's up with 1?", ['Open #1']],
    ['send back 1 wrong road', ['Open #1']],
    ['approve 1, 2', ['Open #1', 'Open #2']],
    ['take 1 down', ['Yes: cancel 1', 'All commands']],
  ] as const) {
    expect(ellen.buttons((await ellen.say(typed)).at(-1))).toEqual(buttons);
  }
  for (const typed of ['show me 1', 'show the post 1', 'pass 1'])
    expect((await ellen.say(typed)).at(-1)?.text).toContain('#1 · Highways and Transport');
  expect((await ellen.say('where is my post?')).at(-1)?.text).toMatch(/#2 · .*#1 · /u);
  expect((await ellen.say('correct the time on 99')).at(-1)?.text).toContain('Please add its number');
  expect((await ellen.say("what's up with 99?")).at(-1)?.text).toContain('I did not understand that');
  expect([(await council.post(1)).status.is, (await council.post(2)).status.is]).toEqual(['draft', 'draft']);
  // Whoever may not decide hears why, as they would by a press.
  await ellen.press('Send to Highways approvers', {}, ellen.card(1));
  for (const [person, typed, why] of [
    ['ellen-rimmer', 'approve 1', 'You wrote this, so somebody else has to approve it'],
    ['claire-whitworth', 'reject 1', 'Only Highways approvers can decide this. Today that is Tom Ashcroft'],
    ['tom-ashcroft', 'approve 1', 'Read it once more'],
  ] as const) {
    expect((await council.as(person).say(typed)).at(-1)?.text).toContain(why);
  }
  await council.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' });
  await ellen.say('correct 1');
  await ellen.press('Ask for this correction', { text: 'The gritters are out.', what: 'We said too much.' });
  expect((await ellen.say('approve 1')).at(-1)?.text).toContain('You wrote this, so somebody else');
  expect((await council.as('claire-whitworth').say('approve 1')).at(-1)?.text).toMatch(
    /Only \S.* can decide this\. Today that is Tom/u,
  );
});

test('no button offers what would be refused, and words about a post are not proposed as a text unasked', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose The road is open.');
  await nadia.press('Send to Communications');
  const offered = async (typed: string): Promise<readonly string[]> =>
    nadia.buttons((await nadia.say(typed)).at(-1));
  expect(await offered('remove facebook from 1')).toEqual(['Open #1']);
  expect(await offered('cancel the post 1')).toEqual(['Cancel #1', 'Open #1']);
  for (const typed of ['delay 1 by an hour', 'postpone 1 a day', 'move 1 somewhat']) {
    const [asked] = await nadia.say(typed);
    expect(nadia.buttons(asked)).toContain('Yes: schedule 1');
    const form = await nadia.press('Yes: schedule 1', {}, asked);
    expect(form.text).not.toContain('I cannot read that time');
    expect(inputsIn(form.card ?? {})).toHaveProperty('when');
  }
  for (const [typed, texts] of [
    ['post 1 on Facebook only', ['1 on Facebook only', 'post 1 on Facebook only']],
    ['propose 1 again', ['1 again']],
    ['Share 1 with a friend.', ['Share 1 with a friend.', '1 with a friend.']],
  ] as const)
    expect(await offered(typed)).toEqual(['Open #1', ...texts.map((text) => `Yes: propose ${text}`)]);
  // What counts something is a text.
  await nadia.say('propose 1 in 5 residents cycles to work.');
  expect((await council.post(2)).revision.text).toBe('1 in 5 residents cycles to work.');
  const [asked] = await nadia.say('propose 1 again');
  await nadia.press('Yes: propose 1 again', {}, asked);
  expect((await council.post(3)).revision.text).toBe('1 again');
});

test('a sentence that begins as a command does can be proposed, whatever the command says to it', async () => {
  await using council = await openCouncil();
  const [ellen, nadia] = [council.as('ellen-rimmer'), council.as('nadia-hartley')];
  for (const [typed, also] of [
    ['Stop everything you are doing and check your smoke alarm.', 'Yes, stop everything'],
    ['Stop idling outside schools.', 'Yes, stop everything'],
    ['Hold all gates open for the marathon on Sunday.', 'Hold everything'],
    ['Why not visit our libraries this weekend?', undefined],
    ['Use this channel to report potholes in Bootle.', undefined],
    ['Moor Lane is closed', undefined],
    ['hold the line: new helpline opens.', undefined],
    ['Waiting lists are down.', 'No: the command "waiting"'],
    ['Edit 1 line of the form.', 'No: the command "edit"'],
    ['Remove 2 bags at a time.', undefined],
    ['Send it back: return your library books to any of our libraries', undefined],
    ['Show your support for local shops this Saturday', 'No: the command "show"'],
    ['Why 20mph? Because it saves lives.', 'No: the command "why"'],
    ['Why 30? Because speed kills.', undefined],
    ["Hold on to your hats, it's windy tonight", 'No: the command "hold"'],
    ['Hold tight, the new playground opens on Saturday', undefined],
    ['Correct your address before you vote', 'No: the command "correct"'],
    ['Post early for Christmas: last posting day is 18 December', undefined],
    ['Cancel 2 subscriptions and save £100 this winter', undefined],
    ['Stop smoking this January with our free service', 'Yes, stop everything'],
    ['Captions are now on all our council meeting videos', 'No: the command "captions"'],
    ['Change is coming to Bootle Strand', undefined],
  ] as const) {
    const [asked] = await ellen.say(typed);
    expect(ellen.buttons(asked)).toContainEqual(expect.stringContaining(`Yes: propose ${typed}`));
    if (also !== undefined) expect(ellen.buttons(asked)).toContain(also);
  }
  const [no] = await nadia.say('Stop everything you are doing and check your smoke alarm.');
  expect(no?.text).toContain('You cannot stop or resume everything');
  await nadia.press('Yes: propose Stop everything you are doing and check your smoke alarm.', {}, no);
  expect((await council.post(1)).revision.text).toContain('check your smoke alarm.');
  // What is said to Crier is no text, and a plain command is asked about as before.
  for (const typed of [
    'has my post gone out?',
    'who needs to approve this',
    'take down the bins post',
    'i am the duty officer',
    'Stop everything please now.',
    'Calendar for next week.',
    'hold the last one please.',
    'Edit 1 because it says Monday.',
    'Correct 1 and change the time please.',
    'Remove 1 because it is wrong.',
    'Hold the post about Moor Lane',
    'Hold on, I need to check the date',
    'Cancel it, the date is wrong',
    'Why 1? I thought it was fine.',
    'Show me what is waiting for me',
    'Stop everything, there is a fire at the plant',
  ])
    expect(ellen.buttons((await ellen.say(typed))[0])).not.toContainEqual(expect.stringContaining('propose'));
});

test('a first word that may be of the text is never only taken off it', async () => {
  await using council = await openCouncil();
  const [nadia, martin] = [council.as('nadia-hartley'), council.as('martin-sedgwick')];
  const offered = async (typed: string) => {
    const [asked] = await nadia.say(typed);
    return { asked, buttons: nadia.buttons(asked) };
  };
  let number = 0;
  for (const [text, cut] of [
    ['New library opens in Crosby on Monday.', 'library opens in Crosby on Monday.'],
    ['Post offices are open on Monday.', 'offices are open on Monday.'],
    ['Draft local plan is open for comment.', 'local plan is open for comment.'],
    ['Write to us about the new park.', 'to us about the new park.'],
    ['New post office opens in Crosby.', 'office opens in Crosby.'],
  ] as const) {
    const { asked, buttons } = await offered(text);
    expect(buttons).toEqual([`Yes: propose ${text}`, `Yes: propose ${cut}`, 'All commands']);
    expect(asked?.text).toContain(`Did you mean "propose ${text}" or "propose ${cut}"?`);
    await nadia.press(`Yes: propose ${text}`, {}, asked);
    number += 1;
    expect((await council.post(number)).revision.text).toBe(text);
  }
  // Said to Crier, likelier; a name of Crier's is no text, and good manners may be.
  for (const [typed, whole, cut] of [
    ['post Road is shut', 'post Road is shut', 'Road is shut'],
    ['Crier, write the road is shut', 'write the road is shut', 'the road is shut'],
    [
      'Please share your views on the plan.',
      'Please share your views on the plan.',
      'your views on the plan.',
    ],
  ] as const)
    expect((await offered(typed)).buttons).toEqual([
      `Yes: propose ${cut}`,
      `Yes: propose ${whole}`,
      'All commands',
    ]);
  // A colon sets it off.
  expect((await offered('Post: offices are open.')).buttons).toEqual([
    'Yes: propose offices are open.',
    'All commands',
  ]);
  // Nor is one that is nearly the word of a command.
  for (const text of ['Proposed changes to parking are out for comment.', 'Proposals for Moor Lane are out'])
    expect((await offered(text)).buttons).toContain(`Yes: propose ${text}`);
  expect((await offered('Peoples park is open.')).buttons).toContain('Yes: propose Peoples park is open.');
  const [none] = await martin.say('Proposed changes to parking are out for comment.');
  expect(martin.buttons(none)).not.toContainEqual(expect.stringContaining('propose Proposed'));
});

test('of two buttons under a sentence each says what it does', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const tidy = 'Help us keep Crosby tidy this weekend.';
  const [asked] = await nadia.say(tidy);
  expect(nadia.buttons(asked)).toEqual([`Yes: propose ${tidy}`, 'No: the command "help"']);
  expect(asked?.text).toContain('What that is for: See what I can do.');
  const help = await nadia.press('No: the command "help"', {}, asked);
  expect(help.text).toContain('propose [department:] text');
});

test('the first card tells each what is theirs to do: nobody is told to propose who cannot', async () => {
  await using council = await openCouncil();
  const hello = async (id: string) => (await council.as(id).say('hello')).at(-1)?.text ?? '';
  for (const id of ['nadia-hartley', 'ellen-rimmer']) expect(await hello(id)).toContain('Type "propose"');
  for (const id of ['claire-whitworth', 'martin-sedgwick', 'gareth-molyneux', 'tom-ashcroft']) {
    const text = await hello(id);
    expect(text).not.toContain('"propose"');
    expect(text).toContain('Where the protocol wants you to decide, I show you a card');
  }
  // As Crier comes into their chat they read the same.
  const first = (id: string) => council.shown(council.as(id).chat)[0]?.text;
  expect(first('claire-whitworth')).toBe(await hello('claire-whitworth'));
  expect(first('nadia-hartley')).toBe(await hello('nadia-hartley'));
  // Others read along in a Teams channel.
  const [inChannel] = await council.as('tom-ashcroft').say('hello', { channel: 'channel-roads' });
  expect(inChannel?.text).toContain('Type "propose"');
  expect(await hello('tom-ashcroft')).toContain('what the public should hear for Highways');
  expect(await hello('claire-whitworth')).not.toContain('hold all');
  const refused = await council.as('claire-whitworth').say('propose The road is open.');
  expect(refused.at(-1)?.text).toContain('Ask Communications to write it.');
});
