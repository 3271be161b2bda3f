import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from '../core/code-of.ts';
import { notReached } from '../core/not-reached.ts';
import type { PutResult } from '../core/store.ts';

/** Somebody else wrote first. */
export const conflict: PutResult = { put: false, reason: 'conflict' };

/** The id is taken. */
export const CONFLICT: readonly number[] = [409];
/** The document is gone, or has another version. */
export const LOST: readonly number[] = [404, 412];
/** The service met another write of the document half-way and asks for the same request again. */
const RETRY_WITH = 449;
const TRIES = 6;

/** Makes a write hold only for the version that it was decided on. */
export function ifMatch(version: string): { accessCondition: { type: 'IfMatch'; condition: string } } {
  return { accessCondition: { type: 'IfMatch', condition: version } };
}

/** Writes, and makes the answers that mean a lost race a value. The client itself waits and repeats on 429. */
export async function put(
  lost: readonly number[],
  write: () => Promise<{ readonly etag: string }>,
): Promise<PutResult> {
  for (let tried = 1; ; tried += 1) {
    try {
      return { put: true, version: (await write()).etag };
    } catch (fault) {
      const code = statusOf(fault);
      if (code !== undefined && lost.includes(code)) return conflict;
      if (code !== RETRY_WITH || tried === TRIES) throw fault;
      await pause(10 * 2 ** tried);
    }
  }
}

/** Reads one document; what is not there is no fault. */
export async function absentIfNotFound<R>(
  read: () => Promise<{ readonly resource?: R | undefined }>,
): Promise<{ readonly resource?: R | undefined }> {
  try {
    return await read();
  } catch (fault) {
    if (statusOf(fault) === 404) return {};
    throw fault;
  }
}

/** The status that the service answered with; undefined for a fault of another kind. */
export function statusOf(fault: unknown): number | undefined {
  return fault instanceof Error && 'code' in fault && typeof fault.code === 'number' ? fault.code : undefined;
}

/** Why the service could not be used at all; undefined for what the container or we ourselves object to. */
export function cosmosFault(fault: unknown): 'not-let-in' | 'forbidden' | 'not-reached' | undefined {
  const status = statusOf(fault);
  if (status === 401) return 'not-let-in';
  if (status === 403) return 'forbidden';
  const isAway = status === 408 || (status !== undefined && status >= 500) || codeOf(fault) !== undefined;
  return isAway || notReached(fault) ? 'not-reached' : undefined;
}
