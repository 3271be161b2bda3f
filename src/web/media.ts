import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'restify';
import { pictureTypes, videoTypes } from '../protocol/media-limits.ts';

/** Where pictures, videos and captions are kept, by the hash of their bytes. */
export interface MediaReader {
  readonly read: (hash: string) => Promise<Uint8Array | undefined>;
  /** the bytes from `from` on and before `to`, in pieces, and how many there are in all */
  readonly open: (
    hash: string,
    part: { readonly from?: number; readonly to?: number },
  ) => Promise<{ readonly size: number; readonly bytes: AsyncIterable<Uint8Array> } | undefined>;
}

/** Raster types that a browser shows and never runs. */
const shownTypes: ReadonlySet<string> = new Set(pictureTypes);
/** Videos, which are sent in the parts that a player asks for. */
const playedTypes: ReadonlySet<string> = new Set(videoTypes);

/** How a medium is sent; undefined for what is never shown. */
export function sentAs(contentType: string): 'whole' | 'in-parts' | undefined {
  if (playedTypes.has(contentType)) return 'in-parts';
  return shownTypes.has(contentType) || contentType === 'text/vtt' ? 'whole' : undefined;
}

/** A part of so many bytes, `to` exclusive; the whole when nothing that can be read is asked for. */
type Asked =
  | { readonly asked: 'whole' }
  | { readonly asked: 'part'; readonly from: number; readonly to: number }
  | { readonly asked: 'nothing-there' };

/**
 * What a `Range` header asks for (RFC 9110, 14.1.2): one range of bytes. Several at once, and what cannot be read,
 * are answered with the whole, as a server may.
 */
export function rangeOf(header: string | undefined, size: number): Asked {
  const found = /^bytes=(?<from>\d{0,15})-(?<to>\d{0,15})$/u.exec(header?.trim() ?? '')?.groups;
  const { from = '', to = '' } = found ?? {};
  if (found === undefined || (from === '' && to === '')) return { asked: 'whole' };
  if (from === '') {
    const last = Math.min(Number(to), size);
    return last === 0 ? { asked: 'nothing-there' } : { asked: 'part', from: size - last, to: size };
  }
  if (to !== '' && Number(to) < Number(from)) return { asked: 'whole' };
  if (Number(from) >= size) return { asked: 'nothing-there' };
  return { asked: 'part', from: Number(from), to: to === '' ? size : Math.min(Number(to) + 1, size) };
}

/** How many bytes each of these has; absent for what is not there. */
export async function lengthsOf(
  hashes: readonly string[],
  media: Pick<MediaReader, 'open'>,
): Promise<ReadonlyMap<string, number>> {
  const found = await Promise.all(
    hashes.map(async (hash) => [hash, (await media.open(hash, { from: 0, to: 0 }))?.size] as const),
  );
  return new Map(found.flatMap(([hash, size]) => (size === undefined ? [] : [[hash, size]])));
}

/**
 * Sends a video, or the part of it that a player asks for, in pieces: nothing of it stands in memory. Its hash is
 * its ETag, since its bytes never change.
 * @returns false, with nothing sent, when there are no such bytes
 */
export async function sendParts(
  request: Request,
  response: Response,
  medium: { readonly hash: string; readonly contentType: string; readonly cache: string },
  media: Pick<MediaReader, 'open'>,
): Promise<boolean> {
  const tag = `"${medium.hash}"`;
  const there = await media.open(medium.hash, { from: 0, to: 0 });
  if (there === undefined) return false;
  const { size } = there;
  const headers = { 'Accept-Ranges': 'bytes', 'Cache-Control': medium.cache, ETag: tag };
  if (request.headers['if-none-match']?.split(',').some((each) => each.trim() === tag) === true) {
    response.sendRaw(304, '', headers);
    return true;
  }
  // Another version than the asker began with is sent as a whole; of ours there is but one.
  const ifRange = request.headers['if-range'];
  const range = rangeOf(ifRange === undefined || ifRange === tag ? request.headers.range : undefined, size);
  if (range.asked === 'nothing-there') {
    response.sendRaw(416, '', { ...headers, 'Content-Range': `bytes */${String(size)}` });
    return true;
  }
  const { from, to } = range.asked === 'whole' ? { from: 0, to: size } : range;
  response.writeHead(range.asked === 'whole' ? 200 : 206, {
    ...headers,
    'Content-Type': medium.contentType,
    'Content-Length': String(to - from),
    ...(range.asked === 'whole'
      ? {}
      : { 'Content-Range': `bytes ${String(from)}-${String(to - 1)}/${String(size)}` }),
  });
  const part = request.method === 'HEAD' ? undefined : await media.open(medium.hash, { from, to });
  if (part === undefined) {
    response.end();
    return true;
  }
  try {
    await pipeline(Readable.from(part.bytes, { objectMode: false }), response);
  } catch (fault) {
    // Players leave off whenever they have enough.
    if (!response.destroyed) throw fault;
  }
  return true;
}
