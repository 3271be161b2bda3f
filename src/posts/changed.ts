import type { AuditNote, Change, NewEffect } from '../core/change.ts';
import { awaited, type Review, stageTimes } from '../approval/review.ts';
import { seconds, type Millis } from '../core/time.ts';
import { nextLookWhetherGone, type PerhapsGone } from '../dispatch/perhaps-gone.ts';
import type { Publication } from '../dispatch/publication.ts';
import { isAskedAbout } from '../dispatch/said.ts';
import type { ByHand, Copy, DeskRules, PlannedTime, PostContext, PostState } from './post.ts';
import { askedAndHere, handingNotes, withWhoIsAsked } from './asked.ts';
import { nextEndIn } from '../protocol/end-in-text.ts';
import { correctionMovesAt } from './correction-findings.ts';
import { daysMoveAt, hasMovedDay } from './draft.ts';
import { correctionThatWaits } from './correctable.ts';
import { changesAskedFor } from './correction-goes-on.ts';
import { isLookedUp } from './deletions-begun.ts';
import { mayHaveChanged } from './done-by-hand.ts';
import { waitsForTheDesk } from './fresh-decision.ts';
import { endOf, newEndOf, tornByEnd } from './its-end.ts';
import { isOver } from './over.ts';
import { hasToBeChanged, isHeldByCrier, isOverdue, waitsToGoOut } from './to-go-out.ts';
import { isPublic, publicationsOf } from './what-is-public.ts';
import { isLeftByAuthor, trainingEnds, writersNow } from './may.ts';
import { isWithItsWriters } from './next-step.ts';
import { handUnsaid, notPutRight } from './standing.ts';

/** An effect of a post: which handler runs it, and with what. */
export type PostEffect =
  | { readonly type: 'post.show-card'; readonly data: { readonly copy: string } }
  /** a card that no longer follows the post says so */
  | { readonly type: 'post.retire-card'; readonly data: RetiredCard }
  | { readonly type: 'post.timer'; readonly data: { readonly what: TimerName; readonly review: string } }
  | {
      readonly type: 'post.tell';
      readonly data: { readonly person: string; readonly about: Told };
    }
  | {
      readonly type: 'post.tell-channel';
      readonly data: { readonly of: string; readonly people: readonly string[] };
    }
  | { readonly type: 'post.publish'; readonly data: { readonly part: string } }
  | { readonly type: 'post.look'; readonly data: { readonly part: string; readonly attempt: string } }
  | {
      readonly type: 'post.look-whether-gone';
      readonly data: { readonly part: string; readonly attempt: string };
    }
  | { readonly type: 'post.take-down'; readonly data: { readonly part: string } }
  | { readonly type: 'post.note-last'; readonly data: { readonly part: string } }
  | { readonly type: 'post.put-right'; readonly data: { readonly part: string } };

/** A card that showed the post, and where it stands; `of` is whose Teams channel it stood in, if in one. */
export type RetiredCard = Readonly<
  Record<'activityId' | 'conversationId' | 'serviceUrl', string> & { of?: string }
>;

/** What a message points somebody at, whose card is only updated and so makes no sound. */
export type Told = (typeof tellings)[number];
export const tellings = [
  'asked',
  'reminder',
  'escalated',
  'all-away',
  'came-back',
  'rewritten',
  'asks-the-desk',
  'not-taken',
  'correction-refused',
  'rest-refused',
  'correction-over',
  'correction-stopped',
  'not-corrected',
  'gone-for-nothing',
  'by-hand',
  'takes-over',
  'others-by-hand',
  'whether-done',
  'new-words',
  'do-not-post',
  'not-posted',
  'posted-all-the-same',
  'not-taken-down',
  'by-hand-mended',
  'ended-first',
  'held',
  'still-held',
] as const;

/** What somebody hears in one message for every post of which they do. */
export type ToldTogether = Extract<Told, 'all-away' | 'held' | 'still-held'>;

/** Whether somebody hears so in one message for every post of which they do. */
export const isToldTogether = (about: Told): about is ToldTogether =>
  about === 'all-away' || about === 'held' || about === 'still-held';

/**
 * What a timer of a post is for: `planned` is when what still waits for a decision was to go out, `day` when a word for
 * a day in it comes to mean another, `over` when an end comes that its words name, `training` when somebody's who writes on it runs out, `end` when the post ends, `by-hand` reminds whoever does something by hand,
 * `correction` those who have not agreed to one yet, and `progress` is when the cards say what has come of it so far.
 */
export type TimerName = (typeof timerNames)[number];
export const timerNames = [
  'remind',
  'escalate',
  'expire',
  'planned',
  'day',
  'over',
  'training',
  'end',
  'by-hand',
  'correction',
  'progress',
] as const;

/** What a decision changed, before the cards that show it are asked for. */
export interface Changed {
  readonly post: PostState;
  readonly audit: readonly AuditNote[];
  readonly effects?: readonly NewEffect[];
  readonly drop?: readonly string[];
}

/**
 * Makes a change of it: the post's turn grows, everybody who is asked now gets a copy, and every copy is
 * asked to show the new state. A later state replaces an earlier one that was not shown yet.
 */
export function changed(
  { post: before, audit, effects = [], drop = [] }: Changed,
  context: PostContext,
): Change<PostState> {
  const { post: settled, over, told } = settledByHand(before);
  const post = withWhoIsAsked(settled, context.protocol, context.now);
  const copies = copiesOf(post, context.protocol, context.now);
  const state: PostState = { ...post, turn: post.turn + 1, changedAt: context.now, copies };
  const cards = cardEffects(state, context.now);
  const asked = [
    ...plannedTimer(state, context.now),
    ...dayTimer(state, context.protocol, context.now),
    ...overTimer(state, context.now),
    ...trainingTimer(state, context.protocol, context.now),
  ];
  const gone = [plannedKey, dayKey, overKey, trainingKey].filter(
    (timer) => !asked.some(({ key }) => key === timer),
  );
  const looks = goneLooksOf(state, context.now);
  return {
    state,
    audit: [...audit, ...handingNotes(settled, post)],
    effects: [
      ...effects,
      ...tell(told, 'do-not-post', context.now),
      ...asked,
      ...endTimerOf(state, context.now),
      ...looks.effects,
      ...cards,
    ],
    drop: [...drop, ...over.map((part) => byHandTimer(part)), ...gone, ...looks.drop, progressKey],
  };
}

/**
 * What may be gone and is not deleted once more is looked up, by the same steps as what may have arrived; anything else
 * is not, or not any more.
 */
function goneLooksOf(
  post: PostState,
  now: Millis,
): { readonly effects: readonly NewEffect[]; readonly drop: readonly string[] } {
  const publications = Object.entries(publicationsOf(post));
  const over = publications.flatMap(([part, each]) => (isLookedUp(post, each) ? [] : [goneKey(part)]));
  return {
    effects: publications.flatMap(([part, each]) =>
      isLookedUp(post, each) && each.begun.asked !== true ? [lookWhetherGone(part, each, now)] : [],
    ),
    drop: over.length === publications.length ? [goneKey('*')] : over,
  };
}

const goneKey = (part: string): string => `gone:${part}`;

const lookWhetherGone = (part: string, publication: PerhapsGone, now: Millis): NewEffect => ({
  ...effect(
    goneKey(part),
    { type: 'post.look-whether-gone', data: { part, attempt: publication.begun.attempt } },
    nextLookWhetherGone(publication, now),
  ),
  unlessAsked: true,
});

const plannedKey = 'timer:planned';

/** While somebody is asked, their cards say when it goes out: they are drawn anew once that has passed. */
function plannedTimer(post: PostState, now: number): readonly NewEffect[] {
  const { when } = post;
  if (when === undefined || when.at <= now || !isOverdue(post, when.at)) return [];
  return [effect(plannedKey, { type: 'post.timer', data: { what: 'planned', review: '' } }, when.at)];
}

/** What is public may have got another end by a correction, or its own again where that came to nothing. */
function endTimerOf(post: PostState, now: number): readonly NewEffect[] {
  const until = isPublic(post) && post.status.is !== 'taken-down' ? endOf(post) : undefined;
  return until === undefined || until.at <= now ? [] : endTimer(until);
}

const dayKey = 'timer:day';

/**
 * While somebody is asked, their cards offer to let it go out: they are drawn anew once a word for a day in it means
 * another, be it that it does by now.
 */
function dayTimer(post: PostState, rules: DeskRules, now: number): readonly NewEffect[] {
  const at = dayMoves(post, rules, now);
  if (at === undefined) return [];
  return [effect(dayKey, { type: 'post.timer', data: { what: 'day', review: '' } }, at)];
}

function dayMoves(post: PostState, rules: DeskRules, now: number): Millis | undefined {
  const correction = correctionThatWaits(post);
  if (correction !== undefined) return correctionMovesAt(post, correction, now, rules);
  const at = waitsToGoOut(post) && !hasMovedDay(post) ? daysMoveAt(post.revision, rules) : undefined;
  return at === undefined ? undefined : Math.max(at, now);
}

const overKey = 'timer:over';

/**
 * While somebody is asked, their cards offer to let it go out: they are drawn anew once an end comes that its words
 * name, `closed until 4pm`, or that a correction was to give it. One that is the post's own end stops it by itself.
 */
function overTimer(post: PostState, now: number): readonly NewEffect[] {
  const { text, until } = post.revision;
  const newEnd = newEndOf(post)?.at;
  const named = until === undefined && waitsToGoOut(post) ? nextEndIn(text, now) : undefined;
  const at = newEnd !== undefined && newEnd > now ? newEnd : named;
  if (at === undefined) return [];
  return [effect(overKey, { type: 'post.timer', data: { what: 'over', review: '' } }, at)];
}

const trainingKey = 'timer:training';

/** While it is with its writers, they are seen anew once somebody's training has run out, who may not send it then. */
export function trainingTimer(post: PostState, rules: DeskRules, now: number): readonly NewEffect[] {
  const at = isWithItsWriters(post) ? trainingEnds(post, rules, now) : undefined;
  if (at === undefined) return [];
  return [effect(trainingKey, { type: 'post.timer', data: { what: 'training', review: '' } }, at)];
}

/** Every card of the post that can be reached is to show its newest state. */
export function cardEffects({ copies }: PostState, now: number): readonly NewEffect[] {
  return copies.filter((copy) => copy.unreachable === undefined).map((copy) => showCard(copy, now));
}

const progressKey = 'timer:progress';

/** So long the cards wait for the other accounts: those that answer together are drawn at once, and a phone once. */
const drawnTogether: Millis = seconds(2);

/** What has come of it on one account is to be shown soon, also while another account still waits. */
export const showSoon = (now: Millis): NewEffect => ({
  ...effect(progressKey, { type: 'post.timer', data: { what: 'progress', review: '' } }, now + drawnTogether),
  unlessAsked: true,
});

/** A copy is to show the post's newest state: at once, or when the forms that are open on it are done with. */
export const showCard = (copy: Copy, now: Millis): NewEffect =>
  effect(
    `card:${copy.key}`,
    { type: 'post.show-card', data: { copy: copy.key } },
    Math.max(now, untouchedUntil(copy)),
  );

/**
 * Until when a card is not drawn anew, since Teams replaces all of a card and what somebody has typed in it would be
 * gone. 0 where no form was opened on it.
 */
export const untouchedUntil = ({ forms = {} }: Copy): Millis => Math.max(0, ...Object.values(forms));

/** The key of the timer that reminds whoever does something by hand. */
export const byHandTimer = (part: string): string => `timer:by-hand:${part}`;

/** What is no longer to be done by hand is asked of nobody; whoever was to post it is told not to. */
function settledByHand(post: PostState): {
  readonly post: PostState;
  readonly over: readonly string[];
  readonly told: readonly string[];
} {
  const { byHand, wasByHand, ...rest } = post;
  const all = Object.entries(byHand ?? {});
  const over = all.filter(([part, { what }]) => !isStillToDo(post, part, what));
  if (over.length === 0 && wasByHand === undefined) return { post, over: [], told: [] };
  const left = all.filter((each) => !over.includes(each));
  const was = [...Object.entries(wasByHand ?? {}), ...over].filter(([part, { what }]) =>
    mayHaveDone(post, part, what),
  );
  // Whoever was told of a hold is told as well where all of it is given up. What will not be posted is told with why.
  const stopped = [
    ...over.filter(([part, { what }]) => {
      const is = publicationsOf(post)[part]?.is;
      return (what === 'post' && is !== 'published' && is !== 'failed') || mayHaveChanged(post, part, what);
    }),
    ...Object.entries(wasByHand ?? {}).filter(
      ([part]) => publicationsOf(post)[part] === undefined || isHandUnsaid(post, part),
    ),
  ];
  return {
    post: {
      ...rest,
      ...(left.length === 0 ? {} : { byHand: Object.fromEntries(left) }),
      ...(was.length === 0 ? {} : { wasByHand: Object.fromEntries(was) }),
    },
    over: over.map(([part]) => part),
    told: [...new Set(stopped.flatMap(([, { people }]) => people))],
  };
}

/** Whether a correction was given up while somebody was to say whether they had changed it by hand already. */
const isHandUnsaid = ({ notCorrectedBecause }: PostState, part: string): boolean =>
  notCorrectedBecause?.[part] === handUnsaid;

/** Whether somebody had been asked to do by hand what is not to be done now: it may be, though Crier does not know it. */
const mayHaveDone = (post: PostState, part: string, what: ByHand['what']): boolean =>
  (what === 'post' && publicationsOf(post)[part]?.is === 'stopped') || mayHaveChanged(post, part, what);

function isStillToDo(post: PostState, part: string, what: ByHand['what']): boolean {
  switch (what) {
    case 'post':
      return publicationsOf(post)[part]?.is === 'asked';
    case 'change':
      if (mayHaveChanged(post, part, what)) return false;
      // A correction that is closed leaves it to be changed by hand, unless it comes down.
      return (
        post.correction?.applied?.parts[part] === 'waiting' ||
        (post.notCorrected?.includes(part) === true && publicationsOf(post)[part]?.is === 'published')
      );
    case 'remove':
      return publicationsOf(post)[part]?.is === 'removing';
  }
}

/** An effect by its key, typed by its handler. */
export function effect(key: string, of: PostEffect, due: number): NewEffect {
  return { key, type: of.type, data: of.data, due };
}

/** Messages to people about the post. */
export function tell(people: readonly string[], about: Told, now: number): readonly NewEffect[] {
  return people.map((person) =>
    effect(`tell:${person}`, { type: 'post.tell', data: { person, about } }, now),
  );
}

/** Those of the people who have a card of the post already, which will only be updated. */
export function withCard(people: readonly string[], post: PostState): readonly string[] {
  return people.filter((person) =>
    post.copies.some((copy) => copy.key === `person:${person}` && copy.posted !== undefined),
  );
}

/** The timer that ends a post at its time; none for one that does not end. */
export function endTimer(until: PlannedTime | undefined): readonly NewEffect[] {
  if (until === undefined) return [];
  return [effect('timer:end', { type: 'post.timer', data: { what: 'end', review: '' } }, until.at)];
}

/** The timers of the awaited stage; each replaces the one of the stage before. */
export function stageTimers(review: Review): readonly NewEffect[] {
  const times = stageTimes(review);
  if (times === undefined) return [];
  const timer = (what: TimerName, due: number): NewEffect =>
    effect(`timer:${what}`, { type: 'post.timer', data: { what, review: review.id } }, due);
  return [timer('remind', times.remind), timer('escalate', times.escalate), timer('expire', times.expire)];
}

/** The key of the timer that reminds of a correction. */
export const correctionTimerKey = 'timer:correction';

/** The timer that reminds whoever may agree to a correction: what it puts right is public all the while. */
export const correctionTimer = (review: string, due: number): NewEffect =>
  effect(correctionTimerKey, { type: 'post.timer', data: { what: 'correction', review } }, due);

/** What was not decided by its time, and does not go back to its writers, is asked about once more then. */
export const askedLater = (review: Review, due: Millis): NewEffect =>
  effect('timer:expire', { type: 'post.timer', data: { what: 'expire', review: review.id } }, due);

/** Keys of the timers of a stage, to be dropped when nothing is awaited any longer. */
export const stageTimerKeys = ['timer:remind', 'timer:escalate', 'timer:expire'] as const;

/** In whose Teams channel they are asked: the desk's for its look, else the department's. */
export function askedInChannelOf({ status, department }: PostState): string | undefined {
  const stage = status.is === 'in-review' ? awaited(status.review) : undefined;
  return stage?.kind === 'pass-on' ? 'desk' : department;
}

/** Whether a card of the post stands in somebody's own chat, or cannot; undefined while that is being tried. */
export function reachedInPerson({ copies }: PostState, person: string): boolean | undefined {
  const own = copies.find(({ key }) => key === `person:${person}`);
  if (own?.unreachable !== undefined) return false;
  return own?.posted === undefined ? undefined : true;
}

/** Every card that should show this post: those there are, and those of whoever is asked now. */
function copiesOf(post: PostState, rules: DeskRules, now: number): readonly Copy[] {
  const wanted = new Map<string, Copy>(post.copies.map((copy) => [copy.key, copy]));
  const add = (copy: Copy) => {
    if (!wanted.has(copy.key)) wanted.set(copy.key, copy);
  };
  const forPerson = (person: string) => {
    add({ key: `person:${person}`, to: { kind: 'person', person }, shown: 0 });
  };
  if (rules.people[post.author] !== undefined) forPerson(post.author);
  const isLeft = post.status.is === 'draft' && isLeftByAuthor(post, rules);
  const writers = isLeft || isOver(post) || hasToBeChanged(post) ? writersNow(post, rules, now) : [];
  if (!writers.includes(post.author)) for (const person of writers) forPerson(person);
  const asked = askedAndHere(post, rules, now);
  for (const person of asked) forPerson(person);
  for (const of of channelsToShowIn(post))
    add({ key: channelKey(of), to: { kind: 'teams-channel', of }, shown: 0 });
  for (const { people } of Object.values(post.byHand ?? {})) for (const person of people) forPerson(person);
  if (isForTheDesk(post)) for (const officer of rules.desk.officers) forPerson(officer);
  return [...wanted.values()];
}

const channelPrefix = 'channel:';

/** The key of the copy in the Teams channel of a department, or of the desk. */
export const channelKey = (of: string): string => `${channelPrefix}${of}`;

/** Whose Teams channel a copy is in; undefined for one that is elsewhere. */
export const channelOfKey = (key: string): string | undefined =>
  key.startsWith(channelPrefix) ? key.slice(channelPrefix.length) : undefined;

/** In whose Teams channels a card of the post is wanted as it stands: where it waits, and where the desk has to know. */
export function channelsToShowIn(post: PostState): readonly string[] {
  const { status, allAway } = post;
  const asked =
    status.is === 'in-review' && awaited(status.review) !== undefined ? askedInChannelOf(post) : undefined;
  // Nobody is left to ask: the desk must know at once. What is held with everything else waits for the stop's end.
  const desk = (allAway !== undefined && status.is !== 'held') || isForTheDesk(post);
  return [...new Set([...(asked === undefined ? [] : [asked]), ...(desk ? ['desk'] : [])])];
}

const isForTheDesk = (post: PostState): boolean =>
  asksTheDesk(post) || post.notCorrected !== undefined || notPutRight(post).length > 0;

/**
 * The desk has to see to it: a publication that nobody could tell or that failed, a change that is tried in vain, the beginning of a thread whose rest
 * does not come any more, decisions that may not count any more, what Crier held, or what nobody can let go as it is.
 */
export const asksTheDesk = (post: PostState): boolean =>
  Object.values(publicationsOf(post)).some(needsAnswer) ||
  changesAskedFor(post).length > 0 ||
  tornByEnd(post).length > 0 ||
  waitsForTheDesk(post) ||
  isHeldByCrier(post) ||
  hasToBeChanged(post);

/** A publication that nobody could tell, one that failed, or one that could not be taken down. */
export const needsAnswer = (publication: Publication): boolean =>
  isAskedAbout(publication) ||
  publication.is === 'failed' ||
  (publication.is === 'removing' && publication.problem !== undefined);
