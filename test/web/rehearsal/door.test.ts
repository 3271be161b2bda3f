import { request, type IncomingMessage } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { startCrier, type RunningCrier } from '../../browser/crier.ts';
import { freePort } from '../../peers/listening.ts';

let crier: RunningCrier;

beforeAll(async () => {
  crier = await startCrier(await freePort());
}, 60_000);

afterAll(async () => {
  await crier[Symbol.asyncDispose]();
});

interface Asked {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** A call with any headers, those too that `fetch` keeps to itself. */
async function call(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Promise<Asked> {
  const sent = request(`${crier.url}${path}`, { method, headers, agent: false });
  sent.end(body);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject);
  });
  return { status: response.statusCode ?? 0, headers: response.headers, text: await textOf(response) };
}

const json = { 'content-type': 'application/json' };
const help = (person: string): string => JSON.stringify({ does: 'say', person, text: 'help' });
const act = (headers: Readonly<Record<string, string>>, body: string): Promise<Asked> =>
  call('POST', '/rehearsal/act', headers, body);
const own = (): string => crier.url;

const chatSchema = z.object({
  messages: z.array(z.object({ from: z.string(), text: z.string().optional() })),
});
async function chat(person: string): Promise<z.infer<typeof chatSchema>['messages']> {
  return chatSchema.parse(JSON.parse((await call('GET', `/rehearsal/chat?person=${person}&after=0`)).text))
    .messages;
}

/** What is in the chat once so many messages are: a proposal's card comes by the outbox, after the answer. */
async function chatWith(person: string, messages: number): Promise<Awaited<ReturnType<typeof chat>>> {
  return await vi.waitUntil(
    async () => {
      const said = await chat(person);
      return said.length >= messages && said;
    },
    { timeout: 10_000 },
  );
}

describe('our own page', () => {
  test('may act, and what Crier answers is in the chat', async () => {
    expect((await act({ ...json, origin: own() }, help('priya-desai'))).status).toBe(200);
    expect(await chat('priya-desai')).toMatchObject([{ from: 'person', text: 'help' }, { from: 'crier' }]);
  });

  test('says what is typed as it is typed', async () => {
    const text = 'propose for Highways: Fish & chips &lt;b&gt; <b>now</b>';
    await act({ ...json, origin: own() }, JSON.stringify({ does: 'say', person: 'ellen-rimmer', text }));
    expect(await chatWith('ellen-rimmer', 2)).toMatchObject([{ text }, { from: 'crier' }]);
    const { text: told } = await call('GET', '/rehearsal/chat?person=ellen-rimmer&after=0');
    // In what was said, in the card that answers, and in the card's pictures for whoever does not see them.
    const typed = 'Fish & chips &lt;b&gt; <b>now</b>';
    for (const says of [
      'propose for Highways: ',
      '{"type":"TextRun","text":"',
      'What it will look like on X: ',
    ])
      expect(told).toContain(`${says}${typed}`);
  });

  test('lists everybody with their part in words', async () => {
    const { status, text } = await call('GET', '/rehearsal');
    expect(status).toBe(200);
    expect(text).toContain('Nothing leaves this computer');
    for (const words of [
      'Highways: writes posts',
      'Highways: approver and lead; Waste: approver',
      'Communications officer',
      'Head of Communications',
      'Monitoring Officer',
      'Highways: approver; Elections: approver; Duty officer',
    ])
      expect(text).toContain(words);
  });

  test('has no script or style within it, and its policy lets in none', async () => {
    const { text, headers } = await call('GET', '/rehearsal?as=tom-ashcroft');
    expect(text).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|http|\*/);
  });

  test('draws nobody who is not in the protocol', async () => {
    expect((await call('GET', '/rehearsal?as=%3Cb%3Enobody')).text).toContain('Who do you want to be?');
    expect((await call('GET', '/rehearsal/chat?person=nobody&after=0')).status).toBe(404);
    expect((await act({ ...json, origin: own() }, help('nobody'))).status).toBe(400);
  });

  test('can be opened by a link elsewhere, which cannot read it', async () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await call('GET', '/rehearsal?as=tom-ashcroft', link)).status).toBe(200);
    expect((await call('GET', '/rehearsal/chat?person=tom-ashcroft&after=0', link)).status).toBe(403);
    const script = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
    expect((await call('GET', '/rehearsal', script)).status).toBe(403);
  });
});

describe('nobody else can act', () => {
  const elsewhere: readonly (readonly [string, number, () => Readonly<Record<string, string>>])[] = [
    [
      'a form',
      415,
      () => ({ 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' }),
    ],
    [
      'a form of our own origin',
      415,
      () => ({ 'content-type': 'multipart/form-data; boundary=x', origin: own() }),
    ],
    ['plain text, which needs no leave', 415, () => ({ 'content-type': 'text/plain', origin: 'null' })],
    ['a page of another origin', 403, () => ({ ...json, origin: 'https://evil.example' })],
    ['a page of another port here', 403, () => ({ ...json, origin: 'http://127.0.0.1:1' })],
    ['a page without an origin', 403, () => ({ ...json, origin: 'null' })],
    [
      'a name that was pointed here',
      403,
      () => ({
        ...json,
        host: `evil.example:${new URL(own()).port}`,
        origin: `http://evil.example:${new URL(own()).port}`,
      }),
    ],
    ['such a name without an origin', 403, () => ({ ...json, host: `evil.example:${new URL(own()).port}` })],
    ['no page at all', 403, () => json],
  ];

  test.each(elsewhere)('by %s', async (_case, status, headers) => {
    expect((await act(headers(), help('bethan-prys'))).status).toBe(status);
    expect(await chat('bethan-prys')).toEqual([]);
  });

  test.each(['https://evil.example', 'http://127.0.0.1:1', 'null'])(
    'by the form of a page at %s, which needs no leave to send it',
    async (origin) => {
      const form = { 'content-type': 'multipart/form-data; boundary=x', origin };
      const body = '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhelp\r\n--x--\r\n';
      expect((await call('POST', '/rehearsal/say?as=bethan-prys', form, body)).status).toBe(403);
      const host = `evil.example:${new URL(own()).port}`;
      const rebound = { ...form, host, origin: `http://${host}` };
      expect((await call('POST', '/rehearsal/say?as=bethan-prys', rebound, body)).status).toBe(403);
      expect(await chat('bethan-prys')).toEqual([]);
    },
  );

  test('and nobody else reads: another origin, or a name that was pointed here', async () => {
    const rebound = { host: `evil.example:${new URL(own()).port}` };
    for (const path of [
      '/rehearsal',
      '/rehearsal/rehearsal.js',
      '/rehearsal/chat?person=priya-desai&after=0',
      '/rehearsal/waiting',
      '/rehearsal/published',
      '/rehearsal/timelines/x-main',
      '/rehearsal/connector/v3/conversations/rehearsal-priya-desai/members',
      '/rehearsal/connector/v3/attachments/a-file/views/original',
    ]) {
      const seen = { path, status: (await call('GET', path, rebound)).status };
      expect(seen).toEqual({ path, status: 403 });
      const other = { path, status: (await call('GET', path, { origin: 'https://evil.example' })).status };
      expect(other).toEqual({ path, status: 403 });
    }
  });

  test('and no page, not even ours, speaks as Crier or as a network', async () => {
    const page = { ...json, origin: own() };
    const connector = '/rehearsal/connector/v3/conversations/rehearsal-sam-kenrick';
    const spoken: readonly (readonly [string, string])[] = [
      ['POST', '/rehearsal/connector/v3/conversations'],
      ['POST', `${connector}/activities`],
      ['POST', `${connector}/activities/1`],
      ['PUT', `${connector}/activities/1`],
      ['GET', `${connector}/pagedmembers`],
      ['GET', '/rehearsal/connector/v3/attachments/a-file/views/original'],
      ['POST', '/rehearsal/timelines/x-main'],
      ['PUT', '/rehearsal/timelines/x-main/entry-1'],
      ['DELETE', '/rehearsal/timelines/x-main/entry-1'],
    ];
    const body = JSON.stringify({ text: 'not Crier', media: [] });
    for (const [method, path] of spoken) {
      const { status } = await call(method, path, page, ['GET', 'DELETE'].includes(method) ? '' : body);
      expect({ method, path, status }).toEqual({ method, path, status: 403 });
    }
    expect(await chat('sam-kenrick')).toEqual([]);
  });
});

test('a press of a card that is not there any more changes nothing and is answered', async () => {
  const press = { does: 'press', person: 'omar-haddad', message: 'gone', verb: 'no.such', data: {} };
  expect((await act({ ...json, origin: own() }, JSON.stringify(press))).status).toBe(200);
});
