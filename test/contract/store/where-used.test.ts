import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../src/core/store.ts';
import { postKind } from '../../../src/posts/kind.ts';
import type { PostState } from '../../../src/posts/post.ts';
import type { Medium } from '../../../src/posts/revision.ts';
import { picture, posts, revision } from '../../fixtures/cards/posts.ts';
import { places, type Place } from './places.ts';

const hashed = (letter: string): Medium => ({ ...picture('A road'), hash: letter.repeat(43) });

describe.each(places)('$name finds where a picture is used', (maker) => {
  let place: Place;
  let store: Store;
  beforeEach(async () => {
    place = await maker.make();
    store = await place.open({ kinds: [postKind] });
  });
  afterEach(async () => {
    await place.leave();
  });

  const documentOf = (id: string, changedAt: number, media: readonly Medium[]) => {
    const post: PostState = { ...posts.draft, id, changedAt, revision: { ...revision, media } };
    const { kind, form } = postKind;
    return { kind, id, form, index: postKind.index(post), words: [], body: { id } };
  };
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

  test('in every post that has it, the last changed first, and no longer where it was left out', async () => {
    await store.create(documentOf('one', 1, [hashed('a')]));
    await store.create(documentOf('two', 2, [hashed('b'), hashed('a')]));
    await store.create(documentOf('three', 3, [hashed('a'), hashed('a')]));
    await store.create(documentOf('none', 4, []));
    expect(await uses('a')).toEqual(['three', 'two', 'one']);
    expect(await uses('b')).toEqual(['two']);
    expect(await uses('c')).toEqual([]);

    const { version = '' } = (await store.get('post', 'two')) ?? {};
    expect((await store.replace(documentOf('two', 5, [hashed('b')]), version)).put).toBe(true);
    expect(await uses('a')).toEqual(['three', 'one']);
  });
});
