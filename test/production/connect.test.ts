import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { kinds } from '../../src/kinds.ts';
import { noteUse } from '../../src/open-store.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { blueskyAccount, playBluesky } from '../peers/bluesky.ts';
import { playFacebook } from '../peers/facebook.ts';
import { graphHost, metaAccount } from '../peers/graph.ts';
import { playInstagram } from '../peers/instagram.ts';
import { playKeyVault } from '../peers/key-vault.ts';
import { playMetaLogin } from '../peers/meta-login.ts';
import { playHosts, type HostHandler, type PlayedHosts } from '../peers/microsoft-proxy.ts';
import { playX, xAccount } from '../peers/x.ts';
import { playYoutube } from '../peers/youtube.ts';
import { bareEnvironment, startProcess } from '../process/crier.ts';
import { appId, tenantId } from '../teams/door.ts';
import { entra } from './entra.ts';
import { freePort } from '../peers/listening.ts';

/**
 * Connecting an account as an administrator does it: the unchanged command, at a terminal, behind the council's
 * outbound proxy, with the networks under their own names. The browser is played by this test.
 */

const project = fileURLToPath(new URL('../..', import.meta.url));
const sample = fileURLToPath(new URL('../../protocol.yaml', import.meta.url));
const google = {
  clientId: 'peer-google',
  clientSecret: 'peer-google-secret',
  refreshToken: 'peer-1//refresh',
};

const x = playX();
const facebook = playFacebook();
const instagram = playInstagram();
const login = playMetaLogin();
const youtube = playYoutube(google);
const bluesky = playBluesky();
const vault = playKeyVault('sefton.vault.azure.net', 'token-of-entra', tenantId);
/** What answers in the place of a network, by the path that is asked for. */
const instead = new Map<string, { readonly status: number; readonly body: unknown }>();
let hosts: PlayedHosts;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-connect-'));
  const protocol = await readFile(sample, 'utf8');
  await writeFile(
    join(folder, 'protocol.yaml'),
    protocol.replace("name: '@sefton.gov.uk'", "name: '@council.bsky.social'"),
  );
  const played: Readonly<Record<string, HostHandler>> = {
    ...x.hosts,
    ...youtube.hosts,
    ...bluesky.hosts,
    [vault.host]: vault.handle,
    'login.microsoftonline.com': entra(() => undefined),
    [graphHost]: (request, response) => {
      const ofInstagram = (request.url ?? '').includes(metaAccount.userId);
      if (login.takes(request)) login.handle(request, response);
      else (ofInstagram ? instagram : facebook).hosts[graphHost]?.(request, response);
    },
  };
  const orInstead =
    (play: HostHandler): HostHandler =>
    (request, response) => {
      const [path = ''] = (request.url ?? '').split('?');
      const answer = instead.get(path);
      if (answer === undefined) return play(request, response);
      const page = typeof answer.body === 'string';
      response.writeHead(answer.status, { 'content-type': page ? 'text/html' : 'application/json' });
      response.end(page ? answer.body : JSON.stringify(answer.body));
    };
  hosts = await playHosts(
    Object.fromEntries(Object.entries(played).map(([host, play]) => [host, orInstead(play)])),
  );
});
afterEach(() => instead.clear());
afterAll(async () => {
  await hosts.close();
  await rm(folder, { recursive: true, force: true });
});

/** What Crier is told of a real council that keeps its secrets in a key vault. */
const withVault = (): NodeJS.ProcessEnv => ({
  MicrosoftAppId: appId,
  MicrosoftAppTenantId: tenantId,
  MicrosoftAppPassword: 'the-client-secret-of-this-test',
  CRIER_AUDIT_KEY: randomBytes(32).toString('base64'),
  CRIER_PUBLIC_URL: 'https://news.sefton.example',
  CRIER_KEY_VAULT: `https://${vault.host}`,
});

/** An administrator at a terminal. */
interface Sitting extends AsyncDisposable {
  /** resolves with the match once the terminal shows it */
  sees(what: RegExp): Promise<RegExpExecArray>;
  types(line: string): void;
  /** everything that was shown */
  shown(): string;
  ended(): Promise<number | null>;
}

function sit(args: readonly string[], more: NodeJS.ProcessEnv = {}): Sitting {
  const [node, ...words] = packageJson.scripts.connect.split(' ');
  if (node !== 'node') throw new Error('the command of package.json is not one of Node');
  const { HTTPS_PROXY, NODE_EXTRA_CA_CERTS } = hosts.environment;
  const child: ChildProcess = spawn(process.execPath, [...words, ...args], {
    cwd: project,
    // The council's proxy as README names it, and nothing beside that tells Node to heed it.
    env: {
      ...bareEnvironment(),
      HTTPS_PROXY,
      NODE_EXTRA_CA_CERTS,
      CRIER_PROTOCOL: join(folder, 'protocol.yaml'),
      ...more,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let shown = '';
  const looks = new Set<() => void>();
  const take = (chunk: Buffer): void => {
    shown += chunk.toString();
    for (const look of looks) look();
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  let over = false;
  // Closed, not only ended: then all that it said has been read as well.
  const exit = once(child, 'close').then(() => {
    over = true;
    for (const look of looks) look();
  });
  return {
    sees: async (what) =>
      await new Promise((resolve, reject) => {
        const look = (): void => {
          const match = what.exec(shown);
          if (match === null && !over) return;
          looks.delete(look);
          if (match === null) reject(new Error(`${String(what)} was never shown, but: ${shown}`));
          else resolve(match);
        };
        looks.add(look);
        look();
      }),
    types: (line) => void child.stdin?.write(`${line}\n`),
    shown: () => shown,
    ended: async () => {
      await exit;
      return child.exitCode;
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin?.end();
      if (child.exitCode === null) child.kill('SIGTERM');
      await exit;
    },
  };
}

const addressOf = async (sitting: Sitting): Promise<string> =>
  (await sitting.sees(/^ {2}(https:\/\/\S+[?&]redirect_uri=\S+)$/mu))[1] ?? '';

describe('an account is connected by one command', () => {
  test('X: by PKCE, back on this machine, never by a stray answer; secrets into a file that nobody else reads', async () => {
    const file = join(folder, 'x.env');
    await using sitting = sit(['x', '--file', file, '--port', String(await freePort())]);
    await sitting.sees(/Callback URI: http:\/\/127\.0\.0\.1:\d+\/crier/u);
    sitting.types(xAccount.clientId);
    await sitting.sees(/Client secret/u);
    sitting.types(xAccount.clientSecret);
    const address = await addressOf(sitting);
    const wanted = new URL(address).searchParams;
    expect(wanted.get('scope')).toBe('tweet.read tweet.write users.read media.write offline.access');
    const back = x.page.accept(address);
    const stray = new URL(back);
    stray.searchParams.set('state', 'of-somebody-else-altogether');
    expect((await fetch(stray)).status).toBe(400);
    const page = await fetch(back);
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining('go back to the terminal'),
    ]);
    await sitting.sees(/Read without leaving anything there: @SeftonCouncil, 31000 followers/u);
    expect(await sitting.ended()).toBe(0);
    const written = await readFile(file, 'utf8');
    expect(written).toBe(
      `X_MAIN_CLIENT_ID=${xAccount.clientId}\nX_MAIN_CLIENT_SECRET=${xAccount.clientSecret}\nX_MAIN_REFRESH_TOKEN=${String(x.refreshTokens.at(-1))}\n`,
    );
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    for (const secret of [xAccount.clientSecret, 'peer-refresh-', 'peer-access-'])
      expect(sitting.shown()).not.toContain(secret);
  });

  test('Facebook: the address is pasted, the Page is chosen, and its token is shown when it is asked for', async () => {
    await using sitting = sit(['facebook', 'main', '--show']);
    sitting.types(metaAccount.appId);
    await sitting.sees(/App secret \(not/u);
    sitting.types(metaAccount.appSecret);
    const back = login.page.accept(await addressOf(sitting));
    sitting.types(back.replace('state=', 'state=-'));
    await sitting.sees(/That is not the address that the browser ended at/u);
    sitting.types(back);
    await sitting.sees(/1\. Sefton Libraries\n {2}2\. Sefton Council\n/u);
    sitting.types('3');
    await sitting.sees(/none of the numbers/u);
    sitting.types('2');
    await sitting.sees(/Read without leaving anything there: Sefton Council, 42000 followers/u);
    expect(await sitting.ended()).toBe(0);
    expect(sitting.shown()).toContain(
      `FACEBOOK_MAIN_PAGE_ID=${metaAccount.pageId}\nFACEBOOK_MAIN_PAGE_TOKEN=${metaAccount.pageToken}\nFACEBOOK_MAIN_APP_SECRET=${metaAccount.appSecret}\nFACEBOOK_MAIN_APP_ID=${metaAccount.appId}\n`,
    );
    for (const token of login.tokens) expect(sitting.shown()).not.toContain(token);
  });

  test('Instagram: through the Page that it belongs to, into the key vault', async () => {
    await using sitting = sit(['instagram', '--vault'], withVault());
    sitting.types(metaAccount.appId);
    sitting.types(metaAccount.appSecret);
    sitting.types(login.page.accept(await addressOf(sitting)));
    await sitting.sees(/1\. Sefton Council \(Instagram: seftoncouncil\)/u);
    expect(sitting.shown()).not.toContain('Sefton Libraries');
    sitting.types('1');
    await sitting.sees(/Written to the key vault: INSTAGRAM-MAIN-USER-ID, INSTAGRAM-MAIN-PAGE-TOKEN/u);
    expect(await sitting.ended()).toBe(0);
    expect(Object.fromEntries(vault.secrets)).toEqual({
      'INSTAGRAM-MAIN-USER-ID': metaAccount.userId,
      'INSTAGRAM-MAIN-PAGE-TOKEN': metaAccount.pageToken,
      'INSTAGRAM-MAIN-APP-SECRET': metaAccount.appSecret,
      'INSTAGRAM-MAIN-APP-ID': metaAccount.appId,
    });
    expect(sitting.shown()).not.toContain(metaAccount.pageToken);
  });

  test('YouTube: offline access by PKCE', async () => {
    await using sitting = sit(['youtube', '--show', '--port', String(await freePort())]);
    sitting.types(google.clientId);
    sitting.types(google.clientSecret);
    const address = await addressOf(sitting);
    expect(new URL(address).searchParams.get('access_type')).toBe('offline');
    await fetch(youtube.peer.page.accept(address));
    await sitting.sees(/Read without leaving anything there: Sefton Council, 1530 followers/u);
    expect(await sitting.ended()).toBe(0);
    expect(sitting.shown()).toContain(`YOUTUBE_MAIN_REFRESH_TOKEN=${google.refreshToken}\n`);
  });

  test('Bluesky: by handle and app password; a wrong one keeps nothing', async () => {
    await using wrong = sit(['bluesky', '--file', join(folder, 'wrong.env')]);
    wrong.types('');
    wrong.types('aaaa-bbbb-cccc-dddd');
    expect(await wrong.ended()).toBe(1);
    expect(wrong.shown()).toContain('Bluesky refused the handle or the app password, so that nothing was');
    expect(wrong.shown()).not.toContain('let Crier in');
    await expect(stat(join(folder, 'wrong.env'))).rejects.toThrow('ENOENT');
    await using sitting = sit(['bluesky', 'bluesky-main', '--show']);
    await sitting.sees(/Handle \(Enter for council\.bsky\.social\):/u);
    sitting.types('');
    sitting.types(blueskyAccount.appPassword);
    expect(await sitting.ended()).toBe(0);
    expect(sitting.shown()).toContain(`BLUESKY_MAIN_APP_PASSWORD=${blueskyAccount.appPassword}`);
  });

  test('Bluesky: what cannot be right is asked for again, and sent nowhere', async () => {
    const asked = bluesky.requests.length;
    await using sitting = sit(['bluesky', '--show']);
    sitting.types('not a handle');
    await sitting.sees(/That is no handle: it looks like[^]*Handle \(Enter/u);
    sitting.types('@council.bsky.social');
    sitting.types('');
    sitting.types('the password of the account itself');
    await sitting.sees(/(?:That is no app password[^]*){2}App password/u);
    expect(bluesky.requests).toHaveLength(asked);
    sitting.types(blueskyAccount.appPassword);
    expect(await sitting.ended()).toBe(0);
    expect(sitting.shown()).toContain('BLUESKY_MAIN_HANDLE=council.bsky.social\n');
  });

  test('the ids and secrets of apps are looked at too, before anybody is sent to the network', async () => {
    await using ofX = sit(['x', '--show', '--port', String(await freePort())]);
    ofX.types('');
    await ofX.sees(/Nothing was typed\.\nClient ID/u);
    ofX.types('Client ID');
    await ofX.sees(/has a blank in it[^]*Client ID/u);
    ofX.types(xAccount.clientId);
    ofX.types('');
    await ofX.sees(/Nothing was typed\.\nClient secret/u);
    expect(ofX.shown()).not.toContain('https://x.com/i/oauth2');
    await using ofMeta = sit(['facebook', 'main', '--show']);
    ofMeta.types('Sefton Council');
    await ofMeta.sees(/That is no App ID: it consists of figures alone\.\nApp ID/u);
  });

  test.each([
    ['bluesky', 'Bluesky could not be reached, so that nothing was kept.'],
    ['x', 'The network could not be reached, or gave no clear answer.'],
  ])('%s, where the way out is shut: says so, and what to check', async (network, words) => {
    await using sitting = sit([network, '--show', '--port', String(await freePort())], {
      HTTPS_PROXY: `http://127.0.0.1:${String(await freePort())}`,
    });
    sitting.types(network === 'x' ? xAccount.clientId : '');
    sitting.types(network === 'x' ? xAccount.clientSecret : blueskyAccount.appPassword);
    if (network === 'x') await fetch(x.page.accept(await addressOf(sitting)));
    expect(await sitting.ended()).toBe(1);
    expect(sitting.shown()).toContain(`${words} Check the way out (HTTPS_PROXY, NODE_EXTRA_CA_CERTS)`);
  });

  /** Lets Crier in, up to what the network says to that. */
  async function letIn(network: string): Promise<string> {
    const { appId: id, appSecret } = metaAccount;
    const [app, secret] =
      network === 'x'
        ? [xAccount.clientId, xAccount.clientSecret]
        : network === 'youtube'
          ? [google.clientId, google.clientSecret]
          : [id, appSecret];
    await using sitting = sit([network, 'main', '--show', '--port', String(await freePort())]);
    sitting.types(app);
    sitting.types(secret);
    const address = await addressOf(sitting);
    if (network === 'x') await fetch(x.page.accept(address));
    else if (network === 'youtube') await fetch(youtube.peer.page.accept(address));
    else {
      sitting.types(login.page.accept(address));
      if (network === 'facebook') sitting.types('2');
      else sitting.types('1');
    }
    expect(await sitting.ended()).toBe(1);
    expect(sitting.shown()).not.toContain(`_MAIN_`);
    return sitting.shown();
  }

  const ofGraph = (code: number) => ({ error: { code, message: 'told' } });
  test.each([
    [
      'x',
      '/2/users/me',
      403,
      { title: 'Forbidden', status: 403 },
      'X let Crier in, but then refused to show',
    ],
    ['x', '/2/users/me', 503, { title: 'Unavailable', status: 503 }, 'X gave no clear answer, so that'],
    ['x', '/2/oauth2/token', 400, { error: 'invalid_request' }, 'did not take what was entered'],
    ['x', '/2/oauth2/token', 429, { title: 'Too Many Requests' }, 'takes nothing more for now'],
    ['x', '/2/oauth2/token', 403, '<h1>Sefton web filter</h1>', 'could not be reached, or gave no clear'],
    ['facebook', `/v26.0/${metaAccount.pageId}`, 403, ofGraph(10), 'fewer rights than Crier needs'],
    ['facebook', '/v26.0/me/accounts', 401, ofGraph(190), 'Facebook let Crier in, but then refused to show'],
    ['instagram', `/v26.0/${metaAccount.userId}`, 400, ofGraph(4), 'takes nothing more for now'],
    ['instagram', '/v26.0/me/accounts', 500, ofGraph(2), 'Instagram gave no clear answer, so that'],
    ['youtube', '/youtube/v3/channels', 200, { items: [] }, 'Whoever signed in has no account on YouTube'],
  ])(
    '%s where %s answers %d: true words for it, and nothing is kept',
    async (network, path, status, body, words) => {
      instead.set(path, { status, body });
      expect(await letIn(network)).toContain(words);
    },
  );

  test('X again, kept in the store: Crier speaks by it, and while it runs nobody is sent to X for nothing', async () => {
    const environment = {
      MicrosoftAppId: appId,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: tenantId,
      MicrosoftAppPassword: 'the-client-secret-of-this-test',
      CRIER_AUDIT_KEY: randomBytes(32).toString('base64'),
      CRIER_PUBLIC_URL: 'https://news.sefton.example',
      CRIER_DATA: join(folder, 'data'),
      CRIER_ANCHORS: join(folder, 'anchors'),
      X_MAIN_CLIENT_ID: xAccount.clientId,
      X_MAIN_CLIENT_SECRET: xAccount.clientSecret,
      // No longer of any use: X gave newer ones out meanwhile.
      X_MAIN_REFRESH_TOKEN: xAccount.refreshToken,
    };
    await using sitting = sit(['x', '--keep', '--port', String(await freePort())], environment);
    sitting.types(xAccount.clientId);
    sitting.types(xAccount.clientSecret);
    await fetch(x.page.accept(await addressOf(sitting)));
    await sitting.sees(/Sealed in the store/u);
    expect(await sitting.ended()).toBe(0);
    expect(sitting.shown()).not.toMatch(/peer-refresh-|peer-access-/u);

    const asked = x.requests.length;
    const crier = await startProcess({
      ...hosts.environment,
      ...environment,
      CRIER_PROTOCOL: join(folder, 'protocol.yaml'),
      HOST: '127.0.0.1',
    });
    // By the token that was sealed: with the variables' it would have to ask for another first, and get none.
    await vi.waitFor(() => expect(x.requests.slice(asked).join()).toContain('/2/users/me'), 40_000);
    expect(x.requests.slice(asked).join()).not.toContain('oauth2/token');

    await using refused = sit(['x', '--keep', '--port', String(await freePort())], environment);
    expect(await refused.ended()).toBe(1);
    expect(refused.shown()).toContain('Another Crier');
    expect(refused.shown()).not.toContain('Client ID');
    expect(await crier.stop()).toBe(0);

    const rehearsed = join(folder, 'rehearsed');
    const use = { mode: 'rehearsal', data: rehearsed, store: { kind: 'sqlite' } } as const;
    const store = await openSqlite({
      folder: rehearsed,
      kinds,
      council: 'www.sefton.gov.uk',
      written: 'here',
    });
    await noteUse(store, use);
    await store.close();
    const aside = { ...environment, CRIER_DATA: rehearsed };
    await using played = sit(['x', '--keep', '--port', String(await freePort())], aside);
    expect(await played.ended()).toBe(1);
    expect(played.shown()).toContain(`The data in ${rehearsed} is a rehearsal's`);
    expect(played.shown()).not.toContain('Client ID');
  });

  test('what cannot be kept after all is asked where else, and written there; no secret is shown', async () => {
    const late = join(folder, 'late.env');
    await using sitting = sit(['bluesky', '--vault'], withVault());
    // The vault was asked before anybody was.
    const asked = vault.requests.length;
    await sitting.sees(/Handle \(Enter/u);
    expect(vault.requests.length).toBeGreaterThan(asked);
    vault.deny('all');
    sitting.types('');
    sitting.types(blueskyAccount.appPassword);
    await sitting.sees(/what the network gave is not kept yet.*\n.*Type the path of a new file/u);
    vault.deny('nothing');
    sitting.types(join(folder, 'nowhere', 'late.env'));
    await sitting.sees(/since the folder is not there/u);
    sitting.types(late);
    expect(await sitting.ended()).toBe(0);
    expect(await readFile(late, 'utf8')).toContain(
      `BLUESKY_MAIN_APP_PASSWORD=${blueskyAccount.appPassword}\n`,
    );
    expect((await stat(late)).mode & 0o777).toBe(0o600);
    expect(sitting.shown()).not.toContain(blueskyAccount.appPassword);
  });

  test('somebody says no, or it is not said where everything goes: nothing is changed', async () => {
    await using refused = sit(['x', '--show', '--port', String(await freePort())]);
    refused.types(xAccount.clientId);
    refused.types(xAccount.clientSecret);
    await fetch(x.page.deny(await addressOf(refused)));
    expect(await refused.ended()).toBe(1);
    expect(refused.shown()).toContain('Somebody said no');
    await using nowhere = sit(['x']);
    expect(await nowhere.ended()).toBe(1);
    expect(nowhere.shown()).toContain('--file PATH');
    expect(nowhere.shown()).not.toContain('Client ID');
  });

  test('nothing went another way than by the proxy, and no secret stood in an address', () => {
    expect(hosts.refused).toEqual([]);
    const addresses = [x, facebook, instagram, youtube, bluesky, login, vault]
      .flatMap(({ requests }) => requests)
      .join('\n');
    const secrets = [
      xAccount.clientSecret,
      'peer-refresh-',
      'peer-access-',
      metaAccount.appSecret,
      metaAccount.pageToken,
      ...login.tokens,
      google.clientSecret,
      google.refreshToken,
      blueskyAccount.appPassword,
      'peer-code-',
    ];
    for (const secret of secrets) expect(addresses).not.toContain(secret);
  });
});
