import { expect, test } from 'vitest';
import { noticeCard } from '../../../src/teams/cards/answer-cards.ts';

const bars = (title: string): readonly unknown[] =>
  JSON.stringify(noticeCard({ title, words: 'I have answered in our own chat.' }).card).match(
    /"emphasis"/gu,
  ) ?? [];

test('an answer without a heading has no empty bar where that would stand', () => {
  expect(bars('You are welcome')).toHaveLength(1);
  expect(bars('')).toEqual([]);
});
