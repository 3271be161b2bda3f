import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

const looksAtTheWorld = `import { readFileSync } from 'node:fs';
import { createHash, randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
export const made = createHash('sha256').update(readFileSync('a')).digest('hex') + randomUUID();
export const times = [Date.now(), new Date().getTime(), Temporal.Now.instant().epochMilliseconds];
export const chance = Math.random();
export const asked = fetch('http://127.0.0.1/');
setTimeout(() => undefined, 1);
export const where = process.env['HOME'];
`;
const pureParts = ['core', 'protocol', 'approval', 'dispatch', 'posts', 'people', 'words'];

const clockAndEnvironment = `export const now = Date.now();\nexport const where = process.env['HOME'];\n`;

const slips: readonly (readonly [what: string, text: string])[] = [
  ['a promise nobody waits for', `async function go(): Promise<void> {}\ngo();\n`],
  ['an any', `export const a: any = 1;\n`],
  ['a non-null assertion', `export const first = (all: string[]): string => all[0]!;\n`],
  ['a value of no known type', `export const a: number = JSON.parse('1');\n`],
  ['a silenced compiler', `// @ts-ignore\nexport const a: number = 'one';\n`],
  [
    'a case that is missing',
    `export function say(a: 'x' | 'y'): void {\n  switch (a) {\n    case 'x':\n      break;\n  }\n}\n`,
  ],
  ['a name that is not used', `const a = 1;\n`],
];

let tree: string;
let said: string;

/** The lines at fault of a file, each as often as it is named. */
const linesAtFault = (file: string): readonly number[] =>
  said
    .split('\n')
    .flatMap((line) =>
      line.startsWith(`${file}:`) ? [Number(line.slice(file.length + 1).split(':')[0])] : [],
    )
    .toSorted((a, b) => a - b);

// One run over all the files, by the project's own settings: each start of the type-aware lint costs a second.
beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'crier-lint-'));
  for (const name of ['.oxlintrc.json', 'tsconfig.json'])
    await copyFile(join(projectRoot, name), join(tree, name));
  await symlink(join(projectRoot, 'node_modules'), join(tree, 'node_modules'));
  const files: readonly (readonly [file: string, text: string])[] = [
    ...pureParts.map((part) => [`src/${part}/decide.ts`, looksAtTheWorld] as const),
    ...slips.map(([, text], n) => [`src/web/slip-${String(n)}.ts`, text] as const),
    ['src/web/server.ts', clockAndEnvironment],
    ['src/main.ts', clockAndEnvironment],
  ];
  for (const [file, text] of files) {
    await mkdir(dirname(join(tree, file)), { recursive: true });
    await writeFile(join(tree, file), text);
  }
  const oxlint = join(projectRoot, 'node_modules', 'oxlint', 'bin', 'oxlint');
  said = await new Promise((resolve) => {
    execFile(process.execPath, [oxlint, '--type-aware', '--format=unix'], { cwd: tree }, (_ended, output) => {
      resolve(output);
    });
  });
});

afterAll(async () => {
  await rm(tree, { recursive: true });
});

describe('code that decides never looks at the world', () => {
  test.each(pureParts)('in src/%s', (part) => {
    expect(linesAtFault(`src/${part}/decide.ts`)).toEqual([1, 2, 5, 5, 5, 6, 7, 8, 9]);
  });
});

test('adapters may look at the clock, but only main.ts touches process', () => {
  expect(linesAtFault('src/web/server.ts')).toEqual([2]);
  expect(linesAtFault('src/main.ts')).toEqual([]);
});

test.each(slips.map(([what], n) => [what, n] as const))('%s does not pass', (_what, n) => {
  expect(linesAtFault(`src/web/slip-${String(n)}.ts`)).not.toEqual([]);
});
