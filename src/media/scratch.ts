import { mkdir, type FileHandle } from 'node:fs/promises';
import { openNameless } from '../nameless-file.ts';
import { writeAll } from '../write-all.ts';
import type { Change, FileBytes } from './cleaning/changes.ts';

/** A file while it is looked at and changed, before anything of it is kept. */
export interface Scratch extends FileBytes {
  readonly change: (changes: readonly Change[]) => Promise<void>;
  /** all of it as it is now, in pieces */
  readonly pieces: () => AsyncIterable<Uint8Array>;
  /** nothing of it is left anywhere */
  readonly close: () => Promise<void>;
}

/** Bytes that stand in memory of it at a time. */
const pieceBytes = 256 * 1024;

/**
 * Writes what a source gives into a file without a name: it is there for as long as it is open, so that nothing of
 * it stays when the process dies.
 * @param folder on this machine, made when it is not there
 * @returns undefined when the source gives more than `most` bytes
 */
export async function scratchOf(
  source: AsyncIterable<Uint8Array>,
  most: number,
  folder: string,
): Promise<Scratch | undefined> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await openNameless(folder);
  try {
    let size = 0;
    for await (const piece of source) {
      if (size + piece.length > most) {
        await file.close();
        return undefined;
      }
      await writeAll(file, piece, size);
      size += piece.length;
    }
    return scratch(file, size);
  } catch (fault) {
    await file.close();
    throw fault;
  }
}

function scratch(file: FileHandle, size: number): Scratch {
  const read = async (from: number, to: number): Promise<Buffer> => {
    const length = Math.max(0, Math.min(to, size) - from);
    const bytes = Buffer.alloc(length);
    for (let at = 0; at < length;) {
      const { bytesRead } = await file.read(bytes, at, length - at, from + at);
      if (bytesRead === 0) throw new Error('A file that was looked at became shorter.');
      at += bytesRead;
    }
    return bytes;
  };
  return {
    size,
    read,
    change: async (changes) => {
      for (const change of changes) {
        if ('bytes' in change) await writeAll(file, change.bytes, change.from);
        else {
          for (let at = change.from; at < change.to; at += pieceBytes)
            await writeAll(file, Buffer.alloc(Math.min(pieceBytes, change.to - at)), at);
        }
      }
    },
    pieces: async function* () {
      for (let at = 0; at < size; at += pieceBytes) yield await read(at, at + pieceBytes);
    },
    close: async () => await file.close(),
  };
}
