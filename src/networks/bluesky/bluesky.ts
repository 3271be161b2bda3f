import {
  AtpAgent,
  XRPCError,
  type AppBskyEmbedExternal,
  type AppBskyFeedPost,
  type BlobRef,
} from '@atproto/api';
import { z } from 'zod';
import { minutes, seconds, type Millis } from '../../core/time.ts';
import {
  beforePosting,
  brokenOff,
  lettingIn,
  lookAtPost,
  lookFor,
  NotLetIn,
  opening,
  unread,
  within,
  type ReadMedium,
} from '../answers.ts';
import { moment, readable } from '../listed.ts';
import {
  accountBlocked,
  type ListedPost,
  type Measures,
  type Network,
  type PlanPart,
  type PublicationKey,
  type PublishOutcome,
  type Remote,
} from '../network.ts';
import { broughtAnew, giveUp, isVideoPart, mayStand, type VideoParts } from '../video-part.ts';
import { fetchEnding } from './fetching.ts';
import { blueskyKnown } from './limits.ts';
import { faceted, recordKey } from './record.ts';
import { blueskyVideos, forgotten } from './video.ts';
import { isPictureType } from '../../protocol/media-limits.ts';
import { languageOf } from '../../protocol/text/language.ts';

export interface BlueskyCredentials {
  /** such as `sefton.gov.uk` or `council.bsky.social` */
  readonly handle: string;
  /** made for Crier in the account's settings; never the account's own password */
  readonly appPassword: string;
  /** where the account is signed in to, such as `https://bsky.social` */
  readonly service?: string;
}

export interface BlueskyOptions {
  readonly credentials: BlueskyCredentials;
  readonly media: ReadMedium;
  /** what videos stand on; absent where nothing is published, such as when an account is connected */
  readonly videos?: VideoParts;
  readonly clock: () => Millis;
}

type Embed = NonNullable<AppBskyFeedPost.Record['embed']>;

const collection = 'app.bsky.feed.post';
/** So long is waited where the server does not say: its windows are five minutes. */
const waitUntold = minutes(5);
/** Every request to the account's server ends by then. */
const requestDeadline = seconds(25);

const written = z.object({ uri: z.string(), cid: z.string() });
type Written = z.infer<typeof written>;
const kept = z.object({
  uri: z.string(),
  cid: z.string(),
  value: z.object({
    text: z.string().optional(),
    createdAt: z.string(),
    reply: z.object({ root: written }).optional(),
  }),
});

const listedRecords = readable(
  z.object({
    uri: z.string(),
    value: z.object({ text: z.string(), createdAt: moment, reply: z.unknown().optional() }),
  }),
);

/**
 * A Bluesky account, by the vendor's client. The record's key follows from the publication, so that putting it again
 * changes nothing and looking for it always tells.
 */
export function blueskyNetwork({ credentials, media, videos, clock }: BlueskyOptions): Network {
  const { handle, appPassword, service = 'https://bsky.social' } = credentials;
  const agent = new AtpAgent({ service, fetch: fetchEnding(requestDeadline) });
  let signingIn: Promise<unknown> | undefined;

  /** Signs in when there is no session; the client renews one that runs out. */
  async function signedIn(signal: AbortSignal): Promise<string> {
    if (agent.session === undefined) {
      await within(signal, async () => {
        signingIn ??= agent.login({ identifier: handle, password: appPassword }).finally(() => {
          signingIn = undefined;
        });
        await signingIn;
      });
    }
    const did = agent.session?.did;
    if (did === undefined) throw new Error('Bluesky gave no session');
    return did;
  }

  /** Asks within a session. One that cannot be renewed any more is begun afresh once: its refusal is certain. */
  async function ask<T>(signal: AbortSignal, call: (did: string) => Promise<T>): Promise<T> {
    const did = await lettingIn(async () => await signedIn(signal));
    const before = agent.session?.accessJwt;
    try {
      return await within(signal, async () => call(did));
    } catch (fault) {
      if (!(fault instanceof XRPCError)) throw fault;
      // The client keeps a session whose renewal came to nothing, and gives the refusal of the old token instead.
      const { session } = agent;
      if (session !== undefined && session.accessJwt === before && isOfToken(fault))
        throw new NotLetIn(new Error('the session was not renewed'));
      // It drops a session whose renewal was refused, and only then.
      if (session !== undefined) throw fault;
      const again = await lettingIn(async () => await signedIn(signal));
      return await within(signal, async () => call(again));
    }
  }

  const remoteOf = ({ uri }: Pick<Written, 'uri'>): Remote => ({
    remoteId: uri,
    url: `https://bsky.app/profile/${handle}/post/${keyOf(uri)}`,
  });

  /** @returns undefined when there is no such record */
  async function recordAt(rkey: string, signal: AbortSignal) {
    try {
      const answer = await ask(signal, async (repo) =>
        agent.com.atproto.repo.getRecord({ repo, collection, rkey }, { signal }),
      );
      return kept.parse(answer.data);
    } catch (fault) {
      if (fault instanceof XRPCError && fault.error === 'RecordNotFound') return undefined;
      throw fault;
    }
  }

  async function bringFile(bytes: Uint8Array, encoding: string, signal: AbortSignal): Promise<BlobRef> {
    const { data } = await ask(signal, async () =>
      agent.com.atproto.repo.uploadBlob(bytes, { encoding, signal }),
    );
    return data.blob;
  }

  /** Lets the service of videos bring a file to the account's server, and nothing else. */
  async function tokenUntil(until: Millis, signal: AbortSignal): Promise<string> {
    const { data } = await ask(signal, async () =>
      agent.com.atproto.server.getServiceAuth(
        {
          aud: `did:web:${agent.dispatchUrl.host}`,
          lxm: 'com.atproto.repo.uploadBlob',
          exp: Math.floor(until / 1000),
        },
        { signal },
      ),
    );
    return data.token;
  }

  const films = videos === undefined ? undefined : blueskyVideos({ ...videos, tokenUntil, bringFile, clock });

  async function bring(
    pictures: PlanPart['media'],
    signal: AbortSignal,
  ): Promise<readonly { readonly image: BlobRef; readonly alt: string }[] | PublishOutcome> {
    const images: { readonly image: BlobRef; readonly alt: string }[] = [];
    for (const { hash, contentType, alt } of pictures) {
      if (!isPictureType(contentType)) return { outcome: 'refused', reason: 'picture-type' };
      const bytes = await media(hash);
      if (bytes === undefined) return { outcome: 'refused', reason: 'picture-missing' };
      if (bytes.length > blueskyKnown.limits.pictures.bytes)
        return { outcome: 'refused', reason: 'picture-too-large' };
      images.push({ image: await bringFile(bytes, contentType, signal), alt });
    }
    return images;
  }

  /** The card of a link, with its picture brought first. */
  async function cardOf(
    { linkCard }: PlanPart,
    signal: AbortSignal,
  ): Promise<AppBskyEmbedExternal.Main | PublishOutcome | undefined> {
    if (linkCard === undefined) return undefined;
    const { uri, title, description, picture } = linkCard;
    const images = picture === undefined ? [] : await bring([{ ...picture, alt: '' }], signal);
    if ('outcome' in images) return images;
    const [thumb] = images;
    const external = { uri, title, description, ...(thumb === undefined ? {} : { thumb: thumb.image }) };
    return { $type: 'app.bsky.embed.external', external };
  }

  /** What is shown below the words: a video, pictures or a link's card. */
  async function embedOf(
    part: PlanPart,
    key: PublicationKey,
    signal: AbortSignal,
  ): Promise<Embed | PublishOutcome | undefined> {
    if (isVideoPart(part)) {
      return films === undefined
        ? { outcome: 'refused', reason: 'video-missing' }
        : await films.bring(part, key, signal);
    }
    const images = await bring(part.media, signal);
    if ('outcome' in images) return images;
    return images.length > 0
      ? { $type: 'app.bsky.embed.images', images: [...images] }
      : await cardOf(part, signal);
  }

  /** What a part answers to: the post before it, and the first of the thread. */
  async function replyOf(part: PlanPart, signal: AbortSignal): Promise<AppBskyFeedPost.ReplyRef | undefined> {
    if (part.replyTo === undefined) return undefined;
    const { remoteId } = part.replyTo;
    const before = await recordAt(keyOf(remoteId), signal);
    if (before === undefined) return undefined;
    const parent = { uri: before.uri, cid: before.cid };
    return { parent, root: before.value.reply?.root ?? parent };
  }

  /** When it was first attempted; a record that stands keeps the time it has. */
  async function createdAt(key: PublicationKey, signal: AbortSignal): Promise<string> {
    if (key.begun !== undefined) return new Date(key.begun).toISOString();
    const before = await recordAt(recordKey(key.id), signal);
    return before?.value.createdAt ?? new Date(clock()).toISOString();
  }

  async function recordOf(
    part: PlanPart,
    key: PublicationKey,
    signal: AbortSignal,
  ): Promise<AppBskyFeedPost.Record | PublishOutcome> {
    await signedIn(signal);
    const embed = await embedOf(part, key, signal);
    if (embed !== undefined && 'outcome' in embed) return embed;
    const reply = await replyOf(part, signal);
    if (part.replyTo !== undefined && reply === undefined) {
      return { outcome: 'refused', reason: 'part-before-missing' };
    }
    const { text, facets } = faceted(part.text);
    return {
      $type: collection,
      text,
      createdAt: await createdAt(key, signal),
      // A wrong language hides it from those who can read it. Of any other than English nobody can be sure.
      ...(languageOf(part.text) === 'en' ? { langs: ['en'] } : {}),
      ...(facets.length === 0 ? {} : { facets }),
      ...(embed === undefined ? {} : { embed }),
      ...(reply === undefined ? {} : { reply }),
    };
  }

  return {
    ...blueskyKnown,

    async publish(part, key, signal) {
      if (signal.aborted) return { outcome: 'retry', after: seconds(1), reason: 'out-of-time' };
      if (part.part > 0 && part.replyTo === undefined)
        return { outcome: 'refused', reason: 'part-before-missing' };
      let record: AppBskyFeedPost.Record;
      try {
        const made = await recordOf(part, key, signal);
        if (isOutcome(made)) return made;
        record = made;
      } catch (fault) {
        return beforePosting(classOf(fault, clock()));
      }
      try {
        const answer = await ask(signal, async (repo) =>
          agent.com.atproto.repo.putRecord(
            { repo, collection, rkey: recordKey(key.id), record },
            { signal, encoding: 'application/json' },
          ),
        );
        return { outcome: 'published', remote: remoteOf(written.parse(answer.data)) };
      } catch (fault) {
        const failed = classOf(fault, clock());
        if (failed.outcome !== 'refused' || !failed.reason.startsWith('status-')) return failed;
        // A refusal that the network is not known for: the record says whether it was one.
        try {
          const standing = await recordAt(recordKey(key.id), signal);
          if (standing?.value.text === record.text)
            return { outcome: 'published', remote: remoteOf(standing) };
          if (videos === undefined || !isVideoPart(part)) return failed;
          // A video that the server would not take into a post, or has cleared away, is brought anew.
          if (fault instanceof XRPCError && fault.error === 'BlobNotFound')
            return await broughtAnew(videos.uploads, key, forgotten);
          await giveUp(videos.uploads, key);
          return failed;
        } catch {
          return { outcome: 'unknown', reason: failed.reason };
        }
      }
    },

    async find(part, key, _since, signal) {
      if (videos !== undefined && isVideoPart(part) && !(await mayStand(videos.uploads, key)))
        return { found: false, goesOn: true };
      return await lookFor(async () => {
        const standing = await recordAt(recordKey(key.id), signal);
        // An attempt with other words has the same key: posted there again, it takes that one's place.
        return standing?.value.text === faceted(part.text).text ? [remoteOf(standing)] : [];
      }, `https://bsky.app/profile/${handle}`);
    },

    async remove(remote, _key, signal) {
      try {
        // Deleting what is not there is a success here.
        await ask(signal, async (repo) =>
          agent.com.atproto.repo.deleteRecord(
            { repo, collection, rkey: keyOf(remote.remoteId) },
            { signal, encoding: 'application/json' },
          ),
        );
        return { outcome: 'published', remote };
      } catch (fault) {
        return classOf(fault, clock());
      }
    },

    stands: async (remote, _key, signal) =>
      await lookAtPost(async () => (await recordAt(keyOf(remote.remoteId), signal)) !== undefined),

    async account(signal) {
      try {
        const { data } = await ask(signal, async (did) =>
          agent.app.bsky.actor.getProfile({ actor: did }, { signal }),
        );
        const { followersCount: followers } = data;
        return { read: true, name: `@${data.handle}`, ...(followers === undefined ? {} : { followers }) };
      } catch (fault) {
        return unread(classOf(fault, clock()));
      }
    },

    /** The account's own records, newest first: ours have keys of long ago, so that they come last. */
    async recent(since, signal): Promise<readonly ListedPost[] | undefined> {
      try {
        const { data } = await ask(signal, async (repo) =>
          agent.com.atproto.repo.listRecords({ repo, collection, limit: 100 }, { signal }),
        );
        return listedRecords
          .parse(data.records)
          .filter(({ value }) => value.reply === undefined && value.createdAt >= since)
          .map(({ uri, value: { text, createdAt: at } }) => ({
            remote: remoteOf({ uri }),
            at,
            words: opening(text),
          }));
      } catch {
        return undefined;
      }
    },

    async measure(remote, signal): Promise<Measures | undefined> {
      try {
        const { data } = await ask(signal, async () =>
          agent.app.bsky.feed.getPosts({ uris: [remote.remoteId] }, { signal }),
        );
        const [post] = data.posts;
        if (post === undefined) return undefined;
        const shares = (post.repostCount ?? 0) + (post.quoteCount ?? 0);
        return { likes: post.likeCount ?? 0, replies: post.replyCount ?? 0, shares };
      } catch {
        return undefined;
      }
    },
  };
}

const keyOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

const isOutcome = (made: AppBskyFeedPost.Record | PublishOutcome): made is PublishOutcome =>
  'outcome' in made;

/** Upon these the client renews its session. */
const isOfToken = ({ status, error }: XRPCError): boolean => status === 401 || error === 'ExpiredToken';

/** The class of a fault of the client. Nothing of it goes on: it can hold the record, and that the text. */
function classOf(fault: unknown, now: Millis): PublishOutcome {
  if (fault instanceof NotLetIn) return beforePosting(classOf(fault.cause, now));
  if (!(fault instanceof XRPCError)) return brokenOff(fault);
  const { status, error, headers } = fault;
  // 1 and 2 are the client's own: no answer came, or none that could be read.
  if (status < 100) return brokenOff(fault);
  if (status >= 500) return { outcome: 'unknown', reason: `status-${String(status)}` };
  if (status === 429) return { outcome: 'retry', after: waitOf(headers, now), reason: 'busy' };
  const ended = ['ExpiredToken', 'InvalidToken', 'AccountTakedown', 'AccountDeactivated'];
  if (status === 401 || ended.includes(error)) return { outcome: 'refused', reason: accountBlocked };
  return { outcome: 'refused', reason: `status-${String(status)}` };
}

/** Until the window opens again, which the server tells in whole seconds since 1970. */
function waitOf(headers: Readonly<Record<string, string | undefined>> | undefined, now: Millis): Millis {
  const resets = seconds(Number(headers?.['ratelimit-reset'] ?? 'none'));
  return Number.isFinite(resets) && resets > now ? resets - now : waitUntold;
}
