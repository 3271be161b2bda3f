import type { Blobs } from '../core/blobs.ts';
import type { Millis } from '../core/time.ts';
import type { NetworkName } from '../protocol/protocol.ts';
import { longestCaptions } from '../posts/writing/medium.ts';
import type { Picture, Video, VideoCaptions } from '../posts/writing/revision.ts';
import { asWebVtt, looksLikeCaptions, readCaptions, wordsOf, type CaptionFault } from './captions.ts';
import { cleaningOf } from './cleaning/cleaning.ts';
import { keepPicture, largestPicture, type PictureFault } from './pictures.ts';
import { scratchOf } from './scratch.ts';
import { largestVideo, readVideo, videoType, type VideoFault } from './video.ts';

/** A file on its way to us: its pieces are read once, and not before somebody asks for them. */
export interface ArrivingFile {
  /** what the sender says it has; nobody relies on it */
  readonly size?: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** What a file turned out to be, and what is kept of it. */
export type KeptFile =
  | { readonly kept: 'picture'; readonly medium: Omit<Picture, 'alt'> }
  | { readonly kept: 'video'; readonly medium: Omit<Video, 'alt' | 'captions'> }
  /** `last` is when the last words are shown */
  | { readonly kept: 'captions'; readonly captions: VideoCaptions; readonly last: Millis }
  | ({ readonly kept: 'nothing' } & FileFault);

/** Why nothing of a file is kept. */
export type FileFault =
  | { readonly what: 'picture'; readonly why: PictureFault }
  | { readonly what: 'video'; readonly why: VideoFault }
  | ({ readonly what: 'captions' } & CaptionFault)
  /** it broke off on its way */
  | { readonly what: 'file'; readonly why: 'not-reached' };

/** Where files are kept. */
export interface Keeping {
  readonly blobs: Blobs;
  /** a folder of this machine in which a video waits without a name until nothing in it tells where it was filmed */
  readonly waiting: string;
}

/** Captions are kept as of this language; the council writes no other. */
const language = 'en-GB';
/** So many first bytes tell what a file is. */
const enough = 64;

/**
 * Keeps a file that somebody sent, as whatever its bytes say that it is. A picture is drawn anew; a video, which
 * never stands in memory as a whole, loses what tells where and by what it was filmed; captions are kept in the one
 * form that all networks take.
 * @param networks where a picture may go
 */
export async function keepFile(
  file: ArrivingFile,
  keeping: Keeping,
  networks: readonly NetworkName[] = [],
): Promise<KeptFile> {
  const { blobs } = keeping;
  let brokeOff = false;
  const source = (async function* watched() {
    try {
      yield* file.bytes;
    } catch (fault) {
      brokeOff = true;
      throw fault;
    }
  })();
  try {
    const first = await head(source);
    if (videoType(first) !== undefined) return await keepVideo(first, source, file.size ?? 0, keeping);
    if ((file.size ?? 0) > largestPicture) return { kept: 'nothing', what: 'picture', why: 'too-large' };
    const bytes = await whole(first, source, largestPicture);
    if (bytes === undefined) return { kept: 'nothing', what: 'picture', why: 'too-large' };
    if (looksLikeCaptions(bytes)) return await keepCaptions(bytes, blobs);
    const picture = await keepPicture(bytes, blobs, networks);
    return picture.ok
      ? { kept: 'picture', medium: picture.medium }
      : { kept: 'nothing', what: 'picture', why: picture.why };
  } catch (fault) {
    if (brokeOff) return { kept: 'nothing', what: 'file', why: 'not-reached' };
    throw fault;
  } finally {
    // Whatever of it is not wanted is not sent any further.
    await source.return(undefined);
  }
}

async function keepVideo(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
  size: number,
  { blobs, waiting }: Keeping,
): Promise<KeptFile> {
  const refused = (why: VideoFault): KeptFile => ({ kept: 'nothing', what: 'video', why });
  const contentType = videoType(first);
  if (contentType === undefined) return refused('not-a-video');
  if (size > largestVideo) return refused('video-too-large');
  const scratch = await scratchOf(joined(first, rest), largestVideo, waiting);
  if (scratch === undefined) return refused('video-too-large');
  try {
    const cleaning = await cleaningOf(contentType, scratch);
    if (!cleaning.ok) return refused(cleaning.why);
    await scratch.change(cleaning.changes);
    const read = await readVideo(scratch);
    if (!read.ok) return refused(read.why);
    const put = await blobs.putStream(scratch.pieces());
    return put.kept
      ? { kept: 'video', medium: { hash: put.hash, ...read.video } }
      : refused('video-too-large');
  } finally {
    await scratch.close();
  }
}

async function keepCaptions(bytes: Uint8Array, blobs: Blobs): Promise<KeptFile> {
  const read = readCaptions(bytes);
  if (!read.ok) return { kept: 'nothing', what: 'captions', ...read };
  const words = await wordsOf(read.captions);
  if (words.length > longestCaptions) {
    const facts = { characters: words.length, most: longestCaptions };
    return { kept: 'nothing', what: 'captions', why: 'captions-too-long', ...facts };
  }
  const hash = await blobs.put(Buffer.from(asWebVtt(read.captions), 'utf8'));
  return {
    kept: 'captions',
    captions: { as: 'file', hash, contentType: 'text/vtt', language, words },
    last: read.captions.cues.at(-1)?.from ?? 0,
  };
}

/** @returns what captions say that were kept under a hash; undefined where they are gone */
export async function keptCaptionWords(hash: string, blobs: Pick<Blobs, 'get'>): Promise<string | undefined> {
  const bytes = await blobs.get(hash);
  const read = bytes === undefined ? undefined : readCaptions(bytes);
  return read?.ok === true ? await wordsOf(read.captions) : undefined;
}

/** The first bytes, as many as tell what it is, and whatever came with them. */
async function head(source: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  while (size < enough) {
    const next = await source.next();
    if (next.done === true) break;
    pieces.push(next.value);
    size += next.value.length;
  }
  return Buffer.concat(pieces);
}

/** @returns undefined when there is more of it than may be */
async function whole(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
  most: number,
): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of joined(first, rest)) {
    size += piece.length;
    if (size > most) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function* joined(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}
