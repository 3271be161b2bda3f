import { expect, test } from 'vitest';
import { statesIn } from '../../../src/core/forms.ts';
import { postKind } from '../../../src/posts/kind.ts';
import { maySee } from '../../../src/posts/deciding/may.ts';
import type { DeskRules, PostState } from '../../../src/posts/post.ts';
import { listsFor } from '../../../src/posts/deciding/who-reads.ts';
import { posts } from '../../fixtures/cards/posts.ts';
import { rules as few } from '../../fixtures/cards/rules.ts';
import { places } from './places.ts';
import { documentOf, storeOfPosts } from './posts.ts';

const omar = 'omar-haddad';
/** Somebody of another service than that of the posts is to be asked, and another posts by hand. */
const rules: DeskRules = {
  ...few,
  stages: few.stages.map((stage) =>
    stage.id === 'service' ? { ...stage, escalateTo: [{ who: 'approvers', department: 'waste' }] } : stage,
  ),
};

test.each(places)(
  '$name finds for each what they may see, however many newer ones there are that they may not see',
  async (maker) => {
    await using place = await storeOfPosts(maker);
    const { store } = place;
    const found = async (
      person: string,
      words: readonly string[],
      now: DeskRules,
    ): Promise<readonly string[]> =>
      (await store.search('post', words, 5, undefined, listsFor(person, now))).items.map(({ id }) => id);

    const base = Object.entries(posts);
    const all = base.map(([name, post], n): PostState => ({ ...post, id: name, changedAt: n + 1 }));
    for (const post of all) await store.create(documentOf(post, ['bridge', 'road']));
    for (let n = 0; n < 30; n += 1) {
      const { draft } = posts;
      const newer = { ...draft, id: `newer-${String(n)}`, author: 'tom-ashcroft', changedAt: 1_000 + n };
      await store.create(documentOf(newer, ['bridge', 'road']));
    }
    for (const now of [few, rules]) {
      for (const person of [omar, 'nadia-hartley', 'priya-desai', 'ellen-rimmer', 'nobody']) {
        const stored = statesIn(
          postKind,
          (await store.list({ kind: 'post', index: 'newest', limit: 200 })).items,
        );
        const may = stored.filter((post) => maySee(post, person, now)).map(({ id }) => id);
        expect(await found(person, ['bri'], now), person).toEqual(may.slice(0, 5));
        expect(await found(person, [], now), person).toEqual(may.slice(0, 5));
        expect(await found(person, ['ferry'], now), person).toEqual([]);
      }
    }
    // Omar finds more by the second protocol than by the first, none of them among the newest.
    expect((await found(omar, ['bri'], rules)).length).toBeGreaterThan(
      (await found(omar, ['bri'], few)).length,
    );
  },
);
