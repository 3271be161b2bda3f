/**
 * The gallery: every card with its fixture, then what people see on walks through the whole application, drawn by the
 * real renderer as Teams would, at desktop and phone width, light and dark. Writes dist/cards/index.html and a picture
 * of each row; with --readme the picture that the README shows instead.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { launchChromium } from '../test/browser/chromium.ts';
import { NoPicture, openEasel, wholePage } from '../test/browser/pictures.ts';
import { everyCard } from '../test/fixtures/cards/every-card.ts';
import { walkedCards, type Walked } from '../test/fixtures/cards/walked-cards.ts';
import { openStage, type Theme } from '../test/teams/cards/drawing.ts';
import { drawReadmePicture } from './readme-picture.ts';

const folder = fileURLToPath(new URL('../dist/cards/', import.meta.url));
const widths = { desktop: 480, phone: 320 } as const;
type Width = keyof typeof widths;
const themes: readonly Theme[] = ['light', 'dark'];
const perRow = 4;

type Rows = readonly (readonly Walked[])[];

/** The cards in rows, as a person would leaf through them. */
function inRows(cards: readonly Walked[]): Rows {
  return Array.from({ length: Math.ceil(cards.length / perRow) }, (_, row) =>
    cards.slice(row * perRow, (row + 1) * perRow),
  );
}

/** Draws a row of cards on a stage, in place of the one before. */
async function drawRow(page: Page, cards: readonly Walked[], width: Width): Promise<Buffer> {
  await page.evaluate(`(() => {
    const stage = document.getElementById('stage');
    stage.replaceChildren();
    stage.style.cssText = 'display:flex;gap:24px;padding:24px;align-items:flex-start';
    for (const { title, card, words } of ${JSON.stringify(cards)}) {
      const figure = document.createElement('figure');
      figure.style.cssText = 'margin:0;width:${String(widths[width])}px;flex:none';
      const caption = document.createElement('figcaption');
      caption.style.cssText = 'margin-bottom:8px;font-weight:600';
      caption.textContent = title;
      const box = document.createElement('div');
      box.className = 'crier-card';
      if (card === undefined) box.textContent = words;
      else box.append(window.drawCard(card).element);
      figure.append(caption, box);
      stage.append(figure);
    }
  })()`);
  return await wholePage(page, cards.length * (widths[width] + 24) + 24);
}

/** Draws every row in one look. @returns the names of its pictures */
async function drawRows(rows: Rows, width: Width, theme: Theme): Promise<readonly string[]> {
  await using easel = openEasel(launchChromium, async (browser) => {
    const page = await browser.newPage();
    await openStage(page, theme);
    return page;
  });
  const files: string[] = [];
  for (const [row, cards] of rows.entries()) {
    const name = `${width}-${theme}-${String(row + 1).padStart(2, '0')}.png`;
    await writeFile(`${folder}${name}`, await easel.take(async (page) => await drawRow(page, cards, width)));
    files.push(name);
  }
  return files;
}

const escape = (text: string): string =>
  text.replace(/[&<>"]/gu, (mark) => `&#${String(mark.charCodeAt(0))};`);

function index(pictures: ReadonlyMap<string, readonly string[]>, rows: Rows): string {
  const sections = [...pictures].map(([name, files]) => {
    const images = files.map((file, row) => {
      const alt = (rows[row] ?? []).map(({ title }) => title).join('; ');
      return `<p><img src="${file}" alt="${escape(alt)}" loading="lazy"></p>`;
    });
    return `<h2 id="${name}">${name}</h2>\n${images.join('\n')}`;
  });
  const links = [...pictures.keys()].map((name) => `<a href="#${name}">${name}</a>`);
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Cards of Crier</title><style>body{font-family:system-ui,sans-serif;margin:2rem}img{max-width:100%;height:auto}</style></head>
<body><h1>Cards of Crier</h1><p>${links.join(' · ')}</p>
${sections.join('\n')}
</body></html>
`;
}

async function drawGallery(): Promise<void> {
  // What an earlier run drew would stand there as if it were of this one.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const cards = [...everyCard, ...(await walkedCards())];
  const rows = inRows(cards);
  const pictures = new Map<string, readonly string[]>();
  for (const width of ['phone', 'desktop'] as const) {
    for (const theme of themes) pictures.set(`${width}-${theme}`, await drawRows(rows, width, theme));
  }
  await writeFile(`${folder}index.html`, index(pictures, rows));
  console.log(`${String(cards.length)} cards, drawn at two widths in two themes: dist/cards/index.html`);
}

try {
  if (process.argv.includes('--readme')) {
    await drawReadmePicture();
    console.log('The picture that the README shows: docs/card.png');
  } else {
    await drawGallery();
  }
} catch (fault) {
  if (!(fault instanceof NoPicture)) throw fault;
  console.error(
    `The pictures are not complete: the browser could not draw one of them, also after it was started anew (${fault.message}). Please try again when the machine is less busy.`,
  );
  process.exitCode = 1;
}
