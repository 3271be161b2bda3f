import { createHash, hash, type Hash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Protocol } from './protocol/protocol.ts';

/**
 * What a protocol file was read as, kept beside what Node compiled and for the same reason: to read and check it takes
 * a tenth of a start, and the next start nearly always finds the same file. Whoever can write there can also change
 * the code that Node runs. Only what was found without a fault is kept, and it counts for the very text, code and
 * packages that it was read by.
 */
export interface ReadBefore {
  /** @returns what this text was read as by the last start; undefined when that read another, or nothing is kept */
  readonly find: (text: string) => Promise<Protocol | undefined>;
  /** Keeps it for the next start in place of what was kept. @throws where that can not be written */
  readonly keep: (protocol: Protocol) => Promise<void>;
}

/** Where Node keeps nothing of what it compiles, neither does Crier. */
const nothingKept: ReadBefore = {
  find: async () => await Promise.resolve(undefined),
  keep: async () => await Promise.resolve(),
};

/**
 * @param folder where Node keeps what it compiled; undefined: nowhere
 * @param code what tells the code and packages from all others
 */
export function readBefore(folder: string | undefined, code: string = codeHash()): ReadBefore {
  if (folder === undefined) return nothingKept;
  const file = join(folder, 'protocol-read');
  const keyOf = (text: string): string => hash('sha256', `${code}\n${text}`);
  return {
    find: async (text) => {
      const kept = await readFile(file, 'utf8').catch(() => '');
      const [key = '', sum = ''] = kept.split('\n', 2);
      const body = kept.slice(key.length + sum.length + 2);
      if (key !== keyOf(text) || sum !== hash('sha256', body)) return undefined;
      return { ...written.parse(JSON.parse(body)), text };
    },
    keep: async ({ text, ...read }) => {
      const key = keyOf(text);
      const body = JSON.stringify(read);
      // Whoever reads meanwhile finds the old one whole; should two write at once, the sum tells what is half of it.
      const unfinished = `${file}-${key.slice(0, 16)}`;
      await mkdir(folder, { recursive: true });
      await writeFile(unfinished, `${key}\n${hash('sha256', body)}\n${body}`);
      await rename(unfinished, file);
    },
  };
}

/** Its sum says that it is what `keep` wrote, which no schema would say better. */
const written = z.custom<Omit<Protocol, 'text'>>((read) => typeof read === 'object' && read !== null);

/** Of everything by which a protocol is read: our code, and the packages that it runs on. */
function codeHash(): string {
  const whole = createHash('sha256');
  for (const folder of ['protocol', 'core']) addFolder(whole, new URL(`./${folder}/`, import.meta.url));
  whole.update(readFileSync(new URL('../package-lock.json', import.meta.url)));
  return whole.digest('hex');
}

function addFolder(whole: Hash, folder: URL): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) addFolder(whole, new URL(`${entry.name}/`, folder));
    else if (entry.name.endsWith('.ts'))
      whole.update(entry.name).update(readFileSync(new URL(entry.name, folder)));
  }
}
