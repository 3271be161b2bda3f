import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseProtocol } from '../../src/protocol/parse.ts';
import { playBluesky, blueskyAccount } from '../peers/bluesky.ts';
import { startConnector, type ConnectorPeer } from '../peers/connector.ts';
import { playFacebook } from '../peers/facebook.ts';
import type { PlayedNetwork } from '../peers/faults.ts';
import { graphHost, metaAccount } from '../peers/graph.ts';
import { playInstagram } from '../peers/instagram.ts';
import { playHosts, type HostHandler, type PlayedHosts } from '../peers/microsoft-proxy.ts';
import { startTokenAuthority, type TokenAuthority } from '../peers/token-authority.ts';
import { playX, xAccount } from '../peers/x.ts';
import { bareEnvironment, startProcess, type CrierProcess } from '../process/crier.ts';
import { appId, tenantId } from '../teams/door.ts';
import { entra } from './entra.ts';
import { teamsOf, type Teams } from './teams.ts';

/**
 * The whole loop of a post on every social network at once, as a council runs it: the unchanged process in
 * production mode, behind an outbound proxy that the environment names, with the vendors' hosts and Microsoft's under
 * their own names behind it. What is asserted stands in the networks' own ledgers.
 */

const serviceUrl = 'https://smba.trafficmanager.net/uk/';
const publicUrl = 'https://news.sefton.example';
const pictureUrl = `${serviceUrl}v3/attachments/photo-1/views/original`;
const audit = fileURLToPath(new URL('../../scripts/audit.ts', import.meta.url));
const secret = 'the-client-secret-of-this-test';

const words = 'Liverpool Road is closed until Thursday while we mend a burst main.';
const right = 'Liverpool Road is closed until Friday while we mend a burst main.';
const alt = 'A barrier across Liverpool Road';

/** The accounts of the protocol that this council works by: the news site and the four networks, always all. */
const accounts = `accounts:
  news:
    network: website
    name: Sefton Council news
    owner: desk
    purpose: News for everybody.
    by-default: true
${[
  ['x-main', 'x', '@SeftonCouncil'],
  ['facebook-main', 'facebook', 'Sefton Council'],
  ['instagram-main', 'instagram', '@seftoncouncil'],
  ['bluesky-main', 'bluesky', '@council.bsky.social'],
]
  .map(
    ([id, network, name]) =>
      `  ${String(id)}:\n    network: ${String(network)}\n    name: '${String(name)}'\n    owner: desk\n    purpose: News.\n    by-default: true\n`,
  )
  .join('')}`;

const x = playX();
const facebook = playFacebook();
const fetched: { readonly status: number; readonly type: string | null }[] = [];
const instagram = playInstagram({
  // Instagram comes to the news site's public address, which here is the process itself.
  fetchPicture: async (address) => {
    const response = await fetch(address.replace(publicUrl, url));
    fetched.push({ status: response.status, type: response.headers.get('content-type') });
    return (await response.arrayBuffer()).byteLength;
  },
});
const bluesky = playBluesky();
const networks: Readonly<Record<string, PlayedNetwork>> = { x, facebook, instagram, bluesky };

let connector: ConnectorPeer;
let authority: TokenAuthority;
let hosts: PlayedHosts;
let crier: CrierProcess;
let teams: Teams;
let environment: NodeJS.ProcessEnv;
let folder: string;
let url = '';

/** One host serves Facebook and Instagram alike: which of them is meant, the path says. */
const graph: HostHandler = (request, response) => {
  const path = (request.url ?? '').replace(/^\/v\d+\.\d+\//u, '');
  const of = path.startsWith(metaAccount.pageId) ? facebook : instagram;
  of.hosts[graphHost]?.(request, response);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-networks-'));
  const sample = await readFile(new URL('../../protocol.yaml', import.meta.url), 'utf8');
  const protocol = sample
    .replace(/^accounts:\n(?:(?: .*)?\n)*?(?=\n?#)/mu, accounts)
    // Their training ends long after this test is run.
    .replaceAll(': 2028-', ': 2098-');
  const protocolFile = join(folder, 'protocol.yaml');
  await writeFile(protocolFile, protocol);
  const picture = await sharp({ create: { width: 1080, height: 1080, channels: 3, background: '#336' } })
    .jpeg()
    .toBuffer();
  connector = await startConnector();
  const council = parseProtocol(protocol);
  if (!council.ok) throw new Error(`the protocol of this test is wrong: ${JSON.stringify(council.faults)}`);
  connector.members(
    Object.values(council.protocol.people).map(({ id, name, userPrincipalName }) => ({
      id: `29:${id}`,
      aadObjectId: `aad-${id}`,
      name,
      userPrincipalName,
    })),
  );
  authority = await startTokenAuthority({
    audience: appId,
    serviceUrl,
    base: 'https://login.botframework.com',
  });
  hosts = await playHosts({
    'login.botframework.com': authority.handle,
    'login.microsoftonline.com': entra(() => undefined),
    'smba.trafficmanager.net': (request, response) => {
      if (`https://smba.trafficmanager.net${request.url ?? ''}` !== pictureUrl) {
        connector.handle(request, response);
        return;
      }
      const ours = request.headers.authorization === 'Bearer token-of-entra';
      response.writeHead(ours ? 200 : 401, { 'content-type': 'image/jpeg' });
      response.end(ours ? picture : undefined);
    },
    ...x.hosts,
    ...bluesky.hosts,
    [graphHost]: graph,
  });
  environment = {
    ...hosts.environment,
    MicrosoftAppId: appId,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: tenantId,
    MicrosoftAppPassword: secret,
    X_MAIN_CLIENT_ID: xAccount.clientId,
    X_MAIN_CLIENT_SECRET: xAccount.clientSecret,
    X_MAIN_REFRESH_TOKEN: xAccount.refreshToken,
    FACEBOOK_MAIN_PAGE_ID: metaAccount.pageId,
    FACEBOOK_MAIN_PAGE_TOKEN: metaAccount.pageToken,
    FACEBOOK_MAIN_APP_SECRET: metaAccount.appSecret,
    INSTAGRAM_MAIN_USER_ID: metaAccount.userId,
    INSTAGRAM_MAIN_PAGE_TOKEN: metaAccount.pageToken,
    INSTAGRAM_MAIN_APP_SECRET: metaAccount.appSecret,
    BLUESKY_MAIN_HANDLE: blueskyAccount.handle,
    BLUESKY_MAIN_APP_PASSWORD: blueskyAccount.appPassword,
    CRIER_AUDIT_KEY: randomBytes(32).toString('base64'),
    CRIER_PUBLIC_URL: publicUrl,
    CRIER_PROTOCOL: protocolFile,
    CRIER_DATA: join(folder, 'data'),
    CRIER_ANCHORS: join(folder, 'anchors'),
    HOST: '127.0.0.1',
  };
  crier = await startProcess(environment);
  ({ url } = crier);
  teams = teamsOf({ connector, url, serviceUrl, token: async () => await authority.token() });
});

afterAll(async () => {
  await crier.stop();
  await hosts.close();
  await authority.close();
  await connector.close();
  await rm(folder, { recursive: true, force: true });
});

const standing = (name: string) => networks[name]?.posts() ?? [];
const everywhere = Object.keys(networks);

test('proposed with a picture, approved by somebody else, it stands once on every network', async () => {
  const [ellen, tom, joseph] = [
    teams.as('ellen-rimmer'),
    teams.as('tom-ashcroft'),
    teams.as('joseph-adeyemi'),
  ];
  for (const each of [ellen, tom, joseph]) await each.meet();
  await ellen.say(`propose for Highways: ${words}`, [
    { contentType: 'image/jpeg', contentUrl: pictureUrl, name: 'road.jpg' },
  ]);
  await ellen.sees('Picture is not described yet');
  await ellen.press('Send to Highways approvers', {
    'alt:0': alt,
    'seen:0': 'nobody',
    'whose:0': 'ours',
  });
  await tom.sees('Approve: goes out now');
  await tom.press('Approve: goes out now', { confirm: 'true' });
  // The head of the card, not the line of an account that was quicker than the others.
  await ellen.sees('#1 · Highways and Transport Published at');
  for (const name of everywhere) {
    expect({ name, posts: standing(name) }).toMatchObject({
      name,
      posts: [{ text: words, pictures: [{ alt }] }],
    });
    expect(standing(name)).toHaveLength(1);
  }
  expect(fetched).toEqual([{ status: 200, type: 'image/jpeg' }]);
  const page = await (await fetch(`${url}/news`)).text();
  expect(page).toContain('closed until Thursday');
});

test('corrected on every network, each by its own way: changed, answered by a reply, or deleted and posted again', async () => {
  const [ellen, joseph] = [teams.as('ellen-rimmer'), teams.as('joseph-adeyemi')];
  await ellen.say('correct 1');
  const form = await ellen.sees('[Ask for this correction]');
  // X told how the post is doing there: that is what deleting loses.
  expect(form).toContain('Deleting it loses four likes, three replies and three shares for good.');
  await ellen.press('Ask for this correction', {
    text: right,
    what: 'We gave the wrong day.',
    'way:x-main': 'again',
  });
  await joseph.sees('[Agree: correct it now]');
  await joseph.press('Agree: correct it now', { confirm: 'true' });
  const card = await ellen.sees('Corrected at');
  expect(card).not.toContain('could not be corrected');
  const [old] = standing('bluesky');
  expect(
    everywhere.map((name) => [name, standing(name).map(({ text, replyTo }) => ({ text, replyTo }))]),
  ).toEqual([
    ['x', [{ text: right, replyTo: undefined }]],
    ['facebook', [{ text: expect.stringContaining('closed until Friday') as unknown, replyTo: undefined }]],
    ['instagram', [{ text: right, replyTo: undefined }]],
    [
      'bluesky',
      [
        { text: words, replyTo: undefined },
        { text: 'Correction: We gave the wrong day.', replyTo: old?.id },
      ],
    ],
  ]);
  expect(await (await fetch(`${url}/news`)).text()).toContain('closed until Friday');
});

test('taken down everywhere by one press', async () => {
  const ellen = teams.as('ellen-rimmer');
  await ellen.say('remove 1');
  const card = await ellen.sees(/(?:: Taken down at .*){8}/u);
  expect(card).not.toContain('still says');
  expect(everywhere.map((name) => [name, standing(name)])).toEqual(everywhere.map((name) => [name, []]));
  expect(await (await fetch(`${url}/news`)).text()).not.toContain('Liverpool Road');
});

test('nothing went another way than by the proxy, and every host was called by its own name', () => {
  expect(hosts.refused).toEqual([]);
  expect([...new Set(hosts.connected)].toSorted()).toEqual(
    [
      'api.x.com',
      'bsky.social',
      'graph.facebook.com',
      'login.botframework.com',
      'login.microsoftonline.com',
      'smba.trafficmanager.net',
    ].map((host) => `${host}:443`),
  );
});

test('it stops when it is told to, its record verifies, and no token stands in a log, an address or its data', async () => {
  expect(await crier.stop()).toBe(0);
  const checked = await promisify(execFile)(process.execPath, [audit], {
    env: { ...bareEnvironment(), ...environment },
  });
  expect(checked.stdout).toMatch(/^findings +0$/mu);
  const tokens = [
    secret,
    'token-of-entra',
    xAccount.clientSecret,
    ...x.refreshTokens,
    'peer-access-',
    metaAccount.pageToken,
    metaAccount.appSecret,
    blueskyAccount.appPassword,
  ];
  // X gave a new token for the one of the environment, so that one was kept.
  expect(x.refreshTokens.length).toBeGreaterThan(1);
  const addresses = Object.values(networks).flatMap(({ requests }) => requests);
  const data = await Promise.all(
    (await readdir(join(folder, 'data'), { recursive: true, withFileTypes: true }))
      .filter((each) => each.isFile())
      .map(async (each) => await readFile(join(each.parentPath, each.name), 'latin1')),
  );
  expect(data.join('')).toContain('publishing-published');
  for (const token of tokens) {
    expect(crier.said()).not.toContain(token);
    expect(addresses.filter((address) => address.includes(token))).toEqual([]);
    expect(data.filter((bytes) => bytes.includes(token))).toEqual([]);
  }
});
