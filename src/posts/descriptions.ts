import { changesDescriptions, type Way } from '../dispatch/put-right.ts';
import { tellsOfVideos } from '../protocol/media-limits.ts';
import type { NetworkName } from '../protocol/protocol.ts';
import { isVideo } from './media.ts';
import { carriedTo } from './plan.ts';
import type { Revision } from './revision.ts';

/** What pictures and videos are said to show, where that is public already: who reads it, and where it can be put right. */

/** The places, from 0, of media of which a corrected revision says something else. */
export const redescribed = (before: Revision, right: Revision): readonly number[] =>
  right.media.flatMap(({ alt }, place) => (alt === before.media[place]?.alt ? [] : [place]));

/** Whether anybody reads on a network what one of a revision's media shows: nowhere that of a still, and hardly of a video. */
export function isReadOn(network: NetworkName, revision: Revision, place: number): boolean {
  const medium = revision.media[place];
  if (medium === undefined || !carriedTo(revision, network).includes(medium)) return false;
  return isVideo(medium) ? tellsOfVideos([network]) : network !== 'youtube';
}

/**
 * Whether people read on a network what a correction says that a medium shows: where that can be changed, and where it is
 * newly posted. Nobody is asked to change a description by hand. @param way none: nothing has left there yet
 */
export function isDescribedAnew(
  network: NetworkName,
  way: Way | undefined,
  right: Revision,
  place: number,
): boolean {
  if (!isReadOn(network, right, place)) return false;
  switch (way) {
    case 'edit':
      return changesDescriptions(network);
    case 'if-there':
      return network !== 'by-hand';
    case 'again':
    case undefined:
      return true;
    case 'reply':
    case 'leave':
    case 'same':
      return false;
  }
}

/** A revision whose media are described otherwise. @param descriptions by the place of the medium, from 0 */
export const described = (
  { media, ...revision }: Revision,
  descriptions: Readonly<Record<string, string>>,
): Revision => ({
  ...revision,
  media: media.map((medium, place) => ({
    ...medium,
    alt: descriptions[String(place)]?.trim() ?? medium.alt,
  })),
});
