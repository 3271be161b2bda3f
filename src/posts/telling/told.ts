import { lacksPeople } from '../../approval/review.ts';
import type { Change, NewEffect } from '../../core/change.ts';
import type { Millis } from '../../core/time.ts';
import { isRefused } from '../../dispatch/publication.ts';
import { accountOf, partBeforeMissing, revisionOf } from '../../dispatch/thread.ts';
import { askedAndHere } from '../deciding/asked.ts';
import { asksTheDesk } from '../deciding/asks-the-desk.ts';
import { askedInChannelOf, reachedInPerson, withCard } from './copies.ts';
import { effect, isOfLate, tell, tellOfLate, toldBy } from '../post-effect.ts';
import { awaitsCorrection } from '../correcting/correctable.ts';
import { correctionWaitsForAccount } from '../correcting/correction-goes-on.ts';
import { hearersOfStopped } from './hear-stopped.ts';
import { isRestStopped, isStoppedEmergency } from '../deciding/stopped-emergency.ts';
import { hearersOfEmergency, isEmergency, isHeldEmergency } from '../stopping/held-emergency.ts';
import { isEndedUnsent } from '../leaving/its-end.ts';
import { isOver } from '../taking-down/over.ts';
import { reviewAwaited } from '../deciding/reviews.ts';
import { hasToBeChanged } from '../leaving/to-go-out.ts';
import { isPartlyOut, publicationsOf } from '../leaving/what-is-public.ts';
import { hearersOf } from '../deciding/may.ts';
import { believersOf, endBy, hearEndOf, hearFurther } from '../leaving/on-its-way.ts';
import { cardKey, drawnTogether } from './cards-to-show.ts';
import { isNoted } from './past.ts';
import { notPutRight } from '../correcting/standing.ts';
import { goneForNothing } from '../taking-down/came-down.ts';
import type { DeskRules, PostContext, PostState } from '../post.ts';

/**
 * A change with a message to whoever has to hear of it and has a card of the post already: Teams tells nobody that a
 * card has changed. Whoever has none gets the card itself, and whoever did it knows.
 */
export function withNews(
  before: PostState,
  change: Change<PostState>,
  context: PostContext,
): Change<PostState> {
  const { actor } = context;
  // One change is one message to somebody, the first that there is: whoever made it needs none.
  const told = new Set(change.effects.flatMap(({ key }) => toldBy(key)));
  if (actor.by === 'person') told.add(actor.person);
  const news: NewEffect[] = [];
  for (const each of newsOf(before, change.state, context)) {
    const to = toldBy(each.key);
    if (to.some((person) => told.has(person))) continue;
    for (const person of to) told.add(person);
    news.push(each);
  }
  return withoutCardsOfLate(
    before,
    news.length === 0 ? change : { ...change, effects: [...change.effects, ...news] },
  );
}

/**
 * After a standstill, or once a network was away for hours, many posts are late at once: somebody hears of them in one
 * message, but of an emergency by itself.
 */
const isNewlyLate = (before: PostState, after: PostState, { actor }: Pick<PostContext, 'actor'>): boolean =>
  actor.by === 'crier' &&
  after.revision.urgency !== 'emergency' &&
  ((isHeld(after) && !isHeld(before) && isMissed(after)) || isLateBy(before, after));

/**
 * The change without first cards for whoever hears of a late post in one message with others, from which each is opened:
 * of many late posts nobody gets a card each.
 */
function withoutCardsOfLate(before: PostState, change: Change<PostState>): Change<PostState> {
  const late = change.effects.flatMap(({ key, data }) => (isOfLate(data) ? toldBy(key) : []));
  const had = before.copies.map(({ key }) => key);
  const keys = late.map((person) => `person:${person}`).filter((key) => !had.includes(key));
  if (keys.length === 0) return change;
  return {
    ...change,
    state: { ...change.state, copies: change.state.copies.filter(({ key }) => !keys.includes(key)) },
    effects: change.effects.filter(({ key }) => !keys.some((each) => key === cardKey(each))),
  };
}

function newsOf(before: PostState, after: PostState, context: PostContext): readonly NewEffect[] {
  const { actor, protocol, now } = context;
  const held = isHeld(after) && !isHeld(before);
  // A stop holds hundreds of posts at once, which nobody has to decide before it is over: they hear once it is. What is
  // held again by one, they hear of now.
  const stopped = held && isHeldByStop(after, now);
  // An emergency is another thing: whoever decides on it, and whoever may let it go, hear of it at once.
  const kept = held && isHeldEmergency(after) ? hearersOfEmergency(after, protocol, now) : [];
  const decide = askedAndHere(after, protocol, now);
  // The card that somebody gets first says the same.
  const keptFrom = kept.filter((each) => !decide.includes(each) || withCard([each], after).length > 0);
  const already = askedAndHere(before, protocol, now);
  const asked = held ? [] : askedAndHere(after, protocol, now).filter((person) => !already.includes(person));
  const released = held && !stopped ? releasersOf(after, protocol, now) : [];
  // Whoever approved it believes that it is out, also where others are asked first.
  const missed = held && isMissed(after);
  const believers = missed ? approversOf(before).filter((each) => !released.includes(each)) : [];
  // Whoever holds one of theirs alone is named to its writers at once; of many, they hear together.
  const { author } = after;
  const ofTheirs = held && !stopped && !isOver(after) && !isHeldBy(after, author) ? [author] : [];
  const channel = tellChannel([...asked, ...released], after, now);
  const desk = asksTheDesk(after) && !asksTheDesk(before) ? protocol.desk.officers : [];
  const isLate = isNewlyLate(before, after, context);
  // A card that comes without a word is not enough for an emergency that did not go out, and of many late posts none does.
  const deskTold = (missed && isEmergency(after)) || isLate ? desk : withCard(desk, after);
  const isTheirs = (isOver(after) && !isOver(before)) || (hasToBeChanged(after) && !hasToBeChanged(before));
  const over = isTheirs ? hearersOf(after, protocol, now) : [];
  // It came down later than somebody pressed, who knows.
  const writers = over.filter((each) => after.status.is !== 'taken-down' || after.status.by !== each);
  // Where no account, or not every one, took it, whoever wrote it hears so beside the desk, and whoever corrected it.
  const ofWhich = newlyRefused(before, after);
  const isUrgent = after.revision.urgency === 'emergency';
  const refused = [
    ...(ofWhich.length > 0 ? hearersOf(after, protocol, now) : []),
    ...(ofWhich.some((n) => n > 0) ? [...correctorOf(after), ...protocol.desk.officers] : []),
    // Of an emergency whoever let it go believes that it is out.
    ...(isUrgent && ofWhich.length > 0 ? believersOf(after, protocol, now) : []),
  ];
  // What other accounts answer within a moment is told with it, and what can be done is said once nothing is under way.
  const settles = ofWhich.length > 0 ? now + drawnTogether : now;
  const rewritten = isRewritten(before, after, actor)
    ? [...hearersOf(after, protocol, now), before.revision.by]
    : [];
  const wrong = isNewlyWrong(before, after)
    ? [author, ...correctorOf(before), ...protocol.desk.officers]
    : [];
  const lost = goneForNothing(after).some((account) => !goneForNothing(before).includes(account))
    ? [author, ...correctorOf(before), ...protocol.desk.officers, ...leaverOf(after)]
    : [];
  // They heard that it waits for its account, or that the rest is held, not that it waits in vain.
  const waits = 'decidedAt' in before.status || isPartlyOut(before);
  const ended = isEndedUnsent(after) && !isEndedUnsent(before) && waits;
  const waited = ended ? [...hearersOf(after, protocol, now), ...protocol.desk.officers] : [];
  const correctors =
    after.correctionRefused !== undefined && before.correction !== undefined ? [before.correction.by] : [];
  // What was still to come of it is not to: whoever wrote it waits for that, and whoever asked for its correction.
  const isLeft = after.restRefused !== undefined && after.restRefused !== before.restRefused;
  const left = isLeft ? [...hearersOf(after, protocol, now), ...correctorOf(before)] : [];
  const isOverNow = after.correctionOver !== undefined && before.correctionOver === undefined;
  const corrects = isOverNow ? [...correctorOf(before), ...already] : [];
  // The words may be another's by now than of whoever wrote it first.
  const noted = isNewlyNoted(before, after)
    ? [...new Set([author, before.revision.by, ...askersOf(before)])]
    : [];
  const tellOf = isLate ? tellOfLate : tell;
  // Whoever was asked to decide on it is not any more, and whoever approved it believes that it is out.
  const stoppedEmergency =
    (isStoppedEmergency(after) && !isStoppedEmergency(before)) ||
    (isRestStopped(after) && !isRestStopped(before))
      ? [...hearersOfStopped(after, protocol, now), ...approversOf(before)]
      : [];
  return [
    ...tell([...new Set(stoppedEmergency)], 'emergency-stopped', now),
    ...tell(withCard(asked, after), 'asked', now),
    ...tell(stopped ? [] : allAwayNews(before, after), 'all-away', now),
    ...channel,
    ...tellOf(deskTold, 'asks-the-desk', settles),
    ...tellOf(isUrgent ? refused : withCard(refused, after), 'not-taken', settles),
    ...tellOf(withCard([...writers, ...believers], after), 'came-back', now),
    ...tell(withCard(rewritten, after), 'rewritten', now),
    ...tell(withCard(correctors, after), 'correction-refused', now),
    ...tell(withCard(noted, after), 'noted', now),
    ...tell(withCard(left, after), 'rest-refused', now),
    ...tell(withCard(corrects, after), 'correction-over', now),
    ...tell(withCard(wrong, after), 'not-corrected', now),
    ...tell(withCard(lost, after), 'gone-for-nothing', now),
    ...tellOf(waited, 'ended-first', now),
    ...tell(withCard([...released, ...ofTheirs], after), 'held', now),
    ...tell(keptFrom, 'emergency-held', now),
    ...hearOfEnd(before, after, now),
    // Accounts that answer together are one message.
    ...tell(hearFurther(before, after, protocol, now), 'emergency-since', now + drawnTogether),
  ];
}

/** Whoever has heard that an emergency is not out hears that nothing more of it goes out, or that it was taken down. */
function hearOfEnd(before: PostState, after: PostState, now: Millis): readonly NewEffect[] {
  const end = endBy(before, after);
  const { status } = after;
  // That it is out says where it is, as what comes before that does.
  if (end === undefined || end === 'emergency-since') return [];
  const knows = status.is === 'taken-down' ? status.by : undefined;
  return tell(
    hearEndOf(before).filter((each) => each !== knows),
    end,
    now,
  );
}

/** Whether its time to be decided or to end has passed, or it is not tried any more on an account that was too late for it. */
function isLateBy(before: PostState, after: PostState): boolean {
  const isKeptAway = Object.entries(publicationsOf(after)).some(
    ([part, each]) =>
      isRefused(each) && each.reason !== partBeforeMissing && publicationsOf(before)[part]?.is === 'queued',
  );
  const isExpired = after.status.is === 'expired' && before.status.is !== 'expired';
  return isKeptAway || isExpired || (isEndedUnsent(after) && !isEndedUnsent(before));
}

/** What accounts refused only now, where they had taken all of it before: 0 is the post, else the revision that a correction made. */
function newlyRefused(before: PostState, after: PostState): readonly number[] {
  const earlier = refusedOf(before);
  return refusedOf(after).filter((n) => !earlier.includes(n));
}

const refusedOf = (post: PostState): readonly number[] =>
  Object.entries(publicationsOf(post)).flatMap(([part, each]) => (isRefused(each) ? [revisionOf(part)] : []));

/** A correction could not be made somewhere: the wrong words stand there, which no updated card makes anybody hear of. */
function isNewlyWrong(before: PostState, after: PostState): boolean {
  // That it waits for its account is made known with the promise that it is made by itself: that this is over is news of
  // its own, unless somebody asks for other words in its place.
  const goesOn = (part: string): boolean => correctionWaitsForAccount(after, part) || awaitsCorrection(after);
  const already = notPutRight(before).filter(
    (part) => !correctionWaitsForAccount(before, part) || goesOn(part),
  );
  const { ways } = after.corrected.at(-1) ?? {};
  // A reply that its account refused is told as that is, and left by whoever decides so: its correction only closes later.
  const wasRefused = (part: string): boolean => publicationsOf(before)[part]?.is === 'failed';
  return notPutRight(after).some(
    (part) =>
      !already.includes(part) &&
      !wasRefused(part) &&
      (before.correction?.ways ?? ways)?.[accountOf(part)] !== 'leave',
  );
}

/** Somebody wrote to their decision: whoever wrote the post reads it, though nothing is asked of them. */
const isNewlyNoted = (before: PostState, after: PostState): boolean =>
  (after.past ?? []).filter(isNoted).length > (before.past ?? []).filter(isNoted).length;

const askersOf = ({ correction }: PostState): readonly string[] =>
  correction === undefined || correction.applied !== undefined ? [] : [correction.by];

const correctorOf = ({ correction, corrected }: PostState): readonly string[] => {
  const { by } = correction ?? corrected.at(-1) ?? {};
  return by === undefined ? [] : [by];
};

/** Who decided that nothing more of it is published. */
const leaverOf = ({ restRefused }: PostState): readonly string[] =>
  restRefused === undefined ? [] : [restRefused.by];

/**
 * Who hears now that nobody who is asked is here, and has not heard of it; everybody who does once nobody may decide at
 * all, since no ringing of anybody helps then.
 */
const allAwayNews = (before: PostState, after: PostState): readonly string[] => {
  const { allAway = [] } = after;
  return lacks(after) && !lacks(before)
    ? allAway
    : allAway.filter((person) => before.allAway?.includes(person) !== true);
};

function lacks(post: PostState): boolean {
  const review = reviewAwaited(post);
  return review !== undefined && lacksPeople(review);
}

/**
 * Who is asked in a Teams channel whose card is only updated hears nothing of it either, where they cannot be reached in
 * person. One line under the card does for all of them; who has a chat is told there.
 */
export function tellChannel(asked: readonly string[], after: PostState, now: Millis): readonly NewEffect[] {
  const of = askedInChannelOf(after);
  const people = asked.filter((person) => reachedInPerson(after, person) !== true);
  const stands = after.copies.some(({ key, posted }) => key === `channel:${of}` && posted !== undefined);
  if (of === undefined || people.length === 0 || !stands) return [];
  return [effect(`tell-channel:${of}`, { type: 'post.tell-channel', data: { of, people } }, now)];
}

/** Somebody else than its author wrote it anew, or chose another department for it, and it waits until one of them sends it. */
const isRewritten = (before: PostState, after: PostState, actor: PostContext['actor']): boolean =>
  (after.revision.n !== before.revision.n || before.status.is !== 'draft') &&
  after.status.is === 'draft' &&
  !(actor.by === 'person' && actor.person === after.author);

const isHeld = ({ status }: PostState): boolean => status.is === 'held';

/** Whether Crier held it, since its time had passed. */
const isMissed = ({ status }: PostState): boolean => status.is === 'held' && status.missed !== undefined;

const approversOf = ({ status }: PostState): readonly string[] =>
  'review' in status ? [...new Set(status.review.decisions.map(({ by }) => by))] : [];

const isHeldByStop = ({ status }: PostState, now: Millis): boolean =>
  status.is === 'held' && status.stop !== undefined && status.at === now;

const isHeldBy = ({ status }: PostState, person: string): boolean =>
  status.is === 'held' && status.by === person;

/** Who may release what was just held, but for whoever held it. */
const releasersOf = (post: PostState, rules: DeskRules, now: Millis): readonly string[] =>
  askedAndHere(post, rules, now).filter((person) => !isHeldBy(post, person));
