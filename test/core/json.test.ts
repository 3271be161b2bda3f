import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asJson, canonical, withText } from '../../src/core/json.ts';

/** The canonical form as its definition says it, however slowly. */
function defined(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => defined(item ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  const sorted = fields.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([key, field]) => `${JSON.stringify(key)}:${defined(field)}`).join(',')}}`;
}

const values = fc.anything({
  key: fc.oneof(fc.string(), fc.constantFrom('10', '9', '01', '1.note', '__proto__', 'é', '\u{1F600}', 'Z')),
  values: [
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(undefined),
    fc.constant(null),
  ],
  maxDepth: 4,
  withNullPrototype: false,
});

describe('the canonical form', () => {
  test('is what its definition says, for whatever a document can hold', () => {
    fc.assert(
      fc.property(values, (value) => {
        fc.pre(value !== undefined);
        expect(canonical(value)).toBe(defined(value));
        const { json, text } = withText(value);
        expect(text).toBe(defined(value));
        expect(json).toEqual(asJson(value));
        expect(canonical(json)).toBe(text);
      }),
    );
  });

  test('keys that are whole numbers stand where their text belongs', () => {
    expect(canonical({ 9: 'nine', 10: 'ten', b: { 2: 0, 11: 0 } })).toBe(
      '{"10":"ten","9":"nine","b":{"11":0,"2":0}}',
    );
  });

  test('a table of many keys has them in order as well', () => {
    const keys = fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 3 }), {
      minLength: 60,
      maxLength: 90,
    });
    fc.assert(
      fc.property(keys, (many) => {
        const table = Object.fromEntries(many.map((key, n) => [key, n]));
        expect(canonical(table)).toBe(defined(table));
      }),
      { numRuns: 30 },
    );
  });

  test('what no document can hold is a fault', () => {
    for (const value of [() => 1, 1n, Number.NaN, new Date(0), { at: new Map() }]) {
      expect(() => asJson(value)).toThrow('a document cannot hold');
    }
  });
});
