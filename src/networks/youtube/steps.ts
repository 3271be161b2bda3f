import { Readable } from 'node:stream';
import type { youtube_v3 } from '@googleapis/youtube';
import type { Blobs } from '../../core/blobs.ts';
import type { PlanMedium, PlanPart, PlanVideo, PublicationKey, PublishOutcome } from '../network.ts';
import type { Uploads, UploadState } from '../uploads.ts';
import { goesOn, videoOf, type BroughtMedia } from '../video-part.ts';
import type { YoutubeAccess } from './access.ts';
import { faultThrown, type Fault } from './faults.ts';
import { remoteOf } from './recent.ts';

/** What a part brings to YouTube, and how it shall stand there. */
export interface Media extends BroughtMedia {
  readonly stands: PlanVideo;
}

/** The one video of a part, with captions, and at most one picture. */
export function mediaOf(part: PlanPart): Media | { readonly reason: string } {
  const media = videoOf(part);
  if ('reason' in media) return media;
  if (media.video.captions === undefined) return { reason: 'captions-missing' };
  // Whether it is made for children somebody has to have said: no answer of ours could be sure to be true.
  if (part.video === undefined) return { reason: 'for-children-unsaid' };
  return { ...media, stands: part.video };
}

/** What the steps between a video's arrival and its being seen stand on. */
interface StepParts {
  readonly access: YoutubeAccess;
  readonly blobs: Pick<Blobs, 'get'>;
  readonly uploads: Uploads;
  readonly outcomeOf: (fault: Fault) => Promise<PublishOutcome>;
}

/**
 * The steps that follow once a video has come to YouTube, as a private one: captions, thumbnail and playlist, and
 * the last call, which alone lets the public see it.
 */
export function youtubeSteps({ access, blobs, uploads, outcomeOf: outcome }: StepParts) {
  /**
   * Makes a call that does no harm when it is made again. So a refusal is asked for once more: it may have been
   * said after the work was done all the same.
   */
  async function sure(call: () => Promise<unknown>): Promise<Fault | undefined> {
    const once = async (): Promise<Fault | undefined> => {
      try {
        await call();
        return undefined;
      } catch (thrown) {
        return faultThrown(thrown);
      }
    };
    const fault = await once();
    return fault?.fault === 'refused' || fault?.fault === 'is-there' ? await once() : fault;
  }

  /** A step that is there already counts as done. @returns the outcome that ends the attempt, if it does */
  async function tried(call: () => Promise<unknown>): Promise<PublishOutcome | undefined> {
    const fault = await sure(call);
    if (fault === undefined || fault.fault === 'is-there') return undefined;
    return fault.fault === 'unclear' ? goesOn : await outcome(fault);
  }

  async function addCaptions(
    video: string,
    medium: PlanMedium,
    signal: AbortSignal,
  ): Promise<PublishOutcome | undefined> {
    const { captions } = medium;
    if (captions?.as !== 'file') return undefined;
    const bytes = await blobs.get(captions.hash);
    if (bytes === undefined) return { outcome: 'refused', reason: 'captions-missing' };
    // A second file of the same language and name is refused as being there, so that a repeat adds nothing.
    return await tried(async () =>
      access.call(signal, async (client, call) =>
        client.captions.insert(
          {
            part: ['snippet'],
            requestBody: {
              snippet: { videoId: video, language: captions.language, name: '', isDraft: false },
            },
            media: { mimeType: captions.contentType, body: Buffer.from(bytes).toString('utf8') },
          },
          call,
        ),
      ),
    );
  }

  async function setThumbnail(
    video: string,
    picture: PlanMedium | undefined,
    signal: AbortSignal,
  ): Promise<PublishOutcome | undefined> {
    if (picture === undefined) return undefined;
    const bytes = await blobs.get(picture.hash);
    if (bytes === undefined) return { outcome: 'refused', reason: 'picture-missing' };
    return await tried(async () =>
      access.call(signal, async (client, call) =>
        client.thumbnails.set(
          { videoId: video, media: { mimeType: picture.contentType, body: Readable.from([bytes]) } },
          call,
        ),
      ),
    );
  }

  async function addToPlaylist(
    video: string,
    playlist: string | undefined,
    signal: AbortSignal,
  ): Promise<PublishOutcome | undefined> {
    if (playlist === undefined) return undefined;
    return await tried(async () => {
      // A playlist takes the same video twice, so it is looked at first.
      const there = await access.call(signal, async (client, call) =>
        client.playlistItems.list({ part: ['id'], playlistId: playlist, videoId: video }, call),
      );
      if ((there.data.items ?? []).length > 0) return;
      await access.call(signal, async (client, call) =>
        client.playlistItems.insert(
          {
            part: ['snippet'],
            requestBody: {
              snippet: { playlistId: playlist, resourceId: { kind: 'youtube#video', videoId: video } },
            },
          },
          call,
        ),
      );
    });
  }

  /** Everything that has to be there before the public is let in. */
  async function complete(
    state: Extract<UploadState, { readonly is: 'arrived' }>,
    key: PublicationKey,
    media: Media,
    signal: AbortSignal,
  ): Promise<PublishOutcome | undefined> {
    const work = {
      captions: async () => await addCaptions(state.video, media.video, signal),
      thumbnail: async () => await setThumbnail(state.video, media.picture, signal),
      playlist: async () => await addToPlaylist(state.video, media.stands.playlist, signal),
    };
    for (const step of ['captions', 'thumbnail', 'playlist'] as const) {
      if (state.done.includes(step)) continue;
      if (signal.aborted) return goesOn;
      const ended = await work[step]();
      if (ended !== undefined) return ended;
      await uploads.step(key.id, step);
    }
    return undefined;
  }

  /** Lets the public see it, with its words as they are by now: a correction may have come before it was shown. */
  async function show(
    video: string,
    snippet: youtube_v3.Schema$VideoSnippet,
    { privacy, madeForKids }: PlanVideo,
    signal: AbortSignal,
  ): Promise<PublishOutcome> {
    const status = { privacyStatus: privacy, selfDeclaredMadeForKids: madeForKids };
    const fault = await sure(async () =>
      access.call(signal, async (client, call) =>
        client.videos.update(
          { part: ['snippet', 'status'], requestBody: { id: video, snippet, status } },
          call,
        ),
      ),
    );
    return fault === undefined ? { outcome: 'published', remote: remoteOf(video) } : await outcome(fault);
  }

  return { sure, complete, show };
}
