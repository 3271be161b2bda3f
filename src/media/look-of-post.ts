import { isReplaced } from '../dispatch/publication.ts';
import { cardedLink, drawsCards } from '../posts/leaving/linked-pages.ts';
import { linkTarget } from '../protocol/text/links.ts';
import { publicationsOf } from '../posts/leaving/what-is-public.ts';
import { planShown, readPart } from '../posts/writing/plan.ts';
import type { PostState } from '../posts/post.ts';
import type { PlanMedium, PlanPart } from '../networks/network.ts';
import { videoTitleFrom } from '../protocol/text/heading.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { drawnOf } from './drawn/pictures.ts';
import type { LookCard } from './drawn/link-card.ts';
import type { Look } from './look.ts';
import { isPictureType } from '../protocol/media-limits.ts';

type ReadBytes = (hash: string) => Promise<Uint8Array | undefined>;

/**
 * What an account would show of a post: of its frozen plan, or of a draft as it would be frozen now.
 * @param hash the plan that is meant
 * @returns undefined when the post has no such plan (any more), or nothing for that account in it
 */
export async function lookOfPost(
  post: PostState,
  { plan: hash, account }: { readonly plan: string; readonly account: string },
  protocol: Protocol,
  read: ReadBytes,
): Promise<Look | undefined> {
  const plan = planShown(post, protocol)?.plan;
  if (plan?.hash !== hash) return undefined;
  // What came down, or is to, for a correction is not what will be seen there.
  const publications = publicationsOf(post);
  const isSeen = (key: string): boolean => {
    const publication = publications[key];
    return publication === undefined || !isReplaced(publication);
  };
  const parts = plan.parts.filter((part) => part.account === account && isSeen(part.key)).map(readPart);
  const [first] = parts;
  if (first === undefined) return undefined;
  return {
    network: first.network,
    name: protocol.accounts[account]?.name ?? account,
    posts: await Promise.all(
      parts.map(async (part) => {
        const card = await cardUnder(
          part,
          plan.revision === post.revision.n ? post : undefined,
          protocol,
          read,
        );
        return { text: part.text, ...(card === undefined ? {} : { card }) };
      }),
    ),
    ...headed(first),
    ...(await carried(first, post, read)),
  };
}

/** What stands there in large letters. YouTube takes the first words of the text where nobody wrote a title. */
function headed({ headline, network, text }: PlanPart): Pick<Look, 'headline'> {
  if (headline !== undefined) return { headline };
  return network === 'youtube' ? { headline: videoTitleFrom(text) } : {};
}

const isPicture = ({ contentType }: PlanMedium): boolean => isPictureType(contentType);

/** The pictures and the video of a part: beside a video a picture is its still, but for our own page, which has both. */
async function carried(
  { media, network }: PlanPart,
  post: PostState,
  read: ReadBytes,
): Promise<Pick<Look, 'pictures' | 'allPictures' | 'video'>> {
  const pictures = media.filter(isPicture);
  const video = media.find((medium) => !isPicture(medium));
  const drawn = video === undefined || network === 'website' ? drawnOf(network, pictures.length) : 1;
  const bytes = (
    await Promise.all(pictures.slice(0, drawn).map(async ({ hash }) => await read(hash)))
  ).filter((each) => each !== undefined);
  const beside = bytes.length === 0 ? {} : { pictures: bytes, allPictures: pictures.length };
  if (video === undefined) return beside;
  const size = video.size ?? post.revision.media.find(({ hash }) => hash === video.hash);
  const [still] = network === 'website' ? [] : bytes;
  return {
    ...(network === 'website' ? beside : {}),
    video: {
      ...(size === undefined ? {} : { shape: size.width / size.height }),
      ...(still === undefined ? {} : { still }),
    },
  };
}

/** The card of a link below a post: ours to the letter, a network's own as the page says it. */
async function cardUnder(
  part: PlanPart,
  post: PostState | undefined,
  protocol: Protocol,
  read: ReadBytes,
): Promise<LookCard | undefined> {
  const { linkCard, media, network, text, quote } = part;
  // The words of a post that is quoted are its own: only where it stands is drawn.
  if (quote !== undefined) return { site: quote.url };
  if (linkCard !== undefined) return await drawnCard(linkCard.uri, linkCard, read);
  if (media.length > 0 || post === undefined || !drawsCards(network)) return undefined;
  const carded = cardedLink(text, network, post.revision, protocol.linkTagging);
  if (carded === undefined) return undefined;
  const { link, page } = carded;
  return await drawnCard(linkTarget(link), page?.is === 'read' ? page : {}, read);
}

async function drawnCard(
  address: string,
  says: Partial<Pick<NonNullable<PlanPart['linkCard']>, 'title' | 'description' | 'picture'>>,
  read: ReadBytes,
): Promise<LookCard> {
  const { title, description, picture } = says;
  const bytes = picture === undefined ? undefined : await read(picture.hash);
  return {
    site: URL.parse(address)?.hostname.replace(/^www\./u, '') ?? '',
    ...(title === undefined ? {} : { title }),
    ...(description === undefined || description === '' ? {} : { description }),
    ...(bytes === undefined ? {} : { picture: bytes }),
  };
}
