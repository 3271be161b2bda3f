import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContainerClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import type { Blobs } from '../../../src/core/blobs.ts';
import { blobName } from '../../../src/store/blob-names.ts';
import { openAzureBlobs } from '../../../src/store/azure-blobs.ts';
import { openBlobFolder } from '../../../src/store/blobs.ts';
import { startAzurite } from '../../peers/azurite.ts';

/** A place where blobs are kept, seen from outside. */
export interface Place {
  /** opens it, also a second time */
  open(): Promise<Blobs>;
  /** the names of everything that is kept, what is unfinished included */
  names(): Promise<readonly string[]>;
  /** puts other bytes in the place of a hash, as no part of Crier does */
  damage(hash: string, bytes: Uint8Array): Promise<void>;
  leave(): Promise<void>;
}

export interface PlaceMaker {
  readonly name: string;
  /** starts what all of its places need; resolves with how to make one and how to end it */
  start(): Promise<{ readonly make: () => Promise<Place>; readonly stop: () => Promise<void> }>;
}

/** Every file below a folder. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

const inFolder: PlaceMaker = {
  name: 'a folder',
  start: async () =>
    await Promise.resolve({
      make: async () => {
        const folder = await mkdtemp(join(tmpdir(), 'crier-blobs-'));
        return {
          open: async () => await openBlobFolder(folder),
          names: async () => await filesIn(folder),
          damage: async (hash, bytes) => await writeFile(join(folder, blobName(hash)), bytes),
          leave: async () => await rm(folder, { recursive: true }),
        };
      },
      stop: async () => await Promise.resolve(),
    }),
};

const inAzure: PlaceMaker = {
  name: 'Azure Blob Storage (local server)',
  start: async () => {
    const azurite = await startAzurite();
    const { base, account, key } = azurite;
    return {
      make: async () => {
        const waiting = await mkdtemp(join(tmpdir(), 'crier-waiting-'));
        const container = `${base}/t-${randomUUID()}`;
        const client = new ContainerClient(container, new StorageSharedKeyCredential(account, key));
        return {
          open: async () => await openAzureBlobs({ container, by: { account, key }, waiting }),
          names: async () => {
            const names: string[] = [];
            for await (const { name } of client.listBlobsFlat({ includeUncommitedBlobs: true }))
              names.push(name);
            return [...names, ...(await filesIn(waiting))];
          },
          damage: async (hash, bytes) =>
            void (await client.getBlockBlobClient(blobName(hash)).upload(bytes, bytes.length)),
          leave: async () => {
            await client.deleteIfExists();
            await rm(waiting, { recursive: true });
          },
        };
      },
      stop: async () => await azurite.stop(),
    };
  },
};

/** Every place the contract is held to. */
export const places: readonly PlaceMaker[] = [inFolder, inAzure];
