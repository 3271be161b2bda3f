import { expect, test } from 'vitest';
import { correctionPlan } from '../../../src/posts/correcting/correction-plan.ts';
import { freeze, readPart } from '../../../src/posts/writing/plan.ts';
import type { PostState } from '../../../src/posts/post.ts';
import { posts } from '../../fixtures/cards/posts.ts';
import { filmRules } from '../../fixtures/cards/rules.ts';

const film = (accounts: readonly string[]) => ({ ...posts.published.revision, variants: {}, accounts });

const onWebsite = (accounts: readonly string[], rules = filmRules) =>
  freeze(film(accounts), 'Highways', rules).parts.map((part) => [
    part.account,
    readPart(part).onWebsite ?? false,
  ]);

test('a film is told of a page on the website where the post goes there, in public', () => {
  expect(onWebsite(['youtube-main'])).toEqual([['youtube-main', false]]);
  expect(Object.fromEntries(onWebsite(['website', 'youtube-main', 'x-main']))).toEqual({
    website: false,
    'youtube-main': true,
    'x-main': false,
  });
  const { website } = filmRules.accounts;
  if (website === undefined) throw new Error('there is no website');
  const rehearsing = {
    ...filmRules,
    accounts: { ...filmRules.accounts, website: { ...website, rehearsed: true as const } },
  };
  expect(onWebsite(['website', 'youtube-main'], rehearsing)).toContainEqual(['youtube-main', false]);
});

test('a correction that leaves the website as it is keeps the link to it', () => {
  const revision = film(['website', 'youtube-main']);
  const { status } = posts.published;
  if (status.is !== 'published') throw new Error('it is not published');
  const plan = freeze(revision, 'Highways', filmRules);
  const [stands] = Object.values(status.publications);
  if (stands === undefined) throw new Error('nothing stands');
  const post: PostState = {
    ...posts.published,
    revision,
    status: {
      ...status,
      plan,
      publications: Object.fromEntries(plan.parts.map(({ key }) => [key, stands])),
    },
  };
  const wanted = { revision, ways: { website: 'same', 'youtube-main': 'edit' } as const, reply: '' };
  const after = correctionPlan(post, { ...wanted, from: 'Highways' }, filmRules);
  const youtube = after.parts.filter(({ network }) => network === 'youtube').map(readPart);
  expect(youtube).toMatchObject([{ onWebsite: true }]);
});
