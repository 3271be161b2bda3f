import { hasVideo, isVideo } from '../../posts/writing/media.ts';
import type { AccountText } from '../../posts/writing/plan.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import type { Revision } from '../../posts/writing/revision.ts';
import { videoAlone, barsOf, croppedBy, quotesOn } from '../../protocol/media-limits.ts';
import { aloneWords, barsWords, croppedWords } from '../../words/pictures.ts';
import type { Millis } from '../../core/time.ts';
import { standingOn } from '../../posts/leaving/what-is-public.ts';
import { shownFrom } from '../../posts/leaving/shown-later.ts';
import { linkCardWords, noLinkCardWords } from '../../words/on-cards.ts';
import { cutHeadingWords, headedWords, youtubeLine } from '../../words/media-on-cards.ts';
import { cardedLink, drawsCards, makesCards } from '../../posts/leaving/linked-pages.ts';
import { linkTarget } from '../../protocol/text/links.ts';
import { mayFetch } from '../../protocol/text/media-links.ts';

/** The lines below the words of a card: how its pictures, its film and its links come to stand where it goes. */

/** Where a video goes out without the pictures beside it, because the network shows none with it. */
export function aloneLines(
  revision: Revision,
  texts: readonly AccountText[],
  rules: DeskRules,
): readonly string[] {
  const pictures = revision.media.filter((medium) => !isVideo(medium)).length;
  if (!hasVideo(revision) || pictures === 0) return [];
  const accounts = texts.flatMap(({ account, network }) => (videoAlone(network) ? [account] : []));
  return accounts.length === 0 ? [] : [aloneWords(accounts, pictures, rules)];
}

const barPlaces = ['at-the-sides', 'above-and-below'] as const;

/** Where a picture goes out between bars, because its shape is none that the network takes, or is cropped beside others. */
export function barLines(
  revision: Revision,
  texts: readonly AccountText[],
  rules: DeskRules,
): readonly string[] {
  // Beside a video a picture is its still, which a network shows in the video's shape.
  if (hasVideo(revision)) return [];
  const networks = [...new Set(texts.map(({ network }) => network))];
  return networks.flatMap((network) => {
    const accounts = texts.flatMap((text) => (text.network === network ? [text.account] : []));
    const made = revision.media.map((medium) =>
      isVideo(medium) ? medium : (medium.madeFor?.[network] ?? medium),
    );
    const cropped = croppedBy(network, made);
    const bars = barPlaces.flatMap((place) => {
      const barred = revision.media.flatMap((medium, index) => {
        const whole = made[index];
        return whole !== undefined && barsOf(medium, whole) === place ? [index] : [];
      });
      if (barred.length === 0) return [];
      const of = { barred, of: revision.media.length, cut: cropped.length > 0 };
      return [barsWords(accounts, network, place, of, rules)];
    });
    return [...bars, ...(cropped.length === 0 ? [] : [croppedWords(accounts, cropped, rules)])];
  });
}

/** How the film of a post stands on YouTube: whoever decides on the post decides on all of that. */
export function youtubeLines(
  post: Pick<PostState, 'revision' | 'when'>,
  texts: readonly AccountText[],
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const { youtube } = post.revision;
  const accounts = texts.flatMap(({ account, network }) => (network === 'youtube' ? [account] : []));
  if (youtube === undefined || accounts.length === 0) return [];
  const from = shownFrom(post, 'youtube', now);
  return [youtubeLine(accounts, youtube, from, rules, now)];
}

/** What the film of a post is headed where it stands on YouTube: no other line says that once it is public. */
export function headedOnYoutube(post: PostState, rules: DeskRules): readonly string[] {
  const title = post.revision.youtube?.title ?? '';
  const accounts = post.revision.accounts.filter(
    (id) => rules.accounts[id]?.network === 'youtube' && standingOn(post, id).length > 0,
  );
  return title === '' || accounts.length === 0 ? [] : [headedWords(accounts, title, rules)];
}

/** Where the website's heading is made from the text and cut: who decides reads where, and that another can be written. */
export function cutHeadingLines(
  revision: Revision,
  texts: readonly AccountText[],
  rules: DeskRules,
): readonly string[] {
  if (revision.headline !== '') return [];
  return texts.flatMap(({ account, text, headline }) => {
    const isCut = headline?.endsWith('…') === true && !text.trimStart().startsWith(headline);
    return isCut ? [cutHeadingWords(account, headline, rules)] : [];
  });
}

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
