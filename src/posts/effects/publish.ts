import type { CommandCall } from '../../core/aggregate.ts';
import {
  handler,
  type BoundHandler,
  type EffectRun,
  type Outcome,
  type Verdict,
} from '../../core/handler.ts';
import { permittedBy } from '../../core/permit.ts';
import { hours, type Millis } from '../../core/time.ts';
import { slotsPerAccount } from '../../dispatch/account.ts';
import { isKnownToWait } from '../leaving/account-connected.ts';
import { accountOf, isNext, partBeforeMissing } from '../../dispatch/thread.ts';
import { accountBlocked, accountWaits, type PostsLeft } from '../../networks/network.ts';
import { postKind } from '../kind.ts';
import { stoppedByRule } from '../leaving/leaving.ts';
import { turnedToLeave } from '../stopping/turned.ts';
import { awaitsCorrection } from '../correcting/correctable.ts';
import { endOf, goesOutNoLater } from '../leaving/its-end.ts';
import { isTooLong, tooLate, toLeaveFrom } from '../leaving/too-late.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { makersGone } from '../deciding/who-acts.ts';
import { publicationKey, readPart, seenFrom } from '../writing/plan.ts';
import type { PlannedPart, PostState } from '../post.ts';
import { plannedPart } from '../leaving/what-was-sent.ts';
import {
  block,
  blockedWait,
  closed,
  freeSlot,
  heldWait,
  heldWith,
  isBlocked,
  letBegin,
  slotWait,
  waitsForConnection,
} from './account.ts';
import type { PublishingDeps } from './deps.ts';
import { answerOf, outcomeOf, standsAt } from './outcome.ts';
import { answering, partData } from './part.ts';
import { callDeadline, slotsOf } from './slots.ts';
import { isVideoType } from '../../protocol/media-limits.ts';

/** How long a video may be on its way: 4 GB at 5 Mbit/s. Its lease and its slot are renewed meanwhile. */
const longestUpload = hours(2);

type Run = EffectRun<{ readonly part: string }>;

/** Takes a slot of the account, sends the part, and records what came of it. */
export function publishHandler(deps: PublishingDeps): BoundHandler {
  const { executor, networkOf, rules, clock, stoodStill } = deps;
  /** what the network told with its answer, by the start that was answered */
  const waits = new WeakMap<Run, { readonly until: Millis; readonly reason: string }>();
  const lefts = new WeakMap<Run, PostsLeft>();
  /** since when its part should be leaving, by the start */
  const from = new WeakMap<Run, Millis>();
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
      const until = endOf(post);
      const call = (command: string, params: unknown): CommandCall => ({ command, id: run.id, params });
      if (until !== undefined && until.at <= run.now && goesOutNoLater(post, part.key)) {
        return { drop: true, giving: call('post.time-came', { what: 'end', review: '' }) };
      }
      const since = toLeaveFrom(part, run.due);
      from.set(run, since);
      const late = tooLate(post, part.key, run.now, () => stoodStill(since));
      const missed: Verdict = {
        drop: true,
        giving: call('post.hold-missed', { part: part.key, because: late, from: since }),
      };
      // Nobody knows yet which words are right; once it is decided, this is asked for again, by then as if it were on time.
      if (awaitsCorrection(post)) return late === undefined ? { postpone: heldWait } : missed;
      if (turnedToLeave(post, rules()) !== undefined)
        return { drop: true, giving: call('post.ask-anew', {}) };
      const stopped = stoppedByRule(post, part.key, run.now, rules());
      if (stopped !== undefined) return { drop: true, giving: stopped };
      if (makersGone(post, rules()).length > 0) {
        return { drop: true, giving: call('post.ask-about-makers', {}) };
      }
      if (late !== undefined) return missed;
      // Nobody can connect an account again that the protocol does not have any more: its start ends there, and says so.
      if (networkOf(part.account) === undefined) return { go: true };
      const slot = { publication: publicationKey(post, part.key).id, decidedAt: post.status.decidedAt };
      const taken = await slots.take(run, post, part.key, slot);
      if (taken.done) return hasVideo(part) ? { go: true, longest: longestUpload } : { go: true };
      const { refused, facts } = taken.refusal;
      const holds = heldWith(run.id, taken.refusal);
      if (holds !== undefined) return { drop: true, giving: holds };
      if (refused === 'account-full') return { full: slotWait };
      const isRefused = refused === 'account-blocked';
      const again = isRefused ? clock() + blockedWait : facts['until'];
      const postpone = typeof again === 'number' ? Math.max(again - clock(), 0) : slotWait;
      const reason = isRefused ? accountBlocked : facts['reason'];
      return typeof reason !== 'string' || isKnownToWait(publicationsOf(post)[part.key], reason)
        ? { postpone }
        : { postpone, giving: call('post.wait', { part: part.key, reason }) };
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
      // A film is on its way for long: a hold or a removal meanwhile keeps it from being shown, as a stop does.
      // The account has the last word, since that is what a stop waits for: reading the post may take any time.
      const permitted = permittedBy(
        async () => (isLeaving(await run.load(postKind), run) ? await slots.stillOpen(run) : undefined),
        signal,
      );
      if (!(await letBegin(permitted))) return closed;
      const key = publicationKey(post, part.key);
      // Decided once: an attempt that began before the time shows nothing, however long it takes. Another one shows it,
      // by a slot of its own.
      const shownFrom = seenFrom(leaving);
      const later = shownFrom > clock();
      const answer = later
        ? await network.prepare?.(leaving, key, permitted)
        : await network.publish(leaving, key, permitted);
      if (answer === undefined) {
        const value = { reason: 'shown-later', shownFrom };
        return { outcome: 'retry', after: Math.max(shownFrom - clock(), 0), value };
      }
      if (answer.outcome === 'retry' && accountWaits.includes(answer.reason)) {
        waits.set(run, { until: clock() + answer.after, reason: answer.reason });
      }
      if (answer.outcome === 'published' && answer.left !== undefined) lefts.set(run, answer.left);
      if (isBlocked(answer)) {
        // The account is at fault, not the post: it stays queued. Before that is committed the account says so.
        await block(executor, part.account);
        return waitsForConnection;
      }
      return outcomeOf(answer);
    },
    // A slot that nobody renewed would be another's while the video is still on its way.
    renew: async (run) => (await slots.stillOpen(run)) !== undefined,
    settled: (run, outcome) => ({
      command: 'post.settle',
      id: run.id,
      params: {
        part: run.data.part,
        attempt: run.attempt,
        answer: answerOf(outcome),
        ...(isTooLong(stoodStill(from.get(run) ?? run.due)) ? { late: true } : {}),
      },
    }),
    after: async (run, outcome) => {
      const post = await run.load(postKind);
      const part = plannedPart(post, run.data.part);
      if (post === undefined || part === undefined) return;
      const wait = outcome.outcome === 'retry' ? waits.get(run) : undefined;
      const left = lefts.get(run);
      await freeSlot(executor, part.account, {
        publication: publicationKey(post, part.key).id,
        holder: run.attempt,
        ...(wait === undefined ? {} : { wait }),
        ...(left === undefined ? {} : { left }),
        ...(standsAt(outcome) === undefined ? {} : { published: { number: post.number, at: clock() } }),
      });
    },
  });
}

/**
 * Whether the post is still let go, and this start is the one that brings its part out, in words that nobody wants put
 * right: one that has new words meanwhile is begun again with those.
 */
function isLeaving(post: PostState | undefined, { data: { part }, attempt }: Run): boolean {
  if (post?.status.is !== 'publishing' || awaitsCorrection(post)) return false;
  const publication = post.status.publications[part];
  return publication?.is === 'sending' && publication.attempt === attempt && publication.sent === undefined;
}

/** Whether a part has a video, which takes longer than any other call. */
const hasVideo = (part: PlannedPart): boolean =>
  readPart(part).media.some(({ contentType }) => isVideoType(contentType));
