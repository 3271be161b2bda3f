import { createServer, type ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { watchAnswering, type Answering } from '../../src/web/end-answering.ts';
import { listening } from '../peers/listening.ts';

/** A server that keeps its connections, and whose answers wait until they are given. */
async function slowServer(): Promise<{ answering: Answering; url: string; asked: Promise<ServerResponse> }> {
  const first = Promise.withResolvers<ServerResponse>();
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    if (request.url === '/slow') first.resolve(response);
    else response.end('quick');
  });
  const answering = watchAnswering(server);
  const { url } = await listening(server);
  return { answering, url, asked: first.promise };
}

test('whoever is being answered at a stop still gets the answer, and nobody new comes in', async () => {
  const { answering, url, asked } = await slowServer();
  expect(await (await fetch(`${url}/quick`)).text()).toBe('quick');
  const answer = fetch(`${url}/slow`);
  const response = await asked;
  const ended = answering.end(60_000);
  // Over the connection that was kept: what is sent just then is still answered, and told that it is the last.
  const last = await fetch(`${url}/quick`);
  expect([last.headers.get('connection'), await last.text()]).toEqual(['close', 'quick']);
  await expect(fetch(`${url}/quick`, { headers: { connection: 'close' } })).rejects.toThrow('fetch failed');
  response.end('slow but whole');
  const answered = await answer;
  expect(answered.headers.get('connection')).toBe('close');
  expect(await answered.text()).toBe('slow but whole');
  await ended;
});

test('an answer that never comes does not hold up a stop', async () => {
  const { answering, url, asked } = await slowServer();
  const answer = fetch(`${url}/slow`);
  const lost = answer.then(
    () => 'answered',
    () => 'cut off',
  );
  await asked;
  await answering.end(20);
  expect(await lost).toBe('cut off');
});
