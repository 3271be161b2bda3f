import type { Blobs } from '../core/blobs.ts';
import { minutes, seconds, type Millis } from '../core/time.ts';
import type { LinkedPage } from '../posts/writing/revision.ts';
import { mayFetch } from '../protocol/text/media-links.ts';
import { openLink, type LinkOpened } from './linked.ts';
import { pageSays, type PageSays } from './page.ts';
import { largestPicture, mostPixels, pictureType } from './pictures.ts';
import { resize } from './resize.ts';

/** So much of a page is read: its head stands at the beginning. */
const mostOfPage = 512 * 1_024;
/** Somebody waits for the answer meanwhile: page and picture together take no longer. */
const usualPatience = seconds(4);

/** What Bluesky takes of a card's picture (lexicon app.bsky.embed.external: thumb), no wider than it is ever shown. */
const asCard = { width: 1_200, height: 1_200, type: 'image/jpeg', most: 1_000_000 } as const;

/** A page of our own news, for which no network is needed. */
export type OwnPage = (
  address: URL,
) => Promise<(Omit<PageSays, 'image'> & { readonly picture: Uint8Array | undefined }) | undefined>;

/** Opens a link of these hosts, until the signal ends it. */
export type Open = (
  address: string,
  hosts: readonly string[],
  accept: string,
  ends: AbortSignal,
) => Promise<LinkOpened>;

const really: Open = async (address, hosts, accept, ends) =>
  await openLink(address, hosts, { silence: usualPatience, within: minutes(1), accept, ends });

/** What reading a page stands on. */
export interface LinkCardParts {
  readonly blobs: Blobs;
  readonly own: OwnPage;
  /** opens links in place of the real way */
  readonly open?: Open;
  /** page and picture together take no longer */
  readonly patience?: Millis;
}

const unread: LinkedPage = { is: 'unread' };

/**
 * Reads what the page behind a link says of itself, with its picture made for a card. Our own news is read from where
 * it is kept. Of other sites only these hosts are asked, for the page, for its picture and wherever they lead; one that
 * says nothing within some seconds gives no card.
 * @returns undefined for a page that may not be read at all
 */
export async function readLinkCard(
  address: string,
  hosts: readonly string[],
  { blobs, own, open = really, patience = usualPatience }: LinkCardParts,
): Promise<LinkedPage | undefined> {
  const url = URL.parse(address);
  if (url === null) return undefined;
  const ours = await own(url);
  if (ours !== undefined) {
    const { title, description, picture } = ours;
    return { is: 'read', title, description, ...(await cardPicture(picture, blobs)) };
  }
  if (!mayFetch(url, hosts)) return undefined;
  const ends = AbortSignal.timeout(patience);
  const opened = await open(url.href, hosts, 'text/html', ends);
  if (!opened.ok) return unread;
  const [, type = '', charset = ''] =
    /^\s*([^;\s]+)(?:.*?charset=["']?([\w-]+))?/iu.exec(opened.contentType ?? '') ?? [];
  if (!/^(?:text\/html|application\/xhtml\+xml)$/iu.test(type)) {
    await beginning(opened.bytes, 0);
    return unread;
  }
  const page = await beginning(opened.bytes, mostOfPage);
  if (page === undefined) return unread;
  const { title, description, image } = await pageSays(page.bytes, charset);
  if (title === '') return unread;
  const pictured = image === '' ? null : URL.parse(image, url.href);
  const picture =
    pictured !== null && mayFetch(pictured, hosts)
      ? await open(pictured.href, hosts, 'image/*', ends)
      : undefined;
  const kept = picture?.ok === true ? await beginning(picture.bytes, largestPicture) : undefined;
  return {
    is: 'read',
    title,
    description,
    ...(await cardPicture(kept?.whole === true ? kept.bytes : undefined, blobs)),
  };
}

/** As much as may be read, and whether that is all of it; undefined when it broke off. */
async function beginning(
  source: AsyncIterable<Uint8Array>,
  most: number,
): Promise<{ readonly bytes: Uint8Array; readonly whole: boolean } | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of source) {
      pieces.push(piece.subarray(0, most - size));
      size += piece.length;
      // Leaving the loop closes the connection.
      if (size > most) return { bytes: Buffer.concat(pieces), whole: false };
    }
  } catch {
    return undefined;
  }
  return { bytes: Buffer.concat(pieces), whole: true };
}

/** A picture as a card carries it, drawn anew as every picture is; nothing where it is none, or a bomb. */
async function cardPicture(
  bytes: Uint8Array | undefined,
  blobs: Blobs,
): Promise<Pick<Extract<LinkedPage, { readonly is: 'read' }>, 'picture'>> {
  if (bytes === undefined || pictureType(bytes) === undefined) return {};
  const { default: sharp } = await import('sharp');
  try {
    const upright = await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
      .autoOrient()
      .resize({ width: asCard.width, height: asCard.height, fit: 'inside', withoutEnlargement: true })
      .png()
      .toBuffer();
    const made = await resize(upright, asCard);
    return made.ok ? { picture: { hash: await blobs.put(made.bytes), contentType: 'image/jpeg' } } : {};
  } catch {
    // Whatever the decoder finds wrong with it: a card needs no picture.
    return {};
  }
}
