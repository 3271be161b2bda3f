import { expect, test } from 'vitest';
import { linksWithCards, pagesOf } from '../../../src/posts/leaving/linked-pages.ts';
import { freeze, planShown, readPart } from '../../../src/posts/writing/plan.ts';
import type { LinkedPage, Revision } from '../../../src/posts/writing/revision.ts';
import { draft, picture, posts, revision } from '../../fixtures/cards/posts.ts';
import { blueskyRules } from '../../fixtures/cards/rules.ts';

const page: LinkedPage = { is: 'read', title: 'Water', description: 'What we do.' };
const unread: LinkedPage = { is: 'unread' };
const about: Revision = {
  ...revision,
  text: 'No water? See https://other.example/a or https://sefton.example/water.',
  accounts: ['x-main', 'bluesky-main', 'website'],
  media: [],
  campaign: 'Winter roads',
  pages: { 'https://other.example/a': unread, 'https://sefton.example/water': page },
};
const cardsOf = (of: Revision): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    freeze(of, 'Highways', blueskyRules).parts.map((part) => [part.key, readPart(part).linkCard]),
  );

test('the card of the first page that was read is frozen for Bluesky alone, and leads where the tagged link does', () => {
  const tags = '?utm_source=bluesky&utm_medium=social&utm_campaign=winter-roads';
  expect(cardsOf(about)).toEqual({
    'x-main.0': undefined,
    'website.0': undefined,
    'bluesky-main.0': {
      uri: `https://sefton.example/water${tags}`,
      title: 'Water',
      description: 'What we do.',
    },
  });
  const same = freeze(about, 'Highways', blueskyRules).hash;
  const other = { ...about, pages: { 'https://sefton.example/water': { ...page, title: 'Fire' } } };
  expect(freeze(other, 'Highways', blueskyRules).hash).not.toBe(same);
});

test('no card beside a picture, of a page that could not be read, or of a revision from before there were any', () => {
  const { pages: _none, ...older } = about;
  for (const of of [
    { ...about, media: [picture('A road')] },
    { ...about, pages: { 'https://sefton.example/water': unread } },
    older,
  ]) {
    expect(cardsOf(of)['bluesky-main.0']).toBeUndefined();
  }
});

test('each post of a thread has the card of its own link', () => {
  const text = 'Read https://sefton.example/water.\n---\nCall us.\n---\nOr https://sefton.example/roads.';
  const roads: LinkedPage = { ...page, title: 'Roads' };
  const cards = cardsOf({
    ...about,
    campaign: '',
    text,
    pages: { 'https://sefton.example/water': page, 'https://sefton.example/roads': roads },
  });
  expect(cards).toMatchObject({
    'bluesky-main.0': { title: 'Water' },
    'bluesky-main.1': undefined,
    'bluesky-main.2': { title: 'Roads', uri: 'https://sefton.example/roads' },
  });
});

test('pages are read of what may get a card, and kept while their link stands', () => {
  const both = ['https://other.example/a', 'https://sefton.example/water'];
  expect(linksWithCards(about, blueskyRules)).toEqual(both);
  expect(linksWithCards({ ...about, accounts: ['website'] }, blueskyRules)).toEqual([]);
  expect(linksWithCards({ ...about, media: [picture('A road')] }, blueskyRules)).toEqual([]);
  expect(pagesOf({ text: 'See https://sefton.example/water', variants: {} }, about.pages)).toEqual({
    pages: { 'https://sefton.example/water': page },
  });
  expect(pagesOf({ text: 'No link', variants: {} }, about.pages)).toEqual({});
});

test('what is shown of a post is its frozen plan, of a draft what would be frozen now, and of one without words nothing', () => {
  const shown = planShown({ ...draft, revision: about }, blueskyRules);
  expect(shown).toEqual({ plan: freeze(about, 'Highways', blueskyRules), frozen: false });
  const cancelled = { is: 'cancelled', by: 'nadia-hartley', at: 1 } as const;
  expect(planShown({ ...draft, revision: { ...about, text: '' } }, blueskyRules)).toBeUndefined();
  expect(planShown({ ...draft, status: cancelled }, blueskyRules)).toBeUndefined();
  const plan = freeze(posts.atDesk.revision, 'Highways', blueskyRules);
  expect(planShown(posts.atDesk, blueskyRules)).toEqual({ plan, frozen: true });
});
