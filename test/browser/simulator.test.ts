import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startSimulator, type Simulator } from '../../scripts/playground.ts';
import { launchChromium } from './chromium.ts';
import { openSimulator, phoneCardWidth } from './simulator.ts';
import { ended, listening } from '../peers/listening.ts';

const configFile = fileURLToPath(new URL('../../.m365agentsplayground.yml', import.meta.url));

const activitySchema = z.object({
  type: z.string(),
  text: z.string().optional(),
  serviceUrl: z.string(),
  conversation: z.object({ id: z.string() }),
  value: z.object({ action: z.object({ data: z.record(z.string(), z.unknown()).optional() }) }).optional(),
});

const cardOf = (said: string, pressed: boolean): unknown => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: said, wrap: true },
    ...(pressed
      ? []
      : [
          { type: 'Input.Text', id: 'note', label: 'Note', isMultiline: true },
          { type: 'Input.Toggle', id: 'sure', title: 'The facts are right', valueOn: 'yes', valueOff: 'no' },
        ]),
  ],
  actions: pressed ? [] : [{ type: 'Action.Execute', title: 'Approve', verb: 'approve', data: {} }],
});

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += String(piece);
  return JSON.parse(text);
}

/** Says back what it is told on a card; a press answers with the card that says what was filled in. */
function echoBot(): Server {
  return createServer((request, response) => {
    void (async () => {
      // The simulator asks now and then whether anybody is there.
      if (request.method !== 'POST') {
        response.writeHead(405);
        return void response.end();
      }
      const activity = activitySchema.safeParse(await bodyOf(request));
      response.setHeader('content-type', 'application/json');
      if (activity.success && activity.data.type === 'message') {
        const { serviceUrl, conversation, text } = activity.data;
        const address = `${serviceUrl.replace(/\/$/, '')}/v3/conversations/${encodeURIComponent(conversation.id)}/activities`;
        await fetch(address, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            type: 'message',
            attachments: [
              {
                contentType: 'application/vnd.microsoft.card.adaptive',
                content: cardOf(`You said: ${text ?? ''}`, false),
              },
            ],
          }),
        });
        response.end('{}');
      } else if (activity.success && activity.data.type === 'invoke') {
        const { note, sure } = activity.data.value?.action.data ?? {};
        const value = cardOf(`Approved with "${String(note)}", sure: ${String(sure)}`, true);
        response.end(
          JSON.stringify({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value }),
        );
      } else {
        response.end('{}');
      }
    })();
  });
}

let folder: string;
let bot: Server;
let simulator: Simulator;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-simulator-'));
  bot = echoBot();
  const { url } = await listening(bot);
  const address = `${url}/api/messages`;
  [simulator, browser] = await Promise.all([
    startSimulator({ port: 0, bot: address, configFile, logFile: join(folder, 'simulator.log') }),
    launchChromium(),
  ]);
});

afterAll(async () => {
  await browser.close();
  await simulator.stop();
  await ended(bot);
  await rm(folder, { recursive: true });
});

// On a busy machine the simulator's page alone takes ten seconds to come up.
test(
  'a message is typed, its card read, filled in and pressed, and photographed at phone width',
  { timeout: 60_000 },
  async () => {
    const teams = await openSimulator(browser, simulator.url);
    await teams.send('propose Liverpool Road is closed');
    expect(await teams.read(1)).toContain('You said: propose Liverpool Road is closed');
    await teams.fill(1, 'Note', 'thank you');
    await teams.tick(1, 'The facts are right');
    await teams.press(1, 'Approve');
    await teams.waitUntilCardSays(1, 'Approved with "thank you", sure: yes');
    await teams.send('posts');
    expect(await teams.read(2)).toContain('You said: posts');
    expect(await teams.cardCount()).toBe(2);
    const picture = join(folder, 'card.png');
    await teams.photographCard(2, picture);
    const png = await readFile(picture);
    expect(png.readUInt32BE(16)).toBe(phoneCardWidth);
    await teams.close();
  },
);

test('the simulator cannot be reached from other machines', async () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find((address) => !address.internal && address.family === 'IPv4');
  // A machine without a network has no other address; then 127.0.0.2 shows that not every address is taken.
  const host = outside?.address ?? '127.0.0.2';
  const reached = await new Promise<boolean>((resolve) => {
    const socket = connect(simulator.port, host);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
  expect(reached).toBe(false);
});

test('settings that the simulator does not take are told with its own reason', async () => {
  const wrong = join(folder, 'wrong.yml');
  await writeFile(
    wrong,
    (await readFile(configFile, 'utf8')).replace(/^ {2}- id: user-id-5\n( {4}.*\n)+/m, ''),
  );
  await expect(
    startSimulator({
      port: 0,
      bot: 'http://127.0.0.1:1/',
      configFile: wrong,
      logFile: join(folder, 'wrong.log'),
    }),
  ).rejects.toThrow(/users.*must NOT have fewer than 5 items/);
});

test('a port that is taken is told, not quietly changed', async () => {
  await expect(
    startSimulator({
      port: simulator.port,
      bot: 'http://127.0.0.1:1/',
      configFile,
      logFile: join(folder, 'taken.log'),
    }),
  ).rejects.toThrow(`port ${String(simulator.port)} is taken`);
});
