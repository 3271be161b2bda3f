import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DueItem, KindDeclaration, Listed, ListQuery, Store } from '../../../src/core/store.ts';
import { bucketOf } from '../../../src/store/declared.ts';
import { kinds } from './kinds.ts';
import { places, post } from './places.ts';
import type { Place } from './places.ts';

function ids({ items }: Listed): string[] {
  return items.map(({ id }) => id);
}

/** Every page of a list, one after the other. */
async function pages(read: (after: string | undefined) => Promise<Listed>): Promise<string[][]> {
  const seen: string[][] = [];
  for (let after: string | undefined; ;) {
    const page = await read(after);
    seen.push(ids(page));
    if (page.next === undefined) return seen;
    after = page.next;
  }
}

/** The pages of a list, which together are as many documents as a count of it says. */
async function paged(store: Store, query: Omit<ListQuery, 'after'>): Promise<string[][]> {
  const { limit: _limit, ...counted } = query;
  const found = await pages((after) => store.list({ ...query, ...(after === undefined ? {} : { after }) }));
  expect(await store.count(counted)).toBe(found.flat().length);
  return found;
}

async function versionOf(store: Store, kind: string, id: string): Promise<string> {
  const found = await store.get(kind, id);
  if (found === undefined) throw new Error(`There is no ${kind}/${id}.`);
  return found.version;
}

describe.each(places)('$name keeps documents', (maker) => {
  let place: Place;
  let store: Store;

  beforeEach(async () => {
    place = await maker.make();
    store = await place.open();
  });
  afterEach(async () => {
    await place.leave();
  });

  async function fill(...documents: readonly ReturnType<typeof post>[]): Promise<void> {
    for (const result of await Promise.all(documents.map((document) => store.create(document)))) {
      expect(result.put).toBe(true);
    }
  }

  describe('one at a time', () => {
    test('as they were put', async () => {
      const document = post('p-1', {
        nextDue: 1_700_000_000_000,
        index: { state: 'open', topics: ['roads', 'bins'], at: 5, number: 12 },
        words: ['bridge', 'closed'],
        body: { list: [1, 2.5, null, true, 'x', { deep: [[]] }], empty: {} },
      });
      const created = await store.create(document);
      const found = await store.get('post', 'p-1');
      expect(found).toEqual({ ...document, version: created.put ? created.version : '' });
    });

    test('without a due time when there is none', async () => {
      await fill(post('p-1'));
      expect(await store.get('post', 'p-1')).not.toHaveProperty('nextDue');
      const version = await versionOf(store, 'post', 'p-1');
      await store.replace(post('p-1', { nextDue: 7 }), version);
      await store.replace(post('p-1'), await versionOf(store, 'post', 'p-1'));
      expect(await store.get('post', 'p-1')).not.toHaveProperty('nextDue');
      expect(await store.due({ kinds: ['post'], before: 10, limit: 10 })).toEqual([]);
    });

    test('with every character of a text', async () => {
      const text = 'Tŷ’r Cyngor — naïve ﬁ 👩‍👩‍👧 e\u0301 é \u0000 \u2028 "\\" 漢字 \u{10FFFF}';
      await fill(
        post('p-1', { body: { text, [text]: text }, index: { title: text }, words: ['tŷ’r', '漢字'] }),
      );
      const found = await store.get('post', 'p-1');
      expect(found?.body).toEqual({ text, [text]: text });
      expect(found?.index['title']).toBe(text);
      expect(found?.words).toEqual(['tŷ’r', '漢字']);
    });

    test('and says nothing of one that is not there', async () => {
      expect(await store.get('post', 'p-1')).toBeUndefined();
      expect(await store.get('post', 'no?such/id')).toBeUndefined();
    });

    test('kinds apart, though their ids are the same', async () => {
      await fill(post('same'), post('same', { kind: 'account', form: 2, body: 'account' }));
      expect((await store.get('account', 'same'))?.body).toBe('account');
      expect((await store.get('post', 'same'))?.body).toEqual({ text: 'same' });
    });
  });

  describe('against other writers', () => {
    test('a second create is a conflict and changes nothing', async () => {
      await fill(post('p-1'));
      const second = await store.create(post('p-1', { body: 'second', index: { at: 1 } }));
      expect(second).toEqual({ put: false, reason: 'conflict' });
      expect((await store.get('post', 'p-1'))?.body).toEqual({ text: 'p-1' });
      expect(ids(await store.list({ kind: 'post', index: 'calendar', limit: 5 }))).toEqual([]);
    });

    test('of 20 that create at once one wins, and its document stands', async () => {
      const racers = Array.from({ length: 20 }, (_, n) => n);
      const results = await Promise.all(racers.map((n) => store.create(post('p-1', { body: n }))));
      const winners = racers.filter((n) => results[n]?.put);
      expect(winners).toHaveLength(1);
      expect((await store.get('post', 'p-1'))?.body).toBe(winners[0]);
    });

    test('of 20 that replace one version one wins, and its document stands', async () => {
      await fill(post('p-1'));
      const version = await versionOf(store, 'post', 'p-1');
      const racers = Array.from({ length: 20 }, (_, n) => n);
      const results = await Promise.all(racers.map((n) => store.replace(post('p-1', { body: n }), version)));
      const winners = racers.filter((n) => results[n]?.put);
      expect(winners).toHaveLength(1);
      expect((await store.get('post', 'p-1'))?.body).toBe(winners[0]);
    });

    test('a stale version is a conflict, the current one is not', async () => {
      const first = await store.create(post('p-1'));
      const stale = first.put ? first.version : '';
      const second = await store.replace(post('p-1', { body: 2 }), stale);
      expect(second.put && second.version !== stale).toBe(true);
      expect(await store.replace(post('p-1', { body: 3 }), stale)).toEqual({
        put: false,
        reason: 'conflict',
      });
      expect(await store.remove('post', 'p-1', stale)).toEqual({ put: false, reason: 'conflict' });
      expect((await store.get('post', 'p-1'))?.body).toBe(2);
      expect(await versionOf(store, 'post', 'p-1')).toBe(second.put ? second.version : '');
    });

    test('to replace or remove what is not there is a conflict', async () => {
      expect(await store.replace(post('p-1'), '1')).toEqual({ put: false, reason: 'conflict' });
      expect(await store.remove('post', 'p-1', '1')).toEqual({ put: false, reason: 'conflict' });
    });

    test('a removed document is gone from everywhere, and its version is no good for a new one', async () => {
      const full = post('p-1', { index: { at: 1, topics: ['bins'] }, words: ['bins'], nextDue: 1 });
      await fill(full);
      const version = await versionOf(store, 'post', 'p-1');
      expect((await store.remove('post', 'p-1', version)).put).toBe(true);
      expect(await store.get('post', 'p-1')).toBeUndefined();
      expect(ids(await store.list({ kind: 'post', index: 'byTopic', equals: 'bins', limit: 5 }))).toEqual([]);
      expect(ids(await store.search('post', ['bin'], 5))).toEqual([]);
      expect(await store.due({ kinds: ['post'], before: 5, limit: 5 })).toEqual([]);
      expect(ids(await store.scan('post', 5))).toEqual([]);
      await fill(full);
      expect((await store.replace(full, version)).put).toBe(false);
    });
  });

  describe('in lists', () => {
    test('by one value, in both directions, ties by id the same way', async () => {
      await fill(
        ...['a', 'b', 'c', 'd'].map((id, n) => post(id, { index: { state: 'open', number: 3, at: n >> 1 } })),
        post('other', { index: { state: 'done', number: 4, at: 0 } }),
        post('stateless', { index: { at: 0 } }),
      );
      const open = { kind: 'post', index: 'byState', equals: 'open', limit: 3 };
      expect(await paged(store, open)).toEqual([['d', 'c', 'b'], ['a']]);
      expect(await paged(store, { kind: 'post', index: 'byNumber', equals: 3, limit: 3 })).toEqual([
        ['a', 'b', 'c'],
        ['d'],
      ]);
      expect(await paged(store, { kind: 'post', index: 'byNumber', equals: '3', limit: 3 })).toEqual([[]]);
    });

    test('by each of several values, once for each', async () => {
      await fill(
        post('a', { index: { topics: ['bins', 'roads', 'bins'], at: 2 } }),
        post('b', { index: { topics: ['roads'], at: 1 } }),
        post('c', { index: { topics: [], at: 0 } }),
      );
      const by = (topic: string) => store.list({ kind: 'post', index: 'byTopic', equals: topic, limit: 9 });
      expect(ids(await by('bins'))).toEqual(['a']);
      expect(ids(await by('roads'))).toEqual(['b', 'a']);
      expect(ids(await by('road'))).toEqual([]);
    });

    test('with whole documents, as a read of each would give', async () => {
      await fill(post('a', { index: { at: 2 }, words: ['x'], nextDue: 9 }));
      const { items } = await store.list({ kind: 'post', index: 'calendar', limit: 1 });
      expect(items).toEqual([await store.get('post', 'a')]);
    });

    test('between bounds, from inclusive, to exclusive, in both directions and over pages', async () => {
      await fill(
        ...Array.from({ length: 10 }, (_, n) => post(`p-${n}`, { index: { at: n, state: 'open' } })),
      );
      const bounds = { from: 2, to: 7, limit: 2 };
      expect(await paged(store, { kind: 'post', index: 'calendar', ...bounds })).toEqual([
        ['p-2', 'p-3'],
        ['p-4', 'p-5'],
        ['p-6'],
      ]);
      expect(await paged(store, { kind: 'post', index: 'byState', equals: 'open', ...bounds })).toEqual([
        ['p-6', 'p-5'],
        ['p-4', 'p-3'],
        ['p-2'],
      ]);
    });

    test('by an order of texts', async () => {
      await fill(...['bins', 'Ash', 'zoo', 'bins'].map((title, n) => post(`p-${n}`, { index: { title } })));
      expect(await paged(store, { kind: 'post', index: 'byTitle', limit: 3 })).toEqual([
        ['p-2', 'p-3', 'p-0'],
        ['p-1'],
      ]);
    });

    test('only while they have the fields, and where the last write left them', async () => {
      await fill(post('a', { index: { at: 1, state: 'open', topics: ['bins', 'roads'] } }));
      const lists = async () => ({
        open: ids(await store.list({ kind: 'post', index: 'byState', equals: 'open', limit: 5 })),
        done: ids(await store.list({ kind: 'post', index: 'byState', equals: 'done', limit: 5 })),
        bins: ids(await store.list({ kind: 'post', index: 'byTopic', equals: 'bins', limit: 5 })),
        late: ids(await store.list({ kind: 'post', index: 'calendar', from: 5, limit: 5 })),
      });
      expect(await lists()).toEqual({ open: ['a'], done: [], bins: ['a'], late: [] });
      const moved = post('a', { index: { at: 6, state: 'done', topics: ['roads'] } });
      await store.replace(moved, await versionOf(store, 'post', 'a'));
      expect(await lists()).toEqual({ open: [], done: ['a'], bins: [], late: ['a'] });
      await store.replace(post('a', { index: { state: 'done' } }), await versionOf(store, 'post', 'a'));
      expect(await lists()).toEqual({ open: [], done: [], bins: [], late: [] });
    });

    test('a page goes on where it ended, whatever was put before and after it', async () => {
      await fill(...[10, 20, 30, 40].map((at) => post(`p-${at}`, { index: { at } })));
      const query = { kind: 'post', index: 'calendar', limit: 2 };
      const first = await store.list(query);
      expect(ids(first)).toEqual(['p-10', 'p-20']);
      await fill(post('early', { index: { at: 1 } }), post('tie', { index: { at: 20 } }));
      await fill(post('late', { index: { at: 35 } }));
      const gone = await versionOf(store, 'post', 'p-20');
      await store.remove('post', 'p-20', gone);
      const rest = await pages((after) => store.list({ ...query, after: after ?? first.next ?? '' }));
      expect(rest).toEqual([
        ['tie', 'p-30'],
        ['late', 'p-40'],
      ]);
    });

    test('every document once, over many pages of every size', async () => {
      const all = Array.from({ length: 60 }, (_, n) =>
        post(`p-${n}`, { index: { at: n % 7, state: 'open' } }),
      );
      await fill(...all);
      const expected = all
        .toSorted((a, b) => Number(b.index['at']) - Number(a.index['at']) || (a.id < b.id ? 1 : -1))
        .map(({ id }) => id);
      for (const limit of [4, 20, 59, 60, 61, 1000]) {
        const seen = await paged(store, { kind: 'post', index: 'byState', equals: 'open', limit });
        expect(seen.flat()).toEqual(expected);
        expect(seen.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      }
    });
  });

  describe('to be searched', () => {
    beforeEach(async () => {
      await fill(
        post('a', { index: { at: 1 }, words: ['bridge', 'closed', 'thames'] }),
        post('b', { index: { at: 3 }, words: ['bridges', 'repaired'] }),
        post('c', { index: { at: 2 }, words: ['bridge', 'clean', '50%', 'a_b', "o'hara"] }),
        post('d', { index: {}, words: ['bridge'] }),
        post('e', { index: { at: 4 }, words: ['abridged'] }),
      );
    });

    test('by the beginning of words, newest first', async () => {
      expect(ids(await store.search('post', ['brid'], 9))).toEqual(['b', 'c', 'a']);
      expect(ids(await store.search('post', ['bridges'], 9))).toEqual(['b']);
      expect(ids(await store.search('post', ['ridge'], 9))).toEqual([]);
    });

    test('by several beginnings, all of which must be there', async () => {
      expect(ids(await store.search('post', ['cl', 'bri'], 9))).toEqual(['c', 'a']);
      expect(ids(await store.search('post', ['clo', 'bri', 'th'], 9))).toEqual(['a']);
      expect(ids(await store.search('post', ['clo', 'rep'], 9))).toEqual([]);
      expect(ids(await store.search('post', ['b', 'br', 'bridge', 'bridge'], 9))).toEqual(['b', 'c', 'a']);
    });

    test('by signs that mean something in a query language', async () => {
      expect(ids(await store.search('post', ['50%'], 9))).toEqual(['c']);
      expect(ids(await store.search('post', ['5%'], 9))).toEqual([]);
      expect(ids(await store.search('post', ['a_'], 9))).toEqual(['c']);
      expect(ids(await store.search('post', ["o'"], 9))).toEqual(['c']);
    });

    test('by nothing: all of them', async () => {
      expect(ids(await store.search('post', [], 9))).toEqual(['e', 'b', 'c', 'a']);
    });

    test('over pages', async () => {
      expect(await pages((after) => store.search('post', ['bri'], 2, after))).toEqual([['b', 'c'], ['a']]);
      expect(await pages((after) => store.search('post', [], 3, after))).toEqual([['e', 'b', 'c'], ['a']]);
    });

    test('among some lists alone, whatever else is found, over pages', async () => {
      await fill(
        ...Array.from({ length: 40 }, (_, n) =>
          post(`o-${String(n)}`, { index: { at: 100 + n, topics: ['roads'] }, words: ['bridge'] }),
        ),
        post('x', { index: { at: 60, state: 'open' }, words: ['bridge', 'closed'] }),
        post('y', { index: { at: 60, state: 'open', number: 7 }, words: ['bridge', 'open'] }),
        post('z', { index: { at: 50, state: 'shut', number: 7 }, words: ['bridge', 'closed'] }),
        post('w', { index: { at: 49, state: 'shut' }, words: ['bridge', 'closed'] }),
      );
      const open = { index: 'byState', equals: 'open' };
      const shut = { index: 'byState', equals: 'shut' };
      const among = async (prefixes: readonly string[], ...lists: readonly (typeof open)[]) =>
        await pages((after) => store.search('post', prefixes, 2, after, lists));
      expect(await among(['brid'], open)).toEqual([['y', 'x']]);
      expect(await among(['brid', 'clo'], open)).toEqual([['x']]);
      // In both lists, and given once.
      expect(await among(['brid'], open, shut, open)).toEqual([
        ['y', 'x'],
        ['z', 'w'],
      ]);
      expect(await among([], shut, open)).toEqual([
        ['y', 'x'],
        ['z', 'w'],
      ]);
      expect(await among(['ferry'], open, shut)).toEqual([[]]);
      expect(await among(['brid'], { index: 'byState', equals: 'elsewhere' })).toEqual([[]]);
      expect(await among(['brid'])).toEqual([[]]);
    });

    test('but not among what is listed in another order, or by nothing', async () => {
      for (const index of ['byTopic', 'calendar', 'byTitle', 'none'])
        await expect(store.search('post', [], 5, undefined, [{ index, equals: 'x' }])).rejects.toThrow(index);
    });

    test('by the words of the last write', async () => {
      const version = await versionOf(store, 'post', 'a');
      await store.replace(post('a', { index: { at: 9 }, words: ['ferry', 'closed'] }), version);
      expect(ids(await store.search('post', ['brid'], 9))).toEqual(['b', 'c']);
      expect(ids(await store.search('post', ['fer', 'clo'], 9))).toEqual(['a']);
    });
  });

  describe('that are due', () => {
    test('earliest first, of the kinds asked for, up to the moment', async () => {
      await fill(
        post('late', { nextDue: 30 }),
        post('soon', { nextDue: 10 }),
        post('b-tie', { nextDue: 20 }),
        post('a-tie', { nextDue: 20 }),
        post('never'),
        post('x-main', { kind: 'account', form: 2, nextDue: 5 }),
      );
      const due = async (kindNames: readonly string[], before: number, limit = 9) =>
        (await store.due({ kinds: kindNames, before, limit })).map(({ id }) => id);
      expect(await due(['post'], 20)).toEqual(['soon', 'a-tie', 'b-tie']);
      expect(await due(['post', 'account'], 30)).toEqual(['x-main', 'soon', 'a-tie', 'b-tie', 'late']);
      expect(await due(['post', 'account', 'post'], 30, 2)).toEqual(['x-main', 'soon']);
      expect(await due(['post'], 9)).toEqual([]);
      expect(await due([], 30)).toEqual([]);
      expect((await store.due({ kinds: ['account'], before: 5, limit: 1 }))[0]).toEqual({
        kind: 'account',
        id: 'x-main',
        nextDue: 5,
      });
    });

    test('page by page from the last one on, also where many fall due at once', async () => {
      await fill(
        ...Array.from({ length: 5 }, (_, n) => post(`p-${String(n)}`, { nextDue: 20 })),
        post('soon', { nextDue: 10 }),
        post('z-late', { nextDue: 30 }),
        post('p-2', { kind: 'account', form: 2, nextDue: 20 }),
      );
      const seen = new Map<string, number>();
      let from: DueItem | undefined;
      do {
        const items = await store.due({
          kinds: ['post', 'account'],
          before: 30,
          limit: 3,
          ...(from === undefined ? {} : { from }),
        });
        for (const { kind, id, nextDue } of items) seen.set(`${kind}/${id}`, nextDue);
        from = items.length === 3 ? items.at(-1) : undefined;
      } while (from !== undefined);
      expect([...seen.keys()].toSorted()).toEqual(
        [
          'account/p-2',
          'post/soon',
          'post/z-late',
          ...[0, 1, 2, 3, 4].map((n) => `post/p-${String(n)}`),
        ].toSorted(),
      );
      expect([...seen.values()]).toEqual([10, 20, 20, 20, 20, 20, 20, 30]);
    });

    test('in the buckets asked for, each in one of sixteen', async () => {
      const all = Array.from({ length: 64 }, (_, n) => `p-${n}`);
      await fill(...all.map((id, n) => post(id, { nextDue: n })));
      const found = await Promise.all(
        Array.from({ length: 16 }, (_, bucket) =>
          store.due({ kinds: ['post'], before: 99, limit: 99, buckets: [bucket] }),
        ),
      );
      expect(found.map((items) => items.map(({ id }) => id))).toEqual(
        Array.from({ length: 16 }, (_, bucket) => all.filter((id) => bucketOf(id) === bucket)),
      );
      const some = await store.due({ kinds: ['post'], before: 99, limit: 99, buckets: [3, 4] });
      expect(some.map(({ id }) => id)).toEqual(all.filter((id) => [3, 4].includes(bucketOf(id))));
      expect(await store.due({ kinds: ['post'], before: 99, limit: 99, buckets: [] })).toEqual([]);
    });
  });

  test('to be gone through by id', async () => {
    const all = Array.from({ length: 30 }, (_, n) => `p-${n}`);
    await fill(...all.map((id) => post(id)), post('x', { kind: 'account', form: 2 }));
    const seen = await pages((after) => store.scan('post', 7, after));
    expect(seen.flat()).toEqual(all.toSorted());
    expect(await pages((after) => store.scan('post', 30, after))).toHaveLength(1);
  });

  describe('but refuses', () => {
    test('kinds that are not declared, by name', async () => {
      const refused = /"poster" is not declared/;
      await expect(store.get('poster', 'a')).rejects.toThrow(refused);
      await expect(store.create(post('a', { kind: 'poster' }))).rejects.toThrow(refused);
      await expect(store.replace(post('a', { kind: 'poster' }), '1')).rejects.toThrow(refused);
      await expect(store.remove('poster', 'a', '1')).rejects.toThrow(refused);
      await expect(store.list({ kind: 'poster', index: 'calendar', limit: 1 })).rejects.toThrow(refused);
      await expect(store.search('poster', ['a'], 1)).rejects.toThrow(refused);
      await expect(store.due({ kinds: ['post', 'poster'], before: 1, limit: 1 })).rejects.toThrow(refused);
      await expect(store.scan('poster', 1)).rejects.toThrow(refused);
    });

    test('filters and orders that are not declared, by name', async () => {
      await expect(store.list({ kind: 'post', index: 'byAuthor', equals: 'x', limit: 1 })).rejects.toThrow(
        /"post.byAuthor" is not declared/,
      );
      await expect(store.list({ kind: 'post', index: 'toString', limit: 1 })).rejects.toThrow(/not declared/);
      await expect(store.list({ kind: 'account', index: 'calendar', limit: 1 })).rejects.toThrow(
        /"account.calendar" is not declared/,
      );
      await expect(store.list({ kind: 'post', index: 'byState', limit: 1 })).rejects.toThrow(
        /"post.byState" is listed by "state"/,
      );
      await expect(store.list({ kind: 'post', index: 'calendar', equals: 'x', limit: 1 })).rejects.toThrow(
        /"post.calendar" is declared without a field/,
      );
      await expect(store.search('account', ['x'], 1)).rejects.toThrow(/"account" declares no search/);
    });

    test('ids that a store may take and not find again', async () => {
      for (const id of ['', 'a?b', 'a/b', 'a\\b', 'a#b', 'a b', 'é', 'a'.repeat(101)]) {
        await expect(store.create(post(id))).rejects.toThrow(/cannot be the id of a "post"/);
      }
      await fill(post('A-z_09'.padEnd(100, 'x')));
    });

    test('a document over 1 MB, in bytes, and takes one just under it', async () => {
      await expect(store.create(post('p-1', { body: 'é'.repeat(500_001) }))).rejects.toThrow(
        /at most 1000000/,
      );
      await fill(post('p-1', { body: 'é'.repeat(499_900) }));
      expect((await store.get('post', 'p-1'))?.body).toBe('é'.repeat(499_900));
      const version = await versionOf(store, 'post', 'p-1');
      const over = store.replace(post('p-1', { body: 'x'.repeat(1_000_001) }), version);
      await expect(over).rejects.toThrow(/at most 1000000/);
    });

    test('index values that are not as declared', async () => {
      await expect(store.create(post('a', { index: { state: ['x'], at: 1 } }))).rejects.toThrow(/byState/);
      await expect(store.create(post('a', { index: { topics: 'x', at: 1 } }))).rejects.toThrow(/byTopic/);
      await expect(store.create(post('a', { index: { at: ['1'] } }))).rejects.toThrow(/ordered by a list/);
      await expect(store.create(post('a', { index: { at: Number.NaN } }))).rejects.toThrow(/finite/);
    });

    test('another form than this release writes', async () => {
      await expect(store.create(post('a', { form: 2 }))).rejects.toThrow(/form 2/);
    });

    test('words of a kind that is not searched', async () => {
      const account = post('a', { kind: 'account', form: 2, words: ['x'] });
      await expect(store.create(account)).rejects.toThrow(/declares no search/);
    });

    test('cursors of another list, and texts that are none', async () => {
      await fill(...[1, 2, 3].map((at) => post(`p-${at}`, { index: { at, state: 'open' } })));
      const { next } = await store.list({ kind: 'post', index: 'calendar', limit: 1 });
      for (const after of [next ?? '', 'nonsense', '', Buffer.from('["x"]').toString('base64url')]) {
        const query = { kind: 'post', index: 'byState', equals: 'open', limit: 1, after };
        await expect(store.list(query)).rejects.toThrow(/not one of "list post.byState"/);
        await expect(store.search('post', ['x'], 1, after)).rejects.toThrow(/not one of/);
        await expect(store.scan('post', 1, after)).rejects.toThrow(/not one of/);
      }
    });

    test('pages of no size, or of too much', async () => {
      for (const limit of [0, -1, 1.5, 1001, Number.NaN]) {
        await expect(store.list({ kind: 'post', index: 'calendar', limit })).rejects.toThrow(/1 to 1000/);
        await expect(store.search('post', [], limit)).rejects.toThrow(/1 to 1000/);
        await expect(store.scan('post', limit)).rejects.toThrow(/1 to 1000/);
        await expect(store.due({ kinds: ['post'], before: 1, limit })).rejects.toThrow(/1 to 1000/);
      }
      await expect(store.due({ kinds: ['post'], before: 1, limit: 1, buckets: [16] })).rejects.toThrow(
        /no bucket 16/,
      );
    });

    test('to be used after it was closed; closing twice is nothing', async () => {
      await store.ready();
      await store.close();
      await store.close();
      const closed = /The store is closed/;
      await expect(store.ready()).rejects.toThrow(closed);
      await expect(store.get('post', 'a')).rejects.toThrow(closed);
      await expect(store.create(post('a'))).rejects.toThrow(closed);
      await expect(store.replace(post('a'), '1')).rejects.toThrow(closed);
      await expect(store.remove('post', 'a', '1')).rejects.toThrow(closed);
      await expect(store.list({ kind: 'post', index: 'calendar', limit: 1 })).rejects.toThrow(closed);
      await expect(store.search('post', [], 1)).rejects.toThrow(closed);
      await expect(store.due({ kinds: ['post'], before: 1, limit: 1 })).rejects.toThrow(closed);
      await expect(store.scan('post', 1)).rejects.toThrow(closed);
    });

    test("another council's data", async () => {
      await store.close();
      await expect(place.open({ council: 'henley' })).rejects.toThrow(/council "marlow".*"henley"/);
      await (await place.open()).ready();
    });
  });

  describe('from one release to the next', () => {
    const base = { kind: 'post', form: 1 } as const;
    const before: readonly KindDeclaration[] = [{ ...base, indexes: {} }];
    const all = [
      post('a', { index: { at: 1, state: 'open', topics: ['bins', 'roads'] } }),
      post('b', { index: { at: 2, state: 'done', topics: ['roads'] } }),
      post('c', { index: { state: 'open' } }),
    ];

    test('what was put is there after it was closed and opened', async () => {
      await fill(...all);
      const found = await store.get('post', 'b');
      await store.close();
      store = await place.open();
      expect(await store.get('post', 'b')).toEqual(found);
      expect((await store.replace(post('b'), found?.version ?? '')).put).toBe(true);
    });

    test('an index that is declared later finds what was there before', async () => {
      await store.close();
      store = await place.open({ kinds: before });
      await fill(...all);
      await store.close();
      store = await place.open({ kinds });
      expect(ids(await store.list({ kind: 'post', index: 'byState', equals: 'open', limit: 9 }))).toEqual([
        'a',
      ]);
      const roads = { kind: 'post', index: 'byTopic', equals: 'roads', limit: 9 };
      expect(ids(await store.list(roads))).toEqual(['a', 'b']);
      expect(ids(await store.search('post', [], 9))).toEqual(['b', 'a']);
      await store.replace(
        post('a', { index: { at: 5, topics: ['roads'] } }),
        await versionOf(store, 'post', 'a'),
      );
      expect(ids(await store.list(roads))).toEqual(['b', 'a']);
    });

    test('an index that is declared otherwise finds by what it now says', async () => {
      const indexes = {
        list: { of: { field: 'state', holds: 'one' }, order: 'at', direction: 'ascending' },
      } as const;
      const changed = {
        list: { of: { field: 'topics', holds: 'each' }, order: 'at', direction: 'ascending' },
      } as const;
      await store.close();
      store = await place.open({ kinds: [{ ...base, indexes }] });
      await fill(...all);
      await store.close();
      store = await place.open({ kinds: [{ ...base, indexes: changed }] });
      expect(ids(await store.list({ kind: 'post', index: 'list', equals: 'roads', limit: 9 }))).toEqual([
        'a',
        'b',
      ]);
      expect(ids(await store.list({ kind: 'post', index: 'list', equals: 'open', limit: 9 }))).toEqual([]);
      const a = await versionOf(store, 'post', 'a');
      expect((await store.remove('post', 'a', a)).put).toBe(true);
    });

    test('an index that went and came back knows what was put meanwhile', async () => {
      await fill(...all);
      await store.close();
      store = await place.open({ kinds: before });
      await store.replace(
        post('a', { index: { at: 7, state: 'open' } }),
        await versionOf(store, 'post', 'a'),
      );
      await store.close();
      store = await place.open({ kinds });
      expect(ids(await store.list({ kind: 'post', index: 'byTopic', equals: 'bins', limit: 9 }))).toEqual([]);
      expect(ids(await store.list({ kind: 'post', index: 'calendar', from: 7, limit: 9 }))).toEqual(['a']);
    });
  });
});
