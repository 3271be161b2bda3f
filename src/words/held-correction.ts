import type { Millis } from '../core/time.ts';
import { accountOf } from '../dispatch/thread.ts';
import { changesThatWait, isChangeUnclear } from '../posts/correcting/changes-in-place.ts';
import { correctionKeptOn } from '../posts/correcting/correction-goes-on.ts';
import { deletionBegunOn } from '../posts/correcting/deletions-begun.ts';
import { unsaidByHand } from '../posts/by-hand/done-by-hand.ts';
import { overOn } from '../posts/leaving/its-end.ts';
import { downOn, hasLostReply, madeOn } from '../posts/correcting/standing.ts';
import { leftOn } from '../posts/taking-down/came-down.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { buttons } from './on-cards.ts';
import { onAccount, sentence } from './names.ts';
import { replyLost } from './publications.ts';
import { firstOf, onAll } from './posts.ts';

/** What stands where while a correction is held, and what a decision on it lets go on. */

/** The accounts on which what is held of a correction may have been made already. */
const unclearOn = (post: PostState): readonly string[] => [
  ...new Set(changesThatWait(post).flatMap((part) => (isChangeUnclear(post, part) ? [accountOf(part)] : []))),
];

/** What one decision on a held post lets go on, or ends. */
export function restAndCorrectionWords(post: PostState, rules: DeskRules): string {
  const where = onAll(correctionKeptOn(post), rules);
  return `What has not gone out, and the correction ${where}, wait until somebody approves them again. "${buttons.refuseRestAndCorrection}" ends both.`;
}

/** What stands where, while the rest of a correction is held. */
export function correctionHeldWords(post: PostState, rules: DeskRules, now: Millis): string {
  const made = post.correction === undefined ? [] : madeOn(post.correction);
  const waits = correctionKeptOn(post);
  const down = downOn(post);
  const unclear = unclearOn(post);
  const unsaid = unsaidByHand(post).map(accountOf);
  const beingDeleted = deletionBegunOn(post).filter((account) => leftOn(post, account) === undefined);
  const old = waits.filter(
    (account) =>
      !down.includes(account) &&
      !unclear.includes(account) &&
      !unsaid.includes(account) &&
      !beingDeleted.includes(account) &&
      leftOn(post, account) === undefined &&
      !hasLostReply(post, account),
  );
  const goesOn = 'its correction goes on there once somebody approves it again';
  const over = overOn(post, now);
  const back = down.filter((account) => !over.includes(account));
  const notBack = down.filter((account) => over.includes(account));
  const gone = [
    ...(back.length === 0
      ? []
      : [`The post was deleted ${onAll(back, rules)} to be posted again: ${goesOn}.`]),
    ...(notBack.length === 0
      ? []
      : [`The post was deleted ${onAll(notBack, rules)}, and is not posted there again since it is over.`]),
    ...(beingDeleted.length === 0
      ? []
      : [
          `The post was being deleted ${onAll(beingDeleted, rules)}, and it is not known yet whether it is gone: ${goesOn}.`,
        ]),
  ];
  const partly = waits.flatMap((account) => {
    const left = leftOn(post, account);
    if (left === undefined)
      return hasLostReply(post, account) && !unclear.includes(account) && !beingDeleted.includes(account)
        ? [`${sentence(onAccount(account, rules))} ${replyLost}: ${goesOn}.`]
        : [];
    return `${sentence(onAccount(account, rules))} only ${firstOf(left.stand, left.of)} still ${left.stand === 1 ? 'stands' : 'stand'}: ${goesOn}.`;
  });
  if (
    gone.length + partly.length + unclear.length + unsaid.length === 0 &&
    (made.length === 0 || old.length === 0)
  )
    return 'What stands stays public as it is. Its correction goes on once somebody approves it again.';
  return [
    ...(made.length === 0 ? [] : [`Its correction stands ${onAll(made, rules)}.`]),
    ...gone,
    ...partly,
    ...(unclear.length === 0
      ? []
      : [`${sentence(onAll(unclear, rules))} it may have been corrected, and nobody can tell: ${goesOn}.`]),
    ...(unsaid.length === 0
      ? []
      : [
          `${sentence(onAll(unsaid, rules))} it may have been changed by hand already, and nobody has said whether it was: ${goesOn}.`,
        ]),
    ...(old.length === 0
      ? []
      : [`${sentence(onAll(old, rules))} the post still says what it said: ${goesOn}.`]),
  ].join(' ');
}
