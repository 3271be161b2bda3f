import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { drawnFrom } from '../../scripts/readme-picture.ts';
import { parseConfig } from '../../src/config.ts';
import { commandWords } from '../../src/words/commands.ts';
import { typedCommands } from '../../src/teams/typed/index.ts';

const file = async (name: string): Promise<string> =>
  await readFile(new URL(`../../${name}`, import.meta.url), 'utf8');

/** The cells of every row below a heading that is typed as code. */
function rowsBelow(heading: string, page: string): readonly (readonly string[])[] {
  const part = page.split(/^## /mu).find((each) => each.startsWith(`${heading}\n`)) ?? '';
  return [...part.matchAll(/^\| `([^`]+)`\s*\| (.*?)\s*\|$/gmu)].map(([, first = '', second = '']) => [
    first,
    second,
  ]);
}

test('the page for staff lists what can be typed, as the help does', async () => {
  const rows = rowsBelow('Typed to Crier', await file('docs/using-crier.md'));
  expect(rows).toEqual(typedCommands.map(({ name }) => [commandWords[name].usage, commandWords[name].does]));
});

const pages = ['README.md', 'docs/using-crier.md', 'docs/accounts.md', 'docs/running-crier.md'];

test('the README names every command of npm, and no page one that is not there', async () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await file('package.json')));
  const namedIn = (text: string): readonly string[] =>
    [...text.matchAll(/npm (?:run ([\w:]+)|(start|test)\b)/gu)].map(([, run, short = '']) => run ?? short);
  // What `check` runs, and what draws files that are kept.
  const inner = /^(?:check:.*|icons|css)$/u;
  const known = Object.keys(scripts).filter((name) => !inner.test(name));
  expect([...new Set(namedIn(await file('README.md')))].toSorted()).toEqual(known.toSorted());
  const everywhere = (await Promise.all(pages.map(file))).flatMap(namedIn);
  expect(everywhere.filter((name) => !known.includes(name))).toEqual([]);
});

/** Every variable that the settings are read from, whatever the others say. */
function readBySettings(): readonly string[] {
  const asked = new Set<string>();
  for (const given of [{}, { MicrosoftAppId: 'given' }, { STORE: 'cosmos', MEDIA: 'azure' }]) {
    const values = new Map(Object.entries(given));
    parseConfig(
      new Proxy<Record<string, string | undefined>>(
        {},
        {
          get: (_target, name) => {
            asked.add(String(name));
            return values.get(String(name));
          },
        },
      ),
    );
  }
  return [...asked];
}

/** Every variable that is read by its name alone in the programs that start others. */
async function readByStarters(): Promise<readonly string[]> {
  const starters = await Promise.all(['run.cjs', 'start.cjs'].map(file));
  return [...starters.join('\n').matchAll(/(?:process\.env|told)\.(\w+)|'((?:[A-Z]+_)+[A-Z]+)'/gu)].map(
    ([, read, named = '']) => read ?? named,
  );
}

test('the page for whoever runs it says of every variable that is read what it means', async () => {
  const page = await file('docs/running-crier.md');
  const settings = page.split(/^## /mu).find((part) => part.startsWith('Settings\n')) ?? '';
  const named = new Set([...settings.matchAll(/`([A-Za-z_]+)`/gu)].map(([, name = '']) => name));
  // What npm itself says, and what a POSIX system writes small.
  const inner = /^npm_|^[a-z_]+$/u;
  const read = [...readBySettings(), ...(await readByStarters())].filter((name) => !inner.test(name));
  expect(read).toEqual(expect.arrayContaining(['PORT', 'COSMOS_KEY', 'OAuthUrl', 'NODE_USE_ENV_PROXY']));
  expect(read.filter((name) => !named.has(name))).toEqual([]);
});

test('the picture of a card in the README is of that card as it is now: npm run cards -- --readme draws it', async () => {
  const { exif } = await sharp(
    Buffer.from(await readFile(new URL('../../docs/card.png', import.meta.url))),
  ).metadata();
  expect(exif?.toString('latin1') ?? '').toContain(drawnFrom());
});

test('what the README or another page links to is there', async () => {
  const linked = await Promise.all(
    pages.map(async (page) =>
      [...(await file(page)).matchAll(/\]\((?!https?:)([^)#]+)\)/gu)].map(([, to = '']) =>
        join(dirname(page), to),
      ),
    ),
  );
  expect(linked.flat().length).toBeGreaterThan(5);
  for (const name of linked.flat())
    await expect(access(new URL(`../../${name}`, import.meta.url))).resolves.toBeUndefined();
});
