import { describe, expect, test } from 'vitest';
import { accountName, leftSaidOnce, nameOf, onAccount, sayList, sayPeople } from '../../src/words/names.ts';
import { rules } from '../fixtures/cards/rules.ts';

describe('lists of names', () => {
  test.each([
    [[], 'nobody'],
    [['A'], 'A'],
    [['A', 'B'], 'A and B'],
    [['A', 'B', 'C'], 'A, B and C'],
    [['A', 'B', 'C', 'D'], 'A, B, C and D'],
    [['A', 'B', 'C', 'D', 'E'], 'A, B, C and 2 others'],
  ])('%j reads as "%s"', (names, said) => {
    expect(sayList(names)).toBe(said);
  });

  test('people are called by their names, and one who has left is still spoken of', () => {
    expect(sayPeople(['priya-desai', 'tom-ashcroft'], rules, 'or')).toBe('Priya Desai or Tom Ashcroft');
    expect(nameOf('gone', rules)).toBe('somebody who has left the protocol');
  });

  test('of one who has left that is said once', () => {
    const earlier = { people: { ann: { name: 'Ann Lee' } }, departments: {}, accounts: {} };
    const later = { ...rules, earlier };
    const name = nameOf('ann', later);
    expect(name).toBe('Ann Lee (who has left the protocol)');
    const lines = [`Proposed by ${name}. ${name} changed it.`, `${name} cancelled it.`];
    expect(leftSaidOnce(lines, later)).toEqual([
      'Proposed by Ann Lee (who has left the protocol). Ann Lee changed it.',
      'Ann Lee cancelled it.',
    ]);
  });
});

describe('accounts', () => {
  test('are called by their network', () => {
    expect(accountName('x-main', rules)).toBe('X');
    expect(onAccount('website', rules)).toBe('on the website');
  });

  test('are told apart where there are several on one network', () => {
    const library = {
      ...rules.accounts['x-main'],
      id: 'x-library',
      network: 'x',
      name: '@SeftonLibraries',
    } as const;
    const two = {
      ...rules,
      accounts: {
        ...rules.accounts,
        'x-library': { owner: 'desk', purpose: '', departments: [], byDefault: false, ...library },
      },
    };
    expect(accountName('x-library', two)).toBe('X (@SeftonLibraries)');
  });
});
