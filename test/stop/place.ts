import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import nodeSettings from '../../node-settings.json' with { type: 'json' };
import { stateIn } from '../../src/core/forms.ts';
import type { NewDocument, StoreReader } from '../../src/core/store.ts';
import { accountId, accountKind } from '../../src/dispatch/account.ts';
import { councilOf, kinds } from '../../src/kinds.ts';
import { postKind } from '../../src/posts/kind.ts';
import type { PostState } from '../../src/posts/post.ts';
import { parseProtocol } from '../../src/protocol/parse.ts';
import type { Protocol } from '../../src/protocol/protocol.ts';
import { openCosmos } from '../../src/store/cosmos.ts';
import { auditKeyFrom } from '../../src/store/audit-key.ts';
import { openSqliteReadOnly } from '../../src/store/sqlite.ts';
import { activities, boundOf, everybody, fill, objectIdOf, shape } from '../bench/filled.ts';
import { local } from '../contract/store/places.ts';
import { documentsIn } from '../deaths/stored.ts';
import { startConnector } from '../peers/connector.ts';
import { bodyOf } from '../peers/faults.ts';
import { playHosts, type HostHandler } from '../peers/microsoft-proxy.ts';
import { startTokenAuthority } from '../peers/token-authority.ts';
import { memoryOf } from '../process/memory.ts';
import { oneOfMany, playX, type XPeer, type XPeerOptions } from '../peers/x.ts';
import { entra } from '../production/entra.ts';
import { appId, tenantId } from '../teams/door.ts';

/** Many posts on many accounts of X, all due in the same second, and whole processes in production mode to send them. */

export type StoreName = 'sqlite' | 'cosmos';

export interface PlaceOptions {
  readonly store: StoreName;
  readonly posts: number;
  readonly accounts: number;
  readonly instances: number;
  /** the posts are due so many milliseconds after filling them in began, or as soon as everything stands ready */
  readonly dueIn: number;
  readonly x?: XPeerOptions;
}

/** One process of Crier. */
export interface Instance {
  readonly child: ChildProcess;
  /** gives an activity, and resolves when its answer has been seen */
  readonly give: (body: Buffer) => Promise<{ readonly text: string; readonly at: number }>;
  /** its resident memory now, in bytes */
  readonly memory: () => number;
  readonly stop: () => Promise<void>;
}

export interface Place extends AsyncDisposable {
  readonly x: XPeer;
  readonly instances: readonly Instance[];
  /** how the vendors' hosts are reached */
  readonly environment: Readonly<Record<string, string>>;
  readonly due: number;
  readonly say: (person: string, text: string) => Buffer;
  readonly press: (person: string, verb: string, data: Readonly<Record<string, unknown>>) => Buffer;
  /** every post, as it is stored, and when each account was stopped */
  readonly stored: () => Promise<Stored>;
}

export interface Stored {
  readonly posts: readonly PostState[];
  /** when the next that is known to come of a post, beside its cards, falls due, or its run is over: by the post's id */
  readonly due: ReadonlyMap<string, number>;
  readonly stoppedAt: ReadonlyMap<string, number>;
}

const serviceUrl = 'https://smba.trafficmanager.net/uk/';
const cosmosHost = 'crier-council.documents.azure.com';
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const cosmos = fileURLToPath(new URL('indexed-cosmos.ts', import.meta.url));
const secret = 'the-client-secret-of-this-test';
/** Stands in the text that the posts are copied from, where each copy has its own number. */
const mark = 'Section 100000';
const withEffects = z.object({
  effects: z.array(
    z.object({ type: z.string(), due: z.number(), lease: z.object({ until: z.number() }).optional() }),
  ),
});
const accountName = (n: number): string => `x-a${String(n).padStart(2, '0')}`;

async function protocolWith(
  accounts: number,
): Promise<{ readonly text: string; readonly protocol: Protocol }> {
  const sample = await readFile(new URL('../../protocol.yaml', import.meta.url), 'utf8');
  const entries = Array.from(
    { length: accounts },
    (_, n) =>
      `  ${accountName(n)}:\n    network: x\n    name: '@Sefton${String(n)}'\n    owner: desk\n    purpose: News.\n${n === 0 ? '    by-default: true\n' : ''}`,
  );
  const text = sample
    .replace(/^accounts:\n(?:(?: .*)?\n)*?(?=\n?#)/mu, `accounts:\n${entries.join('')}`)
    .replace('officers: [ellen-rimmer, joseph-adeyemi]', 'officers: [ellen-rimmer]')
    // Their training ends long after this test is run.
    .replaceAll(': 2028-', ': 2098-');
  const parsed = parseProtocol(text);
  if (!parsed.ok) throw new Error(`the protocol of this test is wrong: ${JSON.stringify(parsed.faults)}`);
  return { text, protocol: parsed.protocol };
}

/** Fills a store, starts the processes on it, and waits until they answer. */
export async function openPlace(options: PlaceOptions): Promise<Place> {
  const { text, protocol } = await protocolWith(options.accounts);
  const folder = await mkdtemp(join(tmpdir(), 'crier-stop-'));
  const data = join(folder, 'data');
  const protocolFile = join(folder, 'protocol.yaml');
  await writeFile(protocolFile, text);
  const council = councilOf(protocol);
  const names = { database: 'crier', container: 'aggregates' };
  const server = options.store === 'cosmos' ? await startIndexedCosmos() : undefined;
  const shared =
    server === undefined
      ? undefined
      : await openCosmos({ endpoint: server.endpoint, ...local, ...names, kinds, council });

  const key = Buffer.from(auditKeyFrom({ from: 'file', path: join(data, 'audit.key') })).toString('base64');
  const filled = async (): Promise<number> => {
    const from = Date.now();
    const filling = await fill(data, protocol, serviceUrl, shared, () => from);
    const due = Math.ceil((from + options.dueIn) / 1_000) * 1_000;
    await fillPosts(filling, options, due);
    filling.stop();
    if (shared === undefined) await filling.store.close();
    return due;
  };
  // SQLite has one owner, so that the posts come before it.
  const before = shared === undefined ? await filled() : undefined;

  const connector = await startConnector({ countOnly: true });
  connector.members(
    everybody.map((person) => ({
      id: `29:${person}`,
      aadObjectId: objectIdOf(person),
      name: person,
      userPrincipalName: protocol.people[person]?.userPrincipalName ?? '',
    })),
  );
  const authority = await startTokenAuthority({
    audience: appId,
    serviceUrl,
    base: 'https://login.botframework.com',
  });
  const x = playX({ many: options.accounts, refusesDuplicates: false, ...options.x });
  const hosts = await playHosts({
    'login.botframework.com': authority.handle,
    'login.microsoftonline.com': entra(() => undefined),
    'smba.trafficmanager.net': connector.handle,
    ...x.hosts,
    ...(server === undefined ? {} : { [cosmosHost]: underItsName(server.endpoint) }),
  });
  const credentials = Object.fromEntries(
    Array.from({ length: options.accounts }, (_, n) => {
      const prefix = accountName(n).replace('-', '_').toUpperCase();
      const { appKey, appSecret, accessToken, accessSecret } = oneOfMany(n);
      return Object.entries({
        APP_KEY: appKey,
        APP_SECRET: appSecret,
        ACCESS_TOKEN: accessToken,
        ACCESS_SECRET: accessSecret,
      }).map(([name, value]): [string, string] => [`${prefix}_${name}`, value]);
    }).flat(),
  );
  const environment = {
    PATH: process.env['PATH'] ?? '',
    ...hosts.environment,
    ...credentials,
    MicrosoftAppId: appId,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: tenantId,
    MicrosoftAppPassword: secret,
    CRIER_AUDIT_KEY: key,
    CRIER_PUBLIC_URL: 'https://news.sefton.example',
    CRIER_PROTOCOL: protocolFile,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'error',
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(folder, 'compiled'),
    ...(server === undefined
      ? {}
      : {
          STORE: 'cosmos',
          COSMOS_ENDPOINT: `https://${cosmosHost}:443/`,
          COSMOS_KEY: local.key,
          COSMOS_DATABASE: names.database,
          COSMOS_CONTAINER: names.container,
        }),
  };

  const instances = await Promise.all(
    Array.from({ length: options.instances }, async (_, n) =>
      startInstance(
        {
          ...environment,
          CRIER_DATA: server === undefined ? data : join(folder, `data-${String(n)}`),
          CRIER_ANCHORS: join(folder, `anchors-${String(n)}`),
        },
        async () => await authority.token(),
      ),
    ),
  );

  // Where the store is filled under them they are held still: on a slow machine the first would leave before the last is there.
  if (before === undefined) for (const { child } of instances) child.kill('SIGSTOP');
  const due = before ?? (await filled());
  if (before === undefined) for (const { child } of instances) child.kill('SIGCONT');

  const said = activities(serviceUrl, tenantId);
  return {
    x,
    instances,
    environment: hosts.environment,
    due,
    say: said.message,
    press: said.press,
    stored: async () => {
      const store: StoreReader = shared ?? (await openSqliteReadOnly({ folder: data, kinds }));
      try {
        const due = new Map<string, number>();
        const all = await documentsIn(store);
        for (const { id, body } of all) {
          const { effects } = withEffects.parse(body);
          const leaving = effects.filter(({ type }) => type === 'post.publish' || type === 'post.look');
          if (leaving.length > 0)
            due.set(id, Math.min(...leaving.map(({ due, lease }) => lease?.until ?? due)));
        }
        const posts = all
          .map((document) => stateIn(postKind, document))
          .filter(({ revision }) => !revision.text.includes(mark));
        const stoppedAt = new Map<string, number>();
        for (let n = 0; n < options.accounts; n += 1) {
          const document = await store.get(accountKind.kind, accountId(accountName(n)));
          const stopped = document === undefined ? undefined : stateIn(accountKind, document).stopped;
          if (stopped !== undefined) stoppedAt.set(accountName(n), stopped.at);
        }
        return { posts, due, stoppedAt };
      } finally {
        if (shared === undefined) await store.close();
      }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(instances.map(async (instance) => await instance.stop()));
      await shared?.close();
      await server?.stop();
      await hosts.close();
      await authority.close();
      await connector.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Filling = Awaited<ReturnType<typeof fill>>;

/** The same share of the posts on each account. */
async function fillPosts(filling: Filling, { posts, accounts }: PlaceOptions, due: number): Promise<void> {
  let made = 0;
  for (let n = 0; n < accounts; n += 1) {
    const share = Math.floor(posts / accounts) + (n < posts % accounts ? 1 : 0);
    const template = await scheduledOn(filling, accountName(n), due);
    await filling.copies(template, share, (document) => {
      made += 1;
      return renamed(document, `Section ${String(100_000 + made)}`);
    });
    // The one that was copied is not among those that are counted.
    const actor = { by: 'person', person: shape.lead } as const;
    await filling.executor.execute({ command: 'post.hold', id: template.id, params: {}, actor });
  }
}

/** A post on one account that our own decisions let go, for then. */
async function scheduledOn(filling: Filling, account: string, due: number): Promise<PostState> {
  const { act } = filling;
  const when = { wall: new Date(due).toISOString().slice(0, 16), zone: 'Europe/London' as const, at: due };
  const draft = await filling.propose(
    `${mark} of Harbour Road is open again. Thank you for your patience.`,
    when,
  );
  const { n, accounts: _accounts, ...revision } = draft.revision;
  const { text, variants, headline, summary, media, urgency, flags, campaign } = revision;
  const revise = async () =>
    await act(shape.author, 'post.revise', draft.id, {
      text,
      variants,
      accounts: [account],
      headline,
      summary,
      media,
      urgency,
      flags,
      campaign,
      from: n,
    });
  const revised = draft.revision.accounts.join() === account ? draft : await revise();
  const sent = await act(shape.author, 'post.send', revised.id, {});
  const passed = await act(shape.desk, 'post.pass-on', sent.id, boundOf(sent));
  return await filling.allShown(
    await act(shape.lead, 'post.approve', passed.id, { ...boundOf(passed), confirm: true }),
  );
}

const documentBody = z.custom<NewDocument['body']>((value) => value !== undefined);

/** A copy that says another section, wherever the document says it. */
function renamed(document: NewDocument, section: string): NewDocument {
  const body: unknown = JSON.parse(JSON.stringify(document.body).replaceAll(mark, section));
  return { ...document, body: documentBody.parse(body) };
}

async function startIndexedCosmos(): Promise<{
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}> {
  const child = fork(cosmos, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [told] = z.tuple([z.unknown(), z.unknown()]).parse(await once(child, 'message'));
  const { port } = z.object({ port: z.int() }).parse(told);
  return {
    endpoint: `http://127.0.0.1:${String(port)}`,
    stop: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

/** The Cosmos server of the tests under a name of Azure's. It tells its clients where it stands, and so that is changed. */
function underItsName(endpoint: string): HostHandler {
  const agent = new Agent({ keepAlive: true });
  const own = endpoint.replace('http:', 'https:');
  return (incoming, outgoing) => {
    const { method, headers } = incoming;
    const onward = request(`${endpoint}${incoming.url ?? '/'}`, { method, headers, agent }, (answer) => {
      void bodyOf(answer).then((body) => {
        const text =
          incoming.url === '/' ? body.toString().replaceAll(own, `https://${cosmosHost}:443`) : body;
        const { 'content-length': _length, 'transfer-encoding': _encoding, ...rest } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 500, { ...rest, 'content-length': Buffer.byteLength(text) });
        outgoing.end(text);
      });
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  };
}

async function startInstance(env: NodeJS.ProcessEnv, token: () => Promise<string>): Promise<Instance> {
  const child = fork(main, [], {
    env: { ...nodeSettings.environment, ...env },
    execArgv: nodeSettings.flags,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error('Crier ended before it was ready');
  });
  ended.catch(() => undefined);
  const [told] = z
    .tuple([z.unknown(), z.unknown()])
    .parse(await Promise.race([once(child, 'message'), ended]));
  const { port } = z.object({ port: z.int() }).parse(told);
  return {
    child,
    give: async (body) => {
      const response = await fetch(`http://127.0.0.1:${String(port)}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
        body: new Uint8Array(body),
      });
      const at = performance.now();
      const text = await response.text();
      if (response.status !== 200) throw new Error(`Crier answered ${String(response.status)}: ${text}`);
      return { text, at };
    },
    memory: () => memoryOf(child.pid, 'VmRSS'),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
