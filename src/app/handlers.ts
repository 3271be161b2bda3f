import { crier } from '../core/context.ts';
import type { BoundHandler } from '../core/handler.ts';
import type { Millis } from '../core/time.ts';
import { stopInForce } from '../dispatch/access.ts';
import { watchHandler } from '../dispatch/watch.ts';
import type { Network } from '../networks/network.ts';
import { personHandlers } from '../people/handlers.ts';
import { hearOfHeld, personDocument } from '../people/person.ts';
import { stopCardsId, stopChanged } from '../people/stop-cards.ts';
import { catchUpWithEarlier, postsBy, postsOf } from '../posts/deciding/every-post.ts';
import type { PublishingDeps } from '../posts/effects/deps.ts';
import { isOurs } from '../posts/effects/look.ts';
import { postHandlers } from '../posts/handlers.ts';
import { lookThroughHandler } from '../protocol/kept.ts';
import { bringCardsHandler } from '../teams/bring-cards.ts';
import type { Courier } from '../teams/courier.ts';
import { accountStates, type Desk } from '../teams/desk.ts';
import { digestHandler } from '../teams/digest.ts';
import type { createDraw } from '../teams/draw.ts';
import type { Guests } from '../teams/guests.ts';
import { lookWhoReadsHandler } from '../teams/look-who-reads.ts';
import { retireCardHandler, retireDigestHandler } from '../teams/retire-card.ts';
import { showCardHandler } from '../teams/show-card.ts';
import { stopCardHandlers } from '../teams/stopping/stop-cards.ts';
import { tellHandlers } from '../teams/tell.ts';
import { drawnFor, drawStop } from './drawn.ts';

/** What the effects of all features are run with. */
export interface HandlerParts {
  readonly desk: Desk;
  readonly networkOf: (account: string) => Network | undefined;
  readonly courier: Courier;
  /** takes one send out of the conversation's budget, or says how long to wait */
  readonly mayPost: (conversationId: string) => Promise<{ readonly wait: Millis } | undefined>;
  readonly draw: ReturnType<typeof createDraw>;
  readonly guests: Guests;
  /** reads anew who is away */
  readonly readAway: () => Promise<void>;
  readonly stoodStill: PublishingDeps['stoodStill'];
  readonly monotonic: () => Millis;
  /** the council's tenant; undefined in rehearsal */
  readonly tenantId: string | undefined;
}

/** Every effect that a feature asks for: a feature that goes takes its lines with it. */
export const handlersOf = (parts: HandlerParts): readonly BoundHandler[] => [
  ...networkHandlers(parts),
  ...personHandlers(parts.desk.executor, {
    catchUp: async (person) => {
      const isStopped = stopInForce((await accountStates(parts.desk)).values()) !== undefined;
      if (isStopped) await hearOfStop(parts.desk, person, 'stopped');
    },
    refresh: parts.readAway,
    postsOf: (person) => postsOf(parts.desk.executor, person),
    postsBy: (person) => postsBy(parts.desk.executor, person),
  }),
  ...cardHandlers(parts),
  lookThroughHandler(async () => await catchUpWithEarlier(parts.desk.executor)),
];

/** Somebody hears of a stop, or of its end: of everything that it holds at once, or of what one `review` is for. */
async function hearOfStop(
  { executor }: Pick<Desk, 'executor'>,
  ...[person, about, review]: Parameters<PublishingDeps['hearOfStop']>
): Promise<void> {
  await executor.execute({
    command: hearOfHeld.name,
    id: personDocument(person),
    params: { about, ...(review === undefined ? { atOnce: true } : { review }) },
    actor: crier,
  });
}

/** What goes to networks, and what posts and accounts ask of people and cards by that. */
function networkHandlers({
  desk: { executor, rules, clock },
  networkOf,
  stoodStill,
  monotonic,
}: HandlerParts): readonly BoundHandler[] {
  return [
    ...postHandlers({
      executor,
      networkOf,
      rules,
      clock,
      hearOfStop: async (...told) => {
        await hearOfStop({ executor }, ...told);
      },
      stopChanged: async (at) => {
        const call = { command: stopChanged.name, id: stopCardsId, params: { at } };
        await executor.execute({ ...call, actor: crier });
      },
      stoodStill,
      monotonic,
    }),
    watchHandler({ networkOf, isOurs: async (account, id) => await isOurs(executor, account, id) }),
  ];
}

/** What people see and hear in Teams. */
function cardHandlers({
  desk,
  courier,
  mayPost,
  draw,
  guests,
  tenantId,
}: HandlerParts): readonly BoundHandler[] {
  const { executor, rules, clock, connectionOf } = desk;
  const sending = { executor, courier, mayPost, rules, clock };
  return [
    digestHandler({ ...sending, draw: draw.digest }),
    ...tellHandlers({ ...sending, connectionOf, ...drawnFor(desk, draw) }),
    ...stopCardHandlers({ desk, courier, mayPost, draw: drawStop(draw) }),
    retireCardHandler(sending),
    retireDigestHandler(sending),
    bringCardsHandler(executor),
    lookWhoReadsHandler({ executor, guests }),
    showCardHandler({ ...sending, draw: draw.post, guests, tenantId }),
  ];
}
