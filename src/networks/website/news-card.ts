import { cutAtWord, firstWords } from '../../protocol/text/cut.ts';
import type { Pages } from './pages.ts';
import { isPictureType } from '../../protocol/media-limits.ts';

/** Longest title and description of a card, in characters. */
const longest = 300;

/**
 * What a page of our own news says of itself in the card of a link to it; `picture` is a hash in the media store.
 * @returns undefined for an address that is no live page of ours
 */
export async function newsCard(
  pages: Pick<Pages, 'find'>,
  publicUrl: string,
  address: URL,
): Promise<{ readonly title: string; readonly description: string; readonly picture?: string } | undefined> {
  const name = /^\/news\/(?<name>[A-Za-z0-9_-]{1,200})$/u.exec(address.pathname)?.groups?.['name'];
  if (name === undefined || address.origin !== URL.parse(publicUrl)?.origin) return undefined;
  const page = await pages.find(name);
  if (page?.is !== 'live') return undefined;
  const picture = page.media.find(({ contentType }) => isPictureType(contentType))?.hash;
  return {
    title: cutAtWord(page.headline, longest),
    description: firstWords(page.summary === '' ? page.text : page.summary, longest),
    ...(picture === undefined ? {} : { picture }),
  };
}
