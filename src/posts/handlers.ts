import { z } from 'zod';
import type { CommandCall } from '../core/aggregate.ts';
import type { Refusal } from '../core/change.ts';
import type { Executor } from '../core/execute.ts';
import type { Json } from '../core/json.ts';
import { hours, minutes, seconds, type Millis } from '../core/time.ts';
import { mayBegin, NoLongerPermitted, permittedBy } from '../core/permit.ts';
import { accountId, slotsPerAccount } from '../dispatch/account.ts';
import { makesRoom, mayStandSince, saidByPerson, type Publication } from '../dispatch/publication.ts';
import { accountOf, before, isLastToRemove, isNext, partBeforeMissing } from '../dispatch/thread.ts';
import {
  accountBlocked,
  accountWaits,
  type FindOutcome,
  type Network,
  type PlanPart,
  type PublishOutcome,
  type Remote,
} from '../networks/network.ts';
import { handler, timer, type BoundHandler, type EffectRun, type Outcome } from '../core/handler.ts';
import { timerNames } from './changed.ts';
import { connectedHandler, waitsForAccount } from './account-connected.ts';
import { blocksLeaving } from './leaving.ts';
import { postKind, standsAs } from './kind.ts';
import { makersGone, publicationsOf, waitsForTheDesk } from './may.ts';
import { publicationKey, readPart } from './plan.ts';
import type { DeskRules, PlannedPart, PostState } from './post.ts';
import { callDeadline, slotsOf } from './slots.ts';
import { standsByHandHandler } from './stands-by-hand.ts';

/** What the effects of posts reach outside through. */
export interface PublishingDeps {
  readonly executor: Executor;
  /** the adapter of an account; undefined for an account the protocol no longer has */
  readonly networkOf: (account: string) => Network | undefined;
  readonly rules: () => DeskRules;
  readonly clock: () => Millis;
  /** milliseconds of a clock that nobody sets, and that goes on while this process is held still */
  readonly monotonic: () => Millis;
}

/** How long a video may be on its way: 4 GB at 5 Mbit/s. Its lease and its slot are renewed meanwhile. */
const longestUpload = hours(2);
/** How long to wait for a slot when all of an account's are taken. */
const slotWait = seconds(1);
/** How often what is held is looked at again: letting it go on asks for it at once. */
const heldWait = minutes(5);
/** How long to wait for an account that the network refuses; once it is connected again, nothing waits. */
const blockedWait = minutes(5);

/** So many attempts to take something down have to fail until its card says why. */
const toldAfter = 3;

const crier = { by: 'crier' } as const;
/** The account was stopped between the claim and the call; what comes again finds that out from the account. */
const closed: Outcome = {
  outcome: 'retry',
  after: seconds(1),
  value: { reason: 'no-longer-permitted' },
};
const partData = z.object({ part: z.string() });
const remote = z.object({ remoteId: z.string(), url: z.string() });
const asked = z.object({ asked: z.literal(true) });
const withReason = z.object({ reason: z.string() });

/** Every effect of posts but their cards. */
export function postHandlers(deps: PublishingDeps): readonly BoundHandler[] {
  return [
    publishHandler(deps),
    lookHandler(deps),
    takeDownHandler(deps),
    putRightHandler(deps),
    timeHandler(),
    connectedHandler(deps.executor),
    standsByHandHandler(deps.executor),
  ];
}

function publishHandler(deps: PublishingDeps): BoundHandler {
  const { executor, networkOf, rules, clock } = deps;
  const waits = new Map<string, Millis>();
  const slots = slotsOf(deps);

  return handler({
    type: 'post.publish',
    schema: partData,
    deadline: callDeadline,
    onLostLease: 'unknown',
    lane: ({ part }) => ({ name: accountOf(part), width: slotsPerAccount }),
    before: async (run) => {
      const post = await run.load(postKind);
      const part = plannedPart(post, run.data.part);
      if (post === undefined || part === undefined || !('decidedAt' in post.status)) return { drop: true };
      if (!isNext(publicationsOf(post), part.key)) return { drop: true };
      const { until } = post.revision;
      const call = (command: string, params: unknown): CommandCall => ({ command, id: run.id, params });
      if (until !== undefined && until.at <= run.now) {
        return { drop: true, giving: call('post.time-came', { what: 'end', review: '' }) };
      }
      // The rules run again under the protocol in force: what has come to block does not leave.
      if (blocksLeaving(post, part, run.now, rules()).length > 0) {
        return { drop: true, giving: call('post.hold-blocked', {}) };
      }
      if (makersGone(post, rules()).length > 0) {
        return waitsForTheDesk(post)
          ? { drop: true }
          : { drop: true, giving: call('post.ask-about-makers', {}) };
      }
      const taken = await slots.take(run, post, part.key, post.status.decidedAt);
      if (taken.done) return hasVideo(part) ? { go: true, longest: longestUpload } : { go: true };
      const { refused, facts } = taken.refusal;
      const holds = heldWith(run.id, taken.refusal);
      if (holds !== undefined) return { drop: true, giving: holds };
      if (refused === 'account-blocked') {
        return waitsForAccount(post, part.key)
          ? { postpone: blockedWait }
          : { postpone: blockedWait, giving: call('post.wait', { part: part.key }) };
      }
      if (refused === 'account-full') return { full: slotWait };
      const wait = typeof facts['until'] === 'number' ? facts['until'] - clock() : slotWait;
      return { postpone: Math.max(wait, 0) };
    },
    started: (run) => ({
      command: 'post.begin',
      id: run.id,
      params: { part: run.data.part, attempt: run.attempt },
    }),
    run: async (run, signal): Promise<Outcome> => {
      const post = await run.load(postKind);
      const part = plannedPart(post, run.data.part);
      const network = part === undefined ? undefined : networkOf(part.account);
      if (post === undefined || part === undefined || network === undefined) {
        return { outcome: 'refused', reason: 'account-gone' };
      }
      const leaving = answering(post, part, network);
      if (leaving === undefined) return { outcome: 'refused', reason: partBeforeMissing };
      const permitted = permittedBy(async () => await slots.stillOpen(run), signal);
      if (!(await letBegin(permitted))) return closed;
      const answer = await network.publish(leaving, publicationKey(post, part.key), permitted);
      if (answer.outcome === 'retry' && accountWaits.includes(answer.reason)) {
        waits.set(run.attempt, clock() + answer.after);
      }
      if (isBlocked(answer)) {
        // The account is at fault, not the post: it stays queued. Before that is committed the account says so.
        await block(executor, part.account);
        return { outcome: 'retry', after: blockedWait, value: { reason: accountBlocked } };
      }
      return outcomeOf(answer);
    },
    // A slot that nobody renewed would be another's while the video is still on its way.
    renew: async (run) => (await slots.stillOpen(run)) !== undefined,
    settled: (run, outcome) => ({
      command: 'post.settle',
      id: run.id,
      params: { part: run.data.part, attempt: run.attempt, answer: answerOf(outcome) },
    }),
    after: async (run, outcome) => {
      const post = await run.load(postKind);
      const part = plannedPart(post, run.data.part);
      if (post === undefined || part === undefined) return;
      const waitUntil = outcome.outcome === 'retry' ? waits.get(run.attempt) : undefined;
      waits.delete(run.attempt);
      await executor.execute({
        command: 'account.free-slot',
        id: accountId(part.account),
        params: {
          publication: publicationKey(post, part.key).id,
          holder: run.attempt,
          ...(waitUntil === undefined ? {} : { waitUntil }),
          ...(outcome.outcome === 'done' && !isAsked(outcome)
            ? { published: { number: post.number, at: clock(), url: remote.parse(outcome.value).url } }
            : {}),
        },
        actor: crier,
      });
    },
  });
}

/** Whether the first request of a call may begin. What an adapter asks later, it asks by itself. */
async function letBegin(signal: AbortSignal): Promise<boolean> {
  try {
    await mayBegin(signal);
    return true;
  } catch (fault) {
    if (fault instanceof NoLongerPermitted || signal.aborted) return false;
    throw fault;
  }
}

function lookHandler({ executor, networkOf, clock }: PublishingDeps): BoundHandler {
  const lookId = (post: PostState, part: string): string => `look-${publicationKey(post, part).id}`;
  return handler({
    type: 'post.look',
    schema: partData.extend({ attempt: z.string() }),
    deadline: callDeadline,
    onLostLease: 'again',
    before: async (run) => {
      const post = await run.load(postKind);
      const part = plannedPart(post, run.data.part);
      if (post === undefined || part === undefined) return { go: true };
      const taken = await executor.execute({
        command: 'account.take-alone',
        id: accountId(part.account),
        params: {
          publication: lookId(post, part.key),
          holder: run.attempt,
          until: clock() + callDeadline + seconds(30),
        },
        actor: crier,
      });
      if (taken.done) return { go: true };
      return { postpone: taken.refusal.refused === 'account-blocked' ? blockedWait : slotWait };
    },
    run: async (run, signal): Promise<Outcome> => {
      const post = await run.load(postKind);
      const part = plannedPart(post, run.data.part);
      const publication = post === undefined ? undefined : publicationsOf(post)[run.data.part];
      const network = part === undefined ? undefined : networkOf(part.account);
      if (
        post === undefined ||
        part === undefined ||
        network === undefined ||
        publication?.is !== 'unknown'
      ) {
        return { outcome: 'done', value: { look: 'cannot' } };
      }
      const looked = answering(post, part, network);
      if (looked === undefined) return { outcome: 'done', value: { look: 'cannot' } };
      const found = await network.find(
        looked,
        publicationKey(post, part.key),
        mayStandSince(publication),
        signal,
      );
      if (found.found !== true) return { outcome: 'done', value: lookOf(found, network) };
      for (const candidate of found.remotes) {
        if (!(await isOurs(executor, part.account, candidate.remoteId))) {
          return { outcome: 'done', value: { look: 'found', remote: { ...candidate } } };
        }
      }
      return { outcome: 'done', value: lookOf({ found: false }, network) };
    },
    settled: (run, outcome) =>
      outcome.outcome !== 'done'
        ? undefined
        : {
            command: 'post.looked',
            id: run.id,
            params: { part: run.data.part, attempt: run.data.attempt, look: outcome.value },
          },
    after: async (run) => {
      const post = await run.load(postKind);
      const part = plannedPart(post, run.data.part);
      if (post === undefined || part === undefined) return;
      await executor.execute({
        command: 'account.free-slot',
        id: accountId(part.account),
        params: { publication: lookId(post, part.key), holder: run.attempt },
        actor: crier,
      });
    },
  });
}

/** The command that holds a post with everything else, where its account is held or stopped. */
function heldWith(id: string, { refused, facts }: Refusal): CommandCall | undefined {
  if (refused !== 'account-held' && refused !== 'account-stopped') return undefined;
  const by = typeof facts['by'] === 'string' ? facts['by'] : 'crier';
  return { command: 'post.hold-with-all', id, params: { by, safety: facts['what'] === 'all' } };
}

function takeDownHandler(deps: PublishingDeps): BoundHandler {
  const { executor, networkOf, clock } = deps;
  const slots = slotsOf(deps);

  return handler({
    type: 'post.take-down',
    schema: partData,
    deadline: callDeadline,
    onLostLease: 'again',
    before: async (run) => {
      const post = await run.load(postKind);
      const removing = post !== undefined && publicationsOf(post)[run.data.part]?.is === 'removing';
      // What answers it was found meanwhile and comes down first; then this is asked for again.
      if (!removing) return { go: true };
      const publications = publicationsOf(post);
      if (!isLastToRemove(publications, run.data.part)) return { drop: true };
      const publication = publications[run.data.part];
      // What is simply taken down comes down always. What makes room leaves by the decision on what takes its place,
      // and so never while the account is stopped: it would be gone, and nothing in its place.
      if (publication === undefined || !makesRoom(publication)) return { go: true };
      // Held: once it is let go on, this is asked for again.
      if (!('decidedAt' in post.status)) return { postpone: heldWait };
      const taken = await slots.take(run, post, run.data.part, post.status.decidedAt);
      if (taken.done) return { go: true };
      const holds = heldWith(run.id, taken.refusal);
      if (holds !== undefined) return { postpone: heldWait, giving: holds };
      const { refused, facts } = taken.refusal;
      // The network itself says that it refuses us, which is told.
      if (refused === 'account-blocked') return { go: true };
      return {
        postpone:
          refused === 'account-waits' && typeof facts['until'] === 'number'
            ? Math.max(facts['until'] - clock(), 0)
            : slotWait,
      };
    },
    run: async (run, signal): Promise<Outcome> => {
      const post = await run.load(postKind);
      const { part } = run.data;
      const publication = post === undefined ? undefined : publicationsOf(post)[part];
      if (post === undefined || publication?.is !== 'removing') return { outcome: 'done' };
      // By its key alone: what stands comes down although a correction may have planned fewer posts.
      const network = networkOf(accountOf(part));
      if (network === undefined) return { outcome: 'refused', reason: 'account-gone' };
      const remote = standingAs(publication.remote, network);
      if (slots.has(run)) {
        permittedBy(async () => await slots.stillOpen(run), signal);
        if (!(await letBegin(signal))) return closed;
      }
      const answer = await network.remove(remote, publicationKey(post, part), signal);
      if (isBlocked(answer)) await block(executor, accountOf(part));
      return repeatable(answer);
    },
    settled: (run, outcome) => {
      return outcome.outcome === 'retry'
        ? waiting(run, 'post.removal-waits', outcome)
        : recorded(run.id, 'post.removed', run.data.part, outcome, removedParams);
    },
    after: async (run) => {
      const post = await run.load(postKind);
      if (post === undefined || !slots.has(run)) return;
      await executor.execute({
        command: 'account.free-slot',
        id: accountId(accountOf(run.data.part)),
        params: { publication: publicationKey(post, run.data.part).id, holder: run.attempt },
        actor: crier,
      });
    },
  });
}

function putRightHandler({ executor, networkOf }: PublishingDeps): BoundHandler {
  return handler({
    type: 'post.put-right',
    schema: partData,
    deadline: callDeadline,
    onLostLease: 'again',
    run: async (run, signal): Promise<Outcome> => {
      const post = await run.load(postKind);
      const correction = post?.correction;
      const part = correction?.plan.parts.find((each) => each.key === run.data.part);
      const publication: Publication | undefined =
        post === undefined ? undefined : publicationsOf(post)[run.data.part];
      if (
        post === undefined ||
        correction === undefined ||
        part === undefined ||
        publication?.is !== 'published'
      ) {
        return { outcome: 'refused', reason: 'nothing-stands' };
      }
      const edit = networkOf(part.account)?.edit;
      if (edit === undefined) return { outcome: 'refused', reason: 'cannot-edit' };
      const key = publicationKey(post, part.key);
      const answer = await edit(publication.remote, readPart(part), key, correction.what, signal);
      if (isBlocked(answer)) await block(executor, part.account);
      return repeatable(answer);
    },
    settled: (run, outcome) =>
      outcome.outcome === 'retry'
        ? waiting(run, 'post.correction-waits', outcome)
        : recorded(run.id, 'post.put-right', run.data.part, outcome, correctedParams),
  });
}

function timeHandler(): BoundHandler {
  return timer('post.timer', z.object({ what: z.enum(timerNames), review: z.string() }), (run) => ({
    command: 'post.time-came',
    id: run.id,
    params: run.data,
  }));
}

/** Whether a part has a video, which takes longer than any other call. */
const hasVideo = (part: PlannedPart): boolean =>
  readPart(part).media.some(({ contentType }) => contentType.startsWith('video/'));

const isBlocked = (answer: PublishOutcome): boolean =>
  answer.outcome === 'refused' && answer.reason === accountBlocked;

/** The network refuses our access to the account: nothing more is tried there, and the desk hears of it once. */
async function block(executor: Executor, account: string): Promise<void> {
  await executor.execute({
    command: 'account.block',
    id: accountId(account),
    params: { account, reason: accountBlocked },
    actor: crier,
  });
}

/** The planned part by its key, wherever the post keeps its plan. */
function plannedPart(post: PostState | undefined, key: string): PlannedPart | undefined {
  if (post === undefined || !('plan' in post.status)) return undefined;
  return post.status.plan.parts.find((part) => part.key === key);
}

/**
 * The part as it leaves or is looked for: a thread's later posts with where the one before stands. Undefined when
 * that does not stand, or nobody can tell which post it is.
 */
function answering(post: PostState, part: PlannedPart, network: Network): PlanPart | undefined {
  const frozen = readPart(part);
  const earlier = before(part.key);
  // A reply that corrects was frozen with what it stands under.
  if (earlier === undefined) {
    return frozen.replyTo === undefined
      ? frozen
      : { ...frozen, replyTo: standingAs(frozen.replyTo, network) };
  }
  const publication = publicationsOf(post)[earlier];
  if (publication?.is !== 'published') return undefined;
  return { ...frozen, replyTo: standingAs(publication.remote, network) };
}

/** Where something stands; of what a person found, the network's id stands in the link that they gave. */
function standingAs(remote: Remote, network: Network): Remote {
  if (remote.remoteId !== saidByPerson) return remote;
  const remoteId = network.idIn?.(remote.url);
  return remoteId === undefined ? remote : { ...remote, remoteId };
}

function outcomeOf(answer: PublishOutcome): Outcome {
  switch (answer.outcome) {
    case 'published':
      return { outcome: 'done', value: { remoteId: answer.remote.remoteId, url: answer.remote.url } };
    case 'retry':
      return { outcome: 'retry', after: answer.after, value: { reason: answer.reason } };
    case 'refused':
      return { outcome: 'refused', reason: answer.reason };
    case 'unknown':
      return { outcome: 'unknown', reason: answer.reason };
    case 'asked':
      return { outcome: 'done', value: { asked: true } };
  }
}

/** Whether a person is asked to do it, since no machine can. */
const isAsked = (outcome: Outcome): boolean =>
  outcome.outcome === 'done' && asked.safeParse(outcome.value).success;

/** An outcome of something that may safely be done again: what nobody can tell is simply done once more. */
function repeatable(answer: PublishOutcome): Outcome {
  const outcome = outcomeOf(answer);
  return outcome.outcome === 'unknown'
    ? { outcome: 'retry', after: seconds(5), value: { reason: 'no-clear-answer' } }
    : outcome;
}

function answerOf(outcome: Outcome) {
  switch (outcome.outcome) {
    case 'done': {
      if (isAsked(outcome)) return { answer: 'asked' };
      const told: Remote = remote.parse(outcome.value);
      return { answer: 'published', remote: told };
    }
    case 'retry': {
      const told = withReason.safeParse(outcome.value);
      return { answer: 'retry', reason: told.success ? told.data.reason : 'again' };
    }
    case 'refused':
      return { answer: 'refused', reason: outcome.reason };
    case 'unknown':
      return { answer: 'unknown' };
  }
}

/** Whether a publication of ours stands as what a network calls by this id: the same words can have gone out twice by intent. */
export async function isOurs(
  executor: Pick<Executor, 'store'>,
  account: string,
  remoteId: string,
): Promise<boolean> {
  const claimed = await executor.store.list({
    kind: postKind.kind,
    index: 'stands-as',
    equals: standsAs(account, { remoteId }),
    limit: 1,
  });
  return claimed.items.length > 0;
}

/** Where looking is possible at all, a look that did not come about says nothing, and another one follows. */
function lookOf(found: Exclude<FindOutcome, { readonly found: true }>, network: Network): Json {
  if (found.found === false) {
    return { look: 'absent', certain: network.canLookUp, ...(found.goesOn === true ? { goesOn: true } : {}) };
  }
  if (network.canLookUp) return { look: 'absent', certain: false };
  return { look: 'cannot', ...(found.lookAt === undefined ? {} : { lookAt: found.lookAt }) };
}

const removedParams = (part: string, problem: string | undefined) =>
  problem === undefined ? { part } : { part, problem };
const correctedParams = (part: string, problem: string | undefined) => ({
  part,
  ok: problem === undefined,
  ...(problem === undefined ? {} : { reason: problem }),
});

/**
 * The command that records why something is tried again and again. A moment's trouble is nobody's concern; what goes
 * on is told to whoever waits for it.
 */
function waiting(
  run: EffectRun<z.infer<typeof partData>>,
  command: string,
  { value }: Extract<Outcome, { readonly outcome: 'retry' }>,
): CommandCall | undefined {
  const told = withReason.safeParse(value);
  return told.success && run.attempts >= toldAfter
    ? { command, id: run.id, params: { part: run.data.part, reason: told.data.reason } }
    : undefined;
}

/** The command that records a repeatable effect: nothing while it is still to be tried again. */
function recorded(
  id: string,
  command: string,
  part: string,
  outcome: Outcome,
  params: (part: string, problem: string | undefined) => unknown,
): CommandCall | undefined {
  switch (outcome.outcome) {
    case 'done':
      // Nothing is done yet where a person is asked to do it.
      return isAsked(outcome)
        ? {
            command: 'post.ask-by-hand',
            id,
            params: { part, what: command === 'post.removed' ? 'remove' : 'change' },
          }
        : { command, id, params: params(part, undefined) };
    case 'refused':
      return { command, id, params: params(part, outcome.reason) };
    default:
      return undefined;
  }
}
