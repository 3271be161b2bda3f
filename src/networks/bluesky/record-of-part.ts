import type { AppBskyFeedPost } from '@atproto/api';
import type { Millis } from '../../core/time.ts';
import { languageOf } from '../../protocol/text/language.ts';
import type { PlanPart, PublicationKey, PublishOutcome } from '../network.ts';
import { embedOf, type Media } from './embed.ts';
import { faceted, recordKey } from './record.ts';
import { collection, keyOf, type Records } from './records.ts';

/** What a part's record is made from. */
export interface RecordParts extends Media {
  readonly records: Records;
  readonly clock: () => Millis;
}

/**
 * The record of a part: what it shows is brought first, and what it answers to is looked up. Nothing of it stands yet.
 *
 * @returns the outcome that ends the attempt, where it cannot be made
 */
export async function recordOf(
  parts: RecordParts,
  part: PlanPart,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<AppBskyFeedPost.Record | PublishOutcome> {
  const embed = await embedOf(parts, part, key, signal);
  if (embed !== undefined && 'outcome' in embed) return embed;
  const reply = await replyOf(parts, part, signal);
  if (part.replyTo !== undefined && reply === undefined) {
    return { outcome: 'refused', reason: 'part-before-missing' };
  }
  const { text, facets } = faceted(part.text);
  return {
    $type: collection,
    text,
    createdAt: await createdAt(parts, key, signal),
    // A wrong language hides it from those who can read it. Of any other than English nobody can be sure.
    ...(languageOf(part.text) === 'en' ? { langs: ['en'] } : {}),
    ...(facets.length === 0 ? {} : { facets }),
    ...(embed === undefined ? {} : { embed }),
    ...(reply === undefined ? {} : { reply }),
  };
}

/** What a part answers to: the post before it, and the first of the thread. */
async function replyOf(
  { records }: RecordParts,
  { replyTo }: PlanPart,
  signal: AbortSignal,
): Promise<AppBskyFeedPost.ReplyRef | undefined> {
  if (replyTo === undefined) return undefined;
  const before = await records.at(keyOf(replyTo.remoteId), signal);
  if (before === undefined) return undefined;
  const parent = { uri: before.uri, cid: before.cid };
  return { parent, root: before.value.reply?.root ?? parent };
}

/** When it was first attempted; a record that stands keeps the time it has. */
async function createdAt(
  { records, clock }: RecordParts,
  key: PublicationKey,
  signal: AbortSignal,
): Promise<string> {
  if (key.begun !== undefined) return new Date(key.begun).toISOString();
  const before = await records.at(recordKey(key.id), signal);
  return before?.value.createdAt ?? new Date(clock()).toISOString();
}
