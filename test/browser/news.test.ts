import { createServer } from 'node:http';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainPhoto } from '../media/drawn-pictures.ts';
import { council, hash, keyOf, morning, openSite, part, type Site } from '../web/site.ts';
import { bringAxe, faultsOn, sideways } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { ended, listening } from '../peers/listening.ts';

const hour = 3_600_000;
const signal = new AbortController().signal;

let browser: Browser;
let site: Site;

/** A council whose name and addresses are longer than a phone is wide. */
const longNamed = {
  ...council,
  email: 'corporate-communications-and-engagement@metropolitan-borough-of-sefton.gov.uk',
  address:
    'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch House, 30 Trinity Road, Bootle, L20 3NJ',
};

/** A site with every kind of page: corrected, ended, removed, pictured, long, hostile, and enough for paging. */
async function furnish(): Promise<Site> {
  const opened = await openSite({ framedBy: [], council: longNamed });
  const bytes = await plainPhoto('#7799aa', 1200, 675);
  opened.pictures.set(hash('p'), bytes);
  for (let number = 1; number <= 30; number += 1) {
    opened.at(morning - (50 - number) * hour);
    await opened.publish(number, { headline: `Brown bins in week ${number}`, media: [] });
  }
  const media = [
    { hash: hash('p'), contentType: 'image/jpeg', alt: 'Closed road sign across Liverpool Road' },
  ];
  const address = `https://www.example.org/${'changes-and-diversions/'.repeat(8)}`;
  opened.at(morning - 4 * hour);
  await opened.publish(142, { media, text: `Closed at Moor Lane.\n\nSee ${address} for buses.` });
  opened.at(morning - 2 * hour);
  await opened.network.edit?.(
    { remoteId: 'pub-142', url: '' },
    part({ media, text: `Closed at Moor Lane.\n\nSee ${address} for buses.`, endsAt: morning + 6 * hour }),
    keyOf(142),
    'We named the wrong road.',
    signal,
  );
  await opened.publish(143, { headline: 'Library closed', endsAt: morning - hour });
  await opened.publish(144, { headline: 'Gone' });
  await opened.network.remove({ remoteId: 'pub-144', url: '' }, keyOf(144), signal);
  await opened.publish(145, {
    headline: '<img src=x onerror="document.title=1">'.repeat(4),
    summary: '"><script>document.title=1</script>',
    text: `<script>document.title=1</script> javascript:alert(1) ${'unbroken'.repeat(60)}`,
  });
  opened.at(morning);
  return opened;
}

beforeAll(async () => {
  [browser, site] = await Promise.all([launchChromium(), furnish()]);
});

afterAll(async () => {
  await browser.close();
  await site[Symbol.asyncDispose]();
});

const addressOf145 = async (): Promise<string> => {
  const page = await site.pages.get('pub-145');
  return page?.is === 'live' ? `/news/${page.address}` : 'none';
};

async function everyPage(): Promise<readonly { readonly path: string; readonly status: number }[]> {
  const standing = ['/', '/news', '/news/142', '/news/143', await addressOf145()];
  const older = `/news?before=${new Date(morning - 10 * hour).toISOString()}`;
  const plain = ['/contact', '/privacy', '/terms', '/accessibility', '/embed', '/embed/how', older];
  return [
    ...[...standing, ...plain].map((path) => ({ path, status: 200 })),
    { path: '/news?before=soon', status: 400 },
    { path: '/nothing-here', status: 404 },
    { path: '/news/144', status: 410 },
  ];
}

async function inContext<T>(
  options: Parameters<Browser['newContext']>[0],
  use: (context: BrowserContext) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options);
  try {
    return await use(context);
  } finally {
    await context.close();
  }
}

test(
  'no page has anything that axe finds fault with, or that has to be scrolled sideways, wide or narrow',
  {
    timeout: 120_000,
  },
  async () => {
    await inContext({}, async (context) => {
      const page = await context.newPage();
      await bringAxe(page);
      for (const { path, status } of await everyPage()) {
        const response = await page.goto(`${site.url}${path}`);
        for (const width of [320, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          const seen = {
            status: response?.status(),
            sideways: await sideways(page),
            faults: await faultsOn(page),
          };
          expect({ path, width, ...seen }).toEqual({ path, width, status, sideways: 0, faults: [] });
        }
      }
    });
  },
);

test('the page for our own fault has nothing that axe finds either', { timeout: 30_000 }, async () => {
  const broken = () => Promise.reject(new Error('broken'));
  await using other = await openSite({
    news: { find: broken, slice: broken, current: broken, medium: broken },
  });
  await inContext({ viewport: { width: 320, height: 900 } }, async (context) => {
    const page = await context.newPage();
    const response = await page.goto(`${other.url}/news`);
    expect(response?.status()).toBe(500);
    expect(await faultsOn(page)).toEqual([]);
  });
});

test('axe does see a fault when there is one', async () => {
  await inContext({ bypassCSP: true }, async (context) => {
    const page = await context.newPage();
    await page.goto(`${site.url}/contact`);
    await page.evaluate(`document.querySelector('main').append(document.createElement('img'))`);
    expect(await faultsOn(page)).toEqual([expect.stringContaining('image-alt')]);
  });
});

test('no policy is broken and no mark-up of anybody’s runs', async () => {
  await inContext({}, async (context) => {
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (fault) => said.push(fault.message));
    for (const path of ['/', '/news', await addressOf145(), '/embed', '/embed/how']) {
      await page.goto(`${site.url}${path}`, { waitUntil: 'load' });
      expect(await page.title()).not.toBe('1');
      expect(await page.locator('main script, main img[src="x"]').count()).toBe(0);
    }
    expect(said).toEqual([]);
  });
});

test('everything reads without scripts, and pictures are there', async () => {
  await inContext({ javaScriptEnabled: false }, async (context) => {
    const page = await context.newPage();
    await page.goto(`${site.url}/`);
    await page.getByRole('link', { name: 'Liverpool Road closed' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Liverpool Road closed');
    const picture = page.getByRole('img', { name: 'Closed road sign across Liverpool Road' });
    expect(await picture.isVisible()).toBe(true);
    const box = await picture.boundingBox();
    expect(Math.round(((box?.width ?? 0) / (box?.height ?? 1)) * 100)).toBe(178);
    await page.goto(`${site.url}/news`);
    await page.getByRole('link', { name: 'Older news' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Older news');
    await page.getByRole('link', { name: 'Newer news' }).click();
    expect(await page.getByRole('link', { name: 'Liverpool Road closed' }).count()).toBe(1);
    await page.goto(`${site.url}/embed/how`);
    // It would do nothing.
    expect(await page.getByRole('button', { name: 'Copy the code' }).count()).toBe(0);
  });
});

// As text: it runs in the page, whose own types the compiler does not have here.
const focused = (page: Page): Promise<unknown> =>
  page.evaluate(`({
    text: document.activeElement.textContent.trim(),
    background: getComputedStyle(document.activeElement).backgroundColor,
    inMain: document.activeElement.closest('main') !== null,
  })`);

const yellow = 'rgb(255, 221, 0)';

test('the keyboard reaches the news past the menu, and what has the focus shows it', async () => {
  await inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(`${site.url}/news`);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toEqual({
      text: 'Skip to main content',
      background: yellow,
      inMain: false,
    });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatchObject({ background: yellow, inMain: true });
    for (const link of await page.getByRole('link').all()) {
      await link.focus();
      expect(await focused(page)).toMatchObject({ background: yellow });
    }
  });
});

test('the button copies the code of the frame', async () => {
  await inContext({ permissions: ['clipboard-read', 'clipboard-write'] }, async (context) => {
    const page = await context.newPage();
    await page.goto(`${site.url}/embed/how`);
    await page.getByRole('button', { name: 'Copy the code' }).click();
    await page.getByText('Copied. Now paste it into your page.').waitFor();
    const code = await page.getByLabel('Copy this code into your page').inputValue();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(code);
    expect(code).toMatch(
      /^<iframe src="https:\/\/news\.sefton\.example\/embed" title="Latest news from Sefton Council"/,
    );
  });
});

test(
  'the frame shows in the council’s site and nowhere else; no other page shows in any',
  { timeout: 30_000 },
  async () => {
    const framer = createServer((request, response) => {
      const inside = new URL(request.url ?? '/', 'http://x').searchParams.get('inside') ?? '';
      response.setHeader('Content-Type', 'text/html');
      response.end(`<!doctype html><title>x</title><iframe src="${inside}"></iframe>`);
    });
    const { url: origin } = await listening(framer);
    await using allowed = await openSite({ framedBy: [origin] });
    await allowed.publish(142);
    try {
      await inContext({}, async (context) => {
        const page = await context.newPage();
        const shows = async (inside: string): Promise<boolean> => {
          // Loaded once its frame is: with what may show there, or with the browser's own page for what may not.
          await page.goto(`${origin}/?inside=${encodeURIComponent(inside)}`, { waitUntil: 'load' });
          const frame = page.frames().find((each) => each !== page.mainFrame());
          return (await frame?.getByText('News from Sefton Council').count()) === 1;
        };
        expect(await shows(`${allowed.url}/embed`)).toBe(true);
        expect(await shows(`${site.url}/embed`)).toBe(false);
        expect(await shows(`${allowed.url}/news`)).toBe(false);
        await page.goto(`${origin}/?inside=${encodeURIComponent(`${allowed.url}/embed`)}`);
        await page.frameLocator('iframe').getByRole('link', { name: 'Liverpool Road closed' }).click();
        await page.waitForURL(`${allowed.url}/news/142`);
      });
    } finally {
      await ended(framer);
    }
  },
);
