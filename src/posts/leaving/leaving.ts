import type { CommandCall } from '../../core/aggregate.ts';
import type { Millis } from '../../core/time.ts';
import type { Finding } from '../../protocol/rule.ts';
import { withoutNumber } from '../../protocol/text/thread.ts';
import { makesRoom } from '../../dispatch/publication.ts';
import { isUntouched, mayComeBack, stop } from '../../dispatch/stop.ts';
import { accountOf, inSameThread, isOfCorrection, isOneOf } from '../../dispatch/thread.ts';
import { blockingOn, isFound, type FoundInCorrection } from '../correcting/correction-findings.ts';
import { againKey, replyKey } from '../correcting/correction-plan.ts';
import { withoutFormerEnds } from '../correcting/newly-over.ts';
import {
  blocking,
  blockingCorrection,
  blocksNow,
  distinct,
  findingsOf,
  placedNow,
} from '../writing/draft.ts';
import { awaitsCorrection } from '../correcting/correctable.ts';
import { askedToPost, changesByHand } from '../by-hand/done-by-hand.ts';
import { changesInPlace } from '../correcting/changes-in-place.ts';
import { hasEndedFor } from './its-end.ts';
import { isStoppedByRule } from './to-go-out.ts';
import { publicationsOf } from './what-is-public.ts';
import { mayLeaveAgain } from '../deciding/may.ts';
import { readPart } from '../writing/plan.ts';
import type { Correction, DeskRules, PlannedPart, PostState } from '../post.ts';
import type { Revision } from '../writing/revision.ts';

/**
 * The rules run again under the protocol in force just before a part leaves, is changed, or makes room for what takes
 * its place: what has come to block is not said, and nothing is deleted that could not be posted again.
 *
 * @returns the command of that, where a rule stops it: what leaves for the first time is held, so that somebody decides
 *   again; of what is public already, the part alone is stopped
 */
export function stoppedByRule(
  post: PostState,
  part: string,
  now: Millis,
  rules: DeskRules,
): CommandCall | undefined {
  if (!saidBy(post, part).some((each) => blocksLeaving(post, each, now, rules).length > 0)) return undefined;
  return isAfterwards(post)
    ? { command: 'post.stop-by-rule', id: post.id, params: { part } }
    : { command: 'post.hold-blocked', id: post.id, params: {} };
}

/**
 * What somebody is asked to post by hand, or to change to what a correction says, and a rule has come to stop: nobody
 * says it by hand either. What somebody calls wrong waits for that to be decided; what is over is stopped by its end.
 */
export const stoppedOfHands = (post: PostState, now: Millis, rules: DeskRules): readonly string[] =>
  awaitsCorrection(post)
    ? []
    : [...askedToPost(post), ...changesByHand(post)].filter(
        (part) => !hasEndedFor(post, part, now) && stoppedByRule(post, part, now, rules) !== undefined,
      );

/** Whether what is still to leave is of what was public before: a correction of it, or what that gave other words. */
export const isAfterwards = ({ status, correction }: PostState): boolean =>
  correction?.applied !== undefined || ('was' in status && status.was !== undefined);

/**
 * What stops what is held of a post that was public before, now: what is left of a correction, or what that gave other
 * words. Nothing of it is in the post's own findings, which are about what stands.
 */
export function blocksHeld(post: PostState, now: Millis, rules: DeskRules): FoundInCorrection {
  const { status, correction } = post;
  const none = { text: [], headline: [], summary: [], descriptions: [], what: [] };
  if (status.is !== 'held' || !isAfterwards(post)) return none;
  const anew = Object.entries(publicationsOf(post)).flatMap(([part, publication]) =>
    mayComeBack(publication) || makesRoom(publication) ? [part] : [],
  );
  const saidAnew = new Set(anew.map(accountOf));
  const accounts = [...new Set([...saidAnew, ...changesInPlace(post).map(accountOf)])];
  if (correction?.applied !== undefined)
    return blockingOn({ accounts, isAnew: (account) => saidAnew.has(account) }, post, correction, now, rules);
  const text = anew
    .flatMap((part) => saidBy(post, part))
    .flatMap((part) => blocksLeaving(post, part, now, rules));
  return { ...none, text: distinct(text) };
}

/** Whether a rule has come to stop what is held, or what waits for a decision, so that none lets it go as it is. */
export const isStoppedThere = (post: PostState, now: Millis, rules: DeskRules): boolean =>
  isAfterwards(post) ? isFound(blocksHeld(post, now, rules)) : isStoppedByRule(post);

/** What is said once a part has left, is changed, or has made room. */
function saidBy(post: PostState, part: string): readonly PlannedPart[] {
  const publication = publicationsOf(post)[part];
  const instead = publication?.is === 'removing' ? publication.instead : undefined;
  const parts = 'plan' in post.status ? post.status.plan.parts : [];
  return parts.filter(({ key }) => (instead === undefined ? key === part : isOneOf(key, [instead])));
}

/**
 * What stops what a part says, now: once a correction was agreed to, what that says there, and not what stands.
 */
export function blocksLeaving(
  post: PostState,
  part: PlannedPart,
  now: Millis,
  rules: DeskRules,
): readonly Finding[] {
  const { correction } = post;
  const { account } = part;
  const isAnew = publicationsOf(post)[part.key]?.is !== 'published';
  if (correction?.applied !== undefined && isSaidBy(correction, part, correction.applied.parts))
    return Object.values(
      blockingOn({ accounts: [account], isAnew: () => isAnew }, post, correction, now, rules),
    ).flat();
  if (isOfCorrection(part.key)) return blocksRest(post, part, now, rules);
  if (correction?.applied === undefined) {
    // While nothing of it has left, all of it waits for whoever chooses again where it goes.
    const untouched = Object.values(publicationsOf(post)).every((each) => isUntouched(stop(each, now)));
    const placed = untouched ? blocking(placedNow(post, rules)) : [];
    return [...placed, ...blocksNow(post, now, rules, account)];
  }
  // What had not left says what was agreed to as well, and is newly posted there with all that it carries.
  const said = { ...correction.revision, accounts: [account] };
  return blocking(findingsOf({ ...post, revision: said }, now, rules));
}

/** Whether a correction changes a part or newly posts it, and no earlier one did. */
function isSaidBy(
  { plan }: Correction,
  { key, account }: PlannedPart,
  parts: Readonly<Record<string, unknown>>,
): boolean {
  const posts = [againKey(account, plan.revision), replyKey(account, plan.revision)];
  return parts[key] !== undefined || isOneOf(key, posts);
}

/**
 * What stops the rest of what a correction newly posts, once that is over, or another one came: its words are those of
 * its plan, of the day on which they were written, and not what the post says there by now. It is judged as it was
 * before the first of it left.
 */
function blocksRest(
  post: PostState,
  { key, account }: PlannedPart,
  now: Millis,
  rules: DeskRules,
): readonly Finding[] {
  const { status, revision } = post;
  if (!('plan' in status)) return [];
  const decidedAt = 'decidedAt' in status ? status.decidedAt : revision.at;
  const thread = status.plan.parts.filter((part) => inSameThread(part.key, key));
  const rest = thread.filter((part) => publicationsOf(post)[part.key]?.is !== 'published');
  return rest.flatMap((part) => {
    const { text } = readPart(part);
    const { daysWritten: _ofAll, typedAt: _typed, keeps: _kept, ...bare } = revision;
    const said: Revision = {
      ...bare,
      at: part.at ?? decidedAt,
      text: thread.length === 1 ? text : withoutNumber(text),
      variants: {},
      accounts: [account],
      headline: '',
      summary: '',
      media: [],
    };
    const found = findingsOf({ ...post, revision: said }, now, rules);
    // It was cut to what its network takes.
    const stops = blockingCorrection(withoutFormerEnds(found, post, said.at)).filter(
      ({ rule }) => rule !== 'LEN',
    );
    // Where in it they are, nobody can look up in what the post says.
    return stops.map((finding) => ({ ...finding, spots: [] }));
  });
}

/** Why a part of what is public did not go out or was not put right, in what is stored of it. */
export const ruleStops = 'rule-stops';

/** Whether a try of what failed may come to something: what a rule stopped, and still does, is stopped again. */
export const hasTry = (post: PostState, now: Millis, rules: DeskRules): boolean =>
  Object.entries(publicationsOf(post)).some(
    ([part, publication]) =>
      publication.is === 'failed' &&
      mayLeaveAgain(post, part, rules, now) &&
      (publication.reason !== ruleStops || stoppedByRule(post, part, now, rules) === undefined),
  );
