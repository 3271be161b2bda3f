import { access, constants, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../core/code-of.ts';

/**
 * Makes a folder, for this account only, where there is none, and checks that this process may write there.
 * @throws when it cannot be made or written to
 */
export async function makeFolder(folder: string): Promise<void> {
  await made(folder);
  await access(folder, constants.W_OK | constants.X_OK);
}

/**
 * Step by step: Node's own `recursive` never ends where a folder says that it is not there and takes none all the
 * same, as below /proc.
 */
async function made(folder: string): Promise<void> {
  const missing = await mkdir(folder, { mode: 0o700 }).then(
    () => false,
    (fault: unknown) => {
      const code = codeOf(fault);
      if (code === 'EEXIST') return false;
      if (code === 'ENOENT' && dirname(folder) !== folder) return true;
      throw fault;
    },
  );
  if (!missing) return;
  await made(dirname(folder));
  await mkdir(folder, { mode: 0o700 });
}
