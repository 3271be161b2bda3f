import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname, join } from 'node:path';
import type { Blobs } from '../core/blobs.ts';
import { sha256 } from '../core/json.ts';

/**
 * Keeps blobs as files in a folder, made when it is not there. A file appears under its hash only when it is
 * complete and on the disk, so a process that dies half-way leaves nothing to be mistaken for the whole.
 * What is read is checked against its hash: damaged bytes are a fault, never passed on to the public.
 */
export async function openBlobFolder(folder: string): Promise<Blobs> {
  await mkdir(join(folder, 'unfinished'), { recursive: true, mode: 0o700 });

  function fileOf(hash: string): string {
    // Some file systems take capital and small letters as one: then hashes that differ in nothing else would meet.
    const name = Buffer.from(hash, 'base64url').toString('hex');
    return join(folder, name.slice(0, 2), name);
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
        await writeThrough(unfinished, bytes);
        const place = dirname(file);
        const made = await mkdir(place, { recursive: true, mode: 0o700 });
        await rename(unfinished, file);
        await syncFolder(place);
        if (made !== undefined) await syncFolder(folder);
      } catch (fault) {
        await rm(unfinished, { force: true });
        throw fault;
      }
      return hash;
    },

    async get(hash) {
      if (!isHash(hash)) return undefined;
      const bytes = await undefinedIfAbsent(readFile(fileOf(hash)));
      if (bytes !== undefined && sha256(bytes) !== hash)
        throw new Error(`The media file ${hash} is damaged.`);
      return bytes;
    },

    async remove(hash) {
      if (isHash(hash)) await rm(fileOf(hash), { force: true });
    },
  };
}

/** Several texts can stand for the same bytes in base64url; only the one that `put` returned is a hash. */
function isHash(text: string): boolean {
  return text.length === 43 && Buffer.from(text, 'base64url').toString('base64url') === text;
}

async function writeThrough(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
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
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return undefined;
    throw fault;
  }
}
