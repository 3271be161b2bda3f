import { z } from 'zod';
import type { Millis } from '../../core/time.ts';
import { unread } from '../answers.ts';
import type { AccountRead, Measures, Remote } from '../network.ts';
import type { Ask } from './asking.ts';
import { classOf, isGone } from './faults.ts';

/** What X tells of a single post, and of the account itself. */

/** X answers for what is gone with a refusal, or with no post and an error beside it that says why. */
const read = z.union([
  z.object({ data: z.object({ id: z.string() }) }),
  z.object({ errors: z.array(z.object({ type: z.string() })).min(1) }),
]);
const self = z.object({
  data: z.object({
    username: z.string(),
    public_metrics: z.object({ followers_count: z.number() }).optional(),
  }),
});
const measured = z.object({
  data: z.object({
    public_metrics: z.object({
      like_count: z.number(),
      reply_count: z.number(),
      retweet_count: z.number(),
      quote_count: z.number().optional(),
      impression_count: z.number().optional(),
    }),
  }),
});

/** @throws where X does not say whether a post stands */
export async function isThere(ask: Ask, { remoteId }: Remote, signal: AbortSignal): Promise<boolean> {
  try {
    const answer: unknown = await ask(signal, async ({ v2 }) => v2.singleTweet(remoteId));
    const told = read.parse(answer);
    if ('data' in told) return true;
    // What X does not show us may stand all the same.
    if (told.errors.every(({ type }) => type.endsWith('/resource-not-found'))) return false;
    throw new Error('X does not say whether it stands');
  } catch (fault) {
    if (isGone(fault)) return false;
    throw fault;
  }
}

/** How a post is doing; undefined when it is gone or cannot be read now. */
export async function measureOf(
  ask: Ask,
  { remoteId }: Remote,
  signal: AbortSignal,
): Promise<Measures | undefined> {
  try {
    const answer: unknown = await ask(signal, async ({ v2 }) =>
      v2.singleTweet(remoteId, { 'tweet.fields': ['public_metrics'] }),
    );
    const { public_metrics: counts } = measured.parse(answer).data;
    return {
      likes: counts.like_count,
      replies: counts.reply_count,
      shares: counts.retweet_count + (counts.quote_count ?? 0),
      ...(counts.impression_count === undefined ? {} : { views: counts.impression_count }),
    };
  } catch {
    return undefined;
  }
}

/** As X names the account, and how many follow it. */
export async function readAccount(ask: Ask, clock: () => Millis, signal: AbortSignal): Promise<AccountRead> {
  try {
    const answer: unknown = await ask(signal, async ({ v2 }) => v2.me({ 'user.fields': ['public_metrics'] }));
    const { username, public_metrics: counts } = self.parse(answer).data;
    return {
      read: true,
      name: `@${username}`,
      ...(counts === undefined ? {} : { followers: counts.followers_count }),
    };
  } catch (fault) {
    return unread(classOf(fault, clock()));
  }
}
