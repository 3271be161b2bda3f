import { z } from 'zod';
import { hours, seconds, type Millis } from '../../core/time.ts';
import { beforePosting, untilNextLook } from '../answers.ts';
import { made } from '../graph.ts';
import type { PublishOutcome } from '../network.ts';
import type { Account } from './account.ts';

/** What became of a step: an id, or the outcome it ends with. */
export type Step = { readonly id: string } | PublishOutcome;

const status = z.object({ status_code: z.string() });

/** A container that was not published goes after a day; ours are given up a little before. */
export const containerLife = hours(23);

/** Asks for a container. However that ends, nothing of it can be seen. */
export async function makeContainer(
  { graph, userId }: Account,
  fields: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Step> {
  const answer = await graph.post(`${userId}/media`, fields, signal);
  if (!answer.ok) return beforePosting(answer.outcome);
  const read = made.safeParse(answer.body);
  return read.success ? read.data : { outcome: 'retry', after: seconds(10), reason: 'no-clear-answer' };
}

/** A video takes minutes: the looks at one become fewer. */
const longestPause = seconds(30);

/**
 * Waits until a container may be published.
 *
 * @param lookEvery the first pause between two looks; each is twice as long as the one before
 * @param notTaken the reason when Instagram could not fill it
 */
export async function filledContainer(
  { graph }: Account,
  id: string,
  lookEvery: Millis,
  notTaken: 'picture-not-taken' | 'video-not-taken',
  signal: AbortSignal,
): Promise<Step> {
  for (let wait = lookEvery; ; wait = Math.min(2 * wait, longestPause)) {
    const answer = await graph.get(id, { fields: 'status_code' }, signal);
    if (!answer.ok) return beforePosting(answer.outcome);
    const read = status.safeParse(answer.body);
    switch (read.data?.status_code) {
      case 'FINISHED':
        return { id };
      // Somebody published it: whether as our post, a look will tell.
      case 'PUBLISHED':
        return { outcome: 'unknown', reason: 'published-already' };
      case 'ERROR':
        return { outcome: 'refused', reason: notTaken };
      case 'EXPIRED':
        return { outcome: 'retry', after: seconds(1), reason: 'container-expired' };
      default: {
        const late = await untilNextLook(wait, signal);
        if (late !== undefined) return late;
      }
    }
  }
}
