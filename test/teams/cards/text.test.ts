import { expect, test } from 'vitest';
import { cardText, cutCardText } from '../../../src/teams/cards/text.ts';

test('words that are cut for want of room keep every backslash that they need, and no other', () => {
  const words = cardText('Here: "snake_case", *bold* and [links].');
  expect(cutCardText(words, 100)).toBe(words);
  expect(cutCardText(words, 33)).toBe(String.raw`Here: "snake\_case", \*bold\*…`);
  expect(cutCardText(cardText('_'.repeat(20)), 10)).toBe(String.raw`\_\_\_\_…`);
  expect(cutCardText(cardText('\\'.repeat(20)), 10)).toBe(String.raw`\\\\\\\\…`);
});
