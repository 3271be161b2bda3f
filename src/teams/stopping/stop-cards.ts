import { z } from 'zod';
import { channelInUse } from '../../people/known.ts';
import { crier } from '../../core/context.ts';
import { handler, type BoundHandler, type Full, type Outcome } from '../../core/handler.ts';
import { seconds, type Millis } from '../../core/time.ts';
import { newestChange, stopInForce } from '../../dispatch/access.ts';
import type { AccountState } from '../../dispatch/account.ts';
import {
  isFollowed,
  stopCardShown,
  stopCardsId,
  stopCardsKind,
  stopCardStands,
  type StopCard,
} from '../../people/stop-cards.ts';
import { removers } from '../../posts/deciding/may.ts';
import type { StopAnswer } from '../cards/stop-card.ts';
import { type Content, type Courier, type Place } from '../courier.ts';
import { tryAgainAfter } from '../not-sent.ts';
import { accountStates, type Desk } from '../desk.ts';
import { closeChannel } from '../guests.ts';
import { resumed } from './stop.ts';

/** The cards that say what is stopped: each stands in a chat, or in the desk's Teams channel, and says how it is now. */

/** Which stop or resume an answer knows of that says that something is stopped; undefined where it says no such thing. */
export function knownOf(stop: StopAnswer): Millis | undefined {
  switch (stop.is) {
    case 'stopped':
    case 'in-force':
    case 'emergency-held':
      return stop.known;
    case 'held-for':
      return stop.stop?.known;
    default:
      return undefined;
  }
}

/** A card that was posted is one of those from now on. */
export async function noteStopCard(card: StopCard, { executor }: Pick<Desk, 'executor'>): Promise<void> {
  await executor.execute({ command: stopCardStands.name, id: stopCardsId, params: card, actor: crier });
}

/**
 * @param post the one that it tells of, where it is about one that the stop holds
 * @returns what somebody is told of a stop in their own chat, and how its card is looked after once it stands there
 */
export async function toldOfStop(
  stop: StopAnswer,
  draw: (stop: StopAnswer) => Promise<Content | undefined>,
  desk: Pick<Desk, 'executor'>,
  post?: string,
): Promise<{ content: Content; stands?: (at: Omit<StopCard, 'known'>) => Promise<void> } | undefined> {
  const content = await draw(stop);
  if (content === undefined) return undefined;
  const known = knownOf(stop);
  if (known === undefined) return { content };
  const of = post === undefined ? {} : { post };
  return {
    content,
    stands: async (at) => {
      await noteStopCard({ ...at, known, ...of }, desk);
    },
  };
}

/** @returns that a stop holds an emergency, to whoever may lift that */
export const emergencyHeld = async (
  held: Pick<Extract<StopAnswer, { readonly is: 'emergency-held' }>, 'post' | 'stop' | 'edit'>,
  desk: Desk,
): Promise<StopAnswer> => ({
  is: 'emergency-held',
  ...held,
  known: newestChange((await accountStates(desk)).values()),
});

/** What bringing them up to date stands on. */
export interface StopCardsParts {
  readonly desk: Desk;
  readonly courier: Courier;
  readonly mayPost: (conversationId: string) => Promise<{ readonly wait: Millis } | undefined>;
  /** @param person whose chat it stands in; undefined: it is read by everybody in the desk's Teams channel */
  readonly draw: (stop: StopAnswer, person: string | undefined) => Promise<Content | undefined>;
}

const broughtTo = z.object({ known: z.int(), isOver: z.boolean() });

/** How many of them are on their way at a time. */
const cardsAtOnce = 7;

/** Brings the cards up to date, and tells the desk's Teams channel of each stop and each resume. */
export function stopCardHandlers(parts: StopCardsParts): readonly BoundHandler[] {
  return [showHandler(parts), tellDeskHandler(parts)];
}

/** Keeps one card at what is so: the newest, however often it changed meanwhile. */
function showHandler({ desk, courier, mayPost, draw }: StopCardsParts): BoundHandler {
  return handler({
    type: 'stop-cards.show',
    schema: z.object({ activityId: z.string() }),
    deadline: seconds(20),
    onLostLease: 'again',
    lane: () => ({ name: 'stop-cards', width: cardsAtOnce }),
    run: async (run, signal): Promise<Outcome | Full> => {
      const { activityId } = run.data;
      const all = await run.load(stopCardsKind);
      const card = all?.cards.find((each) => each.activityId === activityId);
      if (all === undefined || card === undefined) return { outcome: 'done' };
      const { conversationId, serviceUrl, person } = card;
      const wait = await mayPost(conversationId);
      if (wait !== undefined) return { outcome: 'full', after: wait.wait };
      const states = await accountStates(desk);
      const followed = isFollowed(card, all);
      const says = followed ? ({ is: 'followed' } as const) : await standingNow(states, person, desk);
      const content = await draw(says, person);
      const place: Place = { kind: 'personal', conversationId, serviceUrl };
      if (content !== undefined) {
        const sent = await courier.update(place, activityId, content, signal);
        if (!sent.sent && sent.why !== 'gone' && sent.why !== 'too-large')
          return { outcome: 'retry', after: tryAgainAfter(sent) };
      }
      const isOver = followed || stopInForce(states.values()) === undefined;
      return { outcome: 'done', value: { known: newestChange(states.values()), isOver } };
    },
    settled: ({ id, data: { activityId } }, outcome) =>
      outcome.outcome === 'done' && outcome.value !== undefined
        ? { command: stopCardShown.name, id, params: { activityId, ...broughtTo.parse(outcome.value) } }
        : undefined,
  });
}

/** What a card says of it now: who stopped what, or who let posts go out again and, to those who may read it, what waits. */
async function standingNow(
  states: ReadonlyMap<string, AccountState>,
  person: string | undefined,
  desk: Desk,
): Promise<StopAnswer> {
  const before = stopInForce(states.values());
  const mayLift = person === undefined || removers(desk.rules()).includes(person);
  if (before !== undefined) {
    const known = newestChange(states.values());
    return { is: 'in-force', before, known, ...(mayLift ? {} : { cannotLift: true }) };
  }
  const { listed, ...over } = await resumed(desk);
  const isTheirs = person !== undefined && mayLift && listed !== undefined;
  return { ...over, isOver: true, ...(isTheirs ? { listed } : {}) };
}

/** Tells the desk's Teams channel once of each stop, on a card of its own, and of each resume. */
function tellDeskHandler({ desk, courier, mayPost, draw }: StopCardsParts): BoundHandler {
  const { executor } = desk;
  return handler({
    type: 'stop-cards.tell-desk',
    schema: z.object({}),
    deadline: seconds(20),
    onLostLease: 'again',
    run: async (_run, signal): Promise<Outcome> => {
      const place = await channelInUse(executor, 'desk');
      if (place === undefined) return { outcome: 'done' };
      const { conversationId, serviceUrl } = place;
      const wait = await mayPost(conversationId);
      if (wait !== undefined) return { outcome: 'retry', after: wait.wait };
      const states = await accountStates(desk);
      const stop = stopInForce(states.values());
      const { listed: _posts, ...over } = await resumed(desk);
      const told = stop === undefined ? over : await standingNow(states, undefined, desk);
      const content = await draw(told, undefined);
      if (content === undefined) return { outcome: 'done' };
      const sent = await courier.post({ kind: 'teams-channel', conversationId, serviceUrl }, content, signal);
      if (sent.sent) {
        const { activityId, conversationId: thread } = sent;
        const known = newestChange(states.values());
        if (stop !== undefined)
          await noteStopCard({ activityId, conversationId: thread, serviceUrl, known }, desk);
        return { outcome: 'done' };
      }
      if (sent.why === 'gone') await closeChannel(place, 'gone', executor);
      if (sent.why === 'gone' || sent.why === 'too-large') return { outcome: 'done' };
      return { outcome: 'retry', after: tryAgainAfter(sent) };
    },
  });
}
