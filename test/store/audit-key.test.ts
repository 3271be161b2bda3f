import fs, { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { auditKeyFrom } from '../../src/store/audit-key.ts';

/** No test fills a disk: a file is made on a full one, and has no room for what is written into it. */
function fillDisk(): () => void {
  const { writeFileSync } = fs;
  const full = vi.spyOn(fs, 'writeFileSync').mockImplementation((file) => {
    writeFileSync(file, '');
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  });
  syncBuiltinESMExports();
  return () => {
    full.mockRestore();
    syncBuiltinESMExports();
  };
}

test('a first key for which there is no room names its file and CRIER_DATA, and leaves nothing half made', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crier-key-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'audit.key');
  const makeRoom = fillDisk();
  onTestFinished(makeRoom);
  expect(() => auditKeyFrom({ from: 'file', path })).toThrow(
    `There is no room for the file ${path}. Make room on its disk, or set CRIER_DATA to a folder on another one.`,
  );
  expect(readdirSync(folder)).toEqual([]);
  makeRoom();
  expect(auditKeyFrom({ from: 'file', path })).toHaveLength(32);
});
