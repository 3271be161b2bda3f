import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Blobs } from '../../src/core/blobs.ts';
import { sha256 } from '../../src/core/json.ts';
import { openBlobFolder } from '../../src/store/blobs.ts';

let folder: string;
let blobs: Blobs;
const bytes = Uint8Array.from({ length: 200_000 }, (_, n) => (n * 7) % 251);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-blobs-'));
  blobs = await openBlobFolder(join(folder, 'media'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function* inPieces(of: Uint8Array, size: number, then?: Error): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < of.length; at += size) yield await Promise.resolve(of.subarray(at, at + size));
  if (then !== undefined) throw then;
}

async function all(source: AsyncIterable<Uint8Array> | undefined): Promise<Uint8Array> {
  const read: Uint8Array[] = [];
  for await (const piece of source ?? []) read.push(piece);
  return Buffer.concat(read);
}

async function files(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test('keeps a stream under the same hash as the bytes at once, and gives it back from any place', async () => {
  const put = await blobs.putStream(inPieces(bytes, 7_001));
  expect(put).toEqual({ kept: true, hash: sha256(bytes), size: bytes.length });
  const hash = sha256(bytes);
  expect(await blobs.put(bytes)).toBe(hash);
  expect(await files()).toHaveLength(1);
  expect(await blobs.check(hash)).toBe(bytes.length);
  for (const [from, to] of [
    [0, undefined],
    [1, undefined],
    [150_000, 150_001],
    [65_535, 140_000],
    [bytes.length, undefined],
    [199_990, 300_000],
  ] as const) {
    const read = await blobs.read(hash, { from, ...(to === undefined ? {} : { to }) });
    expect(read?.size).toBe(bytes.length);
    expect(sha256(await all(read?.bytes))).toBe(sha256(bytes.subarray(from, to)));
  }
});

test('a source that breaks off, or is longer than it may be, leaves nothing', async () => {
  await expect(blobs.putStream(inPieces(bytes, 9_000, new Error('cut off')))).rejects.toThrow('cut off');
  expect(await blobs.putStream(inPieces(bytes, 9_000), bytes.length - 1)).toEqual({ kept: false });
  expect(await files()).toEqual([]);
  expect(await blobs.putStream(inPieces(bytes, 9_000), bytes.length)).toMatchObject({ kept: true });
});

test('a damaged file is found by the check, and a new stream of the same bytes mends it', async () => {
  const hash = await blobs.put(bytes);
  const [file = ''] = await files();
  await writeFile(file, bytes.subarray(1));
  await expect(blobs.check(hash)).rejects.toThrow('damaged');
  await blobs.putStream(inPieces(bytes, 9_000));
  expect(await blobs.check(hash)).toBe(bytes.length);
});

test('what is not there is undefined', async () => {
  expect(await blobs.check(sha256('nothing'))).toBeUndefined();
  expect(await blobs.read(sha256('nothing'))).toBeUndefined();
  expect(await blobs.read('../../secret')).toBeUndefined();
  expect(await blobs.check('../../secret')).toBeUndefined();
});
