import { expect, test } from 'vitest';
import { z } from 'zod';
import { plainPhoto } from '../media/drawn-pictures.ts';
import { mp4 } from '../media/video-files.ts';
import { letOutByDesk } from './beginnings.ts';
import { buttonsIn } from './card.ts';
import { minute, openCouncil, type Council, type Somebody } from './council.ts';
import { filesInTeams } from './files-in-teams.ts';

/*
 * Microsoft's client sends no field that is empty. What somebody emptied is empty all the same, and what was never
 * asked stays as it was.
 */

const photo = await plainPhoto('#446688', 800, 600);

/** What Nadia fills in, in the form of a post with a picture. */
const filled = {
  accounts: 'news,x-main',
  'variant:x-main': 'Moor Lane: closed.',
  headline: 'Moor Lane closed',
  summary: 'Closed until Friday',
  campaign: 'roads',
  until: '30/3/2027 9am',
  when: '25/3/2027 9am',
  'alt:0': 'A closed road sign',
  'seen:0': 'children',
  'form:0': 'MC-7',
  'whose:0': 'permitted',
  'from:0': 'The Echo',
};

async function edited(nadia: Somebody, typed: Readonly<Record<string, string>>): Promise<string> {
  const form = await nadia.press('Edit', {}, nadia.card(1));
  return (await nadia.press('Save', typed, form.card)).text;
}

test('what somebody empties in the form is empty, and what it did not ask stays', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, { 'a.jpg': photo });
  await teams.send(nadia, 'a.jpg', 'propose Moor Lane is closed.');
  await edited(nadia, filled);
  const { revision: full, when } = await council.post(1);
  expect(full).toMatchObject({
    variants: { 'x-main': 'Moor Lane: closed.' },
    headline: 'Moor Lane closed',
    summary: 'Closed until Friday',
    campaign: 'roads',
    media: [
      {
        alt: 'A closed road sign',
        recognised: { who: 'children', form: 'MC-7' },
        origin: { whose: 'permitted', from: 'The Echo' },
      },
    ],
  });
  expect([when, full.until]).not.toContain(undefined);

  const emptied = Object.keys(filled).filter((id) => !/^(?:accounts|seen|whose)/u.test(id));
  await edited(nadia, Object.fromEntries(emptied.map((id) => [id, ''])));
  const { revision, when: planned } = await council.post(1);
  expect(revision.n).toBe(full.n + 1);
  expect(Object.values(revision.variants).filter((text) => text !== '')).toEqual([]);
  const [medium] = revision.media;
  expect([revision.headline, revision.summary, revision.campaign, medium?.alt]).toEqual(['', '', '', '']);
  expect([planned, revision.until]).toEqual([undefined, undefined]);
  expect(medium?.recognised).toEqual({ who: 'children' });
  expect(medium?.origin).toEqual({ whose: 'permitted' });
  // What it goes to was left as it was ticked.
  expect(revision.accounts).toEqual(['news', 'x-main']);
  expect(revision.text).toBe('Moor Lane is closed.');

  // Where it goes is missed rather than kept, and so are its words once it is sent.
  expect(await edited(nadia, { accounts: '' })).toContain('✖');
  expect((await council.post(1)).revision).toEqual(revision);
  await edited(nadia, { text: '' });
  expect((await council.post(1)).revision.text).toBe('');
});

/** A film for YouTube that waits for answers about it. */
async function film(council: Council, answered: Readonly<Record<string, string>>): Promise<Somebody> {
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, {
    'a.mp4': mp4({ seconds: 20, width: 1280, height: 720, streamable: true }),
  });
  await teams.send(nadia, 'a.mp4', 'propose The new library in Crosby is open.');
  await edited(nadia, {
    accounts: 'youtube-main',
    'alt:0': 'The leader opens the library',
    'seen:0': 'adults',
    'whose:0': 'ours',
    'burned:0': 'true',
  });
  await edited(nadia, answered);
  return nadia;
}

test('what is answered about YouTube counts where its title is left to the first words of the text', async () => {
  await using council = await openCouncil();
  const nadia = await film(council, {
    'youtube-kids': 'no',
    'youtube-privacy': 'unlisted',
    'youtube-playlist': 'PLSeftonResidents',
  });
  expect(nadia.card(1).text).not.toContain('YouTube has to know');
  expect((await council.post(1)).revision.youtube).toEqual({
    title: '',
    madeForKids: false,
    privacy: 'unlisted',
    playlist: 'PLSeftonResidents',
  });
  const sent = await nadia.press('Send to Communications', {}, nadia.card(1));
  expect(sent.text).toContain('only for whoever has its link');
});

test('a film that only the council may see does not go out for everybody because its title was emptied beside', async () => {
  await using council = await openCouncil();
  const nadia = await film(council, { 'youtube-kids': 'no', 'youtube-title': 'The new library' });
  expect((await council.post(1)).revision.youtube).toMatchObject({ privacy: 'public' });
  const card = await edited(nadia, { 'youtube-title': '', 'youtube-privacy': 'private' });
  expect((await council.post(1)).revision.youtube).toMatchObject({ title: '', privacy: 'private' });
  expect(card).toContain('On YouTube, where only we can see it');
});

test('a heading and an end that somebody empties in a correction are gone from what is asked for', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const stands = { accounts: 'news', headline: 'Road closed', until: '30/3/2027 9am' };
  await letOutByDesk(council, 'The road is closed until Thursday.', stands);
  const form = await ellen.press('Correct', {}, ellen.card(1));
  await ellen.press(
    'Ask for this correction',
    { text: 'The road is closed until Friday.', what: 'We gave the wrong day.', headline: '', until: '' },
    form.card,
  );
  const { correction } = await council.post(1);
  expect(correction?.revision).toMatchObject({ text: 'The road is closed until Friday.', headline: '' });
  expect(correction?.revision).not.toHaveProperty('until');
  // Whoever agrees reads that the heading goes, and what stands in its place.
  const joseph = council.as('joseph-adeyemi');
  expect(joseph.card(1).text).toContain(
    'The heading on the website is taken out. It said: Road closed Instead, the first words of the text stand there: The road is closed until Friday',
  );
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await council.pass(minute);
  const { items } = z
    .object({ items: z.array(z.object({ title: z.string() })) })
    .parse(await (await council.get('/news/feed.json')).json());
  expect(items).toEqual([{ title: 'The road is closed until Friday' }]);
});

/** A press that brings only what somebody touched. */
async function pressedBare(
  somebody: Somebody,
  title: string,
  card: object | undefined,
  typed: Readonly<Record<string, string>>,
): Promise<string> {
  const button = buttonsIn(card ?? {}).find((each) => each.title === title);
  if (button === undefined) throw new Error(`No button "${title}"`);
  const action = { type: 'Action.Execute', verb: button.verb, data: { ...button.data, ...typed } };
  return await somebody.invoke('adaptiveCard/action', { action, trigger: 'manual' });
}

test('a press that brings only what was touched takes nothing else away', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose Moor Lane is closed.');
  await edited(nadia, {
    accounts: 'news,x-main',
    headline: 'Moor Lane closed',
    campaign: 'roads',
    flags: 'safety',
    until: '30/3/2027 9am',
    when: '25/3/2027 9am',
  });
  const { revision: stands, when } = await council.post(1);
  const form = await nadia.press('Edit', {}, nadia.card(1));
  await pressedBare(nadia, 'Save', form.card, { headline: 'Moor Lane shut' });
  const after = await council.post(1);
  const { at } = after.revision;
  expect(after.revision).toEqual({ ...stands, n: stands.n + 1, at, headline: 'Moor Lane shut' });
  expect(after.when).toEqual(when);
});

test('a correction that brings only what was touched keeps heading and end, and one of only the heading the text', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await letOutByDesk(council, 'The road is closed. Use the A565.', {
    accounts: 'news,x-main',
    headline: 'Road closed',
    until: '30/3/2027 9am',
  });
  const asks = async (typed: Readonly<Record<string, string>>) => {
    const [form] = await ellen.say('correct 1');
    await pressedBare(ellen, 'Ask for this correction', form?.card, typed);
    const { correction } = await council.post(1);
    expect(joseph.card(1).text).not.toContain('taken out');
    await joseph.press('Leave it as it is', { note: 'It was right.' }, joseph.card(1));
    return correction?.revision;
  };
  const before = (await council.post(1)).revision;
  const text = 'The road is closed. Use the A59.';
  const { headline, until } = before;
  expect(await asks({ text, what: 'We gave the wrong way round.' })).toMatchObject({ text, headline, until });
  const heading = { headline: 'Road shut' };
  expect(await asks({ ...heading, what: 'It is shut.' })).toMatchObject({
    ...heading,
    text: before.text,
    until,
  });
});
