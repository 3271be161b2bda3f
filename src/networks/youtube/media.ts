import { canonical, sha256 } from '../../core/json.ts';
import type { PlanPart, PlanVideo } from '../network.ts';
import { videoOf, type BroughtMedia } from '../video-part.ts';
import { costs } from './quota.ts';

/** What a part brings to YouTube, and how it shall stand there. */
export interface Media extends BroughtMedia {
  readonly stands: PlanVideo;
}

/** The one video of a part, with captions, and at most one picture. */
export function mediaOf(part: PlanPart): Media | { readonly reason: string } {
  const media = videoOf(part);
  if ('reason' in media) return media;
  if (media.video.captions === undefined) return { reason: 'captions-missing' };
  // Whether it is made for children somebody has to have said: no answer of ours could be sure to be true.
  if (part.video === undefined) return { reason: 'for-children-unsaid' };
  return { ...media, stands: part.video };
}

/** Names what is brought: the words, and who may see it, are said anew when it is shown. */
export const contentsOf = ({ video, picture, stands }: Media): string =>
  sha256(
    canonical({
      video: video.hash,
      captions: video.captions ?? null,
      picture: picture?.hash ?? null,
      playlist: stands.playlist ?? null,
    }),
  );

/** What everything after the upload itself will cost, so that no video is left half-way for want of quota. */
export function unitsFor({ video, picture, stands }: Media): number {
  return (
    costs.update +
    (video.captions?.as === 'file' ? costs.captions : 0) +
    (picture === undefined ? 0 : costs.thumbnail) +
    (stands.playlist === undefined ? 0 : costs.list + costs.playlist)
  );
}
