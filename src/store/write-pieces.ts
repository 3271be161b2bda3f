import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { writeAll } from '../write-all.ts';

/** What was written of a source. */
export interface Written {
  readonly hash: string;
  readonly size: number;
}

/**
 * Writes what a source gives into an empty file.
 * @returns undefined when the source gives more than it may
 */
export async function writePieces(
  file: FileHandle,
  source: AsyncIterable<Uint8Array>,
  most: number,
): Promise<Written | undefined> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of source) {
    if (size + piece.length > most) return undefined;
    hash.update(piece);
    await writeAll(file, piece, size);
    size += piece.length;
  }
  return { hash: hash.digest('base64url'), size };
}

/** The hash and the size of what comes in pieces. */
export async function hashPieces(source: AsyncIterable<Uint8Array>): Promise<Written> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of source) {
    hash.update(piece);
    size += piece.length;
  }
  return { hash: hash.digest('base64url'), size };
}
