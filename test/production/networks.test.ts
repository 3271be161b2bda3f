import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import type { PlayedNetwork } from '../peers/faults.ts';
import { bareEnvironment } from '../process/crier.ts';
import { fileCard, filesHost, film, openEverywhere, pictureUrl, publicUrl } from './everywhere.ts';

/**
 * The whole loop of a post on every social network at once, as a council runs it. What is asserted stands in the
 * networks' own ledgers.
 */

const audit = fileURLToPath(new URL('../../scripts/audit.ts', import.meta.url));
const words = 'Liverpool Road is closed until Thursday while we mend a burst main.';
const right = 'Liverpool Road is closed until Friday while we mend a burst main.';
const alt = 'A barrier across Liverpool Road';

const council = await openEverywhere();
afterAll(async () => await council.close());
const { crier, environment, fetched, folder, hosts, teams, url, youtube } = council;
const { x, facebook, instagram, bluesky } = council.networks;
const networks: Readonly<Record<string, PlayedNetwork>> = council.networks;

const standing = (name: string) => networks[name]?.posts() ?? [];
const everywhere = Object.keys(networks);

test('proposed with a picture, approved by somebody else, it stands once on every network', async () => {
  const [ellen, tom, joseph] = [
    teams.as('ellen-rimmer'),
    teams.as('tom-ashcroft'),
    teams.as('joseph-adeyemi'),
  ];
  for (const each of [ellen, tom, joseph]) await each.meet();
  await ellen.say(`propose for Highways: ${words}`, [
    { contentType: 'image/jpeg', contentUrl: pictureUrl, name: 'road.jpg' },
  ]);
  await ellen.sees('Picture is not described yet');
  await ellen.press('Send to Highways approvers', {
    'alt:0': alt,
    'seen:0': 'nobody',
    'whose:0': 'ours',
  });
  await tom.sees('Approve: goes out now');
  await tom.press('Approve: goes out now', { confirm: 'true' });
  // The head of the card, not the line of an account that was quicker than the others.
  await ellen.sees(/#1 · Highways and Transport Published on \D/u);
  for (const name of everywhere) {
    expect({ name, posts: standing(name) }).toMatchObject({
      name,
      posts: [{ text: words, pictures: [{ alt }] }],
    });
    expect(standing(name)).toHaveLength(1);
  }
  expect(fetched).toEqual([{ status: 200, type: 'image/jpeg' }]);
  const page = await (await fetch(`${url}/news`)).text();
  expect(page).toContain('closed until Thursday');
});

test('corrected on every network, each by its own way: changed, answered by a reply, or deleted and posted again', async () => {
  const [ellen, joseph] = [teams.as('ellen-rimmer'), teams.as('joseph-adeyemi')];
  await ellen.say('correct 1');
  const form = await ellen.sees('[Ask for this correction]');
  // X told how the post is doing there: that is what deleting loses.
  expect(form).toContain('Deleting it loses four likes, three replies and three shares for good.');
  await ellen.press('Ask for this correction', {
    text: right,
    what: 'We gave the wrong day.',
    'way:x-main': 'again',
  });
  await joseph.sees('[Agree: correct it now]');
  await joseph.press('Agree: correct it now', { confirm: 'true' });
  const card = await ellen.sees('Corrected on');
  expect(card).not.toContain('could not be corrected');
  const [old] = standing('bluesky');
  expect(
    everywhere.map((name) => [name, standing(name).map(({ text, replyTo }) => ({ text, replyTo }))]),
  ).toEqual([
    ['x', [{ text: right, replyTo: undefined }]],
    ['facebook', [{ text: expect.stringContaining('closed until Friday') as unknown, replyTo: undefined }]],
    ['instagram', [{ text: right, replyTo: undefined }]],
    [
      'bluesky',
      [
        { text: words, replyTo: undefined },
        { text: `Correction: We gave the wrong day.\n\n${right}`, replyTo: old?.id },
      ],
    ],
  ]);
  expect(await (await fetch(`${url}/news`)).text()).toContain('closed until Friday');
});

test('taken down everywhere by one press', async () => {
  const ellen = teams.as('ellen-rimmer');
  await ellen.say('remove 1');
  const card = await ellen.sees(/(?:: (?:Taken down|Deleted) at .*){8}/u);
  expect(card).not.toContain('still says');
  expect(everywhere.map((name) => [name, standing(name)])).toEqual(everywhere.map((name) => [name, []]));
  expect(await (await fetch(`${url}/news`)).text()).not.toContain('Liverpool Road');
});

test('a film with captions goes to every network by the same loop: nobody sees it without them, and its words are put right', async () => {
  const [ellen, tom, claire] = [
    teams.as('ellen-rimmer'),
    teams.as('tom-ashcroft'),
    teams.as('claire-whitworth'),
  ];
  await claire.meet();
  await ellen.say(
    'propose for Highways: Liverpool Road is open again since Thursday. See how we mended it.',
    [fileCard('road.mp4'), fileCard('road.vtt')],
  );
  await ellen.sees('Video is not described yet');
  await ellen.say('edit 2');
  await ellen.sees('[Save]');
  await ellen.press('Save', {
    accounts: 'news,youtube-main,x-main,facebook-main,instagram-main,bluesky-main',
    'alt:0': 'A walk along the mended road',
    'seen:0': 'nobody',
    'whose:0': 'ours',
  });
  // Nor does Instagram show what only a file says.
  await ellen.sees('Instagram shows no caption file');
  await ellen.sees('YouTube has to know whether the video is made for children.');
  await ellen.say('edit 2');
  // The form and not the card, which names YouTube too: another form's answers would take it out again.
  await ellen.sees('The text stands below the video');
  await ellen.press('Save', {
    'youtube-title': 'Liverpool Road is open since Thursday',
    'youtube-kids': 'no',
    'youtube-playlist': 'PLSefton',
    'burned:0': 'true',
  });
  await ellen.sees(/^#2 (?!.*has to know whether).*and in the picture.*\[Send to Highways approvers\]/u);
  await ellen.press('Send to Highways approvers');
  await tom.sees('#2');
  await tom.press('Approve: passes to the Head of Communications', { confirm: 'true' });
  await claire.sees('Approve: goes out now');
  await claire.press('Approve: goes out now', { confirm: 'true' });
  await ellen.sees(/#2 · Highways and Transport Published on \D/u);
  const said = 'Liverpool Road is open again since Thursday. See how we mended it.';
  expect(youtube.peer.videos).toMatchObject([
    {
      title: 'Liverpool Road is open since Thursday',
      description: `${said}\n\n${publicUrl}/news/2`,
      privacyStatus: 'public',
      selfDeclaredMadeForKids: false,
      size: film.length,
      hash: createHash('sha256').update(film).digest('base64url'),
      captions: [{ language: 'en-GB', text: expect.stringContaining('The road is open again.') as unknown }],
      playlists: ['PLSefton'],
      seenWithoutCaptions: false,
    },
  ]);

  const hash = createHash('sha256').update(film).digest('base64url');
  expect(facebook.videos).toMatchObject([
    {
      hash,
      description: said,
      title: 'Liverpool Road is open again since Thursday',
      captions: [
        { name: 'captions.en_GB.srt', text: expect.stringContaining('The road is open again.') as unknown },
      ],
      stands: 'published',
      seenTooEarly: false,
    },
  ]);
  expect([...instagram.reels.values()]).toEqual([{ hash, size: film.length, still: 0 }]);
  expect(instagram.posts()).toMatchObject([{ text: said }]);
  expect(fetched.slice(-2)).toEqual(Array(2).fill({ status: 206, type: 'video/mp4' }));

  const onX = {
    hash,
    size: film.length,
    captions: [
      {
        language: 'EN',
        name: 'English',
        text: expect.stringContaining('The road is open again.') as unknown,
      },
    ],
  };
  expect(x.posts()).toMatchObject([{ text: said, pictures: [] }]);
  expect([...x.films.values()]).toEqual([onX]);
  expect([...bluesky.films().values()]).toEqual([
    {
      hash,
      size: film.length,
      alt: 'A walk along the mended road',
      shape: { width: 1280, height: 720 },
      captions: [{ language: 'en-GB', text: expect.stringContaining('The road is open again.') as unknown }],
    },
  ]);

  await ellen.say('correct 2');
  await ellen.sees('[Ask for this correction]');
  await ellen.press('Ask for this correction', {
    text: said.replace('Thursday', 'Friday'),
    'youtube-title': 'Liverpool Road is open since Friday',
    what: 'We gave the wrong day.',
    'way:x-main': 'again',
  });
  const asked = await tom.sees('[Agree: correct it now]');
  expect(asked).toContain('The title of the video on YouTube becomes: Liverpool Road is open since Friday');
  await tom.press('Agree: correct it now', { confirm: 'true' });
  expect(await ellen.sees(/#2 .*Corrected on/u)).not.toContain('could not be corrected');
  expect(youtube.peer.videos).toMatchObject([
    {
      title: 'Liverpool Road is open since Friday',
      description: expect.stringContaining('open again since Friday') as unknown,
      privacyStatus: 'public',
    },
  ]);

  expect(facebook.videos).toMatchObject([
    {
      description: expect.stringContaining('open again since Friday') as unknown,
      title: 'Liverpool Road is open again since Friday',
    },
  ]);
  // On Instagram the one that was wrong made way for another.
  expect(instagram.posts()).toMatchObject([{ text: said.replace('Thursday', 'Friday') }]);
  expect([...instagram.reels.values()]).toMatchObject([{ hash }, { hash }]);

  // On Bluesky an answer says it.
  expect(bluesky.posts()).toMatchObject([
    { text: said },
    {
      text: `Correction: We gave the wrong day.\n\n${said.replace('Thursday', 'Friday')}`,
      replyTo: bluesky.posts()[0]?.id,
    },
  ]);
  // So it did on X.
  expect(x.posts()).toMatchObject([{ text: said.replace('Thursday', 'Friday') }]);
  expect([...x.films.values()]).toEqual([onX, onX]);

  await ellen.say('remove 2');
  // The reel that was wrong came down before.
  await ellen.sees(/#2 .*(?:: (?:Taken down|Deleted) at .*){9}/u);
  for (const each of [x, facebook, instagram, bluesky]) expect(each.posts()).toEqual([]);
  expect(youtube.posts()).toEqual([]);
  expect(youtube.peer.videos).toMatchObject([{ removed: true }]);
});

test('nothing went another way than by the proxy, and every host was called by its own name', () => {
  expect(hosts.refused).toEqual([]);
  expect([...new Set(hosts.connected)].toSorted()).toEqual(
    [
      'api.x.com',
      'bsky.social',
      'graph.facebook.com',
      'login.botframework.com',
      'login.microsoftonline.com',
      'oauth2.googleapis.com',
      filesHost,
      'smba.trafficmanager.net',
      'video.bsky.app',
      'youtube.googleapis.com',
    ].map((host) => `${host}:443`),
  );
});

test('it stops when it is told to, its record verifies, and no token stands in a log, an address or its data', async () => {
  expect(await crier.stop()).toBe(0);
  const checked = await promisify(execFile)(process.execPath, [audit], {
    env: { ...bareEnvironment(), ...environment },
  });
  expect(checked.stdout).toMatch(/^findings +0$/mu);
  const tokens = [...council.tokens, ...council.networks.x.refreshTokens];
  // X gave a new token for the one of the environment, so that one was kept.
  expect(council.networks.x.refreshTokens.length).toBeGreaterThan(1);
  const addresses = [...Object.values(networks), youtube].flatMap(({ requests }) => requests);
  const data = await Promise.all(
    (await readdir(join(folder, 'data'), { recursive: true, withFileTypes: true }))
      .filter((each) => each.isFile())
      .map(async (each) => await readFile(join(each.parentPath, each.name), 'latin1')),
  );
  expect(data.join('')).toContain('publishing-published');
  for (const token of tokens) {
    expect(crier.said()).not.toContain(token);
    expect(addresses.filter((address) => address.includes(token))).toEqual([]);
    expect(data.filter((bytes) => bytes.includes(token)).length).toBe(0);
  }
});
