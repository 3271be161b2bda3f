import { expect, test } from 'vitest';
import { besidesEverything, readEverything } from '../../src/teams/typed/everything.ts';
import { numbersWithin, readNumbers } from '../../src/teams/typed/named-posts.ts';

const said = (rest: string): string => {
  const named = readNumbers(rest);
  if (named === undefined) return 'none';
  const { numbers, either, later, left } = named;
  return [
    numbers.join(' '),
    ...either.map((number) => `or ${String(number)}`),
    ...later.map((number) => `later ${String(number)}`),
    ...(left === '' ? [] : [`left: ${left}`]),
  ].join(', ');
};

test.each([
  ['13', '13'],
  ['#13.', '13'],
  ['post 13 please', '13'],
  ['13 now, thanks!', '13'],
  ['13 14', '13 14'],
  ['13, 14', '13 14'],
  ['13,14,15', '13 14 15'],
  ['#13 and #14', '13 14'],
  ['13 & 14', '13 14'],
  ['posts 13, 14 and 15 please', '13 14 15'],
  ['13 13', '13'],
  ['13-15', '13 14 15'],
  ['#13 to #15 please', '13 14 15'],
  ['13 to 3pm', '13, left: to 3pm'],
  ['16 or 17?', '16, or 17, left: ?'],
  ['17 tomorrow', '17, left: tomorrow'],
  ['13 14 because it is wrong', '13 14, left: because it is wrong'],
  ['13 but not 14', '13, left: but not 14'],
  ['15 but not yet 13, 14', '15, later 13, later 14'],
  ['13?', '13, left: ?'],
  // A number that counts something else is no post.
  ['13 for 2 hours', '13, left: for 2 hours'],
  ['13 2 hours', '13, left: 2 hours'],
  ['13 and 2 others', '13, left: and 2 others'],
  ['13 1 December', '13, left: 1 December'],
  ['13 9.30', '13, left: 9.30'],
  ['1 second please', 'none'],
  ['1 sec', 'none'],
  ['2 mins, I need to check', 'none'],
  ['13 hours', 'none'],
  ['1 second line is wrong', '1, left: second line is wrong'],
  ['1. Second thoughts', '1, left: Second thoughts'],
  ['#1, second line is wrong', '1, left: second line is wrong'],
  ['1,500', 'none'],
  ['1.5', 'none'],
  ['3-7', '3 4 5 6 7'],
  ['3-70', 'none'],
])('%s', (rest, numbers) => {
  expect(said(rest)).toBe(numbers);
});

test.each([
  ['all', ''],
  ['Everything now!', ''],
  ['all of the posts please', ''],
  ['all posts', ''],
  ['all but 19', 'but 19'],
  ['all highways posts', 'highways posts'],
  ['all tomorrow', 'tomorrow'],
])('hold %s', (rest, left) => {
  expect(readEverything(rest)?.left).toBe(left);
});

test.each([
  ['', ''],
  ['routine posts', ''],
  ['everything', ''],
  ['posting again please', ''],
  ['everything but the website', 'but the website'],
  ['facebook', 'facebook'],
])('stop %s', (rest, left) => {
  expect(besidesEverything(rest)).toBe(left);
});

test.each([
  ["what's up with 19?", [19]],
  ['approve 93, 90', [93, 90]],
  ['send back #59 wrong road', [59]],
  ['the time on post 7', [7]],
  ['The A565 is shut for 3 days from 9:30 until 4pm, fines are £60 or 1,500 points', []],
  ['on 12 December 2.5 miles', []],
])('posts that may be named in %j', (words, numbers) => {
  expect(numbersWithin(words)).toEqual(numbers);
});

test('of more numbers than one answer takes, the others are left over and never passed over', () => {
  const all = Array.from({ length: 60 }, (_, n) => String(n + 1));
  const named = readNumbers(all.join(' '));
  expect(named?.numbers).toHaveLength(50);
  expect(named?.left).toBe(all.slice(50).join(' '));
});
