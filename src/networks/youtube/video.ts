import type { Blobs } from '../../core/blobs.ts';
import { seconds, type Millis } from '../../core/time.ts';
import {
  noClearAnswer,
  type BroughtThere,
  type FindOutcome,
  type PlanPart,
  type PlanVideo,
  type PublicationKey,
  type PublishOutcome,
  type Remote,
} from '../network.ts';
import { mayTurnUpUntil } from '../uploads.ts';
import { askedAgain, deletedThere, goesOn, goesOnAfter, withoutFormer } from '../video-part.ts';
import { bring, type Lost } from './bring.ts';
import { sure, type Channel } from './channel.ts';
import { faultThrown } from './faults.ts';
import { contentsOf, mediaOf, unitsFor } from './media.ts';
import { ownVideos } from './own-videos.ts';
import { costs } from './quota.ts';
import { remoteOf } from './recent.ts';
import { askSession } from './resumable.ts';
import { saidOf, wrongWith, type Said, type SaidParts } from './said.ts';
import { complete, type StepParts } from './steps.ts';
import { privacyOf, statusOf } from './told.ts';

/** What a channel's videos stand on. */
export interface VideoParts extends StepParts {
  readonly blobs: Blobs;
  /** id of YouTube's category */
  readonly category: string;
  readonly said: SaidParts;
}

/** A video that is there with all that belongs to it, and that nobody sees yet. */
interface Ready {
  readonly video: string;
  readonly snippet: ReturnType<typeof snippetOf>;
  readonly stands: PlanVideo;
}

const snippetOf = (category: string, said: Said) => ({
  ...said,
  categoryId: category,
  defaultLanguage: 'en-GB',
  defaultAudioLanguage: 'en-GB',
});

/** Brings the video, and all that has to be there before anybody sees it. @returns where it stands, to be shown */
export async function ready(
  parts: VideoParts,
  part: PlanPart,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<Ready | PublishOutcome> {
  const { channel, blobs, uploads, category } = parts;
  if (signal.aborted) return { outcome: 'retry', after: seconds(1), reason: 'out-of-time' };
  const media = mediaOf(part);
  if ('reason' in media) return { outcome: 'refused', reason: media.reason };
  const said = saidOf(part, key, parts.said);
  const wrong = wrongWith(said);
  if (wrong !== undefined) return { outcome: 'refused', reason: wrong };
  const { video, stands } = media;
  const snippet = snippetOf(category, said);
  const status = { privacyStatus: 'private', selfDeclaredMadeForKids: stands.madeForKids };
  const contents = contentsOf(media);
  const late = await withoutFormer(
    uploads,
    key,
    contents,
    async () => await unseenVideo(parts, key, signal),
    async (former) => await deleteVideo(parts, former, key, signal),
  );
  if (late !== undefined) return late;
  const brought = await bring(
    {
      ...channel,
      uploads,
      blobs,
      spend: async () => await channel.spend({ uploads: 1, units: unitsFor(media) }),
      lookForLost: async (since, within) => await lookForLost(channel, said, since, within),
    },
    key.id,
    {
      hash: video.hash,
      contentType: video.contentType,
      contents,
      resource: { snippet, status },
    },
    signal,
  );
  if ('outcome' in brought) return brought;
  if (brought.is === 'shown') return { outcome: 'published', remote: remoteOf(brought.video) };
  const ended = await complete(parts, brought, key, media, signal);
  return ended ?? { video: brought.video, snippet, stands };
}

async function lookForLost(
  { access, spend }: Channel,
  said: Said,
  since: Millis,
  signal: AbortSignal,
): Promise<Lost> {
  if ((await spend({ units: 2 * costs.list })) !== undefined) return { is: 'cannot-look' };
  try {
    const [first] = await ownVideos(access, said, since, signal);
    return first === undefined ? { is: 'none' } : { is: 'found', video: first };
  } catch {
    return { is: 'cannot-look' };
  }
}

/** Lets the public see it, with its words as they are by now: a correction may have come before it was shown. */
export async function show(
  { channel, uploads }: VideoParts,
  { video, snippet, stands: { privacy, madeForKids } }: Ready,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  if (signal.aborted) return goesOn;
  const status = { privacyStatus: privacy, selfDeclaredMadeForKids: madeForKids };
  const fault = await sure(async () =>
    channel.access.call(signal, async (client, call) =>
      client.videos.update(
        { part: ['snippet', 'status'], requestBody: { id: video, snippet, status } },
        call,
      ),
    ),
  );
  if (fault !== undefined) return await channel.outcomeOf(fault);
  await uploads.show(key.id);
  return { outcome: 'published', remote: remoteOf(video) };
}

/** Deletes a video, be it seen or not. */
export async function deleteVideo(
  { channel, uploads }: VideoParts,
  remote: Remote,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  const { access, quota, outcomeOf } = channel;
  await quota.count(costs.remove);
  const fault = await sure(async () =>
    access.call(signal, async (client, call) => client.videos.delete({ id: remote.remoteId }, call)),
  );
  if (fault !== undefined && fault.fault !== 'gone') return await outcomeOf(fault);
  await deletedThere(uploads, key, remote.remoteId);
  return { outcome: 'published', remote };
}

/** Where a video is that was brought and that Crier has not shown, or may just be coming to be one. */
export async function unseenVideo(
  parts: VideoParts,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<BroughtThere | PublishOutcome | undefined> {
  const { channel, uploads } = parts;
  const state = await uploads.of(key.id);
  if (state?.is === 'arrived') return await asItStands(channel, state.video, signal);
  // Before its last bytes left it cannot have become a video.
  if (state?.is !== 'sending' || state.finishingAt === undefined) return undefined;
  const told = await askSession(channel.access, state, signal);
  if (told.told === 'arrived') {
    await uploads.arrive(key.id, told.video);
    return remoteOf(told.video);
  }
  if (told.told === 'has')
    return channel.clock() < mayTurnUpUntil(state.finishingAt) ? goesOnAfter(askedAgain) : undefined;
  // YouTube forgets a session after days: whether it became a video before, nobody can tell from here.
  return told.fault.fault === 'gone'
    ? { outcome: 'refused', reason: noClearAnswer }
    : await channel.outcomeOf(told.fault);
}

/** A video, and whether somebody lets others see it by YouTube's own means, or has YouTube show it at a time. */
async function asItStands(
  channel: Channel,
  video: string,
  signal: AbortSignal,
): Promise<BroughtThere | PublishOutcome | undefined> {
  await channel.quota.count(costs.list);
  try {
    const status = await statusOf(channel, video, signal);
    if (status === undefined) return undefined;
    const isTheirs = status.privacyStatus !== 'private' || status.publishAt !== undefined;
    return { ...remoteOf(video), ...(isTheirs ? { seen: true } : {}) };
  } catch (fault) {
    return await channel.outcomeOf(faultThrown(fault));
  }
}

/** Before everything has arrived nothing can stand; after that the video has an id, so that a look always tells. */
export async function findVideo(
  { channel, uploads }: VideoParts,
  part: PlanPart,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<FindOutcome> {
  const state = await uploads.of(key.id);
  // Publishing asks the session itself, and goes on from there.
  if (state === undefined || part.video === undefined || state.is === 'sending' || state.is === 'lapsed') {
    return { found: false, goesOn: true };
  }
  if ((await channel.spend({ units: costs.list })) !== undefined) return { found: 'cannot-look' };
  const remote = remoteOf(state.video);
  try {
    const stands = await privacyOf(channel, state.video, signal);
    const { privacy } = part.video;
    // Once it was shown, whoever changed how it stands since then has not taken it away.
    if (state.is === 'shown') {
      return stands === undefined ? { found: false } : { found: true, remotes: [remote] };
    }
    // A video that shall stay private looks the same before its captions.
    if (privacy === 'private' || stands !== privacy) return { found: false, goesOn: true };
    await uploads.show(key.id);
    return { found: true, remotes: [remote] };
  } catch {
    return { found: 'cannot-look', lookAt: remote.url };
  }
}
