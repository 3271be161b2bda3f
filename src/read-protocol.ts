import { readFile } from 'node:fs/promises';
import type { Protocol } from './protocol/protocol.ts';
import type { ReadBefore } from './read-before.ts';

export type ReadProtocol =
  { readonly ok: true; readonly protocol: Protocol } | { readonly ok: false; readonly words: string };

/**
 * Reads the council's protocol from its file.
 * @returns the words to end with where it can not be read, or with every fault that it has
 */
export async function readProtocol(file: string, before: ReadBefore): Promise<ReadProtocol> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    const words = `The protocol file ${file} can not be read. Give CRIER_PROTOCOL the path of yours.`;
    return { ok: false, words };
  }
  const found = await before.find(text);
  if (found !== undefined) return { ok: true, protocol: found };
  // A start that finds what the last one read does without all of this.
  const { parseProtocol } = await import('./protocol/parse.ts');
  const parsed = parseProtocol(text);
  if (!parsed.ok) {
    const { formatFaults } = await import('./words/protocol-faults.ts');
    return { ok: false, words: formatFaults(parsed.faults, file) };
  }
  // Where it can not be written, the next start reads the file itself.
  void before.keep(parsed.protocol).catch(() => undefined);
  return parsed;
}
