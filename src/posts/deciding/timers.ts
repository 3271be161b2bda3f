import { z } from 'zod';
import { askedNow, awaited, bareReview, escalate } from '../../approval/review.ts';
import type { AuditNote, Change, NewEffect } from '../../core/change.ts';
import { canonical } from '../../core/json.ts';
import type { Millis } from '../../core/time.ts';
import type { Publication } from '../../dispatch/publication.ts';
import { mayComeBack, stop } from '../../dispatch/stop.ts';
import { isOfCorrection } from '../../dispatch/thread.ts';
import { askedAndHere } from './asked.ts';
import { cardEffects } from '../telling/cards-to-show.ts';
import { hearersOfStopped } from '../telling/hear-stopped.ts';
import { changed } from '../changed.ts';
import { withCard } from '../telling/copies.ts';
import { tell, timerNames } from '../post-effect.ts';
import { askedLater, correctionTimer, stageTimerKeys, timersOf, trainingTimer } from './set-timers.ts';
import type { Told } from '../telling/tellings.ts';
import { remindByHand } from '../by-hand/asked-by-hand.ts';
import { crierCommand, type PostDecision } from '../command.ts';
import { partMissed, withoutWhatNeverLeft } from '../correcting/correction-parts.ts';
import { isPastAgreeing } from '../correcting/correction-findings.ts';
import { findingsNow, hasMovedDay, publishTime } from '../writing/draft.ts';
import { isSaidByHand } from '../by-hand/done-by-hand.ts';
import { correctionThatWaits } from '../correcting/correctable.ts';
import { hearersOfEmergency, isHeldEmergency } from '../stopping/held-emergency.ts';
import { endOf, goesOutNoLater, hasEndedFor, newEndPassed, oldEndOf } from '../leaving/its-end.ts';
import { correctionStage, reviewAwaited, walkedOf } from './reviews.ts';
import { hasToBeChanged, isOverdue, waitsToGoOut } from '../leaving/to-go-out.ts';
import { notOutByNow } from '../leaving/on-its-way.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { isApprovedOnce } from '../telling/past.ts';
import { isWithItsWriters, nextStepOf } from './next-step.ts';
import { isRestStopped, isStoppedEmergency } from './stopped-emergency.ts';
import type { DeskRules, PostContext, PostState } from '../post.ts';
import { unlessHeldBack, withPublications } from '../leaving/publications.ts';
import { refusePost } from '../refusals.ts';
import { stoppedByHand } from '../stopping/stop-by-rule.ts';

/** What a timer brings about when its time has come; one of an earlier sending brings about nothing. */
export const timeCame = crierCommand(
  'post.time-came',
  z.object({
    what: z.enum(timerNames),
    review: z.string(),
    /** while all that it would leave by is stopped */
    stopped: z.literal(true).exactOptional(),
    /** nobody was at work when it was to come */
    overdue: z.literal(true).exactOptional(),
  }),
  (post, { what, review, stopped, overdue }, context) => {
    if (what === 'end') return ended(post, context);
    if (what === 'planned') return plannedTimePassed(post, context);
    if (what === 'day') return dayPassed(post, context);
    if (what === 'over') return namedEndPassed(post, context);
    if (what === 'training') return trainingOver(post, context);
    if (what === 'progress') return drawnAnew(post, context.now, []);
    if (what === 'not-out') return notOutByNow(post, overdue === true, context);
    if (what === 'correction') return remindOfCorrection(post, review, context);
    // Such a timer is of a part, whatever became of the review.
    if (what === 'by-hand')
      // Its end, of which another timer tells, came before anybody was reminded.
      return hasEndedFor(post, review, context.now) && publicationsOf(post)[review]?.is === 'asked'
        ? refusePost('settled-already', {})
        : (stoppedByHand(post, context) ?? remindByHand(post, review, context));
    const { status } = post;
    const isHeld = status.is === 'held';
    if ((status.is !== 'in-review' && !isHeld) || status.review.id !== review)
      return refusePost('settled-already', {});
    const stage = awaited(status.review);
    // Nobody is late with what nobody can decide: it waits for whoever changes it, which an emergency does not do in silence.
    const isStopped = isStoppedEmergency(post) && what !== 'expire';
    if (stage === undefined || (hasToBeChanged(post) && !isStopped)) return refusePost('settled-already', {});
    const facts = { stage: stage.id, review };
    const isKept = isStopped || (stopped === true && isHeldEmergency(post));
    switch (what) {
      case 'remind':
        return isKept ? emergencyKept(post, 'reminded', facts, context) : reminded(post, facts, context);
      case 'escalate': {
        const further = { ...post, status: { ...status, review: escalate(status.review) } };
        return isKept
          ? emergencyKept(further, 'escalated', facts, context)
          : escalated(post, further, facts, context);
      }
      case 'expire':
        // Somebody had let it go out once: it stays until somebody decides, who is asked ever more rarely.
        if (isHeld && isApprovedOnce(post)) {
          const { now } = context;
          return reminded(post, facts, context, [
            askedLater(status.review, now + (now - status.review.since)),
          ]);
        }
        return changed(
          {
            post: {
              ...post,
              status: { is: 'expired', at: context.now, because: 'nobody-decided', ...walkedOf(post) },
            },
            audit: [{ action: 'expired', facts }],
            drop: [...stageTimerKeys],
          },
          context,
        );
    }
  },
);

/** Whoever is asked hears of it once more; of what is held, together with all else that is. */
const reminded = (
  post: PostState,
  facts: AuditNote['facts'],
  { protocol, now }: PostContext,
  further: readonly NewEffect[] = [],
): PostDecision => ({
  // No card says anything else than before, and somebody may just be writing their note on one.
  state: post,
  audit: [{ action: 'reminded', facts }],
  effects: [...tell(askedAndHere(post, protocol, now), reminderOf(post), now), ...further],
});

/**
 * An emergency is late while a stop holds it, or a rule stops it: whoever decides on it, by now more people, and whoever may
 * resume, or edit it, hear of it.
 */
const emergencyKept = (
  post: PostState,
  action: 'reminded' | 'escalated',
  facts: AuditNote['facts'],
  context: PostContext,
): PostDecision => {
  const { protocol, now } = context;
  const effects = isStoppedEmergency(post)
    ? tell(hearersOfStopped(post, protocol, now), 'emergency-stopped', now)
    : tell(hearersOfEmergency(post, protocol, now), 'emergency-held', now);
  const audit = [{ action, facts }];
  // A reminder draws no card anew: none says anything else than before.
  return action === 'reminded' ? { state: post, audit, effects } : changed({ post, audit, effects }, context);
};

function reminderOf(post: PostState): Told {
  if (isRestStopped(post)) return 'emergency-stopped';
  return post.status.is === 'held' ? 'still-held' : 'reminder';
}

/** Every card is drawn anew: what it offered for that time would be untrue now. Nobody has changed the post. */
function plannedTimePassed(post: PostState, context: PostContext): PostDecision {
  if (post.when === undefined || !isOverdue(post, context.now)) return refusePost('settled-already', {});
  return drawnAnew(post, context.now, [{ action: 'planned-time-passed', facts: { when: post.when.at } }]);
}

/** Every card is drawn anew, though nobody has changed the post. */
function drawnAnew(post: PostState, now: Millis, audit: readonly AuditNote[]): Change<PostState> {
  const state = { ...post, turn: post.turn + 1 };
  return { state, audit, effects: cardEffects(state, now) };
}

/** The same at a time of which another one may be to come. */
function drawnForNow(
  post: PostState,
  now: Millis,
  audit: readonly AuditNote[],
  rules: DeskRules,
): Change<PostState> {
  const drawn = drawnAnew(post, now, audit);
  return { ...drawn, effects: [...drawn.effects, ...timersOf(post, rules, now).effects] };
}

/**
 * A word for a day in it has come to mean another: every card says so, and none offers to let it go out any more.
 * Nobody has changed the post. What somebody is asked to say by hand is not to be said any more.
 */
function dayPassed(post: PostState, context: PostContext): PostDecision {
  const { now, protocol } = context;
  const correction = correctionThatWaits(post);
  if (correction !== undefined)
    return correctionPassed(
      post,
      { action: 'day-passed', facts: { revision: correction.revision.n } },
      now,
      protocol,
    );
  const stopped = stoppedByHand(post, context);
  if (stopped !== undefined) return stopped;
  // Of the times at which what is said by hand may be stopped, another one may be to come.
  if (!waitsToGoOut(post) && isSaidByHand(post))
    return { state: post, audit: [], effects: timersOf(post, protocol, now).effects };
  if (!waitsToGoOut(post) || hasMovedDay(post)) return refusePost('settled-already', {});
  const findings = findingsNow(post, publishTime(post.when, now), protocol);
  const checked = { ...post, findings, checkedUnder: protocol.version };
  if (!hasMovedDay(checked)) return refusePost('settled-already', {});
  return foundAnew(post, checked, 'day-passed', context);
}

/** What waits is found to be stopped, or not to be: of an emergency whoever may edit it gets a card as well. */
function foundAnew(
  before: PostState,
  post: PostState,
  action: 'day-passed' | 'named-end-passed',
  context: PostContext,
): PostDecision {
  const audit = [{ action, facts: { revision: post.revision.n } }];
  return isStoppedEmergency(post) && !isStoppedEmergency(before)
    ? changed({ post, audit }, context)
    : drawnForNow(post, context.now, audit, context.protocol);
}

/** Every card says what has become of a correction by a time that came; where nobody can agree to it any more, its writer hears so. */
function correctionPassed(post: PostState, note: AuditNote, now: Millis, rules: DeskRules): PostDecision {
  const drawn = drawnForNow(post, now, [note], rules);
  const { correction } = post;
  if (correction === undefined || !isPastAgreeing(post, now, rules)) return drawn;
  const told = tell(withCard([correction.by], post), 'correction-stopped', now);
  return { ...drawn, effects: [...drawn.effects, ...told] };
}

/** An end has come that its words name, that a correction was to give it, or that stands until one is made: every card says so. Nobody has changed the post. */
function namedEndPassed(post: PostState, context: PostContext): PostDecision {
  const { now, protocol } = context;
  const newEnd = newEndPassed(post, now);
  if (newEnd !== undefined)
    return correctionPassed(post, { action: 'new-end-passed', facts: { until: newEnd } }, now, protocol);
  const oldEnd = oldEndOf(post);
  if (oldEnd !== undefined && oldEnd <= now)
    return drawnAnew(post, now, [{ action: 'old-end-passed', facts: { until: oldEnd } }]);
  if (!waitsToGoOut(post)) return refusePost('settled-already', {});
  const findings = findingsNow(post, publishTime(post.when, now), protocol);
  const checked = { ...post, findings, checkedUnder: protocol.version };
  return foundAnew(post, checked, 'named-end-passed', context);
}

/** Somebody's training has run out: who goes on with what is with its writers may be others. Nobody has changed the post. */
function trainingOver(post: PostState, context: PostContext): PostDecision {
  const { now, protocol } = context;
  if (!isWithItsWriters(post)) return refusePost('settled-already', {});
  const before = post.goesOnWith ?? [];
  const people = nextStepOf(post, protocol, now);
  if (canonical(before) === canonical(people))
    return { state: post, audit: [], effects: trainingTimer(post, protocol, now) };
  const others = people.filter((person) => !before.includes(person));
  return changed(
    {
      post,
      audit: [{ action: 'training-over', facts: { people } }],
      effects: tell(withCard(others, post), 'came-back', now),
    },
    context,
  );
}

/** Those who may agree to a correction are reminded, each time after twice as long as before. */
function remindOfCorrection(post: PostState, review: string, context: PostContext): PostDecision {
  const { correction } = post;
  if (correction === undefined || correction.applied !== undefined || correction.review.id !== review) {
    return refusePost('settled-already', {});
  }
  const { now, protocol } = context;
  const next = correctionTimer(review, now + (now - (correction.resumedAt ?? correction.at)));
  const facts = { stage: correctionStage, review };
  // While the post is held, what is held is decided first: nobody can agree, and who releases it hears of that.
  if (reviewAwaited(post) !== correction.review) return { state: post, audit: [], effects: [next] };
  // What nobody can agree to is for its writer to ask for anew.
  if (isPastAgreeing(post, now, protocol))
    return {
      state: post,
      audit: [],
      effects: [...tell(withCard([correction.by], post), 'correction-stopped', now), next],
    };
  const further = escalate(correction.review);
  // Whoever the stage is escalated to is asked as well, be it that they are already because nobody else is here.
  if (askedNow(further).length > askedNow(bareReview(correction.review)).length)
    return escalated(
      post,
      { ...post, correction: { ...correction, review: further } },
      { stage: awaited(further)?.id ?? '', review },
      context,
      [next],
    );
  return {
    state: post,
    audit: [{ action: 'reminded', facts }],
    effects: [...tell(askedAndHere(post, protocol, now), 'reminder', now), next],
  };
}

/**
 * More people are asked: they get a card, and read why they are. Those who were asked before, be it while nobody else was
 * here, are reminded.
 */
function escalated(
  before: PostState,
  post: PostState,
  facts: Readonly<Record<string, string>>,
  context: PostContext,
  further: readonly NewEffect[] = [],
): PostDecision {
  const { now, protocol } = context;
  const already = askedAndHere(before, protocol, now);
  const asked = askedAndHere(post, protocol, now);
  const isAsked = (person: string): boolean => already.includes(person);
  return changed(
    {
      post,
      audit: [{ action: 'escalated', facts }],
      effects: [
        ...tell(asked.filter(isAsked), reminderOf(post), now),
        ...tell(
          asked.filter((person) => !isAsked(person)),
          isRestStopped(post) ? 'emergency-stopped' : post.status.is === 'held' ? 'held' : 'escalated',
          now,
        ),
        ...further,
      ],
    },
    context,
  );
}

/**
 * The post's end: what is not out yet does not go out, but for what puts right what stands; what stands says that it
 * has ended.
 */
function ended(post: PostState, context: PostContext): PostDecision {
  const until = endOf(post);
  if (until === undefined || until.at > context.now) return refusePost('settled-already', {});
  const { status } = post;
  const audit = [{ action: 'ended', facts: { until: until.at } }];
  switch (status.is) {
    case 'draft':
    case 'sent-back':
    case 'in-review':
      return expired(post, audit, context);
    case 'held':
    case 'approved':
    case 'scheduled':
    case 'publishing': {
      if (status.is === 'held' && status.out === undefined) return expired(post, audit, context);
      const over = Object.entries(publicationsOf(post)).filter(([part]) => goesOutNoLater(post, part));
      const stopped = over.map(([part, publication]): [string, Publication] => [
        part,
        // What was held would have gone out once somebody let it: its end came first.
        publication.is === 'stopped' && mayComeBack(publication)
          ? { ...publication, at: context.now }
          : stop(publication, context.now),
      ]);
      const rest = withoutWhatNeverLeft(withPublications(post, Object.fromEntries(stopped), context.now));
      const notAnew = stopped.flatMap(([part, { is }]) =>
        isOfCorrection(part) && is === 'stopped' ? [part] : [],
      );
      const settled = notAnew.reduce((each, part) => partMissed(each, part) ?? each, rest);
      return changed(
        {
          // Where nothing is left that could go out, nobody is asked to let it.
          post: unlessHeldBack(settled, context.now),
          audit,
          drop: [...stageTimerKeys, ...over.map(([part]) => `publish:${part}`)],
        },
        context,
      );
    }
    case 'published':
    case 'partly-published':
    case 'failed':
      return changed({ post, audit }, context);
    default:
      return refusePost('settled-already', {});
  }
}

function expired(
  post: PostState,
  audit: readonly { action: string; facts: { until: number } }[],
  context: PostContext,
) {
  return changed(
    {
      post: {
        ...post,
        status: { is: 'expired', at: context.now, because: 'ended-before-it-went-out', ...walkedOf(post) },
      },
      audit,
      drop: [...stageTimerKeys, 'publish:*'],
    },
    context,
  );
}
