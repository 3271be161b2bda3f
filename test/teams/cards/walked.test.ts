import { expect, test } from 'vitest';
import { walkedCards } from '../../fixtures/cards/walked-cards.ts';
import { cardSubset } from './subset.ts';

const walked = await walkedCards();

test('what people see on a walk reads well on a phone, and nothing of a template is left in it', () => {
  expect(walked.length).toBeGreaterThan(50);
  for (const { title, card, words } of walked) {
    const text = words ?? JSON.stringify(card);
    expect(text, title).not.toMatch(/\$\{|"undefined"|"null"|\[object|undefined|NaN/u);
    if (card !== undefined) expect(cardSubset.safeParse(card).error?.issues, title).toBeUndefined();
  }
});

test('no card that stays says a day by its distance from today', () => {
  const near = /\b(?:today|tomorrow|yesterday|tonight)\b/u;
  // What is typed or shown as an example may name any day.
  const isExample = (said: string): boolean => /tomorrow 9am|Typed:/u.test(said);
  const said = walked.filter(({ card, words, title }) => {
    const text = words ?? JSON.stringify(card);
    return near.test(text) && !isExample(text) && !isExample(title);
  });
  expect(said.map(({ title }) => title)).toEqual([]);
});
