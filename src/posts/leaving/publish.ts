import { z } from 'zod';
import type { AuditNote, NewEffect } from '../../core/change.ts';
import { begin as beginPublication, settle as settlePublication } from '../../dispatch/attempt.ts';
import { looked as lookedPublication, lookLasts, nextLook } from '../../dispatch/look.ts';
import type { NotNow, Publication } from '../../dispatch/publication.ts';
import { said as saidPublication, sayings } from '../../dispatch/said.ts';
import { giveUp, mayComeBack, stop } from '../../dispatch/stop.ts';
import { isUnderWay, notOnlyLater } from '../../dispatch/together.ts';
import { accountOf, following, inTurn, isNext, type Publications } from '../../dispatch/thread.ts';
import { accountBlocked } from '../../networks/network.ts';
import { withAsked } from '../by-hand/asked-by-hand.ts';
import { showSoon } from '../telling/cards-to-show.ts';
import { changed } from '../changed.ts';
import { effect, tell } from '../post-effect.ts';
import { crierCommand, personCommand, type PostDecision } from '../command.ts';
import { correctedNote, correctionAfter } from '../correcting/correction-parts.ts';
import { outgoingOf, publishEffects, putRightEffect } from './let-go.ts';
import { awaitsCorrection } from '../correcting/correctable.ts';
import { askedByHandOf } from '../by-hand/done-by-hand.ts';
import { isGivenUp } from '../correcting/given-up.ts';
import { isKeptBack } from '../stopping/open-hold.ts';
import { stateOf } from '../taking-down/over.ts';
import { withStep } from '../telling/past.ts';
import { publicationsOf } from './what-is-public.ts';
import {
  editors,
  isToTryAgain,
  mayAnswerUnknown,
  mayLeaveAgain,
  mayTryAgain,
  unlessDesk,
} from '../deciding/may.ts';
import type { PostContext, PostState, Step } from '../post.ts';
import { pastedAddress } from '../writing/pasted-address.ts';
import { isBehindRehearsal, withinReach } from './for-rehearsal.ts';
import { unlessHeldBack, untilHeld, withPublications } from './publications.ts';
import { refusePost } from '../refusals.ts';
import { toldRemote } from '../remote.ts';
import { missedFrom } from './too-late.ts';
import { isOtherThanPlanned, isOutdated, mayBeOutdated } from './what-was-sent.ts';

const isNotNow = (result: Publication | NotNow): result is NotNow => 'notNow' in result;

/** Commits that a part begins to leave, before the network is called. Refused for whatever was stopped meanwhile. */
export const beginPublishing = crierCommand(
  'post.begin',
  z.object({ part: z.string(), attempt: z.string() }),
  (post, { part, attempt }, context) => {
    const { status } = post;
    if (status.is !== 'approved' && status.is !== 'scheduled' && status.is !== 'publishing') {
      return refusePost('settled-already', {});
    }
    if (status.is === 'scheduled' && status.for.at > context.now) return refusePost('settled-already', {});
    const publication = status.publications[part];
    if (publication === undefined || !isNext(status.publications, part) || awaitsCorrection(post)) {
      return refusePost('settled-already', {});
    }
    const begun = beginPublication(publication, attempt, context.now);
    if (isNotNow(begun)) return refusePost('settled-already', {});
    const { plan, publications } = status;
    return {
      state: {
        ...post,
        status: {
          ...outgoingOf(status),
          is: 'publishing',
          publications: { ...publications, [part]: begun },
        },
      },
      audit: [{ action: 'publishing-began', facts: { part, attempt, plan: plan.hash } }],
      // What comes of it follows in a moment; where it does not, the cards say that it is on its way.
      effects: begun.is === 'sending' && begun.tries === 1 ? [showSoon(context.now)] : [],
    };
  },
);

const answer = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('published'), remote: toldRemote }),
  z.object({ answer: z.literal('retry'), reason: z.string(), shownFrom: z.int().exactOptional() }),
  z.object({ answer: z.literal('refused'), reason: z.string() }),
  z.object({ answer: z.literal('unknown') }),
  z.object({ answer: z.literal('asked') }),
]);

/** Nobody was at work for too long since it was to leave. */
const late = { late: z.literal(true).exactOptional() };

/** Records what the network answered to an attempt; a late answer counts while the part still waits for it. */
export const settlePublishing = crierCommand(
  'post.settle',
  z.object({
    part: z.string(),
    attempt: z.string(),
    answer,
    ...late,
  }),
  (post, given, context) => {
    const { part, attempt } = given;
    const publication = publicationsOf(post)[part];
    if (publication === undefined) return refusePost('settled-already', {});
    const settled = settlePublication(publication, attempt, given.answer, context.now, given.late);
    if (isNotNow(settled)) return refusePost('settled-already', {});
    const note: AuditNote = {
      action: `publishing-${given.answer.answer}`,
      facts: { part, attempt, ...('reason' in given.answer ? { reason: given.answer.reason } : {}) },
    };
    if (settled.is === 'asked') return asksByHand(post, part, note, context);
    // The outbox itself brings an attempt again that certainly did nothing, after as long as the network asked.
    const again = publication.is === 'sending' && given.answer.answer === 'retry';
    const became: Became = {
      part,
      publication: settled,
      audit: [note],
      next: again ? 'comes-again' : 'follows',
      outdated: isOutdated(post, part),
      isLate: given.late === true,
    };
    return withPublication(post, became, context);
  },
);

/** Somebody is asked to post a part that no machine can; where it is held meanwhile, or not wanted any more, nobody. */
function asksByHand(post: PostState, part: string, note: AuditNote, context: PostContext): PostDecision {
  const begun = publicationsOf(post)[part];
  if (post.status.is === 'held' || (begun !== undefined && isGivenUp(post, begun))) {
    const stopped = { is: 'stopped', at: context.now } as const;
    return withPublication(post, { part, publication: stopped, audit: [note] }, context);
  }
  const asked = withAsked(post, part, 'post', context);
  const audit = [{ ...note, facts: { ...note.facts, people: asked.people } }];
  const publication = { is: 'asked', since: context.now } as const;
  const made = withPublication(asked.post, { part, publication, audit }, context);
  if ('refused' in made) return made;
  const told = tell(asked.people, 'by-hand', context.now);
  return { ...made, effects: [...made.effects, ...asked.effects, ...told] };
}

const look = z.discriminatedUnion('look', [
  z.object({
    look: z.literal('found'),
    remote: toldRemote,
    /** since when it stands, where the network tells */
    at: z.int().exactOptional(),
    /** which of the bytes that were sent it says */
    says: z.string(),
    ...late,
  }),
  z.object({
    look: z.literal('absent'),
    certain: z.boolean(),
    goesOn: z.boolean().exactOptional(),
    ...late,
  }),
  z.object({ look: z.literal('cannot'), lookAt: z.string().exactOptional() }),
]);

/**
 * Records a look for a part of which nobody knows whether it arrived. One that comes so late that its account was not
 * its own any more says nothing: what it found may by now be known to be another's. Another look follows.
 */
export const recordLook = crierCommand(
  'post.looked',
  z.object({ part: z.string(), attempt: z.string(), look, began: z.int() }),
  (post, given, context) => {
    const publications = publicationsOf(post);
    const publication = publications[given.part];
    if (publication === undefined) return refusePost('settled-already', {});
    const result = lookedPublication(publication, given.attempt, given.look, context.now, given.began);
    if (isNotNow(result)) return refusePost('settled-already', {});
    if (context.now >= given.began + lookLasts)
      return { state: post, audit: [], effects: follows(given.part, publications, post, context.now) };
    const became: Became = {
      part: given.part,
      publication: result,
      audit: [{ action: 'looked-for', facts: { part: given.part, look: given.look.look } }],
      isLate: given.look.look !== 'cannot' && given.look.late === true,
      outdated: given.look.look === 'found' && isOtherThanPlanned(post, given.part, given.look.says),
    };
    return withPublication(post, became, context);
  },
);

/** The desk says what became of a part that nobody could tell. */
export const answerUnknown = personCommand(
  'post.answer',
  z.object({
    part: z.string(),
    word: z.enum(sayings),
    link: z.string().max(2_000),
  }),
  (post, { part, word, link }, person, context) => {
    const refusal = unlessDesk(person, context.protocol);
    if (refusal !== undefined) return refusal;
    const publication = publicationsOf(post)[part];
    if (publication === undefined || !mayAnswerUnknown(post, person, context.protocol)) {
      return refusePost('settled-already', {});
    }
    // It would fail there, and the question would be gone with it.
    if (word === 'post-it-now' && isBehindRehearsal(post, accountOf(part), context.protocol))
      return refusePost('rehearses-now', { account: accountOf(part) });
    const url = pastedAddress(link);
    if (word === 'it-is-there' && url === undefined) return refusePost('link-needed', {});
    const said = saidPublication(publication, word, url ?? '', context.now);
    if (isNotNow(said)) return refusePost('settled-already', {});
    // Not there, it goes out once somebody has let it, where it was held.
    const result = said.is === 'queued' && isKeptBack(post, part) ? stop(said, context.now) : said;
    const became: Became = {
      part,
      publication: result,
      audit: [{ action: 'unknown-answered', facts: { part, word } }],
      // Whoever saw it there did not say which of its words they saw.
      outdated: mayBeOutdated(post, part),
    };
    const account = accountOf(part);
    const step: Step = {
      did: 'left-as-it-is',
      by: person,
      at: context.now,
      accounts: [account],
      unsent: [account],
      unclear: part,
    };
    const told = word === 'do-not-post' ? withStep(post, step) : post;
    return withPublication(told, became, context);
  },
);

/**
 * Sends what an account refused once more, and only that: the decision on it still stands. Where it was held since, and
 * the hold ended because nothing was left to hold, nobody has let it go on: it is held again, and decided afresh.
 */
export const tryAgain = personCommand('post.try-again', z.object({}), (post, _params, person, context) => {
  const { status } = post;
  if (status.is !== 'failed' && status.is !== 'partly-published' && status.is !== 'publishing') {
    return refusePost('not-now', { state: stateOf(post), action: 'try-again' });
  }
  if (awaitsCorrection(post)) return refusePost('correction-comes-first', {});
  if (!isToTryAgain(post, context.protocol, context.now))
    return refusePost('not-now', { state: stateOf(post), action: 'try-again' });
  if (!mayTryAgain(post, person, context.protocol, context.now)) {
    return refusePost('may-not-edit', { may: editors(post, context.protocol) });
  }
  const parts = Object.keys(status.publications).filter((part) =>
    mayLeaveAgain(post, part, context.protocol, context.now),
  );
  const again = parts.map((part): [string, Publication] => [
    part,
    isKeptBack(post, part) ? { is: 'stopped', at: context.now } : { is: 'queued', tries: 0 },
  ]);
  const missed = parts.flatMap((part) => {
    const publication = status.publications[part];
    if (publication?.is !== 'failed') return [];
    const { reason, at } = publication;
    return [[part, { reason, at }] as const];
  });
  const step: Step = {
    did: 'tried-again',
    by: person,
    at: context.now,
    parts,
    missed: Object.fromEntries(missed),
  };
  const publications = inTurn({ ...status.publications, ...Object.fromEntries(again) }, context.now);
  // Whoever presses has read that its account rehearsed then.
  const plan = withinReach(status.plan, context.protocol);
  const reached: PostState = { ...post, status: { ...status, plan } };
  // What waits for its turn or its time all the while goes on waiting.
  const leaving = publishEffects(publications, context.now).filter(({ key }) =>
    parts.some((part) => key === `publish:${part}`),
  );
  return changed(
    {
      post: untilHeld(withStep(reached, step), publications, context.now),
      audit: [{ action: 'tried-again', facts: { parts } }],
      effects: leaving,
    },
    context,
  );
});

/** What a part has become, and what is known of that. */
interface Became {
  readonly part: string;
  readonly publication: Publication;
  readonly audit: readonly AuditNote[];
  readonly next?: 'follows' | 'comes-again';
  /** where it stands now, it says something else than the plan */
  readonly outdated?: boolean;
  /** nobody was at work for too long before this was known */
  readonly isLate?: boolean;
}

/** A post with one of its publications changed, with the work that follows from it. */
export function withPublication(
  post: PostState,
  { part, publication, audit, next: goes = 'follows', outdated = false, isLate = false }: Became,
  context: PostContext,
): PostDecision {
  const settled = heldWithTheRest(
    post,
    part,
    afterGivingUp(post, part, publication, context.now),
    context.now,
  );
  const each = { ...publicationsOf(post), [part]: settled };
  const publications = inTurn(isLate ? missedFrom(each, part) : each, context.now);
  const stays = mayComeBack(settled) && isKeptBack(post, part) ? untilHeld : withPublications;
  const there = stays(post, publications, context.now);
  const { post: after, is: corrected } = correctionAfter(there, part, settled, outdated, context.now);
  const next = unlessHeldBack(after, context.now);
  const notes = corrected === 'done' ? [...audit, correctedNote(post, part, true)] : audit;
  // What was sent, its account hears of with its slot.
  const isNews = settled.is === 'published' && publicationsOf(post)[part]?.is !== 'sending';
  const effects = [
    ...(goes === 'follows' ? follows(part, publicationsOf(next), post, context.now) : []),
    ...(corrected === 'wrong-there' ? [putRightEffect(part, context.now)] : []),
    ...(isNews ? [effect(`stands:${part}`, { type: 'post.note-last', data: { part } }, context.now)] : []),
  ];
  const busy =
    // What is shown later changes only then.
    isUnderWay(notOnlyLater(Object.values(publicationsOf(next)))) &&
    post.status.is !== 'held' &&
    !needsWords(publication) &&
    // Whoever says what they did by hand is done with it at once.
    askedByHandOf(post)[part] === undefined;
  if (!busy) return changed({ post: next, audit: notes, effects }, context);
  // The other parts may be through in a moment, or wait for hours. What is tried again and again is told once.
  const again = goes === 'comes-again' && settled.is === 'queued' && settled.tries > 1;
  return { state: next, audit: notes, effects: again ? effects : [...effects, showSoon(context.now)] };
}

/**
 * What was still on its way when nobody wanted it any more is not tried again where it did not arrive. Where it did, it
 * stands, or comes down with the rest.
 */
function afterGivingUp(post: PostState, part: string, publication: Publication, now: number): Publication {
  const begun = publicationsOf(post)[part];
  if (begun === undefined || !isGivenUp(post, begun)) return publication;
  return publication.is === 'published' && post.status.is === 'taken-down'
    ? { is: 'removing', remote: publication.remote, publishedAt: publication.at }
    : giveUp(publication, now);
}

/**
 * What was on its way as its post was held, and did not arrive, is held as the rest is, which nobody has released: a
 * correction that was agreed to since has given it other words. While one waits to be decided, nothing leaves.
 */
const heldWithTheRest = (
  post: PostState,
  part: string,
  publication: Publication,
  now: number,
): Publication =>
  publication.is === 'queued' && isKeptBack(post, part) && !awaitsCorrection(post)
    ? stop(publication, now)
    : publication;

function needsWords(publication: Publication): boolean {
  return (
    publication.is === 'failed' ||
    publication.is === 'asked' ||
    publication.is === 'unknown' ||
    (publication.is === 'queued' && publication.lastReason === accountBlocked)
  );
}

/** What has to be done next about a part: look for it, let it leave again after a person's word, or let the next one. */
function follows(
  part: string,
  publications: Publications,
  post: PostState,
  now: number,
): readonly NewEffect[] {
  const publication = publications[part];
  switch (publication?.is) {
    case 'unknown': {
      if (publication.asked) return [];
      const data = { part, attempt: publication.attempt };
      return [effect(`look:${part}`, { type: 'post.look', data }, nextLook(publication, now))];
    }
    case 'queued':
      return post.status.is === 'held' || !isNext(publications, part)
        ? []
        : [effect(`publish:${part}`, { type: 'post.publish', data: { part } }, now)];
    case 'published': {
      const next = following(publications, part);
      return next === undefined ? [] : follows(next, publications, post, now);
    }
    case 'removing':
      return [effect(`take-down:${part}`, { type: 'post.take-down', data: { part } }, now)];
    default:
      return [];
  }
}
