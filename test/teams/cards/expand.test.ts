import { Template } from 'adaptivecards-templating/lib/template-engine.js';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';

/** Every filling that the fixtures lead to: which template, with which data. */
const filled = vi.hoisted(() => new Map<unknown, unknown[]>());

vi.mock('../../../src/teams/cards/expand.ts', async (original) => {
  const real = await original<typeof import('../../../src/teams/cards/expand.ts')>();
  return {
    compile: (template: unknown) => {
      const fill = real.compile(template);
      return (data: unknown) => {
        filled.set(template, [...(filled.get(template) ?? []), data]);
        return fill(data);
      };
    },
  };
});

const { everyCard } = await import('../../fixtures/cards/every-card.ts');
const { templates } = await import('../../../src/teams/cards/templates.ts');
const { compile } = await vi.importActual<typeof import('../../../src/teams/cards/expand.ts')>(
  '../../../src/teams/cards/expand.ts',
);

/** A card as it is sent. */
const sent = (card: unknown): unknown => JSON.parse(JSON.stringify(card));
const byMicrosoft = (template: Template, data: object): unknown => sent(template.expand({ $root: data }));
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

describe('filling a template', () => {
  test('every template is filled by some fixture', () => {
    expect(everyCard.length).toBeGreaterThan(20);
    expect([...filled.keys()]).toEqual(expect.arrayContaining(Object.values(templates)));
  });

  test.each(Object.entries(templates))(
    '%s comes out as from the expander of Microsoft',
    (_name, template) => {
      const [fill, theirs] = [compile(template), new Template(template)];
      for (const data of filled.get(template) ?? []) {
        if (!isObject(data)) throw new Error('a template is filled with an object');
        expect(sent(fill(data))).toEqual(byMicrosoft(theirs, data));
      }
    },
  );

  test('lists, conditions and texts come out as from the expander of Microsoft, whatever the data', () => {
    const template = {
      type: 'AdaptiveCard',
      $when: "${name != 'nobody'}",
      title: 'For ${name}, ${$root.name}: ${missing}',
      same: '${number}',
      rows: [
        { $data: '${rows}', $when: '${shown && !hidden}', text: '${name}', of: '${$root.name}' },
        { $data: '${rows}', tone: "${if(shown, 'Bolder', 'Default')}", inner: { $when: '${hidden}', a: 1 } },
        { $when: "${name == 'nobody'}", text: 'never' },
      ],
      one: { $data: '${rows}', text: '${name}' },
    };
    const theirs = new Template(template);
    const name = fc.stringMatching(/^[A-Za-z $'.`{}]{0,12}$/u);
    const row = fc.record({ name, shown: fc.boolean(), hidden: fc.boolean() });
    fc.assert(
      fc.property(
        fc.record({ name, number: fc.integer(), rows: fc.array(row, { maxLength: 4 }) }),
        (data) => {
          expect(sent(compile(template)(data))).toEqual(byMicrosoft(theirs, data));
        },
      ),
    );
  });

  test.each(
    ['${count(rows)}', '${a + b}', '${rows[0]}', '${if(a)}', '${', "${'x}"].map((text) => ({ text })),
  )('a template that says $text is a fault when it is read', ({ text }) => {
    expect(() => compile({ text, $when: text })).toThrow('a template holds');
  });
});
