import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openBlobFolder } from '../../../src/store/blobs.ts';
import { playHosts } from '../../peers/microsoft-proxy.ts';
import { youtubePeer } from '../../peers/youtube.ts';
import { bareEnvironment } from '../../process/crier.ts';
import { credentials } from './account.ts';

/** What became of a video whose process was killed in the middle, time and again. */
export interface VideoThroughDeaths {
  readonly size: number;
  readonly deaths: number;
  /** videos that came to be, and whether the one is the same to the byte */
  readonly videos: number;
  readonly same: boolean;
  /** uploads that began at byte 0: one is the first */
  readonly fromZero: number;
  readonly sessions: number;
  /** bytes that were sent although they had arrived */
  readonly twice: number;
  /** most memory that any of the processes had above what it had when it was idle, in bytes */
  readonly aboveIdle: number;
  readonly seenWithoutCaptions: boolean;
  /** hosts that were connected to through the proxy, and hosts that were asked for and are not Google's */
  readonly connected: readonly string[];
  readonly refused: readonly string[];
}

const mega = 1024 * 1024;

/** Bytes that look like an MP4 file's and are never all in memory. */
async function* madeVideo(size: number): AsyncGenerator<Uint8Array> {
  let seed = 2_463_534_242;
  for (let at = 0; at < size; at += mega) {
    const piece = Buffer.allocUnsafe(Math.min(mega, size - at));
    for (let n = 0; n + 4 <= piece.length; n += 4) {
      seed ^= seed << 13;
      seed ^= seed >>> 17;
      seed ^= seed << 5;
      piece.writeInt32LE(seed, n);
    }
    piece.fill(0, piece.length - (piece.length % 4));
    if (at === 0) Buffer.from('00000018667479706d703432', 'hex').copy(piece);
    yield await Promise.resolve(piece);
  }
}

const message = z.object({
  idle: z.number().optional(),
  peak: z.number().optional(),
  published: z.boolean().optional(),
});

/** Uploads a video through so many deaths (kill -9), evenly over the file, each in the middle of a piece. */
export async function videoThroughDeaths(size: number, deaths: number): Promise<VideoThroughDeaths> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-video-'));
  const peer = youtubePeer(credentials);
  const played = await playHosts({
    'youtube.googleapis.com': peer.handler,
    'oauth2.googleapis.com': peer.handler,
  });
  try {
    const blobs = await openBlobFolder(join(folder, 'media'));
    const put = await blobs.putStream(madeVideo(size));
    if (!put.kept) throw new Error('the video was not kept');
    const captions = await blobs.put(Buffer.from('WEBVTT\n\n00:00.000 --> 00:02.000\nGood evening.\n'));
    const words = { folder, video: put.hash, captions };
    let aboveIdle = 0;

    /** One life: ends as published, or by the kill that whoever started it gives. */
    async function live(dies: (child: ChildProcess) => Promise<void>): Promise<void> {
      const child = fork(join(import.meta.dirname, 'child.ts'), [JSON.stringify(words)], {
        execArgv: [],
        env: { ...bareEnvironment(), ...played.environment },
      });
      let idle = Number.POSITIVE_INFINITY;
      child.on('message', (raw) => {
        const told = message.parse(raw);
        idle = told.idle ?? idle;
        if (told.peak !== undefined) aboveIdle = Math.max(aboveIdle, told.peak - idle);
      });
      const ended = once(child, 'exit');
      await Promise.race([dies(child), ended]);
      await ended;
    }

    for (let death = 1; death <= deaths; death += 1) {
      await live(async (child) => {
        await peer.bytes.until(Math.floor((size * death) / (deaths + 1)));
        child.kill('SIGKILL');
      });
    }
    await live(async () => await new Promise(() => undefined));
    const [video] = peer.videos;
    return {
      size,
      deaths,
      videos: peer.videos.length,
      same: video?.hash === put.hash && video.hash !== createHash('sha256').digest('base64url'),
      fromZero: peer.fromZero(),
      sessions: peer.sessions(),
      twice: peer.bytes.in() - size,
      aboveIdle,
      seenWithoutCaptions: peer.videos.some((each) => each.seenWithoutCaptions),
      connected: [...new Set(played.connected)],
      refused: played.refused,
    };
  } finally {
    await played.close();
    await rm(folder, { recursive: true, force: true });
  }
}
