import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { bodyOf, send, type Answer } from './faults.ts';
import { beginnings, filmBytes } from './film-bytes.ts';

export const videoHost = 'video.bsky.app';

/** A film as a record shows it. */
export interface BlueskyFilm {
  readonly hash: string;
  readonly size: number;
  readonly alt?: string | undefined;
  readonly shape?: { readonly width: number; readonly height: number } | undefined;
  readonly captions: readonly { readonly language: string; readonly text: string }[];
}

/** What goes wrong with films from now on. */
export interface BlueskyFilmFaults {
  /** the pieces that come next get no answer, taken or not */
  loses: { readonly pieces: number; readonly taken: boolean };
  /** the next upload is ended, and nobody is told */
  losesEnd: boolean;
  /** no film that comes from now on can be read */
  spoils: boolean;
  /** the next upload is refused with this name */
  refuses: string | undefined;
  /** it knows nothing of any upload, or the account's server nothing of any film that came of one */
  forgets: 'uploads' | 'films' | undefined;
}

/** What the service needs of the account's server. */
export interface AccountServer {
  /** when a token ends that lets the service bring a file; undefined for any other */
  readonly until: (token: string) => number | undefined;
  readonly put: (bytes: Buffer, mimeType: string) => object;
}

interface Upload {
  readonly size: number;
  readonly parts: Map<number, Buffer>;
  is: 'created' | 'completed';
  /** of the token that it was ended with */
  until: number;
}

const life = 3_600_000;
const starting = z.strictObject({
  sizeBytes: z.int().positive().max(300_000_000),
  mimeType: z.literal('video/mp4'),
  name: z.string().max(256),
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
});
const ending = z.strictObject({ jobId: z.string() });

/** Plays video.bsky.app: films come in pieces of the size that it chose, and are worked on until the third look. */
export function playVideoService(
  clock: () => number,
  server: AccountServer,
  requests: string[],
  pieceSize: number,
) {
  const uploads = new Map<string, Upload>();
  const looks = new Map<string, number>();
  /** what came of each job: a film is brought to the account's server once */
  const made = new Map<string, object>();
  /** each piece that came, by its number */
  const pieces: number[] = [];
  const bytes = filmBytes();
  const begins = beginnings();
  const faults: BlueskyFilmFaults = {
    loses: { pieces: 0, taken: false },
    losesEnd: false,
    spoils: false,
    refuses: undefined,
    forgets: undefined,
  };
  let begun = 0;
  const problem = (status: number, error: string): Answer => ({ status, body: { error, message: error } });
  const jobOf = (id: string): string => `made-of-${id}`;
  const countOf = ({ size }: Upload): number => Math.ceil(size / pieceSize);

  function jobStatus(job: string): Answer {
    const [id, upload] = [...uploads].find(([each]) => jobOf(each) === job) ?? [];
    if (id === undefined || upload?.is !== 'completed') return problem(400, 'InvalidRequest');
    const look = (looks.get(job) ?? 0) + 1;
    looks.set(job, look);
    const state = (named: string, more: object = {}): Answer => ({
      status: 200,
      body: { jobStatus: { jobId: job, did: 'did:plc:peerpeerpeerpeerpeerpeer', state: named, ...more } },
    });
    if (look < 3) return state(look === 1 ? 'JOB_STATE_CREATED' : 'JOB_STATE_ENCODING', { progress: 10 });
    if (faults.spoils) return state('JOB_STATE_FAILED', { failureCode: 'validation_failure' });
    if (upload.until <= clock()) return state('JOB_STATE_FAILED', { failureCode: 'pds_upload_failure' });
    const parts = [...upload.parts].toSorted(([a], [b]) => a - b).map(([, part]) => part);
    const blob = made.get(job) ?? server.put(Buffer.concat(parts), 'video/mp4');
    made.set(job, blob);
    return state('JOB_STATE_COMPLETED', { blob });
  }

  function start(body: unknown): Answer {
    const read = starting.safeParse(body);
    if (!read.success) return problem(400, 'InvalidRequest');
    if (faults.refuses !== undefined) {
      const name = faults.refuses;
      faults.refuses = undefined;
      return problem(400, name);
    }
    begun += 1;
    const jobId = `upload-${String(begun)}`;
    const upload: Upload = { size: read.data.sizeBytes, parts: new Map(), is: 'created', until: 0 };
    uploads.set(jobId, upload);
    const expiresAt = new Date(clock() + life).toISOString();
    return { status: 200, body: { jobId, partSizeBytes: pieceSize, partCount: countOf(upload), expiresAt } };
  }

  async function take(upload: Upload, address: URL, request: IncomingMessage, response: ServerResponse) {
    const number = Number(address.searchParams.get('partNumber'));
    const body = await bodyOf(request, bytes.came);
    if (!Number.isInteger(number) || number < 1 || number > countOf(upload))
      return send(response, problem(400, 'InvalidPartNumber'));
    const wanted = Math.min(pieceSize, upload.size - (number - 1) * pieceSize);
    const right = body.length === wanted && request.headers['content-type'] === 'application/octet-stream';
    if (!right) return send(response, problem(400, 'PartSizeMismatch'));
    if (upload.is === 'completed') return send(response, problem(400, 'UploadAlreadyCompleted'));
    const lost = faults.loses.pieces > 0;
    if (!lost || faults.loses.taken) {
      begins.piece(number, upload.parts, 1);
      pieces.push(number);
      upload.parts.set(number, body);
    }
    if (lost) {
      faults.loses = { ...faults.loses, pieces: faults.loses.pieces - 1 };
      response.socket?.destroy();
      return;
    }
    send(response, { status: 200, body: { partNumber: number, sizeBytes: body.length } });
  }

  function finish(id: string, upload: Upload, until: number, response: ServerResponse): void {
    if (upload.parts.size < countOf(upload)) return send(response, problem(400, 'MissingParts'));
    upload.is = 'completed';
    upload.until = until;
    if (faults.losesEnd) {
      faults.losesEnd = false;
      response.socket?.destroy();
      return;
    }
    send(response, { status: 200, body: { completedJobId: jobOf(id), jobStatus: begunStatus(id) } });
  }

  const begunStatus = (id: string) => ({
    jobId: jobOf(id),
    did: 'did:plc:peerpeerpeerpeerpeerpeer',
    state: 'JOB_STATE_CREATED',
  });

  const statusOf = (id: string, upload: Upload): Answer => ({
    status: 200,
    body: {
      jobId: id,
      partSizeBytes: pieceSize,
      partCount: countOf(upload),
      receivedParts: [...upload.parts.keys()].toSorted((a, b) => a - b),
      expiresAt: new Date(clock() + life).toISOString(),
      state: upload.is,
      ...(upload.is === 'completed' ? { completedJobId: jobOf(id), jobStatus: begunStatus(id) } : {}),
    },
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', `https://${videoHost}`);
    const method = address.pathname.replace('/xrpc/app.bsky.video.', '');
    requests.push(`${request.method ?? ''} ${address.href}`);
    // How a job goes everybody may ask.
    if (method === 'getJobStatus') return send(response, jobStatus(address.searchParams.get('jobId') ?? ''));
    const until = server.until((request.headers.authorization ?? '').replace('Bearer ', ''));
    if (until === undefined) return send(response, problem(401, 'AuthMissing'));
    if (method === 'startUpload') return send(response, start(JSON.parse(String(await bodyOf(request)))));
    if (method === 'finishUpload') {
      const { jobId } = ending.parse(JSON.parse(String(await bodyOf(request))));
      const upload = uploads.get(jobId);
      if (upload === undefined) return send(response, problem(400, 'UploadNotFound'));
      return finish(jobId, upload, until, response);
    }
    const id = address.searchParams.get('jobId') ?? '';
    const upload = faults.forgets === 'uploads' ? undefined : uploads.get(id);
    if (upload === undefined) return send(response, problem(400, 'UploadNotFound'));
    if (method === 'uploadPart') return await take(upload, address, request, response);
    if (method === 'getUploadStatus') return send(response, statusOf(id, upload));
    send(response, problem(501, 'MethodNotImplemented'));
  }

  return {
    faults,
    pieces,
    bytes,
    begun: () => begun,
    fromZero: begins.fromZero,
    /** it knows nothing of what came before */
    forget: () => {
      uploads.clear();
    },
    handle: (request: IncomingMessage, response: ServerResponse): void => {
      void answer(request, response).catch(() => response.destroy());
    },
  };
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url');
