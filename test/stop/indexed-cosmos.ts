import { createHttpServer } from '@vercel/cosmosdb-server';
import items from '@vercel/cosmosdb-server/lib/account/items.js';
import { z } from 'zod';
import { listening } from '../peers/listening.ts';

/**
 * The Cosmos server of the tests as a process of its own. By itself it evaluates each query over every document,
 * which the service has its indexes for: here it is given only those of the partitions that the query names, and of
 * a query for what is due those that are. What the query makes of them is left to it.
 */

const { default: Items } = items;
const indexed = z.object({ pk: z.string(), nextDue: z.number().optional() });
const asked = z.object({
  query: z.string(),
  parameters: z.array(z.object({ name: z.string(), value: z.unknown() })).default([]),
});

/** What the server keeps of a collection. */
interface Kept {
  readonly _data: ReadonlyMap<string, { readonly read: () => unknown }>;
}

const overEverything = z
  .custom<(this: object, ...given: unknown[]) => unknown>((value) => typeof value === 'function')
  .parse(Reflect.get(Items.prototype, 'query'));

function overWhatIsIndexed(this: Kept, params: unknown, options: unknown): unknown {
  const { query, parameters } = asked.parse(params);
  if (!query.includes(' WHERE c.pk ')) return overEverything.call(this, params, options);
  const partitions = new Set(
    parameters.flatMap(({ name, value }) => (name.startsWith('@pk') ? [value] : [])),
  );
  const before = query.includes('c.nextDue <= @before')
    ? z.number().parse(parameters.find(({ name }) => name === '@before')?.value)
    : undefined;
  const wanted = [...this._data].filter(([, item]) => {
    const { pk, nextDue } = indexed.parse(item.read());
    return partitions.has(pk) && (before === undefined || (nextDue !== undefined && nextDue <= before));
  });
  const few: object = { _data: new Map(wanted) };
  Object.setPrototypeOf(few, this);
  return overEverything.call(few, params, options);
}

Object.defineProperty(Items.prototype, 'query', { value: overWhatIsIndexed });

const server = createHttpServer({ keepAlive: true });
// A connection that rests while the server is busy with others would be closed under the next request over it.
server.keepAliveTimeout = 0;
server.requestTimeout = 0;
server.headersTimeout = 0;
const { port } = await listening(server);
process.on('disconnect', () => process.exit());
process.send?.({ port });
