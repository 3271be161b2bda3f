import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess } from '../process/crier.ts';

/** Crier as `npm start` runs it, in a rehearsal: a process of its own with a fresh data folder on a free port. */
export interface RunningCrier extends AsyncDisposable {
  /** without a slash at the end */
  readonly url: string;
  /** empty again when Crier is gone */
  readonly folder: string;
  /** what it printed */
  readonly said: () => string;
}

/** Starts Crier, its simulator expected on that port, and resolves when it listens. Throws with what it said if not. */
export async function startCrier(simulatorPort: number): Promise<RunningCrier> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-loop-'));
  const remove = async (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const { url, said, stop } = await startProcess({
      CRIER_DATA: join(folder, 'data'),
      CRIER_PLAYGROUND: 'off',
      CRIER_PLAYGROUND_PORT: String(simulatorPort),
    });
    return {
      url,
      folder,
      said,
      async [Symbol.asyncDispose]() {
        await stop();
        await remove();
      },
    };
  } catch (fault) {
    await remove();
    throw fault;
  }
}
