import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Blobs } from '../../src/core/blobs.ts';
import { readLinkCard } from '../../src/media/link-card.ts';
import { pageSays } from '../../src/media/page.ts';
import { openBlobFolder } from '../../src/store/blobs.ts';
import { pngBomb } from '../fixtures/pictures/png-bomb.ts';
import { throughProxy, type Outbound } from '../peers/outbound.ts';

const host = 'www.sefton.example';
const hosts = [host];
const head = (more: string): string =>
  `<!doctype html><html><head><title>Bins - Sefton</title>${more}</head><body>`;
const card = (image: string): string =>
  head(
    `<meta property="og:title" content="Bins &amp; holidays"><meta property="og:description" content="When we come
      over Christmas."><meta property="og:image" content="${image}">`,
  );

let asked: string[] = [];
let files: Readonly<Record<string, { readonly type: string; readonly body: string | Buffer }>> = {};
const answer = (name: string) => (request: IncomingMessage, response: ServerResponse) => {
  const path = request.url ?? '';
  asked.push(`${name}${path}`);
  const file = files[path];
  if (path === '/away') {
    response.writeHead(302, { location: 'https://evil.example/bins' });
    response.end();
  } else if (path === '/half') {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': 9_000 });
    response.write(card('/bins.png'), () => response.destroy());
  } else if (file === undefined) {
    response.writeHead(404);
    response.end();
  } else {
    response.writeHead(200, { 'content-type': file.type });
    response.end(file.body);
  }
};

let outbound: Outbound;
let folder: string;
let blobs: Blobs;
beforeAll(async () => {
  const large = await sharp({
    create: {
      width: 1_600,
      height: 840,
      channels: 3,
      background: '#0b4f4a',
      noise: { type: 'gaussian', mean: 120, sigma: 60 },
    },
  })
    .png()
    .toBuffer();
  const html = 'text/html; charset=utf-8';
  files = {
    '/bins': { type: html, body: card('/bins.png') },
    '/bins.png': { type: 'image/png', body: large },
    '/bomb': { type: html, body: card('/bomb.png') },
    '/bomb.png': { type: 'image/png', body: pngBomb(60_000, 60_000) },
    '/drawing': { type: html, body: card('/drawing.svg') },
    '/drawing.svg': { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
    '/elsewhere': { type: html, body: card('https://evil.example/bins.png') },
    '/inside': { type: html, body: card('https://169.254.169.254/bins.png') },
    '/plain': { type: html, body: head('<meta name="description" content="Plain words.">') },
    '/untitled': { type: html, body: '<p>Nothing about itself.</p>' },
    '/data': { type: 'application/json', body: card('/bins.png') },
    '/latin': {
      type: 'text/html; charset=iso-8859-1',
      body: Buffer.from(head('<meta property="og:title" content="Caf\u00e9">'), 'latin1'),
    },
    '/endless': { type: html, body: `${head('')}${'words '.repeat(200_000)}` },
  };
  outbound = await throughProxy({ [host]: answer(host), 'evil.example': answer('evil.example') });
});
afterAll(async () => await outbound.close());
beforeEach(async () => {
  asked = [];
  folder = await mkdtemp(join(tmpdir(), 'crier-cards-'));
  blobs = await openBlobFolder(folder);
  return async () => await rm(folder, { recursive: true, force: true });
});

const nobody = async () => await Promise.resolve(undefined);
const read = async (path: string) =>
  await readLinkCard(`https://${host}${path}`, hosts, { blobs, own: nobody, patience: 60_000 });
const stored = async (): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((each) => each.isFile())
    .map(({ name }) => name);

test('a page gives its title, its description and its picture, made as small as Bluesky takes it', async () => {
  const page = await read('/bins');
  expect(page).toMatchObject({
    is: 'read',
    title: 'Bins & holidays',
    description: 'When we come over Christmas.',
  });
  const hash = page?.is === 'read' ? (page.picture?.hash ?? '') : '';
  const bytes = await blobs.get(hash);
  const { format, width, height } = await sharp(bytes).metadata();
  expect([format, width, height]).toEqual(['jpeg', 1_200, 630]);
  expect(bytes?.length).toBeLessThanOrEqual(1_000_000);
  expect(await stored()).toHaveLength(1);
  expect(asked).toEqual([`${host}/bins`, `${host}/bins.png`]);
});

test.each([
  ['/bomb', { is: 'read', title: 'Bins & holidays', description: 'When we come over Christmas.' }],
  ['/drawing', { is: 'read', title: 'Bins & holidays', description: 'When we come over Christmas.' }],
  ['/elsewhere', { is: 'read', title: 'Bins & holidays', description: 'When we come over Christmas.' }],
  ['/inside', { is: 'read', title: 'Bins & holidays', description: 'When we come over Christmas.' }],
  ['/plain', { is: 'read', title: 'Bins - Sefton', description: 'Plain words.' }],
  ['/latin', { is: 'read', title: 'Café', description: '' }],
  ['/endless', { is: 'read', title: 'Bins - Sefton', description: '' }],
  ['/untitled', { is: 'unread' }],
  ['/data', { is: 'unread' }],
  ['/away', { is: 'unread' }],
  ['/half', { is: 'unread' }],
  ['/none', { is: 'unread' }],
])('%s: what can be read of it, and nothing is kept or asked elsewhere', async (path, said) => {
  expect(await read(path)).toEqual(said);
  expect(await stored()).toEqual([]);
  expect(asked.filter((each) => !each.startsWith(host))).toEqual([]);
});

test.each([
  'https://evil.example/bins',
  'http://www.sefton.example/bins',
  'https://www.sefton.example:8443/bins',
  'https://127.0.0.1/bins',
])('%s may not be read, and is not asked', async (address) => {
  expect(await readLinkCard(address, [...hosts, '127.0.0.1'], { blobs, own: nobody })).toBeUndefined();
  expect(asked).toEqual([]);
});

test('a page of our own is read without any network', async () => {
  const own = async (url: URL) =>
    await Promise.resolve(
      url.pathname === '/news/7' ? { title: 'Road closed', description: '', picture: undefined } : undefined,
    );
  const page = await readLinkCard('https://news.sefton.example/news/7', [], { blobs, own });
  expect(page).toEqual({ is: 'read', title: 'Road closed', description: '' });
  expect(asked).toEqual([]);
});

test('words that hide or turn the reading round do not come along, and long ones end at a word', async () => {
  const long = 'Christmas '.repeat(60);
  const page = `<title>a</title><meta property="og:title" content="Bins\u202E \u0000now"><meta property="og:description" content="${long}">`;
  const says = await pageSays(Buffer.from(page), '');
  expect(says.title).toMatch(/^Bins .?now$/u);
  expect(says.title).not.toContain('\u202E');
  expect(says.description.length).toBeLessThanOrEqual(300);
  expect(says.description).toMatch(/Christmas…$/u);
});
