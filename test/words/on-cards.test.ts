import { expect, test } from 'vitest';
import type { Medium, Picture, Video } from '../../src/posts/writing/revision.ts';
import { lookWords } from '../../src/words/looks.ts';
import { leftWords } from '../../src/words/on-cards.ts';
import { rules } from '../fixtures/cards/rules.ts';

const kept = { hash: 'h', width: 640, height: 480, bytes: 1_000 } as const;
const picture = (alt: string): Picture => ({ ...kept, contentType: 'image/jpeg', alt });
const video: Video = {
  ...kept,
  contentType: 'video/mp4',
  alt: 'A gritter',
  length: 5_000,
  codec: 'AVC',
  streamable: true,
  sound: false,
};
const x = 'x-main';
const said = (account: string, posts: readonly string[], media: readonly Medium[], quote = ''): string =>
  lookWords(account, posts, { media, quote }, rules);

test('whoever cannot see a look hears how many pictures it has and what they show, and that a film is one', () => {
  const begins = 'What it will look like on X: Words.';
  expect(said(x, ['Words.'], [])).toBe(begins);
  expect(said(x, ['Words.'], [picture('A sign')])).toBe(`${begins} Picture: A sign`);
  expect(said(x, ['Words.'], [picture('')])).toBe(`${begins} Picture: not described yet`);
  expect(said(x, ['Words.'], [picture('A sign'), picture(''), picture('C')])).toBe(
    `${begins} 3 pictures. 1: A sign. 2: not described yet. 3: C`,
  );
  expect(said(x, ['Words.'], [video, picture('A sign')])).toBe(`${begins} Picture: A sign. Video: A gritter`);
  expect(said(x, ['One.', 'Two.'], [])).toBe('What it will look like on X, in 2 posts: One. Two.');
});

test('what a look says of many pictures with long descriptions stays short: a card has little room', () => {
  const many = Array.from({ length: 20 }, () => picture('A long description of a picture. '.repeat(30)));
  const words = said(x, ['Words.'], many);
  expect(words).toContain('20 pictures. 1: A long');
  expect(words.length).toBeLessThan(800);
});

test('what is posted by hand looks like that roughly', () => {
  const [byHand = ''] = Object.values(rules.accounts).flatMap(({ id, network }) =>
    network === 'by-hand' ? [id] : [],
  );
  expect(said(byHand, ['Words.'], [])).toMatch(/^What it will roughly look like by hand \(.+\): Words\.$/u);
});

test('what is left, or too much, is said in figures as people write them', () => {
  expect([168, 20_000, -2_697, -1].map(leftWords)).toEqual([
    '168 left',
    '20,000 left',
    '2,697 too many',
    '1 too many',
  ]);
});
