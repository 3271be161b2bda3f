import { XRPCError, type AppBskyFeedPost } from '@atproto/api';
import { seconds, type Millis } from '../../core/time.ts';
import { beforePosting, lookAtPost, lookFor, type ReadMedium } from '../answers.ts';
import type { Network, PlanPart, PublicationKey, PublishOutcome } from '../network.ts';
import { broughtAnew, giveUp, isVideoPart, mayStand, type VideoParts } from '../video-part.ts';
import { classOf } from './faults.ts';
import { filesOf } from './files.ts';
import { blueskyKnown } from './limits.ts';
import { recordOf } from './record-of-part.ts';
import { faceted, recordKey } from './record.ts';
import { keyOf, recordsOf } from './records.ts';
import { sessionOf, type BlueskyCredentials } from './session.ts';
import { measureOf, readAccount } from './told.ts';
import { blueskyVideos, forgotten } from './video.ts';

export interface BlueskyOptions {
  readonly credentials: BlueskyCredentials;
  readonly media: ReadMedium;
  /** what videos stand on; absent where nothing is published, such as when an account is connected */
  readonly videos?: VideoParts;
  readonly clock: () => Millis;
}

const isOutcome = (made: AppBskyFeedPost.Record | PublishOutcome): made is PublishOutcome =>
  'outcome' in made;

/**
 * A Bluesky account, by the vendor's client. The record's key follows from the publication, so that putting it again
 * changes nothing and looking for it always tells.
 */
export function blueskyNetwork({ credentials, media, videos, clock }: BlueskyOptions): Network {
  const { handle } = credentials;
  const session = sessionOf(credentials);
  const records = recordsOf(session, handle);
  const files = filesOf(session);
  const films = videos === undefined ? undefined : blueskyVideos({ ...videos, ...files, clock });
  const made = { media, bringFile: files.bringFile, films, records, clock };
  const outcomeOf = (fault: unknown): PublishOutcome => classOf(fault, clock());

  /**
   * After a refusal of a record that the network is not known for: the record says whether it was one.
   *
   * @param text the record's own
   */
  async function afterRefusal(
    { part, key, text }: { readonly part: PlanPart; readonly key: PublicationKey; readonly text: string },
    fault: unknown,
    failed: PublishOutcome,
    signal: AbortSignal,
  ): Promise<PublishOutcome> {
    const standing = await records.at(recordKey(key.id), signal);
    if (standing?.value.text === text) return { outcome: 'published', remote: records.remoteOf(standing) };
    if (videos === undefined || !isVideoPart(part)) return failed;
    // A video that the server would not take into a post, or has cleared away, is brought anew.
    if (fault instanceof XRPCError && fault.error === 'BlobNotFound')
      return await broughtAnew(videos.uploads, key, forgotten);
    await giveUp(videos.uploads, key);
    return failed;
  }

  return {
    ...blueskyKnown,

    async publish(part, key, signal) {
      if (signal.aborted) return { outcome: 'retry', after: seconds(1), reason: 'out-of-time' };
      if (part.part > 0 && part.replyTo === undefined)
        return { outcome: 'refused', reason: 'part-before-missing' };
      let record: AppBskyFeedPost.Record;
      try {
        await session.signedIn(signal);
        const given = await recordOf(made, part, key, signal);
        if (isOutcome(given)) return given;
        record = given;
      } catch (fault) {
        return beforePosting(outcomeOf(fault));
      }
      try {
        return { outcome: 'published', remote: await records.put(recordKey(key.id), record, signal) };
      } catch (fault) {
        const failed = outcomeOf(fault);
        if (failed.outcome !== 'refused' || !failed.reason.startsWith('status-')) return failed;
        try {
          return await afterRefusal({ part, key, text: record.text }, fault, failed, signal);
        } catch {
          return { outcome: 'unknown', reason: failed.reason };
        }
      }
    },

    async find(part, key, _since, signal) {
      if (videos !== undefined && isVideoPart(part) && !(await mayStand(videos.uploads, key)))
        return { found: false, goesOn: true };
      return await lookFor(async () => {
        const standing = await records.at(recordKey(key.id), signal);
        // An attempt with other words has the same key: posted there again, it takes that one's place.
        return standing?.value.text === faceted(part.text).text ? [records.remoteOf(standing)] : [];
      }, `https://bsky.app/profile/${handle}`);
    },

    async remove(remote, _key, signal) {
      try {
        await records.remove(keyOf(remote.remoteId), signal);
        return { outcome: 'published', remote };
      } catch (fault) {
        return outcomeOf(fault);
      }
    },

    stands: async (remote, _key, signal) =>
      await lookAtPost(async () => (await records.at(keyOf(remote.remoteId), signal)) !== undefined),
    account: async (signal) => await readAccount(session, clock, signal),
    recent: records.recent,
    measure: async (remote, signal) => await measureOf(session, remote, signal),
  };
}
