import { z } from 'zod';
import type { AuditNote, NewEffect } from '../../core/change.ts';
import { idFrom } from '../../core/json.ts';
import { isAway } from '../deciding/asked.ts';
import { lookedAtUnder } from '../deciding/makers.ts';
import { waitsForTheDesk } from '../correcting/fresh-decision.ts';
import { reviewAwaited } from '../deciding/reviews.ts';
import { isToLeave, isWithWriters } from '../leaving/to-go-out.ts';
import { maySee, writersNow } from '../deciding/may.ts';
import { askedBy, rehearsedUnder, reviewUnder } from '../deciding/who-acts.ts';
import { showCard, untouchedUntil } from './cards-to-show.ts';
import { changed } from '../changed.ts';
import { trainingTimer } from '../deciding/set-timers.ts';
import { withHandsNow } from '../by-hand/asked-by-hand.ts';
import { retire } from './cards-elsewhere.ts';
import {
  haveTurned,
  isWrittenForRehearsal,
  outOfReach,
  withReachNoted,
  withRehearsalNoted,
} from '../leaving/for-rehearsal.ts';
import { missedOn } from '../correcting/out-of-reach.ts';
import { turnedAnew } from '../stopping/turned.ts';
import { checkedNow } from '../deciding/check-again.ts';
import { crierCommand, type PostDecision } from '../command.ts';
import { askedOf } from '../kind.ts';
import { onCard, saidToOwner, stillOpen, stillSaid, withAnswer } from './open-forms.ts';
import type { Copy, PostContext, PostState } from '../post.ts';
import { refusePost } from '../refusals.ts';
import { posted } from '../schema.ts';

/** Where a copy stood (empty: nowhere) when a call to show it began, and where Teams stands for it. */
const began = z.object({ at: z.string(), serviceUrl: z.string() });

/**
 * Records what a copy of the card shows now; a state that came meanwhile is asked for by its own effect. `began` is
 * where the copy stood when the call began: one that has moved since stays where it is.
 */
export const recordShown = crierCommand(
  'post.shown',
  z.object({
    copy: z.string(),
    turn: z.int(),
    posted,
    began: began.optional(),
    /** when that was answered which it was drawn with */
    said: z.int().optional(),
    /** what it asks its owner to decide, where it does */
    asks: z.string().optional(),
  }),
  (post, { copy: key, turn, posted, began, said, asks }, context) => {
    const copy = post.copies.find((each) => each.key === key);
    if (began !== undefined && (copy === undefined || began.at !== (copy.posted?.activityId ?? '')))
      return { state: post, audit: [], effects: retire({ key, posted }, began.serviceUrl, context.now) };
    if (copy === undefined) return refusePost('settled-already', {});
    // A form that was opened while the call was under way may have come after it.
    const isSame = posted.activityId === copy.posted?.activityId;
    const kept = isSame ? { ...stillOpen(copy, context.now), ...stillSaid(copy, context.now) } : {};
    // So may an answer: it is drawn over, and is shown again.
    const isOver = saidToOwner({ ...kept, to: copy.to }, context.now)?.at !== said;
    const shown: Copy = {
      key,
      to: copy.to,
      posted,
      shown: isOver ? 0 : Math.max(turn, copy.shown),
      ...kept,
      ...(asks === undefined ? {} : { asks }),
      ...(copy.left === undefined ? {} : { left: copy.left }),
    };
    return {
      state: { ...post, copies: post.copies.map((each) => (each.key === key ? shown : each)) },
      audit: [],
      effects: isOver ? [showCard(shown, context.now)] : [],
    };
  },
);

/** How many threads of Teams channels keep a post's card up to date beside its own copies. */
const threadsKept = 3;

/**
 * An answer has shown the post on another card: that one follows the post from now on, and the one before it in the
 * same place says that there is a newer one, so that no card of a past state stands about.
 */
export const cardMoved = crierCommand(
  'post.card-moved',
  onCard.extend({
    to: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('person'), person: z.string() }),
      z.object({ kind: z.literal('thread'), conversationId: z.string() }),
    ]),
    posted,
    turn: z.int(),
    serviceUrl: z.string(),
  }),
  (post, { to, posted, turn, serviceUrl, ...answer }, context) => {
    const key = to.kind === 'person' ? `person:${to.person}` : keyOfThread(post, to.conversationId);
    const before = post.copies.find((each) => each.key === key);
    if (before?.posted?.activityId === posted.activityId) return refusePost('settled-already', {});
    const at: Copy['to'] = to.kind === 'person' ? to : { ...to, serviceUrl };
    const stands: Copy = { key, to: at, posted: { ...posted, serviceUrl }, shown: turn };
    const moved = to.kind === 'person' ? withAnswer(stands, to.person, answer, context.now) : stands;
    const copies = [...post.copies.filter((each) => each.key !== key), moved];
    const threads = copies.filter((each) => each.key.startsWith(besideCopies));
    const over = threads.slice(0, Math.max(0, threads.length - threadsKept));
    // A form that is open on the card before is left to be saved; pressed, that one follows the post again.
    const past = [before, ...over].flatMap((each) =>
      each === undefined ? [] : retire(each, serviceUrl, Math.max(context.now, untouchedUntil(each))),
    );
    return {
      state: { ...post, copies: copies.filter((each) => !over.includes(each)) },
      audit: [],
      effects: [...past, ...(turn < post.turn ? [showCard(moved, context.now)] : [])],
    };
  },
);

const besideCopies = 'here:';

/** The thread in which it was proposed has a copy of its own. */
function keyOfThread(post: PostState, conversationId: string): string {
  const own = post.copies.find(({ to }) => to.kind === 'thread' && to.conversationId === conversationId);
  return own?.key ?? `${besideCopies}${idFrom('in', conversationId)}`;
}

/** Records that nobody can be reached at a copy's place; the other cards say so. A gone place is not tried again. */
export const recordUnreachable = crierCommand(
  'post.unreachable',
  z.object({ copy: z.string() }),
  (post, { copy: key }, context) => {
    const copy = post.copies.find((each) => each.key === key);
    if (copy === undefined || copy.unreachable !== undefined) return refusePost('settled-already', {});
    const gone: Copy = { key: copy.key, to: copy.to, shown: copy.shown, unreachable: true };
    return changed(
      {
        post: { ...post, copies: post.copies.map((each) => (each.key === key ? gone : each)) },
        audit: [{ action: 'not-reached', facts: { copy: key } }],
      },
      context,
    );
  },
);

/**
 * Somebody who was asked, or told that all who are asked are away, is away or back: whoever is asked or told now gets
 * a card, and the cards say who is awaited.
 */
export const reconsider = crierCommand(
  'post.reconsider',
  z.object({ person: z.string() }),
  (post, { person }, context) => {
    // Whoever is to go on with it does so once they are back: nobody is asked in their place.
    const isAsked = askedOf(post).people.length > 0 || post.allAway !== undefined;
    if (!isAsked) return refusePost('settled-already', {});
    const action = isAway(person, context.protocol, context.now) ? 'asked-person-away' : 'asked-person-back';
    return reconsidered(post, { action, facts: { person } }, context);
  },
);

/**
 * Another protocol is in force, or others of its accounts rehearse: whom it names is asked, whom it does not let decide
 * any more is not waited for, and what was agreed to for an account that has turned is asked about afresh.
 */
export const askUnder = crierCommand('post.ask-under', z.object({}), (before, _params, context) => {
  const by = askedBy(context.protocol);
  if (before.askedUnder === undefined || before.askedUnder === by) return refusePost('settled-already', {});
  const noted = withRehearsalNoted(before, context.protocol);
  const post = withReachNoted(noted, rehearsedUnder(before.askedUnder));
  // An account may be gone, or back: what was to be put right about it is not in the way any more.
  const { post: checked, effects } = checkedNow(post, context);
  const { post: seen, audit } = outOfReachNow({ ...checked, askedUnder: by }, context);
  const turned = turnedAnew(seen, context);
  if (turned !== undefined) return withFurther(turned, { audit, effects });
  const looked = isToLeave(post) || waitsForTheDesk(post) ? lookedAtUnder(seen, context) : undefined;
  if (looked !== undefined) return withFurther(looked, { audit, effects: [] });
  const review = reviewAwaited(post);
  // What was sent back to somebody who may not go on with it any more is for others to.
  const isTheirs = writersNow(post, context.protocol, context.now).includes(post.author);
  // The cards of what is with its writers say which of its accounts rehearse, and those of others what came of that.
  const rehearsed = rehearsedUnder(before.askedUnder);
  const isOfRehearsal = isWithWriters(post)
    ? rehearsed.length > 0 || isWrittenForRehearsal(post, context.protocol)
    : haveTurned(post, rehearsed, context.protocol);
  if (review === undefined && isTheirs && !isOfRehearsal) return withoutReaders(seen, context);
  const { stages, current } =
    review === undefined ? { stages: [], current: 0 } : reviewUnder(post, review, context.protocol);
  const asked = stages.slice(current).map(({ id, people }) => ({ id, people }));
  return withFurther(
    reconsidered(seen, { action: 'asked-under-protocol', facts: { stages: asked } }, context),
    { audit, effects },
  );
});

/** Nothing of a correction that was agreed to is made where it stands in public on an account that rehearses now. */
const outOfReachNow = (post: PostState, { now, protocol }: PostContext): ReturnType<typeof missedOn> =>
  post.status.is === 'held' ? { post, audit: [] } : missedOn(outOfReach(post, protocol), post, now);

/** A decision with what was noted on the way to it. */
const withFurther = (
  decided: PostDecision,
  { audit, effects }: { readonly audit: readonly AuditNote[]; readonly effects: readonly NewEffect[] },
): PostDecision =>
  'refused' in decided
    ? decided
    : { ...decided, audit: [...audit, ...decided.audit], effects: [...effects, ...decided.effects] };

/** Cards of those who may not read the post any more are drawn anew; the others show it as it is. */
function withoutReaders(post: PostState, { now, protocol }: PostContext): PostDecision {
  const isOutside = ({ to, posted: stands }: Copy): boolean =>
    to.kind === 'person' && stands !== undefined && !maySee(post, to.person, protocol);
  const copies = post.copies.map((copy) => (isOutside(copy) ? { ...copy, shown: 0 } : copy));
  const again = copies.filter((copy) => isOutside(copy));
  return {
    state: { ...post, copies },
    audit: [],
    effects: [...again.map((copy) => showCard(copy, now)), ...trainingTimer(post, protocol, now)],
  };
}

function reconsidered(before: PostState, note: AuditNote, context: PostContext): PostDecision {
  const { post, effects, ...rest } = withHandsNow(before, context);
  return changed({ post, ...rest, audit: [note], effects }, context);
}

/** A lost card is asked for again, such as when somebody has become reachable. */
export const showAgain = crierCommand(
  'post.show-again',
  z.object({ copy: z.string() }),
  (post, { copy: key }, context) => {
    const lost = post.copies.find((each) => each.key === key);
    if (lost === undefined) return refusePost('settled-already', {});
    const anew: Copy = { key, to: lost.to, shown: 0 };
    return {
      state: { ...post, copies: post.copies.map((each) => (each === lost ? anew : each)) },
      audit: [{ action: 'show-again', facts: { copy: key } }],
      effects: [showCard(anew, context.now)],
    };
  },
);
