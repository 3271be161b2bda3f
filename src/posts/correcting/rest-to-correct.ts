import { asCorrected } from './ended-by-asking.ts';
import { correctionGoesOn } from './correction-goes-on.ts';
import { behindOn } from './standing.ts';
import type { DeskRules, PostState } from '../post.ts';

/**
 * Whether a correction was made, and not everywhere, so that asking for another puts the rest right. What an account
 * refused of it goes out once more by a press alone, and what waits for an account by itself.
 *
 * @param triesAgain whether whoever reads it can have it tried again by a press
 */
export function isRestToCorrect(post: PostState, triesAgain: boolean, rules: DeskRules): boolean {
  const closed = asCorrected(post);
  const goesOn =
    post.correction !== undefined && ['for-account', 'for-desk'].includes(correctionGoesOn(post));
  return !triesAgain && !goesOn && closed.corrected.length > 0 && behindOn(closed, rules).length > 0;
}
