import type { Blobs } from '../core/blobs.ts';
import type { MadePicture, Picture } from '../posts/revision.ts';
import { resizing } from '../protocol/media-limits.ts';
import type { NetworkName } from '../protocol/protocol.ts';
import { resize, type Resized } from './resize.ts';

/**
 * Keeps what has to be made of a kept picture before these networks take it, so that what will go out is there before
 * anybody decides on it. A network that takes the picture as it is, or as nothing that can be made of it, has none.
 */
export async function fittedFor(
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
