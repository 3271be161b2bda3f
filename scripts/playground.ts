import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseConfig } from '../src/config.ts';

const projectRoot = fileURLToPath(new URL('../', import.meta.url));

export interface SimulatorSettings {
  /** the port its page and its connector listen on; 0 takes any free one */
  readonly port: number;
  /** where it sends activities: `http://127.0.0.1:3978/api/messages` */
  readonly bot: string;
  /** its people, chats and team; exactly five people beside the current user */
  readonly configFile: string;
  /** emptied at start */
  readonly logFile: string;
}

export interface Simulator {
  /** its page, and where its connector says it is */
  readonly url: string;
  readonly port: number;
  /** resolves with the reason when it ends by itself or is stopped */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** The simulator keeps the reason of a failure out of its output; the last one in its log is what went wrong. */
async function reasonIn(logFile: string): Promise<string> {
  const log = await readFile(logFile, 'utf8').catch(() => '');
  const reasons = log.split('\n').flatMap((line) => /^error (?:Reason: )?(.+)$/.exec(line)?.[1] ?? []);
  const reason = reasons.find((one) => /Reason|Error/.test(one)) ?? reasons.at(-1);
  return reason ?? `it gave no reason; its log is ${relative(projectRoot, logFile)}`;
}

const answers = async (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.ok,
    () => false,
  );

/**
 * Starts Microsoft's Teams simulator on this machine's loopback address alone, without telemetry and without
 * opening a browser, and waits until its page answers.
 * Throws with its own reason when it ends before that, or when the port is taken (it would quietly take another).
 */
export async function startSimulator(settings: SimulatorSettings): Promise<Simulator> {
  const { logFile } = settings;
  await mkdir(dirname(logFile), { recursive: true });
  await rm(logFile, { force: true });
  const cli = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
  const child = spawn(
    process.execPath,
    [
      `--require=${join(projectRoot, 'scripts', 'loopback-only.cjs')}`,
      cli,
      'start',
      `--app-endpoint=${settings.bot}`,
      `--port=${String(settings.port)}`,
      '--channel-id=msteams',
      '--disable-telemetry',
    ],
    {
      cwd: dirname(logFile),
      // By the channel it notices when this process is gone, even if it was killed.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        TEAMSAPPTESTER_BROWSER: 'none',
        M365_AGENTS_PLAYGROUND_LOGFILE: logFile,
        M365_AGENTS_PLAYGROUND_CONFIG_PATH: settings.configFile,
        NO_PROXY: '127.0.0.1,localhost',
      },
    },
  );
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('close', () => {
      void reasonIn(logFile).then(resolve);
    });
  });
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };

  const listening = new Promise<number>((resolve) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
      const port = /Listening on (\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.stderr?.resume();
  });
  const port = await Promise.race([listening, ended]);
  if (typeof port === 'string') throw new Error(port);
  if (settings.port !== 0 && port !== settings.port) {
    await stop();
    throw new Error(`port ${String(settings.port)} is taken by another program`);
  }
  // It says that it listens before it reads its settings, and ends right after if they are wrong.
  const url = `http://127.0.0.1:${String(port)}`;
  while (!(await answers(url))) {
    if (isOver) throw new Error(await ended);
    await pause(100);
  }
  return { url, port, ended, stop };
}

const tour = (simulator: string, crier: string): string => `
Crier is ready. A tour of two minutes, in which nothing leaves this machine:

  1. Open ${simulator} and type
       propose Liverpool Road in Crosby is closed until 4pm tomorrow while we mend a burst main.
     You are Nadia Hartley of Highways. The card says what the protocol finds. Press "Send to Communications".
  2. Open ${crier}/rehearsal and act as Ellen Rimmer of Communications: pass it on.
  3. There too, act as Tom Ashcroft of Highways: approve it.
  4. Open ${crier}/news: it is published.

Ctrl-C ends both.
`;

/** Resolves at the starter's first message, or when nothing is waited for any more. */
async function told(stopping: AbortSignal): Promise<void> {
  await once(process, 'message', { signal: stopping }).catch(() => undefined);
}

async function untilAnswers(url: string, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted && !(await answers(url))) await pause(200);
}

async function runBesideCrier(): Promise<void> {
  const parsed = parseConfig(process.env);
  // A wrong setting is told by Crier itself, which ends over it.
  if (!parsed.ok || !parsed.config.playground || parsed.config.teams.mode !== 'rehearsal') return;
  const { host, port, data, teams } = parsed.config;
  if (port === 0) {
    console.error('The Teams simulator is not started: it needs to know where Crier is, and PORT is 0.');
    return;
  }
  const crier = `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
  const stopping = new AbortController();
  // The starter says when Crier is ready: whatever else answers on its port would be taken for it.
  const ready = process.connected ? told(stopping.signal) : undefined;
  let simulator: Simulator | undefined;
  const stop = (): void => {
    stopping.abort();
    void simulator?.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // The starter is gone, perhaps killed: the simulator must not stay behind.
  process.on('disconnect', stop);
  try {
    simulator = await startSimulator({
      port: teams.simulatorPort,
      bot: `${crier}/api/messages`,
      configFile: join(projectRoot, '.m365agentsplayground.yml'),
      logFile: join(projectRoot, data, 'simulator.log'),
    });
    if (stopping.signal.aborted) await simulator.stop();
    await (ready ?? untilAnswers(`${crier}/healthz`, stopping.signal));
    if (!stopping.signal.aborted) console.log(tour(simulator.url, crier));
    const reason = await simulator.ended;
    if (!stopping.signal.aborted) throw new Error(reason);
  } catch (fault) {
    if (stopping.signal.aborted) return;
    const reason = fault instanceof Error ? fault.message : String(fault);
    console.error(`The Teams simulator does not run: ${reason.replace(/\.?$/, '.')}`);
    console.error(
      'Its people are in .m365agentsplayground.yml; CRIER_PLAYGROUND_PORT gives it another port; CRIER_PLAYGROUND=off leaves it out.',
    );
    process.exitCode = 1;
  } finally {
    if (process.connected) process.disconnect();
  }
}

if (import.meta.main) await runBesideCrier();
