import { Worker } from 'node:worker_threads';
import { z } from 'zod';

/** A picture as its pixels alone, four bytes each (red, green, blue, opacity), upright. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export type DecodedHeic =
  | { readonly ok: true; readonly pixels: Pixels }
  | { readonly ok: false; readonly why: 'not-a-picture' | 'too-many-pixels' };

/** Whether the bytes begin as a HEIC picture does, which is what phones of Apple's keep. */
export function isHeic(bytes: Uint8Array): boolean {
  const begin = Buffer.from(bytes.subarray(4, 12)).toString('latin1');
  return /^ftyp(?:heic|heix|heim|heis|mif1|msf1|hevc|hevx)$/u.test(begin);
}

/** What the thread says. */
const saidSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    width: z.int().positive(),
    height: z.int().positive(),
    data: z.instanceof(Uint8Array),
  }),
  z.object({ ok: z.literal(false), why: z.enum(['not-a-picture', 'too-many-pixels']) }),
]);

/** Longer than the largest picture takes on a slow machine. */
const patience = 60_000;

/**
 * Unpacks a HEIC picture into its pixels; nothing else of the file is handed on, so neither place nor camera. It is
 * done in WebAssembly on a thread of its own: it takes seconds, its memory goes with it, and a file made to do harm
 * reaches nothing. How large the picture is is read before any of it is unpacked.
 */
export async function decodeHeic(bytes: Uint8Array, mostPixels: number): Promise<DecodedHeic> {
  const thread = new Worker(new URL('./heic-thread.ts', import.meta.url), {
    name: 'heic',
    workerData: { bytes, mostPixels },
  });
  const { promise, resolve } = Promise.withResolvers<DecodedHeic>();
  const late = setTimeout(() => resolve({ ok: false, why: 'not-a-picture' }), patience);
  thread.once('message', (message) => {
    const said = saidSchema.parse(message);
    resolve(said.ok ? { ok: true, pixels: said } : { ok: false, why: said.why });
  });
  // Whatever ends the thread early was in the file.
  thread.once('error', () => resolve({ ok: false, why: 'not-a-picture' }));
  thread.once('exit', () => resolve({ ok: false, why: 'not-a-picture' }));
  try {
    return await promise;
  } finally {
    clearTimeout(late);
    await thread.terminate();
  }
}
