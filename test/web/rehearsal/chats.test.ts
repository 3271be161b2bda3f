import { expect, test } from 'vitest';
import { createChats } from '../../../src/web/rehearsal/chats.ts';

function chats() {
  let made = 0;
  return createChats(() => String((made += 1)));
}

test('a page is told what is new since it last looked, and what was changed', () => {
  const { add, replace, messages, last } = chats();
  const first = add('one', { from: 'crier', at: 1, text: 'first' });
  add('one', { from: 'person', at: 2, text: 'second' });
  const seen = last('one');
  expect(messages('one', seen)).toEqual([]);
  expect(replace('one', first, { card: { type: 'AdaptiveCard' } })).toBe(true);
  expect(messages('one', seen)).toMatchObject([{ id: first, at: 1, card: { type: 'AdaptiveCard' } }]);
  expect(messages('one', seen)[0]).not.toHaveProperty('text');
  expect(messages('one', 0)).toHaveLength(2);
});

test('a card that comes again as it stands is nothing new: what was unfolded on it stays so', () => {
  const { add, replace, messages, last } = chats();
  const card = { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'Draft' }] };
  const id = add('one', { from: 'crier', at: 1, card });
  const seen = last('one');
  expect(replace('one', id, { card: structuredClone(card) })).toBe(true);
  expect(messages('one', seen)).toEqual([]);
  expect(replace('one', id, { card: { ...card, body: [] } })).toBe(true);
  expect(messages('one', seen)).toHaveLength(1);
});

test('chats do not see each other', () => {
  const { add, replace, messages, last } = chats();
  const id = add('one', { from: 'crier', at: 1, text: 'first' });
  expect(replace('another', id, { text: 'changed' })).toBe(false);
  expect(messages('another', 0)).toEqual([]);
  expect(last('another')).toBe(0);
});

test('a chat keeps its newest 60 messages', () => {
  const { add, messages } = chats();
  for (let n = 1; n <= 65; n += 1) add('one', { from: 'crier', at: n, text: String(n) });
  expect(messages('one', 0).map(({ at }) => at)).toEqual(Array.from({ length: 60 }, (_, n) => n + 6));
});
