import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startConnector, type ConnectorPeer } from '../peers/connector.ts';
import { playHosts, type PlayedHosts } from '../peers/microsoft-proxy.ts';
import { startTokenAuthority, type TokenAuthority } from '../peers/token-authority.ts';
import { startProcess, type CrierProcess } from '../process/crier.ts';
import { appId, message, tenantId } from '../teams/door.ts';
import { entra } from './entra.ts';

/** The service url that Teams gives for councils in the United Kingdom. */
const serviceUrl = 'https://smba.trafficmanager.net/uk/';
const secret = 'the-client-secret-of-this-test';

let connector: ConnectorPeer;
let authority: TokenAuthority;
let hosts: PlayedHosts;
let crier: CrierProcess;
let folder: string;
const tokenRequests: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-production-'));
  connector = await startConnector();
  authority = await startTokenAuthority({
    audience: appId,
    serviceUrl,
    base: 'https://login.botframework.com',
  });
  hosts = await playHosts({
    'login.botframework.com': authority.handle,
    'login.microsoftonline.com': entra((asked) => tokenRequests.push(asked)),
    'smba.trafficmanager.net': connector.handle,
  });
  connector.members([
    {
      id: '29:nadia',
      aadObjectId: 'aad-nadia',
      name: 'Nadia Hartley',
      userPrincipalName: 'nadia.hartley@sefton.example',
    },
  ]);
  // Nothing of the machine's own environment, so that only what stands here can make it work.
  crier = await startProcess({
    ...hosts.environment,
    MicrosoftAppId: appId,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: tenantId,
    MicrosoftAppPassword: secret,
    CRIER_AUDIT_KEY: randomBytes(32).toString('base64'),
    CRIER_PUBLIC_URL: 'https://news.sefton.example',
    X_MAIN_REHEARSAL: 'on',
    CRIER_DATA: join(folder, 'data'),
    CRIER_ANCHORS: join(folder, 'anchors'),
    HOST: '127.0.0.1',
  });
});

afterAll(async () => {
  await crier.stop();
  await hosts.close();
  await authority.close();
  await connector.close();
  await rm(folder, { recursive: true, force: true });
});

async function say(
  text: string,
  id: string,
  token: string | undefined,
): Promise<{ status: number; body: string }> {
  const response = await fetch(`${crier.url}/api/messages`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(
      message(serviceUrl, {
        text,
        id,
        from: { id: '29:nadia', aadObjectId: 'aad-nadia', name: 'Nadia Hartley' },
      }),
    ),
  });
  return { status: response.status, body: await response.text() };
}

test('the unchanged process answers in Teams, with its own token, through the council’s proxy', async () => {
  const answered = await say('help', '1', await authority.token());
  expect(answered).toEqual({ status: 200, body: '' });
  const taken = await connector.until((sent) => sent.some(({ how }) => how === 'post'));
  expect(taken.find(({ how }) => how === 'post')).toMatchObject({
    conversationId: 'a:1',
    activity: {
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive' }],
    },
  });
  // Known from the protocol through the roster, so that the answer is the help and not a refusal.
  expect(connector.calls).toMatchObject({ members: 1, post: 1 });
  expect(JSON.stringify(taken)).toContain('propose');
  expect(new Set(connector.authorizations)).toEqual(new Set(['Bearer token-of-entra']));
  expect(new Set(hosts.connected)).toEqual(
    new Set(['login.botframework.com:443', 'login.microsoftonline.com:443', 'smba.trafficmanager.net:443']),
  );
  expect(hosts.refused).toEqual([]);
  // Signed in once, to its own tenant, with its secret in the body and never in the address.
  expect(tokenRequests).toHaveLength(1);
  expect(tokenRequests[0]).toMatch(
    new RegExp(`^/${tenantId}/oauth2/v2.0/token\\S* .*client_secret=${secret}`),
  );
});

test('a token that is none, a forger’s or for another app is turned away, and nothing is sent', async () => {
  const before = connector.taken.length;
  for (const token of [
    undefined,
    'garbage',
    await authority.token({ by: 'forger' }),
    await authority.token({ by: 'webchat' }),
    await authority.token({ claims: { aud: 'another-app' } }),
  ]) {
    expect(await say('help', '2', token)).toEqual({ status: 401, body: '' });
  }
  expect(connector.taken).toHaveLength(before);
});

test('there is nothing of a rehearsal, and no secret and no name in what it prints', async () => {
  expect((await fetch(`${crier.url}/rehearsal`)).status).toBe(404);
  expect(crier.said()).toContain('Teams: real');
  expect(crier.said()).toContain(
    'X (@SeftonCouncil): rehearsal by X_MAIN_REHEARSAL, nobody outside sees it.',
  );
  // Who cannot be reached is named at start, to whoever starts it; a log line names nobody.
  const logged = crier
    .said()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  expect(logged.length).toBeGreaterThan(0);
  for (const kept of ['Nadia', 'nadia.hartley', 'aad-nadia']) expect(logged.join('\n')).not.toContain(kept);
  for (const kept of [secret, 'token-of-entra']) expect(crier.said()).not.toContain(kept);
});

test('nothing of the rehearsal is there', async () => {
  const paths = [
    '/rehearsal',
    '/rehearsal/rehearsal.js',
    '/rehearsal/chat?person=nadia-hartley&after=0',
    '/rehearsal/waiting',
    '/rehearsal/published',
    '/rehearsal/timelines/x-main',
    '/rehearsal/connector/v3/conversations/rehearsal-nadia-hartley/members',
    '/rehearsal/connector/v3/attachments/a-file/views/original',
  ];
  for (const path of paths)
    expect({ path, status: (await fetch(`${crier.url}${path}`)).status }).toEqual({ path, status: 404 });
  const act = await fetch(`${crier.url}/rehearsal/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: crier.url },
    body: JSON.stringify({ does: 'say', person: 'nadia-hartley', text: 'help' }),
  });
  expect([404, 405]).toContain(act.status);
  const form = new FormData();
  form.set('text', 'help');
  form.set('files', new File(['a photo'], 'photo.jpg', { type: 'image/jpeg' }));
  const say = await fetch(`${crier.url}/rehearsal/say?as=nadia-hartley`, {
    method: 'POST',
    headers: { origin: crier.url },
    body: form,
  });
  expect([404, 405]).toContain(say.status);
});

test('it stops when it is told to', async () => {
  expect(await crier.stop()).toBe(0);
});
