import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';

/** The least that a page is high when it is drawn. */
const lowest = 400;

/** Two: what is asked for at the first is drawn by the second, so that a frame of the page's new size is there. */
const twoFrames =
  'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))';

/**
 * Takes all of a page, as wide as said and as high as what stands on it. The page is made so high before: a picture of
 * more than is in view makes Chromium resize the page while it takes it, and where no frame of the new size has been
 * drawn by then, as on a busy machine, it gives up after a few milliseconds (`Unable to capture screenshot`).
 */
export async function wholePage(page: Page, width: number): Promise<Buffer> {
  await page.setViewportSize({ width, height: lowest });
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
  await page.setViewportSize({ width, height });
  await page.evaluate(twoFrames);
  return await page.screenshot();
}

/** A page that is drawn on again and again. */
export interface Easel extends AsyncDisposable {
  /**
   * Draws on the page and gives what came of it; where that fails, again in a browser started anew.
   * @throws `NoPicture`, after some times
   */
  readonly take: <T>(draw: (page: Page) => Promise<T>) => Promise<T>;
}

/** A browser has drawn nothing, however often it was started anew. */
export class NoPicture extends Error {}

/** How often a picture is tried. */
const tries = 3;
/** How long one try may take. */
const longest = 120_000;

/** Puts up a page of a browser, once it is first drawn on. */
export function openEasel(launch: () => Promise<Browser>, open: (browser: Browser) => Promise<Page>): Easel {
  let standing: Promise<Browser> | undefined;
  let page: Page | undefined;

  async function takeDown(): Promise<void> {
    const before = standing;
    standing = undefined;
    page = undefined;
    // One that has crashed, or never began, is closed already.
    await before?.then(async (browser) => await browser.close()).catch(() => undefined);
  }

  async function drawn<T>(draw: (page: Page) => Promise<T>): Promise<T> {
    standing ??= launch();
    page ??= await open(await standing);
    return await draw(page);
  }

  return {
    take: async (draw) => {
      let why: unknown;
      for (let tried = 0; tried < tries; tried += 1) {
        const over = new AbortController();
        const late = pause(longest, undefined, { signal: over.signal }).then(() => {
          throw new Error(`nothing was drawn in ${String(longest / 1_000)} seconds`);
        });
        try {
          return await Promise.race([drawn(draw), late]);
        } catch (fault) {
          why = fault;
          await takeDown();
        } finally {
          over.abort();
          await late.catch(() => undefined);
        }
      }
      throw new NoPicture(why instanceof Error ? (why.message.split('\n')[0] ?? '') : String(why));
    },
    [Symbol.asyncDispose]: takeDown,
  };
}
