import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A file of ours that pages load, under an address that changes with its bytes. */
export interface Asset {
  readonly path: string;
  readonly address: string;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Reads a file once, to be given under a path. */
export function asset(path: string, from: string | URL, contentType: string): Asset {
  const body = readFileSync(from);
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12);
  return { path, address: `${path}?v=${hash}`, contentType, body };
}
