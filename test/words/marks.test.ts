import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = [
  'src/words/**/*.ts',
  'src/teams/typed/*.ts',
  'src/web/templates/*.njk',
  'src/web/public/*.js',
  'cards/*.json',
  'manifest/*.json',
  'README.md',
  'docs/*.md',
];

test('people read one kind of quotation mark and apostrophe, the one that they can type', () => {
  // What people type is taken as it comes, so these may know the others.
  const files = globSync(read, { cwd: root }).filter((file) => !/(?:other-words|manners)\.ts$/u.test(file));
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => /[“”‘’]/u.test(readFileSync(`${root}${file}`, 'utf8')))).toEqual([]);
});
