import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AuditKeySource } from '../core/audit.ts';
import { codeOf } from '../core/code-of.ts';
import { withFile } from './file-fault.ts';

const keyBytes = 32;

/**
 * The key of the audit chains. A file that is not there is made with a fresh key, for this account only.
 * @throws Error when the file holds something else than a key
 */
export function auditKeyFrom(source: AuditKeySource): Uint8Array {
  return source.from === 'variable' ? source.key : (readKey(source.path) ?? makeKey(source.path));
}

/**
 * The key as it is, for a tool that reads: without a key there is nothing to check against.
 * @throws Error when there is none
 */
export function existingAuditKey(source: AuditKeySource): Uint8Array {
  const key = source.from === 'variable' ? source.key : readKey(source.path);
  if (key === undefined)
    throw new Error(
      'There is no audit key. Give CRIER_AUDIT_KEY, and CRIER_DATA as Crier runs with it, or start Crier once.',
    );
  return key;
}

function readKey(path: string): Uint8Array | undefined {
  let text: string;
  try {
    text = withFile(path, () => readFileSync(path, 'utf8'));
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') return undefined;
    throw fault;
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === keyBytes) return key;
  throw new Error(`The file ${path} does not hold an audit key. Put back the one that was there.`);
}

/** The file appears whole or not at all, and the first of two processes that make it wins. */
function makeKey(path: string): Uint8Array {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  const fresh = `${randomBytes(keyBytes).toString('base64')}\n`;
  withFile(path, () => {
    try {
      writeFileSync(draft, fresh, { mode: 0o600, flush: true });
      linkSync(draft, path);
    } catch (fault) {
      if (codeOf(fault) !== 'EEXIST') throw fault;
    } finally {
      // A disk without room leaves an empty one, or none.
      rmSync(draft, { force: true });
    }
  });
  const key = readKey(path);
  if (key === undefined) throw new Error(`The audit key ${path} was taken away while it was made.`);
  return key;
}
