import { z } from 'zod';
import { changed } from '../changed.ts';
import { stageTimers } from '../deciding/set-timers.ts';
import { personCommand } from '../command.ts';
import { blocking, findingsOf, plannedTime, publishTime } from './draft.ts';
import { letGo } from '../leaving/let-go.ts';
import { askedAfresh } from '../stopping/held-emergency.ts';
import { isEditable, isPlannable, isWithWriters } from '../leaving/to-go-out.ts';
import { editors, mayEdit, maySchedule, maySendBack, writersNow } from '../deciding/may.ts';
import { mightStillDecide } from '../deciding/who-acts.ts';
import type { DeskRules, PostState } from '../post.ts';
import { rescheduledBy } from './desk-changed.ts';
import { notNow } from '../leaving/not-now.ts';
import { type PostRefusal, refusePost } from '../refusals.ts';
import { decidedSince, seenWalk, type SeenWalk } from '../deciding/seen-walk.ts';
import { endsBeforeItGoes } from '../leaving/its-end.ts';

/**
 * Plans when a post goes out; null means as soon as it is approved. The words stay, so no new revision: an
 * approver who decided on it decides the time as well, anybody else's change asks the approvers afresh.
 */
export const schedule = personCommand(
  'post.schedule',
  z.object({
    when: plannedTime.nullable(),
    /** what of its approval the form was drawn with; absent: whoever plans it sees it as it stands */
    seen: seenWalk.exactOptional(),
  }),
  (post, { when, seen }, person, context) => {
    const { protocol: rules, now } = context;
    const refused = whyNotSchedule(post, person, rules);
    if (refused !== undefined) return refused;
    if (when !== null && when.at <= now) return refusePost('time-in-the-past', { at: when.at });
    const ends = endsBeforeItGoes(post.revision.until, when ?? undefined, now);
    if (ends !== undefined) return ends;
    const found = findingsOf(post, publishTime(when ?? undefined, now), rules);
    const { when: _before, ...rest } = post;
    const planned: PostState = {
      ...rest,
      ...(when === null ? {} : { when }),
      ...rescheduledBy(post, person, when ?? undefined, rules, now),
      findings: found,
      checkedUnder: rules.version,
    };
    const audit = [{ action: 'time-changed', facts: { when: when === null ? null : when.at } }];
    const { status } = post;
    const onItsWay = status.is === 'scheduled' || status.is === 'approved';
    const blocks = blocking(found);
    if (!isWithWriters(post) && blocks.length > 0) {
      const already = blocking(findingsOf(post, publishTime(post.when, now), rules)).map(({ code }) => code);
      return refusePost('blocked-then', {
        at: when?.at ?? null,
        media: post.revision.media.length,
        found: blocks.map(({ code, facts }) => ({ code, facts })),
        can: canPutRight(post, person, rules),
        ask: writersNow(post, rules, now),
        byTime: blocks.some(({ code }) => !already.includes(code)),
      });
    }
    const went = seen === undefined ? undefined : takenBack(post, seen, person, rules);
    if (went !== undefined) return went;
    if (onItsWay && movesAlone(post, person, rules)) {
      return letGo(planned, { ...status, audit }, context, { out: status.publications });
    }
    if (onItsWay || status.is === 'in-review' || status.is === 'held') {
      const review = askedAfresh(post, status.review, context);
      const next: PostState =
        status.is === 'held'
          ? { ...planned, status: { ...status, review } }
          : { ...planned, status: { is: 'in-review', plan: status.plan, review } };
      return changed({ post: next, audit, effects: stageTimers(review, now), drop: ['publish:*'] }, context);
    }
    return changed({ post: planned, audit }, context);
  },
);

/** Why somebody does not plan when it goes out; undefined where they may. */
export function whyNotSchedule(post: PostState, person: string, rules: DeskRules): PostRefusal | undefined {
  if (!isPlannable(post)) return notNow(post, 'schedule');
  return movesAlone(post, person, rules) || maySchedule(post, person, rules)
    ? undefined
    : refusePost('may-not-edit', { may: editors(post, rules) });
}

/** Who decided what another time would take back and somebody has not seen; undefined where it takes back nothing. */
export const takenBack = (
  post: PostState,
  seen: SeenWalk,
  person: string,
  rules: DeskRules,
): PostRefusal | undefined => (movesAlone(post, person, rules) ? undefined : decidedSince(post, seen));

/** Whether they decided it alone, and would still, so that another time of theirs asks nobody. */
export const movesAlone = (post: PostState, person: string, rules: DeskRules): boolean =>
  decidedAlone(post, person) && stillEntitled(post, person, rules);

/** What somebody can do about a post whose words are not to go out at the time that they want. */
function canPutRight(
  post: PostState,
  person: string,
  rules: DeskRules,
): 'edit' | 'send-back' | 'ask' | 'nothing' {
  if (mayEdit(post, person, rules)) return 'edit';
  if (maySendBack(post, person, rules)) return 'send-back';
  return isEditable(post) ? 'ask' : 'nothing';
}

/** Every decision on the post was this person's, so that nobody else has agreed to the time that changes. */
function decidedAlone(post: PostState, person: string): boolean {
  if (!('review' in post.status)) return false;
  const { decisions } = post.status.review;
  return decisions.length > 0 && decisions.every((decision) => decision.by === person);
}

function stillEntitled(post: PostState, person: string, rules: DeskRules): boolean {
  if (!('review' in post.status)) return false;
  const { review } = post.status;
  return review.decisions
    .filter((decision) => decision.by === person)
    .some((decision) => {
      const stage = review.stages.find((candidate) => candidate.id === decision.stage);
      return stage !== undefined && mightStillDecide(post, stage, person, rules);
    });
}
