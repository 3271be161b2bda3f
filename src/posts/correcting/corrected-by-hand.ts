import { correctedNote, partMade, partMissed } from './correction-parts.ts';
import type { AuditNote } from '../../core/change.ts';
import type { Millis } from '../../core/time.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { withoutChanges } from '../by-hand/asked-by-hand.ts';
import { saidOn } from './words-kept.ts';
import { isChangedByHand, unsaidByHand, notAskedWhether } from '../by-hand/done-by-hand.ts';
import type { PostState, DeskRules } from '../post.ts';
import { handUnsaid } from './standing.ts';
import { isStillOurs } from '../deciding/may.ts';

/** What becomes of a correction where somebody is asked to change by hand what stands. */

/**
 * The post once somebody has changed by hand what a correction left to them, or cannot; undefined where nobody is asked.
 *
 * @param madeAt when they had; undefined where they cannot
 */
export function changedByHand(
  post: PostState,
  part: string,
  madeAt: Millis | undefined,
  reason?: string,
): PostState | undefined {
  if (!isChangedByHand(post, part)) return undefined;
  const asked = withoutChanges(post, [part]);
  if (post.correction?.applied?.parts[part] === 'waiting')
    return madeAt === undefined ? partMissed(asked, part, reason) : partMade(asked, part, madeAt);
  if (madeAt === undefined)
    return reason === undefined
      ? asked
      : { ...asked, notCorrectedBecause: { ...asked.notCorrectedBecause, [part]: reason } };
  return saidRight(asked, part, madeAt);
}

/** The post once a closed correction that had not been made on an account has been made there by hand. */
export function saidRight(post: PostState, part: string, madeAt: Millis): PostState {
  const { notCorrected, notCorrectedBecause, notMade, ...done } = post;
  const wrong = (notCorrected ?? []).filter((each) => each !== part);
  const because = Object.fromEntries(
    Object.entries(notCorrectedBecause ?? {}).filter(([each]) => wrong.includes(each)),
  );
  return {
    ...done,
    corrected: done.corrected.map((each, index, all) =>
      index < all.length - 1 || each.madeOn === undefined
        ? each
        : { ...each, madeOn: { ...each.madeOn, [accountOf(part)]: madeAt } },
    ),
    revision: saidOn(accountOf(part), done.revision),
    ...(wrong.length === 0 ? {} : { notCorrected: wrong }),
    ...(wrong.length === 0 || notMade === undefined ? {} : { notMade }),
    ...(Object.keys(because).length === 0 ? {} : { notCorrectedBecause: because }),
  };
}

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
    post: gone.reduce((each, part) => partMissed(each, part, handUnsaid) ?? each, unasked),
    audit: gone.map((part) => correctedNote(post, part, false, handUnsaid)),
  };
}
