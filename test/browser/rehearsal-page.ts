import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { z } from 'zod';

/** A phone held upright. In CSS pixels. */
export const phone = { width: 390, height: 844 };

/** As high as all there is: what sticks to the foot of a screen would cover some of it, wherever that had scrolled. */
export async function unroll(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  const height = z.number().parse(await page.evaluate('document.documentElement.scrollHeight'));
  await page.setViewportSize({ width, height });
}

/** Somebody of the protocol, played on `/rehearsal` by whoever holds the page. */
export interface Played {
  readonly page: Page;
  /** what the page or its browser complained of: a policy broken, a script that failed */
  readonly complaints: readonly string[];
  /** The newest card that says that; waits until there is one. */
  readonly card: (says: string | RegExp) => Locator;
  /** Types to Crier and sends it. */
  readonly say: (text: string) => Promise<void>;
  readonly press: (card: Locator, title: string) => Promise<void>;
  /** A picture of the whole page, in a file of that name. */
  readonly photograph: (file: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens `/rehearsal` of a Crier at an address as one of its people, and waits until their chat has begun. */
export async function play(browser: Browser, crier: string, person: string): Promise<Played> {
  const context: BrowserContext = await browser.newContext({
    viewport: phone,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    // How words looked that were changed while the browser asked for it is gone, and so is the card that showed it.
    if (url.includes('/draft-look/') && message.text().includes('404')) return;
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.text()} ${url}`.trim());
  });
  page.on('pageerror', (fault) => complaints.push(fault.message));
  await page.goto(`${crier}/rehearsal?as=${person}`);
  await page.getByLabel('Messages').getByRole('listitem').first().waitFor();
  return {
    page,
    complaints,
    card: (says) => page.locator('.rehearsal-message__card').filter({ hasText: says }).last(),
    say: async (text) => {
      await page.getByLabel(/^Type to Crier/).fill(text);
      await page.getByRole('button', { name: 'Send', exact: true }).click();
    },
    press: async (card, title) => {
      await card.getByRole('button', { name: title, exact: true }).click();
    },
    photograph: async (file) => {
      await unroll(page, phone.width);
      await page.screenshot({ path: file });
      await page.setViewportSize(phone);
    },
    close: () => context.close(),
  };
}
