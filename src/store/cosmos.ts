import { globalAgent } from 'node:https';
import { CosmosClient } from '@azure/cosmos';
import type { Container, CosmosClientOptions, ItemDefinition, SqlQuerySpec } from '@azure/cosmos';
import { z } from 'zod';
import type { Json } from '../core/json.ts';
import type { NewDocument, Store, StoredDocument } from '../core/store.ts';
import { absentIfNotFound, conflict, CONFLICT, ifMatch, LOST, put } from './cosmos-calls.ts';
import { checkStamp, openContainer, tryWriting, type ContainerWanted } from './cosmos-container.ts';
import { countQuery, dueQuery, listQuery, scanQuery, searchQuery } from './cosmos-queries.ts';
import {
  BUCKETS,
  bucketOf,
  checkAmong,
  checkBuckets,
  checkDocument,
  checkFilter,
  checkLimit,
  checkList,
  checkPrefixes,
  declare,
  isIndex,
  isId,
  placeAfter,
} from './declared.ts';
import { merged } from './merged-buckets.ts';
import { takesWrites } from './takes-writes.ts';

export interface CosmosOptions extends ContainerWanted {
  readonly endpoint: string;
  /** the account key; it is handed to the client and kept nowhere else */
  readonly key: string;
  /** what a certain account needs of the client, such as no search for other regions on a local server */
  readonly clientOptions?: Omit<CosmosClientOptions, 'endpoint' | 'key'>;
}

/**
 * The store that several processes share: one container of Azure Cosmos DB, partitioned by kind and bucket.
 *
 * Only what the service and the server of our tests do alike is used: point reads, creates, replaces and
 * deletes under If-Match, and queries that name their partition in the WHERE clause and go on by keyset.
 * The account's consistency may be Session: a stale read costs a conflict at the next write, never a lost one.
 *
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
    let open = true;
    const taken = takesWrites(async () => await tryWriting(container));

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
        return await taken.put(() => put(CONFLICT, () => container.items.create(kept(document))));
      },

      async replace(document, expectedVersion) {
        checkDocument(declared, document);
        const item = use().item(document.id, partitionOf(document.kind, bucketOf(document.id)));
        return await taken.put(() => put(LOST, () => item.replace(kept(document), ifMatch(expectedVersion))));
      },

      async remove(kind, id, expectedVersion) {
        declared.kind(kind);
        if (!isId(id)) return conflict;
        const item = use().item(id, partitionOf(kind, bucketOf(id)));
        const result = await taken.put(() => put(LOST, () => item.delete(ifMatch(expectedVersion))));
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

      async search(kind, prefixes, limit, after, among) {
        const wanted = checkPrefixes(declared, kind, prefixes);
        const order = declared.kind(kind).search?.order ?? '';
        checkLimit(limit);
        const name = `search ${kind}`;
        const sought = {
          order,
          prefixes: wanted,
          among: among === undefined ? undefined : checkAmong(declared, kind, among),
        };
        if (among?.length === 0) return { items: [] };
        return merged({
          name,
          limit,
          ...placeAfter(name, after),
          direction: 'descending',
          place: ({ id, index }) => ({ id, order: orderOf(index[order]) }),
          read: (bucket, limit, from) => {
            const partition = partitionOf(kind, bucket);
            return found(searchQuery(sought, limit, partition, from), partition);
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
        await checkStamp(use());
        await taken.ready();
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

function orderOf(value: StoredDocument['index'][string] | undefined): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new Error('A listed document lacks the field it is ordered by.');
}
