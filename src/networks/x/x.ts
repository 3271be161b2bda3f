import { z } from 'zod';
import type { Outliving } from '../../core/outliving.ts';
import { seconds, type Millis } from '../../core/time.ts';
import {
  beforePosting,
  lookAtPost,
  lookFor,
  NotLetIn,
  unlessSaidBefore,
  unlessThere,
  type ReadMedium,
} from '../answers.ts';
import type { Network, PlanPart, PublishOutcome } from '../network.ts';
import { giveUp, isVideoPart, mayStand, type VideoParts } from '../video-part.ts';
import { xAccess, type KeepTokens, type XCredentials } from './access.ts';
import { asking, remotesOf } from './asking.ts';
import { bring } from './bring.ts';
import { classOf, isGone } from './faults.ts';
import { xKnown } from './limits.ts';
import { timelineOf } from './timeline.ts';
import { isThere, measureOf, readAccount } from './told.ts';
import { leftIn } from './windows.ts';

export interface XOptions {
  readonly credentials: XCredentials;
  /** the account's name without the sign, for links; without it they still lead there */
  readonly handle?: string;
  readonly media: ReadMedium;
  /** what videos stand on; absent where nothing is published, such as when an account is connected */
  readonly videos?: VideoParts;
  readonly clock: () => Millis;
  /** needed for OAuth 2 */
  readonly keepTokens?: KeepTokens;
  /** watches over what goes on after its call; absent as `videos` are */
  readonly outliving?: Outliving;
}

const created = z.object({ data: z.object({ id: z.string().regex(/^\d+$/) }) });
const deleted = z.object({ data: z.object({ deleted: z.literal(true) }) });

/** A part as X is asked to post it. @param ids of what was brought for it */
const tweetOf = ({ text, replyTo, quote }: PlanPart, ids: readonly string[]) => ({
  text,
  ...(ids.length === 0 ? {} : { media: { media_ids: ids } }),
  ...(replyTo === undefined ? {} : { reply: { in_reply_to_tweet_id: replyTo.remoteId } }),
  ...(quote === undefined ? {} : { quote_tweet_id: quote.remoteId }),
});

/** An X account, by the vendor's API version 2. It has no idempotency key: what nobody can tell is looked up. */
export function xNetwork({
  credentials,
  handle,
  media,
  videos: videoParts,
  clock,
  keepTokens,
  outliving,
}: XOptions): Network {
  const access = xAccess(credentials, clock, keepTokens, outliving);
  const ask = asking(access);
  const remoteOf = remotesOf(handle);
  const outcomeOf = (fault: unknown): PublishOutcome => classOf(fault, clock());
  const videos = videoParts === undefined ? undefined : { ...videoParts, ask, clock, outcomeOf };
  const { candidates, recent } = timelineOf({ ask, remoteOf });

  return {
    ...xKnown,

    async publish(part, key, signal) {
      if (signal.aborted) return { outcome: 'retry', after: seconds(1), reason: 'out-of-time' };
      if (part.part > 0 && part.replyTo === undefined)
        return { outcome: 'refused', reason: 'part-before-missing' };
      let ids: readonly string[];
      try {
        // Who we are is asked here too, as part of what may fail without harm.
        const brought = await bring({ ask, media, videos }, part, key, signal);
        if ('outcome' in brought) return brought;
        ids = brought;
        await access.client(signal);
      } catch (fault) {
        return beforePosting(outcomeOf(fault));
      }
      const began = clock();
      try {
        const answer = await ask(signal, async ({ v2 }) =>
          v2.post<unknown>('tweets', tweetOf(part, ids), { fullResponse: true }),
        );
        const left = leftIn(answer.rateLimit);
        const remote = remoteOf(created.parse(answer.data).data.id);
        return { outcome: 'published', remote, ...(left === undefined ? {} : { left }) };
      } catch (fault) {
        if (fault instanceof NotLetIn) return outcomeOf(fault);
        const look = async (since: Millis) => candidates(part, since, signal);
        const failed = await unlessSaidBefore(outcomeOf(fault), key.begun, look);
        const ended = await unlessThere(failed, async () => look(began));
        // A video that X would not take into a post it will not take again.
        const spoilt = ended.outcome === 'refused' && ended.reason === 'status-400';
        if (spoilt && videos !== undefined && isVideoPart(part)) await giveUp(videos.uploads, key);
        return ended;
      }
    },

    async find(part, key, since, signal) {
      if (videos !== undefined && isVideoPart(part) && !(await mayStand(videos.uploads, key)))
        return { found: false, goesOn: true };
      return await lookFor(
        async () => candidates(part, since, signal),
        handle === undefined ? undefined : `https://x.com/${handle}`,
      );
    },

    async remove(remote, _key, signal) {
      try {
        const answer: unknown = await ask(signal, async ({ v2 }) => v2.deleteTweet(remote.remoteId));
        deleted.parse(answer);
        return { outcome: 'published', remote };
      } catch (fault) {
        return isGone(fault) ? { outcome: 'published', remote } : outcomeOf(fault);
      }
    },

    stands: async (remote, _key, signal) => await lookAtPost(async () => await isThere(ask, remote, signal)),
    account: async (signal) => await readAccount(ask, clock, signal),
    recent,
    measure: async (remote, signal) => await measureOf(ask, remote, signal),
  };
}
