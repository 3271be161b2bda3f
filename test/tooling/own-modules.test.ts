import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import nodeSettings from '../../node-settings.json' with { type: 'json' };

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a Node that is told what Crier's is told says of zod. */
async function saysOfZod(script: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...nodeSettings.flags, '--input-type=module', '--eval', `import { z } from 'zod'; ${script}`],
    { cwd: root },
  );
  return JSON.parse(stdout);
}

// The pin of zod says where its languages stand: a later one that keeps them elsewhere would load all of them again.
test('a start loads no messages in languages that nobody reads, and zod works as it does without', async () => {
  const said = await saysOfZod(`
    const read = z.object({ port: z.number() }).safeParse({ port: 'x' });
    console.log(JSON.stringify([Object.keys(z.locales), read.error.issues[0].message]));
  `);

  expect(said).toEqual([['default'], 'Invalid input: expected number, received string']);
});
