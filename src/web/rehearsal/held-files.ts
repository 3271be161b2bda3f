import { minutes } from '../../core/time.ts';

/** What may stand in memory of all files together. */
export const mostHeld = 100 * 1024 * 1024;

/** Longer than Crier takes to come for the last file of a message; what it has no use for is not kept for longer. */
const heldFor = minutes(5);

/** Files that somebody sent on the page, in memory until Crier has fetched them. */
export interface HeldFiles {
  /** The oldest make room where there is none. @returns the id by which the file can be had, once */
  readonly hold: (file: File) => string;
  readonly take: (id: string) => File | undefined;
}

/** Holds nothing yet. */
export function createHeldFiles(randomId: () => string): HeldFiles {
  const held = new Map<string, { readonly file: File; readonly over: NodeJS.Timeout }>();
  const take = (id: string): File | undefined => {
    const found = held.get(id);
    clearTimeout(found?.over);
    held.delete(id);
    return found?.file;
  };
  return {
    take,
    hold: (file) => {
      const id = randomId();
      const over = setTimeout(() => held.delete(id), heldFor).unref();
      held.set(id, { file, over });
      let size = 0;
      for (const [each, kept] of [...held].toReversed()) {
        size += kept.file.size;
        if (size > mostHeld) take(each);
      }
      return id;
    },
  };
}
