import { canonical, type Json } from './core/json.ts';
import { neverTwiceAtOnce } from './core/one-at-a-time.ts';
import { crier } from './core/context.ts';
import type { Blobs } from './core/blobs.ts';
import { createExecutor, readableState, type Executor } from './core/execute.ts';
import { unlessNewer } from './core/forms.ts';
import type { BoundHandler } from './core/handler.ts';
import { aggregate, bind, type Aggregate } from './core/registry.ts';
import type { Store } from './core/store.ts';
import { seconds, type Millis } from './core/time.ts';
import {
  blockAccount,
  recordRead,
  stopInForce,
  tellOfficers,
  watchAccount,
  type Connection,
} from './dispatch/access.ts';
import {
  accountId,
  accountKind,
  freeAllSlots,
  writeAccountAnew,
  freeSlot,
  forgetLast,
  noteLast,
  holdAccount,
  resumeAccount,
  stopAccount,
  takeAccount,
  takeSlot,
} from './dispatch/account.ts';
import { watchHandler } from './dispatch/watch.ts';
import type { Log } from './logging.ts';
import { readLinkCard } from './media/link-card.ts';
import { openLink, type LinkOpened } from './media/linked.ts';
import { byHand } from './networks/by-hand.ts';
import type { Network } from './networks/network.ts';
import { pageAggregate } from './networks/website/page.ts';
import { newsCard } from './networks/website/news-card.ts';
import { readPages, type Pages } from './networks/website/pages.ts';
import { websiteNetwork } from './networks/website/website.ts';
import { createOutbox, type Outbox } from './outbox/outbox.ts';
import { personHandlers } from './people/handlers.ts';
import { signInAnew } from './people/sign-in.ts';
import {
  hearNobodyHere,
  noteProtocol,
  loseChat,
  meet,
  personDocument,
  personKind,
  reportOther,
  setAway,
} from './people/person.ts';
import { fileCame, fileComes } from './people/file-coming.ts';
import { photoCame, photoSettled, wordsCame } from './people/photo.ts';
import { answerPlace, closePlace, digestShown, makeRoom, placeKind, usePlace } from './people/place.ts';
import { membersChanged, rosterKind } from './people/roster.ts';
import { isOurs } from './posts/effects/look.ts';
import { postHandlers } from './posts/handlers.ts';
import { postAggregates } from './posts/index.ts';
import { stopOf } from './posts/stopped.ts';
import type { DeskRules } from './posts/post.ts';
import { namesAggregate, noteNames } from './protocol/former.ts';
import { keepVersion, lookThroughHandler, protocolAggregate } from './protocol/kept.ts';
import type { AccountEntry, Protocol } from './protocol/protocol.ts';
import type { TakeTurn } from './teams/adapter.ts';
import { createBot } from './teams/bot.ts';
import { bringCardsHandler } from './teams/bring-cards.ts';
import { lookWhoReadsHandler } from './teams/look-who-reads.ts';
import { budgetCommands, budgetKind, createConversationBudget } from './teams/budget.ts';
import type { Courier } from './teams/courier.ts';
import type { Desk } from './teams/desk.ts';
import { digestHandler } from './teams/digest.ts';
import { chosenPlaces, createGuests } from './teams/guests.ts';
import { createDraw } from './teams/draw.ts';
import { nobodyHere } from './teams/lists.ts';
import { pausing } from './teams/pausing.ts';
import { tellHandlers } from './teams/tell.ts';
import { retireCardHandler, retireDigestHandler } from './teams/retire-card.ts';
import { showCardHandler } from './teams/show-card.ts';
import { createDirectory } from './teams/who.ts';
import { askUnder, catchUpWithEarlier, postsBy, postsOf } from './posts/every-post.ts';

/** The features' aggregates: a feature that goes takes its line with it. */
export const aggregates: readonly Aggregate<DeskRules>[] = [
  ...postAggregates,
  aggregate(accountKind, [
    bind(takeSlot),
    bind(takeAccount),
    bind(freeSlot),
    bind(noteLast),
    bind(forgetLast),
    bind(freeAllSlots),
    bind(writeAccountAnew),
    bind(holdAccount),
    bind(stopAccount),
    bind(resumeAccount),
    bind(watchAccount),
    bind(blockAccount),
    bind(recordRead),
    bind(tellOfficers),
  ]),
  aggregate(personKind, [
    bind(meet),
    bind(setAway),
    bind(photoCame),
    bind(wordsCame),
    bind(photoSettled),
    bind(fileComes),
    bind(fileCame),
    bind(reportOther),
    bind(loseChat),
    bind(hearNobodyHere),
    bind(noteProtocol),
    bind(signInAnew),
  ]),
  aggregate(placeKind, [
    bind(usePlace),
    bind(closePlace),
    bind(answerPlace),
    bind(makeRoom),
    bind(digestShown),
  ]),
  aggregate(rosterKind, [bind(membersChanged)]),
  aggregate(budgetKind, budgetCommands),
  pageAggregate(),
  protocolAggregate(),
  namesAggregate(),
];

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
  /** when this process began, before which its forerunner died; absent: when it is built */
  readonly startedAt?: Millis;
  /** milliseconds of a clock that nobody sets; the system's when absent */
  readonly monotonic?: () => Millis;
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
  readonly networkOf: (account: AccountEntry, executor: Executor) => Network;
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
  /** writes what is only in memory; after the outbox has stopped */
  readonly flush: () => Promise<void>;
  readonly close: () => void;
}

/** How often another process's word on who is away is read, where the store is shared. */
const awayEvery = seconds(10);

/** Builds the application over its parts. Nothing runs before the outbox is started. */
export async function createApp(parts: AppParts): Promise<App> {
  const { store, protocol, clock, log } = parts;
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
  await watchAccounts(executor, protocol);
  await askUnder(executor, protocol);
  await notePeople(executor, Object.keys(rules.earlier?.people ?? {}));

  const pages = readPages(store);
  const website = websiteNetwork({
    execute: async (call) => await executor.execute(call),
    pages,
    publicUrl: parts.publicUrl,
  });
  const networkOf = adapters(protocol, {
    website,
    'by-hand': byHand,
    of: (account) => parts.networkOf(account, executor),
  });

  const budget = createConversationBudget({
    executor,
    clock,
    log,
    ...(parts.startedAt === undefined ? {} : { startedAt: parts.startedAt }),
  });
  const courier = pausing(parts.courier, budget, clock);
  const mayPost = async (conversationId: string): Promise<{ wait: Millis } | undefined> => {
    const taken = await budget.take(conversationId);
    return taken.go ? undefined : { wait: Math.max(taken.waitUntil - clock(), 1) };
  };
  const directory = createDirectory({ executor, courier, rules: () => rules });
  const connectionOf = parts.connectionOf ?? ((): Connection => ({ is: 'connected' }));
  const networks = [...new Set(Object.values(protocol.accounts).map(({ network }) => network))];
  const desk: Desk = {
    executor,
    connectionOf,
    measure: async (account, remote, signal) => await networkOf(account)?.measure?.(remote, signal),
    rules: () => rules,
    clock,
    files: {
      keep: async (file) => {
        const { keepFile } = await import('./media/files.ts');
        return await keepFile(file, parts, networks);
      },
      behind: parts.openLink ?? openLink,
    },
    pageBehind: async (address, hosts) =>
      await readLinkCard(address, hosts, {
        blobs: parts.blobs,
        own: async (url) => {
          const card = await newsCard(pages, parts.publicUrl(), url);
          if (card?.picture === undefined)
            return card === undefined ? undefined : { ...card, picture: undefined };
          return { ...card, picture: await parts.blobs.get(card.picture) };
        },
        ...(parts.openLink === undefined ? {} : { open: parts.openLink }),
      }),
    roster: {
      members: async (where) => {
        const told = await courier.members(
          { kind: 'teams-channel', ...where },
          AbortSignal.timeout(seconds(15)),
        );
        if (!told.sent) throw new Error('Teams did not tell who is in the Teams channel');
        return told.members;
      },
    },
  };
  const unreached = async (): Promise<readonly string[]> => await withoutChat(executor, protocol);
  const draw = createDraw({
    desk,
    stopOf: async (post) => await stopOf(post, desk),
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
  const handlers: readonly BoundHandler[] = [
    ...postHandlers({
      executor,
      networkOf,
      rules: () => rules,
      clock,
      startedAt: parts.startedAt ?? clock(),
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
    flush: async () => await budget.flush(),
    close: () => {
      away.close();
    },
  };
}

/** Counts the turns that people wait for. */
function turnsUnderWay(): {
  readonly underWay: () => boolean;
  readonly counted: (take: TakeTurn) => TakeTurn;
} {
  let count = 0;
  return {
    underWay: () => count > 0,
    counted: (take) => async (incoming) => {
      count += 1;
      try {
        return await take(incoming);
      } finally {
        count -= 1;
      }
    },
  };
}

/** Reads who is away, and again whenever somebody goes or comes back, in this process or another. */
async function followAway({
  executor,
  protocol,
  log,
  heard,
}: {
  readonly executor: Executor;
  readonly protocol: Protocol;
  readonly log: Log;
  readonly heard: (away: DeskRules['away']) => void;
}): Promise<{ readonly read: () => Promise<void>; readonly close: () => void }> {
  const read = neverTwiceAtOnce(async () => {
    const away: Record<string, Millis> = {};
    for (const person of Object.keys(protocol.people)) {
      const state = await readableState(executor, personKind, personDocument(person));
      if (state?.awayUntil !== undefined) away[person] = state.awayUntil;
    }
    heard(away);
  });
  const again = (): void =>
    void read().catch((fault: unknown) => log.fault('could not read who is away', fault));
  await read();
  const stopListening = executor.onCommit(({ kind }) => {
    if (kind === personKind.kind) again();
  });
  const timer = executor.store.shared ? setInterval(again, awayEvery) : undefined;
  timer?.unref();
  return {
    read,
    close: () => {
      stopListening();
      clearInterval(timer);
    },
  };
}

/** Whoever has left the protocol, or is back in it, gets their cards drawn so, of all that any version has had. */
async function notePeople(executor: Executor, people: readonly string[]): Promise<void> {
  await Promise.all(
    people.map(
      async (person) =>
        await unlessNewer(
          executor.execute({
            command: noteProtocol.name,
            id: personDocument(person),
            params: { person },
            actor: crier,
          }),
          undefined,
        ),
    ),
  );
}

/** Frees what a former process held of every account, and stops those that are new while everything is stopped. */
async function watchAccounts(executor: Executor, protocol: Protocol): Promise<void> {
  const accounts = Object.keys(protocol.accounts);
  const known = accounts.map(
    async (account) => await readableState(executor, accountKind, accountId(account)),
  );
  const stopped = stopInForce(await Promise.all(known));
  // Side by side, so that they share their commits: each alone would wait for the disk.
  await Promise.all(
    accounts.map(async (account) => {
      const id = accountId(account);
      const give = async (command: string, params: Json): Promise<unknown> =>
        await unlessNewer(executor.execute({ command, id, params, actor: crier }), undefined);
      if (!executor.store.shared) await give('account.free-all-slots', {});
      await give('account.watch', { account, ...(stopped === undefined ? {} : { stopped }) });
    }),
  );
}

/** @returns the adapter of an account. It keeps its session, so each account has one for the life of the process. */
function adapters(
  protocol: Protocol,
  make: Readonly<Record<'website' | 'by-hand', Network>> & {
    readonly of: (account: AccountEntry) => Network;
  },
): (id: string) => Network | undefined {
  const made = new Map<string, Network>();
  return (id) => {
    const account = protocol.accounts[id];
    if (account === undefined) return undefined;
    const { network } = account;
    const adapter =
      made.get(id) ?? (network === 'website' || network === 'by-hand' ? make[network] : make.of(account));
    made.set(id, adapter);
    return adapter;
  };
}

/** People of the protocol who have no chat with Crier yet. */
async function withoutChat(executor: Executor, protocol: Protocol): Promise<readonly string[]> {
  const chats = await Promise.all(
    Object.keys(protocol.people).map(async (person) => ({
      person,
      known: await unlessNewer(executor.load(personKind, personDocument(person)), null),
    })),
  );
  // Whom only a newer release knows is reached by that.
  return chats
    .filter(({ known }) => known !== null && known?.state.chat === undefined)
    .map(({ person }) => person);
}
