import { createHash } from 'node:crypto';

/** What a document may hold. `undefined` never appears: an absent field is left out. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The one text form of a value: keys sorted by code unit, no white space. Hashes and stored plan bytes
 * are over this form, so that two equal values always have the same hash.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`);
    return `{${fields.join(',')}}`;
  }
  return JSON.stringify(value);
}

/**
 * @returns the value as a document keeps it, absent fields left out
 * @throws on what no document can hold (a function, a bigint, NaN, an object with a class)
 */
export function asJson(value: unknown): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((item) => asJson(item ?? null));
  if (typeof value === 'object' && isPlain(value)) {
    const kept: Record<string, Json> = {};
    for (const [key, field] of Object.entries(value)) if (field !== undefined) kept[key] = asJson(field);
    return kept;
  }
  throw new Error(`a document cannot hold a ${typeof value}`);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** @returns the SHA-256 of a text or of bytes, in base64url (43 characters of `[A-Za-z0-9_-]`) */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('base64url');
}

/**
 * An id that follows from its parts, so that making the same thing twice meets the first one.
 * The result matches `[A-Za-z0-9_-]{1,100}`, which both stores accept.
 */
export function idFrom(prefix: string, ...parts: readonly string[]): string {
  return `${prefix}-${sha256(canonical(parts)).slice(0, 22)}`;
}
