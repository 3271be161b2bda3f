import { expect, test } from 'vitest';
import { drawnPictures } from '../media/drawn-pictures.ts';
import { mp4 } from '../media/video-files.ts';
import { passedOn } from './beginnings.ts';
import { minute, openCouncil } from './council.ts';
import { filesInTeams } from './files-in-teams.ts';

/** Photos called `0.jpg`, `1.jpg` and so on. */
const pictures = async (of: number): Promise<Readonly<Record<string, Buffer>>> =>
  await drawnPictures(...Array.from({ length: of }, (_, n) => `${String(n)}.jpg`));

const answers = { 'alt:0': 'The mended swings', 'seen:0': 'nobody', 'whose:0': 'ours' };

test('a picture goes into the post whose number is said with it, whatever other draft is open', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, {
    ...(await pictures(12)),
    'drawing.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  });
  await nadia.say('propose The swings in Derby Park are mended.');
  await teams.send(nadia, '0.jpg', 'Moor Lane is open again.');
  const said = ['picture 1', 'photo 1', 'add this to 1', '#1', 'Edit 1', 'please put this photo in post 1.'];
  for (const [n, words] of said.entries()) {
    const heard = await teams.send(nadia, `${n + 1}.jpg`, words);
    expect(heard).toContain('That is in #1 now.');
    // Of the first one there is no other to be left out.
    expect(heard.includes('To leave out what was there before, press "Edit" there.')).toBe(n > 0);
    expect((await council.post(1)).revision.media).toHaveLength(n + 1);
  }
  // Sent once more by mistake, it is there already.
  await teams.send(nadia, '1.jpg', 'picture 1');
  expect((await council.post(1)).revision).toMatchObject({
    text: 'The swings in Derby Park are mended.',
    media: said.map(() => ({ alt: '' })),
  });
  expect((await council.post(2)).revision.media).toHaveLength(1);
  await expect(council.post(3)).rejects.toThrow('no post');
  expect(nadia.card(1).text).toContain('Picture 6');
  expect(await teams.send(nadia, 'drawing.svg', 'picture 1')).toContain('It is nothing that I can use.');
  // Words that are no part of a command are not passed over, nor is a sentence taken for one.
  expect(await teams.send(nadia, '7.jpg', 'picture 1 instead of the rest')).toContain(
    'I have not changed #1.',
  );
  expect((await council.post(1)).revision.media).toHaveLength(6);
  // Without a picture it is asked for, and the next one alone is it.
  expect((await nadia.say('picture 1')).at(-1)?.text).toContain('Please send me the picture for #1');
  await teams.send(nadia, '8.jpg', '');
  expect((await council.post(1)).revision.media).toHaveLength(7);
  const many = await teams.sent(nadia, 'picture 1', '7.jpg', '9.jpg', '10.jpg', '11.jpg');
  expect(many.at(-1)?.text).toContain('I could not take 11.jpg A post takes 10 pictures and videos at most.');
  expect((await council.post(1)).revision.media).toHaveLength(10);
  const [offered] = await nadia.say('add a photo to 1');
  expect(nadia.buttons(offered)).toContain('Yes: picture 1');
  expect(await teams.send(nadia, '0.jpg', 'picture 99')).toContain('I cannot find that post');
  expect((await council.audit()).findings).toEqual([]);
});

test('the right file after one that was refused goes into the draft of its words', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, {
    ...(await pictures(2)),
    'drawing.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  });
  await teams.send(nadia, '0.jpg', 'Moor Lane is open again.');
  await teams.send(nadia, 'drawing.svg', 'propose The bins in Bootle are emptied.');
  const refusal = council.shown(nadia.chat).find(({ text }) => text.includes('I could not take'));
  expect(refusal?.text).toContain(
    'Your words are draft #2, without it. Send me the right one in our own chat, by itself within ten minutes or with "picture 2", and it goes in there.',
  );
  await teams.send(nadia, '1.jpg', '');
  expect((await council.post(2)).revision).toMatchObject({
    text: 'The bins in Bootle are emptied.',
    media: [{}],
  });
  expect((await council.post(1)).revision.media).toHaveLength(1);
  await expect(council.post(3)).rejects.toThrow('no post');
});

test('for what was sent or approved a picture says first what it takes back, to the desk as to its author, and one press puts it in', async () => {
  await using council = await openCouncil();
  const [nadia, ellen, priya] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('priya-desai'),
  ];
  await using teams = await filesInTeams(council, await pictures(3));
  await passedOn(council, 'The swings in Derby Park are mended.');
  const before = await council.post(1);
  const [asked] = await teams.sent(ellen, 'picture 1', '0.jpg');
  expect(asked?.text).toContain('Put 0.jpg into #1?');
  expect(asked?.text).toContain(
    'If you put it in, it becomes a draft again. Its card asks what is to be said about the picture, and then it has to be sent again. Nothing has been changed yet.',
  );
  expect(ellen.buttons(asked)).toEqual(['Yes, put it in', 'Open #1']);
  expect(await council.post(1)).toMatchObject({ status: before.status, revision: { media: [] } });
  const card = (await ellen.press('Yes, put it in', {}, asked)).card;
  expect(await council.post(1)).toMatchObject({
    status: { is: 'draft' },
    revision: { media: [{ alt: '' }] },
  });
  await ellen.press('Send to Highways approvers', answers, card);
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
  const { status, revision } = await council.post(1);
  expect(status.is).toBe('published');
  expect(revision.media).toMatchObject([{ alt: 'The mended swings' }]);
  // What is public keeps its picture, and no button leads to a form that cannot change that.
  const [kept] = (await teams.sent(nadia, 'picture 1', '1.jpg')).slice(-1);
  expect(kept?.text).toBe(
    'I have not used what you sent: #1 is public A post that is public keeps its pictures. Where one is wrong, take the post down and post it again with the right one, or write a new post.',
  );
  expect(nadia.buttons(kept)).toEqual([]);
  expect((await nadia.say('picture 1')).at(-1)?.text).toMatch(/^#1 is public A post that is public keeps/u);
  expect((await nadia.say('correct 1')).at(-1)?.text).toContain('A post that is public keeps its pictures.');

  // Its author reads of an approval that came after the question.
  await nadia.say('propose The gates in Derby Park are mended.');
  await nadia.press('Send to Communications', {}, nadia.card(2));
  const [early] = await teams.sent(nadia, '#2', '1.jpg');
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(2));
  await ellen.say('schedule 2 Fri 9am');
  await priya.press('Approve: goes out on Fri 27 Nov at 9am', { confirm: 'true' }, priya.card(2));
  const late = await nadia.press('Yes, put it in', {}, early);
  expect(late.text).toContain('Priya Desai approved this a moment ago.');
  expect(late.text).toContain(
    'it becomes a draft again, no approval of it counts any more and it has to be passed on once more. Its card',
  );
  expect((await council.post(2)).status.is).toBe('scheduled');
  await council.pass(61 * minute);
  expect((await nadia.press('Yes, put it in', {}, late.card)).text).toContain(
    'Please send me the picture for #2',
  );
  const [again] = await teams.sent(nadia, 'photo 2', '1.jpg');
  await nadia.press('Yes, put it in', {}, again);
  expect(await council.post(2)).toMatchObject({ status: { is: 'draft' }, revision: { media: [{}] } });
  expect((await council.audit()).findings).toEqual([]);
});

test('whoever may not edit a post puts no picture into it; in a Teams channel it is asked for in the own chat', async () => {
  await using council = await openCouncil();
  const [nadia, bethan, priya] = [
    council.as('nadia-hartley'),
    council.as('bethan-prys'),
    council.as('priya-desai'),
  ];
  await nadia.say('hello');
  await using teams = await filesInTeams(council, await pictures(2));
  await nadia.say('propose The swings in Derby Park are mended.');
  expect(await teams.send(bethan, '0.jpg', 'picture 1')).toContain('I cannot find that post');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  await council.as('ellen-rimmer').press('Pass on to Highways approvers');
  expect(await teams.send(priya, '0.jpg', 'picture 1')).toContain(
    'You cannot change this post. Nadia Hartley',
  );
  expect((await council.post(1)).revision.media).toEqual([]);

  await nadia.say('propose The gates in Derby Park are mended.');
  const content = '<div>photo 2 <img src="https://graph.microsoft.com/hostedContents/1/$value"></div>';
  const inChannel = await nadia.say('photo 2', {
    channel: '19:highways@thread.tacv2',
    attachments: [{ contentType: 'text/html', content }],
  });
  expect(inChannel.map(({ text }) => text).join('\n')).toContain('Please send me the picture for #2');
  await teams.send(nadia, '0.jpg', '');
  expect((await council.post(2)).revision.media).toHaveLength(1);
});

test('a film that was proposed gets its still, and no second film', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, {
    ...(await pictures(1)),
    'a.mp4': mp4({ seconds: 20, width: 1280, height: 720, streamable: true }),
    'b.mp4': mp4({ seconds: 21, width: 1280, height: 720, streamable: true }),
  });
  await teams.sent(nadia, 'propose The new library in Crosby is open.', 'a.mp4');
  expect(await teams.send(nadia, '0.jpg', 'still for 1')).toContain('That is in #1 now.');
  expect((await council.post(1)).revision.media).toMatchObject([
    { contentType: 'video/mp4' },
    { contentType: 'image/jpeg' },
  ]);
  expect(await teams.send(nadia, 'b.mp4', 'video 1')).toContain('#1 has a video already');
  const form = await nadia.press('Edit', {}, nadia.card(1));
  await nadia.press('Save', { 'out:0': 'true' }, form.card);
  expect(await teams.send(nadia, 'b.mp4', 'video 1')).toContain('That is in #1 now.');
  expect((await council.post(1)).revision.media).toMatchObject([
    { contentType: 'image/jpeg' },
    { contentType: 'video/mp4', length: 21_000 },
  ]);
});

test('of several links that are not followed each is named, and so is that the words have none of them', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose See https://169.254.169.254/a.jpg and http://localhost:4988/x.jpg');
  const refusal = () =>
    council.shown(nadia.chat).findLast(({ text }) => text.includes('I could not take'))?.text;
  expect(refusal()).toContain(
    'I could not take https://169.254.169.254/a.jpg and http://localhost:4988/x.jpg Of each of them: It leads to a place inside a network',
  );
  expect(refusal()).toContain(
    'Your words are draft #1, without them. Please read them once more, since no such link is in them now.',
  );
  expect((await council.post(1)).revision.text).toBe('See and');
  // A file beside it that is refused for another reason is named with that.
  await using teams = await filesInTeams(council, {
    'drawing.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  });
  await teams.send(nadia, 'drawing.svg', 'propose Look at https://10.0.0.1/a.jpg');
  expect(refusal()).toContain('I could not take https://10.0.0.1/a.jpg and drawing.svg');
  expect(refusal()).toContain('https://10.0.0.1/a.jpg: It leads to a place inside a network');
  expect(refusal()).toContain('drawing.svg: It is nothing that I can use.');
});
