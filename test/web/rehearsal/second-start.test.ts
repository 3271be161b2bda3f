import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { freePort } from '../../peers/listening.ts';
import { startProcess, type CrierProcess } from '../../process/crier.ts';

let folder: string;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-second-start-'));
  port = await freePort();
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const start = async (): Promise<CrierProcess> =>
  await startProcess({
    PORT: String(port),
    CRIER_DATA: join(folder, 'data'),
    CRIER_PLAYGROUND: 'off',
    CRIER_PLAYGROUND_PORT: String(await freePort()),
  });

async function act(crier: CrierProcess, does: object): Promise<void> {
  const response = await fetch(`${crier.url}/rehearsal/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: crier.url },
    body: JSON.stringify(does),
  });
  expect(response.status).toBe(200);
}

const chat = z.object({ messages: z.array(z.looseObject({ from: z.string() })) });

/** What Crier has said in the chat, once a message of it says that. */
async function chatSaying(crier: CrierProcess, person: string, says: string): Promise<readonly string[]> {
  return await vi.waitUntil(
    async () => {
      const told = await fetch(`${crier.url}/rehearsal/chat?person=${person}&after=0`);
      const { messages: all } = chat.parse(await told.json());
      const messages = all.filter(({ from }) => from === 'crier').map((message) => JSON.stringify(message));
      return messages.some((message) => message.includes(says)) && messages;
    },
    { timeout: 15_000 },
  );
}

test('after a second start on the same data, whoever opens their chat has their cards in it again', async () => {
  const [person, says] = ['sam-kenrick', 'opens at 8am'];
  const first = await start();
  await act(first, { does: 'open', person });
  await act(first, { does: 'say', person, text: `propose for Housing: The office in Bootle ${says}.` });
  await chatSaying(first, person, says);
  await first.stop();

  const second = await start();
  try {
    await act(second, { does: 'open', person });
    const messages = await chatSaying(second, person, says);
    expect(messages.filter((message) => message.includes(says))).toHaveLength(1);
    expect(messages.filter((message) => message.includes('Hello from'))).toHaveLength(1);
    // Opened in another window, there is nothing to bring.
    await act(second, { does: 'open', person });
    await act(second, { does: 'say', person, text: 'waiting' });
    const later = await chatSaying(second, person, 'waits for you');
    expect(later.filter((message) => message.includes(says))).toHaveLength(1);
  } finally {
    await second.stop();
  }
}, 60_000);
