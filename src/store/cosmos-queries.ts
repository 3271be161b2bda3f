import type { JSONValue, SqlQuerySpec } from '@azure/cosmos';
import type { Among, DueQuery, IndexDeclaration, ListQuery } from '../core/store.ts';
import type { Place } from './declared.ts';

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
    found.where.push(holding(of, '@equals'));
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

/** That a field holds a value, or has it among its values. */
const holding = ({ field, holds }: NonNullable<IndexDeclaration['of']>, value: string): string =>
  holds === 'each' ? `ARRAY_CONTAINS(c.i["${field}"], ${value})` : `c.i["${field}"] = ${value}`;

/** What a search looks for, and among which lists; absent: among all there is. */
interface Sought {
  readonly order: string;
  readonly prefixes: readonly string[];
  readonly among?: readonly (Among & Required<Pick<IndexDeclaration, 'of'>>)[] | undefined;
}

/** The query of one partition for a search. */
export function searchQuery(
  { order, prefixes, among }: Sought,
  limit: number,
  partition: string,
  after: Place | undefined,
): SqlQuerySpec {
  const path = `c.i["${order}"]`;
  const found = conditions(partition, limit);
  if (among !== undefined) {
    found.where.push(`(${among.map(({ of }, n) => holding(of, `@among${n}`)).join(' OR ')})`);
    for (const [n, { equals }] of among.entries())
      found.parameters.push({ name: `@among${n}`, value: equals });
  }
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
