import { z } from 'zod';
import { agree, awaited } from '../approval/review.ts';
import type { AuditNote, NewEffect } from '../core/change.ts';
import type { Millis } from '../core/time.ts';
import { mayTurnUp, withOtherBytes, type Publication } from '../dispatch/publication.ts';
import { canEdit, type Way } from '../dispatch/put-right.ts';
import {
  accountOf,
  inTurn,
  isOfCorrection,
  isOneOf,
  lastToRemove,
  type Publications,
} from '../dispatch/thread.ts';
import { withNewWords } from './asked-by-hand.ts';
import { changed, effect, correctionTimerKey, showSoon } from './changed.ts';
import { crierCommand, personCommand } from './command.ts';
import { againKey, replyKey, standingOn } from './correction-plan.ts';
import { pressed } from './approve.ts';
import { leaveEffects, outgoingOf, publishEffects, statusFrom } from './let-go.ts';
import { correctionIsStuck, isChangedByHand, publicationsOf } from './how-it-stands.ts';
import { notCorrectable } from './not-correctable.ts';
import type { Correction, PlannedPart, PostState } from './post.ts';
import { withoutPublications, withPublications } from './publications.ts';
import { refusePost } from './refusals.ts';
import { refusedReview } from './refused-review.ts';
import { saysOldWords } from './standing.ts';
import { plannedPart } from './what-was-sent.ts';

/** The other person agrees: the correction goes to every account where the post stands. */
export const approveCorrection = personCommand(
  'post.approve-correction',
  pressed.extend({ confirm: z.boolean() }),
  (post, press, person, context) => {
    const { correction } = post;
    if (correction === undefined || correction.applied !== undefined)
      return refusePost('settled-already', {});
    // What is released goes out as it was held: words that were put right meanwhile would not be in it.
    if (post.status.is === 'held') return notCorrectable(post);
    if (!press.confirm && context.protocol.rules['POL-1'] !== undefined)
      return refusePost('not-confirmed', {});
    if (press.review !== correction.review.id)
      return refusePost('another-correction', { by: correction.by, at: correction.at });
    const result = agree(correction.review, {
      person,
      hash: press.hash,
      stage: press.stage,
      now: context.now,
    });
    if ('no' in result) return refusedReview(result, awaited(correction.review), post);
    const decided: Correction = { ...correction, review: result.review };
    // What was found in it somebody higher decides on as well.
    if (awaited(result.review) !== undefined)
      return changed(
        {
          post: { ...post, correction: decided },
          audit: [{ action: 'correction-agreed', facts: { plan: correction.plan.hash, stage: press.stage } }],
        },
        context,
      );
    const { parts, publications, effects } = beginningOf(post, decided, context.now);
    const applied = { by: person, at: context.now, parts };
    const old = 'plan' in post.status ? post.status.plan.parts : [];
    const begins = withPlan(
      { ...withoutChanges(post, Object.keys(parts)), correction: { ...decided, applied } },
      decided,
      publications,
      context.now,
    );
    // Where nothing is put right, since somebody chose to leave what stands, there is nothing to wait for.
    const begun = Object.keys(parts).length === 0 ? closed(begins) : begins;
    const byHand = withNewWords(begun, old, context);
    return changed(
      {
        post: byHand.post,
        audit: [
          {
            action: 'correction-approved',
            facts: {
              plan: correction.plan.hash,
              parts: Object.keys(parts),
              ...(correction.ways === undefined ? {} : { ways: correction.ways }),
            },
          },
        ],
        effects: [...effects, ...byHand.effects],
        drop: [correctionTimerKey],
      },
      context,
    );
  },
);

/**
 * What a correction begins with: changes in place, replies that leave, and what comes down to be posted again. What may
 * be on its way with the old words is put right once it is known where it stands; what has not left says it right.
 */
function beginningOf(post: PostState, { plan, ways = {} }: Correction, now: number) {
  const before = publicationsOf(post);
  const standing = Object.keys(before).filter((key) => before[key]?.is === 'published');
  const accounts = [...new Set(plan.parts.map(({ account }) => account))];
  const publications: Record<string, Publication> = { ...asPlanned(before, plan) };
  const parts: Record<string, 'waiting'> = {};
  const effects: NewEffect[] = [];
  for (const account of accounts) {
    const there = standing.filter((key) => standingOn(post, account).includes(key));
    if (there.length === 0) continue;
    const way = wayOf({ plan, ways }, account);
    if (way === 'reply') {
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
      for (const key of there.filter((each) => plan.parts.some((part) => part.key === each))) {
        parts[key] = 'waiting';
        effects.push(putRightEffect(key, now));
      }
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
  const settled = inTurn(publications, now);
  effects.push(...leaveEffects(settled, now));
  // The last of a thread comes down first; the one that it answered follows.
  for (const key of lastToRemove(settled)) {
    effects.push(effect(`take-down:${key}`, { type: 'post.take-down', data: { part: key } }, now));
  }
  return { publications: settled, parts, effects };
}

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

const hasNotLeft = ({ is }: Publication): boolean => is === 'queued' || is === 'failed' || is === 'stopped';

/** What of the posts on an account has not left: what makes room there makes it for these as well. */
const unsentOn = (account: string, publications: Publications): readonly string[] =>
  Object.entries(publications).flatMap(([key, each]) =>
    accountOf(key) === account && hasNotLeft(each) ? [key] : [],
  );

/** How what stands on an account is put right: where that could not be asked, as its network lets one. */
function wayOf({ plan, ways = {} }: Pick<Correction, 'plan' | 'ways'>, account: string): Way {
  const way = ways[account] ?? 'edit';
  if (way !== 'if-there') return way;
  const network = plan.parts.find((part) => part.account === account)?.network;
  return network === undefined || canEdit(network) ? 'edit' : 'again';
}

/** Changes a part where it stands, to what the correction says. */
export const putRightEffect = (part: string, now: Millis): NewEffect =>
  effect(`put-right:${part}`, { type: 'post.put-right', data: { part } }, now);

/** The post on its way with the correction's plan: a decision on it counts for what is newly posted. */
function withPlan(
  post: PostState,
  { plan, review, by }: Correction,
  publications: Readonly<Record<string, Publication>>,
  now: number,
): PostState {
  const { status } = post;
  if (!('publications' in status)) return post;
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
    plan,
    publications: Object.fromEntries(kept),
    review: {
      ...status.review,
      hash: plan.hash,
      decisions: [...status.review.decisions, ...review.decisions],
      writers: [...new Set([...status.review.writers, by])],
    },
    // What leaves now was decided now, so that a hold from before does not stop it.
    ...(leaves ? { decidedAt: now, ...(was === undefined ? {} : { was }) } : {}),
  };
  return { ...post, status: statusFrom(outgoing, was ?? now) };
}

/** The post with nobody asked to change these parts to the words of an earlier correction: they are asked anew. */
function withoutChanges(post: PostState, parts: readonly string[]): PostState {
  const { byHand = {}, ...rest } = post;
  const left = Object.entries(byHand).filter(
    ([part]) => !(parts.includes(part) && isChangedByHand(post, part)),
  );
  return left.length === 0 ? rest : { ...rest, byHand: Object.fromEntries(left) };
}

/** Records that a part has been put right, or could not be. With the last one the correction stands. */
export const recordCorrected = crierCommand(
  'post.put-right',
  z.object({ part: z.string(), ok: z.boolean(), reason: z.string().exactOptional() }),
  (post, { part, ok, reason }, context) => {
    const next = partCorrected(post, part, ok, reason);
    if (next === undefined) return refusePost('settled-already', {});
    const audit = [correctedNote(post, part, ok, reason)];
    return next.correction === undefined
      ? changed({ post: next, audit }, context)
      : { state: next, audit, effects: [showSoon(context.now)] };
  },
);

/** Records why a part could not be put right yet, once for each reason: it is tried again by itself. */
export const recordCorrectionWaits = crierCommand(
  'post.correction-waits',
  z.object({ part: z.string(), reason: z.string() }),
  (post, { part, reason }, context) => {
    const { correction } = post;
    const applied = correction?.applied;
    if (correction === undefined || applied?.parts[part] !== 'waiting' || applied.waits?.[part] === reason)
      return refusePost('settled-already', {});
    const waits = { ...applied.waits, [part]: reason };
    return changed(
      {
        post: { ...post, correction: { ...correction, applied: { ...applied, waits } } },
        audit: [{ action: 'correction-waits', facts: { part, reason } }],
      },
      context,
    );
  },
);

/** The audit's note that a part was put right, or not. */
export const correctedNote = (post: PostState, part: string, ok: boolean, reason?: string): AuditNote => ({
  action: ok ? 'put-right' : 'not-put-right',
  facts: {
    part,
    plan: post.correction?.plan.hash ?? '',
    ...(reason === undefined ? {} : { reason }),
  },
});

/** The post with one part of its correction settled; undefined when that part is not awaited. */
export function partCorrected(
  post: PostState,
  part: string,
  ok: boolean,
  reason?: string,
): PostState | undefined {
  const { correction } = post;
  const applied = correction?.applied;
  if (correction === undefined || applied?.parts[part] !== 'waiting') return undefined;
  const parts = { ...applied.parts, [part]: ok ? ('done' as const) : ('failed' as const) };
  const because = reason === undefined ? applied.because : { ...applied.because, [part]: reason };
  const next: PostState = {
    ...post,
    correction: {
      ...correction,
      applied: { ...applied, parts, ...(because === undefined ? {} : { because }) },
    },
  };
  return Object.values(parts).includes('waiting') ? next : closed(next);
}

/**
 * What becomes of a correction once a part of the post has changed: what it newly posts makes it stand there, and so
 * does what left with its words. What turned up with the old words is put right now, and what did not arrive after all
 * says nothing wrong.
 *
 * @param after the part as it is in `post`
 * @param outdated whether it stands with other words than the plan's
 */
export function correctionAfter(
  post: PostState,
  part: string,
  after: Publication,
  outdated: boolean,
  now: Millis,
): { readonly post: PostState; readonly is?: 'done' | 'wrong-there' | 'makes-room' | 'not-there' } {
  const { correction } = post;
  const applied = correction?.applied;
  if (correction === undefined || applied?.parts[part] !== 'waiting') return { post };
  if (after.is === 'published') {
    if (!outdated) return { post: partCorrected(post, part, true) ?? post, is: 'done' };
    return wayOf(correction, accountOf(part)) === 'again'
      ? { post: makingRoom(post, part, after, now), is: 'makes-room' }
      : { post, is: 'wrong-there' };
  }
  if (isOfCorrection(part) || (after.is !== 'failed' && after.is !== 'stopped')) return { post };
  return { post: withoutPart(post, part), is: 'not-there' };
}

/** The post with a part that turned up with the old words, and comes down for what is posted in its place. */
function makingRoom(
  post: PostState,
  part: string,
  { remote, at }: Extract<Publication, { readonly is: 'published' }>,
  now: Millis,
): PostState {
  const { correction } = post;
  if (correction?.applied === undefined) return post;
  const account = accountOf(part);
  const instead = againKey(account, correction.plan.revision);
  const unsent = unsentOn(account, publicationsOf(post));
  const others = Object.entries(correction.applied.parts).filter(
    ([key]) => key !== part && !unsent.includes(key),
  );
  const parts = { ...Object.fromEntries(others), [instead]: 'waiting' as const };
  const makes: Publication = { is: 'removing', remote, publishedAt: at, instead };
  const next = withPublications(withoutPublications(post, unsent), { [part]: makes }, now);
  return { ...next, correction: { ...correction, applied: { ...correction.applied, parts } } };
}

/** The post with a part of its correction that there is nothing to put right of. */
function withoutPart(post: PostState, part: string): PostState {
  const { correction } = post;
  if (correction?.applied === undefined) return post;
  const { [part]: _gone, ...parts } = correction.applied.parts;
  const next: PostState = {
    ...post,
    correction: { ...correction, applied: { ...correction.applied, parts } },
  };
  return Object.values(parts).includes('waiting') ? next : closed(next);
}

/** The post without what its correction waits for in vain: parts that never left, and do not any more. */
export function withoutWhatNeverLeft(post: PostState): PostState {
  const parts = post.correction?.applied?.parts ?? {};
  const publications = publicationsOf(post);
  return Object.keys(parts)
    .filter((part) => parts[part] === 'waiting' && !isOfCorrection(part))
    .filter((part) => publications[part]?.is === 'stopped' || publications[part]?.is === 'failed')
    .reduce(withoutPart, post);
}

/** The post as somebody corrects it again: of what an earlier correction came to, nothing more comes by itself. */
export function asCorrected(post: PostState): PostState {
  const rest = withoutWhatNeverLeft(post);
  return correctionIsStuck(rest) ? closed(rest) : rest;
}

/** The post once somebody has changed by hand what a correction left to them, or cannot; undefined where nobody is asked. */
export function changedByHand(post: PostState, part: string, ok: boolean): PostState | undefined {
  if (!isChangedByHand(post, part)) return undefined;
  const asked = withoutChanges(post, [part]);
  if (post.correction?.applied?.parts[part] === 'waiting') return partCorrected(asked, part, ok);
  if (!ok) return asked;
  const { notCorrected, notCorrectedBecause, ...done } = asked;
  const wrong = (notCorrected ?? []).filter((each) => each !== part);
  const because = Object.fromEntries(
    Object.entries(notCorrectedBecause ?? {}).filter(([each]) => wrong.includes(each)),
  );
  return {
    ...done,
    ...(wrong.length === 0 ? {} : { notCorrected: wrong }),
    ...(Object.keys(because).length === 0 ? {} : { notCorrectedBecause: because }),
  };
}

/** Closes an applied correction: what could be put right says it right, and what could not is named. */
export function closed(post: PostState): PostState {
  const { correction, notCorrected: _earlier, notCorrectedBecause: _reasons, ...bare } = post;
  const applied = correction?.applied;
  if (correction === undefined || applied === undefined) return post;
  const { ways } = correction;
  // What somebody is changing by hand is to say it right too.
  const done = Object.entries(applied.parts).some(
    ([part, is]) => is === 'done' || (is === 'waiting' && isChangedByHand(post, part)),
  );
  const missed = Object.keys(applied.parts).filter((part) => applied.parts[part] !== 'done');
  const left = Object.keys(ways ?? {})
    .filter((account) => ways?.[account] === 'leave')
    .flatMap((account) => standingOn(post, account).slice(0, 1));
  const wrong = [...missed.filter((part) => saysOldWords(post, part)), ...left];
  const because = Object.entries(applied.because ?? {}).filter(([part]) => wrong.includes(part));
  const rest: PostState = {
    ...bare,
    ...(wrong.length === 0 ? {} : { notCorrected: wrong }),
    ...(because.length === 0 ? {} : { notCorrectedBecause: Object.fromEntries(because) }),
  };
  // Where none could be put right, nothing was corrected and the old words stand.
  if (!done) return rest;
  const { what, by } = correction;
  const entry = { what, at: applied.at, by, approvedBy: applied.by, ...(ways === undefined ? {} : { ways }) };
  return {
    ...rest,
    revision: correction.revision,
    findings: correction.findings,
    corrected: [...post.corrected, entry],
  };
}

/**
 * What is posted in the place of something that came down, once all of it is gone: it leaves, or waits for a
 * decision where the post is held.
 */
export function postedAgain(
  post: PostState,
  instead: string,
  publications: Readonly<Record<string, Publication>>,
  now: number,
): { readonly publications: Readonly<Record<string, Publication>>; readonly effects: readonly NewEffect[] } {
  const more = Object.values(publications).some((each) => each.is === 'removing' && each.instead === instead);
  if (more || !('plan' in post.status)) return { publications, effects: [] };
  const held = post.status.is === 'held';
  const added = Object.fromEntries(
    post.status.plan.parts
      .filter(({ key }) => isOneOf(key, [instead]))
      .map(({ key }): [string, Publication] => [
        key,
        held ? { is: 'stopped', at: now } : { is: 'queued', tries: 0 },
      ]),
  );
  return { publications: { ...publications, ...added }, effects: publishEffects(added, now) };
}
