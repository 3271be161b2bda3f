import { globalAgent } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { CosmosClient } from '@azure/cosmos';
import type {
  CompositePath,
  Container,
  CosmosClientOptions,
  IndexingPolicy,
  ItemDefinition,
  JSONValue,
  SqlQuerySpec,
} from '@azure/cosmos';
import { z } from 'zod';
import type { Json } from '../core/json.ts';
import type {
  DueQuery,
  IndexDeclaration,
  KindDeclaration,
  Listed,
  ListQuery,
  NewDocument,
  PutResult,
  Store,
  StoredDocument,
} from '../core/store.ts';
import {
  BUCKETS,
  bucketOf,
  checkBuckets,
  checkDocument,
  checkFilter,
  checkLimit,
  checkList,
  checkPrefixes,
  cursorOf,
  declare,
  isIndex,
  isId,
  placeAfter,
} from './declared.ts';
import type { Place } from './declared.ts';

/**
 * The store that several processes share: one container of Azure Cosmos DB, partitioned by kind and bucket.
 *
 * Only what the service and the server of our tests do alike is used: point reads, creates, replaces and
 * deletes under If-Match, and queries that name their partition in the WHERE clause and go on by keyset.
 * The account's consistency may be Session: a stale read costs a conflict at the next write, never a lost one.
 */

export interface CosmosOptions {
  readonly endpoint: string;
  /** the account key; it is handed to the client and kept nowhere else */
  readonly key: string;
  /** made when it is not there, like the container */
  readonly database: string;
  readonly container: string;
  readonly kinds: readonly KindDeclaration[];
  /** the id of the council whose data this is */
  readonly council: string;
  /** what a certain account needs of the client, such as no search for other regions on a local server */
  readonly clientOptions?: Omit<CosmosClientOptions, 'endpoint' | 'key'>;
}

const PARTITION_PATH = '/pk';

/** No kind can be called so: its partition is apart from all documents. */
const STAMP = { id: 'council', pk: 'crier:stamp' };

/**
 * Opens the store: makes database and container when they are not there, stamps the council, and adds to the
 * container's indexes what is newly declared (an older release beside this one keeps those it needs).
 * @throws Error when the container belongs to another council or is partitioned otherwise
 */
export async function openCosmos(options: CosmosOptions): Promise<Store> {
  const declared = declare(options.kinds);
  const client = new CosmosClient({
    // The process's own agent: the client's would go past the proxy that the environment names.
    ...(options.endpoint.startsWith('https:') ? { agent: globalAgent } : {}),
    ...options.clientOptions,
    endpoint: options.endpoint,
    key: options.key,
    connectionPolicy: { requestTimeout: 10_000, ...options.clientOptions?.connectionPolicy },
  });
  try {
    const container = await openContainer(client, options);
    await stampCouncil(container, options.council);
    let open = true;

    function use(): Container {
      if (!open) throw new Error('The store is closed.');
      return container;
    }

    /** The documents of one partition that a query finds. */
    async function found(query: SqlQuerySpec, partition: string): Promise<readonly StoredDocument[]> {
      const { resources } = await use().items.query<unknown>(query, { partitionKey: partition }).fetchAll();
      return resources.map(readDocument);
    }

    return {
      shared: true,

      async get(kind, id) {
        declared.kind(kind);
        const partition = partitionOf(kind, bucketOf(id));
        if (!isId(id)) return undefined;
        const { resource } = await absentIfNotFound(() => use().item(id, partition).read<ItemDefinition>());
        return resource === undefined ? undefined : readDocument(resource);
      },

      async create(document) {
        checkDocument(declared, document);
        const container = use();
        return put(CONFLICT, () => container.items.create(kept(document)));
      },

      async replace(document, expectedVersion) {
        checkDocument(declared, document);
        const item = use().item(document.id, partitionOf(document.kind, bucketOf(document.id)));
        return put(LOST, () => item.replace(kept(document), ifMatch(expectedVersion)));
      },

      async remove(kind, id, expectedVersion) {
        declared.kind(kind);
        if (!isId(id)) return conflict;
        const item = use().item(id, partitionOf(kind, bucketOf(id)));
        const result = await put(LOST, () => item.delete(ifMatch(expectedVersion)));
        return result.put ? { put: true, version: expectedVersion } : result;
      },

      async list(query) {
        const { declaration, after } = checkList(declared, query);
        return merged({
          name: `list ${query.kind}.${query.index}`,
          limit: query.limit,
          after,
          direction: declaration.direction,
          place: ({ id, index }) => ({ id, order: orderOf(index[declaration.order]) }),
          read: (bucket, limit, from) => {
            const partition = partitionOf(query.kind, bucket);
            return found(listQuery(declaration, { ...query, limit }, partition, from), partition);
          },
        });
      },

      async count(query) {
        const declaration = checkFilter(declared, query);
        const counts = await Promise.all(
          Array.from({ length: BUCKETS }, async (_, bucket) => {
            const partition = partitionOf(query.kind, bucket);
            const { resources } = await use()
              .items.query<unknown>(countQuery(declaration, query, partition), { partitionKey: partition })
              .fetchAll();
            return z.tuple([z.number()]).parse(resources)[0];
          }),
        );
        return counts.reduce((sum, each) => sum + each, 0);
      },

      async search(kind, prefixes, limit, after) {
        const wanted = checkPrefixes(declared, kind, prefixes);
        const order = declared.kind(kind).search?.order ?? '';
        checkLimit(limit);
        const name = `search ${kind}`;
        return merged({
          name,
          limit,
          ...placeAfter(name, after),
          direction: 'descending',
          place: ({ id, index }) => ({ id, order: orderOf(index[order]) }),
          read: (bucket, limit, from) => {
            const partition = partitionOf(kind, bucket);
            return found(searchQuery(order, wanted, limit, partition, from), partition);
          },
        });
      },

      async due(query) {
        const { kinds, limit, buckets } = query;
        checkLimit(limit);
        const wanted = checkBuckets(buckets);
        const partitions = [...new Set(kinds)].flatMap((kind) => {
          declared.kind(kind);
          return wanted.map((bucket) => partitionOf(kind, bucket));
        });
        if (partitions.length === 0) return [];
        // One query over the partitions: a poll that asked each of them would use up a small account by itself.
        const { resources } = await use().items.query<unknown>(dueQuery(partitions, query)).fetchAll();
        return resources.map((item) => dueForm.parse(item));
      },

      async scan(kind, limit, after) {
        declared.kind(kind);
        checkLimit(limit);
        const name = `scan ${kind}`;
        return merged({
          name,
          limit,
          ...placeAfter(name, after),
          direction: 'ascending',
          place: ({ id }) => ({ id, order: id }),
          read: (bucket, limit, from) => {
            const partition = partitionOf(kind, bucket);
            return found(scanQuery(limit, partition, from), partition);
          },
        });
      },

      async ready() {
        const { resource } = await use().item(STAMP.id, STAMP.pk).read<ItemDefinition>();
        if (resource === undefined) throw new Error('The container no longer says whose data it holds.');
      },

      async close() {
        if (open) client.dispose();
        open = false;
      },
    };
  } catch (fault) {
    client.dispose();
    throw fault;
  }
}

async function openContainer(client: CosmosClient, options: CosmosOptions): Promise<Container> {
  const wanted = indexingPolicy(options.kinds);
  const { database } = await onceMore(() => client.databases.createIfNotExists({ id: options.database }));
  const { container, resource } = await onceMore(() =>
    database.containers.createIfNotExists({
      id: options.container,
      partitionKey: { paths: [PARTITION_PATH] },
      indexingPolicy: wanted,
    }),
  );
  const definition = resource ?? (await container.read()).resource;
  if (definition?.partitionKey?.paths[0] !== PARTITION_PATH) {
    throw new Error(`The container "${options.container}" is not partitioned by ${PARTITION_PATH}.`);
  }
  const policy = union(definition.indexingPolicy ?? {}, wanted);
  if (policy !== undefined) await container.replace({ ...definition, indexingPolicy: policy });
  return container;
}

/** Two instances that start together may both find nothing: the one that comes second sees what the first made. */
async function onceMore<R>(make: () => Promise<R>): Promise<R> {
  try {
    return await make();
  } catch (fault) {
    if (codeOf(fault) !== 409) throw fault;
    return make();
  }
}

const stampForm = z.object({ council: z.string(), buckets: z.number() });

async function stampCouncil(container: Container, council: string): Promise<void> {
  await put(CONFLICT, () => container.items.create({ ...STAMP, council, buckets: BUCKETS }));
  const { resource } = await container.item(STAMP.id, STAMP.pk).read<ItemDefinition>();
  const stamp = stampForm.parse(resource);
  if (stamp.council !== council) {
    throw new Error(
      `This store holds the data of council "${stamp.council}", but Crier was started for "${council}".`,
    );
  }
  if (stamp.buckets !== BUCKETS)
    throw new Error(`This store has ${stamp.buckets} buckets instead of ${BUCKETS}.`);
}

/**
 * The container's indexes, from the declarations alone: anything else is excluded, so that a large body costs
 * nothing to write. Fields of all kinds share one container, and so one policy.
 */
export function indexingPolicy(kinds: readonly KindDeclaration[]): IndexingPolicy {
  const included = new Set([`${PARTITION_PATH}/?`, '/nextDue/?']);
  const orders = { ascending: new Set(['/nextDue']), descending: new Set<string>() };
  for (const { indexes, search } of kinds) {
    for (const { of, order, direction } of Object.values(indexes)) {
      if (of !== undefined) included.add(`/i/${of.field}/${of.holds === 'each' ? '[]/?' : '?'}`);
      included.add(`/i/${order}/?`);
      orders[direction].add(`/i/${order}`);
    }
    if (search !== undefined) {
      included.add('/words/[]/?').add(`/i/${search.order}/?`);
      orders.descending.add(`/i/${search.order}`);
    }
  }
  return {
    automatic: true,
    indexingMode: 'consistent',
    includedPaths: [...included].sort().map((path) => ({ path })),
    excludedPaths: [{ path: '/*' }],
    compositeIndexes: [
      composites(orders.ascending, 'ascending'),
      composites(orders.descending, 'descending'),
    ].flat(),
  };
}

/** The service would serve both directions from one, the server of our tests asks for the very one. */
function composites(paths: ReadonlySet<string>, order: 'ascending' | 'descending'): CompositePath[][] {
  return [...paths].sort().map((path) => [
    { path, order },
    { path: '/id', order },
  ]);
}

/** @returns the policy with what is wanted added to it; undefined when nothing is missing */
function union(present: IndexingPolicy, wanted: IndexingPolicy): IndexingPolicy | undefined {
  const paths = new Set(present.includedPaths?.map(({ path }) => path));
  const composites = new Set(present.compositeIndexes?.map(compositeName));
  const morePaths = wanted.includedPaths?.filter(({ path }) => !paths.has(path ?? '')) ?? [];
  const moreComposites =
    wanted.compositeIndexes?.filter((composite) => !composites.has(compositeName(composite))) ?? [];
  if (morePaths.length === 0 && moreComposites.length === 0) return undefined;
  return {
    ...wanted,
    includedPaths: [...(present.includedPaths ?? []), ...morePaths],
    compositeIndexes: [...(present.compositeIndexes ?? []), ...moreComposites],
  };
}

function compositeName(composite: readonly { readonly path: string; readonly order: string }[]): string {
  return composite.map(({ path, order }) => `${path} ${order}`).join(', ');
}

function partitionOf(kind: string, bucket: number): string {
  return `${kind}:${bucket}`;
}

/** A document as the container keeps it; fields to be listed by stand under `i`, where they meet no name of ours. */
function kept({ kind, id, form, nextDue, index, words, body }: NewDocument): Record<string, unknown> {
  return {
    id,
    pk: partitionOf(kind, bucketOf(id)),
    kind,
    form,
    ...(nextDue === undefined ? {} : { nextDue }),
    i: index,
    words: [...new Set(words)].sort(),
    body,
  };
}

const documentForm = z.object({
  id: z.string(),
  kind: z.string(),
  form: z.number(),
  nextDue: z.number().optional(),
  i: z.custom<StoredDocument['index']>(isIndex),
  words: z.array(z.string()),
  // What the client parsed from JSON is Json; only its presence is to be checked.
  body: z.custom<Json>((body) => body !== undefined),
  _etag: z.string(),
});

function readDocument(resource: unknown): StoredDocument {
  const { id, kind, form, nextDue, i, words, body, _etag } = documentForm.parse(resource);
  return {
    kind,
    id,
    form,
    version: _etag,
    ...(nextDue === undefined ? {} : { nextDue }),
    index: i,
    words,
    body,
  };
}

const dueForm = z.object({ kind: z.string(), id: z.string(), nextDue: z.number() });

/** A query's conditions and its parameters, which grow together. */
interface Conditions {
  readonly where: string[];
  readonly parameters: { name: string; value: JSONValue }[];
}

function conditions(partition: string, limit?: number): Conditions {
  return {
    where: ['c.pk = @pk'],
    parameters: [
      { name: '@pk', value: partition },
      ...(limit === undefined ? [] : [{ name: '@n', value: limit }]),
    ],
  };
}

function beyond(
  { where, parameters }: Conditions,
  path: string,
  forward: boolean,
  from: Place | undefined,
): void {
  if (from === undefined) return;
  const past = forward ? '>' : '<';
  where.push(`(${path} ${past} @lastOrder OR (${path} = @lastOrder AND c.id ${past} @lastId))`);
  parameters.push({ name: '@lastOrder', value: from.order }, { name: '@lastId', value: from.id });
}

/** The query of one partition for a list by a declared index. */
export function listQuery(
  declaration: IndexDeclaration,
  query: Filter & Pick<ListQuery, 'limit'>,
  partition: string,
  after: Place | undefined,
): SqlQuerySpec {
  const { order, direction } = declaration;
  const path = `c.i["${order}"]`;
  const found = filtered(conditions(partition, query.limit), declaration, query);
  beyond(found, path, direction === 'ascending', after);
  const way = direction === 'ascending' ? 'ASC' : 'DESC';
  return {
    query: `SELECT TOP @n * FROM c WHERE ${found.where.join(' AND ')} ORDER BY ${path} ${way}, c.id ${way}`,
    parameters: found.parameters,
  };
}

/** The query of one partition for how many documents a list would give of it. */
export function countQuery(declaration: IndexDeclaration, query: Filter, partition: string): SqlQuerySpec {
  const { where, parameters } = filtered(conditions(partition), declaration, query);
  return { query: `SELECT VALUE COUNT(1) FROM c WHERE ${where.join(' AND ')}`, parameters };
}

type Filter = Pick<ListQuery, 'equals' | 'from' | 'to'>;

/** Adds what a list is limited to. */
function filtered(
  found: Conditions,
  { of, order }: IndexDeclaration,
  { equals, from, to }: Filter,
): Conditions {
  const path = `c.i["${order}"]`;
  if (of !== undefined && equals !== undefined) {
    const field = `c.i["${of.field}"]`;
    found.where.push(of.holds === 'each' ? `ARRAY_CONTAINS(${field}, @equals)` : `${field} = @equals`);
    found.parameters.push({ name: '@equals', value: equals });
  }
  found.where.push(`IS_DEFINED(${path})`);
  if (from !== undefined) {
    found.where.push(`${path} >= @from`);
    found.parameters.push({ name: '@from', value: from });
  }
  if (to !== undefined) {
    found.where.push(`${path} < @to`);
    found.parameters.push({ name: '@to', value: to });
  }
  return found;
}

/** The query of one partition for a search. */
export function searchQuery(
  order: string,
  prefixes: readonly string[],
  limit: number,
  partition: string,
  after: Place | undefined,
): SqlQuerySpec {
  const path = `c.i["${order}"]`;
  const found = conditions(partition, limit);
  for (const [n, prefix] of prefixes.entries()) {
    found.where.push(`EXISTS(SELECT VALUE w FROM w IN c.words WHERE STARTSWITH(w, @prefix${n}))`);
    found.parameters.push({ name: `@prefix${n}`, value: prefix });
  }
  found.where.push(`IS_DEFINED(${path})`);
  beyond(found, path, false, after);
  return {
    query: `SELECT TOP @n * FROM c WHERE ${found.where.join(' AND ')} ORDER BY ${path} DESC, c.id DESC`,
    parameters: found.parameters,
  };
}

/** The query of one partition for everything in it. */
export function scanQuery(limit: number, partition: string, after: Place | undefined): SqlQuerySpec {
  const found = conditions(partition, limit);
  if (after !== undefined) {
    found.where.push('c.id > @lastId');
    found.parameters.push({ name: '@lastId', value: after.id });
  }
  return {
    query: `SELECT TOP @n * FROM c WHERE ${found.where.join(' AND ')} ORDER BY c.id ASC`,
    parameters: found.parameters,
  };
}

/** The query for what is due, over the named partitions. */
export function dueQuery(
  partitions: readonly string[],
  { before, limit, from }: Pick<DueQuery, 'before' | 'limit' | 'from'>,
): SqlQuerySpec {
  const onwards = from === undefined ? '' : 'AND (c.nextDue > @due OR (c.nextDue = @due AND c.id >= @id)) ';
  const names = partitions.map((_, n) => `@pk${n}`);
  return {
    query:
      `SELECT TOP @n c.kind, c.id, c.nextDue FROM c WHERE c.pk IN (${names.join(', ')}) ` +
      `AND c.nextDue <= @before ${onwards}ORDER BY c.nextDue ASC, c.id ASC`,
    parameters: [
      { name: '@n', value: limit },
      { name: '@before', value: before },
      ...(from === undefined
        ? []
        : [
            { name: '@due', value: from.nextDue },
            { name: '@id', value: from.id },
          ]),
      ...partitions.map((value, n) => ({ name: `@pk${n}`, value })),
    ],
  };
}

interface Merge {
  readonly name: string;
  readonly limit: number;
  readonly after?: Place | undefined;
  readonly direction: 'ascending' | 'descending';
  readonly place: (document: StoredDocument) => Place;
  readonly read: (
    bucket: number,
    limit: number,
    from: Place | undefined,
  ) => Promise<readonly StoredDocument[]>;
}

interface Stream {
  readonly bucket: number;
  waiting: StoredDocument[];
  last: Place | undefined;
  ended: boolean;
}

/**
 * One page from the sixteen buckets, each of which comes in order. A bucket is asked for its share and some,
 * and again only when it had more than that: so a page reads about twice what it shows.
 */
async function merged({ name, limit, after, direction, place, read }: Merge): Promise<Listed> {
  const share = Math.ceil((limit + 1) / 8) + 1;
  const streams: Stream[] = Array.from({ length: BUCKETS }, (_, bucket) => ({
    bucket,
    waiting: [],
    last: after,
    ended: false,
  }));
  const items: StoredDocument[] = [];
  while (items.length <= limit) {
    await Promise.all(
      streams.map(async (stream) => {
        if (stream.ended || stream.waiting.length > 0) return;
        stream.waiting = [...(await read(stream.bucket, share, stream.last))];
        const last = stream.waiting.at(-1);
        if (last !== undefined) stream.last = place(last);
        stream.ended = stream.waiting.length < share;
      }),
    );
    const first = streams
      .filter(({ waiting }) => waiting.length > 0)
      .reduce<Stream | undefined>((best, stream) => {
        const [a, b] = [best?.waiting[0], stream.waiting[0]];
        return a === undefined || (b !== undefined && isBefore(place(b), place(a), direction))
          ? stream
          : best;
      }, undefined);
    const document = first?.waiting.shift();
    if (document === undefined) return { items };
    items.push(document);
  }
  items.pop();
  const last = items.at(-1);
  return last === undefined ? { items } : { items, next: cursorOf(name, place(last)) };
}

function isBefore(a: Place, b: Place, direction: 'ascending' | 'descending'): boolean {
  const [first, second] = direction === 'ascending' ? [a, b] : [b, a];
  if (first.order === second.order) return first.id < second.id;
  // As the service has it: numbers come before texts.
  if (typeof first.order !== typeof second.order) return typeof first.order === 'number';
  return first.order < second.order;
}

function orderOf(value: StoredDocument['index'][string] | undefined): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new Error('A listed document lacks the field it is ordered by.');
}

const conflict: PutResult = { put: false, reason: 'conflict' };

/** The id is taken. */
const CONFLICT: readonly number[] = [409];
/** The document is gone, or has another version. */
const LOST: readonly number[] = [404, 412];
/** The service met another write of the document half-way and asks for the same request again. */
const RETRY_WITH = 449;
const TRIES = 6;

function ifMatch(version: string): { accessCondition: { type: 'IfMatch'; condition: string } } {
  return { accessCondition: { type: 'IfMatch', condition: version } };
}

/** Writes, and makes the answers that mean a lost race a value. The client itself waits and repeats on 429. */
async function put(
  lost: readonly number[],
  write: () => Promise<{ readonly etag: string }>,
): Promise<PutResult> {
  for (let tried = 1; ; tried += 1) {
    try {
      return { put: true, version: (await write()).etag };
    } catch (fault) {
      const code = codeOf(fault);
      if (code !== undefined && lost.includes(code)) return conflict;
      if (code !== RETRY_WITH || tried === TRIES) throw fault;
      await pause(10 * 2 ** tried);
    }
  }
}

async function absentIfNotFound<R>(
  read: () => Promise<{ readonly resource?: R | undefined }>,
): Promise<{ readonly resource?: R | undefined }> {
  try {
    return await read();
  } catch (fault) {
    if (codeOf(fault) === 404) return {};
    throw fault;
  }
}

function codeOf(fault: unknown): number | undefined {
  return fault instanceof Error && 'code' in fault && typeof fault.code === 'number' ? fault.code : undefined;
}
