import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { mediaLimits } from '../../src/protocol/media-limits.ts';
import { mp4Head } from '../media/video-files.ts';
import { memoryOf } from '../process/memory.ts';
import { cinemas, type CinemaName } from './cinemas.ts';
import { inTime, patience } from './in-time.ts';
import { openMortal } from './mortal.ts';
import { chanceOf } from './random.ts';
import { readPosts } from './stored.ts';

/** What became of a film whose process was killed on its way to a network, time and again. */
export interface FilmThroughDeaths {
  readonly network: CinemaName;
  readonly seed: number;
  /** bytes of the film */
  readonly size: number;
  readonly deaths: number;
  /** where it was killed, in parts of the film that had come; the last time when its post stood there already */
  readonly killedAt: readonly number[];
  /** films that the public sees there; what else came to be there */
  readonly published: number;
  readonly besides: number;
  /** every one of them is what was sent to Crier, to the byte */
  readonly same: boolean;
  /** uploads that were begun */
  readonly uploads: number;
  /** how often the film began at its first byte: once is the first time */
  readonly fromZero: number;
  /** bytes that came although they had arrived, or in vain; where pieces come in forms, also those around them */
  readonly twice: number;
  /** so many of them may be: what each death may cost there */
  readonly mayBeTwice: number;
  /** files of captions with them */
  readonly captions: number;
  readonly seenWithoutCaptions: boolean;
  /** memory of the process when nothing happens, in bytes */
  readonly idle: number;
  /** the most that any of the lives had above that, from the message in Teams to the end */
  readonly aboveIdle: number;
  /** hosts that were asked for past the proxy, or that nobody plays */
  readonly strayed: readonly string[];
  /** how Crier says that the post stands */
  readonly status: string;
}

export interface FilmOptions {
  readonly network: CinemaName;
  /** of the film, unless its network takes less */
  readonly size: number;
  readonly deaths: number;
  readonly seed: number;
  readonly say?: (line: string) => void;
}

const mega = 1_000_000;
const captions = 'WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nThe road is open again.\n';
const text = 'Harbour Road is open again. See how we mended it.';
/** An MP4 of almost so many bytes, whose pictures are noise; it is never in memory as a whole. */
function filmOf(most: number): { readonly size: number; readonly pieces: () => AsyncGenerator<Uint8Array> } {
  const made = { seconds: 100, width: 1920, height: 1080 };
  const room = most - mp4Head(made, 0).length;
  const pictures = room - (room % 25);
  const head = mp4Head(made, pictures);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(head);
    let seed = 2_463_534_242;
    for (let at = 0; at < pictures; at += mega) {
      const piece = Buffer.alloc(Math.min(mega, pictures - at));
      for (let n = 0; n + 4 <= piece.length; n += 4) {
        seed ^= seed << 13;
        seed ^= seed >>> 17;
        seed ^= seed << 5;
        piece.writeInt32LE(seed, n);
      }
      yield piece;
    }
  }
  return { size: head.length + pictures, pieces };
}

async function hashOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces) hash.update(piece);
  return hash.digest('base64url');
}

/**
 * Takes a film from the message in Teams to a network through so many deaths (kill -9) of the whole process in
 * production mode, each at a point of the file that chance chooses, and one more when its post stands there and Crier
 * has not heard so.
 * @throws where the system does not say how much memory a process has
 */
export async function filmThroughDeaths({
  network: name,
  size: most,
  deaths,
  seed,
  say = () => undefined,
}: FilmOptions): Promise<FilmThroughDeaths> {
  if (memoryOf(process.pid, 'VmRSS') === 0)
    throw new Error('Memory is read from /proc, which Linux alone has.');
  const chance = chanceOf(seed);
  const { size, pieces } = filmOf(Math.min(most, mediaLimits[name].videos?.bytes ?? most));
  const cinema = cinemas[name]();
  const story = cinema.story({
    'road.mp4': (response: ServerResponse) => {
      response.writeHead(200, { 'content-length': String(size) });
      // Whoever asks may die meanwhile, and asks again.
      pipeline(Readable.from(pieces(), { objectMode: false }), response).catch(() => undefined);
    },
    'road.vtt': (response) => response.end(captions),
  });
  const killedAt: number[] = [];
  let began = performance.now();
  const since = (): string => `${((performance.now() - began) / 1_000).toFixed(0)} s`;
  const die = async (): Promise<void> => {
    await lives.kill();
    killedAt.push(cinema.bytes.in() / size);
    say(
      `killed after ${since()} with ${(cinema.bytes.in() / mega).toFixed(1)} MB of it there, memory ${(memory / mega).toFixed(0)} MB`,
    );
    await lives.begin();
  };
  let stands = false;
  await using council = await openMortal(story, async (moment) => {
    if (moment !== 'taken' || stands) return 'go on';
    stands = true;
    await die();
    return 'go on';
  });
  const { lives, network } = council;
  let memory = 0;
  const watching = setInterval(() => {
    memory = Math.max(memory, memoryOf(lives.pid(), 'VmHWM'));
  }, 50);
  try {
    const hash = await hashOf(pieces());
    await council.begin();
    await pause(2_000);
    const idle = memoryOf(lives.pid(), 'VmRSS');
    memory = 0;
    began = performance.now();
    const walk = council.bringOut(text);
    for (let death = 0; death < deaths; death += 1) {
      const share = Math.floor(size / deaths);
      await inTime(cinema.bytes.until(death * share + Math.max(1, chance.below(share))));
      if (death === 0) await inTime(walk.done);
      await die();
    }
    await inTime(walk.done);
    const end = performance.now() + patience;
    let status = 'not there';
    while (performance.now() < end) {
      const [post] = await readPosts(council.data);
      status = post?.status.is ?? 'not there';
      if (['published', 'partly-published', 'failed'].includes(status)) break;
      await pause(250);
    }
    say(`${status} after ${since()}`);
    await lives.stop();
    const shown = cinema.shown();
    return {
      network: name,
      seed,
      size,
      deaths: lives.killed(),
      killedAt,
      published: shown.length,
      besides: cinema.besides(),
      same: shown.length > 0 && shown.every((film) => film.hash === hash),
      uploads: cinema.begun(),
      fromZero: cinema.fromZero(),
      twice: cinema.bytes.in() - size,
      mayBeTwice: lives.killed() * cinema.piece,
      captions: shown.reduce((files, film) => files + film.captions, 0),
      seenWithoutCaptions: cinema.seenWithoutCaptions(),
      idle,
      aboveIdle: memory - idle,
      strayed: network.strayed(),
      status,
    };
  } finally {
    clearInterval(watching);
  }
}
