import type { Blobs } from '../../core/blobs.ts';
import { minutes } from '../../core/time.ts';
import type { PublishOutcome } from '../network.ts';
import type { YoutubeAccess } from './access.ts';
import type { Fault } from './faults.ts';
import { askSession, openSession, pieceSize, sendPiece, type Told } from './resumable.ts';
import { mayTurnUpUntil, type Uploads, type UploadState } from '../uploads.ts';
import {
  broughtAnew,
  goesOn,
  goesOnAfter,
  isThere,
  mostFaults,
  uploadOf,
  type Sending,
  type There,
} from '../video-part.ts';

export interface BringParts {
  readonly access: YoutubeAccess;
  readonly root: string;
  readonly uploads: Uploads;
  readonly blobs: Blobs;
  readonly clock: () => number;
  readonly outcomeOf: (fault: Fault) => Promise<PublishOutcome>;
  /** takes what a new video costs of the day's quota; an outcome when there is not so much left */
  readonly spend: () => Promise<PublishOutcome | undefined>;
  /** looks among our own videos for one that came of a session that YouTube has forgotten */
  readonly lookForLost: (since: number, signal: AbortSignal) => Promise<Lost>;
}

export type Lost =
  { readonly is: 'found'; readonly video: string } | { readonly is: 'none' } | { readonly is: 'cannot-look' };

export interface BroughtVideo {
  readonly hash: string;
  readonly contentType: string;
  /** names all that is brought with it and that showing it changes no more */
  readonly contents: string;
  /** what the new video is called and how it stands */
  readonly resource: unknown;
}

/**
 * Brings a video to YouTube, going on from wherever an earlier attempt or an earlier process got to. The session
 * is asked first, always: it knows what it has, and gives the video's id again when it has everything.
 */
export async function bring(
  parts: BringParts,
  publication: string,
  video: BroughtVideo,
  signal: AbortSignal,
): Promise<There | PublishOutcome> {
  const before = await uploadOf(parts.uploads, { id: publication }, video.contents);
  if (isThere(before)) return before;
  if (before?.is === 'sending') return await goOn(parts, publication, { session: before, video }, signal);
  const opened = await open(parts, publication, video, signal);
  if (opened === undefined) return goesOn;
  if ('outcome' in opened) return opened;
  if (isThere(opened)) return opened;
  return opened.is === 'sending'
    ? await goOn(parts, publication, { session: opened, video, isNew: true }, signal)
    : goesOn;
}

async function open(
  parts: BringParts,
  publication: string,
  video: BroughtVideo,
  signal: AbortSignal,
): Promise<UploadState | PublishOutcome | undefined> {
  const size = await parts.blobs.check(video.hash);
  if (size === undefined) return { outcome: 'refused', reason: 'video-missing' };
  const spent = await parts.spend();
  if (spent !== undefined) return spent;
  let opened = await openSession(parts.access, parts.root, { ...video, size }, signal);
  if ('fault' in opened && opened.fault.fault === 'token') {
    parts.access.renew();
    opened = await openSession(parts.access, parts.root, { ...video, size }, signal);
  }
  if ('fault' in opened) {
    // A session without bytes is nothing, so what nobody can tell of it does not matter.
    return opened.fault.fault === 'unclear' ? goesOn : await parts.outcomeOf(opened.fault);
  }
  return await parts.uploads.open(publication, opened.location, size, { contents: video.contents });
}

async function goOn(
  parts: BringParts,
  publication: string,
  {
    session,
    video,
    isNew = false,
  }: { readonly session: Sending; readonly video: BroughtVideo; readonly isNew?: boolean },
  signal: AbortSignal,
): Promise<There | PublishOutcome> {
  const { access, uploads, blobs } = parts;
  const ask = async (): Promise<Told> => await askSession(access, session, signal);
  let finishing = session.finishingAt !== undefined;
  let faults = 0;
  let furthest = -1;
  let renewed = false;
  let doubted = false;
  let told: Told = isNew ? { told: 'has', bytes: 0 } : await ask();
  for (;;) {
    if (told.told === 'arrived') {
      const state = await uploads.arrive(publication, told.video);
      return isThere(state) ? state : goesOn;
    }
    if (signal.aborted) return goesOn;
    if (told.told === 'has') {
      const { bytes: from } = told;
      // A session that gets no further would otherwise be fed for ever.
      if (from <= furthest || from >= session.size) faults += 1;
      if (faults > mostFaults) return goesOn;
      furthest = Math.max(furthest, from);
      const to = Math.min(from + pieceSize, session.size);
      if (to === session.size && !finishing) {
        const state = await uploads.finish(publication, session.location);
        if (state?.is !== 'sending' || state.location !== session.location) return goesOn;
        finishing = true;
      }
      const read = from >= session.size ? undefined : await blobs.read(video.hash, { from, to });
      if (read === undefined && from < session.size) return { outcome: 'refused', reason: 'video-missing' };
      told =
        read === undefined
          ? await ask()
          : await sendPiece(
              access,
              session,
              { from, to, bytes: read.bytes, contentType: video.contentType },
              signal,
            );
      continue;
    }
    const { fault } = told;
    switch (fault.fault) {
      case 'unclear':
      case 'not-reached':
        faults += 1;
        if (faults > mostFaults) return goesOn;
        told = await ask();
        break;
      case 'token':
        if (renewed) return await parts.outcomeOf(fault);
        renewed = true;
        access.renew();
        told = await ask();
        break;
      case 'gone':
        return await afterGone(parts, publication, session, finishing, signal);
      case 'refused': {
        // A refusal can be said after the last bytes were taken all the same, which the session itself knows.
        if (finishing && !doubted) {
          doubted = true;
          told = await ask();
          break;
        }
        // The session will not take the rest; a later attempt begins with another.
        const outcome = await parts.outcomeOf(fault);
        if (!finishing) await uploads.lapse(publication, session.location);
        return outcome;
      }
      default:
        return await parts.outcomeOf(fault);
    }
  }
}

/**
 * YouTube does not know the session any more (it keeps one for days). Before its last bytes left it cannot have
 * become a video; after that it may have, so our own videos are looked at, for as long as one may still turn up.
 */
async function afterGone(
  { uploads, lookForLost, clock }: BringParts,
  publication: string,
  session: Sending,
  finishing: boolean,
  signal: AbortSignal,
): Promise<There | PublishOutcome> {
  if (finishing) {
    const lost = await lookForLost(session.openedAt, signal);
    if (lost.is === 'cannot-look') return goesOn;
    if (lost.is === 'found') {
      const state = await uploads.arrive(publication, lost.video);
      return isThere(state) ? state : goesOn;
    }
    if (clock() < mayTurnUpUntil(session.finishingAt ?? clock())) {
      return goesOnAfter(minutes(10));
    }
  }
  return await broughtAnew(uploads, { id: publication }, goesOnAfter(0));
}
