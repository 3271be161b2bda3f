import { createDesk } from './app/desk.ts';
import { handlersOf } from './app/handlers.ts';
import { rulesInForce } from './app/rules-in-force.ts';
import { watchWork, type AtWork } from './core/at-work.ts';
import type { Blobs } from './core/blobs.ts';
import { createExecutor, type Executor } from './core/execute.ts';
import { createOutliving, type Outliving } from './core/outliving.ts';
import { aggregate, type Aggregate } from './core/registry.ts';
import type { Store } from './core/store.ts';
import { seconds, type Later, type Millis } from './core/time.ts';
import type { Connection } from './dispatch/access.ts';
import { accountAggregate } from './dispatch/index.ts';
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
import { withoutChat } from './people/every-person.ts';
import { peopleAggregates } from './people/index.ts';
import { postAggregates } from './posts/index.ts';
import type { DeskRules } from './posts/post.ts';
import { stopOnCard } from './posts/stopping/stopped.ts';
import { namesAggregate } from './protocol/former.ts';
import { protocolAggregate } from './protocol/kept.ts';
import type { AccountEntry, Protocol } from './protocol/protocol.ts';
import { type TakeTurn, turnsUnderWay } from './teams/adapter.ts';
import { besideAnswers } from './teams/beside.ts';
import { createBot } from './teams/bot.ts';
import { budgetCommands, budgetKind, createConversationBudget } from './teams/budget.ts';
import { type Courier, pausing } from './teams/courier.ts';
import { createDraw } from './teams/draw.ts';
import { inUse } from './people/place.ts';
import { chosenPlaces, createGuests } from './teams/guests.ts';
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
  const inForce = rulesInForce(protocol);
  const rules = inForce.now;
  const executor = createExecutor<DeskRules>({
    store,
    aggregates: [...aggregates, ...(parts.beside ?? [])],
    clock,
    protocol: rules,
    auditKey: parts.auditKey,
    randomId: parts.randomId,
  });
  const away = await inForce.begin(executor, log);

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
  const directory = createDirectory({ executor, courier, rules, beside: besideAnswers(log) });
  const connectionOf = parts.connectionOf ?? ((): Connection => ({ is: 'connected' }));
  const desk = createDesk({
    ...parts,
    executor,
    rules,
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
  const handlers = handlersOf({
    desk,
    networkOf,
    courier,
    mayPost,
    draw,
    guests,
    readAway: away.read,
    stoodStill: work.stoodStill,
    monotonic,
    tenantId: parts.tenantId,
  });
  const turns = turnsUnderWay();
  const outbox = createOutbox({
    executor,
    handlers: [...handlers, ...bot.handlers],
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
    rules,
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
