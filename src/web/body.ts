import type { Request, RequestHandler, Response } from 'restify';
import type { Millis } from '../core/time.ts';
import { bodyWords } from '../words/pages.ts';
import { sayJson } from './respond.ts';

/** How much may be sent to us, and how slowly. */
export interface BodyLimits {
  readonly bytes: number;
  /** for the whole body to arrive */
  readonly within: Millis;
}

type Read =
  { readonly read: 'all'; readonly bytes: Buffer } | { readonly read: 'too-large' | 'too-slow' | 'cut-off' };

/** Reads a body as far as its limits allow. */
function readBytes(request: Request, { bytes, within }: BodyLimits): Promise<Read> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (read: Read): void => {
      clearTimeout(timer);
      request.off('data', take).off('end', whole).off('aborted', cut).off('error', cut);
      resolve(read);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > bytes) end({ read: 'too-large' });
      else chunks.push(chunk);
    };
    const whole = (): void => end({ read: 'all', bytes: Buffer.concat(chunks) });
    const cut = (): void => end({ read: 'cut-off' });
    const timer = setTimeout(() => end({ read: 'too-slow' }), within);
    request.on('data', take).on('end', whole).on('aborted', cut).on('error', cut);
  });
}

/** Says no in JSON and ends the connection, since the rest of the body may still be on its way. */
function refuse(response: Response, status: number, error: string): void {
  sayJson(response, status, { error }, { Connection: 'close' });
}

const notJson = Symbol('not JSON');

function parsed(bytes: Buffer): unknown {
  try {
    const body: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return body;
  } catch {
    return notJson;
  }
}

/** @returns whether the body was taken; otherwise the refusal was sent, or nobody is there to be answered */
async function take(request: Request, response: Response, limits: BodyLimits): Promise<boolean> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    refuse(response, 415, bodyWords.notJsonType);
    return false;
  }
  const announced = Number(request.headers['content-length'] ?? 0);
  const read: Read = announced > limits.bytes ? { read: 'too-large' } : await readBytes(request, limits);
  switch (read.read) {
    case 'cut-off':
      return false;
    case 'too-large':
      refuse(response, 413, bodyWords.tooLong);
      return false;
    case 'too-slow':
      refuse(response, 408, bodyWords.tooSlow);
      return false;
    case 'all': {
      const body = parsed(read.bytes);
      if (body === notJson) {
        refuse(response, 400, bodyWords.notJson);
        return false;
      }
      request.body = body;
      return true;
    }
  }
}

/**
 * Puts the JSON that was sent into `request.body`, for the handlers after it. Takes `application/json` alone (415:
 * a form post from any web page would otherwise be taken), at most so many bytes (413) within so long (408); what
 * is not JSON in UTF-8 answers 400. After a refusal no further handler runs.
 */
export function jsonBody(limits: BodyLimits): RequestHandler {
  return (request, response, next) => {
    // Not an async handler: restify takes no `false` from one, and would go on after a refusal.
    const run = async (): Promise<void> => {
      const taken = await take(request, response, limits);
      next(taken ? undefined : false);
    };
    void run();
  };
}
