import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysOn, keepingDays, withDaysOf } from '../../../src/posts/writing/days-written.ts';
import type { Revision } from '../../../src/posts/writing/revision.ts';
import { revision } from '../../fixtures/cards/posts.ts';

const monday = Date.UTC(2026, 10, 23, 9);
const tuesday = Date.UTC(2026, 10, 24, 9);
const wednesday = Date.UTC(2026, 10, 25, 9);
const said = (text: string, at = monday, variants: Revision['variants'] = {}): Revision => ({
  ...revision,
  text,
  variants,
  at,
});

test('a word for a day that stands as it stood keeps when it was written, through one correction after another', () => {
  const first = said('The A59 is shut tomorrow from 9am.');
  const second = keepingDays(first, said('The A59 is shut tomorrow from 10am. It snows today.', tuesday));
  expect(daysOn(second, 'x-main')).toEqual([monday, tuesday]);
  const third = keepingDays(second, said('Snow is on its way today. The A59 is shut from 10am.', wednesday));
  expect(daysOn(third, 'x-main')).toEqual([wednesday]);
  const other = keepingDays(
    second,
    said('Today: the A59 is shut tomorrow from 11am. It snows today.', wednesday),
  );
  expect(daysOn(other, 'x-main')).toEqual([wednesday, monday, tuesday]);
  // Nothing is kept that its revision does not say by itself.
  expect(keepingDays(first, said('The A59 is open.', tuesday)).daysWritten).toBeUndefined();
});

test('what still stands on an account in its own words is of its own day', () => {
  const first = said('Shut tomorrow.', monday, { 'x-main': 'Shut today.' });
  const right = keepingDays(first, said('Open tomorrow.', tuesday, { 'x-main': 'Shut today.' }));
  expect(daysOn(right, 'x-main')).toEqual([monday]);
  expect(daysOn(right, 'website')).toEqual([monday]);
  // It could not be changed on Facebook after all.
  const kept = withDaysOf(
    first,
    { ...right, variants: { ...right.variants, 'facebook-main': 'Shut tomorrow.' } },
    ['facebook-main'],
  );
  expect(daysOn(kept, 'facebook-main')).toEqual([monday]);
  expect(daysOn(kept, 'x-main')).toEqual([monday]);
});

test('whatever is put before, behind or in the place of other words, no word for a day is written anew by that', () => {
  const word = fc.constantFrom(
    'Road',
    'works',
    'begin',
    'at',
    '9am.',
    'tomorrow',
    'today.',
    'TONIGHT',
    '\n\n',
  );
  const words = fc.array(word, { maxLength: 12 }).map((each) => each.join(' '));
  fc.assert(
    fc.property(words, words, words, (before, more, after) => {
      const former = said(before);
      const next = keepingDays(former, said(`${more} ${before} ${after}`, tuesday));
      const days = daysOn(next, 'x-main');
      const was = daysOn(former, 'x-main').length;
      expect(days.filter((at) => at === monday)).toHaveLength(was);
      expect(days).toHaveLength(was + daysOn(said(`${more} . ${after}`), 'x-main').length);
    }),
  );
});
