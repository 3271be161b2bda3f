import { expect, test } from 'vitest';
import type { NewDocument } from '../../../src/core/store.ts';
import type { Medium } from '../../../src/posts/writing/revision.ts';
import { picture, posts, revision } from '../../fixtures/cards/posts.ts';
import { places } from './places.ts';
import { documentOf, storeOfPosts } from './posts.ts';

const hashed = (letter: string): Medium => ({ ...picture('A road'), hash: letter.repeat(43) });

const withMedia = (id: string, changedAt: number, media: readonly Medium[]): NewDocument =>
  documentOf({ ...posts.draft, id, changedAt, revision: { ...revision, media } });

test.each(places)(
  '$name finds where a picture is used: in every post that has it, the last changed first, and no longer where it was left out',
  async (maker) => {
    await using place = await storeOfPosts(maker);
    const { store } = place;
    const uses = async (letter: string): Promise<readonly string[]> => {
      const hash = letter.repeat(43);
      const found: string[] = [];
      for (let after: string | undefined; ;) {
        const query = { kind: 'post', index: 'with-media', equals: hash, limit: 2 };
        const page = await store.list({ ...query, ...(after === undefined ? {} : { after }) });
        found.push(...page.items.map(({ id }) => id));
        if (page.next === undefined) return found;
        after = page.next;
      }
    };

    await store.create(withMedia('one', 1, [hashed('a')]));
    await store.create(withMedia('two', 2, [hashed('b'), hashed('a')]));
    await store.create(withMedia('three', 3, [hashed('a'), hashed('a')]));
    await store.create(withMedia('none', 4, []));
    expect(await uses('a')).toEqual(['three', 'two', 'one']);
    expect(await uses('b')).toEqual(['two']);
    expect(await uses('c')).toEqual([]);

    const { version = '' } = (await store.get('post', 'two')) ?? {};
    expect((await store.replace(withMedia('two', 5, [hashed('b')]), version)).put).toBe(true);
    expect(await uses('a')).toEqual(['three', 'one']);
  },
);
