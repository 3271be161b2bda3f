import type { Blobs } from '../../core/blobs.ts';
import type { Millis } from '../../core/time.ts';
import { lookAtPost } from '../answers.ts';
import type { Network } from '../network.ts';
import type { Uploads } from '../uploads.ts';
import { googleHosts, type GoogleHosts, type YoutubeCredentials } from './access.ts';
import { channelOf } from './channel.ts';
import { correct } from './correct.ts';
import { youtubeKnown } from './limits.ts';
import { costs, type QuotaGovernor } from './quota.ts';
import { recentVideos } from './recent.ts';
import type { SaidParts } from './said.ts';
import { measureOf, privacyOf, readAccount } from './told.ts';
import { deleteVideo, findVideo, ready, show, unseenVideo } from './video.ts';

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

/**
 * A YouTube channel. The video comes up as a private one; captions, thumbnail and playlist follow; the last call
 * alone lets the public see it. So nobody sees a video without captions, and whatever breaks off before that call
 * has certainly published nothing.
 */
export function youtubeNetwork(options: YoutubeOptions): Network {
  const { blobs, uploads, category = '22', hosts = googleHosts } = options;
  const channel = channelOf({ ...options, hosts });
  const { access, spend } = channel;
  const parts = { channel, blobs, uploads, category, said: options };

  return {
    ...youtubeKnown,

    async prepare(part, key, signal) {
      const there = await ready(parts, part, key, signal);
      return 'outcome' in there ? there : undefined;
    },

    async publish(part, key, signal) {
      const there = await ready(parts, part, key, signal);
      return 'outcome' in there ? there : await show(parts, there, key, signal);
    },

    find: async (part, key, _since, signal) => await findVideo(parts, part, key, signal),

    unseen: async (key, signal) => await unseenVideo(parts, key, signal),

    remove: async (remote, key, signal) => await deleteVideo(parts, remote, key, signal),

    stands: async (remote, _key, signal) =>
      (await spend({ units: costs.list })) === undefined
        ? await lookAtPost(async () => (await privacyOf(channel, remote.remoteId, signal)) !== undefined)
        : 'unseen',

    edit: async (remote, part, key, note, signal) =>
      await correct(channel, options, remote, { part, key, note }, signal),

    account: async (signal) => await readAccount(channel, signal),

    recent: async (since, signal) =>
      (await spend({ units: 3 * costs.list })) === undefined
        ? await recentVideos(access, since, signal)
        : undefined,

    measure: async (remote, signal) => await measureOf(channel, remote, signal),
  };
}
