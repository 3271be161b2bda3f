import { expect, test } from 'vitest';
import { digestShown, type PlaceState } from '../../src/people/place.ts';
import { now, rules } from '../fixtures/cards/rules.ts';

test('the card of a storm that comes too late to a Teams channel that is not used any more is made to say so', () => {
  const before: PlaceState = {
    of: 'highways',
    conversationId: '19:other',
    serviceUrl: 'https://teams.example',
    setBy: 'tom-ashcroft',
    at: now,
  };
  const context = {
    id: 'place-highways',
    now,
    actor: { by: 'crier' },
    protocol: rules,
    newId: (prefix: string) => `${prefix}-1`,
  } as const;
  const shownIn = (conversationId: string, state: PlaceState) =>
    digestShown.decide(state, { from: 1, posted: { activityId: 'card-1', conversationId } }, context);
  const late = { effects: [{ type: 'place.retire-digest', data: { activityId: 'card-1' } }] };
  expect(shownIn('19:one;messageid=1', before)).toMatchObject(late);
  const closed: PlaceState = { ...before, closed: { why: 'given-up', at: now } };
  expect(shownIn('19:other;messageid=1', closed)).toMatchObject(late);
  const digest = { posts: ['post-1'], from: 1 };
  expect(shownIn('19:other;messageid=1', { ...before, digest })).toMatchObject({
    state: { digest: { posted: { activityId: 'card-1' } } },
    effects: [],
  });
});
