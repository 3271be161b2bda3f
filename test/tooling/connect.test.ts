import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { connectFault, connectUsage } from '../../src/words/connect.ts';
import { bareEnvironment } from '../process/crier.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** `npm run connect` where the input is none of a terminal: nothing at all, as in a container, or a pipe that stays open. */
async function connect(words: readonly string[], input: 'ignore' | 'pipe') {
  const child = spawn(process.execPath, ['scripts/connect.ts', ...words], {
    cwd: project,
    env: bareEnvironment(),
    stdio: [input, 'pipe', 'pipe'],
  });
  if (child.stdout === null || child.stderr === null) throw new Error('what it says is read by a pipe');
  const [said, complained] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: child.exitCode, said, complained: complained.trim() };
}

test.each(['ignore', 'pipe'] as const)(
  'without words it says how it is used, and ends: input %s',
  async (input) => {
    expect(await connect([], input)).toMatchObject({ code: 1, complained: connectUsage });
  },
);

test('where nobody can answer what it asks, it says so', async () => {
  const done = await connect(['x', 'x-main', '--show'], 'ignore');
  expect(done).toMatchObject({ code: 1, complained: connectFault('ended') });
});
