import { mkdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Linux keeps files in memory. */
const inMemory = '/dev/shm';
/** Films, databases and browsers of three workers take a few hundred MB between them. */
const roomWanted = 2 * 1024 ** 3;

/**
 * Where the tests of this run keep what they write. Each commit of a store waits for the disk, which on a small machine
 * was a fifth of the time of all journeys; what a test says of crashes is about processes that die, and not about power.
 */
export const quickFolder = join(hasRoom() ? inMemory : tmpdir(), `crier-tests-${String(process.pid)}`);

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(inMemory);
    return bavail * bsize > roomWanted;
  } catch {
    // This system has no such place.
    return false;
  }
}

/** Makes the folder before the first test. @returns what removes it after the last */
export default function openQuickFolder(): () => void {
  mkdirSync(quickFolder, { recursive: true });
  return () => rmSync(quickFolder, { recursive: true, force: true });
}
