import { connect } from 'node:net';
import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { message, openDoor } from './door.ts';

const simulator = 'http://localhost:56150/_connector';
let door: Awaited<ReturnType<typeof openDoor>>;

beforeEach(async () => {
  door = await openDoor(
    { mode: 'rehearsal', port: 0, simulatorPort: 56_150 },
    { serviceUrls: [simulator], limits: { within: 200 } },
  );
});
afterEach(async () => {
  await door.close();
});

/** Sends a request as it is, with headers that `fetch` would not let through. */
function send(headers: Readonly<Record<string, string>>, body: string, method = 'POST'): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: door.port, path: '/api/messages', method, headers },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const json = { 'content-type': 'application/json' };
const ours = (): Record<string, string> => ({ ...json, host: `localhost:${String(door.port)}` });
const good = JSON.stringify(message(simulator));

describe('the door of a rehearsal', () => {
  test('lets the simulator in, by any name of this machine', async () => {
    for (const name of ['localhost', '127.0.0.1', '[::1]', 'LOCALHOST']) {
      expect(await send({ ...json, host: `${name}:${String(door.port)}` }, good)).toBe(200);
    }
    expect(await send(ours(), JSON.stringify(message(`${simulator}/`)))).toBe(200);
    expect(door.turns).toHaveLength(5);
  });

  test.each([
    ['another name that points here', () => ({ ...json, host: `evil.example:${String(door.port)}` })],
    ['another port', () => ({ ...json, host: 'localhost:1' })],
    ['no port', () => ({ ...json, host: 'localhost' })],
    [
      'a name that only begins like ours',
      () => ({ ...json, host: `localhost.evil.example:${String(door.port)}` }),
    ],
    ['a name with somebody before it', () => ({ ...json, host: `a@localhost:${String(door.port)}` })],
    ['a page elsewhere', () => ({ ...ours(), origin: 'https://evil.example' })],
    ['a page of our own', () => ({ ...ours(), origin: `http://localhost:${String(door.port)}` })],
    ['a page without an address', () => ({ ...ours(), origin: 'null' })],
    ['a page that hides its origin', () => ({ ...ours(), 'sec-fetch-site': 'cross-site' })],
  ])('refuses %s', async (_who, headers) => {
    expect(await send(headers(), good)).toBe(403);
    expect(door.turns).toEqual([]);
  });

  test.each([
    'https://smba.trafficmanager.net/uk/',
    'http://localhost:56151/_connector',
    'http://localhost:56150/elsewhere',
    'http://localhost:56150@evil.example/_connector',
  ])('refuses an activity that says it comes from %s', async (from) => {
    expect(await send(ours(), JSON.stringify(message(from)))).toBe(403);
    expect(door.turns).toEqual([]);
  });

  test.each([
    ['a form', 'application/x-www-form-urlencoded', 'type=message&serviceUrl=x', 415],
    ['plain text', 'text/plain', good, 415],
    ['several parts', 'multipart/form-data; boundary=x', '--x--', 415],
    ['half of a JSON', 'application/json', good.slice(0, 40), 400],
    ['nothing', 'application/json', '', 400],
    ['a list', 'application/json', '[]', 400],
    ['no type', 'application/json', JSON.stringify({ ...message(simulator), type: undefined }), 400],
    ['no conversation', 'application/json', JSON.stringify({ ...message(simulator), conversation: 1 }), 400],
    [
      'a text that is none',
      'application/json',
      JSON.stringify({ ...message(simulator), text: { a: 1 } }),
      400,
    ],
    ['too much', 'application/json', JSON.stringify(message(simulator, { text: 'a'.repeat(300_000) })), 413],
  ])('answers %s with its status', async (_what, type, body, status) => {
    expect(await send({ ...ours(), 'content-type': type }, body)).toBe(status);
    expect(door.turns).toEqual([]);
  });

  test('answers 408 to a body that does not come', async () => {
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect(door.port, '127.0.0.1', () => {
        socket.write(
          `POST /api/messages HTTP/1.1\r\nHost: localhost:${String(door.port)}\r\n` +
            'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
        );
      });
      socket.once('data', (data) => {
        resolve(data.toString());
        socket.destroy();
      });
      socket.on('error', reject);
    });
    expect(said).toMatch(/^HTTP\/1\.1 408 /);
    expect(door.turns).toEqual([]);
  });

  test('a turn that fails answers 500 and nothing else', async () => {
    const failing = await openDoor(
      { mode: 'rehearsal', port: 0, simulatorPort: 56_150 },
      { serviceUrls: [simulator], turn: () => Promise.reject(new Error('a secret')) },
    );
    try {
      const response = await fetch(failing.url, { method: 'POST', headers: json, body: good });
      expect([response.status, await response.text()]).toEqual([500, '']);
    } finally {
      await failing.close();
    }
  });
});
