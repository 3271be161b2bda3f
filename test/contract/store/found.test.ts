import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { statesIn } from '../../../src/core/forms.ts';
import type { Store } from '../../../src/core/store.ts';
import { postKind } from '../../../src/posts/kind.ts';
import { maySee } from '../../../src/posts/may.ts';
import type { DeskRules, PostState } from '../../../src/posts/post.ts';
import { listsFor } from '../../../src/posts/who-reads.ts';
import { readJson } from '../../../src/store/declared.ts';
import { posts } from '../../fixtures/cards/posts.ts';
import { rules as few } from '../../fixtures/cards/rules.ts';
import { places, type Place } from './places.ts';

const omar = 'omar-haddad';
/** Somebody of another service than that of the posts is to be asked, and another posts by hand. */
const rules: DeskRules = {
  ...few,
  stages: few.stages.map((stage) =>
    stage.id === 'service' ? { ...stage, escalateTo: [{ who: 'approvers', department: 'waste' }] } : stage,
  ),
};

describe.each(places)('$name finds for each what they may see', (maker) => {
  let place: Place;
  let store: Store;
  beforeEach(async () => {
    place = await maker.make();
    store = await place.open({ kinds: [postKind] });
  });
  afterEach(async () => {
    await place.leave();
  });

  const kept = async (post: PostState): Promise<void> => {
    const { kind, id, form, index } = { ...postKind, id: post.id, index: postKind.index(post) };
    const state = readJson(JSON.stringify(post));
    await store.create({ kind, id, form, index, words: ['bridge', 'road'], body: { state } });
  };
  const found = async (
    person: string,
    words: readonly string[],
    now: DeskRules,
  ): Promise<readonly string[]> =>
    (await store.search('post', words, 5, undefined, listsFor(person, now))).items.map(({ id }) => id);

  test('however many newer ones there are that they may not see', async () => {
    const base = Object.entries(posts);
    const all = base.map(([name, post], n): PostState => ({ ...post, id: name, changedAt: n + 1 }));
    for (const post of all) await kept(post);
    for (let n = 0; n < 30; n += 1) {
      const { draft } = posts;
      await kept({ ...draft, id: `newer-${String(n)}`, author: 'tom-ashcroft', changedAt: 1_000 + n });
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
  });
});
