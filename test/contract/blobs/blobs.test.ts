import { writeSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Blobs } from '../../../src/core/blobs.ts';
import { sha256 } from '../../../src/core/json.ts';
import { places, type Place } from './places.ts';

const bytes = Uint8Array.from({ length: 200_000 }, (_, n) => (n * 7) % 251);

async function* inPieces(of: Uint8Array, size: number, then?: Error): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < of.length; at += size) yield await Promise.resolve(of.subarray(at, at + size));
  if (then !== undefined) throw then;
}

const isHandle = (value: unknown): value is FileHandle =>
  value !== null && typeof value === 'object' && 'write' in value;

async function all(source: AsyncIterable<Uint8Array> | undefined): Promise<Uint8Array> {
  const read: Uint8Array[] = [];
  for await (const piece of source ?? []) read.push(piece);
  return Buffer.concat(read);
}

describe.each(places)('$name keeps blobs', (maker) => {
  let started: Awaited<ReturnType<typeof maker.start>>;
  let place: Place;
  let blobs: Blobs;

  beforeAll(async () => {
    started = await maker.start();
  });
  afterAll(async () => {
    await started.stop();
  });
  beforeEach(async () => {
    place = await started.make();
    blobs = await place.open();
  });
  afterEach(async () => {
    await place.leave();
  });

  test('gives back what it was given, by its hash, also after it was opened again', async () => {
    const hash = await blobs.put(bytes);
    expect(hash).toBe(sha256(bytes));
    expect(Buffer.from((await blobs.get(hash)) ?? []).equals(bytes)).toBe(true);
    const again = await place.open();
    expect(Buffer.from((await again.get(hash)) ?? []).equals(bytes)).toBe(true);
    const empty = await blobs.put(new Uint8Array());
    expect((await blobs.get(empty))?.length).toBe(0);
    expect(await blobs.check(empty)).toBe(0);
  });

  test('keeps the same bytes once, also when they are put at the same moment, whole and in pieces', async () => {
    const hash = sha256(bytes);
    const put = await Promise.all(
      Array.from({ length: 12 }, async (_, n) =>
        n % 2 === 0 ? await blobs.put(bytes) : await blobs.putStream(inPieces(bytes, 7_001)),
      ),
    );
    expect(put).toEqual(put.map((_, n) => (n % 2 === 0 ? hash : { kept: true, hash, size: bytes.length })));
    expect(await place.names()).toHaveLength(1);
    expect(await blobs.check(hash)).toBe(bytes.length);
  });

  test('keeps a stream under the same hash as the bytes at once, and gives it back from any place', async () => {
    const put = await blobs.putStream(inPieces(bytes, 7_001));
    expect(put).toEqual({ kept: true, hash: sha256(bytes), size: bytes.length });
    const hash = sha256(bytes);
    expect(await blobs.put(bytes)).toBe(hash);
    expect(await place.names()).toHaveLength(1);
    for (const [from, to] of [
      [0, undefined],
      [0, 0],
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
    const empty = await blobs.putStream(inPieces(new Uint8Array(), 1));
    expect(empty).toEqual({ kept: true, hash: sha256(''), size: 0 });
    expect(await blobs.check(sha256(''))).toBe(0);
  });

  test('a video of many blocks comes back as it was, and whoever reads may leave off', async () => {
    const video = Buffer.alloc(9 * 1024 * 1024 + 5);
    for (let at = 0; at < video.length - 4; at += 4_096) video.writeUInt32LE(at, at);
    const put = await blobs.putStream(inPieces(video, 1_000_003));
    const hash = sha256(video);
    expect(put).toEqual({ kept: true, hash, size: video.length });
    expect(await blobs.check(hash)).toBe(video.length);
    const edge = { from: 4 * 1024 * 1024 - 10, to: 8 * 1024 * 1024 + 10 };
    const part = await all((await blobs.read(hash, edge))?.bytes);
    expect(sha256(part)).toBe(sha256(video.subarray(edge.from, edge.to)));
    let seen = 0;
    for await (const piece of (await blobs.read(hash))?.bytes ?? []) {
      seen += piece.length;
      break;
    }
    expect(seen).toBeGreaterThan(0);
    await blobs.remove(hash);
    expect(await place.names()).toEqual([]);
  });

  test('a source that breaks off, or is longer than it may be, leaves nothing', async () => {
    await expect(blobs.putStream(inPieces(bytes, 9_000, new Error('cut off')))).rejects.toThrow('cut off');
    expect(await blobs.putStream(inPieces(bytes, 9_000), bytes.length - 1)).toEqual({ kept: false });
    expect(await place.names()).toEqual([]);
    expect(await blobs.putStream(inPieces(bytes, 9_000), bytes.length)).toMatchObject({ kept: true });
  });

  test('a disk that takes less at a time than it is given keeps all of it', async () => {
    const file = await open(import.meta.filename);
    // Every file of this process has its write from the same place.
    const handle: unknown = Object.getPrototypeOf(file);
    if (!isHandle(handle)) throw new Error('Node keeps it elsewhere');
    const few = vi.spyOn(handle, 'write');
    few.mockImplementation(async function write(this: FileHandle, ...given: readonly unknown[]) {
      const [data, from, length, at] = given;
      if (!(data instanceof Uint8Array)) throw new Error('only bytes are written');
      const most = Math.min(Number(length ?? data.length), 1_000);
      const to = typeof at === 'number' ? at : null;
      const bytesWritten = writeSync(this.fd, data, Number(from ?? 0), most, to);
      return await Promise.resolve({ bytesWritten, buffer: '' });
    });
    try {
      expect(await blobs.putStream(inPieces(bytes, 7_001))).toMatchObject({ kept: true });
      expect(await blobs.check(sha256(bytes))).toBe(bytes.length);
      expect(few.mock.calls.length).toBeGreaterThan(100);
    } finally {
      few.mockRestore();
      await file.close();
    }
  });

  test('never gives damaged bytes; they are mended when the right ones are put, whole or in pieces', async () => {
    const hash = await blobs.put(bytes);
    await place.damage(hash, bytes.with(7, 0));
    await expect(blobs.get(hash)).rejects.toThrow('is damaged');
    await expect(blobs.check(hash)).rejects.toThrow('is damaged');
    await blobs.put(bytes);
    expect(Buffer.from((await blobs.get(hash)) ?? []).equals(bytes)).toBe(true);
    await place.damage(hash, bytes.subarray(1));
    await blobs.putStream(inPieces(bytes, 9_000));
    expect(await blobs.check(hash)).toBe(bytes.length);
  });

  test('takes away, and says nothing of what is not there', async () => {
    const hash = await blobs.put(bytes);
    await blobs.remove(hash);
    await blobs.remove(hash);
    expect(await blobs.get(hash)).toBeUndefined();
    expect(await blobs.check(hash)).toBeUndefined();
    expect(await blobs.read(hash)).toBeUndefined();
    expect(await blobs.read(hash, { from: 3, to: 4 })).toBeUndefined();
    expect(await place.names()).toEqual([]);
  });

  test('takes nothing but a hash for a name', async () => {
    const hash = await blobs.put(bytes);
    // The last character of a hash carries two bits that stand for nothing.
    const last = hash.at(-1) ?? '';
    const same = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_').find(
      (sign) =>
        sign !== last &&
        Buffer.from(hash.slice(0, -1) + sign, 'base64url').equals(Buffer.from(hash, 'base64url')),
    );
    expect(same).toBeDefined();
    for (const name of [
      '',
      '../secret',
      '../../secret',
      `${hash}.`,
      `${hash}A`,
      hash.slice(0, -1) + (same ?? ''),
    ]) {
      expect(await blobs.get(name)).toBeUndefined();
      expect(await blobs.read(name)).toBeUndefined();
      expect(await blobs.check(name)).toBeUndefined();
      await blobs.remove(name);
    }
    expect(await blobs.check(hash)).toBe(bytes.length);
  });
});
