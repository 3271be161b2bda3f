import { createHash, randomUUID } from 'node:crypto';
import { auditKinds } from '../../src/core/audit.ts';
import type { Blobs } from '../../src/core/blobs.ts';
import { createExecutor } from '../../src/core/execute.ts';
import { storedUploads, uploadAggregates, uploadKinds, type Uploads } from '../../src/networks/uploads.ts';
import { memoryStore } from '../peers/memory-store.ts';

/** Uploads in a store that lives as long as the test. */
export function keptUploads(clock: () => number): Uploads {
  return storedUploads(
    createExecutor({
      store: memoryStore([...uploadKinds, ...Object.values(auditKinds)]),
      aggregates: uploadAggregates,
      clock,
      protocol: () => ({ version: 'v1' }),
      auditKey: new Uint8Array(32).fill(7),
      randomId: randomUUID,
    }),
  );
}

/** Media that a test holds itself, by their hash. */
export function heldMedia(): Pick<Blobs, 'check' | 'get' | 'read'> & {
  readonly hold: (bytes: Uint8Array) => string;
} {
  const held = new Map<string, Uint8Array>();
  return {
    hold: (bytes) => {
      const hash = createHash('sha256').update(bytes).digest('base64url');
      held.set(hash, bytes);
      return hash;
    },
    check: async (hash) => await Promise.resolve(held.get(hash)?.length),
    get: async (hash) => await Promise.resolve(held.get(hash)),
    read: async (hash, { from = 0, to } = {}) => {
      const bytes = held.get(hash);
      if (bytes === undefined) return undefined;
      const part = async function* () {
        yield await Promise.resolve(bytes.subarray(from, to));
      };
      return await Promise.resolve({ size: bytes.length, bytes: part() });
    },
  };
}
