import { z } from 'zod';
import { agree, awaited } from '../../approval/review.ts';
import { withOtherBytes } from '../../dispatch/attempt.ts';
import { hasNotLeft, hasStood, mayTurnUp, type Publication } from '../../dispatch/publication.ts';
import { inTurn, isOfCorrection, isOneOf, unsentOn, type Publications } from '../../dispatch/thread.ts';
import { withNewWords, withoutChanges } from '../by-hand/asked-by-hand.ts';
import { changed } from '../changed.ts';
import { correctionTimerKey } from '../deciding/set-timers.ts';
import { personCommand } from '../command.ts';
import { closed } from './correction-closed.ts';
import { isStoppedNow } from './correction-findings.ts';
import { againKey, replyKey } from './correction-plan.ts';
import { wayOn } from './correction-ways.ts';
import { missedOn } from './out-of-reach.ts';
import { isRestToApprove, walkOfRest, withHoldOfRest, withRestStopped } from './rest-approved.ts';
import { goneOn } from '../taking-down/came-down.ts';
import { pressed, withNote } from '../deciding/approve.ts';
import { isUnread, refuseUnread } from '../deciding/note-unread.ts';
import { correctionEffects, leaveEffects, outgoingOf, statusFrom } from '../leaving/let-go.ts';
import { decidedOn, turnedFrom } from '../leaving/for-rehearsal.ts';
import { newEndPassed } from '../leaving/its-end.ts';
import { publicationsOf, standingOn } from '../leaving/what-is-public.ts';
import { waitsForOtherWords } from '../stopping/open-hold.ts';
import { notCorrectable } from './correctable.ts';
import { correctionSettled } from './settled-already.ts';
import type { Correction, PlannedPart, PostContext, PostState } from '../post.ts';
import { refusePost } from '../refusals.ts';
import { goneOn as goneOnSince, refusedReview } from '../deciding/refused-review.ts';
import { withStep } from '../telling/past.ts';
import { plannedPart } from '../leaving/what-was-sent.ts';
import { withMakersAsked } from '../deciding/who-acts.ts';

/** The other person agrees: the correction goes to every account where the post stands. */
export const approveCorrection = personCommand(
  'post.approve-correction',
  pressed.extend({ confirm: z.boolean(), ...withNote.shape }),
  (post, press, person, context) => {
    const { correction } = post;
    if (correction === undefined || correction.applied !== undefined)
      return correctionSettled(post, press.review);
    // What is released goes out as it was held: words that were put right meanwhile would not be in it.
    if (post.status.is === 'held') return notCorrectable(post);
    // The same words were held meanwhile: an old card decides nothing.
    if (press.review !== correction.review.id && press.hash === correction.review.hash)
      return goneOnSince(post);
    const turned = turnedFrom(correction.plan, press.hash);
    if (turned !== undefined) return refusePost('accounts-turned', turned);
    if (press.review !== correction.review.id)
      return refusePost('another-correction', { by: correction.by, at: correction.at });
    const result = agree(correction.review, {
      person,
      hash: press.hash,
      stage: press.stage,
      now: context.now,
    });
    if ('no' in result) return refusedReview(result, awaited(correction.review), post, press.hash);
    // The rules run again under the protocol in force: what has come to block is neither changed nor deleted.
    if (isStoppedNow(post, correction, context.now, context.protocol))
      return refusePost('correction-stopped', { by: correction.by });
    const until = newEndPassed(post, context.now);
    if (until !== undefined) return refusePost('new-end-passed', { until, by: correction.by });
    if (!press.confirm && context.protocol.rules['POL-1'] !== undefined)
      return refusePost('not-confirmed', {});
    const note = press.note?.trim() ?? '';
    const decided: Correction = { ...correction, review: result.review };
    const told = note === '' ? post : withStep(post, { did: 'agreed', by: person, at: context.now, note });
    const personal = note === '' ? {} : { personal: { note } };
    // What was found in it somebody higher decides on as well.
    if (awaited(result.review) !== undefined)
      return changed(
        {
          post: { ...told, correction: decided },
          audit: [
            {
              action: 'correction-agreed',
              facts: { plan: correction.plan.hash, stage: press.stage },
              ...personal,
            },
          ],
        },
        context,
      );
    const waits = isRestToApprove(told, decided, context.protocol, context.now);
    const { parts, publications } = beginningOf(told, decided, waits, context.now);
    const anew = plannedAnew(told, correction.plan, publications);
    const applied = { by: person, at: context.now, parts, ...(anew.length === 0 ? {} : { anew }) };
    const old = 'plan' in post.status ? post.status.plan.parts : [];
    const walked = waits ? withHoldOfRest(told, context.now) : told;
    const begins = withPlan(
      { ...withoutChanges(walked, Object.keys(parts)), correction: { ...decided, applied } },
      decided,
      publications,
      waits || waitsForOtherWords(told),
      context,
    );
    // What its card said is left alone is, though its account be real by the time at which it would be changed.
    const { post: reached, audit: missed } = missedOn(correction.plan.outOfReach ?? [], begins, context.now);
    // Where nothing is put right, since somebody chose to leave what stands, there is nothing to wait for.
    const begun = Object.keys(parts).length === 0 ? closed(reached) : reached;
    const effects = [
      ...leaveEffects(publicationsOf(begun), context.now),
      ...correctionEffects(begun, context.now),
    ];
    // Whoever agrees last need not know that somebody before them may not any more: the desk is asked before anything is
    // changed or deleted.
    const asked = effects.length === 0 ? begun : withMakersAsked(begun, context);
    const gone = effects.length === 0 ? undefined : asked.makersGone;
    const byHand = withNewWords(asked, old, context);
    const agreed = changed(
      {
        post: byHand.post,
        audit: [
          {
            action: 'correction-approved',
            facts: {
              plan: correction.plan.hash,
              parts: Object.keys(parts),
              ...(correction.ways === undefined ? {} : { ways: correction.ways }),
              ...(waits ? { rest: 'asked-afresh' } : {}),
            },
            ...personal,
          },
          ...missed,
          ...(gone === undefined ? [] : [{ action: 'maker-gone', facts: { people: gone.people } }]),
        ],
        effects: [...(gone === undefined ? effects : []), ...byHand.effects],
        drop: [correctionTimerKey],
      },
      context,
    );
    return isUnread(press, agreed, context) ? refuseUnread(post, 'agree', person, context) : agreed;
  },
);

/**
 * What a correction begins with: changes in place, replies that leave, and what comes down to be posted again. What may
 * be on its way with the old words is put right once it is known where it stands; what has not left says it right.
 *
 * @param restWaits whether what was never public is held until it is approved
 */
function beginningOf(post: PostState, correction: Correction, restWaits: boolean, now: number) {
  const { plan, ways = {} } = correction;
  const before = publicationsOf(post);
  const standing = Object.keys(before).filter((key) => before[key]?.is === 'published');
  const accounts = [...new Set(plan.parts.map(({ account }) => account))];
  const publications: Record<string, Publication> = { ...asPlanned(before, plan) };
  const parts: Record<string, 'waiting'> = {};
  for (const account of accounts) {
    const there = standing.filter((key) => standingOn(post, account).includes(key));
    const way = wayOn(account, { plan, ways });
    if (there.length === 0) {
      if (way !== 'again' || !goneOn(post).includes(account)) continue;
      const back = againKey(account, plan.revision);
      for (const key of unsentOn(account, publications)) delete publications[key];
      for (const { key } of plan.parts.filter((part) => isOneOf(part.key, [back])))
        publications[key] = { is: 'queued', tries: 0 };
      parts[back] = 'waiting';
    } else if (way === 'reply') {
      const key = replyKey(account, plan.revision);
      for (const reply of plan.parts.filter((part) => isOneOf(part.key, [key])))
        publications[reply.key] = { is: 'queued', tries: 0 };
      parts[key] = 'waiting';
    } else if (way === 'again') {
      const instead = againKey(account, plan.revision);
      for (const key of there) {
        const old = before[key];
        if (old?.is !== 'published') continue;
        publications[key] = { is: 'removing', remote: old.remote, publishedAt: old.at, instead };
      }
      for (const key of unsentOn(account, publications)) delete publications[key];
      parts[instead] = 'waiting';
    } else if (way === 'edit') {
      for (const key of there.filter((each) => plan.parts.some((part) => part.key === each)))
        parts[key] = 'waiting';
    }
  }
  const anew = plan.parts.filter(({ key, bytes }) => {
    const old = plannedPart(post, key);
    return old !== undefined && bytes !== old.bytes;
  });
  const becomes = ({ key }: PlannedPart): Publication | undefined => publications[key];
  const turnsUp = anew.filter((part) => isSome(becomes(part), mayTurnUp));
  // Where nothing else is put right, it is once what waits has left.
  const waits = anew.filter((part) => becomes(part)?.is === 'queued');
  for (const { key } of turnsUp) parts[key] = 'waiting';
  if (Object.keys(parts).length === 0) for (const { key } of waits) parts[key] = 'waiting';
  const going = restWaits ? withRestStopped(post, publications, correction, now) : publications;
  return { publications: inTurn(going, now), parts };
}

/** What does not stand yet, and goes out with other words, as a thread it may have more posts. */
const plannedAnew = (
  post: PostState,
  { parts }: Correction['plan'],
  publications: Publications,
): readonly string[] =>
  parts.flatMap(({ key, bytes }) => {
    const publication = publications[key];
    const isUnsent = publication !== undefined && !isOfCorrection(key) && !hasStood(publication);
    return isUnsent && plannedPart(post, key)?.bytes !== bytes ? [key] : [];
  });

const isSome = (
  publication: Publication | undefined,
  is: (publication: Publication) => boolean,
): publication is Publication => publication !== undefined && is(publication);

/** What has not left as a plan has it, which may have more posts of a thread, or fewer. */
function asPlanned(before: Publications, { parts, revision }: Correction['plan']): Publications {
  const planned = new Set(parts.map(({ key }) => key));
  const kept = Object.entries(before).filter(
    ([key, publication]) => planned.has(key) || !hasNotLeft(publication),
  );
  const accounts = [...new Set(parts.map(({ account }) => account))];
  // What it newly posts is let go where something makes room for it, or is answered.
  const firsts = accounts.flatMap((account) => [againKey(account, revision), replyKey(account, revision)]);
  const added = parts.flatMap(({ key }): [string, Publication][] =>
    before[key] !== undefined || isOneOf(key, firsts) ? [] : [[key, { is: 'queued', tries: 0 }]],
  );
  return Object.fromEntries([...kept, ...added]);
}

/**
 * The post on its way with the correction's plan: a decision on it counts for what is newly posted.
 *
 * @param isAskedAfresh whether what was never public is decided on anew
 */
function withPlan(
  post: PostState,
  correction: Correction,
  publications: Readonly<Record<string, Publication>>,
  isAskedAfresh: boolean,
  { protocol, now }: PostContext,
): PostState {
  const { status } = post;
  const { plan, review, by } = correction;
  if (!('publications' in status)) return post;
  const { review: sent } = status;
  // What waited for other words in place of a release goes out by this decision, where that is enough for it.
  const walk = isAskedAfresh ? walkOfRest(post, sent, correction, protocol, now) : sent;
  const leaves = Object.values(publications).some(({ is }) => is === 'queued' || is === 'removing');
  const was = 'at' in status ? status.at : status.was;
  const kept = Object.entries(publications).map(([key, publication]): [string, Publication] => {
    const old = plannedPart(post, key);
    const isSame =
      old === undefined || plan.parts.some((part) => part.key === key && part.bytes === old.bytes);
    return [key, isSame ? publication : withOtherBytes(publication, old.bytes)];
  });
  const outgoing = {
    ...outgoingOf(status),
    plan: decidedOn(plan),
    publications: Object.fromEntries(kept),
    review: {
      ...walk,
      hash: plan.hash,
      decisions: [...sent.decisions, ...review.decisions],
      writers: [...new Set([...sent.writers, by])],
    },
    // What leaves now was decided now, so that a hold from before does not stop it.
    ...(leaves ? { decidedAt: now, ...(was === undefined ? {} : { was }) } : {}),
  };
  return { ...post, status: statusFrom(outgoing, was ?? now) };
}
