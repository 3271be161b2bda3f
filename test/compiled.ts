import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startAndEnd } from './process/crier.ts';

/** Where Node keeps what it compiled: `npm start` has it there, too. */
export const compiled = fileURLToPath(new URL('../node_modules/.cache/crier', import.meta.url));

/**
 * Before the first test, Crier is started once and ends by itself, which keeps what it compiled, in a clean checkout
 * too. The tests' processes would each compile all of it: those that are killed keep nothing, and the first ones start
 * at the same time.
 */
export default async function compileOnce(): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'crier-compiled-'));
  try {
    await startAndEnd({ NODE_COMPILE_CACHE: compiled, CRIER_DATA: data });
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}
