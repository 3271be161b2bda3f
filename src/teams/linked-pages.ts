import { linksWithCards } from '../posts/leaving/linked-pages.ts';
import { linkTarget } from '../protocol/text/links.ts';
import type { LinkedPage, Revision } from '../posts/writing/revision.ts';
import type { Desk } from './desk.ts';

/**
 * What the pages behind the links of a text say of themselves, as far as the protocol lets them be read. Those that
 * were read before are not read again; those that could not be are tried once more.
 */
export async function pagesBehind(
  revision: Pick<Revision, 'text' | 'variants' | 'accounts' | 'media' | 'pages'>,
  { rules, pageBehind }: Pick<Desk, 'rules' | 'pageBehind'>,
): Promise<Pick<Revision, 'pages'>> {
  const hosts = rules().mediaFrom ?? [];
  const known = revision.pages ?? {};
  const links = linksWithCards(revision, rules()).filter((link) => known[link]?.is !== 'read');
  const read = await Promise.all(
    links.map(async (link): Promise<readonly [string, LinkedPage | undefined]> => [
      link,
      await pageBehind(linkTarget(link), hosts),
    ]),
  );
  const pages = read.flatMap(([link, page]) => (page === undefined ? [] : [[link, page] as const]));
  return pages.length === 0 ? {} : { pages: Object.fromEntries(pages) };
}
