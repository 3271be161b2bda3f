import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { plainPhoto } from '../media/drawn-pictures.ts';
import { mp4 } from '../media/video-files.ts';
import { textOf } from './card.ts';
import { minute, openCouncil, type Council } from './council.ts';
import { ended, listening } from '../peers/listening.ts';

/** Files by their name. */
type Kept = Readonly<Record<string, Uint8Array | string>>;

/** Teams, with what it keeps for people to fetch. */
async function keptInTeams(council: Council, files: Kept): Promise<{ base: string }> {
  const server = createServer((request, response) => {
    const file = files[(request.url ?? '').slice(1)];
    if (file === undefined) council.connector.handle(request, response);
    else response.end(file);
  });
  open.push(server);
  return { base: (await listening(server)).url };
}

const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await ended(server);
});

const film = () => mp4({ seconds: 20, width: 1280, height: 720, streamable: true });

/** A post that Nadia begins with some files; Teams keeps others that she sends later. */
async function proposedWith(council: Council, files: Kept, later: Kept = {}) {
  const { base } = await keptInTeams(council, { ...files, ...later });
  const nadia = council.as('nadia-hartley');
  const send = async (text: string, ...names: readonly string[]) =>
    await nadia.say(text, { serviceUrl: base, attachments: names.map((name) => fileCard(base, name)) });
  await send('propose The new library in Crosby is open.', ...Object.keys(files));
  return { nadia, send };
}

/** The parts as they were frozen when the post was sent. */
async function frozenParts(council: Council): Promise<readonly unknown[]> {
  const { status } = await council.post(1);
  if (status.is !== 'in-review') throw new Error(`the post is ${status.is}`);
  return status.plan.parts.map(({ bytes }): unknown => JSON.parse(bytes));
}

/** What every picture and video is asked. */
const answered = { 'alt:0': 'The leader opens the library', 'seen:0': 'adults', 'whose:0': 'ours' };

const fileCard = (base: string, name: string) => ({
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  name,
  content: { downloadUrl: `${base}/${name}`, fileType: name.split('.').at(-1) },
});

test('a video from a phone waits for its captions, and goes out with them', async () => {
  await using council = await openCouncil();
  const vtt = 'WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nThe new library is open.\n';
  const { base } = await keptInTeams(council, {
    'library.mp4': film(),
    'library.vtt': vtt,
    'another.srt': '1\n00:03:00,000 --> 00:03:02,000\nSomething else.\n',
  });
  const nadia = council.as('nadia-hartley');
  const send = async (text: string, ...names: readonly string[]) =>
    await nadia.say(text, { serviceUrl: base, attachments: names.map((name) => fileCard(base, name)) });

  // Captions belong to a video.
  expect((await send('', 'library.vtt')).at(-1)?.text).toContain('Which video are these captions for?');

  await send('propose The new library in Crosby is open.', 'library.mp4');
  const [video] = (await council.post(1)).revision.media;
  expect(video).toMatchObject({ contentType: 'video/mp4', length: 20_000, width: 1280, alt: '' });
  const card = nadia.card(1);
  expect(card.text).toContain('0:20 long, no captions yet');
  expect(card.text).toContain('Watch the video');
  const form = await nadia.press('Edit', {}, card);
  await nadia.press('Save', { accounts: 'news', ...answered }, form.card);
  const refused = await nadia.press('Send to Communications', {}, nadia.card(1));
  expect(refused.text).toContain('The video has no captions.');

  // Another video's captions are told from its own by their length.
  expect((await send('captions 1', 'another.srt')).at(-1)?.text).toContain(
    'These captions go on at 3:00, but the video ends at 0:20.',
  );
  expect((await send('', 'library.vtt')).at(-1)?.text).toContain('The captions are with the video of #1.');
  expect(nadia.card(1).text).toContain('0:20 long, with captions from a file');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const [frozen] = await frozenParts(council);
  expect(frozen).toMatchObject({
    media: [
      { contentType: 'video/mp4', captions: { as: 'file', contentType: 'text/vtt', language: 'en-GB' } },
    ],
  });
  await council.as('ellen-rimmer').press('Pass on to Highways approvers');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  expect((await council.post(1)).status.is).toBe('published');
  // Nothing takes captions without a video; the words beside them stay.
  const alone = await send('propose The library is open.', 'library.vtt');
  expect(alone.map(({ text }) => text).join('\n')).toContain('These captions have no video.');
  expect((await council.post(2)).revision.text).toBe('The library is open.');
  expect((await council.audit()).findings).toEqual([]);
});

test('captions for what was sent or approved say first what they take back, and one press puts them to it', async () => {
  await using council = await openCouncil();
  const vtt = (words: string) => `WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n${words}\n`;
  const { nadia, send } = await proposedWith(
    council,
    { 'a.mp4': film(), 'a.vtt': vtt('The library is open.') },
    { 'b.vtt': vtt('The new library is open.') },
  );
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  const form = await nadia.press('Edit', {}, nadia.card(1));
  const when = 'Fri 9am';
  await nadia.press('Save', { accounts: 'news', ...answered, when }, form.card);
  const sentOff = async () => await nadia.press('Send to Communications', {}, nadia.card(1));
  await sentOff();
  const first = await council.post(1);

  // Nobody has decided yet; it would have to be sent once more all the same.
  const [asked] = await send('captions 1', 'b.vtt');
  expect(asked?.text).toContain(
    'Put the captions to #1? Nadia Hartley sent this for approval a moment ago. If you put the captions to it, it becomes a draft again. They take the place of the captions that its video has now. Nothing has been changed yet.',
  );
  expect(nadia.buttons(asked)).toEqual(['Yes, put the captions to it', 'Open #1']);
  expect((await council.post(1)).revision).toEqual(first.revision);
  // Whoever opens it from there is asked once more.
  const [other] = await send('captions 1', 'b.vtt');
  const opened = await nadia.press('Open #1', {}, other);
  expect(opened.text).toContain('Not in it yet: b.vtt. To be asked again, type "captions 1" within an hour.');
  const [once] = await nadia.say('captions 1');
  expect(nadia.buttons(once)).toEqual(['Yes, put the captions to it', 'Open #1']);
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(1));
  await priya.press('Approve: goes out on Fri 27 Nov at 9am', { confirm: 'true' }, priya.card(1));
  expect((await council.post(1)).status.is).toBe('scheduled');

  // By the press somebody has approved it: that is said before it is taken back as well.
  const late = await nadia.press('Yes, put the captions to it', {}, asked);
  expect(late.text).toContain(
    'Priya Desai approved this a moment ago. If you put the captions to it, it becomes a draft again, no approval of it counts any more and it has to be passed on once more.',
  );
  expect((await council.post(1)).status.is).toBe('scheduled');
  const done = await nadia.press('Yes, put the captions to it', {}, late.card);
  expect(done.text).toContain('Draft');
  const after = await council.post(1);
  expect(after.status.is).toBe('draft');
  expect(after.revision.media[0]).not.toEqual(first.revision.media[0]);
  expect(after.revision.media[0]).toMatchObject({ captions: { as: 'file', contentType: 'text/vtt' } });
  // Of a draft nothing is taken back.
  const again = await send('captions 1', 'a.vtt');
  expect(again.at(-1)?.text).toContain('The captions are with the video of #1.');
  // What was edited since, or waited for too long, has to be sent again.
  await sentOff();
  const [old] = await send('captions 1', 'b.vtt');
  await council.pass(61 * minute);
  const gone = await nadia.press('Yes, put the captions to it', {}, old);
  expect(gone.text).toContain('Please add the captions');
  expect((await council.post(1)).status.is).toBe('in-review');
  expect((await council.audit()).findings).toEqual([]);
});

test('captions are asked for only where a post takes them', async () => {
  await using council = await openCouncil();
  const { base } = await keptInTeams(council, { 'library.mp4': film() });
  const nadia = council.as('nadia-hartley');
  const said = async (person: string, words: string) => (await council.as(person).say(words)).at(-1)?.text;
  await nadia.say('propose The library is open.');
  expect(await said('nadia-hartley', 'captions 1')).toContain('#1 has no video');
  const attachments = [fileCard(base, 'library.mp4')];
  await nadia.say('propose The library is open.', { serviceUrl: base, attachments });
  expect(await said('nadia-hartley', 'captions 2')).toContain('Please add the captions');
  expect(await said('gareth-molyneux', 'captions 2')).toContain('You cannot change this post.');
  await nadia.say('cancel 2');
  expect(await said('nadia-hartley', 'captions 2')).toContain(
    'It cannot be changed now: this post is cancelled.',
  );
});

test('what a video shows is asked for where an account tells it: not on Facebook, but on the website', async () => {
  await using council = await openCouncil();
  const { nadia } = await proposedWith(council, { 'a.mp4': film() });
  expect(nadia.card(1).text).toContain('Video is not described yet');
  const form = await nadia.press('Edit', {}, nadia.card(1));
  const rest = { 'seen:0': 'adults', 'whose:0': 'ours', 'burned:0': 'true' };
  await nadia.press('Save', { accounts: 'facebook-main', ...rest }, form.card);
  const there = nadia.card(1);
  expect(there.text).not.toContain('described yet');
  expect(JSON.stringify(there.card)).not.toContain('alt:0');
  const again = await nadia.press('Edit', {}, there);
  expect(JSON.stringify(again.card)).not.toContain('alt:0');
  await nadia.press('Save', { accounts: 'facebook-main,news' }, again.card);
  const refused = await nadia.press('Send to Communications', {}, nadia.card(1));
  expect(refused.text).toContain('The video has no description.');
  const last = await nadia.press('Edit', {}, nadia.card(1));
  await nadia.press('Save', { accounts: 'facebook-main' }, last.card);
  await nadia.press('Send to Communications', {}, nadia.card(1));
  expect((await council.post(1)).status.is).toBe('in-review');
});

test('a film with a picture beside it goes to X and Bluesky alone, and the card says so before anybody decides', async () => {
  await using council = await openCouncil();
  const { nadia } = await proposedWith(council, {
    'a.mp4': film(),
    'still.jpg': await plainPhoto('#336', 900, 700),
  });
  const form = await nadia.press('Edit', {}, nadia.card(1));
  const still = { 'alt:1': 'The library', 'seen:1': 'nobody', 'whose:1': 'ours' };
  await nadia.press(
    'Save',
    { accounts: 'x-main,facebook-main,bluesky-main', ...answered, ...still, 'burned:0': 'true' },
    form.card,
  );
  const alone =
    'On X and Bluesky the video goes out without the picture: none can stand beside a video there';
  expect(nadia.card(1).text).toContain(alone);
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const frozen = await frozenParts(council);
  expect(frozen).toMatchObject([
    { network: 'x', media: [{ contentType: 'video/mp4' }] },
    { network: 'facebook', media: [{ contentType: 'video/mp4' }, { contentType: 'image/jpeg' }] },
    { network: 'bluesky', media: [{ contentType: 'video/mp4', size: { width: 1280, height: 720 } }] },
  ]);
  expect(frozen).toMatchObject([
    { media: { length: 1 } },
    { media: { length: 2 } },
    { media: { length: 1 } },
  ]);
  expect(council.as('ellen-rimmer').card(1).text).toContain(alone);
});

test('YouTube is asked about where it is chosen, and says before anybody approves what it will not take', async () => {
  await using council = await openCouncil();
  const { nadia } = await proposedWith(council, { 'a.mp4': film() });
  const edit = async () => (await nadia.press('Edit', {}, nadia.card(1))).card ?? {};
  const first = await edit();
  expect(textOf(first)).not.toContain('On YouTube');
  const described = { ...answered, 'burned:0': 'true' };
  await nadia.press('Save', { accounts: 'youtube-main', ...described }, first);
  expect(nadia.card(1).text).toContain('YouTube has to know whether the video is made for children.');
  const second = await edit();
  expect(textOf(second)).toContain('On YouTube');
  const wrong = await nadia.press('Save', { accounts: 'youtube-main', 'youtube-at': 'soonish' }, second);
  expect(wrong.text).toContain('I cannot read that time.');
  await nadia.press(
    'Save',
    {
      accounts: 'youtube-main',
      'youtube-title': 'The new library',
      'youtube-kids': 'no',
      'youtube-playlist': 'PLSeftonResidents',
      'youtube-at': 'tomorrow 9am',
    },
    second,
  );
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const [frozen] = await frozenParts(council);
  expect(frozen).toMatchObject({
    headline: 'The new library',
    video: {
      madeForKids: false,
      privacy: 'public',
      playlist: 'PLSeftonResidents',
      publishAt: Date.UTC(2026, 10, 25, 9),
    },
  });
  // Whoever decides on it reads all that was frozen.
  const stands =
    'On YouTube from Wed 25 Nov at 9am, for everybody, headed "The new library", in the list "For everybody"; not made for children';
  expect(council.as('ellen-rimmer').card(1).text).toContain(stands);
  await council.as('ellen-rimmer').press('Pass on to Highways approvers');
  const asked = council.as('priya-desai').card(1);
  expect(asked.text).toContain(stands);
  expect(asked.text).toContain('Planned for Wed 25 Nov at 9am');
  expect(asked.text).not.toContain('As soon as it is approved');

  // What it is headed is read on the card once it stands, too.
  await council
    .as('priya-desai')
    .press('Approve: passes to the Head of Communications', { confirm: 'true' }, asked);
  await council.quiet();
  const claire = council.as('claire-whitworth');
  await claire.press('Approve: goes out on Wed 25 Nov at 9am', { confirm: 'true' }, claire.card(1));
  await council.pass(24 * 60 * minute);
  expect(nadia.card(1).text).toContain('On YouTube the video is headed "The new library"');
});

test('captions that are in the picture are a statement on the card, which can be taken back; Instagram asks for it even beside a file', async () => {
  await using council = await openCouncil();
  const later = { 'a.vtt': 'WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nThe new library is open.\n' };
  const { nadia, send } = await proposedWith(council, { 'a.mp4': film() }, later);
  const edit = await nadia.press('Edit', {}, nadia.card(1));
  if (edit.card === undefined) throw new Error('there is no form');
  await nadia.press('Save', { ...answered, 'burned:0': 'true' }, edit.card);
  expect((await council.post(1)).revision.media[0]).toMatchObject({ captions: { as: 'burned-in' } });
  expect(nadia.card(1).text).toContain('with captions in the picture');
  const again = await nadia.press('Edit', {}, nadia.card(1));
  if (again.card === undefined) throw new Error('there is no form');
  await nadia.press('Save', { 'burned:0': 'false' }, again.card);
  expect((await council.post(1)).revision.media[0]).not.toHaveProperty('captions');

  await send('captions 1', 'a.vtt');
  const accounts = 'facebook-main,instagram-main';
  const third = await nadia.press('Edit', {}, nadia.card(1));
  await nadia.press('Save', { accounts }, third.card);
  expect(nadia.card(1).text).toContain('Instagram shows no caption file, so the captions of the video');
  const fourth = await nadia.press('Edit', {}, nadia.card(1));
  await nadia.press('Save', { accounts, 'burned:0': 'true' }, fourth.card);
  expect(nadia.card(1).text).toContain('with captions from a file and in the picture');
  expect(nadia.card(1).text).not.toContain('shows no caption file');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const frozen = await frozenParts(council);
  expect(frozen).toMatchObject([
    {
      network: 'facebook',
      headline: 'The new library in Crosby is open',
      media: [{ captions: { as: 'file', language: 'en-GB' } }],
    },
    { network: 'instagram', media: [{ captions: { as: 'burned-in' } }] },
  ]);
});
