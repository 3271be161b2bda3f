import { tellsWhatWasWrong } from '../../dispatch/put-right.ts';
import { tellsOfVideos } from '../../protocol/media-limits.ts';
import type { NetworkName } from '../../protocol/protocol.ts';
import type { PlanPart } from '../network.ts';
import { titleOf } from '../youtube/said.ts';

/**
 * What a rehearsal account shows of a part: what people would read on the real network and no more, so that nobody learns
 * there what is not so.
 */
export function saidOf(part: PlanPart) {
  return { text: part.text, media: part.media.map(mediumOn(part.network)), ...titleIn(part) };
}

/**
 * What an edit makes of it: pictures and videos stay as they are, and so does what they are said to show.
 *
 * @param note what was wrong, where the network says so
 */
export function editOf(part: PlanPart, note: string | undefined) {
  return {
    text: part.text,
    ...(part.network === 'youtube' ? titleIn(part) : {}),
    ...(note === undefined || !tellsWhatWasWrong(part.network) ? {} : { note }),
  };
}

function titleIn(part: PlanPart): { readonly title?: string } {
  const title = part.network === 'youtube' ? titleOf(part) : part.headline;
  return title === undefined || title === '' ? {} : { title };
}

const mediumOn =
  (network: NetworkName) =>
  ({ hash, contentType, alt }: PlanPart['media'][number]) => {
    const isTold = contentType.startsWith('video/') ? tellsOfVideos([network]) : network !== 'youtube';
    return { hash, contentType, alt: isTold ? alt : '' };
  };
