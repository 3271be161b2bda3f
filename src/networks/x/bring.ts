import type { ReadMedium } from '../answers.ts';
import type { PlanPart, PublicationKey, PublishOutcome } from '../network.ts';
import { isVideoPart } from '../video-part.ts';
import type { Ask } from './asking.ts';
import { pictureType } from './limits.ts';
import { bringVideo, type Brings } from './video.ts';

/** What is brought to X before a post, where nobody sees it until the post stands. */
export interface Media {
  readonly ask: Ask;
  readonly media: ReadMedium;
  /** absent where no videos are published */
  readonly videos: Brings | undefined;
}

/** @returns X's ids of what a part shows, or the outcome that ends the attempt */
export async function bring(
  { ask, media, videos }: Media,
  part: PlanPart,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<readonly string[] | PublishOutcome> {
  if (isVideoPart(part)) {
    return videos === undefined
      ? { outcome: 'refused', reason: 'video-missing' }
      : await bringVideo(videos, part, key, signal);
  }
  const ids: string[] = [];
  for (const { hash, contentType, alt } of part.media) {
    const type = pictureType.safeParse(contentType);
    if (!type.success) return { outcome: 'refused', reason: 'picture-type' };
    const bytes = await media(hash);
    if (bytes === undefined) return { outcome: 'refused', reason: 'picture-missing' };
    const id = await ask(signal, async ({ v2 }) => {
      const uploaded = await v2.uploadMedia(Buffer.from(bytes), { media_type: type.data });
      if (alt !== '') await v2.createMediaMetadata(uploaded, { alt_text: { text: alt } });
      return uploaded;
    });
    ids.push(id);
  }
  return ids;
}
