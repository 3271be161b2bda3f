import type { FileHandle } from 'node:fs/promises';

/**
 * Writes all of some bytes to a place of a file: a disk that is nearly full, or a limit, lets less of them be written
 * than was asked for, without a fault.
 */
export async function writeAll(file: FileHandle, bytes: Uint8Array, to: number): Promise<void> {
  for (let at = 0; at < bytes.length;)
    at += (await file.write(bytes, at, bytes.length - at, to + at)).bytesWritten;
}
