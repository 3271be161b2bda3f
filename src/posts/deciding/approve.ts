import { z } from 'zod';
import { agree, askedNow, awaited } from '../../approval/review.ts';
import { changed } from '../changed.ts';
import { stageTimers } from './set-timers.ts';
import { personCommand, type PostDecision } from '../command.ts';
import { blocksNow, publishTime } from '../writing/draft.ts';
import { isOpenToCorrection } from '../correcting/correctable.ts';
import type { AuditNote } from '../../core/change.ts';
import { correctionLetGo } from '../correcting/applied.ts';
import { withoutHandsGone } from '../correcting/corrected-by-hand.ts';
import { missedOn } from '../correcting/out-of-reach.ts';
import { letGo } from '../leaving/let-go.ts';
import { stateOf } from '../taking-down/over.ts';
import { isOverdue, waitsToGoOut } from '../leaving/to-go-out.ts';
import { isPartlyOut } from '../leaving/what-is-public.ts';
import { blocksHeld, isAfterwards } from '../leaving/leaving.ts';
import type { StoppedNow } from '../stopping/stop-of-post.ts';
import { withStep } from '../telling/past.ts';
import type { PostContext, PostState } from '../post.ts';
import { hasLostDepartment } from './may.ts';
import { isUnread, refuseUnread } from './note-unread.ts';
import { refusePost } from '../refusals.ts';
import { refuseGone } from './send.ts';
import { goneOn, refusedReview } from './refused-review.ts';
import { droppedBy } from '../correcting/standing.ts';

/** What a card says it was drawn from; never who may press. */
export const pressed = z.object({
  hash: z.string(),
  stage: z.string(),
  review: z.string(),
});

/** What somebody wrote beside a press that lets something go on. */
export const withNote = z.object({
  note: z.string().max(2_000).optional(),
  /** the name of a note of which they know that nobody reads it before the post goes out as it is */
  noted: z.string().optional(),
});

/** The desk lets a post go on to the service's approvers after a look. That is no decision. */
export const passOn = personCommand(
  'post.pass-on',
  pressed.extend(withNote.shape),
  (post, press, person, context) => agreed(post, press, person, context, 'passed-on'),
);

/**
 * Approves the frozen plan at the awaited stage. The approver says that the facts are right (POL-1). For a held
 * post this is the fresh decision that releases it.
 */
export const approve = personCommand(
  'post.approve',
  pressed.extend({ confirm: z.boolean(), ...withNote.shape }),
  (post, press, person, context) => {
    const ticked = press.confirm || context.protocol.rules['POL-1'] === undefined;
    return agreed(post, press, person, context, ticked ? 'approved' : 'not-confirmed');
  },
);

function agreed(
  post: PostState,
  press: z.infer<typeof pressed> & z.infer<typeof withNote> & StoppedNow,
  person: string,
  context: PostContext,
  action: 'passed-on' | 'approved' | 'not-confirmed',
): PostDecision {
  const { protocol: rules, now } = context;
  const { status } = post;
  if (status.is !== 'in-review' && status.is !== 'held') {
    return refuseSettled(post, press.stage);
  }
  const { review, plan } = status;
  if (review.id !== press.review && review.hash === press.hash) {
    // The same words went through a hold or another sending: an old card decides nothing.
    return goneOn(post);
  }
  const stage = awaited(review);
  const kind = action === 'passed-on' ? 'pass-on' : 'decide';
  if (stage !== undefined && stage.id === press.stage && stage.kind !== kind) {
    return refusePost('not-asked', { asked: askedNow(review), stage: stage.name });
  }
  if (kind === 'pass-on' && hasLostDepartment(post, rules)) return refuseGone(post, rules);
  const result = agree(review, {
    person,
    hash: press.hash,
    stage: press.stage,
    now,
  });
  if ('no' in result) return refusedReview(result, stage, post, press.hash);
  if (kind === 'decide') {
    if (post.when !== undefined && isOverdue(post, now)) {
      return refusePost('planned-time-passed', { at: post.when.at });
    }
    const { until } = post.revision;
    // What is held of a correction puts right what stands, whether that is over or not.
    if (until !== undefined && until.at <= now && waitsToGoOut(post))
      return refusePost('end-passed', { until: until.at });
    if (action === 'not-confirmed') return refusePost('not-confirmed', {});
  }
  const blocks = isAfterwards(post)
    ? Object.values(blocksHeld(post, now, rules)).flat()
    : blocksNow(post, publishTime(post.when, now), rules);
  if (blocks.length > 0)
    return isPartlyOut(post)
      ? refusePost('rest-stopped', { instead: droppedBy(post), corrects: isOpenToCorrection(post) })
      : refusePost('blocked', { rules: blocks.map((finding) => finding.rule) });
  const note = press.note?.trim() ?? '';
  const goesOut = awaited(result.review) === undefined;
  const did = kind === 'decide' ? 'approved' : 'passed-on';
  const told = note === '' ? post : withStep(post, { did, by: person, at: now, note });
  const audit = [
    {
      action,
      facts: {
        revision: post.revision.n,
        plan: press.hash,
        stage: press.stage,
        review: review.id,
        window: post.when === undefined ? null : post.when.at,
      },
      ...(note === '' ? {} : { personal: { note } }),
    },
  ];
  if (goesOut) {
    const isHeld = status.is === 'held';
    const going = isHeld ? toGoOn(told, context) : { post: told, audit: [] };
    const out = letGo(
      going.post,
      { plan, review: result.review, audit: [...audit, ...going.audit] },
      context,
      going.post.status.is === 'held' ? going.post.status : undefined,
    );
    // A note that asks for a change would be read once the post is out as it was.
    return !('refused' in out) && isUnread(press, out, context)
      ? refuseUnread(post, verbOf(kind, status.is), person, context)
      : out;
  }
  return changed(
    {
      post: { ...told, status: { ...status, review: result.review } },
      audit,
      effects: result.through ? stageTimers(result.review) : [],
    },
    context,
  );
}

/** A held post as it goes on, without what of its correction does not: nobody can do that by hand, or nothing reaches it. */
function toGoOn(
  post: PostState,
  { protocol, now }: PostContext,
): { readonly post: PostState; readonly audit: readonly AuditNote[] } {
  const hands = withoutHandsGone(post, protocol);
  const { outOfReach = [] } = 'plan' in post.status ? post.status.plan : {};
  const reach = missedOn(outOfReach, hands.post, now);
  return { post: correctionLetGo(reach.post, now), audit: [...hands.audit, ...reach.audit] };
}

const verbOf = (kind: 'pass-on' | 'decide', is: 'in-review' | 'held'): 'approve' | 'release' | 'pass-on' => {
  if (kind === 'pass-on') return kind;
  return is === 'held' ? 'release' : 'approve';
};

/** Somebody presses on a card of a post that is decided already: who did, or what has become of it. */
function refuseSettled(post: PostState, stage: string): PostDecision {
  if ('review' in post.status) {
    const last = [...post.status.review.decisions, ...post.status.review.passedOn]
      .filter((each) => each.stage === stage)
      .at(-1);
    if (last !== undefined) return refusePost('somebody-was-first', { by: last.by, at: last.at, next: '' });
  }
  if (post.status.is === 'draft') return goneOn(post);
  return refusePost('not-now', { state: stateOf(post), action: 'decide' });
}
