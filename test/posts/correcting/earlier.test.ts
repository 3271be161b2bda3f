import { expect, test } from 'vitest';
import { correctedBeside, keptWords } from '../../../src/posts/correcting/earlier.ts';
import type { PostState } from '../../../src/posts/post.ts';
import { drawingOf } from '../../../src/teams/cards/drawing.ts';
import { correctData } from '../../../src/teams/cards/correct-form.ts';
import { rightBesideWords } from '../../../src/words/earlier.ts';
import { posts } from '../../fixtures/cards/posts.ts';
import { now, rules } from '../../fixtures/cards/rules.ts';

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

test('what a correction was to change beside the text is known by its names, what it empties as well, where it is made nowhere', () => {
  const before = { ...posts.published.revision, headline: 'Road closed', summary: 'From 9am.' };
  const right = { ...before, headline: '', summary: 'From 10am.' };
  expect(correctedBeside(before, right)).toEqual({ headline: '', summary: 'From 10am.' });
  const notMade = { by: 'ellen-rimmer', text: before.text, others: correctedBeside(before, right) };
  const post: PostState = { ...posts.published, revision: before, notCorrected: ['website.0'], notMade };
  expect(rightBesideWords(post, rules)).toEqual([
    'The heading is to be taken out.',
    'The summary is to be: "From 10am."',
  ]);
  const { headline, summary } = correctData(drawingOf(post, { viewer: { kind: 'everybody' }, rules, now }));
  expect([headline.value, summary.value]).toEqual(['', 'From 10am.']);
});
