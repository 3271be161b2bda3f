import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { accountsOf } from './accounts-of.ts';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { createAnchorer } from './core/anchors.ts';
import { watchWork } from './core/at-work.ts';
import { seconds } from './core/time.ts';
import { connectedAggregates } from './connected.ts';
import type { Credentials } from './credentials.ts';
import { draftsOf } from './drafts.ts';
import type { Log } from './logging.ts';
import { postKind } from './posts/kind.ts';
import { readEntries } from './networks/rehearsal/entries.ts';
import { rehearsalAggregates } from './networks/rehearsal/entry.ts';
import { openBlobs } from './open-blobs.ts';
import { checkOurs, noteUse, openStore } from './open-store.ts';
import type { Protocol } from './protocol/protocol.ts';
import { randomIds } from './random-ids.ts';
import { rehearsalOf } from './rehearsal.ts';
import { anchorFolder } from './store/anchor-file.ts';
import { anchorRegularly } from './store/anchoring.ts';
import { auditKeyFrom } from './store/audit-key.ts';
import { makeFolder } from './store/folder.ts';
import type { Written } from './store/sqlite-writes.ts';
import { createTeamsAdapter } from './teams/adapter.ts';
import { createCourier } from './teams/courier.ts';
import type { MediaReader } from './web/media.ts';
import { mountMessages } from './web/messages.ts';
import { watchAnswering } from './web/end-answering.ts';
import { createWebServer, type Mount } from './web/server.ts';
import { startLines } from './words/start-lines.ts';
import { sayCannotKeep, sayCannotListen } from './words/start.ts';
import { codeOf } from './core/code-of.ts';

/** How long a stop waits for what is in hand. */
const stopWithin = seconds(20);
/** How long a stop lets those who are being answered have their answer. A body that comes slowly does not hold it up. */
const answerWithin = seconds(5);
/** So often this process says that it is at work. */
const seenEvery = seconds(10);
/** So long the look for what was not anchored rests after each page: several instances begin it about a minute after a start. */
const sweepRest = seconds(0.5);

/** What is kept of the council's: opened, and sure to be this council's and of this mode. */
async function openKept(config: Config, protocol: Protocol, thread: Written | undefined, pid: number) {
  for (const [variable, folder] of [
    ['CRIER_DATA', config.data],
    ['CRIER_ANCHORS', config.anchors],
  ] as const) {
    await makeFolder(folder).catch((fault: unknown) => {
      throw new Error(sayCannotKeep(variable, folder), { cause: fault });
    });
  }
  const auditKey = auditKeyFrom(config.auditKey);
  // Before the store, which has to be closed again when something after it does not open.
  const blobs = await openBlobs(config);
  const store = await openStore(config, protocol, pid, thread);
  await checkOurs(store, auditKey, config);
  return { auditKey, blobs, store };
}

/** What a process was told and has read, of which all of Crier is built. */
export interface Told {
  readonly config: Config;
  readonly protocol: Protocol;
  readonly credentials: ReadonlyMap<string, Credentials>;
  /** a thread that can write, where the store is SQLite */
  readonly thread: Written | undefined;
  readonly log: Log;
  /** the process's number, by which a second start names the first */
  readonly pid: number;
}

/** Crier at work. */
export interface Serving {
  readonly port: number;
  /** what is real and what rehearses, in lines for whoever started it */
  readonly lines: readonly string[];
  /** Finishes or hands back what is in hand, then closes everything. */
  readonly end: () => Promise<void>;
}

/**
 * Builds everything and listens.
 * @throws an Error in words for whoever starts it where the store or the port cannot be had; nothing stays open then
 */
export async function serve({ config, protocol, credentials, thread, log, pid }: Told): Promise<Serving> {
  const { auditKey, blobs, store } = await openKept(config, protocol, thread, pid);
  const keyFor = (use: string) => createHmac('sha256', auditKey).update(use).digest();
  const clock = Date.now;
  const work = watchWork(clock, Math.floor(performance.timeOrigin));
  const randomId = randomIds();
  const owner = randomId();
  const adapter = createTeamsAdapter(config.teams, log, clock);
  const courier = createCourier({ adapter, log, clock });
  let port = config.port;
  const here = () => `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  // Not before Crier listens: the system may be the one that chooses the port.
  const publicUrl = () => config.publicUrl ?? here();
  const media: MediaReader = {
    read: async (hash) => await blobs.get(hash),
    open: async (hash, part) => await blobs.read(hash, part),
  };
  const drafts = draftsOf({
    protocol,
    media,
    keyFor,
    clock,
    publicUrl,
    load: async (post) => (await app.executor.load(postKind, post))?.state,
  });
  const { networkOf, connectionOf } = accountsOf(config, credentials, {
    blobs,
    clock,
    tokenKey: keyFor('account tokens'),
    mediaAddress: drafts.pictures.shortly,
    publicUrl,
    ...(config.graphVersion === undefined ? {} : { graphVersion: config.graphVersion }),
    here,
  });
  const app = await createApp({
    store,
    blobs,
    waiting: join(config.data, 'media-waiting'),
    courier,
    protocol,
    auditKey,
    clock,
    randomId,
    random: Math.random,
    owner,
    work,
    publicUrl,
    mediaUrl: drafts.pictures.address,
    lookUrl: drafts.looks.address,
    ...(config.mode === 'rehearsal' ? { playedAt: () => `${here()}/rehearsal` } : {}),
    networkOf,
    connectionOf,
    tenantId: config.teams.mode === 'production' ? config.teams.tenantId : undefined,
    log,
    beside: [...rehearsalAggregates, ...(config.mode === 'rehearsal' ? [] : connectedAggregates)],
  });
  const anchorer = createAnchorer({
    executor: app.executor,
    sink: anchorFolder({ folder: config.anchors, ...(store.shared ? { series: owner } : {}) }),
    auditKey,
    rest: async () => await pause(sweepRest, undefined, { ref: false }),
  });
  const rehearsal =
    config.teams.mode === 'rehearsal'
      ? await rehearsalOf(protocol, config.teams.simulatorPort, {
          log,
          executor: app.executor,
          timelines: readEntries(store),
          protocol: app.rules,
          clock,
          randomId,
          port: () => port,
          origin: here,
          publicUrl,
        })
      : undefined;
  const messages: Mount = (server) =>
    mountMessages(server, {
      log,
      process: async (authorization, body) => await adapter.process(authorization, body, app.takeTurn),
      ...(rehearsal === undefined ? {} : { rehearsal: rehearsal.door }),
    });
  const server = createWebServer({
    log,
    clock,
    news: app.pages,
    media,
    council: protocol.council,
    publicUrl,
    ...(config.embedOrigins.length === 0 ? {} : { framedBy: config.embedOrigins }),
    ready: async () => await store.ready(),
    mounts: [
      drafts.pictures.mount,
      drafts.looks.mount,
      messages,
      ...(rehearsal === undefined ? [] : [rehearsal.mount]),
    ],
  });
  const answering = watchAnswering(server.server);
  server.listen(config.port, config.host);
  try {
    await once(server, 'listening');
  } catch (fault) {
    // What was committed so far is old by the next start, and nobody is told twice what stood in the way.
    await anchorer.take().catch(() => undefined);
    app.close();
    await store.close();
    throw new Error(sayCannotListen(codeOf(fault) ?? '', config), { cause: fault });
  }
  const address = server.server.address();
  if (address !== null && typeof address === 'object') port = address.port;
  await noteUse(store, config).catch(async (fault: unknown) => {
    server.close();
    app.close();
    throw fault;
  });
  app.outbox.start();
  setInterval(work.seen, seenEvery).unref();
  const endAnchoring = anchorRegularly(anchorer, app.executor, log);

  const lines = startLines({
    protocol,
    here: here(),
    news: `${config.publicUrl ?? here()}/news`,
    teams: config.teams.mode === 'production' ? 'real' : 'rehearsal',
    store: config.store.kind === 'sqlite' ? `SQLite in ${config.data}` : 'Cosmos DB',
    ...(config.media.kind === 'azure' ? { mediaAt: new URL(config.media.container).host } : {}),
    connectionOf,
    unreached: config.mode === 'production' ? await app.unreached() : [],
    channels: await app.channels(),
  });
  return {
    port,
    lines,
    end: async () => {
      endAnchoring();
      await Promise.all([answering.end(answerWithin), app.outbox.stop({ within: stopWithin })]);
      const { left } = await app.flush();
      if (left > 0) log.error('stopped though something had not ended', { count: left });
      await anchorer.take();
      app.close();
      await store.close();
    },
  };
}
