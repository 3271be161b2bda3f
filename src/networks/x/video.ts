import { hours, seconds, type Millis } from '../../core/time.ts';
import { untilNextLook } from '../answers.ts';
import type { PlanMedium, PlanPart, PublicationKey, PublishOutcome } from '../network.ts';
import { captionsNotTaken, captionsOf } from '../sub-rip.ts';
import type { UploadState } from '../uploads.ts';
import {
  broughtAnew,
  contentsOf,
  farSoFar,
  goesOn,
  isThere,
  mostFaults,
  orOpened,
  pieceOf,
  videoAlone,
  type Sending,
  type There,
  type VideoParts,
} from '../video-part.ts';
import type { Ask } from './asking.ts';
import { uploadSteps, type Processing } from './upload.ts';

export interface Brings extends VideoParts {
  readonly ask: Ask;
  readonly outcomeOf: (fault: unknown) => PublishOutcome;
  readonly clock: () => Millis;
}

/**
 * Bytes of the film that go in one request: X takes five million, and a thousand pieces. Where a piece begins says its
 * number, so that an upload is gone on with in pieces of the same size.
 */
const pieceSize = 4_000_000;
/** X forgets what was brought and not posted after a day; ours is given up a little before. */
const uploadLife = hours(20);
/** The longest pause between two looks, whatever X says. */
const longestPause = seconds(60);

/**
 * Brings the video of a part with its captions, to where an earlier attempt or an earlier process got, and waits until
 * X has worked on it. Nobody can see it before it stands in a post; that it is about to is kept before it is.
 *
 * @returns X's id of it, or the outcome that ends the attempt
 */
export async function bringVideo(
  parts: Brings,
  part: PlanPart,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<readonly string[] | PublishOutcome> {
  const media = videoAlone(part);
  if ('reason' in media) return { outcome: 'refused', reason: media.reason };
  const { uploads, clock } = parts;
  const contents = contentsOf(part);
  const before = await farSoFar(uploads, key, contents, clock() - uploadLife);
  const state = await orOpened(before, async () => open(parts, media.video, contents, key, signal));
  if ('outcome' in state) return state;
  const there = state.is === 'sending' ? await send(parts, state, media.video, key, signal) : state;
  if ('outcome' in there) return there;
  if (there.is === 'arrived' && !there.done.includes('captions')) {
    const ended = await addCaptions(parts, there.video, media.video, signal);
    if (ended !== undefined) return ended;
    await uploads.step(key.id, 'captions');
  }
  if (signal.aborted) return goesOn;
  await uploads.step(key.id, 'posting');
  return [there.video];
}

async function open(
  { ask, outcomeOf, blobs, uploads }: Brings,
  { hash, contentType }: PlanMedium,
  contents: string,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<UploadState | PublishOutcome> {
  const size = await blobs.check(hash);
  if (size === undefined) return { outcome: 'refused', reason: 'video-missing' };
  try {
    const upload = { media_type: contentType, media_category: 'tweet_video', total_bytes: size } as const;
    const id = await uploadSteps(ask).initialise(upload, signal);
    const next = { from: 0, to: Math.min(pieceSize, size) };
    return (await uploads.open(key.id, id, size, { next, contents })) ?? goesOn;
  } catch (fault) {
    // An upload without bytes is nothing, so what nobody can tell of it does not matter.
    return notTaken(outcomeOf(fault));
  }
}

/** Sends what is missing, ends the upload, and waits until X has worked on it. */
async function send(
  parts: Brings,
  state: Sending,
  video: PlanMedium,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<There | PublishOutcome> {
  const { uploads } = parts;
  const ended =
    (await sendPieces(parts, state, video, key, signal)) ?? (await finish(parts, state, key, signal));
  if (ended === undefined) {
    const after = await uploads.arrive(key.id, state.location);
    return isThere(after) ? after : goesOn;
  }
  // It will never stand in a post, so that the next attempt needs another one.
  const spoilt = ended.outcome === 'refused' && ended.reason === 'video-not-taken';
  if (spoilt) await uploads.lapse(key.id, state.location);
  return isForgotten(ended) ? await broughtAnew(uploads, key, goesOn) : ended;
}

/** X knows nothing of such an upload any more: another one is begun. */
const isForgotten = (outcome: PublishOutcome): boolean =>
  outcome.outcome === 'refused' && outcome.reason === 'status-404';

/** @returns undefined when every piece was taken */
async function sendPieces(
  { ask, outcomeOf, blobs, uploads }: Brings,
  { location, size, next }: Sending,
  video: PlanMedium,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<PublishOutcome | undefined> {
  const { append } = uploadSteps(ask);
  let from = next?.from ?? 0;
  let faults = 0;
  while (from < size) {
    if (signal.aborted || faults > mostFaults) return goesOn;
    const to = Math.min(from + pieceSize, size);
    const bytes = await pieceOf(blobs, video.hash, { from, to });
    if (bytes === undefined) return { outcome: 'refused', reason: 'video-missing' };
    try {
      await append(location, Math.floor(from / pieceSize), bytes, signal);
    } catch (fault) {
      const outcome = notTaken(outcomeOf(fault));
      if (outcome !== goesOn) return outcome;
      faults += 1;
      continue;
    }
    from = to;
    await uploads.reach(key.id, location, { from, to: Math.min(from + pieceSize, size) });
  }
  return undefined;
}

/** @returns undefined when it may stand in a post */
async function finish(
  parts: Brings,
  { location, finishingAt }: Sending,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<PublishOutcome | undefined> {
  const { ask, outcomeOf, uploads, lookEvery } = parts;
  const { finalise, status } = uploadSteps(ask);
  try {
    let seen = finishingAt === undefined ? undefined : await ended(parts, location, signal);
    if (seen === undefined) {
      await uploads.finish(key.id, location);
      seen = await finalise(location, signal);
    }
    while (seen.is === 'working') {
      const wait = lookEvery ?? Math.min(Math.max(seconds(seen.after), seconds(1)), longestPause);
      const late = await untilNextLook(wait, signal);
      if (late !== undefined) return late;
      seen = await status(location, signal);
    }
    return seen.is === 'bad' ? { outcome: 'refused', reason: 'video-not-taken' } : undefined;
  } catch (fault) {
    return notTaken(outcomeOf(fault));
  }
}

/** How far an upload is that may be ended already; undefined where X says that it is not. */
async function ended(
  { ask, outcomeOf }: Brings,
  id: string,
  signal: AbortSignal,
): Promise<Processing | undefined> {
  try {
    return await uploadSteps(ask).status(id, signal);
  } catch (fault) {
    if (isAboutUpload(outcomeOf(fault))) return undefined;
    throw fault;
  }
}

/** Refusals of the upload itself; any other is of the account, and the same for every post. */
const aboutUpload: readonly string[] = ['status-400', 'status-413', 'status-415', 'status-422'];
const isAboutUpload = (outcome: PublishOutcome): boolean =>
  outcome.outcome === 'refused' && aboutUpload.includes(outcome.reason);

function notTaken(outcome: PublishOutcome): PublishOutcome {
  if (isAboutUpload(outcome)) return { outcome: 'refused', reason: 'video-not-taken' };
  return outcome.outcome === 'unknown' ? goesOn : outcome;
}

const nameOfLanguage = new Intl.DisplayNames(['en'], { type: 'language' });

/** Puts its captions to the video, so that nobody sees it without them. */
async function addCaptions(
  { ask, outcomeOf, blobs }: Brings,
  video: string,
  medium: PlanMedium,
  signal: AbortSignal,
): Promise<PublishOutcome | undefined> {
  const captions = await captionsOf(blobs, medium, pieceSize);
  if (captions === undefined || 'outcome' in captions) return captions;
  const { file } = captions;
  const { initialise, append, finalise } = uploadSteps(ask);
  const language = captions.language.split('-')[0] ?? captions.language;
  try {
    const upload = { media_type: 'text/srt', media_category: 'subtitles', total_bytes: file.length } as const;
    const id = await initialise(upload, signal);
    await append(id, 0, file, signal);
    await finalise(id, signal);
    await ask(signal, async ({ v2 }) =>
      v2.post<unknown>('media/subtitles', {
        id: video,
        media_category: 'TweetVideo',
        subtitles: {
          id,
          language_code: language.toUpperCase(),
          display_name: nameOfLanguage.of(language) ?? language,
        },
      }),
    );
    return undefined;
  } catch (fault) {
    return captionsNotTaken(outcomeOf(fault));
  }
}
