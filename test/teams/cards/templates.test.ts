import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { templates } from '../../../src/teams/cards/templates.ts';
import { verbs } from '../../../src/teams/presses.ts';
import { everyCard } from '../../fixtures/cards/every-card.ts';
import { cardSubset } from './subset.ts';

const folder = fileURLToPath(new URL('../../../cards', import.meta.url));

/** Every object of a card or template, however deep. */
function* objectsOf(node: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (Array.isArray(node)) for (const item of node) yield* objectsOf(item);
  else if (typeof node === 'object' && node !== null) {
    const object = Object.fromEntries(Object.entries(node));
    yield object;
    for (const value of Object.values(object)) yield* objectsOf(value);
  }
}

describe('templates', () => {
  test('each file of cards/ is one template, and each template has a fixture', () => {
    const files = readdirSync(folder).map((file) => file.replace(/\.json$/u, ''));
    expect(files.sort()).toEqual(Object.keys(templates).sort());
    expect([...new Set(everyCard.map(({ template }) => template))].sort()).toEqual(
      Object.keys(templates).sort(),
    );
  });

  test('their verbs are exactly those that a press is known for', () => {
    const used = new Set<string>();
    for (const object of objectsOf(Object.values(templates))) {
      if (object['type'] === 'Action.Execute') used.add(String(object['verb']));
    }
    expect([...used].sort()).toEqual([...verbs].sort());
  });

  test('every element of every template is drawn by some fixture', () => {
    const texts = new Set<string>();
    for (const { template, card } of everyCard) {
      for (const object of objectsOf(card)) {
        if (typeof object['verb'] === 'string') texts.add(`${template} ${object['verb']}`);
        if (typeof object['id'] === 'string') texts.add(`${template} ${object['id'].replace(/:.*/u, '')}`);
      }
    }
    const missing = Object.entries(templates).flatMap(([name, template]) =>
      [...objectsOf(template)].flatMap((object) =>
        ['verb', 'id'].flatMap((key) => {
          const value = object[key];
          if (typeof value !== 'string' || value.includes('${')) return [];
          return texts.has(`${name} ${value}`) ? [] : [`${name} ${value}`];
        }),
      ),
    );
    expect(missing).toEqual([]);
  });
});

describe.each(everyCard)('$title', ({ card }) => {
  test('nothing of the template is left in it', () => {
    expect(JSON.stringify(card)).not.toMatch(/\$\{|"undefined"|"null"|\[object/u);
  });

  test('it is of the subset that reads well on a phone', () => {
    const parsed = cardSubset.safeParse(card);
    expect(parsed.error?.issues).toBeUndefined();
  });

  test('no two inputs or boxes have the same id', () => {
    const ids = [...objectsOf(card)].flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('a press carries ids, never who may', () => {
    const allowed = [
      'post',
      'turn',
      'revision',
      'hash',
      'stage',
      'review',
      'decided',
      'view',
      'page',
      'then',
      'department',
      'part',
      'word',
      'did',
      'asked',
      'said',
      'how',
      'when',
      'planned',
      'written',
      'rehearsed',
      'end',
      'listed',
      'of',
      'after',
      'words',
      'person',
      'account',
      'known',
      'says',
      'at',
      'fields',
    ];
    for (const object of objectsOf(card)) {
      if (object['type'] !== 'Action.Execute') continue;
      for (const data of [object['data']])
        expect(Object.keys(data ?? {}).filter((key) => !allowed.includes(key))).toEqual([]);
    }
  });
});

describe('the subset', () => {
  const card = (element: object) => ({
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body: [element],
  });
  const text = { type: 'TextBlock', text: 'Draft', wrap: true };
  const button = { type: 'Action.Execute', title: 'Edit', verb: 'view.open', data: {} };
  const column = { type: 'Column', width: 'auto', items: [text] };

  test('takes a text that wraps', () => {
    expect(cardSubset.safeParse(card(text)).success).toBe(true);
  });

  test.each([
    ['text that does not wrap', { ...text, wrap: false }],
    ['an input without a label', { type: 'Input.Text', id: 'note', value: '' }],
    [
      'a picture without a description',
      { type: 'Image', url: 'https://a.example/a.png', altText: '', size: 'Stretch' },
    ],
    ['three columns', { type: 'ColumnSet', columns: [column, column, column] }],
    ['seven actions', { type: 'ActionSet', actions: Array.from({ length: 7 }, () => button) }],
    ['an empty box', { type: 'Container', items: [] }],
    ['a button without words', { type: 'ActionSet', actions: [{ ...button, title: '' }] }],
    [
      'a raw link action',
      { type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title: 'Open', url: 'x' }] },
    ],
  ])('refuses %s', (_what, element) => {
    expect(cardSubset.safeParse(card(element)).success).toBe(false);
  });
});
