import { z } from 'zod';
import type { PlanLinkCard } from '../../networks/network.ts';
import type { LinkTagging, NetworkName, Protocol } from '../../protocol/protocol.ts';
import { withLinkTags } from '../../protocol/text/link-tags.ts';
import { linksIn, linkTarget } from '../../protocol/text/links.ts';
import type { LinkedPage, Revision } from '../writing/revision.ts';

/** Networks on which the card of a link is part of what we post; it is frozen and approved with the rest. */
const cardsOfOurs: readonly NetworkName[] = ['bluesky'];
/** Networks that read the page and draw a card of it by themselves, below a post without pictures. */
const cardsOfTheirs: readonly NetworkName[] = ['x', 'facebook'];

/** Whether the card of a link is brought with the post, and so approved with it. */
export const makesCards = (network: NetworkName): boolean => cardsOfOurs.includes(network);
/** Whether the network makes the card of a link itself, from what the page says. */
export const drawsCards = (network: NetworkName): boolean => cardsOfTheirs.includes(network);

/** Most pages of a post that are read: somebody waits meanwhile. */
const mostPages = 4;

/** What a page said of itself, as it is stored; `title` is never empty. */
const linkedPage: z.ZodType<LinkedPage> = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('read'),
    title: z.string().min(1).max(300),
    description: z.string().max(300),
    picture: z
      .object({ hash: z.string().regex(/^[A-Za-z0-9_-]{43}$/u), contentType: z.literal('image/jpeg') })
      .exactOptional(),
  }),
  z.object({ is: z.literal('unread') }),
]);

/** A longer link has no card. */
const longestLink = 2_000;

/** Pages by their links, as these stand in the texts. */
export const linkedPages = z.record(z.string().max(longestLink), linkedPage);

/** The links of a revision whose pages a reader would see as a card, as they are written; of pictures there are none. */
export function linksWithCards(
  revision: Pick<Revision, 'text' | 'variants' | 'accounts' | 'media'>,
  protocol: Pick<Protocol, 'accounts'>,
): readonly string[] {
  if (revision.media.length > 0) return [];
  const texts = revision.accounts.flatMap((id) => {
    const network = protocol.accounts[id]?.network;
    const carded = network !== undefined && (makesCards(network) || drawsCards(network));
    const own = revision.variants[id]?.trim() ?? '';
    // A form has an empty field where an account gets the text of all.
    return carded ? [own === '' ? revision.text : own] : [];
  });
  const links = texts.flatMap((text) => linksIn(text).map(({ from, to }) => text.slice(from, to)));
  return [...new Set(links)].filter(({ length }) => length <= longestLink).slice(0, mostPages);
}

/** The pages of links that still stand in a revision; undefined when there is none, so that it stores nothing. */
export function pagesOf(
  revision: Pick<Revision, 'text' | 'variants'>,
  pages: Readonly<Record<string, LinkedPage>> | undefined,
): Pick<Revision, 'pages'> {
  const texts = [revision.text, ...Object.values(revision.variants)];
  const links = new Set(texts.flatMap((text) => linksIn(text).map(({ from, to }) => text.slice(from, to))));
  const kept = Object.entries(pages ?? {}).filter(([link]) => links.has(link));
  return kept.length === 0 ? {} : { pages: Object.fromEntries(kept) };
}

/** A link as it stands in a text that goes out, tagged where it is, and what is known of its page. */
export interface CardedLink {
  readonly link: string;
  readonly page: LinkedPage | undefined;
}

/** The link of a text that a network would show as a card: the first whose page was read, else the first. */
export function cardedLink(
  text: string,
  network: NetworkName,
  { pages = {}, campaign }: Pick<Revision, 'pages' | 'campaign'>,
  tagging: LinkTagging | undefined,
): CardedLink | undefined {
  const known = new Map(
    Object.entries(pages).map(([link, page]) => [withLinkTags(link, network, campaign, tagging), page]),
  );
  const links = linksIn(text).map(({ from, to }): CardedLink => {
    const link = text.slice(from, to);
    return { link, page: known.get(link) };
  });
  return links.find(({ page }) => page?.is === 'read') ?? links[0];
}

/** The card that goes out with a text, where the network takes one from us and the page could be read. */
export function linkCardFor(
  text: string,
  network: NetworkName,
  revision: Pick<Revision, 'pages' | 'campaign'>,
  tagging: LinkTagging | undefined,
): PlanLinkCard | undefined {
  if (!makesCards(network) || revision.pages === undefined) return undefined;
  const carded = cardedLink(text, network, revision, tagging);
  if (carded?.page?.is !== 'read') return undefined;
  const { title, description, picture } = carded.page;
  return {
    uri: linkTarget(carded.link),
    title,
    description,
    ...(picture === undefined ? {} : { picture }),
  };
}
