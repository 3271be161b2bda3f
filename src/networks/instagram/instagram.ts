import { seconds, type Millis } from '../../core/time.ts';
import { lookFor, unlessThere } from '../answers.ts';
import { graphApi, made } from '../graph.ts';
import type { Network } from '../network.ts';
import type { Uploads } from '../uploads.ts';
import { isVideoPart } from '../video-part.ts';
import { remoteOf } from './account.ts';
import { instagramKnown } from './limits.ts';
import { pictureContainers } from './pictures.ts';
import { findReel, publishReel } from './reel.ts';
import { candidates, recentPosts } from './timeline.ts';
import { measureOf, readAccount } from './told.ts';

export interface InstagramCredentials {
  /** of the professional account, as the Page that it belongs to names it */
  readonly userId: string;
  /** of that Page */
  readonly pageToken: string;
  readonly appSecret: string;
  /** of the app that speaks for the account; with it Meta tells how long the token lives */
  readonly appId?: string;
}

export interface InstagramOptions {
  readonly credentials: InstagramCredentials;
  /** the account's name, for a link to its page */
  readonly handle?: string;
  /** a signed address where Instagram may fetch the picture or video now, and nobody may later */
  readonly mediaAddress: (hash: string) => string;
  /** where reels on their way are remembered; absent where nothing is published, such as when an account is connected */
  readonly uploads?: Uploads;
  readonly clock: () => Millis;
  /** of the Graph API, such as `v26.0` */
  readonly version?: string;
  /** the Page's token that connecting again has kept since, where there is one */
  readonly keptToken?: () => Promise<string | undefined>;
  /** how long to wait between two looks at a container */
  readonly lookEvery?: Millis;
}

/**
 * A professional Instagram account, by the Graph API. A picture becomes a container first, which Instagram fills
 * by itself, and publishing the container is the one step that must not happen twice.
 */
export function instagramNetwork(options: InstagramOptions): Network {
  const { credentials, handle, mediaAddress, uploads, clock, version, keptToken } = options;
  const { lookEvery = seconds(2) } = options;
  const { userId, pageToken, appSecret, appId } = credentials;
  const graph = graphApi({ token: pageToken, appSecret, appId, version, keptToken, clock });
  const page = `https://www.instagram.com/${handle === undefined ? '' : `${handle}/`}`;
  const account = { graph, userId, page };
  const parts = { account, mediaAddress, clock, lookEvery };
  const containers = pictureContainers(parts);
  const reels = uploads === undefined ? undefined : { ...parts, uploads };

  return {
    ...instagramKnown,

    async publish(part, key, signal) {
      if (signal.aborted) return { outcome: 'retry', after: seconds(1), reason: 'out-of-time' };
      if (part.part > 0) return { outcome: 'refused', reason: 'no-threads' };
      if (isVideoPart(part)) {
        return reels === undefined
          ? { outcome: 'refused', reason: 'video-missing' }
          : await publishReel(reels, part, key, signal);
      }
      if (part.media.some((each) => each.contentType !== 'image/jpeg')) {
        return { outcome: 'refused', reason: 'picture-type' };
      }
      const container = await containers.of(part, key, signal);
      if ('outcome' in container) return container;
      const began = clock();
      const answer = await graph.post(`${userId}/media_publish`, { creation_id: container.id }, signal);
      if (!answer.ok) {
        return await unlessThere(answer.outcome, async () => candidates(account, part, began, signal));
      }
      const read = made.safeParse(answer.body);
      if (!read.success) return { outcome: 'unknown', reason: 'no-clear-answer' };
      containers.spent(part, key);
      return { outcome: 'published', remote: await remoteOf(account, read.data.id, signal) };
    },

    find: async (part, key, since, signal) =>
      reels !== undefined && isVideoPart(part)
        ? await findReel(reels, part, key, since, signal)
        : await lookFor(async () => candidates(account, part, since, signal), page),

    async remove(remote, _key, signal) {
      const answer = await graph.delete(remote.remoteId, signal);
      return answer.ok || answer.gone ? { outcome: 'published', remote } : answer.outcome;
    },

    stands: async (remote, _key, signal) => await graph.stands(remote.remoteId, signal),
    account: async (signal) => await readAccount(account, signal),
    recent: async (since, signal) => await recentPosts(account, since, signal),
    measure: async (remote, signal) => await measureOf(account, remote, signal),
  };
}
