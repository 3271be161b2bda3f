import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { CosmosClient } from '@azure/cosmos';
import type { SqlQuerySpec } from '@azure/cosmos';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IndexDeclaration, KindDeclaration, Store } from '../../src/core/store.ts';
import { createLog } from '../../src/logging.ts';
import { indexingPolicy } from '../../src/store/cosmos-container.ts';
import { countQuery, dueQuery, listQuery, scanQuery, searchQuery } from '../../src/store/cosmos-queries.ts';
import { openCosmos } from '../../src/store/cosmos.ts';
import { kinds } from '../contract/store/kinds.ts';
import { local, post, startCosmosServer } from '../contract/store/places.ts';
import { ended, listening } from '../peers/listening.ts';

const names = { database: 'crier', container: 'aggregates' };

/** What the peer between client and server does with a request, besides passing it on. */
type Meddle = (request: {
  method: string;
  path: string;
}) => { status: number; headers?: Record<string, string> } | undefined;

let server: Awaited<ReturnType<typeof startCosmosServer>>;
const ends: (() => Promise<void>)[] = [];

beforeEach(async () => {
  server = await startCosmosServer();
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  await server.stop();
});

async function open(
  options: { endpoint?: string; kinds?: readonly KindDeclaration[]; key?: string } = {},
): Promise<Store> {
  const store = await openCosmos({
    endpoint: server.endpoint,
    ...local,
    ...names,
    kinds,
    council: 'marlow',
    ...options,
  });
  ends.push(() => store.close());
  return store;
}

/** A peer that can answer in the server's place. */
async function startBetween(meddle: Meddle): Promise<string> {
  const between = createServer((incoming, outgoing) => {
    const answer = meddle({ method: incoming.method ?? '', path: incoming.url ?? '' });
    if (answer === undefined) pass(incoming, outgoing);
    else {
      incoming.resume();
      outgoing.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      outgoing.end('{}');
    }
  });
  const { url } = await listening(between);
  ends.push(async () => await ended(between));
  return url;
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, headers } = incoming;
  const onward = request(new URL(incoming.url ?? '/', server.endpoint), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(outgoing);
  });
  incoming.pipe(onward);
}

describe('no query filters or orders by what the container does not index', () => {
  const place = { order: 5, id: 'p-5' };

  /** Every query the store can ask, with every combination of bounds and cursor. */
  function* queries(all: readonly KindDeclaration[]): Generator<SqlQuerySpec> {
    for (const { indexes, search } of all) {
      for (const declaration of Object.values(indexes)) {
        for (const bounds of [{}, { from: 1 }, { to: 9 }, { from: 1, to: 9 }]) {
          for (const after of [undefined, place]) {
            const equals = declaration.of === undefined ? {} : { equals: 'x' };
            yield listQuery(declaration, { limit: 5, ...equals, ...bounds }, 'post:1', after);
            yield countQuery(declaration, { ...equals, ...bounds }, 'post:1');
          }
        }
      }
      if (search !== undefined) {
        const lists = Object.entries(indexes).flatMap(([index, declaration]: [string, IndexDeclaration]) =>
          declaration.of === undefined ? [] : [{ index, equals: 'x', of: declaration.of }],
        );
        for (const after of [undefined, place])
          for (const among of [undefined, lists])
            yield searchQuery({ order: search.order, prefixes: ['a', 'b'], among }, 5, 'post:1', after);
      }
    }
    yield scanQuery(5, 'post:1', undefined);
    yield scanQuery(5, 'post:1', place);
    yield dueQuery(['post:1', 'post:2'], { before: 5, limit: 5 });
  }

  /** What of a query the policy of the kinds does not serve. */
  function unserved({ query }: SqlQuerySpec, all: readonly KindDeclaration[]): string[] {
    const policy = indexingPolicy(all);
    const included = new Set(policy.includedPaths?.map(({ path }) => path));
    const [, conditions = '', orders = ''] = /WHERE (.*?)(?: ORDER BY (.*))?$/.exec(query) ?? [];
    const pathOf = (field: string) => `/${field.replace(/^c\./, '').replaceAll(/\["(\w+)"\]/g, '/$1')}`;
    const lists = new Set(
      [...conditions.matchAll(/ARRAY_CONTAINS\((c[^,]*),|IN (c\.words)/g)].map((m) => m[1] ?? m[2] ?? ''),
    );
    const fields = new Set([...conditions.matchAll(/c\.\w+(?:\["\w+"\])?/g)].map(([field]) => field));
    const missing = [...fields]
      // The service indexes ids by itself.
      .filter((field) => field !== 'c.id')
      .map((field) => `${pathOf(field)}/${lists.has(field) ? '[]/?' : '?'}`)
      .filter((path) => !included.has(path));
    const wanted = orders
      .split(', ')
      .map((part) => part.split(' '))
      .map(([field = '', way]) => `${pathOf(field)} ${way === 'ASC' ? 'ascending' : 'descending'}`);
    const composites = policy.compositeIndexes?.map((parts) =>
      parts.map(({ path, order }) => `${path} ${order}`),
    );
    const served =
      orders === '' ||
      wanted.join() === '/id ascending' ||
      composites?.some((composite) => composite.join() === wanted.join());
    return served === true ? missing : [...missing, `ORDER BY ${orders}`];
  }

  test('for all that are declared', () => {
    const all = [...queries(kinds)];
    expect(all.length).toBeGreaterThan(40);
    for (const query of all) {
      expect(query.query).toMatch(
        /^SELECT (TOP @n .*|VALUE COUNT\(1\) FROM c) WHERE c\.pk (= @pk|IN \(@pk0, @pk1\)) /,
      );
      expect(query.query).not.toMatch(/OFFSET|LIMIT|LIKE|GROUP|DISTINCT/);
      expect(unserved(query, kinds)).toEqual([]);
      const named = new Set([...query.query.matchAll(/@\w+/g)].map(([name]) => name));
      expect(new Set(query.parameters?.map(({ name }) => name))).toEqual(named);
    }
  });

  test('and this test sees one that is not', () => {
    const [postKind] = kinds;
    const [query] = [...queries(kinds)];
    const { byState: _, ...indexes } = postKind.indexes;
    expect(query === undefined ? [] : unserved(query, [{ ...postKind, indexes }])).toEqual(['/i/state/?']);
    expect(query === undefined ? [] : unserved(query, [])).toEqual([
      '/i/state/?',
      '/i/at/?',
      'ORDER BY c.i["at"] DESC, c.id DESC',
    ]);
  });

  test('and everything else of a document is left out of the index', () => {
    const policy = indexingPolicy(kinds);
    expect(policy.excludedPaths).toEqual([{ path: '/*' }]);
    expect(policy.includedPaths?.map(({ path }) => path)).toEqual([
      '/i/at/?',
      '/i/number/?',
      '/i/state/?',
      '/i/title/?',
      '/i/topics/[]/?',
      '/nextDue/?',
      '/pk/?',
      '/words/[]/?',
    ]);
  });
});

describe('the container', () => {
  async function policy() {
    const client = new CosmosClient({ endpoint: server.endpoint, ...local, ...local.clientOptions });
    const { resource } = await client.database(names.database).container(names.container).read();
    client.dispose();
    return resource?.indexingPolicy;
  }

  test('keeps the indexes of an older release when a newer one adds its own', async () => {
    const [, account] = kinds;
    await open({
      kinds: [{ kind: 'old', form: 1, indexes: { by: { order: 'oldField', direction: 'ascending' } } }],
    });
    await open({ kinds: [account, { ...kinds[0] }] });
    const paths = (await policy())?.includedPaths?.map(({ path }) => path);
    expect(paths).toContain('/i/oldField/?');
    expect(paths).toContain('/i/topics/[]/?');
  });

  test('is left alone when nothing is missing', async () => {
    await open();
    const changes: string[] = [];
    const endpoint = await startBetween(({ method, path }) => {
      if (method === 'PUT') changes.push(path);
      return undefined;
    });
    await open({ endpoint });
    expect(changes).toEqual([]);
  });

  test('is refused when it is partitioned otherwise', async () => {
    const client = new CosmosClient({ endpoint: server.endpoint, ...local, ...local.clientOptions });
    const { database } = await client.databases.create({ id: names.database });
    await database.containers.create({ id: names.container, partitionKey: { paths: ['/other'] } });
    client.dispose();
    await expect(open()).rejects.toThrow('not partitioned by /pk');
  });

  test('is made by several that start at once', async () => {
    const stores = await Promise.all([1, 2, 3].map(() => open()));
    expect(await Promise.all(stores.map((store) => store.ready()))).toHaveLength(3);
  });
});

test('two processes share it: of their races one wins', async () => {
  const [a, b] = [await open(), await open()];
  for (let n = 0; n < 10; n += 1) {
    const id = `p-${n}`;
    const created = await Promise.all([a.create(post(id)), b.create(post(id))]);
    expect(created.filter(({ put }) => put)).toHaveLength(1);
    const version = (await a.get('post', id))?.version ?? '';
    const replaced = await Promise.all(
      [a, b].map((store, m) => store.replace(post(id, { body: m }), version)),
    );
    expect(replaced.filter(({ put }) => put)).toHaveLength(1);
    expect((await b.get('post', id))?.body).toBe(replaced[0]?.put ? 0 : 1);
  }
  expect(a.shared).toBe(true);
});

describe('when the service', () => {
  test.each([
    ['asks for the same write again (449)', { status: 449 }],
    ['is asked too much (429)', { status: 429, headers: { 'x-ms-retry-after-ms': '1' } }],
  ])('%s, the write is repeated and kept once', async (_, answer) => {
    let refusals = 0;
    const endpoint = await startBetween(({ method, path }) => {
      if (!path.endsWith('/docs/p-1') || method !== 'PUT' || refusals === 2) return undefined;
      refusals += 1;
      return answer;
    });
    const store = await open({ endpoint });
    const created = await store.create(post('p-1'));
    const replaced = await store.replace(post('p-1', { body: 2 }), created.put ? created.version : '');
    expect(replaced.put).toBe(true);
    expect(refusals).toBe(2);
    expect((await store.get('post', 'p-1'))?.body).toBe(2);
  });

  test('is refused while reads are answered, the store is not ready before one comes through', async () => {
    let refused = false;
    const endpoint = await startBetween(({ method, path }) =>
      refused && (method === 'PUT' || (method === 'POST' && path.endsWith('/docs')))
        ? { status: 403 }
        : undefined,
    );
    const store = await open({ endpoint });
    await store.ready();
    refused = true;
    const lines: string[] = [];
    const log = createLog({ level: 'info', write: (line) => lines.push(line) });
    await store.create(post('p-1')).catch((fault: unknown) => log.fault('a write failed', fault));
    expect(lines.join()).toContain('"errorCode":"403"');
    await expect(store.ready()).rejects.toMatchObject({ code: 403 });
    refused = false;
    await store.ready();
  });

  test('fails, that is a fault and no conflict; and the key is in none of it', async () => {
    const key = Buffer.from('a key that must not be seen').toString('base64');
    let failing = false;
    const endpoint = await startBetween(() => (failing ? { status: 500 } : undefined));
    const store = await open({ endpoint, key });
    failing = true;
    const faults = await Promise.allSettled([
      store.create(post('p-1')),
      store.replace(post('p-1'), '1'),
      store.remove('post', 'p-1', '1'),
      store.get('post', 'p-1'),
      store.list({ kind: 'post', index: 'calendar', limit: 1 }),
      store.due({ kinds: ['post'], before: 1, limit: 1 }),
      store.ready(),
    ]);
    expect(faults.map(({ status }) => status)).toEqual(faults.map(() => 'rejected'));
    const seen = inspect([faults, store], { depth: 20, showHidden: true });
    expect(seen).not.toContain(key);
    expect(seen).not.toContain('must not be seen');
  });
});
