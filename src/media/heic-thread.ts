import { parentPort, workerData } from 'node:worker_threads';
import decode from 'heic-decode';
import { z } from 'zod';

/** Unpacks one HEIC picture, says its pixels, and ends. */
const { bytes, mostPixels } = z
  .object({ bytes: z.instanceof(Uint8Array), mostPixels: z.number() })
  .parse(workerData);
const size = z.object({ width: z.int().positive(), height: z.int().positive() });

async function unpack(): Promise<unknown> {
  try {
    const [first] = await decode.all({ buffer: bytes });
    if (first === undefined) return { ok: false, why: 'not-a-picture' };
    const { width, height } = size.parse(first);
    if (width * height > mostPixels) return { ok: false, why: 'too-many-pixels' };
    const { data } = await first.decode();
    return { ok: true, width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
  } catch {
    return { ok: false, why: 'not-a-picture' };
  }
}

parentPort?.postMessage(await unpack());
