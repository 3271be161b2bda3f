import { seconds } from '../../core/time.ts';
import { beforePosting, untilNextLook } from '../answers.ts';
import type {
  BroughtThere,
  FindOutcome,
  PlanMedium,
  PlanPart,
  PublicationKey,
  PublishOutcome,
  Remote,
} from '../network.ts';
import { captionsNotTaken, captionsOf } from '../sub-rip.ts';
import { mayTurnUpUntil } from '../uploads.ts';
import {
  askedAgain,
  contentsOf,
  deletedThere,
  goesOn,
  goesOnAfter,
  videoOf,
  withoutFormer,
} from '../video-part.ts';
import { bring, videoOfUpload, type Brings } from './bring.ts';
import { videoRemote } from './recent.ts';
import { remove } from './remove.ts';
import { see } from './seen.ts';

/** Most bytes of a caption file (Graph API, Video Captions, limitations). */
const largestCaptions = 200_000;

/**
 * Brings a video to the Page: in pieces, to where an earlier attempt or process got; unpublished; then its captions;
 * and the last call alone lets anybody see it. That call may be made again: it changes nothing a second time.
 */
export async function publishVideo(
  parts: Brings,
  part: PlanPart,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  const media = videoOf(part);
  if ('reason' in media) return { outcome: 'refused', reason: media.reason };
  const late = await withoutFormer(
    parts.uploads,
    key,
    contentsOf(part),
    async () => await unseenVideo(parts, key, signal),
    async (former) => await deleteVideo(parts, former, key, signal),
  );
  if (late !== undefined) return late;
  const brought = await bring(parts, part, media, key, signal);
  if ('outcome' in brought) return brought;
  const { video } = brought;
  if (brought.is === 'shown') return { outcome: 'published', remote: videoRemote(video) };
  const ready = await workedOn(parts, video, signal);
  if (ready !== 'ready' && ready !== 'published') {
    // What Facebook could not read, or somebody deleted, will not come right: another attempt brings it anew.
    const spoilt = ready.outcome === 'refused' && ['video-not-taken', 'not-there'].includes(ready.reason);
    if (spoilt) await parts.uploads.lapse(key.id, video);
    return ready;
  }
  if (!brought.done.includes('captions')) {
    const ended = await addCaptions(parts, video, media.video, signal);
    if (ended !== undefined) return ended;
    await parts.uploads.step(key.id, 'captions');
  }
  return await show(parts, video, key, signal);
}

/** The first pause between two looks at a video that is worked on, and the longest: each is twice the one before. */
const firstPause = seconds(2);
const longestPause = seconds(30);

/** Waits until Facebook has worked on the video, so that nobody sees it before it can be played. */
async function workedOn(
  parts: Brings,
  video: string,
  signal: AbortSignal,
): Promise<'ready' | 'published' | PublishOutcome> {
  const first = parts.lookEvery ?? firstPause;
  for (let wait = first; ; wait = Math.min(2 * wait, longestPause)) {
    const { seen, ...more } = await see(parts.graph, video, signal);
    if (seen === 'ready' || seen === 'published') return seen;
    if (seen === 'bad') return { outcome: 'refused', reason: 'video-not-taken' };
    if (seen === 'gone') return { outcome: 'refused', reason: 'not-there' };
    if ('outcome' in more) return beforePosting(more.outcome);
    const late = await untilNextLook(wait, signal);
    if (late !== undefined) return late;
  }
}

/** Puts its captions to the video; those of the same language take the place of what stood there. */
async function addCaptions(
  { graph, blobs }: Brings,
  video: string,
  medium: PlanMedium,
  signal: AbortSignal,
): Promise<PublishOutcome | undefined> {
  const captions = await captionsOf(blobs, medium, largestCaptions);
  if (captions === undefined || 'outcome' in captions) return captions;
  // The language stands in the name of the file, as Facebook writes languages.
  const locale = captions.language.replace('-', '_');
  const form = new FormData();
  form.set('default_locale', locale);
  form.set(
    'captions_file',
    new Blob([captions.file], { type: 'application/x-subrip' }),
    `captions.${locale}.srt`,
  );
  const answer = await graph.post(`${video}/captions`, form, signal);
  return answer.ok ? undefined : captionsNotTaken(answer.outcome);
}

/** Lets the public see the video. What nobody can tell is looked up, and a refusal that it is not known for as well. */
async function show(
  parts: Brings,
  video: string,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  if (signal.aborted) return goesOn;
  const answer = await parts.graph.post(video, { published: 'true' }, signal);
  if (!answer.ok) {
    const { outcome } = answer;
    const doubtful =
      (outcome.outcome === 'refused' && outcome.reason.startsWith('status-')) ||
      (outcome.outcome === 'unknown' && outcome.reason === 'duplicate');
    if (!doubtful) return outcome;
    const { seen } = await see(parts.graph, video, signal);
    if (seen === 'unclear') return { outcome: 'unknown', reason: 'no-clear-answer' };
    if (seen !== 'published') {
      return outcome.outcome === 'unknown' ? { outcome: 'refused', reason: 'said-already' } : outcome;
    }
  }
  await parts.uploads.show(key.id);
  return { outcome: 'published', remote: videoRemote(video) };
}

/** Deletes a video, be it seen or not. */
export async function deleteVideo(
  parts: Brings,
  remote: Remote,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  const answer = await remove(parts, remote, signal);
  if (answer.outcome === 'published') await deletedThere(parts.uploads, key, remote.remoteId);
  return answer;
}

/** Where a video is that was brought and that Crier has not shown, be it that the answer to its last bytes was lost. */
export async function unseenVideo(
  { graph, uploads, clock }: Brings,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<BroughtThere | PublishOutcome | undefined> {
  const state = await uploads.of(key.id);
  const finishingAt = state?.is === 'sending' ? state.finishingAt : undefined;
  const isFinishing = finishingAt !== undefined;
  if (state?.is !== 'arrived' && (state?.is !== 'sending' || !isFinishing)) return undefined;
  const video = state.is === 'arrived' ? state.video : videoOfUpload(state.location);
  const { seen, ...more } = await see(graph, video, signal);
  if ('outcome' in more) return more.outcome;
  if (seen === 'gone') return undefined;
  // What was to end it may still be on its way.
  if (isFinishing && seen === 'not-yet')
    return clock() < mayTurnUpUntil(finishingAt) ? goesOnAfter(askedAgain) : undefined;
  if (isFinishing) await uploads.arrive(key.id, video);
  return { ...videoRemote(video), ...(seen === 'published' ? { seen: true } : {}) };
}

/** The video has an id before anything of it can be seen, so that a look always tells. */
export async function findVideo(
  parts: Brings,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<FindOutcome> {
  const state = await parts.uploads.of(key.id);
  if (state === undefined || state.is === 'sending' || state.is === 'lapsed') {
    return { found: false, goesOn: true };
  }
  const remote = videoRemote(state.video);
  const { seen } = await see(parts.graph, state.video, signal);
  if (seen === 'unclear') return { found: 'cannot-look', lookAt: remote.url };
  if (seen === 'published') {
    if (state.is === 'arrived') await parts.uploads.show(key.id);
    return { found: true, remotes: [remote] };
  }
  // Once it was shown, somebody has taken it away since.
  return state.is === 'shown' ? { found: false } : { found: false, goesOn: true };
}
