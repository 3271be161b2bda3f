import type { AppBskyEmbedExternal, AppBskyFeedPost, BlobRef } from '@atproto/api';
import { isPictureType } from '../../protocol/media-limits.ts';
import type { ReadMedium } from '../answers.ts';
import type { PlanPart, PublicationKey, PublishOutcome } from '../network.ts';
import { isVideoPart } from '../video-part.ts';
import type { Files } from './files.ts';
import { blueskyKnown } from './limits.ts';
import type { BlueskyVideos } from './video.ts';

export type Embed = NonNullable<AppBskyFeedPost.Record['embed']>;

/** What a post shows is made from. */
export interface Media {
  readonly media: ReadMedium;
  readonly bringFile: Files['bringFile'];
  /** absent where no videos are published */
  readonly films: BlueskyVideos | undefined;
}

interface Picture {
  readonly image: BlobRef;
  readonly alt: string;
}

/**
 * What is shown below the words: a video, pictures or a link's card, brought to the account's server first.
 *
 * @returns the outcome that ends the attempt, where it cannot be brought
 */
export async function embedOf(
  parts: Media,
  part: PlanPart,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<Embed | PublishOutcome | undefined> {
  if (isVideoPart(part)) {
    return parts.films === undefined
      ? { outcome: 'refused', reason: 'video-missing' }
      : await parts.films.bring(part, key, signal);
  }
  const images = await bring(parts, part.media, signal);
  if ('outcome' in images) return images;
  return images.length > 0
    ? { $type: 'app.bsky.embed.images', images: [...images] }
    : await cardOf(parts, part, signal);
}

async function bring(
  { media, bringFile }: Media,
  pictures: PlanPart['media'],
  signal: AbortSignal,
): Promise<readonly Picture[] | PublishOutcome> {
  const images: Picture[] = [];
  for (const { hash, contentType, alt } of pictures) {
    if (!isPictureType(contentType)) return { outcome: 'refused', reason: 'picture-type' };
    const bytes = await media(hash);
    if (bytes === undefined) return { outcome: 'refused', reason: 'picture-missing' };
    if (bytes.length > blueskyKnown.limits.pictures.bytes)
      return { outcome: 'refused', reason: 'picture-too-large' };
    images.push({ image: await bringFile(bytes, contentType, signal), alt });
  }
  return images;
}

/** The card of a link, with its picture brought first. */
async function cardOf(
  parts: Media,
  { linkCard }: PlanPart,
  signal: AbortSignal,
): Promise<AppBskyEmbedExternal.Main | PublishOutcome | undefined> {
  if (linkCard === undefined) return undefined;
  const { uri, title, description, picture } = linkCard;
  const images = picture === undefined ? [] : await bring(parts, [{ ...picture, alt: '' }], signal);
  if ('outcome' in images) return images;
  const [thumb] = images;
  const external = { uri, title, description, ...(thumb === undefined ? {} : { thumb: thumb.image }) };
  return { $type: 'app.bsky.embed.external', external };
}
