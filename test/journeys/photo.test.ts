import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { plainPhoto } from '../media/drawn-pictures.ts';
import { minutes } from '../../src/core/time.ts';
import { openCouncil } from './council.ts';
import { filesInTeams, nadiaWith } from './files-in-teams.ts';
import { ended, listening } from '../peers/listening.ts';

const photos = {
  'grey.jpg': await plainPhoto('#888888'),
  'green.jpg': await plainPhoto('#228822'),
  'blue.jpg': await plainPhoto('#222288'),
  'drawing.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
};

test('a photo alone is a draft, and what follows within ten minutes belongs to it', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await nadia.say('hello');
  const files: Readonly<Record<string, Buffer>> = photos;
  let fetching: (() => void) | undefined;
  let gate: Promise<void> | undefined;
  const original = council.connector.handle;
  const server = createServer((request, response) => {
    const file = files[(request.url ?? '').slice(1)];
    if (file === undefined) {
      original(request, response);
      return;
    }
    fetching?.();
    void (gate ?? Promise.resolve()).then(() => response.end(file));
  });
  const { url: base } = await listening(server);
  const photo = async (name: string, words = '') =>
    await nadia.say(words, {
      serviceUrl: base,
      attachments: [{ contentType: 'image/jpeg', contentUrl: `${base}/${name}`, name }],
    });
  try {
    await photo('grey.jpg');
    expect(nadia.card(1).text).toContain('The words are still to be written.');
    const unwritten = { 'alt:0': 'A road', 'seen:0': 'nobody', 'whose:0': 'ours' };
    const refused = await nadia.press('Send to Communications', unwritten, nadia.card(1));
    expect(refused.text).toContain('There is nothing to say yet.');

    // A second photo goes into the same draft; commands and slips of the thumb are no words for it.
    await council.pass(minutes(9));
    expect((await photo('green.jpg')).at(-1)?.text).toContain('That is in your draft #1 now.');
    await nadia.say('waiting');
    await nadia.say('wating');
    expect((await council.post(1)).revision).toMatchObject({ text: '', media: [{}, {}] });
    await council.pass(minutes(9));
    const ended = await nadia.say('People can park in Crosby again.\nuntil 9am');
    expect(ended.at(-1)?.text).toContain('That time has passed today.');
    expect((await council.post(1)).revision.text).toBe('People can park in Crosby again.');
    // Its text is written now, so other words are no other text.
    await nadia.say('Thanks very much indeed.');
    expect((await council.post(1)).revision.text).toBe('People can park in Crosby again.');

    // After ten minutes a photo is its own, and words that come while it is still on its way are its words.
    await council.pass(minutes(11));
    let open = (): void => undefined;
    gate = new Promise((resolve) => (open = resolve));
    const asked = new Promise<void>((resolve) => (fetching = resolve));
    const coming = photo('blue.jpg');
    await asked;
    expect((await nadia.say('The beach is clean.')).at(-1)?.text).toContain(
      'These are the words for your photo',
    );
    open();
    await coming;
    expect((await council.post(2)).revision).toMatchObject({ text: 'The beach is clean.', media: [{}] });

    await council.pass(minutes(11));
    gate = undefined;
    expect((await photo('drawing.svg')).at(-1)?.text).toContain('It is nothing that I can use.');
    await expect(council.post(3)).rejects.toThrow('no post');
    await photo('grey.jpg', 'Our new road is open.');
    expect((await council.post(3)).revision).toMatchObject({ text: 'Our new road is open.', media: [{}] });

    // Words after the ten minutes are put nowhere, and their writer hears how to add them.
    await council.pass(minutes(11));
    await photo('green.jpg');
    await council.pass(minutes(11));
    const late = await nadia.say('Our new road is open to everybody.');
    expect(late.at(-1)?.text).toContain('Are these the words for #4?');
    expect(late.at(-1)?.text).toContain('Type "edit 4" to add them there');
    expect((await nadia.say('wating')).at(-1)?.text).toContain('Did you mean');
    expect((await council.post(4)).revision.text).toBe('');
  } finally {
    await ended(server);
  }
});

test('a photo with words of its own is another post once the draft before it has words, and no words are lost', async () => {
  await using there = await nadiaWith(photos);
  const { council, nadia, teams } = there;
  await teams.send(nadia, 'grey.jpg', '');
  await nadia.say('The new crossing on Lord Street opens on Monday.');

  // People write in pieces.
  const piece = (await nadia.say('And there will be cake at noon.')).at(-1)?.text;
  expect(piece).toContain('#1 has its words already');
  expect(piece).toContain('type "edit 1"');

  await teams.send(nadia, 'green.jpg', 'The swings in Derby Park are mended.');
  expect((await council.post(1)).revision).toMatchObject({
    text: 'The new crossing on Lord Street opens on Monday.',
    media: [{}],
  });
  expect((await council.post(2)).revision).toMatchObject({
    text: 'The swings in Derby Park are mended.',
    media: [{}],
  });
  // What follows belongs to the newer one.
  await teams.send(nadia, 'blue.jpg', '');
  expect((await council.post(2)).revision.media).toHaveLength(2);

  // Words beside a refused file are a draft without it, also where they were proposed in so many words.
  await teams.send(nadia, 'drawing.svg', 'Fly tipping on Hawthorne Road was cleared.');
  const refusals = () =>
    council
      .shown(nadia.chat)
      .flatMap(({ text }) => (text.includes('I could not take drawing') ? [text] : []));
  expect(refusals().at(-1)).toContain('Your words are draft #3, without it.');
  expect((await council.post(3)).revision).toMatchObject({
    text: 'Fly tipping on Hawthorne Road was cleared.',
    media: [],
  });
  await teams.send(nadia, 'green.jpg', '');
  expect((await council.post(3)).revision.media).toHaveLength(1);
  await teams.send(nadia, 'drawing.svg', 'propose The bins are emptied.');
  expect(refusals().at(-1)).toContain('Your words are draft #4, without it.');
  expect((await council.post(4)).revision).toMatchObject({ text: 'The bins are emptied.', media: [] });
});

test('what stands in front of words for a photo that is a draft already is neither lost nor public unseen', async () => {
  await using there = await nadiaWith(photos);
  const { council, nadia, teams } = there;
  await teams.send(nadia, 'grey.jpg', '');
  const words = 'urgent: on Facebook only: Liverpool Road is flooded.\nfor tomorrow 9am';
  const told = await nadia.say(words);
  expect((await council.post(1)).revision.text).toBe(words);
  expect(nadia.buttons(told.at(-1))).toEqual([
    'Take "urgent: on Facebook only:" out and make it urgent and for Facebook',
    'Take "for tomorrow 9am" out and make it go out tomorrow at 9am',
    'It is right as it is',
  ]);

  await council.pass(minutes(11));
  await teams.send(nadia, 'grey.jpg', '');
  const headed = await nadia.say('Highways: the gritters are out.');
  expect(await council.post(2)).toMatchObject({
    department: 'highways',
    revision: { text: 'the gritters are out.' },
  });
  expect(headed.at(-1)?.text).toContain('I took "Highways:" as said to me');

  // A draft has its department, and another is not hers to write for.
  await council.pass(minutes(11));
  await teams.send(nadia, 'grey.jpg', '');
  const other = await nadia.say('for Waste: Bins are collected late.');
  expect(await council.post(3)).toMatchObject({
    department: 'highways',
    revision: { text: 'for Waste: Bins are collected late.' },
  });
  expect(other.at(-1)?.text).toContain('Should residents read "for Waste:"?');
});

test('two photos with words at once are two posts, whichever is here first', async () => {
  await using there = await nadiaWith(photos);
  const { council, nadia, teams } = there;
  await Promise.all([
    teams.send(nadia, 'grey.jpg', 'The crossing opens on Monday.'),
    teams.send(nadia, 'green.jpg', 'The swings are mended.'),
  ]);
  const posts = await Promise.all([council.post(1), council.post(2)]);
  expect(posts.map(({ revision }) => revision.text).toSorted()).toEqual([
    'The crossing opens on Monday.',
    'The swings are mended.',
  ]);
  expect(posts.map(({ revision }) => revision.media.length)).toEqual([1, 1]);
});

test('a photo beside a command: the command is done, and its sender hears that the photo is not used; a greeting is no text', async () => {
  await using council = await openCouncil();
  await using teams = await filesInTeams(council, photos);
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose The library in Bootle is open again from Monday.');
  await nadia.press('Send to Communications');
  const withPhoto = async (words: string) => await teams.send(nadia, 'grey.jpg', words);
  const notUsed = 'I have not used your photo';
  expect(await withPhoto('please hold 1')).toContain(notUsed);
  expect((await council.post(1)).status.is).toBe('held');
  for (const words of ['posts', 'show 1', 'approve 1']) {
    expect(await withPhoto(words)).toContain(notUsed);
    expect(council.shown(nadia.chat).at(-2)?.text).toContain('#1');
  }
  await expect(council.post(2)).rejects.toThrow('no post');

  await withPhoto('hi');
  expect((await council.post(2)).revision).toMatchObject({ text: '', media: [{}] });
  await council.pass(minutes(11));
  await withPhoto('Today');
  expect((await council.post(3)).revision).toMatchObject({ text: 'Today', media: [{}] });
});

test('a hold in a Teams channel is done although a photo stands in its message, of which its sender hears', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  const html = '<div>hold 1 <img src="https://graph.microsoft.com/hostedContents/1/$value"></div>';
  const attachments = [{ contentType: 'text/html', content: html }];
  const said = await ellen.say('hold 1', { channel: '19:highways@thread.tacv2', attachments });
  expect((await council.post(1)).status.is).toBe('held');
  expect(said.at(-1)?.text).toContain('Please send me the photo in our own chat.');
});

test('words that are proposed in a Teams channel are a draft, and the photo that comes alone after them goes into it', async () => {
  await using there = await nadiaWith(photos);
  const { council, nadia, teams } = there;
  // Another draft is open, to which photos belong that come now.
  await teams.send(nadia, 'grey.jpg', 'Moor Lane is open again.');
  await council.pass(minutes(1));
  const channel = '19:highways@thread.tacv2';
  const inChannel = async (words: string) => {
    const content = `<div>${words} <img src="https://graph.microsoft.com/hostedContents/1/$value"></div>`;
    return await nadia.say(words, { channel, attachments: [{ contentType: 'text/html', content }] });
  };
  const said = await inChannel('propose for Highways: The new crossing on Lord Street is open.');
  const heard = said.map(({ text }) => text).join('\n');
  expect(heard).toContain('Your words are draft #2, still without the photo.');
  expect(heard).toContain('Please send me the photo in our own chat.');
  const draft = { status: { is: 'draft' }, revision: { text: 'The new crossing on Lord Street is open.' } };
  expect(await council.post(2)).toMatchObject({ ...draft, revision: { ...draft.revision, media: [] } });

  await council.pass(minutes(9));
  expect(await teams.send(nadia, 'drawing.svg', '')).toContain('It is nothing that I can use.');
  await council.pass(minutes(9));
  expect(await teams.send(nadia, 'green.jpg', '')).toContain('That is in #2 now.');
  expect((await council.post(2)).revision.media).toHaveLength(1);
  expect((await council.post(1)).revision.media).toHaveLength(1);

  // A photo that begins a draft of its own since then is the one to which others belong.
  await teams.send(nadia, 'grey.jpg', 'The swings in Derby Park are mended.');
  await teams.send(nadia, 'green.jpg', '');
  expect((await council.post(3)).revision.media).toHaveLength(2);
  await inChannel('propose for Highways: Bold Street is closed on Sunday.');
  await council.pass(minutes(11));
  await teams.send(nadia, 'green.jpg', '');
  expect((await council.post(4)).revision.media).toEqual([]);
  expect((await council.post(5)).revision).toMatchObject({ text: '', media: [{}] });
});

test('words after a photo that came when its draft had its words are a post of their own with that photo', async () => {
  await using there = await nadiaWith(photos);
  const { council, nadia, teams } = there;
  await teams.send(nadia, 'grey.jpg', '');
  await nadia.say('The gardens in Hesketh Park open on Monday.');
  // It may be another picture of the same post: only words say otherwise.
  expect(await teams.send(nadia, 'green.jpg', '')).toContain('That is in your draft #1 now.');
  const words = 'The beach in Ainsdale is clean again.';
  const said = (await nadia.say(words, { activityId: 'words' })).map(({ text }) => text).join('\n');
  expect(said).toContain('These words are draft #2, with the photo that you sent last');
  expect(said).toContain('#1 has its words already, so I have taken the photo out there.');
  expect((await council.post(1)).revision).toMatchObject({
    text: 'The gardens in Hesketh Park open on Monday.',
    media: [{}],
  });
  expect((await council.post(2)).revision).toMatchObject({ text: words, media: [{}] });
  // The same message, told once more, is no other words.
  expect(await nadia.say(words, { activityId: 'words' })).toEqual([]);
  await expect(council.post(3)).rejects.toThrow('no post');

  // What was said of a photo on the card of its draft makes it that draft's.
  await teams.send(nadia, 'blue.jpg', '');
  const form = await nadia.press('Edit', {}, nadia.card(2));
  await nadia.press('Save', { 'alt:1': 'The beach at Ainsdale' }, form.card);
  expect((await nadia.say('And there will be cake at noon.')).at(-1)?.text).toContain(
    '#2 has its words already',
  );
  expect((await council.post(2)).revision.media).toHaveLength(2);
  expect((await council.audit()).findings).toEqual([]);
});
