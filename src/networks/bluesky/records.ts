import { XRPCError, type AppBskyFeedPost } from '@atproto/api';
import { z } from 'zod';
import type { Millis } from '../../core/time.ts';
import { opening } from '../answers.ts';
import { moment, readable } from '../listed.ts';
import type { ListedPost, Remote } from '../network.ts';
import type { Session } from './session.ts';

/** What kind of record a post is. */
export const collection = 'app.bsky.feed.post';

/** The requests that put a record, or delete one, say what they send. */
const sent = { encoding: 'application/json' } as const;

const named = z.object({ uri: z.string(), cid: z.string() });
const kept = named.extend({
  value: z.object({
    text: z.string().optional(),
    createdAt: z.string(),
    reply: z.object({ root: named }).optional(),
  }),
});
const listedRecords = readable(
  z.object({
    uri: z.string(),
    value: z.object({ text: z.string(), createdAt: moment, reply: z.unknown().optional() }),
  }),
);

/** A record as it stands. */
export type Kept = z.infer<typeof kept>;

/** The key of a record at its address. */
export const keyOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

/** The records of an account: they are its posts, whoever put them there. */
export interface Records {
  /** where a record stands for people */
  readonly remoteOf: (record: Pick<Kept, 'uri'>) => Remote;
  /** @returns undefined when there is no such record */
  readonly at: (rkey: string, signal: AbortSignal) => Promise<Kept | undefined>;
  /** Puts it in the place of one with the same key, or where none was. */
  readonly put: (rkey: string, record: AppBskyFeedPost.Record, signal: AbortSignal) => Promise<Remote>;
  /** Deleting what is not there is a success here. */
  readonly remove: (rkey: string, signal: AbortSignal) => Promise<void>;
  /** the newest since then that are no answers; undefined when they cannot be read now */
  readonly recent: (since: Millis, signal: AbortSignal) => Promise<readonly ListedPost[] | undefined>;
}

export function recordsOf({ agent, ask }: Session, handle: string): Records {
  const { repo } = agent.com.atproto;
  const remoteOf = ({ uri }: Pick<Kept, 'uri'>): Remote => ({
    remoteId: uri,
    url: `https://bsky.app/profile/${handle}/post/${keyOf(uri)}`,
  });

  return {
    remoteOf,

    at: async (rkey, signal) => {
      try {
        const answer = await ask(signal, async (did) =>
          repo.getRecord({ repo: did, collection, rkey }, { signal }),
        );
        return kept.parse(answer.data);
      } catch (fault) {
        if (fault instanceof XRPCError && fault.error === 'RecordNotFound') return undefined;
        throw fault;
      }
    },

    put: async (rkey, record, signal) => {
      const answer = await ask(signal, async (did) =>
        repo.putRecord({ repo: did, collection, rkey, record }, { signal, ...sent }),
      );
      return remoteOf(named.parse(answer.data));
    },

    remove: async (rkey, signal) => {
      await ask(signal, async (did) =>
        repo.deleteRecord({ repo: did, collection, rkey }, { signal, ...sent }),
      );
    },

    // Newest first: ours have keys of long ago, so that they come last.
    recent: async (since, signal) => {
      try {
        const { data } = await ask(signal, async (did) =>
          repo.listRecords({ repo: did, collection, limit: 100 }, { signal }),
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
  };
}
