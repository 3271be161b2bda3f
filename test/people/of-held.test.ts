import { expect, test } from 'vitest';
import { isRefusal } from '../../src/core/change.ts';
import { hearOfHeld, heardAboutHeld, type PersonState, type ToHear } from '../../src/people/person.ts';
import { now, rules } from '../fixtures/cards/rules.ts';

const context = {
  id: 'person-tom-ashcroft',
  now,
  actor: { by: 'crier' },
  protocol: rules,
  newId: (prefix: string) => `${prefix}-1`,
} as const;

const hears = (before: PersonState, review: string): PersonState => {
  const change = hearOfHeld.decide(before, { about: 'held', review }, context);
  if (isRefusal(change)) throw new Error('nobody hears');
  expect(change.effects).toMatchObject([{ key: 'of-held:held' }]);
  return change.state;
};

const heard = (before: PersonState, told: ToHear | undefined): PersonState => {
  if (told === undefined) throw new Error('there was nothing to tell');
  const params = { about: 'held' as const, told: { ...told, reviews: [...told.reviews] } };
  const change = heardAboutHeld.decide(before, params, context);
  if (isRefusal(change)) throw new Error('nothing was heard');
  expect(change.effects).toEqual([]);
  return change.state;
};

const toHear = ({ ofHeld }: PersonState): ToHear | undefined => ofHeld?.held;

test('what is held while somebody is being told of other posts is told next, and nothing twice', () => {
  const first = hears(hears({ id: 'tom-ashcroft' }, 'review-1'), 'review-2');
  // The second was asked for again, as after a death, and a third came.
  const meanwhile = hears(hears(first, 'review-2'), 'review-3');
  const then = heard(meanwhile, toHear(first));
  expect(toHear(then)).toEqual({ reviews: ['review-3'], more: 0 });
  expect(heard(then, toHear(then))).toEqual({ id: 'tom-ashcroft' });
});

test('of hundreds of posts none is forgotten, although not each is kept apart', () => {
  let person: PersonState = { id: 'tom-ashcroft' };
  for (let n = 1; n <= 300; n += 1) person = hears(person, `review-${String(n)}`);
  expect(toHear(person)?.reviews).toHaveLength(100);
  expect(toHear(person)?.more).toBe(200);
  const later = hears(hears(person, 'review-301'), 'review-302');
  const then = heard(later, toHear(person));
  // Both are still to be heard of, whatever else is asked for before that.
  expect(toHear(then)).toEqual({ reviews: [], more: 2 });
  expect(toHear(hears(then, 'review-303'))).toEqual({ reviews: ['review-303'], more: 2 });
});
