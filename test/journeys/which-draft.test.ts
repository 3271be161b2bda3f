import { expect, test } from 'vitest';
import { personDocument, personKind } from '../../src/people/person.ts';
import { drawnPictures } from '../media/drawn-pictures.ts';
import { mp4 } from '../media/video-files.ts';
import { minute, openCouncil, type Shown, type Somebody } from './council.ts';
import { filesInTeams, nadiaWith } from './files-in-teams.ts';

const channel = '19:highways@thread.tacv2';

/** Says words in a Teams channel with a photo, which Teams leaves behind. */
async function inChannel(who: Somebody, words: string): Promise<string> {
  const content = `<div>${words} <img src="https://graph.microsoft.com/hostedContents/1/$value"></div>`;
  const said = await who.say(words, { channel, attachments: [{ contentType: 'text/html', content }] });
  return all(said);
}

const all = (said: readonly Shown[]): string => said.map(({ text }) => text).join('\n');

const film = (seconds: number) => mp4({ seconds, width: 1280, height: 720, streamable: true });
const srt = (words: string) => Buffer.from(`1\n00:00:01,000 --> 00:00:03,000\n${words}\n`);

test('where two drafts wait for a photo, one that comes alone is asked about, and each goes where its sender says', async () => {
  await using there = await nadiaWith(await drawnPictures('moor.jpg', 'bold.jpg', 'c.jpg', 'd.jpg'));
  const { council, nadia, teams } = there;
  expect(await inChannel(nadia, 'propose for Highways: Moor Lane is open.')).toContain('it goes into #1');
  expect(await inChannel(nadia, 'propose for Highways: Bold Street is open.')).toContain('it goes into #2');
  const [first] = await teams.sent(nadia, '', 'moor.jpg');
  const [second] = await teams.sent(nadia, '', 'bold.jpg');
  expect(first?.text).toContain('Which post is moor.jpg for?');
  expect(first?.text).toContain('#2 and #1 both wait for a picture. Nothing has been changed yet.');
  expect(first?.text).toContain('#1: "Moor Lane is open."');
  expect(nadia.buttons(first)).toEqual(['Put it into #2', 'Put it into #1', 'Begin a draft with it']);
  const media = async (number: number) => (await council.post(number)).revision.media;
  expect([...(await media(1)), ...(await media(2))]).toEqual([]);
  // Each card is about its own photo.
  await nadia.press('Put it into #2', {}, second);
  await nadia.press('Put it into #1', {}, first);
  expect(await media(1)).toHaveLength(1);
  expect(await media(2)).toHaveLength(1);
  expect(await media(1)).not.toEqual(await media(2));
  // One with a number goes there, and one draft that still waits is not asked about.
  await inChannel(nadia, 'propose for Highways: The gritters are out.');
  await teams.sent(nadia, 'picture 1', 'c.jpg');
  expect(await media(1)).toHaveLength(2);
  expect(await teams.send(nadia, 'd.jpg', '')).toContain('That is in #3 now.');
  expect((await council.audit()).findings).toEqual([]);
});

test('a draft that waits for a photo goes on waiting when another one is begun, and one that takes none any more is said', async () => {
  await using there = await nadiaWith(await drawnPictures('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'));
  const { council, nadia, teams } = there;
  await inChannel(nadia, 'propose for Highways: Moor Lane is open.');
  await council.pass(minute);
  await teams.sent(nadia, 'The swings in Derby Park are mended.', 'a.jpg');
  const [asked] = await teams.photos(nadia, '', 'b.jpg');
  expect(asked?.text).toContain('Which post is the picture of 9:44am for?');
  expect(nadia.buttons(asked)).toEqual(['Put it into #2', 'Put it into #1', 'Begin a draft with it']);
  await nadia.press('Put it into #1', {}, asked);
  expect((await council.post(1)).revision.media).toHaveLength(1);

  await inChannel(nadia, 'propose for Highways: Bold Street is open.');
  await nadia.say('cancel 3');
  await council.pass(minute);
  const over = all(await teams.sent(nadia, '', 'c.jpg'));
  expect(over).toContain('What you sent is not in #3');
  expect(over).toContain('this post is cancelled');
  expect(over).toContain('That is in your draft #2 now.');
  await council.pass(11 * minute);
  await inChannel(nadia, 'propose for Highways: Lord Street is open.');
  await nadia.say('cancel 4');
  const begun = all(await teams.sent(nadia, '', 'd.jpg'));
  expect(begun).toContain('What you sent is not in #4');
  expect(begun).toContain('It is a draft of its own now.');
  expect((await council.post(5)).revision.media).toHaveLength(1);
});

test('where two films wait for captions, their sender is asked; what was asked for goes where that was', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, {
    'pool.mp4': film(20),
    'library.mp4': film(21),
    'pool.srt': srt('The pool is open.'),
    'library.srt': srt('The library is open.'),
    'long.srt': Buffer.from('1\n00:01:01,000 --> 00:01:03,000\nToo late.\n'),
  });
  await teams.sent(nadia, 'propose The pool is open.', 'pool.mp4');
  await teams.sent(nadia, 'propose The library is open.', 'library.mp4');
  const words = async (number: number) =>
    (await council.post(number)).revision.media.map((each) =>
      'captions' in each && each.captions?.as === 'file' ? each.captions.words : undefined,
    );
  const [one] = await teams.sent(nadia, '', 'pool.srt');
  const [two] = await teams.sent(nadia, 'Here are the captions', 'library.srt');
  expect(one?.text).toContain('Which video is pool.srt for?');
  expect(one?.text).toContain('both wait for captions.');
  expect(nadia.buttons(two)).toEqual(['To the video of #2', 'To the video of #1']);
  expect([await words(1), await words(2)]).toEqual([[undefined], [undefined]]);
  await nadia.press('To the video of #2', {}, two);
  await nadia.press('To the video of #1', {}, one);
  expect((await words(1))[0]).toContain('The pool is open.');
  expect((await words(2))[0]).toContain('The library is open.');
  // Those of #1 are to be others.
  await teams.sent(nadia, 'captions 1', 'long.srt');
  await teams.sent(nadia, '', 'library.srt');
  expect((await words(1))[0]).toContain('The library is open.');
  expect((await council.audit()).findings).toEqual([]);
});

test('the words of captions stay out of the record of whoever is asked about them', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, {
    'pool.mp4': film(20),
    'pool.srt': srt('Zebra crossing words.'),
  });
  await nadia.say('propose The pool is open.');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const [asked] = await teams.sent(nadia, 'picture 1', 'pool.mp4', 'pool.srt');
  const record = await council.app.executor.load(personKind, personDocument('nadia-hartley'));
  expect(record?.state.files).toHaveLength(1);
  expect(JSON.stringify(record)).not.toContain('Zebra');
  await nadia.press('Yes, put it in', {}, asked);
  expect(JSON.stringify((await council.post(1)).revision.media)).toContain('Zebra crossing words.');
});

test('captions in a Teams channel are asked for in the own chat, and a proposal that is refused asks for no photo', async () => {
  await using council = await openCouncil();
  const [nadia, bethan] = [council.as('nadia-hartley'), council.as('bethan-prys')];
  await nadia.say('hello');
  await bethan.say('hello');
  await using teams = await filesInTeams(council, { 'pool.mp4': film(20) });
  await teams.sent(nadia, 'propose The pool is open.', 'pool.mp4');
  const content = '<div>captions 1 <attachment id="1"></attachment></div>';
  const attachments = [{ contentType: 'text/html', content }];
  const asked = all(await nadia.say('captions 1', { channel, attachments }));
  expect(asked).toContain(
    'Send me the .vtt or .srt file in our own chat, by itself within ten minutes or with "captions 1"',
  );
  expect(asked).not.toContain('photo');
  const which = all(await nadia.say('Here are the captions', { channel, attachments }));
  expect(which).toContain('Please send me the file in our own chat');

  const refused = await inChannel(bethan, 'propose for Highways: Moor Lane is open.');
  expect(refused).toContain('You cannot write for Highways');
  expect(refused).not.toContain('photo');
});

test('where two drafts wait for a photo, what comes alone may begin one of its own, and one that cannot be taken says what to do', async () => {
  await using there = await nadiaWith({
    ...(await drawnPictures('moor.jpg')),
    'film.mp4': film(20),
    'broken.jpg': Buffer.from('no picture'),
  });
  const { council, nadia, teams } = there;
  await inChannel(nadia, 'propose for Highways: Moor Lane is open.');
  await inChannel(nadia, 'propose for Highways: Bold Street is open.');
  expect(all(await teams.sent(nadia, '', 'broken.jpg'))).toContain(
    '#2 and #1 both wait for a picture. Send the right one with the number of its post, such as "picture 2".',
  );
  const [asked] = await teams.sent(nadia, '', 'film.mp4');
  await nadia.press('Begin a draft with it', {}, asked);
  expect((await council.post(3)).revision.media).toMatchObject([{ contentType: 'video/mp4' }]);
  // A second press shows what the first one began.
  expect((await nadia.press('Begin a draft with it', {}, asked)).text).toContain('#3 · Highways');
  // What comes next is its text, as behind a photo that nobody asked about.
  await nadia.say('The pool in Bootle is open again.');
  expect((await council.post(3)).revision.text).toBe('The pool in Bootle is open again.');
  expect((await council.post(1)).revision.media).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('the question which draft a film is for names the captions that came with it', async () => {
  await using there = await nadiaWith({ 'pool.mp4': film(20), 'pool.srt': srt('The pool is open.') });
  const { council, nadia, teams } = there;
  await inChannel(nadia, 'propose for Highways: Moor Lane is open.');
  await inChannel(nadia, 'propose for Highways: Bold Street is open.');
  const [asked] = await teams.sent(nadia, '', 'pool.mp4', 'pool.srt');
  expect(asked?.text).toContain('Which post is pool.mp4 with its captions for?');
  await nadia.press('Put it into #1', {}, asked);
  expect((await council.post(1)).revision.media).toMatchObject([{ captions: { as: 'file' } }]);
});
