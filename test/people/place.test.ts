import { expect, test } from 'vitest';
import { digestShown, digestsOf, makeRoom, type PlaceState } from '../../src/people/place.ts';
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
  // Nothing keeps one that is not known any more at what is so.
  expect(shownIn('19:other;messageid=1', before)).toMatchObject(late);
});

test('storm after storm, so many cards are kept at what is so; the oldest is given up for the newest', () => {
  let state: PlaceState = {
    of: 'highways',
    conversationId: '19:other',
    serviceUrl: 'https://teams.example',
    setBy: 'tom-ashcroft',
    at: now,
    fresh: Array.from({ length: 10 }, (_, n) => ({ post: `own-${String(n)}`, at: now })),
  };
  const context = {
    id: 'place-highways',
    now,
    actor: { by: 'crier' },
    protocol: rules,
    newId: (prefix: string) => `${prefix}-1`,
  } as const;
  const given: string[] = [];
  // All within one moment: each card takes 50 of them.
  for (let n = 0; n < 50 * 21; n += 1) {
    const room = makeRoom.decide(state, { post: `post-${String(n)}` }, context);
    if ('refused' in room) throw new Error('it was refused');
    given.push(...room.effects.flatMap(({ type }) => (type === 'place.retire-digest' ? [type] : [])));
    const { from = 0 } = room.state.digest ?? {};
    const posted = { activityId: `card-${String(from)}`, conversationId: '19:other;messageid=1' };
    const shown = digestShown.decide(room.state, { from, posted }, context);
    if ('refused' in shown) throw new Error('it was refused');
    ({ state } = shown);
  }
  expect(given).toEqual(['place.retire-digest']);
  const kept = digestsOf(state);
  expect(new Set(kept.map(({ from }) => from)).size).toBe(20);
  expect(kept.flatMap(({ posts }) => posts)).toEqual(
    Array.from({ length: 1_000 }, (_, n) => `post-${String(n + 50)}`),
  );
});
