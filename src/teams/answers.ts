import { channelInUse, personKnown } from '../people/known.ts';
import { crier } from '../core/context.ts';
import { setTimeout as pause } from 'node:timers/promises';
import type { Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { isPublic } from '../posts/leaving/what-is-public.ts';
import type { PostState } from '../posts/post.ts';
import { sayNotice } from '../words/typed.ts';
import type { Whereabouts } from './activity.ts';
import type { Viewer } from './cards/viewer.ts';
import type { Content, Courier, Place, SendOutcome } from './courier.ts';
import type { Desk } from './desk.ts';
import type { Draw } from './draw.ts';
import { guestsRead, type Guests } from './guests.ts';
import { notice } from './notices.ts';
import type { OnCard } from '../posts/telling/open-forms.ts';
import { broughtBy, opensForm } from './open-forms.ts';
import { knownOf, noteStopCard } from './stopping/stop-cards.ts';
import type { Reply } from './reply.ts';
import type { Origin, Turn } from './turn.ts';
import { placeOf } from './who.ts';

/** What answers stand on. */
export interface AnswersParts {
  readonly desk: Pick<Desk, 'executor' | 'beside'>;
  readonly courier: Pick<Courier, 'post' | 'update'>;
  /** takes one send out of the conversation's budget, or says how long to wait */
  readonly mayPost: (conversationId: string) => Promise<{ readonly wait: Millis } | undefined>;
  readonly guests: Pick<Guests, 'areIn'>;
  readonly draw: Draw;
  readonly log: Pick<Log, 'warn'>;
}

/** Where something was said or pressed. */
interface From {
  readonly place: Whereabouts;
  readonly serviceUrl: string;
}

type OwnChat = Extract<Place, { readonly kind: 'personal' }>;

/** Where an answer's card stands. */
interface PostedAt {
  readonly activityId: string;
  readonly conversationId: string;
}

/** Brings answers to where they belong. None is a durable effect: whoever asked can ask again. */
export interface Answers {
  /** answers what somebody has typed: what is only for them goes to their own chat */
  readonly toMessage: (from: From, reply: Reply, turn: Turn) => Promise<void>;
  /** posts an answer as it is; `of` is whose words stand on its buttons */
  readonly post: (place: Place, reply: Reply, viewer: Viewer, of?: Origin) => Promise<void>;
  /** the answer to a press, or what is said in its place where it is a form that belongs into somebody's own chat */
  readonly formInOwnChat: (reply: Reply, from: From, turn: Turn) => Promise<Reply>;
  /** the card that was pressed is the one in this place that shows how its post goes on */
  readonly follow: (
    reply: Reply,
    at: { readonly posted: PostedAt; readonly brought: OnCard },
    serviceUrl: string,
    turn: Turn,
  ) => Promise<void>;
  /** draws a card in a Teams channel anew for everybody there, which the answer to a press does for one alone */
  readonly inPlace: (from: From, activityId: string, content: Content) => Promise<void>;
  readonly ownChat: (person: string) => Promise<OwnChat | undefined>;
}

/** How long an answer may wait for its conversation to take one more message. */
const longestWait = 10_000;
/** How long posting an answer may take. */
const answerDeadline = 15_000;

/** Everything that the bot posts because somebody said or pressed something. */
export function createAnswers({ desk, courier, mayPost, guests, draw, log }: AnswersParts): Answers {
  return {
    toMessage: answerMessage,
    post,
    formInOwnChat,
    follow: async (...of) => void (await desk.beside(follow(...of))),
    inPlace,
    ownChat,
  };

  /**
   * Answers a message. In a Teams channel everybody reads along, so what is only for whoever asked goes to their
   * own chat.
   */
  async function answerMessage({ place, serviceUrl }: From, reply: Reply, turn: Turn): Promise<void> {
    const here = placeOf(place, serviceUrl);
    const viewer: Viewer = { kind: 'person', person: turn.person };
    if (place.kind === 'personal') {
      await postFollowed(here, reply, viewer, turn);
      return;
    }
    const isState = reply.show === 'post' && reply.view === 'main' && reply.notice === undefined;
    if (isState && (await mayStandHere(reply.post, turn))) {
      await postFollowed(here, reply, { kind: 'everybody' }, turn);
      return;
    }
    if (
      reply.show === 'notice' ||
      reply.show === 'help' ||
      reply.show === 'nearest' ||
      reply.show === 'choice'
    ) {
      return await post(here, reply, viewer, turn.of);
    }
    if (reply.show === 'welcome') return await post(here, reply, { kind: 'everybody' }, turn.of);
    if (reply.show === 'channel' || reply.show === 'channel-asked' || reply.show === 'nothing')
      return await post(here, reply, viewer);
    const chat = await ownChat(turn.person);
    if (chat === undefined) return await post(here, notice('ask-in-own-chat', {}), viewer);
    await postFollowed(chat, reply, viewer, turn);
    await post(here, notice('answered-in-own-chat', {}), viewer);
  }

  /**
   * A change has to be seen by everybody in a Teams channel, and would take with it what somebody is typing into the
   * card there: a form goes to their own chat, where it is left alone. Where they have none, it is left alone here.
   */
  async function formInOwnChat(reply: Reply, { place }: From, turn: Turn): Promise<Reply> {
    if (place.kind === 'personal' || reply.show !== 'post') return reply;
    const viewer: Viewer = { kind: 'person', person: turn.person };
    if (!opensForm(reply, await draw.reply(reply, viewer))) return reply;
    const chat = await ownChat(turn.person);
    if (chat === undefined || !(await postFollowed(chat, reply, viewer, turn))) return reply;
    const { post } = reply;
    const { words } = sayNotice('card-in-own-chat', { number: post.number });
    return { show: 'post', post, view: 'main', notice: words };
  }

  async function inPlace({ place, serviceUrl }: From, activityId: string, content: Content): Promise<void> {
    if (place.kind === 'personal' || !(await takesPost(place.conversationId))) return;
    const stands = placeOf(place, serviceUrl);
    const sent = await courier.update(stands, activityId, content, AbortSignal.timeout(answerDeadline));
    if (!sent.sent) log.warn('an answer could not be posted', { reason: sent.why });
  }

  /**
   * Whether everybody where it was asked for may read a post: it is public, or of this Teams channel, or was written
   * here, and nobody from outside the council reads along.
   */
  async function mayStandHere(post: PostState, { where }: Turn): Promise<boolean> {
    if (isPublic(post)) return true;
    const signal = AbortSignal.timeout(answerDeadline);
    if ((await guestsRead(where, { guests, executor: desk.executor }, signal)) !== false) return false;
    if (post.copies.some(({ to }) => to.kind === 'thread' && to.conversationId === where.threadId))
      return true;
    const places = await Promise.all(
      ['desk', ...(post.department === undefined ? [] : [post.department])].map(
        async (of) => await channelInUse(desk.executor, of),
      ),
    );
    return places.some((place) => place?.conversationId === where.conversationId);
  }

  async function ownChat(person: string): Promise<OwnChat | undefined> {
    const { chat } = (await personKnown(desk.executor, person)) ?? {};
    if (chat === undefined) return undefined;
    const { conversationId, serviceUrl } = chat;
    return { kind: 'personal', conversationId, serviceUrl };
  }

  async function post(place: Place, reply: Reply, viewer: Viewer, of?: Origin): Promise<void> {
    await postedAt(place, reply, viewer, of);
  }

  async function postedAt(
    place: Place,
    reply: Reply,
    viewer: Viewer,
    of?: Origin,
  ): Promise<(Extract<SendOutcome, { readonly sent: true }> & { readonly content: Content }) | undefined> {
    const content = await draw.reply(reply, viewer, of);
    if (content === undefined) return undefined;
    if (place.kind !== 'personal-new' && !(await takesPost(place.conversationId))) return undefined;
    const sent = await courier.post(place, content, AbortSignal.timeout(answerDeadline));
    if (sent.sent) return { ...sent, content };
    log.warn('an answer could not be posted', { reason: sent.why });
    return undefined;
  }

  /** Posts an answer; the card of a post in it is the one in this place that shows how the post goes on, as one of a stop does. */
  async function postFollowed(place: Place, reply: Reply, viewer: Viewer, turn: Turn): Promise<boolean> {
    const sent = await postedAt(place, reply, viewer, turn.of);
    if (sent === undefined) return false;
    const { activityId, conversationId, content } = sent;
    const brought = broughtBy(reply, content);
    const posted = { activityId, conversationId };
    await desk.beside(follow(reply, { posted, brought }, place.serviceUrl, turn, viewer));
    return true;
  }

  async function follow(
    reply: Reply,
    { posted, brought }: { readonly posted: PostedAt; readonly brought: OnCard },
    serviceUrl: string,
    { person, where }: Turn,
    viewer: Viewer = { kind: 'person', person },
  ): Promise<void> {
    const known = reply.show === 'stop' ? knownOf(reply.stop) : undefined;
    if (known !== undefined) await noteStopCard({ person, ...posted, serviceUrl, known }, desk);
    if (reply.show !== 'post') return;
    const { copies, id, turn } = reply.post;
    if (copies.some((copy) => copy.posted?.activityId === posted.activityId)) return;
    const owner = viewer.kind === 'person' ? await personKnown(desk.executor, person) : undefined;
    const objectId = owner?.objectId;
    await desk.executor.execute({
      command: 'post.card-moved',
      id,
      params: {
        to:
          viewer.kind === 'person'
            ? { kind: 'person', person }
            : { kind: 'thread', conversationId: where.threadId },
        posted: objectId === undefined ? posted : { ...posted, objectId },
        turn,
        serviceUrl,
        ...brought,
      },
      actor: crier,
    });
  }

  /** Waits until the conversation may have one more message; a storm in it is not waited for. */
  async function takesPost(conversationId: string): Promise<boolean> {
    for (let waited = 0; ;) {
      const wait = await mayPost(conversationId).catch(() => {
        // Where nothing can be read or saved, that is the very thing to be told.
        log.warn('what was sent to a conversation could not be counted');
        return undefined;
      });
      if (wait === undefined) return true;
      waited += wait.wait;
      if (waited > longestWait) {
        log.warn('an answer was left out, the conversation being at its limit', { milliseconds: waited });
        return false;
      }
      await pause(wait.wait);
    }
  }
}
