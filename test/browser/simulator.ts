import { expect } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';

/** What a card gets on a phone held upright, 390 wide, beside the margins of Teams. In CSS pixels. */
export const phoneCardWidth = 340;

const desk = { width: 1280, height: 900 };

export interface SimulatorPage {
  readonly page: Page;
  /** Opens a chat or a Teams channel of the list by its name: `Personal Chat`, the group chat's or a channel's. */
  open(name: string): Promise<void>;
  /** Types a message as the current user and sends it; in a Teams channel the simulator wants a mention first. */
  send(text: string): Promise<void>;
  /** The n-th card of the open conversation, the oldest being 1; waits until it is there. */
  card(n: number): Promise<Locator>;
  cardCount(): Promise<number>;
  /** What the n-th card says, blanks and line ends made one. */
  read(n: number): Promise<string>;
  /** Waits until the n-th card says that. */
  waitUntilCardSays(n: number, text: string | RegExp): Promise<void>;
  /** Presses the button with that title on the n-th card. */
  press(n: number, title: string): Promise<void>;
  /** Fills the input with that label on the n-th card. */
  fill(n: number, label: string, text: string): Promise<void>;
  /** Ticks the box with that title on the n-th card. */
  tick(n: number, title: string): Promise<void>;
  /** Waits for a plain message of the bot or the user that holds the text. */
  waitForMessage(text: string | RegExp): Promise<void>;
  /** A picture of the n-th card as a phone shows it, in a file of that name. */
  photographCard(n: number, file: string): Promise<void>;
  close(): Promise<void>;
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Opens the simulator's page at its address and waits until it can be typed into. */
export async function openSimulator(browser: Browser, url: string): Promise<SimulatorPage> {
  const context = await browser.newContext({ viewport: desk, locale: 'en-GB', timezoneId: 'Europe/London' });
  const page = await context.newPage();
  // Its page asks Microsoft for a font; nothing in a test leaves this machine.
  await page.route(
    (address) => !['127.0.0.1', 'localhost'].includes(address.hostname),
    (route) => route.abort(),
  );
  await page.goto(url);
  // The simulator keeps its panels on a narrow screen, so for a picture the card alone is made narrow; the switch is
  // a wish of the viewer's that nothing else in its page looks at.
  await page.addStyleTag({
    content: `@media (prefers-reduced-motion: reduce) {
      .ac-adaptiveCard { box-sizing: border-box; width: ${String(phoneCardWidth)}px !important; }
    }`,
  });
  const box = page.getByRole('textbox').first();
  await box.waitFor();
  const cards = page.locator('.ac-adaptiveCard');

  const card = async (n: number): Promise<Locator> => {
    const found = cards.nth(n - 1);
    await found.waitFor();
    return found;
  };

  return {
    page,
    card,
    open: async (name) => {
      await page.getByRole('treeitem', { name }).click();
      await box.waitFor();
    },
    send: async (text) => {
      await box.click();
      await box.pressSequentially(text);
      await page.getByRole('button', { name: 'Send Message' }).click();
    },
    cardCount: () => cards.count(),
    read: async (n) => flat(await (await card(n)).innerText()),
    waitUntilCardSays: async (n, text) => {
      await expect
        .poll(async () => flat(await (await card(n)).innerText()), { timeout: 15_000 })
        .toMatch(text);
    },
    press: async (n, title) => {
      await (await card(n)).getByRole('button', { name: title, exact: true }).click();
    },
    fill: async (n, label, text) => {
      await (await card(n)).getByLabel(label).fill(text);
    },
    tick: async (n, title) => {
      await (await card(n)).getByRole('checkbox', { name: title }).check();
    },
    waitForMessage: async (text) => {
      await page.getByText(text).first().waitFor();
    },
    photographCard: async (n, file) => {
      const narrow = await card(n);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      // The chat scrolls in a pane of its own, which cuts a long card off unless all of it fits.
      await page.setViewportSize({ ...desk, height: 3_000 });
      await narrow.screenshot({ path: file });
      await page.setViewportSize(desk);
      await page.emulateMedia({ reducedMotion: 'no-preference' });
    },
    close: () => context.close(),
  };
}
