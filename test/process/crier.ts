import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import nodeSettings from '../../node-settings.json' with { type: 'json' };

const root = fileURLToPath(new URL('../../', import.meta.url));
const ready = z.object({ ready: z.literal(true), port: z.int() });

/** The unchanged process, as it runs. */
export interface CrierProcess {
  /** without a slash at the end */
  readonly url: string;
  readonly child: ChildProcess;
  /** everything it printed so far */
  readonly said: () => string;
  /** asks it to stop, where it still runs, and waits until it has. @returns its exit code */
  readonly stop: () => Promise<number | null>;
}

/** Nothing of this process's own environment but where programs are and where Node keeps what it compiled. */
export function bareEnvironment(): Record<string, string> {
  const compiled = process.env['NODE_COMPILE_CACHE'];
  return {
    PATH: process.env['PATH'] ?? '',
    ...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled }),
  };
}

interface Spawned {
  readonly child: ChildProcess;
  readonly said: () => string;
  /** resolves when it has ended and everything it printed has been read */
  readonly exited: Promise<unknown>;
}

function spawnMain(env: Readonly<NodeJS.ProcessEnv>): Spawned {
  const child = spawn(process.execPath, [...nodeSettings.flags, 'src/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...bareEnvironment(), ...nodeSettings.environment, PORT: '0', ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
    });
  }
  return { child, said: () => said, exited: once(child, 'close') };
}

/** Starts `src/main.ts`, asks it to stop as soon as it listens, if it comes to that, and waits until it has ended. */
export async function startAndEnd(
  env: Readonly<NodeJS.ProcessEnv>,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const { child, said, exited } = spawnMain(env);
  child.once('message', () => child.kill('SIGTERM'));
  await exited;
  return { code: child.exitCode, said: said() };
}

/** Starts `src/main.ts` on a free port and resolves when it listens. Throws with what it said if it ends instead. */
export async function startProcess(env: Readonly<NodeJS.ProcessEnv>): Promise<CrierProcess> {
  const { child, said, exited } = spawnMain(env);
  const message = await Promise.race([once(child, 'message'), exited.then(() => undefined)]);
  const told = ready.safeParse(message?.[0]);
  if (!told.success) throw new Error(`Crier did not start:\n${said()}`);
  return {
    url: `http://127.0.0.1:${String(told.data.port)}`,
    child,
    said,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
  };
}
