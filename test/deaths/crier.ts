import { once } from 'node:events';
import { startProcess, type CrierProcess } from '../process/crier.ts';

/** The unchanged process, over and over again on the same data. */
export interface Lives {
  /** where it answers, the same in every life */
  readonly address: string;
  /** how often it was killed */
  readonly killed: () => number;
  /** how long each start took until it said it was ready, in milliseconds */
  readonly starts: readonly number[];
  /** the process that lives now */
  readonly pid: () => number | undefined;
  /** begins the next life; resolves when it is ready */
  begin(): Promise<void>;
  /** resolves once a life is ready: this one, or the next */
  alive(): Promise<void>;
  /** SIGSTOP: nothing more of it runs until it is killed */
  holdStill(): void;
  /** kill -9; resolves when the process is gone. Nothing when it is dead already */
  kill(): Promise<void>;
  /** asks it to stop and waits until it has */
  stop(): Promise<void>;
}

/** Makes ready to start `src/main.ts` with nothing of this process's environment but what is given. */
export function livesOf(port: number, env: Readonly<Record<string, string>>): Lives {
  let life: CrierProcess | undefined;
  let ready = Promise.withResolvers<void>();
  let killed = 0;
  const starts: number[] = [];

  return {
    address: `http://127.0.0.1:${String(port)}`,
    killed: () => killed,
    pid: () => life?.child.pid,
    starts,
    begin: async () => {
      const from = performance.now();
      const born = await startProcess({ PORT: String(port), ...env });
      life = born;
      // What it has to say when everything else is well is for whoever looks for why.
      born.child.stderr?.pipe(process.stderr, { end: false });
      starts.push(performance.now() - from);
      ready.resolve();
    },
    alive: async () => await ready.promise,
    holdStill: () => void life?.child.kill('SIGSTOP'),
    kill: async () => {
      const dying = life?.child;
      if (dying === undefined) return;
      life = undefined;
      ready = Promise.withResolvers<void>();
      killed += 1;
      const gone = once(dying, 'exit');
      dying.kill('SIGKILL');
      await gone;
    },
    stop: async () => {
      const stopping = life;
      life = undefined;
      await stopping?.stop();
    },
  };
}
