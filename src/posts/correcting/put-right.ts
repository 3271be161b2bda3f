import { z } from 'zod';
import type { AuditNote } from '../../core/change.ts';
import { notWanted } from '../../dispatch/said.ts';
import { triedInVain } from '../../dispatch/tried.ts';
import { accountBlocked, noClearAnswer } from '../../networks/network.ts';
import { showSoon } from '../telling/cards-to-show.ts';
import { changed } from '../changed.ts';
import { crierCommand, type PostDecision } from '../command.ts';
import { changesInPlace, isChangeUnclear } from './changes-in-place.ts';
import { triedFrom } from './correction-goes-on.ts';
import type { PostContext, PostState } from '../post.ts';
import { unlessHeldBack } from '../leaving/publications.ts';
import { refusePost } from '../refusals.ts';
import { correctedNote, partMade, partMissed } from './correction-parts.ts';
import { markedUnclear, notUnderWay, withApplied } from './applied.ts';

/** The attempts at changing a part where it stands: one begins, puts it right or cannot, or is made again by itself. */

/** Commits that a part begins to be changed where it stands, before the network is called. Refused for what is held. */
export const beginChange = crierCommand(
  'post.begin-change',
  z.object({ part: z.string(), attempt: z.string() }),
  (post, { part, attempt }, _context) => {
    const { correction, status } = post;
    const applied = correction?.applied;
    if (correction === undefined || applied === undefined) return refusePost('settled-already', {});
    if (status.is === 'held' || !changesInPlace(post).includes(part))
      return refusePost('settled-already', {});
    return {
      state: withApplied(post, (each) => ({ ...each, underWay: { ...each.underWay, [part]: attempt } })),
      audit: [{ action: 'change-began', facts: { part, attempt, plan: correction.plan.hash } }],
      effects: [],
    };
  },
);

/** Records that a part has been put right, or could not be. With the last one the correction stands. */
export const recordCorrected = crierCommand(
  'post.put-right',
  z.object({ part: z.string(), attempt: z.string(), ok: z.boolean(), reason: z.string().exactOptional() }),
  (post, { part, attempt, ok, reason }, context) =>
    post.correction?.applied?.underWay?.[part] === attempt
      ? settledCorrection(post, { part, ok, reason }, context)
      : refusePost('settled-already', {}),
);

/** Whether a part has been put right, and why not. */
interface PutRight {
  readonly part: string;
  readonly ok: boolean;
  readonly reason?: string | undefined;
  readonly notes?: readonly AuditNote[];
}

/** The post once it is known whether a part of it has been put right. */
export function settledCorrection(
  post: PostState,
  { part, ok, reason, notes = [] }: PutRight,
  context: PostContext,
): PostDecision {
  const settled = ok ? partMade(post, part, context.now) : partMissed(post, part, reason);
  if (settled === undefined) return refusePost('settled-already', {});
  const next = unlessHeldBack(settled, context.now);
  const audit = [...notes, correctedNote(post, part, ok, reason)];
  return next.correction === undefined
    ? changed({ post: next, audit }, context)
    : { state: next, audit, effects: [showSoon(context.now)] };
}

/**
 * Records that a part could not be put right yet, and once for each reason why: it is tried again by itself. Where that
 * goes on and on, the desk is asked meanwhile. Where it is held meanwhile nothing is, and where nobody wants it any more it ends there.
 */
export const recordCorrectionWaits = crierCommand(
  'post.correction-waits',
  z.object({
    part: z.string(),
    /** which had begun to change it; absent where none did */
    attempt: z.string().exactOptional(),
    reason: z.string().exactOptional(),
    /** whether it is told why, be it that it is only a moment's trouble */
    told: z.boolean(),
  }),
  (post, { part, attempt, reason = noClearAnswer, told }, context) => {
    const applied = post.correction?.applied;
    if (applied?.parts[part] !== 'waiting') return refusePost('settled-already', {});
    if (attempt !== undefined && applied.underWay?.[part] !== attempt)
      return refusePost('settled-already', {});
    if (applied.over === true)
      return settledCorrection(
        post,
        { part, ok: false, reason: attempt === undefined ? notWanted : reason },
        context,
      );
    const before = applied.tried?.[part];
    const tried =
      attempt === undefined || reason === accountBlocked
        ? before
        : triedInVain(before, told, context.now, triedFrom(post));
    const isAsked = tried?.asked === true && before?.asked !== true;
    const isNews = isAsked || ((told || post.status.is === 'held') && applied.waits?.[part] !== reason);
    if (!isNews && attempt === undefined) return refusePost('settled-already', {});
    // What may have been made of it is remembered, whatever comes of it by the next attempt.
    const isUnclear = attempt !== undefined && reason === noClearAnswer;
    const rest = markedUnclear(notUnderWay(applied, part), part, isUnclear || isChangeUnclear(post, part));
    const waits = isNews ? { waits: { ...applied.waits, [part]: reason } } : {};
    const tries = tried === undefined ? {} : { tried: { ...applied.tried, [part]: tried } };
    const next = withApplied(post, () => ({ ...rest, ...waits, ...tries }));
    return isNews
      ? changed({ post: next, audit: [{ action: 'correction-waits', facts: { part, reason } }] }, context)
      : { state: next, audit: [], effects: [] };
  },
);
