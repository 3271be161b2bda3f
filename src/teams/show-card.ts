import { crier } from '../core/context.ts';
import { z } from 'zod';
import { threadIn, withoutThread } from '../core/conversation.ts';
import { readableState, type Executor } from '../core/execute.ts';
import { handler, type BoundHandler, type Full, type Outcome } from '../core/handler.ts';
import { seconds, type Millis } from '../core/time.ts';
import { personDocument, personKind } from '../people/person.ts';
import { inUse, placeId, placeKind, type PlaceState } from '../people/place.ts';
import { postKind } from '../posts/kind.ts';
import { askedAndHere } from '../posts/deciding/asked.ts';
import { untouchedUntil } from '../posts/telling/cards-to-show.ts';
import { isPublic } from '../posts/leaving/what-is-public.ts';
import type { Copy, DeskRules, PostState } from '../posts/post.ts';
import { guestsHereCard } from './cards/answer-cards.ts';
import type { Viewer } from './cards/viewer.ts';
import { type Content, type Courier, type Place, type SendOutcome, updatedOrAnew } from './courier.ts';
import { ownCardIn } from './digest.ts';
import { chosenPlaces, closeChannel, guestsRead, type Guests } from './guests.ts';

/** What bringing the copies of cards up to date stands on. */
export interface CardsParts {
  readonly executor: Executor;
  readonly courier: Courier;
  /** a post's card as a copy shows it */
  readonly draw: (post: PostState, viewer: Viewer, refreshFor: readonly string[]) => Promise<Content>;
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
const shownValue = z.object({ shown: z.int(), posted, began: began.optional() });
/** the card stands in a Teams channel that is not used any more; `used` is the one that is */
const leftValue = z.object({
  left: z.object({ of: z.string(), used: z.string().exactOptional(), serviceUrl: z.string() }),
});

/**
 * Keeps one copy of a post's card at the post's newest state. Posting is at least once: after a death in the call
 * a second card may appear, which corrects itself when it is pressed.
 */
export function showCardHandler(parts: CardsParts): BoundHandler {
  const { executor, courier } = parts;
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
      if (post === undefined || copy === undefined || copy.unreachable !== undefined)
        return { outcome: 'done' };
      const { place, owner, channel, left } = await placeOfCopy(copy, parts);
      if (left !== undefined) return { outcome: 'done', value: { left } };
      if (copy.posted !== undefined && copy.shown >= post.turn) return { outcome: 'done' };
      // A form was opened on it since this run was due: that asks for it again when the form is done with.
      if (untouchedUntil(copy) > run.now) return { outcome: 'done' };
      if (place === 'no-place') return { outcome: 'done' };
      // Whoever has left the protocol keeps the cards that they have, and gets no others.
      const hasLeft = copy.to.kind === 'person' && parts.rules().people[copy.to.person] === undefined;
      if (hasLeft && copy.posted === undefined) return { outcome: 'done' };
      const inThread = copy.to.kind === 'thread' && !isPublic(post);
      const read = inThread ? await guestsRead(copy.to, parts, signal) : false;
      if (typeof read === 'object') return { outcome: 'retry', after: read.wait };
      if (channel !== undefined && !isPublic(post)) {
        const guests = await parts.guests.areIn(channel, signal);
        if (typeof guests === 'object') return { outcome: 'retry', after: guests.wait };
        if (guests) {
          await closeChannel(channel, 'guests', executor);
          return { outcome: 'retry', after: 1 };
        }
      }
      if (place === 'unreachable') return { outcome: 'done', value: { unreachable: true } };
      if (copy.to.kind === 'teams-channel' && copy.posted === undefined) {
        if (!(await ownCardIn(copy.to.of, post.id, executor))) return { outcome: 'done' };
      }
      const there = whereStands(copy, owner, place);
      const wait = await parts.mayPost(conversationOf(there));
      if (wait !== undefined) return { outcome: 'full', after: wait.wait };
      const viewer: Viewer =
        copy.to.kind === 'person' ? { kind: 'person', person: copy.to.person } : { kind: 'everybody' };
      const refreshFor = viewer.kind === 'everybody' ? await usersAsked(post, parts) : [];
      const content = read ? guestsHereCard(post.number) : await parts.draw(post, viewer, refreshFor);
      const sent =
        copy.posted === undefined
          ? await courier.post(place, content, signal)
          : hasLeft
            ? await courier.update(there, copy.posted.activityId, content, signal)
            : await updatedOrAnew(
                courier,
                { there, place: place.kind === 'personal-new' ? there : place },
                copy.posted.activityId,
                content,
                signal,
              );
      if (!sent.sent && sent.why === 'gone' && copy.to.kind === 'person' && place.kind === 'personal') {
        await executor.execute({
          command: 'person.lose-chat',
          id: personDocument(copy.to.person),
          params: { conversationId: place.conversationId },
          actor: crier,
        });
      }
      if (!sent.sent && sent.why === 'gone' && channel !== undefined) {
        await closeChannel(channel, 'gone', executor);
        return { outcome: 'done' };
      }
      const at = copy.posted?.activityId ?? '';
      const stands = sent.sent && sent.activityId === at ? there : place;
      const outcome = outcomeOf(sent, post.turn, { at, serviceUrl: stands.serviceUrl }, owner);
      // Another Teams channel was chosen, or none, while it was on its way: it is looked after from there.
      return channel !== undefined && outcome.outcome === 'done' && !(await isStillUsed(channel))
        ? { ...outcome, outcome: 'retry', after: 1 }
        : outcome;
    },
    settled: (run, outcome) => {
      if (outcome.outcome !== 'done' && outcome.outcome !== 'retry') return undefined;
      const left = leftValue.safeParse(outcome.value);
      if (left.success) return { command: 'post.channel-changed', id: run.id, params: left.data.left };
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

  async function isStillUsed({ of, conversationId }: PlaceState): Promise<boolean> {
    return inUse((await executor.load(placeKind, placeId(of)))?.state)?.conversationId === conversationId;
  }

  /** Where a copy belongs, and by which object id the owner of a personal one is known now. */
  async function placeOfCopy(
    copy: Copy,
    { tenantId }: CardsParts,
  ): Promise<{
    readonly place: Place | 'no-place' | 'unreachable';
    readonly owner?: string | undefined;
    /** the Teams channel that is used */
    readonly channel?: PlaceState;
    readonly left?: z.infer<typeof leftValue>['left'];
  }> {
    switch (copy.to.kind) {
      case 'person': {
        const person = (await executor.load(personKind, personDocument(copy.to.person)))?.state;
        const owner = person?.objectId;
        if (person?.chat !== undefined) return { place: { kind: 'personal', ...chatOf(person.chat) }, owner };
        if (owner === undefined || tenantId === undefined) return { place: 'unreachable', owner };
        const serviceUrl = await anyServiceUrl(executor);
        return serviceUrl === undefined
          ? { place: 'unreachable', owner }
          : { place: { kind: 'personal-new', userId: owner, tenantId, serviceUrl }, owner };
      }
      case 'teams-channel': {
        const known = (await executor.load(placeKind, placeId(copy.to.of)))?.state;
        // What stands in one that is not there for us is left as it is.
        if (known === undefined || known.closed?.why === 'gone') return { place: 'no-place' };
        const { of, conversationId, serviceUrl } = known;
        const used = inUse(known)?.conversationId;
        if (copy.posted !== undefined && withoutThread(copy.posted.conversationId) !== used)
          return {
            place: 'no-place',
            left: { of, serviceUrl, ...(used === undefined ? {} : { used }) },
          };
        if (used === undefined) return { place: 'no-place' };
        return { place: { kind: 'teams-channel', conversationId, serviceUrl }, channel: known };
      }
      case 'thread':
        return { place: threadPlace(copy.to.conversationId, copy.to.serviceUrl) };
    }
  }
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

const chatOf = ({ conversationId, serviceUrl }: { conversationId: string; serviceUrl: string }) => ({
  conversationId,
  serviceUrl,
});

/** A thread's id is that of the Teams channel with the message it began with. */
function threadPlace(conversationId: string, serviceUrl: string): Place {
  const thread = threadIn(conversationId);
  return thread === undefined
    ? { kind: 'personal', conversationId, serviceUrl }
    : { kind: 'teams-channel', conversationId: withoutThread(conversationId), thread, serviceUrl };
}

function conversationOf(place: Place): string {
  return place.kind === 'personal-new' ? `new:${place.userId}` : place.conversationId;
}

/** Teams' address is the same for every conversation of a tenant's region: that of any Teams channel serves. */
async function anyServiceUrl(executor: Executor): Promise<string | undefined> {
  return (await chosenPlaces(executor))[0]?.serviceUrl;
}

/**
 * Where a copy stands. Somebody's chat may have moved since it was posted, as between the two of a rehearsal; one with
 * an object id that is not theirs any more is somebody else's.
 */
function whereStands({ posted: at }: Copy, owner: string | undefined, place: Place): Place {
  if (at?.serviceUrl === undefined || owner === undefined || at.objectId !== owner) return place;
  const { conversationId, serviceUrl } = at;
  return { kind: 'personal', conversationId, serviceUrl };
}

function outcomeOf(
  sent: SendOutcome,
  turn: number,
  from: z.infer<typeof began>,
  owner: string | undefined,
): Outcome {
  if (sent.sent) {
    const { activityId, conversationId } = sent;
    const { serviceUrl } = from;
    const objectId = owner === undefined ? {} : { objectId: owner };
    const posted = { activityId, conversationId, serviceUrl, ...objectId };
    return { outcome: 'done', value: { shown: turn, posted, began: from } };
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
