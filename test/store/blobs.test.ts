import { mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Blobs } from '../../src/core/blobs.ts';
import { sha256 } from '../../src/core/json.ts';
import { openBlobFolder } from '../../src/store/blobs.ts';

/** What only a folder can do wrong; what every place of blobs keeps to stands in the contract. */

let folder: string;
let blobs: Blobs;
const bytes = Uint8Array.from({ length: 3_000 }, (_, n) => n % 251);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-blobs-'));
  blobs = await openBlobFolder(join(folder, 'media'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Every file below the folder. */
async function files(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test('what is there is not written again', async () => {
  await blobs.put(bytes);
  const [file] = await files();
  const before = await stat(file ?? '');
  await blobs.put(bytes);
  expect((await stat(file ?? '')).mtimeMs).toBe(before.mtimeMs);
});

test('a name that leads out of the folder leads nowhere', async () => {
  await writeFile(join(folder, 'secret'), 'secret');
  for (const name of ['../secret', '../../secret']) {
    expect(await blobs.get(name)).toBeUndefined();
    await blobs.remove(name);
  }
  expect(await files()).toHaveLength(1);
});

test('leaves nothing behind when the disk refuses', async () => {
  const name = Buffer.from(sha256(bytes), 'base64url').toString('hex');
  // A link to nowhere in the place of this hash's folder stands for a disk that takes the bytes, but not the name.
  await symlink(join(folder, 'nowhere'), join(folder, 'media', name.slice(0, 2)));
  await expect(blobs.put(bytes)).rejects.toThrow('mkdir');
  expect(await files()).toEqual([]);
});
