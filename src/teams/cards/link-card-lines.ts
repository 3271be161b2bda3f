import { cardedLink, drawsCards, makesCards } from '../../posts/linked-pages.ts';
import { linkTarget } from '../../protocol/text/links.ts';
import { quotesOn } from '../../protocol/media-limits.ts';
import type { AccountText } from '../../posts/plan.ts';
import type { DeskRules } from '../../posts/post.ts';
import type { Revision } from '../../posts/revision.ts';
import { mayFetch } from '../../protocol/text/media-links.ts';
import { linkCardWords, noLinkCardWords } from '../../words/on-cards.ts';

/** Where a link is shown as a card below a post without pictures, and where it is not although it could be. */
export function linkCardLines(
  revision: Revision,
  texts: readonly AccountText[],
  rules: DeskRules,
): readonly string[] {
  if (revision.media.length > 0) return [];
  const carded = texts.flatMap(({ account, network, parts }) => {
    if (!drawsCards(network) && !makesCards(network)) return [];
    // Below a post that quotes another, that one is shown.
    const below = revision.quote !== undefined && quotesOn(network) ? parts.slice(1) : parts;
    const links = below.flatMap((part) => cardedLink(part, network, revision, rules.linkTagging) ?? []);
    const link = links.find(({ page }) => page?.is === 'read') ?? links[0];
    return link === undefined ? [] : [{ account, network, ...link }];
  });
  const [shown, bare] = [
    carded.filter(({ network, page }) => drawsCards(network) || page?.is === 'read'),
    carded.filter(({ network, page }) => !drawsCards(network) && page?.is !== 'read'),
  ];
  const pages = shown.map(({ page }) => (page?.is === 'read' ? page.title : ''));
  // Variants may lead to other pages: then no one title is theirs.
  const [title = ''] = pages.every((each) => each === pages[0]) ? pages : [];
  const [first] = bare;
  const url = first === undefined ? null : URL.parse(linkTarget(first.link));
  const tried = first?.page !== undefined || (url !== null && mayFetch(url, rules.mediaFrom ?? []));
  const accounts = (of: typeof carded): readonly string[] => of.map(({ account }) => account);
  return [
    ...(shown.length === 0 ? [] : [linkCardWords(accounts(shown), title, rules)]),
    ...(bare.length === 0
      ? []
      : [noLinkCardWords(accounts(bare), url?.hostname ?? '', tried ? 'unread' : 'not-ours', rules)]),
  ];
}
