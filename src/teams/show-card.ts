import { crier } from '../core/context.ts';
import { z } from 'zod';
import { readableState, type Executor } from '../core/execute.ts';
import { handler, type BoundHandler, type Full, type Outcome } from '../core/handler.ts';
import { seconds, type Millis } from '../core/time.ts';
import { channelInUse } from '../people/known.ts';
import { personDocument, personKind } from '../people/person.ts';
import type { PlaceState } from '../people/place.ts';
import { postKind } from '../posts/kind.ts';
import { askedAndHere } from '../posts/deciding/asked.ts';
import { untouchedUntil } from '../posts/telling/cards-to-show.ts';
import { saidToOwner } from '../posts/telling/open-forms.ts';
import { isPublic } from '../posts/leaving/what-is-public.ts';
import type { Copy, DeskRules, PostState } from '../posts/post.ts';
import type { BesidePost } from './draw.ts';
import { asksOf } from './typed-here.ts';
import { guestsHereCard } from './cards/answer-cards.ts';
import type { Viewer } from './cards/viewer.ts';
import { type Content, type Courier, type Place, type SendOutcome, updatedOrAnew } from './courier.ts';
import { ownCardIn } from './digest.ts';
import { closeChannel, guestsRead, type Guests } from './guests.ts';
import { conversationOf, left, placeOfCopy, whereStands } from './place-of-copy.ts';

/** What bringing the copies of cards up to date stands on. */
export interface CardsParts {
  readonly executor: Executor;
  readonly courier: Courier;
  /** a post's card as a copy shows it, with what it has for its owner beside the post */
  readonly draw: (
    post: PostState,
    viewer: Viewer,
    refreshFor: readonly string[],
    beside?: BesidePost,
  ) => Promise<Content>;
  /** takes one send out of the conversation's budget, or says how long to wait */
  readonly mayPost: (conversationId: string) => Promise<{ readonly wait: Millis } | undefined>;
  readonly guests: Guests;
  readonly rules: () => DeskRules;
  readonly clock: () => Millis;
  /** tenant for a chat that is begun with somebody; undefined in rehearsal */
  readonly tenantId: string | undefined;
}

/** How many cards may be on their way to one conversation: about what Teams takes in a second. */
const cardsAtOnce = 7;

const posted = z.object({
  activityId: z.string(),
  conversationId: z.string(),
  serviceUrl: z.string(),
  objectId: z.string().exactOptional(),
});
const began = z.object({ at: z.string(), serviceUrl: z.string() });
const shownValue = z.object({
  shown: z.int(),
  posted,
  began: began.optional(),
  said: z.int().exactOptional(),
  asks: z.string().exactOptional(),
});
const leftValue = z.object({ left });

/**
 * Keeps one copy of a post's card at the post's newest state. Posting is at least once: after a death in the call
 * a second card may appear, which corrects itself when it is pressed.
 */
export function showCardHandler(parts: CardsParts): BoundHandler {
  const { executor } = parts;
  return handler({
    type: 'post.show-card',
    schema: z.object({ copy: z.string() }),
    deadline: seconds(20),
    onLostLease: 'again',
    patient: true,
    // A copy's key names its conversation, where many posts have cards; a thread is the post's own.
    lane: ({ copy }, post) => ({ name: copy === 'thread' ? `${post} ${copy}` : copy, width: cardsAtOnce }),
    run: async (run, signal): Promise<Outcome | Full> => {
      const post = await run.load(postKind);
      const copy = post?.copies.find((each) => each.key === run.data.copy);
      if (post === undefined || copy === undefined || copy.unreachable !== undefined) return done;
      const { place, owner, channel, left: from } = await placeOfCopy(copy, parts);
      if (from !== undefined) return { outcome: 'done', value: { left: from } };
      if (place === 'no-place' || isUpToDate(post, copy, run.now) || isNotTheirs(copy, parts)) return done;
      const readers = await readersOf({ post, copy, channel }, parts, signal);
      if (typeof readers === 'object') return readers;
      if (place === 'unreachable') return { outcome: 'done', value: { unreachable: true } };
      if (!(await hasOwnCard(post, copy, executor))) return done;
      const there = whereStands(copy, owner, place);
      const said = saidToOwner(copy, run.now);
      const plain =
        readers === 'guests' ? guestsHereCard(post.number) : await contentOf(post, copy, {}, parts);
      const asks = asksOf(post, copy, plain, parts.rules());
      const shows = { turn: post.turn, said: said?.at, asks };
      // What they have begun to tick and write on it stays, where they would read the same again.
      const stays = said === undefined && asks !== undefined && asks === copy.asks;
      if (stays && copy.posted !== undefined && standsIn(copy.posted, place, owner))
        return shownAsItIs(copy.posted, there.serviceUrl, shows);
      const wait = await parts.mayPost(conversationOf(there));
      if (wait !== undefined) return { outcome: 'full', after: wait.wait };
      const beside: BesidePost =
        said === undefined
          ? copy.asks === undefined || asks === undefined
            ? {}
            : { redrawn: true }
          : { said };
      const content = Object.keys(beside).length === 0 ? plain : await contentOf(post, copy, beside, parts);
      const sent = await bring(content, copy, { there, place }, parts, signal);
      if (!sent.sent && sent.why === 'gone') {
        await noteGone(copy, place, channel, executor);
        if (channel !== undefined) return done;
      }
      const at = copy.posted?.activityId ?? '';
      const stands = sent.sent && sent.activityId === at ? there : place;
      const began = { at, serviceUrl: stands.serviceUrl };
      const outcome = outcomeOf(sent, shows, began, owner);
      // Another Teams channel was chosen, or none, while it was on its way: it is looked after from there.
      return channel !== undefined && outcome.outcome === 'done' && !(await isStillUsed(channel, executor))
        ? { ...outcome, outcome: 'retry', after: 1 }
        : outcome;
    },
    settled: (run, outcome) => {
      if (outcome.outcome !== 'done' && outcome.outcome !== 'retry') return undefined;
      const from = leftValue.safeParse(outcome.value);
      if (from.success) return { command: 'post.channel-changed', id: run.id, params: from.data.left };
      const told = shownValue.safeParse(outcome.value);
      if (told.success) {
        const { shown, ...where } = told.data;
        return {
          command: 'post.shown',
          id: run.id,
          params: { copy: run.data.copy, turn: shown, ...where },
        };
      }
      return outcome.value === undefined
        ? undefined
        : { command: 'post.unreachable', id: run.id, params: { copy: run.data.copy } };
    },
  });
}

const done: Outcome = { outcome: 'done' };

/** Whether it shows the newest state, or a form was opened on it since: that asks for it again when the form is done with. */
const isUpToDate = (post: PostState, copy: Copy, now: Millis): boolean =>
  (copy.posted !== undefined && copy.shown >= post.turn) || untouchedUntil(copy) > now;

/** Whoever has left the protocol keeps the cards that they have, and gets no others. */
const hasLeft = ({ to }: Copy, { rules }: CardsParts): boolean =>
  to.kind === 'person' && rules().people[to.person] === undefined;

const isNotTheirs = (copy: Copy, parts: CardsParts): boolean =>
  copy.posted === undefined && hasLeft(copy, parts);

/** A copy of a post that is to be shown, and the Teams channel in which, where it is that of a department. */
interface ToShow {
  readonly post: PostState;
  readonly copy: Copy;
  readonly channel: PlaceState | undefined;
}

/** Whether guests would read in it what is not public yet. A Teams channel with guests is closed: what it showed goes elsewhere. */
async function readersOf(
  { post, copy, channel }: ToShow,
  parts: CardsParts,
  signal: AbortSignal,
): Promise<Outcome | 'guests' | 'ours'> {
  if (isPublic(post)) return 'ours';
  if (copy.to.kind === 'thread') {
    const read = await guestsRead(copy.to, parts, signal);
    if (typeof read === 'object') return { outcome: 'retry', after: read.wait };
    return read ? 'guests' : 'ours';
  }
  if (channel === undefined) return 'ours';
  const guests = await parts.guests.areIn(channel, signal);
  if (typeof guests === 'object') return { outcome: 'retry', after: guests.wait };
  if (!guests) return 'ours';
  await closeChannel(channel, 'guests', parts.executor);
  return { outcome: 'retry', after: 1 };
}

/** Whether it has a card of its own: of a storm of posts, a Teams channel has one for all of them. */
const hasOwnCard = async (post: PostState, { to, posted: at }: Copy, executor: Executor): Promise<boolean> =>
  to.kind !== 'teams-channel' || at !== undefined || (await ownCardIn(to.of, post, executor));

async function contentOf(
  post: PostState,
  { to }: Copy,
  beside: BesidePost,
  parts: CardsParts,
): Promise<Content> {
  return to.kind === 'person'
    ? await parts.draw(post, { kind: 'person', person: to.person }, [], beside)
    : await parts.draw(post, { kind: 'everybody' }, await usersAsked(post, parts));
}

/** Posts the card, or puts it where one stands already. */
async function bring(
  content: Content,
  copy: Copy,
  { there, place }: { readonly there: Place; readonly place: Place },
  parts: CardsParts,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const { courier } = parts;
  const at = copy.posted?.activityId;
  if (at === undefined) return await courier.post(place, content, signal);
  if (hasLeft(copy, parts)) return await courier.update(there, at, content, signal);
  const anew = place.kind === 'personal-new' ? there : place;
  return await updatedOrAnew(courier, { there, place: anew }, at, content, signal);
}

/** Somebody's chat, or the Teams channel, is not there for us any more. */
async function noteGone(
  { to }: Copy,
  place: Place,
  channel: PlaceState | undefined,
  executor: Executor,
): Promise<void> {
  if (to.kind === 'person' && place.kind === 'personal') {
    await executor.execute({
      command: 'person.lose-chat',
      id: personDocument(to.person),
      params: { conversationId: place.conversationId },
      actor: crier,
    });
  }
  if (channel !== undefined) await closeChannel(channel, 'gone', executor);
}

async function isStillUsed({ of, conversationId }: PlaceState, executor: Executor): Promise<boolean> {
  return (await channelInUse(executor, of))?.conversationId === conversationId;
}

/** Teams' ids of those who may act on it now: their clients ask for their own view by themselves. */
async function usersAsked(
  post: PostState,
  { executor, rules, clock }: CardsParts,
): Promise<readonly string[]> {
  const chats = await Promise.all(
    askedAndHere(post, rules(), clock()).map(
      async (person) => (await readableState(executor, personKind, personDocument(person)))?.chat,
    ),
  );
  return chats.flatMap((chat) => (chat === undefined ? [] : [chat.userId]));
}

/** What a drawing shows: which turn of the post, which answer to its owner, and what it asks them. */
interface Shows {
  readonly turn: number;
  readonly said: Millis | undefined;
  readonly asks: string | undefined;
}

const shownBy = ({ turn, said, asks }: Shows) => ({
  shown: turn,
  ...(said === undefined ? {} : { said }),
  ...(asks === undefined ? {} : { asks }),
});

/** Whether a card stands in somebody's chat as they are known now: in another one they have none yet. */
const standsIn = (posted: NonNullable<Copy['posted']>, place: Place, owner: string | undefined): boolean =>
  place.kind === 'personal' && posted.conversationId === place.conversationId && posted.objectId === owner;

/** A card that reads as it is to read already. */
function shownAsItIs(posted: NonNullable<Copy['posted']>, serviceUrl: string, shows: Shows): Outcome {
  const began = { at: posted.activityId, serviceUrl };
  return { outcome: 'done', value: { ...shownBy(shows), posted: { serviceUrl, ...posted }, began } };
}

function outcomeOf(
  sent: SendOutcome,
  shows: Shows,
  from: z.infer<typeof began>,
  owner: string | undefined,
): Outcome {
  if (sent.sent) {
    const { activityId, conversationId } = sent;
    const { serviceUrl } = from;
    const objectId = owner === undefined ? {} : { objectId: owner };
    const posted = { activityId, conversationId, serviceUrl, ...objectId };
    return { outcome: 'done', value: { ...shownBy(shows), posted, began: from } };
  }
  switch (sent.why) {
    case 'gone':
    case 'too-large':
      return { outcome: 'done', value: { unreachable: true } };
    case 'later':
      return { outcome: 'retry', after: sent.after };
    case 'unknown':
      return { outcome: 'retry', after: seconds(2) };
  }
}
