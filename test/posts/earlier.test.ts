import { expect, test } from 'vitest';
import { keptWords } from '../../src/posts/earlier.ts';
import type { PostState } from '../../src/posts/post.ts';
import { posts } from '../fixtures/cards/posts.ts';
import { now } from '../fixtures/cards/rules.ts';

const said = (n: number) => ({ ...posts.published.revision, text: `${String(n)} ${'said '.repeat(3_900)}` });

test('of what a post said before more corrections than anybody makes, the first and the last are kept, and no more than a document holds', () => {
  let post: PostState = { ...posts.published, revision: said(0) };
  for (let n = 1; n <= 60; n += 1)
    post = { ...post, ...keptWords(post, said(n), now + n), revision: said(n) };
  const { earlier = [] } = post;
  expect(JSON.stringify(earlier).length).toBeLessThan(200_000);
  expect(earlier.length).toBeGreaterThan(5);
  expect(earlier[0]?.texts['text']).toMatch(/^0 /u);
  expect(earlier.at(-1)?.texts['text']).toMatch(/^59 /u);
});
