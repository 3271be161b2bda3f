import { expect, test } from 'vitest';
import { drawnPictures } from '../media/drawn-pictures.ts';
import { mp4 } from '../media/video-files.ts';
import { minute, openCouncil, type Council, type Shown } from './council.ts';
import { filesInTeams } from './files-in-teams.ts';

const film = (seconds = 20) => mp4({ seconds, width: 1280, height: 720, streamable: true });
const srt = (words: string) => Buffer.from(`1\n00:00:01,000 --> 00:00:03,000\n${words}\n`);
const broken = Buffer.from('no picture');

const all = (said: readonly Shown[]): string => said.map(({ text }) => text).join('\n');

const files = async () => ({
  ...(await drawnPictures('a.jpg', 'b.jpg', 'c.jpg')),
  'broken.jpg': broken,
  'plan.pdf': Buffer.from('%PDF-1.7'),
  'film.mp4': film(),
  'other.mp4': film(21),
  'bad.srt': Buffer.from('1\n00:00:03,000 --> 00:00:01,000\nWords.\n'),
  'right.srt': srt('The library is open.'),
  'second.srt': srt('Another film.'),
  'third.srt': srt('A third film.'),
  'windows.srt': Buffer.from('1\n00:00:01,000 --> 00:00:03,000\nCaf\u00e9\n', 'latin1'),
});

/** What is in the media of a post, in short. */
const kinds = async (council: Council, number: number): Promise<readonly string[]> =>
  (await council.post(number)).revision.media.map(({ contentType }) => contentType);

test('a film whose captions cannot be taken stays in its draft, and the right ones by themselves go to it', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, await files());
  // Another film of theirs waits for captions as well.
  await teams.sent(nadia, 'propose The pool in Bootle is open.', 'other.mp4');
  const said = all(await teams.sent(nadia, 'propose The library is open.', 'film.mp4', 'bad.srt'));
  expect(said).toContain('I could not take bad.srt');
  expect(said).toContain('The times in line 2 of the captions are wrong.');
  expect(said).toContain(
    'Your words are draft #2, with film.mp4 and without it. Send me the right captions in our own chat, by themselves within ten minutes or with "captions 2", and they go to its video.',
  );
  expect(await kinds(council, 2)).toEqual(['video/mp4']);
  expect(nadia.card(2).text).toContain('The video has no captions.');
  expect(await teams.send(nadia, 'right.srt', '')).toContain('The captions are with the video of #2.');
  // It waits for none any more, so that the next are for the other one.
  expect(await teams.send(nadia, 'second.srt', '')).toContain('The captions are with the video of #1.');
  expect((await council.post(2)).revision.media).toMatchObject([
    { captions: { words: expect.stringContaining('The library is open.') as unknown } },
  ]);
  expect((await council.audit()).findings).toEqual([]);
});

test('what is good of a proposal is in its draft, and each file that is not is named with its reason', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, await files());
  const said = all(
    await teams.sent(
      nadia,
      'propose The library is open.',
      'film.mp4',
      'broken.jpg',
      'a.jpg',
      'other.mp4',
      'right.srt',
      'second.srt',
    ),
  );
  expect(said).toContain('I could not take broken.jpg, other.mp4, right.srt and second.srt');
  expect(said).toContain('broken.jpg: It is nothing that I can use.');
  expect(said).toContain('other.mp4: A post can have one video.');
  expect(said).toContain('right.srt: There is more than one file of captions');
  expect(said).toContain('Your words are draft #1, with film.mp4 and a.jpg and without them.');
  expect(said).toContain('by itself within ten minutes or with "picture 1"');
  expect(said).toContain('by themselves within ten minutes or with "captions 1"');
  expect(await kinds(council, 1)).toEqual(['video/mp4', 'image/jpeg']);
  // A film that cannot be taken leaves its captions without one.
  const alone = all(await teams.sent(nadia, 'propose The pool is open.', 'right.srt', 'b.jpg'));
  expect(alone).toContain('These captions have no video.');
  expect(alone).toContain('Send me the video and its captions together in our own chat, with "picture 2"');
  expect(await kinds(council, 2)).toEqual(['image/jpeg']);
  expect(all(await teams.sent(nadia, 'picture 2', 'film.mp4', 'right.srt'))).toContain('That is in #2 now.');
  expect((await council.post(2)).revision.media[1]).toMatchObject({ captions: { as: 'file' } });
});

test('a photo alone begins its draft whatever came beside it, and what came beside it is named', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, await files());
  const said = all(await teams.sent(nadia, '', 'a.jpg', 'plan.pdf'));
  expect(said).toContain('I could not take plan.pdf');
  expect(said).toContain('Draft #1 has a.jpg.');
  expect(said).toContain('with "picture 1"');
  expect(await kinds(council, 1)).toEqual(['image/jpeg']);
  // With words as well.
  const second = all(await teams.sent(nadia, 'The pool in Bootle is open.', 'b.jpg', 'plan.pdf'));
  expect(second).toContain('I could not take plan.pdf');
  expect(await kinds(council, 1)).toEqual(['image/jpeg', 'image/jpeg']);
  expect((await council.post(1)).revision.text).toBe('The pool in Bootle is open.');
  // The right one alone is for the same draft.
  await teams.sent(nadia, '', 'c.jpg');
  expect(await kinds(council, 1)).toHaveLength(3);
  await expect(council.post(2)).rejects.toThrow('no post');
});

test('with the number of a post what is good is put into it, and what is not is named by its place where it has no name', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, await files());
  await nadia.say('propose The library is open.');
  const said = all(await teams.photos(nadia, 'picture 1', 'a.jpg', 'broken.jpg'));
  expect(said).toContain('I could not take file 2 of 2');
  expect(said).toContain('#1 has file 1 of 2 now.');
  expect(await kinds(council, 1)).toHaveLength(1);
  for (const [n, [words, good]] of [
    ['#1', 'b.jpg'],
    ['edit 1', 'c.jpg'],
  ].entries()) {
    const each = all(await teams.sent(nadia, words ?? '', good ?? '', 'broken.jpg'));
    expect(each).toContain('I could not take broken.jpg');
    expect(each).toContain(`#1 has ${good ?? ''} now.`);
    expect(await kinds(council, 1)).toHaveLength(n + 2);
  }
  // Of what was sent for approval the question says both.
  await nadia.say('propose The pool is open.');
  await nadia.press('Send to Communications', {}, nadia.card(2));
  const [asked] = await teams.sent(nadia, 'picture 2', 'a.jpg', 'plan.pdf');
  expect(asked?.text).toContain('Put a.jpg into #2?');
  expect(asked?.text).toContain('I could not take plan.pdf. It is nothing that I can use.');
  await nadia.press('Yes, put it in', {}, asked);
  expect(await kinds(council, 2)).toHaveLength(1);
});

test('with captions and the number of a post each file that is good is taken, a second film is said not to be', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, await files());
  await teams.sent(nadia, 'propose The library is open.', 'film.mp4');
  const two = all(await teams.sent(nadia, 'captions 1', 'right.srt', 'second.srt'));
  expect(two).toContain('I could not take right.srt and second.srt');
  expect(two).toContain('Of each of them: There is more than one file of captions');
  const one = all(await teams.sent(nadia, 'captions 1', 'bad.srt', 'right.srt', 'a.jpg', 'other.mp4'));
  expect(one).toContain('I could not take bad.srt and other.mp4');
  expect(one).toContain('other.mp4: #1 has a video already');
  expect(one).toContain('#1 has a.jpg and right.srt now.');
  expect((await council.post(1)).revision.media).toMatchObject([
    { captions: { words: expect.stringContaining('The library is open.') as unknown } },
    { contentType: 'image/jpeg' },
  ]);
  // How a file is saved so that it can be read is said in the words of the program.
  expect(all(await teams.sent(nadia, 'captions 1', 'windows.srt'))).toContain(
    'open the file in Notepad, choose "Save as" and, beside "Encoding", "UTF-8"',
  );
  // Captions are taken with any words that name the post.
  expect(all(await teams.sent(nadia, 'picture 1', 'second.srt'))).toContain(
    'The captions are with the video of #1.',
  );
});

const numbered = (first: number, last: number): readonly string[] =>
  Array.from({ length: last - first + 1 }, (_, n) => `${String(first + n)}.jpg`);

const full = (names: string, number: number): readonly string[] => [
  `I could not take ${names}`,
  'A post takes 10 pictures and videos at most.',
  `leave another one out and save, then send this one with "picture ${String(number)}".`,
];

test('of more pictures than a post takes the first ones go in, and each other one is named with what to do', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, await drawnPictures(...numbered(1, 14)));
  // With a proposal, into a draft that has some, and by themselves after a photo.
  const proposed = all(await teams.sent(nadia, 'propose The library is open.', ...numbered(1, 12)));
  for (const words of full('11.jpg and 12.jpg', 1)) expect(proposed).toContain(words);
  expect(proposed).not.toContain('Send me the right one');
  expect(await kinds(council, 1)).toHaveLength(10);

  await teams.sent(nadia, 'propose The pool is open.', ...numbered(1, 6));
  const put = all(await teams.sent(nadia, 'picture 2', ...numbered(5, 12)));
  for (const words of full('11.jpg and 12.jpg', 2)) expect(put).toContain(words);
  expect(await kinds(council, 2)).toHaveLength(10);
  const none = all(await teams.sent(nadia, 'picture 2', '13.jpg', '14.jpg'));
  for (const words of full('13.jpg and 14.jpg', 2)) expect(none).toContain(words);
  expect(await kinds(council, 2)).toHaveLength(10);

  await council.pass(11 * minute);
  await teams.sent(nadia, '', ...numbered(1, 7));
  const followed = all(await teams.sent(nadia, '', ...numbered(8, 12)));
  for (const words of full('11.jpg and 12.jpg', 3)) expect(followed).toContain(words);
  expect(await kinds(council, 3)).toHaveLength(10);
  expect((await council.audit()).findings).toEqual([]);
});

test('captions that came with a film are named with it, and no others are asked for', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, await files());
  await nadia.say('propose The library is open.');
  const put = all(await teams.sent(nadia, 'picture 1', 'film.mp4', 'right.srt', 'bad.srt'));
  expect(put).toContain('#1 has film.mp4 and right.srt now.');
  const instead =
    'Its video has captions now. To put others in their place, send me those in our own chat with "captions 1".';
  expect(put).toContain(instead);
  expect(put).not.toContain('Send me the right captions');
  const proposed = all(
    await teams.sent(nadia, 'propose The pool is open.', 'other.mp4', 'second.srt', 'bad.srt'),
  );
  expect(proposed).toContain('with other.mp4 and second.srt and without it.');
  expect(proposed).toContain(instead.replace('captions 1', 'captions 2'));
  // None is waited for: those that they have are not replaced unasked.
  expect(await teams.send(nadia, 'right.srt', '')).toContain('has captions already');
  const words = async (number: number) => (await council.post(number)).revision.media;
  expect(await words(1)).toMatchObject([{ captions: { words: 'The library is open.' } }]);
  expect(await words(2)).toMatchObject([{ captions: { words: 'Another film.' } }]);
});

test('captions that would take the place of those that somebody put there since are asked about once more', async () => {
  await using council = await openCouncil();
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  await using teams = await filesInTeams(council, await files());
  await teams.sent(nadia, 'propose The library is open.', 'film.mp4', 'right.srt');
  const form = await nadia.press('Edit', {}, nadia.card(1));
  const typed = { 'alt:0': 'A library', 'seen:0': 'nobody', 'whose:0': 'ours', accounts: 'news' };
  await nadia.press('Save', typed, form.card);
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const [theirs] = await teams.sent(ellen, 'captions 1', 'second.srt');
  expect(theirs?.text).toContain('They take the place of the captions that its video has now.');
  const [own] = await teams.sent(nadia, 'captions 1', 'third.srt');
  const yes = (of: Shown | undefined): string =>
    nadia.buttons(of).find((each) => each.startsWith('Yes')) ?? '';
  await ellen.press(yes(theirs), {}, theirs);
  const says = async () => (await council.post(1)).revision.media;
  expect(await says()).toMatchObject([{ captions: { words: 'Another film.' } }]);
  const again = await nadia.press(yes(own), {}, own);
  expect(again.text).toContain(
    'Its video has other captions than when you were asked: Ellen Rimmer changed this last, a moment ago.',
  );
  expect(await says()).toMatchObject([{ captions: { words: 'Another film.' } }]);
  await nadia.press('Yes, put the captions to it', {}, again.card);
  expect(await says()).toMatchObject([{ captions: { words: 'A third film.' } }]);
});

test('a picture that was in it already is named beside one for which there is no room', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const names = 'abcdefghijk'.split('').map((letter) => `${letter}.jpg`);
  await using teams = await filesInTeams(council, await drawnPictures(...names));
  await teams.sent(nadia, 'propose The park is open.', ...names.slice(0, 10));
  expect(await kinds(council, 1)).toHaveLength(10);
  const said = all(await teams.sent(nadia, 'picture 1', 'a.jpg', 'k.jpg'));
  expect(said).toContain('I could not take k.jpg');
  expect(said).toContain('#1 has a.jpg now.');
  expect(said).not.toContain('That is in #1 now.');
});

test('a first word that is nearly "propose" stays in the text beside a photo, where it is of it', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, await files());
  for (const [n, [typed, text]] of (
    [
      ['Proposed changes to parking are out.', 'Proposed changes to parking are out.'],
      ['Propse for Highways: the road is open.', 'the road is open.'],
      ['propse the library is open.', 'the library is open.'],
    ] as const
  ).entries()) {
    await teams.sent(nadia, typed, ['a.jpg', 'b.jpg', 'c.jpg'][n] ?? '');
    expect((await council.post(n + 1)).revision.text).toBe(text);
  }
});
