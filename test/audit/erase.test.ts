import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { eraseTexts } from '../../scripts/erase.ts';
import { passedOn } from '../journeys/beginnings.ts';
import { openCouncil } from '../journeys/council.ts';
import { bareEnvironment } from '../process/crier.ts';

const run = promisify(execFile);
const project = join(import.meta.dirname, '../..');
const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
let folder: string;

const environment = (): Record<string, string> => ({
  CRIER_DATA: folder,
  CRIER_AUDIT_KEY: key(7),
});

async function erase(given: string, env: Readonly<Record<string, string>> = {}) {
  try {
    return { done: true, said: await eraseTexts(given.split(' '), { ...environment(), ...env }) };
  } catch (fault) {
    return { done: false, said: fault instanceof Error ? fault.message : '' };
  }
}

/** #1 is public, #2 is a draft, #3 was sent back with a note, #4 waits for a decision, #5 was taken down. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-erase-'));
  await using council = await openCouncil();
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  await passedOn(council, 'Liverpool Road is closed.');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.quiet();
  await nadia.say('propose Moor Lane is closed.');
  await nadia.say('propose Sandy Lane is closed.');
  await nadia.press('Send to Communications');
  await ellen.press('Send back with a note', { note: 'Which end?' });
  await nadia.say('propose Park Lane is closed.');
  await nadia.press('Send to Communications');
  await passedOn(council, 'Wetherby Road is closed.');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.quiet();
  await ellen.say('remove 5');
  await council.quiet();
  await cp(council.folder, folder, { recursive: true });
});

afterAll(() => rm(folder, { recursive: true }));

/** The files of the folder in which a word stands anywhere, written large or small. */
async function filesWith(word: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const named = files.filter((file) => file.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const found = await Promise.all(
    named.map(async (file) => (await readFile(file, 'latin1')).toLowerCase().includes(word.toLowerCase())),
  );
  return named.filter((_, n) => found[n]).map((file) => relative(folder, file));
}

const decided = '--as claire-whitworth';

describe('npm run erase', () => {
  test('takes only a clause that the protocol has, and lists those', async () => {
    const { done, said } = await erase(`2 --clause 9.9 ${decided}`);
    expect(done).toBe(false);
    expect(said).toContain('the protocol has no clause 9.9.');
    expect(said).toContain('\n  5.1   the rule DAT-5\n');
    expect(said).toContain('\n  7.1   how long records of the kind "post" are kept\n');
  });

  test('is decided by the Head of Communications or the Monitoring Officer, and nobody else', async () => {
    for (const as of ['nadia-hartley', 'ellen-rimmer']) {
      const { done, said } = await erase(`2 --clause 7.1 --as ${as}`);
      expect(done).toBe(false);
      expect(said).toContain('claire-whitworth (Claire Whitworth) or martin-sedgwick (Martin Sedgwick).');
    }
    expect((await erase('2 --clause 7.1 --as claire')).said).toContain('claire is nobody of the protocol');
  });

  test('leaves alone what the public reads, or may come to read', async () => {
    const standing = await erase(`1 --clause 7.1 ${decided}`);
    expect(standing).toMatchObject({ done: false });
    expect(standing.said).toContain('post #1 is public');
    expect(standing.said).toContain('"remove 1"');
    const waiting = await erase(`4 --clause 7.1 ${decided}`);
    expect(waiting).toMatchObject({ done: false });
    expect(waiting.said).toContain('post #4 may still go out');
    expect((await erase(`1 --clause 7.1 ${decided} --names note`)).said).toMatch(/^Nothing to erase: .*: /u);
  });

  test('says what went, and of a second time and of a name that is none that nothing did', async () => {
    const note = `3 --clause 7.1 ${decided} --names note`;
    const one = 'One text of post #3 was erased under clause 7.1. The record still verifies.';
    expect(await erase(note)).toEqual({ done: true, said: one });
    const gone = await erase(note);
    expect(gone.done).toBe(true);
    expect(gone.said).toBe(
      'Nothing to erase: no text of post #3 is meant by that. Its texts: text. Nothing was changed.',
    );
    expect((await erase(`3 --clause 5.1 ${decided}`)).said).toMatch(
      /^One text of post #3 was erased under clause 5\.1/u,
    );
    expect((await erase(`3 --clause 5.1 ${decided}`)).said).toBe(
      'Nothing to erase: post #3 has no texts in its record any more. Nothing was changed.',
    );
    expect((await erase(`77 --clause 5.1 ${decided}`)).said).toContain('There is no post #77');
  });

  test('leaves none of the words in any file of the folder', async () => {
    const database = new DatabaseSync(join(folder, 'crier.sqlite'));
    database.exec(`CREATE TABLE earlier AS SELECT 'Wetherby, erased long ago' AS words; DROP TABLE earlier`);
    // Earlier releases kept in an account where its last post stands.
    database.exec(
      `UPDATE documents SET body = replace(body, '"last":{', '"last":{"url":"https://news/5-wetherby-road",') WHERE kind = 'account'`,
    );
    expect(
      database
        .prepare(`SELECT count(*) AS kept FROM documents WHERE kind = 'account' AND body LIKE '%wetherby%'`)
        .get(),
    ).toEqual({ kept: 3 });
    database.close();
    expect(await filesWith('Wetherby, erased long ago')).toEqual(['crier.sqlite']);
    expect(await filesWith('Wetherby Road')).toEqual(['crier.sqlite']);
    const { said } = await erase(`5 --clause 7.1 ${decided}`);
    expect(said).toContain('One text of post #5 was erased under clause 7.1');
    expect(await filesWith('Wetherby')).toEqual([]);
    expect(await filesWith('Liverpool')).toEqual(['crier.sqlite']);
  });

  test('writes nothing by another key than the record has', async () => {
    const { done, said } = await erase(`2 --clause 7.1 ${decided}`, { CRIER_AUDIT_KEY: key(8) });
    expect(done).toBe(false);
    expect(said).toContain('CRIER_AUDIT_KEY');
  });

  test('as a command ends with 1 and says why', async () => {
    const env = { ...bareEnvironment(), ...environment() };
    const ended: unknown = await run(process.execPath, ['scripts/erase.ts', '2'], {
      cwd: project,
      env,
    }).catch((fault: unknown) => fault);
    const { code, stderr } = z.object({ code: z.number(), stderr: z.string() }).parse(ended);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Say which post, under which clause .* who decided it: npm run erase -- /u);
  });

  test('makes no folder where nothing is kept', async () => {
    const nowhere = join(folder, 'nowhere');
    for (const env of [{}, { CRIER_AUDIT_KEY: '' }]) {
      const { done, said } = await erase(`2 --clause 7.1 ${decided}`, { CRIER_DATA: nowhere, ...env });
      expect(done).toBe(false);
      expect(said).toContain('CRIER_DATA');
    }
    expect(existsSync(nowhere)).toBe(false);
  });
});
