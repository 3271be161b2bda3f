import { createDesk } from './app/desk.ts';
import { followAway } from './app/follow-away.ts';
import { watchWork, type AtWork } from './core/at-work.ts';
import type { Blobs } from './core/blobs.ts';
import { crier } from './core/context.ts';
import { createExecutor, type Executor } from './core/execute.ts';
import type { BoundHandler } from './core/handler.ts';
import { canonical } from './core/json.ts';
import { createOutliving, type Outliving } from './core/outliving.ts';
import { aggregate, type Aggregate } from './core/registry.ts';
import type { Store } from './core/store.ts';
import { seconds, type Later, type Millis } from './core/time.ts';
import type { Connection } from './dispatch/access.ts';
import { watchAccounts } from './dispatch/every-account.ts';
import { accountAggregate } from './dispatch/index.ts';
import { watchHandler } from './dispatch/watch.ts';
import type { Log } from './logging.ts';
import type { LinkOpened } from './media/linked.ts';
import { byHand } from './networks/by-hand.ts';
import type { Network } from './networks/network.ts';
import { networksOf } from './networks/of-accounts.ts';
import { pageAggregate } from './networks/website/page.ts';
import { readPages, type Pages } from './networks/website/pages.ts';
import { websiteNetwork } from './networks/website/website.ts';
import { afterTimeout } from './outbox/after-timeout.ts';
import { createOutbox, type Outbox } from './outbox/outbox.ts';
import { notePeople, withoutChat } from './people/every-person.ts';
import { personHandlers } from './people/handlers.ts';
import { peopleAggregates } from './people/index.ts';
import { hearOfHeld, personDocument } from './people/person.ts';
import { stopCardsId, stopChanged } from './people/stop-cards.ts';
import { isOurs } from './posts/effects/look.ts';
import { askUnder, catchUpWithEarlier, postsBy, postsOf } from './posts/deciding/every-post.ts';
import { postHandlers } from './posts/handlers.ts';
import { postAggregates } from './posts/index.ts';
import type { DeskRules } from './posts/post.ts';
import { stopOnCard } from './posts/stopping/stopped.ts';
import { namesAggregate, noteNames } from './protocol/former.ts';
import { keepVersion, lookThroughHandler, protocolAggregate } from './protocol/kept.ts';
import type { AccountEntry, Protocol } from './protocol/protocol.ts';
import { type TakeTurn, turnsUnderWay } from './teams/adapter.ts';
import { besideAnswers } from './teams/beside.ts';
import { createBot } from './teams/bot.ts';
import { bringCardsHandler } from './teams/bring-cards.ts';
import { budgetCommands, budgetKind, createConversationBudget } from './teams/budget.ts';
import { type Courier, pausing } from './teams/courier.ts';
import { digestHandler } from './teams/digest.ts';
import { heldFor } from './teams/held-for.ts';
import { lateFor } from './teams/late-for.ts';
import { whatLeft } from './teams/stopping/on-its-way.ts';
import { emergencyHeld, stopCardHandlers, toldOfStop } from './teams/stopping/stop-cards.ts';
import type { StopAnswer } from './teams/cards/stop-card.ts';
import { createDraw } from './teams/draw.ts';
import { inUse } from './people/place.ts';
import { chosenPlaces, createGuests } from './teams/guests.ts';
import { nobodyHere, waitingWithout } from './teams/lists.ts';
import { lookWhoReadsHandler } from './teams/look-who-reads.ts';
import { retireCardHandler, retireDigestHandler } from './teams/retire-card.ts';
import { showCardHandler } from './teams/show-card.ts';
import { tellHandlers } from './teams/tell.ts';
import { createDirectory } from './teams/who.ts';

/** The features' aggregates: a feature that goes takes its line with it. */
export const aggregates: readonly Aggregate<DeskRules>[] = [
  ...postAggregates,
  accountAggregate,
  ...peopleAggregates,
  aggregate(budgetKind, budgetCommands),
  pageAggregate(),
  protocolAggregate(),
  namesAggregate(),
];

/** So long a stop waits for what goes on after its call: longer than any of it lasts, which is a minute. */
const longestOutliving = seconds(65);

/** What the application is built from; whoever starts it chooses the real parts. */
export interface AppParts {
  readonly store: Store;
  readonly blobs: Blobs;
  /** a folder of this machine in which a video waits while it is looked at; nothing stays there */
  readonly waiting: string;
  readonly courier: Courier;
  readonly protocol: Protocol;
  readonly auditKey: Uint8Array;
  readonly clock: () => Millis;
  readonly randomId: () => string;
  readonly random: () => number;
  /** since when, and when not, this process has been at work; absent: since it is built */
  readonly work?: AtWork;
  /** milliseconds of a clock that nobody sets; the system's when absent */
  readonly monotonic?: () => Millis;
  /** calls back after so many milliseconds, and gives how to stop that; the system's time when absent */
  readonly later?: Later;
  /** names this process */
  readonly owner: string;
  /** where the public reaches the news site, without a slash at the end */
  readonly publicUrl: () => string;
  /** an address from which a Teams client can fetch a picture that is not public yet */
  readonly mediaUrl: (hash: string, now: Millis) => string;
  /** an address from which a Teams client can fetch what an account would show of a frozen plan */
  readonly lookUrl?: (of: { post: string; plan: string; account: string }, now: Millis) => string;
  /** the page on which one person is everybody, in a rehearsal */
  readonly playedAt?: () => string;
  /** makes the adapter of an account that is not the website's; asked for once per account */
  readonly networkOf: (account: AccountEntry, executor: Executor, outliving: Outliving) => Network;
  /** how Crier speaks for an account that is not the website's; connected when absent */
  readonly connectionOf?: (account: AccountEntry) => Connection;
  /** the council's tenant; undefined in rehearsal */
  readonly tenantId: string | undefined;
  readonly log: Log;
  /** opens the file behind a link of one of these hosts; the real way when absent */
  readonly openLink?: (address: string, hosts: readonly string[]) => Promise<LinkOpened>;
  /** how long files may take before whoever sent them hears that they are on their way; some seconds when absent */
  readonly filesWithin?: Millis;
  /** other kinds and effects that stand beside the features, such as a rehearsal's timelines */
  readonly beside?: readonly Aggregate<DeskRules>[];
}

export interface App {
  readonly executor: Executor;
  readonly outbox: Outbox;
  /** runs the turn of one activity that may be trusted */
  readonly takeTurn: TakeTurn;
  readonly pages: Pages;
  readonly rules: () => DeskRules;
  /** people of the protocol who have no chat with Crier yet */
  readonly unreached: () => Promise<readonly string[]>;
  /** the departments, or `desk`, for which a Teams channel is in use */
  readonly channels: () => Promise<readonly string[]>;
  /**
   * Waits for what goes on after its call, and writes what is only in memory; after the outbox has stopped.
   * @returns how much did not end
   */
  readonly flush: () => Promise<{ readonly left: number }>;
  readonly close: () => void;
}

/** Builds the application over its parts. Nothing runs before the outbox is started. */
export async function createApp(parts: AppParts): Promise<App> {
  const { protocol, clock, log } = parts;
  const work = parts.work ?? watchWork(clock, clock());
  const store = work.over(parts.store);
  const monotonic = parts.monotonic ?? (() => performance.now());
  let rules: DeskRules = { ...protocol, away: {} };
  const executor = createExecutor<DeskRules>({
    store,
    aggregates: [...aggregates, ...(parts.beside ?? [])],
    clock,
    protocol: () => rules,
    auditKey: parts.auditKey,
    randomId: parts.randomId,
  });

  // Before anything is decided under it.
  await keepVersion(executor, protocol);
  rules = { ...rules, earlier: await noteNames(executor, protocol) };

  const away = await followAway({
    executor,
    protocol,
    log,
    heard: (away) => {
      // What was worked out from the rules is kept for as long as they are the same.
      if (canonical(away) !== canonical(rules.away)) rules = { ...rules, away };
    },
  });
  // Side by side, so that they share their commits.
  await Promise.all([
    watchAccounts(executor, protocol),
    askUnder(executor, protocol),
    notePeople(executor, Object.keys(rules.earlier?.people ?? {})),
  ]);

  const pages = readPages(store);
  const website = websiteNetwork({
    execute: async (call) => await executor.execute(call),
    pages,
    publicUrl: parts.publicUrl,
  });
  const outliving = createOutliving((account, fault) => {
    log.fault('what went on after its call failed', fault, { account });
  }, afterTimeout);
  const networkOf = networksOf(protocol, {
    website,
    'by-hand': byHand,
    of: (account) => parts.networkOf(account, executor, outliving.of(account.id)),
  });

  const budget = createConversationBudget({ executor, clock, log, startedAt: work.startedAt });
  const courier = pausing(parts.courier, budget, clock);
  const mayPost = async (conversationId: string): Promise<{ wait: Millis } | undefined> => {
    const taken = await budget.take(conversationId);
    return taken.go ? undefined : { wait: Math.max(taken.waitUntil - clock(), 1) };
  };
  const directory = createDirectory({ executor, courier, rules: () => rules, beside: besideAnswers(log) });
  const connectionOf = parts.connectionOf ?? ((): Connection => ({ is: 'connected' }));
  const desk = createDesk({
    ...parts,
    executor,
    rules: () => rules,
    connectionOf,
    networkOf,
    courier,
    log,
    pages,
  });
  const unreached = async (): Promise<readonly string[]> => await withoutChat(executor, protocol);
  const draw = createDraw({
    desk,
    stopOf: async (post) => await stopOnCard(post, desk),
    unreached,
    places: async () => await chosenPlaces(executor),
    mediaUrl: parts.mediaUrl,
    ...(parts.lookUrl === undefined ? {} : { lookUrl: parts.lookUrl }),
    ...(parts.playedAt === undefined ? {} : { playedAt: parts.playedAt }),
  });
  const guests = createGuests(courier, clock);
  const bot = createBot({
    desk,
    guests,
    directory,
    courier,
    mayPost,
    draw,
    log,
    ...(parts.filesWithin === undefined ? {} : { filesWithin: parts.filesWithin }),
  });
  const onStopCard = (person: string) => async (stop: StopAnswer) =>
    await draw.reply({ show: 'stop', stop }, { kind: 'person', person });
  const handlers: readonly BoundHandler[] = [
    ...postHandlers({
      executor,
      networkOf,
      rules: () => rules,
      clock,
      hearOfStop: async (person, about, review) => {
        const call = {
          command: hearOfHeld.name,
          id: personDocument(person),
          params: { about, ...(review === undefined ? { atOnce: true } : { review }) },
        };
        await executor.execute({ ...call, actor: crier });
      },
      stopChanged: async (at) => {
        const call = { command: stopChanged.name, id: stopCardsId, params: { at } };
        await executor.execute({ ...call, actor: crier });
      },
      stoodStill: work.stoodStill,
      monotonic,
    }),
    watchHandler({ networkOf, isOurs: async (account, id) => await isOurs(executor, account, id) }),
    ...personHandlers(executor, {
      refresh: away.read,
      postsOf: (person) => postsOf(executor, person),
      postsBy: (person) => postsBy(executor, person),
    }),
    ...bot.handlers,
    digestHandler({ executor, courier, draw: draw.digest, mayPost }),
    ...tellHandlers({
      executor,
      courier,
      mayPost,
      rules: () => rules,
      clock,
      connectionOf,
      nobodyHere: async (person) => {
        const list = await nobodyHere(person, desk);
        return list.total === 0
          ? undefined
          : await draw.reply({ show: 'list', list }, { kind: 'person', person });
      },
      ofHeld: async (person, about, toHear) => {
        const held =
          about === 'late' ? await lateFor(person, toHear, desk) : await heldFor(person, about, toHear, desk);
        if (held === undefined) return undefined;
        if ('text' in held) return { content: held };
        return await toldOfStop(held, onStopCard(person), desk);
      },
      ofEmergency: async (person, held) =>
        await toldOfStop(await emergencyHeld(held, desk), onStopCard(person), desk, held.post.id),
      whatLeft: async (person, parts) => {
        const { sent, isKnown } = await whatLeft(parts, desk);
        const shown = { show: 'stop', stop: { is: 'what-left', sent } } as const;
        return { content: await draw.reply(shown, { kind: 'person', person }), isKnown };
      },
      welcomeBack: async (person) => {
        const { waiting, left } = await waitingWithout({ person, now: clock() }, null, desk);
        return waiting === 0
          ? undefined
          : await draw.reply(
              { show: 'away', person, until: null, waiting, left },
              { kind: 'person', person },
            );
      },
    }),
    ...stopCardHandlers({
      desk,
      courier,
      mayPost,
      draw: async (stop, person) =>
        await draw.reply(
          { show: 'stop', stop },
          person === undefined ? { kind: 'everybody' } : { kind: 'person', person },
        ),
    }),
    retireCardHandler({ executor, courier, mayPost, rules: () => rules }),
    retireDigestHandler({ executor, courier, mayPost, rules: () => rules }),
    bringCardsHandler(executor),
    lookThroughHandler(async () => await catchUpWithEarlier(executor)),
    lookWhoReadsHandler({ executor, guests }),
    showCardHandler({
      executor,
      courier,
      draw: draw.post,
      mayPost,
      guests,
      rules: () => rules,
      clock,
      tenantId: parts.tenantId,
    }),
  ];
  const turns = turnsUnderWay();
  const outbox = createOutbox({
    executor,
    handlers,
    log,
    owner: parts.owner,
    randomId: parts.randomId,
    random: parts.random,
    busy: turns.underWay,
    monotonic,
    ...(parts.later === undefined ? {} : { later: parts.later }),
    // Most of a run is waiting, for Teams and for the disk; an account's slots bound what goes to a network.
    concurrency: 64,
  });
  return {
    executor,
    outbox,
    takeTurn: turns.counted(bot.takeTurn),
    pages,
    rules: () => rules,
    unreached,
    channels: async () =>
      (await chosenPlaces(executor)).flatMap((place) => (inUse(place) === undefined ? [] : [place.of])),
    flush: async () => {
      const ended = await outliving.end(longestOutliving);
      await budget.flush();
      return ended;
    },
    close: () => {
      away.close();
    },
  };
}
