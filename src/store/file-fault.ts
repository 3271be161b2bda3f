import { codeOf } from '../core/code-of.ts';

/** Results of SQLite, without what they have in their higher bits (sqlite.org/rescode.html). */
const results: ReadonlyMap<number, Trouble> = new Map([
  [3, 'not-ours'],
  [8, 'not-ours'],
  [14, 'not-ours'],
  [26, 'foreign'],
  [11, 'damaged'],
  [10, 'disk'],
  [13, 'full'],
]);

/** What the operating system says of a file. */
const codes: Readonly<Record<string, Trouble>> = {
  EACCES: 'not-ours',
  EPERM: 'not-ours',
  EROFS: 'not-ours',
  EISDIR: 'not-ours',
  EIO: 'disk',
  ENOSPC: 'full',
  EDQUOT: 'full',
};

type Trouble = 'not-ours' | 'foreign' | 'damaged' | 'disk' | 'full';

const said: Readonly<Record<Trouble, (file: string) => string>> = {
  'not-ours': (file) =>
    `The file ${file} cannot be read and written by the account that Crier runs as, or is no file. Give that account the folder and all that is in it, or set CRIER_DATA to another folder.`,
  foreign: (file) =>
    `The file ${file} is none that Crier made. Put back the one that was there, or set CRIER_DATA to another folder.`,
  damaged: (file) =>
    `The file ${file} is damaged. Put back a copy of it, or set CRIER_DATA to another folder.`,
  disk: (file) =>
    `The disk could not read or write the file ${file}. Look after the disk, or set CRIER_DATA to a folder on another one.`,
  full: (file) =>
    `There is no room for the file ${file}. Make room on its disk, or set CRIER_DATA to a folder on another one.`,
};

/** Says of a file in the data folder that it is none of ours. */
export const foreignFile = (file: string): Error => new Error(said.foreign(file));

/**
 * Does what opens or reads a file in the data folder.
 * @throws Error that names the file and the setting, where the file or its disk is why that fails
 */
export function withFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (fault) {
    const trouble = troubleOf(fault);
    throw trouble === undefined ? fault : new Error(said[trouble](file), { cause: fault });
  }
}

function troubleOf(fault: unknown): Trouble | undefined {
  if (fault instanceof Error && 'errcode' in fault && typeof fault.errcode === 'number')
    return results.get(fault.errcode % 256);
  return codes[codeOf(fault) ?? ''];
}
