import { createHash } from 'node:crypto';

/** What a document may hold. `undefined` never appears: an absent field is left out. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The one text form of a value: keys sorted by code unit, no white space. Hashes and stored plan bytes
 * are over this form, so that two equal values always have the same hash.
 */
export function canonical(value: unknown): string {
  // Every write hashes with this, so it makes no lists that it does not need.
  if (Array.isArray(value)) {
    let text = '';
    for (const item of value) text += `${text === '' ? '' : ','}${canonical(item ?? null)}`;
    return `[${text}]`;
  }
  if (value !== null && typeof value === 'object') {
    const fields = new Map<string, unknown>(Object.entries(value));
    let text = '';
    // Without a comparison of its own `sort` goes by code unit.
    for (const key of [...fields.keys()].sort()) {
      const field = fields.get(key);
      if (field !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(field)}`;
    }
    return `{${text}}`;
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
    return fieldsOf(Object.entries(value));
  }
  throw new Error(`a document cannot hold a ${typeof value}`);
}

/** @returns the fields of an object as a document keeps them, absent ones left out; throws as `asJson` does */
export function asFields(value: Readonly<Record<string, unknown>>): Readonly<Record<string, Json>> {
  return fieldsOf(Object.entries(value));
}

function fieldsOf(entries: readonly (readonly [string, unknown])[]): Readonly<Record<string, Json>> {
  const kept: Record<string, Json> = {};
  for (const [key, field] of entries) if (field !== undefined) kept[key] = asJson(field);
  return kept;
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
