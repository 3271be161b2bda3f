import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));
const readySchema = z.object({ ready: z.literal(true), port: z.int() });

/** Crier as `npm start` runs it, in a rehearsal: a process of its own with a fresh data folder on a free port. */
export interface RunningCrier extends AsyncDisposable {
  /** without a slash at the end */
  readonly url: string;
  /** empty again when Crier is gone */
  readonly folder: string;
  /** what it printed */
  readonly said: () => string;
}

/** A port that nobody listens on just now; who is told it beforehand can take it. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts Crier, its simulator expected on that port, and resolves when it listens. Throws with what it said if not. */
export async function startCrier(simulatorPort: number): Promise<RunningCrier> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-loop-'));
  const child = spawn(process.execPath, [join(projectRoot, 'src', 'main.ts')], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      CRIER_DATA: join(folder, 'data'),
      CRIER_PLAYGROUND: 'off',
      CRIER_PLAYGROUND_PORT: String(simulatorPort),
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
    });
  }
  const exited = once(child, 'exit');
  const remove = async (): Promise<void> => rm(folder, { recursive: true, force: true });
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (message) => {
      const ready = readySchema.safeParse(message);
      if (ready.success) resolve(ready.data.port);
    });
    void exited.then(async () => {
      await remove();
      reject(new Error(`Crier did not start:\n${said}`));
    });
  });
  return {
    url: `http://127.0.0.1:${String(port)}`,
    folder,
    said: () => said,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exited;
      await remove();
    },
  };
}
