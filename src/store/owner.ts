import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { withFile } from './file-fault.ts';

/** The hold one process has on a data folder. */
export interface Ownership {
  release(): void;
}

/**
 * Takes a folder for this process. The lock is one of the operating system's, held through a database that
 * has no content, so that it goes with the process however that ends. The process number stands in a file
 * of its own: to open the locked file here a second time would give the lock away when it is closed.
 * @param pid this process's number, for what a second start is told
 * @throws Error that names the process which has the folder
 */
export function takeFolder(folder: string, pid: number | undefined): Ownership {
  const lockFile = join(folder, 'owner.sqlite');
  const pidFile = join(folder, 'owner.pid');
  const lock = withFile(lockFile, () => new DatabaseSync(lockFile));
  try {
    withFile(lockFile, () => {
      lock.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    });
    withFile(pidFile, () => writeFileSync(pidFile, pid === undefined ? '' : `${pid}\n`));
  } catch (fault) {
    lock.close();
    if (!isBusy(fault)) throw fault;
    throw new Error(
      `Another Crier${processIn(pidFile)} is using this folder (${folder}). ` +
        'Stop it first, or give this one a folder of its own.',
      { cause: fault },
    );
  }
  return { release: () => lock.close() };
}

const SQLITE_BUSY = 5;

function isBusy(fault: unknown): boolean {
  return fault instanceof Error && 'errcode' in fault && fault.errcode === SQLITE_BUSY;
}

function processIn(pidFile: string): string {
  try {
    const owner = readFileSync(pidFile, 'utf8').trim();
    return /^\d+$/.test(owner) ? ` (process ${owner})` : '';
  } catch {
    // The owner has the lock, but has not written its number.
    return '';
  }
}
