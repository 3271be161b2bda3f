import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Microsoft's own server of Azure Blob Storage for one machine. */
export interface Azurite {
  /** where the containers of its one account stand, without a slash at the end */
  readonly base: string;
  readonly account: string;
  readonly key: string;
  stop(): Promise<void>;
}

/** The one account that it has from the beginning. Its key is no secret: it is printed in Microsoft's documentation. */
const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Starts it on loopback and a free port, with everything in memory and nothing told to anybody. */
export async function startAzurite(): Promise<Azurite> {
  const home = dirname(createRequire(import.meta.url).resolve('azurite/package.json'));
  const child = spawn(
    process.execPath,
    [
      join(home, 'dist/src/blob/main.js'),
      '--inMemoryPersistence',
      '--disableTelemetry',
      '--silent',
      // The client is newer than the server at times, and what Crier uses is old.
      '--skipApiVersionCheck',
      '--blobHost',
      '127.0.0.1',
      '--blobPort',
      '0',
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const listens = Promise.withResolvers<string>();
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
    const [, address] = /successfully listens on (http:\/\/127\.0\.0\.1:\d+)\s/u.exec(said) ?? [];
    if (address !== undefined) listens.resolve(address);
  });
  void exited.then(() => listens.reject(new Error(`azurite ended: ${said}`)));
  return {
    base: `${await listens.promise}/${account}`,
    account,
    key,
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}
