import { expect, test } from 'vitest';
import { everyListed, everyPage } from '../../src/core/every.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { ballotKind } from './ballot.ts';

test('all that a list gives comes, in its order, however many pages that are', async () => {
  const store = memoryStore([ballotKind]);
  const query = { kind: 'ballot', index: 'size', limit: 2 };
  const pages = async () => {
    const found: string[][] = [];
    for await (const items of everyPage(store, query)) found.push(items.map(({ id }) => id));
    return found;
  };
  expect(await pages()).toEqual([[]]);
  for (const size of [3, 1, 5, 2, 4])
    await store.create({
      kind: 'ballot',
      id: `b${String(size)}`,
      form: 1,
      body: {},
      index: { size },
      words: [],
    });
  expect(await pages()).toEqual([['b1', 'b2'], ['b3', 'b4'], ['b5']]);
  const listed: string[] = [];
  for await (const { id } of everyListed(store, query)) listed.push(id);
  expect(listed).toEqual(['b1', 'b2', 'b3', 'b4', 'b5']);
});
