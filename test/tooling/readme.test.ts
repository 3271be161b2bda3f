import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { drawnFrom } from '../../scripts/readme-picture.ts';
import { commandWords } from '../../src/words/commands.ts';
import { typedCommands } from '../../src/teams/typed/index.ts';

const file = async (name: string): Promise<string> =>
  await readFile(new URL(`../../${name}`, import.meta.url), 'utf8');

/** The cells of every row below a heading of the README that is typed as code. */
function rowsBelow(heading: string, readme: string): readonly (readonly string[])[] {
  const part = readme.split(/^## /mu).find((each) => each.startsWith(`${heading}\n`)) ?? '';
  return [...part.matchAll(/^\| `([^`]+)`\s*\| (.*?)\s*\|$/gmu)].map(([, first = '', second = '']) => [
    first,
    second,
  ]);
}

test('the README lists what can be typed, as the help does', async () => {
  const rows = rowsBelow('Typed to Crier', await file('README.md'));
  expect(rows).toEqual(typedCommands.map(({ name }) => [commandWords[name].usage, commandWords[name].does]));
});

test('the README names every command of npm, and none that is not there', async () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await file('package.json')));
  const readme = await file('README.md');
  const named = [...readme.matchAll(/npm (?:run ([\w:]+)|(start|test)\b)/gu)].map(
    ([, run, short = '']) => run ?? short,
  );
  // What `check` runs, and what draws files that are kept.
  const inner = /^(?:check:.*|icons|css)$/u;
  const known = Object.keys(scripts).filter((name) => !inner.test(name));
  expect([...new Set(named)].toSorted()).toEqual(known.toSorted());
});

test('the picture of a card in the README is of that card as it is now: npm run cards -- --readme draws it', async () => {
  const { exif } = await sharp(
    Buffer.from(await readFile(new URL('../../docs/card.png', import.meta.url))),
  ).metadata();
  expect(exif?.toString('latin1') ?? '').toContain(drawnFrom());
});
