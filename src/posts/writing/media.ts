import { tellsOfVideos, isVideoType } from '../../protocol/media-limits.ts';
import type { Protocol } from '../../protocol/protocol.ts';
import type { Medium, ReadMedium, Video } from './revision.ts';

/** Whether a medium moves. */
export const isVideo = (medium: Medium): medium is Video => isVideoType(medium.contentType);

/** The hashes of all bytes that are kept for a medium: its own, those made of it for networks, and its captions. */
export const bytesOf = (medium: Medium): readonly string[] => [
  medium.hash,
  ...(isVideo(medium) ? captionFiles([medium]) : Object.values(medium.madeFor ?? {}).map(({ hash }) => hash)),
];

/** Whether a revision has a video, for the routes that ask. */
export const hasVideo = ({ media }: { readonly media: readonly Medium[] }): boolean => media.some(isVideo);

/** Whether a video's captions can be seen in the video itself, so that a network needs no file of them. */
export const isCaptionedInPicture = ({ captions }: Video): boolean =>
  captions?.as === 'burned-in' || captions?.alsoSeen === true;

/** The hash of the file of captions that a medium has. */
export const captionFile = (medium: Medium): string | undefined =>
  isVideo(medium) && medium.captions?.as === 'file' ? medium.captions.hash : undefined;

/** What of a post stands beside its words. */
export type Shows = 'nothing' | 'pictures' | 'video';

/** What stands beside the words of a revision. */
export function shownBy(revision: { readonly media: readonly Medium[] }): Shows {
  if (hasVideo(revision)) return 'video';
  return revision.media.length > 0 ? 'pictures' : 'nothing';
}

/** The hashes of all files of captions among some media. */
export const captionFiles = (media: readonly Medium[]): readonly string[] =>
  media.flatMap((medium) => captionFile(medium) ?? []);

/** What the captions of a medium say, where they came as a file; empty where they did not. */
export const captionWords = ({ captions }: ReadMedium): string => captions?.words ?? '';

/** Whether everybody can follow a medium without hearing it: a video with captions, and every picture. */
export const isCaptioned = (medium: Medium): boolean => !isVideo(medium) || medium.captions !== undefined;

/** Whether somebody is told what a medium shows on one of these accounts; every picture's, and of videos where a network does. */
export function isTold(medium: Medium, accounts: readonly string[], protocol: Protocol): boolean {
  const networks = accounts.flatMap((id) => protocol.accounts[id]?.network ?? []);
  return !isVideo(medium) || networks.length === 0 || tellsOfVideos(networks);
}
