import type { AuditNote } from '../core/change.ts';
import type { Millis } from '../core/time.ts';
import { mayBeGone } from '../dispatch/perhaps-gone.ts';
import { hasStood, makesRoom, mayTurnUp, type Publication } from '../dispatch/publication.ts';
import { notWanted } from '../dispatch/said.ts';
import { mayComeBack } from '../dispatch/stop.ts';
import { accountOf, isOfCorrection, unsentOn } from '../dispatch/thread.ts';
import { noClearAnswer } from '../networks/network.ts';
import { withoutChanges } from './asked-by-hand.ts';
import { againKey } from './correction-plan.ts';
import { wayOn } from './correction-ways.ts';
import { saidOn, withWordsKept } from './words-kept.ts';
import { beingChanged, isChangeUnclear } from './changes-in-place.ts';
import { correctionIsStuck, correctionWaitsForAccount } from './correction-goes-on.ts';
import { askedByHandOf, isChangedByHand, unsaidByHand, notAskedWhether } from './done-by-hand.ts';
import { publicationsOf, standingOn } from './what-is-public.ts';
import { keptWords } from './earlier.ts';
import { ruleStops } from './leaving.ts';
import type { Correction, PostState, DeskRules } from './post.ts';
import { withoutPublications, withPublications } from './publications.ts';
import { handUnsaid, saysOldWords } from './standing.ts';
import { isStillOurs } from './may.ts';

/** What a correction that was agreed to comes to, part by part, until it is closed. */

/** What a correction has come to, with a part not being changed at this moment any more. */
export function notUnderWay({ underWay = {}, ...applied }: Applied, part: string): Applied {
  const { [part]: _ended, ...others } = underWay;
  return Object.keys(others).length === 0 ? applied : { ...applied, underWay: others };
}

/** What a correction has come to, with a part that may have been changed, though nobody can tell, or may not. */
export function markedUnclear(
  { unclear = [], ...applied }: Applied,
  part: string,
  isUnclear: boolean,
): Applied {
  const others = unclear.filter((each) => each !== part);
  const all = isUnclear ? [...others, part] : others;
  return all.length === 0 ? applied : { ...applied, unclear: all };
}

/** The post with a part that its correction may have changed, though nobody can tell, or with one that somebody has seen. */
export function withUnclear(post: PostState, part: string, isUnclear: boolean): PostState {
  const { correction } = post;
  const applied = correction?.applied;
  return correction === undefined || applied === undefined
    ? post
    : { ...post, correction: { ...correction, applied: markedUnclear(applied, part, isUnclear) } };
}

/** The post with a part that its correction changes as that is tried anew. */
export function triedAnew(post: PostState, part: string): PostState {
  const { correction } = post;
  if (correction?.applied === undefined) return post;
  const { tried = {}, ...applied } = correction.applied;
  const { [part]: _before, ...others } = tried;
  return { ...post, correction: { ...correction, applied: { ...applied, tried: others } } };
}

type Applied = NonNullable<Correction['applied']>;

/** The audit's note that a part was put right, or not. */
export const correctedNote = (post: PostState, part: string, ok: boolean, reason?: string): AuditNote => ({
  action: ok ? 'put-right' : 'not-put-right',
  facts: {
    part,
    plan: post.correction?.plan.hash ?? '',
    ...(reason === undefined ? {} : { reason }),
  },
});

/**
 * The post with one part of its correction made at a time; undefined when that part is not awaited. The time
 * that is told of a correction is that at which the first of it was made: what was agreed to may wait for days.
 */
export function partMade(post: PostState, part: string, at: Millis): PostState | undefined {
  const { correction } = post;
  const applied = correction?.applied;
  if (correction === undefined || applied === undefined) return undefined;
  // Of what an earlier release began, nobody knows when.
  const isBegun = applied.made !== undefined || Object.values(applied.parts).includes('done');
  const begun = isBegun ? applied : { ...applied, made: at };
  return settled({ ...post, correction: { ...correction, applied: begun } }, part, 'done');
}

/**
 * The post with one part of its correction that could not be made; undefined when that part is not awaited. Where an
 * attempt may have put it right, nobody can tell which words stand, why ever there is no other attempt.
 */
export function partMissed(post: PostState, part: string, why?: string): PostState | undefined {
  return settled(post, part, 'failed', isChangeUnclear(post, part) ? noClearAnswer : why);
}

function settled(
  post: PostState,
  part: string,
  is: 'done' | 'failed',
  reason?: string,
): PostState | undefined {
  const { correction } = post;
  const applied = correction?.applied;
  if (correction === undefined || applied?.parts[part] !== 'waiting') return undefined;
  const parts = { ...applied.parts, [part]: is };
  const because = reason === undefined ? applied.because : { ...applied.because, [part]: reason };
  const next: PostState = {
    ...post,
    correction: {
      ...correction,
      applied: { ...notUnderWay(applied, part), parts, ...(because === undefined ? {} : { because }) },
    },
  };
  return Object.values(parts).includes('waiting') ? next : closed(next);
}

/**
 * The post once nobody wants any more of a correction that was agreed to. What has not been made of it is not; what is
 * being changed at this moment, or by hand, or may turn up with its words, is waited for, so that the record says what
 * came of it.
 */
export function endedThere(post: PostState): PostState {
  const { correction } = post;
  if (correction?.applied === undefined) return post;
  const publications = publicationsOf(post);
  const underWay = beingChanged(post);
  const mayYetCome = (part: string): boolean => {
    const publication = publications[part];
    const hands = askedByHandOf(post)[part];
    const byHand = publication?.is === 'published' && hands?.what === 'change';
    const isBeingDeleted = Object.values(publications).some(
      (each) => mayBeGone(each) && each.instead === part,
    );
    return (
      underWay.includes(part) ||
      byHand ||
      isBeingDeleted ||
      (publication !== undefined && mayTurnUp(publication))
    );
  };
  const missed = Object.entries(correction.applied.parts).flatMap(([part, is]) =>
    is === 'waiting' && !mayYetCome(part) ? [part] : [],
  );
  const over: PostState = {
    ...post,
    correction: { ...correction, applied: { ...correction.applied, over: true } },
  };
  return missed.reduce((each, part) => partMissed(each, part, notWanted) ?? each, over);
}

/**
 * What becomes of a correction once a part of the post has changed: what it newly posts makes it stand there, and so
 * does what left with its words. What turned up with the old words is put right now, and what did not arrive after all
 * says nothing wrong. Of a correction that nobody wants any more, it is known with that what came of it there.
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
    if (!outdated) return { post: partMade(post, part, now) ?? post, is: 'done' };
    if (applied.over === true) return { post: partMissed(post, part, notWanted) ?? post };
    return wayOn(accountOf(part), correction) === 'again'
      ? { post: makingRoom(post, part, after, now), is: 'makes-room' }
      : { post, is: 'wrong-there' };
  }
  if (applied.over === true && (isOfCorrection(part) || hasStood(after)) && !isToCome(after)) {
    // It arrived, and comes down with the rest.
    const isRight = hasStood(after) && !outdated;
    const over = isRight ? partMade(post, part, now) : partMissed(post, part, notWanted);
    return { post: over ?? post, ...(isRight ? { is: 'done' } : {}) };
  }
  if (isOfCorrection(part) || !withoutOldWords.includes(after.is)) return { post };
  return { post: withoutPart(post, part), is: 'not-there' };
}

/** Whether it may still arrive there, be it that somebody is asked whether it did. */
const isToCome = (publication: Publication): boolean =>
  publication.is === 'queued' || publication.is === 'asked' || mayTurnUp(publication);

/** Nothing with the old words turns up there any more: whoever is asked to post it by hand is asked with the new ones. */
const withoutOldWords: readonly Publication['is'][] = ['failed', 'stopped', 'asked'];

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

/** The post with what was held of its correction let go on. */
export function correctionLetGo(post: PostState, now: Millis): PostState {
  const { correction } = post;
  const applied = correction?.applied;
  if (correction === undefined || applied === undefined) return post;
  const letGo = { at: now, rest: Object.values(applied.parts).includes('done') };
  return { ...post, correction: { ...correction, applied: { ...applied, letGo } } };
}

/** The post as somebody corrects it again: of what an earlier correction came to, nothing more comes by itself. */
export function asCorrected(post: PostState): PostState {
  const rest = withoutWhatNeverLeft(post);
  return correctionIsStuck(rest) ? closed(withoutRoom(rest)) : rest;
}

/** A correction that was agreed to and waits for accounts: asking for another one ends it there. */
export interface EndedByAsking {
  /** who agreed to it */
  readonly by: string;
  readonly accounts: readonly string[];
}

/** What asking for another correction ends of one that was agreed to; undefined where nothing of it would still come. */
export function endedByAsking(post: PostState): EndedByAsking | undefined {
  const applied = post.correction?.applied;
  if (applied === undefined || !correctionIsStuck(post)) return undefined;
  // What is only to leave goes on waiting, unless others agree to other words for it.
  const waits = Object.keys(applied.parts).filter(
    (part) => correctionWaitsForAccount(post, part) && publicationsOf(post)[part]?.is !== 'queued',
  );
  const accounts = [...new Set(waits.map(accountOf))];
  return accounts.length === 0 ? undefined : { by: applied.by, accounts };
}

/** The post with what was to make room once its account is connected again staying, all of a thread: it is corrected anew. */
function withoutRoom(post: PostState): PostState {
  const stays = Object.entries(publicationsOf(post)).flatMap(([part, each]): [string, Publication][] =>
    each.is === 'removing' && makesRoom(each)
      ? [[part, { is: 'published', remote: each.remote, at: each.publishedAt }]]
      : [],
  );
  const at = post.correction?.applied?.at;
  return at === undefined ? post : withPublications(post, Object.fromEntries(stays), at);
}

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
  const { notCorrected, notCorrectedBecause, notMade, ...done } = asked;
  const wrong = (notCorrected ?? []).filter((each) => each !== part);
  const because = Object.fromEntries(
    Object.entries(notCorrectedBecause ?? {}).filter(([each]) => wrong.includes(each)),
  );
  return {
    ...done,
    revision: saidOn(accountOf(part), done.revision),
    ...(wrong.length === 0 ? {} : { notCorrected: wrong }),
    ...(wrong.length === 0 || notMade === undefined ? {} : { notMade }),
    ...(Object.keys(because).length === 0 ? {} : { notCorrectedBecause: because }),
  };
}

/** Closes an applied correction: what could be put right says it right, and what could not is named. */
export function closed(post: PostState): PostState {
  const {
    correction,
    notCorrected: _earlier,
    notCorrectedBecause: _reasons,
    notMade: _words,
    ...bare
  } = post;
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
  // What was taken down says nothing any more.
  const wrong =
    post.status.is === 'taken-down' ? [] : [...missed.filter((part) => saysOldWords(post, part)), ...left];
  const unclear = (applied.unclear ?? []).map((part): [string, string] => [part, noClearAnswer]);
  const unsaid = unsaidByHand(post).map((part): [string, string] => [part, handUnsaid]);
  const because = Object.entries({
    ...applied.waits,
    ...Object.fromEntries([...unclear, ...unsaid]),
    ...applied.because,
  }).filter(([part]) => wrong.includes(part));
  const rest: PostState = {
    ...bare,
    ...(wrong.length === 0 ? {} : { notCorrected: wrong }),
    ...(because.length === 0 ? {} : { notCorrectedBecause: Object.fromEntries(because) }),
  };
  const { what, by, findings, review } = correction;
  const said = post.status.is === 'taken-down' ? missed.filter((part) => hasStoodOn(post, part)) : wrong;
  const revision = withWordsKept(post.revision, correction.revision, said.map(accountOf));
  const kept = keptWords(post, revision, madeAt(applied));
  if (done) {
    const entry = {
      what,
      at: applied.at,
      by,
      approvedBy: applied.by,
      review,
      ...(applied.letGo === undefined ? {} : { letGo: applied.letGo }),
      ...(applied.made === undefined ? {} : { made: applied.made }),
      ...(ways === undefined ? {} : { ways }),
    };
    return { ...rest, ...kept, revision, findings, corrected: [...post.corrected, entry] };
  }
  // Where none could be put right, nothing was corrected and the old words stand; what goes out from now on has the new
  // ones all the same, and it is those that the rules look at then.
  if (saysItAnew(post) || comesInstead(post)) return { ...rest, ...kept, revision, findings };
  const { text } = correction.revision;
  // Whoever puts it right there by hand needs what was agreed to, unless it is not wanted, or not allowed, any more.
  const isWanted = wrong.some(
    (part) =>
      missed.includes(part) && ![notWanted, ruleStops].includes(rest.notCorrectedBecause?.[part] ?? ''),
  );
  return isWanted && text !== post.revision.text
    ? { ...rest, notMade: { by: correction.revision.by, text } }
    : rest;
}

/** When a correction was made, the first of it; of what an earlier release made, when it was agreed to or let go on. */
export const madeAt = ({ at, letGo, made }: Pick<Applied, 'at' | 'letGo' | 'made'>): Millis =>
  made ?? (letGo?.rest === false ? letGo.at : at);

/** Whether the old words came down somewhere, and those of the correction that did not take their place still may. */
function comesInstead(post: PostState): boolean {
  if (post.status.is === 'taken-down') return false;
  const publications = publicationsOf(post);
  return Object.keys(post.correction?.applied?.parts ?? {}).some((part) => {
    const publication = publications[part];
    const mayCome = publication?.is === 'failed' || (publication !== undefined && mayComeBack(publication));
    return mayCome && !saysOldWords(post, part);
  });
}

/** Whether anything of the post stood on the account of a part: what it said there last is what it said. */
const hasStoodOn = (post: PostState, part: string): boolean =>
  Object.entries(publicationsOf(post)).some(
    ([key, each]) => accountOf(key) === accountOf(part) && hasStood(each),
  );

/** Whether something that did not stand when a correction was agreed to has its words, or may still go out with them. */
function saysItAnew(post: PostState): boolean {
  const applied = post.correction?.applied;
  const publications = publicationsOf(post);
  return (applied?.anew ?? []).some((key) => {
    const publication = publications[key];
    if (publication === undefined || applied?.parts[key] === 'failed') return false;
    if (publication.is === 'stopped') return post.status.is === 'held' && mayComeBack(publication);
    return true;
  });
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
