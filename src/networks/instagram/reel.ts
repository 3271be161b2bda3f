import type { Millis } from '../../core/time.ts';
import { lookFor, unlessThere } from '../answers.ts';
import { made } from '../graph.ts';
import type { FindOutcome, PlanPart, PublicationKey, PublishOutcome } from '../network.ts';
import type { Uploads } from '../uploads.ts';
import {
  broughtAnew,
  contentsOf,
  goesOn,
  isThere,
  uploadOf,
  videoOf,
  type BroughtMedia,
} from '../video-part.ts';
import { remoteOf } from './account.ts';
import { containerLife, filledContainer, makeContainer, type Step } from './container.ts';
import type { PictureParts } from './pictures.ts';
import { candidates } from './timeline.ts';

/** What reels stand on beside what pictures do. */
export interface ReelParts extends PictureParts {
  readonly uploads: Uploads;
}

function reelOf(part: PlanPart): BroughtMedia | { readonly reason: string } {
  const media = videoOf(part);
  if ('reason' in media || media.picture === undefined || media.picture.contentType === 'image/jpeg')
    return media;
  return { reason: 'picture-type' };
}

/**
 * Publishes a video as a reel. Instagram fetches it into a container, which takes minutes, so the container outlives
 * a death: whoever comes next waits for the same one. That it is about to be published is kept before it is, for
 * publishing is the one step that must not happen twice.
 */
export async function publishReel(
  parts: ReelParts,
  part: PlanPart,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  const { account, uploads, clock, lookEvery } = parts;
  const reel = reelOf(part);
  if ('reason' in reel) return { outcome: 'refused', reason: reel.reason };
  const published = async (id: string): Promise<PublishOutcome> => ({
    outcome: 'published',
    remote: await remoteOf(account, id, signal),
  });
  const before = await uploadOf(uploads, key, contentsOf(part));
  if (isThere(before)) return await published(before.video);
  const container = await containerOf(parts, part, reel, key, signal);
  if ('outcome' in container) return container;
  const ready = await filledContainer(account, container.id, lookEvery, 'video-not-taken', signal);
  if ('outcome' in ready) {
    // It will never be published, so that the next attempt needs another one.
    if (ready.outcome === 'refused' && ready.reason === 'video-not-taken')
      await uploads.lapse(key.id, container.id);
    return ready.outcome === 'retry' && ready.reason === 'container-expired'
      ? await broughtAnew(uploads, key, ready)
      : ready;
  }
  if (signal.aborted) return goesOn;
  const state = await uploads.finish(key.id, container.id);
  if (state?.is !== 'sending' || state.location !== container.id) return goesOn;
  const began = clock();
  const answer = await account.graph.post(
    `${account.userId}/media_publish`,
    { creation_id: container.id },
    signal,
  );
  if (!answer.ok)
    return await unlessThere(answer.outcome, async () => candidates(account, part, began, signal));
  const read = made.safeParse(answer.body);
  if (!read.success) return { outcome: 'unknown', reason: 'no-clear-answer' };
  await uploads.arrive(key.id, read.data.id);
  return await published(read.data.id);
}

/** The container of a publication: the one that an earlier attempt or process left, unless it is too old. */
async function containerOf(
  { account, uploads, mediaAddress, clock }: ReelParts,
  part: PlanPart,
  { video, picture }: BroughtMedia,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<Step> {
  const before = await uploads.of(key.id);
  if (before?.is === 'sending') {
    if (clock() - before.openedAt < containerLife) return { id: before.location };
    await uploads.lapse(key.id, before.location);
  }
  const step = await makeContainer(
    account,
    {
      media_type: 'REELS',
      video_url: mediaAddress(video.hash),
      caption: part.text,
      share_to_feed: 'true',
      ...(picture === undefined ? {} : { cover_url: mediaAddress(picture.hash) }),
    },
    signal,
  );
  if ('outcome' in step) return step;
  const state = await uploads.open(key.id, step.id, 0, { contents: contentsOf(part) });
  return state?.is === 'sending' ? { id: state.location } : goesOn;
}

/** Before a container was about to be published nothing can stand; after that the account's own list tells. */
export async function findReel(
  { account, uploads }: ReelParts,
  part: PlanPart,
  key: PublicationKey,
  since: Millis,
  signal: AbortSignal,
): Promise<FindOutcome> {
  const state = await uploads.of(key.id);
  const asked = isThere(state) || (state?.is === 'sending' && state.finishingAt !== undefined);
  return asked
    ? await lookFor(async () => candidates(account, part, since, signal), account.page)
    : { found: false, goesOn: true };
}
