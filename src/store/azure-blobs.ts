import { mkdir, type FileHandle } from 'node:fs/promises';
import { ContainerClient, StorageSharedKeyCredential, type BlockBlobClient } from '@azure/storage-blob';
import type { TokenCredential } from '@azure/identity';
import { z } from 'zod';
import type { Blobs } from '../core/blobs.ts';
import { sha256 } from '../core/json.ts';
import { seconds } from '../core/time.ts';
import { openNameless } from '../nameless-file.ts';
import { blobName, isHash } from './blob-names.ts';
import { hashPieces, writePieces, type Written } from './write-pieces.ts';
import { codeOf } from '../core/code-of.ts';

/** Where media are kept in Azure, and by what right. */
export interface AzureBlobs {
  /** the container's address, such as `https://sefton.blob.core.windows.net/media` */
  readonly container: string;
  /** the storage account's own key, or who we are in Azure */
  readonly by: { readonly account: string; readonly key: string } | { readonly identity: TokenCredential };
  /** a folder of this machine, where what comes in pieces waits until its hash is known */
  readonly waiting: string;
}

/** What one try of a request has, a block of a video included. */
const tryWithin = seconds(60);
/** A video goes up in blocks of so many bytes, and stands in memory one block at a time. */
const blockBytes = 4 * 1024 * 1024;

/**
 * Keeps blobs in a container of Azure Blob Storage, made when it is not there, under the names that the folder
 * gives them. What comes in pieces is kept on this machine until its hash is known, in a file without a name, so
 * that a process that dies leaves nothing of it. In the container it appears when its list of blocks is committed,
 * which is when it is complete. Whatever is read whole is checked against its hash.
 * @throws when the container can not be reached, or may not be used
 */
export async function openAzureBlobs({ container: address, by, waiting }: AzureBlobs): Promise<Blobs> {
  const container = new ContainerClient(
    address,
    'key' in by ? new StorageSharedKeyCredential(by.account, by.key) : by.identity,
    {
      retryOptions: {
        maxTries: 4,
        tryTimeoutInMs: tryWithin,
        retryDelayInMs: 500,
        maxRetryDelayInMs: seconds(5),
      },
    },
  );
  await container.createIfNotExists();
  await mkdir(waiting, { recursive: true, mode: 0o700 });

  const blobOf = (hash: string): BlockBlobClient => container.getBlockBlobClient(blobName(hash));

  /** All of it in pieces, or from `from` on and before `to`; undefined when there is none by this hash. */
  async function pieces(hash: string, from = 0, to?: number): Promise<AsyncIterable<Uint8Array> | undefined> {
    const found = await undefinedIfAbsent(
      blobOf(hash).download(from, to === undefined ? undefined : to - from, { maxRetryRequests: 5 }),
    );
    return found === undefined ? undefined : bytesOf(found.readableStreamBody);
  }

  async function hashed(hash: string): Promise<Written | undefined> {
    const found = await pieces(hash);
    if (found === undefined) return undefined;
    return await hashPieces(found);
  }

  /** Puts bytes in the place of their hash unless they are there already; what is damaged there is mended. */
  async function keep(hash: string, write: (blob: BlockBlobClient) => Promise<unknown>): Promise<void> {
    const blob = blobOf(hash);
    if ((await hashed(hash))?.hash === hash) return;
    try {
      await write(blob);
    } catch (fault) {
      // Somebody else who puts the same at the same moment takes our blocks away when they are done first.
      if (codeOf(fault) !== 'InvalidBlockList' || (await hashed(hash))?.hash !== hash) throw fault;
    }
  }

  return {
    async put(bytes) {
      const hash = sha256(bytes);
      await keep(hash, async (blob) => await blob.upload(bytes, bytes.length));
      return hash;
    },

    async putStream(source, most = Number.MAX_SAFE_INTEGER) {
      const file = await openNameless(waiting);
      try {
        const written = await writePieces(file, source, most);
        if (written === undefined) return { kept: false };
        await keep(written.hash, async (blob) => await sendBlocks(blob, file, written.size));
        return { kept: true, ...written };
      } finally {
        await file.close();
      }
    },

    async get(hash) {
      if (!isHash(hash)) return undefined;
      const found = await pieces(hash);
      if (found === undefined) return undefined;
      const read: Uint8Array[] = [];
      for await (const piece of found) read.push(piece);
      const bytes = Buffer.concat(read);
      if (sha256(bytes) !== hash) throw new Error(`The media file ${hash} is damaged.`);
      return bytes;
    },

    async check(hash) {
      if (!isHash(hash)) return undefined;
      const found = await hashed(hash);
      if (found !== undefined && found.hash !== hash) throw new Error(`The media file ${hash} is damaged.`);
      return found?.size;
    },

    async read(hash, { from = 0, to } = {}) {
      if (!isHash(hash)) return undefined;
      const size = (await undefinedIfAbsent(blobOf(hash).getProperties()))?.contentLength;
      if (size === undefined) return undefined;
      const end = Math.min(to ?? size, size);
      // Asked for only when somebody reads, so that nobody has to close what nobody wanted.
      async function* part(): AsyncGenerator<Uint8Array> {
        if (from >= end) return;
        const found = await pieces(hash, from, end);
        if (found === undefined) throw new Error(`The media file ${hash} was taken away while it was read.`);
        yield* found;
      }
      return { size, bytes: part() };
    },

    async remove(hash) {
      if (isHash(hash)) await blobOf(hash).deleteIfExists({ deleteSnapshots: 'include' });
    },
  };
}

/** Sends a file block by block; nothing of it is there for anybody before the last step. */
async function sendBlocks(blob: BlockBlobClient, file: FileHandle, size: number): Promise<void> {
  const ids: string[] = [];
  const block = Buffer.alloc(Math.min(blockBytes, size));
  for (let from = 0; from < size; from += blockBytes) {
    const length = Math.min(blockBytes, size - from);
    for (let at = 0; at < length;) {
      const { bytesRead } = await file.read(block, at, length - at, from + at);
      if (bytesRead === 0) throw new Error('A file that waited to be sent became shorter.');
      at += bytesRead;
    }
    // The same at every try: two who send the same bytes send the same blocks. All have to be equally long.
    const id = Buffer.from(String(ids.length).padStart(6, '0')).toString('base64');
    await blob.stageBlock(id, block.subarray(0, length), length);
    ids.push(id);
  }
  await blob.commitBlockList(ids);
}

async function* bytesOf(stream: NodeJS.ReadableStream | undefined): AsyncGenerator<Uint8Array> {
  for await (const piece of stream ?? []) {
    if (piece instanceof Uint8Array) yield piece;
  }
}

const faultSchema = z.object({ statusCode: z.number().optional(), code: z.string().optional() });

async function undefinedIfAbsent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (fault) {
    // An answer to a question for its properties alone has no body, and so no code of its own.
    const { statusCode, code = 'BlobNotFound' } = faultSchema.safeParse(fault).data ?? {};
    if (statusCode === 404 && code === 'BlobNotFound') return undefined;
    throw fault;
  }
}
