import { expect, test } from 'vitest';
import { drawnPictures } from '../media/drawn-pictures.ts';
import { minute, openCouncil } from './council.ts';
import { filesInTeams } from './files-in-teams.ts';

test('the question of a picture says which it puts in; of one that was not wanted, the next can be put in alone', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, await drawnPictures('wrong.jpg', 'right.jpg', 'third.jpg'));
  await nadia.say('propose The swings in Derby Park are mended.');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const [first] = await teams.sent(nadia, 'edit 1', 'wrong.jpg');
  expect(first?.text).toContain('Put wrong.jpg into #1?');
  await council.pass(2 * minute);
  const [second] = await teams.sent(nadia, 'picture 1', 'right.jpg');
  expect(second?.text).toContain('Put right.jpg into #1?');
  expect(second?.text).toContain('Before that came wrong.jpg, which is not in it either.');
  expect(nadia.buttons(second)).toEqual(['Put in right.jpg alone', 'Put in all 2', 'Open #1']);
  const card = (await nadia.press('Put in right.jpg alone', {}, second)).card;
  const right = (await council.post(1)).revision.media;
  expect(right).toHaveLength(1);
  // The earlier one is not offered with the next.
  await nadia.press(
    'Send to Communications',
    { 'alt:0': 'The mended swings', 'seen:0': 'nobody', 'whose:0': 'ours' },
    card,
  );
  const [third] = await teams.sent(nadia, 'picture 1', 'third.jpg');
  expect(third?.text).not.toContain('wrong.jpg');
  expect(nadia.buttons(third)).toEqual(['Yes, put it in', 'Open #1']);
  // Its own question still puts it in, and nothing else.
  await nadia.press('Yes, put it in', {}, third);
  expect((await council.post(1)).revision.media).toHaveLength(2);
  await nadia.press('Yes, put it in', {}, first);
  const { media } = (await council.post(1)).revision;
  expect(media).toHaveLength(3);
  expect(media[0]?.hash).toBe(right[0]?.hash);
  expect((await council.audit()).findings).toEqual([]);
});

test('of pictures that a phone sends one by one each question puts in those that it names, and the last one all', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, await drawnPictures('0.jpg', '1.jpg', '2.jpg', '3.jpg'));
  await nadia.say('propose The swings in Derby Park are mended.');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const [first] = await teams.photos(nadia, 'picture 1', '0.jpg');
  expect(first?.text).toContain('Put the picture of 9:43am into #1?');
  const [second] = await teams.photos(nadia, 'picture 1', '1.jpg', '2.jpg');
  expect(second?.text).toContain('Put 2 pictures into #1?');
  expect(second?.text).toContain('They are the picture of 9:43am (2) and the picture of 9:43am (3).');
  expect(nadia.buttons(second)).toEqual(['Put in the last 2 alone', 'Put in all 3', 'Open #1']);
  await nadia.press('Yes, put it in', {}, first);
  expect((await council.post(1)).revision.media).toHaveLength(1);
  await nadia.press('Put in all 3', {}, second);
  expect((await council.post(1)).revision.media).toHaveLength(3);
});

test('a post that is opened from the question says what waits for it, and its command asks once more', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, await drawnPictures('a.jpg'));
  await nadia.say('propose The swings in Derby Park are mended.');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const [asked] = await teams.sent(nadia, '#1', 'a.jpg');
  const opened = await nadia.press('Open #1', {}, asked);
  expect(opened.text).toContain('The swings in Derby Park are mended.');
  expect(opened.text).toContain('Not in it yet: a.jpg. To be asked again, type "picture 1" within an hour.');
  const [again] = await nadia.say('picture 1');
  expect(again?.text).toContain('Put a.jpg into #1?');
  expect((await council.post(1)).revision.media).toEqual([]);
  await nadia.press('Yes, put it in', {}, again);
  expect((await council.post(1)).revision.media).toHaveLength(1);
  // What is in it is not asked about any more.
  expect((await nadia.say('picture 1')).at(-1)?.text).toContain('Please send me the picture for #1');
});

test('what has waited for too long while others came is said not to be in it', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, await drawnPictures('a.jpg', 'b.jpg'));
  await nadia.say('propose The swings in Derby Park are mended.');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  await teams.sent(nadia, '#1', 'a.jpg');
  await council.pass(40 * minute);
  const [both] = await teams.sent(nadia, '#1', 'b.jpg');
  await council.pass(40 * minute);
  const pressed = await nadia.press('Put in all 2', {}, both);
  expect(pressed.text).toContain('One of them is not in it. It waited for more than an hour.');
  expect((await council.post(1)).revision.media).toHaveLength(1);
});
