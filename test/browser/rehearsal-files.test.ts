import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainPhoto } from '../media/drawn-pictures.ts';
import { mp4 } from '../media/video-files.ts';
import { freePort } from '../peers/listening.ts';
import { faultsOn, sideways } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { startCrier, type RunningCrier } from './crier.ts';
import { phone, play, unroll, type Played } from './rehearsal-page.ts';

/** A folder for the pictures of the page, where somebody wants to look at them. */
const pictures = process.env['CRIER_JOURNEY_PICTURES'];

let browser: Browser;
let crier: RunningCrier;

beforeAll(async () => {
  if (pictures !== undefined) await mkdir(pictures, { recursive: true });
  [browser, crier] = await Promise.all([launchChromium(), freePort().then(startCrier)]);
}, 60_000);

afterAll(async () => {
  await browser.close();
  await crier[Symbol.asyncDispose]();
});

interface Chosen {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const photo = async (name: string): Promise<Chosen> => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await plainPhoto('#228822', 900, 600),
});
const film: Chosen = {
  name: 'library.mp4',
  mimeType: 'video/mp4',
  buffer: mp4({ seconds: 20, width: 1280, height: 720, streamable: true }),
};
const captions: Chosen = {
  name: 'library.vtt',
  mimeType: 'text/vtt',
  buffer: Buffer.from('WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nThe new library is open.\n'),
};

async function send({ page, say }: Played, files: readonly Chosen[], words = ''): Promise<void> {
  await page.getByLabel('Photos, a film or captions').setInputFiles([...files]);
  await say(words);
}

/** That nothing is wrong with the page as it stands, wide or narrow; pictures are taken where somebody wants them. */
async function looksRight({ page }: Played, name: string): Promise<void> {
  for (const width of [phone.width, 1280]) {
    await unroll(page, width);
    const seen = { width, sideways: await sideways(page), faults: await faultsOn(page) };
    expect(seen).toEqual({ width, sideways: 0, faults: [] });
    if (pictures !== undefined)
      await page.screenshot({ path: join(pictures, `${name}-${String(width)}.png`) });
  }
  await page.setViewportSize(phone);
}

test(
  'a photo alone, and the words after it, are one draft that asks about its picture',
  { timeout: 120_000 },
  async () => {
    const nadia = await play(browser, crier.url, 'nadia-hartley');
    await send(nadia, [await photo('crossing.jpg')]);
    await nadia.page.getByText('File: crossing.jpg').waitFor();
    const draft = nadia.card(/Draft/u);
    await draft.getByText('Picture').first().waitFor();
    await looksRight(nadia, 'photo');
    await nadia.say('The new crossing on Lord Street opens on Monday.');
    await draft.getByText('The new crossing on Lord Street opens on Monday.').first().waitFor();
    await nadia.press(draft, 'Edit');
    const form = nadia.card('What the public will read');
    await form.getByLabel('Who can be recognised?').waitFor();
    await form.getByLabel('Whose picture is it?').waitFor();
    await looksRight(nadia, 'photo-form');
    expect(nadia.complaints).toEqual([]);
    await nadia.close();
  },
);

test('a film is asked for its captions, and takes them as a file', { timeout: 120_000 }, async () => {
  const sam = await play(browser, crier.url, 'sam-kenrick');
  await send(sam, [film], 'propose for Housing: The new library in Crosby is open.');
  const draft = sam.card(/Draft/u);
  await draft.getByText('0:20 long, no captions yet').waitFor();
  await looksRight(sam, 'film');
  await send(sam, [captions]);
  await draft.getByText('0:20 long, with captions from a file').waitFor();
  expect(sam.complaints).toEqual([]);
  await sam.close();
});

test(
  'a file too large, and too many, are said beside the field, and what was typed stays',
  { timeout: 120_000 },
  async () => {
    const ellen = await play(browser, crier.url, 'ellen-rimmer');
    const { page } = ellen;
    const field = page.getByLabel('Photos, a film or captions');
    const large = join(crier.folder, 'large.mp4');
    await writeFile(large, '');
    await truncate(large, 101 * 1024 * 1024);
    await field.setInputFiles(large);
    await ellen.say('propose for Housing: The day centre is open.');
    await page.getByText('The selected files must be smaller than 100 MB together').waitFor();
    expect(await page.getByLabel(/^Type to Crier/).inputValue()).toContain('The day centre is open.');
    expect(await field.evaluate('document.activeElement.id')).toBe('rehearsal-files');
    await looksRight(ellen, 'too-large');
    const some = await photo('some.jpg');
    await send(
      ellen,
      Array.from({ length: 11 }, () => some),
      'hello',
    );
    await page.getByText('You can only send up to 10 files at the same time').waitFor();
    expect(await field.evaluate('document.querySelector("#rehearsal-files").files.length')).toBe(11);

    // What is too large for Crier itself is Crier's to say, and the field's error is over.
    await send(ellen, [{ ...some, buffer: Buffer.concat([some.buffer, Buffer.alloc(11 * 1024 * 1024)]) }]);
    await page.getByText('It is larger than 10 MB. Please send a smaller copy.').waitFor();
    expect(await page.getByText('You can only send').isVisible()).toBe(false);
    expect(ellen.complaints).toEqual([]);
    await ellen.close();
  },
);

test('without scripts a photo is sent, and an error is told at the top', { timeout: 120_000 }, async () => {
  const context = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${crier.url}/rehearsal?as=bethan-prys`);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page
    .getByRole('alert')
    .getByRole('link', { name: 'Type something, or choose a file to send' })
    .click();
  expect(page.url()).toContain('#rehearsal-text');
  expect(await page.title()).toMatch(/^Error: Bethan Prys/u);
  if (pictures !== undefined)
    await page.screenshot({ path: join(pictures, 'no-script.png'), fullPage: true });
  await page.getByLabel('Photos, a film or captions').setInputFiles([await photo('bin.jpg')]);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.waitForURL('**/rehearsal?as=bethan-prys');
  await page.getByRole('button', { name: 'calendar' }).click();
  await context.close();
  const bethan = await play(browser, crier.url, 'bethan-prys');
  await bethan.page.getByText('File: bin.jpg').waitFor();
  await bethan.card(/Draft/u).waitFor();
  await bethan.page.getByText('calendar', { exact: true }).and(bethan.page.locator('p')).waitFor();
  await bethan.close();
});

test(
  'in a Teams channel, where no file reaches Crier, a photo is asked for in one’s own chat',
  { timeout: 120_000 },
  async () => {
    const nadia = await play(browser, crier.url, 'nadia-hartley');
    const { page } = nadia;
    await page.getByRole('link', { name: 'Teams channel' }).click();
    await send(nadia, [await photo('channel.jpg')], 'propose The park is open.');
    await page.getByText('File: channel.jpg').waitFor();
    await page.getByText('Please send me the photo in our own chat.').waitFor();
    await send(nadia, [captions]);
    await page.getByText('Please send me the photo in our own chat.').nth(1).waitFor();
    await looksRight(nadia, 'channel');
    expect(nadia.complaints).toEqual([]);
    await nadia.close();
  },
);
