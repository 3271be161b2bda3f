import { AtpAgent, XRPCError, type AppBskyEmbedVideo, type BlobRef } from '@atproto/api';
import { hours, minutes, seconds, type Millis } from '../../core/time.ts';
import { brokenOff, within, untilNextLook } from '../answers.ts';
import type { PlanMedium, PlanPart, PublicationKey, PublishOutcome } from '../network.ts';
import {
  broughtAnew,
  contentsOf,
  farSoFar,
  giveUp,
  goesOn,
  goesOnAfter,
  isThere,
  mostFaults,
  pieceOf,
  videoAlone,
  type Sending,
  type There,
  type VideoParts,
} from '../video-part.ts';
import { fetchEnding } from './fetching.ts';
import type { Files } from './files.ts';

/** Where Bluesky works on videos, for every server that accounts live on. */
const videoService = 'https://video.bsky.app';

export interface Brings extends VideoParts, Files {
  readonly clock: () => Millis;
}

/** The service of videos, as an account uses it. */
export type BlueskyVideos = ReturnType<typeof blueskyVideos>;

/** A piece of a video on a slow line. */
const longestRequest = minutes(2);
/** How long a token of the service's is good for, and how long before its end another is asked for. */
const tokenLife = minutes(30);
const tokenSpare = minutes(5);
/** What was brought and not posted, the account's server clears away in the course of a day. */
const uploadLife = hours(20);
/** The first pause between two looks at a video that is worked on, and the longest: each is twice the one before. */
const firstPause = seconds(2);
const longestPause = seconds(30);
/** Most bytes of a file of captions (lexicon app.bsky.embed.video). */
const largestCaptions = 20_000;

/** The parts of an upload, as the service cut it; those that it has need not come again. */
interface Plan {
  readonly partSizeBytes: number;
  readonly partCount: number;
  readonly receivedParts: readonly number[];
}

/** Whether a step ended with an outcome, and not with what it gives. */
const isOutcome = (given: object): given is PublishOutcome => 'outcome' in given;

/**
 * Brings the video of a part in pieces to Bluesky's service for them, to where an earlier attempt or an earlier
 * process got: the service itself knows what it has. It works on the video and puts it on the account's server, where
 * nobody sees it before a post shows it; that one is about to is kept before it is.
 *
 * @returns what the post shows, or the outcome that ends the attempt
 */
export function blueskyVideos(parts: Brings) {
  const { blobs, uploads, clock, lookEvery } = parts;
  let agent: AtpAgent | undefined;
  /** The client of the service, made with the first video: most accounts never see one. */
  const service = () => {
    agent ??= new AtpAgent({ service: videoService, fetch: fetchEnding(longestRequest) });
    return agent.app.bsky.video;
  };

  /** Tokens of one attempt: each is used until shortly before its end. */
  function tokens(signal: AbortSignal) {
    let token: { readonly is: string; readonly until: Millis } | undefined;
    return async (anew?: 'anew') => {
      if (token === undefined || anew !== undefined || clock() > token.until - tokenSpare) {
        const until = clock() + tokenLife;
        token = { is: await parts.tokenUntil(until, signal), until };
      }
      return { signal, headers: { authorization: `Bearer ${token.is}` } };
    };
  }
  type Tokens = ReturnType<typeof tokens>;

  async function open(
    { hash, contentType, size: pixels }: PlanMedium,
    contents: string,
    key: PublicationKey,
    by: Tokens,
    signal: AbortSignal,
  ): Promise<{ readonly state: Sending; readonly plan: Plan } | PublishOutcome> {
    const sizeBytes = await blobs.check(hash);
    if (sizeBytes === undefined) return { outcome: 'refused', reason: 'video-missing' };
    const begin = { sizeBytes, mimeType: contentType, name: 'video.mp4', ...pixels };
    const call = { ...(await by()), encoding: 'application/json' as const };
    const answer = await told(signal, async () => service().startUpload(begin, call));
    if (isOutcome(answer)) return answer;
    const { data } = answer;
    const state = await uploads.open(key.id, data.jobId, sizeBytes, { contents });
    // Another was quicker, with an upload of its own.
    if (state?.is !== 'sending' || state.location !== data.jobId) return goesOn;
    return { state, plan: { ...data, receivedParts: [] } };
  }

  /** Where an upload of an earlier attempt is; one that came to its end gives the job that works on it. */
  async function lookAt(
    { location: jobId }: Sending,
    by: Tokens,
    signal: AbortSignal,
  ): Promise<Plan | { readonly job: string } | PublishOutcome> {
    const call = await by();
    const answer = await told(signal, async () => service().getUploadStatus({ jobId }, call));
    if (isOutcome(answer)) return answer;
    const { data } = answer;
    switch (data.state) {
      case 'created':
        return data;
      case 'completed':
        return { job: data.completedJobId ?? jobId };
      case 'failed':
        return { outcome: 'refused', reason: 'video-not-taken' };
      case 'aborted':
      case 'expired':
        return forgotten;
      default:
        return goesOnAfter(seconds(2));
    }
  }

  async function sendPieces(
    { location: jobId, size }: Sending,
    { partSizeBytes, partCount, receivedParts }: Plan,
    hash: string,
    by: Tokens,
    signal: AbortSignal,
  ): Promise<PublishOutcome | undefined> {
    let faults = 0;
    for (let partNumber = 1; partNumber <= partCount;) {
      if (signal.aborted || faults > mostFaults) return goesOn;
      const from = (partNumber - 1) * partSizeBytes;
      const to = Math.min(from + partSizeBytes, size);
      if (receivedParts.includes(partNumber)) {
        partNumber += 1;
        continue;
      }
      const bytes = await pieceOf(blobs, hash, { from, to });
      if (bytes === undefined) return { outcome: 'refused', reason: 'video-missing' };
      const qp = { jobId, partNumber };
      const call = { ...(await by()), qp, encoding: 'application/octet-stream' as const };
      const answer = await told(signal, async () => service().uploadPart(bytes, call));
      if (!isOutcome(answer)) partNumber += 1;
      else if (answer === goesOn) faults += 1;
      else return answer;
    }
    return undefined;
  }

  /** Ends an upload. The token of this call is the one that the service brings the video with, so it is a new one. */
  async function finish(
    { location: jobId }: Sending,
    by: Tokens,
    signal: AbortSignal,
  ): Promise<{ readonly job: string } | PublishOutcome> {
    const call = { ...(await by('anew')), encoding: 'application/json' as const };
    const answer = await told(signal, async () => service().finishUpload({ jobId }, call));
    return isOutcome(answer) ? answer : { job: answer.data.completedJobId };
  }

  /** Waits until the video stands on the account's server. */
  async function worked(
    job: string,
    signal: AbortSignal,
  ): Promise<{ readonly blob: BlobRef } | PublishOutcome> {
    const first = lookEvery ?? firstPause;
    for (let wait = first; ; wait = Math.min(2 * wait, longestPause)) {
      const answer = await told(signal, async () => service().getJobStatus({ jobId: job }, { signal }));
      if (isOutcome(answer)) return isNotTaken(answer) ? forgotten : answer;
      const { state, blob } = answer.data.jobStatus;
      // One that it had before fails as being there, and is given all the same.
      if (blob !== undefined) return { blob };
      if (state === 'JOB_STATE_FAILED') return { outcome: 'refused', reason: 'video-not-taken' };
      const late = await untilNextLook(wait, signal);
      if (late !== undefined) return late;
    }
  }

  /** @returns the job that works on the video, once all of it has come */
  async function sent(
    video: PlanMedium,
    contents: string,
    key: PublicationKey,
    signal: AbortSignal,
  ): Promise<There | PublishOutcome> {
    const before = await farSoFar(uploads, key, contents, clock() - uploadLife);
    if (isThere(before)) return before;
    const by = tokens(signal);
    const opened = before?.is === 'sending' ? undefined : await open(video, contents, key, by, signal);
    if (opened !== undefined && isOutcome(opened)) return opened;
    const state = before?.is === 'sending' ? before : opened?.state;
    if (state === undefined) return goesOn;
    const plan = opened?.plan ?? (await lookAt(state, by, signal));
    if (isOutcome(plan)) return plan;
    if ('partCount' in plan) {
      const broken = await sendPieces(state, plan, video.hash, by, signal);
      if (broken !== undefined) return broken;
    }
    const ended = 'job' in plan ? plan : await finish(state, by, signal);
    if (isOutcome(ended)) return ended;
    const after = await uploads.arrive(key.id, ended.job);
    return isThere(after) ? after : goesOn;
  }

  async function captionsOf(
    { captions }: PlanMedium,
    signal: AbortSignal,
  ): Promise<AppBskyEmbedVideo.Caption | PublishOutcome | undefined> {
    if (captions?.as !== 'file') return undefined;
    if (captions.contentType !== 'text/vtt') return { outcome: 'refused', reason: 'captions-not-taken' };
    const bytes = await blobs.get(captions.hash);
    if (bytes === undefined) return { outcome: 'refused', reason: 'captions-missing' };
    if (bytes.length > largestCaptions) return { outcome: 'refused', reason: 'captions-too-large' };
    return {
      $type: 'app.bsky.embed.video#caption',
      lang: captions.language,
      file: await parts.bringFile(bytes, captions.contentType, signal),
    };
  }

  async function bring(
    part: PlanPart,
    key: PublicationKey,
    signal: AbortSignal,
  ): Promise<AppBskyEmbedVideo.Main | PublishOutcome> {
    const media = videoAlone(part);
    if ('reason' in media) return { outcome: 'refused', reason: media.reason };
    const { video } = media;
    const there = await sent(video, contentsOf(part), key, signal);
    const ready = isOutcome(there) ? there : await worked(there.video, signal);
    if (isOutcome(ready)) {
      // It will never stand in a post, so that the next attempt needs another one.
      if (isNotTaken(ready)) await giveUp(uploads, key);
      return ready === forgotten ? await broughtAnew(uploads, key, forgotten) : ready;
    }
    const captions = await captionsOf(video, signal);
    if (captions !== undefined && isOutcome(captions)) return captions;
    if (signal.aborted) return goesOn;
    await uploads.step(key.id, 'posting');
    return {
      $type: 'app.bsky.embed.video',
      video: ready.blob,
      ...(video.alt === '' ? {} : { alt: video.alt }),
      ...(video.size === undefined ? {} : { aspectRatio: { ...video.size } }),
      ...(captions === undefined ? {} : { captions: [captions] }),
    };
  }

  return { bring };
}

const isNotTaken = (outcome: PublishOutcome): boolean =>
  outcome.outcome === 'refused' && outcome.reason === 'video-not-taken';

/** The service knows nothing of such an upload any more: another one is begun. */
export const forgotten = goesOnAfter(seconds(1));

/** What the service says by a name of its own, as far as it does not mean that another attempt may go on. */
const named: Readonly<Record<string, PublishOutcome>> = {
  UploadNotFound: forgotten,
  UploadExpired: forgotten,
  UploadAborted: forgotten,
  TooManyOpenUploads: goesOnAfter(minutes(10)),
  UploadNotReady: goesOn,
  MissingParts: goesOn,
  UploadAlreadyCompleted: goesOn,
  VideoTooLong: { outcome: 'refused', reason: 'video-too-long' },
  DailyLimitExceeded: { outcome: 'refused', reason: 'videos-spent' },
  UploadForbidden: { outcome: 'refused', reason: 'no-permission' },
};

/**
 * Asks the service. What goes wrong there is an outcome; what the account's own server says is thrown, since that is
 * about the account.
 */
async function told<T extends object>(
  signal: AbortSignal,
  call: () => Promise<T>,
): Promise<T | PublishOutcome> {
  try {
    return await within(signal, call);
  } catch (fault) {
    return classOf(fault);
  }
}

/** The class of a fault of the service. Whoever it will not let in may still post words and pictures. */
function classOf(fault: unknown): PublishOutcome {
  const broken = brokenOff(fault);
  if (!(fault instanceof XRPCError) || fault.status < 100)
    return broken.outcome === 'unknown' ? goesOn : broken;
  const { status, error } = fault;
  const known = named[error];
  if (known !== undefined) return known;
  if (status === 401 || status === 403) return { outcome: 'refused', reason: 'no-permission' };
  if (status === 429 || status >= 500) return goesOnAfter(minutes(1));
  return { outcome: 'refused', reason: 'video-not-taken' };
}
