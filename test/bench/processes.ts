import nodeSettings from '../../node-settings.json' with { type: 'json' };
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const readyMessage = z.object({ ready: z.literal(true), port: z.int() });
const toldMessage = z.object({
  told: z.object({ loopP99: z.number(), loopMax: z.number(), rss: z.number(), cpu: z.number() }),
});

/** A whole process that listens on loopback. */
export interface Running {
  readonly port: number;
  readonly child: ChildProcess;
  /** begins to watch the event loop */
  readonly watch: () => void;
  /** what it has seen since, and what the process has used */
  readonly tell: () => Promise<z.infer<typeof toldMessage>['told']>;
  readonly stop: () => Promise<void>;
}

/** Where Node keeps what it compiled, for both sides; `npm start` has it, too. */
const compiled = mkdtempSync(join(tmpdir(), 'crier-bench-compiled-'));

const children = new Set<ChildProcess>();
/** Ends whatever still runs. */
export function endAll(): void {
  for (const child of children) child.kill('SIGKILL');
}

async function run(
  file: string,
  { args = [], env = {}, flags = [] }: { args?: string[]; env?: NodeJS.ProcessEnv; flags?: string[] },
): Promise<Running> {
  const child = fork(file, args, {
    execPath: process.execPath,
    execArgv: flags,
    env: { ...process.env, NODE_COMPILE_CACHE: compiled, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const next = async <T>(schema: z.ZodType<T>): Promise<T> =>
    await new Promise((resolve, reject) => {
      const look = (message: unknown): void => {
        const parsed = schema.safeParse(message);
        if (!parsed.success) return;
        child.off('message', look).off('exit', gone);
        resolve(parsed.data);
      };
      const gone = (): void => reject(new Error(`${file} ended before it answered`));
      child.on('message', look).once('exit', gone);
    });
  const { port } = await next(readyMessage);
  return {
    port,
    child,
    watch: () => void child.send('watch'),
    tell: async () => {
      const told = next(toldMessage);
      child.send('tell');
      return (await told).told;
    },
    stop: async () => {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

export interface CrierOptions {
  readonly data: string;
  readonly protocol: string;
  /** of the connector's peer */
  readonly connectorPort: number;
  /** whether the limits of Teams' conversations are lifted, see `lift-limits.ts` */
  readonly lifted: boolean;
}

/** Where profiles go: `BENCH_PROFILE=folder` has every Crier write one. */
const profiles = process.env['BENCH_PROFILE'];
const watching = ['--import', here('loop-delay.ts')];

/** Crier as `npm start` starts it, in rehearsal, without the simulator. */
export async function startCrier({ data, protocol, connectorPort, lifted }: CrierOptions): Promise<Running> {
  return await run(here('../../src/main.ts'), {
    flags: [
      ...nodeSettings.flags,
      ...(profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`]),
      ...watching,
      ...(lifted ? ['--import', here('lift-limits.ts')] : []),
    ],
    env: {
      ...nodeSettings.environment,
      PORT: '0',
      HOST: '127.0.0.1',
      CRIER_DATA: data,
      CRIER_PROTOCOL: protocol,
      CRIER_PLAYGROUND: 'off',
      CRIER_PLAYGROUND_PORT: String(connectorPort),
      LOG_LEVEL: 'error',
      STORE: 'sqlite',
    },
  });
}

/** The bare bot. */
export async function startBareBot(): Promise<Running> {
  return await run(here('bare-bot.ts'), { flags: watching });
}

/** The connector's peer in a process of its own. */
export interface Connector {
  readonly port: number;
  readonly serviceUrl: string;
  readonly taken: () => Promise<readonly Taken[]>;
  /** resolves once so many activities were taken since it was last cleared */
  readonly count: (n: number) => Promise<void>;
  readonly clear: () => Promise<void>;
  /** from now on it takes as little time as the one of the other side: it reads nothing of what it is sent */
  readonly onlyCount: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const takenSchema = z.object({
  how: z.string(),
  conversationId: z.string(),
  activityId: z.string(),
  activity: z.unknown(),
  at: z.number(),
});
export type Taken = z.infer<typeof takenSchema>;

/** Starts the connector's peer; with `countOnly` it keeps nothing of what it is sent. */
export async function startConnector({ countOnly }: { readonly countOnly: boolean }): Promise<Connector> {
  const child = fork(here('../peers/connector.ts'), ['--port', '0', ...(countOnly ? ['--count-only'] : [])], {
    execPath: process.execPath,
    execArgv: watching,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const port = await new Promise<number>((resolve) => {
    child.stdout?.once('data', (line: Buffer) => {
      resolve(z.object({ port: z.int() }).parse(JSON.parse(line.toString())).port);
    });
  });
  const ask = async (path: string, method = 'GET'): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${String(port)}/_peer/${path}`, { method });
    return await response.json();
  };
  return {
    port,
    serviceUrl: `http://127.0.0.1:${String(port)}/_connector`,
    taken: async () => z.object({ taken: z.array(takenSchema) }).parse(await ask('taken')).taken,
    count: async (n) => void (await ask(`count?n=${String(n)}`)),
    clear: async () => void (await ask('clear', 'POST')),
    onlyCount: async () => void (await ask('only-count', 'POST')),
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

const folders: string[] = [];
/** A folder that is there for this run alone. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'crier-bench-'));
  folders.push(folder);
  return folder;
}
folders.push(compiled);
export const freshFolders: readonly string[] = folders;

/** Writes a text into a folder. @returns its path */
export function fileIn(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
