import type { VideoType } from '../../protocol/media-limits.ts';
import type { Cleaning, FileBytes } from './changes.ts';
import { cleaningOfMp4 } from './mp4.ts';
import { cleaningOfWebm } from './webm.ts';

/**
 * Decides what of a video has to go before it is kept: where it was filmed, by what and when, what its maker wrote
 * into it, and every track but pictures and sound. What is known to be needed for showing it stays and all else goes,
 * so that what a camera invents next is gone too. Everything is overwritten in its own place: no byte of the pictures
 * moves, and the file keeps its length.
 */
export const cleaningOf = async (type: VideoType, file: FileBytes): Promise<Cleaning> =>
  type === 'video/webm' ? await cleaningOfWebm(file) : await cleaningOfMp4(file);
