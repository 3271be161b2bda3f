import { seconds, type Millis } from '../../core/time.ts';
import { linksIn, linkTarget } from '../../protocol/text/links.ts';
import { lookFor, unlessSaidBefore, unlessThere, type ReadMedium } from '../answers.ts';
import { graphApi, made } from '../graph.ts';
import type { Network, PlanPart } from '../network.ts';
import { isVideoPart, type VideoParts } from '../video-part.ts';
import { facebookKnown } from './limits.ts';
import { bringPhotos } from './photos.ts';
import { isVideoId, recentPosts, remoteOf } from './recent.ts';
import { candidates } from './timeline.ts';
import { remove } from './remove.ts';
import { measureOf, readAccount } from './told.ts';
import { deleteVideo, findVideo, publishVideo, unseenVideo } from './video.ts';

export interface FacebookCredentials {
  readonly pageId: string;
  /** of the Page, from a long-lived token of a person; it dies with that person's password or role */
  readonly pageToken: string;
  readonly appSecret: string;
  /** of the app that speaks for the Page; with it Meta tells how long the token lives */
  readonly appId?: string;
}

export interface FacebookOptions {
  readonly credentials: FacebookCredentials;
  readonly media: ReadMedium;
  /** what videos stand on; absent where nothing is published, such as when an account is connected */
  readonly videos?: VideoParts;
  readonly clock: () => Millis;
  /** of the Graph API, such as `v26.0` */
  readonly version?: string;
  /** the Page's token that connecting again has kept since, where there is one */
  readonly keptToken?: () => Promise<string | undefined>;
}

/** A part as Facebook is asked to post it. @param photos ids of what was brought for it */
function feedOf({ text }: PlanPart, photos: readonly string[]) {
  const link = photos.length === 0 ? firstLink(text) : undefined;
  return {
    message: text,
    ...(link === undefined ? {} : { link }),
    ...(photos.length === 0
      ? {}
      : { attached_media: JSON.stringify(photos.map((id) => ({ media_fbid: id }))) }),
  };
}

/** The link whose card is shown below the post. */
function firstLink(text: string): string | undefined {
  const [first] = linksIn(text);
  return first === undefined ? undefined : linkTarget(text.slice(first.from, first.to));
}

/** What is put right of a post: its words; it keeps the pictures it had. */
const correctedOf = (remoteId: string, { text, headline }: PlanPart) =>
  isVideoId(remoteId)
    ? { description: text, ...(headline === undefined ? {} : { name: headline }) }
    : { message: text };

/** A Facebook Page by the Graph API. It has no idempotency key: what nobody can tell is looked up. */
export function facebookNetwork(options: FacebookOptions): Network {
  const { credentials, media, videos, clock, version, keptToken } = options;
  const { pageId, pageToken, appSecret, appId } = credentials;
  const graph = graphApi({ token: pageToken, appSecret, appId, version, keptToken, clock });
  const page = { graph, pageId };
  const brings = videos === undefined ? undefined : { ...videos, ...page, clock };

  return {
    ...facebookKnown,

    async publish(part, key, signal) {
      if (signal.aborted) return { outcome: 'retry', after: seconds(1), reason: 'out-of-time' };
      if (part.part > 0) return { outcome: 'refused', reason: 'no-threads' };
      if (isVideoPart(part)) {
        return brings === undefined
          ? { outcome: 'refused', reason: 'video-missing' }
          : await publishVideo(brings, part, key, signal);
      }
      const photos = await bringPhotos(page, media, part, signal);
      if ('outcome' in photos) return photos;
      const began = clock();
      const answer = await graph.post(`${pageId}/feed`, feedOf(part, photos), signal);
      if (!answer.ok) {
        const look = async (since: Millis) => candidates(page, part, since, signal);
        const failed = await unlessSaidBefore(answer.outcome, key.begun, look);
        return await unlessThere(failed, async () => look(began));
      }
      const read = made.safeParse(answer.body);
      return read.success
        ? { outcome: 'published', remote: remoteOf(read.data.id) }
        : { outcome: 'unknown', reason: 'no-clear-answer' };
    },

    find: async (part, key, since, signal) =>
      brings !== undefined && isVideoPart(part)
        ? await findVideo(brings, key, signal)
        : await lookFor(
            async () => candidates(page, part, since, signal),
            `https://www.facebook.com/${pageId}`,
          ),

    unseen: async (key, signal) =>
      brings === undefined ? undefined : await unseenVideo(brings, key, signal),

    remove: async (remote, key, signal) =>
      brings !== undefined && isVideoId(remote.remoteId)
        ? await deleteVideo(brings, remote, key, signal)
        : await remove(page, remote, signal),

    /** Facebook itself marks a post as edited, without the note. */
    async edit(remote, part, _key, _note, signal) {
      const answer = await graph.post(remote.remoteId, correctedOf(remote.remoteId, part), signal);
      if (answer.ok) return { outcome: 'published', remote };
      return answer.gone ? { outcome: 'refused', reason: 'not-there' } : answer.outcome;
    },

    stands: async (remote, _key, signal) => await graph.stands(remote.remoteId, signal),
    account: async (signal) => await readAccount(page, signal),
    recent: async (since, signal) => await recentPosts(page, since, signal),
    measure: async (remote, signal) => await measureOf(page, remote, signal),
  };
}
