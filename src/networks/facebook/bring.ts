import { z } from 'zod';
import { hours, type Millis } from '../../core/time.ts';
import { beforePosting } from '../answers.ts';
import type { GraphAnswer } from '../graph.ts';
import type { PlanMedium, PlanPart, PublicationKey, PublishOutcome } from '../network.ts';
import type { Piece, Uploads, UploadState } from '../uploads.ts';
import {
  contentsOf,
  goesOn,
  isThere,
  mostFaults,
  orOpened,
  pieceOf,
  uploadOf,
  type BroughtMedia,
  type Sending,
  type There,
  type VideoParts,
} from '../video-part.ts';
import type { Page } from './page.ts';
import { hasArrived } from './seen.ts';

/** What a Page's videos stand on. */
export interface Brings extends VideoParts, Page {
  readonly clock: () => Millis;
}

/** An upload that was opened so long ago may have been forgotten there. */
const sessionLife = hours(20);
/** Never more than this stands in memory, whatever Facebook asks for in one piece. */
const largestPiece = 16 * 1024 * 1024;

const wanted = { start_offset: z.coerce.number().int(), end_offset: z.coerce.number().int() };
const opened = z.object({ video_id: z.string(), upload_session_id: z.string(), ...wanted });
const went = z.object(wanted);

/** An upload is called by its video's id, which is known before a byte is sent, and by its session. */
const locationOf = (video: string, session: string): string => `${video}/${session}`;
/** The video that an upload becomes. */
export const videoOfUpload = (location: string): string => location.split('/')[0] ?? '';
const sessionOf = (location: string): string => location.split('/')[1] ?? '';

/**
 * Brings a video in pieces, to where an earlier attempt or an earlier process got (Graph API, Page Videos,
 * `upload_phase`). Nobody can see it.
 *
 * @returns once everything has arrived, or the outcome that ends the attempt
 */
export async function bring(
  parts: Brings,
  part: PlanPart,
  media: BroughtMedia,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<There | PublishOutcome> {
  const { uploads, clock } = parts;
  const contents = contentsOf(part);
  let before = await uploadOf(uploads, key, contents);
  if (before?.is === 'sending' && clock() - before.openedAt > sessionLife) {
    // It may have become a video all the same; of one that nobody has seen another one can be made.
    before = await uploads.lapse(key.id, before.location);
  }
  const state = await orOpened(before, async () => open(parts, media.video, contents, key, signal));
  if ('outcome' in state || state.is !== 'sending') return state;
  const ended = await send(parts, state, media.video, key, signal);
  return ended ?? (await finish(parts, { state, part, media }, key, signal));
}

async function open(
  { graph, pageId, blobs, uploads }: Brings,
  video: PlanMedium,
  contents: string,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<UploadState | PublishOutcome> {
  const size = await blobs.check(video.hash);
  if (size === undefined) return { outcome: 'refused', reason: 'video-missing' };
  const answer = await graph.post(
    `${pageId}/videos`,
    { upload_phase: 'start', file_size: String(size) },
    signal,
  );
  // A session without bytes is nothing, so what nobody can tell of it does not matter.
  if (!answer.ok) return beforePosting(answer.outcome);
  const read = opened.safeParse(answer.body);
  if (!read.success) return goesOn;
  const { video_id: id, upload_session_id: session, start_offset: from, end_offset: to } = read.data;
  return (
    (await uploads.open(key.id, locationOf(id, session), size, { next: { from, to }, contents })) ?? goesOn
  );
}

/** Sends what Facebook wants until it wants no more. @returns undefined when everything was taken */
async function send(
  { graph, pageId, blobs, uploads }: Brings,
  { location, size, next = { from: 0, to: size } }: Sending,
  video: PlanMedium,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<PublishOutcome | undefined> {
  let piece: Piece = next;
  let faults = 0;
  while (piece.from < Math.min(piece.to, size)) {
    if (signal.aborted || faults > mostFaults) return goesOn;
    const { from } = piece;
    const to = Math.min(piece.to, size, from + largestPiece);
    const bytes = await pieceOf(blobs, video.hash, { from, to });
    if (bytes === undefined) return { outcome: 'refused', reason: 'video-missing' };
    const form = new FormData();
    form.set('upload_phase', 'transfer');
    form.set('upload_session_id', sessionOf(location));
    form.set('start_offset', String(from));
    form.set('video_file_chunk', new Blob([bytes]), 'video');
    const answer = await graph.post(`${pageId}/videos`, form, signal);
    const told = toldOf(answer);
    if (told === undefined) {
      if (answer.ok || answer.outcome.outcome === 'unknown') {
        faults += 1;
        continue;
      }
      return await notTaken(answer.outcome, uploads, key, location);
    }
    // Told the same again and again, it would go round for ever.
    if (told.from <= from) faults += 1;
    piece = told;
    await uploads.reach(key.id, location, piece);
  }
  return undefined;
}

/** Which piece is wanted next, be the last one taken or in the wrong place. */
function toldOf(answer: GraphAnswer): Piece | undefined {
  if (!answer.ok) return answer.wants;
  const { start_offset: from, end_offset: to } = went.safeParse(answer.body).data ?? {};
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** A refusal that is about the video itself: the session will not take the rest, a later attempt begins with another. */
async function notTaken(
  outcome: PublishOutcome,
  uploads: Uploads,
  key: PublicationKey,
  location: string,
): Promise<PublishOutcome> {
  const final = outcome.outcome === 'refused' && outcome.reason.startsWith('status-');
  if (final) await uploads.lapse(key.id, location);
  return final ? { outcome: 'refused', reason: 'video-not-taken' } : outcome;
}

/** Makes the pieces a video that nobody can see yet, with its words; a repeat is seen as one before it is made. */
async function finish(
  parts: Brings,
  {
    state,
    part,
    media: { picture },
  }: { readonly state: Sending; readonly part: PlanPart; readonly media: BroughtMedia },
  key: PublicationKey,
  signal: AbortSignal,
): Promise<There | PublishOutcome> {
  const { graph, pageId, blobs, uploads } = parts;
  const { location } = state;
  const video = videoOfUpload(location);
  const arrived = async (): Promise<There | PublishOutcome> => {
    const after = await uploads.arrive(key.id, video);
    return isThere(after) ? after : goesOn;
  };
  if (state.finishingAt !== undefined && (await hasArrived(graph, video, signal))) return await arrived();
  if (signal.aborted) return goesOn;
  const form = new FormData();
  form.set('upload_phase', 'finish');
  form.set('upload_session_id', sessionOf(location));
  form.set('published', 'false');
  form.set('description', part.text);
  if (part.headline !== undefined) form.set('title', part.headline);
  if (picture !== undefined) {
    const bytes = await blobs.get(picture.hash);
    if (bytes === undefined) return { outcome: 'refused', reason: 'picture-missing' };
    form.set('thumb', new Blob([Uint8Array.from(bytes)], { type: picture.contentType }), 'still');
  }
  await uploads.finish(key.id, location);
  const answer = await graph.post(`${pageId}/videos`, form, signal);
  if (answer.ok || (await hasArrived(graph, video, signal))) return await arrived();
  if (answer.outcome.outcome === 'unknown') return goesOn;
  return await notTaken(answer.outcome, uploads, key, location);
}
