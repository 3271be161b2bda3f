import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { launchChromium } from '../../browser/chromium.ts';
import { minute, openCouncil, type Council } from '../../journeys/council.ts';
import { agreed, asked, published } from '../../journeys/corrections.ts';
import { openStage } from './drawing.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await openStage(page, 'light');
}, 60_000);

afterAll(async () => {
  await browser.close();
});

/** What a card on a phone shows before anything is pressed, how high it is, and how far down each of its buttons begins. */
const seenSchema = z.object({
  text: z.string(),
  height: z.number(),
  buttons: z.array(z.object({ title: z.string(), at: z.number() })),
});

async function onPhone(card: object) {
  return seenSchema.parse(
    await page.evaluate(`(() => {
    const { element } = window.drawCard(${JSON.stringify(card)});
    const stage = document.getElementById('stage');
    stage.style.width = '358px';
    stage.replaceChildren(element);
    const { top, height } = element.getBoundingClientRect();
    const buttons = [...element.querySelectorAll('button')].filter((each) => each.offsetParent !== null);
    return {
      text: element.innerText,
      height,
      buttons: buttons.map((each) => ({ title: each.textContent, at: each.getBoundingClientRect().top - top })),
    };
  })()`),
  );
}

/** Every sentence, or line without a full stop, of some words at least. */
const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/\n|(?<=[.!?])\s+/u)
    .map((each) => each.trim())
    .filter((each) => each.split(/\s+/u).length > 2);

const right = {
  text: 'Liverpool Road is closed until Friday. Please use the A565.',
  what: 'We gave the wrong day.',
};

/** A correction on four accounts that is made on one, began to be on another, and waits on two, one of them by hand. */
async function heldCorrection(council: Council): Promise<void> {
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await published(
    council,
    right.text.replace('Friday', 'Thursday'),
    'news,facebook-main,x-main,nextdoor-sefton',
  );
  const stands = { 'link:nextdoor-sefton.0': 'https://nextdoor.co.uk/p/1' };
  await bethan.press('I have posted it', stands, bethan.card(1));
  council.outside.answer('edit', 'facebook-main', { outcome: 'retry', after: 10 * minute, reason: 'busy' });
  for (let n = 0; n < 10; n += 1)
    council.outside.answer('remove', 'x-main', { outcome: 'unknown', reason: 'no-clear-answer' });
  await asked(council, { ...right, 'way:x-main': 'again' });
  await agreed(council);
  await ellen.say('hold 1');
  await council.pass(minute);
}

test('a held correction says each thing once, and what is asked stands on the first screen of a phone', async () => {
  await using council = await openCouncil();
  await heldCorrection(council);
  const cards = ['ellen-rimmer', 'priya-desai', 'bethan-prys'].map(
    (person) => council.as(person).card(1).card,
  );
  await council
    .as('priya-desai')
    .press('Leave it as it is', { note: 'It opens tonight.' }, council.as('priya-desai').card(1));
  await council.pass(minute);
  const left = ['ellen-rimmer', 'bethan-prys'].map((person) => council.as(person).card(1).card);
  for (const card of [...cards, ...left]) {
    const { text, height, buttons } = await onPhone(card);
    const sentences = sentencesOf(text);
    expect(sentences.filter((each, n) => sentences.indexOf(each) < n)).toEqual([]);
    for (const account of ['Website', 'X', 'Facebook', 'Nextdoor Sefton'])
      expect(text.split('\n').filter((line) => line.startsWith(`${account}: `))).toHaveLength(1);
    expect(height).toBeLessThan(1000);
    // Below the head of Teams a phone shows some 700 pixels.
    expect(buttons[0]?.at).toBeLessThan(700);
    expect(Math.max(...buttons.map(({ at }) => at))).toBeLessThan(950);
  }
  const approver = await onPhone(cards[1] ?? {});
  expect(approver.text).not.toContain('send it back');
  expect(approver.buttons.find(({ title }) => title === 'Release: goes out now')?.at).toBeLessThan(900);
  // What is read only by whoever wants to know stands behind a press.
  for (const words of ['Proposed on', 'On the website']) expect(approver.text).not.toContain(words);
});
