import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Blobs } from '../../../src/core/blobs.ts';
import { auditKinds } from '../../../src/core/audit.ts';
import { createExecutor, type Executor } from '../../../src/core/execute.ts';
import type { Network, PlanPart, PublicationKey } from '../../../src/networks/network.ts';
import {
  quotaAggregates,
  quotaKinds,
  storedQuota,
  usualQuota,
  type DailyQuota,
  type QuotaGovernor,
} from '../../../src/networks/youtube/quota.ts';
import { storedUploads, uploadAggregates, uploadKinds, type Uploads } from '../../../src/networks/uploads.ts';
import { youtubeNetwork } from '../../../src/networks/youtube/youtube.ts';
import { openBlobFolder } from '../../../src/store/blobs.ts';
import { memoryStore, type MemoryStore } from '../../peers/memory-store.ts';
import { youtubePeer, type YoutubePeer } from '../../peers/youtube.ts';
import { credentials } from './account.ts';

export const captions = 'WEBVTT\n\n00:00.000 --> 00:02.000\nThe library is open until eight.\n';

export const key: PublicationKey = { id: 'pub-142', post: 'post-1', number: 142 };

/** A Tuesday morning in November: 10 pm of the day before in California. */
export const morning = Date.parse('2026-11-24T06:00:00Z');

/** Words for YouTube without a film, of a post that goes to the council's own site as well. */
export const saidPart = (text: string, headline?: string): PlanPart => ({
  account: 'youtube-main',
  network: 'youtube',
  part: 0,
  text,
  media: [],
  from: 'libraries',
  onWebsite: true,
  ...(headline === undefined ? {} : { headline }),
});

/** A channel of the council, its peer, and everything that it stands on. */
export interface Channel extends AsyncDisposable {
  readonly peer: YoutubePeer;
  readonly network: Network;
  readonly uploads: Uploads;
  readonly quota: QuotaGovernor;
  readonly executor: Executor;
  readonly store: MemoryStore;
  readonly blobs: Blobs;
  readonly part: PlanPart;
  at(now: number): void;
  /** another process over the same store and folder */
  again(): Network;
  publish(network?: Network, signal?: AbortSignal): ReturnType<Network['publish']>;
}

/** By their size. They are compared by their hash, and nobody writes into them. */
const videos = new Map<number, Uint8Array>();

/** Bytes that begin as an MP4 file does, and go on with what nobody would compress. */
export function videoOf(size: number): Uint8Array {
  const before = videos.get(size);
  if (before !== undefined) return before;
  const words = new Uint32Array(Math.ceil(size / 4));
  for (let at = 0; at < words.length; at += 1) words[at] = Math.imul(at * 4, 2_654_435_761);
  const bytes = new Uint8Array(words.buffer, 0, size);
  bytes.set(Buffer.from('00000018667479706d703432', 'hex'));
  videos.set(size, bytes);
  return bytes;
}

export async function openChannel(
  options: {
    readonly size?: number;
    readonly part?: Partial<PlanPart>;
    readonly quota?: DailyQuota;
    readonly store?: MemoryStore;
  } = {},
): Promise<Channel> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-youtube-'));
  const blobs = await openBlobFolder(folder);
  const time = { now: morning };
  const clock = (): number => time.now;
  const peer = youtubePeer({ ...credentials, clock });
  const hosts = await peer.listen();
  const store = options.store ?? memoryStore([...uploadKinds, ...quotaKinds, ...Object.values(auditKinds)]);
  const executor = createExecutor({
    store,
    aggregates: [...uploadAggregates, ...quotaAggregates],
    clock,
    protocol: () => ({ version: 'v1' }),
    auditKey: new Uint8Array(32).fill(7),
    randomId: randomUUID,
  });
  const uploads = storedUploads(executor);
  const quota = storedQuota(executor, credentials.clientId, options.quota ?? usualQuota);
  const video = await blobs.put(videoOf(options.size ?? 1_000_000));
  const words = await blobs.put(Buffer.from(captions));
  const picture = await blobs.put(Buffer.from('a picture'));
  const open = (): Network =>
    youtubeNetwork({
      credentials,
      blobs,
      uploads,
      quota,
      clock,
      hosts,
      link: ({ number }) => `https://news.sefton.gov.uk/news/${String(number)}`,
      corrected: (note) => `Corrected: ${note}`,
    });
  const network = open();
  const part: PlanPart = {
    ...saidPart('Crosby Library is open late on Thursdays. Come and see.'),
    media: [
      {
        hash: video,
        contentType: 'video/mp4',
        alt: 'A walk through the library',
        captions: { as: 'file', hash: words, contentType: 'text/vtt', language: 'en-GB' },
      },
      { hash: picture, contentType: 'image/jpeg', alt: 'The library' },
    ],
    video: { playlist: 'PLlibraries', madeForKids: false, privacy: 'public' },
    ...options.part,
  };
  return {
    peer,
    network,
    uploads,
    quota,
    executor,
    store,
    blobs,
    part,
    at: (now) => {
      time.now = now;
    },
    again: open,
    publish: async (by = network, signal = AbortSignal.timeout(20_000)) =>
      await by.publish(part, key, signal),
    [Symbol.asyncDispose]: async () => {
      await hosts.close();
      await rm(folder, { recursive: true });
    },
  };
}
