import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { sha256 } from '../src/core/json.ts';
import { drawLook } from '../src/media/look.ts';
import { readPart } from '../src/posts/writing/plan.ts';
import type { Card } from '../src/teams/cards/render.ts';
import { launchChromium } from '../test/browser/chromium.ts';
import { openEasel, wholePage } from '../test/browser/pictures.ts';
import { everyCard } from '../test/fixtures/cards/every-card.ts';
import { posts } from '../test/fixtures/cards/posts.ts';
import { rules } from '../test/fixtures/cards/rules.ts';
import { openStage } from '../test/teams/cards/drawing.ts';

const file = fileURLToPath(new URL('../docs/card.png', import.meta.url));
const shownTitle = 'To be decided, seen by somebody who may';
const width = 440;
const gap = 24;

/** The card that the README shows. */
function shownCard(): Card {
  const shown = everyCard.find(({ title }) => title === shownTitle);
  if (shown === undefined) throw new Error(`there is no card "${shownTitle}"`);
  return shown.card;
}

/**
 * What a picture of the README's card says that it was drawn from: a test finds one that is out of date by it. What
 * buttons carry is not to be seen.
 */
export const drawnFrom = (): string =>
  sha256(JSON.stringify(shownCard(), (key, value: unknown) => (key === 'data' ? undefined : value)));

/** What each account would show, as Crier draws it, one behind the other. */
async function looks(): Promise<readonly string[]> {
  const { status } = posts.atService;
  if (!('plan' in status)) return [];
  const road = sharp(
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="450" viewBox="0 0 16 9"><rect width="16" height="9" fill="#b8c4d0"/><path d="M6 3h4l5 6H1z" fill="#59636e"/><rect x="4" y="5" width="8" height="1" fill="#d4351c"/></svg>',
    ),
  );
  const picture = await road.png().toBuffer();
  return await Promise.all(
    status.plan.parts.map(async (planned) => {
      const { account, network, text, headline } = readPart(planned);
      const name = rules.accounts[account]?.name ?? account;
      const more = headline === undefined ? {} : { headline };
      const drawn = await drawLook({ network, name, posts: [{ text }], pictures: [picture], ...more });
      return `data:image/png;base64,${Buffer.from(drawn).toString('base64')}`;
    }),
  );
}

/** Draws the README's picture: a card as its approver sees it, and the same further down with its looks opened. */
export async function drawReadmePicture(): Promise<void> {
  await using easel = openEasel(launchChromium, async (browser) => {
    const page = await browser.newPage({ deviceScaleFactor: 2 });
    await openStage(page, 'light');
    return page;
  });
  const pictures = await looks();
  const bytes = await easel.take(async (page) => await drawTwice(page, pictures));
  await sharp(bytes)
    .png({ palette: true, compressionLevel: 9 })
    .withExif({ IFD0: { ImageDescription: drawnFrom() } })
    .toFile(file);
}

/** Draws the card twice, the second one with its looks. */
async function drawTwice(page: Page, pictures: readonly string[]): Promise<Buffer> {
  await page.setViewportSize({ width: 2 * width + 3 * gap, height: 400 });
  await page.evaluate(`(async () => {
    const stage = document.getElementById('stage');
    stage.style.cssText = 'display:flex;gap:${String(gap)}px;padding:${String(gap)}px;align-items:flex-start';
    const box = (opened) => {
      const box = document.createElement('div');
      box.className = 'crier-card';
      box.style.cssText = 'width:${String(width)}px;flex:none;background:#FFF';
      box.append(window.drawCard(${JSON.stringify(shownCard())}).element);
      stage.append(box);
      return box;
    };
    const left = box();
    const right = box();
    const press = [...right.querySelectorAll('button')].find((each) => each.textContent === 'See how it looks');
    press.click();
    const drawn = [...right.querySelectorAll('#looks img')];
    ${JSON.stringify(pictures)}.forEach((url, n) => { drawn[n].src = url; });
    await Promise.all(drawn.map((each) => each.decode()));
    const height = left.getBoundingClientRect().height;
    const above = press.getBoundingClientRect().top - right.getBoundingClientRect().top - 16;
    right.style.height = height + 'px';
    right.firstChild.style.marginTop = -above + 'px';
  })()`);
  return await wholePage(page, 2 * width + 3 * gap);
}
