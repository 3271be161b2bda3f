import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseProtocol } from '../src/protocol/parse.ts';
import { readBefore } from '../src/read-before.ts';
import { readProtocol, type ReadProtocol } from '../src/read-protocol.ts';

/** @throws where there was no fault */
function formatted(read: ReadProtocol) {
  if (read.ok) throw new Error('a file with a fault was read');
  return read;
}

const sample = await readFile(new URL('../protocol.yaml', import.meta.url), 'utf8');
const parsed = parseProtocol(sample);
if (!parsed.ok) throw new Error('the sample has faults');
const { protocol } = parsed;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-read-before-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('what the last start read is found again, the same to the last field', async () => {
  expect(await readBefore(folder).find(sample)).toBeUndefined();
  await readBefore(folder).keep(protocol);
  expect(await readBefore(folder).find(sample)).toStrictEqual(protocol);
});

test('one changed letter, other code or other packages: the file is read anew', async () => {
  await readBefore(folder, 'this code').keep(protocol);
  expect(await readBefore(folder, 'this code').find(sample)).toStrictEqual(protocol);
  expect(await readBefore(folder, 'this code').find(`${sample} `)).toBeUndefined();
  expect(await readBefore(folder, 'another').find(sample)).toBeUndefined();
  expect(await readBefore(folder).find(sample)).toBeUndefined();
});

test('what is kept is one file, and of the last protocol; cut short or changed, it counts for nothing', async () => {
  await readBefore(folder).keep({ ...protocol, text: 'another' });
  await readBefore(folder).keep(protocol);
  const [name = '', ...others] = await readdir(folder);
  expect(others).toEqual([]);
  const kept = await readFile(join(folder, name), 'utf8');
  for (const spoilt of ['', kept.slice(0, -1), kept.replace('approver', 'Approver'), kept.slice(100)]) {
    await writeFile(join(folder, name), spoilt);
    expect(await readBefore(folder).find(sample)).toBeUndefined();
  }
});

test('where Node keeps nothing, or the folder can not be written, a start reads the file', async () => {
  const file = join(folder, 'protocol.yaml');
  await writeFile(file, sample);
  const nowhere = readBefore(join(file, 'no-folder'));
  for (const before of [
    readBefore(undefined),
    nowhere,
    { ...nowhere, keep: async () => await Promise.reject(new Error('full')) },
  ])
    expect(await readProtocol(file, before)).toStrictEqual(parsed);
  await expect(nowhere.keep(protocol)).rejects.toThrow('ENOTDIR');
});

test('a fault ends the start each time, also once a file without one was kept', async () => {
  const file = join(folder, 'protocol.yaml');
  const before = readBefore(folder);
  await before.keep(protocol);
  await writeFile(file, sample);
  expect(await readProtocol(file, before)).toStrictEqual(parsed);
  await writeFile(file, sample.replace('council:', 'counsel:'));
  const { words } = formatted(await readProtocol(file, before));
  expect(words).toContain('counsel');
  expect(await readProtocol(file, before)).toEqual({ ok: false, words });
  expect(await readProtocol(join(folder, 'none.yaml'), before)).toMatchObject({ ok: false });
});
