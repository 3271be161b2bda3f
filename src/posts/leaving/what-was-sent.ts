import { sha256 } from '../../core/json.ts';
import { mayStandSince } from '../../dispatch/attempt.ts';
import type { Publication } from '../../dispatch/publication.ts';
import { isOfCorrection } from '../../dispatch/thread.ts';
import { publicationsOf } from './what-is-public.ts';
import type { PlannedPart, PostState } from '../post.ts';

/** The planned part by its key, wherever the post keeps its plan. */
export function plannedPart(post: PostState | undefined, key: string): PlannedPart | undefined {
  if (post === undefined || !('plan' in post.status)) return undefined;
  return post.status.plan.parts.find((part) => part.key === key);
}

/** What names the bytes of a part, where they are told on: they hold the words. */
export const nameOfBytes = (bytes: string): string => sha256(bytes);

/** Whether bytes by this name are not what the plan says now. */
export function isOtherThanPlanned(post: PostState, key: string, says: string): boolean {
  const planned = plannedPart(post, key);
  return wordsAreLost(post, key) || (planned !== undefined && nameOfBytes(planned.bytes) !== says);
}

/**
 * The part as its attempts have sent it, each other than the plan's by its own bytes: the last attempt first. Whoever
 * looks for it looks for these, and not for what a correction has made of the plan since.
 */
export function asSent(post: PostState, part: PlannedPart): readonly PlannedPart[] {
  const publication = publicationsOf(post)[part.key];
  const { sent, before } = sentOf(publication);
  const all = [sent ?? part.bytes, ...before.toReversed()];
  return [...new Set(all)].filter((bytes) => bytes !== '').map((bytes) => ({ ...part, bytes }));
}

/** Whether the last attempt sent something else than what the plan says now. */
export function isOutdated(post: PostState, key: string): boolean {
  const { sent } = sentOf(publicationsOf(post)[key]);
  return sent === undefined ? wordsAreLost(post, key) : sent !== plannedPart(post, key)?.bytes;
}

/** Whether any attempt sent something else than what the plan says now, where nobody can tell which of them arrived. */
export const mayBeOutdated = (post: PostState, key: string): boolean =>
  isOutdated(post, key) ||
  wordsAreLost(post, key) ||
  sentOf(publicationsOf(post)[key]).before.some((bytes) => bytes !== plannedPart(post, key)?.bytes);

/**
 * Whether nobody can say what was sent: an earlier release agreed to a correction while the attempt was on its way, and
 * kept nothing but the new words. Nothing is certain about such a part but what is found.
 */
export function wordsAreLost(post: PostState, key: string): boolean {
  const { correction } = post;
  const publication = publicationsOf(post)[key];
  if (correction?.applied?.parts[key] !== 'waiting' || isOfCorrection(key)) return false;
  if (publication?.is !== 'sending' && publication?.is !== 'unknown') return false;
  const { sent, before } = sentOf(publication);
  return sent === undefined && before.length === 0 && mayStandSince(publication) < correction.applied.at;
}

function sentOf(publication: Publication | undefined): {
  readonly sent: string | undefined;
  readonly before: readonly string[];
} {
  if (publication?.is !== 'sending' && publication?.is !== 'unknown') return { sent: undefined, before: [] };
  return { sent: publication.sent, before: publication.sentBefore ?? [] };
}
