import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectFault, connectUsage } from '../../src/words/connect.ts';
import { bareEnvironment } from '../process/crier.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-connect-'));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

const project = fileURLToPath(new URL('../..', import.meta.url));

/**
 * `npm run connect` where the input is none of a terminal: nothing at all, as in a container, or a pipe that stays open.
 * @param meanwhile is given what it has said up to now and the process, each time that it says something
 */
async function connect(
  words: readonly string[],
  input: 'ignore' | 'pipe',
  meanwhile?: (said: string, child: ChildProcess) => void,
) {
  const child = spawn(process.execPath, ['scripts/connect.ts', ...words], {
    cwd: project,
    env: bareEnvironment(),
    stdio: [input, 'pipe', 'pipe'],
  });
  if (child.stdout === null || child.stderr === null) throw new Error('what it says is read by a pipe');
  let heard = '';
  child.stdout.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
    meanwhile?.(heard, child);
  });
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

test('asked for help it says how it is used, and that is no fault', async () => {
  expect(await connect(['--help'], 'ignore')).toMatchObject({ code: 0, said: `${connectUsage}\n` });
});

test.each([
  [['tiktok', '--show'], 'There is no network "tiktok" to connect. These there are: x, facebook, instagram'],
  [['x', 'facebook-main', '--show'], 'The protocol has no X account "facebook-main". Say which account:\n'],
  [['x', 'facebook-main', '--show'], 'npm run connect -- x x-main --file x-main.env'],
  [['x', '--fiel', 'x.env'], 'Something that begins with a dash cannot be read'],
  [['x', '--show', '--port', 'eighty'], '--port is a number'],
  [['x', '--show', '--vault'], 'Say where what the network gives shall go'],
])('what is typed wrong is answered by what is right: %j', async (words, answer) => {
  const done = await connect(words, 'ignore');
  expect([done.code, done.said]).toEqual([1, '']);
  expect(done.complained).toContain(answer);
});

test('a file that cannot be written is found out before anything is asked', async () => {
  const nowhere = await connect(['bluesky', '--file', join(folder, 'nowhere', 'b.env')], 'ignore');
  expect([nowhere.code, nowhere.said]).toEqual([1, '']);
  expect(nowhere.complained).toContain('since the folder is not there');
  const there = join(folder, 'there.env');
  await writeFile(there, 'kept');
  const taken = await connect(['bluesky', '--file', there], 'ignore');
  expect([taken.code, taken.said]).toEqual([1, '']);
  expect(taken.complained).toContain('is there already');
  expect((await stat(there)).size).toBe(4);
});

test.each(['ended', 'SIGINT', 'SIGTERM'] as const)(
  'the file is there for its owner alone while the account is let in, and gone where that is given up: %s',
  async (how) => {
    const file = join(folder, `${how}.env`);
    const seen: boolean[] = [];
    const done = await connect(['bluesky', '--file', file], 'pipe', (said, child) => {
      if (!said.includes('Handle') || seen.length > 0) return;
      seen.push(existsSync(file));
      if (how === 'ended') child.stdin?.end();
      else child.kill(how);
    });
    expect([seen, done.code === 0, existsSync(file)]).toEqual([[true], false, false]);
  },
);
