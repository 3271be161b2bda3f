import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A file that is there for as long as it is open: its name is taken away at once, so that nothing of it stays when the
 * process dies.
 * @param folder on this machine, which has to be there
 */
export async function openNameless(folder: string): Promise<FileHandle> {
  const path = join(folder, randomUUID());
  const file = await open(path, 'wx+', 0o600);
  try {
    await rm(path);
  } catch (fault) {
    await file.close();
    throw fault;
  }
  return file;
}
