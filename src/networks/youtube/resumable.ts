import { Readable } from 'node:stream';
import { z } from 'zod';
import { jsonIn } from '../../core/json.ts';
import type { RawAnswer, YoutubeAccess } from './access.ts';
import { faultOf, faultThrown, type Fault } from './faults.ts';

/** What an upload session says it has. */
export type Told =
  | { readonly told: 'arrived'; readonly video: string }
  /** so many bytes from the beginning on are safe there */
  | { readonly told: 'has'; readonly bytes: number }
  | { readonly told: 'fault'; readonly fault: Fault };

const arrived = z.object({ id: z.string().regex(/^[A-Za-z0-9_-]+$/u) });

/** Bytes of the file that go in one request: a multiple of 256 kB, as Google wants of all but the last. */
export const pieceSize = 8 * 1024 * 1024;

/**
 * Opens a session for a video; nothing of the video is sent. Until the last byte has arrived in it there is no
 * video, so opening may be repeated (Google, "Resumable Uploads", step 1).
 */
export async function openSession(
  access: YoutubeAccess,
  root: string,
  video: { readonly resource: unknown; readonly size: number; readonly contentType: string },
  signal: AbortSignal,
): Promise<{ readonly location: string } | { readonly fault: Fault }> {
  const answer = await asked(
    access.raw(
      {
        method: 'POST',
        url: `${root}/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status&notifySubscribers=true`,
        headers: {
          'content-type': 'application/json; charset=UTF-8',
          'x-upload-content-length': String(video.size),
          'x-upload-content-type': video.contentType,
        },
        body: JSON.stringify(video.resource),
      },
      signal,
    ),
  );
  if ('fault' in answer) return { fault: answer.fault };
  if (answer.status !== 200) return { fault: faultOf(answer.status, jsonIn(answer.text), answer.headers) };
  const location = answer.headers.get('location') ?? '';
  return belongsTo(location, root)
    ? { location }
    : { fault: { fault: 'unclear', reason: 'no-clear-answer' } };
}

/** Our token goes nowhere but to Google, whatever an answer says. */
function belongsTo(location: string, root: string): boolean {
  if (!URL.canParse(location)) return false;
  const { origin, protocol, hostname } = new URL(location);
  return origin === root || (protocol === 'https:' && hostname.endsWith('.googleapis.com'));
}

/** Asks a session how far it has come (same document, step 4.1). */
export async function askSession(
  access: YoutubeAccess,
  session: { readonly location: string; readonly size: number },
  signal: AbortSignal,
): Promise<Told> {
  const headers = { 'content-length': '0', 'content-range': `bytes */${String(session.size)}` };
  return told(await asked(access.raw({ method: 'PUT', url: session.location, headers }, signal)));
}

/** Sends the bytes from `from` on and before `to`. A connection that breaks off says nothing of how many arrived. */
export async function sendPiece(
  access: YoutubeAccess,
  session: { readonly location: string; readonly size: number },
  piece: {
    readonly from: number;
    readonly to: number;
    readonly bytes: AsyncIterable<Uint8Array>;
    readonly contentType: string;
  },
  signal: AbortSignal,
): Promise<Told> {
  const { from, to, contentType } = piece;
  const body = Readable.from(piece.bytes, { objectMode: false });
  // Whether it can be read shows in what arrives; a fault of the file itself must not end the process.
  body.on('error', () => undefined);
  const headers = {
    'content-type': contentType,
    'content-length': String(to - from),
    'content-range': `bytes ${String(from)}-${String(to - 1)}/${String(session.size)}`,
  };
  try {
    return told(await asked(access.raw({ method: 'PUT', url: session.location, headers, body }, signal)));
  } finally {
    body.destroy();
  }
}

function told(answer: RawAnswer | { readonly fault: Fault }): Told {
  if ('fault' in answer) return { told: 'fault', fault: answer.fault };
  if (answer.status === 308) {
    const range = /^bytes=0-(\d+)$/u.exec(answer.headers.get('range') ?? '');
    return { told: 'has', bytes: range === null ? 0 : Number(range[1]) + 1 };
  }
  if (answer.status === 200 || answer.status === 201) {
    const video = arrived.safeParse(jsonIn(answer.text));
    return video.success
      ? { told: 'arrived', video: video.data.id }
      : { told: 'fault', fault: { fault: 'unclear', reason: 'no-clear-answer' } };
  }
  return { told: 'fault', fault: faultOf(answer.status, jsonIn(answer.text), answer.headers) };
}

async function asked(answer: Promise<RawAnswer>): Promise<RawAnswer | { readonly fault: Fault }> {
  try {
    return await answer;
  } catch (fault) {
    return { fault: faultThrown(fault) };
  }
}
