import { z } from 'zod';
import type { Millis } from '../../core/time.ts';
import type { AuditNote, NewEffect } from '../../core/change.ts';
import { awaited, openReview, type Review } from '../../approval/review.ts';
import { isDesk, shortOf } from '../../protocol/people.ts';
import { route } from '../../protocol/route.ts';
import { saysNothing } from '../writing/wording.ts';
import { changed } from '../changed.ts';
import { stageTimers } from './set-timers.ts';
import { personCommand } from '../command.ts';
import { blocking, findingsOf, publishTime } from '../writing/draft.ts';
import { letGo } from '../leaving/let-go.ts';
import { stateOf } from '../taking-down/over.ts';
import { reviewOf } from './reviews.ts';
import { choosers, editors, hasLostDepartment, maySend } from './may.ts';
import { hasVideo } from '../writing/media.ts';
import { freeze } from '../writing/plan.ts';
import type { DeskRules, Plan, PostContext, PostState } from '../post.ts';
import { type PostRefusal, refusePost } from '../refusals.ts';
import { refusedTraining } from '../writing/propose.ts';
import { turnedUnsent } from '../leaving/for-rehearsal.ts';
import { isWithWriters } from '../leaving/to-go-out.ts';
import { endsBeforeItGoes } from '../leaving/its-end.ts';

/** `rehearsed`: the accounts that rehearsed as its card was drawn; absent where no card was pressed that says so. */
const params = z.object({ rehearsed: z.array(z.string()).exactOptional() });

/** Sends a draft for approval: its plan and its route are frozen here. */
export const send = personCommand('post.send', params, (post, { rehearsed }, person, context) => {
  const rules = context.protocol;
  if (!isWithWriters(post)) {
    return refusePost('not-now', { state: stateOf(post), action: 'send' });
  }
  if (!maySend(post, person, rules)) return refusePost('may-not-edit', { may: editors(post, rules) });
  const turned = rehearsed === undefined ? undefined : turnedUnsent(post, rehearsed, rules);
  if (turned !== undefined) return refusePost('turned-unsent', turned);
  const frozen = frozenFor(post, person, context);
  if (isFrozenRefusal(frozen)) return frozen;
  const sent: PostState = {
    ...post,
    findings: frozen.findings,
    checkedUnder: rules.version,
    status: { is: 'in-review', review: frozen.review, plan: frozen.plan },
  };
  const audit: AuditNote[] = [
    {
      action: 'sent-for-approval',
      facts: sentFacts(post, frozen),
    },
  ];
  if (frozen.review.stages.length === 0) return letGo(sent, { ...frozen, audit }, context);
  return changed({ post: sent, audit, effects: stageTimers(frozen.review) }, context);
});

/** Nobody can be asked for a department that the protocol does not have any more. */
export const refuseGone = (post: PostState, rules: DeskRules): PostRefusal =>
  refusePost('department-gone', { department: post.department ?? '', may: choosers(post, rules) });

interface Frozen {
  readonly plan: Plan;
  readonly review: Review;
  readonly findings: PostState['findings'];
}

/** What the record says of a revision that was sent: what is decided on, and who is asked. */
const sentFacts = ({ revision }: PostState, { plan, review }: Frozen) => ({
  revision: revision.n,
  plan: plan.hash,
  review: review.id,
  stages: review.stages.map(({ id, people, need }) => ({ id, people, need })),
});

const isFrozenRefusal = (frozen: Frozen | PostRefusal): frozen is PostRefusal => 'refused' in frozen;

/** The plan and the route of a post as it stands, or why it can not be sent. */
function frozenFor(post: PostState, sender: string, context: PostContext): Frozen | PostRefusal {
  const { protocol: rules, now } = context;
  const { revision } = post;
  if (post.department === undefined) return refusePost('no-department-yet', { departments: [] });
  if (hasLostDepartment(post, rules)) return refuseGone(post, rules);
  if (saysNothing(revision.text)) return refusePost('empty-text', {});
  if (revision.accounts.length === 0) return refusePost('no-accounts', {});
  const account = revision.accounts.find((id) => rules.accounts[id] === undefined);
  if (account !== undefined) return refusePost('account-unknown', { account });
  const untrained = refusedTraining(sender, revision.urgency, now, rules);
  if (untrained !== undefined) return untrained;
  if (post.when !== undefined && post.when.at <= now)
    return refusePost('planned-time-passed', { at: post.when.at });
  const ends = endsBeforeItGoes(revision.until, post.when, now);
  if (ends !== undefined) return ends;
  const found = findingsOf(post, publishTime(post.when, now), rules);
  const blocks = blocking(found);
  if (blocks.length > 0) return refusePost('blocked', { rules: blocks.map((finding) => finding.rule) });
  const planned = routeOf(post, sender, found, rules);
  const [short] = planned.unfillable;
  if (short !== undefined) {
    const name = planned.stages.find(({ id }) => id === short.stage)?.name ?? '';
    return refusePost('nobody-can-decide', { stage: name, have: short.have });
  }
  const plan = freeze(revision, shortOf(post.department, rules) ?? '', rules);
  const review = openReview(
    {
      id: context.newId('review'),
      hash: plan.hash,
      stages: planned.stages,
      sentBy: sender,
      writers: [...new Set([post.author, revision.by])],
    },
    now,
  );
  return { plan, review, findings: found };
}

/** The route that the protocol gives a post, with its explanation. */
export function routeOf(post: PostState, sender: string, found: PostState['findings'], rules: DeskRules) {
  return route(
    {
      department: post.department ?? '',
      accounts: post.revision.accounts,
      networks: post.revision.accounts.flatMap((id) => rules.accounts[id]?.network ?? []),
      findings: found,
      hasVideo: hasVideo(post.revision),
      campaign: post.revision.campaign !== '',
      urgency: post.revision.urgency,
      flags: post.revision.flags,
      sentBy: isDesk(sender, rules) ? 'desk' : 'service',
      author: post.author,
      lastEditor: post.revision.by,
    },
    rules,
  );
}

/**
 * The walk of a post that the desk has just edited on its way: frozen anew, every decision void, and beyond
 * the desk's own look, since the desk has looked. Gives what `changed` needs, without the revision's own note.
 */
export function reopenedAfterEdit(
  edited: PostState,
  editor: string,
  context: PostContext,
): { post: PostState; audit: readonly AuditNote[]; effects: readonly NewEffect[] } | PostRefusal {
  const frozen = frozenFor(edited, editor, context);
  if (isFrozenRefusal(frozen)) return frozen;
  const review = behindTheLook(frozen.review, reviewOf(edited), editor, context.now);
  return {
    post: {
      ...edited,
      findings: frozen.findings,
      checkedUnder: context.protocol.version,
      status: { is: 'in-review', review, plan: frozen.plan },
    },
    audit: [
      {
        action: 'sent-on-after-edit',
        facts: sentFacts(edited, frozen),
      },
    ],
    effects: stageTimers(review),
  };
}

/**
 * A walk frozen anew, with the looks of the one before it as done: whoever asks why then reads that the desk
 * was asked, and under which clause. To edit it while it waits for a look is that look.
 */
function behindTheLook(fresh: Review, before: Review | undefined, editor: string, now: Millis): Review {
  if (before === undefined) return fresh;
  const waits = awaited(before);
  const passedOn = [
    ...before.passedOn,
    ...(waits?.kind === 'pass-on' ? [{ stage: waits.id, by: editor, at: now }] : []),
  ].filter(({ stage }) => !fresh.stages.some(({ id }) => id === stage));
  const done = before.stages.filter(({ id }) => passedOn.some(({ stage }) => stage === id));
  return { ...fresh, stages: [...done, ...fresh.stages], current: done.length, passedOn };
}
