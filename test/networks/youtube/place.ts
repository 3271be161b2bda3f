import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditKinds } from '../../../src/core/audit.ts';
import { createExecutor } from '../../../src/core/execute.ts';
import type { Network, PlanMedium } from '../../../src/networks/network.ts';
import { quotaAggregates, quotaKinds, storedQuota } from '../../../src/networks/youtube/quota.ts';
import { storedUploads, uploadAggregates, uploadKinds } from '../../../src/networks/uploads.ts';
import { youtubeNetwork } from '../../../src/networks/youtube/youtube.ts';
import { openBlobFolder } from '../../../src/store/blobs.ts';
import { memoryStore } from '../../peers/memory-store.ts';
import { playYoutube } from '../../peers/youtube.ts';
import { credentials } from './account.ts';
import { videoOf } from './channel.ts';

/** A channel under Google's own names, for the contract that is held against every network. */
export interface YoutubePlace extends AsyncDisposable {
  readonly network: Network;
  readonly played: ReturnType<typeof playYoutube>;
  /** a video whose captions are part of the moving picture */
  readonly media: readonly PlanMedium[];
  /** what must be in no address and in nothing that it says */
  readonly secrets: readonly string[];
}

export async function openYoutube(clock: () => number): Promise<YoutubePlace> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-youtube-'));
  const blobs = await openBlobFolder(folder);
  const executor = createExecutor({
    store: memoryStore([...uploadKinds, ...quotaKinds, ...Object.values(auditKinds)]),
    aggregates: [...uploadAggregates, ...quotaAggregates],
    clock,
    protocol: () => ({ version: 'v1' }),
    auditKey: new Uint8Array(32).fill(7),
    randomId: randomUUID,
  });
  const video: PlanMedium = {
    hash: await blobs.put(videoOf(100_000)),
    contentType: 'video/mp4',
    alt: 'A closed road',
    captions: { as: 'burned-in' },
  };
  return {
    network: youtubeNetwork({
      credentials,
      blobs,
      uploads: storedUploads(executor),
      quota: storedQuota(executor, credentials.clientId),
      clock,
      link: ({ number }) => `https://news.sefton.gov.uk/news/${String(number)}`,
      corrected: (note) => `Corrected: ${note}`,
    }),
    played: playYoutube({ ...credentials, clock }),
    media: [video],
    secrets: [credentials.clientSecret, credentials.refreshToken, 'ya29.peer'],
    [Symbol.asyncDispose]: async () => await rm(folder, { recursive: true }),
  };
}
