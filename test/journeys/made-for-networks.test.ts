import sharp from 'sharp';
import { expect, test } from 'vitest';
import { lookOfPost } from '../../src/media/look-of-post.ts';
import { planShown, readPart } from '../../src/posts/writing/plan.ts';
import { drawingOf } from '../../src/teams/cards/drawing.ts';
import { looksOf } from '../../src/teams/cards/looks.ts';
import { hour, openCouncil } from './council.ts';
import { filesInTeams } from './files-in-teams.ts';

const drawn = async (width: number, height: number): Promise<Buffer> =>
  await sharp({ create: { width, height, channels: 3, background: '#446688' } })
    .png()
    .toBuffer();

test('a picture is made as each network needs it before anybody decides, whole and between bars where its shape is not taken', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, {
    'wide.png': await drawn(2_400, 1_600),
    'tall.png': await drawn(900, 1_600),
  });
  const answered = { 'alt:0': 'A new path in the park', 'seen:0': 'nobody', 'whose:0': 'ours' };
  const accounts = 'news,x-main,bluesky-main,instagram-main';

  await teams.send(nadia, 'wide.png', 'propose The new path is open.');
  const form = await nadia.press('Edit', {}, nadia.card(1));
  await nadia.press('Save', { accounts, ...answered }, form.card);
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const { revision, status } = await council.post(1);
  if (status.is !== 'in-review') throw new Error(`it is ${status.is}: ${nadia.card(1).text}`);
  const going: Record<string, string> = {};
  for (const part of status.plan.parts) {
    const [medium] = readPart(part).media;
    const bytes = medium === undefined ? undefined : await council.blobs.get(medium.hash);
    const { format, width, height } = await sharp(bytes).metadata();
    going[part.network] = `${medium?.contentType ?? ''}: ${format} ${String(width)} by ${String(height)}`;
  }
  expect(going).toEqual({
    website: 'image/png: png 2400 by 1600',
    x: 'image/png: png 2400 by 1600',
    bluesky: 'image/png: png 2000 by 1333',
    instagram: 'image/jpeg: jpeg 1440 by 960',
  });
  expect(revision.media).toMatchObject([{ width: 2_400, madeFor: { bluesky: {}, instagram: {} } }]);

  await teams.send(nadia, 'tall.png', 'propose The old path is shut.');
  const second = await nadia.press('Edit', {}, nadia.card(2));
  await nadia.press('Save', { accounts, ...answered }, second.card);
  const said =
    'On Instagram the picture goes out with white bars left and right, since Instagram takes no taller ones. Nothing is cut off';
  expect(nadia.card(2).text).toContain(said);
  await nadia.press('Send to Communications', {}, nadia.card(2));
  expect(council.as('ellen-rimmer').card(2).text).toContain(said);
  const tall = (await council.post(2)).status;
  if (tall.is !== 'in-review') throw new Error(`it is ${tall.is}: ${nadia.card(2).text}`);
  const sizes: Record<string, string> = {};
  for (const part of tall.plan.parts) {
    const [medium] = readPart(part).media;
    const { width, height } = await sharp(medium && (await council.blobs.get(medium.hash))).metadata();
    sizes[part.network] = `${String(width)} by ${String(height)}`;
  }
  expect(sizes).toEqual({
    website: '900 by 1600',
    x: '900 by 1600',
    bluesky: '900 by 1600',
    instagram: '1152 by 1440',
  });

  // Several stand there in the shape of the first.
  await teams.send(nadia, 'wide.png', '');
  await teams.send(nadia, 'tall.png', '');
  const third = await nadia.press('Edit', {}, nadia.card(3));
  await nadia.press('Save', { text: 'Both paths are open.', accounts }, third.card);
  const both = nadia.card(3).text;
  expect(both).toContain(
    'On Instagram picture 2 goes out with white bars left and right, since Instagram takes no taller ones',
  );
  expect(both).toContain('On Instagram picture 2 is cropped to the shape of picture 1.');
  expect(both).not.toContain('Nothing is cut off');

  // Each account's look has as many pictures as it will, and says so to those who cannot see it.
  const post = await council.post(3);
  const plan = planShown(post, council.protocol)?.plan.hash ?? '';
  const shown: Record<string, readonly unknown[]> = {};
  for (const account of accounts.split(',')) {
    const read = async (hash: string) => await council.blobs.get(hash);
    const look = await lookOfPost(post, { plan, account }, council.protocol, read);
    shown[account] = [look?.pictures?.length, look?.allPictures];
  }
  expect(shown).toEqual({
    news: [2, 2],
    'x-main': [2, 2],
    'bluesky-main': [2, 2],
    'instagram-main': [1, 2],
  });
  const drawing = {
    viewer: { kind: 'person', person: post.author },
    rules: { ...council.protocol, away: {} },
    now: council.now(),
  } as const;
  const lookUrl = () => 'https://crier.example/look';
  const { items } = looksOf(drawingOf(post, drawing, { lookUrl }));
  expect(items.map(({ altText }) => altText)).toContain(
    'What it will look like on X: Both paths are open. 2 pictures. 1: not described yet. 2: not described yet',
  );

  // The first is whole between bars, and another one is not.
  await council.pass(hour);
  await teams.send(nadia, 'tall.png', '');
  await teams.send(nadia, 'wide.png', '');
  const fourth = await nadia.press('Edit', {}, nadia.card(4));
  await nadia.press('Save', { text: 'Both paths are shut.', accounts }, fourth.card);
  const first = nadia.card(4).text;
  expect(first).toContain('On Instagram picture 1 goes out with white bars left and right');
  expect(first).toContain('On Instagram picture 2 is cropped to the shape of picture 1.');
  expect(first).not.toContain('Nothing is cut off');
});

test('a link to our own news goes to Bluesky with the card of its page, as it was when it was approved', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const tom = council.as('tom-ashcroft');
  await ellen.say('propose for Highways: Liverpool Road is closed. Please use the A565.');
  await ellen.press('Send to Highways approvers');
  await tom.press('Approve: goes out now', { confirm: 'true' });
  const [, address = ''] = /href="(\/news\/1)"/u.exec(await (await council.get('/news')).text()) ?? [];
  const link = `https://news.sefton.example${address}`;

  await ellen.say('propose for Highways: Read https://www.example.org/roads first.');
  const form = await ellen.press('Edit', {}, ellen.card(2));
  await ellen.press('Save', { accounts: 'news,x-main,bluesky-main' }, form.card);
  expect(ellen.card(2).text).toContain('The link is shown as a card on X');
  expect(ellen.card(2).text).toContain(
    'On Bluesky the link goes out without a card: I may not read pages on www.example.org',
  );
  const second = await ellen.press('Edit', {}, ellen.card(2));
  await ellen.press('Save', { text: `The road is still closed: ${link}` }, second.card);
  const said = 'The link is shown as a card on X and Bluesky: "Liverpool Road is closed"';
  expect(ellen.card(2).text).toContain(said);
  await ellen.press('Send to Highways approvers', {}, ellen.card(2));
  expect(tom.card(2).text).toContain(said);

  // What the page says afterwards is not what was approved.
  const page = await ellen.press('Correct', {}, ellen.card(1));
  await ellen.press(
    'Ask for this correction',
    { text: 'Moor Lane is closed.', what: 'The wrong road.' },
    page.card,
  );
  await tom.press('Agree: correct it now', { confirm: 'true' }, tom.card(1));
  await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(2));
  const { status } = await council.post(2);
  if (status.is !== 'published') throw new Error(`it is ${status.is}`);
  const cards = status.plan.parts.map((part) => [part.account, readPart(part).linkCard?.title]);
  expect(Object.fromEntries(cards)).toEqual({
    news: undefined,
    'x-main': undefined,
    'bluesky-main': 'Liverpool Road is closed',
  });
  expect((await council.audit()).findings).toEqual([]);
});
