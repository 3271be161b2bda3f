import { z } from 'zod';
import { unread } from '../answers.ts';
import type { AccountRead, Measures, Remote } from '../network.ts';
import type { Page } from './page.ts';
import { isVideoId } from './recent.ts';

/** What Facebook tells of a single post, and of the Page itself. */

const around = z.object({ post_id: z.string().optional() });
const self = z.object({ name: z.string(), followers_count: z.number().optional() });
const total = z.object({ summary: z.object({ total_count: z.number() }) });
const measured = z.object({
  shares: z.object({ count: z.number() }).optional(),
  reactions: total.optional(),
  comments: total.optional(),
});

/** The post around a video, which is what people like and share. */
async function postOf({ graph, pageId }: Page, id: string, signal: AbortSignal): Promise<string> {
  if (!isVideoId(id)) return id;
  const answer = await graph.get(id, { fields: 'post_id' }, signal);
  const post = around.safeParse(answer.ok ? answer.body : undefined).data?.post_id;
  return post === undefined ? id : post.includes('_') ? post : `${pageId}_${post}`;
}

/** How a post is doing; undefined when it is gone or cannot be read now. */
export async function measureOf(
  page: Page,
  { remoteId }: Remote,
  signal: AbortSignal,
): Promise<Measures | undefined> {
  const { graph } = page;
  const fields = 'shares,reactions.limit(0).summary(true),comments.limit(0).summary(true)';
  const post = await postOf(page, remoteId, signal);
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
}

/** As Facebook names the Page, how many follow it, and when our access ends. */
export async function readAccount({ graph, pageId }: Page, signal: AbortSignal): Promise<AccountRead> {
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
}
