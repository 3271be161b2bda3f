import type { AuditNote } from '../core/change.ts';
import { correctedNote, partCorrected } from './correction-closed.ts';
import { notAskedWhether, unsaidByHand } from './done-by-hand.ts';
import { isStillOurs } from './may.ts';
import type { DeskRules, PostState } from './post.ts';
import { handUnsaid } from './standing.ts';

/**
 * A held post, to be let go on, without what somebody was to change by hand on an account that is gone: nobody is asked
 * for it there again, and nobody has said whether they had changed it. Whoever was asked has heard that it is over.
 */
export function withoutHandsGone(
  post: PostState,
  rules: DeskRules,
): { readonly post: PostState; readonly audit: readonly AuditNote[] } {
  const gone = unsaidByHand(post).filter((part) => !isStillOurs(part, rules));
  if (gone.length === 0) return { post, audit: [] };
  const unasked = notAskedWhether(post, gone);
  return {
    post: gone.reduce((each, part) => partCorrected(each, part, false, handUnsaid) ?? each, unasked),
    audit: gone.map((part) => correctedNote(post, part, false, handUnsaid)),
  };
}
