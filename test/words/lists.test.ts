import { expect, test } from 'vitest';
import { usesWords } from '../../src/words/lists.ts';
import { rules } from '../fixtures/cards/rules.ts';

test('whoever may not open all uses of a picture is sent to the desk by its name', () => {
  const named = { ...rules, desk: { ...rules.desk, name: 'The press office' } };
  expect(usesWords({ number: 142, uses: 3, hidden: 0 }, named)).toEqual({
    title: 'Where the pictures of #142 are used: 3 posts',
    lines: [],
  });
  expect(usesWords({ number: 142, uses: 3, hidden: 1 }, named).lines).toEqual([
    '1 post of them you cannot open. Ask The press office to look at it.',
  ]);
  expect(usesWords({ number: 142, uses: 3, hidden: 2 }, named).lines).toEqual([
    '2 posts of them you cannot open. Ask The press office to look at them.',
  ]);
});
