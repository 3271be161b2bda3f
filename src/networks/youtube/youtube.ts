import { z } from 'zod';
import type { Blobs } from '../../core/blobs.ts';
import { canonical, sha256 } from '../../core/json.ts';
import { seconds, type Millis } from '../../core/time.ts';
import { lookAtPost } from '../answers.ts';
import type {
  AccountRead,
  FindOutcome,
  Measures,
  Network,
  PlanPart,
  PlanVideo,
  PublicationKey,
  PublishOutcome,
} from '../network.ts';
import type { Uploads } from '../uploads.ts';
import { goesOn } from '../video-part.ts';
import { googleHosts, youtubeAccess, type GoogleHosts, type YoutubeCredentials } from './access.ts';
import { bring, type Lost } from './bring.ts';
import { readChannel } from './channel.ts';
import { faultThrown, outcomeOf, type Fault } from './faults.ts';
import { youtubeKnown } from './limits.ts';
import { ownVideos } from './own-videos.ts';
import { costs, type Bucket, type QuotaGovernor } from './quota.ts';
import { recentVideos, remoteOf } from './recent.ts';
import { saidOf, wrongWith, type Said, type SaidParts } from './said.ts';
import { mediaOf, youtubeSteps, type Media } from './steps.ts';

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
      status: z.object({ privacyStatus: z.string() }),
    }),
  ),
});
const snippetList = z.object({
  items: z.array(
    z.object({
      snippet: z.object({
        categoryId: z.string(),
        tags: z.array(z.string()).exactOptional(),
        defaultLanguage: z.string().exactOptional(),
        defaultAudioLanguage: z.string().exactOptional(),
      }),
    }),
  ),
});
const count = z.coerce.number().int().optional();
const statisticsList = z.object({
  items: z.array(
    z.object({ statistics: z.object({ viewCount: count, likeCount: count, commentCount: count }) }),
  ),
});

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

  const { sure, complete, show } = youtubeSteps({ access, blobs, uploads, outcomeOf: outcome });

  async function spend(wanted: Parameters<QuotaGovernor['spend']>[0]): Promise<PublishOutcome | undefined> {
    const result = await quota.spend(wanted);
    return result.spent
      ? undefined
      : { outcome: 'retry', after: Math.max(result.until - clock(), 0), reason: 'quota-spent' };
  }

  const snippetOf = (said: Said) => ({
    ...said,
    categoryId: category,
    defaultLanguage: 'en-GB',
    defaultAudioLanguage: 'en-GB',
  });

  function resourceOf(video: PlanVideo, said: Said) {
    return {
      snippet: snippetOf(said),
      status: {
        privacyStatus: 'private',
        selfDeclaredMadeForKids: video.madeForKids,
      },
    };
  }

  async function lookForLost(said: Said, since: Millis, signal: AbortSignal): Promise<Lost> {
    if ((await spend({ units: 2 * costs.list })) !== undefined) return { is: 'cannot-look' };
    try {
      const [first] = await ownVideos(access, said, since, signal);
      return first === undefined ? { is: 'none' } : { is: 'found', video: first };
    } catch {
      return { is: 'cannot-look' };
    }
  }

  /** Brings the video, and all that has to be there before anybody sees it. @returns where it stands, to be shown */
  async function ready(
    part: PlanPart,
    key: PublicationKey,
    signal: AbortSignal,
  ): Promise<Ready | PublishOutcome> {
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
        contents: contentsOf(media),
        resource: resourceOf(media.stands, said),
      },
      signal,
    );
    if ('outcome' in brought) return brought;
    if (brought.is === 'shown') return { outcome: 'published', remote: remoteOf(brought.video) };
    const ended = await complete(brought, key, media, signal);
    return ended ?? { video: brought.video, snippet: snippetOf(said), stands: media.stands };
  }

  return {
    ...youtubeKnown,

    async prepare(part, key, signal) {
      const there = await ready(part, key, signal);
      return 'outcome' in there ? there : undefined;
    },

    async publish(part, key, signal) {
      const there = await ready(part, key, signal);
      if ('outcome' in there) return there;
      if (signal.aborted) return goesOn;
      const shown = await show(there.video, there.snippet, there.stands, signal);
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
        const { privacy } = part.video;
        // Once it was shown, whoever changed how it stands since then has not taken it away.
        if (state.is === 'shown') {
          return video === undefined ? { found: false } : { found: true, remotes: [remoteOf(state.video)] };
        }
        // A video that shall stay private looks the same before its captions.
        if (privacy === 'private' || video?.status.privacyStatus !== privacy)
          return { found: false, goesOn: true };
        await uploads.show(key.id);
        return { found: true, remotes: [remoteOf(state.video)] };
      } catch {
        return { found: 'cannot-look', lookAt: remoteOf(state.video).url };
      }
    },

    async remove(remote, _key, signal) {
      await quota.count(costs.remove);
      const fault = await sure(async () =>
        access.call(signal, async (client, call) => client.videos.delete({ id: remote.remoteId }, call)),
      );
      return fault === undefined || fault.fault === 'gone'
        ? { outcome: 'published', remote }
        : await outcome(fault);
    },

    async stands(remote, _key, signal) {
      if ((await spend({ units: costs.list })) !== undefined) return 'unseen';
      return await lookAtPost(async () => {
        const listed = await access.call(signal, async (client, call) =>
          client.videos.list({ part: ['status'], id: [remote.remoteId] }, call),
        );
        return statusList.parse(listed.data).items.length > 0;
      });
    },

    /** Title and description are put right; the moving picture itself nobody can exchange. */
    async edit(remote, part, key, note, signal) {
      const said = saidOf(part, key, options, note);
      const wrong = wrongWith(said);
      if (wrong !== undefined) return { outcome: 'refused', reason: wrong };
      await quota.count(costs.list + costs.update);
      let stands: z.infer<typeof snippetList>['items'][number]['snippet'];
      try {
        // What a part of an update leaves out is taken away: tags and languages stay as somebody has set them.
        const listed = await access.call(signal, async (client, call) =>
          client.videos.list({ part: ['snippet'], id: [remote.remoteId] }, call),
        );
        const [video] = snippetList.parse(listed.data).items;
        if (video === undefined) return { outcome: 'refused', reason: 'not-there' };
        stands = video.snippet;
      } catch (thrown) {
        return await outcome(faultThrown(thrown));
      }
      const requestBody = {
        id: remote.remoteId,
        snippet: { ...stands, ...said },
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

/** A video that is there with all that belongs to it, and that nobody sees yet. */
interface Ready {
  readonly video: string;
  readonly snippet: Said & { readonly categoryId: string };
  readonly stands: PlanVideo;
}

/** Names what is brought: the words, and who may see it, are said anew when it is shown. */
const contentsOf = ({ video, picture, stands }: Media): string =>
  sha256(
    canonical({
      video: video.hash,
      captions: video.captions ?? null,
      picture: picture?.hash ?? null,
      playlist: stands.playlist ?? null,
    }),
  );

/** What everything after the upload itself will cost, so that no video is left half-way for want of quota. */
function unitsFor({ video, picture, stands }: Media): number {
  return (
    costs.update +
    (video.captions?.as === 'file' ? costs.captions : 0) +
    (picture === undefined ? 0 : costs.thumbnail) +
    (stands.playlist === undefined ? 0 : costs.list + costs.playlist)
  );
}
