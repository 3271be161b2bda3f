import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { z } from 'zod';

/** WCAG 2.2 AA and axe's own good practice. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const found = z.array(z.string());

/** Has every page that it goes to from now on bring axe along, which costs less than to bring it there afterwards. */
export async function bringAxe(page: Page): Promise<void> {
  await page.addInitScript(axe.source);
}

/**
 * What axe finds fault with on a page and in its frames as they are drawn now, each named with where it is. A page takes
 * axe in once, however often it is asked; that alone takes longer than to answer.
 */
export async function faultsOn(page: Page): Promise<readonly string[]> {
  for (const frame of page.frames())
    if ((await frame.evaluate('typeof axe')) === 'undefined') await frame.evaluate(axe.source);
  const options = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] };
  // As text: it runs in the page, whose own types the compiler does not have here.
  const faults = await page.evaluate(`axe
    .run(document, ${JSON.stringify(options)})
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => id + ': ' + target.join(' '))))`);
  return found.parse(faults);
}

/** By how many CSS pixels a page has to be scrolled sideways. */
export const sideways = async (page: Page): Promise<unknown> =>
  await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
