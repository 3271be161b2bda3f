import { mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Blobs } from '../../src/core/blobs.ts';
import { sha256 } from '../../src/core/json.ts';
import { openBlobFolder } from '../../src/store/blobs.ts';

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

test('gives back what it was given, by its hash, also after it was opened again', async () => {
  const hash = await blobs.put(bytes);
  expect(hash).toBe(sha256(bytes));
  expect(Buffer.from((await blobs.get(hash)) ?? []).equals(bytes)).toBe(true);
  const again = await openBlobFolder(join(folder, 'media'));
  expect(Buffer.from((await again.get(hash)) ?? []).equals(bytes)).toBe(true);
  const empty = await blobs.put(new Uint8Array());
  expect((await blobs.get(empty))?.length).toBe(0);
});

test('keeps the same bytes once, also when they are put at the same moment', async () => {
  const hashes = await Promise.all(Array.from({ length: 20 }, () => blobs.put(bytes)));
  expect(new Set(hashes).size).toBe(1);
  expect(await files()).toHaveLength(1);
  const [file] = await files();
  const before = await stat(file ?? '');
  await blobs.put(bytes);
  expect((await stat(file ?? '')).mtimeMs).toBe(before.mtimeMs);
});

test('takes away, and says nothing of what is not there', async () => {
  const hash = await blobs.put(bytes);
  await blobs.remove(hash);
  await blobs.remove(hash);
  expect(await blobs.get(hash)).toBeUndefined();
  expect(await files()).toEqual([]);
});

test('takes nothing but a hash for a name', async () => {
  const outside = join(folder, 'secret');
  await writeFile(outside, 'secret');
  const hash = await blobs.put(bytes);
  // The last character of a hash carries two bits that stand for nothing.
  const last = hash.at(-1) ?? '';
  const same = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_').find(
    (sign) =>
      sign !== last &&
      Buffer.from(hash.slice(0, -1) + sign, 'base64url').equals(Buffer.from(hash, 'base64url')),
  );
  for (const name of [
    '',
    '../secret',
    '../../secret',
    `${hash}.`,
    `${hash}A`,
    hash.slice(0, -1) + (same ?? ''),
  ]) {
    expect(await blobs.get(name)).toBeUndefined();
    await blobs.remove(name);
  }
  expect(await files()).toHaveLength(2);
});

test('never gives damaged bytes; they are mended when the right ones are put', async () => {
  const hash = await blobs.put(bytes);
  const [file] = await files();
  await writeFile(file ?? '', bytes.with(7, 0));
  await expect(blobs.get(hash)).rejects.toThrow('is damaged');
  await blobs.put(bytes);
  expect(Buffer.from((await blobs.get(hash)) ?? []).equals(bytes)).toBe(true);
});

test('leaves nothing behind when the disk refuses', async () => {
  const name = Buffer.from(sha256(bytes), 'base64url').toString('hex');
  // A link to nowhere in the place of this hash's folder stands for a disk that takes the bytes, but not the name.
  await symlink(join(folder, 'nowhere'), join(folder, 'media', name.slice(0, 2)));
  await expect(blobs.put(bytes)).rejects.toThrow('mkdir');
  expect(await files()).toEqual([]);
});
