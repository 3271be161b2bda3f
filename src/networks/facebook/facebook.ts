import { z } from 'zod';
import { seconds, type Millis } from '../../core/time.ts';
import { linksIn, linkTarget } from '../../protocol/text/links.ts';
import {
  beforePosting,
  comparable,
  lookFor,
  unlessSaidBefore,
  unlessThere,
  unread,
  type ReadMedium,
} from '../answers.ts';
import { graphApi, nextPage } from '../graph.ts';
import { moment } from '../listed.ts';
import type { Found, Measures, Network, PlanPart, PublishOutcome } from '../network.ts';
import { isVideoPart, type VideoParts } from '../video-part.ts';
import { facebookKnown } from './limits.ts';
import { isVideoId, recentPosts, remoteOf } from './recent.ts';
import { findVideo, publishVideo } from './video.ts';
import { isPictureType } from '../../protocol/media-limits.ts';

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

const made = z.object({ id: z.string().min(1) });
const attachments = z.object({
  data: z.array(
    z.object({
      media_type: z.string().optional(),
      subattachments: z.object({ data: z.array(z.object({ media_type: z.string().optional() })) }).optional(),
    }),
  ),
});
const listed = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      message: z.string().optional(),
      created_time: moment,
      attachments: attachments.optional(),
    }),
  ),
  paging: z.object({ next: z.string().optional() }).optional(),
});
type Listed = z.infer<typeof listed>['data'][number];

const around = z.object({ post_id: z.string().optional() });
const self = z.object({ name: z.string(), followers_count: z.number().optional() });
const total = z.object({ summary: z.object({ total_count: z.number() }) });
const measured = z.object({
  shares: z.object({ count: z.number() }).optional(),
  reactions: total.optional(),
  comments: total.optional(),
});

/** A Facebook Page by the Graph API. It has no idempotency key: what nobody can tell is looked up. */
export function facebookNetwork(options: FacebookOptions): Network {
  const { credentials, media, videos, clock, version, keptToken } = options;
  const { pageId, pageToken, appSecret, appId } = credentials;
  const graph = graphApi({ token: pageToken, appSecret, appId, version, keptToken, clock });
  const brings = videos === undefined ? undefined : { ...videos, graph, pageId, clock };
  /** The post around a video, which is what people like and share. */
  async function postOf(id: string, signal: AbortSignal): Promise<string> {
    if (!isVideoId(id)) return id;
    const answer = await graph.get(id, { fields: 'post_id' }, signal);
    const post = around.safeParse(answer.ok ? answer.body : undefined).data?.post_id;
    return post === undefined ? id : post.includes('_') ? post : `${pageId}_${post}`;
  }

  /** Photos are brought before the post, unpublished: what is left of a post that fails, nobody sees. */
  async function bring(part: PlanPart, signal: AbortSignal): Promise<readonly string[] | PublishOutcome> {
    const ids: string[] = [];
    for (const { hash, contentType, alt } of part.media) {
      if (!isPictureType(contentType)) return { outcome: 'refused', reason: 'picture-type' };
      const bytes = await media(hash);
      if (bytes === undefined) return { outcome: 'refused', reason: 'picture-missing' };
      const form = new FormData();
      form.set('published', 'false');
      if (alt !== '') form.set('alt_text_custom', alt);
      form.set('source', new Blob([Uint8Array.from(bytes)], { type: contentType }), 'picture');
      const answer = await graph.post(`${pageId}/photos`, form, signal);
      if (!answer.ok) return beforePosting(answer.outcome);
      const read = made.safeParse(answer.body);
      if (!read.success) return { outcome: 'retry', after: seconds(10), reason: 'no-clear-answer' };
      ids.push(read.data.id);
    }
    return ids;
  }

  async function timeline(since: Millis, signal: AbortSignal): Promise<readonly Listed[]> {
    const found: Listed[] = [];
    let cursors: Readonly<Record<string, string>> | undefined = {};
    while (cursors !== undefined) {
      const answer = await graph.get(
        `${pageId}/posts`,
        {
          fields: 'id,message,created_time,attachments{media_type,subattachments{media_type}}',
          since: String(Math.floor(since / 1000)),
          limit: '100',
          ...cursors,
        },
        signal,
      );
      if (!answer.ok) throw new Error('the Page could not be read');
      const { data, paging } = listed.parse(answer.body);
      found.push(...data.filter((each) => each.created_time >= since - seconds(1)));
      cursors = nextPage(paging);
    }
    return found;
  }

  async function candidates(part: PlanPart, since: Millis, signal: AbortSignal): Promise<readonly Found[]> {
    const posted = await timeline(since - seconds(60), signal);
    return posted
      .filter((each) => comparable(each.message ?? '') === comparable(part.text))
      .filter((each) => picturesOf(each) === part.media.length)
      .toSorted((a, b) => a.created_time - b.created_time)
      .map((each) => ({ ...remoteOf(each.id), at: each.created_time }));
  }

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
      const brought = await bring(part, signal);
      if ('outcome' in brought) return brought;
      const link = brought.length === 0 ? firstLink(part.text) : undefined;
      const began = clock();
      const answer = await graph.post(
        `${pageId}/feed`,
        {
          message: part.text,
          ...(link === undefined ? {} : { link }),
          ...(brought.length === 0
            ? {}
            : { attached_media: JSON.stringify(brought.map((id) => ({ media_fbid: id }))) }),
        },
        signal,
      );
      if (!answer.ok) {
        const look = async (since: Millis) => candidates(part, since, signal);
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
        : await lookFor(async () => candidates(part, since, signal), `https://www.facebook.com/${pageId}`),

    async remove(remote, _key, signal) {
      const answer = await graph.delete(remote.remoteId, signal);
      return answer.ok || answer.gone ? { outcome: 'published', remote } : answer.outcome;
    },

    stands: async (remote, _key, signal) => await graph.stands(remote.remoteId, signal),

    /** Changes the words; a post keeps the pictures it had. Facebook itself marks it as edited, without the note. */
    async edit(remote, part, _key, _note, signal) {
      const { text, headline } = part;
      const words = isVideoId(remote.remoteId)
        ? { description: text, ...(headline === undefined ? {} : { name: headline }) }
        : { message: text };
      const answer = await graph.post(remote.remoteId, words, signal);
      if (answer.ok) return { outcome: 'published', remote };
      return answer.gone ? { outcome: 'refused', reason: 'not-there' } : answer.outcome;
    },

    async account(signal) {
      const answer = await graph.get(pageId, { fields: 'name,followers_count' }, signal);
      if (!answer.ok) return unread(answer.outcome);
      const read = self.safeParse(answer.body);
      if (!read.success) return { read: false, reason: 'no-clear-answer' };
      const { name, followers_count: followers } = read.data;
      const expires = await graph.expires(signal);
      return {
        read: true,
        name,
        ...(followers === undefined ? {} : { followers }),
        ...(expires === undefined ? {} : { expires }),
      };
    },

    recent: async (since, signal) => await recentPosts(graph, pageId, since, signal),

    async measure(remote, signal): Promise<Measures | undefined> {
      const fields = 'shares,reactions.limit(0).summary(true),comments.limit(0).summary(true)';
      const post = await postOf(remote.remoteId, signal);
      const answer = await graph.get(post, { fields }, signal);
      const read = measured.safeParse(answer.ok ? answer.body : undefined);
      if (!read.success) return undefined;
      const { shares, reactions, comments } = read.data;
      const views = (await graph.insights(post, ['post_media_view'], signal)).get('post_media_view');
      return {
        // A post that nobody shared has no field for it.
        shares: shares?.count ?? 0,
        ...(reactions === undefined ? {} : { likes: reactions.summary.total_count }),
        ...(comments === undefined ? {} : { replies: comments.summary.total_count }),
        ...(views === undefined ? {} : { views }),
      };
    },
  };
}

function picturesOf({ attachments: found }: Listed): number {
  return (found?.data ?? []).reduce(
    (sum, each) => sum + (each.subattachments?.data.length ?? (each.media_type === 'photo' ? 1 : 0)),
    0,
  );
}

/** The link whose card is shown below the post. */
function firstLink(text: string): string | undefined {
  const [first] = linksIn(text);
  return first === undefined ? undefined : linkTarget(text.slice(first.from, first.to));
}
