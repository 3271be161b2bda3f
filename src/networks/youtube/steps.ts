import { Readable } from 'node:stream';
import type { Blobs } from '../../core/blobs.ts';
import type { PlanMedium, PublicationKey, PublishOutcome } from '../network.ts';
import type { Uploads, UploadState } from '../uploads.ts';
import { goesOn } from '../video-part.ts';
import { sure, type Channel } from './channel.ts';
import type { Media } from './media.ts';

/** What the steps between a video's arrival and its being seen stand on. */
export interface StepParts {
  readonly channel: Channel;
  readonly blobs: Pick<Blobs, 'get'>;
  readonly uploads: Uploads;
}

type Ended = Promise<PublishOutcome | undefined>;

/**
 * Everything that follows once a video has come to YouTube as a private one, and before the public is let in, each
 * once. @returns the outcome that ends the attempt, if one does
 */
export async function complete(
  parts: StepParts,
  state: Extract<UploadState, { readonly is: 'arrived' }>,
  key: PublicationKey,
  { video, picture, stands }: Media,
  signal: AbortSignal,
): Ended {
  const work = {
    captions: async () => await addCaptions(parts, state.video, video, signal),
    thumbnail: async () => await setThumbnail(parts, state.video, picture, signal),
    playlist: async () => await addToPlaylist(parts, state.video, stands.playlist, signal),
  };
  for (const step of ['captions', 'thumbnail', 'playlist'] as const) {
    if (state.done.includes(step)) continue;
    if (signal.aborted) return goesOn;
    const ended = await work[step]();
    if (ended !== undefined) return ended;
    await parts.uploads.step(key.id, step);
  }
  return undefined;
}

/** A step that is there already counts as done. */
async function tried({ outcomeOf }: Channel, call: () => Promise<unknown>): Ended {
  const fault = await sure(call);
  if (fault === undefined || fault.fault === 'is-there') return undefined;
  return fault.fault === 'unclear' ? goesOn : await outcomeOf(fault);
}

async function addCaptions(
  { channel, blobs }: StepParts,
  video: string,
  { captions }: PlanMedium,
  signal: AbortSignal,
): Ended {
  if (captions?.as !== 'file') return undefined;
  const bytes = await blobs.get(captions.hash);
  if (bytes === undefined) return { outcome: 'refused', reason: 'captions-missing' };
  // A second file of the same language and name is refused as being there, so that a repeat adds nothing.
  return await tried(channel, async () =>
    channel.access.call(signal, async (client, call) =>
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
  { channel, blobs }: StepParts,
  video: string,
  picture: PlanMedium | undefined,
  signal: AbortSignal,
): Ended {
  if (picture === undefined) return undefined;
  const bytes = await blobs.get(picture.hash);
  if (bytes === undefined) return { outcome: 'refused', reason: 'picture-missing' };
  return await tried(channel, async () =>
    channel.access.call(signal, async (client, call) =>
      client.thumbnails.set(
        { videoId: video, media: { mimeType: picture.contentType, body: Readable.from([bytes]) } },
        call,
      ),
    ),
  );
}

async function addToPlaylist(
  { channel }: StepParts,
  video: string,
  playlist: string | undefined,
  signal: AbortSignal,
): Ended {
  if (playlist === undefined) return undefined;
  const { access } = channel;
  return await tried(channel, async () => {
    // A playlist takes the same video twice, so it is looked at first.
    const there = await access.call(signal, async (client, call) =>
      client.playlistItems.list({ part: ['id'], playlistId: playlist, videoId: video }, call),
    );
    if ((there.data.items ?? []).length > 0) return;
    const snippet = { playlistId: playlist, resourceId: { kind: 'youtube#video', videoId: video } };
    await access.call(signal, async (client, call) =>
      client.playlistItems.insert({ part: ['snippet'], requestBody: { snippet } }, call),
    );
  });
}
