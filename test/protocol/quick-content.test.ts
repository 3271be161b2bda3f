import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseProtocol } from '../../src/protocol/parse.ts';
import { placedContent } from '../../src/protocol/placed-content.ts';
import { quickContent } from '../../src/protocol/quick-content.ts';

const sample = readFileSync(new URL('../../protocol.yaml', import.meta.url), 'utf8');

/** What is read quickly is read so by the other reader as well, names in the same order, and nothing is wrong there. */
function readQuickly(text: string): boolean {
  const quick = quickContent(text);
  if (quick === undefined) return false;
  const { content, faults } = placedContent(text);
  expect(faults).toEqual([]);
  // Not strictly: a name such as "constructor" would be taken for what the object was made by.
  expect(quick).toEqual(content);
  expect(JSON.stringify(quick)).toBe(JSON.stringify(content));
  return true;
}

describe('a file with nothing wrong', () => {
  test('makes the same protocol of the same version whichever way it is read', () => {
    const slowly = `---\n${sample}`;
    expect(quickContent(sample)).toStrictEqual(placedContent(sample).content);
    expect(quickContent(slowly)).toBeUndefined();
    const read = parseProtocol(sample);
    if (!read.ok) throw new Error('the sample has faults');
    const protocol = { ...read.protocol, text: slowly };
    expect(parseProtocol(slowly)).toStrictEqual({ ok: true, protocol });
  });

  test.each([
    ['the sample', sample],
    ['the sample as Windows writes lines', sample.replaceAll('\n', '\r\n')],
    [
      'words that are texts',
      'a: yes\nb: No\nc: on\nd: 2026-05-07\ne: 0345 140 0845\nf: 10:30\ng: 1_000\nh: a#b\n',
    ],
    ['words that are none', 'a: ~\nb: null\nc:\nd: true\ne: False\nf: 12\ng: -1.50\nh: [0, 0.5]\n'],
    ['quotes', `a: 'it''s'\n'b': "one \\"two\\" \\u00a3\\n"\n"c": 'x: y # z'\n`],
    ['blocks of text', 'a: |\n  one\n   two\n\nb: >-\n  one\n  two\n\n  three\nc: |+\n  x\n\nd: e\n'],
    ['texts over lines', `a: one\n  two\n\n  three\nb: 'one\n  two'\nc: "one\n\n  two"\nd: [one\n  two]\n`],
    [
      'brackets over lines',
      'a:\n  [\n    b,\n    c,\n  ]\nd: {\n    e: f, # g\n    h: [i, j: k],\n  }\nl: {}\nm: []\n',
    ],
    ['lists of lists', 'a:\n- b: c\n  d:\n  - - e\n    - f\n-\n  g: h\n'],
    ['notes', '# a\n\na: b # c\n  # d\ne:\n  # f\n  - g\n# h\n  - i\n'],
    ['no line break at the end', 'a: b'],
    ['a name that objects have from elsewhere', 'constructor: [a, b]\n'],
  ])('is read quickly: %s', (_what, text) => {
    expect(readQuickly(text)).toBe(true);
  });
});

describe('what may be read differently, or is wrong, is left to the other reader', () => {
  test.each([
    ['numbers without end', 'a: 1e400\n'],
    ['other numbers', 'a: 0o17\n'],
    ['more digits than are counted', 'a: 12345678901234567890\n'],
    ['infinity', 'a: -.INF\n'],
    ['a name that is a number', '1: b\n'],
    ['a name that is nothing', '~: b\n'],
    ['a name that is a list', '[a]: b\n'],
    ['a name that every object has', '__proto__: { a: b }\n'],
    ['a name twice', 'a: b\nc: d\na: e\n'],
    ['a long name', `${'a'.repeat(1030)}: b\n`],
    ['a name without a colon', '? a\n'],
    ['copies', 'a: &b c\nd: *b\n'],
    ['something to copy', 'a: &b c\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a tag of a name', '!!str a: b\n'],
    ['two documents', 'a: b\n---\nc: d\n'],
    ['an end before the beginning', '...\na: b\n'],
    ['a mark that is set in', ' ---\na: b\n'],
    ['a directive', '%YAML 1.1\n---\na: yes\n'],
    ['a tab', 'a:\tb\n'],
    ['a mark of the byte order', '\uFEFFa: b\n'],
    ['a line break of another kind', 'a: b\u0085c: d\n'],
    ['half a line break', 'a: b\rc: d\n'],
    ['half a character', 'a: \uD83D\n'],
    ['a colon on its own line', '{ a #\n:b }\n'],
    ['a line break that does not count', 'a: "\\\n\n b"\n'],
    ['no character', 'a: "\\U00110000"\n'],
    ['a line of spaces in a block of text', 'a: >1\n  \nb: c\n'],
    ['a last line of spaces', 'a: |+\n\n '],
    ['a note before a bracket', 'a: { b: c\n# d\n }\n'],
    ['a name behind a text', 'a:\n- "b" c: d\n'],
    ['a name behind a list', 'a:\n- [b]c: d\n'],
    ['a text below its name and a note', 'a:\n# b\n c\nd: e\n'],
    ['a list', '- a\n'],
    ['a text', 'a\n'],
    ['nothing', ''],
    ['no end', 'a: [b\n'],
    ['wrong from the first letter', '@a: b\n'],
  ])('%s', (_what, text) => {
    expect(quickContent(text)).toBeUndefined();
  });
});

/** Of which files are made, and notations that packages differ in. */
const pieces = [
  'a § b c § a: b § a: § d : e § - x § - - x § - a: b § - § ? a § ? § : b § :b § "a": b § \'a\' : b § a: b: c',
  '| § > § |- § >- § |+ § >+ § |2 § >1- § | #c § |#c § a: |\n   x\n  y\n § a: >\n  x\n   y\n\n  z\n § |\n  # x\n',
  '"x" § \'it\'\'s\' § "" § "a\n b" § \'a\n\n  b\' § "a\\\n  b" § "\\x41\\u263a" § "\\q" § "\\U00110000" § "x" y: z',
  '[a, b] § {a: b} § {a} § [a: b] § {"a":b} § [ § ] § { § } § , § [a,,b] § [[]] § [\n  a,\n  b,\n] § {a: b\n#c\n}',
  '#c §  # c § \n#c\n § \n  # c\n § ]# § "a"#c § a#b § a #b § "a" # b',
  '&a x § *a § !t x § !!str 1 § ! § & § * § <<: x § <<: *a § __proto__: 1 § constructor: 2 § %YAML 1.2 § @x § `x',
  '0o17 § 1_000 § .inf § -.INF § .nan § 1e3 § 1. § .5 § +1 § -0 § 0x1F § 0b1 § 017 § 1e400 § 0.10 § 1:20',
  '12345678901234567890 § 2026-01-02 § 2026-01-02T03:04:05Z § yes § no § on § null § ~ § Null § true § FALSE',
  '1: 2 § null: 1 § true: x § --- § ... § --- a § \t § \r § \r\n § \n § \n\n §    § a\n   b\n\n   c § = § :: § x: ',
  'é § 😀 § \uFEFF § \u0085 § \u00A0',
].flatMap((some) => some.split(' § '));
const piece = fc.constantFrom(...pieces, `${'a'.repeat(1030)}: b`);

const change = fc.record({
  how: fc.constantFrom(
    ...([
      'without',
      'twice',
      'swapped',
      'new',
      'deeper',
      'shallower',
      'within',
      'cut',
      'split',
      'longer',
    ] as const),
    ...(['value', 'value below', 'block', 'name'] as const),
  ),
  line: fc.nat(),
  column: fc.nat(),
  indent: fc.nat(7),
  what: piece,
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(text: string, { how, line, column, indent, what }: Change): string {
  const lines = text.split('\n');
  const at = line % lines.length;
  const was = lines[at] ?? '';
  const cut = column % (was.length + 1);
  const margin = ' '.repeat(indent);
  const to: Readonly<Record<Change['how'], readonly string[]>> = {
    without: [],
    twice: [was, was],
    swapped: [lines[column % lines.length] ?? '', was],
    new: [margin + what, was],
    deeper: [margin + was],
    shallower: [was.replace(/^ {1,2}/, '')],
    within: [was.slice(0, cut) + what + was.slice(cut)],
    cut: [was.slice(0, cut) + was.slice(cut + 1)],
    split: [was.slice(0, cut), margin + was.slice(cut)],
    longer: [was + what],
    value: [was.replace(/: .*$/, () => `: ${what}`)],
    'value below': [was.replace(/: .*$/, () => `:\n${margin}${what}`)],
    block: [was.replace(/: (.*)$/, (_all, value: string) => `: ${what}\n${margin}  ${value}`)],
    name: [was.replace(/[\w-]+:/, () => `${what}:`)],
  };
  return lines.toSpliced(at, 1, ...to[how]).join('\n');
}

const written = fc
  .array(fc.tuple(fc.nat(6), fc.constantFrom('', 'a: ', 'b: ', '- ', 'c:\n   ', '"e": ', '- f: '), piece), {
    minLength: 1,
    maxLength: 7,
  })
  .map((lines) => lines.map(([indent, start, what]) => `${' '.repeat(indent)}${start}${what}\n`).join(''));
const small = fc.constantFrom(
  'a: b\nc:\n  d: [e, f]\n  g: { h: i }\nj:\n  - k\n  - l: m\n    n: o\n',
  "a: 'b'\n# c\nd:\n  [\n    'e',\n    f,\n  ]\ng: 1 # h\n",
  'a: |\n  b\n   c\n\nd: >-\n  e\n  f\ng: "h\n  i"\nj: k\n  l\nm: n\n',
  'a:\n- b: c\n  d:\n  - e\n  - {\n      f: g,\n      h: i\n    }\nj: k\n',
);
const piecesOfSample = sample.split(/\n(?=# -{20})/).filter((part) => part.length < 6000);

function compare(text: fc.Arbitrary<string>, numRuns: number, most: number): number {
  let quick = 0;
  const changes = fc.array(change, { maxLength: most });
  fc.assert(
    fc.property(text, changes, fc.boolean(), (of, made, windows) => {
      const now = made.reduce(changed, of);
      if (readQuickly(windows ? now.replaceAll('\n', '\r\n') : now)) quick += 1;
    }),
    { numRuns },
  );
  return quick;
}

describe('whatever is read quickly says the same to the other reader, without a fault', () => {
  test('small files with changes', () => {
    expect(compare(fc.oneof(written, small, small), 12_000, 4)).toBeGreaterThan(1500);
  });

  test('parts of the sample with changes', () => {
    expect(compare(fc.constantFrom(...piecesOfSample), 400, 3)).toBeGreaterThan(60);
  });
});
