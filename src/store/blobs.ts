import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname, join } from 'node:path';
import type { Blobs } from '../core/blobs.ts';
import { sha256 } from '../core/json.ts';
import { blobName, isHash } from './blob-names.ts';
import { hashPieces, writePieces } from './write-pieces.ts';
import { codeOf } from '../core/code-of.ts';

/**
 * Keeps blobs as files in a folder, made when it is not there. A file appears under its hash only when it is
 * complete and on the disk, so a process that dies half-way leaves nothing to be mistaken for the whole.
 * What is read is checked against its hash: damaged bytes are a fault, never passed on to the public.
 */
export async function openBlobFolder(folder: string): Promise<Blobs> {
  await mkdir(join(folder, 'unfinished'), { recursive: true, mode: 0o700 });

  function fileOf(hash: string): string {
    return join(folder, ...blobName(hash).split('/'));
  }

  /** Puts a complete file in the place of its hash; a power cut after it leaves the file there. */
  async function place(unfinished: string, file: string): Promise<void> {
    const made = await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await rename(unfinished, file);
    await syncFolder(dirname(file));
    if (made !== undefined) await syncFolder(folder);
  }

  async function checked(hash: string): Promise<number | undefined> {
    if (!isHash(hash)) return undefined;
    const found = await undefinedIfAbsent(hashPieces(pieces(fileOf(hash), 0)));
    if (found !== undefined && found.hash !== hash) throw new Error(`The media file ${hash} is damaged.`);
    return found?.size;
  }

  return {
    async put(bytes) {
      const hash = sha256(bytes);
      const file = fileOf(hash);
      const present = await undefinedIfAbsent(readFile(file));
      // A damaged file is written again: whoever has the bytes can mend it.
      if (present !== undefined && sha256(present) === hash) return hash;
      const unfinished = join(folder, 'unfinished', randomUUID());
      try {
        await writeThrough(unfinished, async (file) => await file.writeFile(bytes));
        await place(unfinished, file);
      } catch (fault) {
        await rm(unfinished, { force: true });
        throw fault;
      }
      return hash;
    },

    async putStream(source, most = Number.MAX_SAFE_INTEGER) {
      const unfinished = join(folder, 'unfinished', randomUUID());
      try {
        const written = await writeThrough(unfinished, async (file) => await writePieces(file, source, most));
        if (written === undefined) {
          await rm(unfinished, { force: true });
          return { kept: false };
        }
        // Written again even where it is: that also mends a damaged file.
        await place(unfinished, fileOf(written.hash));
        return { kept: true, ...written };
      } catch (fault) {
        await rm(unfinished, { force: true });
        throw fault;
      }
    },

    async get(hash) {
      if (!isHash(hash)) return undefined;
      const bytes = await undefinedIfAbsent(readFile(fileOf(hash)));
      if (bytes !== undefined && sha256(bytes) !== hash)
        throw new Error(`The media file ${hash} is damaged.`);
      return bytes;
    },

    check: checked,

    async read(hash, { from = 0, to } = {}) {
      if (!isHash(hash)) return undefined;
      const file = fileOf(hash);
      const found = await undefinedIfAbsent(stat(file));
      if (found === undefined) return undefined;
      const end = Math.min(to ?? found.size, found.size);
      return { size: found.size, bytes: pieces(file, from, end) };
    },

    async remove(hash) {
      if (isHash(hash)) await rm(fileOf(hash), { force: true });
    },
  };
}

/** Writes a new file, which is on the disk once this resolves. */
async function writeThrough<T>(path: string, write: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'wx', 0o600);
  try {
    const written = await write(file);
    await file.sync();
    return written;
  } finally {
    await file.close();
  }
}

/** A file's bytes in pieces of 64 kB, from `from` on and before `to`. */
async function* pieces(file: string, from: number, to?: number): AsyncGenerator<Uint8Array> {
  if (to !== undefined && from >= to) return;
  const stream = createReadStream(file, { start: from, ...(to === undefined ? {} : { end: to - 1 }) });
  for await (const piece of stream) {
    if (piece instanceof Uint8Array) yield piece;
  }
}

/** A renamed file survives a power cut only once its folder is on the disk too. Windows knows no such step. */
async function syncFolder(folder: string): Promise<void> {
  if (platform() === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function undefinedIfAbsent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') return undefined;
    throw fault;
  }
}
