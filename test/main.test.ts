import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-main-'));
  folders.push(folder);
  return folder;
}

/** Starts the real process, which cannot start, and waits until it has ended. */
async function ended(env: Readonly<Record<string, string>>): Promise<{ code: unknown; said: string }> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], CRIER_PLAYGROUND: 'off', ...env },
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close') as Promise<unknown[]>]);
  return { code, said };
}

// The whole program is read before it can end, which takes long beside other tests.
describe('a start that cannot be', () => {
  test('names the port that something else uses, and ends', async () => {
    await using other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const data = await emptyFolder();
    const first = await ended({ CRIER_DATA: data, PORT: String(port) });
    expect(first.code).toBe(1);
    expect(first.said.trim().split('\n')).toEqual([
      `Crier could not start. Something else on this machine uses port ${port}, perhaps another Crier. ` +
        'Stop it first, or set PORT to another number.',
    ]);
  }, 90_000);

  test('names the data folder that nothing can be kept in, and ends', async () => {
    const file = join(await emptyFolder(), 'a-file');
    await writeFile(file, '');
    const data = join(file, 'below');
    const { code, said } = await ended({ CRIER_DATA: data, PORT: '0' });
    expect(code).toBe(1);
    expect(said.trim().split('\n')).toEqual([
      `Crier could not start. The folder ${data} can not be written to, or is no folder. ` +
        'Set CRIER_DATA to one that this account may write to.',
    ]);
  }, 90_000);
});
