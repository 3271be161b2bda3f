import type { CompositePath, Container, CosmosClient, IndexingPolicy, ItemDefinition } from '@azure/cosmos';
import { z } from 'zod';
import type { KindDeclaration } from '../core/store.ts';
import { statusOf, CONFLICT, ifMatch, LOST, put } from './cosmos-calls.ts';
import { BUCKETS } from './declared.ts';

const PARTITION_PATH = '/pk';

/** No kind can be called so: its partition is apart from all documents. */
const STAMP = { id: 'council', pk: 'crier:stamp' };

/** Which container holds the documents, and whose they are. */
export interface ContainerWanted {
  /** made when it is not there, like the container */
  readonly database: string;
  readonly container: string;
  readonly kinds: readonly KindDeclaration[];
  /** the id of the council whose data this is */
  readonly council: string;
}

/**
 * Opens the container: makes it and its database when they are not there, stamps the council, and adds to its indexes
 * what is newly declared (an older release beside this one keeps those it needs).
 *
 * @throws Error when it belongs to another council or is partitioned otherwise
 */
export async function openContainer(client: CosmosClient, options: ContainerWanted): Promise<Container> {
  const container = await indexed(client, options);
  await stampCouncil(container, options.council);
  return container;
}

/** @throws Error when the container no longer says whose data it holds */
export async function checkStamp(container: Container): Promise<void> {
  const { resource } = await container.item(STAMP.id, STAMP.pk).read<ItemDefinition>();
  if (resource === undefined) throw new Error('The container no longer says whose data it holds.');
}

/** Writes what the container says of itself once more, as it is. @throws what keeps it from that */
export async function tryWriting(container: Container): Promise<void> {
  const item = container.item(STAMP.id, STAMP.pk);
  const { resource } = await item.read<ItemDefinition>();
  if (resource !== undefined) await put(LOST, () => item.replace(resource, ifMatch(resource['_etag'])));
}

async function indexed(client: CosmosClient, options: ContainerWanted): Promise<Container> {
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
    if (statusOf(fault) !== 409) throw fault;
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
