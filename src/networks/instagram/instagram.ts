import { z } from 'zod';
import { seconds, type Millis } from '../../core/time.ts';
import { comparable, lookFor, opening, unlessThere, unread } from '../answers.ts';
import { graphApi, nextPage } from '../graph.ts';
import { moment, readable } from '../listed.ts';
import type { Found, ListedPost, Measures, Network, PlanPart, PublishOutcome } from '../network.ts';
import type { Uploads } from '../uploads.ts';
import { contentsOf, isVideoPart } from '../video-part.ts';
import { containerLife, filledContainer, made, makeContainer, type Step } from './container.ts';
import { instagramKnown } from './limits.ts';
import { findReel, publishReel } from './reel.ts';

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

const permalink = z.object({ permalink: z.url() });
const post = z.object({
  id: z.string(),
  caption: z.string().optional(),
  timestamp: moment,
  permalink: z.url(),
  media_type: z.string().optional(),
  children: z.object({ data: z.array(z.object({ id: z.string() })) }).optional(),
});
type Listed = z.infer<typeof post>;
const listed = z.object({
  data: z.array(post),
  paging: z.object({ next: z.string().optional() }).optional(),
});
const recent = z.object({ data: readable(post) });
const self = z.object({ username: z.string(), followers_count: z.number().optional() });
/** How much an account may publish differs and changes: Instagram is asked. */
const quota = z.object({
  data: z.array(z.object({ quota_usage: z.number(), config: z.object({ quota_total: z.number() }) })),
});
const measured = z.object({ like_count: z.number().optional(), comments_count: z.number().optional() });

interface Container {
  readonly id: string;
  readonly at: Millis;
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
  /**
   * Containers that wait to be published, by publication and what they contain: a second attempt goes on with the first
   * one's, unless the post was edited in between.
   */
  const containers = new Map<string, Container>();

  const make = async (fields: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Step> =>
    await makeContainer(graph, userId, fields, signal);
  const filled = async (id: string, signal: AbortSignal): Promise<Step> =>
    await filledContainer(graph, id, lookEvery, 'picture-not-taken', signal);

  async function contain(part: PlanPart, signal: AbortSignal): Promise<Step> {
    const pictures = part.media.map(({ hash, alt }) => ({
      image_url: mediaAddress(hash),
      ...(alt === '' ? {} : { alt_text: alt }),
    }));
    const [first] = pictures;
    if (first === undefined) return { outcome: 'refused', reason: 'needs-picture' };
    if (pictures.length === 1) return await make({ ...first, caption: part.text }, signal);
    const children: string[] = [];
    for (const picture of pictures) {
      const child = await make({ ...picture, is_carousel_item: 'true' }, signal);
      if ('outcome' in child) return child;
      const ready = await filled(child.id, signal);
      if ('outcome' in ready) return ready;
      children.push(child.id);
    }
    return await make({ media_type: 'CAROUSEL', children: children.join(','), caption: part.text }, signal);
  }

  /** The container of a publication: the one that an earlier attempt left, unless it is too old. */
  async function containerOf(part: PlanPart, key: string, signal: AbortSignal): Promise<Step> {
    for (const [old, container] of containers) {
      if (clock() - container.at > containerLife) containers.delete(old);
    }
    const kept = containers.get(key);
    const step = kept ?? (await contain(part, signal));
    if ('outcome' in step) return step;
    if (kept === undefined) containers.set(key, { id: step.id, at: clock() });
    const ready = await filled(step.id, signal);
    if ('outcome' in ready && isSpoilt(ready)) containers.delete(key);
    return ready;
  }

  async function urlOf(id: string, signal: AbortSignal): Promise<string> {
    const answer = await graph.get(id, { fields: 'permalink' }, signal);
    // The post stands either way: without its own address, the account's page will do.
    return permalink.safeParse(answer.ok ? answer.body : undefined).data?.permalink ?? page;
  }

  async function timeline(since: Millis, signal: AbortSignal): Promise<readonly Listed[]> {
    const found: Listed[] = [];
    let cursors: Readonly<Record<string, string>> | undefined = {};
    while (cursors !== undefined) {
      const answer = await graph.get(
        `${userId}/media`,
        { fields: 'id,caption,timestamp,permalink,media_type,children{id}', limit: '100', ...cursors },
        signal,
      );
      if (!answer.ok) throw new Error('the account could not be read');
      const { data, paging } = listed.parse(answer.body);
      const newer = data.filter(({ timestamp }) => timestamp >= since - seconds(1));
      found.push(...newer);
      // Newest first: from the first that is too old, all are.
      cursors = newer.length < data.length ? undefined : nextPage(paging);
    }
    return found;
  }

  async function candidates(part: PlanPart, since: Millis, signal: AbortSignal): Promise<readonly Found[]> {
    const posted = await timeline(since - seconds(60), signal);
    return posted
      .filter((each) => comparable(each.caption ?? '') === comparable(part.text))
      .filter((each) => looksLike(each, part))
      .toSorted((a, b) => a.timestamp - b.timestamp)
      .map((each) => ({ remoteId: each.id, url: each.permalink, at: each.timestamp }));
  }

  const reels =
    uploads === undefined
      ? undefined
      : {
          graph,
          userId,
          uploads,
          mediaAddress,
          clock,
          page,
          make,
          candidates,
          urlOf,
          filled: async (id: string, signal: AbortSignal) =>
            await filledContainer(graph, id, lookEvery, 'video-not-taken', signal),
        };

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
      const kept = `${key.id} ${contentsOf(part)}`;
      const container = await containerOf(part, kept, signal);
      if ('outcome' in container) return container;
      const began = clock();
      const answer = await graph.post(`${userId}/media_publish`, { creation_id: container.id }, signal);
      if (!answer.ok) {
        return await unlessThere(answer.outcome, async () => candidates(part, began, signal));
      }
      const read = made.safeParse(answer.body);
      if (!read.success) return { outcome: 'unknown', reason: 'no-clear-answer' };
      containers.delete(kept);
      const { id } = read.data;
      return { outcome: 'published', remote: { remoteId: id, url: await urlOf(id, signal) } };
    },

    find: async (part, key, since, signal) =>
      reels !== undefined && isVideoPart(part)
        ? await findReel(reels, part, key, since, signal)
        : await lookFor(async () => candidates(part, since, signal), page),

    async remove(remote, _key, signal) {
      const answer = await graph.delete(remote.remoteId, signal);
      return answer.ok || answer.gone ? { outcome: 'published', remote } : answer.outcome;
    },

    stands: async (remote, _key, signal) => await graph.stands(remote.remoteId, signal),

    async account(signal) {
      const answer = await graph.get(userId, { fields: 'username,followers_count' }, signal);
      if (!answer.ok) return unread(answer.outcome);
      const read = self.safeParse(answer.body);
      if (!read.success) return { read: false, reason: 'no-clear-answer' };
      const limit = await graph.get(
        `${userId}/content_publishing_limit`,
        { fields: 'config,quota_usage' },
        signal,
      );
      const [window] = quota.safeParse(limit.ok ? limit.body : undefined).data?.data ?? [];
      const { username, followers_count: followers } = read.data;
      const expires = await graph.expires(signal);
      return {
        read: true,
        name: `@${username}`,
        ...(followers === undefined ? {} : { followers }),
        ...(window === undefined ? {} : { left: window.config.quota_total - window.quota_usage }),
        ...(expires === undefined ? {} : { expires }),
      };
    },

    /** What is planned in Instagram's own tools nobody can read. */
    async recent(since, signal): Promise<readonly ListedPost[] | undefined> {
      const answer = await graph.get(
        `${userId}/media`,
        // Newest first; more than these in a week there are not.
        { fields: 'id,caption,timestamp,permalink', limit: '50' },
        signal,
      );
      const read = recent.safeParse(answer.ok ? answer.body : undefined);
      return read.data?.data
        .filter((each) => each.timestamp >= since)
        .map((each) => ({
          remote: { remoteId: each.id, url: each.permalink },
          at: each.timestamp,
          words: opening(each.caption ?? ''),
        }));
    },

    async measure(remote, signal): Promise<Measures | undefined> {
      const answer = await graph.get(remote.remoteId, { fields: 'like_count,comments_count' }, signal);
      const read = measured.safeParse(answer.ok ? answer.body : undefined);
      if (!read.success) return undefined;
      const { like_count: likes, comments_count: replies } = read.data;
      const told = await graph.insights(remote.remoteId, ['views', 'shares'], signal);
      const [views, shares] = [told.get('views'), told.get('shares')];
      return {
        ...(likes === undefined ? {} : { likes }),
        ...(replies === undefined ? {} : { replies }),
        ...(views === undefined ? {} : { views }),
        ...(shares === undefined ? {} : { shares }),
      };
    },
  };
}

/** Whether a container will never be published, so that the next attempt needs another one. */
const isSpoilt = (outcome: PublishOutcome): boolean =>
  outcome.outcome === 'refused' || (outcome.outcome === 'retry' && outcome.reason === 'container-expired');

/** Whether a listed post has as many pictures as a part, or is a reel as it is; a reel's still is no picture of it. */
function looksLike({ children, media_type: type }: Listed, part: PlanPart): boolean {
  if (isVideoPart(part)) return type === undefined || type === 'VIDEO';
  return type !== 'VIDEO' && (children?.data.length ?? 1) === part.media.length;
}
