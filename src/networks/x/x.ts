import {
  ApiPartialResponseError,
  ApiRequestError,
  ApiResponseError,
  type SingleTwitterRateLimit,
  type TwitterApi,
  type TwitterRateLimit,
} from 'twitter-api-v2';
import { z } from 'zod';
import type { Outliving } from '../../core/outliving.ts';
import { minutes, seconds, type Millis } from '../../core/time.ts';
import {
  beforePosting,
  brokenOff,
  lettingIn,
  lookAtPost,
  lookFor,
  NotLetIn,
  opening,
  unlessSaidBefore,
  unlessThere,
  unread,
  within,
  type ReadMedium,
} from '../answers.ts';
import { endingWithin } from '../ending-within.ts';
import {
  accountBlocked,
  type ListedPost,
  type Measures,
  type Network,
  type PlanPart,
  type PostsLeft,
  type PublicationKey,
  type PublishOutcome,
  type Found,
  type Remote,
} from '../network.ts';
import { giveUp, isVideoPart, mayStand, type VideoParts } from '../video-part.ts';
import { xAccess, type KeepTokens, type XCredentials } from './access.ts';
import { pictureType, xKnown } from './limits.ts';
import { mayBe, postedFields, recentSchema, timelineSchema, written, type Posted } from './posted.ts';
import { bringVideo } from './video.ts';

/** A page of a timeline: X takes whole seconds, so that what it gives is compared afterwards. */
const pageSince = (since: Millis) => ({
  start_time: new Date(since).toISOString().replace(/\.\d+Z$/, 'Z'),
  max_results: 100,
});

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

/** X's windows are a quarter of an hour; so long is waited when it does not say how long. */
const window = minutes(15);
/** So long one request may take, however long the whole call may: a piece of a video on a slow line. */
const longestRequest = minutes(2);

const created = z.object({ data: z.object({ id: z.string().regex(/^\d+$/) }) });
const deleted = z.object({ data: z.object({ deleted: z.literal(true) }) });
/** X answers for what is gone with a refusal, or with no post and an error beside it that says why. */
const read = z.union([
  z.object({ data: z.object({ id: z.string() }) }),
  z.object({ errors: z.array(z.object({ type: z.string() })).min(1) }),
]);
const self = z.object({
  data: z.object({
    id: z.string(),
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

/** An X account, by the vendor's API version 2. It has no idempotency key: what nobody can tell is looked up. */
export function xNetwork({
  credentials,
  handle,
  media,
  videos,
  clock,
  keepTokens,
  outliving,
}: XOptions): Network {
  const access = xAccess(credentials, clock, keepTokens, outliving);
  let ownId: string | undefined;

  const remoteOf = (id: string): Remote => ({
    remoteId: id,
    url: handle === undefined ? `https://x.com/i/web/status/${id}` : `https://x.com/${handle}/status/${id}`,
  });

  /** Asks with a client; a token that is refused is renewed once, since a refusal is certain. */
  async function ask<T>(signal: AbortSignal, call: (client: TwitterApi) => Promise<T>): Promise<T> {
    return await endingWithin(longestRequest, signal, async (ends) => {
      const client = await lettingIn(async () => await access.client(ends));
      try {
        return await within(ends, async () => call(client));
      } catch (fault) {
        if (!(fault instanceof ApiResponseError) || fault.code !== 401) throw fault;
        const renewed = await lettingIn(async () => await access.renewed(ends));
        if (renewed === undefined) throw fault;
        return await within(ends, async () => call(renewed));
      }
    });
  }

  const brings =
    videos === undefined
      ? undefined
      : { ...videos, ask, clock, outcomeOf: (fault: unknown) => classOf(fault, clock()) };

  async function bring(
    part: PlanPart,
    key: PublicationKey,
    signal: AbortSignal,
  ): Promise<readonly string[] | PublishOutcome> {
    if (isVideoPart(part)) {
      return brings === undefined
        ? { outcome: 'refused', reason: 'video-missing' }
        : await bringVideo(brings, part, key, signal);
    }
    const ids: string[] = [];
    for (const { hash, contentType, alt } of part.media) {
      const type = pictureType.safeParse(contentType);
      if (!type.success) return { outcome: 'refused', reason: 'picture-type' };
      const bytes = await media(hash);
      if (bytes === undefined) return { outcome: 'refused', reason: 'picture-missing' };
      const id = await ask(signal, async ({ v2 }) => {
        const uploaded = await v2.uploadMedia(Buffer.from(bytes), { media_type: type.data });
        if (alt !== '') await v2.createMediaMetadata(uploaded, { alt_text: { text: alt } });
        return uploaded;
      });
      ids.push(id);
    }
    return ids;
  }

  async function idOfSelf(signal: AbortSignal): Promise<string> {
    ownId ??= self.parse(await ask(signal, async ({ v2 }) => v2.me())).data.id;
    return ownId;
  }

  async function timeline(since: Millis, signal: AbortSignal): Promise<readonly Posted[]> {
    const id = await idOfSelf(signal);
    const found: Posted[] = [];
    let next: string | undefined;
    do {
      const token = next;
      const page = await ask(signal, async ({ v2 }) =>
        v2.userTimeline(id, {
          ...pageSince(since),
          'tweet.fields': [...postedFields],
          ...(token === undefined ? {} : { pagination_token: token }),
        }),
      );
      const { data, meta } = timelineSchema.parse(page.data);
      found.push(...(data ?? []).filter((each) => each.created_at >= since - seconds(1)));
      next = meta.next_token;
    } while (next !== undefined);
    return found;
  }

  async function candidates(part: PlanPart, since: Millis, signal: AbortSignal): Promise<readonly Found[]> {
    const posted = await timeline(since - seconds(60), signal);
    return posted
      .filter((each) => mayBe(each, part))
      .toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
      .map((each) => ({ ...remoteOf(each.id), at: each.created_at }));
  }

  return {
    ...xKnown,

    async publish(part, key, signal) {
      if (signal.aborted) return { outcome: 'retry', after: seconds(1), reason: 'out-of-time' };
      if (part.part > 0 && part.replyTo === undefined)
        return { outcome: 'refused', reason: 'part-before-missing' };
      let ids: readonly string[];
      try {
        // Who we are is asked here too, as part of what may fail without harm.
        const brought = await bring(part, key, signal);
        if ('outcome' in brought) return brought;
        ids = brought;
        await access.client(signal);
      } catch (fault) {
        return beforePosting(classOf(fault, clock()));
      }
      const began = clock();
      try {
        const answer = await ask(signal, async ({ v2 }) =>
          v2.post<unknown>(
            'tweets',
            {
              text: part.text,
              ...(ids.length === 0 ? {} : { media: { media_ids: ids } }),
              ...(part.replyTo === undefined
                ? {}
                : { reply: { in_reply_to_tweet_id: part.replyTo.remoteId } }),
              ...(part.quote === undefined ? {} : { quote_tweet_id: part.quote.remoteId }),
            },
            { fullResponse: true },
          ),
        );
        const left = leftIn(answer.rateLimit);
        const remote = remoteOf(created.parse(answer.data).data.id);
        return { outcome: 'published', remote, ...(left === undefined ? {} : { left }) };
      } catch (fault) {
        if (fault instanceof NotLetIn) return classOf(fault, clock());
        const look = async (since: Millis) => candidates(part, since, signal);
        const failed = await unlessSaidBefore(classOf(fault, clock()), key.begun, look);
        const ended = await unlessThere(failed, async () => look(began));
        // A video that X would not take into a post it will not take again.
        const spoilt = ended.outcome === 'refused' && ended.reason === 'status-400';
        if (spoilt && brings !== undefined && isVideoPart(part)) await giveUp(brings.uploads, key);
        return ended;
      }
    },

    async find(part, key, since, signal) {
      if (brings !== undefined && isVideoPart(part) && !(await mayStand(brings.uploads, key)))
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
        const gone = fault instanceof ApiResponseError && fault.code === 404;
        return gone ? { outcome: 'published', remote } : classOf(fault, clock());
      }
    },

    stands: async (remote, _key, signal) =>
      await lookAtPost(async () => {
        try {
          const answer: unknown = await ask(signal, async ({ v2 }) => v2.singleTweet(remote.remoteId));
          const told = read.parse(answer);
          if ('data' in told) return true;
          // What X does not show us may stand all the same.
          if (told.errors.every(({ type }) => type.endsWith('/resource-not-found'))) return false;
          throw new Error('X does not say whether it stands');
        } catch (fault) {
          if (fault instanceof ApiResponseError && fault.code === 404) return false;
          throw fault;
        }
      }),

    async account(signal) {
      try {
        const answer: unknown = await ask(signal, async ({ v2 }) =>
          v2.me({ 'user.fields': ['public_metrics'] }),
        );
        const { username, public_metrics: counts } = self.parse(answer).data;
        return {
          read: true,
          name: `@${username}`,
          ...(counts === undefined ? {} : { followers: counts.followers_count }),
        };
      } catch (fault) {
        return unread(classOf(fault, clock()));
      }
    },

    /** Each post that is read costs; so only what is new is asked for, and one page of it. */
    async recent(since, signal): Promise<readonly ListedPost[] | undefined> {
      try {
        const id = await idOfSelf(signal);
        const page = await ask(signal, async ({ v2 }) =>
          v2.userTimeline(id, {
            ...pageSince(since),
            exclude: ['replies', 'retweets'],
            'tweet.fields': ['created_at', 'entities', 'note_tweet'],
          }),
        );
        return (recentSchema.parse(page.data).data ?? []).map((each) => ({
          remote: remoteOf(each.id),
          at: each.created_at,
          words: opening(written(each)),
        }));
      } catch {
        return undefined;
      }
    },

    async measure(remote, signal): Promise<Measures | undefined> {
      try {
        const answer: unknown = await ask(signal, async ({ v2 }) =>
          v2.singleTweet(remote.remoteId, { 'tweet.fields': ['public_metrics'] }),
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
    },
  };
}

/** The class of a fault of the client. Nothing of it goes on: it holds the request, and that our keys and the text. */
function classOf(fault: unknown, now: Millis): PublishOutcome {
  if (fault instanceof NotLetIn) return beforePosting(classOf(fault.cause, now));
  if (fault instanceof ApiRequestError) return brokenOff(behind(fault));
  if (fault instanceof ApiPartialResponseError || !(fault instanceof ApiResponseError))
    return brokenOff(fault);
  const { code, data } = fault;
  const told = z
    .object({ detail: z.string().optional(), error: z.string().optional() })
    .catch({})
    .parse(data);
  if (code >= 500) return { outcome: 'unknown', reason: `status-${code}` };
  // Asking for a token is answered so when the refresh token is dead.
  if (code === 401 || told.error === 'invalid_grant' || told.error === 'invalid_request') {
    return { outcome: 'refused', reason: accountBlocked };
  }
  if (code === 429) return { outcome: 'retry', after: waitOf(fault, now), reason: 'busy' };
  // X tells it in words alone. It may be our own earlier success.
  if (code === 403 && /duplicate/i.test(told.detail ?? ''))
    return { outcome: 'unknown', reason: 'duplicate' };
  if (code === 403 && /video longer than/i.test(told.detail ?? ''))
    return { outcome: 'refused', reason: 'video-too-long' };
  if (code === 403 && /suspended|locked/i.test(told.detail ?? '')) {
    return { outcome: 'refused', reason: accountBlocked };
  }
  return { outcome: 'refused', reason: `status-${code}` };
}

/** The client keeps what broke a connection where only its own code sees it. */
function behind(fault: ApiRequestError): unknown {
  const options: unknown = Object.getOwnPropertyDescriptor(fault, '_options')?.value;
  return z.object({ error: z.unknown() }).catch({ error: fault }).parse(options).error;
}

/** The windows that X told of: of a quarter of an hour, of a day of the app, of a day of the account. */
const windowsOf = (told: TwitterRateLimit | undefined): readonly SingleTwitterRateLimit[] =>
  [told, told?.day, told?.userDay].filter((each) => each !== undefined);

/** What is left of the window that is used up first. */
function leftIn(told: TwitterRateLimit | undefined): PostsLeft | undefined {
  const [least] = windowsOf(told)
    .map(({ remaining, reset }) => ({ left: remaining, until: seconds(reset) }))
    .filter(({ left, until }) => Number.isSafeInteger(left) && Number.isSafeInteger(until))
    .toSorted((a, b) => a.left - b.left || b.until - a.until);
  return least;
}

/** Until the window that is used up opens again; every window says in whole seconds when it does. */
function waitOf({ rateLimit }: ApiResponseError, now: Millis): Millis {
  const windows = windowsOf(rateLimit);
  const usedUp = windows.filter((each) => each.remaining === 0);
  const resets = (usedUp.length > 0 ? usedUp : windows).map((each) => seconds(each.reset));
  const opens = Math.max(0, ...resets.filter(Number.isFinite));
  return opens > now ? opens - now : window;
}
