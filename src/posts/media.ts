import type { Medium, Video } from './post.ts';

/** Whether a medium moves. */
export const isVideo = (medium: Medium): medium is Video => medium.contentType.startsWith('video/');

/** Whether a revision has a video, for the routes that ask. */
export const hasVideo = ({ media }: { readonly media: readonly Medium[] }): boolean => media.some(isVideo);

/** Whether a video's captions can be seen in the video itself, so that a network needs no file of them. */
export const isCaptionedInPicture = ({ captions }: Video): boolean =>
  captions?.as === 'burned-in' || captions?.alsoSeen === true;

/** Whether everybody can follow a medium without hearing it: a video with captions, and every picture. */
export const isCaptioned = (medium: Medium): boolean => !isVideo(medium) || medium.captions !== undefined;
