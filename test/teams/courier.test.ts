import { createServer, type RequestListener } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTeamsAdapter, type TeamsAdapter } from '../../src/teams/adapter.ts';
import { createCourier, type Courier, type Place } from '../../src/teams/courier.ts';
import { retryAfter } from '../../src/teams/not-sent.ts';
import { startConnector, type ConnectorPeer } from '../peers/connector.ts';
import { silent } from './door.ts';
import { listening } from '../peers/listening.ts';

let peer: ConnectorPeer;
let adapter: TeamsAdapter;
let courier: Courier;
const never = new AbortController().signal;
const card = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text: '#142', wrap: true }],
};
const content = { card, summary: 'Post 142 waits for you' };

beforeEach(async () => {
  peer = await startConnector();
  adapter = createTeamsAdapter({ mode: 'rehearsal', port: 3978, simulatorPort: 56_150 }, silent);
  courier = createCourier({ adapter, log: silent, deadline: 30_000 });
});
afterEach(async () => {
  await peer.close();
});

const chat = (): Place => ({ kind: 'personal', conversationId: 'a:1', serviceUrl: peer.serviceUrl });
const channel = (thread?: string): Place => ({
  kind: 'teams-channel',
  conversationId: '19:abc@thread.tacv2',
  serviceUrl: peer.serviceUrl,
  ...(thread === undefined ? {} : { thread }),
});

describe('what arrives', () => {
  test('a card in a chat', async () => {
    expect(await courier.post(chat(), content, never)).toEqual({
      sent: true,
      activityId: 'a-1',
      conversationId: 'a:1',
    });
    expect(peer.taken).toMatchObject([
      {
        how: 'post',
        conversationId: 'a:1',
        activity: {
          type: 'message',
          summary: 'Post 142 waits for you',
          attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
        },
      },
    ]);
  });

  test('a text', async () => {
    await courier.post(chat(), { text: 'Good morning' }, never);
    expect(peer.taken).toMatchObject([{ activity: { type: 'message', text: 'Good morning' } }]);
  });

  test('a new thread of a Teams channel, and an answer in it', async () => {
    const begun = await courier.post(channel(), content, never);
    expect(begun).toEqual({ sent: true, activityId: '1', conversationId: '19:abc@thread.tacv2;messageid=1' });
    expect(await courier.post(channel('1'), content, never)).toMatchObject({
      sent: true,
      conversationId: '19:abc@thread.tacv2;messageid=1',
    });
    expect(peer.taken.map(({ how, conversationId }) => [how, conversationId])).toEqual([
      ['create', '19:abc@thread.tacv2;messageid=1'],
      ['post', '19:abc@thread.tacv2;messageid=1'],
    ]);
    expect(peer.taken[0]).toMatchObject({ activity: { attachments: [{ content: card }] } });
  });

  test('a first word to somebody', async () => {
    const place: Place = {
      kind: 'personal-new',
      userId: '29:amira',
      tenantId: 't',
      serviceUrl: peer.serviceUrl,
    };
    expect(await courier.post(place, content, never)).toMatchObject({
      sent: true,
      conversationId: 'chat-29:amira',
    });
    expect(await courier.post(place, content, never)).toMatchObject({ conversationId: 'chat-29:amira' });
  });

  test('a card in the place of another', async () => {
    expect(await courier.update(chat(), 'a-7', content, never)).toEqual({
      sent: true,
      activityId: 'a-7',
      conversationId: 'a:1',
    });
    expect(await courier.update(channel('9'), '9', content, never)).toMatchObject({ sent: true });
    expect(
      peer.taken.map(({ how, conversationId, activityId }) => [how, conversationId, activityId]),
    ).toEqual([
      ['update', 'a:1', 'a-7'],
      ['update', '19:abc@thread.tacv2;messageid=9', '9'],
    ]);
  });

  test('a card is not changed by being sent', async () => {
    const before = structuredClone(content);
    await courier.post(chat(), content, never);
    await courier.update(chat(), 'a-1', content, never);
    expect(content).toEqual(before);
  });

  test('everybody of a conversation, over all pages, guests told apart', async () => {
    const members = Array.from({ length: 1_201 }, (_none, n) => ({
      id: `29:${String(n)}`,
      aadObjectId: `aad-${String(n)}`,
      name: `Person ${String(n)}`,
      userPrincipalName:
        n === 7 ? 'someone_gmail.com#EXT#@sefton.onmicrosoft.com' : `p${String(n)}@sefton.gov.uk`,
      ...(n === 8 ? { userRole: 'guest' } : {}),
    }));
    peer.members(members, '19:abc@thread.tacv2');
    const found = await courier.members(channel('9'), never);
    if (!found.sent) throw new Error('nobody was found');
    expect(found.members).toHaveLength(1_201);
    expect(found.members[3]).toEqual({
      id: '29:3',
      aadObjectId: 'aad-3',
      userPrincipalName: 'p3@sefton.gov.uk',
      name: 'Person 3',
      isGuest: false,
    });
    expect(found.members.filter(({ isGuest }) => isGuest).map(({ id }) => id)).toEqual(['29:7', '29:8']);
    expect(peer.calls).toEqual({ members: 3 });
  });
});

describe('what does not arrive is tried once, and named', () => {
  const status = (code: number, headers: Readonly<Record<string, string>> = {}) => ({
    status: code,
    headers,
  });

  test.each([
    [status(403), { sent: false, why: 'gone' }],
    [status(404), { sent: false, why: 'gone' }],
    [status(429, { 'retry-after': '7' }), { sent: false, why: 'later', after: 7_000 }],
    [status(429), { sent: false, why: 'later', after: 2_000 }],
    [status(412), { sent: false, why: 'later', after: 2_000 }],
    [status(502), { sent: false, why: 'later', after: 2_000 }],
    [status(503, { 'retry-after': '30' }), { sent: false, why: 'later', after: 30_000 }],
    [status(504), { sent: false, why: 'later', after: 2_000 }],
    [status(500), { sent: false, why: 'unknown', reason: 'status-500' }],
    [status(400), { sent: false, why: 'unknown', reason: 'status-400' }],
    [status(401), { sent: false, why: 'unknown', reason: 'status-401' }],
    ['reset' as const, { sent: false, why: 'unknown', reason: 'connection-lost' }],
    ['reset-after-commit' as const, { sent: false, why: 'unknown', reason: 'connection-lost' }],
  ])('%j', async (answer, outcome) => {
    // Were it tried again, the second try would arrive.
    peer.fail({ answer });
    expect(await courier.post(chat(), content, never)).toEqual(outcome);
    expect(peer.calls).toEqual({ post: 1 });
    peer.fail({ how: 'update', answer });
    expect(await courier.update(chat(), 'a-1', content, never)).toEqual(outcome);
    expect(peer.calls).toEqual({ post: 1, update: 1 });
  });

  test('what is too large for Teams comes smaller, and at last as words that say so', async () => {
    const block = { type: 'TextBlock', text: 'long '.repeat(9_000), wrap: true };
    const large = { card: { ...card, body: [block] }, summary: '#142 waits for you' };
    // Nothing is asked that would be refused.
    expect(await courier.post(chat(), { ...large, smaller: () => content }, never)).toMatchObject({
      sent: true,
    });
    expect(await courier.post(channel(), large, never)).toMatchObject({ sent: true });
    expect(await courier.update(chat(), 'a-1', large, never)).toMatchObject({ sent: true });
    expect(peer.calls).toEqual({ post: 1, create: 1, update: 1 });
    expect(peer.taken[0]).toMatchObject({ activity: { attachments: [{ content: card }] } });
    for (const { activity } of peer.taken.slice(1))
      expect(JSON.stringify(activity)).toMatch(/"text":"#142 waits for you.*too large for Teams/u);
  });

  test.each([
    { status: 413, body: { error: { code: 'MessageSizeTooBig' } } },
    { status: 413 },
    { status: 400, body: { error: { code: 'BadSyntax', message: 'Message size too big' } } },
  ])('where Teams takes less than it says, too: %j', async (answer) => {
    peer.fail({ answer, times: 2 });
    const smaller = { card: { ...card, body: [] }, summary: '#142 smaller' };
    expect(await courier.post(chat(), { ...content, smaller: () => smaller }, never)).toMatchObject({
      sent: true,
    });
    expect(peer.taken).toHaveLength(1);
    expect(JSON.stringify(peer.taken[0]?.activity)).toMatch(/"text":"Post 142 waits for you/u);
    peer.fail({ answer, times: 2 });
    expect(await courier.update(chat(), 'a-1', content, never)).toEqual({ sent: false, why: 'too-large' });
    expect(peer.calls).toEqual({ post: 3, update: 2 });
  });

  test('a redirect is not followed', async () => {
    const elsewhere = await startConnector();
    peer.fail({
      answer: { status: 307, headers: { location: `${elsewhere.serviceUrl}/v3/conversations/a/activities` } },
    });
    expect(await courier.post(chat(), content, never)).toMatchObject({ sent: false, why: 'unknown' });
    expect(elsewhere.calls).toEqual({});
    await elsewhere.close();
  });

  test('silence ends with the deadline, or when whoever asked gives up', async () => {
    const hasty = createCourier({ adapter, log: silent, deadline: 50 });
    peer.fail({ answer: 'silence', times: 2 });
    expect(await hasty.post(chat(), content, never)).toEqual({
      sent: false,
      why: 'unknown',
      reason: 'no-answer-in-time',
    });
    const patience = new AbortController();
    const asked = courier.post(chat(), content, patience.signal);
    await vi.waitFor(() => expect(peer.calls).toEqual({ post: 2 }));
    patience.abort();
    expect(await asked).toMatchObject({ sent: false, why: 'unknown' });
  });

  test('an answer that changes to another protocol is none, and ends with the deadline', async () => {
    const odd = createServer(({ socket }) => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n');
    });
    const { url } = await listening(odd);
    const place: Place = { ...chat(), serviceUrl: url };
    const hasty = createCourier({ adapter, log: silent, deadline: 500 });
    expect(await hasty.post(place, content, never)).toEqual({
      sent: false,
      why: 'unknown',
      reason: 'no-answer-in-time',
    });
    await new Promise((resolve) => odd.close(resolve));
  });

  test('given up before anything was asked, it certainly did not arrive', async () => {
    const patience = new AbortController();
    const asked = courier.post(chat(), content, patience.signal);
    patience.abort();
    expect(await asked).toMatchObject({ sent: false, why: 'later' });
    expect(peer.calls).toEqual({});
  });

  test('an answer without the id of what was posted', async () => {
    peer.fail({ answer: { status: 202, headers: {} } });
    expect(await courier.post(chat(), content, never)).toEqual({
      sent: false,
      why: 'unknown',
      reason: 'answer-unreadable',
    });
  });

  test('connections are kept for what follows', async () => {
    for (let n = 0; n < 5; n += 1) await courier.post(chat(), content, never);
    expect(peer.connections()).toBe(1);
  });

  test('nobody there', async () => {
    await peer.close();
    expect(await courier.post(chat(), content, never)).toEqual({ sent: false, why: 'later', after: 2_000 });
    peer = await startConnector();
  });
});

test.each([
  ['7', 7_000],
  ['0', 1_000],
  ['2.5', 2_500],
  ['Thu, 01 Jan 1970 00:01:00 GMT', 50_000],
  ['Thu, 01 Jan 1970 00:00:01 GMT', 1_000],
  ['999999', 3_600_000],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('a Retry-After of %j is %j milliseconds', (header, wait) => {
  expect(retryAfter(header, 10_000)).toBe(wait);
});

describe('a file', () => {
  async function host(
    listener: RequestListener,
  ): Promise<{ readonly url: string; readonly close: () => void }> {
    const server = createServer(listener);
    const { url } = await listening(server);
    return {
      url,
      close: () => {
        server.close();
        server.closeAllConnections();
      },
    };
  }
  const file = (contentUrl: string, serviceUrl: string) => ({
    contentType: 'image/png',
    name: 'a',
    contentUrl,
    serviceUrl,
  });

  test('is fetched from where the simulator keeps it', async () => {
    const kept = await host((_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      response.end('picture');
    });
    const fetched = await courier.fetchAttachment(file(`${kept.url}/a`, kept.url));
    expect(fetched).toMatchObject({ fetched: true });
    expect(fetched.fetched && (await gathered(fetched.bytes)).toString()).toBe('picture');
    kept.close();
  });

  test('is not fetched from where a redirect leads', async () => {
    const asked: string[] = [];
    const inside = await host((request, response) => {
      asked.push(request.url ?? '');
      response.end('a secret');
    });
    const kept = await host((_request, response) => {
      response.writeHead(302, { location: inside.url });
      response.end();
    });
    expect(await courier.fetchAttachment(file(`${kept.url}/a`, kept.url))).toEqual({
      fetched: false,
      why: 'not-from-teams',
    });
    expect(asked).toEqual([]);
    kept.close();
    inside.close();
  });

  test('is read no further than whoever asked for it reads', async () => {
    let written = 0;
    const kept = await host((_request, response) => {
      const chunk = Buffer.alloc(64 * 1024);
      const more = (): void => {
        if (response.destroyed) return;
        written += chunk.length;
        response.write(chunk, () => setImmediate(more));
      };
      more();
    });
    const fetched = await courier.fetchAttachment(file(`${kept.url}/endless`, kept.url));
    if (!fetched.fetched) throw new Error('it was not fetched');
    let read = 0;
    for await (const piece of fetched.bytes) {
      read += piece.length;
      if (read > 1024 * 1024) break;
    }
    expect(written).toBeLessThan(30 * 1024 * 1024);
    kept.close();
  });

  test('that does not come, or stops coming, is given up', async () => {
    const patientFor = (silence: number) =>
      createCourier({ adapter, log: silent, download: { silence, within: 5_000 } });
    const kept = await host((request, response) => {
      if (request.url === '/begins') response.write('the beginning');
    });
    expect(await patientFor(50).fetchAttachment(file(`${kept.url}/a`, kept.url))).toEqual({
      fetched: false,
      why: 'later',
    });
    // Its beginning comes in time, however busy the machine is.
    const begun = await patientFor(1_500).fetchAttachment(file(`${kept.url}/begins`, kept.url));
    if (!begun.fetched) throw new Error('it did not begin');
    await expect(gathered(begun.bytes)).rejects.toThrow('nothing came');
    kept.close();
  });

  const real = 'https://smba.trafficmanager.net/uk/';
  test.each([
    ['elsewhere', { contentUrl: 'https://evil.example/a.png' }],
    ['a name that only ends like it', { downloadUrl: 'https://evilsharepoint.com/a' }],
    ['a name that begins like it', { downloadUrl: 'https://sefton.sharepoint.com.evil.example/a' }],
    ['an address of this machine', { contentUrl: 'http://127.0.0.1:8080/' }],
    ['an address in the network', { downloadUrl: 'https://10.0.0.1/a' }],
    ['an address of six', { contentUrl: 'https://[fd00::1]/a' }],
    ['what tells a cloud machine its secrets', { contentUrl: 'http://169.254.169.254/metadata' }],
    ['a name with somebody before it', { downloadUrl: 'https://evil@sefton.sharepoint.com/a' }],
    ['no encryption', { downloadUrl: 'http://sefton.sharepoint.com/a' }],
    ['another port', { downloadUrl: 'https://sefton.sharepoint.com:8443/a' }],
    ['a file', { contentUrl: 'file:///etc/passwd' }],
    ['text', { contentUrl: 'data:text/plain,a' }],
    ['nothing', {}],
  ])('is not fetched from %s', async (_where, address) => {
    const production = createCourier({
      adapter: createTeamsAdapter(
        {
          mode: 'production',
          appType: 'SingleTenant',
          appId: '11111111-2222-4333-8444-555555555555',
          tenantId: '99999999-8888-4777-8666-555555555555',
          password: 'not-a-real-secret',
        },
        silent,
      ),
      log: silent,
    });
    expect(
      await production.fetchAttachment({ contentType: 'image/png', name: 'a', serviceUrl: real, ...address }),
    ).toEqual({ fetched: false, why: 'not-from-teams' });
  });
});

async function gathered(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}
