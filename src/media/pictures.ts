import type { Blobs } from '../core/blobs.ts';
import type { Picture, MadePicture } from '../posts/writing/revision.ts';
import type { NetworkName } from '../protocol/protocol.ts';
import { decodeHeic, isHeic } from './heic.ts';
import { resizing } from '../protocol/media-limits.ts';
import { resize, type Resized } from './resize.ts';

/** Most bytes of a picture as it is sent to us. */
export const largestPicture = 10 * 1024 * 1024;

/** Most pixels of a picture; more would be a bomb of a few bytes that unpacks to gigabytes. */
export const mostPixels = 50_000_000;

/** Longest side that is kept: no network shows more. */
const longestSide = 4_096;

/** Why a picture is not taken. */
export type PictureFault = 'not-a-picture' | 'too-large' | 'too-many-pixels';

export type KeptPicture =
  | { readonly ok: true; readonly medium: Omit<Picture, 'alt'> }
  | { readonly ok: false; readonly why: PictureFault };

const contentTypes = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
} as const satisfies Record<string, Picture['contentType']>;

/**
 * Keeps a picture by the hash of its bytes. What it is shows in the bytes, not in its name; only raster pictures
 * are taken. It is drawn anew, upright, so that nothing of the file but its pixels is left: no place, no camera.
 * @param networks where it may go: what they need made of it is kept beside it
 */
export async function keepPicture(
  bytes: Uint8Array,
  blobs: Blobs,
  networks: readonly NetworkName[] = [],
): Promise<KeptPicture> {
  if (bytes.length > largestPicture) return { ok: false, why: 'too-large' };
  if (isHeic(bytes)) return await keepHeic(bytes, blobs, networks);
  const format = rasterFormat(bytes);
  if (format === undefined) return { ok: false, why: 'not-a-picture' };
  // Loaded with the first picture: it takes 20 MB and a sixth of a second, and most starts see none for long.
  const { default: sharp } = await import('sharp');
  try {
    const read = sharp(bytes, { limitInputPixels: mostPixels, animated: format === 'gif', failOn: 'error' });
    // The height is of all frames, one below the other.
    const { width, height, pages = 1 } = await read.metadata();
    if (width * height > mostPixels) return { ok: false, why: 'too-many-pixels' };
    const drawn = await read
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .toFormat(format, format === 'jpeg' ? { quality: 88, mozjpeg: true } : {})
      .toBuffer({ resolveWithObject: true });
    const medium = {
      hash: await blobs.put(drawn.data),
      contentType: contentTypes[format],
      width: drawn.info.width,
      height: drawn.info.pageHeight ?? drawn.info.height,
      bytes: drawn.data.length,
      ...(pages > 1 && format === 'gif' ? { animated: true as const } : {}),
    };
    return {
      ok: true,
      medium: { ...medium, ...(await fittedFor(networks, medium, drawn.data, blobs)) },
    };
  } catch (fault) {
    // The decoder's own words are about the file; what people need to know is that it is no picture.
    const tooMany = fault instanceof Error && fault.message.includes('pixel limit');
    return { ok: false, why: tooMany ? 'too-many-pixels' : 'not-a-picture' };
  }
}

/** A phone's HEIC picture is kept as JPEG, since hardly anything else shows HEIC. */
async function keepHeic(
  bytes: Uint8Array,
  blobs: Blobs,
  networks: readonly NetworkName[],
): Promise<KeptPicture> {
  const decoded = await decodeHeic(bytes, mostPixels);
  if (!decoded.ok) return decoded;
  const { width, height, data } = decoded.pixels;
  const { default: sharp } = await import('sharp');
  const drawn = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 88, mozjpeg: true })
    .toBuffer({ resolveWithObject: true });
  const medium = {
    hash: await blobs.put(drawn.data),
    contentType: contentTypes.jpeg,
    width: drawn.info.width,
    height: drawn.info.height,
    bytes: drawn.data.length,
  };
  return { ok: true, medium: { ...medium, ...(await fittedFor(networks, medium, drawn.data, blobs)) } };
}

/** What the bytes of a kept picture are; undefined for what is no raster picture. */
export function pictureType(bytes: Uint8Array): Picture['contentType'] | undefined {
  const format = rasterFormat(bytes);
  return format === undefined ? undefined : contentTypes[format];
}

/** The raster format that the first bytes name; undefined for everything else, SVG among it. */
function rasterFormat(bytes: Uint8Array): keyof typeof contentTypes | undefined {
  const begins = (at: number, ...expected: readonly number[]) =>
    expected.every((byte, n) => bytes[at + n] === byte);
  const ascii = (at: number, text: string) => begins(at, ...Buffer.from(text, 'latin1'));
  if (begins(0, 0xff, 0xd8, 0xff)) return 'jpeg';
  if (begins(0, 0x89) && ascii(1, 'PNG\r\n') && begins(6, 0x1a, 0x0a)) return 'png';
  if (ascii(0, 'RIFF') && ascii(8, 'WEBP')) return 'webp';
  if (ascii(0, 'GIF87a') || ascii(0, 'GIF89a')) return 'gif';
  return undefined;
}

/**
 * Keeps what has to be made of a kept picture before these networks take it, so that what will go out is there before
 * anybody decides on it. A network that takes the picture as it is, or as nothing that can be made of it, has none.
 */
async function fittedFor(
  networks: readonly NetworkName[],
  picture: Omit<Picture, 'alt'>,
  bytes: Uint8Array,
  blobs: Blobs,
): Promise<Pick<Picture, 'madeFor'>> {
  const done = new Map<string, Promise<Resized>>();
  const madeFor: Partial<Record<NetworkName, MadePicture>> = {};
  for (const network of networks) {
    const wanted = resizing(picture, network);
    if (wanted === undefined) continue;
    const same = JSON.stringify(wanted);
    const resized = done.get(same) ?? resize(bytes, wanted);
    done.set(same, resized);
    const made = await resized;
    if (!made.ok) continue;
    const { contentType, width, height } = made;
    const hash = await blobs.put(made.bytes);
    madeFor[network] = { hash, contentType, width, height, bytes: made.bytes.length };
  }
  return Object.keys(madeFor).length === 0 ? {} : { madeFor };
}
