import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProcess } from './crier.ts';

/** What became of one kept connection, over which request after request was sent as soon as the last was answered. */
interface Ended {
  readonly answered: number;
  /** of them those that Crier answered with anything but what it was asked for, or that it is not there any more */
  readonly oddly: number;
  /** how it ended: with a last answer, while nothing was asked, or under a request that got no answer */
  readonly how: 'told' | 'resting' | 'unanswered' | 'reset';
}

/** The first answer in what came, once it is whole. */
function firstAnswer(came: string): { status: number; last: boolean; length: number } | undefined {
  const head = came.indexOf('\r\n\r\n');
  const length = /^content-length: (\d+)/imu.exec(came)?.[1];
  if (head < 0 || length === undefined || came.length < head + 4 + Number(length)) return undefined;
  return {
    status: Number(came.slice(9, 12)),
    last: /^connection: close/imu.test(came.slice(0, head)),
    length: head + 4 + Number(length),
  };
}

/** Asks over one connection until it ends. `rests` lets it rest between two requests, as most kept connections do. */
function askOn(
  port: number,
  path: string,
  { rests, asked, rested }: { rests: boolean; asked: () => void; rested: () => void },
): Promise<Ended> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let answered = 0;
    let oddly = 0;
    let waiting = false;
    let told = false;
    let came = '';
    const ask = (): void => {
      waiting = true;
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\n\r\n`);
      asked();
    };
    socket.setEncoding('latin1');
    socket.on('connect', ask);
    socket.on('data', (piece: string) => {
      came += piece;
      const answer = firstAnswer(came);
      if (answer === undefined) return;
      came = came.slice(answer.length);
      answered += 1;
      waiting = false;
      if (answer.status !== 200 && answer.status !== 503) oddly += 1;
      told = answer.last;
      if (rests && answered > 1) rested();
      else if (!told) ask();
    });
    socket.on('error', () => resolve({ answered, oddly, how: 'reset' }));
    socket.on('close', () =>
      resolve({ answered, oddly, how: waiting ? 'unanswered' : told ? 'told' : 'resting' }),
    );
  });
}

test('a stop answers whoever has asked, says that it is the last answer, and resets nobody', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crier-stop-'));
  const crier = await startProcess({ CRIER_DATA: folder, CRIER_PLAYGROUND: 'off', LOG_LEVEL: 'error' });
  try {
    const port = Number(new URL(crier.url).port);
    const busy = Promise.withResolvers<void>();
    let requests = 0;
    let resting = 0;
    const asked = (): void => {
      requests += 1;
      if (requests > 600 && resting === 8) busy.resolve();
    };
    const rested = (): void => {
      resting += 1;
    };
    const paths = ['/news', '/readyz', '/news/feed.json', '/healthz'];
    const asking = Array.from({ length: 48 }, (_, n) =>
      askOn(port, paths[n % paths.length] ?? '/', { rests: n % 6 === 5, asked, rested }),
    );
    await busy.promise;
    const code = await crier.stop();
    const ended = await Promise.all(asking);
    expect(code).toBe(0);
    expect(ended.map(({ how }) => how).filter((how) => how !== 'told' && how !== 'resting')).toEqual([]);
    expect(ended.reduce((sum, { oddly }) => sum + oddly, 0)).toBe(0);
    expect(ended.filter(({ how }) => how === 'told')).toHaveLength(40);
    expect(ended.filter(({ how }) => how === 'resting')).toHaveLength(8);
    expect(ended.reduce((sum, { answered }) => sum + answered, 0)).toBe(requests);
  } finally {
    await crier.stop();
    await rm(folder, { recursive: true });
  }
});
