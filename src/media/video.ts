import type { MediaInfoResult } from 'mediainfo.js';
import { z } from 'zod';
import type { VideoShape, VideoType } from '../protocol/media-limits.ts';
import type { FileBytes } from './cleaning/changes.ts';

/** What a video is, as its bytes say. */
export interface VideoFacts extends VideoShape {
  readonly contentType: VideoType;
  readonly sound: boolean;
}

/** Why a video is not taken. */
export type VideoFault = 'not-a-video' | 'video-unreadable' | 'video-other-tracks' | 'video-too-large';

/** Most bytes of a video as it is sent to us; more than any network here takes but YouTube. */
export const largestVideo = 4 * 1024 * 1024 * 1024;

/**
 * What the first bytes say (at least 64 of them); undefined for what is no video that we take. A name or a header
 * says nothing: whoever sends a file chooses those.
 */
export function videoType(first: Uint8Array): VideoType | undefined {
  const ascii = (from: number, to: number) => Buffer.from(first.subarray(from, to)).toString('latin1');
  if (ascii(4, 8) === 'ftyp') {
    const brand = ascii(8, 12);
    if (brand === 'qt  ') return 'video/quicktime';
    // Still pictures are kept in the same kind of file.
    if (/^(?:mif1|msf1|hei[cxms]|hev[cmxs]|avi[fs]|crx |jp2 |M4[AB] )$/u.test(brand)) return undefined;
    return 'video/mp4';
  }
  const matroska = [0x1a, 0x45, 0xdf, 0xa3].every((byte, n) => first[n] === byte);
  return matroska && ascii(0, 64).includes('webm') ? 'video/webm' : undefined;
}

const numeric = z.coerce.number();
const generalTrack = z.object({ Duration: numeric.optional(), IsStreamable: z.string().optional() });
const videoTrack = z.object({
  Width: numeric.pipe(z.number().int().positive()),
  Height: numeric.pipe(z.number().int().positive()),
  Rotation: numeric.optional(),
  Duration: numeric.optional(),
  Format: z.string(),
});

/**
 * Reads what a video is. Only the parts that say so are read, wherever in the file they stand; they are read in
 * WebAssembly, so that a file made to do harm does none.
 */
export async function readVideo(
  file: FileBytes,
): Promise<
  { readonly ok: true; readonly video: VideoFacts } | { readonly ok: false; readonly why: VideoFault }
> {
  if (file.size > largestVideo) return { ok: false, why: 'video-too-large' };
  const contentType = videoType(await file.read(0, 64));
  if (contentType === undefined) return { ok: false, why: 'not-a-video' };
  const video = factsOf(contentType, file.size, await looked(file));
  return video === undefined ? { ok: false, why: 'video-unreadable' } : { ok: true, video };
}

/** Bytes that are read at most to know what a video is. */
const mostRead = 32 * 1024 * 1024;

async function looked(file: FileBytes): Promise<MediaInfoResult | undefined> {
  // Loaded with the first video, as most of a council's days have none.
  const { mediaInfoFactory } = await import('mediainfo.js');
  const reader = await mediaInfoFactory({ format: 'object' });
  let left = mostRead;
  try {
    return await reader.analyzeData(file.size, async (length, from) => {
      // In pictures that it does not understand it would look to the end; what a file is stands before that.
      if (left <= 0) return new Uint8Array();
      left -= length;
      return await file.read(from, from + length);
    });
  } catch {
    // What the reader says of a broken file is about the file; here it is only known that it is broken.
    return undefined;
  } finally {
    reader.close();
  }
}

function factsOf(
  contentType: VideoType,
  bytes: number,
  result: MediaInfoResult | undefined,
): VideoFacts | undefined {
  const tracks = result?.media?.track ?? [];
  const general = generalTrack.safeParse(tracks.find((track) => track['@type'] === 'General'));
  const video = videoTrack.safeParse(tracks.find((track) => track['@type'] === 'Video'));
  if (!general.success || !video.success) return undefined;
  const { Width, Height, Rotation = 0, Format } = video.data;
  const seconds = general.data.Duration ?? video.data.Duration ?? 0;
  if (!(seconds > 0)) return undefined;
  const lies = Math.round(Math.abs(Rotation)) % 180 === 90;
  return {
    contentType,
    bytes,
    length: Math.round(seconds * 1000),
    width: lies ? Height : Width,
    height: lies ? Width : Height,
    codec: Format,
    // Only of this kind of file it is known; a WebM file is always written so.
    streamable: general.data.IsStreamable !== 'No',
    sound: tracks.some((track) => track['@type'] === 'Audio'),
  };
}
