import { z } from 'zod';
import { unread } from '../answers.ts';
import type { AccountRead, Measures, Remote } from '../network.ts';
import type { Account } from './account.ts';

/** What Instagram tells of a single post, and of the account itself. */

const self = z.object({ username: z.string(), followers_count: z.number().optional() });
/** How much an account may publish differs and changes: Instagram is asked. */
const quota = z.object({
  data: z.array(z.object({ quota_usage: z.number(), config: z.object({ quota_total: z.number() }) })),
});
const measured = z.object({ like_count: z.number().optional(), comments_count: z.number().optional() });

/** How a post is doing; undefined when it is gone or cannot be read now. */
export async function measureOf(
  { graph }: Account,
  { remoteId }: Remote,
  signal: AbortSignal,
): Promise<Measures | undefined> {
  const answer = await graph.get(remoteId, { fields: 'like_count,comments_count' }, signal);
  const read = measured.safeParse(answer.ok ? answer.body : undefined);
  if (!read.success) return undefined;
  const { like_count: likes, comments_count: replies } = read.data;
  const told = await graph.insights(remoteId, ['views', 'shares'], signal);
  const [views, shares] = [told.get('views'), told.get('shares')];
  return {
    ...(likes === undefined ? {} : { likes }),
    ...(replies === undefined ? {} : { replies }),
    ...(views === undefined ? {} : { views }),
    ...(shares === undefined ? {} : { shares }),
  };
}

/** How many posts the account may still publish; undefined where Instagram does not tell. */
async function postsLeft({ graph, userId }: Account, signal: AbortSignal): Promise<number | undefined> {
  const fields = { fields: 'config,quota_usage' };
  const answer = await graph.get(`${userId}/content_publishing_limit`, fields, signal);
  const [window] = quota.safeParse(answer.ok ? answer.body : undefined).data?.data ?? [];
  return window === undefined ? undefined : window.config.quota_total - window.quota_usage;
}

/** As Instagram names the account, how many follow it, how much it may publish, and when our access ends. */
export async function readAccount(account: Account, signal: AbortSignal): Promise<AccountRead> {
  const { graph, userId } = account;
  const answer = await graph.get(userId, { fields: 'username,followers_count' }, signal);
  if (!answer.ok) return unread(answer.outcome);
  const read = self.safeParse(answer.body);
  if (!read.success) return { read: false, reason: 'no-clear-answer' };
  const left = await postsLeft(account, signal);
  const { username, followers_count: followers } = read.data;
  const expires = await graph.expires(signal);
  return {
    read: true,
    name: `@${username}`,
    ...(followers === undefined ? {} : { followers }),
    ...(left === undefined ? {} : { left }),
    ...(expires === undefined ? {} : { expires }),
  };
}
