import { unlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { codeOf } from '../core/code-of.ts';
import { cannotKeepWords } from '../words/connect.ts';

/** A file that is there from the beginning, empty, so that nobody finds out at the end that it cannot be written. */
export interface NewFile {
  /** @throws with words; what was to be written can go elsewhere then */
  write(text: string): Promise<void>;
  /** takes it away, as if it had never been, unless something was written */
  giveUp(): void;
}

/**
 * Makes a file that only whoever makes it may read.
 * @throws with words, before anything is asked
 */
export async function newFile(path: string): Promise<NewFile> {
  const handle = await open(path, 'wx', 0o600).catch((fault: unknown) => {
    throw new Error(
      codeOf(fault) === 'EEXIST'
        ? cannotKeepWords.fileThere(path)
        : cannotKeepWords.noFile(path, codeOf(fault)),
    );
  });
  let isOurs = true;
  const takeAway = (): void => {
    if (!isOurs) return;
    isOurs = false;
    unlinkSync(path);
  };
  return {
    write: async (text) => {
      try {
        await handle.writeFile(text);
        await handle.sync();
        isOurs = false;
      } catch (fault) {
        takeAway();
        throw new Error(cannotKeepWords.noFile(path, codeOf(fault)));
      } finally {
        await handle.close();
      }
    },
    giveUp: () => {
      if (isOurs) void handle.close();
      takeAway();
    },
  };
}
