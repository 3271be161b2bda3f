import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { playFacebook } from '../peers/facebook.ts';
import { send } from '../peers/faults.ts';
import { metaAccount } from '../peers/graph.ts';
import { playKeyVault } from '../peers/key-vault.ts';
import { playHosts, type PlayedHosts } from '../peers/microsoft-proxy.ts';
import { startAndEnd } from '../process/crier.ts';
import { appId, tenantId } from '../teams/door.ts';
import { entra } from './entra.ts';
import { listening } from '../peers/listening.ts';

/** Secrets of accounts from Azure Key Vault, and a container for pictures by the same identity: the unchanged process, behind the council's proxy, by the vendor's client. */

const password = 'the-client-secret-of-this-test';
const vault = playKeyVault('sefton.vault.azure.net', 'token-of-entra', tenantId);
const facebook = playFacebook();
const asked: string[] = [];
/** Azure Blob Storage, as far as a container is made there before anything is kept in it. */
const storage = { host: 'sefton.blob.core.windows.net', requests: [] as string[], status: 403 };
let hosts: PlayedHosts;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-vault-'));
  hosts = await playHosts({
    [vault.host]: vault.handle,
    ...facebook.hosts,
    [storage.host]: (request, response) => {
      storage.requests.push(
        `${request.method ?? ''} ${request.url ?? ''} ${String(request.headers.authorization)}`,
      );
      const code = storage.status === 409 ? 'ContainerAlreadyExists' : 'AuthorizationPermissionMismatch';
      response.writeHead(storage.status, { 'content-type': 'application/xml', 'x-ms-error-code': code });
      response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.</Message></Error>`);
    },
    'login.microsoftonline.com': entra((request) => asked.push(request)),
  });
});
afterAll(async () => {
  await hosts.close();
  await rm(folder, { recursive: true, force: true });
});

/** Starts Crier, stops it when it is ready, and gives what it said. */
async function started(more: NodeJS.ProcessEnv): ReturnType<typeof startAndEnd> {
  return await startAndEnd({
    ...hosts.environment,
    MicrosoftAppId: appId,
    MicrosoftAppTenantId: tenantId,
    CRIER_AUDIT_KEY: randomBytes(32).toString('base64'),
    CRIER_PUBLIC_URL: 'https://news.sefton.example',
    CRIER_DATA: await mkdtemp(join(folder, 'data-')),
    CRIER_ANCHORS: join(folder, 'anchors'),
    CRIER_KEY_VAULT: `https://${vault.host}/`,
    HOST: '127.0.0.1',
    ...more,
  });
}

test('the vault gives what the variables do not; what is missing in both is named, and no fault shows a secret', async () => {
  vault.secrets.set('FACEBOOK-MAIN-PAGE-ID', metaAccount.pageId);
  vault.secrets.set('FACEBOOK-MAIN-PAGE-TOKEN', metaAccount.pageToken);
  vault.secrets.set('BLUESKY-MAIN-HANDLE', 'council.bsky.social');
  vault.secrets.set('X-OF-ANOTHER-APP', 'peer-secret-of-another');
  const half = await started({ MicrosoftAppPassword: password });
  expect(half.code).toBe(1);
  expect(half.said).toContain(
    'FACEBOOK_MAIN_APP_SECRET is missing, and others of facebook-main are set. Give what connecting the account gave (or the secret FACEBOOK-MAIN-APP-SECRET of the key vault)',
  );
  expect(half.said).toContain('the secret BLUESKY-MAIN-APP-PASSWORD of the key vault');
  // The client asks first without a token, as the vault wants it, and signs in where it is told.
  expect(vault.challenged()).toBeGreaterThan(0);
  expect(asked.some((each) => each.includes(encodeURIComponent('https://vault.azure.net/.default')))).toBe(
    true,
  );
  // What is no account's is not read.
  expect(vault.requests.filter((each) => each.includes('ANOTHER'))).toEqual([]);

  vault.deny('all');
  const denied = await started({ MicrosoftAppPassword: password });
  expect(denied.code).toBe(1);
  expect(denied.said).toContain(
    'Crier could not start. The app may not use the secrets of the key vault sefton.vault.azure.net. Give it the role "Key Vault Secrets User"',
  );
  for (const secret of [password, metaAccount.pageToken, 'token-of-entra'])
    expect(half.said + denied.said).not.toContain(secret);
});

test('a managed identity reads it too, a variable wins, and a vault that may be read but not listed is enough', async () => {
  vault.deny('list');
  vault.secrets.delete('BLUESKY-MAIN-HANDLE');
  vault.secrets.set('FACEBOOK-MAIN-APP-SECRET', metaAccount.appSecret);
  vault.secrets.set('FACEBOOK-MAIN-PAGE-TOKEN', 'peer-token-of-long-ago');
  const before = vault.requests.length;
  const identity = createServer((request, response) => {
    const good = request.headers['x-identity-header'] === 'of-this-machine';
    const body = {
      access_token: 'token-of-entra',
      expires_on: String(Math.floor(Date.now() / 1000) + 3_600),
    };
    send(response, good ? { status: 200, body } : { status: 400, body: {} });
  });
  const { url } = await listening(identity);
  try {
    const whole = await started({
      MicrosoftAppType: 'UserAssignedMSI',
      IDENTITY_ENDPOINT: `${url}/msi/token`,
      IDENTITY_HEADER: 'of-this-machine',
      FACEBOOK_MAIN_PAGE_TOKEN: metaAccount.pageToken,
    });
    expect(whole.said).toContain('Facebook (Sefton Council): real.');
    expect(whole.said).toContain('X (@SeftonCouncil): not connected yet.');
    expect(whole.code).toBe(0);
    expect(whole.said).not.toContain(metaAccount.pageToken);
    const since = vault.requests.slice(before);
    expect(since.some((each) => each.includes('FACEBOOK-MAIN-APP-SECRET'))).toBe(true);
    expect(since.filter((each) => each.includes('FACEBOOK-MAIN-PAGE-TOKEN'))).toEqual([]);
  } finally {
    identity.close();
  }
  expect(hosts.refused).toEqual([]);
});

test('pictures are kept in Azure as the app itself; a start that may not is told which role it needs', async () => {
  const media = {
    MicrosoftAppPassword: password,
    CRIER_KEY_VAULT: '',
    MEDIA: 'azure',
    MEDIA_CONTAINER_URL: `https://${storage.host}/media`,
  };
  const denied = await started(media);
  expect(denied.code).toBe(1);
  expect(denied.said).toContain(
    `Crier could not start. The app may not keep pictures at ${storage.host}. Give it the role "Storage Blob Data Contributor" there.`,
  );
  storage.status = 409;
  const there = await started(media);
  expect(there.said).toContain(`Pictures and videos: real, Azure Blob Storage at ${storage.host}.`);
  expect(there.code).toBe(0);
  expect(new Set(storage.requests)).toEqual(
    new Set(['PUT /media?restype=container&timeout=60 Bearer token-of-entra']),
  );
  expect(asked.some((each) => each.includes(encodeURIComponent('https://storage.azure.com/.default')))).toBe(
    true,
  );
  expect(denied.said + there.said).not.toContain('token-of-entra');
  expect(hosts.refused).toEqual([]);
});
