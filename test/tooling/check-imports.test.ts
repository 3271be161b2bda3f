import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { importFaults } from '../../scripts/check-imports.ts';

const trees: string[] = [];

/** A project of the given files, so that a wrong import never has to stand in the real one. */
async function tree(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'crier-imports-'));
  trees.push(root);
  const dependencies = { dependencies: { botbuilder: '1', restify: '1', zod: '1' } };
  const all = { 'package.json': JSON.stringify(dependencies), ...files };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

afterEach(async () => {
  for (const root of trees.splice(0)) await rm(root, { recursive: true });
});

describe('an import that points the wrong way', () => {
  test.each([
    [
      'src/core/execute.ts',
      `import { parse } from '../protocol/parse.ts';`,
      'core may only import its own files',
    ],
    ['src/protocol/rule.ts', `import type { Post } from '../posts/post.ts';`, 'imports src/posts/post.ts'],
    ['src/approval/stage.ts', `export * from '../dispatch/slots.ts';`, 'imports src/dispatch/slots.ts'],
    [
      'src/posts/propose.ts',
      `import { enquiry } from '../enquiries/enquiry.ts';`,
      'imports src/enquiries/enquiry.ts',
    ],
    ['src/posts/propose.ts', `const card = await import('../teams/cards.ts');`, 'imports src/teams/cards.ts'],
    ['src/posts/propose.ts', `type Card = import('../teams/cards.ts').Card;`, 'imports src/teams/cards.ts'],
    [
      'src/posts/propose.ts',
      `import { sentence } from '../words/refusals.ts';`,
      'imports src/words/refusals.ts',
    ],
    ['src/web/pages.ts', `import { open } from '../store/sqlite.ts';`, 'imports src/store/sqlite.ts'],
    ['src/teams/bot.ts', `import { parseConfig } from '../config.ts';`, 'imports src/config.ts'],
    ['src/web/server.ts', `import { CloudAdapter } from 'botbuilder';`, 'which only src/teams may'],
    ['src/app.ts', `import { start } from './main.ts';`, 'imports src/main.ts'],
    ['src/app/desk.ts', `import { createApp } from '../app.ts';`, 'imports src/app.ts'],
    ['src/teams/bot.ts', `import { createDesk } from '../app/desk.ts';`, 'imports src/app/desk.ts'],
    ['src/store/sqlite.ts', `import process from 'node:process';`, 'which only src/main.ts may'],
    ['src/main.ts', `import { peer } from '../test/peers/network.ts';`, 'stands outside src'],
    [
      'src/web/pages.ts',
      `import card from '../../cards/post.json' with { type: 'json' };`,
      'stands outside src',
    ],
    ['src/web/server.ts', `import { left } from 'left-pad';`, 'not among the dependencies'],
    ['src/sundries/one.ts', `export const one = 1;`, 'stands in no known part'],
  ])('%s: %s', async (file, text, said) => {
    const faults = await importFaults(await tree({ [file]: `\n${text}\n` }));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(file);
    expect(faults[0]).toContain(said);
  });

  test('is named with its line', async () => {
    const root = await tree({ 'src/core/a.ts': `// first\n\nimport { b } from '../posts/b.ts';\n` });
    expect((await importFaults(root))[0]).toMatch(/^src\/core\/a\.ts:3 /);
  });
});

test('imports that point the right way pass, and text that only looks like an import is none', async () => {
  const root = await tree({
    'src/core/change.ts': `import { z } from 'zod';\nimport { createHash } from 'node:crypto';\nimport './json.ts';`,
    'src/posts/post.ts': `import type { Change } from '../core/change.ts';\n// import '../teams/bot.ts'\nexport const said = "import x from '../web/a.ts'";`,
    'src/dispatch/publish.ts': `import type { Network } from '../networks/network.ts';`,
    'src/teams/bot.ts': `import { CloudAdapter } from 'botbuilder';\nimport type { Config } from '../config.ts';\nimport { say } from '../words/say.ts';`,
    'src/teams/cards/templates.ts': `import post from '../../../cards/post.json' with { type: 'json' };`,
    'src/main.ts': `import { serve } from './serve.ts';\nimport { parseConfig } from './config.ts';`,
    'src/serve.ts': `import { createApp } from './app.ts';`,
  });
  expect(await importFaults(root)).toEqual([]);
});
