import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { audit } from '../scripts/audit.ts';
import { firstUseKind, kinds } from '../src/kinds.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { startAndEnd } from './process/crier.ts';
import { freePort, listening } from './peers/listening.ts';

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
    // Whatever it is started as next, nothing of it is used yet.
    const store = await openSqlite({ folder: data, kinds, council: 'www.sefton.gov.uk', written: 'here' });
    try {
      expect(await store.get(firstUseKind.kind, 'store')).toBeUndefined();
    } finally {
      await store.close();
    }
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

  test('names the file that is none of ours, or that it cannot use, and ends', async () => {
    const said = async (data: string): Promise<readonly string[]> => {
      const { code, said } = await startAndEnd({ ...quietly, CRIER_DATA: data });
      expect(code).toBe(1);
      return said.trim().split('\n');
    };
    const none = (file: string): string =>
      `Crier could not start. The file ${file} is none that Crier made. Put back the one that was there, or set CRIER_DATA to another folder.`;
    for (const name of ['crier.sqlite', 'owner.sqlite']) {
      const data = await emptyFolder();
      await writeFile(join(data, name), 'a letter of somebody, which is no database at all'.repeat(100));
      expect(await said(data)).toEqual([none(join(data, name))]);
    }
    const data = await emptyFolder();
    const theirs = new DatabaseSync(join(data, 'crier.sqlite'));
    theirs.exec('CREATE TABLE bookings (id INTEGER)');
    theirs.close();
    expect(await said(data)).toEqual([none(join(data, 'crier.sqlite'))]);
    for (const name of ['crier.sqlite', 'audit.key']) {
      const data = await emptyFolder();
      await mkdir(join(data, name));
      expect(await said(data)).toEqual([
        expect.stringContaining(
          `The file ${join(data, name)} cannot be read and written by the account that Crier runs as`,
        ),
      ]);
    }
  }, 90_000);

  test('leaves alone what a rehearsal wrote once it is real, and what is real in a rehearsal; the audit reads either', async () => {
    const folder = await emptyFolder();
    const CRIER_AUDIT_KEY = randomBytes(32).toString('base64');
    const settings = (name: string) => ({ CRIER_DATA: join(folder, name), CRIER_AUDIT_KEY });
    const real = {
      MicrosoftAppId: randomUUID(),
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: randomUUID(),
      MicrosoftAppPassword: 'the-client-secret-of-this-test',
      CRIER_PUBLIC_URL: 'https://news.sefton.example',
      HOST: '127.0.0.1',
    };
    for (const [name, first, then, words] of [
      ['rehearsed', quietly, real, "is a rehearsal's"],
      ['real', real, quietly, "is a real council's"],
    ] as const) {
      const { code } = await startAndEnd({ ...settings(name), ...first });
      expect(code).toBe(0);
      const other = await startAndEnd({ ...settings(name), ...then });
      expect(other.code).toBe(1);
      expect(other.said).toContain(`Crier could not start. The data in ${join(folder, name)} ${words}`);
      expect(other.said).toContain('Set CRIER_DATA to a new folder');
      expect((await audit(settings(name))).code).toBe(0);
    }
  }, 90_000);

  test('names the variable of a Cosmos DB that is not there, soon', async () => {
    const port = String(await freePort());
    const { code, said } = await startAndEnd({
      ...quietly,
      CRIER_DATA: await emptyFolder(),
      STORE: 'cosmos',
      COSMOS_ENDPOINT: `https://127.0.0.1:${port}/`,
      COSMOS_KEY: 'a2V5',
    });
    expect(code).toBe(1);
    expect(said.trim().split('\n')).toEqual([
      expect.stringMatching(
        `^Crier could not start\\. Cosmos DB at 127\\.0\\.0\\.1:${port} could not be reached.* Check COSMOS_ENDPOINT`,
      ),
    ]);
  }, 30_000);
});
