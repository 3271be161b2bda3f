import { z } from 'zod';
import type { Millis } from '../../core/time.ts';
import { canonical, idFrom, sha256 } from '../../core/json.ts';
import type { PlanCaptions, PlanMedium, PlanPart, PublicationKey } from '../../networks/network.ts';
import { mediaLimits, quotesOn, videoAlone } from '../../protocol/media-limits.ts';
import { occasionOf } from '../../protocol/elections.ts';
import type { NetworkName, Protocol } from '../../protocol/protocol.ts';
import type { CheckedDraft } from '../../protocol/rule.ts';
import { longestOn } from '../../protocol/rules/len.ts';
import { cutAtWord, onOneLine } from '../../protocol/text/cut.ts';
import { headlineFrom } from '../../protocol/text/heading.ts';
import { taggedLinks, withLinkTags } from '../../protocol/text/link-tags.ts';
import { hasBreaks, threadNetworks, threadOf, withoutBreaks } from '../../protocol/text/thread.ts';
import { accountOf, partKey } from '../../dispatch/thread.ts';
import { isForRehearsal } from '../leaving/for-rehearsal.ts';
import { quotedPost } from './quoted-post.ts';
import { remote } from '../remote.ts';
import { linkCardFor } from '../leaving/linked-pages.ts';
import { captions } from './medium.ts';
import { captionWords, hasVideo, isCaptioned, isCaptionedInPicture, isVideo } from './media.ts';
import type { Plan, PlannedPart, PostState } from '../post.ts';
import type { Medium, Picture, Revision, VideoCaptions } from './revision.ts';
import { networkNames } from '../../protocol/protocol.ts';
import { privacies } from '../../networks/network.ts';

/** Names how a revision becomes parts; a plan of another renderer has another hash, so decisions never carry over. */
export const renderer = 'plan-3';

/** What one account would get of a revision. */
export interface AccountText {
  readonly account: string;
  readonly network: NetworkName;
  /** the whole of it as it was written; where it goes out in one piece, an author's end of a part ends a paragraph */
  readonly text: string;
  /** what goes out, to the letter: links tagged, and a thread's posts numbered; most often one */
  readonly parts: readonly string[];
  /** how many of its links say where somebody came from */
  readonly tagged: number;
  readonly headline?: string;
  readonly summary?: string;
}

/** What each account of the post would get, in the protocol's order of accounts. */
export function partsOf(post: PostState, protocol: Protocol): readonly AccountText[] {
  return accountTexts(post.revision, protocol);
}

/** The texts of revisions, which never change: rules, cards and plans all ask for them, a card several times. */
const known = new WeakMap<
  Revision,
  { readonly protocol: Protocol; readonly texts: readonly AccountText[] }
>();

/** What each account of a revision would get; an account that the protocol no longer has is left out. */
export function accountTexts(revision: Revision, protocol: Protocol): readonly AccountText[] {
  const before = known.get(revision);
  if (before?.protocol === protocol) return before.texts;
  const texts = textsOf(revision, protocol);
  known.set(revision, { protocol, texts });
  return texts;
}

function textsOf(revision: Revision, protocol: Protocol): readonly AccountText[] {
  return Object.values(protocol.accounts)
    .filter((account) => revision.accounts.includes(account.id))
    .map(({ id: account, network }) => {
      const written = revision.variants[account] ?? revision.text;
      const text = readWhole(written, protocol);
      return {
        account,
        network,
        text,
        ...outOf(written, text, network, revision, protocol),
        ...(network === 'website'
          ? {
              headline: revision.headline === '' ? headlineFrom(text) : revision.headline,
              summary: revision.summary === '' ? summaryFrom(text) : revision.summary,
            }
          : {}),
      };
    });
}

/** A text as it is read in one piece, without the lines by which its author ends the posts of a thread. */
export const readWhole = (text: string, { threads }: Pick<Protocol, 'threads'>): string =>
  threads === undefined ? text : withoutBreaks(text);

/** What goes out of a text: a thread where its author chose one and the protocol and the network take it. */
function outOf(
  written: string,
  text: string,
  network: NetworkName,
  { campaign, thread }: Revision,
  protocol: Protocol,
): Pick<AccountText, 'parts' | 'tagged'> {
  const { linkTagging } = protocol;
  const tag = (words: string): string => withLinkTags(words, network, campaign, linkTagging);
  const limit = longestOn(network, protocol);
  const chosen = thread === true || hasBreaks(written);
  const threads = protocol.threads !== undefined && chosen && threadNetworks.includes(network);
  return {
    parts: threads && limit !== undefined ? threadOf(network, tag(written), limit) : [tag(text)],
    tagged: taggedLinks(text, network, campaign, linkTagging),
  };
}

/** The draft as the rules look at it; `at`: when it would go out. */
export function checkedDraft(
  { revision, department }: Pick<PostState, 'revision' | 'department'>,
  at: Millis,
  protocol: Protocol,
): CheckedDraft {
  return {
    occasion: occasionOf({ ...revision, at, department }, protocol),
    texts: accountTexts(revision, protocol),
    carried: {
      media: revision.media.map((medium) =>
        isVideo(medium) ? { video: medium } : { picture: medium, madeFor: networksOf(medium) },
      ),
      title: revision.youtube?.title ?? '',
      ...(revision.youtube?.madeForKids === undefined ? {} : { madeForKids: revision.youtube.madeForKids }),
      ...(revision.quote === undefined ? {} : { quotes: true }),
    },
    media: revision.media.map((medium) => ({
      type: isVideo(medium) ? ('video' as const) : ('image' as const),
      alt: medium.alt,
      captions: isVideo(medium) && isCaptioned(medium),
      captionWords: captionWords(medium),
      ...(isVideo(medium) ? { seen: isCaptionedInPicture(medium) } : {}),
      ...(medium.recognised === undefined ? {} : { recognised: medium.recognised }),
      ...(medium.origin === undefined ? {} : { origin: medium.origin }),
    })),
  };
}

/** What YouTube alone is told. Nothing is, while nobody has said whether it is made for children. */
function youtubeOf({ youtube }: Revision): Pick<PlanPart, 'headline' | 'video'> {
  if (youtube?.madeForKids === undefined) return {};
  const { title, madeForKids, privacy, playlist, shownAt } = youtube;
  return {
    ...(title === '' ? {} : { headline: title }),
    video: {
      madeForKids,
      privacy,
      ...(playlist === '' ? {} : { playlist }),
      ...(shownAt === undefined ? {} : { publishAt: shownAt.at }),
    },
  };
}

/** What Facebook heads a video with: the headline that somebody wrote, else the text's first words. */
const headedOnFacebook = ({ headline }: Revision, text: string): Pick<PlanPart, 'headline'> => ({
  headline: headline === '' ? headlineFrom(text) : headline,
});

/**
 * What would go out of a post, for whoever wants to see it: its frozen plan, or while it is not sent yet what would be
 * frozen now. Nothing of a post that is over, or that is out.
 */
export function planShown(
  post: Pick<PostState, 'revision' | 'department' | 'status'>,
  protocol: Protocol,
): { readonly plan: Plan; readonly frozen: boolean } | undefined {
  const { status, revision, department } = post;
  switch (status.is) {
    case 'in-review':
    case 'held':
    case 'approved':
    case 'scheduled':
      return { plan: status.plan, frozen: true };
    case 'draft':
    case 'sent-back':
    case 'expired': {
      if (revision.text === '') return undefined;
      const short = department === undefined ? '' : (protocol.departments[department]?.short ?? department);
      return { plan: freeze(revision, short, protocol), frozen: false };
    }
    default:
      return undefined;
  }
}

/**
 * Freezes what would go out: each part's bytes, and the hash that decisions are bound to.
 *
 * @param beside accounts on which the post stands or goes out all the same, where they are not all in the revision
 */
export function freeze(
  revision: Revision,
  from: string,
  protocol: Protocol,
  beside: readonly string[] = [],
): Plan {
  const onWebsite = [...revision.accounts, ...beside].some((id) => isPublicPage(id, protocol));
  const parts: readonly PlannedPart[] = accountTexts(revision, protocol).flatMap((wanted) =>
    wanted.parts.map((text, n) => {
      // A thread is met by its first post.
      const media =
        n === 0 ? carriedTo(revision, wanted.network).map((each) => mediumOf(each, wanted.network)) : [];
      const card =
        media.length > 0 ? undefined : linkCardFor(text, wanted.network, revision, protocol.linkTagging);
      const quote = n === 0 && quotesOn(wanted.network) ? quotedPost(revision.quote ?? '') : undefined;
      const part: PlanPart = {
        account: wanted.account,
        network: wanted.network,
        part: n,
        text,
        ...(wanted.headline === undefined ? {} : { headline: wanted.headline }),
        ...(wanted.network === 'youtube' ? youtubeOf(revision) : {}),
        ...(wanted.network === 'facebook' && hasVideo(revision) ? headedOnFacebook(revision, text) : {}),
        ...(wanted.summary === undefined ? {} : { summary: wanted.summary }),
        media,
        ...(card === undefined ? {} : { linkCard: card }),
        ...(quote === undefined ? {} : { quote }),
        ...(revision.until === undefined ? {} : { endsAt: revision.until.at }),
        from,
        ...(wanted.network === 'youtube' && onWebsite ? { onWebsite } : {}),
      };
      return {
        key: partKey(wanted.account, n),
        account: wanted.account,
        network: wanted.network,
        bytes: canonical(part),
      };
    }),
  );
  const accounts = [...new Set(parts.map(({ account }) => account))];
  const rehearsed = accounts.filter((account) => protocol.accounts[account]?.rehearsed === true);
  const hash = sha256(
    canonical({
      renderer,
      parts: parts.map((part) => part.bytes),
      ...(rehearsed.length === 0 ? {} : { rehearsed }),
    }),
  );
  return { hash, renderer, revision: revision.n, parts, rehearsed };
}

/** Whether what goes to an account has a page on the council's site that everybody reaches. */
function isPublicPage(id: string, { accounts }: Protocol): boolean {
  const account = accounts[id];
  return account?.network === 'website' && account.rehearsed !== true;
}

/** The networks that something was made of a picture for. */
const networksOf = ({ madeFor = {} }: Picture): readonly NetworkName[] =>
  networkNames.filter((network) => madeFor[network] !== undefined);

/** What of a revision's pictures and videos goes out to a network. */
export function carriedTo(revision: Revision, network: NetworkName): readonly Medium[] {
  return hasVideo(revision) && videoAlone(network) ? revision.media.filter(isVideo) : revision.media;
}

/** A medium as it goes out to a network: what was said about it for us alone stays behind. */
function mediumOf(medium: Medium, network: NetworkName): PlanMedium {
  const { alt } = medium;
  if (!isVideo(medium)) {
    const { hash, contentType } = medium.madeFor?.[network] ?? medium;
    return { hash, contentType, alt };
  }
  const { hash, contentType, width, height, captions: given } = medium;
  return {
    hash,
    contentType,
    alt,
    ...(mediaLimits[network].videos?.asksSize === true ? { size: { width, height } } : {}),
    ...(given === undefined ? {} : { captions: captionsFor(network, given) }),
  };
}

/** Captions as a network gets them: those of a file as the file, unless it shows none. */
function captionsFor(network: NetworkName, given: VideoCaptions): PlanCaptions {
  if (given.as === 'burned-in') return given;
  const { alsoSeen, words: _kept, ...file } = given;
  const shown = mediaLimits[network].videos?.captionFiles !== false;
  return shown || alsoSeen === undefined ? file : { as: 'burned-in' };
}

const planPart: z.ZodType<PlanPart> = z.object({
  account: z.string(),
  network: z.enum(networkNames),
  part: z.int(),
  text: z.string(),
  headline: z.string().exactOptional(),
  summary: z.string().exactOptional(),
  media: z.array(
    z.object({
      hash: z.string(),
      contentType: z.string(),
      alt: z.string(),
      size: z.object({ width: z.int(), height: z.int() }).exactOptional(),
      captions: captions.exactOptional(),
    }),
  ),
  endsAt: z.int().exactOptional(),
  video: z
    .object({
      playlist: z.string().exactOptional(),
      madeForKids: z.boolean(),
      privacy: z.enum(privacies),
      publishAt: z.int().exactOptional(),
    })
    .exactOptional(),
  linkCard: z
    .object({
      uri: z.string(),
      title: z.string(),
      description: z.string(),
      picture: z.object({ hash: z.string(), contentType: z.literal('image/jpeg') }).exactOptional(),
    })
    .exactOptional(),
  from: z.string(),
  onWebsite: z.literal(true).exactOptional(),
  replyTo: remote.exactOptional(),
  quote: remote.exactOptional(),
});

/**
 * Reads a stored part as it was frozen.
 * @throws when there are no bytes any more (erased) or they are not a part
 */
export function readPart(part: PlannedPart): PlanPart {
  return planPart.parse(JSON.parse(part.bytes));
}

/** From when on people may see a part: of a film that may be later than it leaves. One that only we can see waits for nothing. */
export const seenFrom = ({ video }: PlanPart): Millis =>
  video === undefined || video.privacy === 'private' ? 0 : (video.publishAt ?? 0);

/** What a part's publication is called outside, the same over every attempt. */
export function publicationKey(
  post: Pick<PostState, 'id' | 'number' | 'when' | 'status'>,
  part: string,
): PublicationKey {
  const key = {
    id: idFrom('pub', post.id, part),
    post: post.id,
    number: post.number,
    ...(isForRehearsal(post, accountOf(part)) ? { rehearsed: true as const } : {}),
  };
  if (!('decidedAt' in post.status)) return key;
  // The moment it was meant to leave: no attempt changes it, so that a repeat is the same to the byte.
  return { ...key, begun: Math.max(post.status.decidedAt, post.when?.at ?? 0) };
}

/** What a part's slot is called while it is changed where it stands: that is told apart from its sending. */
export const changeKey = (post: Pick<PostState, 'id'>, part: string): string =>
  idFrom('change', post.id, part);

/** Longest summary that is made from a text, in characters. */
const longestSummary = 160;

/** A summary out of the beginning of a text, cut at a word; a text so short that it is its own summary has none. */
function summaryFrom(text: string): string {
  const whole = onOneLine(text);
  return whole.length <= longestSummary ? '' : cutAtWord(whole, longestSummary);
}
