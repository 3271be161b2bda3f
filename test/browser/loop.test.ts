import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../scripts/playground.ts';
import { z } from 'zod';
import { launchChromium } from './chromium.ts';
import { freePort } from '../peers/listening.ts';
import { startCrier, type RunningCrier } from './crier.ts';
import { play } from './rehearsal-page.ts';
import { openSimulator } from './simulator.ts';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));
/** A folder for the pictures of the journey, where somebody wants to look at them: they take as long as the rest. */
const pictures = process.env['CRIER_JOURNEY_PICTURES'];

/** Takes a picture of that name where pictures are wanted. */
async function look(name: string, photograph: (file: string) => Promise<void>): Promise<void> {
  if (pictures !== undefined) await photograph(join(pictures, `${name}.png`));
}

let browser: Browser;
let crier: RunningCrier;
let simulator: Simulator;

beforeAll(async () => {
  if (pictures !== undefined) await mkdir(pictures, { recursive: true });
  const port = await freePort();
  [browser, crier] = await Promise.all([launchChromium(), startCrier(port)]);
  simulator = await startSimulator({
    port,
    bot: `${crier.url}/api/messages`,
    configFile: join(projectRoot, '.m365agentsplayground.yml'),
    logFile: join(crier.folder, 'simulator.log'),
  });
}, 60_000);

afterAll(async () => {
  await browser.close();
  await simulator.stop();
  await crier[Symbol.asyncDispose]();
});

const first = 'Liverpool Road in Crosby is closed at Moor Lane while we undertake repair of a burst main.';
const second = 'Liverpool Road in Crosby is closed at Moor Lane while we mend a burst main.';

const wrong = 'We named the wrong road.';
const third = 'Moor Lane in Crosby is closed at Liverpool Road while we mend a burst main.';

const at = async (path: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(`${crier.url}${path}`);
  return { status: response.status, text: await response.text() };
};

const feeds = ['/news/feed.json', '/news/atom.xml', '/news/rss.xml'];

/** How many of the three feeds say that. */
async function feedsSaying(text: string): Promise<number> {
  const said = await Promise.all(feeds.map(async (path) => (await at(path)).text.includes(text)));
  return said.filter(Boolean).length;
}

const jsonFeed = z.object({ items: z.array(z.object({ url: z.string(), content_text: z.string() })) });

/** Where the story stands that says that, by the feed. */
async function permalinkOf(text: string): Promise<string> {
  const { items } = jsonFeed.parse(JSON.parse((await at('/news/feed.json')).text));
  const story = items.find((item) => item.content_text.includes(text));
  return story === undefined ? 'nowhere' : new URL(story.url).pathname;
}

/** How many pictures of what it will look like have loaded in the page. */
const looks = 'img[alt^="What it will look like"]';
const looksDrawn = `[...document.querySelectorAll('${looks}')].filter((each) => each.naturalWidth > 0).length`;

test('from the first word to the news page, corrected, and down again', { timeout: 120_000 }, async () => {
  const teams = await openSimulator(browser, simulator.url);
  const card2 = async (file: string): Promise<void> => await teams.photographCard(2, file);
  await teams.waitUntilCardSays(1, 'Hello from');
  await teams.send(`propose ${first} Ring John Smith of 12 Moor Lane on 07700 900123.`);
  await teams.waitUntilCardSays(2, 'Before it can go');
  expect(await teams.read(2)).toMatch(/phone number.*address of somebody's home/);
  await look('01-proposed', card2);

  await teams.press(2, 'Edit');
  await teams.waitUntilCardSays(2, 'What the public will read');
  await look('02-edit', card2);
  await teams.fill(2, 'What the public will read', first);
  await teams.press(2, 'Save');
  await teams.waitUntilCardSays(2, 'Send to Communications');
  expect(await teams.read(2)).not.toContain('Before it can go');
  await look('03-edited', card2);
  // The card is drawn on the simulator's page, another site than Crier's: the pictures have to load there as well.
  // The answer to a press is followed by the card itself, which Teams draws folded up again.
  await expect
    .poll(
      async () => {
        if (!(await teams.page.locator(looks).first().isVisible())) await teams.press(2, 'See how it looks');
        return await teams.page.evaluate(looksDrawn);
      },
      { timeout: 15_000 },
    )
    .toBe(3);
  await teams.press(2, 'Send to Communications');
  await teams.waitUntilCardSays(2, 'Waiting for: Communications');
  await look('04-sent', card2);

  const ellen = await play(browser, crier.url, 'ellen-rimmer');
  await ellen.card('Please look').waitFor();
  await look('05-desk', ellen.photograph);
  await ellen.press(ellen.card('Please look'), 'Edit');
  const form = ellen.card('What the public will read');
  // What the form calls its fields is not what the page calls its own.
  expect(await ellen.page.getByLabel(/^Type to Crier/).count()).toBe(1);
  await form.getByLabel('What the public will read').fill(second);
  await look('06-desk-edits', ellen.photograph);
  await ellen.press(form, 'Save and pass on');
  await ellen.card('Waiting for: Highways approvers').waitFor();
  expect(await feedsSaying('burst main')).toBe(0);

  const tom = await play(browser, crier.url, 'tom-ashcroft');
  const asked = tom.card('Please decide');
  await asked.waitFor();
  expect(await asked.innerText()).toContain('Ellen Rimmer changed 1 sentence');
  await look('07-approver', tom.photograph);
  await asked.getByRole('checkbox').check();
  await tom.press(asked, 'Approve: goes out now');
  await teams.waitUntilCardSays(2, 'Facebook: Published');
  await look('08-published', card2);
  await tom.page.locator('.rehearsal-entry').nth(1).waitFor();
  expect(await tom.page.locator('.rehearsal-entry__text').allInnerTexts()).toEqual([second, second]);
  await look('09-approver-published', tom.photograph);
  const permalink = await permalinkOf(second);
  const published = await at(permalink);
  expect(published.status).toBe(200);
  expect(published.text).toContain(second);
  expect((await at('/news')).text).toContain(`href="${permalink}"`);
  expect(await feedsSaying('mend a burst main')).toBe(3);

  await teams.press(2, 'Correct');
  await teams.waitUntilCardSays(2, 'What was wrong?');
  await teams.fill(2, 'What it should say', third);
  await teams.fill(2, 'What was wrong? The public will read this', wrong);
  await look('10-correct', card2);
  await teams.press(2, 'Ask for this correction');
  await teams.waitUntilCardSays(2, 'a correction waits');
  await look('11-correction-waits', card2);
  expect(await feedsSaying('mend a burst main')).toBe(3);
  const correction = tom.card('Please look at this correction');
  await correction.waitFor();
  await look('12-correction-asked', tom.photograph);
  await correction.getByRole('checkbox').check();
  await tom.press(correction, 'Agree: correct it now');
  await teams.waitUntilCardSays(2, third);
  await look('13-corrected', card2);
  await expect.poll(() => feedsSaying(third), { timeout: 15_000 }).toBe(3);
  const corrected = await at(permalink);
  expect(corrected.text).toContain(third);
  expect(corrected.text).toContain(wrong);
  expect(corrected.text).not.toContain(second);

  const live = ellen.card('Published');
  await live.waitFor();
  await look('14-desk-published', ellen.photograph);
  await ellen.press(live, 'Take it down');
  await teams.waitUntilCardSays(2, 'Taken down');
  await look('15-taken-down', card2);
  await ellen.page.locator('.rehearsal-entry__removed').nth(1).waitFor();
  await look('16-desk-taken-down', ellen.photograph);
  await expect.poll(async () => (await at(permalink)).status, { timeout: 15_000 }).toBe(410);
  expect((await at('/news')).text).not.toContain(permalink);
  expect(await feedsSaying('burst main')).toBe(0);

  expect([...ellen.complaints, ...tom.complaints]).toEqual([]);
  expect(crier.said()).not.toContain('"level":"error"');
});
