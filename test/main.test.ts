import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { startAndEnd } from './process/crier.ts';
import { listening } from './peers/listening.ts';

const quietly = { CRIER_PLAYGROUND: 'off' };
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-main-'));
  folders.push(folder);
  return folder;
}

// The whole program is read before it can end, which takes long beside other tests.
describe('a start that cannot be', () => {
  test('names the port that something else uses, and ends', async () => {
    await using other = createServer();
    const { port } = await listening(other);
    const data = await emptyFolder();
    const first = await startAndEnd({ ...quietly, CRIER_DATA: data, PORT: String(port) });
    expect(first.code).toBe(1);
    expect(first.said.trim().split('\n')).toEqual([
      `Crier could not start. Something else on this machine uses port ${port}, perhaps another Crier. ` +
        'Stop it first, or set PORT to another number.',
    ]);
  }, 90_000);

  test('names everything that is wrong at once: settings, accounts and the protocol', async () => {
    const folder = await emptyFolder();
    const protocol = join(folder, 'none.yaml');
    const wrong = { ...quietly, CRIER_DATA: folder, PORT: 'abc', CRIER_PROTOCOL: protocol };
    const { code, said } = await startAndEnd(wrong);
    expect(code).toBe(1);
    expect(said.trim().split('\n')).toEqual([
      'Crier cannot start: one setting is wrong.',
      expect.stringMatching(/^ {2}PORT /u),
      `The protocol file ${protocol} can not be read. Give CRIER_PROTOCOL the path of yours.`,
    ]);
    const production = { MicrosoftAppId: randomUUID(), MicrosoftAppType: 'SingleTenant', PORT: 'abc' };
    const half = await startAndEnd({ ...production, CRIER_DATA: folder, X_MAIN_REHEARSAL: 'yes' });
    expect(half.said).toMatch(/^ {2}PORT /mu);
    expect(half.said).toMatch(/^ {2}X_MAIN_REHEARSAL does not say whether x-main rehearses/mu);
  }, 90_000);

  test('names the folder that nothing can be kept in, and ends', async () => {
    const folder = await emptyFolder();
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    for (const [variable, path] of [
      // It says that it is not there, and takes none all the same: Node's own recursive mkdir never ends there.
      ['CRIER_DATA', '/proc/crier/below'],
      ['CRIER_ANCHORS', join(file, 'below')],
    ] as const) {
      const { code, said } = await startAndEnd({ ...quietly, CRIER_DATA: folder, [variable]: path });
      expect(code).toBe(1);
      expect(said.trim().split('\n')).toEqual([
        `Crier could not start. The folder ${path} cannot be made or written to, or is no folder. ` +
          `Set ${variable} to one that this account may write to.`,
      ]);
    }
  }, 90_000);
});
