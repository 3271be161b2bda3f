import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TeamsConfig } from '../../src/config.ts';
import { startTokenAuthority, type TokenAuthority } from '../peers/token-authority.ts';
import { appId, endpoints, message, openDoor, tenantId } from './door.ts';

const serviceUrl = 'https://smba.trafficmanager.net/uk/';

let authority: TokenAuthority;
let door: Awaited<ReturnType<typeof openDoor>>;

const config = (): TeamsConfig & { readonly mode: 'production' } => ({
  mode: 'production',
  appType: 'SingleTenant',
  appId,
  tenantId,
  password: 'not-a-real-secret',
  endpoints: endpoints(authority.metadataUrl, 'https://login.example'),
});

// Making keys takes long enough to do it once; each test has a door of its own, which knows no keys yet.
beforeAll(async () => {
  authority = await startTokenAuthority({ audience: appId, serviceUrl });
});

beforeEach(async () => {
  authority.state = 'on';
  door = await openDoor(config());
});

afterEach(async () => {
  await door.close();
});

afterAll(async () => {
  await authority.close();
});

async function send(token: string | undefined, body: unknown = message(serviceUrl)) {
  const response = await fetch(door.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: token }),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.text() };
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const bearer = (token: string): string => `Bearer ${token}`;

/** A token whose header is another one, signed or not by the given function. */
async function withHeader(header: object, sign: (signed: string) => string): Promise<string> {
  const [, claims = ''] = (await authority.token()).split('.');
  const signed = `${base64url(header)}.${claims}`;
  return bearer(`${signed}.${sign(signed)}`);
}

const now = (): number => Math.floor(Date.now() / 1000);

const bad: readonly [name: string, token: () => Promise<string | undefined>, body?: unknown][] = [
  ['none', () => Promise.resolve(undefined)],
  ['garbage', () => Promise.resolve(bearer('garbage'))],
  ['expired', async () => bearer(await authority.token({ claims: { exp: now() - 600 } }))],
  ['for another app', async () => bearer(await authority.token({ claims: { aud: 'another-app' } }))],
  [
    'of another issuer',
    async () => bearer(await authority.token({ claims: { iss: 'https://elsewhere.example' } })),
  ],
  [
    'for another tenant',
    async () => bearer(await authority.token()),
    message(serviceUrl, {
      conversation: { id: 'a:1', conversationType: 'personal', tenantId: 'another' },
      channelData: { tenant: { id: 'another' } },
    }),
  ],
  [
    'for another service url',
    async () => bearer(await authority.token({ claims: { serviceurl: 'https://elsewhere.example/' } })),
  ],
  ['with a key nobody names', async () => bearer(await authority.token({ by: 'stranger' }))],
  ['with a forged signature', async () => bearer(await authority.token({ by: 'forger' }))],
  ['unsigned (alg none)', async () => await withHeader({ alg: 'none', kid: 'teams' }, () => '')],
  [
    'signed with the public key as a shared secret (HS256)',
    async () =>
      await withHeader({ alg: 'HS256', kid: 'teams' }, (signed) =>
        createHmac('sha256', authority.publicKey).update(signed).digest('base64url'),
      ),
  ],
  ['with a key endorsed for another channel', async () => bearer(await authority.token({ by: 'webchat' }))],
  ['with a key endorsed for none', async () => bearer(await authority.token({ by: 'no-endorsements' }))],
  [
    'with the tenant named twice, once another',
    async () => bearer(await authority.token()),
    message(serviceUrl, { channelData: { tenant: { id: 'another' } } }),
  ],
  ['with no tenant named', async () => bearer(await authority.token()), noTenant()],
  ['with a tenant of its own', async () => bearer(await authority.token({ claims: { tid: 'another' } }))],
  ['without an expiry', async () => bearer(await authority.token({ claims: { exp: undefined } }))],
  ['before its time', async () => bearer(await authority.token({ claims: { nbf: now() + 600 } }))],
  ['of the wrong scheme', async () => `Basic ${await authority.token()}`],
  [
    'with a channel whose tokens the SDK checks otherwise',
    async () => bearer(await authority.token()),
    message(serviceUrl, { channelId: 'AseChannel' }),
  ],
  [
    'with the emulator as its channel',
    async () => bearer(await authority.token()),
    message(serviceUrl, { channelId: 'emulator' }),
  ],
];

function noTenant(): unknown {
  return message(serviceUrl, { conversation: { id: 'a:1', conversationType: 'personal' }, channelData: {} });
}

describe('a token', () => {
  test.each(bad.map(([name, token, body]) => ({ name, token, body })))(
    '$name: answers 401 with no detail, and no turn runs',
    async ({ token, body }) => {
      expect(await send(await token(), body ?? message(serviceUrl))).toEqual({ status: 401, body: '' });
      expect(door.turns).toEqual([]);
    },
  );

  test("of Teams' own runs the turn", async () => {
    expect(await send(bearer(await authority.token()))).toEqual({ status: 200, body: '' });
    expect(door.turns).toMatchObject([{ kind: 'message', text: 'help', from: { aadObjectId: 'aad-amira' } }]);
  });

  test('nonsense costs no call for keys', async () => {
    const asked = authority.asked;
    await send(bearer('a.b.c'));
    await send(bearer(await authority.token({ claims: { aud: 'another-app' } })));
    expect(authority.asked).toBe(asked);
  });

  test('that is good while the keys cannot be had answers 503, and runs once they can', async () => {
    authority.state = 'off';
    expect(await send(bearer(await authority.token()))).toEqual({ status: 503, body: '' });
    expect(door.turns).toEqual([]);
    authority.state = 'on';
    expect((await send(bearer(await authority.token()))).status).toBe(200);
    expect(door.turns).toHaveLength(1);
  });

  test('that is good while nobody listens where the keys are answers 503', async () => {
    const gone = await openDoor({
      ...config(),
      endpoints: endpoints('http://127.0.0.1:1/metadata', 'https://login.example'),
    });
    try {
      const token = bearer(await authority.token());
      const response = await fetch(gone.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: token },
        body: JSON.stringify(message(serviceUrl)),
      });
      expect([response.status, await response.text()]).toEqual([503, '']);
      expect(gone.turns).toEqual([]);
    } finally {
      await gone.close();
    }
  });

  test('an activity that does not parse is a 400 before any token is looked at', async () => {
    const asked = authority.asked;
    expect((await send(bearer(await authority.token()), { type: 'message' })).status).toBe(400);
    expect(authority.asked).toBe(asked);
  });
});
