import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Blobs } from '../../core/blobs.ts';
import { seconds, type Millis } from '../../core/time.ts';
import { comparable } from '../answers.ts';
import type {
  AccountRead,
  FindOutcome,
  Measures,
  Network,
  PlanMedium,
  PlanPart,
  PlanVideo,
  PublicationKey,
  PublishOutcome,
} from '../network.ts';
import { googleHosts, youtubeAccess, type GoogleHosts, type YoutubeCredentials } from './access.ts';
import { bring, type Lost } from './bring.ts';
import { faultThrown, outcomeOf, type Fault } from './faults.ts';
import { youtubeKnown } from './limits.ts';
import { readChannel } from './channel.ts';
import { recentVideos, remoteOf } from './recent.ts';
import { costs, type Bucket, type QuotaGovernor } from './quota.ts';
import { saidOf, wrongWith, type Said, type SaidParts } from './said.ts';
import type { Uploads, UploadState } from '../uploads.ts';
import { videoOf, type BroughtMedia } from '../video-part.ts';

export interface YoutubeOptions extends SaidParts {
  readonly credentials: YoutubeCredentials;
  readonly blobs: Blobs;
  readonly uploads: Uploads;
  readonly quota: QuotaGovernor;
  readonly clock: () => Millis;
  /** id of YouTube's category; "People & Blogs", which is YouTube's own choice, when absent */
  readonly category?: string;
  /** Google's own when absent */
  readonly hosts?: GoogleHosts;
}

const statusList = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      status: z.object({ privacyStatus: z.string(), publishAt: z.string().nullish() }),
    }),
  ),
});
const snippetList = z.object({
  items: z.array(z.object({ snippet: z.object({ categoryId: z.string() }) })),
});
const channelList = z.object({
  items: z.array(
    z.object({ contentDetails: z.object({ relatedPlaylists: z.object({ uploads: z.string() }) }) }),
  ),
});
const uploadList = z.object({
  items: z
    .array(
      z.object({
        snippet: z.object({
          title: z.string(),
          description: z.string(),
          publishedAt: z.string(),
          resourceId: z.object({ videoId: z.string() }),
        }),
      }),
    )
    .optional(),
});
const count = z.coerce.number().int().optional();
const statisticsList = z.object({
  items: z.array(
    z.object({ statistics: z.object({ viewCount: count, likeCount: count, commentCount: count }) }),
  ),
});

const goesOn: PublishOutcome = { outcome: 'retry', after: seconds(5), reason: 'upload-goes-on' };

/**
 * A YouTube channel. The video comes up as a private one; captions, thumbnail and playlist follow; the last call
 * alone lets the public see it. So nobody sees a video without captions, and whatever breaks off before that call
 * has certainly published nothing.
 */
export function youtubeNetwork(options: YoutubeOptions): Network {
  const { blobs, uploads, quota, clock, category = '22', hosts = googleHosts } = options;
  let expires: Millis | 'never' | undefined;
  const access = youtubeAccess(options.credentials, hosts, (life) => {
    expires = life === undefined ? 'never' : clock() + seconds(life);
  });

  const until = async (bucket: Bucket): Promise<Millis> => (await quota.empty(bucket)) - clock();
  const outcome = async (fault: Fault): Promise<PublishOutcome> => await outcomeOf(fault, until);

  async function spend(wanted: Parameters<QuotaGovernor['spend']>[0]): Promise<PublishOutcome | undefined> {
    const result = await quota.spend(wanted);
    return result.spent
      ? undefined
      : { outcome: 'retry', after: Math.max(result.until - clock(), 0), reason: 'quota-spent' };
  }

  /** How the video stands in the end. A time that has passed is now. */
  function standing(video: PlanVideo) {
    const later = video.publishAt !== undefined && video.publishAt > clock() && video.privacy === 'public';
    return {
      privacyStatus: later ? 'private' : video.privacy,
      ...(later && video.publishAt !== undefined
        ? { publishAt: new Date(video.publishAt).toISOString() }
        : {}),
      selfDeclaredMadeForKids: video.madeForKids,
    };
  }

  function resourceOf(video: PlanVideo, said: Said) {
    return {
      snippet: {
        ...said,
        categoryId: category,
        defaultLanguage: 'en-GB',
        defaultAudioLanguage: 'en-GB',
      },
      status: {
        privacyStatus: 'private',
        selfDeclaredMadeForKids: video.madeForKids,
      },
    };
  }

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

  async function show(video: string, wanted: PlanVideo, signal: AbortSignal): Promise<PublishOutcome> {
    const status = standing(wanted);
    const fault = await sure(async () =>
      access.call(signal, async (client, call) =>
        client.videos.update({ part: ['status'], requestBody: { id: video, status } }, call),
      ),
    );
    return fault === undefined ? { outcome: 'published', remote: remoteOf(video) } : await outcome(fault);
  }

  /** Our own uploads with the same words since then, the oldest first. Lists only: a search costs a hundredth of a day. */
  async function ownVideos(said: Said, since: Millis, signal: AbortSignal): Promise<readonly string[]> {
    const channels = await access.call(signal, async (client, call) =>
      client.channels.list({ part: ['contentDetails'], mine: true }, call),
    );
    const [channel] = channelList.parse(channels.data).items;
    if (channel === undefined) return [];
    const playlistId = channel.contentDetails.relatedPlaylists.uploads;
    const listed = await access.call(signal, async (client, call) =>
      client.playlistItems.list({ part: ['snippet'], playlistId, maxResults: 50 }, call),
    );
    return (uploadList.parse(listed.data).items ?? [])
      .map(({ snippet }) => snippet)
      .filter((each) => Date.parse(each.publishedAt) >= since - seconds(60))
      .filter((each) => comparable(each.title) === comparable(said.title))
      .filter((each) => comparable(each.description) === comparable(said.description))
      .sort((a, b) => Date.parse(a.publishedAt) - Date.parse(b.publishedAt))
      .map((each) => each.resourceId.videoId);
  }

  async function lookForLost(said: Said, since: Millis, signal: AbortSignal): Promise<Lost> {
    if ((await spend({ units: 2 * costs.list })) !== undefined) return { is: 'cannot-look' };
    try {
      const [first] = await ownVideos(said, since, signal);
      return first === undefined ? { is: 'none' } : { is: 'found', video: first };
    } catch {
      return { is: 'cannot-look' };
    }
  }

  return {
    ...youtubeKnown,

    async publish(part, key, signal) {
      if (signal.aborted) return { outcome: 'retry', after: seconds(1), reason: 'out-of-time' };
      const media = mediaOf(part);
      if ('reason' in media) return { outcome: 'refused', reason: media.reason };
      const said = saidOf(part, key, options);
      const wrong = wrongWith(said);
      if (wrong !== undefined) return { outcome: 'refused', reason: wrong };
      const brought = await bring(
        {
          access,
          root: hosts.root,
          uploads,
          blobs,
          clock,
          outcomeOf: outcome,
          spend: async () => await spend({ uploads: 1, units: unitsFor(media) }),
          lookForLost: async (since, within) => await lookForLost(said, since, within),
        },
        key.id,
        {
          hash: media.video.hash,
          contentType: media.video.contentType,
          resource: resourceOf(media.stands, said),
        },
        signal,
      );
      if ('outcome' in brought) return brought;
      if (brought.is === 'shown') return { outcome: 'published', remote: remoteOf(brought.video) };
      const ended = await complete(brought, key, media, signal);
      if (ended !== undefined) return ended;
      if (signal.aborted) return goesOn;
      const shown = await show(brought.video, media.stands, signal);
      if (shown.outcome === 'published') await uploads.show(key.id);
      return shown;
    },

    async find(part, key, _since, signal): Promise<FindOutcome> {
      const state = await uploads.of(key.id);
      // Before everything has arrived nothing can stand; publishing asks the session itself, and goes on from there.
      if (
        state === undefined ||
        part.video === undefined ||
        state.is === 'sending' ||
        state.is === 'lapsed'
      ) {
        return { found: false, goesOn: true };
      }
      if ((await spend({ units: costs.list })) !== undefined) return { found: 'cannot-look' };
      try {
        const listed = await access.call(signal, async (client, call) =>
          client.videos.list({ part: ['status'], id: [state.video] }, call),
        );
        const [video] = statusList.parse(listed.data).items;
        const wanted = standing(part.video);
        // Once it was shown, whoever changed how it stands since then has not taken it away.
        if (state.is === 'shown') {
          return video === undefined ? { found: false } : { found: true, remotes: [remoteOf(state.video)] };
        }
        const stands =
          video?.status.privacyStatus === wanted.privacyStatus &&
          (wanted.publishAt === undefined ||
            Date.parse(video.status.publishAt ?? '') === Date.parse(wanted.publishAt)) &&
          // A video that shall stay private looks the same before its captions.
          (wanted.privacyStatus !== 'private' || wanted.publishAt !== undefined);
        if (!stands) return { found: false, goesOn: true };
        await uploads.show(key.id);
        return { found: true, remotes: [remoteOf(state.video)] };
      } catch {
        return { found: 'cannot-look', lookAt: remoteOf(state.video).url };
      }
    },

    async remove(remote, _key, signal) {
      const spent = await spend({ units: costs.remove });
      if (spent !== undefined) return spent;
      const fault = await sure(async () =>
        access.call(signal, async (client, call) => client.videos.delete({ id: remote.remoteId }, call)),
      );
      return fault === undefined || fault.fault === 'gone'
        ? { outcome: 'published', remote }
        : await outcome(fault);
    },

    /** Title and description are put right; the moving picture itself nobody can exchange. */
    async edit(remote, part, key, note, signal) {
      const said = saidOf(part, key, options, note);
      const wrong = wrongWith(said);
      if (wrong !== undefined) return { outcome: 'refused', reason: wrong };
      const spent = await spend({ units: costs.list + costs.update });
      if (spent !== undefined) return spent;
      let categoryId: string;
      try {
        // What a part of an update leaves out is taken away, and the category must be named.
        const listed = await access.call(signal, async (client, call) =>
          client.videos.list({ part: ['snippet'], id: [remote.remoteId] }, call),
        );
        const [video] = snippetList.parse(listed.data).items;
        if (video === undefined) return { outcome: 'refused', reason: 'not-there' };
        ({ categoryId } = video.snippet);
      } catch (thrown) {
        return await outcome(faultThrown(thrown));
      }
      const requestBody = {
        id: remote.remoteId,
        snippet: { ...said, categoryId, defaultLanguage: 'en-GB', defaultAudioLanguage: 'en-GB' },
      };
      const fault = await sure(async () =>
        access.call(signal, async (client, call) =>
          client.videos.update({ part: ['snippet'], requestBody }, call),
        ),
      );
      return fault === undefined ? { outcome: 'published', remote } : await outcome(fault);
    },

    async account(signal): Promise<AccountRead> {
      if ((await spend({ units: costs.list })) !== undefined) return { read: false, reason: 'quota-spent' };
      const read = await readChannel(access, signal, outcome);
      if (!read.read) return read;
      const { uploads: todays } = await quota.left();
      return { ...read, left: todays, ...(expires === undefined ? {} : { expires }) };
    },

    recent: async (since, signal) =>
      (await spend({ units: 3 * costs.list })) === undefined
        ? await recentVideos(access, since, signal)
        : undefined,

    async measure(remote, signal): Promise<Measures | undefined> {
      if ((await spend({ units: costs.list })) !== undefined) return undefined;
      try {
        const listed = await access.call(signal, async (client, call) =>
          client.videos.list({ part: ['statistics'], id: [remote.remoteId] }, call),
        );
        const [video] = statisticsList.parse(listed.data).items;
        if (video === undefined) return undefined;
        const { viewCount, likeCount, commentCount } = video.statistics;
        return {
          ...(viewCount === undefined ? {} : { views: viewCount }),
          ...(likeCount === undefined ? {} : { likes: likeCount }),
          ...(commentCount === undefined ? {} : { replies: commentCount }),
        };
      } catch {
        return undefined;
      }
    },
  };
}

interface Media extends BroughtMedia {
  readonly stands: PlanVideo;
}

/** The one video of a part, with captions, and at most one picture. */
function mediaOf(part: PlanPart): Media | { readonly reason: string } {
  const media = videoOf(part);
  if ('reason' in media) return media;
  if (media.video.captions === undefined) return { reason: 'captions-missing' };
  // Whether it is made for children somebody has to have said: no answer of ours could be sure to be true.
  if (part.video === undefined) return { reason: 'for-children-unsaid' };
  return { ...media, stands: part.video };
}

/** What everything after the upload itself will cost, so that no video is left half-way for want of quota. */
function unitsFor({ video, picture, stands }: Media): number {
  return (
    costs.update +
    (video.captions?.as === 'file' ? costs.captions : 0) +
    (picture === undefined ? 0 : costs.thumbnail) +
    (stands.playlist === undefined ? 0 : costs.list + costs.playlist)
  );
}
