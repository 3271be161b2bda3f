import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { accountsOf } from './accounts-of.ts';
import { createApp } from './app.ts';
import { explainFaults, parseConfig, type Config } from './config.ts';
import { createAnchorer } from './core/anchors.ts';
import { watchWork } from './core/at-work.ts';
import { seconds } from './core/time.ts';
import { connectedAggregates } from './connected.ts';
import { parseCredentials, withRehearsed, type Credentials } from './credentials.ts';
import { draftsOf } from './drafts.ts';
import { keepHeapShort } from './heap-room.ts';
import { createLog, type Log } from './logging.ts';
import { postKind } from './posts/kind.ts';
import { readEntries } from './networks/rehearsal/entries.ts';
import { rehearsalAggregates } from './networks/rehearsal/entry.ts';
import { openBlobs } from './open-blobs.ts';
import { checkOurs, noteUse, openStore } from './open-store.ts';
import { formatFaults } from './words/protocol-faults.ts';
import { parseProtocol } from './protocol/parse.ts';
import type { Protocol } from './protocol/protocol.ts';
import { randomIds } from './random-ids.ts';
import { rehearsalOf } from './rehearsal.ts';
import { anchorFolder } from './store/anchor-file.ts';
import { anchorRegularly } from './store/anchoring.ts';
import { auditKeyFrom } from './store/audit-key.ts';
import { makeFolder } from './store/folder.ts';
import { beginThread, type Written } from './store/sqlite-writes.ts';
import { createTeamsAdapter } from './teams/adapter.ts';
import { createCourier } from './teams/courier.ts';
import type { MediaReader } from './web/media.ts';
import { mountMessages } from './web/messages.ts';
import { watchAnswering } from './web/end-answering.ts';
import { createWebServer, type Mount } from './web/server.ts';
import { secretName, variablesOf } from './vault.ts';
import { startLines } from './words/start-lines.ts';
import { sayAlsoSecret, sayCannotKeep, sayCannotListen } from './words/start.ts';
import { codeOf } from './core/code-of.ts';

/** How long a stop waits for what is in hand. */
const stopWithin = seconds(20);
/** How long a stop lets those who are being answered have their answer. A body that comes slowly does not hold it up. */
const answerWithin = seconds(5);
/** So often this process says that it is at work. */
const seenEvery = seconds(10);
/** So long the look for what was not anchored rests after each page: several instances begin it about a minute after a start. */
const sweepRest = seconds(0.5);

await start();

async function start(): Promise<void> {
  const parsed = parseConfig(process.env);
  const thread = parsed.ok && parsed.config.store.kind === 'sqlite' ? beginThread() : undefined;
  const read = await readProtocol(parsed.ok ? parsed.config.protocol : parsed.protocol);
  if (!parsed.ok) {
    const ofAccounts =
      read.ok && parsed.accountsInVariables
        ? parseCredentials(process.env, read.protocol.accounts)
        : undefined;
    give(explainFaults([...parsed.faults, ...(ofAccounts?.ok === false ? ofAccounts.faults : [])]));
  }
  if (!read.ok) give(read.words);
  if (!parsed.ok || !read.ok) return;
  const { config } = parsed;
  const { protocol } = read;
  const secrets = await variablesOf(config, protocol, process.env).catch((fault: unknown) => {
    give(sayNoStart(fault));
    return undefined;
  });
  if (secrets === undefined) return;
  const alsoAs =
    config.vault === undefined ? undefined : (variable: string) => sayAlsoSecret(secretName(variable));
  const spoken = parseCredentials(secrets, protocol.accounts, alsoAs);
  if (!spoken.ok) return give(explainFaults(spoken.faults));
  // In a rehearsal every account rehearses: nothing has to be said of one.
  const rehearsed: ReadonlySet<string> = config.mode === 'rehearsal' ? new Set() : spoken.rehearsed;
  await run(config, withRehearsed(protocol, rehearsed), spoken.credentials, thread).catch(
    (fault: unknown) => {
      give(sayNoStart(fault));
    },
  );
}

/** A sentence about a fault of the start. */
function sayNoStart(fault: unknown): string {
  return `Crier could not start. ${fault instanceof Error ? fault.message : 'The reason is not known.'}`;
}

/** Ends the process with a sentence about what to put right. */
function give(words: string): void {
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
}

async function readProtocol(
  file: string,
): Promise<
  { readonly ok: true; readonly protocol: Protocol } | { readonly ok: false; readonly words: string }
> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    const words = `The protocol file ${file} can not be read. Give CRIER_PROTOCOL the path of yours.`;
    return { ok: false, words };
  }
  const parsed = parseProtocol(text);
  return parsed.ok ? parsed : { ok: false, words: formatFaults(parsed.faults, file) };
}

/** What is kept of the council's: opened, and sure to be this council's and of this mode. */
async function openKept(config: Config, protocol: Protocol, thread: Written | undefined) {
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
  const store = await openStore(config, protocol, process.pid, thread);
  await checkOurs(store, auditKey, config);
  return { auditKey, blobs, store };
}

async function run(
  config: Config,
  protocol: Protocol,
  credentials: ReadonlyMap<string, Credentials>,
  thread: Written | undefined,
): Promise<void> {
  const log = createLog({ level: config.logLevel });
  for (const { variable, problem } of config.warnings) process.stderr.write(`${variable} ${problem}\n`);
  const { auditKey, blobs, store } = await openKept(config, protocol, thread);
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

  const started = startLines({
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
  process.stdout.write(`${started.join('\n')}\n`);

  stopWhenAsked(log, async () => {
    endAnchoring();
    await Promise.all([answering.end(answerWithin), app.outbox.stop({ within: stopWithin })]);
    const { left } = await app.flush();
    if (left > 0) log.error('stopped though something had not ended', { count: left });
    await anchorer.take();
    app.close();
    await store.close();
  });
  // Not before: at the start nearly all that is loaded stays, and looking for garbage in it takes time alone.
  keepHeapShort();
  // Last: whoever is told may stop it at once.
  process.send?.({ ready: true, port });
}

/** Ends the process in good order, once: when the system asks for it, or when whoever started it is gone. */
function stopWhenAsked(log: Log, end: () => Promise<void>): void {
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { signal });
    await end();
    log.info('stopped', { signal });
    // Whoever started this process may be gone, and its channel with it.
    if (process.connected) process.disconnect?.();
    process.exitCode = 0;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      void stop(signal).catch((fault: unknown) => {
        log.fault('the stop failed', fault);
        process.exit(1);
      });
    });
  }
  // Whoever started this process is gone: nobody is left to stop it later.
  process.on('disconnect', () => void stop('disconnect'));
}
