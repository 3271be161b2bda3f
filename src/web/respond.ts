import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'restify';

const gzipped = promisify(gzip);

/** An answer before it is known whether the asker has it already. */
export interface Answer {
  readonly status: number;
  /** with its charset where it is text */
  readonly contentType: string;
  readonly body: string | Uint8Array;
  readonly cache: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How long what may be kept. Nothing that a removal must reach is kept by a shared cache for more than a minute. */
export const caching = {
  /** asked again every time; a shared cache may spare us a flood for 10 seconds */
  page: 'public, max-age=0, s-maxage=10, must-revalidate',
  /** its address changes with its bytes */
  asset: 'public, max-age=31536000, immutable',
  /** the bytes of an address never change, but they can be taken down */
  picture: 'public, max-age=31536000, s-maxage=60, immutable',
  never: 'no-store',
} as const;

/** Texts shorter than this are sent as they are. */
const worthPacking = 1024;

function accepts(request: Request, coding: string): boolean {
  const header = request.headers['accept-encoding'];
  if (typeof header !== 'string') return false;
  return header.split(',').some((part) => {
    const [name = '', ...settings] = part.split(';').map((piece) => piece.trim().toLowerCase());
    return name === coding && !settings.some((setting) => /^q=0(\.0*)?$/.test(setting));
  });
}

/** RFC 9110: `If-None-Match` compares weakly, may list several tags, and `*` takes any. */
function alreadyHas(request: Request, tag: string): boolean {
  const header = request.headers['if-none-match'];
  if (header === undefined) return false;
  return header
    .split(',')
    .map((each) => each.trim().replace(/^W\//, ''))
    .some((each) => each === '*' || each === tag);
}

/**
 * Sends an answer: its strong ETag is over the very bytes sent (so the packed form has its own), 304 when the
 * asker has them, the headers alone for HEAD.
 */
export async function respond(request: Request, response: Response, answer: Answer): Promise<void> {
  let body = typeof answer.body === 'string' ? Buffer.from(answer.body) : Buffer.from(answer.body);
  const headers: Record<string, string> = { 'Cache-Control': answer.cache, ...answer.headers };
  if (/^(text|application)\//.test(answer.contentType)) {
    headers['Vary'] = 'Accept-Encoding';
    if (body.length >= worthPacking && accepts(request, 'gzip')) {
      body = await gzipped(body);
      headers['Content-Encoding'] = 'gzip';
    }
  }
  if (answer.status === 200 && answer.cache !== caching.never) {
    const tag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    headers['ETag'] = tag;
    if (alreadyHas(request, tag)) {
      delete headers['Content-Encoding'];
      response.sendRaw(304, '', headers);
      return;
    }
  }
  headers['Content-Type'] = answer.contentType;
  headers['Content-Length'] = String(body.length);
  response.sendRaw(answer.status, body, headers);
}

/** Sends JSON that nobody may keep, or nothing but the status. */
export function sayJson(
  response: Response,
  status: number,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.sendRaw(status, body === undefined ? '' : JSON.stringify(body), {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': caching.never,
    ...headers,
  });
}
